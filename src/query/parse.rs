//! From text to a query: the prefixes that need no declaration, and errors that show the place.

use spargebra::{Query, SparqlParser};

use super::error::{QueryError, SyntaxError};
use crate::rdf::vocabulary::PREFIXES;

/// The prefix of the data's own IRIs; what it stands for follows the base.
pub const DATA_PREFIX: &str = "ngd";

/// How many of the things that would fit are named in an error: the grammar knows up to a
/// hundred, and nobody reads them.
const MOST_EXPECTED: usize = 12;

/// Reads a SPARQL 1.1 query. All of [`PREFIXES`] are declared, `ngd:` stands for `base`, and
/// relative IRIs are resolved against `base`.
///
/// # Errors
/// [`QueryError::Syntax`] with line and column, [`QueryError::Base`] where `base` is no IRI.
pub fn parse(sparql: &str, base: &str) -> Result<Query, QueryError> {
    let bad_base = |error: &dyn std::fmt::Display| QueryError::Base {
        iri: base.to_owned(),
        reason: error.to_string(),
    };
    let mut parser = SparqlParser::new().with_base_iri(base).map_err(|error| bad_base(&error))?;
    for (prefix, iri) in PREFIXES {
        parser = parser.with_prefix(*prefix, *iri).map_err(|error| bad_base(&error))?;
    }
    parser = parser.with_prefix(DATA_PREFIX, base).map_err(|error| bad_base(&error))?;
    parser
        .parse_query(sparql)
        .map_err(|error| QueryError::Syntax(locate(sparql, &error.to_string())))
}

/// The parser keeps the place to itself and only tells it in its message,
/// `error at LINE:COLUMN: expected …`.
fn locate(sparql: &str, message: &str) -> SyntaxError {
    let place = message.strip_prefix("error at ").and_then(|rest| {
        let (line, rest) = rest.split_once(':')?;
        let (column, rest) = rest.split_once(": expected ")?;
        Some((line.parse().ok()?, column.parse().ok()?, rest))
    });
    let Some((line, column, expected)) = place else {
        let text = sparql.lines().next().unwrap_or_default().to_owned();
        return SyntaxError { line: 1, column: 1, text, message: message.to_owned() };
    };
    let text = sparql.lines().nth(line - 1).unwrap_or_default().to_owned();
    let rest: String = text.chars().skip(column - 1).collect();
    let message = match undeclared_prefix(sparql, &text, &rest) {
        Some(prefix) => format!(
            "the prefix {prefix}: is not declared; write PREFIX {prefix}: <…> first, or use one \
             of {}",
            known_prefixes()
        ),
        None => describe_expected(expected, rest.trim_end()),
    };
    SyntaxError { line, column, text, message }
}

/// The parser stops at a name whose prefix it does not know as if it were a misplaced word.
fn undeclared_prefix(sparql: &str, line: &str, rest: &str) -> Option<String> {
    let from_start_of_word = {
        let before = &line[..line.len() - rest.len()];
        let start = before
            .rfind(|character: char| !(character.is_alphanumeric() || "-_.:".contains(character)))
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        &line[start..]
    };
    let (prefix, _) = from_start_of_word.split_once(':')?;
    let name_like = prefix.chars().all(|character| character.is_alphanumeric() || character == '-');
    let declared = prefix == DATA_PREFIX
        || PREFIXES.iter().any(|(known, _)| *known == prefix)
        || sparql.to_lowercase().contains(&format!("prefix {}:", prefix.to_lowercase()));
    (name_like && !prefix.is_empty() && !declared).then(|| prefix.to_owned())
}

fn known_prefixes() -> String {
    let mut names: Vec<String> = PREFIXES.iter().map(|(prefix, _)| format!("{prefix}:")).collect();
    names.push(format!("{DATA_PREFIX}:"));
    names.join(" ")
}

fn describe_expected(expected: &str, rest: &str) -> String {
    let found = match rest.split_whitespace().next() {
        Some(word) => format!("found {word:?}"),
        None => "the line ends here".to_owned(),
    };
    let list = expected.strip_prefix("one of ").unwrap_or(expected);
    let all: Vec<&str> = list.split(", ").collect();
    let shown = all.iter().take(MOST_EXPECTED).copied().collect::<Vec<_>>().join(", ");
    let more = if all.len() > MOST_EXPECTED { ", …" } else { "" };
    format!("{found}; expected {shown}{more}")
}
