//! `candidates`: pairs of entities that may be one.

use std::io::Write as _;

use super::args::{InspectArgs, SourceArgs};
use super::correcting::Corrected;
use super::failure::{Failure, Outcome};
use super::output::Output;
use super::sources;
use super::style::one_line;
use crate::inspect::{self, EntityView, fold};

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph candidates articles/
  newsgraph candidates graph.ttl --min-score 0.8 --json
  newsgraph candidates articles/ --corrections corrections.toml

Nothing is joined. To join two, name them in a [[merge]] of a file of corrections; to have them
out of this list for good, in a [[keep-apart]].")]
pub struct Args {
    /// Leave out pairs for which less speaks, from 0 to 1
    #[arg(long, value_name = "X", default_value_t = 0.6)]
    min_score: f64,
    #[command(flatten)]
    inspect: InspectArgs,
    #[command(flatten)]
    sources: SourceArgs,
}

pub fn run(args: Args, out: &mut Output) -> Result<Outcome, Failure> {
    let loaded = sources::load(&args.sources)?;
    let corrected = Corrected::read(&args.sources.reading, &loaded.ontology)?;
    let mut pairs = inspect::candidates(&loaded.graph, &loaded.ontology, args.min_score);
    if let Some(corrected) = &corrected {
        pairs.retain(|pair| {
            let lines = corrected.corrections.lines_on(&fold(pair.a.name), &fold(pair.b.name));
            lines.1.is_none()
        });
    }
    if args.inspect.json {
        out.json(&pairs)?;
        return Ok(loaded.outcome());
    }
    if pairs.is_empty() {
        writeln!(out, "No two entities are so much alike.")?;
    }
    let paint = out.paint;
    let line =
        |one: &EntityView<'_>| format!("{} {}", paint.bold(&one_line(one.name)), paint.dim(one.id));
    for pair in &pairs {
        writeln!(out, "{:.2}  {}  {}", pair.score, line(&pair.a), line(&pair.b))?;
        for reason in &pair.reasons {
            writeln!(out, "      {}", one_line(reason))?;
        }
    }
    Ok(loaded.outcome())
}
