//! Pronouns of the third person: the subject of the sentence before, or the only one who fits.

use super::candidates::{Gender, Item, only_one};
use super::{Answer, Place, Search, fits};
use crate::ontology::TopClass;
use crate::statement::MentionForm;
use crate::token::TokenKind;

/// What the word list calls the gender of "we".
pub(super) const AUTHOR: &str = "author";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Subject,
    Object,
    Possessive,
}

/// How many sentences back an antecedent may stand.
const REACH: usize = 2;

fn found(item: &Item, confidence: f32) -> Option<(usize, f32)> {
    item.mention.map(|mention| (mention, confidence))
}

impl Search<'_> {
    /// `value` is what the word list says of the pronoun.
    pub(super) fn pronoun(&self, place: &Place, value: &str) -> Option<Answer> {
        let mut parts = value.split(' ');
        let (classes, gender, role) = (parts.next()?, parts.next()?, parts.next()?);
        let author = gender == AUTHOR;
        let gender = Gender::from_name(gender);
        let role = match role {
            "subject" => Role::Subject,
            "object" => Role::Object,
            "possessive" => Role::Possessive,
            _ if self.begins_noun_phrase(place) => Role::Possessive,
            _ => Role::Object,
        };
        if gender.is_none() && !author && self.is_pleonastic(place) {
            return None;
        }
        let fitting = |item: &&Item| {
            item.quoted == place.quoted
                && !(self.is_place(item) && item.governed && role == Role::Subject)
                && item.mention.is_none_or(|at| fits(classes, &self.mentions[at], self.ontology))
                && gender.is_none_or(|gender| self.candidates.may_be(item, gender))
        };
        let (antecedent, confidence) = match gender {
            Some(gender) => self.person(place, role, gender, &fitting)?,
            None if author => self.author(classes)?,
            None => self.thing(place, role, &fitting)?,
        };
        Some(Answer {
            tokens: place.at..place.at + 1,
            antecedent,
            form: MentionForm::Pronoun,
            genitive: role == Role::Possessive,
            confidence,
        })
    }

    fn person(
        &self,
        place: &Place,
        role: Role,
        gender: Gender,
        fitting: &dyn Fn(&&Item) -> bool,
    ) -> Option<(usize, f32)> {
        let here = self.candidates.here();
        if let Some(item) = self.coordinated(place, role).filter(fitting) {
            return found(item, 0.8);
        }
        let free = |item: &&Item| role != Role::Object || self.is_apart(item, place);
        let inside = || here.iter().filter(fitting).filter(free);
        if inside().next().is_some() {
            let known = |item: &&Item| self.candidates.is_known_to_be(item, gender);
            let item = only_one(inside()).or_else(|| only_one(inside().filter(known)))?;
            let sure = here.iter().any(|other| other.group == item.group && !other.governed);
            return found(item, 0.75).filter(|_| sure);
        }
        for back in 1..=REACH.min(self.candidates.sentences().saturating_sub(1)) {
            let there = self.candidates.before(back);
            if !there.iter().any(|item| fitting(&item)) {
                continue;
            }
            if let Some(item) = only_one(there.iter().filter(fitting)) {
                return found(item, 0.7);
            }
            let subject = there.iter().find(|item| item.subject && fitting(item))?;
            let decides = role != Role::Object && !self.is_in_coordination(subject);
            return found(subject, 0.6).filter(|_| decides);
        }
        None
    }

    fn thing(
        &self,
        place: &Place,
        role: Role,
        fitting: &dyn Fn(&&Item) -> bool,
    ) -> Option<(usize, f32)> {
        let here = self.candidates.here();
        if let Some(item) = self.coordinated(place, role).filter(fitting) {
            return found(item, 0.75);
        }
        let inside = || here.iter().filter(fitting);
        if inside().next().is_some() {
            // "Sanctions on A and on its owner": A, whatever it is, and none before it.
            if self.is_parallel(place) && !here.last().is_some_and(|last| fitting(&last)) {
                return None;
            }
            let item = only_one(inside())?;
            let sure = here.iter().any(|other| other.group == item.group && !other.governed);
            return found(item, 0.65).filter(|_| sure);
        }
        // Back over a sentence only from the beginning of the next.
        const OPENING: usize = 3;
        if place.at > place.sentence.start + OPENING {
            return None;
        }
        let there = self.candidates.before(1);
        let subject = there.iter().find(|item| item.subject && fitting(item))?;
        found(subject, 0.6).filter(|_| !self.is_in_coordination(subject))
    }

    /// "Ann Lee and her husband": the one named directly before the conjunction.
    fn coordinated(&self, place: &Place, role: Role) -> Option<&Item> {
        if role != Role::Possessive {
            return None;
        }
        let before = place.at.checked_sub(1)?;
        if !self.ontology.lexicon.list("conjunctions").contains(&self.tokens[before].lower) {
            return None;
        }
        self.candidates.here().last().filter(|item| item.tokens.end == before)
    }

    /// Whether a conjunction and a preposition stand before the pronoun.
    fn is_parallel(&self, place: &Place) -> bool {
        let lexicon = &self.ontology.lexicon;
        let Some(conjunction) = place.at.checked_sub(2) else { return false };
        lexicon.list("conjunctions").contains(&self.tokens[conjunction].lower)
            && lexicon.list("governing_prepositions").contains(&self.tokens[conjunction + 1].lower)
    }

    /// Whether another clause begins between the candidate and the pronoun: nobody is the object
    /// of what he does himself.
    fn is_apart(&self, item: &Item, place: &Place) -> bool {
        let breaks = self.ontology.lexicon.list("clause_breaks");
        self.tokens[item.tokens.end..place.at].iter().any(|token| breaks.contains(&token.lower))
    }

    pub(super) fn is_in_coordination(&self, item: &Item) -> bool {
        let conjunctions = self.ontology.lexicon.list("conjunctions");
        self.tokens.get(item.tokens.end).is_some_and(|token| conjunctions.contains(&token.lower))
    }

    /// Whether "her" is followed by what she has.
    fn begins_noun_phrase(&self, place: &Place) -> bool {
        let next = place.at + 1;
        if !place.sentence.contains(&next) || self.tokens[next].kind != TokenKind::Word {
            return false;
        }
        let lexicon = &self.ontology.lexicon;
        let word = &*self.tokens[next].lower;
        !["function_words", "governing_prepositions", "clause_breaks", "gap_breaks"]
            .iter()
            .any(|list| lexicon.list(list).contains(word))
            && !lexicon.list("common_adverbs").contains(word)
    }

    fn is_place(&self, item: &Item) -> bool {
        item.mention.is_some_and(|at| self.mentions[at].class == TopClass::Place)
    }

    /// "It is clear that", "it seems": a subject that stands for nothing.
    fn is_pleonastic(&self, place: &Place) -> bool {
        const REACH: usize = 6;
        let lexicon = &self.ontology.lexicon;
        let Some(next) = self.word(place.at + 1, &place.sentence) else { return false };
        if lexicon.list("pleonastic_verbs").contains(next) {
            return true;
        }
        let be = (1..=2).find(|&ahead| {
            self.word(place.at + ahead, &place.sentence)
                .is_some_and(|word| lexicon.list("forms_of_be").contains(word))
        });
        let Some(be) = be else { return false };
        let rest = place.at + be + 1..place.sentence.end.min(place.at + be + 1 + REACH);
        // "It is seeking to", "it was forced to" do have a subject.
        self.tokens[rest]
            .iter()
            .take_while(|token| {
                token.kind != TokenKind::Mark
                    && !token.lower.ends_with("ing")
                    && !token.lower.ends_with("ed")
            })
            .any(|token| lexicon.list("pleonastic_complements").contains(&token.lower))
    }
}
