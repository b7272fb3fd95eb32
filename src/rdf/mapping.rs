//! The one definition of which statements a graph makes.
//!
//! Statements are compact: nodes are indexes, texts are borrowed from the graph, and they are
//! handed to a callback. The writers turn them into bytes and the query engine answers over
//! them, so that `query` sees exactly what `export` writes. The ontology and the statements
//! kept from other vocabularies ([`KnowledgeGraph::foreign`]) are not part of this.

use std::fmt::Write as _;

use oxigraph::model::NamedNodeRef;

use super::names::{Base, NodeHash, claim_hash, evidence_hash, mention_hash};
use super::vocabulary::{Datatype, NodeClass, Term};
use crate::confidence::Confidence;
use crate::graph::{
    ClaimIndex, ClaimRef, DocumentIndex, EntityIndex, Evidence, KnowledgeGraph, Modality, Origin,
    Polarity,
};
use crate::ontology::{PropertyId, Schema, SubclassId, TopClass};
use crate::span::CharSpan;

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

/// Something that has an IRI below the base. `u32` counts from 0 within the owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    Document(DocumentIndex),
    Entity(EntityIndex),
    Mention(EntityIndex, u32),
    Claim(ClaimIndex),
    Evidence(ClaimIndex, u32),
    Selector(ClaimIndex, u32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Predicate {
    Term(Term),
    Relation(PropertyId),
}

/// The object of a statement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Object<'g> {
    Node(Node),
    TopClass(TopClass),
    Subclass(SubclassId),
    NodeClass(NodeClass),
    Property(PropertyId),
    /// A valid absolute IRI.
    Iri(&'g str),
    /// A triple term: the proposition of a claim (RDF 1.2 only).
    Proposition(EntityIndex, PropertyId, EntityIndex),
    Text(&'g str),
    /// Written as a text, `char=START,END` (RFC 5147).
    Position(CharSpan),
    /// Written as [`Origin::to_text`].
    Origin(&'g Origin),
    Boolean(bool),
    Integer(u32),
    Decimal(Confidence),
    /// A date in a form that its datatype allows.
    Date(&'g str, Datatype),
}

/// A statement in the default graph or in that of a document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Statement<'g> {
    pub subject: Node,
    pub predicate: Predicate,
    pub object: Object<'g>,
    pub graph: Option<DocumentIndex>,
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

impl Object<'_> {
    /// Appends the lexical form of a literal and returns its datatype; `None` for what is
    /// no literal.
    pub fn push_lexical(&self, out: &mut String) -> Option<Datatype> {
        let datatype = match self {
            Object::Text(text) => {
                out.push_str(text);
                Datatype::String
            }
            Object::Position(span) => {
                // Writing to a string cannot fail.
                let _ = write!(out, "char={},{}", span.start, span.end);
                Datatype::String
            }
            Object::Origin(origin) => {
                let (kind, detail) = match origin {
                    Origin::Rule(id) => ("rule:", &**id),
                    Origin::Model(id) => ("model:", &**id),
                    Origin::Gazetteer => ("gazetteer", ""),
                    Origin::Human => ("human", ""),
                    Origin::Import => ("import", ""),
                };
                out.push_str(kind);
                out.push_str(detail);
                Datatype::String
            }
            Object::Boolean(value) => {
                out.push_str(if *value { "true" } else { "false" });
                Datatype::Boolean
            }
            Object::Integer(value) => {
                let _ = write!(out, "{value}");
                Datatype::Integer
            }
            Object::Decimal(value) => {
                push_decimal(*value, out);
                Datatype::Decimal
            }
            Object::Date(value, datatype) => {
                out.push_str(value);
                *datatype
            }
            _ => return None,
        };
        Some(datatype)
    }
}

/// The canonical form of a decimal: no trailing zero, and no point without digits after it.
fn push_decimal(value: Confidence, out: &mut String) {
    let thousandths = value.thousandths();
    let _ = write!(out, "{}", thousandths / 1000);
    let rest = thousandths % 1000;
    if rest != 0 {
        let digits = format_args!(".{rest:03}").to_string();
        out.push_str(digits.trim_end_matches('0'));
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

/// An IRI where `text` is one, else a text, so that nothing invalid is written and nothing lost.
fn iri_or_text(text: &str) -> Object<'_> {
    if NamedNodeRef::new(text).is_ok() { Object::Iri(text) } else { Object::Text(text) }
}

/// A typed date where `text` is one, else a text.
pub fn date(text: &str) -> Object<'_> {
    match date_type(text) {
        Some(datatype) => Object::Date(text, datatype),
        None => Object::Text(text),
    }
}

/// The XML Schema type of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; `None` for days that do not exist.
fn date_type(text: &str) -> Option<Datatype> {
    let shape: Vec<usize> = text.split('-').map(str::len).collect();
    let digits = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let part = |at: usize| text.split('-').nth(at).and_then(|part| part.parse::<u16>().ok());
    // The year 0 is not allowed by XML Schema 1.0.
    let year = part(0).filter(|year| digits && *year > 0)?;
    match shape[..] {
        [4] => Some(Datatype::Year),
        [4, 2] => part(1).filter(|month| (1..=12).contains(month)).map(|_| Datatype::YearMonth),
        [4, 2, 2] => {
            let (month, day) = (part(1)?, part(2)?);
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            let days = match month {
                1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
                4 | 6 | 9 | 11 => 30,
                2 => 28 + u16::from(leap),
                _ => return None,
            };
            (1..=days).contains(&day).then_some(Datatype::Date)
        }
        _ => None,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_dates_are_typed() {
        assert_eq!(date_type("2016"), Some(Datatype::Year));
        assert_eq!(date_type("2016-09"), Some(Datatype::YearMonth));
        assert_eq!(date_type("2016-02-29"), Some(Datatype::Date));
        for wrong in
            ["2015-02-29", "2016-13", "0000", "16", "2016-9-9", "-2016", "", "+216", "٢٠١٦"]
        {
            assert_eq!(date_type(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn decimals_are_canonical() {
        for (value, text) in
            [(1.0, "1"), (0.0, "0"), (0.85, "0.85"), (0.5, "0.5"), (0.001, "0.001")]
        {
            let mut out = String::new();
            push_decimal(Confidence::new(value).expect("in range"), &mut out);
            assert_eq!(out, text);
        }
    }
}
