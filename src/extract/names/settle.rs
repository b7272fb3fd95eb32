//! The second pass: decides single words by what the whole document shows.

use std::collections::HashMap;

use crate::ontology::{Ontology, TopClass};
use crate::token::{Case, Token, Tokens};

use super::{Name, Open, person::has_cue, scan::Words};

/// Adds the open words that the document decides, and turns known places that are surnames
/// here into persons.
pub fn settle(
    text: &str,
    tokens: &Tokens,
    mut names: Vec<Name>,
    open: Vec<Open>,
    ontology: &Ontology,
) -> Vec<Name> {
    let seen = Seen::of(text, tokens, &names, ontology);
    for name in &mut names {
        seen.correct(text, tokens, name, ontology);
    }
    for word in open {
        if let Some(name) = seen.decide(text, tokens, &word, ontology) {
            names.push(name);
        }
    }
    names.sort_by_key(|name| name.tokens.start);
    names
}

/// What the decided names of a document say about single words.
struct Seen<'t> {
    /// Surnames and first names of persons by surface.
    person_parts: HashMap<&'t str, usize>,
    /// Distinctive single words of organizations: the first of the name, and initials.
    organizations: HashMap<String, usize>,
    names: Vec<Name>,
}

impl<'t> Seen<'t> {
    fn of(text: &'t str, tokens: &Tokens, names: &[Name], ontology: &Ontology) -> Self {
        let mut person_parts = HashMap::new();
        let mut organizations = HashMap::new();
        let common = ontology.lexicon.list("common_words");
        for (index, name) in names.iter().enumerate() {
            let words = &tokens.tokens[name.tokens.clone()];
            match name.class {
                TopClass::Person => {
                    for word in words.iter().filter(|word| word.case != Case::Lower) {
                        person_parts.entry(word.span.of(text)).or_insert(index);
                    }
                }
                TopClass::Organization if words.len() > 1 => {
                    organizations.entry(initials(text, words, false)).or_insert(index);
                    organizations.entry(initials(text, words, true)).or_insert(index);
                    let first = &words[0];
                    if !common.contains(&first.lower)
                        && name.nested.is_none()
                        && name.entry.is_none()
                    {
                        organizations.entry(first.span.of(text).to_owned()).or_insert(index);
                    }
                }
                _ => {}
            }
        }
        organizations.retain(|surface, _| surface.chars().count() > 1);
        Self { person_parts, organizations, names: names.to_vec() }
    }

    /// "Washington" is a person where "Denzel Washington" acts, unless a preposition of place
    /// stands before it.
    fn correct(&self, text: &str, tokens: &Tokens, name: &mut Name, ontology: &Ontology) {
        let single = name.tokens.len() == 1 && name.class == TopClass::Place && !name.demonym;
        if !single {
            return;
        }
        let surface = tokens.tokens[name.tokens.start].span.of(text);
        let before = name.tokens.start.checked_sub(1).map(|at| &*tokens.tokens[at].lower);
        let placed =
            before.is_some_and(|word| ontology.lexicon.list("place_prepositions").contains(word));
        let country =
            name.entry.is_some_and(|entry| ontology.gazetteer.entry(entry).country.is_none());
        if self.person_parts.contains_key(surface) && !placed && !country {
            name.class = TopClass::Person;
            name.subclass = None;
            name.entry = None;
        }
    }

    fn decide(
        &self,
        text: &str,
        tokens: &Tokens,
        word: &Open,
        ontology: &Ontology,
    ) -> Option<Name> {
        let lexicon = &ontology.lexicon;
        let token = &tokens.tokens[word.token];
        let surface = token.span.of(text);
        let sentence = &tokens.sentences[word.sentence].tokens;
        let name = |class, subclass, confidence| {
            Some(Name {
                tokens: word.token..word.token + 1,
                class,
                subclass,
                entry: None,
                demonym: false,
                nested: None,
                confidence,
            })
        };
        if lexicon.list("not_names").contains(&token.lower) {
            return None;
        }
        let before = word.token.checked_sub(1).filter(|at| *at >= sentence.start);
        let before = before.map(|at| &*tokens.tokens[at].lower);
        let placed = before.is_some_and(|word| lexicon.list("place_prepositions").contains(word));
        if self.person_parts.contains_key(surface) {
            return name(TopClass::Person, None, 0.9);
        }
        if let Some(&index) = self.organizations.get(surface) {
            return name(TopClass::Organization, self.names[index].subclass, 0.85);
        }
        if token.case == Case::Upper
            && token.lower.chars().count() >= 3
            && !token.lower.contains('.')
        {
            let shouting = lexicon.list("common_words").contains(&token.lower);
            return if shouting { None } else { name(TopClass::Organization, None, 0.55) };
        }
        if lexicon.list("common_words").contains(&token.lower) {
            return None;
        }
        if placed {
            return name(TopClass::Place, None, 0.6);
        }
        let known_surname = lexicon.list("surnames").contains(&token.lower)
            || lexicon.list("first_names").contains(&token.lower);
        let words = Words::plain(text, &tokens.tokens, ontology);
        let bounds = (sentence.start, sentence.end);
        if has_cue(&words, word.token, word.token + 1, bounds) || known_surname {
            return name(TopClass::Person, None, if known_surname { 0.7 } else { 0.55 });
        }
        None
    }
}

/// "Joint Implementation Center" gives "JIC"; small words count only when `all`.
fn initials(text: &str, words: &[Token], all: bool) -> String {
    words
        .iter()
        .filter(|word| all || word.case != Case::Lower)
        .filter_map(|word| word.span.of(text).chars().next())
        .flat_map(char::to_uppercase)
        .collect()
}
