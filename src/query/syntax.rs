//! Where a query stops making sense, and what to do about it.
//!
//! The parser tells the farthest place at which it tried anything. For a keyword it reads as
//! many characters as the keyword has, so that place lies up to a dozen characters behind the
//! one that is wrong. Hence the query is parsed again with its words far apart: the farthest
//! place is then behind the wrong word, but before the next.

use std::ops::Range;

use super::error::SyntaxError;
use super::parse::{DATA_PREFIX, parser};
use crate::rdf::vocabulary::PREFIXES;

/// More than the longest keyword of SPARQL.
const GAP: &str = "                                ";

/// The words that begin or join the parts of a query.
pub const KEYWORDS: &[&str] = &[
    "ASK",
    "AS",
    "ASC",
    "AVG",
    "BASE",
    "BIND",
    "BOUND",
    "BY",
    "COALESCE",
    "CONCAT",
    "CONSTRUCT",
    "CONTAINS",
    "COUNT",
    "DESC",
    "DESCRIBE",
    "DISTINCT",
    "EXISTS",
    "FILTER",
    "FROM",
    "GRAPH",
    "GROUP",
    "GROUP_CONCAT",
    "HAVING",
    "IF",
    "IN",
    "LANG",
    "LCASE",
    "LIMIT",
    "MAX",
    "MIN",
    "MINUS",
    "NAMED",
    "NOT",
    "OFFSET",
    "OPTIONAL",
    "ORDER",
    "PREFIX",
    "REDUCED",
    "REGEX",
    "SAMPLE",
    "SELECT",
    "STR",
    "STRENDS",
    "STRSTARTS",
    "SUM",
    "UCASE",
    "UNION",
    "UNDEF",
    "VALUES",
    "WHERE",
    "YEAR",
];

/// Describes why `sparql` is no query. `message` is what the parser says of it.
pub(super) fn explain(sparql: &str, base: &str, message: &str) -> SyntaxError {
    let words = words(sparql);
    let (spaced, starts) = spaced(sparql, &words);
    let again = parser(base).ok().and_then(|parser| parser.parse_query(&spaced).err());
    let again = again.map_or_else(|| message.to_owned(), |error| error.to_string());
    let (place, expected) = farthest(&again, &spaced).unwrap_or((0, again.as_str()));
    let at = starts.partition_point(|start| *start <= place).saturating_sub(1);
    let word = words.get(at).cloned().unwrap_or(0..0);
    let behind_last =
        at + 1 >= words.len() && starts.get(at).is_none_or(|start| place >= *start + word.len());
    // The last word may be the wrong one all the same, when it is short.
    let ends_early = behind_last && (word.is_empty() || fits(sparql, base, word.end));
    let place = if ends_early { word.end } else { word.start };
    let line_start = sparql[..place].rfind('\n').map_or(0, |at| at + 1);
    let text = sparql[line_start..].lines().next().unwrap_or_default().to_owned();
    SyntaxError {
        line: sparql[..place].matches('\n').count() + 1,
        column: sparql[line_start..place].chars().count() + 1,
        text,
        message: reason(sparql, &words, &word, ends_early, expected),
    }
}

/// Whether what stands before `end` can begin a query: more spaces then lead the parser on to
/// their end.
fn fits(sparql: &str, base: &str, end: usize) -> bool {
    let longer = format!("{}{GAP}{GAP}", &sparql[..end]);
    let Some(error) = parser(base).ok().and_then(|parser| parser.parse_query(&longer).err()) else {
        return true;
    };
    farthest(&error.to_string(), &longer).is_some_and(|(place, _)| place == longer.len())
}

fn reason(
    sparql: &str,
    words: &[Range<usize>],
    word: &Range<usize>,
    ends_early: bool,
    expected: &str,
) -> String {
    let text = &sparql[word.clone()];
    if let Some(prefix) = undeclared_prefix(sparql, text) {
        let mut known: Vec<String> = PREFIXES.iter().map(|(name, _)| format!("{name}:")).collect();
        known.push(format!("{DATA_PREFIX}:"));
        return format!(
            "the prefix {prefix}: is not declared; write PREFIX {prefix}: <…> first, or use one \
             of {}",
            known.join(" ")
        );
    }
    // What the grammar says in a sentence is the reason; a list of tokens is not, because it
    // has only those that reach farthest.
    let list = expected.strip_prefix("one of ").unwrap_or(expected);
    let sentence = list.split(", ").find(|item| {
        item.split(' ').count() > 2 && !item.contains("..=") && !item.starts_with(['"', '['])
    });
    if let Some(sentence) = sentence {
        return sentence.to_owned();
    }
    if ends_early {
        return match open_bracket(sparql, words) {
            Some((bracket, line)) => {
                format!("the query ends here, but the {bracket} of line {line} is not closed")
            }
            None if words.is_empty() => "there is no query here".to_owned(),
            None => "the query ends here, but something must follow".to_owned(),
        };
    }
    if let Some(iri) = data_iri(sparql, word.start) {
        return format!("a name with '/' cannot follow a prefix; write <{iri}>");
    }
    let upper = text.to_uppercase();
    let near = KEYWORDS
        .iter()
        .filter(|keyword| **keyword != upper)
        .map(|keyword| (strsim::damerau_levenshtein(keyword, &upper), *keyword))
        .min();
    match near {
        Some((distance, keyword)) if distance <= upper.len() / 4 + usize::from(upper.len() > 2) => {
            format!("{text:?} is not understood here; did you mean {keyword}?")
        }
        _ => format!("{text:?} is not understood here"),
    }
}

/// Reads `error at LINE:COLUMN: expected …` as an offset in bytes and what was expected.
fn farthest<'m>(message: &'m str, text: &str) -> Option<(usize, &'m str)> {
    let (line, rest) = message.strip_prefix("error at ")?.split_once(':')?;
    let (column, expected) = rest.split_once(": expected ")?;
    let (line, column): (usize, usize) = (line.parse().ok()?, column.parse().ok()?);
    let start: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let line = text.get(start..)?;
    let skipped = line.chars().take(column.checked_sub(1)?).map(char::len_utf8).sum::<usize>();
    Some((start + skipped, expected))
}

fn undeclared_prefix<'t>(sparql: &str, word: &'t str) -> Option<&'t str> {
    let (prefix, _) = word.trim_start_matches(['^', '!', '(']).split_once(':')?;
    let name = !prefix.is_empty()
        && prefix.starts_with(char::is_alphabetic)
        && prefix.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    let declared = prefix == DATA_PREFIX
        || PREFIXES.iter().any(|(known, _)| *known == prefix)
        || sparql.to_lowercase().contains(&format!("prefix {}:", prefix.to_lowercase()));
    (name && !declared).then_some(prefix)
}

/// What was meant by `ngd:person/x`, which SPARQL reads as a path.
fn data_iri(sparql: &str, at: usize) -> Option<&str> {
    let start = sparql[..at].rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let name = sparql[start..].split_whitespace().next()?;
    let name = name.strip_prefix(DATA_PREFIX)?.strip_prefix(':')?;
    name.contains('/').then_some(name)
}

/// The last bracket that is open at the end, and its line.
fn open_bracket(sparql: &str, words: &[Range<usize>]) -> Option<(char, usize)> {
    let mut open = Vec::new();
    for word in words {
        match &sparql[word.clone()] {
            "{" | "(" | "[" => open.push(word.start),
            "}" | ")" | "]" => drop(open.pop()),
            _ => {}
        }
    }
    let at = open.pop()?;
    Some((sparql[at..].chars().next()?, sparql[..at].matches('\n').count() + 1))
}

/// The query with its words far apart and without comments, and where each word begins.
fn spaced(sparql: &str, words: &[Range<usize>]) -> (String, Vec<usize>) {
    let mut text = String::new();
    let mut starts = Vec::new();
    for word in words {
        starts.push(text.len());
        text.push_str(&sparql[word.clone()]);
        text.push_str(GAP);
    }
    (text, starts)
}

/// How many brackets are open at the end, less than 0 when too many are closed, and whether
/// there is a `{` at all; brackets in texts, IRIs and comments do not count.
pub fn brackets(sparql: &str) -> (i32, bool) {
    let (mut open, mut any) = (0, false);
    for word in words(sparql) {
        match &sparql[word] {
            "{" => {
                open += 1;
                any = true;
            }
            "(" | "[" => open += 1,
            "}" | ")" | "]" => open -= 1,
            _ => {}
        }
    }
    (open, any)
}

/// Splits a query where spaces make no difference; coarse where that is hard to tell.
fn words(sparql: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(first) = sparql[at..].chars().next() {
        let rest = &sparql[at..];
        let length = match first {
            _ if first.is_whitespace() => {
                at += first.len_utf8();
                continue;
            }
            '#' => {
                at += rest.find('\n').unwrap_or(rest.len());
                continue;
            }
            '"' | '\'' => {
                let text = text_length(rest, first);
                text + suffix_length(&rest[text..])
            }
            '<' => iri_length(rest).unwrap_or_else(|| run_length(rest, is_operator)),
            '{' | '}' | '(' | ')' | '[' | ']' | ',' | ';' | '.' => 1,
            _ if is_operator(first) => run_length(rest, is_operator),
            _ => {
                let run = run_length(rest, |c| {
                    !c.is_whitespace() && !is_operator(c) && !"{}()[],;\"'".contains(c)
                });
                // A stop at the end of a name ends the statement.
                let name = rest[..run].trim_end_matches('.').len();
                name.max(first.len_utf8())
            }
        };
        words.push(at..at + length);
        at += length;
    }
    words
}

fn is_operator(character: char) -> bool {
    "<>=!&|^*+/".contains(character)
}

fn run_length(text: &str, fits: impl Fn(char) -> bool) -> usize {
    text.find(|character| !fits(character)).unwrap_or(text.len()).max(1)
}

fn iri_length(text: &str) -> Option<usize> {
    let end = text.find(|c: char| c == '>' || c.is_whitespace() || "{}\"|^`".contains(c))?;
    text[end..].starts_with('>').then_some(end + 1)
}

/// The length of a quoted text with its quotes; to the end if it is not closed.
fn text_length(text: &str, quote: char) -> usize {
    let long: String = [quote; 3].iter().collect();
    if let Some(body) = text.strip_prefix(&long) {
        return body.find(&long).map_or(text.len(), |end| end + 6);
    }
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if character == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of a language or a datatype right behind a quoted text.
fn suffix_length(text: &str) -> usize {
    if let Some(datatype) = text.strip_prefix("^^") {
        return 2 + iri_length(datatype)
            .unwrap_or_else(|| run_length(datatype, |c| c.is_alphanumeric() || "_:-".contains(c)))
            .min(datatype.len());
    }
    if text.starts_with('@') {
        return run_length(text, |c| c.is_alphanumeric() || c == '-' || c == '@');
    }
    0
}
