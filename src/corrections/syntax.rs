//! Reads a file of corrections and checks it against the ontology.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::{ClassName, Corrections, Drop, Fact, Line, Merge, Named, Namesake, Rename, Retype};
use crate::graph::{Modality, Polarity};
use crate::inspect::{RelationMatch, find_relation, fold};
use crate::ontology::{PropertyId, Schema, TopClass};

/// What is wrong with a file of corrections. Reads "LINE: MESSAGE", to stand behind the name of
/// the file and a colon.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{line}: {message}")]
pub struct CorrectionsError {
    /// From 1.
    pub line: usize,
    pub message: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct FileToml {
    #[serde(default)]
    merge: Vec<Spanned<MergeToml>>,
    #[serde(default)]
    keep_apart: Vec<Spanned<KeepApartToml>>,
    #[serde(default)]
    rename: Vec<Spanned<ChangeToml>>,
    #[serde(default)]
    retype: Vec<Spanned<ChangeToml>>,
    #[serde(default)]
    drop: Vec<Spanned<DropToml>>,
    #[serde(default)]
    add: Vec<Spanned<AddToml>>,
}

/// For the reader of the file; nothing is done with it.
type Note = Option<serde::de::IgnoredAny>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MergeToml {
    names: Vec<String>,
    class: Option<String>,
    #[serde(rename = "note")]
    _note: Note,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KeepApartToml {
    names: Option<Vec<String>>,
    name: Option<String>,
    documents: Option<Vec<String>>,
    class: Option<String>,
    #[serde(rename = "note")]
    _note: Note,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangeToml {
    entity: String,
    to: String,
    class: Option<String>,
    #[serde(rename = "note")]
    _note: Note,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DropToml {
    entity: Option<String>,
    class: Option<String>,
    head: Option<String>,
    relation: Option<String>,
    tail: Option<String>,
    document: Option<String>,
    #[serde(rename = "note")]
    _note: Note,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct AddToml {
    head: String,
    head_class: Option<String>,
    relation: String,
    tail: String,
    tail_class: Option<String>,
    sentence: String,
    document: String,
    title: Option<String>,
    publisher: Option<String>,
    published: Option<String>,
    said_by: Option<String>,
    said_by_class: Option<String>,
    polarity: Option<String>,
    modality: Option<String>,
    role: Option<String>,
    date: Option<String>,
    #[serde(rename = "note")]
    _note: Note,
}

/// Reads the text of a file.
///
/// # Errors
/// The first fault: TOML that is none, an unknown field, a relation or class that the ontology
/// does not have, corrections that contradict each other.
pub fn parse(text: &str, schema: &Schema) -> Result<Corrections, CorrectionsError> {
    let file: FileToml = toml::from_str(text).map_err(|error| CorrectionsError {
        line: error.span().map_or(1, |span| line_at(text, &span)),
        message: error.message().to_owned(),
    })?;
    let reader = Reader { text, schema };
    let corrections = Corrections {
        merges: reader.each(file.merge, Reader::merge)?,
        renames: reader.each(file.rename, Reader::rename)?,
        retypes: reader.each(file.retype, Reader::retype)?,
        drops: reader.each(file.drop, Reader::drop)?,
        facts: reader.each(file.add, Reader::fact)?,
        ..Corrections::default()
    };
    let corrections = reader.keep_apart(file.keep_apart, corrections)?;
    contradictions(&corrections)?;
    Ok(corrections)
}

fn line_at(text: &str, span: &Range<usize>) -> usize {
    let before = text.as_bytes().iter().take(span.start);
    1 + before.filter(|byte| **byte == b'\n').count()
}

struct Reader<'t> {
    text: &'t str,
    schema: &'t Schema,
}

impl Reader<'_> {
    fn each<J, T>(
        &self,
        tables: Vec<Spanned<J>>,
        read: impl Fn(&Self, J) -> Result<T, String>,
    ) -> Result<Vec<Line<T>>, CorrectionsError> {
        tables
            .into_iter()
            .map(|table| {
                let line = line_at(self.text, &table.span());
                let what = read(self, table.into_inner());
                let what = what.map_err(|message| CorrectionsError { line, message })?;
                Ok(Line { line, what })
            })
            .collect()
    }

    fn merge(&self, toml: MergeToml) -> Result<Merge, String> {
        if toml.names.len() < 2 {
            return Err("names: two names or more are wanted, of which the first stays".into());
        }
        let class = self.class(toml.class.as_deref())?;
        let names =
            toml.names.into_iter().map(|name| named(name, class)).collect::<Result<_, _>>()?;
        Ok(Merge { names })
    }

    fn keep_apart(
        &self,
        tables: Vec<Spanned<KeepApartToml>>,
        mut into: Corrections,
    ) -> Result<Corrections, CorrectionsError> {
        for table in tables {
            let line = line_at(self.text, &table.span());
            let toml = table.into_inner();
            let fault = |message: String| CorrectionsError { line, message };
            match (toml.names, toml.name, toml.documents) {
                (Some(names), None, None) if toml.class.is_none() => {
                    let folded: Vec<String> = names.iter().map(|name| fold(name)).collect();
                    let twice = (1..folded.len()).any(|at| folded[..at].contains(&folded[at]));
                    if names.len() < 2 || twice || folded.iter().any(String::is_empty) {
                        return Err(fault(
                            "names: two different names are wanted; two bearers of one name are \
                             told apart by `name` and `documents`"
                                .into(),
                        ));
                    }
                    into.names_apart.push(Line { line, what: names });
                }
                (None, Some(name), Some(mut documents)) if !documents.is_empty() => {
                    let class = self.class(toml.class.as_deref()).map_err(fault)?;
                    let name = named(name, class).map_err(fault)?;
                    documents.sort();
                    documents.dedup();
                    into.namesakes.push(Line { line, what: Namesake { name, documents } });
                }
                _ => {
                    return Err(fault(
                        "keep-apart has either `names`, or `name` with the `documents` in which \
                         it means another"
                            .into(),
                    ));
                }
            }
        }
        Ok(into)
    }

    fn rename(&self, toml: ChangeToml) -> Result<Rename, String> {
        let to = toml.to.trim().to_owned();
        if to.is_empty() {
            return Err("to: a name is wanted".into());
        }
        Ok(Rename { entity: named(toml.entity, self.class(toml.class.as_deref())?)?, to })
    }

    fn retype(&self, toml: ChangeToml) -> Result<Retype, String> {
        let to = self.class_of(&toml.to)?;
        Ok(Retype { entity: named(toml.entity, self.class(toml.class.as_deref())?)?, to })
    }

    fn drop(&self, toml: DropToml) -> Result<Drop, String> {
        match (toml.entity, toml.head, toml.relation, toml.tail) {
            (Some(entity), None, None, None) if toml.document.is_none() => {
                Ok(Drop::Entity(named(entity, self.class(toml.class.as_deref())?)?))
            }
            (None, Some(head), Some(relation), Some(tail)) if toml.class.is_none() => {
                let (property, inverse) = self.relation(&relation)?;
                let (head, tail) = (named(head, None)?, named(tail, None)?);
                let (head, tail) = if inverse { (tail, head) } else { (head, tail) };
                Ok(Drop::Claim { head, property, tail, document: toml.document })
            }
            _ => Err("drop has either `entity`, or `head`, `relation` and `tail`".into()),
        }
    }

    fn fact(&self, toml: AddToml) -> Result<Fact, String> {
        let (property, inverse) = self.relation(&toml.relation)?;
        let head = named(toml.head, self.class(toml.head_class.as_deref())?)?;
        let tail = named(toml.tail, self.class(toml.tail_class.as_deref())?)?;
        let (head, tail) = if inverse { (tail, head) } else { (head, tail) };
        let said_by_class = self.class(toml.said_by_class.as_deref())?;
        if said_by_class.is_some() && toml.said_by.is_none() {
            return Err("said-by-class is of whom `said-by` names, and that is missing".into());
        }
        for (name, date) in [("published", &toml.published), ("date", &toml.date)] {
            if let Some(date) = date.as_ref().filter(|date| !is_date(date)) {
                return Err(format!("{name}: {date:?} is no date such as 2016-09-12 or 2016-09"));
            }
        }
        if toml.sentence.trim().is_empty() || toml.document.trim().is_empty() {
            return Err("a fact needs the `sentence` that says so and its `document`".into());
        }
        let polarity = match toml.polarity.as_deref() {
            None => Polarity::Affirmed,
            Some(name) => Polarity::from_name(name)
                .ok_or_else(|| format!("polarity: {name:?} is neither affirmed nor denied"))?,
        };
        let modality = match toml.modality.as_deref() {
            None => Modality::Asserted,
            Some(name) => Modality::from_name(name).ok_or_else(|| {
                let known: Vec<_> = Modality::ALL.iter().map(|one| one.name()).collect();
                format!("modality: {name:?} is none of {}", known.join(", "))
            })?,
        };
        Ok(Fact {
            head,
            property,
            tail,
            sentence: toml.sentence,
            document: toml.document.trim().to_owned(),
            title: toml.title,
            publisher: toml.publisher,
            published: toml.published,
            speaker: toml.said_by.map(|name| named(name, said_by_class)).transpose()?,
            polarity,
            modality,
            role: toml.role,
            date: toml.date,
        })
    }

    /// The relation, and whether its inverse was typed.
    fn relation(&self, typed: &str) -> Result<(PropertyId, bool), String> {
        match find_relation(self.schema, typed) {
            RelationMatch::Readings(readings) => match readings.as_slice() {
                [only] => Ok((only.property, only.inverse)),
                several => {
                    let names: Vec<_> = several
                        .iter()
                        .map(|one| self.schema.property(one.property).name.as_str())
                        .collect();
                    Err(format!("relation: {typed:?} may be {}", names.join(" or ")))
                }
            },
            RelationMatch::None(near) => {
                let hint = match near.first() {
                    Some(near) => format!("; did you mean {near:?}?"),
                    None => String::new(),
                };
                Err(format!("relation: the ontology has none called {typed:?}{hint}"))
            }
        }
    }

    fn class(&self, typed: Option<&str>) -> Result<Option<ClassName>, String> {
        typed.map(|typed| self.class_of(typed)).transpose()
    }

    fn class_of(&self, typed: &str) -> Result<ClassName, String> {
        if let Some(class) = TopClass::from_name(typed) {
            return Ok(ClassName { class, subclass: None });
        }
        match self.schema.subclass_id(typed) {
            Some(id) => Ok(ClassName { class: self.schema.subclass(id).top, subclass: Some(id) }),
            None => {
                let tops = TopClass::ALL.iter().map(|class| class.name());
                let all = tops.chain(self.schema.subclasses().map(|(_, one)| one.name.as_str()));
                let all: Vec<_> = all.collect();
                Err(format!("the ontology has no class {typed:?}; it has {}", all.join(", ")))
            }
        }
    }
}

fn named(name: String, class: Option<ClassName>) -> Result<Named, String> {
    let name = name.trim().to_owned();
    if fold(&name).is_empty() {
        return Err(format!("{name:?} names nothing"));
    }
    Ok(Named { name, class })
}

/// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
fn is_date(text: &str) -> bool {
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    whole.len() == 10 && whole.parse::<jiff::civil::Date>().is_ok()
}

/// Two corrections that cannot both hold.
fn contradictions(corrections: &Corrections) -> Result<(), CorrectionsError> {
    for merge in &corrections.merges {
        let names: Vec<String> = merge.what.names.iter().map(|one| fold(&one.name)).collect();
        for apart in &corrections.names_apart {
            let shared: Vec<_> =
                apart.what.iter().filter(|name| names.contains(&fold(name))).collect();
            if let [a, b, ..] = shared.as_slice() {
                return Err(CorrectionsError {
                    line: merge.line,
                    message: format!(
                        "it merges {a:?} and {b:?}, which line {} keeps apart",
                        apart.line
                    ),
                });
            }
        }
    }
    once(corrections.renames.iter().map(|one| (one.line, &one.what.entity, one.what.to.clone())))?;
    once(corrections.retypes.iter().map(|one| (one.line, &one.what.entity, one.what.to)))
}

/// No entity is given two different things.
fn once<'c, T: PartialEq>(
    changes: impl Iterator<Item = (usize, &'c Named, T)>,
) -> Result<(), CorrectionsError> {
    let mut seen: BTreeMap<(String, Option<ClassName>), (usize, T)> = BTreeMap::new();
    for (line, named, to) in changes {
        match seen.get(&(fold(&named.name), named.class)) {
            Some((before, other)) if *other != to => {
                return Err(CorrectionsError {
                    line,
                    message: format!("line {before} already says otherwise of {:?}", named.name),
                });
            }
            Some(_) => {}
            None => {
                seen.insert((fold(&named.name), named.class), (line, to));
            }
        }
    }
    Ok(())
}
