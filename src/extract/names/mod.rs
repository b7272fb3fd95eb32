//! Finds the names of persons, organizations and places in a document.
//!
//! Two passes: [`scan`] reads each sentence and decides what its own words decide (titles,
//! head words, the gazetteer, first names); [`settle`] then decides the single words that
//! are left by what the whole document shows (a surname met with its first name elsewhere,
//! an acronym explained in brackets).

mod openers;
mod person;
mod phrases;
mod scan;
mod settle;
mod tails;
#[cfg(test)]
mod tests;
mod things;
mod words;

use std::collections::HashSet;
use std::ops::Range;

use crate::ontology::{EntryId, Ontology, PropertyId, SubclassId, TopClass};
use crate::token::Tokens;

/// A stretch of tokens that names something.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    pub tokens: Range<usize>,
    pub class: TopClass,
    pub subclass: Option<SubclassId>,
    pub entry: Option<EntryId>,
    pub demonym: bool,
    /// A name inside this one and how the whole is related to it: "Russian" in "Russian
    /// Defence Ministry".
    pub nested: Option<(Range<usize>, PropertyId)>,
    pub confidence: f32,
}

/// What the scan leaves to the whole document: capitalised words of unknown kind.
#[derive(Clone, Debug, PartialEq)]
struct Open {
    tokens: Range<usize>,
    sentence: usize,
}

/// What one pass over the sentences decides.
#[derive(Default)]
struct Scanned<'t> {
    names: Vec<Name>,
    open: Vec<Open>,
    /// Words that belong to the names of storms and other things.
    things: HashSet<&'t str>,
}

/// All names of a document, sorted by position, none overlapping another. Tokens for which
/// `taken` is true belong to something else.
pub fn find(text: &str, tokens: &Tokens, taken: &[bool], ontology: &Ontology) -> Vec<Name> {
    let scan = scan::Scan::new(text, tokens, taken, ontology);
    settle::settle(text, tokens, scan.run(), ontology)
}
