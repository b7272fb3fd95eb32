//! Taking one document out of a graph: its statements and mentions go, and nothing else does.

use std::collections::BTreeSet;

use super::settle::{Given, Surfaces};
use super::texts::Texts;
use super::{DocumentIndex, EntityIndex, KnowledgeGraph};
use crate::ontology::Ontology;

/// What went with a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Removed {
    pub evidence: usize,
    /// Claims that nothing else states.
    pub claims: usize,
    /// Entities that nothing else names.
    pub entities: usize,
}

/// Why a document cannot be taken out.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum RemoveError {
    #[error(
        "the graph holds no text of {0:?}, so it cannot be told what names are left without the \
         document; build the graph from the documents without --no-text"
    )]
    NoText(String),
}

impl KnowledgeGraph {
    /// The same graph without a document. Names and kinds of the entities that it names are
    /// counted again over the documents that are left, so that the result is what a build of
    /// those alone gives.
    ///
    /// # Errors
    /// When the text of a document that names one of its entities is not there.
    ///
    /// # Panics
    /// When the document is not of this graph.
    pub fn without_document(
        self,
        document: DocumentIndex,
        ontology: &Ontology,
    ) -> Result<(KnowledgeGraph, Removed), RemoveError> {
        let touched: Vec<EntityIndex> = self
            .entities()
            .filter(|(_, entity)| entity.mentions.iter().any(|one| one.document == document))
            .map(|(index, _)| index)
            .collect();
        let texts = Texts::of(&self);
        let mut given = Vec::with_capacity(touched.len());
        for &index in &touched {
            let entity = self.entity(index);
            let only_here = entity.mentions.iter().all(|one| one.document == document);
            if only_here {
                continue;
            }
            let Some(all) = Surfaces::of(&entity.mentions, &texts) else {
                let missing = entity
                    .mentions
                    .iter()
                    .map(|one| self.document(one.document))
                    .find(|record| record.text.is_none());
                let record = missing.unwrap_or(self.document(document));
                let name = record.source.title.as_ref().unwrap_or(&record.id);
                return Err(RemoveError::NoText(name.clone()));
            };
            let left: Vec<_> =
                entity.mentions.iter().copied().filter(|one| one.document != document).collect();
            let left = Surfaces::of(&left, &texts);
            given.push((index, Given::of(entity, &all, ontology), left));
        }
        drop(texts);
        let before = (self.evidence_count(), self.claim_count(), self.entity_count());
        let mut draft = self.into_draft();
        let mut stated: BTreeSet<EntityIndex> = touched.into_iter().collect();
        for claim in &mut draft.claims {
            for gone in claim.evidence.iter().filter(|one| one.document == document) {
                stated.extend([claim.head, claim.tail]);
                stated.extend(gone.attributed_to);
            }
            claim.evidence.retain(|one| one.document != document);
        }
        for (index, given, left) in given {
            if let (Some(entity), Some(left)) = (draft.entity_mut(index), left) {
                given.settle(entity, &left, ontology);
            }
        }
        let statements = draft.statements();
        for index in stated {
            let unnamed = draft.entity(index).is_some_and(|entity| {
                entity.mentions.iter().all(|mention| mention.document == document)
            });
            if unnamed && statements[index.0 as usize] == 0 {
                draft.entities[index.0 as usize] = None;
            }
        }
        draft.documents[document.0 as usize] = None;
        let graph = draft.into_graph(&ontology.schema);
        let removed = Removed {
            evidence: before.0.saturating_sub(graph.evidence_count()),
            claims: before.1.saturating_sub(graph.claim_count()),
            entities: before.2.saturating_sub(graph.entity_count()),
        };
        Ok((graph, removed))
    }

    /// How many statements there are.
    pub fn evidence_count(&self) -> usize {
        self.claims().map(|claim| claim.evidence.len()).sum()
    }
}
