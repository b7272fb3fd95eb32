//! From the sources on the command line to one graph: documents are read and understood, graph
//! files are loaded, and all of them are merged. The only place where the layers meet.

use std::io::{self, Read};
use std::ops::Deref;
use std::path::Path;

use super::args::SourceArgs;
use super::failure::{Failure, Outcome};
use super::output::say;
use crate::confidence::Confidence;
use crate::export::{self, Format, FormatKind};
use crate::graph::KnowledgeGraph;
use crate::ontology::Ontology;
use crate::rdf::names::Base;

/// The names that `--input-format` takes.
pub fn input_formats() -> Vec<&'static str> {
    vec!["json"]
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
pub fn ontology(args: &SourceArgs) -> Result<LoadedOntology, Failure> {
    match &args.reading.ontology {
        None => Ok(LoadedOntology::Builtin(Ontology::builtin())),
        Some(folder) => match Ontology::load(folder) {
            Ok(ontology) => Ok(LoadedOntology::Loaded(Box::new(ontology))),
            Err(error) => Err(Failure::new(format!("{}: {error}", folder.display()))),
        },
    }
}

pub fn load(args: &SourceArgs) -> Result<Loaded, Failure> {
    load_with(args, ontology(args)?)
}

pub fn load_with(args: &SourceArgs, ontology: LoadedOntology) -> Result<Loaded, Failure> {
    let mut graphs = Vec::new();
    let mut failed = 0;
    for source in &args.sources {
        match read_graph(source, &ontology) {
            Ok(graph) => graphs.push(graph),
            Err(failure) => {
                say(failure.message());
                failed += 1;
            }
        }
    }
    if graphs.is_empty() {
        return Err(Failure::new("none of the sources could be used; nothing was written"));
    }
    let least = args.reading.min_confidence;
    let graph = united(graphs, least);
    Ok(Loaded { graph, ontology, base: args.reading.base.clone(), failed })
}

fn read_graph(path: &Path, ontology: &Ontology) -> Result<KnowledgeGraph, Failure> {
    let bytes: Box<dyn Read> = if path == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(std::fs::File::open(path).map_err(|error| Failure::file(path, &error))?)
    };
    export::read_json(bytes, &ontology.schema)
        .map_err(|error| Failure::new(format!("{}: {error}", path.display())))
}

/// One graph of all. A graph that is alone is not copied: it may be large.
fn united(mut graphs: Vec<KnowledgeGraph>, least: Option<Confidence>) -> KnowledgeGraph {
    if graphs.len() == 1 && least.is_none() {
        return graphs.remove(0);
    }
    let mut whole = KnowledgeGraph::new();
    for graph in graphs {
        whole.absorb(&graph, |evidence| least.is_none_or(|least| evidence.confidence >= least));
    }
    whole
}

/// Whether newsgraph reads back what it writes in this format.
pub fn is_graph_format(format: &Format) -> bool {
    matches!(format.kind, FormatKind::Rdf(_)) || format.name == "json"
}
