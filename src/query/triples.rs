//! Statements of the default graph by pattern, as terms: for readers that are no query.

use oxigraph::model::Term;
use spareval::QueryableDataset;

use super::arena::Arena;
use super::clock::Clock;
use super::dataset::GraphDataset;
use super::view::View;

impl GraphDataset<'_> {
    /// The statements of the default graph whose subject, predicate and object are those given,
    /// each as subject, predicate and object. What is left out matches anything.
    pub fn triples(
        &self,
        subject: Option<&Term>,
        predicate: Option<&Term>,
        object: Option<&Term>,
    ) -> Vec<[Term; 3]> {
        let (arena, clock) = (Arena::default(), Clock::unlimited());
        let view = View::new(self, &arena, &clock);
        let key = |term: Option<&Term>| term.map(|term| self.internalize(term.clone(), &arena));
        let [subject, predicate, object] = [key(subject), key(predicate), key(object)];
        let quads = view.internal_quads_for_pattern(
            subject.as_ref(),
            predicate.as_ref(),
            object.as_ref(),
            Some(None),
        );
        // Without a deadline the time is never up.
        let found = quads.filter_map(Result::ok);
        found
            .map(|quad| {
                [quad.subject, quad.predicate, quad.object].map(|key| self.externalize(key))
            })
            .collect()
    }
}
