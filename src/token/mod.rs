//! Sentences and words of a document's prose.

mod sentences;
mod types;
mod words;

pub use types::{Case, Sentence, Token, TokenKind, Tokens, initials};

use crate::document::{BlockKind, Document};
use crate::ontology::Ontology;

/// Splits the prose of a document into words and sentences.
///
/// Markup residue belongs to no token; a sentence goes on over a paragraph break where the
/// reader saw that it does.
pub fn tokenize(document: &Document, ontology: &Ontology) -> Tokens {
    let text = document.text();
    let mut out = Tokens::default();
    let mut paragraph = 0;
    let mut start = 0;
    for block in &document.blocks {
        match block.kind {
            BlockKind::Title | BlockKind::Furniture => continue,
            BlockKind::Prose if block.continues => {}
            BlockKind::Prose | BlockKind::Dateline => {
                sentences::split(text, &mut out, start, paragraph, &ontology.lexicon);
                start = out.tokens.len();
                paragraph += 1;
            }
        }
        words::split(text, block.span, &document.residue, ontology, &mut out.tokens);
    }
    sentences::split(text, &mut out, start, paragraph, &ontology.lexicon);
    out
}
