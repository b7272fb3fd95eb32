//! All that is said of one entity, in the order of dates.

use serde::Serialize;

use super::dates::{StatementDate, statement_date};
use super::view::{EntityView, EvidenceView};
use crate::graph::{EntityIndex, KnowledgeGraph};
use crate::ontology::Schema;

/// The statements about an entity, the earliest first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TimelineAnswer<'g> {
    #[serde(flatten)]
    pub entity: EntityView<'g>,
    pub statements: Vec<TimelineEntry<'g>>,
}

/// A statement with the claim that it makes and the date it gets.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TimelineEntry<'g> {
    /// When, and where that is known from; `None` stands last.
    pub when: Option<StatementDate>,
    /// Local name of the relation.
    pub relation: &'g str,
    pub label: &'g str,
    pub head: EntityView<'g>,
    pub tail: EntityView<'g>,
    #[serde(flatten)]
    pub evidence: EvidenceView<'g>,
}

/// Statements of claims whose head or tail is `entity`, by date; a month stands before its days.
/// Those of one date stand in the order of documents and text; those without a year stand behind
/// the dated ones, those without a date last.
pub fn timeline<'g>(
    graph: &'g KnowledgeGraph,
    schema: &'g Schema,
    entity: EntityIndex,
) -> TimelineAnswer<'g> {
    let incoming = graph.claims_to(entity).filter(|claim| claim.head != claim.tail);
    let mut entries: Vec<_> = graph
        .claims_from(entity)
        .chain(incoming)
        .flat_map(|claim| claim.evidence.iter().map(move |evidence| (claim, evidence)))
        .map(|(claim, evidence)| {
            let when = statement_date(graph, evidence);
            let date = when.as_ref().map(|date| date.value.clone());
            let rank = match &date {
                Some(date) if !date.starts_with("--") => 0,
                Some(_) => 1,
                None => 2,
            };
            let place = (evidence.document, evidence.sentence, claim.index);
            let property = schema.property(claim.property);
            let entry = TimelineEntry {
                when,
                relation: &property.name,
                label: &property.label,
                head: EntityView::new(graph, schema, claim.head),
                tail: EntityView::new(graph, schema, claim.tail),
                evidence: EvidenceView::new(graph, schema, evidence),
            };
            ((rank, date, place), entry)
        })
        .collect();
    entries.sort_by(|(a, _), (b, _)| a.cmp(b));
    TimelineAnswer {
        entity: EntityView::new(graph, schema, entity),
        statements: entries.into_iter().map(|(_, entry)| entry).collect(),
    }
}
