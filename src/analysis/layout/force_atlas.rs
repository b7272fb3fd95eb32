//! The forces of ForceAtlas2 and how fast nodes follow them. Numbers in brackets are formulas
//! of the paper (Jacomy et al. 2014).
//!
//! Sums over all nodes are made one after the other, and each node's forces in a fixed order:
//! the number of threads does not show in any digit.

use rayon::prelude::*;

use super::quadtree::{Body, Quadtree};
use super::{LayoutSettings, Links};

/// How strongly nodes push each other away (4), relative to links that pull with their length.
const REPULSION: f64 = 2.0;

/// How strongly nodes are drawn to the middle (6), which keeps what hangs loosely in sight.
const GRAVITY: f64 = 0.4;

/// Cells count as one body when their side is less than this times their distance.
const THETA: f64 = 1.2;

/// How much swinging is tolerated (13).
const TOLERANCE: f64 = 1.0;

/// Least speed of a node relative to that of all (14), and the longest step (15).
const LOCAL_SPEED: f64 = 0.1;
const LONGEST_STEP: f64 = 10.0;

/// The speed of all may grow by half in one step.
const GROWTH: f64 = 1.5;

/// Components below this size are not worth the threads.
const PARALLEL: usize = 512;

/// Moves the nodes of one component towards balance.
pub(super) fn force_atlas(links: &Links, points: &mut [[f64; 2]], settings: &LayoutSettings) {
    let count = points.len();
    let masses: Vec<f64> = (0..count).map(|node| links.degree(node) as f64 + 1.0).collect();
    let mut before = vec![[0.0; 2]; count];
    let mut speed = 1.0;
    for _ in 0..settings.iterations.unwrap_or_else(|| iterations(count)) {
        let bodies: Vec<Body> =
            points.iter().zip(&masses).map(|(&place, &mass)| Body { place, mass }).collect();
        let tree = Quadtree::new(&bodies);
        let middle = centre(points);
        let force = |node: usize| {
            let [x, y] = points[node];
            let mut force = tree.repulsion(node, THETA).map(|sum| REPULSION * masses[node] * sum);
            for &(other, _) in links.of(node) {
                let [dx, dy] = [points[other as usize][0] - x, points[other as usize][1] - y];
                let pull = if settings.linlog { linlog(dx, dy) } else { 1.0 };
                force[0] += pull * dx;
                force[1] += pull * dy;
            }
            let (dx, dy) = (middle[0] - x, middle[1] - y);
            let distance = length([dx, dy]);
            if distance > 0.0 {
                let pull = GRAVITY * masses[node] / distance;
                force[0] += pull * dx;
                force[1] += pull * dy;
            }
            force
        };
        let along: Vec<[f64; 2]> = match count < PARALLEL {
            true => tree.along.iter().map(|&node| force(node as usize)).collect(),
            false => {
                let nodes = tree.along.par_iter().with_min_len(256);
                nodes.map(|&node| force(node as usize)).collect()
            }
        };
        let mut forces = vec![[0.0; 2]; count];
        for (&node, force) in tree.along.iter().zip(along) {
            forces[node as usize] = force;
        }
        // How much the nodes swing to and fro (8), and how far they get (10).
        let swing = |node: usize| {
            length([forces[node][0] - before[node][0], forces[node][1] - before[node][1]])
        };
        let (mut swinging, mut traction) = (0.0, 0.0);
        for node in 0..count {
            let [x, y] = [0, 1].map(|axis| forces[node][axis] + before[node][axis]);
            swinging += masses[node] * swing(node);
            traction += masses[node] * length([x, y]) / 2.0;
        }
        if swinging > 0.0 {
            speed = (TOLERANCE * traction / swinging).min(GROWTH * speed);
        }
        for node in 0..count {
            let strength = length(forces[node]);
            if strength > 0.0 {
                let own = LOCAL_SPEED * speed / (1.0 + speed * swing(node).sqrt());
                let own = own.min(LONGEST_STEP / strength);
                points[node][0] += own * forces[node][0];
                points[node][1] += own * forces[node][1];
            }
        }
        before = forces;
    }
}

/// What a link's pull is to its length where it grows with the logarithm (5).
fn linlog(dx: f64, dy: f64) -> f64 {
    let distance = length([dx, dy]);
    if distance > 0.0 { distance.ln_1p() / distance } else { 0.0 }
}

fn length([x, y]: [f64; 2]) -> f64 {
    (x * x + y * y).sqrt()
}

fn centre(points: &[[f64; 2]]) -> [f64; 2] {
    let count = points.len().max(1) as f64;
    [0, 1].map(|axis| points.iter().map(|point| point[axis]).sum::<f64>() / count)
}

/// More steps show no difference that one would see; the larger the fewer, so that the time
/// stays bearable.
fn iterations(count: usize) -> usize {
    match count {
        0..=1_000 => 600,
        1_001..=10_000 => 400,
        10_001..=50_000 => 200,
        _ => 100,
    }
}
