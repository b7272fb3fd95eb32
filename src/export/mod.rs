//! Exports: the one table of formats, and writing a graph in one of them. Each format that
//! is not RDF has a file of its own here; RDF syntaxes are written by [`crate::rdf`].

mod account;
mod csv;
mod cyjs;
mod cypher;
mod dates;
mod dot;
mod elements;
mod file;
mod format;
mod ftm;
mod ftm_schemata;
mod gexf;
mod graphml;
mod html;
mod identifiers;
mod json;
mod json_layout;
mod json_load;
mod json_read;
mod json_records;
mod look;
mod neo4j_csv;
mod nodelink;
mod options;
mod order;
mod page_data;
#[cfg(feature = "parquet")]
mod parquet;
mod picture;
mod property_graph;
mod report;
mod summary;
mod target;
mod write;
mod xml;
mod yed;

pub use crate::analysis::Position;
pub use account::Part;
pub use csv::{EDGE_COLUMNS, EVIDENCE_COLUMNS, LIST_SEPARATOR, NODE_COLUMNS, RANKED_NODE_COLUMNS};
pub use file::{write_atomically, write_to_path};
pub use format::{FORMATS, Format, FormatKind, GraphWriter, TableWriter};
pub use json::write_json;
pub use json_read::{JsonError, load_json, read_json};
pub use options::{ExportOptions, Layout};
pub use report::{ExportError, Loss, LossKind, Report};
pub use target::{TARGETS, Target};
pub use write::write;

/// The JSON Schema of `--format json`.
pub const JSON_SCHEMA: &str = include_str!("../../ontology/graph.schema.json");

/// The value of `format` in the JSON of a graph.
pub const JSON_FORMAT: &str = "newsgraph/1";
