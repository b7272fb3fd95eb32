//! Where in the graph the statements of a pattern can be: the dispatch on which positions are
//! bound.

use super::dataset::GraphDataset;
use super::index::{hash_of, subclass_group, top_class_group};
use super::pattern::{
    ALL_KINDS, ClaimAs, GraphFilter, Kind, LINKS, Pattern, Stage, Stages, Unit, has_few_values,
    kind_of, kinds, kinds_with_literal, wanted_predicate,
};
use super::term::Key;
use crate::graph::{DocumentIndex, EntityIndex};
use crate::ontology::PropertyId;
use crate::rdf::mapping::{Node, Predicate, Profile};
use crate::rdf::vocabulary::{NodeClass, Term};

impl<'g> GraphDataset<'g> {
    /// Where statements that fit the pattern can be. Every statement of the graph lies in at
    /// most one of the units, so that none is answered twice.
    pub(super) fn stages<'a>(&'a self, pattern: &Pattern<'a>) -> Stages<'a> {
        let mut stages = Stages { first: Stage::None, more: Vec::new() };
        let Pattern { subject, predicate, object, graph } = *pattern;
        let document = match graph {
            GraphFilter::One(Key::Node(Node::Document(document))) => Some(document),
            _ => None,
        };
        let in_mapping = match graph {
            GraphFilter::Default => true,
            GraphFilter::Named => self.has_document_graphs(),
            GraphFilter::One(_) => self.has_document_graphs() && document.is_some(),
        };
        if in_mapping && let Ok(wanted) = wanted_predicate(pattern) {
            match (subject, object) {
                (Some(Key::Node(node)), _) => self.of_subject(node, wanted, object, &mut stages),
                (Some(_), _) => {}
                (None, Some(object)) => self.of_object(object, wanted, &mut stages),
                (None, None) => match document {
                    Some(document) => self.of_document(document, wanted, &mut stages),
                    None => self.of_predicate(wanted, &mut stages),
                },
            }
        }
        let in_ontology = match graph {
            GraphFilter::Default => false,
            GraphFilter::Named => true,
            GraphFilter::One(name) => name == self.ontology_graph(),
        };
        if in_ontology {
            let found = self.ontology.candidates(subject, predicate, object, self);
            stages.push(Stage::Ontology(found));
        }
        if self.foreign.len() > 0 {
            let found = self.foreign.candidates(subject, predicate, object, self);
            stages.push(Stage::Foreign(found));
        }
        stages
    }

    fn of_subject<'a>(
        &'a self,
        node: Node,
        wanted: Option<Predicate>,
        object: Option<Key<'a>>,
        stages: &mut Stages<'a>,
    ) {
        match wanted {
            Some(Predicate::Term(term)) => {
                if kinds(term).contains(&kind_of(node)) {
                    stages.push(Stage::One(Unit::Node(node)));
                }
                return;
            }
            Some(Predicate::Relation(_)) => {}
            None => stages.push(Stage::One(Unit::Node(node))),
        }
        let Node::Entity(entity) = node else {
            return;
        };
        match (object, wanted) {
            (Some(Key::Node(Node::Entity(other))), Some(Predicate::Relation(property))) => {
                let mut units = self.between(property, entity, other);
                if let Some(unit) = units.next() {
                    stages.push(Stage::One(unit));
                }
                if let Some(unit) = units.next() {
                    stages.push(Stage::One(unit));
                }
            }
            (Some(Key::Node(Node::Entity(other))), _) => {
                // Asking for each property is bounded, whatever hangs on the two.
                let properties = self.mapping.schema.properties();
                let units: Vec<Unit> = properties
                    .flat_map(|(property, _)| self.between(property, entity, other))
                    .collect();
                stages.push(Stage::Units(units.into_iter()));
            }
            (Some(_), _) => {}
            (None, Some(Predicate::Relation(property))) => {
                let own = self.outgoing().of_property(entity, property);
                stages.push(Stage::Claims(own.iter(), ClaimAs::Direct));
                if self.is_symmetric(property) {
                    let other = self.incoming().of_property(entity, property);
                    stages.push(Stage::OtherSide(other.iter(), ClaimAs::Direct));
                }
            }
            (None, _) => {
                stages.push(Stage::Claims(self.outgoing().all(entity).iter(), ClaimAs::Direct));
                stages.push(Stage::OtherSide(self.incoming().all(entity).iter(), ClaimAs::Direct));
            }
        }
    }

    /// The claims whose plain triples can lead from `head` to `tail`.
    fn between(
        &self,
        property: PropertyId,
        head: EntityIndex,
        tail: EntityIndex,
    ) -> impl Iterator<Item = Unit> + use<'g> {
        let graph = self.mapping.graph;
        let there = graph.find_claim(property, head, tail);
        let back = if head != tail && self.is_symmetric(property) {
            graph.find_claim(property, tail, head)
        } else {
            None
        };
        [there, back].into_iter().flatten().map(Unit::Direct)
    }

    pub(super) fn is_symmetric(&self, property: PropertyId) -> bool {
        self.mapping.schema.property(property).symmetric
    }

    fn of_object<'a>(
        &'a self,
        object: Key<'a>,
        wanted: Option<Predicate>,
        stages: &mut Stages<'a>,
    ) {
        let asks = |terms: &[Term]| match wanted {
            None => true,
            Some(Predicate::Term(term)) => terms.contains(&term),
            Some(Predicate::Relation(_)) => false,
        };
        let claim_nodes = self.mapping.options.profile != Profile::Rdf12;
        match object {
            Key::Node(Node::Entity(entity)) => {
                if asks(&[Term::IdentRef]) {
                    let mentions = self.mapping.graph.entity(entity).mentions.len() as u32;
                    stages.push(Stage::MentionsOf(entity, 0..mentions));
                }
                if asks(&[Term::Subject]) && claim_nodes {
                    let own = self.outgoing().all(entity);
                    stages.push(Stage::Claims(own.iter(), ClaimAs::Node));
                }
                if asks(&[Term::Object]) && claim_nodes {
                    let own = self.incoming().all(entity).iter();
                    stages.push(match wanted {
                        Some(_) => Stage::Claims(own, ClaimAs::Node),
                        None => Stage::OtherSide(own, ClaimAs::Node),
                    });
                }
                if asks(&[Term::AttributedTo]) {
                    let said = self.by_speaker().group(entity.0 as usize);
                    stages.push(Stage::Evidence(said.iter()));
                }
                self.directs_to(entity, wanted, stages);
            }
            Key::Node(Node::Document(document)) => {
                if asks(&[Term::WasDerivedFrom, Term::HasSource]) {
                    stages.push(Stage::Evidence(self.evidence_of(document).iter()));
                }
                if asks(&[Term::ReferenceContext]) {
                    stages.push(Stage::Mentions(self.mentions_in(document).iter()));
                }
            }
            Key::Node(Node::Evidence(claim, _)) if asks(&[Term::Evidence]) => {
                stages.push(Stage::One(Unit::Node(Node::Claim(claim))));
            }
            Key::Node(Node::Selector(claim, at)) if asks(&[Term::HasSelector]) => {
                stages.push(Stage::One(Unit::Node(Node::Evidence(claim, at))));
            }
            Key::TopClass(class) if asks(&[Term::Type]) => {
                let entities = self.by_class().group(top_class_group(class));
                stages.push(Stage::Entities(entities.iter()));
            }
            Key::Subclass(class) if asks(&[Term::Type]) => {
                let entities = self.by_class().group(subclass_group(class));
                stages.push(Stage::Entities(entities.iter()));
            }
            Key::NodeClass(class) if asks(&[Term::Type]) => stages.push(self.all(match class {
                NodeClass::Context | NodeClass::NewsArticle => Kind::Document,
                NodeClass::Phrase => Kind::Mention,
                NodeClass::Claim => Kind::Claim,
                NodeClass::Evidence => Kind::Evidence,
                NodeClass::QuoteSelector | NodeClass::PositionSelector => Kind::Selector,
            })),
            Key::Property(property) if asks(&[Term::Predicate]) && claim_nodes => {
                let claims = self.by_property().group(property.0 as usize);
                stages.push(Stage::Claims(claims.iter(), ClaimAs::Node));
            }
            Key::Proposition(head, property, tail) if asks(&[Term::Reifies]) && !claim_nodes => {
                if let Some(claim) = self.mapping.graph.find_claim(property, head, tail) {
                    let evidence = self.mapping.graph.claim(claim).evidence.len() as u32;
                    stages.push(Stage::EvidenceOf(claim, 0..evidence));
                }
            }
            _ => {}
        }
        self.of_value(object, wanted, stages);
    }

    /// Plain triples to an entity.
    fn directs_to<'a>(
        &'a self,
        entity: EntityIndex,
        wanted: Option<Predicate>,
        stages: &mut Stages<'a>,
    ) {
        match wanted {
            Some(Predicate::Term(_)) => {}
            Some(Predicate::Relation(property)) => {
                let own = self.incoming().of_property(entity, property);
                stages.push(Stage::Claims(own.iter(), ClaimAs::Direct));
                if self.is_symmetric(property) {
                    let other = self.outgoing().of_property(entity, property);
                    stages.push(Stage::OtherSide(other.iter(), ClaimAs::Direct));
                }
            }
            None => {
                stages.push(Stage::Claims(self.incoming().all(entity).iter(), ClaimAs::Direct));
                stages.push(Stage::OtherSide(self.outgoing().all(entity).iter(), ClaimAs::Direct));
            }
        }
    }

    /// Nodes with a literal, or a link out of the graph.
    fn of_value<'a>(&'a self, object: Key<'a>, wanted: Option<Predicate>, stages: &mut Stages<'a>) {
        let literal_kinds = kinds_with_literal(object);
        match wanted {
            Some(Predicate::Relation(_)) => {}
            Some(Predicate::Term(term)) => {
                if literal_kinds.is_empty() && !LINKS.contains(&term) {
                    return;
                }
                if has_few_values(term) {
                    kinds(term).iter().for_each(|kind| stages.push(self.all(*kind)));
                } else {
                    stages.push(Stage::Nodes(self.indexed(term, object).iter()));
                }
            }
            None if literal_kinds.is_empty() => {
                for term in LINKS {
                    stages.push(Stage::Links(self.indexed(term, object).iter(), term));
                }
            }
            None => literal_kinds.iter().for_each(|kind| stages.push(self.all(*kind))),
        }
    }

    fn indexed<'a>(&'a self, term: Term, object: Key<'a>) -> &'a [(u32, Node)] {
        self.nodes_by_value(term, object, |found| {
            let mut stage = kinds(term).iter().map(|kind| self.all(*kind)).collect::<Vec<_>>();
            for stage in &mut stage {
                while let Some(unit) = self.next_unit(stage) {
                    self.describe(unit, &mut |statement| {
                        if statement.predicate == Predicate::Term(term) {
                            let key = self.object_key(statement.object);
                            found(statement.subject, hash_of(&key));
                        }
                    });
                }
            }
        })
    }

    /// What a document's graph can hold.
    fn of_document<'a>(
        &'a self,
        document: DocumentIndex,
        wanted: Option<Predicate>,
        stages: &mut Stages<'a>,
    ) {
        let asks = |kind: Kind| match wanted {
            None => true,
            Some(Predicate::Term(term)) => kinds(term).contains(&kind),
            Some(Predicate::Relation(_)) => false,
        };
        let evidence = self.evidence_of(document);
        if !matches!(wanted, Some(Predicate::Term(_))) {
            stages.push(Stage::ClaimsOfEvidence(evidence.iter(), ClaimAs::Direct, None));
        }
        if asks(Kind::Claim) {
            stages.push(Stage::ClaimsOfEvidence(evidence.iter(), ClaimAs::Node, None));
        }
        if asks(Kind::Evidence) {
            stages.push(Stage::Evidence(evidence.iter()));
        }
        if asks(Kind::Selector) {
            stages.push(Stage::Selectors(evidence.iter()));
        }
        if asks(Kind::Mention) {
            stages.push(Stage::Mentions(self.mentions_in(document).iter()));
        }
    }

    fn of_predicate<'a>(&'a self, wanted: Option<Predicate>, stages: &mut Stages<'a>) {
        match wanted {
            // Most evidence is in the article's own voice.
            Some(Predicate::Term(Term::AttributedTo)) => {
                let index = self.by_speaker();
                // In the graphs of documents the evidence says in which one it lies.
                stages.push(match self.has_document_graphs() {
                    true => Stage::Evidence(index.items().iter()),
                    false => Stage::Attributed(index, EntityIndex(0), index.group(0).iter()),
                });
            }
            Some(Predicate::Term(term)) => {
                kinds(term).iter().for_each(|kind| stages.push(self.all(*kind)));
            }
            Some(Predicate::Relation(property)) => {
                let claims = self.by_property().group(property.0 as usize);
                stages.push(Stage::Claims(claims.iter(), ClaimAs::Direct));
            }
            None => {
                ALL_KINDS.iter().for_each(|kind| stages.push(self.all(*kind)));
                stages.push(Stage::AllDirect(0..self.mapping.graph.claim_count() as u32));
            }
        }
    }

    fn all<'a>(&self, kind: Kind) -> Stage<'a> {
        let graph = self.mapping.graph;
        let owners = match kind {
            Kind::Document => graph.document_count(),
            Kind::Entity | Kind::Mention => graph.entity_count(),
            Kind::Claim | Kind::Evidence | Kind::Selector => graph.claim_count(),
        };
        Stage::All(kind, 0..owners as u32, 0)
    }
}
