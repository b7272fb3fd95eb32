//! The container: a petgraph behind read-only iterators, and the only way to add to it.

use std::collections::HashMap;
use std::sync::OnceLock;

use oxigraph::model::Quad;
use petgraph::Direction;
use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;

use super::sources::Sources;
use super::types::{DocumentRecord, Entity, Evidence};
use crate::ontology::PropertyId;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentIndex(pub u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityIndex(pub u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimIndex(pub u32);

struct Claim {
    property: PropertyId,
    evidence: Vec<Evidence>,
}

/// A claim: the proposition that `head` stands in relation `property` to `tail`, with its
/// evidence, of which there is at least one.
#[derive(Clone, Copy, Debug)]
pub struct ClaimRef<'g> {
    pub index: ClaimIndex,
    pub property: PropertyId,
    pub head: EntityIndex,
    pub tail: EntityIndex,
    pub evidence: &'g [Evidence],
}

/// Entities, claims with evidence, and the documents they come from.
///
/// One claim per property, head and tail. Indexes are dense, from 0, in order of insertion;
/// nothing is ever removed: what takes out makes a new graph of a [`super::Draft`].
#[derive(Default)]
pub struct KnowledgeGraph {
    documents: Vec<DocumentRecord>,
    graph: DiGraph<Entity, Claim, u32>,
    by_document: HashMap<String, DocumentIndex>,
    by_key: HashMap<String, EntityIndex>,
    by_proposition: HashMap<(PropertyId, EntityIndex, EntityIndex), ClaimIndex>,
    /// Statements of a loaded graph that are not in our vocabulary: kept, answered, exported.
    pub foreign: Vec<Quad>,
    /// Found when first asked for; forgotten when documents change.
    sources: OnceLock<Sources>,
}

pub(super) type Parts = (
    Vec<DocumentRecord>,
    Vec<Entity>,
    Vec<(EntityIndex, PropertyId, EntityIndex, Vec<Evidence>)>,
    Vec<Quad>,
);

impl KnowledgeGraph {
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a document, or finds the one of this id.
    pub fn add_document(&mut self, record: DocumentRecord) -> DocumentIndex {
        if let Some(&index) = self.by_document.get(&record.id) {
            return index;
        }
        self.sources = OnceLock::new();
        let index = DocumentIndex(self.documents.len() as u32);
        self.by_document.insert(record.id.clone(), index);
        self.documents.push(record);
        index
    }

    /// Adds an entity, or merges it into the one of this key: names, aliases, links and
    /// mentions are united, the first name and subclass stay.
    pub fn add_entity(&mut self, entity: Entity) -> EntityIndex {
        let Some(&index) = self.by_key.get(&entity.key) else {
            let index = EntityIndex(self.graph.node_count() as u32);
            self.by_key.insert(entity.key.clone(), index);
            self.graph.add_node(entity);
            return index;
        };
        let known = &mut self.graph[NodeIndex::from(index.0)];
        known.subclass = known.subclass.or(entity.subclass);
        if entity.name != known.name {
            known.aliases.push(entity.name);
        }
        known.aliases.extend(entity.aliases);
        known.aliases.retain(|alias| *alias != known.name);
        sort_unique(&mut known.aliases);
        known.same_as.extend(entity.same_as);
        sort_unique(&mut known.same_as);
        known.mentions.extend(entity.mentions);
        sort_unique(&mut known.mentions);
        index
    }

    /// Adds one statement of a proposition. An equal statement is not added twice.
    ///
    /// # Panics
    /// When an index is not of this graph.
    pub fn add_evidence(
        &mut self,
        property: PropertyId,
        head: EntityIndex,
        tail: EntityIndex,
        evidence: Evidence,
    ) -> ClaimIndex {
        assert!((evidence.document.0 as usize) < self.documents.len(), "a document of this graph");
        if let Some(&index) = self.by_proposition.get(&(property, head, tail)) {
            let claim = &mut self.graph[EdgeIndex::from(index.0)];
            if !claim.evidence.contains(&evidence) {
                claim.evidence.push(evidence);
            }
            return index;
        }
        let claim = Claim { property, evidence: vec![evidence] };
        let edge = self.graph.add_edge(NodeIndex::from(head.0), NodeIndex::from(tail.0), claim);
        let index = ClaimIndex(edge.index() as u32);
        self.by_proposition.insert((property, head, tail), index);
        index
    }

    pub fn documents(&self) -> impl ExactSizeIterator<Item = (DocumentIndex, &DocumentRecord)> {
        self.documents.iter().enumerate().map(|(at, record)| (DocumentIndex(at as u32), record))
    }

    pub fn document(&self, index: DocumentIndex) -> &DocumentRecord {
        &self.documents[index.0 as usize]
    }

    pub(super) fn set_text(&mut self, index: DocumentIndex, text: String) {
        self.sources = OnceLock::new();
        self.documents[index.0 as usize].text = Some(text);
    }

    pub fn document_by_id(&self, id: &str) -> Option<DocumentIndex> {
        self.by_document.get(id).copied()
    }

    /// Which documents are copies of one text. Compares all texts when first asked.
    pub fn sources(&self) -> &Sources {
        self.sources.get_or_init(|| Sources::of(self))
    }

    pub fn entities(&self) -> impl ExactSizeIterator<Item = (EntityIndex, &Entity)> {
        self.graph
            .raw_nodes()
            .iter()
            .enumerate()
            .map(|(at, node)| (EntityIndex(at as u32), &node.weight))
    }

    pub fn entity(&self, index: EntityIndex) -> &Entity {
        &self.graph[NodeIndex::from(index.0)]
    }

    pub(super) fn entity_mut(&mut self, index: EntityIndex) -> &mut Entity {
        &mut self.graph[NodeIndex::from(index.0)]
    }

    pub fn entity_by_key(&self, key: &str) -> Option<EntityIndex> {
        self.by_key.get(key).copied()
    }

    pub fn claims(&self) -> impl ExactSizeIterator<Item = ClaimRef<'_>> {
        self.graph.raw_edges().iter().enumerate().map(|(at, edge)| ClaimRef {
            index: ClaimIndex(at as u32),
            property: edge.weight.property,
            head: EntityIndex(edge.source().index() as u32),
            tail: EntityIndex(edge.target().index() as u32),
            evidence: &edge.weight.evidence,
        })
    }

    pub fn claim(&self, index: ClaimIndex) -> ClaimRef<'_> {
        let edge = &self.graph.raw_edges()[index.0 as usize];
        ClaimRef {
            index,
            property: edge.weight.property,
            head: EntityIndex(edge.source().index() as u32),
            tail: EntityIndex(edge.target().index() as u32),
            evidence: &edge.weight.evidence,
        }
    }

    pub fn find_claim(
        &self,
        property: PropertyId,
        head: EntityIndex,
        tail: EntityIndex,
    ) -> Option<ClaimIndex> {
        self.by_proposition.get(&(property, head, tail)).copied()
    }

    /// Claims whose head is `entity`. Work in the order of the entity's degree.
    pub fn claims_from(&self, entity: EntityIndex) -> impl Iterator<Item = ClaimRef<'_>> {
        self.adjacent(entity, Direction::Outgoing)
    }

    /// Claims whose tail is `entity`. Work in the order of the entity's degree.
    pub fn claims_to(&self, entity: EntityIndex) -> impl Iterator<Item = ClaimRef<'_>> {
        self.adjacent(entity, Direction::Incoming)
    }

    pub fn entity_count(&self) -> usize {
        self.graph.node_count()
    }

    pub fn claim_count(&self) -> usize {
        self.graph.edge_count()
    }

    pub fn document_count(&self) -> usize {
        self.documents.len()
    }

    /// Adds a whole claim; evidence is added to the claim of the same proposition.
    pub(super) fn add_claim(
        &mut self,
        property: PropertyId,
        head: EntityIndex,
        tail: EntityIndex,
        evidence: Vec<Evidence>,
    ) {
        if evidence.is_empty() {
            return;
        }
        if self.by_proposition.contains_key(&(property, head, tail)) {
            for item in evidence {
                self.add_evidence(property, head, tail, item);
            }
            return;
        }
        let claim = Claim { property, evidence };
        let edge = self.graph.add_edge(NodeIndex::from(head.0), NodeIndex::from(tail.0), claim);
        self.by_proposition.insert((property, head, tail), ClaimIndex(edge.index() as u32));
    }

    /// Documents, entities, claims as head, property, tail and evidence, and foreign statements.
    pub(super) fn into_parts(self) -> Parts {
        let (nodes, edges) = self.graph.into_nodes_edges();
        let claims = edges
            .into_iter()
            .map(|edge| {
                let head = EntityIndex(edge.source().index() as u32);
                let tail = EntityIndex(edge.target().index() as u32);
                (head, edge.weight.property, tail, edge.weight.evidence)
            })
            .collect();
        let entities = nodes.into_iter().map(|node| node.weight).collect();
        (self.documents, entities, claims, self.foreign)
    }

    fn adjacent(
        &self,
        entity: EntityIndex,
        direction: Direction,
    ) -> impl Iterator<Item = ClaimRef<'_>> {
        self.graph
            .edges_directed(NodeIndex::from(entity.0), direction)
            .map(|edge| self.claim(ClaimIndex(edge.id().index() as u32)))
    }
}

fn sort_unique<T: Ord>(values: &mut Vec<T>) {
    values.sort();
    values.dedup();
}
