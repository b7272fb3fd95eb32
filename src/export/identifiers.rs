//! Ids and IRIs of entities and claims, as the RDF of the same graph has them.

use super::ExportOptions;
use crate::graph::{ClaimRef, Entity, KnowledgeGraph};
use crate::ontology::Schema;
use crate::rdf::names::{NodeHash, claim_hash};

pub(super) fn entity_iri(options: &ExportOptions, entity: &Entity) -> String {
    let mut iri = String::new();
    options.base.push_entity(&entity.key, &mut iri);
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
        options.base.push_claim(&self.0, &mut iri);
        iri
    }

    /// Thirty-two hexadecimal digits, the last part of the IRI.
    pub fn text(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
