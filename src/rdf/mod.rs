//! RDF: the vocabulary, the IRIs, which statements a graph makes, and how they are written
//! and read.

mod iris;
mod load;
pub mod mapping;
pub mod names;
pub mod quads;
mod statement;
mod syntax;
pub mod vocabulary;
mod write;

pub use load::{LoadError, Loaded, load};
pub use mapping::{Assert, Mapping, MappingOptions, Profile};
pub use names::{Base, BaseError};
pub use syntax::Syntax;
pub use write::{WriteError, WriteReport, write};
