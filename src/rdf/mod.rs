//! RDF: the vocabulary, the IRIs, which statements a graph makes, and how they are written
//! and read.

pub mod mapping;
pub mod names;
pub mod vocabulary;
