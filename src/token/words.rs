//! Splits text into words, numbers and marks.

use super::types::{Case, Token, TokenKind};
use crate::ontology::{Ontology, TopClass};
use crate::span::ByteSpan;

/// Appends the tokens of `block` to `out`. `residue` is sorted and skipped.
pub fn split(
    text: &str,
    block: ByteSpan,
    residue: &[ByteSpan],
    ontology: &Ontology,
    out: &mut Vec<Token>,
) {
    let end = block.end as usize;
    let mut at = block.start as usize;
    let mut next_residue = residue.partition_point(|span| span.end as usize <= at);
    while at < end {
        while next_residue < residue.len() && (residue[next_residue].end as usize) <= at {
            next_residue += 1;
        }
        let mut limit = end;
        if let Some(span) = residue.get(next_residue) {
            if (span.start as usize) <= at {
                at = (span.end as usize).min(end);
                continue;
            }
            limit = limit.min(span.start as usize);
        }
        let Some(first) = text[at..limit].chars().next() else { break };
        if first.is_alphabetic() {
            let length = word_length(&text[at..limit], ontology);
            push_word(text, at, at + length, ontology, out);
            at += length;
        } else if first.is_ascii_digit() {
            let length = number_length(&text[at..limit]);
            out.push(token(text, at, at + length, TokenKind::Number));
            at += length;
        } else if first.is_whitespace() || first.is_control() || is_invisible(first) {
            at += first.len_utf8();
        } else {
            let possessive = is_apostrophe(first)
                && text[at + first.len_utf8()..limit].starts_with(['s', 'S'])
                && !text[at + first.len_utf8() + 1..limit].starts_with(char::is_alphanumeric)
                && out.last().is_some_and(|last| last.span.end as usize == at);
            let length = first.len_utf8() + usize::from(possessive);
            let kind = if possessive { TokenKind::Word } else { TokenKind::Mark };
            out.push(token(text, at, at + length, kind));
            at += length;
        }
    }
}

pub fn is_apostrophe(mark: char) -> bool {
    matches!(mark, '\'' | '’' | '‘' | '`' | 'ʼ')
}

fn is_hyphen(mark: char) -> bool {
    matches!(mark, '-' | '‐' | '‑')
}

fn is_invisible(mark: char) -> bool {
    matches!(mark, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{2060}')
}

/// Length in bytes of the word at the start of `rest`: letters and digits, inner apostrophes
/// and hyphens, the full stops of abbreviations.
fn word_length(rest: &str, ontology: &Ontology) -> usize {
    let mut length = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, mark)) = chars.next() {
        let after = chars.peek().map(|(_, next)| *next);
        if mark.is_alphanumeric() || is_combining(mark) {
            length = at + mark.len_utf8();
        } else if is_apostrophe(mark) {
            let tail = &rest[at + mark.len_utf8()..];
            let Some(next) = after.filter(|next| next.is_alphabetic()) else { break };
            let ends_word = !tail[next.len_utf8()..].starts_with(char::is_alphanumeric);
            if matches!(next, 's' | 'S') && ends_word {
                break; // The possessive is a token of its own.
            }
        } else if is_hyphen(mark) {
            if !after.is_some_and(char::is_alphanumeric) {
                break;
            }
        } else if mark == '.' {
            let word = &rest[..at];
            // "EU-U.S." ends in an abbreviation.
            let part = word.rsplit(is_hyphen).next().unwrap_or(word);
            let dotted = after.is_some_and(char::is_alphabetic) && is_dotted_so_far(part);
            let closes = is_dotted_so_far(part) && part.contains('.');
            let initial = word.chars().count() == 1 && word.starts_with(char::is_uppercase);
            if dotted {
                continue;
            }
            if closes || initial || ontology.lexicon.list("abbreviations").contains(word) {
                length = at + 1;
            }
            break;
        } else {
            break;
        }
    }
    length.max(rest.chars().next().map_or(0, char::len_utf8))
}

fn is_combining(mark: char) -> bool {
    matches!(mark, '\u{300}'..='\u{36f}')
}

/// "U", "U.S", "a.m": single letters between full stops.
fn is_dotted_so_far(word: &str) -> bool {
    word.split('.').all(|part| {
        let mut letters = part.chars();
        letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
    })
}

fn number_length(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut length = 0;
    while length < bytes.len() {
        let inner = matches!(bytes[length], b'.' | b',' | b':')
            && bytes.get(length + 1).is_some_and(u8::is_ascii_digit);
        if bytes[length].is_ascii_alphanumeric() || inner {
            length += 1;
        } else {
            break;
        }
    }
    length
}

/// Adds a word, taken apart at the hyphens that join a name to something that is not part
/// of it: "US-led", "pro-Russian", "US-Russia".
fn push_word(text: &str, start: usize, end: usize, ontology: &Ontology, out: &mut Vec<Token>) {
    let word = &text[start..end];
    if let Some((at, mark)) = word.char_indices().rev().find(|(_, mark)| is_hyphen(*mark)) {
        let (left, right) = (&word[..at], &word[at + mark.len_utf8()..]);
        if parts_at_hyphen(left, right, ontology) {
            push_word(text, start, start + at, ontology, out);
            out.push(token(text, start + at, start + at + mark.len_utf8(), TokenKind::Mark));
            out.push(token(text, start + at + mark.len_utf8(), end, TokenKind::Word));
            return;
        }
    }
    out.push(token(text, start, end, TokenKind::Word));
}

fn parts_at_hyphen(left: &str, right: &str, ontology: &Ontology) -> bool {
    let capital = |part: &str| part.starts_with(char::is_uppercase);
    match (capital(left), capital(right)) {
        (true, false) => right.chars().count() > 2 && !right.starts_with(char::is_numeric),
        (false, true) => ontology.lexicon.list("hyphen_prefixes").contains(left),
        (true, true) => {
            let class = |part: &str| {
                let found = ontology.gazetteer.longest_match(std::iter::once(part))?;
                Some(ontology.gazetteer.entry(found.entries[0]).class)
            };
            // "EU-U.S." as well as "US-Russia"; a body in capitals only ("Paris-Match" is one).
            let joins = |part: &str| match class(part) {
                Some(TopClass::Place) => true,
                Some(TopClass::Organization) => case_of(part) == Case::Upper,
                _ => false,
            };
            joins(left)
                && joins(right)
                && [left, right].iter().any(|part| class(part) == Some(TopClass::Place))
        }
        (false, false) => false,
    }
}

fn token(text: &str, start: usize, end: usize, kind: TokenKind) -> Token {
    let surface = &text[start..end];
    let case = if kind == TokenKind::Word { case_of(surface) } else { Case::Lower };
    let lower = match case {
        Case::Lower if surface.is_ascii() => surface.into(),
        _ if surface.is_ascii() => surface.to_ascii_lowercase().into_boxed_str(),
        _ => surface
            .chars()
            .flat_map(|mark| {
                let mark = if is_apostrophe(mark) { '\'' } else { mark };
                mark.to_lowercase()
            })
            .collect::<String>()
            .into_boxed_str(),
    };
    Token { span: ByteSpan::new(start, end), kind, case, lower }
}

fn case_of(word: &str) -> Case {
    let (mut upper, mut lower, mut inner) = (0, 0, 0);
    let mut at_start = true;
    let mut first = true;
    let mut first_upper = false;
    for mark in word.chars() {
        if mark.is_uppercase() {
            upper += 1;
            first_upper |= first;
            inner += usize::from(!at_start);
        } else if mark.is_lowercase() {
            lower += 1;
        }
        at_start = !mark.is_alphanumeric();
        first = false;
    }
    match (upper, lower) {
        (0, _) => Case::Lower,
        (2.., 0) => Case::Upper,
        _ if first_upper && inner == 0 => Case::Capital,
        _ => Case::Mixed,
    }
}
