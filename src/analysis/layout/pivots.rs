//! Where the nodes of a component begin: a rough picture of who is how far from whom, after
//! Brandes and Pich, "Eigensolver Methods for Progressive Multidimensional Scaling of Large
//! Data", Graph Drawing 2006. Forces alone untangle a large graph only in very many steps.

use super::Links;

/// From so many nodes distances are measured.
const PIVOTS: usize = 24;

/// More steps than the two leading directions need to show themselves.
const POWER_STEPS: usize = 60;

/// Two coordinates for each node, distances between neighbours in the order of 1. No two nodes
/// lie in one place.
pub(super) fn initial(links: &Links) -> Vec<[f64; 2]> {
    let mut distances = pivot_distances(links);
    double_centre(&mut distances);
    let first = leading_direction(&distances, None);
    let second = leading_direction(&distances, Some(&first));
    let along = |row: &[f64], direction: &[f64]| -> f64 {
        row.iter().zip(direction).map(|(a, b)| a * b).sum()
    };
    distances
        .iter()
        .enumerate()
        .map(|(node, row)| {
            // Leaves of one node have the same distances to all: a small shift parts them.
            let [a, b] = scatter(node as u64);
            [along(row, &first) + a, along(row, &second) + b]
        })
        .collect()
}

/// Distances of every node to each pivot, one row a node. The first pivot is the node of the
/// most links; each further one is as far as can be from all before it.
fn pivot_distances(links: &Links) -> Vec<Vec<f64>> {
    let count = PIVOTS.min(links.len());
    let mut rows = vec![Vec::with_capacity(count); links.len()];
    let mut nearest = vec![u32::MAX; links.len()];
    // Of equal ones the lowest, also below.
    let most = (0..links.len()).rev().max_by_key(|&node| links.degree(node));
    let mut pivot = most.unwrap_or(0);
    for _ in 0..count {
        let distances = breadth_first(links, pivot);
        for (node, &distance) in distances.iter().enumerate() {
            rows[node].push(f64::from(distance));
            nearest[node] = nearest[node].min(distance);
        }
        let farthest = (0..links.len()).rev().max_by_key(|&node| nearest[node]);
        pivot = farthest.unwrap_or(0);
    }
    rows
}

fn breadth_first(links: &Links, start: usize) -> Vec<u32> {
    let mut distances = vec![u32::MAX; links.len()];
    distances[start] = 0;
    let mut reached = vec![start as u32];
    let mut at = 0;
    while let Some(&node) = reached.get(at) {
        at += 1;
        for &(next, _) in links.of(node as usize) {
            if distances[next as usize] == u32::MAX {
                distances[next as usize] = distances[node as usize] + 1;
                reached.push(next);
            }
        }
    }
    distances
}

/// Turns distances into inner products: squares them and takes off the means of rows and
/// columns, as classical scaling does.
fn double_centre(rows: &mut [Vec<f64>]) {
    let width = rows.first().map_or(0, Vec::len);
    let mut columns = vec![0.0; width];
    for row in rows.iter_mut() {
        for (value, column) in row.iter_mut().zip(&mut columns) {
            *value *= *value;
            *column += *value;
        }
    }
    let height = rows.len().max(1) as f64;
    columns.iter_mut().for_each(|sum| *sum /= height);
    let all = columns.iter().sum::<f64>() / width.max(1) as f64;
    for row in rows.iter_mut() {
        let own = row.iter().sum::<f64>() / width.max(1) as f64;
        for (value, column) in row.iter_mut().zip(&columns) {
            *value = -0.5 * (*value - own - column + all);
        }
    }
}

/// The direction in which the rows vary most, apart from `without`, by the power method; its
/// length is such that neighbours come to lie about 1 apart.
fn leading_direction(rows: &[Vec<f64>], without: Option<&[f64]>) -> Vec<f64> {
    let width = rows.first().map_or(0, Vec::len);
    let mut squares = vec![vec![0.0; width]; width];
    for row in rows {
        for (a, line) in row.iter().zip(&mut squares) {
            for (b, square) in row.iter().zip(line) {
                *square += a * b;
            }
        }
    }
    let mut direction: Vec<f64> = (0..width).map(|at| 1.0 + scatter(at as u64)[0]).collect();
    for _ in 0..POWER_STEPS {
        if let Some(without) = without {
            let length: f64 = without.iter().map(|a| a * a).sum();
            if length > 0.0 {
                let part: f64 = without.iter().zip(&direction).map(|(a, b)| a * b).sum();
                for (value, other) in direction.iter_mut().zip(without) {
                    *value -= part / length * other;
                }
            }
        }
        let turned: Vec<f64> = squares
            .iter()
            .map(|line| line.iter().zip(&direction).map(|(a, b)| a * b).sum())
            .collect();
        let length = turned.iter().map(|value: &f64| value * value).sum::<f64>().sqrt();
        if length <= f64::MIN_POSITIVE {
            // All nodes are alike in what is left: there is no second direction.
            return vec![0.0; width];
        }
        direction = turned.into_iter().map(|value| value / length).collect();
    }
    // Inner products have the dimension of squares: one distance is taken off again.
    let extent = rows
        .iter()
        .map(|row| row.iter().zip(&direction).map(|(a, b)| a * b).sum::<f64>().abs())
        .fold(0.0, f64::max);
    let scale = if extent > 0.0 { 1.0 / extent.sqrt() } else { 0.0 };
    direction.iter().map(|value| value * scale).collect()
}

/// Two numbers in −0.25..0.25 that look random, the same on every machine (splitmix64).
pub(super) fn scatter(seed: u64) -> [f64; 2] {
    let mut state = seed;
    [(); 2].map(|()| {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^= bits >> 31;
        (bits >> 11) as f64 / (1_u64 << 53) as f64 * 0.5 - 0.25
    })
}
