//! The canonical order of a graph: by ids and keys, never by insertion. Every writer walks
//! a graph in it, so the same graph gives the same bytes however it was put together.

use std::cmp::Ordering;

use crate::graph::{ClaimRef, DocumentIndex, EntityIndex, EntityMention, Evidence, KnowledgeGraph};
use crate::ontology::Schema;

/// The canonical order of one graph.
pub(super) struct CanonicalOrder<'g> {
    graph: &'g KnowledgeGraph,
    /// By id.
    pub documents: Vec<DocumentIndex>,
    /// By key.
    pub entities: Vec<EntityIndex>,
    /// By relation name, key of the head, key of the tail.
    pub claims: Vec<ClaimRef<'g>>,
    /// Position of each document in `documents`.
    document_ranks: Vec<u32>,
    /// Position of each entity in `entities`.
    entity_ranks: Vec<u32>,
}

impl<'g> CanonicalOrder<'g> {
    pub fn new(graph: &'g KnowledgeGraph, schema: &Schema) -> Self {
        let mut documents: Vec<_> = graph.documents().map(|(index, _)| index).collect();
        documents.sort_by_key(|&index| graph.document(index).id.as_str());
        let mut document_ranks = vec![0; documents.len()];
        for (rank, index) in documents.iter().enumerate() {
            document_ranks[index.0 as usize] = rank as u32;
        }
        let mut entities: Vec<_> = graph.entities().map(|(index, _)| index).collect();
        entities.sort_by_key(|&index| graph.entity(index).key.as_str());
        let mut entity_ranks = vec![0; entities.len()];
        for (rank, index) in entities.iter().enumerate() {
            entity_ranks[index.0 as usize] = rank as u32;
        }
        let mut claims: Vec<_> = graph.claims().collect();
        claims.sort_by_key(|claim| {
            let rank = |end: EntityIndex| entity_ranks[end.0 as usize];
            (&schema.property(claim.property).name, rank(claim.head), rank(claim.tail))
        });
        Self { graph, documents, entities, claims, document_ranks, entity_ranks }
    }

    /// The evidence of a claim, by document and then by what is stated.
    pub fn evidence(&self, claim: &ClaimRef<'g>) -> Vec<&'g Evidence> {
        let mut evidence: Vec<_> = claim.evidence.iter().collect();
        evidence.sort_by(|a, b| self.compare(a, b));
        evidence
    }

    /// Mentions by document, offset and form.
    pub fn mentions(&self, entity: EntityIndex) -> Vec<EntityMention> {
        let mut mentions = self.graph.entity(entity).mentions.clone();
        mentions.sort_by_key(|mention| (self.rank(mention.document), mention.span, mention.form));
        mentions
    }

    pub fn rank(&self, document: DocumentIndex) -> u32 {
        self.document_ranks[document.0 as usize]
    }

    fn compare(&self, a: &Evidence, b: &Evidence) -> Ordering {
        let place = |e: &Evidence| (self.rank(e.document), e.sentence, e.head, e.tail, e.cue);
        let stance = |e: &Evidence| {
            let speaker = e.attributed_to.map(|speaker| self.entity_ranks[speaker.0 as usize]);
            (e.polarity, e.modality, speaker, e.confidence.thousandths())
        };
        place(a)
            .cmp(&place(b))
            .then_with(|| stance(a).cmp(&stance(b)))
            .then_with(|| (&a.role, &a.date, &a.origin).cmp(&(&b.role, &b.date, &b.origin)))
            .then_with(|| a.quote.cmp(&b.quote))
    }
}
