//! The graph as analysis sees it: entities in the order of their keys, and which of them are
//! connected how strongly. The order makes every result a function of what the graph says, not
//! of the order in which it was read.
//!
//! Links have no direction: whether an ontology says "spokesperson of" or "has spokesperson" is
//! a matter of wording. Several claims between the same two entities are one link, and a claim
//! of an entity with itself is none.

use crate::graph::{ClaimRef, DocumentIndex, EntityIndex, KnowledgeGraph, Polarity};

/// Undirected, without loops or parallel links. Nodes are numbered from 0 in the order of the
/// keys of their entities.
pub(super) struct Links {
    /// The entity of each node.
    entities: Vec<EntityIndex>,
    /// Where in `ends` the neighbours of each node begin; one more at the end.
    starts: Vec<usize>,
    /// Neighbours, ascending for each node, and the weight of the link, at least 1.
    ends: Vec<(u32, u32)>,
}

impl Links {
    /// Every claim connects, also what is denied: a picture draws it. All links weigh 1.
    pub fn drawn(graph: &KnowledgeGraph) -> Self {
        Self::new(graph, |_| 1, |_, _| 1)
    }

    /// What at least one statement affirms, however it is qualified; a claim that is only denied
    /// connects nobody. A claim weighs as much as the number of documents that affirm it, since
    /// repetition within a document says nothing new; several claims add up.
    pub fn affirmed(graph: &KnowledgeGraph) -> Self {
        Self::new(graph, affirming_documents, u32::saturating_add)
    }

    /// Links between nodes 0 to `count`, each with the entity of the same number.
    #[cfg(test)]
    pub fn between(count: usize, links: &[(u32, u32, u32)]) -> Self {
        let entities = (0..count as u32).map(EntityIndex).collect();
        let both_ways = links.iter().flat_map(|&(a, b, weight)| [(a, b, weight), (b, a, weight)]);
        Self::from_directed(entities, both_ways.collect(), u32::saturating_add)
    }

    fn new(
        graph: &KnowledgeGraph,
        weight: impl Fn(&ClaimRef<'_>) -> u32,
        unite: fn(u32, u32) -> u32,
    ) -> Self {
        let mut entities: Vec<EntityIndex> = graph.entities().map(|(index, _)| index).collect();
        entities.sort_by(|a, b| graph.entity(*a).key.cmp(&graph.entity(*b).key));
        let mut nodes = vec![0; entities.len()];
        for (node, entity) in entities.iter().enumerate() {
            nodes[entity.0 as usize] = node as u32;
        }
        let mut directed = Vec::with_capacity(2 * graph.claim_count());
        for claim in graph.claims().filter(|claim| claim.head != claim.tail) {
            let weight = weight(&claim);
            if weight > 0 {
                let (head, tail) = (nodes[claim.head.0 as usize], nodes[claim.tail.0 as usize]);
                directed.extend([(head, tail, weight), (tail, head, weight)]);
            }
        }
        Self::from_directed(entities, directed, unite)
    }

    /// `directed` holds each link both ways.
    fn from_directed(
        entities: Vec<EntityIndex>,
        mut directed: Vec<(u32, u32, u32)>,
        unite: fn(u32, u32) -> u32,
    ) -> Self {
        directed.sort_unstable();
        directed.dedup_by(|again, first| {
            let same = (again.0, again.1) == (first.0, first.1);
            if same {
                first.2 = unite(first.2, again.2);
            }
            same
        });
        let mut starts = vec![0; entities.len() + 1];
        for &(from, ..) in &directed {
            starts[from as usize + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let ends = directed.into_iter().map(|(_, to, weight)| (to, weight)).collect();
        Self { entities, starts, ends }
    }

    pub fn len(&self) -> usize {
        self.entities.len()
    }

    /// The neighbours of a node, ascending, with the weights of the links.
    pub fn of(&self, node: usize) -> &[(u32, u32)] {
        &self.ends[self.starts[node]..self.starts[node + 1]]
    }

    pub fn degree(&self, node: usize) -> usize {
        self.of(node).len()
    }

    /// Values by node as values by entity index.
    pub fn by_entity<T: Copy + Default>(&self, by_node: &[T]) -> Vec<T> {
        let mut by_entity = vec![T::default(); by_node.len()];
        for (entity, value) in self.entities.iter().zip(by_node) {
            by_entity[entity.0 as usize] = *value;
        }
        by_entity
    }

    /// The connected components, the largest first, of equal ones that with the lowest node;
    /// nodes ascending in each.
    pub fn components(&self) -> Vec<Vec<u32>> {
        let mut seen = vec![false; self.len()];
        let mut components = Vec::new();
        for start in 0..self.len() {
            if seen[start] {
                continue;
            }
            seen[start] = true;
            let mut component = vec![start as u32];
            let mut at = 0;
            while let Some(&node) = component.get(at) {
                at += 1;
                for &(next, _) in self.of(node as usize) {
                    if !std::mem::replace(&mut seen[next as usize], true) {
                        component.push(next);
                    }
                }
            }
            component.sort_unstable();
            components.push(component);
        }
        components.sort_by_key(|component| std::cmp::Reverse(component.len()));
        components
    }

    /// The links within one component, whose nodes are numbered anew from 0. `nodes` ascends and
    /// holds whole components.
    pub fn within(&self, nodes: &[u32]) -> Links {
        let number = |node: u32| nodes.binary_search(&node).unwrap_or(0) as u32;
        let mut starts = Vec::with_capacity(nodes.len() + 1);
        starts.push(0);
        let mut ends = Vec::new();
        for &node in nodes {
            let own = self.of(node as usize).iter();
            ends.extend(own.map(|&(end, weight)| (number(end), weight)));
            starts.push(ends.len());
        }
        let entities = nodes.iter().map(|&node| self.entities[node as usize]).collect();
        Links { entities, starts, ends }
    }
}

/// In how many documents some statement affirms the claim.
fn affirming_documents(claim: &ClaimRef<'_>) -> u32 {
    let affirming = claim.evidence.iter().filter(|one| one.polarity == Polarity::Affirmed);
    let mut documents: Vec<DocumentIndex> = affirming.map(|one| one.document).collect();
    documents.sort_unstable();
    documents.dedup();
    documents.len() as u32
}
