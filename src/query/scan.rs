//! Going through the stages of a pattern: units one by one, their statements filtered.

use spareval::InternalQuad;

use super::arena::Arena;
use super::clock::{Clock, TimeIsUp};
use super::dataset::GraphDataset;
use super::pattern::{
    ClaimAs, GraphFilter, Kind, LINKS, Pattern, Stage, Stages, Unit, wanted_predicate,
};
use super::term::{Key, predicate_key};
use crate::graph::{ClaimIndex, DocumentIndex, EntityIndex};
use crate::ontology::PropertyId;
use crate::rdf::mapping::{Node, Predicate, Statement};
use crate::rdf::vocabulary::Term;

/// The statements that fit a pattern.
pub(super) struct Quads<'a, 'g> {
    data: &'a GraphDataset<'g>,
    arena: &'a Arena,
    clock: &'a Clock,
    pattern: Pattern<'a>,
    predicate: Option<Predicate>,
    stages: Stages<'a>,
    next_stage: usize,
    found: Found<'a>,
}

/// Statements of one unit. One of them is the rule, and is kept without a list.
struct Found<'a> {
    first: Option<InternalQuad<Key<'a>>>,
    more: Vec<InternalQuad<Key<'a>>>,
}

impl<'a> Found<'a> {
    #[inline]
    fn push(&mut self, quad: InternalQuad<Key<'a>>) {
        if self.first.is_none() && self.more.is_empty() {
            self.first = Some(quad);
        } else {
            self.more.push(quad);
        }
    }
}

impl<'a, 'g> Quads<'a, 'g> {
    pub fn new(
        data: &'a GraphDataset<'g>,
        arena: &'a Arena,
        clock: &'a Clock,
        pattern: Pattern<'a>,
    ) -> Self {
        Self {
            data,
            arena,
            clock,
            pattern,
            predicate: wanted_predicate(&pattern).ok().flatten(),
            stages: data.stages(&pattern),
            next_stage: 0,
            found: Found { first: None, more: Vec::new() },
        }
    }

    fn next_unit(&mut self) -> Option<Unit> {
        loop {
            if let Some(unit) = self.data.next_unit(&mut self.stages.first) {
                return Some(unit);
            }
            let next = self.stages.more.get_mut(self.next_stage)?;
            self.stages.first = std::mem::replace(next, Stage::None);
            self.next_stage += 1;
        }
    }

    fn look_at(&mut self, unit: Unit) {
        let Self { data, arena, pattern, predicate, found, .. } = self;
        let data: &'a GraphDataset<'g> = data;
        match unit {
            Unit::Ontology(at) => {
                let keys = data.ontology.keys(at, data, arena);
                // The ontology's file has no graphs; all of it is the one graph.
                let graph = Some(data.ontology_graph());
                keep(pattern, keys.subject, keys.predicate, keys.object, graph, found);
                data.count_visited(1);
                return;
            }
            Unit::Foreign(at) => {
                let keys = data.foreign.keys(at, data, arena);
                keep(pattern, keys.subject, keys.predicate, keys.object, keys.graph, found);
                data.count_visited(1);
                return;
            }
            Unit::Attributed(claim, at, speaker) => {
                let subject = Key::Node(Node::Evidence(claim, at));
                let object = Key::Node(Node::Entity(speaker));
                keep(pattern, subject, Key::Word(Term::AttributedTo), object, None, found);
                data.count_visited(1);
                return;
            }
            Unit::Node(_) | Unit::Link(..) | Unit::Direct(_) => {}
        }
        let subject = match pattern.subject {
            Some(Key::Node(node)) => Some(node),
            _ => None,
        };
        let (object, graph) = (pattern.object, pattern.graph);
        let (wanted, skip_links) = match unit {
            Unit::Link(_, term) => (Some(Predicate::Term(term)), false),
            _ => (*predicate, pattern.seeks_links()),
        };
        let mut visited = 0;
        data.describe(unit, &mut |statement: Statement<'g>| {
            visited += 1;
            if wanted.is_some_and(|wanted| wanted != statement.predicate)
                || subject.is_some_and(|subject| subject != statement.subject)
                || !graph_fits(graph, statement.graph)
                || (skip_links && is_link(statement.predicate))
            {
                return;
            }
            let key = data.object_key(statement.object);
            if object.is_some_and(|object| object != key) {
                return;
            }
            found.push(InternalQuad {
                subject: Key::Node(statement.subject),
                predicate: predicate_key(statement.predicate),
                object: key,
                graph_name: statement.graph.map(|graph| Key::Node(Node::Document(graph))),
            });
        });
        data.count_visited(visited);
    }
}

fn is_link(predicate: Predicate) -> bool {
    LINKS.iter().any(|term| predicate == Predicate::Term(*term))
}

#[inline]
fn graph_fits(filter: GraphFilter<'_>, graph: Option<DocumentIndex>) -> bool {
    match (filter, graph) {
        (GraphFilter::Default, None) | (GraphFilter::Named, Some(_)) => true,
        (GraphFilter::One(name), Some(graph)) => name == Key::Node(Node::Document(graph)),
        _ => false,
    }
}

fn keep<'a>(
    pattern: &Pattern<'a>,
    subject: Key<'a>,
    predicate: Key<'a>,
    object: Key<'a>,
    graph: Option<Key<'a>>,
    found: &mut Found<'a>,
) {
    let fits = |wanted: Option<Key<'a>>, key| wanted.is_none_or(|wanted| wanted == key);
    let graph_fits = match pattern.graph {
        GraphFilter::Default => graph.is_none(),
        GraphFilter::Named => graph.is_some(),
        GraphFilter::One(name) => graph == Some(name),
    };
    if graph_fits
        && fits(pattern.subject, subject)
        && fits(pattern.predicate, predicate)
        && fits(pattern.object, object)
    {
        found.push(InternalQuad { subject, predicate, object, graph_name: graph });
    }
}

impl<'a> Iterator for Quads<'a, '_> {
    type Item = Result<InternalQuad<Key<'a>>, TimeIsUp>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(quad) = self.found.first.take() {
                // The rest comes out in the order it went in.
                self.found.more.reverse();
                return Some(Ok(quad));
            }
            if let Some(quad) = self.found.more.pop() {
                return Some(Ok(quad));
            }
            let unit = self.next_unit()?;
            if let Err(error) = self.clock.tick() {
                return Some(Err(error));
            }
            self.look_at(unit);
        }
    }
}

impl<'g> GraphDataset<'g> {
    /// Hands out the statements of a unit that lies in the graph.
    #[inline]
    pub(super) fn describe(&self, unit: Unit, sink: &mut impl FnMut(Statement<'g>)) {
        let mapping = &self.mapping;
        match unit {
            Unit::Node(node) | Unit::Link(node, _) => match node {
                Node::Document(document) => mapping.document(document, sink),
                Node::Entity(entity) => mapping.entity(entity, sink),
                Node::Mention(entity, at) => mapping.mention(entity, at, sink),
                Node::Claim(claim) => mapping.claim(mapping.graph.claim(claim), sink),
                Node::Evidence(claim, at) => {
                    mapping.evidence(mapping.graph.claim(claim), at, sink);
                }
                Node::Selector(claim, at) => {
                    mapping.selector(mapping.graph.claim(claim), at, sink);
                }
            },
            Unit::Direct(claim) => mapping.direct(mapping.graph.claim(claim), sink),
            Unit::Attributed(..) | Unit::Ontology(_) | Unit::Foreign(_) => {}
        }
    }

    #[inline]
    pub(super) fn next_unit(&self, stage: &mut Stage<'_>) -> Option<Unit> {
        match stage {
            Stage::None => None,
            Stage::One(unit) => {
                let unit = *unit;
                *stage = Stage::None;
                Some(unit)
            }
            Stage::Units(units) => units.next(),
            Stage::Claims(claims, made) => {
                claims.next().map(|(_, claim)| claim_unit(*claim, *made))
            }
            Stage::OtherSide(claims, made) => {
                let made = *made;
                let (_, claim) = claims.find(|entry| self.counts_on_other_side(**entry, made))?;
                Some(claim_unit(*claim, made))
            }
            Stage::Evidence(list) => {
                list.next().map(|(claim, at)| Unit::Node(Node::Evidence(*claim, *at)))
            }
            Stage::Attributed(index, speaker, list) => loop {
                if let Some((claim, at)) = list.next() {
                    return Some(Unit::Attributed(*claim, *at, *speaker));
                }
                if speaker.0 as usize + 1 >= index.groups() {
                    return None;
                }
                speaker.0 += 1;
                *list = index.group(speaker.0 as usize).iter();
            },
            Stage::Selectors(list) => {
                list.next().map(|(claim, at)| Unit::Node(Node::Selector(*claim, *at)))
            }
            Stage::ClaimsOfEvidence(list, made, last) => {
                let (claim, _) = list.find(|(claim, _)| Some(*claim) != *last)?;
                *last = Some(*claim);
                Some(claim_unit(*claim, *made))
            }
            Stage::Mentions(list) => {
                list.next().map(|(entity, at)| Unit::Node(Node::Mention(*entity, *at)))
            }
            Stage::Entities(list) => list.next().map(|entity| Unit::Node(Node::Entity(*entity))),
            Stage::Nodes(list) => list.next().map(|(_, node)| Unit::Node(*node)),
            Stage::Links(list, term) => list.next().map(|(_, node)| Unit::Link(*node, *term)),
            Stage::MentionsOf(entity, numbers) => {
                numbers.next().map(|at| Unit::Node(Node::Mention(*entity, at)))
            }
            Stage::EvidenceOf(claim, numbers) => {
                numbers.next().map(|at| Unit::Node(Node::Evidence(*claim, at)))
            }
            Stage::AllDirect(claims) => claims.next().map(|at| Unit::Direct(ClaimIndex(at))),
            Stage::All(kind, owners, at) => self.next_of_kind(*kind, owners, at).map(Unit::Node),
            Stage::Ontology(found) => found.next().map(Unit::Ontology),
            Stage::Foreign(found) => found.next().map(Unit::Foreign),
        }
    }

    fn counts_on_other_side(&self, entry: (PropertyId, ClaimIndex), made: ClaimAs) -> bool {
        let (property, claim) = entry;
        if made == ClaimAs::Direct && !self.is_symmetric(property) {
            return false;
        }
        let claim = self.mapping.graph.claim(claim);
        claim.head != claim.tail
    }

    fn next_of_kind(
        &self,
        kind: Kind,
        owners: &mut std::ops::Range<u32>,
        at: &mut u32,
    ) -> Option<Node> {
        let graph = self.mapping.graph;
        loop {
            if owners.start >= owners.end {
                return None;
            }
            let owner = owners.start;
            let (count, node) = match kind {
                Kind::Document => (1, Node::Document(DocumentIndex(owner))),
                Kind::Entity => (1, Node::Entity(EntityIndex(owner))),
                Kind::Claim => (1, Node::Claim(ClaimIndex(owner))),
                Kind::Mention => {
                    let entity = EntityIndex(owner);
                    (graph.entity(entity).mentions.len() as u32, Node::Mention(entity, *at))
                }
                Kind::Evidence => {
                    let claim = ClaimIndex(owner);
                    (graph.claim(claim).evidence.len() as u32, Node::Evidence(claim, *at))
                }
                Kind::Selector => {
                    let claim = ClaimIndex(owner);
                    (graph.claim(claim).evidence.len() as u32, Node::Selector(claim, *at))
                }
            };
            if *at < count {
                *at += 1;
                return Some(node);
            }
            owners.start += 1;
            *at = 0;
        }
    }
}

fn claim_unit(claim: ClaimIndex, made: ClaimAs) -> Unit {
    match made {
        ClaimAs::Node => Unit::Node(Node::Claim(claim)),
        ClaimAs::Direct => Unit::Direct(claim),
    }
}
