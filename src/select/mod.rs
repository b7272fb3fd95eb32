//! Parts of a graph: the claims and entities that somebody wants to see, as a graph of its own.

mod period;
mod reach;

pub use period::Period;

use std::collections::BTreeSet;

use crate::graph::{ClaimIndex, EntityIndex, Evidence, KnowledgeGraph};
use crate::ontology::{ClassFilter, PropertyId};

/// What is wanted. Nothing is left out by an empty selection.
///
/// The parts are applied in this order: statements by their date, claims by relation and
/// sources, what is around an entity, classes, the largest component.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Statements that speak of a time, or else were published, on or after its first day.
    pub since: Option<Period>,
    /// The same, on or before its last day. Statements without any date are in no time.
    pub until: Option<Period>,
    /// Claims of one of these relations; of all when empty.
    pub relations: Vec<PropertyId>,
    /// Claims that so many independent sources state, or more; copies of a text are one.
    pub min_sources: usize,
    /// What can be reached from these entities over at most `depth` claims, in either direction.
    pub around: Vec<EntityIndex>,
    pub depth: usize,
    /// Entities of one of these classes, and those of `around`; of all when empty.
    pub classes: Vec<ClassFilter>,
    /// The largest connected part; of equal ones that with the lowest key.
    pub largest_component: bool,
}

/// A part of a graph.
pub struct Selected {
    pub graph: KnowledgeGraph,
    /// Statements that were left out because they have no date.
    pub undated: usize,
}

impl Selection {
    pub fn is_everything(&self) -> bool {
        self.classes.is_empty() && !self.narrows_claims()
    }

    /// Whether claims are chosen by what they are, and not by the classes of their ends alone.
    fn narrows_claims(&self) -> bool {
        self.since.is_some()
            || self.until.is_some()
            || !self.relations.is_empty()
            || self.min_sources > 1
            || !self.around.is_empty()
            || self.largest_component
    }

    /// The part of `graph` that is wanted.
    ///
    /// Entities that no remaining claim concerns stay only where claims were not narrowed. Who
    /// is quoted in a remaining statement stays whatever the class, so that nobody's words lose
    /// their speaker. Of documents those stay that have a remaining statement, or, where claims
    /// were not narrowed, name a remaining entity. Statements of other vocabularies stay only
    /// in the whole graph: which entity they are about is not known.
    pub fn of(&self, graph: &KnowledgeGraph) -> Selected {
        let (mut claims, undated) = self.claims(graph);
        let mut entities: BTreeSet<EntityIndex> = match self.narrows_claims() {
            true => ends(graph, &claims).chain(self.around.iter().copied()).collect(),
            false => graph.entities().map(|(index, _)| index).collect(),
        };
        if !self.around.is_empty() {
            entities = reach::around(graph, &claims, &self.around, self.depth);
        }
        let is_wanted = |index: EntityIndex| {
            self.classes.is_empty() || self.around.contains(&index) || {
                let entity = graph.entity(index);
                self.classes.iter().any(|class| class.fits(entity.class, entity.subclass))
            }
        };
        entities.retain(|index| is_wanted(*index));
        let within = |claims: &mut Vec<Kept>, entities: &BTreeSet<EntityIndex>| {
            claims.retain(|kept| {
                let claim = graph.claim(kept.claim);
                entities.contains(&claim.head) && entities.contains(&claim.tail)
            });
        };
        within(&mut claims, &entities);
        if self.narrows_claims() && !self.classes.is_empty() {
            let linked: BTreeSet<_> = ends(graph, &claims).collect();
            entities.retain(|index| linked.contains(index) || self.around.contains(index));
        }
        if self.largest_component {
            entities = reach::largest_component(graph, &claims, &entities);
            within(&mut claims, &entities);
        }
        let graph = self.copy(graph, &claims, entities);
        Selected { graph, undated }
    }

    /// The claims that remain with their statements, and how many statements have no date.
    fn claims(&self, graph: &KnowledgeGraph) -> (Vec<Kept>, usize) {
        let mut undated = 0;
        let mut kept = Vec::new();
        for claim in graph.claims() {
            if !self.relations.is_empty() && !self.relations.contains(&claim.property) {
                continue;
            }
            let mut statements = Vec::new();
            for (at, evidence) in claim.evidence.iter().enumerate() {
                match self.is_in_time(graph, evidence) {
                    Some(true) => statements.push(at),
                    Some(false) => {}
                    None => undated += 1,
                }
            }
            let documents: BTreeSet<_> =
                statements.iter().map(|at| claim.evidence[*at].document).collect();
            // Texts are compared only where that many documents could be enough.
            let needed = self.min_sources.max(1);
            if documents.len() >= needed
                && (needed == 1 || graph.sources().count(documents.into_iter()) >= needed)
            {
                kept.push(Kept { claim: claim.index, statements });
            }
        }
        (kept, undated)
    }

    /// `None` for a statement whose time would matter and is not known.
    fn is_in_time(&self, graph: &KnowledgeGraph, evidence: &Evidence) -> Option<bool> {
        if self.since.is_none() && self.until.is_none() {
            return Some(true);
        }
        let published = || graph.document(evidence.document).source.published.as_deref();
        let spoken = evidence.date.as_deref().and_then(Period::of);
        let time = spoken.or_else(|| published().and_then(Period::of))?;
        let not_before = self.since.is_none_or(|since| time.last() >= since.first());
        Some(not_before && self.until.is_none_or(|until| time.first() <= until.last()))
    }

    fn copy(
        &self,
        graph: &KnowledgeGraph,
        claims: &[Kept],
        mut entities: BTreeSet<EntityIndex>,
    ) -> KnowledgeGraph {
        let evidence = || {
            claims.iter().flat_map(|kept| {
                let all = graph.claim(kept.claim).evidence;
                kept.statements.iter().map(move |at| &all[*at])
            })
        };
        entities.extend(evidence().filter_map(|one| one.attributed_to));
        let mut documents: BTreeSet<_> = evidence().map(|one| one.document).collect();
        if !self.narrows_claims() {
            let mentions = entities.iter().flat_map(|index| &graph.entity(*index).mentions);
            documents.extend(mentions.map(|mention| mention.document));
        }
        let mut part = KnowledgeGraph::new();
        let document_at: std::collections::BTreeMap<_, _> = documents
            .into_iter()
            .map(|index| (index, part.add_document(graph.document(index).clone())))
            .collect();
        let mut entity_at = std::collections::BTreeMap::new();
        for index in entities {
            let mut entity = graph.entity(index).clone();
            entity.mentions.retain_mut(|mention| match document_at.get(&mention.document) {
                Some(document) => {
                    mention.document = *document;
                    true
                }
                None => false,
            });
            entity_at.insert(index, part.add_entity(entity));
        }
        for kept in claims {
            let claim = graph.claim(kept.claim);
            for at in &kept.statements {
                let mut evidence = claim.evidence[*at].clone();
                evidence.document = document_at[&evidence.document];
                evidence.attributed_to =
                    evidence.attributed_to.and_then(|speaker| entity_at.get(&speaker).copied());
                let (head, tail) = (entity_at[&claim.head], entity_at[&claim.tail]);
                part.add_evidence(claim.property, head, tail, evidence);
            }
        }
        if self.is_everything() {
            part.foreign.clone_from(&graph.foreign);
        }
        part
    }
}

/// A claim that remains, and which of its statements.
struct Kept {
    claim: ClaimIndex,
    statements: Vec<usize>,
}

fn ends<'k>(
    graph: &'k KnowledgeGraph,
    claims: &'k [Kept],
) -> impl Iterator<Item = EntityIndex> + 'k {
    claims.iter().map(|kept| graph.claim(kept.claim)).flat_map(|claim| [claim.head, claim.tail])
}

#[cfg(test)]
mod tests;
