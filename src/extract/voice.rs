//! "We" of an official speaker: the country that he or she speaks for.

use std::ops::Range;

use crate::confidence::Confidence;
use crate::mention::Mention;
use crate::ontology::{EntryId, Ontology, TopClass};
use crate::rules::RuleMatch;
use crate::statement::{MentionForm, Origin};
use crate::token::Tokens;

use super::Nested;
use super::speech::Speech;

/// A pronoun mention for each "we" in a quotation whose speaker holds an office of a known
/// country.
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
            let country = *country.get_or_insert_with(|| {
                // A country that the article never names is the gazetteer's opinion only.
                seen.country_of(speech).filter(|&entry| seen.names(entry))
            });
            let Some(entry) = country else { break };
            let known = ontology.gazetteer.entry(entry);
            voices.push(Mention {
                span: token.span,
                tokens: at..at + 1,
                class: known.class,
                subclass: known.subclass,
                form: MentionForm::Pronoun,
                entry: Some(entry),
                demonym: false,
                origin: Origin::Rule("official-we".into()),
                confidence: Confidence::new(0.7).unwrap_or(Confidence::CERTAIN),
            });
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
    fn country_of(&self, speech: &Speech) -> Option<EntryId> {
        let speaker = &self.mentions[speech.speaker];
        if speaker.class != TopClass::Person {
            return self.country(speaker);
        }
        let surname = self.last_word(speaker);
        let offices = self.matches.iter().filter(|(_, found)| {
            let subject = &self.mentions[found.subject];
            found.role.is_some()
                && subject.class == TopClass::Person
                && self.last_word(subject) == surname
        });
        offices
            .filter_map(|(_, found)| self.country(&self.mentions[found.object]))
            .next()
            .or_else(|| self.audience(speech))
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
