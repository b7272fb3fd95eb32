//! What the user knows better: a file of corrections, and how each changes a graph.
//!
//! The file is TOML; its tables are arrays, and entities stand in them by name or by key:
//!
//! | table | fields | what it does |
//! | --- | --- | --- |
//! | `[[merge]]` | `names`, `class` | names of one entity; the first is what it is called |
//! | `[[keep-apart]]` | `names` | two or more names that are never one entity |
//! | `[[keep-apart]]` | `name`, `documents`, `class` | in these documents the name means another |
//! | `[[rename]]` | `entity`, `to`, `class` | what it is called |
//! | `[[retype]]` | `entity`, `to`, `class` | its class or subclass |
//! | `[[drop]]` | `entity`, `class` | nothing is known of it |
//! | `[[drop]]` | `head`, `relation`, `tail`, `document` | the claim is not made (by the document) |
//! | `[[add]]` | `head`, `relation`, `tail`, `sentence`, `document`… | a fact with its source |
//!
//! Every table may have a `note`. A name means every entity that is so called; `class` or a key
//! narrows it. The order of corrections does not count, and applying them twice changes nothing.

mod apply;
mod dropping;
mod facts;
mod finder;
mod merging;
mod report;
mod syntax;

pub use apply::{Applied, apply};
pub use report::Unmatched;
pub use syntax::{CorrectionsError, parse};

use crate::graph::{Modality, Polarity};
use crate::ontology::{PropertyId, SubclassId, TopClass};
use crate::resolve::KeepApart;

/// The corrections of a file, checked against the ontology.
#[derive(Clone, Debug, Default)]
pub struct Corrections {
    pub(crate) merges: Vec<Line<Merge>>,
    pub(crate) names_apart: Vec<Line<Vec<String>>>,
    pub(crate) namesakes: Vec<Line<Namesake>>,
    pub(crate) renames: Vec<Line<Rename>>,
    pub(crate) retypes: Vec<Line<Retype>>,
    pub(crate) drops: Vec<Line<Drop>>,
    pub(crate) facts: Vec<Line<Fact>>,
}

/// A correction and the line on which it stands, from 1.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Line<T> {
    pub line: usize,
    pub what: T,
}

/// An entity by name or key, perhaps of one class only.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Named {
    pub name: String,
    pub class: Option<ClassName>,
}

/// A top class or a subclass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ClassName {
    pub class: TopClass,
    pub subclass: Option<SubclassId>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Merge {
    /// At least two.
    pub names: Vec<Named>,
}

/// Another bearer of a name.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Namesake {
    pub name: Named,
    /// Address, title or id of each, sorted.
    pub documents: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rename {
    pub entity: Named,
    pub to: String,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Retype {
    pub entity: Named,
    pub to: ClassName,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Drop {
    Entity(Named),
    Claim { head: Named, property: PropertyId, tail: Named, document: Option<String> },
}

/// A statement that a person read somewhere.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fact {
    pub head: Named,
    pub property: PropertyId,
    pub tail: Named,
    pub sentence: String,
    /// Address, title or id of the document.
    pub document: String,
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub published: Option<String>,
    pub speaker: Option<Named>,
    pub polarity: Polarity,
    pub modality: Modality,
    pub role: Option<String>,
    pub date: Option<String>,
}

impl Corrections {
    /// The names that are kept apart while documents are read.
    pub fn kept_apart(&self) -> KeepApart {
        KeepApart::new(self.names_apart.iter().map(|one| one.what.as_slice()))
    }

    /// The line on which these two names, folded as [`crate::inspect::fold`] does, are said to
    /// be one, and where they are said not to be.
    pub fn lines_on(&self, a: &str, b: &str) -> (Option<usize>, Option<usize>) {
        let both = |names: &mut dyn Iterator<Item = &str>| {
            let folded: Vec<String> = names.map(crate::inspect::fold).collect();
            a != b && [a, b].iter().all(|name| folded.iter().any(|one| one == name))
        };
        let merged = self
            .merges
            .iter()
            .find(|one| both(&mut one.what.names.iter().map(|named| named.name.as_str())));
        let apart =
            self.names_apart.iter().find(|one| both(&mut one.what.iter().map(String::as_str)));
        (merged.map(|one| one.line), apart.map(|one| one.line))
    }
}
