//! How claims, evidence and documents read on a terminal: shared by `show`, `why` and `path`.

use std::io::{self, Write};

use super::output::Output;
use super::style::{Paint, counted, one_line};
use crate::inspect::{
    ClaimView, DocumentView, EntityView, EvidenceCounts, EvidenceView, StatementDate, TextPart,
    marked_sentence,
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

/// "3 statements in 2 documents, 1 independent source, 1 denied".
pub fn counts_line(counts: EvidenceCounts) -> String {
    let mut line = counted(counts.evidence, "statement", "statements");
    if counts.documents > 1 {
        line += &format!(
            " in {} documents, {}",
            counts.documents,
            counted(counts.independent_sources, "independent source", "independent sources")
        );
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

/// "denied, planned, says Joseph Dunford": how a claim is put, and by whom.
pub fn manner_line(evidence: &EvidenceView<'_>, paint: Paint) -> String {
    let polarity = match evidence.is_denied() {
        true => paint.warning(evidence.polarity),
        false => evidence.polarity.to_owned(),
    };
    let voice = voice(evidence.attributed_to.as_ref());
    format!("{polarity}, {}, {voice}", evidence.modality)
}

/// "says Joseph Dunford".
fn voice(speaker: Option<&EntityView<'_>>) -> String {
    match speaker {
        Some(speaker) => format!("says {}", one_line(speaker.name)),
        None => "in the article's own voice".to_owned(),
    }
}

/// "2016-09-16 (said then)".
pub fn date_line(date: Option<&StatementDate>) -> String {
    match date {
        Some(date) => format!("{} ({})", one_line(&date.value), date.from.label()),
        None => "without a date".to_owned(),
    }
}

/// One statement with everything that is known of it, indented.
pub fn write_evidence(out: &mut Output, evidence: &EvidenceView<'_>) -> io::Result<()> {
    let paint = out.paint;
    let around = evidence.context.as_ref();
    for sentence in around.map(|context| context.before.as_slice()).unwrap_or_default() {
        writeln!(out, "  {}", paint.dim(one_line(sentence).trim()))?;
    }
    writeln!(out, "  {}", sentence_line(evidence, paint))?;
    for sentence in around.map(|context| context.after.as_slice()).unwrap_or_default() {
        writeln!(out, "  {}", paint.dim(one_line(sentence).trim()))?;
    }
    writeln!(out, "    {}", manner_line(evidence, paint))?;
    writeln!(out, "    {}", paint.dim(&document_line(&evidence.document)))?;
    let mut notes = Vec::new();
    notes.extend(evidence.role.map(|role| format!("role: {}", one_line(role))));
    notes.extend(evidence.date.map(|date| format!("date: {}", one_line(date))));
    notes.push(format!("found by {}", one_line(&evidence.origin)));
    notes.push(format!("confidence {}", evidence.confidence));
    writeln!(out, "    {}", paint.dim(&notes.join(", ")))
}
