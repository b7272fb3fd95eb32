//! Transcripts: paragraphs that a label in capitals opens ("MR. WARD:") are what the person of
//! that name says, and so is all that follows until the next label.

use std::ops::Range;

use crate::mention::Mention;
use crate::ontology::TopClass;
use crate::token::{Case, Token, TokenKind, Tokens};

/// A label is no longer than this, in tokens.
const LONGEST_LABEL: usize = 8;
/// One label alone may be a heading.
const FEWEST_LABELS: usize = 3;

pub(super) struct Turn {
    /// From behind the label to the next one.
    pub tokens: Range<usize>,
    /// `None` where the label names nobody whom the text names ("QUESTION:").
    pub speaker: Option<usize>,
}

/// The turns of a transcript; none in any other text.
pub(super) fn find(tokens: &Tokens, mentions: &[Mention]) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    for paragraph in tokens.sentences.chunk_by(|one, next| one.paragraph == next.paragraph) {
        // "MR." may end a sentence where nothing else tells.
        let first = paragraph[0].tokens.start;
        let paragraph = first..paragraph[paragraph.len() - 1].tokens.end;
        let Some(label) = label(&tokens.tokens, &paragraph) else { continue };
        if let Some(last) = turns.last_mut() {
            last.tokens.end = label.start;
        }
        let speaker = named_in(&tokens.tokens, mentions, &label);
        turns.push(Turn { tokens: label.end + 1..tokens.tokens.len(), speaker });
    }
    if turns.len() < FEWEST_LABELS {
        turns.clear();
    }
    turns
}

/// The label that opens a paragraph, without its colon.
fn label(tokens: &[Token], paragraph: &Range<usize>) -> Option<Range<usize>> {
    let reach = paragraph.end.min(paragraph.start + LONGEST_LABEL);
    let colon = (paragraph.start + 1..reach).find(|&at| &*tokens[at].lower == ":")?;
    let words = &tokens[paragraph.start..colon];
    let capitals = words.iter().all(|token| match token.kind {
        TokenKind::Word => {
            token.case == Case::Upper || (token.case == Case::Capital && token.lower.len() <= 2)
        }
        TokenKind::Mark => matches!(&*token.lower, "." | "-" | "’" | "'"),
        TokenKind::Number => false,
    });
    (capitals && words[0].kind == TokenKind::Word).then_some(paragraph.start..colon)
}

/// The person whom the label names, in it or, by the surname, anywhere in the text.
fn named_in(tokens: &[Token], mentions: &[Mention], label: &Range<usize>) -> Option<usize> {
    let persons = || {
        mentions
            .iter()
            .enumerate()
            .filter(|(_, mention)| mention.class == TopClass::Person)
            .filter(|(_, mention)| mention.stands_for.is_none())
    };
    let inside = persons().find(|(_, mention)| {
        label.start <= mention.tokens.start && mention.tokens.end <= label.end
    });
    let surname = &tokens[label.end - 1].lower;
    let by_surname = || {
        persons().find(|(_, mention)| {
            tokens[mention.tokens.clone()].last().is_some_and(|last| last.lower == *surname)
        })
    };
    inside.or_else(by_surname).map(|(index, _)| index)
}
