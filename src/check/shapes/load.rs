//! Shapes from Turtle: read whole, or refused with the word that is not understood.

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{Graph, NamedNode, Term, Triple};
use regex::Regex;

use super::data::node;
use super::evaluate::number;
use super::{BUILT_IN, Constraint, Path, Shape, Shapes, Statements, Target};

const SHACL: &str = "http://www.w3.org/ns/shacl#";

/// The words that are understood, with those that only describe a shape.
const KNOWN: &[&str] = &[
    "NodeShape",
    "PropertyShape",
    "and",
    "class",
    "datatype",
    "description",
    "equals",
    "hasValue",
    "in",
    "inversePath",
    "lessThan",
    "maxCount",
    "maxInclusive",
    "message",
    "minCount",
    "minInclusive",
    "minLength",
    "name",
    "node",
    "not",
    "or",
    "path",
    "pattern",
    "property",
    "severity",
    "targetClass",
    "targetObjectsOf",
    "targetSubjectsOf",
    "xone",
];

/// A shape that refers to itself has no meaning in SHACL Core, and shapes may be shared: so many
/// are read in all, and so deep.
const MOST_SHAPES: usize = 100_000;
const DEEPEST: usize = 64;

/// Why shapes can not be read.
#[derive(Debug, thiserror::Error)]
pub enum ShapesError {
    #[error("this is not Turtle: {0}")]
    Syntax(#[from] oxigraph::io::RdfSyntaxError),
    #[error(
        "{}sh:{word} is not understood; write the shape with {}",
        line.map(|line| format!("line {line}: ")).unwrap_or_default(),
        KNOWN.join(", ")
    )]
    Word { word: String, line: Option<usize> },
    #[error("sh:{word} {value} of {shape}: {expected}")]
    Value { shape: String, word: String, value: String, expected: &'static str },
    #[error("{0} refers to itself, or shapes are nested too deep; name its parts apart")]
    Endless(String),
    #[error(
        "no shape has a target; give one sh:targetClass, sh:targetSubjectsOf or sh:targetObjectsOf"
    )]
    NoTarget,
}

impl Shapes {
    /// The shapes that are part of the program.
    ///
    /// # Errors
    /// As [`Shapes::parse`]; tests prove that there are none.
    pub fn built_in() -> Result<Self, ShapesError> {
        Self::parse(BUILT_IN)
    }

    /// Shapes in Turtle.
    ///
    /// # Errors
    /// [`ShapesError`]: no Turtle, a word of SHACL that is not understood, a value that is none
    /// of its word, shapes without end, or none with a target.
    pub fn parse(turtle: &str) -> Result<Self, ShapesError> {
        let mut graph = Graph::new();
        for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle.as_bytes()) {
            let quad = quad?;
            graph.insert(&Triple::new(quad.subject, quad.predicate, quad.object));
        }
        refuse_unknown(&graph, turtle)?;
        let mut loader = Loader { graph: &graph, read: 0 };
        let mut shapes = Self { shapes: Vec::new(), targets: Vec::new() };
        let mut subjects: Vec<Term> =
            graph.iter().map(|triple| triple.subject.into_owned().into()).collect();
        subjects.sort_by_cached_key(Term::to_string);
        subjects.dedup();
        for subject in &subjects {
            let targets = loader.targets(subject)?;
            if targets.is_empty() {
                continue;
            }
            let at = shapes.shapes.len();
            shapes.shapes.push(loader.shape(subject, 0)?);
            for target in targets {
                match shapes.targets.iter_mut().find(|(known, _)| *known == target) {
                    Some((_, users)) => users.push(at),
                    None => shapes.targets.push((target, vec![at])),
                }
            }
        }
        if shapes.targets.is_empty() {
            return Err(ShapesError::NoTarget);
        }
        Ok(shapes)
    }
}

fn refuse_unknown(graph: &Graph, turtle: &str) -> Result<(), ShapesError> {
    let words = graph.iter().flat_map(|triple| {
        let class = match triple.object {
            oxigraph::model::TermRef::NamedNode(node) if triple.predicate == rdf::TYPE => {
                Some(node)
            }
            _ => None,
        };
        [Some(triple.predicate), class].into_iter().flatten()
    });
    let mut unknown: Vec<&str> = words
        .filter_map(|word| word.as_str().strip_prefix(SHACL))
        .filter(|word| !KNOWN.contains(word))
        .collect();
    unknown.sort_unstable();
    let Some(word) = unknown.first() else { return Ok(()) };
    // Triples have no lines; the word as it is written has.
    let line = turtle.lines().position(|line| {
        line.split(|letter: char| !letter.is_alphanumeric()).any(|part| part == *word)
    });
    Err(ShapesError::Word { word: (*word).to_owned(), line: line.map(|at| at + 1) })
}

struct Loader<'g> {
    graph: &'g Graph,
    read: usize,
}

impl Loader<'_> {
    fn targets(&self, shape: &Term) -> Result<Vec<Target>, ShapesError> {
        let mut targets = Vec::new();
        for (word, object) in self.words(shape) {
            targets.push(match word.as_str() {
                "targetClass" => Target::Class(object),
                "targetSubjectsOf" => Target::SubjectsOf(property(shape, &word, &object)?),
                "targetObjectsOf" => Target::ObjectsOf(property(shape, &word, &object)?),
                _ => continue,
            });
        }
        Ok(targets)
    }

    fn shape(&mut self, term: &Term, depth: usize) -> Result<Shape, ShapesError> {
        self.read += 1;
        if depth > DEEPEST || self.read > MOST_SHAPES {
            return Err(ShapesError::Endless(term.to_string()));
        }
        let mut shape =
            Shape { name: name(term), message: None, path: None, constraints: Vec::new() };
        for (word, object) in self.words(term) {
            let number = || match number(&object) {
                value if value.is_nan() => Err(wrong(term, &word, &object, "a number is expected")),
                value => Ok(value),
            };
            shape.constraints.push(match word.as_str() {
                "path" => {
                    shape.path = Some(self.path(term, &object, depth)?);
                    continue;
                }
                "message" => {
                    if let Term::Literal(text) = &object {
                        shape.message.get_or_insert_with(|| text.value().to_owned());
                    }
                    continue;
                }
                "property" | "node" => Constraint::Shape(self.shape(&object, depth + 1)?),
                "minCount" => Constraint::MinCount(number()?),
                "maxCount" => Constraint::MaxCount(number()?),
                "hasValue" => Constraint::HasValue(object),
                "equals" => Constraint::Equals(property(term, &word, &object)?),
                "class" => Constraint::Class(object),
                "datatype" => Constraint::Datatype(property(term, &word, &object)?),
                "in" => Constraint::In(self.list(term, &word, &object)?),
                "minLength" => Constraint::MinLength(number()?),
                "pattern" => Constraint::Pattern(pattern(term, &word, &object)?),
                "minInclusive" => Constraint::MinInclusive(number()?),
                "maxInclusive" => Constraint::MaxInclusive(number()?),
                "lessThan" => Constraint::LessThan(property(term, &word, &object)?),
                "not" => Constraint::Not(self.shape(&object, depth + 1)?),
                "and" => Constraint::And(self.shapes(term, &word, &object, depth)?),
                "or" => Constraint::Or(self.shapes(term, &word, &object, depth)?),
                "xone" => Constraint::Xone(self.shapes(term, &word, &object, depth)?),
                // Targets, and what only describes; anything else was refused before.
                _ => continue,
            });
        }
        Ok(shape)
    }

    fn shapes(
        &mut self,
        shape: &Term,
        word: &str,
        list: &Term,
        depth: usize,
    ) -> Result<Vec<Shape>, ShapesError> {
        let items = self.list(shape, word, list)?;
        items.iter().map(|item| self.shape(item, depth + 1)).collect()
    }

    fn path(&self, shape: &Term, path: &Term, depth: usize) -> Result<Path, ShapesError> {
        if depth > DEEPEST {
            return Err(ShapesError::Endless(shape.to_string()));
        }
        if let Term::NamedNode(property) = path {
            return Ok(Path::Property(property.clone()));
        }
        if let Some((word, inverse)) = self.words(path).first() {
            return Ok(Path::Inverse(property(shape, word, inverse)?));
        }
        let steps = self.list(shape, "path", path)?;
        if steps.is_empty() {
            return Err(wrong(
                shape,
                "path",
                path,
                "a property, a list of them or sh:inversePath is expected",
            ));
        }
        let steps = steps.iter().map(|step| self.path(shape, step, depth + 1));
        Ok(Path::Sequence(steps.collect::<Result<_, _>>()?))
    }

    /// What SHACL says of a node, as (local name, object), sorted.
    fn words(&self, shape: &Term) -> Vec<(String, Term)> {
        let Some(subject) = node(shape) else { return Vec::new() };
        let words = self.graph.triples_for_subject(subject).filter_map(|triple| {
            let word = triple.predicate.as_str().strip_prefix(SHACL)?;
            Some((word.to_owned(), triple.object.into_owned()))
        });
        let mut words: Vec<_> = words.collect();
        words.sort_by_cached_key(|(word, object)| (word.clone(), object.to_string()));
        words
    }

    fn list(&self, shape: &Term, word: &str, head: &Term) -> Result<Vec<Term>, ShapesError> {
        let (mut items, mut at) = (Vec::new(), head.clone());
        while at != Term::from(rdf::NIL.into_owned()) {
            let first = self.graph.objects(&at, &rdf::FIRST.into());
            let rest = self.graph.objects(&at, &rdf::REST.into());
            // A list that comes back to itself is longer than the file.
            let ([first], [rest], true) =
                (first.as_slice(), rest.as_slice(), items.len() <= self.graph.len())
            else {
                return Err(wrong(shape, word, head, "a list in parentheses is expected"));
            };
            items.push(first.clone());
            at = rest.clone();
        }
        Ok(items)
    }
}

/// The part of an IRI behind the last `#` or `/`.
fn name(shape: &Term) -> Option<String> {
    match shape {
        Term::NamedNode(node) => node.as_str().rsplit(['#', '/']).next().map(str::to_owned),
        _ => None,
    }
}

fn wrong(shape: &Term, word: &str, value: &Term, expected: &'static str) -> ShapesError {
    let (shape, word, value) = (shape.to_string(), word.to_owned(), value.to_string());
    ShapesError::Value { shape, word, value, expected }
}

fn property(shape: &Term, word: &str, value: &Term) -> Result<NamedNode, ShapesError> {
    match value {
        Term::NamedNode(node) => Ok(node.clone()),
        _ => Err(wrong(shape, word, value, "an IRI is expected")),
    }
}

fn pattern(shape: &Term, word: &str, value: &Term) -> Result<Regex, ShapesError> {
    let expected = "a regular expression is expected";
    match value {
        Term::Literal(text) => {
            Regex::new(text.value()).map_err(|_| wrong(shape, word, value, expected))
        }
        _ => Err(wrong(shape, word, value, expected)),
    }
}
