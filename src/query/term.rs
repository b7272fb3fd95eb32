//! The terms of a running query: plain copies of a few words, one for each RDF term.
//!
//! That equal terms are equal keys is what joins rely on. So an IRI that names a node of the
//! graph or a word of the vocabulary is always that node or word, whichever way it came into
//! the query, and literals of numbers are known by their value, as in oxigraph's store.

use std::hash::{Hash, Hasher};

use oxigraph::model::vocab::xsd;
use oxigraph::model::{BlankNode, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Triple};
use spareval::ExpressionTerm;

use super::arena::Arena;
use super::dataset::GraphDataset;
use crate::graph::EntityIndex;
use crate::ontology::{NAMESPACE, PropertyId, SubclassId, TopClass};
use crate::rdf::mapping::{Node, Object, Predicate};
use crate::rdf::vocabulary::{Datatype, NodeClass, Term};
use crate::span::CharSpan;

type RdfTerm = oxigraph::model::Term;

/// A term. Texts are borrowed from the graph or from the query's arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key<'a> {
    Node(Node),
    TopClass(TopClass),
    Subclass(SubclassId),
    NodeClass(NodeClass),
    Property(PropertyId),
    Word(Term),
    /// An IRI that names nothing of the above.
    Iri(&'a str),
    /// A blank node of statements that are not ours.
    Blank(&'a str),
    /// A blank node of the ontology, numbered: its name in the file means nothing.
    OntologyBlank(u32),
    /// A triple term: the proposition of a possible claim.
    Proposition(EntityIndex, PropertyId, EntityIndex),
    /// A plain text, unless it looks like a position.
    Text(&'a str),
    /// The text `char=START,END`.
    Position(CharSpan),
    Boolean(bool),
    Integer(i64),
    /// A decimal of 0..=1 with at most three digits after the point, in thousandths.
    Thousandths(u32),
    Date(&'a str, Datatype),
    /// Any other literal or triple term.
    Other(&'a RdfTerm),
}

/// One write for what joins and groups are nearly always about; the derived form would write each
/// of the nested tags apart.
impl Hash for Key<'_> {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        let tagged = |tag: u64, value: u32| tag << 56 | u64::from(value);
        match *self {
            Key::Node(Node::Entity(entity)) => state.write_u64(tagged(1, entity.0)),
            Key::Node(Node::Claim(claim)) => state.write_u64(tagged(2, claim.0)),
            Key::Node(Node::Evidence(claim, at)) => {
                state.write_u64(tagged(3, claim.0) | u64::from(at) << 32);
            }
            Key::Node(node) => node.hash(state),
            Key::TopClass(class) => state.write_u64(tagged(4, class as u32)),
            Key::Subclass(class) => state.write_u64(tagged(5, u32::from(class.0))),
            Key::NodeClass(class) => state.write_u64(tagged(6, class as u32)),
            Key::Property(property) => state.write_u64(tagged(7, u32::from(property.0))),
            Key::Word(word) => state.write_u64(tagged(8, word as u32)),
            Key::Text(text) | Key::Iri(text) | Key::Blank(text) | Key::Date(text, _) => {
                text.hash(state);
            }
            Key::OntologyBlank(number) => state.write_u64(tagged(9, number)),
            Key::Proposition(head, property, tail) => (head, property, tail).hash(state),
            Key::Position(span) => span.hash(state),
            Key::Boolean(value) => state.write_u64(tagged(10, u32::from(value))),
            Key::Integer(value) => state.write_i64(value),
            Key::Thousandths(value) => state.write_u64(tagged(11, value)),
            Key::Other(term) => term.hash(state),
        }
    }
}

const ONTOLOGY_BLANK: &str = "ontology";

pub(super) fn predicate_key<'a>(predicate: Predicate) -> Key<'a> {
    match predicate {
        Predicate::Term(term) => Key::Word(term),
        Predicate::Relation(property) => Key::Property(property),
    }
}

/// The key of a plain text.
#[inline]
pub(super) fn text_key(text: &str) -> Key<'_> {
    if text.starts_with("char=")
        && let Some(span) = position(text)
    {
        return Key::Position(span);
    }
    Key::Text(text)
}

/// Reads `char=START,END`, if it is written as the mapping writes it.
fn position(text: &str) -> Option<CharSpan> {
    let (start, end) = text.strip_prefix("char=")?.split_once(',')?;
    let span = CharSpan { start: start.parse().ok()?, end: end.parse().ok()? };
    (lexical(&Object::Position(span)) == text).then_some(span)
}

/// The lexical form of a literal of the mapping.
fn lexical(object: &Object<'_>) -> String {
    let mut out = String::new();
    object.push_lexical(&mut out);
    out
}

impl<'g> GraphDataset<'g> {
    /// The key of a statement's object.
    #[inline]
    pub(super) fn object_key<'a>(&'a self, object: Object<'g>) -> Key<'a> {
        match object {
            Object::Node(node) => Key::Node(node),
            Object::TopClass(class) => Key::TopClass(class),
            Object::Subclass(class) => Key::Subclass(class),
            Object::NodeClass(class) => Key::NodeClass(class),
            Object::Property(property) => Key::Property(property),
            Object::Iri(iri) => self.own_iri_key(iri),
            Object::Proposition(head, property, tail) => Key::Proposition(head, property, tail),
            Object::Text(text) => text_key(text),
            Object::Position(span) => Key::Position(span),
            Object::Origin(origin) => text_key(self.origin_text(origin)),
            Object::Boolean(value) => Key::Boolean(value),
            Object::Integer(value) => Key::Integer(i64::from(value)),
            Object::Decimal(value) => Key::Thousandths(value.thousandths()),
            Object::Date(text, datatype) => Key::Date(text, datatype),
        }
    }

    /// The key of an IRI, except that it may have to be kept.
    pub(super) fn iri_key<'a>(&self, iri: &'a str) -> Key<'a> {
        if let Some(term) = Term::from_iri(iri) {
            return Key::Word(term);
        }
        if let Some(class) = NodeClass::from_iri(iri) {
            return Key::NodeClass(class);
        }
        let schema = self.mapping.schema;
        if let Some(local) = iri.strip_prefix(NAMESPACE) {
            if let Some(property) = schema.property_id(local) {
                return Key::Property(property);
            }
            if let Some(class) = TopClass::from_name(local) {
                return Key::TopClass(class);
            }
            if let Some(class) = schema.subclass_id(local) {
                return Key::Subclass(class);
            }
        }
        self.node_of_iri(iri).map_or(Key::Iri(iri), Key::Node)
    }

    /// The key of a literal; `None` when it is none of the forms that have their own.
    fn literal_key<'a>(&self, literal: &'a Literal) -> Option<Key<'a>> {
        if literal.language().is_some() {
            return None;
        }
        let (value, datatype) = (literal.value(), literal.datatype());
        if datatype == xsd::STRING {
            return Some(text_key(value));
        }
        if datatype == xsd::BOOLEAN {
            return match value {
                "true" => Some(Key::Boolean(true)),
                "false" => Some(Key::Boolean(false)),
                _ => None,
            };
        }
        if datatype == xsd::INTEGER {
            let number: i64 = value.parse().ok()?;
            return (number.to_string() == value).then_some(Key::Integer(number));
        }
        if datatype == xsd::DECIMAL {
            let thousandths = thousandths(value)?;
            return (decimal(thousandths) == value).then_some(Key::Thousandths(thousandths));
        }
        let datatype = [Datatype::Date, Datatype::YearMonth, Datatype::Year, Datatype::MonthDay]
            .into_iter()
            .find(|known| known.iri() == datatype.as_str())?;
        Some(Key::Date(value, datatype))
    }

    /// The key of a term that lives as long as the graph.
    pub(super) fn term_key<'a>(&self, term: &'a RdfTerm) -> Key<'a> {
        match term {
            RdfTerm::NamedNode(node) => self.iri_key(node.as_str()),
            RdfTerm::BlankNode(node) => Key::Blank(node.as_str()),
            RdfTerm::Literal(literal) => self.literal_key(literal).unwrap_or(Key::Other(term)),
            RdfTerm::Triple(triple) => self.triple_key(triple).unwrap_or(Key::Other(term)),
        }
    }

    fn triple_key<'a>(&self, triple: &Triple) -> Option<Key<'a>> {
        let NamedOrBlankNode::NamedNode(subject) = &triple.subject else {
            return None;
        };
        let RdfTerm::NamedNode(object) = &triple.object else {
            return None;
        };
        match (
            self.iri_key(subject.as_str()),
            self.iri_key(triple.predicate.as_str()),
            self.iri_key(object.as_str()),
        ) {
            (
                Key::Node(Node::Entity(head)),
                Key::Property(property),
                Key::Node(Node::Entity(tail)),
            ) => Some(Key::Proposition(head, property, tail)),
            _ => None,
        }
    }

    /// The key of a term of the query, kept in `arena` where it is not in the graph.
    pub(super) fn internalize<'a>(&self, term: RdfTerm, arena: &'a Arena) -> Key<'a> {
        let term = normalized(term);
        match &term {
            RdfTerm::BlankNode(node) => {
                let number = node.as_str().strip_prefix(ONTOLOGY_BLANK);
                let number = number.and_then(|number| number.parse().ok());
                match number.filter(|number| *number < self.ontology_blanks()) {
                    Some(number) => Key::OntologyBlank(number),
                    None => Key::Blank(arena.keep_text(node.as_str().to_owned())),
                }
            }
            // What needs no text is not kept.
            _ => match self.term_key(&term) {
                Key::Iri(iri) => Key::Iri(arena.keep_text(iri.to_owned())),
                Key::Text(text) => Key::Text(arena.keep_text(text.to_owned())),
                Key::Date(text, datatype) => Key::Date(arena.keep_text(text.to_owned()), datatype),
                Key::Blank(_) | Key::Other(_) => Key::Other(arena.keep(term)),
                Key::Node(node) => Key::Node(node),
                Key::TopClass(class) => Key::TopClass(class),
                Key::Subclass(class) => Key::Subclass(class),
                Key::NodeClass(class) => Key::NodeClass(class),
                Key::Property(property) => Key::Property(property),
                Key::Word(word) => Key::Word(word),
                Key::OntologyBlank(number) => Key::OntologyBlank(number),
                Key::Proposition(head, property, tail) => Key::Proposition(head, property, tail),
                Key::Position(span) => Key::Position(span),
                Key::Boolean(value) => Key::Boolean(value),
                Key::Integer(value) => Key::Integer(value),
                Key::Thousandths(value) => Key::Thousandths(value),
            },
        }
    }

    /// The IRI of a key that is one.
    pub(super) fn iri_of(&self, key: Key<'_>) -> Option<NamedNode> {
        let schema = self.mapping.schema;
        let of_ontology = |local: &str| format!("{NAMESPACE}{local}");
        let iri = match key {
            Key::Node(node) => {
                let mut iri = String::new();
                self.mapping.push_iri(node, &mut iri);
                iri
            }
            Key::TopClass(class) => of_ontology(class.name()),
            Key::Subclass(class) => of_ontology(&schema.subclass(class).name),
            Key::NodeClass(class) => return Some(NamedNodeRef::new_unchecked(class.iri()).into()),
            Key::Property(property) => of_ontology(&schema.property(property).name),
            Key::Word(word) => return Some(NamedNodeRef::new_unchecked(word.iri()).into()),
            Key::Iri(iri) => iri.to_owned(),
            _ => return None,
        };
        Some(NamedNode::new_unchecked(iri))
    }

    pub(super) fn externalize(&self, key: Key<'_>) -> RdfTerm {
        if let Some(node) = self.iri_of(key) {
            return node.into();
        }
        match key {
            Key::Blank(name) => BlankNode::new_unchecked(name).into(),
            Key::OntologyBlank(number) => {
                BlankNode::new_unchecked(format!("{ONTOLOGY_BLANK}{number}")).into()
            }
            Key::Proposition(head, property, tail) => {
                let node = |entity| {
                    let mut iri = String::new();
                    self.mapping.push_iri(Node::Entity(entity), &mut iri);
                    NamedNode::new_unchecked(iri)
                };
                let name = &self.mapping.schema.property(property).name;
                let predicate = NamedNode::new_unchecked(format!("{NAMESPACE}{name}"));
                Triple::new(node(head), predicate, node(tail)).into()
            }
            Key::Text(text) => Literal::from(text).into(),
            Key::Position(span) => Literal::from(lexical(&Object::Position(span))).into(),
            Key::Boolean(value) => Literal::from(value).into(),
            Key::Integer(value) => Literal::from(value).into(),
            Key::Thousandths(value) => {
                Literal::new_typed_literal(decimal(value), xsd::DECIMAL).into()
            }
            Key::Date(text, datatype) => {
                let datatype = NamedNodeRef::new_unchecked(datatype.iri());
                Literal::new_typed_literal(text, datatype).into()
            }
            Key::Other(term) => term.clone(),
            // All that are IRIs are already gone.
            _ => Literal::from("").into(),
        }
    }

    /// As [`GraphDataset::externalize`], for the operands of expressions.
    pub(super) fn externalize_expression(&self, key: Key<'_>) -> ExpressionTerm {
        match key {
            Key::Text(text) => ExpressionTerm::StringLiteral(text.to_owned()),
            Key::Boolean(value) => ExpressionTerm::BooleanLiteral(value.into()),
            Key::Integer(value) => ExpressionTerm::IntegerLiteral(value.into()),
            _ => match self.iri_of(key) {
                Some(node) => ExpressionTerm::NamedNode(node),
                None => self.externalize(key).into(),
            },
        }
    }
}

/// Numbers and booleans by value: `01`, `1.0` and `"1"^^xsd:int` are what they are worth.
fn normalized(term: RdfTerm) -> RdfTerm {
    match &term {
        RdfTerm::Literal(literal) if literal.language().is_none() => {
            let datatype = literal.datatype();
            if datatype == xsd::STRING || !datatype.as_str().starts_with(XSD) {
                return term;
            }
            ExpressionTerm::from(term).into()
        }
        _ => term,
    }
}

const XSD: &str = "http://www.w3.org/2001/XMLSchema#";

/// Reads a number of 0..=1 with at most three digits after the point.
fn thousandths(text: &str) -> Option<u32> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit());
    if fraction.len() > 3 || whole.len() != 1 || !digits {
        return None;
    }
    let fraction: u32 = format!("{fraction:0<3}").parse().ok()?;
    let value = whole.parse::<u32>().ok()? * 1000 + fraction;
    (value <= 1000).then_some(value)
}

fn decimal(thousandths: u32) -> String {
    let text = format!("{}.{:03}", thousandths / 1000, thousandths % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_known_only_as_they_are_written() {
        assert_eq!(text_key("char=1,20"), Key::Position(CharSpan { start: 1, end: 20 }));
        for text in ["char=01,20", "char=1", "char=1,20 ", "char=+1,2", "1,2"] {
            assert_eq!(text_key(text), Key::Text(text));
        }
    }

    #[test]
    fn decimals_are_thousandths() {
        for (text, value) in [("1", 1000), ("0", 0), ("0.85", 850), ("0.5", 500), ("0.001", 1)] {
            assert_eq!(thousandths(text), Some(value));
            assert_eq!(decimal(value), text);
        }
        for text in ["1.001", "0.8333", "-0.5", "10", "", "0.+1"] {
            assert_eq!(thousandths(text), None, "{text}");
        }
    }
}
