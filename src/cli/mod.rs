//! The command line: one file per command, arguments apart from what is done with them. The
//! only layer that prints.

mod args;
mod build;
mod candidates;
mod check;
mod claims;
mod completions;
mod contradictions;
mod correcting;
mod diff;
mod evaluate;
mod export;
mod failure;
mod identity;
mod layout;
mod licenses;
mod list;
mod lookup;
mod man;
mod output;
mod path;
mod progress;
mod prompt;
mod query;
mod rank;
mod remove;
mod selection;
mod show;
mod sources;
mod stats;
mod style;
mod timeline;
mod view;
mod why;
mod writing;

use std::io::Write as _;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use failure::{Failure, Outcome};
use output::{Output, say};

/// Reads news and makes a knowledge graph of people, organizations, places and agreements, in
/// which every relation keeps the sentence that says so, who said it, and when
#[derive(Parser)]
#[command(name = "newsgraph", version, disable_help_subcommand = true)]
#[command(after_help = "\
Examples:
  newsgraph build articles/ -o graph.ttl
  newsgraph query graph.ttl --example who-speaks-for-whom
  newsgraph why 'John Kirby' 'spokesman of' 'State Department' article.txt
  newsgraph export article.txt --format json

Exit codes: 0 all inputs were read; 1 some input failed and is named on standard error, the rest
is done; 2 nothing was written.")]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Read documents and write a graph file
    Build(build::Args),
    /// Take a document out of a graph file
    Remove(remove::Args),
    /// Write a graph in any format
    Export(export::Args),
    /// Ask a question in SPARQL, or several at a prompt
    Query(query::Args),
    /// List the entities of a graph by class
    List(list::Args),
    /// Show all that is said of one entity
    Show(show::Args),
    /// Show every statement on a relation between two entities
    Why(why::Args),
    /// Find statements that disagree, and who says which
    Contradictions(contradictions::Args),
    /// Show all that is said of one entity by date
    Timeline(timeline::Args),
    /// Show who says what
    Claims(claims::Args),
    /// Find how two entities are connected
    Path(path::Args),
    /// Show what one graph has and another has not
    Diff(diff::Args),
    /// List pairs of entities that may be one
    Candidates(candidates::Args),
    /// List the entities that matter most, or communities
    Rank(rank::Args),
    /// Look at a graph in the browser
    View(view::Args),
    /// Count what a graph holds
    Stats(stats::Args),
    /// Prove that quotes, evidence and signatures hold
    Check(check::Args),
    /// Measure extraction against articles that people annotated
    Evaluate(evaluate::Args),
    /// Print the licences of the program, its data and the crates in it
    Licenses(licenses::Args),
    /// Print a script that completes commands and options in a shell
    Completions(completions::Args),
    /// Print the manual page
    Man(man::Args),
}

/// Runs the program with the arguments of the process.
///
/// Exit codes: 0 all inputs were read, 1 some input failed and the rest is done, 2 nothing was
/// written. A reader of a pipe that goes away is no error.
pub fn main() -> ExitCode {
    std::panic::set_hook(Box::new(|fault| {
        say(&format!("a fault of the program itself, please report it: {fault}"));
    }));
    std::panic::catch_unwind(run).unwrap_or(ExitCode::from(NOTHING_WRITTEN))
}

const NOTHING_WRITTEN: u8 = 2;

fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version come here too, with code 0. A closed pipe is no error.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(NOTHING_WRITTEN));
        }
    };
    let mut out = Output::stdout();
    let result = cli.command.run(&mut out).and_then(|outcome| {
        out.flush()?;
        Ok(outcome)
    });
    match result {
        Ok(outcome) => outcome.code(),
        Err(_) if out.is_closed() => ExitCode::SUCCESS,
        Err(failure) => {
            if !failure.message().is_empty() {
                say(failure.message());
            }
            ExitCode::from(NOTHING_WRITTEN)
        }
    }
}

impl Command {
    fn run(self, out: &mut Output) -> Result<Outcome, Failure> {
        match self {
            Command::Build(args) => build::run(args, out),
            Command::Remove(args) => remove::run(args, out),
            Command::Export(args) => export::run(args, out),
            Command::Query(args) => query::run(args, out),
            Command::List(args) => list::run(args, out),
            Command::Show(args) => show::run(args, out),
            Command::Why(args) => why::run(args, out),
            Command::Contradictions(args) => contradictions::run(args, out),
            Command::Timeline(args) => timeline::run(args, out),
            Command::Claims(args) => claims::run(args, out),
            Command::Path(args) => path::run(args, out),
            Command::Diff(args) => diff::run(args, out),
            Command::Candidates(args) => candidates::run(args, out),
            Command::Rank(args) => rank::run(args, out),
            Command::View(args) => view::run(args, out),
            Command::Stats(args) => stats::run(args, out),
            Command::Check(args) => check::run(args, out),
            Command::Evaluate(args) => evaluate::run(args, out),
            Command::Licenses(args) => licenses::run(args, out),
            Command::Completions(args) => completions::run(args, out),
            Command::Man(args) => man::run(args, out),
        }
    }
}
