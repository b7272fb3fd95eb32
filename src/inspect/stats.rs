//! Counts over a whole graph.

use std::collections::BTreeMap;

use serde::Serialize;

use super::view::DocumentView;
use crate::graph::{KnowledgeGraph, Modality, Polarity, TextCopy};
use crate::ontology::{Schema, TopClass};

/// What a graph holds, in numbers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stats<'g> {
    pub documents: usize,
    /// Documents of which none is a copy of another; one without a text counts as one.
    pub independent_sources: usize,
    /// The documents that are copies.
    pub copies: Vec<CopyView<'g>>,
    /// Documents whose text the graph does not hold.
    pub documents_without_text: usize,
    pub entities: usize,
    pub claims: usize,
    pub evidence: usize,
    /// Evidence put as somebody's words.
    pub attributed: usize,
    /// Claims that at least one statement denies.
    pub contested_claims: usize,
    /// Statements of a loaded graph that are not in this program's vocabulary.
    pub foreign_statements: usize,
    pub classes: Vec<ClassCount>,
    pub relations: Vec<RelationCount>,
    pub polarity: Vec<NamedCount>,
    pub modality: Vec<NamedCount>,
}

/// A document that prints what another does.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CopyView<'g> {
    pub document: DocumentView<'g>,
    pub of: DocumentView<'g>,
    /// The share of the shorter text's wording that stands in the longer, rounded to hundredths.
    pub share: f64,
}

/// Entities of a top class, and of each of its subclasses that occurs, the largest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClassCount {
    #[serde(rename = "type")]
    pub class: &'static str,
    pub entities: usize,
    pub subtypes: Vec<NamedCount>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NamedCount {
    pub name: String,
    pub count: usize,
}

/// Claims and evidence of a relation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RelationCount {
    pub relation: String,
    pub label: String,
    pub claims: usize,
    pub evidence: usize,
    pub denied: usize,
    pub attributed: usize,
}

/// Counts everything once, in one pass over entities and one over claims.
pub fn stats<'g>(graph: &'g KnowledgeGraph, schema: &Schema) -> Stats<'g> {
    let mut stats = Stats {
        documents: graph.document_count(),
        independent_sources: graph.sources().total(),
        copies: graph.sources().copies().iter().map(|copy| copy_view(graph, copy)).collect(),
        documents_without_text: graph.documents().filter(|(_, one)| one.text.is_none()).count(),
        entities: graph.entity_count(),
        claims: graph.claim_count(),
        evidence: 0,
        attributed: 0,
        contested_claims: 0,
        foreign_statements: graph.foreign.len(),
        classes: class_counts(graph, schema),
        relations: Vec::new(),
        polarity: Vec::new(),
        modality: Vec::new(),
    };
    let mut relations = BTreeMap::new();
    let mut polarity = vec![0; Polarity::ALL.len()];
    let mut modality = vec![0; Modality::ALL.len()];
    for claim in graph.claims() {
        let count = relations.entry(claim.property).or_insert_with(|| {
            let property = schema.property(claim.property);
            RelationCount {
                relation: property.name.clone(),
                label: property.label.clone(),
                claims: 0,
                evidence: 0,
                denied: 0,
                attributed: 0,
            }
        });
        count.claims += 1;
        let mut contested = false;
        for evidence in claim.evidence {
            let denied = evidence.polarity == Polarity::Denied;
            contested |= denied;
            count.evidence += 1;
            count.denied += usize::from(denied);
            count.attributed += usize::from(evidence.attributed_to.is_some());
            polarity[evidence.polarity as usize] += 1;
            modality[evidence.modality as usize] += 1;
        }
        stats.contested_claims += usize::from(contested);
    }
    stats.relations = relations.into_values().collect();
    stats
        .relations
        .sort_by(|a, b| b.claims.cmp(&a.claims).then_with(|| a.relation.cmp(&b.relation)));
    stats.evidence = stats.relations.iter().map(|relation| relation.evidence).sum();
    stats.attributed = stats.relations.iter().map(|relation| relation.attributed).sum();
    stats.polarity = named(Polarity::ALL.iter().map(|one| one.name()), &polarity);
    stats.modality = named(Modality::ALL.iter().map(|one| one.name()), &modality);
    stats
}

fn copy_view<'g>(graph: &'g KnowledgeGraph, copy: &TextCopy) -> CopyView<'g> {
    CopyView {
        document: DocumentView::new(graph, copy.document),
        of: DocumentView::new(graph, copy.of),
        share: (copy.share * 100.0).round() / 100.0,
    }
}

fn named(names: impl Iterator<Item = &'static str>, counts: &[usize]) -> Vec<NamedCount> {
    names.zip(counts).map(|(name, &count)| NamedCount { name: name.to_owned(), count }).collect()
}

fn class_counts(graph: &KnowledgeGraph, schema: &Schema) -> Vec<ClassCount> {
    TopClass::ALL
        .into_iter()
        .map(|class| {
            let mut subtypes = BTreeMap::new();
            let mut entities = 0;
            for (_, entity) in graph.entities().filter(|(_, entity)| entity.class == class) {
                entities += 1;
                if let Some(subclass) = entity.subclass {
                    *subtypes.entry(subclass).or_insert(0) += 1;
                }
            }
            let mut subtypes: Vec<_> = subtypes
                .into_iter()
                .map(|(id, count)| NamedCount { name: schema.subclass(id).name.clone(), count })
                .collect();
            subtypes.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
            ClassCount { class: class.name(), entities, subtypes }
        })
        .collect()
}
