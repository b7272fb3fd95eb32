//! What can go wrong with a query: its syntax, its evaluation, a limit, the way to the reader.

use std::time::Duration;

use spareval::QueryEvaluationError;

/// Why a query gave no answer, or not all of it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum QueryError {
    /// The text is no SPARQL query.
    #[error("{0}")]
    Syntax(SyntaxError),
    /// A prefix or a base that is no IRI.
    #[error("{iri:?} cannot be the base of the data's IRIs: {reason}; give an absolute IRI")]
    Base { iri: String, reason: String },
    /// The time ran out. Rows written before that are valid but not complete.
    #[error(
        "the query was stopped after {} s; make it more selective (name an entity or a relation), \
         or allow more time",
        .0.as_secs_f64()
    )]
    TimeLimit(Duration),
    /// The evaluator refused, for instance a `SERVICE`, which would need a network.
    #[error("the query cannot be evaluated: {0}")]
    Evaluation(#[source] QueryEvaluationError),
    /// A table format was asked for a graph, or the other way round.
    #[error("a {query} query gives {result}, which {format} cannot hold; use one of {formats}")]
    Format { query: &'static str, result: &'static str, format: String, formats: &'static str },
    /// No such example.
    #[error("there is no example query {name:?}{hint}")]
    Example { name: String, hint: String },
    /// The answer could not be written.
    #[error("the answer cannot be written: {0}")]
    Io(#[from] std::io::Error),
}

/// Where a query stops making sense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// The text of that line.
    pub text: String,
    /// What would have been understood there.
    pub message: String,
}

impl std::fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "the query is wrong at line {}, column {}", self.line, self.column)?;
        // Tabs are kept in the margin, so that the caret stands below its character in any
        // terminal.
        let margin: String = self
            .text
            .chars()
            .take(self.column.saturating_sub(1))
            .map(|character| if character == '\t' { '\t' } else { ' ' })
            .collect();
        let number = self.line.to_string();
        writeln!(f, "{number} | {}", self.text)?;
        writeln!(f, "{} | {margin}^", " ".repeat(number.len()))?;
        write!(f, "{}", self.message)
    }
}
