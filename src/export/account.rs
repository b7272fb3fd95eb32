//! The account of loss: what a graph holds that a format has no place for, counted.

use super::report::{Loss, LossKind};
use super::{ExportOptions, Format};
use crate::graph::{Evidence, KnowledgeGraph, Modality};
use crate::rdf::mapping::{is_asserted, is_support};

/// Something that a graph may hold and that some formats have no place for. The rows of
/// [`super::FORMATS`] name what theirs leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Statements of other vocabularies, which a loaded graph brought along.
    Foreign,
    /// The texts of documents, unless they are left out on request.
    Texts,
    /// Title, publisher or language of a document.
    DocumentDetails,
    /// The places of texts that name an entity.
    Mentions,
    Aliases,
    SameAs,
    /// Statements of claims that have several: one is quoted, and the others are summed up.
    FurtherStatements,
    /// Where in the text a statement stands.
    Offsets,
    /// The office or description as worded.
    Roles,
    /// The date that a statement speaks of.
    Dates,
    /// Whose statement it is.
    Speakers,
    /// That a statement is planned, conditional or alleged.
    Modalities,
    /// What found the statement.
    Origins,
    Confidences,
    /// Which documents a claim stands in.
    DocumentsOfClaims,
    /// Claims that are not asserted (see [`is_asserted`]): denied, planned or only reported.
    Unasserted,
    /// Statements of asserted claims that do not assert them themselves.
    UnsupportiveStatements,
}

impl Part {
    /// How many of it a graph holds.
    pub fn count(self, graph: &KnowledgeGraph, options: &ExportOptions) -> u64 {
        let evidence = |counts: &dyn Fn(&Evidence) -> bool| {
            graph.claims().map(|claim| claim.evidence.iter().filter(|e| counts(e)).count()).sum()
        };
        let entities = |count: &dyn Fn(&crate::graph::Entity) -> usize| {
            graph.entities().map(|(_, entity)| count(entity)).sum()
        };
        let count: usize = match self {
            Part::Foreign => graph.foreign.len(),
            Part::Texts if !options.rdf.with_text => 0,
            Part::Texts => {
                graph.documents().filter(|(_, document)| document.text.is_some()).count()
            }
            Part::DocumentDetails => {
                let has_details = |source: &crate::document::Source| {
                    [&source.title, &source.publisher, &source.language]
                        .iter()
                        .any(|detail| detail.is_some())
                };
                graph.documents().filter(|(_, document)| has_details(&document.source)).count()
            }
            Part::Mentions => entities(&|entity| entity.mentions.len()),
            Part::Aliases => entities(&|entity| entity.aliases.len()),
            Part::SameAs => entities(&|entity| entity.same_as.len()),
            Part::FurtherStatements => {
                graph.claims().map(|claim| claim.evidence.len().saturating_sub(1)).sum()
            }
            Part::Offsets | Part::Origins | Part::Confidences => evidence(&|_| true),
            Part::Roles => evidence(&|e| e.role.is_some()),
            Part::Dates => evidence(&|e| e.date.is_some()),
            Part::Speakers => evidence(&|e| e.attributed_to.is_some()),
            Part::Modalities => evidence(&|e| e.modality != Modality::Asserted),
            Part::DocumentsOfClaims => graph.claim_count(),
            Part::Unasserted => graph
                .claims()
                .filter(|claim| !is_asserted(claim.evidence, options.rdf.assert))
                .count(),
            Part::UnsupportiveStatements => graph
                .claims()
                .filter(|claim| is_asserted(claim.evidence, options.rdf.assert))
                .flat_map(|claim| claim.evidence)
                .filter(|evidence| !is_support(evidence, options.rdf.assert))
                .count(),
        };
        count as u64
    }

    /// Completes "has no place for COUNT …".
    fn noun(self, count: u64) -> &'static str {
        let (one, many) = match self {
            Part::Foreign => {
                ("statement of other vocabularies", "statements of other vocabularies")
            }
            Part::Texts => ("text", "texts"),
            Part::DocumentDetails => {
                ("document's title and publisher", "documents' titles and publishers")
            }
            Part::Mentions => ("mention of an entity", "mentions of entities"),
            Part::Aliases => ("other name", "other names"),
            Part::SameAs => ("link to other data", "links to other data"),
            Part::FurtherStatements => {
                ("further statement, summed up", "further statements, summed up")
            }
            Part::Offsets => ("statement's place in its text", "statements' places in their texts"),
            Part::Roles => ("role", "roles"),
            Part::Dates => ("date spoken of", "dates spoken of"),
            Part::Speakers => ("speaker", "speakers"),
            Part::Modalities => ("statement's modality", "statements' modalities"),
            Part::Origins => ("statement's origin", "statements' origins"),
            Part::Confidences => ("statement's confidence", "statements' confidences"),
            Part::DocumentsOfClaims => ("relation's documents", "relations' documents"),
            Part::Unasserted => {
                ("relation that is not asserted", "relations that are not asserted")
            }
            Part::UnsupportiveStatements => (
                "statement that does not assert its relation",
                "statements that do not assert their relation",
            ),
        };
        if count == 1 { one } else { many }
    }
}

/// What `format` leaves out of this graph.
pub(super) fn left_out(
    graph: &KnowledgeGraph,
    options: &ExportOptions,
    format: &Format,
) -> impl Iterator<Item = Loss> {
    format.leaves_out.iter().filter_map(|part| {
        let count = part.count(graph, options);
        (count > 0).then(|| Loss { kind: LossKind::LeftOut, count, what: part.noun(count) })
    })
}
