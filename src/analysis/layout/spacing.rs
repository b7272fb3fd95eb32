//! The size of a picture in points, and room for every node.

use rayon::prelude::*;

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
        scale(points, wanted / middle);
    }
}

/// Makes the picture larger until most nodes have a square of side `least` for themselves.
/// Where everybody is near everybody, links must be longer than wanted for that.
pub(super) fn make_room(points: &mut [[f64; 2]], least: f64) {
    // More steps would multiply the size by more than a million.
    for _ in 0..64 {
        let squares = Squares::new(points, least);
        let crowded = squares.along.windows(2).filter(|pair| pair[0].0 == pair[1].0).count();
        if 4 * crowded <= points.len() {
            return;
        }
        scale(points, 1.25);
    }
}

/// Pushes points apart that are nearer than `least`, each by half of what lacks. All move at
/// once, so that their order does not matter.
pub(super) fn keep_apart(points: &mut [[f64; 2]], least: f64) {
    for _ in 0..ROUNDS {
        let squares = Squares::new(points, least);
        let moves: Vec<[f64; 2]> = (0..points.len())
            .into_par_iter()
            .with_min_len(256)
            .map(|node| push(points, node, squares.around(points[node]), least))
            .collect();
        if moves.iter().all(|step| *step == [0.0; 2]) {
            return;
        }
        for (point, step) in points.iter_mut().zip(moves) {
            // Many neighbours at once would throw a node across the picture.
            *point = [0, 1].map(|axis| point[axis] + step[axis].clamp(-least, least));
        }
    }
}

/// Where the points around send a node.
fn push(
    points: &[[f64; 2]],
    node: usize,
    around: impl Iterator<Item = u32>,
    least: f64,
) -> [f64; 2] {
    let mut step = [0.0; 2];
    for other in around.filter(|other| *other as usize != node) {
        let place = points[other as usize];
        let [dx, dy] = [0, 1].map(|axis| points[node][axis] - place[axis]);
        let distance = (dx * dx + dy * dy).sqrt();
        if distance < 0.999 * least {
            let [a, b] = match distance > 0.0 {
                true => [dx / distance, dy / distance],
                // In one place: each goes its own way.
                false => scatter(node as u64),
            };
            step[0] += (least - distance) / 2.0 * a;
            step[1] += (least - distance) / 2.0 * b;
        }
    }
    step
}

/// Points by the squares of a grid that they lie in.
struct Squares {
    side: f64,
    /// Column and row, and the point; sorted.
    along: Vec<([i64; 2], u32)>,
}

impl Squares {
    fn new(points: &[[f64; 2]], side: f64) -> Self {
        let mut squares = Self { side, along: Vec::with_capacity(points.len()) };
        let along = points.iter().enumerate();
        squares.along = along.map(|(node, &point)| (squares.square(point), node as u32)).collect();
        squares.along.sort_unstable();
        squares
    }

    fn square(&self, point: [f64; 2]) -> [i64; 2] {
        point.map(|value| (value / self.side).floor() as i64)
    }

    /// The points in the square of `point` and the eight around it, in a fixed order.
    fn around(&self, point: [f64; 2]) -> impl Iterator<Item = u32> {
        let [column, row] = self.square(point);
        (column - 1..=column + 1).flat_map(move |column| {
            let first = self.along.partition_point(|(square, _)| *square < [column, row - 1]);
            let rows = self.along[first..].iter();
            rows.take_while(move |(square, _)| *square <= [column, row + 1]).map(|(_, node)| *node)
        })
    }
}

fn scale(points: &mut [[f64; 2]], factor: f64) {
    for point in points {
        *point = point.map(|value| value * factor);
    }
}
