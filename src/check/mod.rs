//! Proves that a graph keeps its promises: every quote is the text at its offsets, every claim
//! has evidence, signatures hold, and what a statement marks lies inside its sentence.

mod leftovers;
mod quotes;
pub mod shapes;

use serde::Serialize;

use self::quotes::QuoteSearch;
use crate::graph::{ClaimRef, DocumentIndex, Evidence, KnowledgeGraph, Slice, Texts};
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
    /// The quote stands in no document of the graph.
    Fabricated,
    /// The quote stands in another document than the evidence says.
    Misattributed,
    /// The quote differs from the document's text in white space or typography alone.
    Altered,
    /// The quote stands in its document, but not at its offsets.
    Misplaced,
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
    /// A shape of SHACL is not met.
    Shape,
}

impl Fault {
    /// As in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Fault::Fabricated => "fabricated",
            Fault::Misattributed => "misattributed",
            Fault::Altered => "altered",
            Fault::Misplaced => "misplaced",
            Fault::NoEvidence => "no-evidence",
            Fault::Incomplete => "incomplete",
            Fault::Signature => "signature",
            Fault::Span => "span",
            Fault::Mention => "mention",
            Fault::Shape => "shape",
        }
    }
}

/// One broken promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub fault: Fault,
    /// The claim ("John Kirby spokespersonOf State Department") or the entity's name.
    pub subject: String,
    /// Title, address or id of the document.
    pub document: Option<String>,
    /// Which of the claim's evidence, from 1, in the order of `why`.
    pub evidence: Option<usize>,
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
    let mut quotes = QuoteSearch::new(graph);
    for claim in graph.claims() {
        report.claims += 1;
        check_claim(graph, schema, (&texts, &mut quotes), claim, &mut report);
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
    (texts, quotes): (&Texts<'_>, &mut QuoteSearch<'_>),
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
            evidence: None,
            message: "no evidence".into(),
        });
    }
    if !schema.allows(claim.property, head.class, tail.class) {
        report.findings.push(Finding {
            fault: Fault::Signature,
            subject: subject(),
            document: None,
            evidence: None,
            message: format!(
                "{} may not lead from {} to {}",
                property.name,
                head.class.name(),
                tail.class.name()
            ),
        });
    }
    for (at, evidence) in claim.evidence.iter().enumerate() {
        report.evidence += 1;
        let fault = |fault: Fault, message: String| Finding {
            fault,
            subject: subject(),
            document: Some(document_name(graph, evidence.document)),
            evidence: Some(at + 1),
            message,
        };
        match texts.slice(evidence.document, evidence.sentence) {
            Slice::NoText => report.quotes_unverifiable += 1,
            Slice::Text(text) if *text == *evidence.quote => report.quotes_verified += 1,
            there => {
                let (kind, mut message) = quotes.explain(evidence);
                let CharSpan { start, end } = evidence.sentence;
                message += &match there {
                    Slice::Text(text) => format!("; at {start}..{end} is {:?}", shortened(text)),
                    _ => format!("; {start}..{end} lies outside the text"),
                };
                report.findings.push(fault(kind, message));
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
                    evidence: None,
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

#[cfg(test)]
mod tests;
