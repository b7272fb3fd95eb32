//! What the shape of a graph tells: where its nodes lie in a picture, which matter most, which
//! belong together. Every result is by entity index, and the same however the graph was put
//! together and on however many threads it is computed.

mod layout;
mod links;

pub use layout::{LayoutSettings, Position, layout};
