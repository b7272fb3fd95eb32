//! N-Triples and N-Quads: one statement a line, straight into bytes.

use std::io;

use oxigraph::model::Quad;

use super::bytes::Buffer;
use crate::graph::DocumentIndex;
use crate::ontology::NAMESPACE;
use crate::rdf::mapping::{Iris, Mapping, Node, Object, Predicate, Statement};
use crate::rdf::vocabulary::Datatype;

pub fn write(mapping: Mapping<'_>, foreign: &[&Quad], out: &mut dyn io::Write) -> io::Result<()> {
    let mut lines = Lines {
        buffer: Buffer::new(out),
        iris: Iris::new(mapping),
        properties: mapping
            .schema
            .properties()
            .map(|(_, property)| format!("<{NAMESPACE}{}>", property.name))
            .collect(),
        subclasses: mapping
            .schema
            .subclasses()
            .map(|(_, class)| format!("<{NAMESPACE}{}>", class.name))
            .collect(),
        subject: None,
        subject_text: String::new(),
        graph: None,
        graph_text: String::new(),
        scratch: String::new(),
    };
    mapping.all(&mut |statement| lines.line(&statement));
    for quad in foreign {
        // A quad of the default graph prints as a triple.
        lines.buffer.push(&quad.to_string());
        lines.buffer.push(" .\n");
        lines.buffer.flush_full();
    }
    lines.buffer.finish()
}

struct Lines<'g, 'w> {
    buffer: Buffer<'w>,
    iris: Iris<'g>,
    /// IRIs between angle brackets, by id.
    properties: Vec<String>,
    subclasses: Vec<String>,
    /// Statements come grouped by subject and graph: their texts are kept.
    subject: Option<Node>,
    subject_text: String,
    graph: Option<DocumentIndex>,
    graph_text: String,
    scratch: String,
}

impl Lines<'_, '_> {
    fn line(&mut self, statement: &Statement<'_>) {
        if self.buffer.failed() {
            return;
        }
        if self.subject != Some(statement.subject) {
            self.subject = Some(statement.subject);
            self.subject_text.clear();
            self.subject_text.push('<');
            self.iris.push(statement.subject, &mut self.subject_text);
            self.subject_text.push_str("> ");
        }
        self.buffer.push(&self.subject_text);
        match statement.predicate {
            Predicate::Term(term) => self.buffer.push(term.angled()),
            Predicate::Relation(property) => {
                self.buffer.push(&self.properties[usize::from(property.0)]);
            }
        }
        self.buffer.push(" ");
        self.object(&statement.object);
        if let Some(document) = statement.graph {
            if self.graph != Some(document) {
                self.graph = Some(document);
                self.graph_text.clear();
                self.iris.push(Node::Document(document), &mut self.graph_text);
            }
            self.buffer.push(" <");
            self.buffer.push(&self.graph_text);
            self.buffer.push(">");
        }
        self.buffer.push(" .\n");
        self.buffer.flush_full();
    }

    fn object(&mut self, object: &Object<'_>) {
        match *object {
            Object::Node(node) => self.node(node),
            Object::TopClass(class) => {
                self.buffer.push("<");
                self.buffer.push(NAMESPACE);
                self.buffer.push(class.name());
                self.buffer.push(">");
            }
            Object::Subclass(class) => self.buffer.push(&self.subclasses[usize::from(class.0)]),
            Object::NodeClass(class) => self.buffer.push(class.angled()),
            Object::Property(property) => {
                self.buffer.push(&self.properties[usize::from(property.0)]);
            }
            Object::Iri(iri) => {
                self.buffer.push("<");
                self.buffer.push(iri);
                self.buffer.push(">");
            }
            Object::Proposition(head, property, tail) => {
                self.buffer.push("<<( ");
                self.node(Node::Entity(head));
                self.buffer.push(" ");
                self.buffer.push(&self.properties[usize::from(property.0)]);
                self.buffer.push(" ");
                self.node(Node::Entity(tail));
                self.buffer.push(" )>>");
            }
            Object::Text(text) => self.buffer.push_quoted(text),
            _ => {
                self.scratch.clear();
                let datatype = object.push_lexical(&mut self.scratch);
                self.buffer.push_quoted(&self.scratch);
                if let Some(datatype) = datatype.filter(|known| *known != Datatype::String) {
                    self.buffer.push("^^");
                    self.buffer.push(datatype.angled());
                }
            }
        }
    }

    fn node(&mut self, node: Node) {
        self.scratch.clear();
        self.scratch.push('<');
        self.iris.push(node, &mut self.scratch);
        self.scratch.push('>');
        self.buffer.push(&self.scratch);
    }
}
