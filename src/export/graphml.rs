//! GraphML: typed attributes on nodes and edges, one edge a claim.

use std::io::{self, Write};

use super::elements::{EDGE_ATTRIBUTES, Elements, Kind, Separators, Value};
use super::identifiers::xml_id;
use super::report::{AMBIGUOUS_LISTS, REPLACED_IN_XML};
use super::xml::XmlWriter;
use super::{ExportError, ExportOptions, Report};
use crate::graph::KnowledgeGraph;
use crate::ontology::Schema;

/// Writes nodes by key and edges by relation and ends. An attribute without a value is left
/// out; lists are joined with [`super::LIST_SEPARATOR`].
pub(super) fn write_graphml(
    graph: &KnowledgeGraph,
    schema: &Schema,
    options: &ExportOptions,
    out: &mut dyn Write,
) -> Result<Report, ExportError> {
    let elements = Elements::new(graph, schema, options);
    let mut xml = XmlWriter::new(out)?;
    let mut separators = Separators::default();
    xml.start("graphml", &[("xmlns", "http://graphml.graphdrawing.org/xmlns")])?;
    write_keys(&mut xml, &elements)?;
    xml.start("graph", &[("id", "newsgraph"), ("edgedefault", "directed")])?;
    for node in elements.nodes() {
        xml.start("node", &[("id", &xml_id(&node.entity.key))])?;
        write_values(&mut xml, &mut separators, node_side(&elements), &node.values())?;
        xml.end("node")?;
    }
    for edge in elements.edges() {
        let (source, target) = (xml_id(&edge.source.key), xml_id(&edge.target.key));
        let ends = [("id", &*edge.id.text()), ("source", &source), ("target", &target)];
        xml.start("edge", &ends)?;
        write_values(&mut xml, &mut separators, EDGE, &edge.values())?;
        xml.end("edge")?;
    }
    xml.end("graph")?;
    xml.end("graphml")?;
    let mut report = Report::default();
    report.note(xml.replaced, REPLACED_IN_XML);
    report.note(separators.0, AMBIGUOUS_LISTS);
    Ok(report)
}

/// Nodes or edges. The ids of their keys differ because some readers keep them in one table.
#[derive(Clone, Copy)]
pub(super) struct Side {
    name: &'static str,
    prefix: &'static str,
    attributes: &'static [(&'static str, Kind)],
}

pub(super) const EDGE: Side = Side { name: "edge", prefix: "e_", attributes: &EDGE_ATTRIBUTES };

pub(super) fn node_side(elements: &Elements<'_>) -> Side {
    Side { name: "node", prefix: "n_", attributes: elements.node_attributes() }
}

/// Declares every attribute with its type.
pub(super) fn write_keys(xml: &mut XmlWriter<'_>, elements: &Elements<'_>) -> io::Result<()> {
    for side in [node_side(elements), EDGE] {
        for (name, kind) in side.attributes {
            let id = format!("{}{name}", side.prefix);
            let kind = match kind {
                Kind::Text | Kind::List => "string",
                Kind::Integer => "int",
                Kind::Number => "double",
                Kind::Boolean => "boolean",
            };
            let key = [("id", &*id), ("for", side.name), ("attr.name", name), ("attr.type", kind)];
            xml.empty("key", &key)?;
        }
    }
    Ok(())
}

/// Writes one `data` element for each attribute that has a value.
pub(super) fn write_values(
    xml: &mut XmlWriter<'_>,
    separators: &mut Separators,
    side: Side,
    values: &[Option<Value<'_>>],
) -> io::Result<()> {
    for ((name, _), value) in side.attributes.iter().zip(values) {
        if let Some(value) = value {
            separators.look_at(value);
            let key = format!("{}{name}", side.prefix);
            xml.leaf("data", &[("key", &key)], &value.as_text())?;
        }
    }
    Ok(())
}
