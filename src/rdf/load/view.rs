//! Looking into the facts of a node, and using them up.

use super::facts::{Fact, NodeId};
use super::values::Value;
use crate::rdf::mapping::Predicate;
use crate::rdf::vocabulary::{NodeClass, Term};
use crate::span::CharSpan;

/// Which facts a record has used: at most one of each term, and all those listed.
#[derive(Default)]
pub(super) struct Used {
    terms: Vec<(Term, Value)>,
}

impl Used {
    pub(super) fn add(&mut self, term: Term, value: Value) {
        self.terms.push((term, value));
    }

    /// Takes each used fact once from the facts of a node. `graph` is where they may stand
    /// beside the default graph.
    pub(super) fn take(self, facts: &mut Vec<Fact>, graph: Option<NodeId>) {
        let mut left = self.terms;
        facts.retain(|fact| {
            let found = left.iter().position(|(term, value)| {
                fact.predicate == Predicate::Term(*term)
                    && fact.value == *value
                    && is_in(fact, graph)
            });
            match found {
                Some(at) => {
                    left.swap_remove(at);
                    false
                }
                None => true,
            }
        });
        facts.shrink_to_fit();
    }
}

pub(super) fn is_in(fact: &Fact, graph: Option<NodeId>) -> bool {
    fact.graph.is_none() || fact.graph == graph
}

/// The facts of a node that count for a record.
#[derive(Clone, Copy)]
pub(super) struct View<'f> {
    pub facts: &'f [Fact],
    pub graph: Option<NodeId>,
}

impl<'f> View<'f> {
    pub(super) fn all(self, term: Term) -> impl Iterator<Item = Value> + use<'f> {
        let View { facts, graph } = self;
        facts
            .iter()
            .filter(move |fact| fact.predicate == Predicate::Term(term) && is_in(fact, graph))
            .map(|fact| fact.value)
    }

    pub(super) fn first(self, term: Term) -> Option<Value> {
        self.all(term).next()
    }

    pub(super) fn is_a(self, class: NodeClass) -> bool {
        self.all(Term::Type).any(|value| value == Value::NodeClass(class))
    }

    /// The first object of each term that there is, noted as used.
    pub(super) fn use_first(self, term: Term, used: &mut Used) -> Option<Value> {
        let value = self.first(term)?;
        used.add(term, value);
        Some(value)
    }

    pub(super) fn integer(self, term: Term, used: &mut Used) -> Option<u32> {
        match self.use_first(term, used)? {
            Value::Integer(number) => Some(number),
            _ => None,
        }
    }

    pub(super) fn node(self, term: Term, used: &mut Used) -> Option<NodeId> {
        match self.use_first(term, used)? {
            Value::Node(node) => Some(node),
            _ => None,
        }
    }

    pub(super) fn position(self, term: Term, used: &mut Used) -> Option<CharSpan> {
        match self.use_first(term, used)? {
            Value::Position(span) => Some(span),
            _ => None,
        }
    }
}

/// The first object of a link, whatever the graph.
pub(super) fn link(facts: &[Fact], term: Term) -> Option<NodeId> {
    facts.iter().find_map(|fact| match fact.value {
        Value::Node(node) if fact.predicate == Predicate::Term(term) => Some(node),
        _ => None,
    })
}
