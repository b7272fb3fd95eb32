//! Sentences and words of a document's prose.

mod types;

pub use types::{Case, Sentence, Token, TokenKind, Tokens};
