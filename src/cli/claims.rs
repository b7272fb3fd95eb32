//! `claims`: who says what, and how much.

use std::io::Write as _;

use super::args::{InspectArgs, SourceArgs};
use super::failure::{Failure, Outcome};
use super::layout::{claim_line, counts_line, date_line, document_line, sentence_line};
use super::output::Output;
use super::style::{counted, one_line};
use super::{lookup, sources};
use crate::inspect::{self, SayingsAnswer, SpeakerCount};

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph claims articles/
  newsgraph claims articles/ --by 'John Kirby'
  newsgraph claims graph.ttl --by kirby --json

Without --by, speakers are counted: those who say most first, the articles' own voice last.")]
pub struct Args {
    /// Whose statements: a name, an alias or a key; case, accents and "the" do not count
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    #[command(flatten)]
    inspect: InspectArgs,
    #[command(flatten)]
    sources: SourceArgs,
}

pub fn run(args: Args, out: &mut Output) -> Result<Outcome, Failure> {
    let loaded = sources::load(&args.sources)?;
    let schema = &loaded.ontology.schema;
    match &args.by {
        Some(name) => {
            let speaker = lookup::entity(&loaded.graph, schema, name)?;
            let answer = inspect::claims_by(&loaded.graph, schema, speaker);
            match args.inspect.json {
                true => out.json(&answer)?,
                false => print_sayings(&answer, out)?,
            }
        }
        None => {
            let answer = inspect::speakers(&loaded.graph, schema);
            match args.inspect.json {
                true => out.json(&answer)?,
                false => print_speakers(&answer, out)?,
            }
        }
    }
    Ok(loaded.outcome())
}

fn print_sayings(answer: &SayingsAnswer<'_>, out: &mut Output) -> Result<(), Failure> {
    let paint = out.paint;
    let name = one_line(answer.speaker.name);
    if answer.claims.is_empty() {
        writeln!(out, "No statement is attributed to {name}.")?;
        return Ok(());
    }
    let count = counted(answer.claims.len(), "claim", "claims");
    writeln!(out, "{} says  {count}", paint.bold(&name))?;
    for saying in &answer.claims {
        let claim = &saying.claim;
        writeln!(out, "\n{}  {}", claim_line(claim, paint), paint.dim(&counts_line(claim.counts)))?;
        for (evidence, date) in claim.evidence.iter().zip(&saying.dates) {
            let polarity = match evidence.is_denied() {
                true => paint.warning(evidence.polarity),
                false => evidence.polarity.to_owned(),
            };
            writeln!(out, "  {}", sentence_line(evidence, paint))?;
            writeln!(out, "    {polarity}, {}, {}", evidence.modality, date_line(date.as_ref()))?;
            writeln!(out, "    {}", paint.dim(&document_line(&evidence.document)))?;
        }
    }
    Ok(())
}

fn print_speakers(speakers: &[SpeakerCount<'_>], out: &mut Output) -> Result<(), Failure> {
    let paint = out.paint;
    if speakers.is_empty() {
        writeln!(out, "No claim is stated.")?;
    }
    for one in speakers {
        let name = match &one.speaker {
            Some(speaker) => paint.bold(&one_line(speaker.name)),
            None => "in the articles' own voice".to_owned(),
        };
        let mut notes = vec![counted(one.documents, "document", "documents")];
        if one.denied > 0 {
            notes.push(format!("{} denied", one.denied));
        }
        if one.not_asserted > 0 {
            notes.push(format!("{} not asserted", one.not_asserted));
        }
        writeln!(out, "{:>8}  {name}  {}", one.statements, paint.dim(&notes.join(", ")))?;
    }
    Ok(())
}
