//! `list`: the entities of a graph by class.

use std::io::Write as _;

use super::args::{InspectArgs, SourceArgs};
use super::failure::{Failure, Outcome};
use super::output::Output;
use super::selection::{self, ClaimSelectionArgs};
use super::sources;
use super::style::{counted, one_line};
use crate::inspect;

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph list article.txt
  newsgraph list articles/ --class Agreement
  newsgraph list graph.ttl --class 'armed group' --json")]
pub struct Args {
    #[command(flatten)]
    inspect: InspectArgs,
    /// Only entities of this class or subclass (person, armed group, …), in any case and also in the plural
    #[arg(long, value_name = "CLASS")]
    class: Option<String>,
    #[command(flatten)]
    selection: ClaimSelectionArgs,
    #[command(flatten)]
    sources: SourceArgs,
}

pub fn run(args: Args, out: &mut Output) -> Result<Outcome, Failure> {
    let ontology = sources::ontology(&args.sources.reading.extraction)?;
    let filter = args.class.as_deref().map(|typed| selection::class(&ontology.schema, typed));
    let filter = filter.transpose()?;
    let mut loaded = sources::load_with(&args.sources, ontology)?;
    selection::apply_claims(&mut loaded, &args.selection)?;
    let listed = inspect::list(&loaded.graph, &loaded.ontology.schema, filter);
    if args.inspect.json {
        out.json(&listed)?;
        return Ok(loaded.outcome());
    }
    let paint = out.paint;
    let mut class = "";
    for one in &listed {
        if one.entity.class != class {
            let gap = if class.is_empty() { "" } else { "\n" };
            class = one.entity.class;
            writeln!(out, "{gap}{}", paint.bold(class))?;
        }
        let mut notes = Vec::new();
        notes.extend(one.entity.subclass.map(str::to_owned));
        notes.push(counted(one.claims, "claim", "claims"));
        if one.mentions > 0 {
            notes.push(counted(one.mentions, "mention", "mentions"));
        }
        writeln!(out, "  {}  {}", one_line(one.entity.name), paint.dim(&notes.join(", ")))?;
    }
    Ok(loaded.outcome())
}
