//! The IRIs of a graph's nodes, with the hashes that are needed again at once kept.

use super::mapping::Mapping;
use super::names::{NodeHash, claim_hash, evidence_hash, mention_hash};
use super::statement::Node;
use crate::graph::ClaimIndex;

/// Appends IRIs of nodes, and remembers the hashes of the last claim and evidence: statements
/// come grouped, so each hash is needed several times in a row.
pub struct Iris<'g> {
    mapping: Mapping<'g>,
    claim: Option<(ClaimIndex, NodeHash)>,
    evidence: Option<(ClaimIndex, u32, NodeHash)>,
}

impl<'g> Iris<'g> {
    pub fn new(mapping: Mapping<'g>) -> Self {
        Self { mapping, claim: None, evidence: None }
    }

    pub fn push(&mut self, node: Node, out: &mut String) {
        let Mapping { graph, options, .. } = self.mapping;
        let base = &options.base;
        match node {
            Node::Document(document) => base.push_document(&graph.document(document).id, out),
            Node::Entity(entity) => base.push_entity(&graph.entity(entity).key, out),
            Node::Mention(entity, at) => {
                let entity = graph.entity(entity);
                base.push_mention(&mention_hash(graph, entity, &entity.mentions[at as usize]), out);
            }
            Node::Claim(claim) => base.push_claim(&self.claim_hash(claim), out),
            Node::Evidence(claim, at) => base.push_evidence(&self.evidence_hash(claim, at), out),
            Node::Selector(claim, at) => base.push_selector(&self.evidence_hash(claim, at), out),
        }
    }

    fn claim_hash(&mut self, claim: ClaimIndex) -> NodeHash {
        match self.claim {
            Some((known, hash)) if known == claim => hash,
            _ => {
                let hash = claim_hash(self.mapping.graph, self.mapping.schema, claim);
                self.claim = Some((claim, hash));
                hash
            }
        }
    }

    fn evidence_hash(&mut self, claim: ClaimIndex, at: u32) -> NodeHash {
        match self.evidence {
            Some((known, known_at, hash)) if (known, known_at) == (claim, at) => hash,
            _ => {
                let graph = self.mapping.graph;
                let of_claim = self.claim_hash(claim);
                let evidence = &graph.claim(claim).evidence[at as usize];
                let hash = evidence_hash(graph, &of_claim, evidence);
                self.evidence = Some((claim, at, hash));
                hash
            }
        }
    }
}
