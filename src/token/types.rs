//! What the tokenizer makes of a text.

use std::ops::Range;

use crate::span::ByteSpan;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, with inner hyphens, apostrophes and full stops ("Al-Nusra", "U.S.").
    Word,
    Number,
    /// One mark of punctuation or symbol.
    Mark,
}

/// How a word is capitalised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// No upper-case letter, or no letter at all.
    Lower,
    /// The first letter only ("Aleppo"), or the first of parts ("Al-Nusra").
    Capital,
    /// At least two letters, all upper-case ("US", "U.S.").
    Upper,
    /// Anything else ("iPhone", "McDonald").
    Mixed,
}

/// A word, a number or a mark. The possessive "'s" is a token of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub span: ByteSpan,
    pub kind: TokenKind,
    pub case: Case,
    /// Lower-case, typographic apostrophes made straight; markup residue left out.
    pub lower: Box<str>,
}

/// A sentence: its text span without surrounding white space, and its tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    pub span: ByteSpan,
    /// Indexes into [`Tokens::tokens`].
    pub tokens: Range<usize>,
    /// Index of the paragraph (prose block) in which it begins.
    pub paragraph: usize,
}

/// The tokens of a document's prose, by sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tokens {
    pub tokens: Vec<Token>,
    pub sentences: Vec<Sentence>,
}

/// "Joint Implementation Center" gives "JIC"; lower-case words count only when `all`.
pub fn initials(text: &str, words: &[Token], all: bool) -> String {
    words
        .iter()
        .filter(|word| word.kind == TokenKind::Word && (all || word.case != Case::Lower))
        .filter_map(|word| word.span.of(text).chars().next())
        .flat_map(char::to_uppercase)
        .collect()
}
