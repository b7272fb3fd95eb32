//! The table of export formats: names, file endings, media types and writers. Parsing of
//! `--format`, the guess by file ending and the help are all read from it.

use std::io::Write;
use std::path::Path;

use super::{
    ExportError, ExportOptions, Part, Report, csv, cyjs, cypher, dot, ftm, gexf, graphml, html,
    json, neo4j_csv, nodelink, picture, yed,
};
use crate::graph::KnowledgeGraph;
use crate::ontology::Schema;
use crate::rdf::{Profile, Syntax};

/// Writes a whole graph in one format.
pub type GraphWriter =
    fn(&KnowledgeGraph, &Schema, &ExportOptions, &mut dyn Write) -> Result<Report, ExportError>;

/// Writes one table of several, named by its file.
pub type TableWriter = fn(
    &KnowledgeGraph,
    &Schema,
    &ExportOptions,
    &str,
    &mut dyn Write,
) -> Result<Report, ExportError>;

/// How a format is written.
#[derive(Clone, Copy)]
pub enum FormatKind {
    /// An RDF syntax: carries profiles and statements of other vocabularies.
    Rdf(Syntax),
    Graph(GraphWriter),
    /// Several files in one folder.
    Tables {
        files: &'static [&'static str],
        /// The one that is written where there is no folder.
        alone: Option<&'static str>,
        write: TableWriter,
    },
}

/// One row of [`FORMATS`].
pub struct Format {
    /// The name in `--format` and in the help.
    pub name: &'static str,
    /// Other names that `--format` takes.
    pub aliases: &'static [&'static str],
    /// File endings without the first dot, the usual one first; none where only a folder will do.
    pub endings: &'static [&'static str],
    pub media_type: &'static str,
    /// For whom it is, in one line.
    pub description: &'static str,
    /// What the format has no place for; empty when it carries everything. RDF syntaxes count
    /// for themselves what of other vocabularies they leave out.
    pub leaves_out: &'static [Part],
    pub kind: FormatKind,
}

/// Of formats that write one edge a claim, with a summary of its evidence.
const SUMMARY: &[Part] = &[
    Part::Texts,
    Part::DocumentDetails,
    Part::Mentions,
    Part::FurtherStatements,
    Part::Offsets,
    Part::Origins,
    Part::Foreign,
];

/// Of pictures, which show names, relations and how they are meant.
const DRAWN: &[Part] = &[
    Part::Texts,
    Part::DocumentDetails,
    Part::Mentions,
    Part::Aliases,
    Part::SameAs,
    Part::FurtherStatements,
    Part::Offsets,
    Part::Roles,
    Part::Dates,
    Part::Speakers,
    Part::Origins,
    Part::Confidences,
    Part::DocumentsOfClaims,
    Part::Foreign,
];

/// Every format, in the order of the help.
pub static FORMATS: &[Format] = &[
    Format {
        name: "turtle",
        aliases: &["ttl"],
        endings: &["ttl"],
        media_type: "text/turtle",
        description: "RDF for people: grouped by subject, with prefixes",
        leaves_out: &[],
        kind: FormatKind::Rdf(Syntax::Turtle),
    },
    Format {
        name: "ntriples",
        aliases: &["nt", "n-triples"],
        endings: &["nt"],
        media_type: "application/n-triples",
        description: "RDF for tools: one triple a line, fast to write and to load",
        leaves_out: &[],
        kind: FormatKind::Rdf(Syntax::NTriples),
    },
    Format {
        name: "nquads",
        aliases: &["nq", "n-quads"],
        endings: &["nq"],
        media_type: "application/n-quads",
        description: "RDF for tools, with named graphs: one quad a line",
        leaves_out: &[],
        kind: FormatKind::Rdf(Syntax::NQuads),
    },
    Format {
        name: "trig",
        aliases: &[],
        endings: &["trig"],
        media_type: "application/trig",
        description: "Turtle with named graphs",
        leaves_out: &[],
        kind: FormatKind::Rdf(Syntax::TriG),
    },
    Format {
        name: "rdfxml",
        aliases: &["rdf", "rdf-xml", "rdf/xml"],
        endings: &["rdf", "owl"],
        media_type: "application/rdf+xml",
        description: "RDF/XML, for older RDF tools",
        leaves_out: &[],
        kind: FormatKind::Rdf(Syntax::RdfXml),
    },
    Format {
        name: "jsonld",
        aliases: &["json-ld"],
        endings: &["jsonld"],
        media_type: "application/ld+json",
        description: "RDF as JSON, for web pages and document stores",
        leaves_out: &[],
        kind: FormatKind::Rdf(Syntax::JsonLd),
    },
    Format {
        name: "json",
        aliases: &["newsgraph"],
        endings: &["json"],
        media_type: "application/json",
        description: "the whole graph as plain JSON, which newsgraph reads back",
        leaves_out: &[Part::Foreign],
        kind: FormatKind::Graph(json::write_json),
    },
    Format {
        name: "dot",
        aliases: &["gv", "graphviz"],
        endings: &["dot", "gv"],
        media_type: "text/vnd.graphviz",
        description: "a drawing by Graphviz: denied relations red and dashed",
        leaves_out: &[
            Part::Texts,
            Part::DocumentDetails,
            Part::Mentions,
            Part::Aliases,
            Part::SameAs,
            Part::FurtherStatements,
            Part::Offsets,
            Part::Roles,
            Part::Dates,
            Part::Speakers,
            Part::Modalities,
            Part::Origins,
            Part::Confidences,
            Part::DocumentsOfClaims,
            Part::Foreign,
        ],
        kind: FormatKind::Graph(dot::write_dot),
    },
    Format {
        name: "graphml",
        aliases: &[],
        endings: &["graphml"],
        media_type: "application/graphml+xml",
        description: "for igraph, NetworkX, Cytoscape and Gephi, with typed attributes",
        leaves_out: SUMMARY,
        kind: FormatKind::Graph(graphml::write_graphml),
    },
    Format {
        name: "yed",
        aliases: &["yed-graphml"],
        endings: &["yed.graphml"],
        media_type: "application/graphml+xml",
        description: "for yEd: GraphML with shapes, colours and labels",
        leaves_out: SUMMARY,
        kind: FormatKind::Graph(yed::write_yed),
    },
    Format {
        name: "gexf",
        aliases: &[],
        endings: &["gexf"],
        media_type: "application/gexf+xml",
        description: "for Gephi: colours by class, and a time line where claims have dates",
        leaves_out: SUMMARY,
        kind: FormatKind::Graph(gexf::write_gexf),
    },
    Format {
        name: "cyjs",
        aliases: &["cytoscape"],
        endings: &["cyjs"],
        media_type: "application/json",
        description: "for Cytoscape and Cytoscape.js",
        leaves_out: SUMMARY,
        kind: FormatKind::Graph(cyjs::write_cyjs),
    },
    Format {
        name: "nodelink",
        aliases: &["node-link"],
        endings: &["nodelink.json"],
        media_type: "application/json",
        description: "for NetworkX and D3: node-link JSON",
        leaves_out: SUMMARY,
        kind: FormatKind::Graph(nodelink::write_nodelink),
    },
    Format {
        name: "cypher",
        aliases: &["cql"],
        endings: &["cypher", "cql"],
        media_type: "application/x-cypher-query",
        description: "for Neo4j: a script for cypher-shell or the Browser",
        leaves_out: SUMMARY,
        kind: FormatKind::Graph(cypher::write_cypher),
    },
    Format {
        name: "neo4j-csv",
        aliases: &["neo4j-import"],
        endings: &[],
        media_type: "text/csv",
        description: "for neo4j-admin database import: nodes.csv relationships.csv in -o FOLDER",
        leaves_out: SUMMARY,
        kind: FormatKind::Tables {
            files: neo4j_csv::FILES,
            alone: None,
            write: neo4j_csv::write_neo4j_csv,
        },
    },
    Format {
        name: "ftm",
        aliases: &["followthemoney"],
        endings: &["ftm.json", "ftm.jsonl", "ftm"],
        media_type: "application/json+ftm",
        description: "for Aleph and other FollowTheMoney tools: one entity a line, with proof",
        leaves_out: &[
            Part::Mentions,
            Part::Unasserted,
            Part::UnsupportiveStatements,
            Part::Speakers,
            Part::Offsets,
            Part::Origins,
            Part::Confidences,
            Part::Foreign,
        ],
        kind: FormatKind::Graph(ftm::write_ftm),
    },
    Format {
        name: "csv",
        aliases: &[],
        endings: &["csv"],
        media_type: "text/csv",
        description: "tables: the relations, or with -o FOLDER nodes.csv edges.csv evidence.csv",
        leaves_out: &[Part::Texts, Part::Mentions, Part::Foreign],
        kind: FormatKind::Tables {
            files: &["nodes.csv", "edges.csv", "evidence.csv"],
            alone: Some("edges.csv"),
            write: csv::write_csv,
        },
    },
    Format {
        name: "tsv",
        aliases: &["tab"],
        endings: &["tsv"],
        media_type: "text/tab-separated-values",
        description: "the same tables with tabs: nodes.tsv edges.tsv evidence.tsv",
        leaves_out: &[Part::Texts, Part::Mentions, Part::Foreign],
        kind: FormatKind::Tables {
            files: &["nodes.tsv", "edges.tsv", "evidence.tsv"],
            alone: Some("edges.tsv"),
            write: csv::write_tsv,
        },
    },
    #[cfg(feature = "parquet")]
    Format {
        name: "parquet",
        aliases: &[],
        endings: &["parquet"],
        media_type: "application/vnd.apache.parquet",
        description: "for data frames: nodes.parquet edges.parquet evidence.parquet in -o FOLDER",
        leaves_out: &[Part::Texts, Part::Mentions, Part::Foreign],
        kind: FormatKind::Tables {
            files: super::parquet::FILES,
            alone: Some("edges.parquet"),
            write: super::parquet::write_parquet,
        },
    },
    Format {
        name: "svg",
        aliases: &[],
        endings: &["svg"],
        media_type: "image/svg+xml",
        description: "a picture, for browsers and documents: names, relations and a legend",
        leaves_out: DRAWN,
        kind: FormatKind::Graph(picture::write_svg),
    },
    Format {
        name: "png",
        aliases: &["picture"],
        endings: &["png"],
        media_type: "image/png",
        description: "the same picture in pixels",
        leaves_out: DRAWN,
        kind: FormatKind::Graph(picture::write_png),
    },
    Format {
        name: "html",
        aliases: &["page"],
        endings: &["html", "htm"],
        media_type: "text/html",
        description: "one page for the browser: picture, filters, and the sentences behind each relation",
        leaves_out: &[Part::Texts, Part::Mentions, Part::Foreign],
        kind: FormatKind::Graph(html::write_html),
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
        let name = name.strip_suffix(".gz").unwrap_or(&name);
        // The longest ending is the most telling: `.yed.graphml` is also `.graphml`.
        let length = |format: &&Format| {
            let ends = |ending: &&&str| {
                name.strip_suffix(**ending).is_some_and(|before| before.ends_with('.'))
            };
            format.endings.iter().filter(ends).map(|ending| ending.len()).max()
        };
        FORMATS.iter().filter(|format| length(format).is_some()).max_by_key(length)
    }

    /// Whether it can be written with this profile. Formats that are not RDF have none, which
    /// the default profile stands for.
    pub fn carries(&self, profile: Profile) -> bool {
        match self.kind {
            FormatKind::Rdf(syntax) => syntax.carries(profile),
            FormatKind::Graph(_) | FormatKind::Tables { .. } => profile == Profile::Default,
        }
    }

    /// Whether it says where the nodes lie, where that is known.
    pub fn has_places(&self) -> bool {
        matches!(self.name, "yed" | "gexf" | "cyjs" | "nodelink" | "svg" | "png")
    }

    /// Whether nodes can bear ranks as attributes.
    pub fn has_ranks(&self) -> bool {
        let others = matches!(self.name, "json" | "dot" | "ftm" | "svg" | "png");
        !self.is_rdf() && !others
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
