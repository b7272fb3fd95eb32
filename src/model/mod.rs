//! Inference with the trained weights: names and relations of one document.
//!
//! The encoder reads a document in windows of whole sentences ([`window`]) and is given, beside
//! each word's pieces ([`wordpiece`]), what the rules think of it. Its tags and the rules' names
//! become one list ([`names`]); then pairs of names ([`pairs`]) are classified and meet the
//! rules' finds ([`decide`]).

mod decide;
mod encode;
mod error;
pub mod inner;
mod labels;
mod names;
mod pairs;
mod weights;
mod window;
pub mod wordpiece;

use std::path::Path;

pub use decide::Keep;
pub use error::ModelError;

use crate::document::Document;
use crate::extract::{self, Draft, Extraction};
use crate::ontology::Ontology;
use crate::rules::RuleSet;

use encode::Encoded;
use labels::Labels;
use weights::Weights;
use window::Window;

/// What the built-in weights were made from and under which terms.
pub const LICENCES: &str = include_str!("../../models/en/LICENCES.txt");

/// Trained weights in the terms of an ontology.
pub struct Model {
    weights: Loaded,
    labels: Labels,
}

enum Loaded {
    Builtin(&'static Weights),
    Folder(Box<Weights>),
}

impl Model {
    /// The weights that ship with the program.
    pub fn builtin(ontology: &Ontology) -> Self {
        let weights = Weights::builtin();
        Self { labels: Labels::new(&weights.settings, ontology), weights: Loaded::Builtin(weights) }
    }

    /// Weights of the same form in a folder.
    pub fn load(folder: &Path, ontology: &Ontology) -> Result<Self, ModelError> {
        let weights = Weights::load(folder)?;
        let labels = Labels::new(&weights.settings, ontology);
        Ok(Self { weights: Loaded::Folder(Box::new(weights)), labels })
    }

    fn weights(&self) -> &Weights {
        match &self.weights {
            Loaded::Builtin(weights) => weights,
            Loaded::Folder(weights) => weights,
        }
    }

    /// Reads one document.
    pub fn extract(
        &self,
        document: &Document,
        ontology: &Ontology,
        rules: &RuleSet,
        keep: Keep,
    ) -> Extraction {
        let text = document.text();
        let mut draft = extract::names(document, ontology);
        let read = self.read(text, &draft);
        self.settle_names(text, &mut draft, &read, ontology);
        let mut extraction = extract::relate(text, draft, ontology, rules);
        self.relate(text, &mut extraction, &read, ontology, keep);
        extraction
    }

    /// The windows of a draft and what the encoder makes of them.
    fn read(&self, text: &str, draft: &Draft) -> Vec<(Window, Encoded)> {
        let weights = self.weights();
        let rule_tags = window::rule_tags(&draft.tokens, &draft.mentions, &self.labels);
        window::cut(&draft.tokens, weights.settings.longest)
            .into_iter()
            .filter_map(|window| {
                let rows = self.embed(text, draft, &window, &rule_tags);
                Some((window, encode::encode(weights, rows)?))
            })
            .collect()
    }

    /// The rows of a window's words, with the marks at both ends.
    fn embed(
        &self,
        text: &str,
        draft: &Draft,
        window: &Window,
        rule_tags: &[(usize, usize)],
    ) -> Vec<f32> {
        let Weights { pieces, embeddings, .. } = self.weights();
        let mut rows = Vec::with_capacity((window.len() + 2) * embeddings.width());
        embeddings.push(&[pieces.first], 0, [0; 3], &mut rows);
        let mut ids = Vec::new();
        for at in window.clone() {
            let token = &draft.tokens.tokens[at];
            ids.clear();
            pieces.split(token.span.of(text), &mut ids);
            let (tag, subclass) = rule_tags[at];
            let position = 1 + at - window.start;
            embeddings.push(&ids, position, [window::shape(token), tag, subclass], &mut rows);
        }
        embeddings.push(&[pieces.last], window.len() + 1, [0; 3], &mut rows);
        rows
    }

    fn settle_names(
        &self,
        text: &str,
        draft: &mut Draft,
        read: &[(Window, Encoded)],
        ontology: &Ontology,
    ) {
        let mut tags = vec![Vec::new(); draft.tokens.tokens.len()];
        for (window, encoded) in read {
            for (at, row) in window.clone().zip(&encoded.tags) {
                tags[at].clone_from(row);
            }
        }
        let sentence_of = pairs::sentences_of(&draft.tokens);
        let tagged = names::decode(&tags, &sentence_of, &self.labels);
        let rules = std::mem::take(&mut draft.mentions);
        let settings = &self.weights().settings;
        draft.mentions =
            names::settle(text, &draft.tokens, rules, tagged, &tags, settings, ontology);
    }

    fn relate(
        &self,
        text: &str,
        extraction: &mut Extraction,
        read: &[(Window, Encoded)],
        ontology: &Ontology,
        keep: Keep,
    ) {
        let weights = self.weights();
        let inner = inner::find(text, extraction, ontology);
        let ends = pairs::ends(&extraction.mentions, &inner);
        let sentence_of = pairs::sentences_of(&extraction.tokens);
        let symmetric = |property| ontology.schema.property(property).symmetric;
        let finds = pairs::rule_finds(extraction, symmetric, &self.labels);
        let find = |head: &pairs::End, tail: &pairs::End| {
            let key = [head.tokens.start, head.tokens.end, tail.tokens.start, tail.tokens.end];
            finds.get(&key).copied().filter(|_| keep == Keep::Both).unwrap_or(0)
        };
        let farthest = weights.settings.farthest;
        let mut scored = Vec::new();
        for (window, encoded) in read {
            let pairs = pairs::pair(window, &ends, &sentence_of, farthest, &self.labels, find);
            if pairs.pairs.is_empty() {
                continue;
            }
            let result =
                encode::relate(weights, encoded, &pairs.mentions, &pairs.pairs, pairs.zones);
            let Some([relations, subclasses]) = result else { continue };
            for (&end, row) in pairs.ends.iter().zip(subclasses) {
                self.put_subclass(extraction, &ends[end], &row, ontology);
            }
            for (pair, probabilities) in pairs.pairs.iter().zip(relations) {
                let end = |number: i32| pairs.ends[number as usize];
                let (head, tail) = (end(pair[0]), end(pair[1]));
                scored.push(decide::Scored { head, tail, probabilities });
            }
        }
        let classified = decide::Classified { ends, inner, scored };
        decide::decide(text, extraction, &classified, keep, self, ontology);
    }

    /// The likeliest subclass of a name that the rules and the gazetteer know none of.
    fn put_subclass(
        &self,
        extraction: &mut Extraction,
        end: &pairs::End,
        row: &[f32],
        ontology: &Ontology,
    ) {
        let pairs::EndSource::Mention(at) = end.source else { return };
        let mention = &mut extraction.mentions[at];
        let fits = |number: &usize| {
            let subclass = self.labels.subclasses.get(*number).copied().flatten();
            subclass.is_some_and(|one| ontology.schema.subclass(one).top == mention.class)
        };
        let likelier = |best: usize, at: usize| if row[at] > row[best] { at } else { best };
        let best = (0..row.len()).filter(fits).reduce(likelier);
        if let (None, Some(best)) = (mention.subclass, best.filter(|best| row[*best] > 0.5)) {
            mention.subclass = self.labels.subclasses[best];
        }
    }
}
