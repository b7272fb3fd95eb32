//! Quotations: what stands between quotation marks, and how one paragraph goes on with another.

use std::ops::Range;

use crate::token::{TokenKind, Tokens};

/// Fewer words between quotation marks are a term or a nickname.
const FEWEST_SPOKEN_WORDS: usize = 4;

/// The quotations of a document.
#[derive(Clone, Debug, Default)]
pub struct Quotations {
    /// For each token, whether it stands between quotation marks. The marks do not.
    pub inside: Vec<bool>,
    pub(super) all: Vec<Quotation>,
}

/// A stretch between two quotation marks, or from one to the end of its paragraph.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Quotation {
    /// Without the marks; not empty.
    pub tokens: Range<usize>,
    pub opens_paragraph: bool,
    pub closes_paragraph: bool,
    pub unclosed: bool,
    /// Long enough to be what somebody said.
    pub is_speech: bool,
}

/// Finds the quotations. Each ends with its paragraph at the latest.
pub fn quotations(text: &str, tokens: &Tokens) -> Quotations {
    let mut found = Quotations { inside: vec![false; tokens.tokens.len()], all: Vec::new() };
    for paragraph in tokens.sentences.chunk_by(|one, next| one.paragraph == next.paragraph) {
        let last = &paragraph[paragraph.len() - 1];
        read_paragraph(text, tokens, &(paragraph[0].tokens.start..last.tokens.end), &mut found);
    }
    found
}

fn read_paragraph(text: &str, tokens: &Tokens, paragraph: &Range<usize>, found: &mut Quotations) {
    let mut at = paragraph.start;
    while at < paragraph.end {
        let Some(mark) = opening(text, tokens, at, paragraph) else {
            at += 1;
            continue;
        };
        let close = (at + 1..paragraph.end).find(|&end| mark.closes(text, tokens, end));
        let end = match close {
            Some(end) => end,
            // A lone single quotation mark is an apostrophe or part of a name.
            None if mark.is_single => {
                at += 1;
                continue;
            }
            None => paragraph.end,
        };
        if end > at + 1 {
            let words = tokens.tokens[at + 1..end]
                .iter()
                .filter(|token| token.kind == TokenKind::Word)
                .count();
            // Final marks may follow the closing one.
            let behind = &tokens.tokens[(end + 1).min(paragraph.end)..paragraph.end];
            found.inside[at + 1..end].fill(true);
            found.all.push(Quotation {
                tokens: at + 1..end,
                opens_paragraph: at == paragraph.start,
                closes_paragraph: behind.iter().all(|token| token.kind == TokenKind::Mark),
                unclosed: close.is_none(),
                is_speech: words >= FEWEST_SPOKEN_WORDS,
            });
        }
        at = end + 1;
    }
}

struct OpeningMark {
    closing: &'static str,
    is_single: bool,
}

impl OpeningMark {
    /// A single mark closes only where no letter follows, since it is an apostrophe too.
    fn closes(&self, text: &str, tokens: &Tokens, at: usize) -> bool {
        let span = tokens.tokens[at].span;
        let one = span.of(text);
        // "“" may be closed by a straight mark, where a text mixes both.
        if !self.is_single {
            return one == self.closing || (self.closing == "”" && one == "\"");
        }
        let followed = text[span.end as usize..].chars().next().is_some_and(char::is_alphanumeric);
        one == self.closing && !followed
    }
}

/// The mark that opens a quotation at this token, if one does.
fn opening(
    text: &str,
    tokens: &Tokens,
    at: usize,
    paragraph: &Range<usize>,
) -> Option<OpeningMark> {
    let span = tokens.tokens[at].span;
    let double = |closing| Some(OpeningMark { closing, is_single: false });
    let closing = match span.of(text) {
        "“" => return double("”"),
        "\"" => return double("\""),
        "«" => return double("»"),
        "‘" => "’",
        "'" => "'",
        _ => return None,
    };
    let after_space = at == paragraph.start
        || text[..span.start as usize]
            .chars()
            .next_back()
            .is_some_and(|before| !before.is_alphanumeric());
    let before_word = text[span.end as usize..].chars().next().is_some_and(char::is_alphanumeric);
    (after_space && before_word).then_some(OpeningMark { closing, is_single: true })
}
