//! The graph as oxigraph's evaluator sees it.

use oxigraph::model::Term;
use spareval::{ExpressionTerm, InternalQuad, QueryableDataset};

use super::arena::Arena;
use super::clock::{Clock, TimeIsUp};
use super::dataset::GraphDataset;
use super::pattern::{GraphFilter, Pattern};
use super::scan::Quads;
use super::term::Key;
use crate::graph::DocumentIndex;
use crate::rdf::mapping::{Mapping, Node};

/// A dataset during one query.
pub(super) struct View<'a, 'g> {
    data: &'a GraphDataset<'g>,
    arena: &'a Arena,
    clock: &'a Clock,
}

impl<'a, 'g> View<'a, 'g> {
    pub fn new(data: &'a GraphDataset<'g>, arena: &'a Arena, clock: &'a Clock) -> Self {
        Self { data, arena, clock }
    }

    fn quads(
        &self,
        subject: Option<Key<'a>>,
        predicate: Option<Key<'a>>,
        object: Option<Key<'a>>,
        graph: GraphFilter<'a>,
    ) -> Quads<'a, 'g> {
        let pattern = Pattern { subject, predicate, object, graph };
        Quads::new(self.data, self.arena, self.clock, pattern)
    }
}

impl<'a, 'g: 'a> QueryableDataset<'a> for View<'a, 'g> {
    type InternalTerm = Key<'a>;
    type Error = TimeIsUp;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&Key<'a>>,
        predicate: Option<&Key<'a>>,
        object: Option<&Key<'a>>,
        graph_name: Option<Option<&Key<'a>>>,
    ) -> impl Iterator<Item = Result<InternalQuad<Key<'a>>, TimeIsUp>> + use<'a, 'g> {
        let graph = match graph_name {
            None => GraphFilter::Named,
            Some(None) => GraphFilter::Default,
            Some(Some(name)) => GraphFilter::One(*name),
        };
        self.quads(subject.copied(), predicate.copied(), object.copied(), graph)
    }

    fn internal_named_graphs(
        &self,
    ) -> impl Iterator<Item = Result<Key<'a>, TimeIsUp>> + use<'a, 'g> {
        let mut names = vec![self.data.ontology_graph()];
        if self.data.has_document_graphs() {
            names.extend(document_graphs(self.data));
        }
        for name in self.data.foreign.graph_names() {
            let key = match name {
                oxigraph::model::GraphName::NamedNode(node) => self.data.iri_key(node.as_str()),
                oxigraph::model::GraphName::BlankNode(node) => Key::Blank(node.as_str()),
                oxigraph::model::GraphName::DefaultGraph => continue,
            };
            if !names.contains(&key) {
                names.push(key);
            }
        }
        names.into_iter().map(Ok)
    }

    fn contains_internal_graph_name(&self, graph_name: &Key<'a>) -> Result<bool, TimeIsUp> {
        let mut quads = self.quads(None, None, None, GraphFilter::One(*graph_name));
        quads.next().transpose().map(|quad| quad.is_some())
    }

    fn internalize_term(&self, term: Term) -> Result<Key<'a>, TimeIsUp> {
        Ok(self.data.internalize(term, self.arena))
    }

    fn externalize_term(&self, term: Key<'a>) -> Result<Term, TimeIsUp> {
        Ok(self.data.externalize(term))
    }

    fn externalize_expression_term(&self, term: Key<'a>) -> Result<ExpressionTerm, TimeIsUp> {
        self.clock.tick()?;
        Ok(self.data.externalize_expression(term))
    }
}

/// Documents that say or mention anything: an empty graph does not exist.
fn document_graphs<'a>(data: &GraphDataset<'_>) -> impl Iterator<Item = Key<'a>> {
    let Mapping { graph, .. } = data.mapping;
    let mut used = vec![false; graph.document_count()];
    for claim in graph.claims() {
        claim.evidence.iter().for_each(|evidence| used[evidence.document.0 as usize] = true);
    }
    for (_, entity) in graph.entities() {
        entity.mentions.iter().for_each(|mention| used[mention.document.0 as usize] = true);
    }
    let used = used.into_iter().enumerate().filter(|(_, used)| *used);
    used.map(|(at, _)| Key::Node(Node::Document(DocumentIndex(at as u32))))
}
