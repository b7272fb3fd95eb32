//! The parts that several answers share: entities, documents, evidence and claims as they are
//! shown, with the names that the JSON form of a graph uses.

use serde::Serialize;

use crate::graph::{
    ClaimRef, DocumentIndex, EntityIndex, Evidence, KnowledgeGraph, Modality, Polarity,
};
use crate::ontology::Schema;
use crate::span::CharSpan;

/// An entity by name and class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EntityView<'g> {
    /// Its key, unique in the graph; every command takes it where it takes a name.
    pub id: &'g str,
    pub name: &'g str,
    #[serde(rename = "type")]
    pub class: &'static str,
    #[serde(rename = "subtype")]
    pub subclass: Option<&'g str>,
}

/// Where a statement stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DocumentView<'g> {
    pub id: &'g str,
    pub uri: Option<&'g str>,
    pub title: Option<&'g str>,
    pub publisher: Option<&'g str>,
    pub published: Option<&'g str>,
}

/// One statement of a claim. Spans are `[start, end]` in code points of the document's text,
/// from 0, end excluded.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EvidenceView<'g> {
    pub document: DocumentView<'g>,
    pub sentence: &'g str,
    pub sentence_span: [u32; 2],
    pub head_span: Option<[u32; 2]>,
    pub tail_span: Option<[u32; 2]>,
    pub cue_span: Option<[u32; 2]>,
    pub role: Option<&'g str>,
    pub polarity: &'static str,
    pub modality: &'static str,
    /// `None` is the article's own voice.
    pub attributed_to: Option<EntityView<'g>>,
    pub date: Option<&'g str>,
    pub origin: String,
    pub confidence: f64,
    /// The sentences around it, where they were asked for and the graph has the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context: Option<Context<'g>>,
}

/// The sentences around a statement, in the order of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Context<'g> {
    pub before: Vec<&'g str>,
    pub after: Vec<&'g str>,
}

/// How much is said on a claim, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct EvidenceCounts {
    pub evidence: usize,
    pub affirmed: usize,
    pub denied: usize,
    /// Stated as somebody's words, not in the article's own voice.
    pub attributed: usize,
    pub documents: usize,
    /// Documents of which none is a copy of another.
    pub independent_sources: usize,
}

/// A claim with all its evidence.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClaimView<'g> {
    /// Local name of the relation.
    pub relation: &'g str,
    pub label: &'g str,
    pub head: EntityView<'g>,
    pub tail: EntityView<'g>,
    pub counts: EvidenceCounts,
    pub evidence: Vec<EvidenceView<'g>>,
}

impl<'g> EntityView<'g> {
    pub fn new(graph: &'g KnowledgeGraph, schema: &'g Schema, index: EntityIndex) -> Self {
        let entity = graph.entity(index);
        Self {
            id: &entity.key,
            name: &entity.name,
            class: entity.class.name(),
            subclass: entity.subclass.map(|id| schema.subclass(id).name.as_str()),
        }
    }

    /// The most specific class.
    pub fn kind(&self) -> &'g str {
        self.subclass.unwrap_or(self.class)
    }
}

impl<'g> DocumentView<'g> {
    pub fn new(graph: &'g KnowledgeGraph, index: DocumentIndex) -> Self {
        let record = graph.document(index);
        let source = &record.source;
        Self {
            id: &record.id,
            uri: source.uri.as_deref(),
            title: source.title.as_deref(),
            publisher: source.publisher.as_deref(),
            published: source.published.as_deref(),
        }
    }
}

impl<'g> EvidenceView<'g> {
    pub fn new(graph: &'g KnowledgeGraph, schema: &'g Schema, evidence: &'g Evidence) -> Self {
        Self {
            document: DocumentView::new(graph, evidence.document),
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
                .map(|speaker| EntityView::new(graph, schema, speaker)),
            date: evidence.date.as_deref(),
            origin: evidence.origin.to_text(),
            confidence: f64::from(evidence.confidence.thousandths()) / 1000.0,
            context: None,
        }
    }

    pub fn is_denied(&self) -> bool {
        self.polarity == Polarity::Denied.name()
    }

    pub fn is_asserted(&self) -> bool {
        self.modality == Modality::Asserted.name()
    }
}

impl<'g> ClaimView<'g> {
    pub fn new(graph: &'g KnowledgeGraph, schema: &'g Schema, claim: ClaimRef<'g>) -> Self {
        let property = schema.property(claim.property);
        Self {
            relation: &property.name,
            label: &property.label,
            head: EntityView::new(graph, schema, claim.head),
            tail: EntityView::new(graph, schema, claim.tail),
            counts: EvidenceCounts::of(graph, claim.evidence.iter()),
            evidence: claim
                .evidence
                .iter()
                .map(|evidence| EvidenceView::new(graph, schema, evidence))
                .collect(),
        }
    }
}

impl EvidenceCounts {
    pub fn of<'e>(
        graph: &KnowledgeGraph,
        evidence: impl Iterator<Item = &'e Evidence> + Clone,
    ) -> Self {
        let mut documents: Vec<_> = evidence.clone().map(|statement| statement.document).collect();
        documents.sort();
        documents.dedup();
        let count = |test: fn(&Evidence) -> bool| evidence.clone().filter(|one| test(one)).count();
        Self {
            evidence: evidence.clone().count(),
            affirmed: count(|statement| statement.polarity == Polarity::Affirmed),
            denied: count(|statement| statement.polarity == Polarity::Denied),
            attributed: count(|statement| statement.attributed_to.is_some()),
            documents: documents.len(),
            // Texts are compared only where there is something to tell.
            independent_sources: match documents.len() {
                0 | 1 => documents.len(),
                _ => graph.sources().count(documents.into_iter()),
            },
        }
    }
}

fn pair(span: CharSpan) -> [u32; 2] {
    [span.start, span.end]
}

/// A stretch of a sentence and what it is of the claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextPart<'g> {
    Plain(&'g str),
    Head(&'g str),
    Tail(&'g str),
}

/// The sentence of an evidence cut where its head and tail stand. The parts in order give the
/// sentence; marks that lie outside it or overlap an earlier one are left out.
pub fn marked_sentence<'g>(evidence: &EvidenceView<'g>) -> Vec<TextPart<'g>> {
    let sentence = evidence.sentence;
    let from = evidence.sentence_span[0];
    let bytes = |span: [u32; 2]| -> Option<std::ops::Range<usize>> {
        let span = CharSpan { start: span[0].checked_sub(from)?, end: span[1].checked_sub(from)? };
        let before = CharSpan { start: 0, end: span.start }.of(sentence)?.len();
        Some(before..before + span.of(sentence)?.len())
    };
    let mut marks: Vec<(std::ops::Range<usize>, bool)> =
        [(evidence.head_span, true), (evidence.tail_span, false)]
            .into_iter()
            .filter_map(|(span, is_head)| Some((bytes(span?)?, is_head)))
            .filter(|(range, _)| !range.is_empty())
            .collect();
    marks.sort_by_key(|(range, _)| range.start);
    let mut parts = Vec::new();
    let mut done = 0;
    for (range, is_head) in marks {
        if range.start < done {
            continue;
        }
        if range.start > done {
            parts.push(TextPart::Plain(&sentence[done..range.start]));
        }
        let text = &sentence[range.clone()];
        parts.push(if is_head { TextPart::Head(text) } else { TextPart::Tail(text) });
        done = range.end;
    }
    if done < sentence.len() {
        parts.push(TextPart::Plain(&sentence[done..]));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts<'t>(
        sentence: &'t str,
        start: u32,
        head: Option<[u32; 2]>,
        tail: Option<[u32; 2]>,
    ) -> Vec<TextPart<'t>> {
        marked_sentence(&EvidenceView {
            document: DocumentView {
                id: "d",
                uri: None,
                title: None,
                publisher: None,
                published: None,
            },
            sentence,
            sentence_span: [start, start + sentence.chars().count() as u32],
            head_span: head,
            tail_span: tail,
            cue_span: None,
            role: None,
            polarity: "affirmed",
            modality: "asserted",
            attributed_to: None,
            date: None,
            origin: String::new(),
            confidence: 1.0,
            context: None,
        })
    }

    #[test]
    fn head_and_tail_are_cut_out_of_the_sentence_in_code_points() {
        let sentence = "Zoë leads Åre.";
        assert_eq!(
            parts(sentence, 100, Some([100, 103]), Some([110, 113])),
            [
                TextPart::Head("Zoë"),
                TextPart::Plain(" leads "),
                TextPart::Tail("Åre"),
                TextPart::Plain("."),
            ]
        );
        assert_eq!(
            parts(sentence, 100, Some([110, 113]), Some([100, 103]))[0],
            TextPart::Tail("Zoë")
        );
    }

    #[test]
    fn marks_that_do_not_fit_leave_the_sentence_whole() {
        let sentence = "Zoë leads Åre.";
        for (head, tail) in
            [(None, None), (Some([0, 3]), Some([113, 400])), (Some([103, 100]), Some([100, 100]))]
        {
            assert_eq!(parts(sentence, 100, head, tail), [TextPart::Plain(sentence)]);
        }
        let nested = parts(sentence, 100, Some([100, 109]), Some([104, 109]));
        assert_eq!(nested, [TextPart::Head("Zoë leads"), TextPart::Plain(" Åre.")]);
    }
}
