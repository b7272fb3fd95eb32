//! GEXF 1.3 (<https://gexf.net>), for Gephi: typed attributes, colours by class, positions where
//! there is a layout, and time where claims have dates.
//!
//! An edge exists in the time that its statements speak of: the date that a statement names,
//! else the day on which its document was published. Where no statement has either, the graph
//! is static; in a dynamic one, an edge without any exists always, as all nodes do. Gephi adds
//! up parallel edges unless their `kind` differs, so the kind is the relation. The weight of an
//! edge is an attribute of the format itself and not declared again, which Gephi would refuse.

use std::io::{self, Write};

use super::dates::Period;
use super::elements::{EDGE_ATTRIBUTES, Edge, Elements, Kind, Separators, Value};
use super::identifiers::xml_id;
use super::look::{Colour, Stroke, strong_colour};
use super::report::{AMBIGUOUS_LISTS, REPLACED_IN_XML};
use super::xml::XmlWriter;
use super::{ExportError, ExportOptions, Report};
use crate::graph::KnowledgeGraph;
use crate::ontology::Schema;

/// Writes nodes by key and edges by relation and ends. An attribute without a value is left
/// out; lists are joined with [`super::LIST_SEPARATOR`].
pub(super) fn write_gexf(
    graph: &KnowledgeGraph,
    schema: &Schema,
    options: &ExportOptions,
    out: &mut dyn Write,
) -> Result<Report, ExportError> {
    let elements = Elements::new(graph, schema, options);
    let mut gexf = Gexf { xml: XmlWriter::new(out)?, separators: Separators::default() };
    gexf.write(&elements)?;
    let mut report = Report::default();
    report.note(gexf.xml.replaced, REPLACED_IN_XML);
    report.note(gexf.separators.0, AMBIGUOUS_LISTS);
    Ok(report)
}

const WEIGHT: &str = "weight";

struct Gexf<'w> {
    xml: XmlWriter<'w>,
    separators: Separators,
}

impl Gexf<'_> {
    fn write(&mut self, elements: &Elements<'_>) -> io::Result<()> {
        let is_dynamic = is_dynamic(elements.graph);
        self.xml.start(
            "gexf",
            &[
                ("xmlns", "http://gexf.net/1.3"),
                ("xmlns:viz", "http://gexf.net/1.3/viz"),
                ("version", "1.3"),
            ],
        )?;
        self.xml.start("meta", &[])?;
        self.xml.leaf("creator", &[], concat!("newsgraph ", env!("CARGO_PKG_VERSION")))?;
        self.xml.end("meta")?;
        let mut about = vec![("defaultedgetype", "directed"), ("idtype", "string")];
        if is_dynamic {
            about.extend([("mode", "dynamic"), ("timeformat", "date")]);
            about.push(("timerepresentation", "interval"));
        } else {
            about.push(("mode", "static"));
        }
        self.xml.start("graph", &about)?;
        self.declare("node", elements.node_attributes())?;
        self.declare("edge", &EDGE_ATTRIBUTES)?;
        self.xml.start("nodes", &[("count", &elements.graph.entity_count().to_string())])?;
        for node in elements.nodes() {
            let id = xml_id(&node.entity.key);
            self.xml.start("node", &[("id", &id), ("label", &node.entity.name)])?;
            self.values(elements.node_attributes(), &node.values())?;
            self.colour(strong_colour(node.entity.class))?;
            if let Some(position) = node.position {
                let (x, y) = (position.x.to_string(), position.y.to_string());
                self.xml.empty("viz:position", &[("x", &x), ("y", &y), ("z", "0")])?;
            }
            self.xml.end("node")?;
        }
        self.xml.end("nodes")?;
        self.xml.start("edges", &[("count", &elements.graph.claim_count().to_string())])?;
        for edge in elements.edges() {
            self.edge(&edge, elements.graph)?;
        }
        self.xml.end("edges")?;
        self.xml.end("graph")?;
        self.xml.end("gexf")
    }

    fn declare(&mut self, class: &str, attributes: &[(&str, Kind)]) -> io::Result<()> {
        self.xml.start("attributes", &[("class", class), ("mode", "static")])?;
        for (name, kind) in attributes.iter().filter(|(name, _)| *name != WEIGHT) {
            let kind = match kind {
                Kind::Text | Kind::List => "string",
                Kind::Integer => "integer",
                Kind::Number => "double",
                Kind::Boolean => "boolean",
            };
            self.xml.empty("attribute", &[("id", name), ("title", name), ("type", kind)])?;
        }
        self.xml.end("attributes")
    }

    fn edge(&mut self, edge: &Edge<'_>, graph: &KnowledgeGraph) -> io::Result<()> {
        let id = edge.id.text();
        let (source, target) = (xml_id(&edge.source.key), xml_id(&edge.target.key));
        let weight = edge.summary.weight.to_string();
        let attributes = [
            ("id", &*id),
            ("source", &source),
            ("target", &target),
            ("label", &edge.property.label),
            ("kind", &edge.property.name),
            (WEIGHT, &weight),
        ];
        self.xml.start("edge", &attributes)?;
        self.values(&EDGE_ATTRIBUTES, &edge.values())?;
        let mut periods: Vec<_> =
            edge.claim.evidence.iter().filter_map(|e| period(graph, e)).collect();
        periods.sort();
        periods.dedup();
        if !periods.is_empty() {
            self.xml.start("spells", &[])?;
            for Period { first, last } in &periods {
                self.xml.empty("spell", &[("start", first), ("end", last)])?;
            }
            self.xml.end("spells")?;
        }
        let stroke = Stroke::of(&edge.summary);
        self.colour(stroke.colour())?;
        self.xml.empty("viz:shape", &[("value", stroke.name())])?;
        self.xml.end("edge")
    }

    fn values(
        &mut self,
        attributes: &[(&str, Kind)],
        values: &[Option<Value<'_>>],
    ) -> io::Result<()> {
        self.xml.start("attvalues", &[])?;
        for ((name, _), value) in attributes.iter().zip(values) {
            if let Some(value) = value
                && *name != WEIGHT
            {
                self.separators.look_at(value);
                self.xml.empty("attvalue", &[("for", name), ("value", &value.as_text())])?;
            }
        }
        self.xml.end("attvalues")
    }

    fn colour(&mut self, Colour(red, green, blue): Colour) -> io::Result<()> {
        let [red, green, blue] = [red, green, blue].map(|part| part.to_string());
        self.xml.empty("viz:color", &[("r", &red), ("g", &green), ("b", &blue)])
    }
}

fn period(graph: &KnowledgeGraph, evidence: &crate::graph::Evidence) -> Option<Period> {
    let published = || graph.document(evidence.document).source.published.as_deref();
    evidence.date.as_deref().and_then(Period::of).or_else(|| published().and_then(Period::of))
}

fn is_dynamic(graph: &KnowledgeGraph) -> bool {
    graph.claims().any(|claim| claim.evidence.iter().any(|e| period(graph, e).is_some()))
}
