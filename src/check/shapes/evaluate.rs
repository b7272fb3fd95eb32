//! Whether nodes meet shapes.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use oxigraph::model::vocab::{rdf, rdfs, xsd};
use oxigraph::model::{NamedNode, NamedNodeRef, Term};

use super::{Constraint, Path, Shape, Shapes, Statements, Target, Violation};

impl Shapes {
    /// The shapes that nodes of `data` do not meet, by node and shape. A constraint of a shape
    /// without a name counts for the named shape that it stands in.
    pub fn violations(&self, data: &dyn Statements) -> Vec<Violation> {
        let mut evaluator = Evaluator { data, near: RefCell::default(), found: Vec::new() };
        for (target, shapes) in &self.targets {
            for focus in focus_nodes(data, target) {
                // Dozens of shapes ask one node for the same few values.
                evaluator.near.borrow_mut().clear();
                for shape in shapes.iter().filter_map(|at| self.shapes.get(*at)) {
                    let mut broken = Vec::new();
                    evaluator.check(shape, &focus, (UNNAMED, None), &mut broken);
                    evaluator.found.extend(broken.into_iter().map(|(name, message)| Violation {
                        focus: focus.to_string(),
                        shape: name.to_owned(),
                        message: message.map(str::to_owned),
                    }));
                }
            }
        }
        evaluator.found.sort();
        evaluator.found.dedup();
        evaluator.found
    }
}

const UNNAMED: &str = "without a name";

/// The name of a shape and what it says of itself.
type Said<'s> = (&'s str, Option<&'s str>);

/// The objects of a subject and predicate.
type Near = HashMap<(Term, NamedNode), Rc<[Term]>>;

struct Evaluator<'d> {
    data: &'d dyn Statements,
    /// Values around the node that is looked at.
    near: RefCell<Near>,
    found: Vec<Violation>,
}

fn focus_nodes(data: &dyn Statements, target: &Target) -> Vec<Term> {
    let mut nodes: Vec<Term> = match target {
        Target::Class(class) => return data.subjects(&rdf::TYPE.into(), class),
        Target::SubjectsOf(property) => data.pairs(property).into_iter().map(|(s, _)| s).collect(),
        Target::ObjectsOf(property) => data.pairs(property).into_iter().map(|(_, o)| o).collect(),
    };
    nodes.sort_by_cached_key(Term::to_string);
    nodes.dedup();
    nodes
}

impl Evaluator<'_> {
    fn conforms(&self, shape: &Shape, focus: &Term) -> bool {
        let mut broken = Vec::new();
        self.check(shape, focus, (UNNAMED, None), &mut broken);
        broken.is_empty()
    }

    /// Adds the shapes that fail at `focus`: this one, or those it refers to.
    fn check<'s>(
        &self,
        shape: &'s Shape,
        focus: &Term,
        outer: Said<'s>,
        broken: &mut Vec<Said<'s>>,
    ) {
        let said = match &shape.name {
            Some(name) => (name.as_str(), shape.message.as_deref()),
            None => (outer.0, shape.message.as_deref().or(outer.1)),
        };
        let values: Rc<[Term]> = match &shape.path {
            Some(path) => self.follow(path, focus),
            None => [focus.clone()].into(),
        };
        for constraint in &shape.constraints {
            let holds = match constraint {
                Constraint::Shape(inner) => {
                    for value in values.iter() {
                        self.check(inner, value, said, broken);
                    }
                    true
                }
                Constraint::MinCount(count) => values.len() as f64 >= *count,
                Constraint::MaxCount(count) => values.len() as f64 <= *count,
                Constraint::HasValue(value) => values.contains(value),
                Constraint::Equals(property) => {
                    let others = self.objects(focus, property);
                    others.iter().all(|other| values.contains(other))
                        && values.iter().all(|value| others.contains(value))
                }
                _ => values.iter().all(|value| self.holds(constraint, value, focus)),
            };
            if !holds {
                broken.push(said);
            }
        }
    }

    /// Whether one value meets a constraint that looks at each value by itself.
    fn holds(&self, constraint: &Constraint, value: &Term, focus: &Term) -> bool {
        let fitting =
            |shapes: &[Shape]| shapes.iter().filter(|shape| self.conforms(shape, value)).count();
        match constraint {
            Constraint::Class(class) => self.is_a(value, class),
            Constraint::Datatype(datatype) => has_datatype(value, datatype.as_ref()),
            Constraint::In(terms) => terms.contains(value),
            Constraint::MinLength(length) => text(value).chars().count() as f64 >= *length,
            Constraint::Pattern(pattern) => pattern.is_match(text(value)),
            Constraint::MinInclusive(least) => number(value) >= *least,
            Constraint::MaxInclusive(most) => number(value) <= *most,
            Constraint::LessThan(property) => {
                let others = self.objects(focus, property);
                others.iter().all(|other| number(value) < number(other))
            }
            Constraint::Not(shape) => !self.conforms(shape, value),
            Constraint::And(shapes) => fitting(shapes) == shapes.len(),
            Constraint::Or(shapes) => shapes.iter().any(|shape| self.conforms(shape, value)),
            Constraint::Xone(shapes) => fitting(shapes) == 1,
            // These look at all values together.
            Constraint::Shape(_)
            | Constraint::MinCount(_)
            | Constraint::MaxCount(_)
            | Constraint::HasValue(_)
            | Constraint::Equals(_) => true,
        }
    }

    fn is_a(&self, value: &Term, class: &Term) -> bool {
        let mut classes = self.objects(value, &rdf::TYPE.into()).to_vec();
        let mut at = 0;
        while let Some(known) = classes.get(at) {
            for parent in self.objects(known, &rdfs::SUB_CLASS_OF.into()).iter() {
                if !classes.contains(parent) {
                    classes.push(parent.clone());
                }
            }
            at += 1;
        }
        classes.contains(class)
    }

    /// The values that a path leads to, each once.
    fn follow(&self, path: &Path, focus: &Term) -> Rc<[Term]> {
        match path {
            Path::Property(property) => self.objects(focus, property),
            Path::Inverse(property) => self.data.subjects(property, focus).into(),
            Path::Sequence(steps) => {
                let mut values = vec![focus.clone()];
                for step in steps {
                    let next: Vec<_> =
                        values.iter().map(|value| self.follow(step, value)).collect();
                    values = next.iter().flat_map(|found| found.iter().cloned()).collect();
                    values.sort_by_cached_key(Term::to_string);
                    values.dedup();
                }
                values.into()
            }
        }
    }

    fn objects(&self, subject: &Term, predicate: &NamedNode) -> Rc<[Term]> {
        let key = (subject.clone(), predicate.clone());
        if let Some(known) = self.near.borrow().get(&key) {
            return Rc::clone(known);
        }
        let found: Rc<[Term]> = self.data.objects(subject, predicate).into();
        self.near.borrow_mut().insert(key, Rc::clone(&found));
        found
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
pub(super) fn number(term: &Term) -> f64 {
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
