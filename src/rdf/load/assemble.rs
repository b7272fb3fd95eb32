//! From facts to a graph. A record is made only when all its parts are there; its facts are
//! then used up, and what is left over in the end is foreign.

use super::Loaded;
use super::facts::{Facts, NodeId, NodeNames};
use super::values::Value;
use super::view::{Used, View, link};
use crate::document::Source;
use crate::graph::{
    DocumentIndex, DocumentRecord, Entity, EntityIndex, EntityMention, KnowledgeGraph, MentionForm,
};
use crate::ontology::{SubclassId, TopClass};
use crate::rdf::names::Base;
use crate::rdf::vocabulary::{NodeClass, Term};
use crate::span::CharSpan;

pub fn assemble(mut facts: Facts<'_>, base: Option<&Base>) -> Loaded {
    let names = facts.node_names();
    let roles = vec![Role::None; facts.nodes.len()];
    let mut builder = Builder { facts, names, roles, graph: KnowledgeGraph::new() };
    let base = base.cloned().unwrap_or_else(|| builder.most_used_base());
    builder.documents(&base);
    let entities = builder.entities(&base);
    builder.mentions(entities);
    builder.claims();
    builder.plain_triples();
    let mut graph = builder.finish();
    graph = graph.canonical();
    Loaded { graph, base }
}

/// What a node has turned out to be, where other nodes need to know.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    None,
    Document(DocumentIndex),
    /// While mentions are collected, the index in a list; then that in the graph.
    Entity(EntityIndex),
}

/// The graph so far, and the facts that are not used up.
pub(super) struct Builder<'s> {
    pub(super) facts: Facts<'s>,
    names: NodeNames,
    roles: Vec<Role>,
    pub(super) graph: KnowledgeGraph,
}

impl Builder<'_> {
    pub(super) fn ids(&self) -> impl Iterator<Item = NodeId> + use<> {
        (0..self.facts.nodes.len() as u32).map(NodeId)
    }

    pub(super) fn view(&self, node: NodeId, graph: Option<NodeId>) -> View<'_> {
        View { facts: &self.facts.nodes[node.0 as usize], graph }
    }

    pub(super) fn take(&mut self, node: NodeId, graph: Option<NodeId>, used: Used) {
        used.take(&mut self.facts.nodes[node.0 as usize], graph);
    }

    pub(super) fn text(&self, value: Value) -> Option<&str> {
        match value {
            Value::Text(at) => self.facts.texts.get(at as usize).map(|text| &**text),
            Value::Shared(at) | Value::Date(at) => {
                self.facts.shared.get(at as usize).map(|text| &**text)
            }
            _ => None,
        }
    }

    fn is_document(&self, node: NodeId) -> bool {
        let view = self.view(node, None);
        view.is_a(NodeClass::Context) && view.is_a(NodeClass::NewsArticle)
    }

    /// The namespace of most documents; of those that are equally frequent, the first.
    fn most_used_base(&self) -> Base {
        let mut counts = std::collections::BTreeMap::<String, usize>::new();
        for node in self.ids().filter(|node| self.is_document(*node)) {
            if let Some(base) = Base::of_document(&self.names.text(node)) {
                *counts.entry(base.as_str().to_owned()).or_default() += 1;
            }
        }
        counts
            .into_iter()
            .rev()
            .max_by_key(|(_, count)| *count)
            .and_then(|(base, _)| Base::new(&base).ok())
            .unwrap_or_default()
    }

    fn documents(&mut self, base: &Base) {
        for node in self.ids() {
            if !self.is_document(node) {
                continue;
            }
            let view = self.view(node, None);
            let mut used = Used::default();
            used.add(Term::Type, Value::NodeClass(NodeClass::Context));
            used.add(Term::Type, Value::NodeClass(NodeClass::NewsArticle));
            let text = |term: Term, used: &mut Used| {
                view.use_first(term, used).and_then(|value| self.text(value)).map(str::to_owned)
            };
            let source = Source {
                title: text(Term::Title, &mut used),
                publisher: text(Term::Publisher, &mut used),
                published: text(Term::Issued, &mut used),
                language: text(Term::InLanguage, &mut used),
                uri: match view.use_first(Term::Url, &mut used) {
                    Some(Value::Node(uri)) => Some(self.names.text(uri)),
                    Some(other) => self.text(other).map(str::to_owned),
                    None => None,
                },
            };
            let text = text(Term::IsString, &mut used);
            let id = document_id(base, &self.names.text(node));
            let index = self.graph.add_document(DocumentRecord { id, source, text });
            self.roles[node.0 as usize] = Role::Document(index);
            self.take(node, None, used);
        }
    }

    fn entities(&mut self, base: &Base) -> Vec<Entity> {
        let mut entities = Vec::new();
        for node in self.ids() {
            let view = self.view(node, None);
            let Some((class, subclass)) = self.class_of(view) else {
                continue;
            };
            if self.roles[node.0 as usize] != Role::None {
                continue;
            }
            let mut used = Used::default();
            used.add(Term::Type, Value::TopClass(class));
            if let Some(subclass) = subclass {
                used.add(Term::Type, Value::Subclass(subclass));
            }
            let key = entity_key(base, &self.names.text(node));
            let label = view.use_first(Term::Label, &mut used).and_then(|value| self.text(value));
            // What has no name in our sense is called by the end of its IRI.
            let last = || key.rsplit(['/', '#']).next().unwrap_or(&key).to_owned();
            let name = label.map_or_else(last, str::to_owned);
            let mut aliases = Vec::new();
            for value in view.all(Term::AltLabel) {
                aliases.extend(self.text(value).map(str::to_owned));
                used.add(Term::AltLabel, value);
            }
            let mut same_as = Vec::new();
            for value in view.all(Term::SameAs) {
                if let Value::Node(same) = value {
                    same_as.push(self.names.text(same));
                    used.add(Term::SameAs, value);
                }
            }
            for value in view.all(Term::Identifier) {
                same_as.extend(self.text(value).map(str::to_owned));
                used.add(Term::Identifier, value);
            }
            aliases.sort();
            aliases.dedup();
            same_as.sort();
            same_as.dedup();
            self.roles[node.0 as usize] = Role::Entity(EntityIndex(entities.len() as u32));
            self.take(node, None, used);
            entities.push(Entity {
                key,
                class,
                subclass,
                name,
                aliases,
                same_as,
                mentions: Vec::new(),
            });
        }
        entities
    }

    fn class_of(&self, view: View<'_>) -> Option<(TopClass, Option<SubclassId>)> {
        let schema = self.facts.schema;
        let top = view.all(Term::Type).find_map(|value| match value {
            Value::TopClass(class) => Some(class),
            _ => None,
        });
        let subclass = view.all(Term::Type).find_map(|value| match value {
            Value::Subclass(class) => Some(class),
            _ => None,
        });
        Some((top.or(subclass.map(|class| schema.subclass(class).top))?, subclass))
    }

    /// Attaches mentions to their entities and moves the entities into the graph.
    fn mentions(&mut self, mut entities: Vec<Entity>) {
        for node in self.ids() {
            let Some((entity, mention, graph, used)) = self.mention(node) else {
                continue;
            };
            entities[entity.0 as usize].mentions.push(mention);
            self.take(node, Some(graph), used);
        }
        let mut moved = Vec::with_capacity(entities.len());
        for mut entity in entities {
            entity.mentions.sort();
            entity.mentions.dedup();
            moved.push(self.graph.add_entity(entity));
        }
        for role in &mut self.roles {
            if let Role::Entity(index) = role {
                *index = moved[index.0 as usize];
            }
        }
    }

    fn mention(&self, node: NodeId) -> Option<(EntityIndex, EntityMention, NodeId, Used)> {
        let facts = &self.facts.nodes[node.0 as usize];
        let document = link(facts, Term::ReferenceContext)?;
        let view = View { facts, graph: Some(document) };
        if !view.is_a(NodeClass::Phrase) {
            return None;
        }
        let mut used = Used::default();
        used.add(Term::Type, Value::NodeClass(NodeClass::Phrase));
        used.add(Term::ReferenceContext, Value::Node(document));
        let entity = self.entity(view.node(Term::IdentRef, &mut used)?)?;
        let start = view.integer(Term::BeginIndex, &mut used)?;
        let end = view.integer(Term::EndIndex, &mut used)?;
        let form = view.use_first(Term::MentionForm, &mut used)?;
        let form = MentionForm::from_name(self.text(form)?)?;
        // A kind that the ontology does not know is left over, and so kept as it stands.
        let subclass = view.first(Term::MentionSubtype).and_then(|value| {
            let subclass = self.facts.schema.subclass_id(self.text(value)?)?;
            used.add(Term::MentionSubtype, value);
            Some(subclass)
        });
        let mention = EntityMention {
            document: self.document(document)?,
            span: CharSpan { start, end },
            form,
            subclass,
        };
        Some((entity, mention, document, used))
    }

    /// What is left over is foreign.
    fn finish(mut self) -> KnowledgeGraph {
        let mut foreign = std::mem::take(&mut self.facts.foreign);
        for node in self.ids() {
            for fact in &self.facts.nodes[node.0 as usize] {
                foreign.push(self.facts.quad(&self.names, node, fact));
            }
        }
        self.graph.foreign = foreign;
        self.graph
    }

    pub(super) fn document(&self, node: NodeId) -> Option<DocumentIndex> {
        match self.roles[node.0 as usize] {
            Role::Document(index) => Some(index),
            _ => None,
        }
    }

    pub(super) fn entity(&self, node: NodeId) -> Option<EntityIndex> {
        match self.roles[node.0 as usize] {
            Role::Entity(index) => Some(index),
            _ => None,
        }
    }
}

/// The key of an entity; the IRI itself where the key would not lead back to it.
fn entity_key(base: &Base, iri: &str) -> String {
    let key = base.entity_key(iri);
    let mut again = String::new();
    base.push_entity(&key, &mut again);
    if again == iri { key } else { iri.to_owned() }
}

fn document_id(base: &Base, iri: &str) -> String {
    let id = base.document_id(iri);
    let mut again = String::new();
    base.push_document(&id, &mut again);
    if again == iri { id } else { iri.to_owned() }
}
