//! FollowTheMoney: one entity a line as JSON, for Aleph, OpenSanctions' tools and `ftm`.
//!
//! Articles are entities of the schema `Article`; a relation is a link whose `proof` they are. Of
//! relations, only those are written that are asserted, as plain triples are in RDF: the model
//! has no place for a denial, and a link that somebody denies would be one that is said to hold.
//! Values are those that the model's own types accept: an address or date that they would refuse
//! stands in `notes`; a name or title that is too long is cut and stands whole in `notes` or
//! `description`; a text that is too long is several values.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde::ser::{Serialize, SerializeMap, Serializer};
use sha2::{Digest, Sha256};

use super::dates::is_date;
use super::elements::{Edge, Elements, Node};
use super::ftm_schemata::{Alignment, NodeSchema};
use super::{ExportError, ExportOptions, Report};
use crate::graph::{DocumentRecord, Entity, Evidence, KnowledgeGraph};
use crate::ontology::Schema;
use crate::rdf::mapping::is_support;

/// The most characters of a value that the model's types accept.
const LONGEST_NAME: usize = 384;
const LONGEST_STRING: usize = 1024;
const LONGEST_TEXT: usize = 65_000;

const WIKIDATA: &str = "http://www.wikidata.org/entity/";

/// Writes articles by id, entities by key, links by relation and ends.
pub(super) fn write_ftm(
    graph: &KnowledgeGraph,
    schema: &Schema,
    options: &ExportOptions,
    out: &mut dyn Write,
) -> Result<Report, ExportError> {
    let elements = Elements::new(graph, schema, options);
    let alignment = Alignment::new(schema);
    let mut cut = 0;
    for &index in &elements.order.documents {
        let article = article(graph.document(index), options.rdf.with_text);
        cut += article.cut;
        write_line(out, &article)?;
    }
    let schema_of = |entity: &Entity| {
        let subclass = entity.subclass.map(|id| schema.subclass(id).name.as_str());
        alignment.node(entity.class, subclass)
    };
    for node in elements.nodes() {
        let thing = thing(&node, schema_of(node.entity));
        cut += thing.cut;
        write_line(out, &thing)?;
    }
    for edge in elements.edges().filter(|edge| edge.summary.asserted) {
        let (head, tail) = (schema_of(edge.source), schema_of(edge.target));
        let link = link(&elements, &edge, &alignment, (head, tail));
        cut += link.entity.cut;
        write_line(out, &link)?;
    }
    let mut report = Report::default();
    report
        .note(cut, "values longer than the model allows are cut, and whole in a text beside them");
    Ok(report)
}

/// An entity of the model. Every property is a list of texts.
struct FtmEntity<'v> {
    id: String,
    schema: &'static str,
    properties: Vec<(&'static str, Vec<&'v str>)>,
    /// How many values were too long.
    cut: u64,
}

impl<'v> FtmEntity<'v> {
    fn new(id: String, schema: &'static str) -> Self {
        Self { id, schema, properties: Vec::new(), cut: 0 }
    }

    /// Adds a name; one that is too long is cut and stands whole in `notes`.
    fn name(&mut self, property: &'static str, value: &'v str) {
        self.limited(property, value, LONGEST_NAME, "notes");
    }

    /// Adds a value of one line, like [`FtmEntity::name`].
    fn string(&mut self, property: &'static str, value: &'v str, whole: &'static str) {
        self.limited(property, value, LONGEST_STRING, whole);
    }

    fn limited(
        &mut self,
        property: &'static str,
        value: &'v str,
        most: usize,
        whole: &'static str,
    ) {
        let (short, rest) = split(value, most);
        self.add(property, short);
        if !rest.is_empty() {
            self.cut += 1;
            self.text(whole, value);
        }
    }

    /// Adds a text, in several values where it is too long; joined they are the text.
    fn text(&mut self, property: &'static str, value: &'v str) {
        let mut rest = value;
        while !rest.is_empty() {
            let (piece, after) = split(rest, LONGEST_TEXT);
            self.add(property, piece);
            rest = after;
        }
    }

    /// Adds a value, unless it is empty: the model's types refuse empty texts.
    fn add(&mut self, property: &'static str, value: &'v str) {
        if value.trim().is_empty() {
            return;
        }
        match self.properties.iter_mut().find(|(known, _)| *known == property) {
            Some((_, values)) if values.contains(&value) => {}
            Some((_, values)) => values.push(value),
            None => self.properties.push((property, vec![value])),
        }
    }
}

/// The first `most` characters, and what follows.
fn split(text: &str, most: usize) -> (&str, &str) {
    // No text has more characters than bytes.
    if text.len() <= most {
        return (text, "");
    }
    let end = text.char_indices().nth(most).map_or(text.len(), |(at, _)| at);
    text.split_at(end)
}

impl Serialize for FtmEntity<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct Properties<'p>(&'p [(&'static str, Vec<&'p str>)]);
        impl Serialize for Properties<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_map(self.0.iter().map(|(name, values)| (name, values)))
            }
        }
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("schema", self.schema)?;
        map.serialize_entry("properties", &Properties(&self.properties))?;
        map.end()
    }
}

fn article(document: &DocumentRecord, with_text: bool) -> FtmEntity<'_> {
    let source = &document.source;
    let mut entity = FtmEntity::new(ftm_id(&document.id), "Article");
    entity.string("title", source.title.as_deref().unwrap_or_default(), "notes");
    entity.string("publisher", source.publisher.as_deref().unwrap_or_default(), "notes");
    let uri = source.uri.as_deref().unwrap_or_default();
    entity.text(if is_url(uri) { "sourceUrl" } else { "notes" }, uri);
    let published = source.published.as_deref().unwrap_or_default();
    entity.text(if is_date(published) { "publishedAt" } else { "notes" }, published);
    // The model writes languages with three letters; English is all that is read.
    if source.language.as_deref() == Some("en") {
        entity.add("language", "eng");
    }
    if with_text {
        entity.text("bodyText", document.text.as_deref().unwrap_or_default());
    }
    entity
}

fn thing<'v>(node: &Node<'v>, schema: &'static NodeSchema) -> FtmEntity<'v> {
    let record = node.entity;
    let mut entity = FtmEntity::new(ftm_id(&record.key), &schema.name);
    // The model demands a name that is more than spaces.
    let name = if record.name.trim().is_empty() { &record.key } else { &record.name };
    entity.name("name", name);
    if schema.needs_title {
        entity.string("title", name, "notes");
    }
    record.aliases.iter().for_each(|alias| entity.name("alias", alias));
    if let Some((_, label)) = node.subclass {
        entity.string("keywords", label, "notes");
    }
    for link in &record.same_as {
        match link.strip_prefix(WIKIDATA) {
            Some(item) if is_wikidata_item(item) => entity.add("wikidataId", item),
            _ => entity.text("notes", link),
        }
    }
    entity
}

fn link<'v>(
    elements: &'v Elements<'_>,
    edge: &'v Edge<'_>,
    alignment: &Alignment,
    (head, tail): (&NodeSchema, &NodeSchema),
) -> FtmLink<'v> {
    let schema = alignment.link(edge.property, head, tail);
    let evidence: Vec<&Evidence> = elements
        .order
        .evidence(edge.claim)
        .into_iter()
        .filter(|evidence| is_support(evidence, elements.options.rdf.assert))
        .collect();
    let documents: BTreeSet<String> = evidence
        .iter()
        .map(|evidence| ftm_id(&elements.graph.document(evidence.document).id))
        .collect();
    let mut entity = FtmEntity::new(edge.id.text(), &schema.name);
    entity.string(&schema.role, &edge.property.label, "description");
    for evidence in &evidence {
        entity.string(&schema.role, evidence.role.as_deref().unwrap_or_default(), "description");
        entity.text("description", &evidence.quote);
        let date = evidence.date.as_deref().unwrap_or_default();
        if is_date(date) {
            entity.add("date", date);
        }
        let uri = elements.graph.document(evidence.document).source.uri.as_deref();
        if let Some(uri) = uri.filter(|uri| is_url(uri)) {
            entity.add("sourceUrl", uri);
        }
    }
    FtmLink {
        ends: [
            (schema.head(), vec![ftm_id(&edge.source.key)]),
            (schema.tail(), vec![ftm_id(&edge.target.key)]),
            ("proof", documents.into_iter().collect()),
        ],
        entity,
    }
}

/// A link: an entity that points at others.
struct FtmLink<'v> {
    ends: [(&'static str, Vec<String>); 3],
    entity: FtmEntity<'v>,
}

impl Serialize for FtmLink<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut properties: Vec<(&'static str, Vec<&str>)> = self
            .ends
            .iter()
            .map(|(name, ids)| (*name, ids.iter().map(String::as_str).collect()))
            .collect();
        properties.extend(self.entity.properties.iter().cloned());
        let (id, schema) = (self.entity.id.clone(), self.entity.schema);
        FtmEntity { id, schema, properties, cut: 0 }.serialize(serializer)
    }
}

fn write_line(out: &mut dyn Write, item: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, item)?;
    out.write_all(b"\n")
}

/// An id of letters, digits, points and hyphens, which is all that the model allows: the key
/// with points for its slashes, or a hash of it where it has something else or is too long.
fn ftm_id(key: &str) -> String {
    let is_plain = key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '/');
    let begins = key.starts_with(|c: char| c.is_ascii_alphanumeric());
    let ends = key.ends_with(|c: char| c.is_ascii_alphanumeric());
    if is_plain && begins && ends && key.len() <= 200 {
        return key.replace('/', ".");
    }
    let hash = Sha256::digest(key);
    let hex: String = hash.iter().take(20).map(|byte| format!("{byte:02x}")).collect();
    format!("hashed.{hex}")
}

fn is_wikidata_item(text: &str) -> bool {
    text.strip_prefix('Q').is_some_and(|number| {
        !number.is_empty() && number.bytes().all(|digit| digit.is_ascii_digit())
    })
}

/// Whether the model takes it for an address: with a host, and not beyond measure.
fn is_url(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    host.is_some_and(|host| host.starts_with(|c: char| c.is_ascii_alphanumeric()))
        && text.len() <= 4000
        && oxigraph::model::NamedNodeRef::new(text).is_ok()
}
