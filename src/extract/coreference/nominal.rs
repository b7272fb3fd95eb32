//! Definite nouns: "the group" is the last group named, "the president" whoever has the title.

use super::candidates::{Item, only_one};
use super::{Answer, Place, Search};
use crate::statement::MentionForm;
use crate::token::TokenKind;

/// How many sentences back an antecedent may stand.
const REACH: usize = 2;
/// How far back the only one of its kind may stand.
const REACH_OF_ONLY: usize = 6;

/// How far back it is asked whether there were others of the kind.
const MEMORY: usize = 60;

impl Search<'_> {
    /// `place` is that of the determiner.
    pub(super) fn nominal(&self, place: &Place) -> Option<Answer> {
        let Some(noun) = self.noun(place) else { return self.office(place) };
        let value = self.lists.nouns.value(&self.tokens[noun].lower)?;
        let follows = self.word(noun + 1, &place.sentence);
        let restricted =
            follows.is_some_and(|word| self.ontology.lexicon.list("restrictors").contains(word));
        if restricted || self.begins_name(noun + 1, &place.sentence) {
            return None;
        }
        let fitting = |item: &&Item| item.quoted == place.quoted && self.is_kind(value, item, noun);
        let (antecedent, confidence) = self.last_fitting(&fitting)?;
        Some(Answer {
            tokens: noun..noun + 1,
            antecedent,
            form: MentionForm::Nominal,
            genitive: false,
            confidence,
        })
    }

    /// "The president": the only person who has the title so far.
    fn office(&self, place: &Place) -> Option<Answer> {
        const LONGEST: usize = 3;
        let start = place.at + 1;
        let mut phrase = String::new();
        let mut end = None;
        for at in start..place.sentence.end.min(start + LONGEST) {
            // Most nouns are no office: the first word that no person bears ends it.
            if !self.candidates.is_title_word(&self.tokens[at].lower) {
                break;
            }
            if !phrase.is_empty() {
                phrase.push(' ');
            }
            phrase.push_str(&self.tokens[at].lower);
            if self.lists.titles.contains(&phrase) {
                end = Some(at + 1);
            }
        }
        let end = end?;
        let follows = self.word(end, &place.sentence);
        let restricted =
            follows.is_some_and(|word| self.ontology.lexicon.list("restrictors").contains(word));
        if restricted || self.begins_name(end, &place.sentence) {
            return None;
        }
        let title = &self.tokens[start..end];
        let antecedent = self.candidates.holder(title, place.at)?;
        Some(Answer {
            tokens: end - 1..end,
            antecedent,
            form: MentionForm::Nominal,
            genitive: false,
            confidence: 0.65,
        })
    }

    /// The noun behind the determiner: over words that tell nothing new and "Nigeria-based".
    fn noun(&self, place: &Place) -> Option<usize> {
        const WORDS_BETWEEN: usize = 4;
        for at in place.at + 1..=place.at + 1 + WORDS_BETWEEN {
            let word = self.word(at, &place.sentence)?;
            if self.lists.nouns.contains(word) && self.mention_at(at).is_none() {
                return Some(at);
            }
            let based = |at: usize| self.word(at, &place.sentence) == Some("based");
            let passes = self.lists.modifiers.contains(word)
                || matches!(word, "-" | "based")
                || word.ends_with("-based")
                || self.mention_at(at).is_some() && (based(at + 1) || based(at + 2));
            if !passes || self.tokens[at].kind == TokenKind::Number {
                return None;
            }
        }
        None
    }

    /// Whether the candidate is what the noun says, as the word list describes it.
    fn is_kind(&self, value: &str, item: &Item, noun: usize) -> bool {
        let Some(mention) = item.mention.map(|at| &self.mentions[at]) else { return false };
        let mut parts = value.split(' ');
        if parts.next() != Some(mention.class.name()) {
            return false;
        }
        let subclass = mention.subclass.map(|id| &*self.ontology.schema.subclass(id).name);
        let (mut any, mut fits) = (true, false);
        for part in parts {
            if part == "same" {
                let noun = &self.tokens[noun].lower;
                let named = &self.tokens[mention.tokens.clone()];
                if !named.iter().any(|token| token.lower == *noun) {
                    return false;
                }
            } else {
                any = false;
                fits |= subclass.unwrap_or("-") == part;
            }
        }
        any || fits
    }

    /// The only one that fits in the nearest sentence that has any; else its subject.
    fn last_fitting(&self, fitting: &dyn Fn(&&Item) -> bool) -> Option<(usize, f32)> {
        let known = self.candidates.sentences();
        for back in 0..=REACH_OF_ONLY.min(known.saturating_sub(1)) {
            let there = self.candidates.in_sentence(back);
            if !there.iter().any(|item| fitting(&item)) {
                continue;
            }
            let item = only_one(there.iter().filter(fitting));
            if back > REACH {
                return item
                    .filter(|item| {
                        (back + 1..known.min(MEMORY)).all(|back| {
                            let earlier = self.candidates.before(back);
                            earlier.iter().filter(fitting).all(|other| other.group == item.group)
                        })
                    })
                    .and_then(|item| Some((item.mention?, 0.6)));
            }
            if let Some(item) = item {
                return Some((item.mention?, 0.7));
            }
            let subject = there.iter().find(|item| back > 0 && item.subject && fitting(item))?;
            return subject
                .mention
                .filter(|_| !self.is_in_coordination(subject))
                .map(|mention| (mention, 0.6));
        }
        None
    }
}
