//! Names inside names: "Japan" in "Government of Japan", "UN" in "UN Development Programme",
//! and what the one tells of the other. Which kinds of names are related how is data.

use std::ops::Range;

use super::Nested;
use crate::mention::Mention;
use crate::ontology::{Gazetteer, NameMatch, Ontology, PropertyId, SubclassId, TopClass};
use crate::token::{Case, TokenKind, Tokens};

/// What stands inside the names of `mentions` beyond what is known from their heads (`known`).
pub fn find(
    text: &str,
    tokens: &Tokens,
    mentions: &[Mention],
    known: &[Nested],
    ontology: &Ontology,
) -> Vec<Nested> {
    let excluded = ontology.lexicon.list("nested_excluded");
    let mut found = Vec::new();
    for mention in mentions {
        let whole = &mention.tokens;
        let may_hold = matches!(mention.class, TopClass::Organization | TopClass::Place);
        if !may_hold || whole.len() < 2 {
            continue;
        }
        // Both are in the order of the text.
        let first = known.partition_point(|one| one.outer.start < whole.start);
        let read = known.get(first).filter(|one| one.outer == *whole);
        let lower: Vec<&str> =
            tokens.tokens[whole.clone()].iter().map(|token| &*token.lower).collect();
        if excluded.contains(&lower.join(" ")) {
            continue;
        }
        let mut at = whole.start;
        while at < whole.end {
            let Some(part) = part_at(text, tokens, whole, at, &ontology.gazetteer) else {
                at += 1;
                continue;
            };
            let inner = at..at + part.words;
            if read.is_some_and(|read| read.inner.end > at) {
                at = inner.end;
                continue;
            }
            let entry = ontology.gazetteer.entry(part.entries[0]);
            let kind = kind(ontology, entry.class, entry.subclass);
            let how = relation(
                ontology,
                kind_of(ontology, mention),
                place_of(tokens, whole, &inner, ontology),
                kind,
            );
            // A body does not hold itself: "United Nations (UN)".
            let itself = mention.entry == Some(part.entries[0]);
            let other = part.words == 1 && excluded.contains(&tokens.tokens[at].lower);
            if let Some(property) = how.filter(|_| !itself && !other) {
                found.push(Nested { outer: whole.clone(), inner: inner.clone(), property });
            }
            at = inner.end;
        }
    }
    found
}

/// The longest known name at `at` that is shorter than the whole. A lone word must be a place
/// or an acronym, or a body that opens the name ("Senate Judiciary Committee"): other lone
/// words are mostly ordinary ones.
fn part_at(
    text: &str,
    tokens: &Tokens,
    whole: &Range<usize>,
    at: usize,
    gazetteer: &Gazetteer,
) -> Option<NameMatch> {
    let tokens = &tokens.tokens;
    if tokens[at].kind != TokenKind::Word || tokens[at].case == Case::Lower {
        return None;
    }
    let end = if at == whole.start { whole.end - 1 } else { whole.end };
    let part = gazetteer.longest_match(tokens[at..end].iter().map(|token| token.span.of(text)))?;
    let place = gazetteer.entry(part.entries[0]).class == TopClass::Place;
    let sure = part.words > 1 || place && !part.weak || tokens[at].case == Case::Upper;
    sure.then_some(part)
}

/// Where the part stands in the whole, in the words of the list.
fn place_of(
    tokens: &Tokens,
    whole: &Range<usize>,
    inner: &Range<usize>,
    ontology: &Ontology,
) -> &'static str {
    if inner.start == whole.start {
        return "opens";
    }
    let mut before = inner.start - 1;
    if &*tokens.tokens[before].lower == "the" && before > whole.start {
        before -= 1;
    }
    match &*tokens.tokens[before].lower {
        "of" => "of",
        "in" | "at" => "in",
        _ if inner.end != whole.end => "inside",
        word if ontology.lexicon.list("place_directions").contains(word) => "directed",
        _ => "ends",
    }
}

fn kind_of<'o>(ontology: &'o Ontology, mention: &Mention) -> &'o str {
    kind(ontology, mention.class, mention.subclass)
}

fn kind(ontology: &Ontology, class: TopClass, subclass: Option<SubclassId>) -> &str {
    subclass.map_or(class.name(), |id| &ontology.schema.subclass(id).name)
}

fn relation(ontology: &Ontology, whole: &str, place: &str, part: &str) -> Option<PropertyId> {
    let list = ontology.lexicon.list("nested_names");
    let property = list.value(&format!("{whole} {place} {part}"))?;
    ontology.schema.property_id(property)
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::extract::names;
    use crate::ontology::Ontology;

    /// "whole relation part" of each name inside a name.
    fn nested(text: &str) -> Vec<String> {
        let ontology = Ontology::builtin();
        let draft = names(&Document::prose(text), ontology);
        let surface = |range: &std::ops::Range<usize>| {
            let tokens = &draft.tokens.tokens;
            tokens[range.start].span.to(tokens[range.end - 1].span).of(text)
        };
        let line = |one: &crate::extract::Nested| {
            let property = &ontology.schema.property(one.property).name;
            format!("{} {property} {}", surface(&one.outer), surface(&one.inner))
        };
        draft.nested.iter().map(line).collect()
    }

    #[test]
    fn a_government_belongs_to_the_country_behind_of() {
        let found = nested("The Government of Japan thanked the Supreme Court of Pakistan.");
        assert_eq!(
            found,
            ["Government of Japan partOf Japan", "Supreme Court of Pakistan partOf Pakistan"]
        );
    }

    #[test]
    fn an_embassy_belongs_to_one_country_and_stands_in_another() {
        let found = nested("He called the U.S. Embassy in Harare on Monday.");
        assert_eq!(
            found,
            ["U.S. Embassy in Harare partOf U.S.", "U.S. Embassy in Harare locatedIn Harare"]
        );
    }

    #[test]
    fn a_direction_tells_a_part_only_where_it_names_one() {
        let found = nested("Troops left Southern Lebanon, Central America and Northern Ireland.");
        assert_eq!(found, ["Southern Lebanon locatedIn Lebanon"]);
    }

    #[test]
    fn what_a_company_is_named_after_tells_nothing() {
        assert!(nested("Bank of America and the University of Oxford met.").is_empty());
    }

    #[test]
    fn every_row_of_the_list_names_a_relation() {
        let ontology = Ontology::builtin();
        let list = ontology.lexicon.list("nested_names");
        assert!(!list.phrases().is_empty());
        for row in list.phrases() {
            let value = list.value(row).unwrap_or_default();
            assert!(ontology.schema.property_id(value).is_some(), "{row}: {value}");
        }
    }
}
