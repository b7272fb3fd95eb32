//! The sentences of a document that is in a graph, found again in its text.

use super::view::Context;
use crate::graph::DocumentRecord;
use crate::ontology::Ontology;
use crate::read::reread;
use crate::span::{ByteSpan, CharSpan, CodePoints};
use crate::token::{Tokens, tokenize};

/// Words and sentences of a document's prose, with their places in code points.
pub(super) struct Prose<'g> {
    pub text: &'g str,
    pub tokens: Tokens,
    /// Of each sentence.
    pub spans: Vec<CharSpan>,
    points: CodePoints<'g>,
}

impl<'g> Prose<'g> {
    /// `None` when the graph was written without texts.
    pub fn of(record: &'g DocumentRecord, ontology: &Ontology) -> Option<Self> {
        let text = record.text.as_deref()?;
        let tokens = tokenize(&reread(record.source.clone(), text), ontology);
        let points = CodePoints::new(text);
        let spans = tokens.sentences.iter().map(|sentence| points.span(sentence.span)).collect();
        Some(Self { text, tokens, spans, points })
    }

    pub fn sentence(&self, at: usize) -> &'g str {
        self.tokens.sentences.get(at).map_or("", |sentence| sentence.span.of(self.text))
    }

    /// A span of the text in code points.
    pub fn place(&self, span: ByteSpan) -> CharSpan {
        self.points.span(span)
    }

    /// Up to `count` sentences on either side of `span`, in the order of the text.
    pub fn around(&self, span: CharSpan, count: usize) -> Context<'g> {
        let before = self.spans.partition_point(|sentence| sentence.end <= span.start);
        let after = self.spans.partition_point(|sentence| sentence.start < span.end);
        let end = after.saturating_add(count).min(self.spans.len());
        Context {
            before: (before.saturating_sub(count)..before).map(|at| self.sentence(at)).collect(),
            after: (after..end).map(|at| self.sentence(at)).collect(),
        }
    }
}
