//! Nodes and edges with typed attributes: what every format writes that has no place for
//! single statements. One entity is one node, one claim one edge.

use std::borrow::Cow;

use super::ExportOptions;
use super::identifiers::{ClaimId, entity_iri};
use super::order::CanonicalOrder;
use super::summary::ClaimSummary;
use crate::analysis::{Measure, Position, Ranks};
use crate::graph::{ClaimRef, Entity, EntityIndex, KnowledgeGraph};
use crate::ontology::{Property, Schema};

/// The type of an attribute, the same on every node or edge: no reader has to guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    List,
    Integer,
    Number,
    Boolean,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value<'v> {
    Text(Cow<'v, str>),
    List(Vec<&'v str>),
    Integer(usize),
    Number(f32),
    Boolean(bool),
}

/// Name and type of what [`Node::values`] gives. None is called `label`, `x` or `d3`, which
/// Gephi drops or takes for its own.
pub(super) const NODE_ATTRIBUTES: [(&str, Kind); 11] = [
    ("name", Kind::Text),
    ("class", Kind::Text),
    ("subclass", Kind::Text),
    ("iri", Kind::Text),
    ("aliases", Kind::List),
    ("same_as", Kind::List),
    ("mention_count", Kind::Integer),
    ("degree", Kind::Integer),
    ("pagerank", Kind::Number),
    ("betweenness", Kind::Number),
    ("community", Kind::Integer),
];

/// How many of them, at the end, are ranks.
const RANK_ATTRIBUTES: usize = 4;

/// Name and type of what [`Edge::values`] gives.
pub(super) const EDGE_ATTRIBUTES: [(&str, Kind); 13] = [
    ("relation", Kind::Text),
    ("relation_label", Kind::Text),
    ("weight", Kind::Integer),
    ("polarity", Kind::Text),
    ("asserted", Kind::Boolean),
    ("modality", Kind::Text),
    ("speakers", Kind::List),
    ("roles", Kind::List),
    ("dates", Kind::List),
    ("published", Kind::List),
    ("quote", Kind::Text),
    ("documents", Kind::List),
    ("confidence", Kind::Number),
];

/// A graph in the order in which it is written.
pub(super) struct Elements<'g> {
    pub graph: &'g KnowledgeGraph,
    pub schema: &'g Schema,
    pub options: &'g ExportOptions,
    pub order: CanonicalOrder,
}

pub(super) struct Node<'g> {
    pub entity: &'g Entity,
    /// Local name and label of the subclass.
    pub subclass: Option<(&'g str, &'g str)>,
    pub iri: String,
    pub position: Option<Position>,
    /// Degree, PageRank, betweenness and community, where they are asked for.
    ranks: Option<[f64; 4]>,
}

pub(super) struct Edge<'g> {
    pub id: ClaimId,
    pub claim: ClaimRef<'g>,
    pub source: &'g Entity,
    pub target: &'g Entity,
    pub property: &'g Property,
    pub summary: ClaimSummary<'g>,
}

impl<'g> Elements<'g> {
    pub fn new(graph: &'g KnowledgeGraph, schema: &'g Schema, options: &'g ExportOptions) -> Self {
        Self { graph, schema, options, order: CanonicalOrder::new(graph) }
    }

    /// Name and type of the attributes that nodes have here: those of the ranks only where they
    /// are asked for, so that no reader shows empty columns.
    pub fn node_attributes(&self) -> &'static [(&'static str, Kind)] {
        const ALL: &[(&str, Kind)] = &NODE_ATTRIBUTES;
        let count = ALL.len() - if self.options.ranks.is_some() { 0 } else { RANK_ATTRIBUTES };
        ALL.get(..count).unwrap_or(ALL)
    }

    /// By key.
    pub fn nodes(&self) -> impl Iterator<Item = Node<'g>> {
        self.order.entities.iter().map(|&index| self.node(index))
    }

    pub fn node(&self, index: EntityIndex) -> Node<'g> {
        let entity = self.graph.entity(index);
        let subclass = entity.subclass.map(|id| self.schema.subclass(id));
        Node {
            entity,
            subclass: subclass.map(|subclass| (subclass.name.as_str(), subclass.label.as_str())),
            iri: entity_iri(self.options, entity),
            position: self.options.layout.as_ref().and_then(|layout| layout.position(index)),
            ranks: self.options.ranks.as_ref().and_then(|ranks| rank_values(ranks, index)),
        }
    }

    /// By relation, source and target.
    pub fn edges(&self) -> impl Iterator<Item = Edge<'g>> {
        self.order.claims.iter().map(|&index| {
            let claim = self.graph.claim(index);
            Edge {
                id: ClaimId::new(self.graph, self.schema, &claim),
                claim,
                source: self.graph.entity(claim.head),
                target: self.graph.entity(claim.tail),
                property: self.schema.property(claim.property),
                summary: ClaimSummary::new(self.graph, self.options, &self.order, claim),
            }
        })
    }
}

impl<'g> Node<'g> {
    /// The label of the subclass, or the name of the class.
    pub fn kind(&self) -> &'g str {
        self.subclass.map_or(self.entity.class.name(), |(_, label)| label)
    }

    /// A value for each of [`Elements::node_attributes`]; `None` where there is none. Those
    /// that nobody asked for come last.
    pub fn values(&self) -> [Option<Value<'_>>; NODE_ATTRIBUTES.len()] {
        let integer = |value: f64| Value::Integer(value as usize);
        let number = |value: f64| Value::Number(value as f32);
        let rank = |at: usize| self.ranks.map(|ranks| ranks[at]);
        [
            text(&self.entity.name),
            text(self.entity.class.name()),
            self.subclass.and_then(|(name, _)| text(name)),
            text(&self.iri),
            list(self.entity.aliases.iter().map(String::as_str).collect()),
            list(self.entity.same_as.iter().map(String::as_str).collect()),
            Some(Value::Integer(self.entity.mentions.len())),
            rank(0).map(integer),
            rank(1).map(number),
            rank(2).map(number),
            rank(3).map(integer),
        ]
    }
}

impl Edge<'_> {
    /// A value for each of [`EDGE_ATTRIBUTES`]; `None` where there is none.
    pub fn values(&self) -> [Option<Value<'_>>; EDGE_ATTRIBUTES.len()] {
        let summary = &self.summary;
        [
            text(&self.property.name),
            text(&self.property.label),
            Some(Value::Integer(summary.weight)),
            text(summary.polarity),
            Some(Value::Boolean(summary.asserted)),
            text(summary.modality),
            list(summary.speakers.clone()),
            list(summary.roles.clone()),
            list(summary.dates.clone()),
            list(summary.published.clone()),
            text(summary.quote),
            list(summary.documents.clone()),
            Some(Value::Number(summary.confidence)),
        ]
    }
}

fn rank_values(ranks: &Ranks, index: EntityIndex) -> Option<[f64; 4]> {
    let value = |measure| ranks.value(measure, index);
    Some([
        value(Measure::Degree)?,
        value(Measure::PageRank)?,
        value(Measure::Betweenness)?,
        f64::from(ranks.community(index)?),
    ])
}

fn text(text: &str) -> Option<Value<'_>> {
    Some(Value::Text(Cow::Borrowed(text)))
}

fn list(items: Vec<&str>) -> Option<Value<'_>> {
    if items.is_empty() { None } else { Some(Value::List(items)) }
}

impl Value<'_> {
    /// As one text, with the items of a list joined by [`super::LIST_SEPARATOR`].
    pub fn as_text(&self) -> Cow<'_, str> {
        match self {
            Value::Text(text) => Cow::Borrowed(text),
            Value::List(items) => Cow::Owned(items.join(super::LIST_SEPARATOR)),
            Value::Integer(number) => Cow::Owned(number.to_string()),
            Value::Number(number) => Cow::Owned(number.to_string()),
            Value::Boolean(true) => Cow::Borrowed("true"),
            Value::Boolean(false) => Cow::Borrowed("false"),
        }
    }
}

/// How many items of lists hold what also separates the items.
#[derive(Default)]
pub(super) struct Separators(pub u64);

impl Separators {
    pub fn look_at(&mut self, value: &Value<'_>) {
        if let Value::List(items) = value {
            self.count(items);
        }
    }

    pub fn count(&mut self, items: &[&str]) {
        let holding = items.iter().filter(|item| item.contains(super::LIST_SEPARATOR));
        self.0 += holding.count() as u64;
    }
}
