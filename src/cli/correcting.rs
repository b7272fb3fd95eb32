//! The file that `--corrections` names: read, applied, and reported on.

use std::path::PathBuf;

use super::args::ReadingArgs;
use super::failure::Failure;
use super::output::say;
use crate::corrections::{self, Corrections};
use crate::graph::KnowledgeGraph;
use crate::ontology::Ontology;
use crate::resolve::KeepApart;

/// Corrections and the file that they stand in.
pub struct Corrected {
    pub file: PathBuf,
    pub corrections: Corrections,
}

impl Corrected {
    /// Reads the file, if one is named.
    pub fn read(args: &ReadingArgs, ontology: &Ontology) -> Result<Option<Self>, Failure> {
        let Some(file) = &args.corrections else { return Ok(None) };
        let bytes = std::fs::read(file).map_err(|error| Failure::file(file, &error))?;
        let text = String::from_utf8(bytes).map_err(|_| {
            Failure::new(format!("{}: it is not UTF-8; save it as UTF-8", file.display()))
        })?;
        let corrections = corrections::parse(&text, &ontology.schema)
            .map_err(|error| Failure::new(format!("{}:{error}", file.display())))?;
        Ok(Some(Self { file: file.clone(), corrections }))
    }

    /// The names that are not to be joined.
    pub fn kept_apart(&self) -> KeepApart {
        self.corrections.kept_apart()
    }

    /// Corrects a graph, and tells what found nothing to correct: no failure, since documents
    /// come and go. `fresh` tells that the graph comes from documents alone.
    pub fn apply(&self, graph: KnowledgeGraph, ontology: &Ontology, fresh: bool) -> KnowledgeGraph {
        let applied = corrections::apply(graph, &self.corrections, ontology, fresh);
        for unmatched in &applied.unmatched {
            say(&format!("{}:{unmatched}", self.file.display()));
        }
        applied.graph
    }
}
