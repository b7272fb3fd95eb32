//! From facts to a graph. A record is made only when all its parts are there; its facts are
//! then used up, and what is left over in the end is foreign.

use super::Loaded;
use super::facts::{Fact, Facts, NodeId, NodeNames};
use super::values::Value;
use crate::confidence::Confidence;
use crate::document::Source;
use crate::graph::{
    DocumentIndex, DocumentRecord, Entity, EntityIndex, EntityMention, Evidence, KnowledgeGraph,
    MentionForm, Modality, Origin, Polarity,
};
use crate::ontology::{PropertyId, SubclassId, TopClass};
use crate::rdf::mapping::{Assert, Predicate, is_asserted, is_contested, is_support};
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

struct Builder<'s> {
    facts: Facts<'s>,
    names: NodeNames,
    roles: Vec<Role>,
    graph: KnowledgeGraph,
}

/// Which facts a record has used: at most one of each term, and all those listed.
#[derive(Default)]
struct Used {
    terms: Vec<(Term, Value)>,
}

impl Used {
    fn add(&mut self, term: Term, value: Value) {
        self.terms.push((term, value));
    }

    /// Takes each used fact once from the facts of a node. `graph` is where they may stand
    /// beside the default graph.
    fn take(self, facts: &mut Vec<Fact>, graph: Option<NodeId>) {
        let mut left = self.terms;
        facts.retain(|fact| {
            let found = left.iter().position(|(term, value)| {
                fact.predicate == Predicate::Term(*term)
                    && fact.value == *value
                    && is_in(fact, graph)
            });
            match found {
                Some(at) => {
                    left.swap_remove(at);
                    false
                }
                None => true,
            }
        });
        facts.shrink_to_fit();
    }
}

fn is_in(fact: &Fact, graph: Option<NodeId>) -> bool {
    fact.graph.is_none() || fact.graph == graph
}

/// The facts of a node that count for a record.
#[derive(Clone, Copy)]
struct View<'f> {
    facts: &'f [Fact],
    graph: Option<NodeId>,
}

impl<'f> View<'f> {
    fn all(self, term: Term) -> impl Iterator<Item = Value> + use<'f> {
        let View { facts, graph } = self;
        facts
            .iter()
            .filter(move |fact| fact.predicate == Predicate::Term(term) && is_in(fact, graph))
            .map(|fact| fact.value)
    }

    fn first(self, term: Term) -> Option<Value> {
        self.all(term).next()
    }

    fn is_a(self, class: NodeClass) -> bool {
        self.all(Term::Type).any(|value| value == Value::NodeClass(class))
    }

    /// The first object of each term that there is, noted as used.
    fn use_first(self, term: Term, used: &mut Used) -> Option<Value> {
        let value = self.first(term)?;
        used.add(term, value);
        Some(value)
    }

    fn integer(self, term: Term, used: &mut Used) -> Option<u32> {
        match self.use_first(term, used)? {
            Value::Integer(number) => Some(number),
            _ => None,
        }
    }

    fn node(self, term: Term, used: &mut Used) -> Option<NodeId> {
        match self.use_first(term, used)? {
            Value::Node(node) => Some(node),
            _ => None,
        }
    }

    fn position(self, term: Term, used: &mut Used) -> Option<CharSpan> {
        match self.use_first(term, used)? {
            Value::Position(span) => Some(span),
            _ => None,
        }
    }
}

/// Evidence that is complete, and the facts it uses up.
struct Statement {
    evidence: Evidence,
    proposition: Option<(NodeId, PropertyId, NodeId)>,
    node: NodeId,
    document: NodeId,
    selector: NodeId,
    used: Used,
    used_of_selector: Used,
}

impl Builder<'_> {
    fn ids(&self) -> impl Iterator<Item = NodeId> + use<> {
        (0..self.facts.nodes.len() as u32).map(NodeId)
    }

    fn view(&self, node: NodeId, graph: Option<NodeId>) -> View<'_> {
        View { facts: &self.facts.nodes[node.0 as usize], graph }
    }

    fn take(&mut self, node: NodeId, graph: Option<NodeId>, used: Used) {
        used.take(&mut self.facts.nodes[node.0 as usize], graph);
    }

    fn text(&self, value: Value) -> Option<&str> {
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
        let mention = EntityMention {
            document: self.document(document)?,
            span: CharSpan { start, end },
            form: MentionForm::from_name(self.text(form)?)?,
        };
        Some((entity, mention, document, used))
    }

    fn claims(&mut self) {
        for node in self.ids() {
            if self.view(node, None).is_a(NodeClass::Claim) {
                self.claim(node);
            }
        }
        // In RDF 1.2, evidence that no claim node mentions says itself what it is about.
        for node in self.ids() {
            if let Some(statement) = self.statement(node)
                && let Some(proposition) = self.ends(statement.proposition)
            {
                self.add(proposition, statement);
            }
        }
    }

    fn claim(&mut self, node: NodeId) {
        let view = self.view(node, None);
        let mut used = Used::default();
        used.add(Term::Type, Value::NodeClass(NodeClass::Claim));
        let head = view.node(Term::Subject, &mut used);
        let tail = view.node(Term::Object, &mut used);
        let property = match view.use_first(Term::Predicate, &mut used) {
            Some(Value::Property(property)) => Some(property),
            _ => None,
        };
        let own = match (head, property, tail) {
            (Some(head), Some(property), Some(tail)) => Some((head, property, tail)),
            _ => None,
        };
        let links: Vec<Fact> = self.facts.nodes[node.0 as usize]
            .iter()
            .filter(|fact| fact.predicate == Predicate::Term(Term::Evidence))
            .copied()
            .collect();
        let mut claim = None;
        let mut linked = Vec::new();
        for link in links {
            let Value::Node(evidence) = link.value else {
                continue;
            };
            let Some(statement) = self.statement(evidence) else {
                continue;
            };
            let stands_right = link.graph.is_none() || link.graph == Some(statement.document);
            let Some(proposition) = self.ends(own.or(statement.proposition)) else {
                continue;
            };
            if !stands_right || (own.is_some() && !agrees(own, statement.proposition)) {
                continue;
            }
            linked.push((evidence, link.graph));
            claim = Some(self.add(proposition, statement));
        }
        let Some(claim) = claim else {
            return;
        };
        if is_contested(self.graph.claim(claim).evidence) {
            used.add(Term::Contested, Value::True);
        }
        self.take(node, None, used);
        linked.sort();
        self.facts.nodes[node.0 as usize].retain(|fact| match fact.value {
            Value::Node(evidence) if fact.predicate == Predicate::Term(Term::Evidence) => {
                linked.binary_search(&(evidence, fact.graph)).is_err()
            }
            _ => true,
        });
    }

    fn add(
        &mut self,
        (head, property, tail): (EntityIndex, PropertyId, EntityIndex),
        statement: Statement,
    ) -> crate::graph::ClaimIndex {
        let Statement { evidence, node, document, selector, used, used_of_selector, .. } =
            statement;
        self.take(node, Some(document), used);
        self.take(selector, Some(document), used_of_selector);
        self.graph.add_evidence(property, head, tail, evidence)
    }

    /// The evidence that a node is, if it is complete.
    fn statement(&self, node: NodeId) -> Option<Statement> {
        let facts = &self.facts.nodes[node.0 as usize];
        let document = link(facts, Term::WasDerivedFrom)?;
        let view = View { facts, graph: Some(document) };
        if !view.is_a(NodeClass::Evidence) {
            return None;
        }
        let mut used = Used::default();
        used.add(Term::Type, Value::NodeClass(NodeClass::Evidence));
        used.add(Term::WasDerivedFrom, Value::Node(document));
        used.add(Term::HasSource, Value::Node(document));
        let selector = view.node(Term::HasSelector, &mut used)?;
        let (quote, sentence, used_of_selector) = self.selector(selector, document)?;
        let polarity = view.use_first(Term::Polarity, &mut used)?;
        let modality = view.use_first(Term::Modality, &mut used)?;
        let attributed_to = match view.node(Term::AttributedTo, &mut used) {
            Some(speaker) => Some(self.entity(speaker)?),
            None => None,
        };
        let origin = match view.use_first(Term::Origin, &mut used) {
            Some(value) => Origin::from_text(self.text(value)?)?,
            None => Origin::Import,
        };
        let confidence = match view.use_first(Term::Confidence, &mut used) {
            Some(Value::Thousandths(value)) => Confidence::new(value as f32 / 1000.0)?,
            _ => Confidence::CERTAIN,
        };
        let proposition = match view.use_first(Term::Reifies, &mut used) {
            Some(Value::Proposition(at)) => Some(self.facts.propositions[at as usize]),
            _ => None,
        };
        let text = |term: Term, used: &mut Used| -> Option<Box<str>> {
            view.use_first(term, used).and_then(|value| self.text(value)).map(Into::into)
        };
        let evidence = Evidence {
            document: self.document(document)?,
            quote,
            sentence,
            head: view.position(Term::HeadPosition, &mut used),
            tail: view.position(Term::TailPosition, &mut used),
            cue: view.position(Term::CuePosition, &mut used),
            role: text(Term::Role, &mut used),
            polarity: Polarity::from_name(self.text(polarity)?)?,
            modality: Modality::from_name(self.text(modality)?)?,
            attributed_to,
            date: text(Term::Date, &mut used),
            origin,
            confidence,
        };
        Some(Statement { evidence, proposition, node, document, selector, used, used_of_selector })
    }

    fn selector(&self, node: NodeId, document: NodeId) -> Option<(Box<str>, CharSpan, Used)> {
        let view = self.view(node, Some(document));
        let mut used = Used::default();
        used.add(Term::Type, Value::NodeClass(NodeClass::QuoteSelector));
        used.add(Term::Type, Value::NodeClass(NodeClass::PositionSelector));
        let quote = view.use_first(Term::Exact, &mut used)?;
        let start = view.integer(Term::Start, &mut used)?;
        let end = view.integer(Term::End, &mut used)?;
        Some((self.text(quote)?.into(), CharSpan { start, end }, used))
    }

    /// Drops the plain triples that the claims make anyway.
    fn plain_triples(&mut self) {
        for node in self.ids() {
            let Some(head) = self.entity(node) else {
                continue;
            };
            let mut facts = std::mem::take(&mut self.facts.nodes[node.0 as usize]);
            facts.retain(|fact| !self.is_made_by_claim(head, fact));
            self.facts.nodes[node.0 as usize] = facts;
        }
    }

    fn is_made_by_claim(&self, head: EntityIndex, fact: &Fact) -> bool {
        let (Predicate::Relation(property), Value::Node(tail)) = (fact.predicate, fact.value)
        else {
            return false;
        };
        let Some(tail) = self.entity(tail) else {
            return false;
        };
        let makes = |head: EntityIndex, tail: EntityIndex| {
            let Some(claim) = self.graph.find_claim(property, head, tail) else {
                return false;
            };
            let evidence = self.graph.claim(claim).evidence;
            let stands_right =
                |evidence: &Evidence| match fact.graph.map(|graph| self.document(graph)) {
                    None => true,
                    Some(document) => Some(evidence.document) == document,
                };
            is_asserted(evidence, Assert::Reported)
                && evidence.iter().any(|e| is_support(e, Assert::Reported) && stands_right(e))
        };
        makes(head, tail) || (self.facts.schema.property(property).symmetric && makes(tail, head))
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

    fn document(&self, node: NodeId) -> Option<DocumentIndex> {
        match self.roles[node.0 as usize] {
            Role::Document(index) => Some(index),
            _ => None,
        }
    }

    fn entity(&self, node: NodeId) -> Option<EntityIndex> {
        match self.roles[node.0 as usize] {
            Role::Entity(index) => Some(index),
            _ => None,
        }
    }

    fn ends(
        &self,
        proposition: Option<(NodeId, PropertyId, NodeId)>,
    ) -> Option<(EntityIndex, PropertyId, EntityIndex)> {
        let (head, property, tail) = proposition?;
        Some((self.entity(head)?, property, self.entity(tail)?))
    }
}

/// The first object of a link, whatever the graph.
fn link(facts: &[Fact], term: Term) -> Option<NodeId> {
    facts.iter().find_map(|fact| match fact.value {
        Value::Node(node) if fact.predicate == Predicate::Term(term) => Some(node),
        _ => None,
    })
}

/// Whether evidence that says what it is about agrees with the claim that mentions it.
fn agrees(
    claim: Option<(NodeId, PropertyId, NodeId)>,
    evidence: Option<(NodeId, PropertyId, NodeId)>,
) -> bool {
    evidence.is_none() || claim == evidence
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
