//! Ids and IRIs of entities and claims in the formats that are not RDF.

use sha2::{Digest, Sha256};

use super::ExportOptions;
use crate::graph::{ClaimRef, Entity, KnowledgeGraph};
use crate::ontology::Schema;

pub(super) fn entity_iri(options: &ExportOptions, entity: &Entity) -> String {
    format!("{}{}/{}", options.base, entity.class.name().to_ascii_lowercase(), entity.key)
}

/// Sixteen hexadecimal digits that depend on the relation and the keys of its ends only.
pub(super) fn claim_id(graph: &KnowledgeGraph, schema: &Schema, claim: &ClaimRef) -> String {
    let mut hash = Sha256::new();
    hash.update(&schema.property(claim.property).name);
    hash.update([0]);
    hash.update(&graph.entity(claim.head).key);
    hash.update([0]);
    hash.update(&graph.entity(claim.tail).key);
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

pub(super) fn claim_iri(options: &ExportOptions, id: &str) -> String {
    format!("{}claim/{id}", options.base)
}
