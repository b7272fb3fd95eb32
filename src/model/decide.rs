//! The one place where the rules' and the model's finds meet.
//!
//! Every find of the rules is kept as the rules put it: on held-out articles dropping those that
//! the classifier calls unlikely lost as many right ones as wrong ones. The classifier, which is
//! given what the rules find between two names, adds what reaches its relation's threshold.

use std::collections::HashMap;
use std::ops::Range;

use crate::confidence::Confidence;
use crate::extract::{Extraction, Judge};
use crate::mention::{Mention, MentionId, RelationMention};
use crate::ontology::{Ontology, PropertyId};
use crate::statement::{MentionForm, Origin};

use super::Model;
use super::inner::Inner;
use super::labels::Labels;
use super::pairs::{End, EndSource};
use super::weights::Weights;

/// Whose finds are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// The model's alone.
    Model,
    /// The rules' and the model's.
    Both,
}

/// What the classifier thinks of one pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// Indexes into the ends of the document.
    pub head: usize,
    pub tail: usize,
    /// By the number of the relation.
    pub probabilities: Vec<f32>,
}

/// Everything that may be an end in a document, and what the classifier thinks of their pairs.
#[derive(Clone, Debug)]
pub struct Classified {
    pub ends: Vec<End>,
    pub inner: Vec<Inner>,
    pub scored: Vec<Scored>,
}

/// Adds the model's finds to the relations of `extraction`, which are the rules'.
pub fn decide(
    text: &str,
    extraction: &mut Extraction,
    classified: &Classified,
    keep: Keep,
    model: &Model,
    ontology: &Ontology,
) {
    let weights = model.weights();
    let mut finds = model_finds(extraction, classified, &model.labels, ontology);
    if keep == Keep::Model {
        extraction.relations.clear();
    }
    for relation in &extraction.relations {
        let end = |mention: MentionId| EndSource::Mention(mention.0 as usize);
        let (head, tail) = (end(relation.subject), end(relation.object));
        finds.remove(&(head, tail, relation.property));
        if ontology.schema.property(relation.property).symmetric {
            finds.remove(&(tail, head, relation.property));
        }
    }
    let mut new: Vec<_> = finds.into_iter().collect();
    new.sort_by_key(|(key, found)| (found.sentence, found.words.start, *key));
    let added =
        add_inner(extraction, &classified.inner, new.iter().flat_map(|(key, _)| [key.0, key.1]));
    let id = |source: EndSource| match source {
        EndSource::Mention(at) => Some(at),
        EndSource::Inner(at) => added.get(&at).copied(),
    };
    let judge = Judge::new(text, extraction, ontology);
    let relations: Vec<RelationMention> = new
        .into_iter()
        .filter_map(|((head, tail, property), found)| {
            let (head, tail) = (id(head)?, id(tail)?);
            let meant = judge.meant(property, (head, tail), found.sentence, &found.words);
            Some(RelationMention {
                property,
                subject: MentionId(head as u32),
                object: MentionId(tail as u32),
                sentence: found.sentence,
                role: None,
                cue: None,
                polarity: meant.polarity,
                modality: meant.modality,
                attributed_to: meant.attributed_to,
                date: meant.date,
                origin: Origin::Model(weights.settings.name.as_str().into()),
                confidence: confidence(weights, found.probability),
            })
        })
        .collect();
    extraction.relations.extend(relations);
}

fn confidence(weights: &Weights, probability: f32) -> Confidence {
    Confidence::new(weights.calibrated(probability).clamp(0.0, 1.0)).unwrap_or(Confidence::CERTAIN)
}

struct Found {
    probability: f32,
    sentence: usize,
    /// The tokens between the ends, else the later one's, in the sentence that counts as saying so.
    words: Range<usize>,
}

type Key = (EndSource, EndSource, PropertyId);

/// What reaches its threshold, each pair of names once. Where the ends stand in two sentences the
/// later one counts as saying so: names are introduced first.
fn model_finds(
    extraction: &Extraction,
    classified: &Classified,
    labels: &Labels,
    ontology: &Ontology,
) -> HashMap<Key, Found> {
    let sentence_of = super::pairs::sentences_of(&extraction.tokens);
    let mut finds: HashMap<Key, Found> = HashMap::new();
    let ends = &classified.ends;
    for pair in &classified.scored {
        let (head, tail) = (&ends[pair.head], &ends[pair.tail]);
        for (number, &probability) in pair.probabilities.iter().enumerate().skip(1) {
            let Some(property) = labels.relations[number] else { continue };
            let enough = probability >= labels.thresholds[number];
            if !enough || !ontology.schema.allows(property, head.class, tail.class) {
                continue;
            }
            let mut key = (head.source, tail.source, property);
            if ontology.schema.property(property).symmetric && key.1 < key.0 {
                key = (key.1, key.0, property);
            }
            let sentence = sentence_of[head.tokens.start].max(sentence_of[tail.tokens.start]);
            let range = &extraction.tokens.sentences[sentence].tokens;
            let low = head.tokens.end.min(tail.tokens.end).max(range.start);
            let high = head.tokens.start.max(tail.tokens.start);
            let later = if head.tokens.start < tail.tokens.start { tail } else { head };
            let words = if low < high { low..high } else { later.tokens.clone() };
            let found = Found { probability, sentence, words };
            match finds.get_mut(&key) {
                Some(known) if known.probability >= probability => {}
                Some(known) => *known = found,
                None => {
                    finds.insert(key, found);
                }
            }
        }
    }
    finds
}

/// Makes mentions of the inner names that are ends of something; gives their new indexes.
fn add_inner(
    extraction: &mut Extraction,
    inner: &[Inner],
    used: impl Iterator<Item = EndSource>,
) -> HashMap<usize, usize> {
    let mut added = HashMap::new();
    for source in used {
        let EndSource::Inner(at) = source else { continue };
        added.entry(at).or_insert_with(|| {
            let one = &inner[at];
            let tokens = &extraction.tokens.tokens;
            extraction.mentions.push(Mention {
                span: tokens[one.tokens.start].span.to(tokens[one.tokens.end - 1].span),
                tokens: one.tokens.clone(),
                class: one.class,
                subclass: one.subclass,
                form: MentionForm::Name,
                entry: Some(one.entry),
                // It does not stand for itself: the entity is kept for the relation's sake.
                demonym: true,
                stands_for: None,
                origin: Origin::Gazetteer,
                confidence: Confidence::CERTAIN,
            });
            extraction.mentions.len() - 1
        });
    }
    added
}
