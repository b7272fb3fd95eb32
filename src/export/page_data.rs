//! The graph as the page wants it: nodes with their places, relations with every statement, as
//! JSON that can stand within an element of HTML.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::Formatter;

use super::dates::Period;
use super::elements::{Edge, Elements, Node};
use super::{ExportOptions, Layout};
use crate::analysis::{self, LayoutSettings, Measure};
use crate::graph::{DocumentIndex, EntityIndex, Evidence, KnowledgeGraph};
use crate::ontology::{Schema, TopClass};
use crate::span::CharSpan;

pub(super) struct PageData<'g> {
    elements: Elements<'g>,
    layout: Layout,
    /// By [`EntityIndex`].
    ranks: Vec<f64>,
    /// Numbers in the page by [`EntityIndex`] and [`DocumentIndex`].
    entity_numbers: Vec<usize>,
    document_numbers: BTreeMap<DocumentIndex, usize>,
}

impl<'g> PageData<'g> {
    pub fn new(graph: &'g KnowledgeGraph, schema: &'g Schema, options: &'g ExportOptions) -> Self {
        let elements = Elements::new(graph, schema, options);
        let layout = options
            .layout
            .clone()
            .unwrap_or_else(|| Layout::new(analysis::layout(graph, &LayoutSettings::default())));
        let mut entity_numbers = vec![0; graph.entity_count()];
        for (number, index) in elements.order.entities.iter().enumerate() {
            if let Some(place) = entity_numbers.get_mut(index.0 as usize) {
                *place = number;
            }
        }
        let documents = elements.order.documents.iter().enumerate();
        let document_numbers = documents.map(|(number, index)| (*index, number)).collect();
        let ranks = analysis::measure(graph, Measure::PageRank);
        Self { elements, layout, ranks, entity_numbers, document_numbers }
    }

    /// The title of the only document, or how many there are.
    pub fn title(&self) -> String {
        match self.elements.order.documents.as_slice() {
            [only] => {
                let title = &self.elements.graph.document(*only).source.title;
                title.clone().unwrap_or_else(|| "One document".to_owned())
            }
            several => format!("{} documents", several.len()),
        }
    }

    /// Writes it record by record.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let graph = self.elements.graph;
        let schema = self.elements.schema;
        let classes: Vec<&str> = TopClass::ALL.iter().map(|class| class.name()).collect();
        let relations: Vec<RelationJson<'_>> = schema
            .properties()
            .map(|(_, property)| RelationJson {
                name: &property.name,
                label: &property.label,
                symmetric: property.symmetric,
            })
            .collect();
        out.write_all(b"{\"title\":")?;
        write_escaped(out, &self.title())?;
        out.write_all(b",\"classes\":")?;
        write_escaped(out, &classes)?;
        out.write_all(b",\"relations\":")?;
        write_escaped(out, &relations)?;
        let documents = &self.elements.order.documents;
        write_list(out, "documents", documents.iter().map(|&index| document(graph, index)))?;
        let entities = &self.elements.order.entities;
        write_list(out, "nodes", entities.iter().map(|&index| self.node(index)))?;
        write_list(out, "edges", self.elements.edges().map(|edge| self.edge(&edge)))?;
        out.write_all(b"}\n")
    }

    fn node(&self, index: EntityIndex) -> NodeJson<'g> {
        let node: Node<'g> = self.elements.node(index);
        let position = self.layout.position(index).unwrap_or_default();
        let entity = node.entity;
        NodeJson {
            name: &entity.name,
            class: TopClass::ALL.iter().position(|class| *class == entity.class).unwrap_or(0),
            kind: node.subclass.map_or(entity.class.name(), |(_, label)| label),
            iri: node.iri,
            x: rounded(position.x),
            // Layouts count upward, screens downward.
            y: rounded(-position.y),
            rank: rounded_share(self.ranks.get(index.0 as usize).copied().unwrap_or(0.0)),
            aliases: &entity.aliases,
            same_as: &entity.same_as,
            mentions: entity.mentions.len(),
        }
    }

    fn edge(&self, edge: &Edge<'g>) -> EdgeJson<'g> {
        let number =
            |entity: EntityIndex| self.entity_numbers.get(entity.0 as usize).copied().unwrap_or(0);
        let statement = |evidence: &'g Evidence| StatementJson {
            document: self.document_numbers.get(&evidence.document).copied().unwrap_or(0),
            quote: &evidence.quote,
            head: within(evidence, evidence.head),
            tail: within(evidence, evidence.tail),
            cue: within(evidence, evidence.cue),
            role: evidence.role.as_deref(),
            polarity: evidence.polarity.name(),
            modality: evidence.modality.name(),
            speaker: evidence.attributed_to.map(number),
            date: evidence.date.as_deref(),
            days: self.days(evidence),
            origin: evidence.origin.to_text(),
            confidence: evidence.confidence.value(),
        };
        EdgeJson {
            relation: edge.claim.property.0.into(),
            head: number(edge.claim.head),
            tail: number(edge.claim.tail),
            statements: self
                .elements
                .order
                .evidence(edge.claim)
                .into_iter()
                .map(statement)
                .collect(),
        }
    }

    /// First and last day of the date that a statement speaks of, else of its publication.
    fn days(&self, evidence: &Evidence) -> Option<[String; 2]> {
        let published = &self.elements.graph.document(evidence.document).source.published;
        let spoken_of = evidence.date.as_deref().and_then(Period::of);
        let period = spoken_of.or_else(|| published.as_deref().and_then(Period::of))?;
        Some([period.first, period.last])
    }
}

/// A part of a text relative to its sentence, in code points; `None` where it is not within.
fn within(evidence: &Evidence, span: Option<CharSpan>) -> Option<[u32; 2]> {
    let (span, sentence) = (span?, evidence.sentence);
    let is_within = span.start >= sentence.start && span.end <= sentence.end;
    is_within.then(|| [span.start - sentence.start, span.end - sentence.start])
}

fn rounded(value: f32) -> f32 {
    (value * 10.0).round() / 10.0
}

fn rounded_share(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

#[derive(Serialize)]
struct RelationJson<'g> {
    name: &'g str,
    label: &'g str,
    symmetric: bool,
}

#[derive(Serialize)]
struct DocumentJson<'g> {
    id: &'g str,
    title: Option<&'g str>,
    publisher: Option<&'g str>,
    published: Option<&'g str>,
    uri: Option<&'g str>,
}

#[derive(Serialize)]
struct NodeJson<'g> {
    name: &'g str,
    class: usize,
    kind: &'g str,
    iri: String,
    x: f32,
    y: f32,
    rank: f64,
    aliases: &'g [String],
    same_as: &'g [String],
    mentions: usize,
}

#[derive(Serialize)]
struct EdgeJson<'g> {
    relation: usize,
    head: usize,
    tail: usize,
    statements: Vec<StatementJson<'g>>,
}

#[derive(Serialize)]
struct StatementJson<'g> {
    document: usize,
    quote: &'g str,
    head: Option<[u32; 2]>,
    tail: Option<[u32; 2]>,
    cue: Option<[u32; 2]>,
    role: Option<&'g str>,
    polarity: &'static str,
    modality: &'static str,
    speaker: Option<usize>,
    date: Option<&'g str>,
    days: Option<[String; 2]>,
    origin: String,
    confidence: f32,
}

fn document(graph: &KnowledgeGraph, index: DocumentIndex) -> DocumentJson<'_> {
    let document = graph.document(index);
    let source = &document.source;
    DocumentJson {
        id: &document.id,
        title: source.title.as_deref(),
        publisher: source.publisher.as_deref(),
        published: source.published.as_deref(),
        uri: source.uri.as_deref(),
    }
}

fn write_list<T: Serialize>(
    out: &mut dyn Write,
    name: &str,
    items: impl Iterator<Item = T>,
) -> io::Result<()> {
    write!(out, ",\n\"{name}\":[")?;
    for (number, item) in items.enumerate() {
        out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
        write_escaped(out, &item)?;
    }
    out.write_all(b"]")
}

fn write_escaped(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::with_formatter(out, InElement);
    value.serialize(&mut serializer).map_err(io::Error::from)
}

/// JSON without what ends or opens an element, and without the two line ends that scripts once
/// had of their own.
struct InElement;

impl Formatter for InElement {
    fn write_string_fragment<W>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()>
    where
        W: ?Sized + Write,
    {
        let is_special = |c: char| matches!(c, '<' | '>' | '&' | '\u{2028}' | '\u{2029}');
        let mut rest = fragment;
        while let Some(at) = rest.find(is_special) {
            let (before, after) = rest.split_at(at);
            writer.write_all(before.as_bytes())?;
            let mut characters = after.chars();
            if let Some(special) = characters.next() {
                write!(writer, "\\u{:04x}", special as u32)?;
            }
            rest = characters.as_str();
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_ends_the_element() {
        let hostile = "</script><!-- & \u{2028}\u{2029} \"'\\ \u{202e}";
        let mut written = Vec::new();
        write_escaped(&mut written, &hostile).expect("memory takes it");
        let written = String::from_utf8(written).expect("it is UTF-8");
        assert!(!written.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{written}");
        assert_eq!(serde_json::from_str::<String>(&written).expect("it is JSON"), hostile);
    }
}
