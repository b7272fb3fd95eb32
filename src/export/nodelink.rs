//! Node-link JSON, as NetworkX (`node_link_graph`) and D3 (`d3-force`) take it.
//!
//! The list of edges is called `edges`, the name that NetworkX 3.6 reads without being told. The
//! `key` that keeps parallel edges apart is the relation: there is one edge per relation and ends.

use std::io::Write;

use super::elements::{EDGE_ATTRIBUTES, Elements, Value};
use super::json_records::{Lines, Record};
use super::{ExportError, ExportOptions, Report};
use crate::graph::KnowledgeGraph;
use crate::ontology::Schema;

/// Writes nodes by key and edges by relation and ends. An attribute without a value is left out.
/// Where there is a layout, nodes have `x` and `y`, which grows downward as on a screen.
pub(super) fn write_nodelink(
    graph: &KnowledgeGraph,
    schema: &Schema,
    options: &ExportOptions,
    out: &mut dyn Write,
) -> Result<Report, ExportError> {
    let elements = Elements::new(graph, schema, options);
    out.write_all(b"{\"directed\": true, \"multigraph\": true, \"graph\": {},\n\"nodes\": [")?;
    let mut lines = Lines::new(out);
    for node in elements.nodes() {
        let mut fields = vec![("id", Value::Text((&node.entity.key).into()))];
        if let Some(position) = node.position {
            fields.extend([("x", Value::Number(position.x)), ("y", Value::Number(-position.y))]);
        }
        let values = node.values();
        lines.item(&Record { fields, attributes: elements.node_attributes(), values: &values })?;
    }
    out.write_all(b"\n],\n\"edges\": [")?;
    let mut lines = Lines::new(out);
    for edge in elements.edges() {
        let fields = vec![
            ("source", Value::Text((&edge.source.key).into())),
            ("target", Value::Text((&edge.target.key).into())),
            ("key", Value::Text((&edge.property.name).into())),
            ("id", Value::Text(edge.id.text().into())),
        ];
        let values = edge.values();
        lines.item(&Record { fields, attributes: &EDGE_ATTRIBUTES, values: &values })?;
    }
    out.write_all(b"\n]}\n")?;
    Ok(Report::default())
}
