//! From a graph to a file or standard output: which format is meant, whether it can carry what
//! is asked for, and what it left out.

use std::path::Path;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

use super::failure::Failure;
use super::output::{Output, say};
use super::sources::Loaded;
use crate::analysis::{LayoutSettings, Ranks, layout};
use crate::export::{
    self, ExportError, ExportOptions, FORMATS, Format, FormatKind, Layout, LossKind, Report,
    TARGETS, Target,
};
use crate::rdf::{Assert, Base, MappingOptions, Profile};

/// How a graph is written.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Writing")]
pub struct WriteArgs {
    /// The format to write; by default what the ending of -o says, else Turtle
    #[arg(long, value_name = "FORMAT", ignore_case = true, value_parser = format_parser())]
    pub format: Option<&'static Format>,

    /// The program that the graph is for, which decides the format and how it is written
    #[arg(
        long = "for", value_name = "PROGRAM", ignore_case = true, conflicts_with = "format",
        value_parser = target_parser()
    )]
    pub target: Option<&'static Target>,

    /// Leave the texts of documents out; quotes can then no longer be verified
    #[arg(long)]
    pub no_text: bool,

    /// Give nodes degree, PageRank, betweenness and community, as `newsgraph rank` computes them
    #[arg(long)]
    pub with_ranks: bool,

    #[command(flatten)]
    pub rdf: RdfArgs,
}

/// Which statements a graph makes as RDF.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "RDF")]
pub struct RdfArgs {
    /// How evidence is attached in RDF [default: default]
    #[arg(long, value_name = "PROFILE", value_enum)]
    pub profile: Option<ProfileName>,

    /// Whose assertions become plain triples [default: narrator]
    #[arg(long, value_name = "WHOSE", value_enum)]
    pub assert: Option<AssertName>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ProfileName {
    /// RDF 1.1 with claim and evidence nodes; every tool reads it
    Default,
    /// RDF 1.2: every piece of evidence is a reifier
    Rdf12,
    /// RDF 1.1 datasets: evidence stands in the graph of its document
    NamedGraphs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AssertName {
    /// What articles assert in their own voice
    Narrator,
    /// Also what somebody is quoted as asserting
    Reported,
}

impl RdfArgs {
    pub fn mapping(&self, base: &Base, with_text: bool) -> MappingOptions {
        MappingOptions {
            profile: self.profile.map_or(Profile::Default, Profile::from),
            assert: match self.assert {
                None | Some(AssertName::Narrator) => Assert::Narrator,
                Some(AssertName::Reported) => Assert::Reported,
            },
            base: base.clone(),
            with_text,
        }
    }
}

impl From<ProfileName> for Profile {
    fn from(name: ProfileName) -> Self {
        match name {
            ProfileName::Default => Profile::Default,
            ProfileName::Rdf12 => Profile::Rdf12,
            ProfileName::NamedGraphs => Profile::NamedGraphs,
        }
    }
}

/// The values of `--format` are the rows of the one table of formats.
fn format_parser() -> impl TypedValueParser<Value = &'static Format> {
    let values = FORMATS.iter().map(|format| {
        PossibleValue::new(format.name).aliases(format.aliases).help(format.description)
    });
    PossibleValuesParser::new(values)
        .try_map(|name| Format::by_name(&name).ok_or("there is no such format"))
}

/// The values of `--for` are the rows of the one table of programs.
fn target_parser() -> impl TypedValueParser<Value = &'static Target> {
    let values = TARGETS.iter().map(|target| {
        let help = format!("{}: {}", target.format, target.opening);
        PossibleValue::new(target.name).help(help)
    });
    PossibleValuesParser::new(values)
        .try_map(|name| Target::by_name(&name).ok_or("there is no such program"))
}

/// The format that is asked for by name, by the ending of the file, or by nothing at all.
pub fn chosen_format(args: &WriteArgs, file: Option<&Path>) -> Result<&'static Format, Failure> {
    if let Some(format) = args.format.or_else(|| args.target.and_then(Target::format)) {
        return Ok(format);
    }
    match file {
        // The first row of the table is the form that people read.
        None => Ok(&FORMATS[0]),
        Some(path) => Format::by_path(path).ok_or_else(|| {
            let endings: Vec<_> =
                FORMATS.iter().filter_map(|format| format.endings.first().copied()).collect();
            Failure::new(format!(
                "{}: its ending names no format; end it in .{}, or say which with --format",
                path.display(),
                endings.join(" .")
            ))
        }),
    }
}

/// The format of a graph file, which must be one that newsgraph reads back and that carries what
/// is asked for.
pub fn graph_format(args: &WriteArgs, file: &Path) -> Result<&'static Format, Failure> {
    let format = chosen_format(args, Some(file))?;
    if !is_graph_format(format) {
        let names: Vec<_> =
            FORMATS.iter().filter(|format| is_graph_format(format)).map(|one| one.name).collect();
        return Err(Failure::new(format!(
            "{}: {} can not be read back as a graph; build one of {}, then use `newsgraph export`",
            file.display(),
            format.name,
            names.join(", ")
        )));
    }
    check_carries(args, format)?;
    Ok(format)
}

/// Fails before anything is read where the format cannot carry what is asked for.
pub fn check_carries(args: &WriteArgs, format: &Format) -> Result<(), Failure> {
    if args.with_ranks && !format.has_ranks() {
        let fitting = FORMATS.iter().filter(|format| format.has_ranks());
        let names: Vec<_> = fitting.map(|format| format.name).collect();
        return Err(Failure::new(format!(
            "{} gives nodes no attributes of one's own, as --with-ranks wants; use {}",
            format.name,
            names.join(", ")
        )));
    }
    let Some(profile) = args.rdf.profile else { return Ok(()) };
    if !format.is_rdf() {
        return Err(Failure::new(format!(
            "--profile is for RDF, which {} is not; leave it out or choose an RDF format",
            format.name
        )));
    }
    if !format.carries(profile.into()) {
        let fitting: Vec<_> = FORMATS
            .iter()
            .filter(|format| format.is_rdf() && format.carries(profile.into()))
            .map(|format| format.name)
            .collect();
        return Err(Failure::new(format!(
            "{} cannot carry the profile that --profile asks for; use {}",
            format.name,
            fitting.join(" or ")
        )));
    }
    Ok(())
}

/// Writes the graph to `file`, or to standard output without one, and tells on standard error
/// what the format could not carry.
pub fn write_graph(
    loaded: &Loaded,
    format: &'static Format,
    args: &WriteArgs,
    file: Option<&Path>,
    out: &mut Output,
) -> Result<(), Failure> {
    let mut options = ExportOptions::from(args.rdf.mapping(&loaded.base, !args.no_text));
    if let Some(target) = args.target {
        target.adapt(&mut options);
    }
    let (graph, schema) = (&loaded.graph, &loaded.ontology.schema);
    if format.has_places() {
        options.layout = Some(Layout::new(layout(graph, &LayoutSettings::default())));
    }
    if args.with_ranks {
        options.ranks = Some(Ranks::new(graph));
    }
    if options.ranks.is_some() && writes_edges_alone(format, file) {
        return Err(Failure::new(format!(
            "{} is a table of relations without a folder: name one with -o for --with-ranks",
            format.name
        )));
    }
    let report = match file {
        Some(path) => export::write_to_path(graph, schema, format, &options, path)?,
        None => export::write(graph, schema, format, &options, out)?,
    };
    tell_losses(format, &report, file.is_some());
    Ok(())
}

/// Whether of several tables only that of the relations is written.
fn writes_edges_alone(format: &Format, file: Option<&Path>) -> bool {
    let is_file = |path: &Path| {
        !path.is_dir() && Format::by_path(path).is_some_and(|named| named.name == format.name)
    };
    matches!(format.kind, FormatKind::Tables { alone: Some(_), .. }) && file.is_none_or(is_file)
}

/// The account of loss: a line for everything that was changed, and one for all that was left out.
/// What a format that is not read back never carries is told to whoever makes a file of it.
fn tell_losses(format: &Format, report: &Report, is_file: bool) {
    let of_kind = |kind| report.losses.iter().filter(move |loss| loss.kind == kind);
    for loss in of_kind(LossKind::Changed) {
        say(&format!("{}: {loss}", format.name));
    }
    let left_out: Vec<String> = of_kind(LossKind::LeftOut).map(ToString::to_string).collect();
    if !left_out.is_empty() && (is_file || is_graph_format(format)) {
        say(&format!("{} has no place for {}", format.name, left_out.join("; ")));
    }
}

impl From<ExportError> for Failure {
    fn from(error: ExportError) -> Self {
        match &error {
            ExportError::File { path, source } => Failure::file(path, source),
            _ => Failure::new(error.to_string()),
        }
    }
}

/// Whether newsgraph reads back what it writes in this format.
pub fn is_graph_format(format: &Format) -> bool {
    format.is_rdf() || format.name == "json"
}
