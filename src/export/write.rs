//! Writing a graph in one of the formats of the table, with its account of loss.

use std::io::{self, Write};

use super::report::REPLACED_IN_XML;
use super::{ExportError, ExportOptions, Format, FormatKind, Report};
use crate::graph::KnowledgeGraph;
use crate::ontology::Schema;
use crate::rdf::{self, Syntax, WriteError};

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
    if !format.is_rdf() && !format.carries(options.rdf.profile) {
        let message =
            format!("{} is not RDF and has no profiles: leave --profile out", format.name);
        return Err(ExportError::Refused(message));
    }
    let mut out = io::BufWriter::with_capacity(1 << 16, out);
    let mut report = match format.kind {
        FormatKind::Rdf(syntax) => write_rdf(graph, schema, syntax, options, &mut out)?,
        FormatKind::Graph(writer) => writer(graph, schema, options, &mut out)?,
        FormatKind::Tables { alone: Some(table), write, .. } => {
            write(graph, schema, options, table, &mut out)?
        }
        FormatKind::Tables { files, alone: None, .. } => {
            return Err(ExportError::Refused(format!(
                "{} is {} files ({}): name a folder for them with -o",
                format.name,
                files.len(),
                files.join(", ")
            )));
        }
    };
    out.flush()?;
    report.add_left_out(graph, options, format);
    Ok(report)
}

/// Writes one file of a format that has several.
pub(super) fn write_table(
    graph: &KnowledgeGraph,
    schema: &Schema,
    format: &Format,
    options: &ExportOptions,
    table: &str,
    out: &mut dyn Write,
) -> Result<Report, ExportError> {
    match format.kind {
        FormatKind::Tables { write, .. } => write(graph, schema, options, table, out),
        _ => write(graph, schema, format, options, out),
    }
}

fn write_rdf(
    graph: &KnowledgeGraph,
    schema: &Schema,
    syntax: Syntax,
    options: &ExportOptions,
    out: &mut dyn Write,
) -> Result<Report, ExportError> {
    let written =
        rdf::write(graph, schema, syntax, &options.rdf, out).map_err(|error| match error {
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
