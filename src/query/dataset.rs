//! A graph made ready for queries: the graph itself, the indexes that patterns need, and how
//! nodes are found by their IRIs.

use std::cell::{Cell, OnceCell};
use std::collections::HashMap;

use super::extra::Extra;
use super::index::{
    Adjacency, Grouped, HashIndex, claims_by_property, entities_by_class, evidence_by_document,
    evidence_by_speaker, hash_of, mentions_by_document,
};
use super::term::Key;
use crate::graph::{ClaimIndex, DocumentIndex, EntityIndex, KnowledgeGraph, Origin};
use crate::ontology::{PropertyId, Schema};
use crate::rdf::mapping::{Mapping, MappingOptions, Node, Profile};
use crate::rdf::names::{NodeHash, NodeName, claim_hash, evidence_hash, mention_hash};
use crate::rdf::vocabulary::{ONTOLOGY_GRAPH, Term};

/// A graph that can be queried. Making one costs nothing; indexes are made when a query first
/// needs them and kept for the next.
pub struct GraphDataset<'g> {
    pub(super) mapping: Mapping<'g>,
    pub(super) ontology: Extra<'g>,
    pub(super) foreign: Extra<'g>,
    /// IRIs in the graph's own texts that name a node or a word of the vocabulary.
    own_iris: OnceCell<HashMap<&'g str, Key<'static>>>,
    origins: OnceCell<HashMap<&'g Origin, Box<str>>>,
    outgoing: OnceCell<Adjacency>,
    incoming: OnceCell<Adjacency>,
    by_property: OnceCell<Grouped<(PropertyId, ClaimIndex)>>,
    by_class: OnceCell<Grouped<EntityIndex>>,
    by_speaker: OnceCell<Grouped<(ClaimIndex, u32)>>,
    evidence_by_document: OnceCell<Grouped<(ClaimIndex, u32)>>,
    mentions_by_document: OnceCell<Grouped<(EntityIndex, u32)>>,
    hashes: OnceCell<HashIndex<Node>>,
    /// Per word of the vocabulary, nodes by the hash of their value.
    values: Vec<OnceCell<HashIndex<Node>>>,
    visited: Cell<u64>,
}

impl<'g> GraphDataset<'g> {
    /// Answers as an export with `options` would be written.
    pub fn new(graph: &'g KnowledgeGraph, schema: &'g Schema, options: &'g MappingOptions) -> Self {
        Self {
            mapping: Mapping::new(graph, schema, options),
            ontology: Extra::new(schema.quads(), true),
            foreign: Extra::new(&graph.foreign, false),
            own_iris: OnceCell::new(),
            origins: OnceCell::new(),
            outgoing: OnceCell::new(),
            incoming: OnceCell::new(),
            by_property: OnceCell::new(),
            by_class: OnceCell::new(),
            by_speaker: OnceCell::new(),
            evidence_by_document: OnceCell::new(),
            mentions_by_document: OnceCell::new(),
            hashes: OnceCell::new(),
            values: Term::ALL.iter().map(|_| OnceCell::new()).collect(),
            visited: Cell::new(0),
        }
    }

    /// The IRI below which the data is named; `ngd:` in queries.
    pub fn base(&self) -> &'g str {
        self.mapping.options.base.as_str()
    }

    /// How many statements were looked at since the dataset was made: what patterns cost,
    /// counted and not timed.
    pub fn visited(&self) -> u64 {
        self.visited.get()
    }

    pub(super) fn count_visited(&self, statements: u64) {
        self.visited.set(self.visited.get() + statements);
    }

    /// The name of the entity with this IRI, or the title of the document.
    pub fn label(&self, iri: &str) -> Option<String> {
        match self.node_of_name(iri)? {
            Node::Entity(entity) => Some(self.mapping.graph.entity(entity).name.clone()),
            Node::Document(document) => self.mapping.graph.document(document).source.title.clone(),
            _ => None,
        }
    }

    pub(super) fn has_document_graphs(&self) -> bool {
        self.mapping.options.profile == Profile::NamedGraphs
    }

    pub(super) fn ontology_graph(&self) -> Key<'static> {
        // The name of the ontology is no word of it and names no node.
        Key::Iri(ONTOLOGY_GRAPH)
    }

    pub(super) fn ontology_blanks(&self) -> u32 {
        self.ontology.blanks()
    }

    pub(super) fn outgoing(&self) -> &Adjacency {
        self.outgoing.get_or_init(|| Adjacency::from(self.mapping.graph))
    }

    pub(super) fn incoming(&self) -> &Adjacency {
        self.incoming.get_or_init(|| Adjacency::to(self.mapping.graph))
    }

    pub(super) fn by_property(&self) -> &Grouped<(PropertyId, ClaimIndex)> {
        let Mapping { graph, schema, .. } = self.mapping;
        self.by_property.get_or_init(|| claims_by_property(graph, schema))
    }

    pub(super) fn by_class(&self) -> &Grouped<EntityIndex> {
        let Mapping { graph, schema, .. } = self.mapping;
        self.by_class.get_or_init(|| entities_by_class(graph, schema))
    }

    pub(super) fn by_speaker(&self) -> &Grouped<(ClaimIndex, u32)> {
        self.by_speaker.get_or_init(|| evidence_by_speaker(self.mapping.graph))
    }

    pub(super) fn evidence_of(&self, document: DocumentIndex) -> &[(ClaimIndex, u32)] {
        let index =
            self.evidence_by_document.get_or_init(|| evidence_by_document(self.mapping.graph));
        index.group(document.0 as usize)
    }

    pub(super) fn mentions_in(&self, document: DocumentIndex) -> &[(EntityIndex, u32)] {
        let index =
            self.mentions_by_document.get_or_init(|| mentions_by_document(self.mapping.graph));
        index.group(document.0 as usize)
    }

    /// Nodes that may have the value `key` for `term`; `scan` lists all values of the term.
    pub(super) fn nodes_by_value(
        &self,
        term: Term,
        key: Key<'_>,
        scan: impl FnOnce(&mut dyn FnMut(Node, u32)),
    ) -> &[(u32, Node)] {
        let index = self.values[term as usize].get_or_init(|| {
            let mut entries = Vec::new();
            scan(&mut |node, hash| entries.push((hash, node)));
            HashIndex::new(entries)
        });
        index.candidates(hash_of(&key))
    }

    pub(super) fn origin_text(&self, origin: &Origin) -> &str {
        let texts = self.origins.get_or_init(|| {
            let mut texts = HashMap::new();
            for claim in self.mapping.graph.claims() {
                for evidence in claim.evidence {
                    let origin = &evidence.origin;
                    texts.entry(origin).or_insert_with(|| origin.to_text().into_boxed_str());
                }
            }
            texts
        });
        texts.get(origin).map_or("", |text| text)
    }

    /// The key of an IRI that the graph itself holds: nearly always none of its own nodes.
    pub(super) fn own_iri_key<'a>(&'a self, iri: &'g str) -> Key<'a> {
        let own = self.own_iris.get_or_init(|| {
            let graph = self.mapping.graph;
            let addresses =
                graph.documents().filter_map(|(_, record)| record.source.uri.as_deref());
            let links =
                graph.entities().flat_map(|(_, entity)| entity.same_as.iter().map(String::as_str));
            let named = addresses.chain(links).filter_map(|iri| {
                Some((
                    iri,
                    match self.iri_key(iri) {
                        Key::Node(node) => Key::Node(node),
                        Key::TopClass(class) => Key::TopClass(class),
                        Key::Subclass(class) => Key::Subclass(class),
                        Key::NodeClass(class) => Key::NodeClass(class),
                        Key::Property(property) => Key::Property(property),
                        Key::Word(word) => Key::Word(word),
                        _ => return None,
                    },
                ))
            });
            named.collect()
        });
        if own.is_empty() {
            return Key::Iri(iri);
        }
        own.get(iri).copied().unwrap_or(Key::Iri(iri))
    }

    /// The node with exactly this IRI.
    pub(super) fn node_of_iri(&self, iri: &str) -> Option<Node> {
        let node = self.node_of_name(iri)?;
        // A key may be written in more than one way; only one of them is the node's IRI.
        let mut written = String::with_capacity(iri.len());
        self.mapping.push_iri(node, &mut written);
        (written == iri).then_some(node)
    }

    fn node_of_name(&self, iri: &str) -> Option<Node> {
        let graph = self.mapping.graph;
        match self.mapping.options.base.name_of(iri)? {
            NodeName::Entity(key) => graph
                .entity_by_key(&key)
                .map(Node::Entity)
                .or_else(|| graph.document_by_id(&key).map(Node::Document)),
            NodeName::Document(id) => graph.document_by_id(&id).map(Node::Document),
            NodeName::Mention(hash) => {
                self.by_hash(&hash, |node| matches!(node, Node::Mention(..)))
            }
            NodeName::Claim(hash) => self.by_hash(&hash, |node| matches!(node, Node::Claim(_))),
            NodeName::Evidence(hash) => {
                self.by_hash(&hash, |node| matches!(node, Node::Evidence(..)))
            }
            NodeName::Selector(hash) => self
                .by_hash(&hash, |node| matches!(node, Node::Evidence(..)))
                .map(|node| match node {
                    Node::Evidence(claim, at) => Node::Selector(claim, at),
                    other => other,
                }),
        }
    }

    /// The node of the right kind with this hash in its IRI.
    fn by_hash(&self, hash: &NodeHash, right: fn(&Node) -> bool) -> Option<Node> {
        let index = self.hashes.get_or_init(|| self.hash_all());
        let candidates = index.candidates(start_of(hash)).iter().map(|(_, node)| *node);
        candidates.filter(right).find(|node| self.hash_of_node(*node) == Some(*hash))
    }

    fn hash_all(&self) -> HashIndex<Node> {
        let Mapping { graph, schema, .. } = self.mapping;
        let mut entries = Vec::new();
        for claim in graph.claims() {
            let hash = claim_hash(graph, schema, claim.index);
            entries.push((start_of(&hash), Node::Claim(claim.index)));
            for (at, evidence) in claim.evidence.iter().enumerate() {
                let hash = evidence_hash(graph, &hash, evidence);
                entries.push((start_of(&hash), Node::Evidence(claim.index, at as u32)));
            }
        }
        for (index, entity) in graph.entities() {
            for (at, mention) in entity.mentions.iter().enumerate() {
                let hash = mention_hash(graph, entity, mention);
                entries.push((start_of(&hash), Node::Mention(index, at as u32)));
            }
        }
        HashIndex::new(entries)
    }

    fn hash_of_node(&self, node: Node) -> Option<NodeHash> {
        let Mapping { graph, schema, .. } = self.mapping;
        match node {
            Node::Claim(claim) => Some(claim_hash(graph, schema, claim)),
            Node::Evidence(claim, at) => {
                let hash = claim_hash(graph, schema, claim);
                let evidence = graph.claim(claim).evidence.get(at as usize)?;
                Some(evidence_hash(graph, &hash, evidence))
            }
            Node::Mention(entity, at) => {
                let entity = graph.entity(entity);
                Some(mention_hash(graph, entity, entity.mentions.get(at as usize)?))
            }
            _ => None,
        }
    }
}

fn start_of(hash: &NodeHash) -> u32 {
    u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]])
}
