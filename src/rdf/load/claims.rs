//! Claims with their evidence from facts, and which plain triples they account for.

use super::assemble::Builder;
use super::facts::{Fact, NodeId};
use super::values::Value;
use super::view::{Used, View, link};
use crate::confidence::Confidence;
use crate::graph::{ClaimIndex, EntityIndex, Evidence, Modality, Origin, Polarity};
use crate::ontology::PropertyId;
use crate::rdf::mapping::{Assert, Predicate, is_asserted, is_contested, is_support};
use crate::rdf::vocabulary::{NodeClass, Term};
use crate::span::CharSpan;

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
    pub(super) fn claims(&mut self) {
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
    ) -> ClaimIndex {
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
    pub(super) fn plain_triples(&mut self) {
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

    fn ends(
        &self,
        proposition: Option<(NodeId, PropertyId, NodeId)>,
    ) -> Option<(EntityIndex, PropertyId, EntityIndex)> {
        let (head, property, tail) = proposition?;
        Some((self.entity(head)?, property, self.entity(tail)?))
    }
}

/// Whether evidence that says what it is about agrees with the claim that mentions it.
fn agrees(
    claim: Option<(NodeId, PropertyId, NodeId)>,
    evidence: Option<(NodeId, PropertyId, NodeId)>,
) -> bool {
    evidence.is_none() || claim == evidence
}
