//! How claims, evidence and documents read on a terminal: shared by `show`, `why` and `path`.

use std::io::{self, Write};

use super::output::Output;
use super::style::{Paint, counted, one_line};
use crate::inspect::{
    ClaimView, DocumentView, EvidenceCounts, EvidenceView, TextPart, marked_sentence,
};

/// "John Kirby — spokesperson of → State Department".
pub fn claim_line(claim: &ClaimView<'_>, paint: Paint) -> String {
    relation_line(claim.head.name, claim.label, claim.tail.name, paint)
}

/// The same of names.
pub fn relation_line(head: &str, relation: &str, tail: &str, paint: Paint) -> String {
    format!(
        "{} {} {relation} {} {}",
        paint.bold(&one_line(head)),
        paint.dim("—"),
        paint.dim("→"),
        paint.bold(&one_line(tail))
    )
}

/// "3 statements in 2 documents, 1 denied".
pub fn counts_line(counts: EvidenceCounts) -> String {
    let mut line = counted(counts.evidence, "statement", "statements");
    if counts.documents > 1 {
        line += &format!(" in {} documents", counts.documents);
    }
    if counts.denied > 0 {
        line += &format!(", {} denied", counts.denied);
    }
    if counts.attributed > 0 {
        line += &format!(", {} attributed", counts.attributed);
    }
    line
}

/// "Title, Publisher, 2016-09-12, https://…", as far as known; else the document's id.
pub fn document_line(document: &DocumentView<'_>) -> String {
    let known: Vec<_> = [document.title, document.publisher, document.published, document.uri]
        .into_iter()
        .flatten()
        .map(one_line)
        .collect();
    match known.is_empty() {
        true => format!("document {}", document.id.get(..12).unwrap_or(document.id)),
        false => known.join(", "),
    }
}

/// The sentence between quotation marks, with head and tail marked.
pub fn sentence_line(evidence: &EvidenceView<'_>, paint: Paint) -> String {
    let mut line = String::new();
    for part in marked_sentence(evidence) {
        line += &match part {
            TextPart::Plain(text) => one_line(text),
            TextPart::Head(text) => paint.head(&one_line(text)),
            TextPart::Tail(text) => paint.tail(&one_line(text)),
        };
    }
    format!("“{}”", line.trim())
}

/// One statement with everything that is known of it, indented.
pub fn write_evidence(out: &mut Output, evidence: &EvidenceView<'_>) -> io::Result<()> {
    let paint = out.paint;
    writeln!(out, "  {}", sentence_line(evidence, paint))?;
    let polarity = match evidence.is_denied() {
        true => paint.warning(evidence.polarity),
        false => evidence.polarity.to_owned(),
    };
    let voice = match &evidence.attributed_to {
        Some(speaker) => format!("says {}", one_line(speaker.name)),
        None => "in the article's own voice".to_owned(),
    };
    writeln!(out, "    {polarity}, {}, {voice}", evidence.modality)?;
    writeln!(out, "    {}", paint.dim(&document_line(&evidence.document)))?;
    let mut notes = Vec::new();
    notes.extend(evidence.role.map(|role| format!("role: {}", one_line(role))));
    notes.extend(evidence.date.map(|date| format!("date: {}", one_line(date))));
    notes.push(format!("found by {}", one_line(&evidence.origin)));
    notes.push(format!("confidence {}", evidence.confidence));
    writeln!(out, "    {}", paint.dim(&notes.join(", ")))
}
