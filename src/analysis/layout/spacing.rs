//! The size of a picture in points, and room for every node.

use std::collections::BTreeMap;

use super::Links;
use super::pivots::scatter;

/// Rounds of pushing apart; what still overlaps then does so only a little.
const ROUNDS: usize = 40;

/// Scales the points so that the middle one of all links is `wanted` long.
pub(super) fn stretch(links: &Links, points: &mut [[f64; 2]], wanted: f64) {
    let mut lengths: Vec<f64> = Vec::new();
    for (node, point) in points.iter().enumerate() {
        let ahead = links.of(node).iter().filter(|(other, _)| *other as usize > node);
        lengths.extend(ahead.map(|&(other, _)| {
            let other = points[other as usize];
            let (dx, dy) = (other[0] - point[0], other[1] - point[1]);
            (dx * dx + dy * dy).sqrt()
        }));
    }
    lengths.sort_by(f64::total_cmp);
    let middle = lengths.get(lengths.len() / 2).copied().unwrap_or(1.0);
    if middle > 0.0 && middle.is_finite() {
        for point in points {
            *point = point.map(|value| value * wanted / middle);
        }
    }
}

/// Pushes points apart that are nearer than `least`, each by half of what lacks. All move at
/// once, so that their order does not matter.
pub(super) fn keep_apart(points: &mut [[f64; 2]], least: f64) {
    let cell = |point: [f64; 2]| point.map(|value| (value / least).floor() as i64);
    for _ in 0..ROUNDS {
        let mut cells: BTreeMap<[i64; 2], Vec<u32>> = BTreeMap::new();
        for (node, &point) in points.iter().enumerate() {
            cells.entry(cell(point)).or_default().push(node as u32);
        }
        let mut moves = vec![[0.0; 2]; points.len()];
        let mut is_moved = false;
        for (node, &point) in points.iter().enumerate() {
            let [column, row] = cell(point);
            let around = (column - 1..=column + 1)
                .flat_map(|column| (row - 1..=row + 1).map(move |row| [column, row]));
            for &other in around.filter_map(|cell| cells.get(&cell)).flatten() {
                if other as usize == node {
                    continue;
                }
                let place = points[other as usize];
                let (dx, dy) = (point[0] - place[0], point[1] - place[1]);
                let distance = (dx * dx + dy * dy).sqrt();
                if distance >= 0.999 * least {
                    continue;
                }
                is_moved = true;
                let step = (least - distance) / 2.0;
                let [a, b] = match distance > 0.0 {
                    true => [dx / distance, dy / distance],
                    // In one place: each goes its own way.
                    false => scatter(node as u64),
                };
                moves[node][0] += step * a;
                moves[node][1] += step * b;
            }
        }
        if !is_moved {
            return;
        }
        for (point, step) in points.iter_mut().zip(moves) {
            // Many neighbours at once would throw a node across the picture.
            *point = [0, 1].map(|axis| point[axis] + step[axis].clamp(-least, least));
        }
    }
}
