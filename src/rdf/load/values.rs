//! The objects of statements in compact form: which terms our predicates may have as object,
//! and the way back to terms for what turns out not to be ours.

use oxigraph::model::{Literal, LiteralRef, NamedNode};

use super::facts::NodeId;
use crate::ontology::{NAMESPACE, PropertyId, Schema, SubclassId, TopClass};
use crate::rdf::mapping::{Object, date};
use crate::rdf::vocabulary::{Datatype, NodeClass, Term};
use crate::span::CharSpan;

/// The object of a fact.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    Node(NodeId),
    TopClass(TopClass),
    Subclass(SubclassId),
    NodeClass(NodeClass),
    Property(PropertyId),
    /// Index of a list of propositions.
    Proposition(u32),
    /// Index of a text that one fact owns.
    Text(u32),
    /// Index of a text that many facts share.
    Shared(u32),
    /// The same, written with the datatype that its form has.
    Date(u32),
    Integer(u32),
    Position(CharSpan),
    Thousandths(u32),
    True,
}

/// What kind of object a predicate has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Class,
    Link,
    Iri,
    Property,
    Proposition,
    /// Long or seldom repeated.
    Text,
    /// Repeated all over the graph.
    Shared,
    IriOrText,
    Date,
    Integer,
    Position,
    Confidence,
    True,
}

pub fn kind(term: Term) -> Kind {
    match term {
        Term::Type => Kind::Class,
        Term::Subject
        | Term::Object
        | Term::ReferenceContext
        | Term::IdentRef
        | Term::Evidence
        | Term::WasDerivedFrom
        | Term::HasSource
        | Term::HasSelector
        | Term::AttributedTo => Kind::Link,
        Term::SameAs => Kind::Iri,
        Term::Predicate => Kind::Property,
        Term::Reifies => Kind::Proposition,
        Term::Label | Term::AltLabel | Term::Identifier | Term::Title => Kind::Text,
        Term::IsString | Term::Exact => Kind::Text,
        Term::Publisher | Term::InLanguage | Term::Role => Kind::Shared,
        Term::MentionForm | Term::MentionSubtype => Kind::Shared,
        Term::Polarity | Term::Modality | Term::Origin => Kind::Shared,
        Term::Url => Kind::IriOrText,
        Term::Issued | Term::Date => Kind::Date,
        Term::BeginIndex | Term::EndIndex | Term::Start | Term::End => Kind::Integer,
        Term::HeadPosition | Term::TailPosition | Term::CuePosition => Kind::Position,
        Term::Confidence => Kind::Confidence,
        Term::Contested => Kind::True,
    }
}

/// A class of the mapping or the ontology.
pub fn class(iri: &str, schema: &Schema) -> Option<Value> {
    if let Some(class) = NodeClass::from_iri(iri) {
        return Some(Value::NodeClass(class));
    }
    let name = iri.strip_prefix(NAMESPACE)?;
    match TopClass::from_name(name) {
        Some(class) => Some(Value::TopClass(class)),
        None => schema.subclass_id(name).map(Value::Subclass),
    }
}

pub fn property(iri: &str, schema: &Schema) -> Option<PropertyId> {
    schema.property_id(iri.strip_prefix(NAMESPACE)?)
}

/// The value of a literal without language and with datatype `xsd:string`.
pub fn plain(literal: LiteralRef<'_>) -> Option<&str> {
    (literal.datatype().as_str() == Datatype::String.iri()).then(|| literal.value())
}

/// Whether a literal is a date whose datatype is what its form says.
pub fn is_typed_date(literal: LiteralRef<'_>) -> bool {
    matches!(date(literal.value()),
        Object::Date(_, datatype) if datatype.iri() == literal.datatype().as_str())
}

pub fn date_literal(text: &str) -> Literal {
    match date(text) {
        Object::Date(text, datatype) => {
            Literal::new_typed_literal(text, NamedNode::new_unchecked(datatype.iri()))
        }
        _ => Literal::new_simple_literal(text),
    }
}

pub fn integer(literal: LiteralRef<'_>) -> Option<Value> {
    let name = literal.datatype().as_str().strip_prefix(XSD)?;
    let is_integer = matches!(
        name,
        "integer" | "nonNegativeInteger" | "positiveInteger" | "int" | "long" | "unsignedInt"
    );
    let digits = literal.value().bytes().all(|byte| byte.is_ascii_digit());
    (is_integer && digits).then(|| literal.value().parse().ok().map(Value::Integer)).flatten()
}

/// A confidence in thousandths; more precise numbers are rounded.
pub fn confidence(literal: LiteralRef<'_>) -> Option<Value> {
    let name = literal.datatype().as_str().strip_prefix(XSD)?;
    if !matches!(name, "decimal" | "double" | "float" | "integer") {
        return None;
    }
    let value: f32 = literal.value().parse().ok()?;
    let confidence = crate::confidence::Confidence::new(value)?;
    Some(Value::Thousandths(confidence.thousandths()))
}

pub fn position(text: &str) -> Option<Value> {
    let (start, end) = text.strip_prefix("char=")?.split_once(',')?;
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(start) || !digits(end) {
        return None;
    }
    Some(Value::Position(CharSpan { start: start.parse().ok()?, end: end.parse().ok()? }))
}

const XSD: &str = "http://www.w3.org/2001/XMLSchema#";
