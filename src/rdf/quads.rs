//! Statements as terms of `oxrdf`: for writers that need them, for tests, and for CONSTRUCT.

use oxigraph::model::{GraphName, Literal, NamedNode, Quad, Term as RdfTerm, Triple};

use super::mapping::{Iris, Mapping, Node, Object, Predicate, Statement};
use super::vocabulary::Datatype;
use crate::graph::EntityIndex;
use crate::ontology::{NAMESPACE, PropertyId};

/// Every quad of the graph, with what is kept from other vocabularies last.
pub fn each_quad(mapping: Mapping<'_>, sink: &mut impl FnMut(Quad)) {
    each_quad_of_graph(mapping, sink);
    for quad in &mapping.graph.foreign {
        sink(quad.clone());
    }
}

/// Every quad of the graph without what is kept from other vocabularies.
pub fn each_quad_of_graph(mapping: Mapping<'_>, sink: &mut impl FnMut(Quad)) {
    let mut terms = Terms::new(mapping);
    mapping.all(&mut |statement| sink(terms.quad(&statement)));
}

/// Turns statements into terms.
pub struct Terms<'g> {
    mapping: Mapping<'g>,
    iris: Iris<'g>,
    subject: Option<(Node, NamedNode)>,
}

impl<'g> Terms<'g> {
    pub fn new(mapping: Mapping<'g>) -> Self {
        Self { mapping, iris: Iris::new(mapping), subject: None }
    }

    pub fn quad(&mut self, statement: &Statement<'_>) -> Quad {
        let subject = match &self.subject {
            Some((node, iri)) if *node == statement.subject => iri.clone(),
            _ => {
                let iri = self.node(statement.subject);
                self.subject = Some((statement.subject, iri.clone()));
                iri
            }
        };
        let predicate = match statement.predicate {
            Predicate::Term(term) => NamedNode::new_unchecked(term.iri()),
            Predicate::Relation(property) => self.property(property),
        };
        let graph_name = match statement.graph {
            Some(document) => GraphName::NamedNode(self.node(Node::Document(document))),
            None => GraphName::DefaultGraph,
        };
        Quad {
            subject: subject.into(),
            predicate,
            object: self.object(&statement.object),
            graph_name,
        }
    }

    /// The IRI of a node. Nodes have valid IRIs by construction.
    pub fn node(&mut self, node: Node) -> NamedNode {
        let mut iri = String::new();
        self.iris.push(node, &mut iri);
        NamedNode::new_unchecked(iri)
    }

    pub fn object(&mut self, object: &Object<'_>) -> RdfTerm {
        let schema = self.mapping.schema;
        match *object {
            Object::Node(node) => self.node(node).into(),
            Object::TopClass(class) => ontology_iri(class.name()).into(),
            Object::Subclass(class) => ontology_iri(&schema.subclass(class).name).into(),
            Object::NodeClass(class) => NamedNode::new_unchecked(class.iri()).into(),
            Object::Property(property) => self.property(property).into(),
            Object::Iri(iri) => NamedNode::new_unchecked(iri).into(),
            Object::Proposition(head, property, tail) => self.proposition(head, property, tail),
            _ => {
                let mut lexical = String::new();
                match object.push_lexical(&mut lexical) {
                    None | Some(Datatype::String) => Literal::new_simple_literal(lexical),
                    Some(datatype) => Literal::new_typed_literal(
                        lexical,
                        NamedNode::new_unchecked(datatype.iri()),
                    ),
                }
                .into()
            }
        }
    }

    fn proposition(
        &mut self,
        head: EntityIndex,
        property: PropertyId,
        tail: EntityIndex,
    ) -> RdfTerm {
        let triple = Triple {
            subject: self.node(Node::Entity(head)).into(),
            predicate: self.property(property),
            object: self.node(Node::Entity(tail)).into(),
        };
        RdfTerm::Triple(Box::new(triple))
    }

    fn property(&self, property: PropertyId) -> NamedNode {
        ontology_iri(&self.mapping.schema.property(property).name)
    }
}

fn ontology_iri(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{NAMESPACE}{name}"))
}
