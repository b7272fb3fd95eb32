//! The one definition of which statements a graph makes.
//!
//! Statements are compact: nodes are indexes, texts are borrowed from the graph, and they are
//! handed to a callback. The writers turn them into bytes and the query engine answers over
//! them, so that `query` sees exactly what `export` writes. The ontology and the statements
//! kept from other vocabularies ([`KnowledgeGraph::foreign`]) are not part of this.

pub use super::iris::Iris;
use super::names::Base;
use super::statement::iri_or_text;
pub use super::statement::{Node, Object, Predicate, Statement, date};
use super::vocabulary::{NodeClass, Term};
use crate::graph::{
    ClaimRef, DocumentIndex, EntityIndex, Evidence, KnowledgeGraph, Modality, Polarity,
};
use crate::ontology::Schema;

/// How evidence is attached to claims.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// RDF 1.1: claim nodes with `rdf:subject`, `rdf:predicate`, `rdf:object`.
    #[default]
    Default,
    /// RDF 1.2: every evidence is a reifier of the proposition.
    Rdf12,
    /// RDF 1.1 datasets: what a document says stands in the graph of its name.
    NamedGraphs,
}

/// Which claims become plain triples beside their evidence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Assert {
    /// What an article asserts in its own voice.
    #[default]
    Narrator,
    /// Also what somebody is reported to assert.
    Reported,
}

/// What a graph written as RDF should look like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappingOptions {
    pub profile: Profile,
    pub assert: Assert,
    pub base: Base,
    /// Whether the texts of documents are written.
    pub with_text: bool,
}

impl Default for MappingOptions {
    fn default() -> Self {
        Self {
            profile: Profile::Default,
            assert: Assert::Narrator,
            base: Base::default(),
            with_text: true,
        }
    }
}

/// A graph as statements.
#[derive(Clone, Copy)]
pub struct Mapping<'g> {
    pub graph: &'g KnowledgeGraph,
    pub schema: &'g Schema,
    pub options: &'g MappingOptions,
}

impl<'g> Mapping<'g> {
    pub fn new(graph: &'g KnowledgeGraph, schema: &'g Schema, options: &'g MappingOptions) -> Self {
        Self { graph, schema, options }
    }

    /// Every statement of the graph once: entities, documents, then each claim with its
    /// plain triples and evidence, and mentions last.
    pub fn all(&self, sink: &mut impl FnMut(Statement<'g>)) {
        for (entity, _) in self.graph.entities() {
            self.entity(entity, sink);
        }
        for (document, _) in self.graph.documents() {
            self.document(document, sink);
        }
        for claim in self.graph.claims() {
            self.direct(claim, sink);
            self.claim(claim, sink);
            for at in 0..claim.evidence.len() as u32 {
                self.evidence(claim, at, sink);
                self.selector(claim, at, sink);
            }
        }
        for (entity, record) in self.graph.entities() {
            for at in 0..record.mentions.len() as u32 {
                self.mention(entity, at, sink);
            }
        }
    }

    /// Every statement whose subject is `node`.
    pub fn about(&self, node: Node, sink: &mut impl FnMut(Statement<'g>)) {
        match node {
            Node::Document(document) => self.document(document, sink),
            Node::Entity(entity) => {
                self.entity(entity, sink);
                self.direct_from(entity, sink);
            }
            Node::Mention(entity, at) => self.mention(entity, at, sink),
            Node::Claim(claim) => self.claim(self.graph.claim(claim), sink),
            Node::Evidence(claim, at) => self.evidence(self.graph.claim(claim), at, sink),
            Node::Selector(claim, at) => self.selector(self.graph.claim(claim), at, sink),
        }
    }

    /// What is stated of a document: always in the default graph.
    pub fn document(&self, document: DocumentIndex, sink: &mut impl FnMut(Statement<'g>)) {
        let record = self.graph.document(document);
        let mut say = say(Node::Document(document), None, sink);
        say(Term::Type, Object::NodeClass(NodeClass::NewsArticle));
        say(Term::Type, Object::NodeClass(NodeClass::Context));
        let source = &record.source;
        if let Some(title) = &source.title {
            say(Term::Title, Object::Text(title));
        }
        if let Some(publisher) = &source.publisher {
            say(Term::Publisher, Object::Text(publisher));
        }
        if let Some(published) = &source.published {
            say(Term::Issued, date(published));
        }
        if let Some(language) = &source.language {
            say(Term::InLanguage, Object::Text(language));
        }
        if let Some(uri) = &source.uri {
            say(Term::Url, iri_or_text(uri));
        }
        if let (Some(text), true) = (&record.text, self.options.with_text) {
            say(Term::IsString, Object::Text(text));
        }
    }

    /// Classes, names and links of an entity, without its relations; in the default graph.
    pub fn entity(&self, entity: EntityIndex, sink: &mut impl FnMut(Statement<'g>)) {
        let record = self.graph.entity(entity);
        let mut say = say(Node::Entity(entity), None, sink);
        if let Some(subclass) = record.subclass {
            say(Term::Type, Object::Subclass(subclass));
        }
        say(Term::Type, Object::TopClass(record.class));
        say(Term::Label, Object::Text(&record.name));
        for alias in &record.aliases {
            say(Term::AltLabel, Object::Text(alias));
        }
        for same in &record.same_as {
            match iri_or_text(same) {
                Object::Text(text) => say(Term::Identifier, Object::Text(text)),
                iri => say(Term::SameAs, iri),
            }
        }
    }

    /// One place where a text names an entity.
    pub fn mention(&self, entity: EntityIndex, at: u32, sink: &mut impl FnMut(Statement<'g>)) {
        let mention = self.graph.entity(entity).mentions[at as usize];
        let mut say = say(Node::Mention(entity, at), self.graph_of(mention.document), sink);
        say(Term::Type, Object::NodeClass(NodeClass::Phrase));
        say(Term::IdentRef, Object::Node(Node::Entity(entity)));
        say(Term::ReferenceContext, Object::Node(Node::Document(mention.document)));
        say(Term::BeginIndex, Object::Integer(mention.span.start));
        say(Term::EndIndex, Object::Integer(mention.span.end));
        say(Term::MentionForm, Object::Text(mention.form.name()));
        if let Some(subclass) = mention.subclass {
            say(Term::MentionSubtype, Object::Text(&self.schema.subclass(subclass).name));
        }
    }

    /// The claim node and its links to evidence. The links stand where the evidence stands.
    pub fn claim(&self, claim: ClaimRef<'g>, sink: &mut impl FnMut(Statement<'g>)) {
        let subject = Node::Claim(claim.index);
        {
            let mut say = say(subject, None, sink);
            say(Term::Type, Object::NodeClass(NodeClass::Claim));
            if self.options.profile != Profile::Rdf12 {
                say(Term::Subject, Object::Node(Node::Entity(claim.head)));
                say(Term::Predicate, Object::Property(claim.property));
                say(Term::Object, Object::Node(Node::Entity(claim.tail)));
            }
            if is_contested(claim.evidence) {
                say(Term::Contested, Object::Boolean(true));
            }
        }
        for (at, evidence) in claim.evidence.iter().enumerate() {
            sink(Statement {
                subject,
                predicate: Predicate::Term(Term::Evidence),
                object: Object::Node(Node::Evidence(claim.index, at as u32)),
                graph: self.graph_of(evidence.document),
            });
        }
    }

    /// One statement of a claim, without its selector.
    pub fn evidence(&self, claim: ClaimRef<'g>, at: u32, sink: &mut impl FnMut(Statement<'g>)) {
        let evidence = &claim.evidence[at as usize];
        let subject = Node::Evidence(claim.index, at);
        let mut say = say(subject, self.graph_of(evidence.document), sink);
        if self.options.profile == Profile::Rdf12 {
            say(Term::Reifies, Object::Proposition(claim.head, claim.property, claim.tail));
        }
        say(Term::Type, Object::NodeClass(NodeClass::Evidence));
        say(Term::WasDerivedFrom, Object::Node(Node::Document(evidence.document)));
        say(Term::HasSource, Object::Node(Node::Document(evidence.document)));
        say(Term::HasSelector, Object::Node(Node::Selector(claim.index, at)));
        say(Term::Polarity, Object::Text(evidence.polarity.name()));
        say(Term::Modality, Object::Text(evidence.modality.name()));
        if let Some(speaker) = evidence.attributed_to {
            say(Term::AttributedTo, Object::Node(Node::Entity(speaker)));
        }
        if let Some(role) = &evidence.role {
            say(Term::Role, Object::Text(role));
        }
        if let Some(spoken_of) = &evidence.date {
            say(Term::Date, date(spoken_of));
        }
        let positions = [
            (Term::HeadPosition, evidence.head),
            (Term::TailPosition, evidence.tail),
            (Term::CuePosition, evidence.cue),
        ];
        for (term, position) in positions {
            if let Some(position) = position {
                say(term, Object::Position(position));
            }
        }
        say(Term::Origin, Object::Origin(&evidence.origin));
        say(Term::Confidence, Object::Decimal(evidence.confidence));
    }

    /// The quote of one statement of a claim and where it stands.
    pub fn selector(&self, claim: ClaimRef<'g>, at: u32, sink: &mut impl FnMut(Statement<'g>)) {
        let evidence = &claim.evidence[at as usize];
        let graph = self.graph_of(evidence.document);
        let mut say = say(Node::Selector(claim.index, at), graph, sink);
        say(Term::Type, Object::NodeClass(NodeClass::QuoteSelector));
        say(Term::Type, Object::NodeClass(NodeClass::PositionSelector));
        say(Term::Exact, Object::Text(&evidence.quote));
        say(Term::Start, Object::Integer(evidence.sentence.start));
        say(Term::End, Object::Integer(evidence.sentence.end));
    }

    /// The plain triples of a claim: none when it is not asserted, both directions when the
    /// property is symmetric, one per document when documents have graphs.
    pub fn direct(&self, claim: ClaimRef<'g>, sink: &mut impl FnMut(Statement<'g>)) {
        self.forward(claim, sink);
        self.backward(claim, sink);
    }

    /// The plain triples of all claims that have `entity` as subject.
    pub fn direct_from(&self, entity: EntityIndex, sink: &mut impl FnMut(Statement<'g>)) {
        for claim in self.graph.claims_from(entity) {
            self.forward(claim, sink);
        }
        for claim in self.graph.claims_to(entity) {
            self.backward(claim, sink);
        }
    }

    /// The plain triples of all claims that have `entity` as object.
    pub fn direct_to(&self, entity: EntityIndex, sink: &mut impl FnMut(Statement<'g>)) {
        for claim in self.graph.claims_to(entity) {
            self.forward(claim, sink);
        }
        for claim in self.graph.claims_from(entity) {
            self.backward(claim, sink);
        }
    }

    fn forward(&self, claim: ClaimRef<'g>, sink: &mut impl FnMut(Statement<'g>)) {
        self.graphs_asserting(claim, &mut |graph| {
            sink(Statement {
                subject: Node::Entity(claim.head),
                predicate: Predicate::Relation(claim.property),
                object: Object::Node(Node::Entity(claim.tail)),
                graph,
            });
        });
    }

    /// The other direction of a symmetric claim, unless a claim of its own states it there.
    fn backward(&self, claim: ClaimRef<'g>, sink: &mut impl FnMut(Statement<'g>)) {
        if claim.head == claim.tail || !self.schema.property(claim.property).symmetric {
            return;
        }
        let opposite = self
            .graph
            .find_claim(claim.property, claim.tail, claim.head)
            .map(|index| self.graph.claim(index));
        self.graphs_asserting(claim, &mut |graph| {
            let mut stated = false;
            if let Some(opposite) = opposite {
                self.graphs_asserting(opposite, &mut |other| stated |= other == graph);
            }
            if !stated {
                sink(Statement {
                    subject: Node::Entity(claim.tail),
                    predicate: Predicate::Relation(claim.property),
                    object: Object::Node(Node::Entity(claim.head)),
                    graph,
                });
            }
        });
    }

    /// Calls `each` once per graph that holds the plain triple of the claim.
    fn graphs_asserting(&self, claim: ClaimRef<'g>, each: &mut impl FnMut(Option<DocumentIndex>)) {
        let assert = self.options.assert;
        if !is_asserted(claim.evidence, assert) {
            return;
        }
        if self.options.profile != Profile::NamedGraphs {
            each(None);
            return;
        }
        let supports = |evidence: &Evidence| is_support(evidence, assert);
        for (at, evidence) in claim.evidence.iter().enumerate().filter(|(_, e)| supports(e)) {
            let said_before = claim.evidence[..at]
                .iter()
                .any(|earlier| earlier.document == evidence.document && supports(earlier));
            if !said_before {
                each(Some(evidence.document));
            }
        }
    }

    fn graph_of(&self, document: DocumentIndex) -> Option<DocumentIndex> {
        (self.options.profile == Profile::NamedGraphs).then_some(document)
    }

    /// Appends the IRI of a node.
    pub fn push_iri(&self, node: Node, out: &mut String) {
        Iris::new(*self).push(node, out);
    }
}

/// A sink for statements of one subject in one graph.
fn say<'g>(
    subject: Node,
    graph: Option<DocumentIndex>,
    sink: &mut impl FnMut(Statement<'g>),
) -> impl FnMut(Term, Object<'g>) {
    move |term, object| {
        sink(Statement { subject, predicate: Predicate::Term(term), object, graph });
    }
}

/// Whether one piece of evidence supports a plain triple.
pub fn is_support(evidence: &Evidence, assert: Assert) -> bool {
    evidence.polarity == Polarity::Affirmed
        && evidence.modality == Modality::Asserted
        && (assert == Assert::Reported || evidence.attributed_to.is_none())
}

/// Whether a claim with this evidence is a plain triple: something supports it and no article
/// denies it in its own voice.
pub fn is_asserted(evidence: &[Evidence], assert: Assert) -> bool {
    let denied = |evidence: &Evidence| {
        evidence.polarity == Polarity::Denied && evidence.attributed_to.is_none()
    };
    evidence.iter().any(|evidence| is_support(evidence, assert)) && !evidence.iter().any(denied)
}

/// Whether anyone denies the claim.
pub fn is_contested(evidence: &[Evidence]) -> bool {
    evidence.iter().any(|evidence| evidence.polarity == Polarity::Denied)
}
