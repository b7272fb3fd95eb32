//! Forms of a surface string: as shown, as compared, and its core.

use std::cmp::Reverse;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::ontology::{NameKind, Ontology, TopClass};
use crate::statement::MentionForm;

/// White space runs (a name may be broken over lines) become one space.
pub fn shown(surface: &str) -> String {
    if !surface.contains(char::is_control) && !surface.contains("  ") {
        return surface.to_owned();
    }
    surface.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lower-case without accents, apostrophes straight, other marks as single spaces.
pub fn folded(surface: &str) -> String {
    let mut out = String::with_capacity(surface.len());
    for mark in surface.nfkd().filter(|mark| !is_combining_mark(*mark)).flat_map(char::to_lowercase)
    {
        if mark.is_alphanumeric() {
            out.push(mark);
        } else if matches!(mark, '\'' | '’' | '‘' | '.' | 'ʼ') {
            // "Da'esh", "U.S." compare without them.
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// What is distinctive in an organization's name: folded, without an opening word for its
/// kind, without an opening "al" and
/// without the head words at its end ("Al-Nusra Front" and "Nusra" have one core).
pub fn core(
    surface: &str,
    is_head: impl Fn(&str) -> bool,
    is_opener: impl Fn(&str) -> bool,
) -> String {
    let folded = folded(surface);
    let mut words: Vec<&str> = folded.split(' ').collect();
    if words.len() > 1 && is_opener(words[0]) {
        words.remove(0);
    }
    if words.len() > 1 && matches!(words[0], "al" | "el" | "the") {
        words.remove(0);
    }
    while words.len() > 1 && words.last().is_some_and(|word| is_head(word)) {
        words.pop();
    }
    words.join(" ")
}

/// Sorts the fullest name first: most words, then most letters. Lists of names and names in
/// capitals stand back behind ordinary ones.
pub fn fullness(surface: &str) -> impl Ord + use<> {
    let letters = surface.chars().count();
    let listed = surface.contains('/') || (letters > 5 && surface.to_uppercase() == surface);
    (listed, Reverse(surface.split_whitespace().count()), Reverse(letters))
}

/// Whether a place is named by its adjective or its inhabitants ("Russian").
pub fn is_adjective(surface: &str, ontology: &Ontology) -> bool {
    let words = surface.split_whitespace();
    let count = words.clone().count();
    ontology.gazetteer.longest_match(words).is_some_and(|found| {
        found.words == count
            && found.kind == NameKind::Demonym
            && ontology.gazetteer.entry(found.entries[0]).class == TopClass::Place
    })
}

/// The name of an entity in one document: the fullest of its names there, then the earliest;
/// else what the list of known names calls it; else its adjective; else what stands for it
/// first. `mentions` are (form, surface) in the order of the text.
pub fn name_in_document(
    mentions: &[(MentionForm, String)],
    known: Option<&str>,
    ontology: &Ontology,
) -> String {
    let names = || {
        let names = mentions.iter().filter(|(form, _)| *form == MentionForm::Name);
        names.map(|(_, surface)| surface)
    };
    // The first of those that are equally full: `min_by_key` takes it.
    names()
        .filter(|surface| !is_adjective(surface, ontology))
        .min_by_key(|surface| fullness(surface))
        .cloned()
        .or_else(|| known.map(str::to_owned))
        .or_else(|| names().min_by_key(|surface| fullness(surface)).cloned())
        .or_else(|| mentions.first().map(|(_, surface)| surface.clone()))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_share_a_core() {
        let head = |word: &str| word == "front";
        let opener = |word: &str| word == "jabhat";
        for surface in ["Al-Nusra", "Nusra", "al-Nusra Front", "Al Nusra", "Jabhat al-Nusra"] {
            assert_eq!(core(surface, head, opener), "nusra");
        }
        assert_eq!(folded("São  Tomé-Príncipe U.S."), "sao tome principe us");
    }
}
