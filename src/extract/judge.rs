//! How the statements of a document are meant: affirmed or denied, as a fact or not, and in whose
//! words.

use std::ops::Range;

use crate::mention::{Mention, MentionId, RelationMention};
use crate::ontology::{Ontology, PropertyId, TopClass};
use crate::rules::{RuleMatch, RuleSet};
use crate::span::ByteSpan;
use crate::statement::{Modality, Origin, Polarity};
use crate::time::Moment;
use crate::token::Tokens;

use super::speech::{self, Speech};
use super::{Extraction, assertion};

/// How a statement is meant that something else than a rule found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meant {
    pub polarity: Polarity,
    pub modality: Modality,
    pub attributed_to: Option<MentionId>,
    pub date: Option<Box<str>>,
}

/// What decides how the statements of a document are meant.
pub struct Judge<'d> {
    pub(super) text: &'d str,
    pub(super) tokens: &'d Tokens,
    pub(super) moments: &'d [Moment],
    pub(super) mentions: &'d [Mention],
    pub(super) speeches: Vec<Speech>,
    pub(super) ontology: &'d Ontology,
}

impl<'d> Judge<'d> {
    pub fn new(text: &'d str, extraction: &'d Extraction, ontology: &'d Ontology) -> Self {
        let Extraction { tokens, moments, mentions, .. } = extraction;
        let quotations = speech::quotations(text, tokens);
        let speeches = speech::find(tokens, mentions, &quotations, &ontology.lexicon);
        Self { text, tokens, moments, mentions, speeches, ontology }
    }

    /// How a statement between two mentions is meant whose words are the tokens `words` of the
    /// sentence. A standing fact is assessed by these words alone: an office is held whatever
    /// its bearer "will" or "did not" do.
    pub fn meant(
        &self,
        property: PropertyId,
        ends: (usize, usize),
        sentence: usize,
        words: &Range<usize>,
    ) -> Meant {
        let standing = self.ontology.schema.property(property).standing;
        let range = match standing {
            true => words.clone(),
            false => self.tokens.sentences[sentence].tokens.clone(),
        };
        let (polarity, modality) = self.assess(&range, ends, words);
        let attributed_to = self.speaker(ends, property, false, words);
        let date = self.date(property, false, sentence, words);
        Meant { polarity, modality, attributed_to, date }
    }

    /// A rule's find as a statement.
    pub(super) fn relation(
        &self,
        sentence: usize,
        found: &RuleMatch,
        rules: &RuleSet,
    ) -> RelationMention {
        let range = self.tokens.sentences[sentence].tokens.clone();
        let cue = self.token_range(&range, found.cue);
        let ends = (found.subject, found.object);
        let (mut polarity, mut modality) = match found.role {
            // A title is a fact whatever its bearer "will" or "would" do.
            Some(role) if !self.is_clause(&range, &cue, role) => {
                let role = self.token_range(&range, role);
                let denied =
                    assertion::is_negated(&self.tokens.tokens[role], &self.ontology.lexicon);
                let polarity = if denied { Polarity::Denied } else { Polarity::Affirmed };
                (polarity, Modality::Asserted)
            }
            // What is where and what is part of what is no more denied than the clause around is about it.
            _ if self.ontology.schema.property(found.property).standing => {
                self.assess(&cue, ends, &cue)
            }
            _ => self.assess(&range, ends, &cue),
        };
        polarity = found.polarity.unwrap_or(polarity);
        modality = found.modality.unwrap_or(modality);
        let confidence =
            [self.mentions[found.subject].confidence, self.mentions[found.object].confidence]
                .into_iter()
                .fold(found.confidence, |least, one| if one < least { one } else { least });
        RelationMention {
            property: found.property,
            subject: MentionId(found.subject as u32),
            object: MentionId(found.object as u32),
            sentence,
            role: found.role.filter(|role| !role.of(self.text).is_empty()),
            cue: Some(found.cue),
            polarity,
            modality,
            attributed_to: self.speaker(
                (found.subject, found.object),
                found.property,
                found.role.is_some(),
                &cue,
            ),
            date: self.date(found.property, found.role.is_some(), sentence, &cue),
            origin: Origin::Rule(rules.rule_name(found.rule).into()),
            confidence,
        }
    }

    /// Whether a verb says that the office is held: "will become the head of", "never worked as an
    /// engineer for".
    fn is_clause(&self, sentence: &Range<usize>, cue: &Range<usize>, role: ByteSpan) -> bool {
        let role = self.token_range(sentence, role);
        let verbs = self.ontology.lexicon.list("office_verbs");
        self.tokens.tokens[cue.start..role.start.clamp(cue.start, cue.end)]
            .iter()
            .any(|token| verbs.contains(&token.lower))
    }

    /// A definite agreement ("the treaty between X and Y") is taken for granted by whoever
    /// names it, whatever the clause around says; an indefinite one ("no plans for a treaty
    /// with X") is what the clause is about.
    fn assess(
        &self,
        sentence: &Range<usize>,
        ends: (usize, usize),
        cue: &Range<usize>,
    ) -> (Polarity, Modality) {
        let tokens = &self.tokens.tokens;
        let lexicon = &self.ontology.lexicon;
        let mut words = self.verb(cue)..cue.end;
        let agreement = [ends.0, ends.1]
            .into_iter()
            .map(|at| &self.mentions[at])
            .find(|mention| mention.class == TopClass::Agreement);
        if let Some(Mention { tokens: agreement, .. }) = agreement {
            let determiner = agreement.start.checked_sub(1).map(|at| &*tokens[at].lower);
            if agreement.start <= cue.start {
                let definite = lexicon.list("definite_determiners");
                if determiner.is_some_and(|word| definite.contains(word)) {
                    // Only what is said of it behind it counts ("does not apply to").
                    let floor = agreement.end.min(cue.end);
                    let words = cue.start.max(floor)..cue.end;
                    return assertion::assess(tokens, sentence, floor, words, self.ontology);
                }
                words.start = agreement.start;
            } else if determiner.is_some_and(|word| lexicon.list("negations").contains(word)) {
                // "has no agreement with".
                words.end = words.end.max(agreement.start);
            }
        }
        assertion::assess(tokens, sentence, sentence.start, words, self.ontology)
    }

    /// Where the verb of a wording begins: behind what stands between commas, another clause and
    /// the auxiliaries and verbs before "to" ("refused to meet"), which say how it is meant.
    fn verb(&self, cue: &Range<usize>) -> usize {
        let lexicon = &self.ontology.lexicon;
        let lower = |at: usize| &*self.tokens.tokens[at].lower;
        let mut start = cue.start;
        // ", who would not comment, attacked"
        if !cue.is_empty() && lower(start) == "," {
            let closing = (start + 1..cue.end).find(|&at| lower(at) == ",");
            start = closing.map_or(start, |closing| closing + 1);
        }
        // "abstained and refused to condemn"
        let conjunctions = lexicon.list("conjunctions");
        start += (start..cue.end).take_while(|&at| conjunctions.contains(lower(at))).count();
        if let Some(but) = (start..cue.end).rev().find(|&at| lower(at) == "but") {
            start = but + 1;
        }
        const LEADING: [&str; 5] =
            ["auxiliaries", "raising_verbs", "gerund_verbs", "negations", "adverb"];
        let leads = |at: &usize| {
            let word = lower(*at);
            let listed = LEADING.iter().any(|list| lexicon.list(list).contains(word));
            listed || word == "to" || word.ends_with("n't")
        };
        // What is left when all words are such is the wording itself.
        let verb = start + (start..cue.end).take_while(leads).count();
        if verb < cue.end { verb } else { start.min(cue.end) }
    }

    fn token_range(&self, sentence: &Range<usize>, span: ByteSpan) -> Range<usize> {
        let tokens = &self.tokens.tokens[sentence.clone()];
        let start = tokens.partition_point(|token| token.span.end <= span.start);
        let end = tokens.partition_point(|token| token.span.start < span.end).max(start);
        sentence.start + start..sentence.start + end
    }

    /// The date of a statement whose words are the tokens `cue`: the one nearest to them in their
    /// sentence, of those in the same person's words if there are any. An office or a standing
    /// fact has none, and the date in an agreement's name is the agreement's.
    fn date(
        &self,
        property: PropertyId,
        has_role: bool,
        sentence: usize,
        cue: &Range<usize>,
    ) -> Option<Box<str>> {
        let property = self.ontology.schema.property(property);
        if property.standing || (property.membership && has_role) {
            return None;
        }
        let sentence = &self.tokens.sentences[sentence].tokens;
        let speech = self.speeches[self.first_speech(cue.start)..]
            .first()
            .filter(|speech| speech.tokens.contains(&cue.start));
        let first = self.moments.partition_point(|one| one.tokens.start < sentence.start);
        let named = |moment: &Moment| {
            let next = self.mentions.partition_point(|one| one.tokens.end <= moment.tokens.start);
            self.mentions.get(next).is_some_and(|one| one.tokens.start < moment.tokens.end)
        };
        self.moments[first..]
            .iter()
            .take_while(|moment| moment.tokens.end <= sentence.end)
            .filter(|moment| !named(moment))
            .min_by_key(|moment| {
                let elsewhere =
                    speech.is_some_and(|speech| !speech.tokens.contains(&moment.tokens.start));
                let before = cue.start.saturating_sub(moment.tokens.end);
                let behind = moment.tokens.start.saturating_sub(cue.end);
                (elsewhere, before + behind)
            })
            .map(|moment| moment.value.clone())
    }

    /// The first stretch of speech that does not end before a token.
    fn first_speech(&self, at: usize) -> usize {
        self.speeches.partition_point(|speech| speech.tokens.end <= at)
    }

    /// Whose words state a relation whose words are the tokens `cue`. An office or a standing fact
    /// in reported speech is background that the article gives; in a quotation it is the
    /// speaker's.
    fn speaker(
        &self,
        ends: (usize, usize),
        property: PropertyId,
        has_role: bool,
        cue: &Range<usize>,
    ) -> Option<MentionId> {
        let holds = |speech: &Speech, mention: usize| {
            let tokens = &self.mentions[mention].tokens;
            speech.tokens.start <= tokens.start && tokens.end <= speech.tokens.end
        };
        let inside = |speech: &&Speech| {
            let (head, tail) = (holds(speech, ends.0), holds(speech, ends.1));
            // "accused France of arming Chad": the wording may take in the verb of speech.
            let begins = speech.tokens.contains(&cue.start) && (head || tail);
            begins || (cue.contains(&speech.tokens.start) && head && tail)
        };
        let speech = self.speeches[self.first_speech(cue.start)..].iter().take(4).find(inside)?;
        // "NASA tweeted support for him" is the speech act itself, which the article tells.
        if ends.0 == speech.speaker {
            return None;
        }
        let property = self.ontology.schema.property(property);
        if (has_role && property.membership || property.standing) && !speech.quoted {
            return None;
        }
        Some(MentionId(speech.speaker as u32))
    }
}
