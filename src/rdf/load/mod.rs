//! Reading a graph back from RDF of any profile: statements are kept as compact facts by
//! subject, then documents, entities and claims are assembled from them. What does not
//! make up one of these is kept as it is.

mod assemble;
mod claims;
mod facts;
mod values;
mod view;

use std::io::{self, Read};

use oxrdfio::{RdfParseError, RdfParser};

use super::names::Base;
use super::syntax::Syntax;
use crate::graph::KnowledgeGraph;
use crate::ontology::Schema;

/// A graph read from RDF.
pub struct Loaded {
    /// In canonical order ([`KnowledgeGraph::canonical`]). Its `foreign` statements are those
    /// that are not of our vocabulary.
    pub graph: KnowledgeGraph,
    /// The namespace that its nodes have; to be given to the writer so that they keep it.
    pub base: Base,
}

/// Why RDF could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// `line` and `column` count from 1.
    #[error("{}{message}", place(*.line, *.column))]
    Syntax { line: Option<u64>, column: Option<u64>, message: String },
    #[error(transparent)]
    Input(#[from] io::Error),
}

fn place(line: Option<u64>, column: Option<u64>) -> String {
    match (line, column) {
        (Some(line), Some(column)) => format!("line {line}, column {column}: "),
        (Some(line), None) => format!("line {line}: "),
        _ => String::new(),
    }
}

/// Reads a graph. Without `base` the namespace is taken from the IRIs of its documents, or is
/// the default where there are none; entities of other namespaces keep their IRI as key.
///
/// # Errors
/// When the input cannot be read or is not valid in the syntax, with the place where known.
pub fn load(
    input: impl Read,
    syntax: Syntax,
    schema: &Schema,
    base: Option<&Base>,
) -> Result<Loaded, LoadError> {
    let mut facts = facts::Facts::new(schema);
    for quad in RdfParser::from_format(syntax.parser_format()).for_reader(input) {
        facts.add(quad.map_err(explain)?);
    }
    Ok(assemble::assemble(facts, base))
}

fn explain(error: RdfParseError) -> LoadError {
    match error {
        RdfParseError::Io(error) => LoadError::Input(error),
        RdfParseError::Syntax(error) => {
            let start = error.location().map(|range| range.start);
            LoadError::Syntax {
                line: start.map(|place| place.line + 1),
                column: start.map(|place| place.column + 1),
                message: error.to_string(),
            }
        }
    }
}
