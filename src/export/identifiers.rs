//! Ids and IRIs of entities and claims, as the RDF of the same graph has them.

use super::ExportOptions;
use crate::graph::{ClaimRef, Entity, KnowledgeGraph};
use crate::ontology::Schema;
use crate::rdf::names::{NodeHash, claim_hash};

pub(super) fn entity_iri(options: &ExportOptions, entity: &Entity) -> String {
    let mut iri = String::new();
    options.rdf.base.push_entity(&entity.key, &mut iri);
    iri
}

/// A claim by what it says: its id stays the same whatever else the graph holds.
pub(super) struct ClaimId(NodeHash);

impl ClaimId {
    pub fn new(graph: &KnowledgeGraph, schema: &Schema, claim: &ClaimRef) -> Self {
        Self(claim_hash(graph, schema, claim.index))
    }

    pub fn iri(&self, options: &ExportOptions) -> String {
        let mut iri = String::new();
        options.rdf.base.push_claim(&self.0, &mut iri);
        iri
    }

    /// Thirty-two hexadecimal digits, the last part of the IRI.
    pub fn text(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// A key as an XML name token: `/` becomes `.`, and what a token may not hold `_HEX_`.
/// Different keys give different ids.
pub(super) fn xml_id(key: &str) -> String {
    let mut id = String::with_capacity(key.len());
    for character in key.chars() {
        match character {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '-' => id.push(character),
            '/' => id.push('.'),
            _ => id.push_str(&format!("_{:x}_", character as u32)),
        }
    }
    id
}
