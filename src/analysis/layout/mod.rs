//! Where the nodes of a picture lie: ForceAtlas2 on each connected component, the components
//! side by side, and entities that nothing connects in rows of their own.

mod force_atlas;
mod packing;
mod pivots;
mod quadtree;
mod spacing;

use rayon::prelude::*;

use super::links::Links;
use crate::graph::KnowledgeGraph;
use force_atlas::force_atlas;
use packing::{Block, pack};

/// A place in the plane, in points: `x` to the right, `y` upward.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Position {
    pub x: f32,
    pub y: f32,
}

/// How a graph is laid out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LayoutSettings {
    /// How long a link is in the middle, in points; no two nodes come nearer than half of it.
    /// Must be above 0.
    pub link_length: f32,
    /// Attraction grows with the logarithm of the distance: communities stand more apart, and
    /// links within them are of more even length (Noack's LinLog).
    pub linlog: bool,
    /// How often every node moves; by default fewer times the larger the component is.
    pub iterations: Option<usize>,
}

impl Default for LayoutSettings {
    fn default() -> Self {
        Self { link_length: 120.0, linlog: false, iterations: None }
    }
}

/// A position for every entity, by [`crate::graph::EntityIndex`]; all are finite numbers. The
/// middle of the picture is near the origin.
///
/// Every claim pulls its ends together, also one that is denied, because a picture draws it.
/// The result depends on keys and claims alone: neither on the order in which the graph was put
/// together, nor on the number of threads. Work is in the order of `n log n` for `n` entities.
///
/// The method is that of Jacomy, Venturini, Heymann and Bastian, "ForceAtlas2, a Continuous
/// Graph Layout Algorithm for Handy Network Visualization", PLoS ONE 9(6), 2014.
pub fn layout(graph: &KnowledgeGraph, settings: &LayoutSettings) -> Vec<Position> {
    let links = Links::drawn(graph);
    links.by_entity(&lay_out(&links, settings))
}

/// The same by node.
fn lay_out(links: &Links, settings: &LayoutSettings) -> Vec<Position> {
    let length = f64::from(settings.link_length);
    let components = links.components();
    let alone = components.iter().rposition(|component| component.len() > 1).map_or(0, |at| at + 1);
    let (connected, alone) = components.split_at(alone);
    // The parallel iterator keeps the order, and each component is computed by itself.
    let mut blocks: Vec<Block> = connected
        .par_iter()
        .map(|nodes| {
            let points = component(&links.within(nodes), settings);
            Block::around(nodes.clone(), points, length / 2.0)
        })
        .collect();
    if !alone.is_empty() {
        blocks.push(rows(alone.concat(), length));
    }
    let mut positions = vec![Position::default(); links.len()];
    for (block, (left, bottom)) in blocks.iter().zip(pack(&blocks)) {
        for (&node, point) in block.nodes.iter().zip(&block.points) {
            positions[node as usize] =
                Position { x: (left + point[0]) as f32, y: (bottom + point[1]) as f32 };
        }
    }
    positions
}

/// Points of one connected component of two nodes or more.
fn component(links: &Links, settings: &LayoutSettings) -> Vec<[f64; 2]> {
    let length = f64::from(settings.link_length);
    let mut points = pivots::initial(links);
    force_atlas(links, &mut points, settings);
    spacing::stretch(links, &mut points, length);
    spacing::make_room(&mut points, length / 2.0);
    spacing::keep_apart(&mut points, length / 2.0);
    points
}

/// Entities that nothing connects, in rows that leave room for their names.
fn rows(nodes: Vec<u32>, length: f64) -> Block {
    let (wide, high) = (1.8 * length, 0.5 * length);
    // As many columns as make the block about three times as wide as high.
    let columns = ((nodes.len() as f64 * 3.0 * high / wide).sqrt().ceil() as usize).max(1);
    let place = |at: usize| [(at % columns) as f64 * wide, -((at / columns) as f64) * high];
    let points = (0..nodes.len()).map(place).collect();
    Block::around(nodes, points, length / 2.0)
}

#[cfg(test)]
mod tests;
