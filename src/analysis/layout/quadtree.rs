//! Barnes and Hut's quadtree: bodies far away act as one, so that all forces of `n` bodies take
//! time in the order of `n log n` (Barnes and Hut, "A hierarchical O(N log N) force-calculation
//! algorithm", Nature 324, 1986).
//!
//! Bodies are sorted along the Z-order curve; every cell of the tree is then a range of them,
//! and the tree lies in one list in the order in which it is walked. The same bodies give the
//! same tree and the same order of summation.

/// A body: a place and a mass above 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Body {
    pub place: [f64; 2],
    pub mass: f64,
}

/// So few bodies are not parted further.
const LEAF: usize = 8;

/// Bits of each coordinate in a place on the curve.
const BITS: u32 = 31;

struct Cell {
    /// Centre of mass.
    centre: [f64; 2],
    mass: f64,
    /// Side of the square.
    side: f64,
    /// Its bodies, as a range of `bodies`.
    first: u32,
    end: u32,
    /// The cell that follows when this one is not entered.
    next: u32,
    is_leaf: bool,
}

/// A tree over bodies, for one set of places.
pub(super) struct Quadtree {
    cells: Vec<Cell>,
    /// In the order of the curve.
    bodies: Vec<Body>,
    /// Where each body of the input stands in `bodies`.
    order: Vec<u32>,
    /// The bodies of the input in the order of the curve. Asked for in this order, forces find
    /// most of what they need in the processor's cache.
    pub along: Vec<u32>,
}

impl Quadtree {
    pub fn new(input: &[Body]) -> Self {
        let (corner, side) = square(input);
        let scale = if side > 0.0 { f64::from((1_u32 << BITS) - 1) / side } else { 0.0 };
        let mut along: Vec<(u64, u32)> = input
            .iter()
            .enumerate()
            .map(|(at, body)| {
                let [x, y] = [0, 1].map(|axis| ((body.place[axis] - corner[axis]) * scale) as u32);
                (interleave(x) << 1 | interleave(y), at as u32)
            })
            .collect();
        along.sort_unstable();
        let mut order = vec![0; input.len()];
        for (position, &(_, at)) in along.iter().enumerate() {
            order[at as usize] = position as u32;
        }
        let bodies = along.iter().map(|&(_, at)| input[at as usize]).collect();
        let mut tree = Self {
            cells: Vec::with_capacity(input.len() / 2 + 1),
            bodies,
            order,
            along: along.iter().map(|&(_, at)| at).collect(),
        };
        if !along.is_empty() {
            tree.add(&along, 0, along.len(), BITS, side);
        }
        tree
    }

    /// Adds the cell of a range, whose bodies share all but `bits` bits of each coordinate.
    /// Recursion is at most [`BITS`] deep.
    fn add(&mut self, along: &[(u64, u32)], first: usize, end: usize, bits: u32, side: f64) {
        let (mut mass, mut centre) = (0.0, [0.0; 2]);
        for body in &self.bodies[first..end] {
            mass += body.mass;
            centre[0] += body.mass * body.place[0];
            centre[1] += body.mass * body.place[1];
        }
        let is_leaf = end - first <= LEAF || bits == 0;
        let own = self.cells.len();
        self.cells.push(Cell {
            centre: centre.map(|sum| sum / mass),
            mass,
            side,
            first: first as u32,
            end: end as u32,
            next: 0,
            is_leaf,
        });
        if !is_leaf {
            let shift = 2 * (bits - 1);
            let mut from = first;
            for quarter in 0..4 {
                let within = |&(code, _): &(u64, u32)| code >> shift & 3 <= quarter;
                let to = from + along[from..end].partition_point(within);
                if to > from {
                    self.add(along, from, to, bits - 1, side / 2.0);
                }
                from = to;
            }
        }
        self.cells[own].next = self.cells.len() as u32;
    }

    /// The sum over all other bodies of `mass × (place − other) / distance²`, which is a force
    /// that falls with the distance. A cell whose side is less than `theta` times its distance
    /// counts as one body at its centre of mass. Bodies in one place do not act on each other.
    pub fn repulsion(&self, body: usize, theta: f64) -> [f64; 2] {
        let own = self.order[body];
        let [x, y] = self.bodies[own as usize].place;
        let mut force = [0.0; 2];
        let mut push = |place: [f64; 2], mass: f64| {
            let (dx, dy) = (x - place[0], y - place[1]);
            let squared = dx * dx + dy * dy;
            if squared > 0.0 {
                let strength = mass / squared;
                force[0] += strength * dx;
                force[1] += strength * dy;
            }
        };
        let mut at = 0;
        while let Some(cell) = self.cells.get(at) {
            if cell.is_leaf {
                for other in &self.bodies[cell.first as usize..cell.end as usize] {
                    push(other.place, other.mass);
                }
                at = cell.next as usize;
                continue;
            }
            let (dx, dy) = (x - cell.centre[0], y - cell.centre[1]);
            let is_far = cell.side * cell.side < theta * theta * (dx * dx + dy * dy);
            // A body must not be pushed away by itself.
            if is_far && !(cell.first..cell.end).contains(&own) {
                push(cell.centre, cell.mass);
                at = cell.next as usize;
            } else {
                at += 1;
            }
        }
        force
    }
}

/// Lower left corner and side of the square around all bodies.
fn square(bodies: &[Body]) -> ([f64; 2], f64) {
    let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
    for body in bodies {
        for axis in [0, 1] {
            low[axis] = low[axis].min(body.place[axis]);
            high[axis] = high[axis].max(body.place[axis]);
        }
    }
    (low, (high[0] - low[0]).max(high[1] - low[1]))
}

/// Puts a zero between all bits.
fn interleave(value: u32) -> u64 {
    let mut spread = u64::from(value);
    for (shift, mask) in [
        (16, 0x0000_FFFF_0000_FFFF),
        (8, 0x00FF_00FF_00FF_00FF),
        (4, 0x0F0F_0F0F_0F0F_0F0F),
        (2, 0x3333_3333_3333_3333),
        (1, 0x5555_5555_5555_5555),
    ] {
        spread = (spread | spread << shift) & mask;
    }
    spread
}
