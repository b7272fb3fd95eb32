//! Known places inside other names: "US" in "US Senate", "Chicago" in "University of Chicago".
//! The tagger sees only the outer name; one relation in ten is between the two.

use std::collections::HashSet;
use std::ops::Range;

use crate::extract::Extraction;
use crate::ontology::{EntryId, Ontology, SubclassId, TopClass};

/// A place inside a longer name.
#[derive(Clone, Debug, PartialEq)]
pub struct Inner {
    pub tokens: Range<usize>,
    pub class: TopClass,
    pub subclass: Option<SubclassId>,
    pub entry: EntryId,
}

/// All of a document that are not mentions already, sorted by position.
pub fn find(text: &str, extraction: &Extraction, ontology: &Ontology) -> Vec<Inner> {
    let mut found: Vec<Inner> = Vec::new();
    let mentions: HashSet<(usize, usize)> =
        extraction.mentions.iter().map(|one| (one.tokens.start, one.tokens.end)).collect();
    for outer in &extraction.mentions {
        if outer.tokens.len() < 2 || outer.class == TopClass::Person {
            continue;
        }
        let mut at = outer.tokens.start;
        while at < outer.tokens.end {
            let words =
                extraction.tokens.tokens[at..outer.tokens.end].iter().map(|t| t.span.of(text));
            let known = ontology.gazetteer.longest_match(words);
            let Some(known) = known.filter(|known| known.words < outer.tokens.len()) else {
                at += 1;
                continue;
            };
            let tokens = at..at + known.words;
            at = tokens.end;
            let entry = ontology.gazetteer.entry(known.entries[0]);
            let is_mention = mentions.contains(&(tokens.start, tokens.end));
            if entry.class == TopClass::Place && !is_mention {
                let (class, subclass) = (entry.class, entry.subclass);
                found.push(Inner { tokens, class, subclass, entry: known.entries[0] });
            }
        }
    }
    found.sort_by_key(|one| (one.tokens.start, one.tokens.end));
    found.dedup();
    found
}
