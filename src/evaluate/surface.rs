//! What makes two surface forms the same, and which of their words carry content.
//!
//! The words stand here and not in a list of the ontology: a user's word list must not change
//! what the figures mean.

use std::collections::BTreeSet;

use unicode_normalization::char::is_combining_mark;

/// Articles, of which one is taken from the front of a form.
const ARTICLES: &[&str] = &["the", "a", "an"];

/// Words that two descriptions of an agreement share by chance.
const EMPTY_WORDS: &[&str] = &[
    "the", "a", "an", "of", "on", "in", "for", "and", "with", "between", "to", "new", "its",
    "their",
];

/// A form without case, article, possessive ending and punctuation, its parts one space apart.
pub(super) fn normal_form(form: &str) -> String {
    let straight: String =
        form.chars().map(|c| if matches!(c, '’' | '‘' | '`') { '\'' } else { c }).collect();
    let lower = straight.to_lowercase();
    let form = without_article(lower.trim_matches(is_space));
    let form = form.strip_suffix("'s").or_else(|| form.strip_suffix('\'')).unwrap_or(form);
    let mut normal = String::with_capacity(form.len());
    let mut in_gap = false;
    for character in form.chars() {
        let is_gap = is_space(character) || matches!(character, '-' | '–' | '—');
        if is_gap {
            if !in_gap {
                normal.push(' ');
            }
        } else if is_word_character(character) || character == '\'' {
            normal.push(character);
        }
        in_gap = is_gap;
    }
    normal.trim_matches(is_space).to_owned()
}

/// The words of a normal form that tell what is meant.
pub(super) fn content_words(normal: &str) -> BTreeSet<&str> {
    normal.split(' ').filter(|word| !word.is_empty() && !EMPTY_WORDS.contains(word)).collect()
}

fn without_article(form: &str) -> &str {
    let rest = ARTICLES
        .iter()
        .find_map(|article| form.strip_prefix(article).filter(|rest| rest.starts_with(is_space)));
    rest.unwrap_or(form).trim_start_matches(is_space)
}

/// White space, and the separators of ASCII, as gold files are compared elsewhere.
pub(super) fn is_space(character: char) -> bool {
    character.is_whitespace() || ('\u{1C}'..='\u{1F}').contains(&character)
}

/// Letters, digits and the underscore. Marks that combine with a letter are none, although
/// Unicode counts some as alphabetic.
fn is_word_character(character: char) -> bool {
    character == '_' || (character.is_alphanumeric() && !is_combining_mark(character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_article_possessive_and_punctuation_do_not_tell_forms_apart() {
        for (form, normal) in [
            ("The State Department", "state department"),
            (" an  Accord ", "accord"),
            ("Turkey’s", "turkey"),
            ("the Emirates’", "emirates"),
            ("Al-Nusra — Front", "al nusra front"),
            ("U.S.", "us"),
            ("the", "the"),
            ("The A Team", "a team"),
            ("Theresa", "theresa"),
            ("O’Neill", "o'neill"),
            ("S & P", "s  p"),
            ("ÉCOLE_2", "école_2"),
            ("…", ""),
        ] {
            assert_eq!(normal_form(form), normal, "{form}");
        }
    }

    #[test]
    fn content_words_are_those_that_tell() {
        let words = content_words("new ceasefire between the parties of 2016");
        assert_eq!(words.into_iter().collect::<Vec<_>>(), ["2016", "ceasefire", "parties"]);
    }
}
