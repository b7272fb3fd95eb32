//! Finds where sentences end.

use super::types::{Case, Sentence, Token, TokenKind, Tokens};
use crate::ontology::Lexicon;
use crate::span::ByteSpan;

/// Splits the tokens from `start` on, one paragraph, into sentences.
pub fn split(text: &str, out: &mut Tokens, start: usize, paragraph: usize, lexicon: &Lexicon) {
    let tokens = &out.tokens;
    let mut begin = start;
    let mut at = start;
    while at < tokens.len() {
        let mut end = at + 1;
        if ends_sentence(text, tokens, at, lexicon) {
            while end < tokens.len() && closes(text, tokens, end) {
                end += 1;
            }
            if end >= tokens.len() || begins_sentence(tokens, end) {
                out.sentences.push(sentence(tokens, begin, end, paragraph));
                begin = end;
            }
        }
        at = end;
    }
    if begin < tokens.len() {
        out.sentences.push(sentence(tokens, begin, tokens.len(), paragraph));
    }
}

fn sentence(tokens: &[Token], begin: usize, end: usize, paragraph: usize) -> Sentence {
    let span = ByteSpan { start: tokens[begin].span.start, end: tokens[end - 1].span.end };
    Sentence { span, tokens: begin..end, paragraph }
}

fn ends_sentence(text: &str, tokens: &[Token], at: usize, lexicon: &Lexicon) -> bool {
    let token = &tokens[at];
    match token.kind {
        TokenKind::Mark => matches!(&*token.lower, "." | "!" | "?" | "…"),
        TokenKind::Word if token.lower.ends_with('.') => {
            // An abbreviation ends a sentence only before a word that hardly ever follows it
            // inside one.
            let next = &tokens.get(at + 1);
            let word = token.span.of(text);
            let initial = word.chars().filter(|mark| mark.is_alphabetic()).count() == 1;
            !initial
                && next.is_none_or(|next| {
                    next.kind == TokenKind::Word
                        && next.case == Case::Capital
                        && lexicon.list("sentence_openers").contains(&next.lower)
                        && !lexicon.list("title_abbreviations").contains(&token.lower)
                })
        }
        _ => false,
    }
}

/// A closing quotation mark or bracket directly behind the end of a sentence.
fn closes(text: &str, tokens: &[Token], at: usize) -> bool {
    let adjacent = tokens[at - 1].span.end == tokens[at].span.start;
    match tokens[at].span.of(text) {
        "”" | "’" | ")" | "]" | "»" => true,
        "\"" | "'" | "." | "!" | "?" => adjacent,
        _ => false,
    }
}

fn begins_sentence(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    match token.kind {
        TokenKind::Word => token.case != Case::Lower || is_prefixed_name(&token.lower),
        TokenKind::Number => true,
        TokenKind::Mark => !matches!(&*token.lower, "," | ";" | ":" | "-" | "–" | "—" | ")"),
    }
}

/// "al-Qaeda" may open a sentence although it does not look like it.
fn is_prefixed_name(lower: &str) -> bool {
    lower.starts_with("al-") || lower.starts_with("el-")
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::ontology::Ontology;
    use crate::token::tokenize;

    fn sentences(text: &str) -> Vec<String> {
        let document = Document::prose(text);
        let tokens = tokenize(&document, Ontology::builtin());
        tokens.sentences.iter().map(|sentence| sentence.span.of(text).to_owned()).collect()
    }

    fn words(text: &str) -> Vec<String> {
        let document = Document::prose(text);
        let tokens = tokenize(&document, Ontology::builtin());
        tokens.tokens.iter().map(|token| token.span.of(text).to_owned()).collect()
    }

    #[test]
    fn abbreviations_and_initials_end_no_sentence() {
        assert_eq!(
            sentences("Mr. J. Smith of the U.S. Senate left. He said: \"I go.\" Then he went."),
            ["Mr. J. Smith of the U.S. Senate left.", "He said: \"I go.\"", "Then he went."]
        );
        assert_eq!(
            sentences("They sued Acme Inc. The court agreed."),
            ["They sued Acme Inc.", "The court agreed."]
        );
    }

    #[test]
    fn a_question_inside_a_sentence_does_not_end_it() {
        assert_eq!(sentences("\"Why?\" she asked. Nobody spoke.").len(), 2);
    }

    #[test]
    fn names_come_apart_from_what_is_joined_to_them() {
        assert_eq!(
            words("US-led Al-Nusra's anti-government 1,200.5 U.S."),
            ["US", "-", "led", "Al-Nusra", "'s", "anti-government", "1,200.5", "U.S."]
        );
    }
}
