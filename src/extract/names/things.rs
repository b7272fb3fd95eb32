//! What is written like a name and names no person, organization or place: products and storms
//! with names of their own, the model of a maker, the index of an exchange, a channel.

use std::collections::HashSet;

use crate::ontology::Ontology;
use crate::token::{Case, Token, TokenKind};

use super::{phrases, words::Words};

/// The words that begin things, to ask for few.
pub fn openers(ontology: &Ontology) -> HashSet<&str> {
    let phrases = ontology.lexicon.list("things").phrases();
    phrases.iter().filter_map(|phrase| phrase.split(' ').next()).collect()
}

/// The end of a thing that begins at `at`: "Hurricane Katrina", "iPod Nano", "US dollars".
pub fn end(words: &Words<'_>, at: usize, end: usize) -> Option<usize> {
    let lexicon = &words.ontology.lexicon;
    let (length, _) = phrases::listed(lexicon, "things", words.tokens, at, end)?;
    Some(words.capital_run(at + length, end))
}

/// Whether what follows a known organization makes both together the name of a thing: "Boeing
/// 777", "Air France Flight 447", "FTSE index".
pub fn is_of_a_thing(words: &Words<'_>, after: usize, end: usize) -> bool {
    let Some(next) = words.tokens.get(after).filter(|_| after < end) else { return false };
    let lexicon = &words.ontology.lexicon;
    let model = |token: &Token| {
        token.kind == TokenKind::Number
            || token.case != Case::Lower && token.lower.bytes().any(|byte| byte.is_ascii_digit())
    };
    let numbered = words.tokens.get(after + 1).is_some_and(model)
        && lexicon.list("numbered_things").contains(&next.lower);
    model(next) || numbered || lexicon.list("thing_nouns").contains(&next.lower)
}

/// Whether the organization from `at` to `after` is only where something was said or shown: "on
/// Twitter", "its Facebook page".
pub fn is_channel(words: &Words<'_>, at: usize, after: usize) -> bool {
    let lexicon = &words.ontology.lexicon;
    if after != at + 1 || !lexicon.list("channels").contains(&words.tokens[at].lower) {
        return false;
    }
    let cues = lexicon.list("channel_cues");
    let beside = |at: Option<usize>, side: &str| {
        at.and_then(|at| words.tokens.get(at))
            .is_some_and(|token| cues.value(&token.lower) == Some(side))
    };
    beside(at.checked_sub(1), "before") || beside(Some(after), "behind")
}
