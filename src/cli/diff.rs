//! `diff`: what one graph has and another has not.

use std::io::Write as _;
use std::path::PathBuf;

use super::args::{ExtractionArgs, InspectArgs, ReadingArgs, SourceArgs};
use super::failure::{Failure, Outcome};
use super::layout::{claim_line, counts_line, document_line, sentence_line};
use super::output::Output;
use super::sources;
use super::style::{Paint, one_line};
use crate::inspect::{self, ClaimView, DiffAnswer, EntityView};

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph diff old.ttl new.ttl
  newsgraph diff monday/ tuesday/ --json
  newsgraph diff graph.ttl articles/

What stands behind + is only in B, what stands behind - only in A, and what stands behind ~ is in
both and called or classed otherwise. The exit code does not tell whether there is a difference.")]
pub struct Args {
    /// A graph file, a document or a folder
    #[arg(value_name = "A")]
    before: PathBuf,
    /// What it is compared with
    #[arg(value_name = "B")]
    after: PathBuf,
    #[command(flatten)]
    inspect: InspectArgs,
    #[command(flatten)]
    reading: ReadingArgs,
}

pub fn run(args: Args, out: &mut Output) -> Result<Outcome, Failure> {
    let Args { before, after, inspect, reading } = args;
    // The pool of threads is made with the first.
    let again = ExtractionArgs { threads: None, ..reading.extraction.clone() };
    let again = ReadingArgs { extraction: again, ..reading.clone() };
    let before = sources::load(&SourceArgs { sources: vec![before], reading })?;
    let after = sources::load(&SourceArgs { sources: vec![after], reading: again })?;
    let answer = inspect::diff(&before.graph, &after.graph, &before.ontology.schema);
    if inspect.json {
        out.json(&answer)?;
    } else {
        print(&answer, out)?;
    }
    Ok(if before.failed == 0 { after.outcome() } else { before.outcome() })
}

fn print(answer: &DiffAnswer<'_>, out: &mut Output) -> Result<(), Failure> {
    if answer.is_empty() {
        writeln!(out, "No difference.")?;
        return Ok(());
    }
    let paint = out.paint;
    let (plus, minus) = (paint.good("+"), paint.warning("-"));
    let mut title = Title { text: "Documents", written: false, first: true };
    for (sign, list) in [(&minus, &answer.documents.lost), (&plus, &answer.documents.gained)] {
        for document in list {
            title.write(out)?;
            writeln!(out, "{sign} {}", document_line(document))?;
        }
    }
    title.next("Entities");
    for (sign, list) in [(&minus, &answer.entities.lost), (&plus, &answer.entities.gained)] {
        for entity in list {
            title.write(out)?;
            writeln!(out, "{sign} {}", entity_line(entity, paint))?;
        }
    }
    for change in &answer.entities_changed {
        title.write(out)?;
        let mut line = entity_line(&change.before, paint);
        if change.before != change.after {
            line += &format!(" is now {}", entity_line(&change.after, paint));
        }
        for (sign, list) in [("-", &change.aliases.lost), ("+", &change.aliases.gained)] {
            for alias in list {
                line += &format!(" {sign}“{}”", one_line(alias));
            }
        }
        writeln!(out, "~ {line}")?;
    }
    for (name, changes) in
        [("Claims", &answer.claims), ("Statements of claims that both have", &answer.evidence)]
    {
        title.next(name);
        for (sign, list) in [(&minus, &changes.lost), (&plus, &changes.gained)] {
            for claim in list {
                title.write(out)?;
                write_claim(out, sign, claim)?;
            }
        }
    }
    Ok(())
}

/// The heading of a part, written with the first line of it.
struct Title {
    text: &'static str,
    written: bool,
    first: bool,
}

impl Title {
    fn next(&mut self, text: &'static str) {
        self.first &= !self.written;
        self.text = text;
        self.written = false;
    }

    fn write(&mut self, out: &mut Output) -> Result<(), Failure> {
        if !self.written {
            let gap = if self.first { "" } else { "\n" };
            let text = out.paint.bold(self.text);
            writeln!(out, "{gap}{text}")?;
            self.written = true;
        }
        Ok(())
    }
}

fn entity_line(entity: &EntityView<'_>, paint: Paint) -> String {
    format!("{}  {}", one_line(entity.name), paint.dim(&format!("{} {}", entity.kind(), entity.id)))
}

fn write_claim(out: &mut Output, sign: &str, claim: &ClaimView<'_>) -> Result<(), Failure> {
    let paint = out.paint;
    // Of a claim that both have, only some evidence is here: it speaks for itself.
    let counts = match claim.evidence.len() == claim.counts.evidence {
        true => format!("  {}", paint.dim(&counts_line(claim.counts))),
        false => String::new(),
    };
    writeln!(out, "{sign} {}{counts}", claim_line(claim, paint))?;
    for evidence in &claim.evidence {
        writeln!(
            out,
            "    {}{} {}",
            if evidence.is_denied() { paint.warning("denied: ") } else { String::new() },
            sentence_line(evidence, paint),
            paint.dim(&document_line(&evidence.document))
        )?;
    }
    Ok(())
}
