//! The table of export formats: names, file endings, media types and writers. Parsing of
//! `--format`, the guess by file ending and the help are all read from it.

use std::io::{self, Write};
use std::path::Path;

use super::report::REPLACED_IN_XML;
use super::{ExportError, Report, csv, dot, graphml, json};
use crate::graph::KnowledgeGraph;
use crate::ontology::Schema;
use crate::rdf::{self, MappingOptions, Profile, Syntax, WriteError};

/// What a caller may choose about an export. The formats that are not RDF heed the base,
/// which claims count as asserted, and (JSON) whether texts are written.
pub type ExportOptions = MappingOptions;

/// Writes a whole graph in one format.
pub type GraphWriter =
    fn(&KnowledgeGraph, &Schema, &ExportOptions, &mut dyn Write) -> Result<Report, ExportError>;

/// How a format is written.
#[derive(Clone, Copy)]
pub enum FormatKind {
    /// An RDF syntax: carries profiles and statements of other vocabularies.
    Rdf(Syntax),
    Graph(GraphWriter),
}

/// One row of [`FORMATS`].
pub struct Format {
    /// The name in `--format` and in the help.
    pub name: &'static str,
    /// Other names that `--format` takes.
    pub aliases: &'static [&'static str],
    /// File endings without the dot, the usual one first.
    pub endings: &'static [&'static str],
    pub media_type: &'static str,
    /// For whom it is, in one line.
    pub description: &'static str,
    /// What the format has no place for; empty when it carries everything.
    pub leaves_out: &'static str,
    pub kind: FormatKind,
}

const NO_TEXTS: &str = "texts, offsets, and all but a summary of each relation's evidence";

/// Every format, in the order of the help.
pub static FORMATS: &[Format] = &[
    Format {
        name: "turtle",
        aliases: &["ttl"],
        endings: &["ttl"],
        media_type: "text/turtle",
        description: "RDF for people: grouped by subject, with prefixes",
        leaves_out: "",
        kind: FormatKind::Rdf(Syntax::Turtle),
    },
    Format {
        name: "ntriples",
        aliases: &["nt", "n-triples"],
        endings: &["nt"],
        media_type: "application/n-triples",
        description: "RDF for tools: one triple a line, fast to write and to load",
        leaves_out: "",
        kind: FormatKind::Rdf(Syntax::NTriples),
    },
    Format {
        name: "nquads",
        aliases: &["nq", "n-quads"],
        endings: &["nq"],
        media_type: "application/n-quads",
        description: "RDF for tools, with named graphs: one quad a line",
        leaves_out: "",
        kind: FormatKind::Rdf(Syntax::NQuads),
    },
    Format {
        name: "trig",
        aliases: &[],
        endings: &["trig"],
        media_type: "application/trig",
        description: "Turtle with named graphs",
        leaves_out: "",
        kind: FormatKind::Rdf(Syntax::TriG),
    },
    Format {
        name: "rdfxml",
        aliases: &["rdf", "rdf-xml", "rdf/xml"],
        endings: &["rdf", "owl"],
        media_type: "application/rdf+xml",
        description: "RDF/XML, for older RDF tools",
        leaves_out: "",
        kind: FormatKind::Rdf(Syntax::RdfXml),
    },
    Format {
        name: "jsonld",
        aliases: &["json-ld"],
        endings: &["jsonld"],
        media_type: "application/ld+json",
        description: "RDF as JSON, for web pages and document stores",
        leaves_out: "",
        kind: FormatKind::Rdf(Syntax::JsonLd),
    },
    Format {
        name: "json",
        aliases: &["newsgraph"],
        endings: &["json"],
        media_type: "application/json",
        description: "the whole graph as plain JSON, which newsgraph reads back",
        leaves_out: "statements of other vocabularies",
        kind: FormatKind::Graph(json::write_json),
    },
    Format {
        name: "dot",
        aliases: &["gv", "graphviz"],
        endings: &["dot", "gv"],
        media_type: "text/vnd.graphviz",
        description: "a drawing by Graphviz: denied relations red and dashed",
        leaves_out: NO_TEXTS,
        kind: FormatKind::Graph(dot::write_dot),
    },
    Format {
        name: "graphml",
        aliases: &[],
        endings: &["graphml"],
        media_type: "application/graphml+xml",
        description: "for Gephi, Cytoscape, igraph and NetworkX, with typed attributes",
        leaves_out: NO_TEXTS,
        kind: FormatKind::Graph(graphml::write_graphml),
    },
    Format {
        name: "csv",
        aliases: &[],
        endings: &["csv"],
        media_type: "text/csv",
        description: "tables: the relations, or with -o FOLDER nodes.csv edges.csv evidence.csv",
        leaves_out: "texts, and the places that name an entity",
        kind: FormatKind::Graph(csv::write_edges),
    },
];

impl Format {
    /// The format of this name or alias, whatever its case.
    pub fn by_name(name: &str) -> Option<&'static Format> {
        FORMATS.iter().find(|format| {
            std::iter::once(&format.name)
                .chain(format.aliases)
                .any(|known| known.eq_ignore_ascii_case(name))
        })
    }

    /// The format that the ending of a file name means; a last `.gz` is not looked at.
    pub fn by_path(path: &Path) -> Option<&'static Format> {
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
        let (_, ending) = name.strip_suffix(".gz").unwrap_or(&name).rsplit_once('.')?;
        FORMATS.iter().find(|format| format.endings.contains(&ending))
    }

    /// Whether it can be written with this profile. Formats that are not RDF have none, which
    /// the default profile stands for.
    pub fn carries(&self, profile: Profile) -> bool {
        match self.kind {
            FormatKind::Rdf(syntax) => syntax.carries(profile),
            FormatKind::Graph(_) => profile == Profile::Default,
        }
    }

    pub fn is_rdf(&self) -> bool {
        matches!(self.kind, FormatKind::Rdf(_))
    }
}

impl std::fmt::Debug for Format {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Format({})", self.name)
    }
}

/// Writes `graph` to `out`, which need not be buffered.
///
/// # Errors
/// Before anything is written when the format cannot carry the profile; else when `out` fails.
pub fn write(
    graph: &KnowledgeGraph,
    schema: &Schema,
    format: &Format,
    options: &ExportOptions,
    out: &mut dyn Write,
) -> Result<Report, ExportError> {
    if !format.is_rdf() && !format.carries(options.profile) {
        let message =
            format!("{} is not RDF and has no profiles: leave --profile out", format.name);
        return Err(ExportError::Refused(message));
    }
    let mut out = io::BufWriter::with_capacity(1 << 16, out);
    let report = match format.kind {
        FormatKind::Rdf(syntax) => write_rdf(graph, schema, syntax, options, &mut out)?,
        FormatKind::Graph(writer) => writer(graph, schema, options, &mut out)?,
    };
    out.flush()?;
    Ok(report)
}

fn write_rdf(
    graph: &KnowledgeGraph,
    schema: &Schema,
    syntax: Syntax,
    options: &ExportOptions,
    out: &mut dyn Write,
) -> Result<Report, ExportError> {
    let written = rdf::write(graph, schema, syntax, options, out).map_err(|error| match error {
        WriteError::Output(error) => ExportError::Io(error),
        refused => ExportError::Refused(refused.to_string()),
    })?;
    let mut report = Report::default();
    report.note(written.replaced_characters, REPLACED_IN_XML);
    report.note(
        written.foreign_left_out,
        "statements of other vocabularies were left out: the format has no place for them",
    );
    Ok(report)
}
