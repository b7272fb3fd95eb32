//! Finds mentions and the relations stated between them in one document. Never fails: what
//! it cannot decide it leaves out.

mod agreements;
mod assertion;
mod coreference;
mod names;
mod speech;
mod voice;

use std::ops::Range;

use crate::confidence::Confidence;
use crate::document::Document;
use crate::mention::{Mention, MentionId, RelationMention};
use crate::ontology::{Ontology, PropertyId, TopClass};
use crate::rules::{RuleMatch, RuleSet};
use crate::span::ByteSpan;
use crate::statement::{MentionForm, Modality, Origin, Polarity};
use crate::token::{Tokens, tokenize};

/// What was found in one document.
#[derive(Clone, Debug, Default)]
pub struct Extraction {
    pub tokens: Tokens,
    /// Those of the text in its order, none overlapping another; behind them the names that
    /// stand inside others ("Russian" in "Russian Defence Ministry").
    pub mentions: Vec<Mention>,
    pub relations: Vec<RelationMention>,
}

/// Reads one document.
pub fn extract(document: &Document, ontology: &Ontology, rules: &RuleSet) -> Extraction {
    let text = document.text();
    let tokens = tokenize(document, ontology);
    let (mut mentions, nested) = find_mentions(text, &tokens, ontology);
    let quoted = speech::quoted(text, &tokens);
    let stand_ins = coreference::find(text, &tokens, &mentions, &quoted, ontology);
    mentions.extend(stand_ins);
    mentions.sort_by_key(|mention| mention.tokens.start);
    let mut matches = match_rules(text, &tokens, &mentions, rules);
    let mut speeches = speech::find(&tokens, &mentions, &quoted, &ontology.lexicon);
    let voices = voice::find(text, &tokens, &mentions, &speeches, &matches, &nested, ontology);
    if !voices.is_empty() {
        // "We" of an official is a further mention: the sentences that hold one are read again.
        mentions.extend(voices);
        mentions.sort_by_key(|mention| mention.tokens.start);
        matches = match_rules(text, &tokens, &mentions, rules);
        speeches = speech::find(&tokens, &mentions, &quoted, &ontology.lexicon);
    }
    let context =
        Context { text, tokens: &tokens, mentions: &mentions, speeches: &speeches, ontology };
    let mut relations: Vec<RelationMention> =
        matches.iter().map(|(sentence, found)| context.relation(*sentence, found, rules)).collect();
    let offices = coreference::office::find(&tokens, &mentions, &relations, ontology);
    relations.extend(offices);
    add_nested(text, &tokens, &mut mentions, &mut relations, nested, ontology);
    Extraction { tokens, mentions, relations }
}

/// A name inside a name, and how the whole is related to it.
struct Nested {
    outer: Range<usize>,
    inner: Range<usize>,
    property: PropertyId,
}

fn find_mentions(text: &str, tokens: &Tokens, ontology: &Ontology) -> (Vec<Mention>, Vec<Nested>) {
    let agreements = agreements::find(text, tokens, ontology);
    let mut taken = vec![false; tokens.tokens.len()];
    for agreement in &agreements {
        taken[agreement.tokens.clone()].fill(true);
    }
    let names = names::find(text, tokens, &taken, ontology);
    let mut mentions = Vec::with_capacity(names.len() + agreements.len());
    let mut nested = Vec::new();
    let span = |range: &Range<usize>| {
        tokens.tokens[range.start].span.to(tokens.tokens[range.end - 1].span)
    };
    for name in names {
        if let Some((inner, property)) = name.nested {
            nested.push(Nested { outer: name.tokens.clone(), inner, property });
        }
        mentions.push(Mention {
            span: span(&name.tokens),
            tokens: name.tokens,
            class: name.class,
            subclass: name.subclass,
            form: MentionForm::Name,
            entry: name.entry,
            demonym: name.demonym,
            stands_for: None,
            origin: if name.entry.is_some() {
                Origin::Gazetteer
            } else {
                Origin::Rule("names".into())
            },
            confidence: Confidence::new(name.confidence).unwrap_or(Confidence::CERTAIN),
        });
    }
    for agreement in agreements {
        let form = if agreement.bare { MentionForm::Nominal } else { MentionForm::Name };
        mentions.push(Mention {
            span: span(&agreement.tokens),
            tokens: agreement.tokens,
            class: TopClass::Agreement,
            subclass: agreement.subclass,
            form,
            entry: None,
            demonym: false,
            stands_for: None,
            origin: Origin::Rule("agreements".into()),
            confidence: Confidence::new(if agreement.named { 0.9 } else { 0.7 })
                .unwrap_or(Confidence::CERTAIN),
        });
    }
    mentions.sort_by_key(|mention| mention.tokens.start);
    (mentions, nested)
}

/// What the rules find, with the index of the sentence.
fn match_rules(
    text: &str,
    tokens: &Tokens,
    mentions: &[Mention],
    rules: &RuleSet,
) -> Vec<(usize, RuleMatch)> {
    let mut all = Vec::new();
    let mut found = Vec::new();
    for (index, sentence) in tokens.sentences.iter().enumerate() {
        rules.find(text, &tokens.tokens, sentence, mentions, &mut found);
        all.extend(found.drain(..).map(|one| (index, one)));
    }
    all
}

/// What decides how a rule's find is meant.
struct Context<'d> {
    text: &'d str,
    tokens: &'d Tokens,
    mentions: &'d [Mention],
    speeches: &'d [speech::Speech],
    ontology: &'d Ontology,
}

impl Context<'_> {
    fn relation(&self, sentence: usize, found: &RuleMatch, rules: &RuleSet) -> RelationMention {
        let range = self.tokens.sentences[sentence].tokens.clone();
        let cue = self.token_range(&range, found.cue);
        let (mut polarity, mut modality) = if found.role.is_some() {
            // A title is a fact whatever its bearer "will" or "would" do.
            let denied = found.role.is_some_and(|role| {
                let role = self.token_range(&range, role);
                assertion::is_negated(&self.tokens.tokens[role], &self.ontology.lexicon)
            });
            let polarity = if denied { Polarity::Denied } else { Polarity::Affirmed };
            (polarity, Modality::Asserted)
        } else {
            self.assess(&range, found, &cue)
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
            attributed_to: self.speaker(found, &cue),
            origin: Origin::Rule(rules.rule_name(found.rule).into()),
            confidence,
        }
    }

    /// A definite agreement ("the treaty between X and Y") is taken for granted by whoever
    /// names it, whatever the clause around says; an indefinite one ("no plans for a treaty
    /// with X") is what the clause is about.
    fn assess(
        &self,
        sentence: &Range<usize>,
        found: &RuleMatch,
        cue: &Range<usize>,
    ) -> (Polarity, Modality) {
        let tokens = &self.tokens.tokens;
        let agreement =
            [found.subject, found.object].into_iter().map(|at| &self.mentions[at]).find(
                |mention| mention.class == TopClass::Agreement && mention.tokens.start <= cue.start,
            );
        let mut start = cue.start;
        if let Some(agreement) = agreement {
            let determiner = agreement.tokens.start.checked_sub(1).map(|at| &*tokens[at].lower);
            let definite = self.ontology.lexicon.list("definite_determiners");
            if determiner.is_some_and(|word| definite.contains(word)) {
                // Only what is said of it behind it counts ("does not apply to").
                let floor = agreement.tokens.end.min(cue.end);
                return assertion::assess(
                    tokens,
                    floor,
                    cue.start.max(floor),
                    cue.end,
                    self.ontology,
                );
            }
            start = agreement.tokens.start;
        }
        assertion::assess(tokens, sentence.start, start, cue.end, self.ontology)
    }

    fn token_range(&self, sentence: &Range<usize>, span: ByteSpan) -> Range<usize> {
        let tokens = &self.tokens.tokens[sentence.clone()];
        let start = tokens.partition_point(|token| token.span.end <= span.start);
        let end = tokens.partition_point(|token| token.span.start < span.end).max(start);
        sentence.start + start..sentence.start + end
    }

    /// Whose words state the relation. An office or a standing fact in reported speech is
    /// background that the article gives; in a quotation it is the speaker's.
    fn speaker(&self, found: &RuleMatch, cue: &Range<usize>) -> Option<MentionId> {
        let first = self.speeches.partition_point(|speech| speech.tokens.end <= cue.start);
        let inside = |speech: &&speech::Speech| {
            let holds = |mention: usize| {
                let tokens = &self.mentions[mention].tokens;
                speech.tokens.start <= tokens.start && tokens.end <= speech.tokens.end
            };
            speech.tokens.contains(&cue.start) && (holds(found.subject) || holds(found.object))
        };
        let speech = self.speeches[first..].iter().take(4).find(inside)?;
        let standing = self.ontology.schema.property(found.property).standing;
        if (found.role.is_some() || standing) && !speech.quoted {
            return None;
        }
        Some(MentionId(speech.speaker as u32))
    }
}

fn add_nested(
    text: &str,
    tokens: &Tokens,
    mentions: &mut Vec<Mention>,
    relations: &mut Vec<RelationMention>,
    nested: Vec<Nested>,
    ontology: &Ontology,
) {
    for one in nested {
        let Some(outer) = mentions.iter().position(|mention| mention.tokens == one.outer) else {
            continue;
        };
        let words = tokens.tokens[one.inner.clone()].iter().map(|token| token.span.of(text));
        let Some(known) = ontology.gazetteer.longest_match(words) else { continue };
        let entry = known.entries[0];
        let known_entry = ontology.gazetteer.entry(entry);
        let (class, subclass) = (known_entry.class, known_entry.subclass);
        if !ontology.schema.allows(one.property, mentions[outer].class, class) {
            continue;
        }
        let sentence =
            tokens.sentences.partition_point(|sentence| sentence.tokens.end <= one.outer.start);
        let span = tokens.tokens[one.inner.start].span.to(tokens.tokens[one.inner.end - 1].span);
        let object = MentionId(mentions.len() as u32);
        mentions.push(Mention {
            span,
            tokens: one.inner,
            class,
            subclass,
            form: MentionForm::Name,
            entry: Some(entry),
            demonym: true,
            stands_for: None,
            origin: Origin::Gazetteer,
            confidence: mentions[outer].confidence,
        });
        relations.push(RelationMention {
            property: one.property,
            subject: MentionId(outer as u32),
            object,
            sentence,
            role: None,
            cue: Some(mentions[outer].span),
            polarity: Polarity::Affirmed,
            modality: Modality::Asserted,
            attributed_to: None,
            origin: Origin::Rule(
                format!("{}/nested-name", ontology.schema.property(one.property).name).into(),
            ),
            confidence: mentions[outer].confidence,
        });
    }
}
