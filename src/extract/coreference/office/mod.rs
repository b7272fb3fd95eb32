//! Titles that leave their country to be understood: "President NAME" in an article about one
//! country is its president.

mod country;
mod title;

use crate::confidence::Confidence;
use crate::mention::{Mention, MentionId, RelationMention};
use crate::ontology::{EntryId, Ontology, TopClass};
use crate::statement::{MentionForm, Modality, Origin, Polarity};
use crate::token::{Token, Tokens};

use country::Countries;
use title::{Reader, Title};

/// The offices of persons of whom `relations` say none. `mentions` are sorted and do not overlap.
pub fn find(
    tokens: &Tokens,
    mentions: &[Mention],
    relations: &[RelationMention],
    ontology: &Ontology,
) -> Vec<RelationMention> {
    let titled = titled(tokens, mentions, ontology);
    if titled.is_empty() {
        return Vec::new();
    }
    let countries = Countries::new(tokens, mentions, relations, ontology, &titled);
    let mut known: Vec<&str> = Vec::new();
    let mut found = Vec::new();
    for one in &titled {
        let surname = surname(&tokens.tokens, &mentions[one.person], ontology);
        if known.contains(&surname) {
            continue;
        }
        let holds_office = relations.iter().any(|relation| {
            let subject = &mentions[relation.subject.0 as usize];
            (relation.role.is_some()
                || ontology.schema.property(relation.property).name == one.title.property)
                && subject.class == TopClass::Person
                && self::surname(&tokens.tokens, subject, ontology) == surname
        });
        if holds_office {
            known.push(surname);
            continue;
        }
        let property = ontology.schema.property_id(one.title.property);
        let (Some(country), Some(property)) = (countries.of(one), property) else { continue };
        known.push(surname);
        let words = &tokens.tokens[one.title.tokens.clone()];
        let role = words[0].span.to(words[words.len() - 1].span);
        found.push(RelationMention {
            property,
            subject: MentionId(one.person as u32),
            object: MentionId(country as u32),
            sentence: tokens
                .sentences
                .partition_point(|sentence| sentence.tokens.end <= one.title.tokens.start),
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

/// The country from which an article is written: a person has a title, and no country beside it,
/// that only this one knows.
pub(super) fn home(tokens: &Tokens, mentions: &[Mention], ontology: &Ontology) -> Option<EntryId> {
    country::home(&titled(tokens, mentions, ontology), ontology)
}

/// A person with a title beside the name that says no country.
struct Titled<'l> {
    /// Index of the mention.
    person: usize,
    title: Title<'l>,
}

fn titled<'d>(
    tokens: &'d Tokens,
    mentions: &'d [Mention],
    ontology: &'d Ontology,
) -> Vec<Titled<'d>> {
    let reader = Reader::new(tokens, mentions, ontology);
    let persons = mentions.iter().enumerate().filter(|(_, mention)| {
        mention.class == TopClass::Person && mention.form == MentionForm::Name
    });
    persons
        .filter_map(|(person, mention)| Some(Titled { person, title: reader.title(mention)? }))
        .collect()
}

/// The last word of a name but "Jr.".
fn surname<'d>(tokens: &'d [Token], mention: &Mention, ontology: &Ontology) -> &'d str {
    let suffixes = ontology.lexicon.list("name_suffixes");
    let words = &tokens[mention.tokens.clone()];
    let last = words.iter().rev().find(|word| {
        !suffixes.contains(&word.lower) && word.lower.chars().any(char::is_alphanumeric)
    });
    last.map_or("", |word| &word.lower)
}
