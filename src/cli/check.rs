//! `check`: proves that a graph keeps its promises.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::args::{InspectArgs, SourceArgs};
use super::failure::{Failure, Outcome};
use super::output::Output;
use super::sources;
use super::style::{counted, one_line};
use crate::check::shapes::{Shapes, check_shapes};
use crate::check::{self, CheckReport, Verdict};

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph check graph.ttl
  newsgraph check articles/ --json
  newsgraph check graph.ttl --shapes house-rules.ttl

Every quote must equal the text at its offsets, every claim must have evidence, relations must
connect the classes they are declared for, and what a statement marks must lie in its sentence.
A quote that stands elsewhere in its document is misplaced, in another document misattributed,
with other white space or quotation marks altered, and in no document fabricated. The graph must
also meet the SHACL shapes of the ontology, as the default profile writes it.
Exits with 1 when something fails, and also when texts are missing, so that quotes can not be
verified.")]
pub struct Args {
    /// More shapes that the graph must meet, in Turtle; words of SHACL that are not understood
    /// are refused
    #[arg(long, value_name = "FILE")]
    shapes: Option<PathBuf>,
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
    let own = args.shapes.as_deref().map(read_shapes).transpose()?;
    let loaded = sources::load(&args.sources)?;
    let (graph, schema) = (&loaded.graph, &loaded.ontology.schema);
    let mut report = check::check(graph, schema);
    let shapes = check_shapes(graph, schema, own.as_ref());
    report.findings.extend(shapes.map_err(|error| Failure::new(error.to_string()))?);
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

fn read_shapes(file: &Path) -> Result<Shapes, Failure> {
    let failed = |what: String| Failure::new(format!("{}: {what}", file.display()));
    let turtle = std::fs::read_to_string(file).map_err(|error| failed(error.to_string()))?;
    Shapes::parse(&turtle).map_err(|error| failed(error.to_string()))
}

fn print(report: &CheckReport, verdict: Verdict, out: &mut Output) -> Result<(), Failure> {
    let paint = out.paint;
    for finding in &report.findings {
        let number = finding.evidence.map(|at| format!(", evidence {at}")).unwrap_or_default();
        let place =
            finding.document.as_deref().map(|name| format!(" [{}{number}]", one_line(name)));
        writeln!(
            out,
            "{}: {}: {}{}",
            paint.warning(finding.fault.name()),
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
