//! Proves that a graph keeps its promises: every quote is the text at its offsets, every claim
//! has evidence, signatures hold, and what a statement marks lies inside its sentence.

mod leftovers;

use serde::Serialize;

use crate::graph::{ClaimRef, DocumentIndex, Evidence, KnowledgeGraph};
use crate::ontology::Schema;
use crate::span::CharSpan;

/// What was checked and what was found wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CheckReport {
    pub claims: usize,
    pub evidence: usize,
    /// Quotes that equal the text at their offsets.
    pub quotes_verified: usize,
    /// Quotes whose document's text the graph does not hold: neither right nor wrong.
    pub quotes_unverifiable: usize,
    /// Documents that hold evidence and whose text is missing, by title, address or id.
    pub documents_without_text: Vec<String>,
    pub findings: Vec<Finding>,
}

/// What kind of promise is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// The quote is not the text at its offsets.
    Quote,
    /// A claim, or a plain statement of a relation, that nothing states.
    NoEvidence,
    /// Evidence of no claim, or without a part that it must have.
    Incomplete,
    /// The relation may not lead from this class to that class.
    Signature,
    /// Head, tail or cue lies outside the sentence.
    Span,
    /// A mention of an entity lies outside the text of its document.
    Mention,
}

/// One broken promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub fault: Fault,
    /// The claim ("John Kirby spokespersonOf State Department") or the entity's name.
    pub subject: String,
    /// Title, address or id of the document.
    pub document: Option<String>,
    pub message: String,
}

/// The answer in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    Ok,
    /// Nothing is wrong, but not everything could be looked at.
    Unverifiable,
    Failed,
}

impl CheckReport {
    pub fn verdict(&self) -> Verdict {
        if !self.findings.is_empty() {
            Verdict::Failed
        } else if self.quotes_unverifiable > 0 || !self.documents_without_text.is_empty() {
            Verdict::Unverifiable
        } else {
            Verdict::Ok
        }
    }
}

/// Checks every claim and every mention. Findings come in the order of claims, then of entities,
/// then of the statements that make up neither.
pub fn check(graph: &KnowledgeGraph, schema: &Schema) -> CheckReport {
    let mut report = CheckReport::default();
    let texts = Texts::of(graph);
    for claim in graph.claims() {
        report.claims += 1;
        check_claim(graph, schema, &texts, claim, &mut report);
    }
    check_mentions(graph, &texts, &mut report);
    leftovers::check(graph, schema, &mut report);
    let mut used = vec![false; graph.document_count()];
    for evidence in graph.claims().flat_map(|claim| claim.evidence) {
        used[evidence.document.0 as usize] = true;
    }
    report.documents_without_text = graph
        .documents()
        .filter(|(index, record)| record.text.is_none() && used[index.0 as usize])
        .map(|(index, _)| document_name(graph, index))
        .collect();
    report
}

fn check_claim(
    graph: &KnowledgeGraph,
    schema: &Schema,
    texts: &Texts<'_>,
    claim: ClaimRef<'_>,
    report: &mut CheckReport,
) {
    let (head, tail) = (graph.entity(claim.head), graph.entity(claim.tail));
    let property = schema.property(claim.property);
    let subject = || format!("{} {} {}", head.name, property.name, tail.name);
    if claim.evidence.is_empty() {
        report.findings.push(Finding {
            fault: Fault::NoEvidence,
            subject: subject(),
            document: None,
            message: "no evidence".into(),
        });
    }
    if !schema.allows(claim.property, head.class, tail.class) {
        report.findings.push(Finding {
            fault: Fault::Signature,
            subject: subject(),
            document: None,
            message: format!(
                "{} may not lead from {} to {}",
                property.name,
                head.class.name(),
                tail.class.name()
            ),
        });
    }
    for evidence in claim.evidence {
        report.evidence += 1;
        let fault = |fault: Fault, message: String| Finding {
            fault,
            subject: subject(),
            document: Some(document_name(graph, evidence.document)),
            message,
        };
        match texts.slice(evidence.document, evidence.sentence) {
            Slice::NoText => report.quotes_unverifiable += 1,
            Slice::Text(text) if *text == *evidence.quote => report.quotes_verified += 1,
            Slice::Text(text) => {
                let message = format!(
                    "the quote {:?} is not the text at {}..{}, {:?}",
                    shortened(&evidence.quote),
                    evidence.sentence.start,
                    evidence.sentence.end,
                    shortened(text)
                );
                report.findings.push(fault(Fault::Quote, message));
            }
            Slice::Outside => {
                let message = format!(
                    "the sentence at {}..{} lies outside the text",
                    evidence.sentence.start, evidence.sentence.end
                );
                report.findings.push(fault(Fault::Quote, message));
            }
        }
        for (what, span) in marks(evidence) {
            let sentence = evidence.sentence;
            if span.start > span.end || span.start < sentence.start || span.end > sentence.end {
                let message = format!(
                    "the {what} at {}..{} lies outside the sentence at {}..{}",
                    span.start, span.end, sentence.start, sentence.end
                );
                report.findings.push(fault(Fault::Span, message));
            }
        }
    }
}

fn marks(evidence: &Evidence) -> impl Iterator<Item = (&'static str, CharSpan)> {
    [("head", evidence.head), ("tail", evidence.tail), ("cue", evidence.cue)]
        .into_iter()
        .filter_map(|(what, span)| Some((what, span?)))
}

fn check_mentions(graph: &KnowledgeGraph, texts: &Texts<'_>, report: &mut CheckReport) {
    for (_, entity) in graph.entities() {
        for mention in &entity.mentions {
            if let Slice::Outside = texts.slice(mention.document, mention.span) {
                report.findings.push(Finding {
                    fault: Fault::Mention,
                    subject: entity.name.clone(),
                    document: Some(document_name(graph, mention.document)),
                    message: format!(
                        "the mention at {}..{} lies outside the text",
                        mention.span.start, mention.span.end
                    ),
                });
            }
        }
    }
}

fn document_name(graph: &KnowledgeGraph, index: DocumentIndex) -> String {
    let record = graph.document(index);
    let source = &record.source;
    source.title.as_ref().or(source.uri.as_ref()).unwrap_or(&record.id).clone()
}

fn shortened(text: &str) -> String {
    const LONGEST: usize = 80;
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

enum Slice<'t> {
    Text(&'t str),
    Outside,
    NoText,
}

/// Texts with the byte at which every 64th code point begins, so that a look-up scans no more
/// than that: a graph has many spans per text, and counting from its start each time would take
/// the square of its length.
struct Texts<'g> {
    texts: Vec<Option<(&'g str, Vec<u32>)>>,
}

const STRIDE: usize = 64;

impl<'g> Texts<'g> {
    fn of(graph: &'g KnowledgeGraph) -> Self {
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

    fn slice(&self, document: DocumentIndex, span: CharSpan) -> Slice<'g> {
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

#[cfg(test)]
mod tests;
