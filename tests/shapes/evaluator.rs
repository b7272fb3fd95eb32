//! The part of SHACL Core that `ontology/shapes.ttl` uses, small enough to be read whole.
//!
//! A library would do the same with three hundred crates more to build. A word of SHACL that
//! stands in a shape and is not known here is a panic, never a shape that silently passes.

use std::collections::BTreeSet;

use oxigraph::model::vocab::{rdf, rdfs, xsd};
use oxigraph::model::{Graph, Literal, NamedNodeRef, NamedOrBlankNodeRef, Term, TermRef};
use oxigraph::sparql::{QueryResults, SparqlEvaluator};
use oxigraph::store::Store;

const SHACL: &str = "http://www.w3.org/ns/shacl#";
const SHAPES: &str = "https://w3id.org/newsgraph/shapes#";

/// Local names of the shapes that `data` does not meet. A constraint of a shape without a name
/// counts for the named shape that it stands in.
pub fn fired(shapes: &Graph, data: &Graph) -> BTreeSet<String> {
    let evaluator = Evaluator { shapes, data };
    let mut fired = BTreeSet::new();
    for triple in shapes.iter().filter(|t| t.predicate == rdf::TYPE) {
        let shape = triple.subject.into_owned().into();
        for focus in evaluator.targets(&shape) {
            evaluator.check(&shape, &focus, "a shape without a name", &mut fired);
        }
    }
    fired
}

/// The local name of a shape; `None` when it has none.
pub fn shape_name(shape: &Term) -> Option<&str> {
    match shape {
        Term::NamedNode(node) => node.as_str().strip_prefix(SHAPES),
        _ => None,
    }
}

struct Evaluator<'g> {
    shapes: &'g Graph,
    data: &'g Graph,
}

impl Evaluator<'_> {
    fn targets(&self, shape: &Term) -> Vec<Term> {
        let mut targets: Vec<Term> = Vec::new();
        for (word, object) in self.words(shape) {
            match word.as_str() {
                "targetClass" => {
                    let typed = self.data.subjects_for_predicate_object(rdf::TYPE, &object);
                    targets.extend(typed.map(|subject| Term::from(subject.into_owned())));
                }
                "targetSubjectsOf" => {
                    let uses = self.data.triples_for_predicate(named(&object));
                    targets.extend(uses.map(|triple| Term::from(triple.subject.into_owned())));
                }
                "targetObjectsOf" => {
                    let uses = self.data.triples_for_predicate(named(&object));
                    targets.extend(uses.map(|triple| triple.object.into_owned()));
                }
                _ => {}
            }
        }
        targets
    }

    fn conforms(&self, shape: &Term, focus: &Term) -> bool {
        let mut fired = BTreeSet::new();
        self.check(shape, focus, "inner", &mut fired);
        fired.is_empty()
    }

    /// Adds the names of the shapes that fail at `focus`: this one, or those it refers to.
    fn check(&self, shape: &Term, focus: &Term, outer: &str, fired: &mut BTreeSet<String>) {
        let name = shape_name(shape).unwrap_or(outer);
        let words = self.words(shape);
        let values = match words.iter().find(|(word, _)| word == "path") {
            Some((_, path)) => self.follow(path, focus),
            None => vec![focus.clone()],
        };
        for (word, object) in &words {
            let holds = match word.as_str() {
                "property" | "node" => {
                    for value in &values {
                        self.check(object, value, name, fired);
                    }
                    true
                }
                "minCount" => values.len() as f64 >= number(object),
                "maxCount" => values.len() as f64 <= number(object),
                "hasValue" => values.contains(object),
                "equals" => {
                    let others = self.data_objects(focus, named(object));
                    others.iter().all(|o| values.contains(o))
                        && values.iter().all(|v| others.contains(v))
                }
                _ => values.iter().all(|value| self.holds(word, object, value, focus)),
            };
            if !holds {
                fired.insert(name.to_owned());
            }
        }
    }

    /// Whether one value meets a constraint that looks at each value by itself.
    fn holds(&self, word: &str, object: &Term, value: &Term, focus: &Term) -> bool {
        let fitting = || {
            let shapes = self.list(object);
            shapes.iter().filter(|shape| self.conforms(shape, value)).count()
        };
        match word {
            "path" | "message" | "targetClass" | "targetSubjectsOf" | "targetObjectsOf" => true,
            "class" => self.is_a(value, object),
            "datatype" => has_datatype(value, named(object)),
            "in" => self.list(object).contains(value),
            "minLength" => text(value).chars().count() as f64 >= number(object),
            "pattern" => matches(text(value), text(object)),
            "minInclusive" => number(value) >= number(object),
            "maxInclusive" => number(value) <= number(object),
            "lessThan" => {
                let others = self.data_objects(focus, named(object));
                others.iter().all(|other| number(value) < number(other))
            }
            "not" => !self.conforms(object, value),
            "or" => fitting() > 0,
            "xone" => fitting() == 1,
            _ => panic!("sh:{word} is not known to this evaluator"),
        }
    }

    fn is_a(&self, value: &Term, class: &Term) -> bool {
        let mut classes = self.data_objects(value, rdf::TYPE);
        let mut at = 0;
        while at < classes.len() {
            for parent in self.data_objects(&classes[at], rdfs::SUB_CLASS_OF) {
                if !classes.contains(&parent) {
                    classes.push(parent);
                }
            }
            at += 1;
        }
        classes.contains(class)
    }

    /// The values that a path leads to: a property, its inverse, or a sequence.
    fn follow(&self, path: &Term, focus: &Term) -> Vec<Term> {
        if let Term::NamedNode(property) = path {
            return self.data_objects(focus, property.as_ref());
        }
        if let Some((_, property)) = self.words(path).iter().find(|(w, _)| w == "inversePath") {
            let subjects = self.data.subjects_for_predicate_object(named(property), focus);
            return subjects.map(|subject| subject.into_owned().into()).collect();
        }
        let mut values = vec![focus.clone()];
        for step in self.list(path) {
            values = values.iter().flat_map(|value| self.follow(&step, value)).collect();
            values.sort_by_key(Term::to_string);
            values.dedup();
        }
        values
    }

    /// What SHACL says of a shape, as (local name, object).
    fn words(&self, shape: &Term) -> Vec<(String, Term)> {
        let Some(subject) = subject(shape) else { return Vec::new() };
        let triples = self.shapes.triples_for_subject(subject);
        triples
            .filter_map(|t| {
                let word = t.predicate.as_str().strip_prefix(SHACL)?;
                Some((word.to_owned(), t.object.into_owned()))
            })
            .collect()
    }

    fn list(&self, head: &Term) -> Vec<Term> {
        let mut items = Vec::new();
        let mut at = head.clone();
        while let Some(cell) = subject(&at)
            && let Some(first) = self.shapes.object_for_subject_predicate(cell, rdf::FIRST)
        {
            items.push(first.into_owned());
            let rest = self.shapes.object_for_subject_predicate(cell, rdf::REST);
            at = rest.expect("a list goes on or ends").into_owned();
        }
        items
    }

    fn data_objects(&self, term: &Term, property: NamedNodeRef<'_>) -> Vec<Term> {
        let Some(subject) = subject(term) else { return Vec::new() };
        let objects = self.data.objects_for_subject_predicate(subject, property);
        objects.map(TermRef::into_owned).collect()
    }
}

fn subject(term: &Term) -> Option<NamedOrBlankNodeRef<'_>> {
    match term {
        Term::NamedNode(node) => Some(node.as_ref().into()),
        Term::BlankNode(node) => Some(node.as_ref().into()),
        _ => None,
    }
}

fn named(term: &Term) -> NamedNodeRef<'_> {
    match term {
        Term::NamedNode(node) => node.as_ref(),
        _ => panic!("{term} should be an IRI"),
    }
}

fn text(term: &Term) -> &str {
    match term {
        Term::Literal(literal) => literal.value(),
        Term::NamedNode(node) => node.as_str(),
        _ => "",
    }
}

/// Not a number where the term is none, so that every comparison fails.
fn number(term: &Term) -> f64 {
    text(term).parse().unwrap_or(f64::NAN)
}

fn has_datatype(value: &Term, datatype: NamedNodeRef<'_>) -> bool {
    let Term::Literal(literal) = value else { return false };
    let well_formed = match datatype {
        xsd::INTEGER => literal.value().parse::<i64>().is_ok(),
        xsd::DECIMAL => number(value).is_finite(),
        xsd::BOOLEAN => matches!(literal.value(), "true" | "false" | "0" | "1"),
        _ => true,
    };
    literal.datatype() == datatype && well_formed
}

/// SHACL's patterns are SPARQL's, so SPARQL decides.
fn matches(value: &str, pattern: &str) -> bool {
    thread_local! {
        static EMPTY: Store = Store::new().expect("a store in memory");
    }
    let value = Literal::new_simple_literal(value);
    let pattern = Literal::new_simple_literal(pattern);
    let query = format!("ASK {{ FILTER(REGEX({value}, {pattern})) }}");
    let query = SparqlEvaluator::new().parse_query(&query).expect("a query");
    EMPTY.with(|store| matches!(query.on_store(store).execute(), Ok(QueryResults::Boolean(true))))
}
