//! `timeline`: all that is said of one entity, by date.

use std::io::Write as _;

use super::args::{InspectArgs, SourceArgs};
use super::failure::{Failure, Outcome};
use super::layout::{document_line, manner_line, relation_line, sentence_line};
use super::output::Output;
use super::style::{counted, one_line};
use super::{lookup, sources};
use crate::inspect::{self, TimelineAnswer};

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph timeline 'State Department' articles/
  newsgraph timeline malloum graph.ttl --json

A statement stands at the date that it speaks of; where it names none, at the day on which it is
reported to have been said, else at that of publication. Which of them it is stands behind the
date. A date without its year is written --09-16 and stands behind the others.")]
pub struct Args {
    /// Whose timeline: a name, an alias or a key; case, accents and "the" do not count
    name: String,
    #[command(flatten)]
    inspect: InspectArgs,
    #[command(flatten)]
    sources: SourceArgs,
}

pub fn run(args: Args, out: &mut Output) -> Result<Outcome, Failure> {
    let loaded = sources::load(&args.sources)?;
    let schema = &loaded.ontology.schema;
    let entity = lookup::entity(&loaded.graph, schema, &args.name)?;
    let answer = inspect::timeline(&loaded.graph, schema, entity);
    if args.inspect.json {
        out.json(&answer)?;
    } else {
        print(&answer, out)?;
    }
    Ok(loaded.outcome())
}

fn print(answer: &TimelineAnswer<'_>, out: &mut Output) -> Result<(), Failure> {
    let paint = out.paint;
    let count = counted(answer.statements.len(), "statement", "statements");
    writeln!(out, "{}  {count}", paint.bold(&one_line(answer.entity.name)))?;
    let mut last = None;
    for entry in &answer.statements {
        if last != Some(&entry.when) {
            let heading = match &entry.when {
                Some(date) => {
                    format!("{}  {}", paint.bold(&one_line(&date.value)), date.from.label())
                }
                None => paint.bold("without a date"),
            };
            writeln!(out, "\n{heading}")?;
            last = Some(&entry.when);
        }
        let line = relation_line(entry.head.name, entry.label, entry.tail.name, paint);
        writeln!(out, "  {line}")?;
        writeln!(out, "    {}", sentence_line(&entry.evidence, paint))?;
        writeln!(out, "    {}", manner_line(&entry.evidence, paint))?;
        writeln!(out, "    {}", paint.dim(&document_line(&entry.evidence.document)))?;
    }
    Ok(())
}
