//! GraphML as yEd shows it: shapes and labels are elements of its own namespace, without which
//! every node is an empty box. The typed attributes of [`super::graphml`] are there as well, so
//! that other readers of GraphML find the same graph in it.

use std::io::{self, Write};

use super::elements::{Edge, Elements, Node, Separators};
use super::graphml::{EDGE, Side, node_side, write_keys, write_values};
use super::identifiers::xml_id;
use super::look::{Stroke, light_colour};
use super::report::{AMBIGUOUS_LISTS, REPLACED_IN_XML};
use super::xml::XmlWriter;
use super::{ExportError, ExportOptions, Report};
use crate::analysis::Position;
use crate::graph::KnowledgeGraph;
use crate::ontology::{Schema, TopClass};

const HEIGHT: usize = 30;

/// Writes nodes by key and edges by relation and ends. Without a layout the nodes stand in a
/// grid, since yEd would draw all of them on one point.
pub(super) fn write_yed(
    graph: &KnowledgeGraph,
    schema: &Schema,
    options: &ExportOptions,
    out: &mut dyn Write,
) -> Result<Report, ExportError> {
    let elements = Elements::new(graph, schema, options);
    let mut yed = Yed { xml: XmlWriter::new(out)?, separators: Separators::default() };
    yed.write(&elements)?;
    let mut report = Report::default();
    report.note(yed.xml.replaced, REPLACED_IN_XML);
    report.note(yed.separators.0, AMBIGUOUS_LISTS);
    Ok(report)
}

struct Yed<'w> {
    xml: XmlWriter<'w>,
    separators: Separators,
}

impl Yed<'_> {
    fn write(&mut self, elements: &Elements<'_>) -> io::Result<()> {
        self.xml.start(
            "graphml",
            &[
                ("xmlns", "http://graphml.graphdrawing.org/xmlns"),
                ("xmlns:y", "http://www.yworks.com/xml/graphml"),
            ],
        )?;
        let key = |id, side, kind| [("id", id), ("for", side), ("yfiles.type", kind)];
        self.xml.empty("key", &key("n_drawing", "node", "nodegraphics"))?;
        self.xml.empty("key", &key("e_drawing", "edge", "edgegraphics"))?;
        // yEd shows what is called "description" when the pointer rests on something.
        for (id, side) in [("n_description", "node"), ("e_description", "edge")] {
            let text = [("attr.name", "description"), ("attr.type", "string")];
            self.xml.empty("key", &[[("id", id), ("for", side)], text].concat())?;
        }
        write_keys(&mut self.xml, elements)?;
        self.xml.start("graph", &[("id", "newsgraph"), ("edgedefault", "directed")])?;
        let columns = (elements.graph.entity_count() as f64).sqrt().ceil().max(1.0) as usize;
        for (at, node) in elements.nodes().enumerate() {
            self.node(node_side(elements), &node, (at % columns, at / columns))?;
        }
        for edge in elements.edges() {
            self.edge(&edge)?;
        }
        self.xml.end("graph")?;
        self.xml.end("graphml")
    }

    fn node(
        &mut self,
        side: Side,
        node: &Node<'_>,
        (column, row): (usize, usize),
    ) -> io::Result<()> {
        let entity = node.entity;
        self.xml.start("node", &[("id", &xml_id(&entity.key))])?;
        self.xml.start("data", &[("key", "n_drawing")])?;
        self.xml.start("y:ShapeNode", &[])?;
        // Wide enough for most names at the size that yEd writes labels in.
        let width = (20 + 7 * entity.name.chars().count()).min(260);
        let Position { x, y } = node
            .position
            .unwrap_or_else(|| Position { x: (column * 280) as f32, y: -((row * 80) as f32) });
        let left = (x - width as f32 / 2.0).to_string();
        let top = (-y - HEIGHT as f32 / 2.0).to_string();
        let (width, height) = (width.to_string(), HEIGHT.to_string());
        let place = [("height", &*height), ("width", &width), ("x", &left), ("y", &top)];
        self.xml.empty("y:Geometry", &place)?;
        let fill = light_colour(entity.class).to_string();
        self.xml.empty("y:Fill", &[("color", &fill), ("transparent", "false")])?;
        let border = [("color", "#555555"), ("type", "line"), ("width", "1.0")];
        self.xml.empty("y:BorderStyle", &border)?;
        self.xml.leaf("y:NodeLabel", &[], &entity.name)?;
        self.xml.empty("y:Shape", &[("type", shape(entity.class))])?;
        self.xml.end("y:ShapeNode")?;
        self.xml.end("data")?;
        self.xml.leaf("data", &[("key", "n_description")], node.kind())?;
        write_values(&mut self.xml, &mut self.separators, side, &node.values())?;
        self.xml.end("node")
    }

    fn edge(&mut self, edge: &Edge<'_>) -> io::Result<()> {
        let (source, target) = (xml_id(&edge.source.key), xml_id(&edge.target.key));
        let ends = [("id", &*edge.id.text()), ("source", &source), ("target", &target)];
        self.xml.start("edge", &ends)?;
        self.xml.start("data", &[("key", "e_drawing")])?;
        self.xml.start("y:PolyLineEdge", &[])?;
        let stroke = Stroke::of(&edge.summary);
        let colour = stroke.colour().to_string();
        let line = match stroke {
            Stroke::Solid => "line",
            Stroke::Dotted => "dotted",
            Stroke::Disputed | Stroke::Denied => "dashed",
        };
        self.xml.empty("y:LineStyle", &[("color", &colour), ("type", line), ("width", "1.0")])?;
        let head = if edge.property.symmetric { "none" } else { "standard" };
        self.xml.empty("y:Arrows", &[("source", "none"), ("target", head)])?;
        self.xml.leaf("y:EdgeLabel", &[], &edge.property.label)?;
        self.xml.end("y:PolyLineEdge")?;
        self.xml.end("data")?;
        self.xml.leaf("data", &[("key", "e_description")], edge.summary.quote)?;
        write_values(&mut self.xml, &mut self.separators, EDGE, &edge.values())?;
        self.xml.end("edge")
    }
}

fn shape(class: TopClass) -> &'static str {
    match class {
        TopClass::Person => "ellipse",
        TopClass::Organization => "rectangle",
        TopClass::Place => "hexagon",
        TopClass::Agreement => "parallelogram",
    }
}
