//! Where texts go so that none lies on another or on a node.

use std::collections::HashMap;

/// A rectangle: left, top, right, bottom, with `y` downward.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

impl Area {
    pub fn around([x, y]: [f32; 2], wide: f32, high: f32) -> Self {
        let (wide, high) = (wide / 2.0, high / 2.0);
        Self { left: x - wide, top: y - high, right: x + wide, bottom: y + high }
    }

    pub fn overlaps(&self, other: &Area) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

/// Side of the squares by which areas are looked up.
const SQUARE: f32 = 48.0;

/// The areas that are taken.
#[derive(Default)]
pub(super) struct Taken {
    areas: Vec<Area>,
    by_square: HashMap<[i32; 2], Vec<u32>>,
    points: HashMap<[i32; 2], Vec<[f32; 2]>>,
}

impl Taken {
    pub fn add(&mut self, area: Area) {
        let number = self.areas.len() as u32;
        self.areas.push(area);
        for square in squares(&area) {
            self.by_square.entry(square).or_default().push(number);
        }
    }

    pub fn is_free(&self, area: &Area) -> bool {
        squares(area).filter_map(|square| self.by_square.get(&square)).flatten().all(|number| {
            self.areas.get(*number as usize).is_none_or(|taken| !taken.overlaps(area))
        })
    }

    /// Notes a point that texts had better not cover, though they may.
    pub fn mind(&mut self, point: [f32; 2]) {
        let square = point.map(|value| (value / SQUARE).floor() as i32);
        self.points.entry(square).or_default().push(point);
    }

    /// Takes the free one of `areas` that covers the fewest points, of equal ones the first, and
    /// gives its number.
    pub fn place(&mut self, areas: impl IntoIterator<Item = Area>) -> Option<usize> {
        let free = areas.into_iter().enumerate().filter(|(_, area)| self.is_free(area));
        let (at, area) = free.min_by_key(|(_, area)| self.covered(area))?;
        self.add(area);
        Some(at)
    }

    /// Takes the first of `areas` that is free, and gives its number.
    pub fn place_first(&mut self, areas: impl IntoIterator<Item = Area>) -> Option<usize> {
        let (at, area) = areas.into_iter().enumerate().find(|(_, area)| self.is_free(area))?;
        self.add(area);
        Some(at)
    }

    fn covered(&self, area: &Area) -> usize {
        let inside = |[x, y]: &&[f32; 2]| {
            area.left < *x && *x < area.right && area.top < *y && *y < area.bottom
        };
        let points = squares(area).filter_map(|square| self.points.get(&square)).flatten();
        points.filter(inside).count()
    }
}

fn squares(area: &Area) -> impl Iterator<Item = [i32; 2]> + use<> {
    let square = |value: f32| (value / SQUARE).floor() as i32;
    let (left, right) = (square(area.left), square(area.right));
    let (top, bottom) = (square(area.top), square(area.bottom));
    (left..=right).flat_map(move |column| (top..=bottom).map(move |row| [column, row]))
}
