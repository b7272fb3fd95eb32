//! Layouts hold to the forces that they are computed from, and to what a picture needs.

use super::quadtree::{Body, Quadtree};
use super::*;
use crate::analysis::layout::pivots::scatter;

fn bodies(count: usize) -> Vec<Body> {
    let body = |at: usize| {
        let [x, y] = scatter(at as u64);
        Body { place: [x * 400.0, y * 90.0], mass: 1.0 + (at % 7) as f64 }
    };
    (0..count).map(body).collect()
}

/// The sum that [`Quadtree::repulsion`] is about, without a tree.
fn every_pair(bodies: &[Body], own: usize) -> [f64; 2] {
    let mut force = [0.0; 2];
    for (at, other) in bodies.iter().enumerate().filter(|(at, _)| *at != own) {
        let [dx, dy] = [0, 1].map(|axis| bodies[own].place[axis] - other.place[axis]);
        let squared = dx * dx + dy * dy;
        assert!(squared > 0.0, "{at} and {own} lie in one place");
        force[0] += other.mass * dx / squared;
        force[1] += other.mass * dy / squared;
    }
    force
}

fn apart(a: [f64; 2], b: [f64; 2]) -> f64 {
    ((a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2)).sqrt()
}

#[test]
fn the_tree_gives_the_forces_of_every_pair() {
    for count in [1, 2, 8, 9, 500] {
        let bodies = bodies(count);
        let tree = Quadtree::new(&bodies);
        let exact: Vec<_> = (0..count).map(|own| every_pair(&bodies, own)).collect();
        let typical = exact.iter().map(|force| apart(*force, [0.0; 2])).sum::<f64>() / count as f64;
        for (own, exact) in exact.iter().enumerate() {
            // No cell is ever far enough: only the order of summation differs.
            assert!(apart(tree.repulsion(own, 0.0), *exact) <= 1e-9 * typical, "{own} of {count}");
            let error = apart(tree.repulsion(own, 1.0), *exact);
            assert!(error <= 0.08 * typical, "{own} of {count}: {error} of {typical}");
        }
    }
}

#[test]
fn bodies_in_one_place_make_a_tree_and_do_not_push_each_other() {
    let bodies = vec![Body { place: [3.0, 3.0], mass: 2.0 }; 50];
    let tree = Quadtree::new(&bodies);
    assert_eq!(tree.repulsion(7, 1.0), [0.0, 0.0]);
}

/// A ring of `count` nodes from `first` on.
fn ring(first: u32, count: u32) -> Vec<(u32, u32, u32)> {
    (0..count).map(|at| (first + at, first + (at + 1) % count, 1)).collect()
}

fn distance(a: Position, b: Position) -> f32 {
    ((a.x - b.x).powi(2) + (a.y - b.y).powi(2)).sqrt()
}

#[test]
fn what_is_linked_lies_near_and_nothing_lies_on_anything() {
    // Two groups of eight, each of all pairs, joined by one link.
    let pairs =
        |first: u32| (0..8).flat_map(move |a| (a + 1..8).map(move |b| (first + a, first + b, 1)));
    let links: Vec<_> = pairs(0).chain(pairs(8)).chain([(0, 8, 1)]).collect();
    for linlog in [false, true] {
        let settings = LayoutSettings { linlog, ..LayoutSettings::default() };
        let places = lay_out(&Links::between(16, &links), &settings);
        let mean = |pairs: &[(usize, usize)]| {
            pairs.iter().map(|&(a, b)| distance(places[a], places[b])).sum::<f32>()
                / pairs.len() as f32
        };
        let all = (0..16).flat_map(|a| (a + 1..16).map(move |b| (a, b)));
        let (within, between): (Vec<_>, Vec<_>) = all.partition(|(a, b)| a / 8 == b / 8);
        assert!(2.0 * mean(&within) < mean(&between), "linlog {linlog}: {places:?}");
        for (a, b) in within.into_iter().chain(between) {
            assert!(distance(places[a], places[b]) > 40.0, "{a} and {b}: {places:?}");
        }
    }
}

#[test]
fn a_ring_is_laid_out_as_a_ring() {
    let places = lay_out(&Links::between(12, &ring(0, 12)), &LayoutSettings::default());
    let middle = Position {
        x: places.iter().map(|place| place.x).sum::<f32>() / 12.0,
        y: places.iter().map(|place| place.y).sum::<f32>() / 12.0,
    };
    let radii: Vec<_> = places.iter().map(|place| distance(*place, middle)).collect();
    let (least, most) =
        (radii.iter().copied().fold(f32::MAX, f32::min), radii.iter().copied().fold(0.0, f32::max));
    assert!(most < 1.2 * least, "{radii:?}");
}

#[test]
fn components_lie_side_by_side_and_the_unconnected_in_rows() {
    let links: Vec<_> = ring(0, 9).into_iter().chain(ring(9, 5)).chain([(14, 15, 1)]).collect();
    let places = lay_out(&Links::between(40, &links), &LayoutSettings::default());
    let bounds = |nodes: std::ops::Range<usize>| {
        nodes.map(|node| places[node]).fold(
            [f32::MAX, f32::MAX, f32::MIN, f32::MIN],
            |[left, bottom, right, top], place| {
                [left.min(place.x), bottom.min(place.y), right.max(place.x), top.max(place.y)]
            },
        )
    };
    let parts = [bounds(0..9), bounds(9..14), bounds(14..16), bounds(16..40)];
    for (at, a) in parts.iter().enumerate() {
        for b in &parts[at + 1..] {
            let is_beside = a[2] + 80.0 < b[0] || b[2] + 80.0 < a[0];
            let is_above = a[3] + 80.0 < b[1] || b[3] + 80.0 < a[1];
            assert!(is_beside || is_above, "{a:?} and {b:?} overlap");
        }
    }
    let rows: std::collections::BTreeSet<i32> =
        (16..40).map(|node| places[node].y.round() as i32).collect();
    assert_eq!(rows.len(), 5, "{rows:?}");
}

#[test]
fn a_layout_is_finite_whatever_the_graph_and_the_settings() {
    let star: Vec<_> = (1..300).map(|leaf| (0, leaf, 1)).collect();
    for (count, links) in [(0, vec![]), (1, vec![]), (2, vec![(0, 1, 1)]), (300, star)] {
        for (link_length, iterations) in [(90.0, None), (0.001, Some(0)), (1e6, Some(3))] {
            let settings = LayoutSettings { link_length, iterations, linlog: true };
            let places = lay_out(&Links::between(count, &links), &settings);
            assert_eq!(places.len(), count);
            for place in &places {
                assert!(place.x.is_finite() && place.y.is_finite(), "{settings:?}: {place:?}");
            }
        }
    }
}

#[test]
fn threads_do_not_show() {
    // Large enough that the forces are computed in parallel.
    let links: Vec<_> =
        ring(0, 900).into_iter().chain((0..300).map(|at| (at, at * 7 % 900, 1))).collect();
    let links = Links::between(1_000, &links);
    let settings = LayoutSettings { iterations: Some(20), ..LayoutSettings::default() };
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| lay_out(&links, &settings))
    };
    let alone = on(1);
    assert_eq!(alone, on(4));
    assert!(alone.iter().any(|place| *place != Position::default()));
}
