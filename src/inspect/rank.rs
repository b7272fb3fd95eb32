//! Which entities matter most, and which belong together.

use serde::Serialize;

use super::view::EntityView;
use crate::analysis::{self, Measure};
use crate::graph::{EntityIndex, KnowledgeGraph};
use crate::ontology::{ClassFilter, Schema};

/// Entities by a measure, the highest first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RankAnswer<'g> {
    pub by: &'static str,
    /// The values are estimates from a sample: the graph is large.
    pub estimate: bool,
    /// How many entities there are, listed or not.
    pub total: usize,
    pub entities: Vec<RankedEntity<'g>>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RankedEntity<'g> {
    #[serde(flatten)]
    pub entity: EntityView<'g>,
    pub score: f64,
    /// The number of its community, from 1.
    pub community: u32,
}

/// A group within which more is said than with others.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Community<'g> {
    pub community: u32,
    pub size: usize,
    /// By the measure, the highest first.
    pub entities: Vec<RankedEntity<'g>>,
}

/// The entities of one class, or all, by a measure of the whole graph: at most `limit`. Equal
/// ones by name.
pub fn rank<'g>(
    graph: &'g KnowledgeGraph,
    schema: &'g Schema,
    by: Measure,
    class: Option<ClassFilter>,
    limit: usize,
) -> RankAnswer<'g> {
    let mut entities = ranked(graph, schema, by, class);
    let total = entities.len();
    entities.truncate(limit);
    RankAnswer { by: by.name(), estimate: by.is_estimate(graph), total, entities }
}

/// The communities of two entities or more, the largest first; of each, at most `limit` entities
/// of the class. A community without any of the class is left out.
pub fn communities<'g>(
    graph: &'g KnowledgeGraph,
    schema: &'g Schema,
    by: Measure,
    class: Option<ClassFilter>,
    limit: usize,
) -> Vec<Community<'g>> {
    let mut communities: Vec<Community<'g>> = Vec::new();
    for number in analysis::community(graph) {
        let at = number as usize - 1;
        while communities.len() <= at {
            let community = communities.len() as u32 + 1;
            communities.push(Community { community, size: 0, entities: Vec::new() });
        }
        communities[at].size += 1;
    }
    for one in ranked(graph, schema, by, class) {
        let community = &mut communities[one.community as usize - 1];
        if community.entities.len() < limit {
            community.entities.push(one);
        }
    }
    communities.retain(|community| community.size > 1 && !community.entities.is_empty());
    communities
}

fn ranked<'g>(
    graph: &'g KnowledgeGraph,
    schema: &'g Schema,
    by: Measure,
    class: Option<ClassFilter>,
) -> Vec<RankedEntity<'g>> {
    let scores = analysis::measure(graph, by);
    let communities = analysis::community(graph);
    let mut entities: Vec<(EntityIndex, RankedEntity<'g>)> = graph
        .entities()
        .filter(|(_, entity)| class.is_none_or(|it| it.fits(entity.class, entity.subclass)))
        .map(|(index, _)| {
            let ranked = RankedEntity {
                entity: EntityView::new(graph, schema, index),
                score: round(scores[index.0 as usize]),
                community: communities[index.0 as usize],
            };
            (index, ranked)
        })
        .collect();
    entities.sort_by(|(_, a), (_, b)| {
        let by_score = b.score.total_cmp(&a.score);
        by_score.then_with(|| (a.entity.name, a.entity.id).cmp(&(b.entity.name, b.entity.id)))
    });
    entities.into_iter().map(|(_, ranked)| ranked).collect()
}

/// To nine decimals, beyond which iterations stop at different places.
fn round(score: f64) -> f64 {
    (score * 1e9).round() / 1e9
}
