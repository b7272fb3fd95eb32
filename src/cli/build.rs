//! `build`: documents become a graph file.

use std::path::{Path, PathBuf};

use super::args::SourceArgs;
use super::failure::{Failure, Outcome};
use super::layout::document_line;
use super::output::{Output, say};
use super::sources::{self, Loaded};
use super::style::counted;
use super::writing::{self, WriteArgs};
use crate::inspect::DocumentView;

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph build articles/ -o graph.ttl
  newsgraph build articles/ more.jsonl.gz -o graph.nt.gz
  newsgraph build --add new-article.txt -o graph.ttl
  curl https://example.org/article.html | newsgraph build - -o graph.json

The ending of GRAPH says how it is written; what newsgraph reads back are the RDF formats and its
own JSON, each also with .gz. GRAPH is replaced when the new one is complete. With --add it keeps
what is in it, and is then what one build of all documents together would give: give the same
options as before.")]
pub struct Args {
    /// The graph file to write
    #[arg(short, long, value_name = "GRAPH", required = true)]
    output: PathBuf,
    /// Add the documents to what is in GRAPH
    #[arg(long)]
    add: bool,
    #[command(flatten)]
    writing: WriteArgs,
    #[command(flatten)]
    sources: SourceArgs,
}

pub fn run(args: Args, out: &mut Output) -> Result<Outcome, Failure> {
    let Args { output, add, writing, mut sources } = args;
    let format = writing::graph_format(&writing, &output)?;
    if add {
        if !output.exists() {
            return Err(Failure::new(format!(
                "{}: there is no such graph to add to; leave out --add to make it",
                output.display()
            )));
        }
        sources.sources.insert(0, output.clone());
    }
    let mut loaded = sources::load(&sources)?;
    if add {
        check_texts(&loaded, &output)?;
    }
    loaded.graph = loaded.graph.canonical();
    writing::write_graph(&loaded, format, &writing, Some(&output), out)?;
    say(&format!(
        "{}: {}, {}, {}",
        output.display(),
        counted(loaded.graph.document_count(), "document", "documents"),
        counted(loaded.graph.entity_count(), "entity", "entities"),
        counted(loaded.graph.claim_count(), "claim", "claims")
    ));
    Ok(loaded.outcome())
}

/// Names are counted over all documents, which cannot be done where a text is missing.
fn check_texts(loaded: &Loaded, output: &Path) -> Result<(), Failure> {
    match loaded.graph.documents().find(|(_, record)| record.text.is_none()) {
        None => Ok(()),
        Some((index, _)) => Err(Failure::new(format!(
            "{}: it holds no text of {}, and so nothing can be added to it; build it again from \
             the documents, without --no-text",
            output.display(),
            document_line(&DocumentView::new(&loaded.graph, index))
        ))),
    }
}
