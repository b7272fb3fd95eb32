//! SPARQL over the graph as it lies in memory: no store is filled and no list of statements
//! built.
//!
//! [`GraphDataset`] answers patterns of statements from the graph, with indexes that it makes
//! when they are first needed; [`parse`] and [`run`] take a query from its text to a table, a
//! results document or a graph. What is answered is exactly what an export with the same
//! settings would write, and beside it the ontology as a named graph.

mod arena;
mod clock;
mod dataset;
mod dispatch;
mod error;
mod examples;
mod extra;
mod index;
mod parse;
mod pattern;
mod results;
mod run;
mod scan;
mod syntax;
mod table;
mod term;
mod triples;
mod view;

pub use clock::TimeIsUp;
pub use dataset::GraphDataset;
pub use error::{QueryError, SyntaxError};
pub use examples::{Example, examples, find_example};
pub use parse::{DATA_PREFIX, parse};
pub use results::{RESULT_FORMATS, ResultFormat};
pub use run::{Outcome, QuerySettings, evaluate, run};
pub use syntax::{KEYWORDS, brackets};
