//! `view`: the graph as a page in the browser.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use super::args::SourceArgs;
use super::failure::{Failure, Outcome};
use super::output::{Output, say};
use super::selection::{self, SelectionArgs};
use super::sources;
use crate::export::{self, ExportOptions, Format};
use crate::rdf::MappingOptions;

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph view article.txt
  newsgraph view graph.ttl --around Kirby --depth 2
  newsgraph view articles/ -o graph.html --no-open

The page is one file that loads nothing from anywhere, so that it can be kept and sent. Without -o
it lies in the folder for temporary files; where it lies is printed.")]
pub struct Args {
    /// Where to keep the page
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write the page without opening it
    #[arg(long)]
    no_open: bool,
    #[command(flatten)]
    selection: SelectionArgs,
    #[command(flatten)]
    sources: SourceArgs,
}

pub fn run(args: Args, out: &mut Output) -> Result<Outcome, Failure> {
    let format = Format::by_name("html")
        .ok_or_else(|| Failure::new("this program was built without its page".to_owned()))?;
    let mut loaded = sources::load(&args.sources)?;
    selection::apply(&mut loaded, &args.selection)?;
    let path = match args.output {
        Some(path) => path,
        None => temporary()?,
    };
    let mapping = MappingOptions { base: loaded.base.clone(), ..MappingOptions::default() };
    let (graph, schema) = (&loaded.graph, &loaded.ontology.schema);
    export::write_to_path(graph, schema, format, &ExportOptions::from(mapping), &path)?;
    writeln!(out, "{}", path.display())?;
    out.flush()?;
    if !args.no_open && !open(&path) {
        say("no browser could be started; open the file in yours, or use --no-open");
    }
    Ok(loaded.outcome())
}

/// A new file that stays, which only its owner may read.
fn temporary() -> Result<PathBuf, Failure> {
    let made = tempfile::Builder::new().prefix("newsgraph-").suffix(".html").tempfile();
    let kept = made.and_then(|file| file.keep().map_err(|error| error.error));
    match kept {
        Ok((_, path)) => Ok(path),
        Err(error) => Err(Failure::file(&std::env::temp_dir(), &error)),
    }
}

/// Opens the file in the browser that the desktop names. `false` where none could be started.
fn open(path: &Path) -> bool {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let mut command = opener();
    command.arg(path).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(mut browser) = command.spawn() else { return false };
    // What cannot open anything fails at once. A browser may run on for as long as it is used.
    for _ in 0..15 {
        match browser.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) => std::thread::sleep(Duration::from_millis(100)),
            Err(_) => return false,
        }
    }
    true
}

fn opener() -> Command {
    if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        let mut command = Command::new("rundll32");
        command.arg("url.dll,FileProtocolHandler");
        command
    } else {
        Command::new("xdg-open")
    }
}
