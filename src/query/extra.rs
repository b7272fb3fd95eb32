//! Statements that lie beside the graph as plain quads: the ontology, and what a loaded graph
//! held in other vocabularies.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use oxigraph::model::{GraphName, NamedOrBlankNode, Quad, Term};

use super::arena::Arena;
use super::dataset::GraphDataset;
use super::index::{HashIndex, hash_of};
use super::term::Key;

/// A list of quads, each once, with indexes that are made when first needed.
pub(super) struct Extra<'g> {
    quads: Vec<&'g Quad>,
    /// Numbers for blank nodes, where their names are to be replaced.
    blanks: Option<HashMap<&'g str, u32>>,
    by_subject: OnceCell<HashIndex<u32>>,
    by_predicate: OnceCell<HashIndex<u32>>,
    by_object: OnceCell<HashIndex<u32>>,
}

/// The keys of a quad; no graph is the one that the list as a whole is in.
pub(super) struct ExtraKeys<'a> {
    pub subject: Key<'a>,
    pub predicate: Key<'a>,
    pub object: Key<'a>,
    pub graph: Option<Key<'a>>,
}

impl<'g> Extra<'g> {
    /// `number_blanks` replaces the names of blank nodes by their order, because a parser
    /// gives other names every time.
    pub fn new(quads: &'g [Quad], number_blanks: bool) -> Self {
        let mut seen = HashSet::new();
        let quads: Vec<&Quad> = quads.iter().filter(|quad| seen.insert(*quad)).collect();
        let blanks = number_blanks.then(|| {
            let mut numbers = HashMap::new();
            for quad in &quads {
                let subject = match &quad.subject {
                    NamedOrBlankNode::BlankNode(node) => Some(node),
                    NamedOrBlankNode::NamedNode(_) => None,
                };
                let object = match &quad.object {
                    Term::BlankNode(node) => Some(node),
                    _ => None,
                };
                for node in [subject, object].into_iter().flatten() {
                    let next = numbers.len() as u32;
                    numbers.entry(node.as_str()).or_insert(next);
                }
            }
            numbers
        });
        Self {
            quads,
            blanks,
            by_subject: OnceCell::new(),
            by_predicate: OnceCell::new(),
            by_object: OnceCell::new(),
        }
    }

    pub fn len(&self) -> u32 {
        self.quads.len() as u32
    }

    pub fn blanks(&self) -> u32 {
        self.blanks.as_ref().map_or(0, |blanks| blanks.len() as u32)
    }

    /// The names of the graphs, sorted, each once.
    pub fn graph_names(&self) -> Vec<&'g GraphName> {
        let names: HashSet<&GraphName> = self.quads.iter().map(|quad| &quad.graph_name).collect();
        let mut names: Vec<&GraphName> =
            names.into_iter().filter(|name| !name.is_default_graph()).collect();
        names.sort_by_key(|name| name.to_string());
        names
    }

    pub fn keys<'a>(&self, at: u32, data: &GraphDataset<'g>, arena: &'a Arena) -> ExtraKeys<'a>
    where
        'g: 'a,
    {
        let quad: &'a Quad = self.quads[at as usize];
        ExtraKeys {
            subject: match &quad.subject {
                NamedOrBlankNode::NamedNode(node) => data.iri_key(node.as_str()),
                NamedOrBlankNode::BlankNode(node) => self.blank_key(node.as_str()),
            },
            predicate: data.iri_key(quad.predicate.as_str()),
            object: match &quad.object {
                Term::BlankNode(node) => self.blank_key(node.as_str()),
                Term::NamedNode(node) => data.iri_key(node.as_str()),
                // Literals are normalised as those of the query are.
                other => data.internalize(other.clone(), arena),
            },
            graph: match &quad.graph_name {
                GraphName::NamedNode(node) => Some(data.iri_key(node.as_str())),
                GraphName::BlankNode(node) => Some(self.blank_key(node.as_str())),
                GraphName::DefaultGraph => None,
            },
        }
    }

    fn blank_key<'a>(&self, name: &'a str) -> Key<'a> {
        match &self.blanks {
            Some(numbers) => Key::OntologyBlank(numbers.get(name).copied().unwrap_or_default()),
            None => Key::Blank(name),
        }
    }

    /// Candidates for the subject, the object or the predicate, whichever is bound first in
    /// this order; all quads when none is.
    pub fn candidates(
        &self,
        subject: Option<Key<'_>>,
        predicate: Option<Key<'_>>,
        object: Option<Key<'_>>,
        data: &GraphDataset<'g>,
    ) -> ExtraCandidates<'_> {
        let index = |cell: &'_ OnceCell<HashIndex<u32>>, part: fn(&ExtraKeys<'_>) -> u32| {
            if cell.get().is_none() {
                let arena = Arena::default();
                let hash = |at| (part(&self.keys(at, data, &arena)), at);
                let _ = cell.set(HashIndex::new((0..self.len()).map(hash).collect()));
            }
        };
        let (cell, key) = if let Some(key) = subject {
            index(&self.by_subject, |keys| hash_of(&keys.subject));
            (&self.by_subject, key)
        } else if let Some(key) = object {
            index(&self.by_object, |keys| hash_of(&keys.object));
            (&self.by_object, key)
        } else if let Some(key) = predicate {
            index(&self.by_predicate, |keys| hash_of(&keys.predicate));
            (&self.by_predicate, key)
        } else {
            return ExtraCandidates::All(0..self.len());
        };
        let found = cell.get().map(|index| index.candidates(hash_of(&key)));
        ExtraCandidates::Some(found.unwrap_or_default().iter())
    }
}

pub(super) enum ExtraCandidates<'a> {
    All(std::ops::Range<u32>),
    Some(std::slice::Iter<'a, (u32, u32)>),
}

impl Iterator for ExtraCandidates<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        match self {
            Self::All(range) => range.next(),
            Self::Some(found) => found.next().map(|(_, at)| *at),
        }
    }
}
