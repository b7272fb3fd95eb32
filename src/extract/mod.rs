//! Finds mentions and the relations stated between them in one document. Never fails: what
//! it cannot decide it leaves out.

mod agreements;
mod assertion;
mod coreference;
mod judge;
mod names;
mod nesting;
mod speech;
mod voice;

use std::ops::Range;

use crate::confidence::Confidence;
use crate::document::Document;
use crate::mention::{Mention, MentionId, RelationMention};
use crate::ontology::{EntryId, Ontology, PropertyId, TopClass};
use crate::rules::{RuleMatch, RuleSet};
use crate::statement::{MentionForm, Modality, Origin, Polarity};
use crate::time::{self, Moment};
use crate::token::{Tokens, tokenize};

pub use agreements::fit as agreement_fit;
pub use judge::{Judge, Meant};
pub use speech::quotations;

/// What was found in one document.
#[derive(Clone, Debug, Default)]
pub struct Extraction {
    pub tokens: Tokens,
    /// The dates that the text speaks of, in its order.
    pub moments: Vec<Moment>,
    /// Those of the text in its order, their tokens never overlapping; behind them the names that
    /// stand inside others ("Russian" in "Russian Defence Ministry").
    pub mentions: Vec<Mention>,
    pub relations: Vec<RelationMention>,
}

/// The words and names of one document, before anything is said of them.
#[derive(Clone, Debug)]
pub struct Draft {
    pub tokens: Tokens,
    moments: Vec<Moment>,
    /// In the order of the text, none overlapping another.
    pub mentions: Vec<Mention>,
    nested: Vec<Nested>,
}

/// Reads one document.
pub fn extract(document: &Document, ontology: &Ontology, rules: &RuleSet) -> Extraction {
    relate(document.text(), names(document, ontology), ontology, rules)
}

/// The words and names of one document.
pub fn names(document: &Document, ontology: &Ontology) -> Draft {
    let tokens = tokenize(document, ontology);
    let (mentions, nested) = find_mentions(document.text(), &tokens, ontology);
    let published = document.source.published.as_deref();
    let moments = time::find(document.text(), &tokens, published, &ontology.lexicon);
    Draft { tokens, moments, mentions, nested }
}

/// What the rules find between the names of a draft.
pub fn relate(text: &str, draft: Draft, ontology: &Ontology, rules: &RuleSet) -> Extraction {
    let Draft { tokens, moments, mut mentions, nested } = draft;
    let quotations = speech::quotations(text, &tokens);
    let stand_ins = coreference::find(text, &tokens, &mentions, &quotations.inside, ontology);
    mentions.extend(stand_ins);
    mentions.sort_by_key(|mention| mention.tokens.start);
    let mut matches = match_rules(text, &tokens, &mentions, rules);
    let mut speeches = speech::find(&tokens, &mentions, &quotations, &ontology.lexicon);
    let voices = voice::find(text, &tokens, &mentions, &speeches, &matches, &nested, ontology);
    if !voices.is_empty() {
        // "We" of an official is a further mention: the sentences that hold one are read again.
        mentions.extend(voices);
        mentions.sort_by_key(|mention| mention.tokens.start);
        matches = match_rules(text, &tokens, &mentions, rules);
        speeches = speech::find(&tokens, &mentions, &quotations, &ontology.lexicon);
    }
    let judge =
        Judge { text, tokens: &tokens, moments: &moments, mentions: &mentions, speeches, ontology };
    let mut relations: Vec<RelationMention> =
        matches.iter().map(|(sentence, found)| judge.relation(*sentence, found, rules)).collect();
    let offices = coreference::office::find(&tokens, &mentions, &relations, ontology);
    relations.extend(offices);
    agreements::widen(text, &mut mentions, &tokens, ontology);
    add_nested(text, &tokens, &mut mentions, &mut relations, nested, ontology);
    Extraction { tokens, moments, mentions, relations }
}

/// A name inside a name, and how the whole is related to it.
#[derive(Clone, Debug)]
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
        let known = known_agreement(text, tokens, &agreement.tokens, ontology);
        let form = if agreement.bare { MentionForm::Nominal } else { MentionForm::Name };
        mentions.push(Mention {
            span: span(&agreement.tokens),
            tokens: agreement.tokens,
            class: TopClass::Agreement,
            subclass: agreement.subclass,
            form,
            entry: known,
            demonym: false,
            stands_for: None,
            origin: Origin::Rule("agreements".into()),
            confidence: Confidence::new(if agreement.named { 0.9 } else { 0.7 })
                .unwrap_or(Confidence::CERTAIN),
        });
    }
    mentions.sort_by_key(|mention| mention.tokens.start);
    let further = nesting::find(text, tokens, &mentions, &nested, ontology);
    nested.extend(further);
    (mentions, nested)
}

/// The entry of the gazetteer that names all of these tokens, where it is an agreement.
fn known_agreement(
    text: &str,
    tokens: &Tokens,
    range: &Range<usize>,
    ontology: &Ontology,
) -> Option<EntryId> {
    let words = tokens.tokens[range.clone()].iter().map(|token| token.span.of(text));
    let found = ontology.gazetteer.longest_match(words)?;
    let is_agreement =
        |entry: &EntryId| ontology.gazetteer.entry(*entry).class == TopClass::Agreement;
    (found.words == range.len()).then(|| found.entries.into_iter().find(is_agreement)).flatten()
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
            date: None,
            origin: Origin::Rule(
                format!("{}/nested-name", ontology.schema.property(one.property).name).into(),
            ),
            confidence: mentions[outer].confidence,
        });
    }
}
