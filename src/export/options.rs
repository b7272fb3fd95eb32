//! What a caller may choose about an export.

use crate::analysis::{Position, Ranks};
use crate::graph::EntityIndex;
use crate::rdf::MappingOptions;

/// How a graph is written. Formats that are not RDF heed the base, which claims count as
/// asserted and (JSON) whether texts are written; those that draw, the layout.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExportOptions {
    pub rdf: MappingOptions,
    /// Where the nodes lie. Without it the reader lays the graph out.
    pub layout: Option<Layout>,
    /// How much the nodes matter, for the formats that give nodes attributes.
    pub ranks: Option<Ranks>,
    /// Whether tables begin with a byte-order mark, without which Excel takes UTF-8 for the
    /// code page of the machine.
    pub byte_order_mark: bool,
}

impl From<MappingOptions> for ExportOptions {
    fn from(rdf: MappingOptions) -> Self {
        Self { rdf, ..Self::default() }
    }
}

/// Where each node of one graph lies.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    positions: Vec<Position>,
}

impl Layout {
    /// Positions in the order of [`EntityIndex`]. What is no finite number becomes 0, since no
    /// format can write it.
    pub fn new(mut positions: Vec<Position>) -> Self {
        for Position { x, y } in &mut positions {
            for value in [x, y] {
                if !value.is_finite() {
                    *value = 0.0;
                }
            }
        }
        Self { positions }
    }

    /// `None` for an entity that the layout was not made for.
    pub fn position(&self, entity: EntityIndex) -> Option<Position> {
        self.positions.get(entity.0 as usize).copied()
    }
}
