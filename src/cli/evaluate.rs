//! `evaluate`: how much of annotated articles is found, and how much of it is right.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use comfy_table::presets::NOTHING;
use comfy_table::{Cell, CellAlignment, Table};

use super::args::{ExtractionArgs, InspectArgs};
use super::failure::{Failure, Outcome, describe};
use super::output::{Output, say};
use super::progress::Progress;
use super::style::{counted, one_line};
use super::{layout, sources};
use crate::evaluate::{
    self, Difference, Different, Figure, Figures, GoldArticle, LEVEL, Line, RESAMPLES,
};
use crate::ontology::Schema;

#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  newsgraph evaluate gold/
  newsgraph evaluate gold/ --part development --misses --spurious
  newsgraph evaluate gold/ --json > figures.json

GOLD_DIR holds one JSON file for each article, with these fields:
  id, text; title, which is read before the text where title_in_text is true
  entities: id, type, subtype, name, mentions
  relations: type, head, tail, evidence, polarity, attributed_to

Entities are paired one to one with those of gold that are of the same class and share a name. A
relation is right when both ends are paired and its type is that of gold. Behind each figure
stands its 95 % interval, from articles drawn anew 1,000 times.

Exit codes: 0 all articles were read; 1 some file or article failed and is named on standard
error; 2 nothing was measured.")]
pub struct Args {
    /// A folder of articles that people annotated, or one file of such a folder
    #[arg(value_name = "GOLD_DIR")]
    gold: PathBuf,

    /// Which articles: by the SHA-256 of their ids one in five is kept for validation
    #[arg(long, value_enum, default_value_t = Part::All)]
    part: Part,

    /// List what was not found, with the sentences that say it
    #[arg(long)]
    misses: bool,

    /// List what was found and is not in gold, with the sentences that it was found in
    #[arg(long)]
    spurious: bool,

    #[command(flatten)]
    inspect: InspectArgs,
    #[command(flatten)]
    extraction: ExtractionArgs,
}

#[derive(Clone, Copy, ValueEnum)]
enum Part {
    /// Articles whose SHA-256 begins with a byte under 51
    Validation,
    /// All others
    Development,
    /// Both
    All,
}

impl From<Part> for evaluate::Part {
    fn from(part: Part) -> Self {
        match part {
            Part::Validation => evaluate::Part::Validation,
            Part::Development => evaluate::Part::Development,
            Part::All => evaluate::Part::All,
        }
    }
}

#[derive(serde::Serialize)]
struct Answer<'a> {
    part: &'static str,
    articles: usize,
    /// Files that are no gold articles, and articles that could not be read.
    failed: usize,
    interval: IntervalKind,
    #[serde(flatten)]
    figures: Figures<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    misses: Option<Vec<Difference<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    spurious: Option<Vec<Difference<'a>>>,
}

#[derive(serde::Serialize)]
struct IntervalKind {
    level: f64,
    resamples: usize,
}

pub fn run(args: Args, out: &mut Output) -> Result<Outcome, Failure> {
    let ontology = sources::ontology(&args.extraction)?;
    sources::use_threads(&args.extraction)?;
    let part = evaluate::Part::from(args.part);
    let Gold { articles, mut failed } = gold(&args.gold, part, &ontology.schema)?;
    let extractor = sources::extractor(&ontology, &args.extraction)?;
    let settings = sources::build_settings(&args.extraction);
    let bytes = articles.iter().map(|article| article.input.len() as u64).sum();
    let progress = Progress::new("reading", Some(bytes));
    let schema = &ontology.schema;
    let advance = |bytes: usize| progress.advance(bytes as u64);
    let judged = evaluate::evaluate(&articles, &extractor, schema, settings, &advance);
    drop(progress);
    for (article, judged) in articles.iter().zip(&judged) {
        for warning in &judged.warnings {
            say(&format!("{}: {warning}", article.id));
        }
        if let Some(error) = &judged.error {
            say(&error.to_string());
            failed += 1;
        }
    }
    let both = || articles.iter().zip(&judged);
    let misses = |(article, judged)| evaluate::misses(article, judged, schema);
    let spurious = |(article, judged)| evaluate::spurious(article, judged, schema);
    let answer = Answer {
        part: part.name(),
        articles: articles.len(),
        failed,
        interval: IntervalKind { level: LEVEL, resamples: RESAMPLES },
        figures: Figures::new(&judged, schema),
        misses: args.misses.then(|| both().flat_map(misses).collect()),
        spurious: args.spurious.then(|| both().flat_map(spurious).collect()),
    };
    if args.inspect.json {
        out.json(&answer)?;
    } else {
        print(&answer, out)?;
    }
    Ok(if failed == 0 { Outcome::Done } else { Outcome::SomeFailed })
}

/// The gold articles of the part, and how many files are none.
struct Gold {
    articles: Vec<GoldArticle>,
    failed: usize,
}

/// Reads the gold files, sorted by name. What is wrong with one is told on standard error.
///
/// # Errors
/// When there is no article to measure with.
fn gold(path: &Path, part: evaluate::Part, schema: &Schema) -> Result<Gold, Failure> {
    let files = gold_files(path)?;
    if files.is_empty() {
        return Err(Failure::new(format!(
            "{}: no gold articles in this folder; they are files that end in .json",
            path.display()
        )));
    }
    let (mut articles, mut failed) = (Vec::new(), 0);
    for file in &files {
        let read = std::fs::read(file)
            .map_err(|error| vec![describe(&error)])
            .and_then(|bytes| GoldArticle::from_json(&bytes, schema));
        match read {
            Ok(article) => articles.push(article),
            Err(faults) => {
                for fault in faults {
                    say(&format!("{}: {fault}", file.display()));
                }
                failed += 1;
            }
        }
    }
    if articles.is_empty() {
        return Err(match failed {
            1 => Failure::already_told(),
            _ => Failure::new(format!("none of the {failed} files is a gold article")),
        });
    }
    let all = articles.len();
    articles.retain(|article| part.holds(&article.id));
    if articles.is_empty() {
        return Err(Failure::new(format!(
            "{}: no article of the {} part, {all} of the other; measure with --part all",
            path.display(),
            part.name()
        )));
    }
    Ok(Gold { articles, failed })
}

/// The files of a folder that end in .json, hidden ones left out, or the file itself.
fn gold_files(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    let told = |error| Failure::file(path, &error);
    if !std::fs::metadata(path).map_err(told)?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in std::fs::read_dir(path).map_err(told)? {
        let file = entry.map_err(told)?.path();
        let is_hidden =
            file.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if !is_hidden && file.extension().is_some_and(|ending| ending == "json") {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}

fn print(answer: &Answer<'_>, out: &mut Output) -> Result<(), Failure> {
    let paint = out.paint;
    if let Some(misses) = &answer.misses {
        writeln!(out, "{}", paint.bold("Not found"))?;
        print_differences(misses, out)?;
        writeln!(out)?;
    }
    if let Some(spurious) = &answer.spurious {
        writeln!(out, "{}", paint.bold("Found, and not in gold"))?;
        print_differences(spurious, out)?;
        writeln!(out)?;
    }
    let part = match answer.part {
        "all" => String::new(),
        part => format!(" of the {part} part"),
    };
    let failed = match answer.failed {
        0 => String::new(),
        failed => paint.warning(&format!(", {failed} failed")),
    };
    let articles = counted(answer.articles, "article", "articles");
    let IntervalKind { level, resamples } = answer.interval;
    let interval = format!(
        "in brackets {:.0} % intervals of {resamples} resamples of the articles",
        100.0 * level
    );
    writeln!(out, "{articles}{part}{failed}; {interval}\n")?;
    for line in table(&answer.figures).lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

fn table(figures: &Figures<'_>) -> Table {
    let mut table = Table::new();
    table.load_style(NOTHING);
    table.set_header(
        ["", "precision", "recall", "F1", "right", "gold", "found"]
            .map(|title| Cell::new(title).set_alignment(CellAlignment::Right)),
    );
    fn add(table: &mut Table, label: &str, line: &Line) {
        let tally = line.tally;
        let counts = [tally.correct, tally.gold, tally.found].map(|count| count.to_string());
        let figures = [line.precision, line.recall, line.f1].map(figure);
        let cells = figures.into_iter().chain(counts);
        let cells = cells.map(|text| Cell::new(text).set_alignment(CellAlignment::Right));
        table.add_row([Cell::new(label)].into_iter().chain(cells));
    }
    add(&mut table, "entities", &figures.entities);
    for class in &figures.classes {
        add(&mut table, &format!("  {}", class.name), &class.line);
    }
    add(&mut table, "subtype, of paired entities", &figures.subtype);
    add(&mut table, "relations", &figures.relations);
    add(&mut table, "relations by family", &figures.family);
    add(&mut table, "denied relations", &figures.denied);
    add(&mut table, "evidence, of right relations", &figures.evidence);
    add(&mut table, "speaker, of right relations", &figures.speaker);
    if !figures.by_relation.is_empty() {
        table.add_row([""]).add_row(["relations by type"]);
    }
    for relation in &figures.by_relation {
        add(&mut table, &format!("  {}", relation.name), &relation.line);
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table
}

/// "81.4 (79.9–83.0)", in per cent.
fn figure(figure: Figure) -> String {
    let Figure { value, low, high } = figure;
    match (low, high) {
        (Some(low), Some(high)) => {
            let interval = format!("({:.1}–{:.1})", 100.0 * low, 100.0 * high);
            format!("{:.1} {interval:>13}", 100.0 * value)
        }
        _ => format!("{:.1} {:>13}", 100.0 * value, ""),
    }
}

fn print_differences(differences: &[Difference<'_>], out: &mut Output) -> Result<(), Failure> {
    let paint = out.paint;
    for Difference { article, what } in differences {
        let article = paint.dim(&format!("{}:", one_line(article)));
        match what {
            Different::Entity { class, subtype, name } => {
                let class = subtype.unwrap_or(class);
                writeln!(out, "{article} {class} {}", paint.bold(&one_line(name)))?;
            }
            Different::Relation { property, head, tail, polarity, attributed_to, sentence } => {
                let line = layout::relation_line(head, property, tail, paint);
                let denied = match *polarity {
                    "denied" => format!(", {}", paint.warning(polarity)),
                    _ => String::new(),
                };
                let speaker = attributed_to.map(|name| format!(", says {}", one_line(name)));
                writeln!(out, "{article} {line}{denied}{}", speaker.unwrap_or_default())?;
                writeln!(out, "    “{}”", one_line(sentence).trim())?;
            }
        }
    }
    Ok(())
}
