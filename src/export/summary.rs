//! One claim on one line: what the formats say that have no place for single statements.

use std::collections::BTreeSet;

use super::ExportOptions;
use super::order::CanonicalOrder;
use crate::graph::{ClaimRef, Evidence, KnowledgeGraph};
use crate::rdf::mapping::{is_asserted, is_support};

/// Stands for a value on which the statements of a claim differ.
pub(super) const MIXED: &str = "mixed";

pub(super) struct ClaimSummary<'g> {
    /// How many statements there are.
    pub weight: usize,
    /// `affirmed`, `denied` or `mixed`.
    pub polarity: &'static str,
    /// The modality of all statements, or `mixed`.
    pub modality: &'static str,
    /// Whether the claim is also a plain triple in RDF with the same options.
    pub asserted: bool,
    /// Names of those whose statements these are, without the articles' own voice; sorted.
    pub speakers: Vec<&'g str>,
    /// The offices and descriptions as worded; sorted.
    pub roles: Vec<&'g str>,
    /// The dates spoken of; sorted.
    pub dates: Vec<&'g str>,
    /// The dates on which the documents were published; sorted.
    pub published: Vec<&'g str>,
    /// A sentence that says so: the first, in the canonical order, of those that support the
    /// plain triple, or else of all.
    pub quote: &'g str,
    /// Addresses of the documents, or their ids where they have none; in canonical order.
    pub documents: Vec<&'g str>,
    /// The highest of all statements, 0 to 1.
    pub confidence: f32,
}

impl<'g> ClaimSummary<'g> {
    pub fn new(
        graph: &'g KnowledgeGraph,
        options: &ExportOptions,
        order: &CanonicalOrder,
        claim: ClaimRef<'g>,
    ) -> Self {
        let evidence = order.evidence(claim);
        let speaker =
            |e: &&'g Evidence| e.attributed_to.map(|speaker| graph.entity(speaker).name.as_str());
        let mut documents: Vec<_> = evidence.iter().map(|e| e.document).collect();
        documents.dedup();
        let supporting = evidence.iter().find(|e| is_support(e, options.rdf.assert));
        let quoted = supporting.or(evidence.first());
        Self {
            weight: evidence.len(),
            polarity: common(evidence.iter().map(|e| e.polarity.name())),
            modality: common(evidence.iter().map(|e| e.modality.name())),
            asserted: is_asserted(claim.evidence, options.rdf.assert),
            speakers: distinct(evidence.iter().filter_map(speaker)),
            roles: distinct(evidence.iter().filter_map(|e| e.role.as_deref())),
            dates: distinct(evidence.iter().filter_map(|e| e.date.as_deref())),
            published: distinct(
                documents
                    .iter()
                    .filter_map(|&index| graph.document(index).source.published.as_deref()),
            ),
            quote: quoted.map_or("", |e| &e.quote),
            documents: documents
                .into_iter()
                .map(|index| graph.document(index))
                .map(|document| document.source.uri.as_deref().unwrap_or(&document.id))
                .collect(),
            confidence: evidence.iter().map(|e| e.confidence.value()).fold(0.0, f32::max),
        }
    }
}

fn distinct<'v>(values: impl Iterator<Item = &'v str>) -> Vec<&'v str> {
    let values: BTreeSet<&str> = values.collect();
    values.into_iter().collect()
}

/// The value that all share, or [`MIXED`].
fn common(mut values: impl Iterator<Item = &'static str>) -> &'static str {
    let first = values.next().unwrap_or(MIXED);
    if values.all(|value| value == first) { first } else { MIXED }
}
