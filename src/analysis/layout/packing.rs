//! Puts the parts of a picture side by side: each at the lowest place at which it fits upon
//! those before it, within a width that makes the whole a little wider than high.

/// A part of the picture with its nodes and their points, all at 0 or above.
pub(super) struct Block {
    pub nodes: Vec<u32>,
    pub points: Vec<[f64; 2]>,
    pub wide: f64,
    pub high: f64,
}

impl Block {
    /// The smallest block that leaves `margin` around every point.
    pub fn around(nodes: Vec<u32>, mut points: Vec<[f64; 2]>, margin: f64) -> Self {
        let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for point in &points {
            for axis in [0, 1] {
                low[axis] = low[axis].min(point[axis]);
                high[axis] = high[axis].max(point[axis]);
            }
        }
        for point in &mut points {
            *point = [0, 1].map(|axis| point[axis] - low[axis] + margin);
        }
        let [wide, high] = [0, 1].map(|axis| high[axis] - low[axis] + 2.0 * margin);
        Self { nodes, points, wide, high }
    }
}

/// A stretch of the upper edge of what is placed already.
#[derive(Clone, Copy)]
struct Ledge {
    left: f64,
    wide: f64,
    height: f64,
}

/// The lower left corners of the blocks, which keep their order, around the origin.
pub(super) fn pack(blocks: &[Block]) -> Vec<(f64, f64)> {
    let area: f64 = blocks.iter().map(|block| block.wide * block.high).sum();
    let widest = blocks.iter().map(|block| block.wide).fold(0.0, f64::max);
    let width = (1.5 * area).sqrt().max(widest);
    let mut skyline = vec![Ledge { left: 0.0, wide: width, height: 0.0 }];
    let mut corners = Vec::with_capacity(blocks.len());
    let (mut right, mut top) = (0.0_f64, 0.0_f64);
    for block in blocks {
        let (left, bottom) = lowest(&skyline, block.wide, width);
        settle(&mut skyline, left, block.wide, bottom + block.high);
        right = right.max(left + block.wide);
        top = top.max(bottom + block.high);
        corners.push((left, bottom));
    }
    // The first block is the largest: from above it begins at the upper left.
    let placed = corners.iter().zip(blocks);
    placed
        .map(|(&(left, bottom), block)| (left - right / 2.0, top / 2.0 - bottom - block.high))
        .collect()
}

/// The lowest place for something so wide, of several the leftmost.
fn lowest(skyline: &[Ledge], wide: f64, width: f64) -> (f64, f64) {
    let mut best: Option<(f64, f64)> = None;
    for (at, ledge) in skyline.iter().enumerate() {
        // Rounding must not keep the widest block out.
        if ledge.left + wide > width * (1.0 + 1e-9) {
            break;
        }
        let under = skyline[at..].iter().take_while(|under| under.left < ledge.left + wide);
        let height = under.map(|under| under.height).fold(0.0, f64::max);
        if best.is_none_or(|(_, lowest)| height < lowest) {
            best = Some((ledge.left, height));
        }
    }
    best.unwrap_or_else(|| (0.0, skyline.iter().map(|ledge| ledge.height).fold(0.0, f64::max)))
}

/// Raises the skyline from `left` on to `height`.
fn settle(skyline: &mut Vec<Ledge>, left: f64, wide: f64, height: f64) {
    let right = left + wide;
    let mut raised = Vec::with_capacity(skyline.len() + 2);
    let mut is_added = false;
    for ledge in skyline.iter() {
        let end = ledge.left + ledge.wide;
        if ledge.left < left {
            raised.push(Ledge { wide: end.min(left) - ledge.left, ..*ledge });
        }
        if !is_added && end > left {
            raised.push(Ledge { left, wide, height });
            is_added = true;
        }
        if end > right {
            let from = ledge.left.max(right);
            raised.push(Ledge { left: from, wide: end - from, ..*ledge });
        }
    }
    *skyline = raised;
}
