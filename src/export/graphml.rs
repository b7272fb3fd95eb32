//! GraphML: typed attributes on nodes and edges, one edge a claim.
//!
//! No attribute is called `label`, `x` or `d3`, which Gephi drops or takes for its own, and
//! each has one type throughout, so that no reader has to guess.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesStart, BytesText, Event};

use super::csv::LIST_SEPARATOR;
use super::identifiers::{ClaimId, entity_iri};
use super::order::CanonicalOrder;
use super::report::{FOREIGN, REPLACED_IN_XML};
use super::summary::ClaimSummary;
use super::xml::XmlText;
use super::{ExportError, ExportOptions, Report};
use crate::graph::KnowledgeGraph;
use crate::ontology::Schema;

/// Attributes as (id of the key, name, type). Ids differ between nodes and edges because
/// some readers keep them in one table.
const NODE_KEYS: &[(&str, &str, &str)] = &[
    ("n_name", "name", "string"),
    ("n_class", "class", "string"),
    ("n_subclass", "subclass", "string"),
    ("n_iri", "iri", "string"),
    ("n_aliases", "aliases", "string"),
    ("n_same_as", "same_as", "string"),
    ("n_mention_count", "mention_count", "int"),
];

const EDGE_KEYS: &[(&str, &str, &str)] = &[
    ("e_relation", "relation", "string"),
    ("e_weight", "weight", "int"),
    ("e_polarity", "polarity", "string"),
    ("e_asserted", "asserted", "boolean"),
    ("e_modality", "modality", "string"),
    ("e_speakers", "speakers", "string"),
    ("e_quote", "quote", "string"),
    ("e_documents", "documents", "string"),
    ("e_confidence", "confidence", "double"),
];

/// Writes nodes by key and edges by relation and ends. An attribute without a value is left
/// out; lists are joined with [`LIST_SEPARATOR`].
pub(super) fn write_graphml(
    graph: &KnowledgeGraph,
    schema: &Schema,
    options: &ExportOptions,
    out: &mut dyn Write,
) -> Result<Report, ExportError> {
    let order = CanonicalOrder::new(graph);
    let mut xml =
        Elements { writer: Writer::new_with_indent(&mut *out, b' ', 2), text: XmlText::default() };
    xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.open("graphml", &[("xmlns", "http://graphml.graphdrawing.org/xmlns")])?;
    for (keys, side) in [(NODE_KEYS, "node"), (EDGE_KEYS, "edge")] {
        for (id, name, kind) in keys {
            let attributes = [("id", *id), ("for", side), ("attr.name", name), ("attr.type", kind)];
            xml.empty("key", &attributes)?;
        }
    }
    xml.open("graph", &[("id", "newsgraph"), ("edgedefault", "directed")])?;
    for &index in &order.entities {
        let entity = graph.entity(index);
        xml.open("node", &[("id", &node_id(&entity.key))])?;
        xml.data("n_name", &entity.name)?;
        xml.data("n_class", entity.class.name())?;
        if let Some(subclass) = entity.subclass {
            xml.data("n_subclass", &schema.subclass(subclass).name)?;
        }
        xml.data("n_iri", &entity_iri(options, entity))?;
        xml.list("n_aliases", &entity.aliases)?;
        xml.list("n_same_as", &entity.same_as)?;
        xml.data("n_mention_count", &entity.mentions.len().to_string())?;
        xml.close("node")?;
    }
    for claim in order.claims.iter().map(|&index| graph.claim(index)) {
        let summary = ClaimSummary::new(graph, options, &order, claim);
        let id = ClaimId::new(graph, schema, &claim).text();
        let source = node_id(&graph.entity(claim.head).key);
        let target = node_id(&graph.entity(claim.tail).key);
        xml.open("edge", &[("id", &id), ("source", &source), ("target", &target)])?;
        xml.data("e_relation", &schema.property(claim.property).name)?;
        xml.data("e_weight", &summary.weight.to_string())?;
        xml.data("e_polarity", summary.polarity)?;
        xml.data("e_asserted", if summary.asserted { "true" } else { "false" })?;
        xml.data("e_modality", summary.modality)?;
        xml.list("e_speakers", &summary.speakers)?;
        xml.data("e_quote", summary.quote)?;
        xml.list("e_documents", &summary.documents)?;
        xml.data("e_confidence", &summary.confidence.to_string())?;
        xml.close("edge")?;
    }
    xml.close("graph")?;
    xml.close("graphml")?;
    let replaced = xml.text.replaced;
    out.write_all(b"\n")?;
    let mut report = Report::default();
    report.note(replaced, REPLACED_IN_XML);
    report.note(graph.foreign.len() as u64, FOREIGN);
    Ok(report)
}

/// A key as an XML name token: `/` becomes `.`, and what a token may not hold `_HEX_`.
/// Different keys give different ids.
fn node_id(key: &str) -> String {
    let mut id = String::with_capacity(key.len());
    for character in key.chars() {
        match character {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' => id.push(character),
            '/' => id.push('.'),
            _ => id.push_str(&format!("_{:x}_", character as u32)),
        }
    }
    id
}

struct Elements<'w> {
    writer: Writer<&'w mut dyn Write>,
    text: XmlText,
}

impl Elements<'_> {
    fn event(&mut self, event: Event<'_>) -> io::Result<()> {
        self.writer.write_event(event)
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.event(Event::Start(start))
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.event(Event::Empty(start))
    }

    fn close(&mut self, name: &str) -> io::Result<()> {
        self.event(Event::End(quick_xml::events::BytesEnd::new(name)))
    }

    fn data(&mut self, key: &str, value: &str) -> io::Result<()> {
        self.open("data", &[("key", key)])?;
        let value = self.text.escape(value);
        self.event(Event::Text(BytesText::from_escaped(value)))?;
        self.close("data")
    }

    fn list(&mut self, key: &str, values: &[impl AsRef<str>]) -> io::Result<()> {
        if values.is_empty() {
            return Ok(());
        }
        let values: Vec<&str> = values.iter().map(AsRef::as_ref).collect();
        self.data(key, &values.join(LIST_SEPARATOR))
    }
}
