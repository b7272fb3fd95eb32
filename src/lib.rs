//! newsgraph reads news and keeps, for every relation it finds, the sentence that says so.

pub mod confidence;
pub mod document;
pub mod graph;
pub mod mention;
pub mod ontology;
pub mod span;
pub mod statement;
pub mod time;
pub mod token;

pub mod analysis;
pub mod check;
pub mod cli;
pub mod corrections;
pub mod evaluate;
pub mod export;
pub mod extract;
pub mod inspect;
pub mod model;
pub mod pipeline;
pub mod query;
pub mod rdf;
pub mod read;
pub mod resolve;
pub mod rules;
pub mod select;
