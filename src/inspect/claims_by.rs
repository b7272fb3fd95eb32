//! Who says what: all claims of one speaker, and how much each speaker says.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::dates::{StatementDate, statement_date};
use super::view::{ClaimView, EntityView, EvidenceCounts, EvidenceView};
use crate::graph::{EntityIndex, KnowledgeGraph, Modality, Polarity};
use crate::ontology::Schema;

/// All that one says.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SayingsAnswer<'g> {
    #[serde(flatten)]
    pub speaker: EntityView<'g>,
    /// By relation, then the names of head and tail.
    pub claims: Vec<Saying<'g>>,
}

/// A claim with the statements of it that the speaker makes, and their dates in the same order.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Saying<'g> {
    #[serde(flatten)]
    pub claim: ClaimView<'g>,
    pub dates: Vec<Option<StatementDate>>,
}

/// How much one says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SpeakerCount<'g> {
    /// `None` is the articles' own voice.
    pub speaker: Option<EntityView<'g>>,
    pub statements: usize,
    pub denied: usize,
    /// Put as plans, under a condition, or without being vouched for.
    pub not_asserted: usize,
    pub documents: usize,
}

/// The statements that are attributed to `speaker`, by claim.
pub fn claims_by<'g>(
    graph: &'g KnowledgeGraph,
    schema: &'g Schema,
    speaker: EntityIndex,
) -> SayingsAnswer<'g> {
    let mut claims: Vec<Saying<'g>> = Vec::new();
    for claim in graph.claims() {
        let said: Vec<_> =
            claim.evidence.iter().filter(|one| one.attributed_to == Some(speaker)).collect();
        if said.is_empty() {
            continue;
        }
        let property = schema.property(claim.property);
        let claim = ClaimView {
            relation: &property.name,
            label: &property.label,
            head: EntityView::new(graph, schema, claim.head),
            tail: EntityView::new(graph, schema, claim.tail),
            counts: EvidenceCounts::of(graph, said.iter().copied()),
            evidence: said.iter().map(|one| EvidenceView::new(graph, schema, one)).collect(),
        };
        let dates = said.iter().map(|one| statement_date(graph, one)).collect();
        claims.push(Saying { claim, dates });
    }
    claims.sort_by(|Saying { claim: a, .. }, Saying { claim: b, .. }| {
        let key = |one: &ClaimView<'g>| {
            (one.relation, one.head.name, one.tail.name, one.head.id, one.tail.id)
        };
        key(a).cmp(&key(b))
    });
    SayingsAnswer { speaker: EntityView::new(graph, schema, speaker), claims }
}

/// How much each speaker says, the most talkative first; the articles' own voice stands last.
pub fn speakers<'g>(graph: &'g KnowledgeGraph, schema: &'g Schema) -> Vec<SpeakerCount<'g>> {
    let mut counts: BTreeMap<Option<EntityIndex>, (SpeakerCount<'g>, BTreeSet<_>)> =
        BTreeMap::new();
    for evidence in graph.claims().flat_map(|claim| claim.evidence) {
        let (count, documents) = counts.entry(evidence.attributed_to).or_insert_with(|| {
            let speaker = evidence.attributed_to.map(|index| EntityView::new(graph, schema, index));
            let none =
                SpeakerCount { speaker, statements: 0, denied: 0, not_asserted: 0, documents: 0 };
            (none, BTreeSet::new())
        });
        count.statements += 1;
        count.denied += usize::from(evidence.polarity == Polarity::Denied);
        count.not_asserted += usize::from(evidence.modality != Modality::Asserted);
        documents.insert(evidence.document);
    }
    let mut counts: Vec<_> = counts
        .into_values()
        .map(|(count, documents)| SpeakerCount { documents: documents.len(), ..count })
        .collect();
    counts.sort_by(|a, b| {
        let key = |one: &SpeakerCount<'g>| {
            let name = one.speaker.as_ref().map(|speaker| (speaker.name, speaker.id));
            (one.speaker.is_none(), std::cmp::Reverse(one.statements), name)
        };
        key(a).cmp(&key(b))
    });
    counts
}
