//! What became of a quote that is not the text at its offsets: moved, respelt, taken from another
//! document, or made up.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::{Fault, document_name, shortened};
use crate::graph::{DocumentIndex, Evidence, KnowledgeGraph};

/// Searches all texts of a graph for quotes that do not stand where they should.
pub(super) struct QuoteSearch<'g> {
    graph: &'g KnowledgeGraph,
    /// Texts as [`fold`] leaves them, made when a quote is first in no text as it is.
    folded: OnceCell<Vec<Option<String>>>,
    /// Quotes that were looked for: a graph repeats a sentence for each claim in it.
    known: HashMap<(DocumentIndex, String), (Fault, String)>,
}

impl<'g> QuoteSearch<'g> {
    pub fn new(graph: &'g KnowledgeGraph) -> Self {
        Self { graph, folded: OnceCell::new(), known: HashMap::new() }
    }

    /// What is wrong with a quote that is not the text at its offsets, and what to do.
    pub fn explain(&mut self, evidence: &Evidence) -> (Fault, String) {
        let key = (evidence.document, evidence.quote.to_string());
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let found = self.search(evidence.document, &evidence.quote);
        self.known.insert(key, found.clone());
        found
    }

    fn search(&self, document: DocumentIndex, quote: &str) -> (Fault, String) {
        let shown = shortened(quote);
        let folded = fold(quote);
        if folded.is_empty() {
            let message = "the quote is empty: give the sentence as it stands in the text";
            return (Fault::Fabricated, message.into());
        }
        if let Some(place) = self.place(document, quote) {
            let message = format!(
                "the quote {shown:?} stands elsewhere in the document, at {place}: \
                 correct its offsets"
            );
            return (Fault::Misplaced, message);
        }
        if self.holds_folded(document, &folded) {
            let message = format!(
                "the quote {shown:?} differs from the document in white space, quotation marks, \
                 dashes or case: copy the sentence from the text"
            );
            return (Fault::Altered, message);
        }
        let others = || self.graph.documents().map(|(index, _)| index).filter(|at| *at != document);
        if let Some(other) = others().find(|other| self.place(*other, quote).is_some()) {
            let place = self.place(other, quote).unwrap_or_default();
            let message = format!(
                "the quote {shown:?} is not in this document but in {:?}, at {place}: \
                 name that document as the source",
                document_name(self.graph, other)
            );
            return (Fault::Misattributed, message);
        }
        if let Some(other) = others().find(|other| self.holds_folded(*other, &folded)) {
            let message = format!(
                "the quote {shown:?} is not in this document but, in other white space, \
                 quotation marks, dashes or case, in {:?}: name that document as the source and \
                 copy its sentence",
                document_name(self.graph, other)
            );
            return (Fault::Misattributed, message);
        }
        let unread = self.graph.documents().filter(|(_, record)| record.text.is_none()).count();
        let limit = match unread {
            0 => String::new(),
            1 => " (one document has no text here)".to_owned(),
            count => format!(" ({count} documents have no text here)"),
        };
        let message = format!(
            "the quote {shown:?} stands in no document{limit}: \
             drop the evidence, or add the document that says so"
        );
        (Fault::Fabricated, message)
    }

    /// "START..END" in code points where the quote stands in a document's text.
    fn place(&self, document: DocumentIndex, quote: &str) -> Option<String> {
        let text = self.graph.document(document).text.as_deref()?;
        let before = text.get(..text.find(quote)?)?;
        let start = before.chars().count();
        Some(format!("{start}..{}", start + quote.chars().count()))
    }

    fn holds_folded(&self, document: DocumentIndex, folded_quote: &str) -> bool {
        let texts = self.folded.get_or_init(|| {
            self.graph.documents().map(|(_, record)| record.text.as_deref().map(fold)).collect()
        });
        let text = texts.get(document.0 as usize).and_then(Option::as_deref);
        text.is_some_and(|text| text.contains(folded_quote))
    }
}

/// A text without what copying through an editor changes: runs of white space are one space,
/// typographic marks are plain ones, and case is lower.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        for letter in word.chars() {
            match letter {
                '“' | '”' | '„' | '«' | '»' | '″' => folded.push('"'),
                '‘' | '’' | '‚' | '‹' | '›' | '′' | '`' => folded.push('\''),
                '‐' | '‑' | '‒' | '–' | '—' | '−' => folded.push('-'),
                '…' => folded.push_str("..."),
                // Soft hyphens, zero-width spaces and marks of byte order are not seen.
                '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
                other => folded.extend(other.to_lowercase()),
            }
        }
    }
    folded
}
