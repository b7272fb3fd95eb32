//! `check`: proves that a graph keeps its promises.

use std::io::Write as _;

use super::args::{InspectArgs, SourceArgs};
use super::failure::{Failure, Outcome};
use super::output::Output;
use super::sources;
use super::style::{counted, one_line};
use crate::check::{self, CheckReport, Verdict};

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph check graph.ttl
  newsgraph check articles/ --json

Every quote must equal the text at its offsets, every claim must have evidence, relations must
connect the classes they are declared for, and what a statement marks must lie in its sentence.
Exits with 1 when something fails, and also when texts are missing, so that quotes can not be
verified.")]
pub struct Args {
    #[command(flatten)]
    inspect: InspectArgs,
    #[command(flatten)]
    sources: SourceArgs,
}

#[derive(serde::Serialize)]
struct Answer<'r> {
    verdict: Verdict,
    #[serde(flatten)]
    report: &'r CheckReport,
}

pub fn run(args: Args, out: &mut Output) -> Result<Outcome, Failure> {
    let loaded = sources::load(&args.sources)?;
    let report = check::check(&loaded.graph, &loaded.ontology.schema);
    let verdict = report.verdict();
    if args.inspect.json {
        out.json(&Answer { verdict, report: &report })?;
    } else {
        print(&report, verdict, out)?;
    }
    match verdict {
        Verdict::Ok => Ok(loaded.outcome()),
        Verdict::Unverifiable | Verdict::Failed => Ok(Outcome::SomeFailed),
    }
}

fn print(report: &CheckReport, verdict: Verdict, out: &mut Output) -> Result<(), Failure> {
    let paint = out.paint;
    for finding in &report.findings {
        let place = finding.document.as_deref().map(|name| format!(" [{}]", one_line(name)));
        writeln!(
            out,
            "{}: {}{}",
            one_line(&finding.subject),
            one_line(&finding.message),
            paint.dim(&place.unwrap_or_default())
        )?;
    }
    for document in &report.documents_without_text {
        writeln!(out, "{}: its text is missing, quotes are not verified", one_line(document))?;
    }
    let checked = format!(
        "{}, {}: {} verified",
        counted(report.claims, "claim", "claims"),
        counted(report.evidence, "piece of evidence", "pieces of evidence"),
        counted(report.quotes_verified, "quote", "quotes"),
    );
    let answer = match verdict {
        Verdict::Ok => paint.good("ok"),
        Verdict::Unverifiable => paint.warning(&format!(
            "unverifiable: {}",
            counted(report.quotes_unverifiable, "quote", "quotes")
        )),
        Verdict::Failed => paint
            .warning(&format!("failed: {}", counted(report.findings.len(), "finding", "findings"))),
    };
    writeln!(out, "{checked}. {answer}")?;
    Ok(())
}
