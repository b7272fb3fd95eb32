//! What is connected to what, over the claims that remain.

use std::collections::{BTreeMap, BTreeSet};

use super::Kept;
use crate::graph::{EntityIndex, KnowledgeGraph};

/// The entities that at most `depth` claims lead to, and where they lead from.
pub(super) fn around(
    graph: &KnowledgeGraph,
    claims: &[Kept],
    from: &[EntityIndex],
    depth: usize,
) -> BTreeSet<EntityIndex> {
    let neighbours = neighbours(graph, claims);
    let mut reached: BTreeSet<_> = from.iter().copied().collect();
    let mut edge: Vec<_> = from.to_vec();
    for _ in 0..depth {
        let next = edge.iter().filter_map(|index| neighbours.get(index)).flatten();
        edge = next.copied().filter(|index| reached.insert(*index)).collect();
        if edge.is_empty() {
            break;
        }
    }
    reached
}

/// The largest connected part of `entities`; of equal ones that with the lowest key.
pub(super) fn largest_component(
    graph: &KnowledgeGraph,
    claims: &[Kept],
    entities: &BTreeSet<EntityIndex>,
) -> BTreeSet<EntityIndex> {
    let neighbours = neighbours(graph, claims);
    let mut by_key: Vec<_> = entities.iter().copied().collect();
    by_key.sort_by_key(|index| graph.entity(*index).key.as_str());
    let mut seen = BTreeSet::new();
    let mut largest = BTreeSet::new();
    for start in by_key {
        if !seen.insert(start) {
            continue;
        }
        let mut component = BTreeSet::from([start]);
        let mut waiting = vec![start];
        while let Some(index) = waiting.pop() {
            for next in neighbours.get(&index).into_iter().flatten() {
                if seen.insert(*next) {
                    component.insert(*next);
                    waiting.push(*next);
                }
            }
        }
        if component.len() > largest.len() {
            largest = component;
        }
    }
    largest
}

fn neighbours(graph: &KnowledgeGraph, claims: &[Kept]) -> BTreeMap<EntityIndex, Vec<EntityIndex>> {
    let mut neighbours: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for claim in claims.iter().map(|kept| graph.claim(kept.claim)) {
        neighbours.entry(claim.head).or_default().push(claim.tail);
        neighbours.entry(claim.tail).or_default().push(claim.head);
    }
    neighbours
}
