//! The canonical order of a graph, so that equal graphs are equal bytes when written.

use std::cmp::Ordering;

use super::knowledge_graph::KnowledgeGraph;
use super::types::Evidence;
use super::{DocumentIndex, EntityIndex};
use crate::ontology::PropertyId;

impl KnowledgeGraph {
    /// The same graph with documents in the order of their ids, entities of their keys, claims
    /// of head, property and tail, evidence of document and place, and foreign statements of
    /// their text.
    pub fn canonical(self) -> KnowledgeGraph {
        let (documents, entities, claims, mut foreign) = self.into_parts();
        let mut sorted = KnowledgeGraph::new();

        let mut by_id: Vec<_> = documents.into_iter().enumerate().collect();
        by_id.sort_by(|(_, a), (_, b)| a.id.cmp(&b.id));
        let mut document_at = vec![DocumentIndex(0); by_id.len()];
        for (old, record) in by_id {
            document_at[old] = sorted.add_document(record);
        }

        let mut by_key: Vec<_> = entities.into_iter().enumerate().collect();
        by_key.sort_by(|(_, a), (_, b)| a.key.cmp(&b.key));
        let mut entity_at = vec![EntityIndex(0); by_key.len()];
        for (old, mut entity) in by_key {
            for mention in &mut entity.mentions {
                mention.document = document_at[mention.document.0 as usize];
            }
            sort_unique(&mut entity.mentions);
            sort_unique(&mut entity.aliases);
            sort_unique(&mut entity.same_as);
            entity_at[old] = sorted.add_entity(entity);
        }

        let mut claims: Vec<(EntityIndex, PropertyId, EntityIndex, Vec<Evidence>)> = claims
            .into_iter()
            .map(|(head, property, tail, evidence)| {
                (entity_at[head.0 as usize], property, entity_at[tail.0 as usize], evidence)
            })
            .collect();
        claims.sort_by_key(|&(head, property, tail, _)| (head, property, tail));
        for (head, property, tail, mut evidence) in claims {
            for item in &mut evidence {
                item.document = document_at[item.document.0 as usize];
                item.attributed_to =
                    item.attributed_to.map(|speaker| entity_at[speaker.0 as usize]);
            }
            evidence.sort_by(compare);
            sorted.add_claim(property, head, tail, evidence);
        }

        foreign.sort_by_cached_key(ToString::to_string);
        foreign.dedup();
        sorted.foreign = foreign;
        sorted
    }
}

fn sort_unique<T: Ord>(values: &mut Vec<T>) {
    values.sort();
    values.dedup();
}

/// By document and place, then by all else.
fn compare(a: &Evidence, b: &Evidence) -> Ordering {
    let place = |e: &Evidence| (e.document, e.sentence, e.head, e.tail, e.cue);
    let manner =
        |e: &Evidence| (e.polarity, e.modality, e.attributed_to, e.confidence.thousandths());
    place(a)
        .cmp(&place(b))
        .then_with(|| manner(a).cmp(&manner(b)))
        .then_with(|| (&a.role, &a.date, &a.origin).cmp(&(&b.role, &b.date, &b.origin)))
        .then_with(|| a.quote.cmp(&b.quote))
}
