//! `why`: every statement on a relation between two entities.

use std::io::Write as _;

use super::args::{InspectArgs, SourceArgs};
use super::failure::{Failure, Outcome};
use super::layout::{claim_line, counts_line, write_evidence};
use super::output::Output;
use super::style::one_line;
use super::{lookup, sources};
use crate::inspect::{self, WhyAnswer};

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph why 'John Kirby' 'spokesman of' 'State Department' article.txt
  newsgraph why kirby 'affiliated with' 'state department' articles/
  newsgraph why russia 'party to' 'ceasefire agreement' graph.ttl --json
  newsgraph why russia 'party to' 'ceasefire agreement' graph.ttl --context 3

A relation is named by its local name or one of its labels, in any case; one that has others
below it includes them (\"affiliated with\" finds \"spokesperson of\").")]
pub struct Args {
    /// The entity the relation leads from
    head: String,
    /// The relation: its name or a label ("spokesman of")
    relation: String,
    /// The entity the relation leads to
    tail: String,
    /// How many sentences before and behind each statement are shown, where the text is known
    #[arg(long, value_name = "N", default_value_t = 1)]
    context: u16,
    #[command(flatten)]
    inspect: InspectArgs,
    #[command(flatten)]
    sources: SourceArgs,
}

pub fn run(args: Args, out: &mut Output) -> Result<Outcome, Failure> {
    let ontology = sources::ontology(&args.sources.reading.extraction)?;
    let readings = lookup::relation(&ontology.schema, &args.relation)?;
    let loaded = sources::load_with(&args.sources, ontology)?;
    let schema = &loaded.ontology.schema;
    let graph = &loaded.graph;
    let (head, tail) = lookup::pair(graph, schema, &args.head, &args.tail, |head, tail| {
        !inspect::why(graph, schema, head, &readings, tail).claims.is_empty()
    })?;
    let mut answer = inspect::why(graph, schema, head, &readings, tail);
    if args.context > 0 {
        inspect::add_context(graph, &loaded.ontology, &mut answer, usize::from(args.context));
    }
    if args.inspect.json {
        out.json(&answer)?;
    } else {
        print(&answer, out)?;
    }
    Ok(loaded.outcome())
}

fn print(answer: &WhyAnswer<'_>, out: &mut Output) -> Result<(), Failure> {
    let paint = out.paint;
    if answer.claims.is_empty() {
        writeln!(
            out,
            "No statement that {} {} {}.",
            one_line(answer.head.name),
            answer.relations.join(" or "),
            one_line(answer.tail.name)
        )?;
        if !answer.otherwise.is_empty() {
            writeln!(out, "What is said of the two:")?;
            for claim in &answer.otherwise {
                writeln!(
                    out,
                    "  {}  {}",
                    claim_line(claim, paint),
                    paint.dim(&counts_line(claim.counts))
                )?;
            }
        }
        return Ok(());
    }
    for (at, claim) in answer.claims.iter().enumerate() {
        let gap = if at > 0 { "\n" } else { "" };
        writeln!(
            out,
            "{gap}{}  {}",
            claim_line(claim, paint),
            paint.dim(&counts_line(claim.counts))
        )?;
        for evidence in &claim.evidence {
            writeln!(out)?;
            write_evidence(out, evidence)?;
        }
    }
    Ok(())
}
