//! The evidence for a relation between two entities.

use std::collections::HashMap;

use serde::Serialize;

use super::prose::Prose;
use super::relations::RelationReading;
use super::view::{ClaimView, EntityView};
use crate::graph::{EntityIndex, KnowledgeGraph};
use crate::ontology::{Ontology, Schema};
use crate::span::CharSpan;

/// The claims that answer a "why", and what else connects the two.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WhyAnswer<'g> {
    pub head: EntityView<'g>,
    /// Local names of the relations that were asked for, without their children.
    pub relations: Vec<&'g str>,
    pub tail: EntityView<'g>,
    /// Empty when nothing states it.
    pub claims: Vec<ClaimView<'g>>,
    /// Only filled when `claims` is empty: other claims between the two, in either direction.
    pub otherwise: Vec<ClaimView<'g>>,
}

/// `readings` come from [`super::find_relation`]. A relation includes its children; a symmetric
/// one holds in both directions.
pub fn why<'g>(
    graph: &'g KnowledgeGraph,
    schema: &'g Schema,
    head: EntityIndex,
    readings: &[RelationReading],
    tail: EntityIndex,
) -> WhyAnswer<'g> {
    let mut between: Vec<_> = graph
        .claims_from(head)
        .filter(|claim| claim.tail == tail)
        .chain(graph.claims_to(head).filter(|claim| claim.head == tail && head != tail))
        .collect();
    between.sort_by_key(|claim| claim.index);
    let answers = |claim: &crate::graph::ClaimRef<'_>| {
        readings.iter().any(|reading| {
            let forward = (claim.head, claim.tail) == (head, tail);
            reading.properties.contains(&claim.property)
                && (forward != reading.inverse
                    || head == tail
                    || schema.property(claim.property).symmetric)
        })
    };
    let (claims, otherwise): (Vec<_>, Vec<_>) = between.into_iter().partition(answers);
    let view = |claim| ClaimView::new(graph, schema, claim);
    let claims: Vec<_> = claims.into_iter().map(view).collect();
    let otherwise =
        if claims.is_empty() { otherwise.into_iter().map(view).collect() } else { Vec::new() };
    WhyAnswer {
        head: EntityView::new(graph, schema, head),
        relations: readings
            .iter()
            .map(|reading| schema.property(reading.property).name.as_str())
            .collect(),
        tail: EntityView::new(graph, schema, tail),
        claims,
        otherwise,
    }
}

/// Gives each statement of an answer the sentences around it, up to `count` on either side.
/// Those of a graph without texts get none.
pub fn add_context<'g>(
    graph: &'g KnowledgeGraph,
    ontology: &Ontology,
    answer: &mut WhyAnswer<'g>,
    count: usize,
) {
    let mut read: HashMap<&str, Option<Prose<'g>>> = HashMap::new();
    for evidence in answer.claims.iter_mut().flat_map(|claim| &mut claim.evidence) {
        let id = evidence.document.id;
        let prose = read
            .entry(id)
            .or_insert_with(|| Prose::of(graph.document(graph.document_by_id(id)?), ontology));
        let [start, end] = evidence.sentence_span;
        evidence.context = prose.as_ref().map(|prose| prose.around(CharSpan { start, end }, count));
    }
}
