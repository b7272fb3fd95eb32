//! From text to a query: the prefixes that need no declaration, and errors that show the place.

use spargebra::{Query, SparqlParser};

use super::error::QueryError;
use super::syntax;
use crate::rdf::vocabulary::PREFIXES;

/// The prefix of the data's own IRIs; what it stands for follows the base.
pub const DATA_PREFIX: &str = "ngd";

/// Reads a SPARQL 1.1 query. All of [`PREFIXES`] are declared, `ngd:` stands for `base`, and
/// relative IRIs are resolved against `base`.
///
/// # Errors
/// [`QueryError::Syntax`] with line and column, [`QueryError::Base`] where `base` is no IRI.
pub fn parse(sparql: &str, base: &str) -> Result<Query, QueryError> {
    parser(base)?
        .parse_query(sparql)
        .map_err(|error| QueryError::Syntax(syntax::explain(sparql, base, &error.to_string())))
}

pub(super) fn parser(base: &str) -> Result<SparqlParser, QueryError> {
    let bad_base = |error: &dyn std::fmt::Display| QueryError::Base {
        iri: base.to_owned(),
        reason: error.to_string(),
    };
    let mut parser = SparqlParser::new().with_base_iri(base).map_err(|error| bad_base(&error))?;
    for (prefix, iri) in PREFIXES {
        parser = parser.with_prefix(*prefix, *iri).map_err(|error| bad_base(&error))?;
    }
    parser.with_prefix(DATA_PREFIX, base).map_err(|error| bad_base(&error))
}
