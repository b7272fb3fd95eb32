//! Where statements lie: in a graph as it stands in memory, or in a list of triples.

use oxigraph::model::{Graph, NamedNode, NamedOrBlankNodeRef, Term};

use crate::query::GraphDataset;

/// Statements that shapes are evaluated over. Each is given once.
pub trait Statements {
    fn objects(&self, subject: &Term, predicate: &NamedNode) -> Vec<Term>;
    fn subjects(&self, predicate: &NamedNode, object: &Term) -> Vec<Term>;
    /// Subject and object of each statement of the predicate.
    fn pairs(&self, predicate: &NamedNode) -> Vec<(Term, Term)>;
}

impl Statements for GraphDataset<'_> {
    fn objects(&self, subject: &Term, predicate: &NamedNode) -> Vec<Term> {
        let found = self.triples(Some(subject), Some(&predicate.clone().into()), None);
        found.into_iter().map(|[_, _, object]| object).collect()
    }

    fn subjects(&self, predicate: &NamedNode, object: &Term) -> Vec<Term> {
        let found = self.triples(None, Some(&predicate.clone().into()), Some(object));
        found.into_iter().map(|[subject, _, _]| subject).collect()
    }

    fn pairs(&self, predicate: &NamedNode) -> Vec<(Term, Term)> {
        let found = self.triples(None, Some(&predicate.clone().into()), None);
        found.into_iter().map(|[subject, _, object]| (subject, object)).collect()
    }
}

impl Statements for Graph {
    fn objects(&self, subject: &Term, predicate: &NamedNode) -> Vec<Term> {
        let Some(subject) = node(subject) else { return Vec::new() };
        self.objects_for_subject_predicate(subject, predicate).map(Into::into).collect()
    }

    fn subjects(&self, predicate: &NamedNode, object: &Term) -> Vec<Term> {
        let subjects = self.subjects_for_predicate_object(predicate, object);
        subjects.map(|subject| subject.into_owned().into()).collect()
    }

    fn pairs(&self, predicate: &NamedNode) -> Vec<(Term, Term)> {
        let triples = self.triples_for_predicate(predicate);
        triples.map(|one| (one.subject.into_owned().into(), one.object.into_owned())).collect()
    }
}

/// The term as one that may have statements of its own.
pub(super) fn node(term: &Term) -> Option<NamedOrBlankNodeRef<'_>> {
    match term {
        Term::NamedNode(node) => Some(node.as_ref().into()),
        Term::BlankNode(node) => Some(node.as_ref().into()),
        _ => None,
    }
}
