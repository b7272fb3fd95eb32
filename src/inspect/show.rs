//! All that a graph says of one entity.

use std::collections::BTreeMap;

use serde::Serialize;

use super::view::{ClaimView, DocumentView, EntityView};
use crate::graph::{ClaimRef, EntityIndex, KnowledgeGraph};
use crate::ontology::Schema;

/// An entity with its names, documents and claims.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ShowAnswer<'g> {
    #[serde(flatten)]
    pub entity: EntityView<'g>,
    pub aliases: Vec<&'g str>,
    pub same_as: Vec<&'g str>,
    pub documents: Vec<DocumentMentions<'g>>,
    /// Claims it is the head of, those with the most evidence first.
    pub claims_out: Vec<ClaimView<'g>>,
    /// Claims it is the tail of.
    pub claims_in: Vec<ClaimView<'g>>,
}

/// A document and how often it names the entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DocumentMentions<'g> {
    #[serde(flatten)]
    pub document: DocumentView<'g>,
    pub mentions: usize,
}

pub fn show<'g>(
    graph: &'g KnowledgeGraph,
    schema: &'g Schema,
    index: EntityIndex,
) -> ShowAnswer<'g> {
    let entity = graph.entity(index);
    let mut mentions = BTreeMap::new();
    for mention in &entity.mentions {
        *mentions.entry(mention.document).or_insert(0) += 1;
    }
    ShowAnswer {
        entity: EntityView::new(graph, schema, index),
        aliases: entity.aliases.iter().map(String::as_str).collect(),
        same_as: entity.same_as.iter().map(String::as_str).collect(),
        documents: mentions
            .into_iter()
            .map(|(document, mentions)| DocumentMentions {
                document: DocumentView::new(graph, document),
                mentions,
            })
            .collect(),
        claims_out: views(graph, schema, graph.claims_from(index)),
        claims_in: views(graph, schema, graph.claims_to(index)),
    }
}

fn views<'g>(
    graph: &'g KnowledgeGraph,
    schema: &'g Schema,
    claims: impl Iterator<Item = ClaimRef<'g>>,
) -> Vec<ClaimView<'g>> {
    let mut views: Vec<_> = claims.map(|claim| ClaimView::new(graph, schema, claim)).collect();
    views.sort_by(|a, b| {
        (a.relation, std::cmp::Reverse(a.counts.evidence), a.head.id, a.tail.id).cmp(&(
            b.relation,
            std::cmp::Reverse(b.counts.evidence),
            b.head.id,
            b.tail.id,
        ))
    });
    views
}
