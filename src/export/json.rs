//! Writes the JSON of a graph: everything but statements of other vocabularies, record by
//! record, so that memory does not grow with the graph.

use std::io::{self, Write};

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::identifiers::{ClaimId, entity_iri};
use super::json_layout::RecordLayout;
use super::order::CanonicalOrder;
use super::{ExportError, ExportOptions, JSON_FORMAT, Report};
use crate::graph::{DocumentIndex, KnowledgeGraph};
use crate::ontology::Schema;
use crate::span::CharSpan;

/// Writes the form that [`super::read_json`] reads and [`super::JSON_SCHEMA`] describes.
/// Offsets count Unicode code points, from 0, end excluded.
pub fn write_json(
    graph: &KnowledgeGraph,
    schema: &Schema,
    options: &ExportOptions,
    out: &mut dyn Write,
) -> Result<Report, ExportError> {
    let order = CanonicalOrder::new(graph);
    let view = View { graph, schema, options, order: &order };
    let mut serializer = serde_json::Serializer::with_formatter(&mut *out, RecordLayout::default());
    GraphJson(view).serialize(&mut serializer).map_err(io::Error::from)?;
    out.write_all(b"\n")?;
    Ok(Report::default())
}

#[derive(Clone, Copy)]
struct View<'v> {
    graph: &'v KnowledgeGraph,
    schema: &'v Schema,
    options: &'v ExportOptions,
    order: &'v CanonicalOrder,
}

impl<'v> View<'v> {
    fn document_id(self, index: DocumentIndex) -> &'v str {
        &self.graph.document(index).id
    }
}

/// A list whose items are made while it is written.
struct Streamed<F>(F);

impl<F, I> Serialize for Streamed<F>
where
    F: Fn() -> I,
    I: Iterator<Item: Serialize>,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

struct GraphJson<'v>(View<'v>);

impl Serialize for GraphJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let view = self.0;
        let mut graph = serializer.serialize_struct("Graph", 4)?;
        graph.serialize_field("format", JSON_FORMAT)?;
        let documents = || view.order.documents.iter().map(|&index| document(view, index));
        graph.serialize_field("documents", &Streamed(documents))?;
        let entities = || (0..view.order.entities.len()).map(|at| entity(view, at));
        graph.serialize_field("entities", &Streamed(entities))?;
        let relations = || (0..view.order.claims.len()).map(|at| relation(view, at));
        graph.serialize_field("relations", &Streamed(relations))?;
        graph.end()
    }
}

#[derive(serde::Serialize)]
struct DocumentJson<'v> {
    id: &'v str,
    uri: Option<&'v str>,
    title: Option<&'v str>,
    publisher: Option<&'v str>,
    published: Option<&'v str>,
    language: Option<&'v str>,
    text: Option<&'v str>,
}

fn document(view: View<'_>, index: DocumentIndex) -> DocumentJson<'_> {
    let document = view.graph.document(index);
    let source = &document.source;
    DocumentJson {
        id: &document.id,
        uri: source.uri.as_deref(),
        title: source.title.as_deref(),
        publisher: source.publisher.as_deref(),
        published: source.published.as_deref(),
        language: source.language.as_deref(),
        text: document.text.as_deref().filter(|_| view.options.rdf.with_text),
    }
}

#[derive(serde::Serialize)]
struct EntityJson<'v> {
    id: &'v str,
    iri: String,
    #[serde(rename = "type")]
    class: &'static str,
    subtype: Option<&'v str>,
    name: &'v str,
    mentions: Vec<&'v str>,
    occurrences: Vec<OccurrenceJson<'v>>,
    same_as: Vec<&'v str>,
}

#[derive(serde::Serialize)]
struct OccurrenceJson<'v> {
    document: &'v str,
    start: u32,
    end: u32,
    form: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    subtype: Option<&'v str>,
}

fn entity(view: View<'_>, at: usize) -> EntityJson<'_> {
    let index = view.order.entities[at];
    let entity = view.graph.entity(index);
    let mut mentions: Vec<&str> = entity.aliases.iter().map(String::as_str).collect();
    mentions.sort_unstable();
    mentions.insert(0, &entity.name);
    let mut same_as: Vec<&str> = entity.same_as.iter().map(String::as_str).collect();
    same_as.sort_unstable();
    EntityJson {
        id: &entity.key,
        iri: entity_iri(view.options, entity),
        class: entity.class.name(),
        subtype: entity.subclass.map(|subclass| view.schema.subclass(subclass).name.as_str()),
        name: &entity.name,
        mentions,
        occurrences: view
            .order
            .mentions(entity)
            .into_iter()
            .map(|mention| OccurrenceJson {
                document: view.document_id(mention.document),
                start: mention.span.start,
                end: mention.span.end,
                form: mention.form.name(),
                subtype: mention.subclass.map(|one| view.schema.subclass(one).name.as_str()),
            })
            .collect(),
        same_as,
    }
}

#[derive(serde::Serialize)]
struct RelationJson<'v> {
    id: String,
    iri: String,
    #[serde(rename = "type")]
    property: &'v str,
    head: &'v str,
    tail: &'v str,
    evidence: Vec<EvidenceJson<'v>>,
}

#[derive(serde::Serialize)]
struct EvidenceJson<'v> {
    document: &'v str,
    sentence: &'v str,
    sentence_span: [u32; 2],
    head_span: Option<[u32; 2]>,
    tail_span: Option<[u32; 2]>,
    cue_span: Option<[u32; 2]>,
    role: Option<&'v str>,
    polarity: &'static str,
    modality: &'static str,
    attributed_to: Option<&'v str>,
    date: Option<&'v str>,
    origin: String,
    confidence: f32,
}

fn relation(view: View<'_>, at: usize) -> RelationJson<'_> {
    let claim = view.graph.claim(view.order.claims[at]);
    let id = ClaimId::new(view.graph, view.schema, &claim);
    let pair = |span: CharSpan| [span.start, span.end];
    let evidence = view.order.evidence(claim).into_iter().map(|evidence| EvidenceJson {
        document: view.document_id(evidence.document),
        sentence: &evidence.quote,
        sentence_span: pair(evidence.sentence),
        head_span: evidence.head.map(pair),
        tail_span: evidence.tail.map(pair),
        cue_span: evidence.cue.map(pair),
        role: evidence.role.as_deref(),
        polarity: evidence.polarity.name(),
        modality: evidence.modality.name(),
        attributed_to: evidence
            .attributed_to
            .map(|speaker| view.graph.entity(speaker).key.as_str()),
        date: evidence.date.as_deref(),
        origin: evidence.origin.to_text(),
        confidence: evidence.confidence.value(),
    });
    RelationJson {
        id: id.text(),
        iri: id.iri(view.options),
        property: &view.schema.property(claim.property).name,
        head: &view.graph.entity(claim.head).key,
        tail: &view.graph.entity(claim.tail).key,
        evidence: evidence.collect(),
    }
}
