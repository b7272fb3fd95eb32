//! `stats`: what a graph holds, in numbers.

use std::io::Write as _;

use super::args::{InspectArgs, SourceArgs};
use super::failure::{Failure, Outcome};
use super::layout::document_line;
use super::output::Output;
use super::{sources, style::counted};
use crate::inspect::{self, NamedCount, Stats};

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph stats article.txt
  newsgraph stats articles/ more.nt.gz --json")]
pub struct Args {
    #[command(flatten)]
    inspect: InspectArgs,
    #[command(flatten)]
    sources: SourceArgs,
}

pub fn run(args: Args, out: &mut Output) -> Result<Outcome, Failure> {
    let loaded = sources::load(&args.sources)?;
    let stats = inspect::stats(&loaded.graph, &loaded.ontology.schema);
    if args.inspect.json {
        out.json(&stats)?;
    } else {
        print(&stats, out)?;
    }
    Ok(loaded.outcome())
}

fn print(stats: &Stats<'_>, out: &mut Output) -> Result<(), Failure> {
    let paint = out.paint;
    writeln!(
        out,
        "{}, {}, {}, {}",
        counted(stats.documents, "document", "documents"),
        counted(stats.entities, "entity", "entities"),
        counted(stats.claims, "claim", "claims"),
        counted(stats.evidence, "piece of evidence", "pieces of evidence"),
    )?;
    if stats.documents > 1 {
        let sources = stats.independent_sources;
        writeln!(out, "{}", counted(sources, "independent source", "independent sources"))?;
        for copy in &stats.copies {
            writeln!(
                out,
                "  {} repeats {}  {}",
                document_line(&copy.document),
                document_line(&copy.of),
                paint.dim(&format!("{:.0} % of the shorter text", copy.share * 100.0))
            )?;
        }
    }
    if stats.documents_without_text > 0 {
        let documents = counted(stats.documents_without_text, "document", "documents");
        let each = match stats.documents > 1 {
            true => " (each counted as a source of its own)",
            false => "",
        };
        writeln!(out, "without text: {documents}{each}")?;
    }
    if stats.foreign_statements > 0 {
        let statements = counted(stats.foreign_statements, "statement", "statements");
        writeln!(out, "{statements} in other vocabularies, kept as they are")?;
    }
    writeln!(out, "\n{}", paint.bold("Entities"))?;
    for class in &stats.classes {
        writeln!(out, "{:>8}  {}", class.entities, class.class)?;
        for subtype in &class.subtypes {
            writeln!(out, "{:>8}    {}", subtype.count, subtype.name)?;
        }
    }
    if stats.claims == 0 {
        return Ok(());
    }
    writeln!(out, "\n{}", paint.bold("Claims"))?;
    let width = stats.relations.iter().map(|one| one.relation.len()).max().unwrap_or(0);
    for relation in &stats.relations {
        let mut notes = vec![counted(relation.evidence, "statement", "statements")];
        if relation.denied > 0 {
            notes.push(format!("{} denied", relation.denied));
        }
        if relation.attributed > 0 {
            notes.push(format!("{} attributed", relation.attributed));
        }
        writeln!(
            out,
            "{:>8}  {:width$}  {}",
            relation.claims,
            relation.relation,
            paint.dim(&notes.join(", "))
        )?;
    }
    writeln!(out, "\n{}", paint.bold("Evidence"))?;
    let lines = stats.polarity.iter().chain(&stats.modality);
    for NamedCount { name, count } in lines.filter(|line| line.count > 0) {
        writeln!(out, "{count:>8}  {name}")?;
    }
    writeln!(out, "{:>8}  attributed to somebody", stats.attributed)?;
    let contested = counted(stats.contested_claims, "claim has", "claims have");
    writeln!(out, "{contested} evidence that denies it")?;
    Ok(())
}
