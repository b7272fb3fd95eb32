//! Which country a title is of that says none: the one that the article is about, unless another
//! person is said to hold the same office there.

use std::collections::HashMap;

use super::title::Owner;
use super::{Titled, surname};
use crate::extract::coreference::fits;
use crate::mention::{Mention, RelationMention};
use crate::ontology::{EntryId, Ontology, TopClass};
use crate::statement::MentionForm;
use crate::token::Tokens;

/// How many times as often as any other the country must be named.
const DOMINANCE: usize = 2;
/// How often at least.
const FEWEST: usize = 2;

pub(super) struct Countries<'d> {
    tokens: &'d Tokens,
    mentions: &'d [Mention],
    relations: &'d [RelationMention],
    ontology: &'d Ontology,
    titled: &'d [Titled<'d>],
    /// How often each country, or what belongs to it, is named, in the order of the names.
    counts: Vec<(EntryId, usize)>,
    /// The country of a title that only it has: the article is written from there.
    home: Option<EntryId>,
}

impl<'d> Countries<'d> {
    pub(super) fn new(
        tokens: &'d Tokens,
        mentions: &'d [Mention],
        relations: &'d [RelationMention],
        ontology: &'d Ontology,
        titled: &'d [Titled<'d>],
    ) -> Self {
        let mut places: HashMap<EntryId, usize> = HashMap::new();
        let mut counts: Vec<(EntryId, usize)> = Vec::new();
        for mention in mentions {
            let Some(country) = country_of(mention, ontology) else { continue };
            let at = *places.entry(country).or_insert(counts.len());
            match counts.get_mut(at) {
                Some((_, count)) => *count += 1,
                None => counts.push((country, 1)),
            }
        }
        let home = home(titled, ontology);
        Self { tokens, mentions, relations, ontology, titled, counts, home }
    }

    /// The first mention of the country of a title.
    pub(super) fn of(&self, one: &Titled) -> Option<usize> {
        let entry = |id| self.ontology.gazetteer.entry_by_id(id);
        let country = match one.title.owner {
            Owner::Country(id) => entry(id)?,
            Owner::Home => self.home?,
            Owner::Unknown | Owner::AnyBut(_) | Owner::Body(_) if self.is_shared(one) => {
                return None;
            }
            Owner::Body(kind) => return self.body(kind),
            Owner::Unknown => self.dominant(one, None)?,
            Owner::AnyBut(id) => self.dominant(one, entry(id))?,
        };
        self.mentions.iter().position(|mention| mention.entry == Some(country))
    }

    /// Whether another person has the same title, also without a country.
    fn is_shared(&self, one: &Titled) -> bool {
        let phrase = self.phrase(one);
        let surname_of =
            |one: &Titled| surname(&self.tokens.tokens, &self.mentions[one.person], self.ontology);
        self.titled.iter().any(|other| {
            !other.title.past
                && !one.title.past
                && other.title.property == one.title.property
                && self.phrase(other) == phrase
                && surname_of(other) != surname_of(one)
        })
    }

    /// The body of a kind that the article is about: named several times as often as any other.
    fn body(&self, kind: &str) -> Option<usize> {
        let word = |at: usize| &*self.tokens.tokens[self.mentions[at].tokens.start].lower;
        // "Acme Corporation" is "Acme".
        let mut counts: Vec<(usize, usize)> = Vec::new();
        for (at, mention) in self.mentions.iter().enumerate() {
            if mention.form != MentionForm::Name || !fits(kind, mention, self.ontology) {
                continue;
            }
            match counts.iter_mut().find(|(first, _)| word(*first) == word(at)) {
                Some((_, count)) => *count += 1,
                None => counts.push((at, 1)),
            }
        }
        let &(first, most) = counts.iter().max_by_key(|(_, count)| count)?;
        let others = counts.iter().filter(|(other, _)| *other != first);
        let next = others.map(|(_, count)| *count).max().unwrap_or(0);
        (most >= FEWEST && most >= next * DOMINANCE).then_some(first)
    }

    fn phrase(&self, one: &Titled) -> Vec<&str> {
        let words = &self.tokens.tokens[one.title.tokens.clone()];
        words.iter().map(|word| &*word.lower).collect()
    }

    /// The country named several times as often as any other, of those of which nobody else is
    /// said to hold the office.
    fn dominant(&self, one: &Titled, without: Option<EntryId>) -> Option<EntryId> {
        let mut taken = self.taken(one);
        taken.extend(without);
        let free = || self.counts.iter().filter(|(country, _)| !taken.contains(country));
        // Of two that are named as often neither is clear.
        let &(country, most) = free().max_by_key(|(_, count)| count)?;
        let others = free().filter(|(other, _)| *other != country);
        let next = others.map(|(_, count)| *count).max().unwrap_or(0);
        let factor = if self.home == Some(country) { 1 } else { DOMINANCE };
        (most >= FEWEST && most >= next * factor).then_some(country)
    }

    /// The countries of which another person is said to hold the office now.
    fn taken(&self, one: &Titled) -> Vec<EntryId> {
        if one.title.past {
            return Vec::new();
        }
        let words = self.phrase(one);
        let name = surname(&self.tokens.tokens, &self.mentions[one.person], self.ontology);
        let holders = self.relations.iter().filter_map(|relation| {
            let property = &*self.ontology.schema.property(relation.property).name;
            let (subject, object) = (relation.subject.0 as usize, relation.object.0 as usize);
            let (subject, object) = (&self.mentions[subject], &self.mentions[object]);
            let other = surname(&self.tokens.tokens, subject, self.ontology) != name;
            let tokens = &*self.tokens.tokens;
            let role = match relation.role {
                Some(role) => {
                    let start = tokens.partition_point(|token| token.span.start < role.start);
                    start..tokens.partition_point(|token| token.span.start < role.end)
                }
                None => subject.tokens.start.saturating_sub(words.len())..subject.tokens.start,
            };
            let role: Vec<&str> = tokens[role].iter().map(|token| &*token.lower).collect();
            let same = role.windows(words.len()).any(|part| part == words)
                && !matches!(role.first(), Some(&"former" | &"ex" | &"then"));
            (other && same && property == one.title.property)
                .then(|| country_of(object, self.ontology))
                .flatten()
        });
        holders.collect()
    }
}

/// The country of the first title that only one has.
pub(super) fn home(titled: &[Titled], ontology: &Ontology) -> Option<EntryId> {
    titled.iter().find_map(|one| match one.title.owner {
        Owner::Country(id) => ontology.gazetteer.entry_by_id(id),
        _ => None,
    })
}

/// The country that a mention names, or to which what it names belongs.
fn country_of(mention: &Mention, ontology: &Ontology) -> Option<EntryId> {
    let entry = mention.entry.filter(|_| mention.form == MentionForm::Name)?;
    let known = ontology.gazetteer.entry(entry);
    known.country.or((known.class == TopClass::Place).then_some(entry))
}
