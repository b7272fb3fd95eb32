//! The two files of `neo4j-admin database import`: nodes and relationships, with typed headers.
//!
//! Cells are written as they are, without the guard of [`super::csv`]: no spreadsheet opens
//! them. Items of a list stand with `;` between them, which is what the importer splits at
//! unless it is told otherwise; an item cannot hold one, so there it becomes a comma. A cell may
//! hold line breaks, which the importer takes with `--multiline-fields=true`.

use std::io::{self, Write};

use super::elements::{EDGE_ATTRIBUTES, Elements, Kind, Value};
use super::property_graph::{labels, relationship_type};
use super::{ExportError, ExportOptions, Report};
use crate::graph::KnowledgeGraph;
use crate::ontology::Schema;

/// The name of the files that this writes.
pub(super) const FILES: &[&str] = &["nodes.csv", "relationships.csv"];

/// Writes one of [`FILES`]: nodes by key, or relationships by type and ends.
pub(super) fn write_neo4j_csv(
    graph: &KnowledgeGraph,
    schema: &Schema,
    options: &ExportOptions,
    table: &str,
    out: &mut dyn Write,
) -> Result<Report, ExportError> {
    let elements = Elements::new(graph, schema, options);
    let mut rows = Rows { writer: csv::Writer::from_writer(out), semicolons: 0 };
    if table == "nodes.csv" {
        let attributes = elements.node_attributes();
        rows.header(&["id:ID"], attributes, &[":LABEL"])?;
        for node in elements.nodes() {
            rows.text(&node.entity.key)?;
            rows.values(node.values().get(..attributes.len()).unwrap_or_default())?;
            rows.text(&labels(&node).join(";"))?;
            rows.end()?;
        }
    } else {
        let fixed = ["id:STRING", ":START_ID", ":END_ID"];
        rows.header(&fixed, &EDGE_ATTRIBUTES, &[":TYPE"])?;
        for edge in elements.edges() {
            rows.text(&edge.id.text())?;
            rows.text(&edge.source.key)?;
            rows.text(&edge.target.key)?;
            rows.values(&edge.values())?;
            rows.text(&relationship_type(edge.property))?;
            rows.end()?;
        }
    }
    rows.writer.flush()?;
    let mut report = Report::default();
    report.note(rows.semicolons, "items of lists hold \";\", which was written as \",\"");
    Ok(report)
}

struct Rows<'w> {
    writer: csv::Writer<&'w mut dyn Write>,
    /// How many items hold what separates items.
    semicolons: u64,
}

impl Rows<'_> {
    fn header(
        &mut self,
        before: &[&str],
        attributes: &[(&str, Kind)],
        after: &[&str],
    ) -> io::Result<()> {
        before.iter().try_for_each(|name| self.text(name))?;
        for (name, kind) in attributes {
            let kind = match kind {
                Kind::Text => "STRING",
                Kind::List => "STRING[]",
                Kind::Integer => "INT",
                Kind::Number => "DOUBLE",
                Kind::Boolean => "BOOLEAN",
            };
            self.text(&format!("{name}:{kind}"))?;
        }
        after.iter().try_for_each(|name| self.text(name))?;
        self.end()
    }

    fn values(&mut self, values: &[Option<Value<'_>>]) -> io::Result<()> {
        for value in values {
            match value {
                None => self.text("")?,
                Some(Value::List(items)) => {
                    self.semicolons +=
                        items.iter().filter(|item| item.contains(';')).count() as u64;
                    let items: Vec<_> = items.iter().map(|item| item.replace(';', ",")).collect();
                    self.text(&items.join(";"))?;
                }
                Some(value) => self.text(&value.as_text())?,
            }
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> io::Result<()> {
        Ok(self.writer.write_field(text)?)
    }

    fn end(&mut self) -> io::Result<()> {
        Ok(self.writer.write_record(None::<&[u8]>)?)
    }
}
