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
    /// Label of the inverse, for reading a claim from its tail ("has spokesperson").
    pub inverse_label: Option<String>,
    pub symmetric: bool,
    /// Whether it states a standing fact, which reported speech takes for granted.
    pub standing: bool,
    /// Whether a later holder ends it.
    pub ends_by_succession: bool,
    /// Whether its head belongs to its tail, by an office for example.
    pub membership: bool,
    /// Whether its head may act for its tail.
    pub acts_for: bool,
    /// Whether by it the head says something of the tail.
    pub saying: bool,
    /// Whether it ties its two ends to each other.
    pub binds: bool,
    /// Whether its head is a side of its tail, an agreement.
    pub sides: bool,
    /// Whether its tail is a joint undertaking of the sides of its head, an agreement.
    pub makes_joint: bool,
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
    ///
    /// # Errors
    /// What is not Turtle, a top class or label that is missing, a signature with a class that
    /// is no top class, narrower than that of a child, or lopsided though symmetric.
    pub fn from_turtle(turtle: &str, file: &str) -> Result<Self, OntologyError> {
        let mut facts = Facts::default();
        for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle.as_bytes()) {
            let quad = quad.map_err(|error| {
                let line = error.location().map(|place| place.start.line as usize + 1);
                OntologyError::new(file, line, error.to_string())
            })?;
            facts.add(quad);
        }
        facts.into_schema().map_err(|fault| {
            OntologyError::new(file, line_of(turtle, &fault.subject), fault.message)
        })
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

    /// Whether `property` is `ancestor` or stands below it.
    pub fn is_within(&self, property: PropertyId, ancestor: PropertyId) -> bool {
        // A schema in which a relation stood above itself was refused, so this ends.
        std::iter::successors(Some(property), |at| self.property(*at).parent)
            .any(|at| at == ancestor)
    }

    /// The statements of the ontology, in document order.
    pub fn quads(&self) -> &[Quad] {
        &self.quads
    }
}

/// What is wrong with the declaration of a class or property.
struct Fault {
    subject: String,
    message: String,
}

impl Fault {
    fn new(subject: &str, message: String) -> Self {
        Self { subject: subject.to_owned(), message }
    }
}

/// The line, from 1, on which the declaration of a term begins. Turtle's parser gives no places
/// of what it parsed well, so the text is searched for a line that begins with the term.
fn line_of(turtle: &str, local: &str) -> Option<usize> {
    let (short, long) = (format!("ng:{local}"), format!("<{NAMESPACE}{local}>"));
    let begins = |line: &str| {
        let rest = line.strip_prefix(&short).or_else(|| line.strip_prefix(&long));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
    };
    turtle.lines().position(begins).map(|at| at + 1)
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

    fn into_schema(self) -> Result<Schema, Fault> {
        for class in TopClass::ALL {
            if !self.by_subject.contains_key(class.name()) {
                return Err(Fault::new(
                    class.name(),
                    format!("the class ng:{} is not declared", class.name()),
                ));
            }
        }
        let mut subclasses = Vec::new();
        let mut names = Vec::new();
        for subject in &self.subjects {
            if TopClass::from_name(subject).is_none()
                && let Some(top) = self.top_class(subject)
            {
                subclasses.push(Subclass {
                    name: subject.clone(),
                    label: self.label(subject)?,
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
            properties.push(self.property(name, &property_ids)?);
        }
        check_signatures(&properties)?;
        let subclass_ids = subclasses
            .iter()
            .enumerate()
            .map(|(at, c)| (c.name.clone(), SubclassId(at as u16)))
            .collect();
        Ok(Schema { properties, subclasses, property_ids, subclass_ids, quads: self.quads })
    }

    /// The top class above a class, however many classes lie between.
    fn top_class(&self, class: &str) -> Option<TopClass> {
        let mut above = vec![class];
        let mut at = 0;
        while let Some(&class) = above.get(at) {
            if let Some(top) = TopClass::from_name(class) {
                return Some(top);
            }
            for parent in self.locals(class, format!("{RDFS}subClassOf")) {
                if !above.contains(&parent) {
                    above.push(parent);
                }
            }
            at += 1;
        }
        None
    }

    fn label(&self, name: &str) -> Result<String, Fault> {
        self.text(name, format!("{RDFS}label"))
            .ok_or_else(|| Fault::new(name, format!("ng:{name} lacks rdfs:label")))
    }

    fn property(&self, name: &str, ids: &HashMap<String, PropertyId>) -> Result<Property, Fault> {
        let (domain, range) = (self.side(name, "domain")?, self.side(name, "range")?);
        let mut parent = None;
        for above in self.locals(name, format!("{RDFS}subPropertyOf")) {
            let id = ids.get(above).copied().ok_or_else(|| {
                Fault::new(name, format!("ng:{name} is below ng:{above}, which is no relation"))
            })?;
            if parent.replace(id).is_some() {
                return Err(Fault::new(name, format!("ng:{name} has two parents")));
            }
        }
        let inverse = self.locals(name, format!("{OWL}inverseOf")).next();
        Ok(Property {
            name: name.to_owned(),
            label: self.label(name)?,
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
            standing: self.is_true(name, "standing"),
            ends_by_succession: self.is_true(name, "endsBySuccession"),
            membership: self.is_true(name, "membership"),
            acts_for: self.is_true(name, "actsFor"),
            saying: self.is_true(name, "saying"),
            binds: self.is_true(name, "binds"),
            sides: self.is_true(name, "sides"),
            makes_joint: self.is_true(name, "makesJoint"),
        })
    }

    fn is_true(&self, name: &str, flag: &str) -> bool {
        self.text(name, format!("{NAMESPACE}{flag}")).as_deref() == Some("true")
    }

    /// One side of a signature; `side` is `domain` or `range`.
    fn side(&self, name: &str, side: &str) -> Result<ClassSet, Fault> {
        if self.objects(name, format!("{RDFS}{side}")).count() > 1 {
            return Err(Fault::new(
                name,
                format!(
                    "ng:{name} has several rdfs:{side}, which means all of them at once: \
                     write one owl:unionOf"
                ),
            ));
        }
        let mut classes = ClassSet::EMPTY;
        for class in self.locals(name, format!("{SCHEMA}{side}Includes")) {
            let class = TopClass::from_name(class).ok_or_else(|| {
                Fault::new(
                    name,
                    format!(
                        "ng:{name} has schema:{side}Includes ng:{class}, which is no top class"
                    ),
                )
            })?;
            classes = classes.with(class);
        }
        if classes.is_empty() {
            return Err(Fault::new(name, format!("ng:{name} lacks schema:{side}Includes")));
        }
        Ok(classes)
    }
}

/// Checks what one declaration alone cannot show: that whatever holds of a relation may hold of
/// its parent, and of a symmetric relation also the other way round.
fn check_signatures(properties: &[Property]) -> Result<(), Fault> {
    for property in properties {
        let name = &property.name;
        if property.symmetric && property.domain != property.range {
            return Err(Fault::new(
                name,
                format!("ng:{name} is symmetric, so its domain and range must be the same"),
            ));
        }
        if let Some(parent) = property.parent {
            let parent = &properties[parent.0 as usize];
            if !parent.domain.contains_all(property.domain)
                || !parent.range.contains_all(property.range)
            {
                return Err(Fault::new(
                    name,
                    format!(
                        "ng:{name} allows classes that its parent ng:{} does not allow",
                        parent.name
                    ),
                ));
            }
        }
        let mut above = property.parent;
        for _ in 0..properties.len() {
            above = above.and_then(|id| properties[id.0 as usize].parent);
        }
        if above.is_some() {
            return Err(Fault::new(name, format!("ng:{name} stands above itself")));
        }
    }
    Ok(())
}
