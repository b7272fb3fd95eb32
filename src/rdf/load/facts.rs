//! Statements by subject, in few bytes each: IRIs and texts are kept once, and statements that
//! cannot be ours go straight to the list of the foreign ones.

use std::collections::HashMap;

use oxigraph::model::{
    BlankNode, GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term as RdfTerm, Triple,
};

use super::values::{self, Kind, Value};
use crate::ontology::{NAMESPACE, PropertyId, Schema};
use crate::rdf::mapping::{Object, Predicate};
use crate::rdf::names::NodeHash;
use crate::rdf::vocabulary::{Datatype, Term};

/// Index of a subject or object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// One statement about a node.
#[derive(Clone, Copy, Debug)]
pub struct Fact {
    pub predicate: Predicate,
    /// The named graph, `None` for the default graph.
    pub graph: Option<NodeId>,
    pub value: Value,
}

/// An IRI, or a blank node as `_:label`. Most nodes of a graph end in a hash, which is
/// kept as bytes after the index of what stands before it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum NodeText {
    Hashed(u32, NodeHash),
    Whole(Box<str>),
}

/// All statements read so far.
pub struct Facts<'s> {
    pub schema: &'s Schema,
    ids: HashMap<NodeText, NodeId>,
    /// What stands before hashes.
    stems: Vec<Box<str>>,
    pub nodes: Vec<Vec<Fact>>,
    pub texts: Vec<Box<str>>,
    pub shared: Vec<Box<str>>,
    shared_ids: HashMap<Box<str>, u32>,
    pub propositions: Vec<(NodeId, PropertyId, NodeId)>,
    pub foreign: Vec<Quad>,
    anonymous: HashMap<String, BlankNode>,
    terms: HashMap<&'static str, Term>,
    last_subject: Option<(NamedOrBlankNode, NodeId)>,
    last_graph: Option<(GraphName, Option<NodeId>)>,
}

impl<'s> Facts<'s> {
    pub fn new(schema: &'s Schema) -> Self {
        Self {
            schema,
            ids: HashMap::new(),
            stems: Vec::new(),
            nodes: Vec::new(),
            texts: Vec::new(),
            shared: Vec::new(),
            shared_ids: HashMap::new(),
            propositions: Vec::new(),
            foreign: Vec::new(),
            anonymous: HashMap::new(),
            terms: Term::ALL.iter().map(|term| (term.iri(), *term)).collect(),
            last_subject: None,
            last_graph: None,
        }
    }

    pub fn add(&mut self, quad: Quad) {
        let quad = self.with_stable_labels(quad);
        let iri = quad.predicate.as_str();
        let predicate = if let Some(term) = self.terms.get(iri) {
            Predicate::Term(*term)
        } else if let Some(property) = values::property(iri, self.schema) {
            Predicate::Relation(property)
        } else {
            self.foreign.push(quad);
            return;
        };
        let Quad { subject, predicate: name, object, graph_name } = quad;
        match self.value(predicate, object) {
            Ok(value) => {
                let graph = self.graph(&graph_name);
                let subject = self.subject(subject);
                self.nodes[subject.0 as usize].push(Fact { predicate, graph, value });
            }
            Err(object) => {
                self.foreign.push(Quad { subject, predicate: name, object, graph_name });
            }
        }
    }

    /// The object in compact form, or back when the predicate of ours has no such object.
    fn value(&mut self, predicate: Predicate, object: RdfTerm) -> Result<Value, RdfTerm> {
        let kind = match predicate {
            Predicate::Term(term) => values::kind(term),
            Predicate::Relation(_) => Kind::Link,
        };
        let schema = self.schema;
        let found = match (&object, kind) {
            (RdfTerm::NamedNode(iri), Kind::Class) => values::class(iri.as_str(), schema),
            (RdfTerm::NamedNode(iri), Kind::Link | Kind::Iri | Kind::IriOrText) => {
                Some(Value::Node(self.node(iri.as_str())))
            }
            (RdfTerm::BlankNode(node), Kind::Link) => {
                Some(Value::Node(self.node(&node.to_string())))
            }
            (RdfTerm::NamedNode(iri), Kind::Property) => {
                values::property(iri.as_str(), schema).map(Value::Property)
            }
            (RdfTerm::Triple(triple), Kind::Proposition) => self.proposition(triple),
            (RdfTerm::Literal(literal), Kind::Text | Kind::Shared | Kind::IriOrText) => {
                let shared = kind == Kind::Shared;
                values::plain(literal.as_ref()).map(|text| self.text(text, shared))
            }
            (RdfTerm::Literal(literal), Kind::Date) => {
                let literal = literal.as_ref();
                if values::is_typed_date(literal) {
                    match self.text(literal.value(), true) {
                        Value::Shared(at) => Some(Value::Date(at)),
                        other => Some(other),
                    }
                } else {
                    values::plain(literal).map(|text| self.text(text, true))
                }
            }
            (RdfTerm::Literal(literal), Kind::Integer) => values::integer(literal.as_ref()),
            (RdfTerm::Literal(literal), Kind::Confidence) => values::confidence(literal.as_ref()),
            (RdfTerm::Literal(literal), Kind::Position) => {
                values::plain(literal.as_ref()).and_then(values::position)
            }
            (RdfTerm::Literal(literal), Kind::True) => {
                let is_true = literal.datatype().as_str() == Datatype::Boolean.iri()
                    && literal.value() == "true";
                is_true.then_some(Value::True)
            }
            _ => None,
        };
        found.ok_or(object)
    }

    fn proposition(&mut self, triple: &Triple) -> Option<Value> {
        let property = values::property(triple.predicate.as_str(), self.schema)?;
        let RdfTerm::NamedNode(tail) = &triple.object else {
            return None;
        };
        let NamedOrBlankNode::NamedNode(head) = &triple.subject else {
            return None;
        };
        let (head, tail) = (self.node(head.as_str()), self.node(tail.as_str()));
        self.propositions.push((head, property, tail));
        Some(Value::Proposition(self.propositions.len() as u32 - 1))
    }

    fn text(&mut self, text: &str, shared: bool) -> Value {
        if !shared {
            self.texts.push(text.into());
            return Value::Text(self.texts.len() as u32 - 1);
        }
        if let Some(&at) = self.shared_ids.get(text) {
            return Value::Shared(at);
        }
        let at = self.shared.len() as u32;
        self.shared.push(text.into());
        self.shared_ids.insert(text.into(), at);
        Value::Shared(at)
    }

    fn subject(&mut self, subject: NamedOrBlankNode) -> NodeId {
        if let Some((known, id)) = &self.last_subject {
            if *known == subject {
                return *id;
            }
            // Statements come grouped by subject, so this one is most likely complete.
            self.nodes[id.0 as usize].shrink_to_fit();
        }
        let id = match &subject {
            NamedOrBlankNode::NamedNode(iri) => self.node(iri.as_str()),
            NamedOrBlankNode::BlankNode(node) => self.node(&node.to_string()),
        };
        self.last_subject = Some((subject, id));
        id
    }

    fn graph(&mut self, name: &GraphName) -> Option<NodeId> {
        if let Some((known, id)) = &self.last_graph
            && known == name
        {
            return *id;
        }
        let id = match name {
            GraphName::DefaultGraph => return None,
            GraphName::NamedNode(iri) => Some(self.node(iri.as_str())),
            GraphName::BlankNode(node) => Some(self.node(&node.to_string())),
        };
        self.last_graph = Some((name.clone(), id));
        id
    }

    fn node(&mut self, text: &str) -> NodeId {
        let text = self.node_text(text);
        let next = NodeId(self.nodes.len() as u32);
        let id = *self.ids.entry(text).or_insert(next);
        if id == next {
            self.nodes.push(Vec::new());
        }
        id
    }

    fn node_text(&mut self, text: &str) -> NodeText {
        let Some((stem, hash)) = split_hash(text) else {
            return NodeText::Whole(text.into());
        };
        let at = self.stems.iter().position(|known| **known == *stem).unwrap_or_else(|| {
            self.stems.push(stem.into());
            self.stems.len() - 1
        });
        NodeText::Hashed(at as u32, hash)
    }

    /// Parsers give anonymous nodes a random label; here they are counted instead, so that
    /// the same input makes the same graph.
    fn with_stable_labels(&mut self, mut quad: Quad) -> Quad {
        if let NamedOrBlankNode::BlankNode(node) = &quad.subject {
            quad.subject = self.stable_label(node).into();
        }
        if let RdfTerm::BlankNode(node) = &quad.object {
            quad.object = self.stable_label(node).into();
        }
        if let GraphName::BlankNode(node) = &quad.graph_name {
            quad.graph_name = self.stable_label(node).into();
        }
        if let RdfTerm::Triple(triple) = &mut quad.object {
            self.stabilize_triple(triple);
        }
        quad
    }

    fn stabilize_triple(&mut self, triple: &mut Triple) {
        if let NamedOrBlankNode::BlankNode(node) = &triple.subject {
            triple.subject = self.stable_label(node).into();
        }
        match &mut triple.object {
            RdfTerm::BlankNode(node) => triple.object = self.stable_label(node).into(),
            RdfTerm::Triple(inner) => self.stabilize_triple(inner),
            _ => {}
        }
    }

    fn stable_label(&mut self, node: &BlankNode) -> BlankNode {
        let label = node.as_str();
        let random = label.len() >= 24 && label.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !random {
            return node.clone();
        }
        let next = self.anonymous.len();
        self.anonymous
            .entry(label.to_owned())
            .or_insert_with(|| BlankNode::new_unchecked(format!("anonymous{next}")))
            .clone()
    }

    /// Gives up the index by text for the texts by index.
    pub fn node_names(&mut self) -> NodeNames {
        let mut texts = vec![NodeText::Hashed(0, NodeHash::default()); self.nodes.len()];
        for (text, id) in std::mem::take(&mut self.ids) {
            texts[id.0 as usize] = text;
        }
        NodeNames { texts, stems: std::mem::take(&mut self.stems) }
    }

    /// The statement of a fact.
    pub fn quad(&self, names: &NodeNames, subject: NodeId, fact: &Fact) -> Quad {
        let ontology = |name: &str| NamedNode::new_unchecked(format!("{NAMESPACE}{name}"));
        let property = |id: PropertyId| ontology(&self.schema.property(id).name);
        let object: RdfTerm = match fact.value {
            Value::Node(node) => names.term(node).into(),
            Value::TopClass(class) => ontology(class.name()).into(),
            Value::Subclass(class) => ontology(&self.schema.subclass(class).name).into(),
            Value::NodeClass(class) => NamedNode::new_unchecked(class.iri()).into(),
            Value::Property(id) => property(id).into(),
            Value::Proposition(at) => {
                let (head, id, tail) = self.propositions[at as usize];
                let (subject, object) = (names.term(head), names.term(tail).into());
                RdfTerm::Triple(Box::new(Triple { subject, predicate: property(id), object }))
            }
            Value::Text(at) => Literal::new_simple_literal(&*self.texts[at as usize]).into(),
            Value::Shared(at) => Literal::new_simple_literal(&*self.shared[at as usize]).into(),
            Value::Date(at) => values::date_literal(&self.shared[at as usize]).into(),
            Value::Integer(number) => literal(&Object::Integer(number)).into(),
            Value::Position(span) => literal(&Object::Position(span)).into(),
            Value::Thousandths(value) => {
                let value = crate::confidence::Confidence::new(value as f32 / 1000.0);
                literal(&Object::Decimal(value.unwrap_or(crate::confidence::Confidence::CERTAIN)))
                    .into()
            }
            Value::True => literal(&Object::Boolean(true)).into(),
        };
        let predicate = match fact.predicate {
            Predicate::Term(term) => NamedNode::new_unchecked(term.iri()),
            Predicate::Relation(id) => property(id),
        };
        let graph_name = match fact.graph {
            None => GraphName::DefaultGraph,
            Some(graph) => names.term(graph).into(),
        };
        Quad { subject: names.term(subject), predicate, object, graph_name }
    }
}

fn literal(object: &Object<'_>) -> Literal {
    let mut lexical = String::new();
    match object.push_lexical(&mut lexical) {
        None | Some(Datatype::String) => Literal::new_simple_literal(lexical),
        Some(datatype) => {
            Literal::new_typed_literal(lexical, NamedNode::new_unchecked(datatype.iri()))
        }
    }
}

fn split_hash(text: &str) -> Option<(&str, NodeHash)> {
    let at = text.len().checked_sub(32)?;
    let (stem, hex) = (text.get(..at)?, text.get(at..)?);
    let digits = hex.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    // Longer runs of digits, as ids of documents have, would make a stem for each.
    if !digits || !stem.ends_with('/') {
        return None;
    }
    Some((stem, u128::from_str_radix(hex, 16).ok()?.to_be_bytes()))
}

/// The IRIs of nodes by their index.
pub struct NodeNames {
    texts: Vec<NodeText>,
    stems: Vec<Box<str>>,
}

impl NodeNames {
    pub fn text(&self, node: NodeId) -> String {
        match &self.texts[node.0 as usize] {
            NodeText::Whole(text) => text.to_string(),
            NodeText::Hashed(stem, hash) => {
                format!("{}{:032x}", self.stems[*stem as usize], u128::from_be_bytes(*hash))
            }
        }
    }

    fn term(&self, node: NodeId) -> NamedOrBlankNode {
        let text = self.text(node);
        match text.strip_prefix("_:") {
            Some(label) => BlankNode::new_unchecked(label).into(),
            None => NamedNode::new_unchecked(text).into(),
        }
    }
}
