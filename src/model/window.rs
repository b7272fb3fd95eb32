//! Windows: the stretches of whole sentences that the encoder reads at once, and what it is
//! given of each word.

use std::ops::Range;

use crate::mention::Mention;
use crate::statement::MentionForm;
use crate::token::{Token, TokenKind, Tokens};

use super::labels::Labels;

/// Tokens of a document's window.
pub type Window = Range<usize>;

/// Whole sentences of together at most `longest` words, the two marks at the ends counted; a
/// longer sentence is cut. Every token is in one window.
pub fn cut(tokens: &Tokens, longest: usize) -> Vec<Window> {
    let most = longest.saturating_sub(2).max(1);
    let mut windows = Vec::new();
    let (mut start, mut at) = (0, 0);
    for sentence in &tokens.sentences {
        while at < sentence.tokens.end {
            let end = sentence.tokens.end.min(at + most);
            if end - start > most {
                windows.push(start..at);
                start = at;
            }
            at = end;
        }
    }
    if start < at {
        windows.push(start..at);
    }
    windows
}

/// The number of a word's shape: 0 is the mark at an end, 1 to 4 are words by case, 5 numbers,
/// 6 other marks.
pub fn shape(token: &Token) -> usize {
    match token.kind {
        TokenKind::Word => 1 + token.case as usize,
        TokenKind::Number => 5,
        TokenKind::Mark => 6,
    }
}

/// What the rules think of each token: (tag, subclass). A tag is 0 outside a name, 1 plus the
/// class where one begins, 5 plus the class where it goes on, 9 in an adjective of a country.
pub fn rule_tags(tokens: &Tokens, mentions: &[Mention], labels: &Labels) -> Vec<(usize, usize)> {
    let mut tags = vec![(0, 0); tokens.tokens.len()];
    for mention in mentions.iter().filter(|mention| mention.form != MentionForm::Pronoun) {
        if tags[mention.tokens.start].0 != 0 {
            continue;
        }
        let class = labels.class_number(mention.class);
        let subclass = labels.subclass_number(mention.subclass);
        for at in mention.tokens.clone() {
            let tag = match () {
                () if mention.demonym => 9,
                () if at == mention.tokens.start => 1 + class,
                () => 5 + class,
            };
            tags[at] = (tag, subclass);
        }
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::ontology::Ontology;
    use crate::token::tokenize;

    fn windows(text: &str, longest: usize) -> Vec<Window> {
        cut(&tokenize(&Document::prose(text), Ontology::builtin()), longest)
    }

    #[test]
    fn whole_sentences_share_a_window_while_they_fit() {
        let text = "One two three. Four five six. Seven eight nine.";
        assert_eq!(windows(text, 14), vec![Window { start: 0, end: 12 }]);
        assert_eq!(windows(text, 13), [0..8, 8..12]);
        assert_eq!(windows(text, 6), [0..4, 4..8, 8..12]);
    }

    #[test]
    fn a_sentence_that_is_too_long_is_cut() {
        assert_eq!(windows("a b c d e f g.", 5), [0..3, 3..6, 6..8]);
        assert!(windows("", 5).is_empty());
    }
}
