//! Documents to graph: reads each document in parallel and puts the results together in the
//! order given. The only place that wires extraction, resolution and graph.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use crate::confidence::Confidence;
use crate::document::Document;
use crate::extract::{self, Extraction};
use crate::graph::{DocumentRecord, Entity, EntityMention, Evidence, KnowledgeGraph};
use crate::mention::{MentionId, RelationMention};
use crate::model::{Keep, Model};
use crate::ontology::{Ontology, OntologyError, SubclassId};
use crate::resolve::{self, KeepApart, Resolution};
use crate::rules::RuleSet;
use crate::span::CodePoints;
use crate::statement::Origin;

/// What a build may be told.
#[derive(Clone, Copy, Debug)]
pub struct BuildSettings {
    /// Statements below it are left out.
    pub min_confidence: Confidence,
}

impl Default for BuildSettings {
    fn default() -> Self {
        Self { min_confidence: Confidence::new(0.0).unwrap_or(Confidence::CERTAIN) }
    }
}

/// Extraction with everything that it needs, loaded once.
pub struct Extractor<'o> {
    ontology: &'o Ontology,
    rules: RuleSet,
    /// `None`: the rules alone.
    model: Option<(Model, Keep)>,
    apart: KeepApart,
}

/// What is known of one document before it enters a graph.
pub struct Understood {
    document: Document,
    extraction: Extraction,
    resolution: Resolution,
}

impl<'o> Extractor<'o> {
    /// The rules alone. The error is the first fault of a rule file.
    pub fn new(ontology: &'o Ontology) -> Result<Self, OntologyError> {
        let rules = RuleSet::compile(ontology)?;
        Ok(Self { ontology, rules, model: None, apart: KeepApart::default() })
    }

    /// The model, with the rules' finds beside its own or without them.
    pub fn with_model(
        ontology: &'o Ontology,
        model: Model,
        keep: Keep,
    ) -> Result<Self, OntologyError> {
        Ok(Self { model: Some((model, keep)), ..Self::new(ontology)? })
    }

    /// The same, with names that are never joined.
    pub fn keeping_apart(self, apart: KeepApart) -> Self {
        Self { apart, ..self }
    }

    /// Reads one document.
    pub fn understand(&self, document: Document) -> Understood {
        let extraction = match &self.model {
            None => extract::extract(&document, self.ontology, &self.rules),
            Some((model, keep)) => model.extract(&document, self.ontology, &self.rules, *keep),
        };
        let resolution = resolve::resolve(&document, &extraction, self.ontology, &self.apart);
        Understood { document, extraction, resolution }
    }

    /// Reads documents on all threads of the current pool and adds them to `graph` in the
    /// order given. `progress` is called with the bytes of each document once it is read.
    pub fn build(
        &self,
        documents: Vec<Document>,
        settings: BuildSettings,
        graph: &mut KnowledgeGraph,
        progress: &(dyn Fn(usize) + Sync),
    ) {
        let understood = spread(documents, |document| {
            let bytes = document.text().len();
            let understood = self.understand(document);
            progress(bytes);
            understood
        });
        for one in &understood {
            self.add(one, settings, graph);
        }
    }

    /// Adds what is known of one document to the graph.
    fn add(&self, one: &Understood, settings: BuildSettings, graph: &mut KnowledgeGraph) {
        let Understood { document, extraction, resolution } = one;
        let text = document.text();
        let points = CodePoints::new(text);
        let source = crate::document::Source {
            language: document.source.language.clone().or_else(|| Some("en".into())),
            ..document.source.clone()
        };
        let record =
            DocumentRecord { id: document.id().to_owned(), source, text: Some(text.to_owned()) };
        let document = graph.add_document(record);
        let candidate_of = |mention: MentionId| resolution.of_mention[mention.0 as usize];
        let relations: Vec<_> = extraction
            .relations
            .iter()
            .filter(|relation| relation.confidence >= settings.min_confidence)
            .filter_map(|relation| {
                let head = candidate_of(relation.subject)?;
                let tail = candidate_of(relation.object)?;
                let (head_class, tail_class) =
                    (resolution.candidates[head].class, resolution.candidates[tail].class);
                let allowed =
                    self.ontology.schema.allows(relation.property, head_class, tail_class);
                (head != tail && allowed).then_some((relation, head, tail))
            })
            .collect();
        let relations = without_repeats(relations);
        let mut needed: Vec<bool> =
            resolution.candidates.iter().map(|one| one.stands_alone).collect();
        for (relation, head, tail) in &relations {
            needed[*head] = true;
            needed[*tail] = true;
            if let Some(speaker) = relation.attributed_to.and_then(candidate_of) {
                needed[speaker] = true;
            }
        }
        let entities: Vec<_> = resolution
            .candidates
            .iter()
            .zip(&needed)
            .map(|(candidate, needed)| {
                needed.then(|| {
                    let known = self.ontology.gazetteer.entry_by_id(&candidate.key);
                    let is_known = known.is_some_and(|entry| {
                        self.ontology.gazetteer.entry(entry).subclass.is_some()
                    });
                    let shown = |subclass: Option<SubclassId>| {
                        let top = |id: SubclassId| self.ontology.schema.subclass(id).top;
                        subclass.filter(|id| !is_known && top(*id) == candidate.class)
                    };
                    let mut mentions: Vec<EntityMention> = candidate
                        .mentions
                        .iter()
                        .map(|&mention| {
                            let mention = &extraction.mentions[mention.0 as usize];
                            EntityMention {
                                document,
                                span: points.span(mention.span),
                                form: mention.form,
                                subclass: shown(mention.subclass),
                            }
                        })
                        .collect();
                    mentions.sort();
                    mentions.dedup_by_key(|mention| (mention.span, mention.form));
                    graph.add_entity(Entity {
                        key: candidate.key.clone(),
                        class: candidate.class,
                        subclass: candidate.subclass,
                        name: candidate.name.clone(),
                        aliases: candidate.aliases.clone(),
                        same_as: candidate.same_as.clone(),
                        mentions,
                    })
                })
            })
            .collect();
        for (relation, head, tail) in relations {
            let (Some(mut head), Some(mut tail)) = (entities[head], entities[tail]) else {
                continue;
            };
            let mut ends = (relation.subject, relation.object);
            let symmetric = self.ontology.schema.property(relation.property).symmetric;
            if symmetric && graph.entity(tail).key < graph.entity(head).key {
                std::mem::swap(&mut head, &mut tail);
                ends = (ends.1, ends.0);
            }
            let sentence = &extraction.tokens.sentences[relation.sentence];
            // An end that is only understood ("President NAME" of the country) stands elsewhere.
            let span = |mention: MentionId| {
                let span = extraction.mentions[mention.0 as usize].span;
                (sentence.span.start <= span.start && span.end <= sentence.span.end)
                    .then(|| points.span(span))
            };
            let evidence = Evidence {
                document,
                quote: sentence.span.of(text).into(),
                sentence: points.span(sentence.span),
                head: span(ends.0),
                tail: span(ends.1),
                cue: relation.cue.map(|cue| points.span(cue)),
                role: relation.role.map(|role| role.of(text).into()),
                polarity: relation.polarity,
                modality: relation.modality,
                attributed_to: relation
                    .attributed_to
                    .and_then(candidate_of)
                    .and_then(|at| entities[at]),
                date: relation.date.clone(),
                origin: relation.origin.clone(),
                confidence: relation.confidence,
            };
            graph.add_evidence(relation.property, head, tail, evidence);
        }
    }
}

/// Does the work on each item, on as many threads as the current pool of rayon has; results are
/// in the order of the items.
///
/// The threads are not rayon's own: the model's products run in a pool of their own, and a thread
/// of rayon that waits for another pool takes up the next document meanwhile, one on top of the
/// other, until its stack overflows.
pub fn spread<T: Send, R: Send>(items: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let threads = rayon::current_num_threads().min(items.len());
    if threads <= 1 {
        return items.into_iter().map(work).collect();
    }
    let queue = Mutex::new(items.into_iter().enumerate());
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
    let run = || {
        let mut done = Vec::new();
        while let Some((at, item)) = next() {
            done.push((at, work(item)));
        }
        done
    };
    let mut done: Vec<(usize, R)> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(run)).collect();
        let joined = running.into_iter().map(|one| match one.join() {
            Ok(done) => done,
            Err(fault) => std::panic::resume_unwind(fault),
        });
        joined.flatten().collect()
    });
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Leaves out what the model finds again in a sentence, the other way round included: an entity
/// that a sentence names three times ("Islamic State (IS, ISIS)") is still said to fight once.
/// What a rule finds comes first, then the surest.
fn without_repeats(
    relations: Vec<(&RelationMention, usize, usize)>,
) -> Vec<(&RelationMention, usize, usize)> {
    let key = |&(relation, head, tail): &(&RelationMention, usize, usize)| {
        (relation.property, head.min(tail), head.max(tail), relation.sentence)
    };
    let by_model = |relation: &RelationMention| matches!(relation.origin, Origin::Model(_));
    let mut best: HashMap<_, (bool, Confidence)> = HashMap::new();
    for found in &relations {
        let rank = (!by_model(found.0), found.0.confidence);
        let best = best.entry(key(found)).or_insert(rank);
        if rank > *best {
            *best = rank;
        }
    }
    let mut seen = HashSet::new();
    relations
        .into_iter()
        .filter(|found| {
            !by_model(found.0)
                || (best.get(&key(found)) == Some(&(false, found.0.confidence))
                    && seen.insert(key(found)))
        })
        .collect()
}
