//! What a pattern asks for, and the lists that can be gone through to answer it.

use super::extra::ExtraCandidates;
use super::index::Grouped;
use super::term::Key;
use crate::graph::{ClaimIndex, EntityIndex};
use crate::ontology::PropertyId;
use crate::rdf::mapping::{Node, Predicate};
use crate::rdf::vocabulary::Term;

/// Which graphs count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GraphFilter<'a> {
    Default,
    /// Every graph but the default one.
    Named,
    One(Key<'a>),
}

#[derive(Clone, Copy)]
pub(super) struct Pattern<'a> {
    pub subject: Option<Key<'a>>,
    pub predicate: Option<Key<'a>>,
    pub object: Option<Key<'a>>,
    pub graph: GraphFilter<'a>,
}

/// Something whose statements are looked at together.
#[derive(Clone, Copy)]
pub(super) enum Unit {
    /// The statements of a node, for an entity without its relations.
    Node(Node),
    /// The statements of a node that link it out of the graph with this word.
    Link(Node, Term),
    /// The plain triples of a claim.
    Direct(ClaimIndex),
    /// That a piece of evidence is in the words of this speaker.
    Attributed(ClaimIndex, u32, EntityIndex),
    Ontology(u32),
    Foreign(u32),
}

/// What is made of a claim met at an entity.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ClaimAs {
    Node,
    Direct,
}

/// Kinds of nodes, each with its own list in the graph.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Document,
    Entity,
    Mention,
    Claim,
    Evidence,
    Selector,
}

pub(super) const ALL_KINDS: &[Kind] =
    &[Kind::Entity, Kind::Document, Kind::Claim, Kind::Evidence, Kind::Selector, Kind::Mention];

/// A list of units; gone through one by one, never built.
pub(super) enum Stage<'a> {
    None,
    One(Unit),
    Units(std::vec::IntoIter<Unit>),
    /// Claims at an entity, or of a property.
    Claims(std::slice::Iter<'a, (PropertyId, ClaimIndex)>, ClaimAs),
    /// The same, without claims from an entity to itself, which the other side has too, and
    /// as plain triples only where these go both ways.
    OtherSide(std::slice::Iter<'a, (PropertyId, ClaimIndex)>, ClaimAs),
    Evidence(std::slice::Iter<'a, (ClaimIndex, u32)>),
    /// All evidence that has a speaker, speaker after speaker from this one on: the index
    /// answers, the evidence itself is not looked at.
    Attributed(
        &'a Grouped<(ClaimIndex, u32)>,
        EntityIndex,
        std::slice::Iter<'a, (ClaimIndex, u32)>,
    ),
    Selectors(std::slice::Iter<'a, (ClaimIndex, u32)>),
    /// The claims of a document's evidence, each once.
    ClaimsOfEvidence(std::slice::Iter<'a, (ClaimIndex, u32)>, ClaimAs, Option<ClaimIndex>),
    Mentions(std::slice::Iter<'a, (EntityIndex, u32)>),
    Entities(std::slice::Iter<'a, EntityIndex>),
    Nodes(std::slice::Iter<'a, (u32, Node)>),
    Links(std::slice::Iter<'a, (u32, Node)>, Term),
    MentionsOf(EntityIndex, std::ops::Range<u32>),
    EvidenceOf(ClaimIndex, std::ops::Range<u32>),
    AllDirect(std::ops::Range<u32>),
    /// All nodes of a kind: the owner, and the number within it where there are several.
    All(Kind, std::ops::Range<u32>, u32),
    Ontology(ExtraCandidates<'a>),
    Foreign(ExtraCandidates<'a>),
}

/// Stages in order. Nearly always there is one, which then needs no list.
pub(super) struct Stages<'a> {
    pub first: Stage<'a>,
    pub more: Vec<Stage<'a>>,
}

impl<'a> Stages<'a> {
    pub fn push(&mut self, stage: Stage<'a>) {
        if matches!(self.first, Stage::None) {
            self.first = stage;
        } else {
            self.more.push(stage);
        }
    }
}

/// The kinds of nodes of which a word of the vocabulary is stated.
pub(super) fn kinds(term: Term) -> &'static [Kind] {
    match term {
        Term::Type => ALL_KINDS,
        Term::Subject | Term::Predicate | Term::Object | Term::Contested | Term::Evidence => {
            &[Kind::Claim]
        }
        Term::Label | Term::AltLabel | Term::SameAs | Term::Identifier => &[Kind::Entity],
        Term::Title
        | Term::Issued
        | Term::Publisher
        | Term::InLanguage
        | Term::Url
        | Term::IsString => &[Kind::Document],
        Term::BeginIndex
        | Term::EndIndex
        | Term::ReferenceContext
        | Term::IdentRef
        | Term::MentionForm
        | Term::MentionSubtype => &[Kind::Mention],
        Term::Reifies
        | Term::WasDerivedFrom
        | Term::HasSource
        | Term::HasSelector
        | Term::HeadPosition
        | Term::TailPosition
        | Term::CuePosition
        | Term::Role
        | Term::Polarity
        | Term::Modality
        | Term::AttributedTo
        | Term::Date
        | Term::Origin
        | Term::Confidence => &[Kind::Evidence],
        Term::Exact | Term::Start | Term::End => &[Kind::Selector],
    }
}

pub(super) fn kind_of(node: Node) -> Kind {
    match node {
        Node::Document(_) => Kind::Document,
        Node::Entity(_) => Kind::Entity,
        Node::Mention(..) => Kind::Mention,
        Node::Claim(_) => Kind::Claim,
        Node::Evidence(..) => Kind::Evidence,
        Node::Selector(..) => Kind::Selector,
    }
}

/// Words whose objects are IRIs that can be anything, also a node or a class of the graph.
pub(super) const LINKS: [Term; 2] = [Term::SameAs, Term::Url];

impl Pattern<'_> {
    /// Whether links are looked for by themselves, because the object alone is known and is
    /// no literal. All other units then pass them over, lest they are found twice.
    pub fn seeks_links(&self) -> bool {
        self.subject.is_none()
            && self.predicate.is_none()
            && self.object.is_some_and(|object| kinds_with_literal(object).is_empty())
    }
}

/// The kinds of nodes that can have a literal like this; none for what is no literal.
pub(super) fn kinds_with_literal(key: Key<'_>) -> &'static [Kind] {
    match key {
        Key::Text(_) | Key::Position(_) => {
            &[Kind::Entity, Kind::Document, Kind::Evidence, Kind::Selector, Kind::Mention]
        }
        Key::Boolean(_) => &[Kind::Claim],
        Key::Integer(_) => &[Kind::Selector, Kind::Mention],
        Key::Thousandths(_) => &[Kind::Evidence],
        Key::Date(..) => &[Kind::Document, Kind::Evidence],
        _ => &[],
    }
}

/// Words with so few values that an index would lead to nearly everything.
pub(super) fn has_few_values(term: Term) -> bool {
    matches!(
        term,
        Term::Polarity
            | Term::Modality
            | Term::MentionForm
            | Term::MentionSubtype
            | Term::Contested
    )
}

/// The predicate as the mapping knows it; `None` within when it has no such predicate.
pub(super) fn wanted_predicate(pattern: &Pattern<'_>) -> Result<Option<Predicate>, ()> {
    match pattern.predicate {
        None => Ok(None),
        Some(Key::Word(term)) => Ok(Some(Predicate::Term(term))),
        Some(Key::Property(property)) => Ok(Some(Predicate::Relation(property))),
        Some(_) => Err(()),
    }
}
