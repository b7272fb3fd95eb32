//! Names that a head word makes: organizations ("Ministry of Defence", "Labour Party") and
//! places ("Lake Chad", "Homs Province", "northern Iraq").

use std::ops::Range;

use crate::ontology::{Lexicon, NameKind, PropertyId, Schema, SubclassId, TopClass};
use crate::token::{Case, Token, initials};

use super::{Name, tails, words::Words};

/// A name found by its head word.
pub struct Phrase {
    pub tokens: Range<usize>,
    pub subclass: Option<SubclassId>,
    /// The relation to a country that opens the name.
    pub relation: Option<PropertyId>,
}

/// Reads the value of a head word: subclass and relation, "-" for none.
fn head_value(schema: &Schema, value: &str) -> (Option<SubclassId>, Option<PropertyId>) {
    let mut fields = value.split_whitespace();
    let subclass = fields.next().and_then(|name| schema.subclass_id(name));
    let relation = fields.next().and_then(|name| schema.property_id(name));
    (subclass, relation)
}

/// The longest phrase of a list that begins at `at`, in lower-case words: (length, value).
pub fn listed<'l>(
    lexicon: &'l Lexicon,
    list: &str,
    tokens: &[Token],
    at: usize,
    end: usize,
) -> Option<(usize, &'l str)> {
    const LONGEST: usize = 4;
    let list = lexicon.list(list);
    let mut phrase = String::new();
    let mut found = None;
    for (length, token) in tokens[at..end.min(at + LONGEST)].iter().enumerate() {
        if length > 0 {
            phrase.push(' ');
        }
        phrase.push_str(&token.lower);
        if let Some(value) = list.value(&phrase) {
            found = Some((length + 1, value));
        }
    }
    found
}

/// An organization whose name begins at `at`.
pub fn organization(words: &Words<'_>, at: usize, end: usize) -> Option<Phrase> {
    let heads = words.ontology.lexicon.list("org_heads");
    let run = words.capital_run(at, end);
    let run = words.name_stop(at + 1, run);
    let run = tails::joined(words, at, run, end).unwrap_or(run);
    let mut best = None;
    for head in at..run {
        let Some(value) = heads.value(&words.tokens[head].lower) else { continue };
        // "President Smith Foundation" begins with a person, "General Staff" does not.
        let title = words.title_length(at, run);
        if title > 0 && head > at && head != at + title {
            break;
        }
        let (subclass, relation) = head_value(&words.ontology.schema, value);
        // "U.S.-Japan Alliance" is no body of its own name.
        if between_countries(words, at)
            && words.ontology.lexicon.list("ties").contains(&words.tokens[head].lower)
        {
            break;
        }
        // "Moscone Convention Center" is a place.
        if double_place(words, at, head).is_some() {
            break;
        }
        // "Irving Independent School District" is no place.
        let double = listed(&words.ontology.lexicon, "org_double_heads", words.tokens, head, run);
        let head = double.map_or(head, |(length, _)| head + length - 1);
        let extended = tails::end(words, head + 1, end);
        if extended > head + 1 || head > at {
            best = Some(Phrase { tokens: at..extended.max(head + 1), subclass, relation });
        }
        if extended > head + 1 {
            break;
        }
    }
    // "Korean Hyundai Motor Company" is a known company and where it is from.
    best.filter(|phrase: &Phrase| !opens_with_origin(words, &phrase.tokens))
}

/// The kind of place that the word at `head` makes with the one before it: "Convention Center".
fn double_place<'d>(words: &Words<'d>, at: usize, head: usize) -> Option<&'d str> {
    let before = head.checked_sub(1).filter(|&before| before >= at)?;
    let list = words.ontology.lexicon.list("place_double_heads");
    list.value(&format!("{} {}", words.tokens[before].lower, words.tokens[head].lower))
}

/// Whether an adjective of a country stands before the whole of a known name.
fn opens_with_origin(words: &Words<'_>, phrase: &Range<usize>) -> bool {
    let Some(origin) = words.known(phrase.start, phrase.end) else { return false };
    let inner = phrase.start + origin.words;
    origin.kind == NameKind::Demonym
        && inner < phrase.end
        && words.known(inner, phrase.end).is_some_and(|known| {
            known.words > 1
                && inner + known.words == phrase.end
                && words.ontology.gazetteer.entry(known.entries[0]).country.is_some()
        })
}

/// Whether a hyphen joins the word at `at` to a place before it: "Japan" in "U.S.-Japan Alliance".
fn between_countries(words: &Words<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(2) else { return false };
    matches!(&*words.tokens[at - 1].lower, "-" | "‐" | "‑" | "–")
        && words.is_capital(before)
        && words.known(before, at - 1).is_some()
        && words.known(at, at + 1).is_some()
}

/// A name explained by its initials in brackets: "Joint Implementation Center (JIC)".
pub fn explained(words: &Words<'_>, at: usize, end: usize) -> Option<Phrase> {
    let run = words.capital_run(at, end);
    let bracket = run + 1 < end && &*words.tokens[run].lower == "(" && words.is_capital(run + 1);
    if run < at + 2 || !bracket {
        return None;
    }
    let letters = words.tokens[run + 1].span.of(words.text);
    if initials(words.text, &words.tokens[at..run], false) != letters {
        return None;
    }
    let known = words.known(at, run).is_some_and(|found| found.words == run - at);
    let head = words.ontology.lexicon.list("org_heads").value(&words.tokens[run - 1].lower);
    let agreement =
        words.ontology.lexicon.list("agreement_heads").contains(&words.tokens[run - 1].lower);
    let (subclass, relation) =
        head.map_or((None, None), |value| head_value(&words.ontology.schema, value));
    (!known && !agreement).then_some(Phrase { tokens: at..run, subclass, relation })
}

/// A group whose name begins with a word for such groups ("Ansar al-Sharia").
pub fn group(words: &Words<'_>, at: usize, end: usize) -> Option<Phrase> {
    let value = words.ontology.lexicon.list("group_openers").value(&words.tokens[at].lower)?;
    let run = words.capital_run(at, end);
    let known = words.known(at, end).map_or(0, |found| found.words);
    let (subclass, relation) = head_value(&words.ontology.schema, value);
    (run > at + 1 && at + known < run).then_some(Phrase { tokens: at..run, subclass, relation })
}

/// What the noun before a name of unknown kind tells of it: "the airline Northwind", "the
/// border town of Tel Karam".
pub fn told_by_noun_before(
    words: &Words<'_>,
    at: usize,
    floor: usize,
) -> Option<(TopClass, Option<SubclassId>)> {
    let lexicon = &words.ontology.lexicon;
    let lower_word = |back: usize| {
        let at = at.checked_sub(back).filter(|&at| at >= floor)?;
        (words.tokens[at].case == Case::Lower).then(|| &*words.tokens[at].lower)
    };
    let before = lower_word(1)?;
    if let Some(value) = lexicon.list("org_nouns_before").value(before) {
        return Some((TopClass::Organization, head_value(&words.ontology.schema, value).0));
    }
    let value = lexicon.list("place_heads").value(lower_word(2).filter(|_| before == "of")?)?;
    Some((TopClass::Place, head_value(&words.ontology.schema, value).0))
}

/// What a noun in lower case behind a name of unknown kind tells of it, and is part of it or not:
/// "Apayao province", "Tucheng jail", "Centre party".
pub fn told_by_noun_behind(words: &Words<'_>, at: usize, run: usize, end: usize) -> Option<Name> {
    let lexicon = &words.ontology.lexicon;
    let noun = words.tokens.get(run).filter(|noun| run < end && noun.case == Case::Lower)?;
    let value = lexicon.list("kinds_behind").value(&noun.lower)?;
    let common = lexicon.list("common_words");
    let is_word = |at: usize| common.contains(&words.tokens[at].lower);
    let part = value.ends_with("part");
    if words.doubtful[at] || !part && (at..run).all(is_word) || words.is_title(at, run) {
        return None;
    }
    let (subclass, _) = head_value(&words.ontology.schema, value);
    let class = subclass.map(|id| words.ontology.schema.subclass(id).top)?;
    Some(Name {
        tokens: at..if part { run + 1 } else { run },
        class,
        subclass,
        entry: None,
        demonym: false,
        nested: None,
        confidence: 0.7,
    })
}

/// Whether the noun behind a known name that is also an ordinary word tells that the name is
/// meant: "Labour MP".
pub fn is_told_behind(words: &Words<'_>, at: usize, after: usize) -> bool {
    words.is_capital(at)
        && words
            .tokens
            .get(after)
            .is_some_and(|noun| words.ontology.lexicon.list("party_cues").contains(&noun.lower))
}

/// Whether the noun behind a name tells that it names an organization ("an X offshoot").
pub fn has_organization_cue(words: &Words<'_>, after: usize, end: usize) -> bool {
    after < end && words.ontology.lexicon.list("org_cue_nouns").contains(&words.tokens[after].lower)
}

/// A place whose name begins at `at`.
pub fn place(words: &Words<'_>, at: usize, end: usize) -> Option<Phrase> {
    let lexicon = &words.ontology.lexicon;
    let schema = &words.ontology.schema;
    let run = words.capital_run(at, end);
    if let Some(value) = lexicon.list("place_openers").value(&words.tokens[at].lower)
        && run > at + 1
    {
        let (subclass, relation) = head_value(schema, value);
        return Some(Phrase { tokens: at..run.min(at + 3), subclass, relation });
    }
    let heads = lexicon.list("place_heads");
    let bodies = lexicon.list("org_heads");
    // A longer run is a list, not a name.
    const LONGEST: usize = 5;
    let head = (at + 1..run.min(at + LONGEST)).rev().find(|&head| {
        heads.contains(&words.tokens[head].lower)
            || bodies.contains(&words.tokens[head].lower) && double_place(words, at, head).is_some()
    })?;
    if words.is_title(at, run) {
        return None;
    }
    let value = double_place(words, at, head).or_else(|| heads.value(&words.tokens[head].lower))?;
    let (subclass, relation) = head_value(schema, value);
    Some(Phrase { tokens: at..head + 1, subclass, relation })
}

/// The relation that a head word, capitalised or not, has to a country before it.
pub fn relation_of_head(words: &Words<'_>, head: usize) -> Option<PropertyId> {
    let lexicon = &words.ontology.lexicon;
    let word = &words.tokens[head].lower;
    let value = lexicon
        .list("org_heads")
        .value(word)
        .or_else(|| lexicon.list("org_common_heads").value(word))?;
    head_value(&words.ontology.schema, value).1
}

/// The lower-case head behind a country, people or person ("the Syrian government").
pub fn common_head(words: &Words<'_>, at: usize, end: usize) -> Option<Phrase> {
    if at >= end {
        return None;
    }
    let (length, value) =
        listed(&words.ontology.lexicon, "org_common_heads", words.tokens, at, end)?;
    if describes(words, at + length, end) {
        return None;
    }
    let (subclass, relation) = head_value(&words.ontology.schema, value);
    Some(Phrase { tokens: at..at + length, subclass, relation })
}

/// Whether the word at `after` is what a head in lower case before it merely describes: "aid" in
/// "U.S. military aid".
pub fn describes(words: &Words<'_>, after: usize, end: usize) -> bool {
    after < end && words.ontology.lexicon.list("described").contains(&words.tokens[after].lower)
}

/// The subclass and relation of a direction word before a place ("northern Iraq").
pub fn direction(words: &Words<'_>, at: usize) -> Option<(Option<SubclassId>, Option<PropertyId>)> {
    let value = words.ontology.lexicon.list("place_directions").value(&words.tokens[at].lower)?;
    Some(head_value(&words.ontology.schema, value))
}
