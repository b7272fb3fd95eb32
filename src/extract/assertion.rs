//! Whether a statement is affirmed or denied, and whether it is put as a fact: decided by
//! cues in the clause around the words that express it.

use crate::ontology::{Lexicon, Ontology};
use crate::statement::{Modality, Polarity};
use crate::token::{Token, TokenKind};

/// How far back a cue reaches, in tokens.
const REACH: usize = 9;

/// Polarity and modality of a statement whose words are the tokens `start..end` of a
/// sentence that begins at `floor`.
///
/// A verb of denial counts only before the statement: "rejected the treaty" is no denial of
/// the rejection. It bears on a clause that it introduces ("denied that …").
pub fn assess(
    tokens: &[Token],
    floor: usize,
    start: usize,
    end: usize,
    ontology: &Ontology,
) -> (Polarity, Modality) {
    let lexicon = &ontology.lexicon;
    let from = clause_start(tokens, floor, start, lexicon);
    let clause = &tokens[from..end];
    let introduced = &tokens[mark_before(tokens, floor, start)..start];
    let denied = is_negated(clause, lexicon) || has_cue(introduced, lexicon, "denial_verbs");
    let polarity = if denied { Polarity::Denied } else { Polarity::Affirmed };
    let modality = if has_cue(clause, lexicon, "modality_alleged") {
        Modality::Alleged
    } else if has_cue(clause, lexicon, "modality_planned") {
        Modality::Planned
    } else if has_cue(clause, lexicon, "modality_conditional") {
        Modality::Conditional
    } else {
        Modality::Asserted
    };
    (polarity, modality)
}

/// Goes back from `start` to the last mark of punctuation.
fn mark_before(tokens: &[Token], floor: usize, start: usize) -> usize {
    let lowest = start.saturating_sub(REACH).max(floor);
    (lowest..start).rev().find(|&at| breaks_clause(&tokens[at])).map_or(lowest, |at| at + 1)
}

fn breaks_clause(token: &Token) -> bool {
    token.kind == TokenKind::Mark && !matches!(&*token.lower, "-" | "–" | "'" | "’" | "(" | ")")
}

/// Goes back from `start` to the mark or conjunction that opens its clause.
fn clause_start(tokens: &[Token], floor: usize, start: usize, lexicon: &Lexicon) -> usize {
    let lowest = start.saturating_sub(REACH).max(floor);
    let breaks = lexicon.list("clause_breaks");
    (lowest..start)
        .rev()
        .find(|&at| {
            let token = &tokens[at];
            breaks_clause(token) || breaks.contains(&token.lower)
        })
        .map_or(lowest, |at| at + 1)
}

/// Whether a word of the clause denies what is behind it.
pub fn is_negated(clause: &[Token], lexicon: &Lexicon) -> bool {
    let list = lexicon.list("negations");
    clause.iter().enumerate().any(|(at, token)| {
        let next = clause.get(at + 1).map(|next| &*next.lower);
        (list.contains(&token.lower) || token.lower.ends_with("n't"))
            && !matches!(next, Some("only" | "just" | "least"))
    })
}

fn has_cue(clause: &[Token], lexicon: &Lexicon, list: &str) -> bool {
    let list = lexicon.list(list);
    (0..clause.len()).any(|at| {
        let mut phrase = String::new();
        clause[at..clause.len().min(at + 3)].iter().any(|token| {
            if !phrase.is_empty() {
                phrase.push(' ');
            }
            phrase.push_str(&token.lower);
            list.contains(&phrase)
        })
    })
}
