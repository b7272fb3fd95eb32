//! Whether a statement is affirmed or denied, and whether it is put as a fact: decided by
//! cues in the clause around the words that express it.

use std::ops::Range;

use crate::ontology::{Lexicon, Ontology};
use crate::statement::{Modality, Polarity};
use crate::token::{Token, TokenKind};

/// How far back a cue reaches, in tokens.
const REACH: usize = 9;

/// Polarity and modality of a statement with the verb and what follows it in the tokens `words` of
/// a sentence; nothing before `floor` bears on it.
///
/// A verb of denial counts only before the statement: "rejected the treaty" is no denial of
/// the rejection. It bears on a clause that it introduces ("denied that …").
pub fn assess(
    tokens: &[Token],
    sentence: &Range<usize>,
    floor: usize,
    words: Range<usize>,
    ontology: &Ontology,
) -> (Polarity, Modality) {
    let Range { start, end } = words;
    let lexicon = &ontology.lexicon;
    let from = clause_start(tokens, floor, start, lexicon);
    let clause = &tokens[from..end];
    let denied = is_denied(tokens, from..end, mark_before(tokens, floor, start)..start, lexicon);
    let polarity = if denied { Polarity::Denied } else { Polarity::Affirmed };
    let modality = if has_cue(clause, lexicon, "modality_alleged") {
        Modality::Alleged
    } else if has_cue(clause, lexicon, "modality_planned") {
        // "will sign unless …", "plans to sign if …".
        match has_cue(&tokens[end..sentence.end.max(end)], lexicon, "conditions_behind") {
            true => Modality::Conditional,
            false => Modality::Planned,
        }
    } else if has_cue(clause, lexicon, "modality_conditional") {
        Modality::Conditional
    } else {
        Modality::Asserted
    };
    (polarity, modality)
}

/// Whether the words of a clause and what introduces it deny it. Two denials cancel out: "failed
/// to stop", "did not hesitate to", "there is no doubt that".
fn is_denied(
    tokens: &[Token],
    clause: Range<usize>,
    introduced: Range<usize>,
    lexicon: &Lexicon,
) -> bool {
    const BEFORE_VERB: usize = 3;
    let from = clause.start.min(introduced.start);
    let negations: Vec<usize> =
        (from..clause.end).filter(|&at| negates(tokens, at, clause.end, lexicon)).collect();
    let verbs: Vec<usize> =
        introduced.filter(|&at| denies(tokens, at, clause.end, lexicon)).collect();
    // A negation that stands before a verb of denial is spent on it.
    let is_spent = |negation: usize| {
        verbs.iter().any(|&verb| (negation + 1..=negation + BEFORE_VERB).contains(&verb))
    };
    let is_cancelled =
        |verb: usize| negations.iter().any(|&at| (at + 1..=at + BEFORE_VERB).contains(&verb));
    let negated = negations.iter().any(|&at| clause.contains(&at) && !is_spent(at));
    let denials = verbs.iter().filter(|&&verb| !is_cancelled(verb)).count();
    (usize::from(negated) + denials) % 2 == 1
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
            // "is said to have" goes on.
            let goes_on = tokens.get(at + 1).is_some_and(|next| &*next.lower == "to");
            breaks_clause(token) || (breaks.contains(&token.lower) && !goes_on)
        })
        .map_or(lowest, |at| at + 1)
}

/// Whether a word of the clause denies what is behind it.
pub fn is_negated(clause: &[Token], lexicon: &Lexicon) -> bool {
    (0..clause.len()).any(|at| negates(clause, at, clause.len(), lexicon))
}

/// Whether the token denies what is behind it: "not" does, "not only" does not.
fn negates(tokens: &[Token], at: usize, end: usize, lexicon: &Lexicon) -> bool {
    let token = &tokens[at];
    let next = tokens[..end].get(at + 1).map(|next| &*next.lower);
    (lexicon.list("negations").contains(&token.lower) || token.lower.ends_with("n't"))
        && !matches!(next, Some("only" | "just" | "least"))
}

/// Whether a verb of denial begins at the token. Some deny only what a noun of speech behind them
/// introduces: "rejected claims that".
fn denies(tokens: &[Token], at: usize, end: usize, lexicon: &Lexicon) -> bool {
    const NOUN_REACH: usize = 3;
    let list = lexicon.list("denial_verbs");
    let mut phrase = String::new();
    tokens[at..end.min(at + 3)].iter().any(|token| {
        if !phrase.is_empty() {
            phrase.push(' ');
        }
        phrase.push_str(&token.lower);
        match list.value(&phrase) {
            Some("noun") => tokens[at + 1..end.min(at + 1 + NOUN_REACH)]
                .iter()
                .any(|noun| lexicon.list("claim_nouns").contains(&noun.lower)),
            Some(_) => true,
            None => false,
        }
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
