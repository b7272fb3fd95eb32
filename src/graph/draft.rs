//! A graph taken apart, so that things can be taken out, moved and joined, and the way back.

use oxigraph::model::Quad;

use super::{DocumentIndex, DocumentRecord, Entity, EntityIndex, Evidence, KnowledgeGraph};
use crate::ontology::{PropertyId, Schema};

/// The parts of a graph. Indexes mean places in these lists; what is `None` is taken out.
pub struct Draft {
    pub documents: Vec<Option<DocumentRecord>>,
    pub entities: Vec<Option<Entity>>,
    pub claims: Vec<DraftClaim>,
    foreign: Vec<Quad>,
}

/// A claim with its evidence; without evidence it is none.
pub struct DraftClaim {
    pub head: EntityIndex,
    pub property: PropertyId,
    pub tail: EntityIndex,
    pub evidence: Vec<Evidence>,
}

impl KnowledgeGraph {
    pub fn into_draft(self) -> Draft {
        let (documents, entities, claims, foreign) = self.into_parts();
        Draft {
            documents: documents.into_iter().map(Some).collect(),
            entities: entities.into_iter().map(Some).collect(),
            claims: claims
                .into_iter()
                .map(|(head, property, tail, evidence)| DraftClaim {
                    head,
                    property,
                    tail,
                    evidence,
                })
                .collect(),
            foreign,
        }
    }
}

impl Draft {
    pub fn entity(&self, index: EntityIndex) -> Option<&Entity> {
        self.entities.get(index.0 as usize)?.as_ref()
    }

    pub fn entity_mut(&mut self, index: EntityIndex) -> Option<&mut Entity> {
        self.entities.get_mut(index.0 as usize)?.as_mut()
    }

    pub fn add_entity(&mut self, entity: Entity) -> EntityIndex {
        self.entities.push(Some(entity));
        EntityIndex(self.entities.len() as u32 - 1)
    }

    /// Adds a document, or finds the one of this id.
    pub fn add_document(&mut self, record: DocumentRecord) -> DocumentIndex {
        let known =
            |one: &Option<DocumentRecord>| one.as_ref().is_some_and(|one| one.id == record.id);
        let at = self.documents.iter().position(known).unwrap_or_else(|| {
            self.documents.push(Some(record));
            self.documents.len() - 1
        });
        DocumentIndex(at as u32)
    }

    /// How many statements name each entity, as an end or as the speaker.
    pub fn statements(&self) -> Vec<usize> {
        let mut counts = vec![0; self.entities.len()];
        for claim in &self.claims {
            counts[claim.head.0 as usize] += claim.evidence.len();
            counts[claim.tail.0 as usize] += claim.evidence.len();
            for speaker in claim.evidence.iter().filter_map(|one| one.attributed_to) {
                counts[speaker.0 as usize] += 1;
            }
        }
        counts
    }

    /// Everything that is said of or by an entity is said of or by another from now on, where
    /// the evidence is to be `moved`.
    pub fn move_statements(
        &mut self,
        from: EntityIndex,
        to: EntityIndex,
        moved: impl Fn(&Evidence) -> bool,
    ) {
        let mut split = Vec::new();
        for claim in &mut self.claims {
            for speaker in claim.evidence.iter_mut().filter(|one| moved(one)) {
                if speaker.attributed_to == Some(from) {
                    speaker.attributed_to = Some(to);
                }
            }
            if claim.head != from && claim.tail != from {
                continue;
            }
            let (evidence, left) =
                std::mem::take(&mut claim.evidence).into_iter().partition(|one| moved(one));
            claim.evidence = left;
            let end = |end: EntityIndex| if end == from { to } else { end };
            split.push(DraftClaim {
                head: end(claim.head),
                property: claim.property,
                tail: end(claim.tail),
                evidence,
            });
        }
        self.claims.extend(split);
    }

    /// Puts the parts together in canonical order. Left out is what hangs on something that was
    /// taken out: mentions and evidence of a document, claims of an entity, and what an entity
    /// says, since nobody else said it. Entities of one key become one; no claim leads from an
    /// entity to itself; the ends of symmetric claims are ordered by key.
    pub fn into_graph(self, schema: &Schema) -> KnowledgeGraph {
        let mut graph = KnowledgeGraph::new();
        let documents: Vec<Option<DocumentIndex>> = self
            .documents
            .into_iter()
            .map(|record| record.map(|record| graph.add_document(record)))
            .collect();
        let document = |index: DocumentIndex| documents.get(index.0 as usize).copied().flatten();
        let mut entities: Vec<Option<EntityIndex>> = Vec::with_capacity(self.entities.len());
        for entity in self.entities {
            entities.push(entity.map(|mut entity| {
                entity.mentions.retain_mut(|mention| {
                    let kept = document(mention.document);
                    mention.document = kept.unwrap_or(mention.document);
                    kept.is_some()
                });
                graph.add_entity(entity)
            }));
        }
        let entity = |index: EntityIndex| entities.get(index.0 as usize).copied().flatten();
        for claim in self.claims {
            let (Some(mut head), Some(mut tail)) = (entity(claim.head), entity(claim.tail)) else {
                continue;
            };
            let symmetric = schema.property(claim.property).symmetric;
            let swapped = symmetric && graph.entity(tail).key < graph.entity(head).key;
            if swapped {
                std::mem::swap(&mut head, &mut tail);
            }
            for mut evidence in claim.evidence {
                let Some(source) = document(evidence.document) else { continue };
                let speaker = evidence.attributed_to.map(entity);
                if head == tail || speaker == Some(None) {
                    continue;
                }
                evidence.document = source;
                evidence.attributed_to = speaker.flatten();
                if swapped {
                    std::mem::swap(&mut evidence.head, &mut evidence.tail);
                }
                graph.add_evidence(claim.property, head, tail, evidence);
            }
        }
        graph.foreign = self.foreign;
        graph.canonical()
    }
}
