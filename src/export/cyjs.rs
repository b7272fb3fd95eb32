//! Cytoscape JSON: opens in Cytoscape (File, Import, Network from File) and is the argument
//! of Cytoscape.js. Lists are lists, which Cytoscape makes list columns of.

use std::io::{self, Write};

use serde::Serialize;

use super::elements::{EDGE_ATTRIBUTES, Elements, Value};
use super::json_records::{Lines, Record};
use super::{ExportError, ExportOptions, Report};
use crate::graph::KnowledgeGraph;
use crate::ontology::Schema;

#[derive(Serialize)]
struct Item<'r> {
    data: Record<'r>,
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<Place>,
}

/// In pixels; `y` grows downward.
#[derive(Serialize)]
struct Place {
    x: f32,
    y: f32,
}

/// Writes nodes by key and edges by relation and ends. An attribute without a value is left out.
pub(super) fn write_cyjs(
    graph: &KnowledgeGraph,
    schema: &Schema,
    options: &ExportOptions,
    out: &mut dyn Write,
) -> Result<Report, ExportError> {
    let elements = Elements::new(graph, schema, options);
    writeln!(
        out,
        "{{\"format_version\": \"1.0\", \"generated_by\": \"newsgraph-{}\", \
         \"target_cytoscapejs_version\": \"~2.1\",\n\
         \"directed\": true, \"multigraph\": true,\n\
         \"data\": {{\"name\": \"newsgraph\", \"shared_name\": \"newsgraph\"}},\n\
         \"elements\": {{",
        env!("CARGO_PKG_VERSION")
    )?;
    out.write_all(b"\"nodes\": [")?;
    nodes(&elements, out)?;
    out.write_all(b"\n],\n\"edges\": [")?;
    edges(&elements, out)?;
    out.write_all(b"\n]}}\n")?;
    Ok(Report::default())
}

fn nodes(elements: &Elements<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut lines = Lines::new(out);
    for node in elements.nodes() {
        let fields = vec![
            ("id", Value::Text((&node.entity.key).into())),
            ("shared_name", Value::Text((&node.entity.name).into())),
        ];
        let values = node.values();
        lines.item(&Item {
            data: Record { fields, attributes: elements.node_attributes(), values: &values },
            position: node.position.map(|position| Place { x: position.x, y: -position.y }),
        })?;
    }
    Ok(())
}

fn edges(elements: &Elements<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut lines = Lines::new(out);
    for edge in elements.edges() {
        let label = &edge.property.label;
        let name = format!("{} ({label}) {}", edge.source.name, edge.target.name);
        let fields = vec![
            ("id", Value::Text(edge.id.text().into())),
            ("source", Value::Text((&edge.source.key).into())),
            ("target", Value::Text((&edge.target.key).into())),
            ("name", Value::Text(name.into())),
            ("interaction", Value::Text(label.into())),
            ("shared_interaction", Value::Text(label.into())),
        ];
        let values = edge.values();
        let data = Record { fields, attributes: &EDGE_ATTRIBUTES, values: &values };
        lines.item(&Item { data, position: None })?;
    }
    Ok(())
}
