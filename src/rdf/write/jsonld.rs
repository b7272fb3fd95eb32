//! JSON-LD with the context inline: terms without prefixes for our vocabulary, one object per
//! subject, `@graph` for the graphs of documents. Nothing has to be fetched to read it.

use std::collections::HashMap;
use std::io::{self, Write};

use oxigraph::model::{GraphName, NamedOrBlankNode, Quad, Term as RdfTerm};
use serde_json::{Map, Value, json};

use crate::graph::DocumentIndex;
use crate::ontology::{NAMESPACE, Schema, TopClass};
use crate::rdf::mapping::{Iris, Mapping, Node, Object, Predicate, Statement};
use crate::rdf::vocabulary::{Datatype, NodeClass, Term};

pub fn write(mapping: Mapping<'_>, foreign: &[&Quad], out: &mut dyn Write) -> io::Result<()> {
    let mut json = JsonLd {
        schema: mapping.schema,
        names: Names::new(mapping.schema),
        out: io::BufWriter::with_capacity(1 << 16, out),
        iris: Iris::new(mapping),
        open: None,
        object: Map::new(),
        first: true,
        failure: None,
    };
    let context = serde_json::to_string(&json.names.context)?;
    write!(json.out, "{{\"@context\": {context},\n \"@graph\": [")?;
    mapping.all(&mut |statement| json.add(&statement));
    json.close();
    for quad in foreign {
        json.item(foreign_item(quad));
    }
    json.failure.map_or(Ok(()), Err)?;
    json.out.write_all(b"\n]}\n")?;
    json.out.flush()
}

/// The JSON names of predicates and classes: their local names, or the IRI where another
/// already has that name.
struct Names {
    context: Map<String, Value>,
    taken: HashMap<String, String>,
    properties: Vec<String>,
    subclasses: Vec<String>,
}

impl Names {
    fn new(schema: &Schema) -> Self {
        let mut names = Self {
            context: Map::new(),
            taken: HashMap::new(),
            properties: Vec::new(),
            subclasses: Vec::new(),
        };
        for term in Term::ALL.iter().copied().filter(|term| *term != Term::Type) {
            names.add(local(term.short()), term.iri(), is_link(term));
        }
        for class in NodeClass::ALL {
            names.add(local(class.short()), class.iri(), false);
        }
        for class in TopClass::ALL {
            names.add(class.name(), &format!("{NAMESPACE}{}", class.name()), false);
        }
        for (_, class) in schema.subclasses() {
            let name = names.add(&class.name, &format!("{NAMESPACE}{}", class.name), false);
            names.subclasses.push(name);
        }
        for (_, property) in schema.properties() {
            let name = names.add(&property.name, &format!("{NAMESPACE}{}", property.name), true);
            names.properties.push(name);
        }
        names
    }

    fn add(&mut self, name: &str, iri: &str, is_link: bool) -> String {
        match self.taken.get(name) {
            Some(known) if known == iri => name.to_owned(),
            Some(_) => iri.to_owned(),
            None => {
                self.taken.insert(name.to_owned(), iri.to_owned());
                let definition =
                    if is_link { json!({"@id": iri, "@type": "@id"}) } else { json!({"@id": iri}) };
                self.context.insert(name.to_owned(), definition);
                name.to_owned()
            }
        }
    }

    /// The name of one of the fixed terms.
    fn of(&self, short: &str, iri: &str) -> String {
        let name = local(short);
        if self.taken.get(name).is_some_and(|known| known == iri) { name } else { iri }.to_owned()
    }
}

fn local(short: &str) -> &str {
    short.split_once(':').map_or(short, |(_, local)| local)
}

/// Whether a predicate leads only to nodes, so that their IRIs can be plain strings.
fn is_link(term: Term) -> bool {
    matches!(
        term,
        Term::Subject
            | Term::Predicate
            | Term::Object
            | Term::SameAs
            | Term::ReferenceContext
            | Term::IdentRef
            | Term::Evidence
            | Term::WasDerivedFrom
            | Term::HasSource
            | Term::HasSelector
            | Term::AttributedTo
    )
}

struct JsonLd<'g, W: Write> {
    schema: &'g Schema,
    names: Names,
    out: W,
    iris: Iris<'g>,
    /// The subject and graph of the object being filled.
    open: Option<(Node, Option<DocumentIndex>)>,
    object: Map<String, Value>,
    first: bool,
    failure: Option<io::Error>,
}

impl<W: Write> JsonLd<'_, W> {
    fn add(&mut self, statement: &Statement<'_>) {
        if self.failure.is_some() {
            return;
        }
        let place = (statement.subject, statement.graph);
        if self.open != Some(place) {
            self.close();
            self.open = Some(place);
            let id = self.iri(statement.subject);
            self.object.insert("@id".into(), Value::String(id));
        }
        let (key, is_link) = match statement.predicate {
            Predicate::Term(Term::Type) => ("@type".to_owned(), true),
            Predicate::Term(term) => (self.names.of(term.short(), term.iri()), is_link(term)),
            Predicate::Relation(property) => {
                let name = &self.names.properties[usize::from(property.0)];
                // A name that had to be the IRI has no definition that says "link".
                (name.clone(), !name.contains(':'))
            }
        };
        let value = self.value(&statement.object, is_link);
        match self.object.get_mut(&key) {
            None => {
                self.object.insert(key, value);
            }
            Some(Value::Array(values)) => values.push(value),
            Some(single) => *single = Value::Array(vec![single.take(), value]),
        }
    }

    fn value(&mut self, object: &Object<'_>, is_link: bool) -> Value {
        let iri = match *object {
            Object::Node(node) => self.iri(node),
            Object::TopClass(class) => class.name().to_owned(),
            Object::Subclass(class) => self.names.subclasses[usize::from(class.0)].clone(),
            Object::NodeClass(class) => self.names.of(class.short(), class.iri()),
            Object::Property(property) => {
                format!("{NAMESPACE}{}", self.schema.property(property).name)
            }
            Object::Iri(iri) => iri.to_owned(),
            _ => return literal(object),
        };
        if is_link { Value::String(iri) } else { json!({ "@id": iri }) }
    }

    fn iri(&mut self, node: Node) -> String {
        let mut iri = String::new();
        self.iris.push(node, &mut iri);
        iri
    }

    fn close(&mut self) {
        let Some((_, graph)) = self.open.take() else {
            return;
        };
        let object = Value::Object(std::mem::take(&mut self.object));
        let item = match graph {
            None => object,
            Some(document) => {
                json!({"@id": self.iri(Node::Document(document)), "@graph": [object]})
            }
        };
        self.item(item);
    }

    fn item(&mut self, item: Value) {
        if self.failure.is_some() {
            return;
        }
        let separator = if std::mem::take(&mut self.first) { "\n  " } else { ",\n  " };
        let outcome = serde_json::to_string(&item)
            .map_err(io::Error::from)
            .and_then(|text| write!(self.out, "{separator}{text}"));
        self.failure = outcome.err();
    }
}

fn literal(object: &Object<'_>) -> Value {
    let mut lexical = String::new();
    match object.push_lexical(&mut lexical) {
        None | Some(Datatype::String) => Value::String(lexical),
        Some(Datatype::Boolean) => Value::Bool(lexical == "true"),
        Some(Datatype::Integer) => match lexical.parse::<u64>() {
            Ok(number) => json!(number),
            Err(_) => json!({"@type": Datatype::Integer.iri(), "@value": lexical}),
        },
        Some(datatype) => json!({"@type": datatype.iri(), "@value": lexical}),
    }
}

/// A statement that is not of our vocabulary, in expanded form, which any context allows.
fn foreign_item(quad: &Quad) -> Value {
    let id = |node: &NamedOrBlankNode| match node {
        NamedOrBlankNode::NamedNode(iri) => iri.as_str().to_owned(),
        NamedOrBlankNode::BlankNode(node) => node.to_string(),
    };
    let value = match &quad.object {
        RdfTerm::NamedNode(iri) => json!({"@id": iri.as_str()}),
        RdfTerm::BlankNode(node) => json!({"@id": node.to_string()}),
        RdfTerm::Literal(literal) => match literal.language() {
            Some(language) => {
                let mut value = json!({"@language": language, "@value": literal.value()});
                if let Some(direction) = literal.direction() {
                    value["@direction"] = json!(direction.to_string());
                }
                value
            }
            None => {
                json!({"@type": literal.datatype().as_str(), "@value": literal.value()})
            }
        },
        // Callers leave these out and count them.
        RdfTerm::Triple(_) => Value::Null,
    };
    let object = json!({"@id": id(&quad.subject), quad.predicate.as_str(): [value]});
    match &quad.graph_name {
        GraphName::DefaultGraph => object,
        GraphName::NamedNode(name) => json!({"@id": name.as_str(), "@graph": [object]}),
        GraphName::BlankNode(name) => json!({"@id": name.to_string(), "@graph": [object]}),
    }
}
