//! From the sources on the command line to one graph: documents are read and understood, graph
//! files are loaded, and all of them are united. The only place where these layers meet.

use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::ops::Deref;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;
use rayon::prelude::*;

use super::args::{ExtractionArgs, Extractor, SourceArgs};
use super::correcting::Corrected;
use super::failure::{Failure, Outcome, describe};
use super::output::say;
use super::progress::{Progress, total_bytes};
use crate::confidence::Confidence;
use crate::export::{self, FORMATS, FormatKind};
use crate::graph::KnowledgeGraph;
use crate::model::{Keep, Model};
use crate::ontology::{Ontology, OntologyError};
use crate::pipeline::{self, BuildSettings};
use crate::rdf::{self, Base, Syntax};
use crate::read::{self, InputKind, Item, ReadError};
use crate::rules::RuleSet;

/// The names that `--input-format` takes, and what they mean.
const INPUT_FORMATS: &[(&str, &[&str], InputKind, &str)] = &[
    ("txt", &["text"], InputKind::Text, "an article as plain text"),
    ("md", &["markdown"], InputKind::Markdown, "an article in Markdown"),
    ("html", &["htm"], InputKind::Html, "an article as a web page"),
    ("json", &[], InputKind::Json, "an article, or a list of them"),
    ("jsonl", &["ndjson"], InputKind::Jsonl, "an article on each line"),
    ("newsgraph", &[], InputKind::GraphJson, "a graph, as --format json writes it"),
    ("turtle", &["ttl"], InputKind::Rdf("ttl"), "a graph"),
    ("ntriples", &["nt"], InputKind::Rdf("nt"), "a graph"),
    ("nquads", &["nq"], InputKind::Rdf("nq"), "a graph"),
    ("trig", &[], InputKind::Rdf("trig"), "a graph"),
    ("rdfxml", &["rdf"], InputKind::Rdf("rdf"), "a graph"),
    ("jsonld", &[], InputKind::Rdf("jsonld"), "a graph"),
];

/// How many inputs are read before they are understood together, in parallel.
const BATCH: usize = 64;

/// The values of `--input-format`, for the parser and the help.
pub fn input_formats() -> impl Iterator<Item = clap::builder::PossibleValue> {
    INPUT_FORMATS.iter().map(|(name, aliases, _, help)| {
        clap::builder::PossibleValue::new(*name).aliases(aliases.iter().copied()).help(*help)
    })
}

fn input_kind(typed: &str) -> Option<InputKind> {
    let fits = |name: &str| name.eq_ignore_ascii_case(typed);
    INPUT_FORMATS
        .iter()
        .find(|(name, aliases, ..)| fits(name) || aliases.iter().any(|alias| fits(alias)))
        .map(|(_, _, kind, _)| *kind)
}

/// The built-in ontology or one that was loaded.
pub enum LoadedOntology {
    Builtin(&'static Ontology),
    Loaded(Box<Ontology>),
}

impl Deref for LoadedOntology {
    type Target = Ontology;

    fn deref(&self) -> &Ontology {
        match self {
            LoadedOntology::Builtin(ontology) => ontology,
            LoadedOntology::Loaded(ontology) => ontology,
        }
    }
}

/// All sources in one graph.
pub struct Loaded {
    pub graph: KnowledgeGraph,
    pub ontology: LoadedOntology,
    /// What the IRIs of the data begin with.
    pub base: Base,
    /// How many inputs could not be read; each was named on standard error.
    pub failed: usize,
}

impl Loaded {
    pub fn outcome(&self) -> Outcome {
        if self.failed == 0 { Outcome::Done } else { Outcome::SomeFailed }
    }
}

/// The ontology that the arguments ask for.
pub fn ontology(args: &ExtractionArgs) -> Result<LoadedOntology, Failure> {
    match &args.ontology {
        None => Ok(LoadedOntology::Builtin(Ontology::builtin())),
        Some(folder) => match checked_ontology(folder) {
            Ok(ontology) => Ok(LoadedOntology::Loaded(Box::new(ontology))),
            Err(error) => Err(ontology_failure(Some(folder), &error)),
        },
    }
}

/// A user's folder is checked whole, the examples of its rules included; those of the
/// built-in one are checked by tests.
fn checked_ontology(folder: &Path) -> Result<Ontology, OntologyError> {
    let ontology = Ontology::load(folder)?;
    RuleSet::compile(&ontology)?.check_examples(&ontology)?;
    Ok(ontology)
}

fn ontology_failure(folder: Option<&Path>, error: &OntologyError) -> Failure {
    match folder {
        Some(folder) => Failure::new(format!("the ontology {}: {error}", folder.display())),
        None => Failure::new(format!("the built-in ontology: {error}")),
    }
}

/// What finds entities and relations, as the arguments ask.
pub fn extractor<'o>(
    ontology: &'o Ontology,
    args: &ExtractionArgs,
) -> Result<pipeline::Extractor<'o>, Failure> {
    let model = || match &args.model {
        None => Ok(Model::builtin(ontology)),
        Some(folder) => Model::load(folder, ontology)
            .map_err(|error| Failure::new(format!("the model {}: {error}", folder.display()))),
    };
    let made = match args.extractor {
        Extractor::Rules if args.model.is_some() => {
            return Err(Failure::new(
                "--model needs --extractor model or --extractor both: the rules use no weights",
            ));
        }
        Extractor::Rules => pipeline::Extractor::new(ontology),
        Extractor::Model => pipeline::Extractor::with_model(ontology, model()?, Keep::Model),
        Extractor::Both => pipeline::Extractor::with_model(ontology, model()?, Keep::Both),
    };
    made.map_err(|error| ontology_failure(args.ontology.as_deref(), &error))
}

/// What a build is told by the arguments.
pub fn build_settings(args: &ExtractionArgs) -> BuildSettings {
    let default = BuildSettings::default();
    BuildSettings { min_confidence: args.min_confidence.unwrap_or(default.min_confidence) }
}

/// Reads all sources with the ontology that the arguments ask for.
pub fn load(args: &SourceArgs) -> Result<Loaded, Failure> {
    load_with(args, ontology(&args.reading.extraction)?)
}

/// Reads all sources. What cannot be read is named on standard error and left out.
///
/// # Errors
/// When nothing could be read, or an option is wrong.
pub fn load_with(args: &SourceArgs, ontology: LoadedOntology) -> Result<Loaded, Failure> {
    let settings = settings(args)?;
    let corrections = Corrected::read(&args.reading, &ontology)?;
    use_threads(&args.reading.extraction)?;
    let progress = Progress::new("reading", total_bytes(&args.sources));
    let mut loading = Loading {
        args,
        ontology: &ontology,
        settings: &settings,
        progress: &progress,
        corrections: corrections.as_ref(),
        extractor: None,
        has_graph_file: false,
        graph: KnowledgeGraph::new(),
        base: None,
        waiting: Vec::new(),
        usable: 0,
        failed: 0,
    };
    for item in read::sources(&args.sources, &settings) {
        match item {
            Err(error) => loading.fail(&error.to_string()),
            Ok(item) if item.kind.is_document() => loading.wait_with(item)?,
            Ok(item) => loading.load_graph(&item)?,
        }
    }
    loading.understand_waiting()?;
    let Loading { mut graph, base, usable, failed, extractor, has_graph_file, .. } = loading;
    let has_read = extractor.is_some();
    drop(progress);
    if usable == 0 {
        return Err(match failed {
            // It was named already, and there is nothing to add.
            1 => Failure::already_told(),
            _ => Failure::new(format!("none of the {failed} inputs could be used")),
        });
    }
    let base = args.reading.base.clone().or(base).unwrap_or_default();
    // So that the order of the sources does not show in what is written. A graph file alone
    // stays as somebody made it.
    if has_read || usable > 1 {
        graph.settle(&ontology);
    }
    let graph = if usable > 1 { graph.canonical() } else { graph };
    let graph = match &corrections {
        Some(corrections) => corrections.apply(graph, &ontology, !has_graph_file),
        None => graph,
    };
    Ok(Loaded { graph, ontology, base, failed })
}

fn settings(args: &SourceArgs) -> Result<read::Settings, Failure> {
    let mut settings = read::Settings::default();
    for mapping in &args.reading.fields {
        settings.fields.set(mapping).map_err(|error| Failure::new(format!("--field: {error}")))?;
    }
    settings.kind = args.reading.input_format.as_deref().and_then(input_kind);
    Ok(settings)
}

/// Makes the pool of so many threads as the arguments ask for. Called once.
pub fn use_threads(args: &ExtractionArgs) -> Result<(), Failure> {
    let Some(threads) = args.threads else { return Ok(()) };
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads.into())
        .build_global()
        .map_err(|error| Failure::new(format!("--threads {threads}: {error}")))
}

/// What has been read so far.
struct Loading<'a> {
    args: &'a SourceArgs,
    ontology: &'a Ontology,
    settings: &'a read::Settings,
    progress: &'a Progress,
    corrections: Option<&'a Corrected>,
    has_graph_file: bool,
    /// Made when the first document is met: a graph file needs none.
    extractor: Option<pipeline::Extractor<'a>>,
    graph: KnowledgeGraph,
    base: Option<Base>,
    waiting: Vec<Item>,
    usable: usize,
    failed: usize,
}

impl Loading<'_> {
    fn fail(&mut self, message: &str) {
        say(message);
        self.failed += 1;
    }

    fn wait_with(&mut self, item: Item) -> Result<(), Failure> {
        self.waiting.push(item);
        if self.waiting.len() < BATCH { Ok(()) } else { self.understand_waiting() }
    }

    /// Reads the waiting inputs in parallel and adds what they say, in the order given.
    fn understand_waiting(&mut self) -> Result<(), Failure> {
        let items = std::mem::take(&mut self.waiting);
        let settings = self.settings;
        let size = |item: &Item| {
            item.path().and_then(|path| std::fs::metadata(path).ok()).map_or(0, |data| data.len())
        };
        let bytes: u64 = items.iter().map(size).sum();
        let read: Vec<_> = items.par_iter().map(|item| item.documents(settings)).collect();
        let mut documents = Vec::new();
        for (item, results) in items.iter().zip(read) {
            for result in results {
                match result {
                    Ok(read) => {
                        for warning in &read.warnings {
                            say(&format!("{}: {warning}", item.name));
                        }
                        documents.push(read.document);
                    }
                    Err(error) => self.fail(&error.to_string()),
                }
            }
        }
        self.usable += documents.len();
        let counted = AtomicU64::new(0);
        if !documents.is_empty() {
            let extractor = match self.extractor.take() {
                Some(extractor) => extractor,
                None => {
                    let made = extractor(self.ontology, &self.args.reading.extraction)?;
                    match self.corrections {
                        Some(corrections) => made.keeping_apart(corrections.kept_apart()),
                        None => made,
                    }
                }
            };
            let settings = build_settings(&self.args.reading.extraction);
            extractor.build(documents, settings, &mut self.graph, &|done| {
                counted.fetch_add(done as u64, Ordering::Relaxed);
                self.progress.advance(done as u64);
            });
            self.extractor = Some(extractor);
        }
        // A web page is longer than its text; the total counts the page.
        self.progress.advance(bytes.saturating_sub(counted.into_inner()));
        Ok(())
    }

    fn load_graph(&mut self, item: &Item) -> Result<(), Failure> {
        self.understand_waiting()?;
        match self.read_graph(item) {
            Ok(graph) => {
                self.usable += 1;
                self.has_graph_file = true;
                self.add_graph(graph);
            }
            Err(message) => self.fail(&message),
        }
        Ok(())
    }

    /// A graph file; errors are messages with the name of the file.
    fn read_graph(&mut self, item: &Item) -> Result<KnowledgeGraph, String> {
        let reader = open(item, self.progress)?;
        let schema = &self.ontology.schema;
        let name = &item.name;
        let loaded = match item.kind {
            InputKind::GraphJson => {
                export::load_json(reader, schema).map_err(|error| format!("{name}: {error}"))?
            }
            InputKind::Rdf(ending) => {
                let syntax = syntax(ending).ok_or_else(|| {
                    format!("{name}: .{ending} is not read; convert it to Turtle or N-Quads")
                })?;
                // Each file keeps its own namespace while it is read: the same key below
                // another one is the same entity.
                rdf::load(reader, syntax, schema, None)
                    .map_err(|error| format!("{name}: {error}"))?
            }
            _ => return Err(ReadError::Graph { name: name.clone() }.to_string()),
        };
        self.base.get_or_insert(loaded.base);
        Ok(loaded.graph)
    }

    /// A graph that is alone is not copied: it may be large.
    fn add_graph(&mut self, graph: KnowledgeGraph) {
        let least = self.args.reading.extraction.min_confidence;
        if least.is_none() && self.graph.document_count() == 0 && self.graph.entity_count() == 0 {
            let foreign = std::mem::take(&mut self.graph.foreign);
            self.graph = graph;
            self.graph.foreign.extend(foreign);
        } else {
            let keep = |sure: Confidence| least.is_none_or(|least| sure >= least);
            self.graph.absorb(&graph, |evidence| keep(evidence.confidence));
        }
    }
}

/// The RDF syntax whose files have this ending, from the one table of formats.
fn syntax(ending: &str) -> Option<Syntax> {
    FORMATS.iter().find_map(|format| match format.kind {
        FormatKind::Rdf(syntax) if format.endings.contains(&ending) => Some(syntax),
        _ => None,
    })
}

/// The decompressed bytes of a graph file, read as they are needed.
fn open<'p>(item: &Item, progress: &'p Progress) -> Result<Box<dyn Read + 'p>, String> {
    let Some(path) = item.path() else {
        let bytes = item.bytes(u64::MAX - 1).map_err(|error| error.to_string())?;
        return Ok(Box::new(Cursor::new(bytes)));
    };
    let told = |error: std::io::Error| format!("{}: {}", item.name, describe(&error));
    let file = Counting { file: File::open(path).map_err(told)?, progress };
    let mut reader = BufReader::with_capacity(1 << 16, file);
    let compressed = reader.fill_buf().map_err(told)?.starts_with(&[0x1F, 0x8B]);
    Ok(if compressed { Box::new(MultiGzDecoder::new(reader)) } else { Box::new(reader) })
}

/// A file that tells how much of it has been read.
struct Counting<'p> {
    file: File,
    progress: &'p Progress,
}

impl Read for Counting<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.progress.advance(read as u64);
        Ok(read)
    }
}
