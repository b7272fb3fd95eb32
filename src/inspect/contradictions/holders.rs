//! Whose words a sentence speaks of: "Kirby's claim", "his own words", "what the ministry said",
//! "the reports".

use std::ops::Range;

use crate::extract::quotations;
use crate::graph::{DocumentIndex, EntityIndex, MentionForm};
use crate::inspect::prose::Prose;
use crate::ontology::{Lexicon, TopClass};
use crate::token::{Token, TokenKind};

use super::{Scene, Statement};

/// Who said what stands before the cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before {
    /// The words of this one are spoken of, or this one is the subject.
    Named(EntityIndex),
    /// "This": what the previous sentence says.
    PreviousSentence,
    /// The cue opens the sentence: what the rest of it says.
    ThisSentence,
}

/// Whose words stand behind the cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum After {
    Named(EntityIndex),
    /// "His own words": those of the one before the cue.
    Own,
    /// "The allegations": somebody's, who is not named.
    Unnamed,
    /// "That it supports them": what was said is told, not who said it.
    Content,
}

/// One document with what the graph knows of it.
pub(super) struct Article<'g> {
    pub scene: Scene<'g>,
    pub document: DocumentIndex,
    pub prose: Prose<'g>,
    /// In the order of the text.
    pub names: Vec<Named>,
    /// In the order of the text.
    pub statements: Vec<Statement<'g>>,
    quoted: Vec<bool>,
}

/// A mention, as tokens of the prose.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub tokens: Range<usize>,
    pub entity: EntityIndex,
    pub class: TopClass,
    pub form: MentionForm,
}

/// How far a noun stands behind the name or article that it belongs to.
const NOUN_REACH: usize = 4;

impl<'g> Article<'g> {
    pub fn new(
        scene: Scene<'g>,
        document: DocumentIndex,
        prose: Prose<'g>,
        names: Vec<Named>,
        statements: Vec<Statement<'g>>,
    ) -> Self {
        let quoted = quotations(prose.text, &prose.tokens).inside;
        Self { scene, document, prose, names, statements, quoted }
    }

    pub fn is_quoted(&self, token: usize) -> bool {
        self.quoted.get(token).is_some_and(|quoted| *quoted)
    }

    pub fn tokens(&self) -> &[Token] {
        &self.prose.tokens.tokens
    }

    fn lexicon(&self) -> &'g Lexicon {
        &self.scene.ontology.lexicon
    }

    pub fn word(&self, at: usize) -> &str {
        self.tokens().get(at).map_or("", |token| &token.lower)
    }

    pub fn is_in(&self, list: &str, at: usize) -> bool {
        self.lexicon().list(list).contains(self.word(at))
    }

    /// The mentions that begin within `range`.
    pub fn names_in(&self, range: Range<usize>) -> &[Named] {
        let first = self.names.partition_point(|name| name.tokens.start < range.start);
        let count = self.names[first..].partition_point(|name| name.tokens.start < range.end);
        &self.names[first..first + count]
    }

    /// Who said what stands before the cue at token `cue` of a sentence.
    pub fn before(&self, sentence: &Range<usize>, cue: usize) -> Option<Before> {
        if cue == sentence.start {
            return Some(Before::ThisSentence);
        }
        if let Some(entity) = self.owner_of_words(sentence.start..cue) {
            return Some(Before::Named(entity));
        }
        let mut limit = cue;
        while limit > sentence.start
            && (self.is_in("speech_auxiliaries", limit - 1)
                || self.is_in("forms_of_be", limit - 1)
                || matches!(self.word(limit - 1), "are" | "were")
                || self.is_in("common_adverbs", limit - 1))
        {
            limit -= 1;
        }
        let subject = limit.checked_sub(1).filter(|at| *at >= sentence.start)?;
        if matches!(self.word(subject), "this" | "that" | "it") && subject <= sentence.start + 1 {
            return Some(Before::PreviousSentence);
        }
        // "The remarks contradict": those told before.
        let opener = subject.checked_sub(1).filter(|at| *at == sentence.start);
        if self.is_in("statement_nouns", subject)
            && opener.is_some_and(|at| self.is_in("definite_determiners", at))
        {
            return Some(Before::PreviousSentence);
        }
        let ends_at = |limit: usize| {
            self.names_in(sentence.start..limit).iter().rev().find(|name| {
                name.tokens.end == limit
                    && name.class != TopClass::Agreement
                    && !self.is_quoted(name.tokens.start)
            })
        };
        if self.word(subject) != "," {
            return ends_at(limit).map(|name| Before::Named(name.entity));
        }
        // "Kirby, the spokesman, denied": the apposition is stepped over.
        let opening = (sentence.start..subject).rev().find(|at| self.word(*at) == ",")?;
        ends_at(opening).map(|name| Before::Named(name.entity))
    }

    /// Whose words stand behind a cue that ends at token `at`. `persons`: the name alone may
    /// stand for the words ("contradicted Dunford").
    pub fn after(&self, at: usize, end: usize, persons: bool) -> Option<After> {
        let mut at = at;
        if self.word(at) == "what" {
            return self.teller(at + 1, end).map(After::Named);
        }
        let possessive = matches!(self.word(at), "his" | "her" | "its" | "their");
        if possessive {
            let noun = self.noun(at + 1, end)?;
            let other = (at + 1..noun).any(|at| self.is_in("statement_modifiers", at));
            if other {
                return Some(After::Own);
            }
            let stands_for = self.names_in(at..at + 1).first()?;
            return Some(After::Named(stands_for.entity));
        }
        while self.is_in("definite_determiners", at) || self.is_in("indefinite_determiners", at) {
            at += 1;
        }
        if at >= end {
            return None;
        }
        if let Some(noun) = self.noun(at, end)
            && self.names_in(at..noun).is_empty()
        {
            return match self.source_of(noun, end) {
                Some(entity) => Some(After::Named(entity)),
                None => Some(After::Unnamed),
            };
        }
        let name = self.names_in(at..end.min(at + NOUN_REACH)).first()?;
        let plain = (at..name.tokens.start).all(|at| self.tokens()[at].kind == TokenKind::Word);
        if !plain || name.class == TopClass::Agreement {
            return None;
        }
        let mut behind = name.tokens.end;
        let genitive = matches!(self.word(behind), "'s" | "'");
        behind += usize::from(genitive);
        let noun = self.noun(behind, end).is_some();
        let adjective = matches!(name.form, MentionForm::Name) && !genitive && noun;
        let person = persons && !genitive && name.class == TopClass::Person;
        (genitive && noun || adjective || person).then_some(After::Named(name.entity))
    }

    /// Whether a verb before token `at` goes on with what is said: "(denied) that", "(denied)
    /// having met".
    pub fn tells(&self, at: usize, end: usize) -> bool {
        let clause = matches!(self.word(at), "that" | "he" | "she" | "it" | "they");
        at < end && (clause || self.word(at).ends_with("ing"))
    }

    /// "Kirby's claim that", "the claim by Kirby".
    fn owner_of_words(&self, range: Range<usize>) -> Option<EntityIndex> {
        range.clone().filter(|at| self.is_in("statement_nouns", *at)).find_map(|noun| {
            let from = noun.saturating_sub(NOUN_REACH).max(range.start);
            let genitive = self.names_in(from..noun).iter().rev().find(|name| {
                let between = name.tokens.end..noun;
                matches!(self.word(between.start), "'s" | "'")
                    && between.skip(1).all(|at| self.tokens()[at].kind == TokenKind::Word)
            });
            let owner = genitive.map(|name| name.entity);
            owner.or_else(|| self.source_of(noun, range.end)).filter(|_| !self.is_quoted(noun))
        })
    }

    /// "claims by the ministry", "the claim from Berlin", "statements made by Kirby".
    fn source_of(&self, noun: usize, end: usize) -> Option<EntityIndex> {
        let mut at = noun + 1;
        at += usize::from(self.word(at) == "made");
        if !matches!(self.word(at), "by" | "from" | "of") {
            return None;
        }
        let name = self.names_in(at + 1..end.min(at + 1 + NOUN_REACH)).first()?;
        let direct = (at + 1..name.tokens.start).all(|at| {
            self.tokens()[at].kind == TokenKind::Word && !self.is_in("statement_nouns", at)
        });
        let is_speaker = name.class != TopClass::Agreement && self.word(at) != "of"
            || name.class == TopClass::Person;
        (direct && is_speaker).then_some(name.entity)
    }

    /// "(what) the ministry had said".
    fn teller(&self, at: usize, end: usize) -> Option<EntityIndex> {
        const REACH: usize = 6;
        let name = self.names_in(at..end.min(at + REACH)).first()?;
        const APPOSITION: usize = 14;
        let mut verb = name.tokens.end;
        if self.word(verb) == "," {
            verb += 1;
            verb += (verb..end.min(verb + APPOSITION)).position(|at| self.word(at) == ",")? + 1;
        }
        while verb < end && self.is_in("speech_auxiliaries", verb) {
            verb += 1;
        }
        (verb < end && self.is_in("speech_verbs", verb)).then_some(name.entity)
    }

    /// The noun for somebody's words that the noun phrase at `at` ends with.
    fn noun(&self, at: usize, end: usize) -> Option<usize> {
        (at..end.min(at + NOUN_REACH))
            .take_while(|at| self.tokens()[*at].kind == TokenKind::Word)
            .find(|at| self.is_in("statement_nouns", *at))
    }

    /// Whether somebody is the subject of a verb of speech in a sentence, or a statement of the
    /// graph is attributed to him there.
    pub fn speaks(&self, sentence: usize, speaker: EntityIndex) -> bool {
        let Some(span) = self.prose.spans.get(sentence) else { return false };
        let attributed = self.statements.iter().any(|one| {
            one.evidence.attributed_to == Some(speaker)
                && one.evidence.sentence.start < span.end
                && span.start < one.evidence.sentence.end
        });
        attributed || self.is_subject_of_speech(sentence, speaker)
    }

    fn is_subject_of_speech(&self, sentence: usize, speaker: EntityIndex) -> bool {
        let Some(sentence) = self.prose.tokens.sentences.get(sentence) else { return false };
        let range = sentence.tokens.clone();
        self.names_in(range.clone()).iter().filter(|name| name.entity == speaker).any(|name| {
            let mut after = name.tokens.end;
            while after < range.end && self.is_in("speech_auxiliaries", after) {
                after += 1;
            }
            // "…," said Kirby; not "accused Kirby".
            let inverted = name.tokens.start.checked_sub(2).is_some_and(|mark| {
                let verb = mark + 1;
                let how = self.lexicon().list("speech_verbs").value(self.word(verb));
                mark >= range.start
                    && self.tokens()[mark].kind == TokenKind::Mark
                    && how.is_some_and(|how| !how.contains("before"))
            });
            !self.is_quoted(name.tokens.start)
                && (after < range.end && self.is_in("speech_verbs", after) || inverted)
        })
    }
}
