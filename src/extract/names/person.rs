//! The names of persons: how far one reaches, and whether words look like one.

use crate::ontology::TopClass;
use crate::token::{Case, TokenKind};

use super::{Name, words::Words};

const LONGEST: usize = 5;
/// How much further a name goes for each "bin" or "de" in it.
const FURTHER: usize = 2;

/// The name of a person.
pub fn name(tokens: std::ops::Range<usize>, confidence: f32) -> Name {
    Name {
        tokens,
        class: TopClass::Person,
        subclass: None,
        entry: None,
        demonym: false,
        nested: None,
        confidence,
    }
}

/// The end of a person's name that begins at `at`: capitalised words, initials, particles.
pub fn reach(words: &Words<'_>, at: usize, end: usize) -> usize {
    let lexicon = &words.ontology.lexicon;
    let particles = lexicon.list("name_particles");
    let suffixes = lexicon.list("name_suffixes");
    let mut reached = at;
    let mut longest = LONGEST;
    while reached < end && reached - at < longest {
        let token = &words.tokens[reached];
        if words.is_capital(reached) && !is_boundary(words, reached, at) {
            reached += 1;
        } else if let Some(next) = joined_part(words, reached, at, end) {
            reached = next;
        } else if reached > at
            && token.case == Case::Lower
            && particles.contains(&token.lower)
            && words.is_capital(reached + 1)
            && reached + 1 < end
        {
            reached += 2;
            longest += FURTHER;
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

/// The end of a part of a name that a mark joins to the words from `start` to `at`: "-moon" of
/// "Ban Ki-moon", "’ al-Sudani" of "Mohammed Shia’ al-Sudani", "' Leary" of "O' Leary", the nickname
/// and surname of "John “J.D.” Dorrian".
fn joined_part(words: &Words<'_>, at: usize, start: usize, end: usize) -> Option<usize> {
    let token = words.tokens.get(at).filter(|_| at > start && at < end)?;
    let before = &words.tokens[at - 1];
    let after = words.tokens.get(at + 1).filter(|_| at + 1 < end)?;
    let glued = before.span.end == token.span.start;
    match &*token.lower {
        "-" | "‐" | "‑" => {
            // "Mr Xi Jinping-led" ends before the hyphen: a syllable is no word, or follows a
            // syllable that is no name of its own.
            let common = words.ontology.lexicon.list("common_words");
            let syllable = at > start + 1
                && glued
                && after.case == Case::Lower
                && token.span.end == after.span.start
                && before.lower.chars().count() <= 5
                && after.lower.chars().count() <= 6
                && !after.lower.ends_with("ed")
                && (!common.contains(&after.lower)
                    || !words.is_surname(at - 1) && !words.is_first_name(at - 1));
            syllable.then_some(at + 2)
        }
        "'" | "’" | "‘" | "`" | "ʼ" => {
            let article = after.lower.get(..3).is_some_and(|opening| opening == "al-");
            let joined = article || (&*before.lower == "o" && words.is_capital(at + 1));
            (glued && joined).then_some(at + 2)
        }
        "“" | "\"" => {
            let is_closed = |at: usize| {
                words
                    .tokens
                    .get(at)
                    .is_some_and(|mark| at + 1 < end && matches!(&*mark.lower, "”" | "\""))
            };
            let close = (at + 2..at + 4).find(|&close| is_closed(close))?;
            let nickname = (at + 1..close).all(|inner| words.is_capital(inner));
            let surname = words.is_capital(close + 1) && !is_boundary(words, close + 1, start);
            (nickname && surname && words.is_first_name(start)).then_some(close + 2)
        }
        _ => None,
    }
}

/// A word that no name of a person goes over: a title, a head word, a day, an acronym.
fn is_boundary(words: &Words<'_>, at: usize, start: usize) -> bool {
    let token = &words.tokens[at];
    let lexicon = &words.ontology.lexicon;
    if lexicon.list("calendar").contains(&token.lower) {
        return !is_surname_of_month(words, at, start);
    }
    if at == start {
        return false;
    }
    let acronym = token.case == Case::Upper
        && !token.lower.contains('.')
        && token.lower.len() > 2
        && !token.lower.chars().all(|letter| matches!(letter, 'i' | 'v' | 'x'))
        && words.tokens[start].case != Case::Upper;
    acronym
        || (lexicon.list("titles_before_name").contains(&token.lower) && !words.is_surname(at))
        || lexicon.list("person_boundaries").contains(&token.lower)
}

/// "May" in "Theresa May is", not in "saw Theresa May 5".
fn is_surname_of_month(words: &Words<'_>, at: usize, start: usize) -> bool {
    let dated = words.tokens.get(at + 1).is_some_and(|next| next.kind == TokenKind::Number);
    at == start + 1 && !dated && words.is_first_name(start) && words.is_surname(at)
}

/// Whether what stands before the word at `after` is only what something is named after: "Paris
/// Air" in "Paris Air Show".
pub fn is_named_after(words: &Words<'_>, after: usize) -> bool {
    let list = words.ontology.lexicon.list("person_boundaries");
    words.is_capital(after) && list.value(&words.tokens[after].lower) == Some("named")
}

/// Whether the words from `start` to `end` look like a person's name: a known first name, or
/// an initial, with more behind it.
pub fn looks_like(words: &Words<'_>, start: usize, end: usize) -> bool {
    if end - start < 2 {
        return false;
    }
    let lexicon = &words.ontology.lexicon;
    let known_first = words.is_first_name(start);
    let last = &words.tokens[end - 1];
    let opens_common = lexicon.list("common_words").contains(&words.tokens[start].lower)
        && !words.is_surname(start)
        && !is_initial(&words.tokens[start].lower);
    let initial =
        (start..end).any(|at| is_initial(&words.tokens[at].lower) && !is_country(words, at));
    // "Cheng Wen-lung".
    let syllables = last.case == Case::Lower && words.is_surname(start);
    syllables
        || known_first && !lexicon.list("org_heads").contains(&last.lower)
        || initial && !opens_common
}

/// Whether the word at `last` can end a name whose first word opens a sentence: "Spink" of "Bob
/// Spink", but not "Ukraine" of "Will Ukraine".
pub fn ends_as_name(words: &Words<'_>, last: usize) -> bool {
    let token = &words.tokens[last];
    words.is_surname(last)
        || token.case == Case::Lower
        || !words.ontology.lexicon.list("common_words").contains(&token.lower)
            && words.known(last, last + 1).is_none()
}

/// Whether the word is an abbreviation of a country's or body's name: "U.S.", "U.N.".
fn is_country(words: &Words<'_>, at: usize) -> bool {
    words.tokens[at].lower.matches('.').count() > 1 && words.known(at, at + 1).is_some()
}

/// Whether a first name and a surname are all there is, although the surname is also a word for a
/// kind of place or body: "Mike Hall", "Jim Press".
pub fn is_plain_pair(words: &Words<'_>, start: usize, end: usize, floor: usize) -> bool {
    let before = start.checked_sub(1).filter(|&at| at >= floor).map(|at| &*words.tokens[at].lower);
    let placed = before.is_some_and(|word| {
        word == "the" || words.ontology.lexicon.list("place_prepositions").contains(word)
    });
    end == start + 2
        && !placed
        && words.is_first_name(start)
        && words.is_surname(end - 1)
        && words.known(start, start + 1).is_none()
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

/// Drops what stands before a known first name in a run: "Affairs Brian Nichols" is
/// "Brian Nichols".
pub fn trimmed_start(words: &Words<'_>, start: usize, end: usize) -> usize {
    if words.is_first_name(start) {
        return start;
    }
    let common = words.ontology.lexicon.list("common_words");
    let opens_common = common.contains(&words.tokens[start].lower);
    (start + 1..end.saturating_sub(1))
        .find(|&at| opens_common && words.is_first_name(at))
        .unwrap_or(start)
}
