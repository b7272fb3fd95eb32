//! The texts of a graph's documents, cut by code points.

use super::{DocumentIndex, KnowledgeGraph};
use crate::span::CharSpan;

/// What stands at a place of a text.
pub enum Slice<'t> {
    Text(&'t str),
    /// The text is shorter, or the span ends before it starts.
    Outside,
    /// The graph was written without texts.
    NoText,
}

/// Texts with the byte at which every 64th code point begins, so that a look-up scans no more
/// than that: a graph has many spans per text, and counting from its start each time would take
/// the square of its length.
pub struct Texts<'g> {
    texts: Vec<Option<(&'g str, Vec<u32>)>>,
}

const STRIDE: usize = 64;

impl<'g> Texts<'g> {
    /// The index over all texts of a graph.
    pub fn of(graph: &'g KnowledgeGraph) -> Self {
        let texts = graph
            .documents()
            .map(|(_, record)| {
                let text = record.text.as_deref()?;
                let starts = text.char_indices().step_by(STRIDE).map(|(at, _)| at as u32);
                Some((text, starts.collect()))
            })
            .collect();
        Self { texts }
    }

    /// # Panics
    /// When the document is not of this graph.
    pub fn slice(&self, document: DocumentIndex, span: CharSpan) -> Slice<'g> {
        let Some((text, starts)) = &self.texts[document.0 as usize] else {
            return Slice::NoText;
        };
        let block = span.start as usize / STRIDE;
        let from = match starts.get(block) {
            Some(&from) => from as usize,
            // A span at the very end of a text whose length is a multiple of the stride.
            None if block == starts.len() => text.len(),
            None => return Slice::Outside,
        };
        let skipped = (block * STRIDE) as u32;
        if from == text.len() && text.chars().count() != skipped as usize {
            return Slice::Outside;
        }
        if span.end < span.start {
            return Slice::Outside;
        }
        let local = CharSpan { start: span.start - skipped, end: span.end - skipped };
        local.of(&text[from..]).map_or(Slice::Outside, Slice::Text)
    }
}
