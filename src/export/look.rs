//! How the formats that draw show classes, and what is said of an edge: one look for all.

use super::summary::{ClaimSummary, MIXED};
use crate::graph::{Modality, Polarity};
use crate::ontology::TopClass;

/// Red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Colour(pub u8, pub u8, pub u8);

impl std::fmt::Display for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Colour(red, green, blue) = self;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// Behind dark text.
pub(super) fn light_colour(class: TopClass) -> Colour {
    match class {
        TopClass::Person => Colour(0xff, 0xf2, 0xcc),
        TopClass::Organization => Colour(0xda, 0xe8, 0xfc),
        TopClass::Place => Colour(0xd5, 0xe8, 0xd4),
        TopClass::Agreement => Colour(0xe1, 0xd5, 0xe7),
    }
}

/// On a white ground. Told apart also by most people who are colour-blind (after Okabe and Ito,
/// "Color Universal Design", 2008).
pub(super) fn strong_colour(class: TopClass) -> Colour {
    match class {
        TopClass::Person => Colour(0xe6, 0x9f, 0x00),
        TopClass::Organization => Colour(0x00, 0x72, 0xb2),
        TopClass::Place => Colour(0x00, 0x9e, 0x73),
        TopClass::Agreement => Colour(0xcc, 0x79, 0xa7),
    }
}

/// How an edge is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stroke {
    /// Affirmed and asserted.
    Solid,
    /// Planned, conditional or alleged, or not the same in all statements.
    Dotted,
    /// Denied by some.
    Disputed,
    /// Denied by all who speak of it.
    Denied,
}

impl Stroke {
    pub fn of(summary: &ClaimSummary<'_>) -> Self {
        if summary.polarity == Polarity::Denied.name() {
            Stroke::Denied
        } else if summary.polarity == MIXED {
            Stroke::Disputed
        } else if summary.modality == Modality::Asserted.name() {
            Stroke::Solid
        } else {
            Stroke::Dotted
        }
    }

    pub fn colour(self) -> Colour {
        match self {
            Stroke::Solid | Stroke::Dotted => Colour(0x44, 0x44, 0x44),
            Stroke::Disputed => Colour(0xc7, 0x77, 0x00),
            Stroke::Denied => Colour(0xb3, 0x26, 0x1e),
        }
    }

    /// `solid`, `dotted` or `dashed`.
    pub fn name(self) -> &'static str {
        match self {
            Stroke::Solid => "solid",
            Stroke::Dotted => "dotted",
            Stroke::Disputed | Stroke::Denied => "dashed",
        }
    }
}
