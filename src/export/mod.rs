//! Exports: the one table of formats, and writing a graph in one of them. Each format that
//! is not RDF has a file of its own here; RDF syntaxes are written by [`crate::rdf`].

mod csv;
mod dot;
mod file;
mod format;
mod graphml;
mod identifiers;
mod json;
mod json_layout;
mod json_load;
mod json_read;
mod order;
mod report;
mod summary;
mod xml;

pub use csv::{EDGE_COLUMNS, EVIDENCE_COLUMNS, LIST_SEPARATOR, NODE_COLUMNS, write_csv_folder};
pub use file::{write_atomically, write_to_path};
pub use format::{ExportOptions, FORMATS, Format, FormatKind, GraphWriter, write};
pub use json::write_json;
pub use json_read::{JsonError, load_json, read_json};
pub use report::{ExportError, Loss, Report};

/// The JSON Schema of `--format json`.
pub const JSON_SCHEMA: &str = include_str!("../../ontology/graph.schema.json");

/// The value of `format` in the JSON of a graph.
pub const JSON_FORMAT: &str = "newsgraph/1";
