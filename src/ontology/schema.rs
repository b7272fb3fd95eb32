//! Classes and properties as `newsgraph.ttl` declares them: labels, signatures, parents.

use std::collections::HashMap;

use oxigraph::model::{NamedOrBlankNode, Quad, Term};
use oxrdfio::{RdfFormat, RdfParser};

use super::OntologyError;
use super::class::{ClassSet, TopClass};

/// The namespace of classes and properties, `ng:`.
pub const NAMESPACE: &str = "https://w3id.org/newsgraph/ontology#";

/// Index of a property in its [`Schema`], in the order of their local names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PropertyId(pub u16);

/// Index of a subclass in its [`Schema`], in the order of their local names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SubclassId(pub u16);

/// A class below one of the four top classes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subclass {
    /// Local name, `GovernmentBody`.
    pub name: String,
    pub label: String,
    pub comment: String,
    pub top: TopClass,
}

/// A relation between entities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// Local name, `spokespersonOf`.
    pub name: String,
    /// "spokesperson of".
    pub label: String,
    /// Other labels: "spokesman of".
    pub alt_labels: Vec<String>,
    pub comment: String,
    pub domain: ClassSet,
    pub range: ClassSet,
    pub parent: Option<PropertyId>,
    /// Local name of the inverse, for reading a claim from its tail ("has spokesperson").
    pub inverse_label: Option<String>,
    pub symmetric: bool,
}

/// All classes and properties, and the statements of the ontology they were read from.
#[derive(Clone, Debug)]
pub struct Schema {
    properties: Vec<Property>,
    subclasses: Vec<Subclass>,
    property_ids: HashMap<String, PropertyId>,
    subclass_ids: HashMap<String, SubclassId>,
    quads: Vec<Quad>,
}

const RDFS: &str = "http://www.w3.org/2000/01/rdf-schema#";
const OWL: &str = "http://www.w3.org/2002/07/owl#";
const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
const SCHEMA: &str = "https://schema.org/";
const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

impl Schema {
    /// Reads a schema from Turtle. `file` names it in errors.
    pub fn from_turtle(turtle: &str, file: &str) -> Result<Self, OntologyError> {
        let mut facts = Facts::default();
        for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle.as_bytes()) {
            let quad = quad.map_err(|error| {
                let line = error.location().map(|place| place.start.line as usize + 1);
                OntologyError::new(file, line, error.to_string())
            })?;
            facts.add(quad);
        }
        facts.into_schema(file)
    }

    pub fn properties(&self) -> impl ExactSizeIterator<Item = (PropertyId, &Property)> {
        self.properties.iter().enumerate().map(|(at, property)| (PropertyId(at as u16), property))
    }

    pub fn property(&self, id: PropertyId) -> &Property {
        &self.properties[id.0 as usize]
    }

    /// The property of this local name.
    pub fn property_id(&self, name: &str) -> Option<PropertyId> {
        self.property_ids.get(name).copied()
    }

    pub fn subclasses(&self) -> impl ExactSizeIterator<Item = (SubclassId, &Subclass)> {
        self.subclasses.iter().enumerate().map(|(at, class)| (SubclassId(at as u16), class))
    }

    pub fn subclass(&self, id: SubclassId) -> &Subclass {
        &self.subclasses[id.0 as usize]
    }

    /// The subclass of this local name.
    pub fn subclass_id(&self, name: &str) -> Option<SubclassId> {
        self.subclass_ids.get(name).copied()
    }

    /// Whether the property may lead from an entity of class `head` to one of class `tail`.
    pub fn allows(&self, property: PropertyId, head: TopClass, tail: TopClass) -> bool {
        let property = self.property(property);
        property.domain.contains(head) && property.range.contains(tail)
    }

    /// The statements of the ontology, in document order.
    pub fn quads(&self) -> &[Quad] {
        &self.quads
    }
}

/// The statements by subject and predicate, before they are checked.
#[derive(Default)]
struct Facts {
    quads: Vec<Quad>,
    by_subject: HashMap<String, Vec<(String, Term)>>,
    subjects: Vec<String>,
}

impl Facts {
    fn add(&mut self, quad: Quad) {
        if let NamedOrBlankNode::NamedNode(subject) = &quad.subject
            && let Some(local) = subject.as_str().strip_prefix(NAMESPACE)
        {
            let known = self.by_subject.entry(local.to_owned()).or_insert_with(|| {
                self.subjects.push(local.to_owned());
                Vec::new()
            });
            known.push((quad.predicate.as_str().to_owned(), quad.object.clone()));
        }
        self.quads.push(quad);
    }

    fn objects<'f>(&'f self, subject: &str, predicate: String) -> impl Iterator<Item = &'f Term> {
        let facts = self.by_subject.get(subject).map(Vec::as_slice).unwrap_or_default();
        facts.iter().filter(move |(known, _)| *known == predicate).map(|(_, object)| object)
    }

    fn iris<'f>(&'f self, subject: &str, predicate: String) -> impl Iterator<Item = &'f str> {
        self.objects(subject, predicate).filter_map(|term| match term {
            Term::NamedNode(node) => Some(node.as_str()),
            _ => None,
        })
    }

    fn locals<'f>(&'f self, subject: &str, predicate: String) -> impl Iterator<Item = &'f str> {
        self.iris(subject, predicate).filter_map(|iri| iri.strip_prefix(NAMESPACE))
    }

    fn text(&self, subject: &str, predicate: String) -> Option<String> {
        self.objects(subject, predicate).find_map(|term| match term {
            Term::Literal(literal) => Some(literal.value().to_owned()),
            _ => None,
        })
    }

    fn into_schema(self, file: &str) -> Result<Schema, OntologyError> {
        let fault = |message: String| OntologyError::new(file, None, message);
        for class in TopClass::ALL {
            if !self.by_subject.contains_key(class.name()) {
                return Err(fault(format!("the class ng:{} is not declared", class.name())));
            }
        }
        let mut subclasses = Vec::new();
        let mut names = Vec::new();
        for subject in &self.subjects {
            let top =
                self.locals(subject, format!("{RDFS}subClassOf")).find_map(TopClass::from_name);
            if let Some(top) = top {
                subclasses.push(Subclass {
                    name: subject.clone(),
                    label: self.text(subject, format!("{RDFS}label")).unwrap_or_default(),
                    comment: self.text(subject, format!("{RDFS}comment")).unwrap_or_default(),
                    top,
                });
            }
            if self.objects(subject, format!("{SCHEMA}domainIncludes")).next().is_some() {
                names.push(subject.clone());
            }
        }
        subclasses.sort_by(|a, b| a.name.cmp(&b.name));
        names.sort();
        let property_ids: HashMap<String, PropertyId> = names
            .iter()
            .enumerate()
            .map(|(at, name)| (name.clone(), PropertyId(at as u16)))
            .collect();
        let mut properties = Vec::new();
        for name in &names {
            properties.push(self.property(name, &property_ids).map_err(fault)?);
        }
        let subclass_ids = subclasses
            .iter()
            .enumerate()
            .map(|(at, c)| (c.name.clone(), SubclassId(at as u16)))
            .collect();
        Ok(Schema { properties, subclasses, property_ids, subclass_ids, quads: self.quads })
    }

    fn property(&self, name: &str, ids: &HashMap<String, PropertyId>) -> Result<Property, String> {
        let side = |predicate: &str| -> Result<ClassSet, String> {
            self.locals(name, format!("{SCHEMA}{predicate}"))
                .map(|class| {
                    TopClass::from_name(class).ok_or_else(|| {
                        format!("ng:{name} has {predicate} ng:{class}, which is no top class")
                    })
                })
                .collect()
        };
        let (domain, range) = (side("domainIncludes")?, side("rangeIncludes")?);
        if domain.is_empty() || range.is_empty() {
            return Err(format!("ng:{name} lacks schema:domainIncludes or schema:rangeIncludes"));
        }
        let parent =
            self.locals(name, format!("{RDFS}subPropertyOf")).find_map(|p| ids.get(p).copied());
        let inverse = self.locals(name, format!("{OWL}inverseOf")).next();
        Ok(Property {
            name: name.to_owned(),
            label: self
                .text(name, format!("{RDFS}label"))
                .ok_or_else(|| format!("ng:{name} lacks rdfs:label"))?,
            alt_labels: self
                .objects(name, format!("{SKOS}altLabel"))
                .filter_map(|term| match term {
                    Term::Literal(literal) => Some(literal.value().to_owned()),
                    _ => None,
                })
                .collect(),
            comment: self.text(name, format!("{RDFS}comment")).unwrap_or_default(),
            domain,
            range,
            parent,
            inverse_label: inverse.and_then(|inverse| self.text(inverse, format!("{RDFS}label"))),
            symmetric: self
                .iris(name, TYPE.into())
                .any(|class| class == format!("{OWL}SymmetricProperty")),
        })
    }
}
