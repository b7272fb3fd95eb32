//! `query`: SPARQL over the sources, asked once or at a prompt.

use std::io::{self, IsTerminal, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::args::SourceArgs;
use super::failure::{Failure, Outcome};
use super::output::{Output, say};
use super::prompt::run_prompt;
use super::sources::{self, Loaded};
use super::style::counted;
use super::writing::RdfArgs;
use crate::ontology::{self, Ontology};
use crate::query::{
    self, GraphDataset, QueryError, QuerySettings, RESULT_FORMATS, ResultFormat, find_example,
};

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph query article.txt --example who-speaks-for-whom
  newsgraph query graph.ttl -q 'SELECT ?name { ?x a ng:Person ; rdfs:label ?name }' --format csv
  newsgraph query graph.ttl -f question.rq --format json
  newsgraph query graph.ttl

Without a question, one is read from standard input; on a terminal that is a prompt with history
and completion. What is answered is what `newsgraph export` would write with the same --profile
and --assert, and beside it the ontology as the graph <https://w3id.org/newsgraph/ontology>.
Common prefixes are declared: ng: for classes and relations, ngd: for the data.")]
pub struct Args {
    #[command(flatten)]
    question: QuestionArgs,

    /// How the answer is written; by default a table, or Turtle where the answer is a graph
    #[arg(long, value_name = "FORMAT", ignore_case = true, value_parser = format_parser())]
    format: Option<ResultFormat>,

    /// Stop after so many rows
    #[arg(long, value_name = "ROWS")]
    limit: Option<usize>,

    /// Give up after so many seconds
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    timeout: Option<Duration>,

    #[command(flatten)]
    rdf: RdfArgs,
    #[command(flatten)]
    sources: SourceArgs,
}

#[derive(clap::Args)]
#[group(multiple = false)]
struct QuestionArgs {
    /// The query itself
    #[arg(short, long, value_name = "SPARQL")]
    query: Option<String>,

    /// A file that holds the query; - is standard input
    #[arg(short, long, value_name = "FILE")]
    file: Option<PathBuf>,

    /// A ready question
    #[arg(long, value_name = "NAME", long_help = example_help())]
    example: Option<String>,
}

/// The values of `--format`: the first name of each format, with the others as aliases.
fn format_parser() -> impl TypedValueParser<Value = ResultFormat> {
    let mut values: Vec<(ResultFormat, PossibleValue)> = Vec::new();
    for (name, format) in RESULT_FORMATS {
        match values.iter_mut().find(|(known, _)| known == format) {
            Some((_, value)) => *value = value.clone().alias(*name),
            None => values.push((*format, PossibleValue::new(*name))),
        }
    }
    PossibleValuesParser::new(values.into_iter().map(|(_, value)| value)).try_map(|name| {
        ResultFormat::from_name(&name.to_lowercase()).ok_or("there is no such format")
    })
}

fn seconds(typed: &str) -> Result<Duration, String> {
    let value: f64 = typed.parse().map_err(|_| "a number of seconds is wanted".to_owned())?;
    let time = Duration::try_from_secs_f64(value).ok().filter(|time| !time.is_zero());
    time.ok_or_else(|| "a number of seconds above 0 is wanted".to_owned())
}

/// The ready questions of the built-in ontology with what they answer, from the names and first
/// lines of their files: the help must not load the ontology.
fn example_help() -> String {
    let mut help = String::from("A ready question:");
    for (file, text) in ontology::embedded_files() {
        let name = file.strip_prefix("queries/").and_then(|file| file.strip_suffix(".rq"));
        if let Some(name) = name {
            let answers = text.lines().next().unwrap_or_default().trim_start_matches('#').trim();
            help += &format!("\n- {name}: {answers}");
        }
    }
    help
}

pub fn run(args: Args, out: &mut Output) -> Result<Outcome, Failure> {
    let ontology = sources::ontology(&args.sources.reading.extraction)?;
    let question = question(&args, &ontology)?;
    // A wrong question is told before a large graph is read.
    if let Some(sparql) = &question {
        query::parse(sparql, args.sources.reading.base.clone().unwrap_or_default().as_str())?;
    }
    let loaded = sources::load_with(&args.sources, ontology)?;
    let options = args.rdf.mapping(&loaded.base, true);
    let dataset = GraphDataset::new(&loaded.graph, &loaded.ontology.schema, &options);
    let settings =
        QuerySettings { time_limit: args.timeout, row_limit: args.limit, width: terminal_width() };
    match question {
        Some(sparql) => ask(&dataset, &sparql, args.format, &settings, out)?,
        None => prompt(&dataset, &loaded, args.format, &settings, out)?,
    }
    Ok(loaded.outcome())
}

/// The query that is asked, or nothing where a prompt is to ask for it.
fn question(args: &Args, ontology: &Ontology) -> Result<Option<String>, Failure> {
    let question = &args.question;
    if let Some(sparql) = &question.query {
        return Ok(Some(sparql.clone()));
    }
    if let Some(name) = &question.example {
        return Ok(Some(find_example(ontology, name)?.sparql.to_owned()));
    }
    let stdin = Path::new("-");
    let stdin_is_source = args.sources.sources.iter().any(|source| source == stdin);
    match &question.file {
        Some(file) if file != stdin => {
            let text =
                std::fs::read_to_string(file).map_err(|error| Failure::file(file, &error))?;
            Ok(Some(text))
        }
        file if stdin_is_source => Err(Failure::new(match file {
            Some(_) => "standard input can not be both the query and a source; name a file for one",
            None => "standard input is a source, so the query must come from -q, -f or --example",
        })),
        None if io::stdin().is_terminal() => Ok(None),
        _ => {
            let mut text = String::new();
            io::stdin()
                .read_to_string(&mut text)
                .map_err(|error| Failure::new(format!("standard input: {error}")))?;
            if text.trim().is_empty() {
                return Err(Failure::new(
                    "no query: give one with -q, -f or --example, or on standard input",
                ));
            }
            Ok(Some(text))
        }
    }
}

fn ask(
    dataset: &GraphDataset<'_>,
    sparql: &str,
    format: Option<ResultFormat>,
    settings: &QuerySettings,
    out: &mut Output,
) -> Result<(), Failure> {
    let query = query::parse(sparql, dataset.base())?;
    let outcome = query::run(dataset, &query, format, settings, &mut *out)?;
    if outcome.truncated {
        out.flush()?;
        let rows = counted(outcome.rows, "row", "rows");
        say(&format!("only the first {rows} were written; raise --limit for more"));
    }
    Ok(())
}

fn prompt(
    dataset: &GraphDataset<'_>,
    loaded: &Loaded,
    format: Option<ResultFormat>,
    settings: &QuerySettings,
    out: &mut Output,
) -> Result<(), Failure> {
    let history = history_file();
    run_prompt(dataset, &loaded.ontology, history.as_deref(), format, settings, &mut *out)
        .map_err(|error| Failure::new(error.to_string()))
}

impl From<QueryError> for Failure {
    fn from(error: QueryError) -> Self {
        Failure::new(error.to_string())
    }
}

/// Where questions are remembered; nowhere when there is no such folder and none can be made.
fn history_file() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let state = match set("XDG_STATE_HOME") {
        Some(folder) => PathBuf::from(folder),
        None if cfg!(windows) => PathBuf::from(set("LOCALAPPDATA")?),
        None => std::env::home_dir()?.join(".local").join("state"),
    };
    let folder = state.join("newsgraph");
    std::fs::create_dir_all(&folder).ok()?;
    Some(folder.join("history"))
}

/// How many characters a line of the terminal holds; nothing when output goes elsewhere.
fn terminal_width() -> Option<u16> {
    if !io::stdout().is_terminal() {
        return None;
    }
    let (columns, _) = rustyline::DefaultEditor::new().ok()?.dimensions()?;
    Some(columns.max(20))
}
