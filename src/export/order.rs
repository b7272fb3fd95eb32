//! The order in which the formats that are not RDF walk a graph: by ids and keys, never by
//! insertion, so that the same graph gives the same bytes however it was put together.

use std::cmp::Ordering;

use crate::graph::{
    ClaimIndex, ClaimRef, DocumentIndex, Entity, EntityIndex, EntityMention, Evidence,
    KnowledgeGraph,
};

/// The canonical order of one graph.
pub(super) struct CanonicalOrder {
    /// By id.
    pub documents: Vec<DocumentIndex>,
    /// By key.
    pub entities: Vec<EntityIndex>,
    /// By relation name, key of the head, key of the tail.
    pub claims: Vec<ClaimIndex>,
    /// Position of each document in `documents`.
    document_ranks: Vec<u32>,
    /// Position of each entity in `entities`.
    entity_ranks: Vec<u32>,
}

impl CanonicalOrder {
    pub fn new(graph: &KnowledgeGraph) -> Self {
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
        // Ids of properties are themselves in the order of their names.
        let rank = |end: EntityIndex| entity_ranks[end.0 as usize];
        let mut claims: Vec<_> = graph.claims().map(|claim| claim.index).collect();
        claims.sort_by_cached_key(|&index| {
            let claim = graph.claim(index);
            (claim.property, rank(claim.head), rank(claim.tail))
        });
        Self { documents, entities, claims, document_ranks, entity_ranks }
    }

    /// The evidence of a claim, by document and then by what is stated.
    pub fn evidence<'g>(&self, claim: ClaimRef<'g>) -> Vec<&'g Evidence> {
        let mut evidence: Vec<_> = claim.evidence.iter().collect();
        evidence.sort_by(|a, b| self.compare(a, b));
        evidence
    }

    /// Mentions by document, offset and form.
    pub fn mentions(&self, entity: &Entity) -> Vec<EntityMention> {
        let mut mentions = entity.mentions.clone();
        mentions
            .sort_by_key(|mention| (self.document(mention.document), mention.span, mention.form));
        mentions
    }

    /// The position of the document in `documents`.
    fn document(&self, index: DocumentIndex) -> u32 {
        self.document_ranks[index.0 as usize]
    }

    /// The position of the entity in `entities`.
    fn entity(&self, index: EntityIndex) -> u32 {
        self.entity_ranks[index.0 as usize]
    }

    fn compare(&self, a: &Evidence, b: &Evidence) -> Ordering {
        let place = |e: &Evidence| (self.document(e.document), e.sentence, e.head, e.tail, e.cue);
        let stance = |e: &Evidence| {
            let speaker = e.attributed_to.map(|speaker| self.entity(speaker));
            (e.polarity, e.modality, speaker, e.confidence.thousandths())
        };
        place(a)
            .cmp(&place(b))
            .then_with(|| stance(a).cmp(&stance(b)))
            .then_with(|| (&a.role, &a.date, &a.origin).cmp(&(&b.role, &b.date, &b.origin)))
            .then_with(|| a.quote.cmp(&b.quote))
    }
}
