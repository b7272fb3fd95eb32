//! Tables that lead from the object of a pattern to the nodes that can have it.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::graph::{ClaimIndex, EntityIndex, KnowledgeGraph};
use crate::ontology::{PropertyId, Schema, SubclassId, TopClass};

/// Values in dense groups: two arrays, however many groups there are.
pub(super) struct Grouped<T> {
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T: Copy> Grouped<T> {
    /// The values of each group keep their order. `pairs` is gone through twice.
    pub fn new(groups: usize, pairs: impl Iterator<Item = (usize, T)> + Clone) -> Self {
        let mut starts = vec![0_u32; groups + 1];
        let mut first = None;
        for (group, value) in pairs.clone() {
            starts[group + 1] += 1;
            first.get_or_insert(value);
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let Some(first) = first else {
            return Self { starts, items: Vec::new() };
        };
        let mut items = vec![first; starts[groups] as usize];
        let mut next = starts.clone();
        for (group, value) in pairs {
            items[next[group] as usize] = value;
            next[group] += 1;
        }
        Self { starts, items }
    }

    pub fn group(&self, at: usize) -> &[T] {
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(start), Some(end)) => &self.items[*start as usize..*end as usize],
            _ => &[],
        }
    }

    /// All values, group after group.
    pub fn items(&self) -> &[T] {
        &self.items
    }

    fn group_mut(&mut self, at: usize) -> &mut [T] {
        &mut self.items[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    pub fn groups(&self) -> usize {
        self.starts.len() - 1
    }
}

/// The claims at each entity's one side, sorted by property, so that one relation of an
/// entity with very many is found without going through all of them.
pub(super) struct Adjacency(Grouped<(PropertyId, ClaimIndex)>);

impl Adjacency {
    /// Claims by head.
    pub fn from(graph: &KnowledgeGraph) -> Self {
        Self::new(graph, |graph, claim| graph.claim(claim).head)
    }

    /// Claims by tail.
    pub fn to(graph: &KnowledgeGraph) -> Self {
        Self::new(graph, |graph, claim| graph.claim(claim).tail)
    }

    fn new(graph: &KnowledgeGraph, side: fn(&KnowledgeGraph, ClaimIndex) -> EntityIndex) -> Self {
        let pairs = graph
            .claims()
            .map(|claim| (side(graph, claim.index).0 as usize, (claim.property, claim.index)));
        // Twice through the claims is cheaper than keeping the pairs.
        let pairs: Vec<_> = pairs.collect();
        let mut grouped = Grouped::new(graph.entity_count(), pairs.iter().copied());
        for at in 0..grouped.groups() {
            grouped.group_mut(at).sort_unstable();
        }
        Self(grouped)
    }

    pub fn all(&self, entity: EntityIndex) -> &[(PropertyId, ClaimIndex)] {
        self.0.group(entity.0 as usize)
    }

    pub fn of_property(
        &self,
        entity: EntityIndex,
        property: PropertyId,
    ) -> &[(PropertyId, ClaimIndex)] {
        let all = self.all(entity);
        let start = all.partition_point(|(other, _)| *other < property);
        let length = all[start..].partition_point(|(other, _)| *other == property);
        &all[start..start + length]
    }
}

/// Claims by property.
pub(super) fn claims_by_property(
    graph: &KnowledgeGraph,
    schema: &Schema,
) -> Grouped<(PropertyId, ClaimIndex)> {
    let pairs: Vec<_> = graph
        .claims()
        .map(|claim| (claim.property.0 as usize, (claim.property, claim.index)))
        .collect();
    Grouped::new(schema.properties().len(), pairs.iter().copied())
}

/// Entities by top class, then by subclass.
pub(super) fn entities_by_class(graph: &KnowledgeGraph, schema: &Schema) -> Grouped<EntityIndex> {
    let mut pairs = Vec::with_capacity(graph.entity_count() * 2);
    for (index, entity) in graph.entities() {
        pairs.push((top_class_group(entity.class), index));
        if let Some(subclass) = entity.subclass {
            pairs.push((subclass_group(subclass), index));
        }
    }
    Grouped::new(TopClass::ALL.len() + schema.subclasses().len(), pairs.iter().copied())
}

pub(super) fn top_class_group(class: TopClass) -> usize {
    class as usize
}

pub(super) fn subclass_group(class: SubclassId) -> usize {
    TopClass::ALL.len() + class.0 as usize
}

/// Evidence by whom it is attributed to.
pub(super) fn evidence_by_speaker(graph: &KnowledgeGraph) -> Grouped<(ClaimIndex, u32)> {
    let pairs: Vec<_> = statements(graph)
        .filter_map(|(claim, at)| {
            let speaker = graph.claim(claim).evidence[at as usize].attributed_to?;
            Some((speaker.0 as usize, (claim, at)))
        })
        .collect();
    Grouped::new(graph.entity_count(), pairs.iter().copied())
}

/// Evidence by document, in the order of claims.
pub(super) fn evidence_by_document(graph: &KnowledgeGraph) -> Grouped<(ClaimIndex, u32)> {
    let pairs: Vec<_> = statements(graph)
        .map(|(claim, at)| {
            let evidence = &graph.claim(claim).evidence[at as usize];
            (evidence.document.0 as usize, (claim, at))
        })
        .collect();
    Grouped::new(graph.document_count(), pairs.iter().copied())
}

/// Mentions by document.
pub(super) fn mentions_by_document(graph: &KnowledgeGraph) -> Grouped<(EntityIndex, u32)> {
    let mut pairs = Vec::new();
    for (index, entity) in graph.entities() {
        for (at, mention) in entity.mentions.iter().enumerate() {
            pairs.push((mention.document.0 as usize, (index, at as u32)));
        }
    }
    Grouped::new(graph.document_count(), pairs.iter().copied())
}

fn statements(graph: &KnowledgeGraph) -> impl Iterator<Item = (ClaimIndex, u32)> {
    graph
        .claims()
        .flat_map(|claim| (0..claim.evidence.len() as u32).map(move |at| (claim.index, at)))
}

/// Things by a hash of something about them. Hashes collide: what is found is a candidate.
pub(super) struct HashIndex<T>(Vec<(u32, T)>);

impl<T: Copy + Ord> HashIndex<T> {
    pub fn new(mut entries: Vec<(u32, T)>) -> Self {
        entries.sort_unstable();
        entries.dedup();
        Self(entries)
    }

    /// Everything with this hash once, in order.
    pub fn candidates(&self, hash: u32) -> &[(u32, T)] {
        let start = self.0.partition_point(|(other, _)| *other < hash);
        let length = self.0[start..].partition_point(|(other, _)| *other == hash);
        &self.0[start..start + length]
    }
}

pub(super) fn hash_of(value: &impl Hash) -> u32 {
    // The default hasher has fixed keys: the same order of candidates in every run.
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_keep_their_order_and_may_be_empty() {
        let pairs = [(2, 'a'), (0, 'b'), (2, 'c')];
        let grouped = Grouped::new(4, pairs.iter().copied());
        let groups: Vec<String> = (0..5).map(|at| grouped.group(at).iter().collect()).collect();
        assert_eq!(groups, ["b", "", "ac", "", ""]);
        assert_eq!(Grouped::new(1, std::iter::empty::<(usize, u8)>()).group(0), [0_u8; 0]);
    }
}
