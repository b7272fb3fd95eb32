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

    /// Takes the first of `areas` that is free, and gives its number.
    pub fn place(&mut self, areas: impl IntoIterator<Item = Area>) -> Option<usize> {
        let (at, area) = areas.into_iter().enumerate().find(|(_, area)| self.is_free(area))?;
        self.add(area);
        Some(at)
    }
}

fn squares(area: &Area) -> impl Iterator<Item = [i32; 2]> + use<> {
    let square = |value: f32| (value / SQUARE).floor() as i32;
    let (left, right) = (square(area.left), square(area.right));
    let (top, bottom) = (square(area.top), square(area.bottom));
    (left..=right).flat_map(move |column| (top..=bottom).map(move |row| [column, row]))
}
