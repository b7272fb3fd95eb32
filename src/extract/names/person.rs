//! The names of persons: how far one reaches, and whether words look like one.

use crate::token::{Case, TokenKind};

use super::scan::Words;

const LONGEST: usize = 5;

/// The end of a person's name that begins at `at`: capitalised words, initials, particles.
pub fn reach(words: &Words<'_>, at: usize, end: usize) -> usize {
    let lexicon = &words.ontology.lexicon;
    let particles = lexicon.list("name_particles");
    let suffixes = lexicon.list("name_suffixes");
    let mut reached = at;
    while reached < end && reached - at < LONGEST {
        let token = &words.tokens[reached];
        if words.is_capital(reached) && !is_boundary(words, reached, at) {
            reached += 1;
        } else if reached > at
            && token.case == Case::Lower
            && particles.contains(&token.lower)
            && words.is_capital(reached + 1)
            && reached + 1 < end
        {
            reached += 2;
        } else {
            break;
        }
    }
    // "Jr." after a comma.
    if reached > at
        && reached + 1 < end
        && &*words.tokens[reached].lower == ","
        && suffixes.contains(&words.tokens[reached + 1].lower)
    {
        reached += 2;
    }
    reached
}

/// A word that no name of a person goes over: a title, a head word, a day, an acronym.
fn is_boundary(words: &Words<'_>, at: usize, start: usize) -> bool {
    let token = &words.tokens[at];
    let lexicon = &words.ontology.lexicon;
    if lexicon.list("calendar").contains(&token.lower) {
        return true;
    }
    if at == start {
        return false;
    }
    let acronym = token.case == Case::Upper && !token.lower.contains('.') && token.lower.len() > 2;
    acronym
        || (lexicon.list("titles_before_name").contains(&token.lower)
            && !lexicon.list("surnames").contains(&token.lower))
        || lexicon.list("person_boundaries").contains(&token.lower)
}

/// Whether the words from `start` to `end` look like a person's name: a known first name, or
/// an initial, with more behind it.
pub fn looks_like(words: &Words<'_>, start: usize, end: usize) -> bool {
    if end - start < 2 {
        return false;
    }
    let lexicon = &words.ontology.lexicon;
    let first = &words.tokens[start];
    let known_first = lexicon.list("first_names").contains(&first.lower)
        || first.lower.split('-').any(|part| lexicon.list("first_names").contains(part));
    let last = &words.tokens[end - 1];
    let initial = words.tokens[start..end].iter().any(|token| is_initial(&token.lower));
    known_first && !lexicon.list("org_heads").contains(&last.lower) || initial
}

fn is_initial(lower: &str) -> bool {
    lower.len() >= 2
        && lower.ends_with('.')
        && lower.split_terminator('.').all(|part| part.chars().count() == 1)
}

/// Whether what stands around the words says that they name a person: an office before them,
/// an age or a verb of speech behind them.
pub fn has_cue(words: &Words<'_>, start: usize, end: usize, sentence: (usize, usize)) -> bool {
    let lexicon = &words.ontology.lexicon;
    let before = start.checked_sub(1).filter(|&at| at >= sentence.0).map(|at| &words.tokens[at]);
    let after =
        |offset: usize| words.tokens.get(end + offset).filter(|_| end + offset < sentence.1);
    let office = before.is_some_and(|token| {
        lexicon.list("person_nouns").contains(&token.lower)
            || lexicon.list("titles_before_name").contains(&token.lower)
    });
    let speaks = after(0).is_some_and(|token| lexicon.list("person_verbs").contains(&token.lower));
    let age = after(0).is_some_and(|token| &*token.lower == ",")
        && after(1).is_some_and(|token| {
            token.kind == TokenKind::Number
                && token.lower.parse::<u32>().is_ok_and(|years| (1..120).contains(&years))
        });
    let said = before.is_some_and(|token| lexicon.list("person_verbs").contains(&token.lower));
    office || speaks || age || said
}
