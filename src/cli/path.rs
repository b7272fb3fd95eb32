//! `path`: how two entities are connected.

use std::io::Write as _;

use super::args::{InspectArgs, SourceArgs};
use super::failure::{Failure, Outcome};
use super::layout::{claim_line, counts_line, write_evidence};
use super::output::Output;
use super::style::{counted, one_line};
use super::{lookup, sources};
use crate::inspect::{self, PathAnswer};

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph path kirby russia article.txt
  newsgraph path 'Joseph Dunford' 'Al-Qaeda' articles/ --json

The shortest chain of claims, in either direction, with the evidence of each. Claims that are
only denied are used when nothing else connects the two.")]
pub struct Args {
    /// Where the chain begins
    a: String,
    /// Where the chain ends
    b: String,
    #[command(flatten)]
    inspect: InspectArgs,
    #[command(flatten)]
    sources: SourceArgs,
}

pub fn run(args: Args, out: &mut Output) -> Result<Outcome, Failure> {
    let loaded = sources::load(&args.sources)?;
    let schema = &loaded.ontology.schema;
    let from = lookup::entity(&loaded.graph, schema, &args.a)?;
    let to = lookup::entity(&loaded.graph, schema, &args.b)?;
    let answer = inspect::path(&loaded.graph, schema, from, to);
    if args.inspect.json {
        out.json(&answer)?;
    } else {
        print(&answer, out)?;
    }
    Ok(loaded.outcome())
}

fn print(answer: &PathAnswer<'_>, out: &mut Output) -> Result<(), Failure> {
    let paint = out.paint;
    let (from, to) = (one_line(answer.from.name), one_line(answer.to.name));
    if !answer.connected {
        writeln!(out, "No chain of claims connects {from} and {to}.")?;
        return Ok(());
    }
    let length = counted(answer.steps.len(), "claim", "claims");
    writeln!(out, "{from} to {to}: {length}")?;
    if answer.through_denied {
        writeln!(
            out,
            "{}",
            paint.warning("Nothing connects them but claims that are only denied.")
        )?;
    }
    for step in &answer.steps {
        let claim = &step.claim;
        writeln!(out, "\n{}  {}", claim_line(claim, paint), paint.dim(&counts_line(claim.counts)))?;
        for evidence in &claim.evidence {
            write_evidence(out, evidence)?;
        }
    }
    Ok(())
}
