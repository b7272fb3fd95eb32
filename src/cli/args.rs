//! Arguments that several commands share. Each group is declared once and flattened.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};

use crate::confidence::Confidence;
use crate::rdf::Base;

/// What is read, and how.
#[derive(Args, Clone, Debug)]
pub struct SourceArgs {
    /// Documents, folders, graph files, or - for standard input; several may be mixed
    #[arg(value_name = "SOURCE", required = true, help_heading = None::<&str>)]
    pub sources: Vec<PathBuf>,

    #[command(flatten)]
    pub reading: ReadingArgs,
}

/// The options of reading, without the sources.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Reading")]
pub struct ReadingArgs {
    /// What the sources are, instead of what their endings and content say
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(super::sources::input_formats()))]
    pub input_format: Option<String>,

    /// Which field of an article in JSON holds what, as PART=FIELD; PART is text, title, uri,
    /// publisher or published, FIELD may be a path (meta.headline) or several (body|story)
    #[arg(long = "field", value_name = "PART=FIELD")]
    pub fields: Vec<String>,

    /// A file of corrections (TOML): what to merge, keep apart, rename, retype, drop and add
    #[arg(long, value_name = "FILE")]
    pub corrections: Option<PathBuf>,

    #[command(flatten)]
    pub extraction: ExtractionArgs,

    /// What the IRIs of the data begin with [default: that of the first graph file, else
    /// https://w3id.org/newsgraph/id/]
    #[arg(long, value_name = "IRI", value_parser = Base::new)]
    pub base: Option<Base>,
}

/// How documents are understood, wherever they come from.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Reading")]
pub struct ExtractionArgs {
    /// How many threads work; by default RAYON_NUM_THREADS, else as many as there are processors
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,

    /// A folder that replaces the built-in ontology: classes, relations, rules, word lists, names
    #[arg(long, value_name = "DIR")]
    pub ontology: Option<PathBuf>,

    /// What finds entities and relations in documents
    #[arg(long, value_name = "NAME", value_enum, default_value_t = Extractor::Rules)]
    pub extractor: Extractor,

    /// A folder of trained weights that replaces the built-in ones; needs --extractor model or both
    #[arg(long, value_name = "DIR")]
    pub model: Option<PathBuf>,

    /// Leaves out statements that are less sure than this, from 0 to 1
    #[arg(long, value_name = "X", value_parser = confidence)]
    pub min_confidence: Option<Confidence>,
}

/// What finds entities and relations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Extractor {
    /// Rules, word lists and lists of names: the fastest
    Rules,
    /// The trained model, which knows the rules' names but not what they find between them
    Model,
    /// Rules and model together: finds more, at a fortieth of the speed
    Both,
}

/// How an inspection answers.
#[derive(Args, Clone, Debug)]
pub struct InspectArgs {
    /// Answer as JSON
    #[arg(long)]
    pub json: bool,
}

fn confidence(typed: &str) -> Result<Confidence, String> {
    typed
        .parse()
        .ok()
        .and_then(Confidence::new)
        .ok_or_else(|| "a number from 0 to 1 is wanted, such as 0.8".to_owned())
}
