//! `export`: a graph in any format, to a file or to standard output.

use std::path::PathBuf;

use super::args::SourceArgs;
use super::failure::{Failure, Outcome};
use super::output::Output;
use super::selection::{self, SelectionArgs};
use super::sources;
use super::writing::{self, WriteArgs};

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph export article.txt
  newsgraph export articles/ --format json -o graph.json
  newsgraph export graph.ttl -o graph.graphml
  newsgraph export graph.ttl --format trig --profile named-graphs
  newsgraph export graph.ttl --format csv -o tables/
  newsgraph export graph.ttl --around Kirby --depth 2 --since 2016 -o kirby.graphml
  newsgraph export graph.ttl --for gephi -o graph.gexf
  newsgraph export graph.ttl --for spreadsheet -o tables/

The format is what --format or --for says, else what the ending of -o means, else Turtle. A file that ends
in .gz is compressed. It appears whole or not at all.")]
pub struct Args {
    /// Where to write; standard output without it; csv writes its tables into a folder
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    writing: WriteArgs,
    #[command(flatten)]
    selection: SelectionArgs,
    #[command(flatten)]
    sources: SourceArgs,
}

pub fn run(args: Args, out: &mut Output) -> Result<Outcome, Failure> {
    let format = writing::chosen_format(&args.writing, args.output.as_deref())?;
    writing::check_carries(&args.writing, format)?;
    let mut loaded = sources::load(&args.sources)?;
    selection::apply(&mut loaded, &args.selection)?;
    writing::write_graph(&loaded, format, &args.writing, args.output.as_deref(), out)?;
    Ok(loaded.outcome())
}
