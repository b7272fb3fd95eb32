//! `build`: documents become a graph file.

use std::path::PathBuf;

use super::args::SourceArgs;
use super::failure::{Failure, Outcome};
use super::output::{Output, say};
use super::sources;
use super::style::counted;
use super::writing::{self, WriteArgs, is_graph_format};
use crate::export::FORMATS;

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph build articles/ -o graph.ttl
  newsgraph build articles/ more.jsonl.gz -o graph.nt.gz
  newsgraph build graph.ttl new-article.txt -o graph.ttl
  curl https://example.org/article.html | newsgraph build - -o graph.json

The ending of GRAPH says how it is written; what newsgraph reads back are the RDF formats and its
own JSON, each also with .gz. GRAPH is replaced when the new one is complete.")]
pub struct Args {
    /// The graph file to write
    #[arg(short, long, value_name = "GRAPH", required = true)]
    output: PathBuf,
    #[command(flatten)]
    writing: WriteArgs,
    #[command(flatten)]
    sources: SourceArgs,
}

pub fn run(args: Args, out: &mut Output) -> Result<Outcome, Failure> {
    let format = writing::chosen_format(&args.writing, Some(&args.output))?;
    if !is_graph_format(format) {
        let names: Vec<_> =
            FORMATS.iter().filter(|format| is_graph_format(format)).map(|one| one.name).collect();
        return Err(Failure::new(format!(
            "{}: {} can not be read back as a graph; build one of {}, then use `newsgraph export`",
            args.output.display(),
            format.name,
            names.join(", ")
        )));
    }
    writing::check_carries(&args.writing, format)?;
    let loaded = sources::load(&args.sources)?;
    writing::write_graph(&loaded, format, &args.writing, Some(&args.output), out)?;
    say(&format!(
        "{}: {}, {}, {}",
        args.output.display(),
        counted(loaded.graph.document_count(), "document", "documents"),
        counted(loaded.graph.entity_count(), "entity", "entities"),
        counted(loaded.graph.claim_count(), "claim", "claims")
    ));
    Ok(loaded.outcome())
}
