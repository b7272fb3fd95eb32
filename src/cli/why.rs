//! `why`: every statement on a relation between two entities.

use std::ffi::OsString;
use std::io::Write as _;
use std::path::PathBuf;

use super::args::{InspectArgs, ReadingArgs, SourceArgs};
use super::failure::{Failure, Outcome};
use super::layout::{claim_line, counts_line, write_evidence};
use super::output::Output;
use super::style::one_line;
use super::{identity, lookup, sources};
use crate::inspect::{self, WhyAnswer};

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph why 'John Kirby' 'spokesman of' 'State Department' article.txt
  newsgraph why kirby 'affiliated with' 'state department' articles/
  newsgraph why russia 'party to' 'ceasefire agreement' graph.ttl --json
  newsgraph why russia 'party to' 'ceasefire agreement' graph.ttl --context 3
  newsgraph why --same kirby 'John Kirby' articles/

A relation is named by its local name or one of its labels, in any case; one that has others
below it includes them (\"affiliated with\" finds \"spokesperson of\").")]
#[command(override_usage = "newsgraph why [OPTIONS] <HEAD> <RELATION> <TAIL> <SOURCE>...\n       \
                      newsgraph why [OPTIONS] --same <A> <B> <SOURCE>...")]
pub struct Args {
    /// Why two names are one entity, or what speaks for and against it
    #[arg(long, num_args = 2, value_names = ["A", "B"])]
    same: Option<Vec<String>>,
    /// The entity the relation leads from, the relation (its name or a label, "spokesman of"), the
    /// entity it leads to, and the sources: documents, folders, graph files, or - for standard input
    #[arg(value_name = "HEAD RELATION TAIL SOURCE", required = true, num_args = 1..)]
    words: Vec<OsString>,
    /// How many sentences before and behind each statement are shown, where the text is known
    #[arg(long, value_name = "N", default_value_t = 1)]
    context: u16,
    #[command(flatten)]
    inspect: InspectArgs,
    #[command(flatten)]
    reading: ReadingArgs,
}

/// What the words on the command line mean.
struct Question {
    head: String,
    relation: String,
    tail: String,
    /// Sentences shown around each statement.
    context: usize,
    inspect: InspectArgs,
    sources: SourceArgs,
}

pub fn run(args: Args, out: &mut Output) -> Result<Outcome, Failure> {
    let Args { same, words, context, inspect, reading } = args;
    let sources = |words: &[OsString]| SourceArgs {
        sources: words.iter().map(PathBuf::from).collect(),
        reading: reading.clone(),
    };
    if let Some([a, b]) = same.as_deref() {
        return identity::run([a, b], &sources(&words), inspect.json, out);
    }
    let [head, relation, tail, rest @ ..] = words.as_slice() else {
        return Err(Failure::new(USAGE));
    };
    if rest.is_empty() {
        return Err(Failure::new(USAGE));
    }
    let text = |word: &OsString| word.to_string_lossy().into_owned();
    let question = Question {
        head: text(head),
        relation: text(relation),
        tail: text(tail),
        context: context.into(),
        inspect,
        sources: sources(rest),
    };
    answer(&question, out)
}

const USAGE: &str = "why needs a head, a relation, a tail and at least one source: \
                     newsgraph why 'John Kirby' 'spokesman of' 'State Department' article.txt";

fn answer(args: &Question, out: &mut Output) -> Result<Outcome, Failure> {
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
        inspect::add_context(graph, &loaded.ontology, &mut answer, args.context);
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
