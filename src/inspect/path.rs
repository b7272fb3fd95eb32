//! How two entities are connected: the shortest chain of claims.

use std::collections::{HashMap, VecDeque};

use serde::Serialize;

use super::view::{ClaimView, EntityView};
use crate::graph::{ClaimIndex, ClaimRef, EntityIndex, KnowledgeGraph, Polarity};
use crate::ontology::Schema;

/// A chain of claims from one entity to another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PathAnswer<'g> {
    pub from: EntityView<'g>,
    pub to: EntityView<'g>,
    /// Whether there is a chain; with `from` equal to `to` it is empty.
    pub connected: bool,
    /// No chain does without claims that are only denied.
    pub through_denied: bool,
    pub steps: Vec<PathStep<'g>>,
}

/// One claim of the chain, walked from head to tail or against that direction.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PathStep<'g> {
    pub forward: bool,
    #[serde(flatten)]
    pub claim: ClaimView<'g>,
}

/// Searches breadth first, over claims in either direction. Claims that someone affirms come
/// first; a chain through claims that are only denied is given when there is no other.
pub fn path<'g>(
    graph: &'g KnowledgeGraph,
    schema: &'g Schema,
    from: EntityIndex,
    to: EntityIndex,
) -> PathAnswer<'g> {
    let affirmed = |claim: &ClaimRef<'_>| {
        claim.evidence.iter().any(|evidence| evidence.polarity == Polarity::Affirmed)
    };
    let found = shortest(graph, from, to, affirmed).map(|steps| (steps, false));
    let found = found.or_else(|| shortest(graph, from, to, |_| true).map(|steps| (steps, true)));
    let (steps, through_denied) = found.clone().unwrap_or_default();
    PathAnswer {
        from: EntityView::new(graph, schema, from),
        to: EntityView::new(graph, schema, to),
        connected: found.is_some(),
        through_denied,
        steps: steps
            .into_iter()
            .map(|(claim, forward)| PathStep {
                forward,
                claim: ClaimView::new(graph, schema, graph.claim(claim)),
            })
            .collect(),
    }
}

/// The claims of a shortest chain, each with whether it is walked forward. Of equally short
/// chains the one whose claims came first into the graph.
fn shortest(
    graph: &KnowledgeGraph,
    from: EntityIndex,
    to: EntityIndex,
    usable: impl Fn(&ClaimRef<'_>) -> bool,
) -> Option<Vec<(ClaimIndex, bool)>> {
    let mut reached: HashMap<EntityIndex, (EntityIndex, ClaimIndex, bool)> = HashMap::new();
    let mut waiting = VecDeque::from([from]);
    while let Some(here) = waiting.pop_front() {
        if here == to {
            return Some(walk_back(&reached, from, to));
        }
        let out = graph.claims_from(here).map(|claim| (claim, claim.tail, true));
        let back = graph.claims_to(here).map(|claim| (claim, claim.head, false));
        let mut next: Vec<_> = out.chain(back).filter(|(claim, ..)| usable(claim)).collect();
        next.sort_by_key(|(claim, ..)| claim.index);
        for (claim, there, forward) in next {
            if there != from && !reached.contains_key(&there) {
                reached.insert(there, (here, claim.index, forward));
                waiting.push_back(there);
            }
        }
    }
    None
}

fn walk_back(
    reached: &HashMap<EntityIndex, (EntityIndex, ClaimIndex, bool)>,
    from: EntityIndex,
    to: EntityIndex,
) -> Vec<(ClaimIndex, bool)> {
    let mut steps = Vec::new();
    let mut here = to;
    while here != from {
        let Some(&(before, claim, forward)) = reached.get(&here) else { break };
        steps.push((claim, forward));
        here = before;
    }
    steps.reverse();
    steps
}
