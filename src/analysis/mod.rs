//! What the shape of a graph tells: where its nodes lie in a picture, which matter most, which
//! belong together. Every result is by entity index, and the same however the graph was put
//! together and on however many threads it is computed.

mod betweenness;
mod communities;
mod layout;
mod links;
mod measures;
mod pagerank;

pub use layout::{LayoutSettings, Position, layout};
pub use measures::{Measure, Ranks, community, measure};

#[cfg(test)]
mod tests;
