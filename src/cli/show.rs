//! `show`: all that a graph says of one entity.

use std::io::Write as _;

use super::args::{InspectArgs, SourceArgs};
use super::failure::{Failure, Outcome};
use super::layout::{claim_line, counts_line, document_line, sentence_line};
use super::output::Output;
use super::style::{counted, one_line};
use super::{lookup, sources};
use crate::inspect::{self, ClaimView, ShowAnswer};

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph show 'State Department' article.txt
  newsgraph show kirby articles/
  newsgraph show person/john-kirby graph.ttl --json")]
pub struct Args {
    /// Whom or what to show: a name, an alias or a key; case, accents and "the" do not count
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
    let answer = inspect::show(&loaded.graph, schema, entity);
    if args.inspect.json {
        out.json(&answer)?;
    } else {
        print(&answer, out)?;
    }
    Ok(loaded.outcome())
}

fn print(answer: &ShowAnswer<'_>, out: &mut Output) -> Result<(), Failure> {
    let paint = out.paint;
    let entity = &answer.entity;
    writeln!(out, "{}  {}", paint.bold(&one_line(entity.name)), entity.kind())?;
    writeln!(out, "  key: {}", entity.id)?;
    if !answer.aliases.is_empty() {
        let aliases: Vec<_> = answer.aliases.iter().map(|alias| one_line(alias)).collect();
        writeln!(out, "  also: {}", aliases.join("; "))?;
    }
    for iri in &answer.same_as {
        writeln!(out, "  same as: {}", one_line(iri))?;
    }
    for one in &answer.documents {
        let times = counted(one.mentions, "mention", "mentions");
        writeln!(
            out,
            "  in: {} {}",
            document_line(&one.document),
            paint.dim(&format!("({times})"))
        )?;
    }
    for claim in answer.claims_out.iter().chain(&answer.claims_in) {
        print_claim(claim, out)?;
    }
    if answer.claims_out.is_empty() && answer.claims_in.is_empty() {
        writeln!(out, "\nNo claim is about it.")?;
    }
    Ok(())
}

fn print_claim(claim: &ClaimView<'_>, out: &mut Output) -> Result<(), Failure> {
    let paint = out.paint;
    writeln!(out, "\n{}  {}", claim_line(claim, paint), paint.dim(&counts_line(claim.counts)))?;
    for evidence in &claim.evidence {
        let denied = if evidence.is_denied() { paint.warning("denied: ") } else { String::new() };
        let modality = match evidence.is_asserted() {
            true => String::new(),
            false => format!("{}: ", evidence.modality),
        };
        writeln!(out, "  {denied}{modality}{}", sentence_line(evidence, paint))?;
    }
    Ok(())
}
