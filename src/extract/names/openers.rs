//! Names that begin with a word in lower case: parts of places ("northern Iraq") and bodies of
//! places ("the government of Iraq").

use crate::ontology::{NameKind, TopClass};
use crate::token::Case;

use super::{Name, phrases, words::Words};

/// A name that begins at `at` with a word for a direction or, in lower case, for a body.
pub fn name(words: &Words<'_>, at: usize, end: usize) -> Option<Name> {
    directed_place(words, at, end).or_else(|| body_of_place(words, at, end))
}

/// "northern Iraq": a part of a known place.
fn directed_place(words: &Words<'_>, at: usize, end: usize) -> Option<Name> {
    if at + 1 >= end || !words.is_capital(at + 1) {
        return None;
    }
    let (subclass, relation) = phrases::direction(words, at)?;
    // "Northern Ireland" is no part of Ireland; "northern Iraq" is one, listed or not.
    let listed = words.known(at, end).filter(|found| found.words > 1);
    if listed.is_some() && words.tokens[at].case != Case::Lower {
        return None;
    }
    let found = words.known(at + 1, end)?;
    let whole = words.ontology.gazetteer.entry(found.entries[0]);
    if whole.class != TopClass::Place || found.kind == NameKind::Demonym {
        return None;
    }
    let next = at + 1 + found.words;
    let entry = listed
        .filter(|listed| at + listed.words == next)
        .map(|listed| listed.entries[0])
        .filter(|entry| words.ontology.gazetteer.entry(*entry).class == TopClass::Place);
    Some(Name {
        tokens: at..next,
        class: TopClass::Place,
        subclass,
        entry,
        demonym: false,
        nested: relation.map(|relation| (at + 1..next, relation)),
        confidence: 0.9,
    })
}

/// "government of Iraq", "embassy of the United States".
fn body_of_place(words: &Words<'_>, at: usize, end: usize) -> Option<Name> {
    const LONGEST: usize = 3;
    let word = |at: usize| words.tokens.get(at).filter(|_| at < end).map(|token| &*token.lower);
    let of = (at + 1..=at + LONGEST).find(|&at| word(at) == Some("of"))?;
    if words.tokens[at].case != Case::Lower {
        return None;
    }
    let head = phrases::common_head(words, at, of)?;
    if head.tokens.end != of {
        return None;
    }
    let mut place = of + 1;
    if word(place) == Some("the") {
        place += 1;
    }
    if place >= end || !words.is_capital(place) {
        return None;
    }
    let found = words.known(place, end).filter(|found| !found.weak)?;
    let whole = words.ontology.gazetteer.entry(found.entries[0]);
    if whole.class != TopClass::Place || found.kind == NameKind::Demonym {
        return None;
    }
    let next = place + found.words;
    Some(Name {
        tokens: at..next,
        class: TopClass::Organization,
        subclass: head.subclass,
        entry: words
            .known(at, next)
            .filter(|known| known.words == next - at)
            .map(|known| known.entries[0]),
        demonym: false,
        nested: head.relation.map(|relation| (place..next, relation)),
        confidence: 0.85,
    })
}
