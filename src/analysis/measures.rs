//! How much each entity matters, by several measures, over what is affirmed (see
//! [`Links::affirmed`]).

use super::betweenness;
use super::communities::communities;
use super::links::Links;
use super::pagerank::pagerank;
use crate::graph::{EntityIndex, KnowledgeGraph};

/// What [`measure`] measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// To how many other entities something connects it.
    Degree,
    /// The share, of 1 for all, of the time that somebody who follows links at random spends
    /// there. Links are followed in both directions, in proportion to the number of documents
    /// that affirm them.
    PageRank,
    /// The share, 0 to 1, of all pairs of others whose shortest chains lead through it.
    Betweenness,
}

impl Measure {
    pub const ALL: [Measure; 3] = [Measure::Degree, Measure::PageRank, Measure::Betweenness];

    /// As attributes and options are called.
    pub fn name(self) -> &'static str {
        match self {
            Measure::Degree => "degree",
            Measure::PageRank => "pagerank",
            Measure::Betweenness => "betweenness",
        }
    }

    /// Whether values of this graph are estimates, because all of it would take too long.
    pub fn is_estimate(self, graph: &KnowledgeGraph) -> bool {
        self == Measure::Betweenness && betweenness::is_sampled(graph.entity_count())
    }
}

/// The value of every entity, by [`EntityIndex`]. Claims that are only denied do not count.
pub fn measure(graph: &KnowledgeGraph, measure: Measure) -> Vec<f64> {
    let links = Links::affirmed(graph);
    links.by_entity(&by_node(&links, measure))
}

/// The community of every entity by [`EntityIndex`]: numbers from 1, the largest first. An
/// entity that nothing connects has one of its own.
pub fn community(graph: &KnowledgeGraph) -> Vec<u32> {
    let links = Links::affirmed(graph);
    let mut numbers = communities(&links);
    numbers.iter_mut().for_each(|number| *number += 1);
    links.by_entity(&numbers)
}

/// All measures of one graph.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranks {
    /// In the order of [`Measure::ALL`].
    values: [Vec<f64>; 3],
    communities: Vec<u32>,
}

impl Ranks {
    pub fn new(graph: &KnowledgeGraph) -> Self {
        Self { values: Measure::ALL.map(|one| measure(graph, one)), communities: community(graph) }
    }

    /// `None` for an entity that is not of the graph.
    pub fn value(&self, measure: Measure, entity: EntityIndex) -> Option<f64> {
        self.values[measure as usize].get(entity.0 as usize).copied()
    }

    /// See [`community`].
    pub fn community(&self, entity: EntityIndex) -> Option<u32> {
        self.communities.get(entity.0 as usize).copied()
    }
}

fn by_node(links: &Links, measure: Measure) -> Vec<f64> {
    match measure {
        Measure::Degree => (0..links.len()).map(|node| links.degree(node) as f64).collect(),
        Measure::PageRank => pagerank(links),
        Measure::Betweenness => betweenness::betweenness(links),
    }
}
