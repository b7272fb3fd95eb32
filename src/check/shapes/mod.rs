//! The part of SHACL Core (W3C 2017) that `ontology/shapes.ttl` uses, over statements wherever
//! they lie. A shape is read once into a tree; a word of SHACL that is not known here is refused
//! when shapes are read, so that none passes silently.

mod data;
mod evaluate;
mod load;

use oxigraph::model::{NamedNode, Term};
use regex::Regex;

pub use data::Statements;
pub use load::ShapesError;

use super::{Fault, Finding};
use crate::graph::KnowledgeGraph;
use crate::ontology::Schema;
use crate::query::GraphDataset;
use crate::rdf::MappingOptions;

/// The shapes that every exported graph meets.
const BUILT_IN: &str = include_str!("../../../ontology/shapes.ttl");

/// Shapes with their targets, ready to be evaluated.
pub struct Shapes {
    shapes: Vec<Shape>,
    targets: Vec<(Target, Vec<usize>)>,
}

/// A shape that is not met at a node.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// The node, as in N-Triples.
    pub focus: String,
    /// The local name of the shape; of one without a name, that of the shape around it.
    pub shape: String,
    /// What the shape says of itself.
    pub message: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Target {
    Class(Term),
    SubjectsOf(NamedNode),
    ObjectsOf(NamedNode),
}

struct Shape {
    name: Option<String>,
    message: Option<String>,
    path: Option<Path>,
    constraints: Vec<Constraint>,
}

enum Path {
    Property(NamedNode),
    Inverse(NamedNode),
    Sequence(Vec<Path>),
}

enum Constraint {
    /// `sh:property` and `sh:node`: a shape that each value meets.
    Shape(Shape),
    MinCount(f64),
    MaxCount(f64),
    HasValue(Term),
    Equals(NamedNode),
    Class(Term),
    Datatype(NamedNode),
    In(Vec<Term>),
    MinLength(f64),
    Pattern(Regex),
    MinInclusive(f64),
    MaxInclusive(f64),
    LessThan(NamedNode),
    Not(Shape),
    And(Vec<Shape>),
    Or(Vec<Shape>),
    Xone(Vec<Shape>),
}

/// Evaluates the built-in shapes, and the `own` ones of the user, over the graph as the default
/// profile writes it; statements of other vocabularies that a loaded file held are part of it.
///
/// # Errors
/// When the built-in shapes can not be read.
pub fn check_shapes(
    graph: &KnowledgeGraph,
    schema: &Schema,
    own: Option<&Shapes>,
) -> Result<Vec<Finding>, ShapesError> {
    let options = MappingOptions::default();
    let dataset = GraphDataset::new(graph, schema, &options);
    let mut violations = Shapes::built_in()?.violations(&dataset);
    violations.extend(own.into_iter().flat_map(|shapes| shapes.violations(&dataset)));
    violations.sort();
    violations.dedup();
    let finding = |violation: Violation| {
        let iri = violation.focus.trim_start_matches('<').trim_end_matches('>');
        let said = violation.message.unwrap_or_else(|| "the shape is not met".into());
        Finding {
            fault: Fault::Shape,
            subject: match dataset.label(iri) {
                Some(label) => format!("{label} {}", violation.focus),
                None => violation.focus,
            },
            document: None,
            evidence: None,
            message: format!("shape {}: {said}", violation.shape),
        }
    };
    Ok(violations.into_iter().map(finding).collect())
}
