//! "We" of an official speaker: the country that he or she speaks for.
//!
//! What is asked, in turn: the office, the parliament addressed, and the other side of an
//! agreement that the article reports.

use std::ops::Range;

use crate::mention::Mention;
use crate::ontology::{EntryId, Ontology, TopClass};
use crate::rules::RuleMatch;
use crate::token::Tokens;

use super::Nested;
use super::coreference::{Kind, anaphor};
use super::speech::Speech;

/// A pronoun mention for each "we" in a quotation whose speaker speaks for a country that the
/// article names.
pub fn find(
    text: &str,
    tokens: &Tokens,
    mentions: &[Mention],
    speeches: &[Speech],
    matches: &[(usize, RuleMatch)],
    nested: &[Nested],
    ontology: &Ontology,
) -> Vec<Mention> {
    let pronouns = ontology.lexicon.list("official_pronouns");
    let seen = Seen { text, tokens, mentions, matches, nested, ontology };
    let mut voices = Vec::new();
    for speech in speeches.iter().filter(|speech| speech.quoted) {
        let mut country = None;
        for at in speech.tokens.clone() {
            let token = &tokens.tokens[at];
            if !pronouns.contains(&token.lower) {
                continue;
            }
            let country = *country.get_or_insert_with(|| seen.country_of(speech));
            let Some(entry) = country else { break };
            let known = ontology.gazetteer.entry(entry);
            let kind = Kind { class: known.class, subclass: known.subclass, entry: Some(entry) };
            voices.push(anaphor(tokens, at..at + 1, kind, "official-we", 0.7));
        }
    }
    voices.sort_by_key(|mention| mention.tokens.start);
    voices.dedup_by_key(|mention| mention.tokens.start);
    voices
}

struct Seen<'d> {
    text: &'d str,
    tokens: &'d Tokens,
    mentions: &'d [Mention],
    matches: &'d [(usize, RuleMatch)],
    nested: &'d [Nested],
    ontology: &'d Ontology,
}

impl Seen<'_> {
    /// The country of the speaker's office, of the parliament spoken to, or the side opposite
    /// to the one spoken of. A country that the article never names is the gazetteer's opinion
    /// only, and passed over.
    fn country_of(&self, speech: &Speech) -> Option<EntryId> {
        let speaker = self.named(&self.mentions[speech.speaker]);
        if speaker.class != TopClass::Person {
            return self.country(speaker).filter(|&entry| self.names(entry));
        }
        let surname = self.last_word(speaker);
        let offices = self.matches.iter().filter(|(_, found)| {
            let subject = self.named(&self.mentions[found.subject]);
            found.role.is_some()
                && subject.class == TopClass::Person
                && self.last_word(subject) == surname
        });
        offices
            .filter_map(|(_, found)| self.country(&self.mentions[found.object]))
            .chain(self.audience(speech))
            .find(|&entry| self.names(entry))
            .or_else(|| self.opposite(speech))
    }

    /// Who speaks of an agreement with B, in an article on one between A and B, speaks for A.
    fn opposite(&self, speech: &Speech) -> Option<EntryId> {
        let agreement_of = |found: &RuleMatch| {
            let (subject, object) = (&self.mentions[found.subject], &self.mentions[found.object]);
            let side = self.country(subject).filter(|_| subject.class == TopClass::Place)?;
            (object.class == TopClass::Agreement).then_some((found.object, side))
        };
        let (of_speech, elsewhere): (Vec<_>, Vec<_>) = self
            .matches
            .iter()
            .filter_map(|(_, found)| Some((found, agreement_of(found)?)))
            .partition(|(_, (object, _))| {
                speech.tokens.contains(&self.mentions[*object].tokens.start)
            });
        let [(spoken, (_, partner))] = of_speech.as_slice() else { return None };
        let mut opposite = elsewhere.iter().filter_map(|(found, (object, side))| {
            let mut sides = elsewhere
                .iter()
                .filter(|(other, (at, _))| at == object && other.property == found.property)
                .map(|(_, (_, side))| side);
            let two = sides.clone().count() == 2 && sides.any(|side| side == partner);
            (two && side != partner && found.property == spoken.property).then_some(*side)
        });
        let first = opposite.next()?;
        opposite.all(|other| other == first).then_some(first)
    }

    /// The name that a pronoun stands for; a name stands for itself.
    fn named<'m>(&'m self, mention: &'m Mention) -> &'m Mention {
        let Some(stand_in) = mention.stands_for else { return mention };
        let before = |one: &Mention| one.tokens.start < stand_in.antecedent;
        self.mentions.get(self.mentions.partition_point(before)).unwrap_or(mention)
    }

    fn names(&self, entry: EntryId) -> bool {
        self.mentions.iter().any(|mention| mention.entry == Some(entry))
            || self.nested.iter().any(|one| self.nested_country(&one.inner) == Some(entry))
    }

    fn last_word(&self, mention: &Mention) -> &str {
        self.tokens.tokens[mention.tokens.end - 1].span.of(self.text)
    }

    /// The country that a body belongs to by the gazetteer or by its own name; a country
    /// stands for itself.
    fn country(&self, mention: &Mention) -> Option<EntryId> {
        let gazetteer = &self.ontology.gazetteer;
        if let Some(entry) = mention.entry {
            let known = gazetteer.entry(entry);
            let is_country = known.class == TopClass::Place && known.country.is_none();
            return if is_country { Some(entry) } else { known.country };
        }
        let inner = self.nested.iter().find(|nested| nested.outer == mention.tokens)?;
        self.nested_country(&inner.inner)
    }

    fn nested_country(&self, inner: &Range<usize>) -> Option<EntryId> {
        let words = self.tokens.tokens[inner.clone()].iter().map(|token| token.span.of(self.text));
        let entry = self.ontology.gazetteer.longest_match(words)?.entries[0];
        let known = self.ontology.gazetteer.entry(entry);
        known.country.or((known.class == TopClass::Place).then_some(entry))
    }

    /// An official who speaks before a parliament speaks for its country.
    fn audience(&self, speech: &Speech) -> Option<EntryId> {
        let sentence = self
            .tokens
            .sentences
            .iter()
            .find(|sentence| sentence.tokens.contains(&speech.tokens.start))?;
        self.mentions
            .iter()
            .filter(|mention| {
                sentence.tokens.contains(&mention.tokens.start)
                    && mention.class == TopClass::Organization
                    && !speech.tokens.contains(&mention.tokens.start)
            })
            .find_map(|mention| self.country(mention))
    }
}
