//! One statement of a graph in compact form: nodes are indexes, texts are borrowed.

use std::fmt::Write as _;

use oxigraph::model::NamedNodeRef;

use super::vocabulary::{Datatype, NodeClass, Term};
use crate::confidence::Confidence;
use crate::graph::{ClaimIndex, DocumentIndex, EntityIndex, Origin};
use crate::ontology::{PropertyId, SubclassId, TopClass};
use crate::span::CharSpan;

/// Something that has an IRI below the base. `u32` counts from 0 within the owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    Document(DocumentIndex),
    Entity(EntityIndex),
    Mention(EntityIndex, u32),
    Claim(ClaimIndex),
    Evidence(ClaimIndex, u32),
    Selector(ClaimIndex, u32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Predicate {
    Term(Term),
    Relation(PropertyId),
}

/// The object of a statement.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Object<'g> {
    Node(Node),
    TopClass(TopClass),
    Subclass(SubclassId),
    NodeClass(NodeClass),
    Property(PropertyId),
    /// A valid absolute IRI.
    Iri(&'g str),
    /// A triple term: the proposition of a claim (RDF 1.2 only).
    Proposition(EntityIndex, PropertyId, EntityIndex),
    Text(&'g str),
    /// Written as a text, `char=START,END` (RFC 5147).
    Position(CharSpan),
    /// Written as [`Origin::to_text`].
    Origin(&'g Origin),
    Boolean(bool),
    Integer(u32),
    Decimal(Confidence),
    /// A date in a form that its datatype allows.
    Date(&'g str, Datatype),
}

/// A statement in the default graph or in that of a document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Statement<'g> {
    pub subject: Node,
    pub predicate: Predicate,
    pub object: Object<'g>,
    pub graph: Option<DocumentIndex>,
}

impl Object<'_> {
    /// Appends the lexical form of a literal and returns its datatype; `None` for what is
    /// no literal.
    pub fn push_lexical(&self, out: &mut String) -> Option<Datatype> {
        let datatype = match self {
            Object::Text(text) => {
                out.push_str(text);
                Datatype::String
            }
            Object::Position(span) => {
                // Writing to a string cannot fail.
                let _ = write!(out, "char={},{}", span.start, span.end);
                Datatype::String
            }
            Object::Origin(origin) => {
                let (kind, detail) = match origin {
                    Origin::Rule(id) => ("rule:", &**id),
                    Origin::Model(id) => ("model:", &**id),
                    Origin::Gazetteer => ("gazetteer", ""),
                    Origin::Human => ("human", ""),
                    Origin::Import => ("import", ""),
                };
                out.push_str(kind);
                out.push_str(detail);
                Datatype::String
            }
            Object::Boolean(value) => {
                out.push_str(if *value { "true" } else { "false" });
                Datatype::Boolean
            }
            Object::Integer(value) => {
                let _ = write!(out, "{value}");
                Datatype::Integer
            }
            Object::Decimal(value) => {
                push_decimal(*value, out);
                Datatype::Decimal
            }
            Object::Date(value, datatype) => {
                out.push_str(value);
                *datatype
            }
            _ => return None,
        };
        Some(datatype)
    }
}

/// The canonical form of a decimal: no trailing zero, and no point without digits after it.
fn push_decimal(value: Confidence, out: &mut String) {
    let thousandths = value.thousandths();
    let _ = write!(out, "{}", thousandths / 1000);
    let rest = thousandths % 1000;
    if rest != 0 {
        let digits = format_args!(".{rest:03}").to_string();
        out.push_str(digits.trim_end_matches('0'));
    }
}

/// An IRI where `text` is one, else a text, so that nothing invalid is written and nothing lost.
pub(super) fn iri_or_text(text: &str) -> Object<'_> {
    if NamedNodeRef::new(text).is_ok() { Object::Iri(text) } else { Object::Text(text) }
}

/// A typed date where `text` is one, else a text.
pub fn date(text: &str) -> Object<'_> {
    match date_type(text) {
        Some(datatype) => Object::Date(text, datatype),
        None => Object::Text(text),
    }
}

/// The XML Schema type of `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or, without a year, `--MM-DD`; `None` for
/// days that do not exist.
fn date_type(text: &str) -> Option<Datatype> {
    if let Some(day_of_year) = text.strip_prefix("--") {
        // Every day of the year exists in a leap year.
        let in_leap_year = (day_of_year.len() == 5).then(|| format!("2000-{day_of_year}"))?;
        return (date_type(&in_leap_year)? == Datatype::Date).then_some(Datatype::MonthDay);
    }
    let shape: Vec<usize> = text.split('-').map(str::len).collect();
    let digits = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let part = |at: usize| text.split('-').nth(at).and_then(|part| part.parse::<u16>().ok());
    // The year 0 is not allowed by XML Schema 1.0.
    let year = part(0).filter(|year| digits && *year > 0)?;
    match shape[..] {
        [4] => Some(Datatype::Year),
        [4, 2] => part(1).filter(|month| (1..=12).contains(month)).map(|_| Datatype::YearMonth),
        [4, 2, 2] => {
            let (month, day) = (part(1)?, part(2)?);
            let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            let days = match month {
                1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
                4 | 6 | 9 | 11 => 30,
                2 => 28 + u16::from(leap),
                _ => return None,
            };
            (1..=days).contains(&day).then_some(Datatype::Date)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_dates_are_typed() {
        assert_eq!(date_type("2016"), Some(Datatype::Year));
        assert_eq!(date_type("2016-09"), Some(Datatype::YearMonth));
        assert_eq!(date_type("2016-02-29"), Some(Datatype::Date));
        assert_eq!(date_type("--02-29"), Some(Datatype::MonthDay));
        for wrong in [
            "--02-30",
            "--2016",
            "--9-16",
            "---16",
            "2015-02-29",
            "2016-13",
            "0000",
            "16",
            "2016-9-9",
            "-2016",
            "",
            "+216",
            "٢٠١٦",
        ] {
            assert_eq!(date_type(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn decimals_are_canonical() {
        for (value, text) in
            [(1.0, "1"), (0.0, "0"), (0.85, "0.85"), (0.5, "0.5"), (0.001, "0.001")]
        {
            let mut out = String::new();
            push_decimal(Confidence::new(value).expect("in range"), &mut out);
            assert_eq!(out, text);
        }
    }
}
