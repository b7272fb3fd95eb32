//! Titles that leave their country to be understood: "President NAME" in an article about one
//! country is its president.

use std::collections::HashMap;

use crate::confidence::Confidence;
use crate::mention::{Mention, MentionId, RelationMention};
use crate::ontology::{EntryId, Lexicon, Ontology, TopClass};
use crate::statement::{MentionForm, Modality, Origin, Polarity};
use crate::token::{Case, Token, TokenKind, Tokens};

/// How many times as often as any other the country must be named.
const DOMINANCE: usize = 4;
/// How often at least.
const FEWEST: usize = 2;

/// The offices of persons of whom `relations` say none. `mentions` are sorted and do not overlap.
pub fn find(
    tokens: &Tokens,
    mentions: &[Mention],
    relations: &[RelationMention],
    ontology: &Ontology,
) -> Vec<RelationMention> {
    let surname = |mention: &Mention| &*tokens.tokens[mention.tokens.end - 1].lower;
    let mut country = None;
    let mut known: Vec<&str> = Vec::new();
    let mut found = Vec::new();
    for (at, mention) in mentions.iter().enumerate() {
        if mention.class != TopClass::Person || mention.form != MentionForm::Name {
            continue;
        }
        let Some((start, property)) =
            title_before(&tokens.tokens, mention.tokens.start, &ontology.lexicon)
        else {
            continue;
        };
        if is_explained(tokens, mentions, start, ontology) || known.contains(&surname(mention)) {
            continue;
        }
        let country = *country.get_or_insert_with(|| only_country(mentions, ontology));
        let (Some(country), Some(property)) = (country, ontology.schema.property_id(property))
        else {
            break;
        };
        let holds_office = relations.iter().any(|relation| {
            let subject = &mentions[relation.subject.0 as usize];
            relation.role.is_some()
                && subject.class == TopClass::Person
                && surname(subject) == surname(mention)
        });
        known.push(surname(mention));
        if holds_office {
            continue;
        }
        let role = tokens.tokens[start].span.to(tokens.tokens[mention.tokens.start - 1].span);
        found.push(RelationMention {
            property,
            subject: MentionId(at as u32),
            object: MentionId(country as u32),
            sentence: tokens
                .sentences
                .partition_point(|sentence| sentence.tokens.end <= mention.tokens.start),
            role: Some(role),
            cue: Some(role),
            polarity: Polarity::Affirmed,
            modality: Modality::Asserted,
            attributed_to: None,
            date: None,
            origin: Origin::Rule(
                format!("{}/implied-country", ontology.schema.property(property).name).into(),
            ),
            confidence: Confidence::new(0.55).unwrap_or(Confidence::CERTAIN),
        });
    }
    found
}

/// The longest title that ends before `end`, with what the list says of it.
fn title_before<'l>(
    tokens: &[Token],
    end: usize,
    lexicon: &'l Lexicon,
) -> Option<(usize, &'l str)> {
    const LONGEST: usize = 2;
    let mut phrase = String::new();
    let mut best = None;
    // "The current prime minister, NAME".
    let apposed = end.checked_sub(1).filter(|&at| &*tokens[at].lower == ",");
    let end = apposed.unwrap_or(end);
    for start in (end.saturating_sub(LONGEST)..end).rev() {
        let token = &tokens[start];
        if token.kind != TokenKind::Word || (token.case == Case::Lower) != apposed.is_some() {
            break;
        }
        phrase = if phrase.is_empty() {
            token.lower.to_string()
        } else {
            format!("{} {phrase}", token.lower)
        };
        if let Some(value) = lexicon.list("implied_offices").value(&phrase) {
            best = Some((start, value));
        }
    }
    best
}

/// Whether the words before the title say whose it is, or which: "Iranian President", "the
/// company's President", "Vice President".
fn is_explained(tokens: &Tokens, mentions: &[Mention], start: usize, ontology: &Ontology) -> bool {
    let status = ontology.lexicon.list("status");
    let sentence = tokens.sentences.partition_point(|sentence| sentence.tokens.end <= start);
    let floor = tokens.sentences.get(sentence).map_or(start, |sentence| sentence.tokens.start);
    let mut start = start;
    while start > floor && status.contains(&tokens.tokens[start - 1].lower) {
        start -= 1;
    }
    let Some(before) = start.checked_sub(1).filter(|&at| at >= floor) else { return false };
    let token = &tokens.tokens[before];
    let next = mentions.partition_point(|mention| mention.tokens.end <= before);
    let named = mentions.get(next).is_some_and(|mention| mention.tokens.contains(&before));
    let opens = before == floor;
    named
        || token.case != Case::Lower && !opens
        || matches!(&*token.lower, "'s" | "vice" | "deputy" | "-")
}

/// The first mention of the country that the article is about: it and what belongs to it are
/// named several times as often as any other.
fn only_country(mentions: &[Mention], ontology: &Ontology) -> Option<usize> {
    let country_of = |mention: &Mention| -> Option<EntryId> {
        let entry = mention.entry.filter(|_| mention.form == MentionForm::Name)?;
        let known = ontology.gazetteer.entry(entry);
        known.country.or((known.class == TopClass::Place).then_some(entry))
    };
    let mut counts: HashMap<EntryId, usize> = HashMap::new();
    for mention in mentions {
        if let Some(country) = country_of(mention) {
            *counts.entry(country).or_default() += 1;
        }
    }
    let (&country, &most) = counts.iter().max_by_key(|&(country, count)| (count, country))?;
    let others = counts.iter().filter(|(other, _)| **other != country);
    let clear = others.map(|(_, count)| count * DOMINANCE).max().is_none_or(|next| next <= most);
    if most < FEWEST || !clear {
        return None;
    }
    mentions.iter().position(|mention| mention.entry == Some(country))
}
