//! `remove`: takes one document out of a graph file.

use std::path::PathBuf;

use super::args::{ReadingArgs, SourceArgs};
use super::correcting::Corrected;
use super::failure::{Failure, Outcome};
use super::layout::document_line;
use super::output::{Output, say};
use super::style::counted;
use super::writing::{self, WriteArgs};
use super::{lookup, sources};
use crate::inspect::DocumentView;

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph remove https://example.org/article.html graph.ttl
  newsgraph remove 'Talks on the river end' graph.ttl
  newsgraph remove 3f2a9c graph.ttl -o smaller.ttl

Exactly what the document says goes: its statements and mentions, and the claims and entities
that no other document states or names. `newsgraph build --add` of the same document puts the
same bytes back. Where the graph was built with --corrections, give the same file again.")]
pub struct Args {
    /// The document: its address, its title, or the beginning of its id
    #[arg(value_name = "DOCUMENT")]
    document: String,
    /// The graph file, which is replaced
    #[arg(value_name = "GRAPH")]
    graph: PathBuf,
    /// Write here instead, and leave GRAPH as it is
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    writing: WriteArgs,
    #[command(flatten)]
    reading: ReadingArgs,
}

pub fn run(args: Args, out: &mut Output) -> Result<Outcome, Failure> {
    let Args { document, graph, output, writing, reading } = args;
    let target = output.as_ref().unwrap_or(&graph);
    let format = writing::graph_format(&writing, target)?;
    // They are applied to what is left: a fact that stood in the document has to stand elsewhere.
    let corrections = Corrected::read(&reading, &*sources::ontology(&reading.extraction)?)?;
    let reading = ReadingArgs { corrections: None, ..reading };
    let loaded = sources::load(&SourceArgs { sources: vec![graph.clone()], reading })?;
    let index = lookup::document(&loaded.graph, &document)?;
    let line = document_line(&DocumentView::new(&loaded.graph, index));
    let sources::Loaded { graph: whole, ontology, base, failed } = loaded;
    let (left, removed) = whole
        .without_document(index, &ontology)
        .map_err(|error| Failure::new(format!("{}: {error}", graph.display())))?;
    let left = match &corrections {
        Some(corrections) => corrections.apply(left, &ontology, false),
        None => left,
    };
    let loaded = sources::Loaded { graph: left, ontology, base, failed };
    writing::write_graph(&loaded, format, &writing, Some(target), out)?;
    say(&format!(
        "{}: without {line}: {}, {} and {} less",
        target.display(),
        counted(removed.evidence, "statement", "statements"),
        counted(removed.claims, "claim", "claims"),
        counted(removed.entities, "entity", "entities"),
    ));
    Ok(loaded.outcome())
}
