//! The second pass: decides single words by what the whole document shows.

use std::collections::{HashMap, HashSet};

use crate::ontology::{Ontology, TopClass};
use crate::token::{Case, Token, TokenKind, Tokens, initials};

use super::{
    Name, Open, Scanned,
    person::has_cue,
    phrases::{has_organization_cue, told_by_noun_before},
    words::Words,
};

/// Adds the open words that the document decides, and turns known places that are surnames
/// here into persons.
pub fn settle<'t>(
    text: &'t str,
    tokens: &Tokens,
    scanned: Scanned<'t>,
    ontology: &Ontology,
) -> Vec<Name> {
    let Scanned { mut names, open, things } = scanned;
    let mut seen = Seen::of(text, tokens, &names, ontology);
    seen.note_abbreviations(text, tokens, &open);
    seen.things.extend(things);
    let lists = alias_lists(text, tokens, &names, ontology);
    for name in &mut names {
        seen.correct(text, tokens, name, ontology);
        if let Some(list) = lists.iter().find(|list| list.tokens.contains(&name.tokens.start)) {
            name.class = TopClass::Organization;
            name.entry = list.entry;
            name.subclass = list.subclass;
            name.demonym = false;
        }
    }
    for word in open {
        if let Some(list) = lists.iter().find(|list| list.tokens.contains(&word.tokens.start)) {
            names.push(Name { tokens: word.tokens, ..list.member() });
        } else if let Some(name) = seen.decide(text, tokens, &word, ontology) {
            names.push(name);
        }
    }
    names.sort_by_key(|name| name.tokens.start);
    names
}

/// The list of aliases in brackets behind an organization: "(IS, formerly ISIS/ISIL or
/// Daesh)".
struct AliasList {
    tokens: std::ops::Range<usize>,
    subclass: Option<crate::ontology::SubclassId>,
    entry: Option<crate::ontology::EntryId>,
}

impl AliasList {
    fn member(&self) -> Name {
        Name {
            tokens: self.tokens.clone(),
            class: TopClass::Organization,
            subclass: self.subclass,
            entry: self.entry,
            demonym: false,
            nested: None,
            confidence: 0.8,
        }
    }
}

fn alias_lists(text: &str, tokens: &Tokens, names: &[Name], ontology: &Ontology) -> Vec<AliasList> {
    const LONGEST: usize = 24;
    let words = ontology.lexicon.list("alias_list_words");
    let mut lists = Vec::new();
    for name in names.iter().filter(|name| name.class == TopClass::Organization) {
        let open = name.tokens.end;
        let Some(after) = tokens
            .tokens
            .get(open..)
            .filter(|after| after.first().is_some_and(|token| &*token.lower == "("))
        else {
            continue;
        };
        let Some(close) = after.iter().take(LONGEST).position(|token| &*token.lower == ")") else {
            continue;
        };
        let inside = &after[1..close];
        let lists_names = inside.iter().all(|token| {
            token.case != Case::Lower
                || token.kind == TokenKind::Mark
                || words.contains(&token.lower)
        });
        let says_so = inside.iter().any(|token| words.contains(&token.lower));
        let fits = inside.first().is_some_and(|token| {
            token.span.of(text) == initials(text, &tokens.tokens[name.tokens.clone()], false)
        });
        if lists_names && (says_so || fits) {
            lists.push(AliasList {
                tokens: open + 1..open + close,
                subclass: name.subclass,
                entry: name.entry,
            });
        }
    }
    lists
}

/// What the decided names of a document say about single words.
struct Seen<'t> {
    /// Surnames and first names of persons by surface.
    person_parts: HashMap<&'t str, usize>,
    /// Distinctive single words of organizations: the first of the name, and initials.
    organizations: HashMap<String, usize>,
    /// Words that name storms and products, and abbreviations explained as something else.
    things: HashSet<&'t str>,
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
                    let core = core_words(text, words, ontology);
                    if core.len() < words.len()
                        && !core.iter().all(|word| common.contains(&word.to_lowercase()))
                    {
                        for form in article_forms(&core.join(" ")) {
                            organizations.entry(form).or_insert(index);
                        }
                        if let Some(last) = core.last().filter(|last| has_article(last)) {
                            for form in article_forms(last) {
                                organizations.entry(form).or_insert(index);
                            }
                        }
                    }
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
        Self { person_parts, organizations, things: HashSet::new(), names: names.to_vec() }
    }

    /// "CFAA" stands in brackets behind what is no organization: "Computer Fraud and Abuse Act
    /// (CFAA)".
    fn note_abbreviations(&mut self, text: &'t str, tokens: &Tokens, open: &[Open]) {
        for word in open.iter().filter(|word| word.tokens.len() == 1) {
            let at = word.tokens.start;
            let token = &tokens.tokens[at];
            let mark = |at: Option<usize>| at.and_then(|at| tokens.tokens.get(at));
            let bracketed = mark(at.checked_sub(1)).is_some_and(|mark| &*mark.lower == "(")
                && mark(Some(at + 1)).is_some_and(|mark| &*mark.lower == ")");
            let surface = token.span.of(text);
            if bracketed && token.case == Case::Upper && !self.organizations.contains_key(surface) {
                self.things.insert(surface);
            }
        }
    }

    /// "Washington" is a person where "Denzel Washington" acts, unless a preposition of place
    /// stands before it.
    fn correct(&self, text: &str, tokens: &Tokens, name: &mut Name, ontology: &Ontology) {
        if name.class == TopClass::Person {
            // "Sol Rojo" is no person where "Sol Rojo Column" acts.
            let span =
                tokens.tokens[name.tokens.start].span.to(tokens.tokens[name.tokens.end - 1].span);
            let same = self.organizations.get(span.of(text)).map(|&index| &self.names[index]);
            if let Some(organization) = same.filter(|_| name.confidence < 0.8) {
                name.class = TopClass::Organization;
                name.subclass = organization.subclass;
                return;
            }
        }
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
        let (start, end) = (word.tokens.start, word.tokens.end);
        let token = &tokens.tokens[start];
        let surface = token.span.to(tokens.tokens[end - 1].span).of(text);
        let sentence = &tokens.sentences[word.sentence].tokens;
        let name = |class, subclass, confidence| {
            Some(Name {
                tokens: word.tokens.clone(),
                class,
                subclass,
                entry: None,
                demonym: false,
                nested: None,
                confidence,
            })
        };
        if word.tokens.len() > 1 {
            // Several unknown words are a name only where a fuller form of it tells its kind.
            let fuller = &self.names[*self.organizations.get(surface)?];
            return name(TopClass::Organization, fuller.subclass, 0.8);
        }
        if lexicon.list("not_names").contains(&token.lower) || self.things.contains(surface) {
            return None;
        }
        let before = start.checked_sub(1).filter(|at| *at >= sentence.start);
        let before = before.map(|at| &*tokens.tokens[at].lower);
        let placed = before.is_some_and(|word| lexicon.list("place_prepositions").contains(word));
        let organization = self.organizations.contains_key(surface);
        if self.person_parts.contains_key(surface) && !(organization && has_article(surface)) {
            return name(TopClass::Person, None, 0.9);
        }
        if let Some(&index) = self.organizations.get(surface) {
            return name(TopClass::Organization, self.names[index].subclass, 0.85);
        }
        if token.case == Case::Upper
            && token.lower.chars().count() >= 3
            && !token.lower.contains('.')
        {
            // "F-15K", "D-Texas" and "CO2" are none either.
            let shouting = lexicon.list("common_words").contains(&token.lower)
                || token.lower.bytes().any(|byte| byte.is_ascii_digit())
                || token.lower.get(1..2) == Some("-");
            return if shouting { None } else { name(TopClass::Organization, None, 0.55) };
        }
        if lexicon.list("common_words").contains(&token.lower) {
            return None;
        }
        let words = Words::plain(text, &tokens.tokens, ontology);
        if let Some((class, subclass)) = told_by_noun_before(&words, start, sentence.start) {
            return name(class, subclass, 0.65);
        }
        if has_organization_cue(&words, end, sentence.end) {
            return name(TopClass::Organization, None, 0.6);
        }
        if placed {
            return name(TopClass::Place, None, 0.6);
        }
        let known_surname = words.is_surname(start) || words.is_first_name(start);
        let bounds = (sentence.start, sentence.end);
        if has_cue(&words, start, end, bounds) || known_surname {
            return name(TopClass::Person, None, if known_surname { 0.7 } else { 0.55 });
        }
        None
    }
}

/// The words of an organization's name without the words for its kind: "Al-Nusra" of
/// "Al-Nusra Front", "al-Sharia" of "Ansar al-Sharia".
fn core_words<'t>(text: &'t str, words: &[Token], ontology: &Ontology) -> Vec<&'t str> {
    let heads = ontology.lexicon.list("org_heads");
    let openers = ontology.lexicon.list("group_openers");
    let end = words.iter().rposition(|word| !heads.contains(&word.lower)).map_or(0, |at| at + 1);
    let start = usize::from(end > 1 && openers.contains(&words[0].lower));
    words[start..end].iter().map(|word| word.span.of(text)).collect()
}

fn has_article(word: &str) -> bool {
    word.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("al-"))
}

/// A name with an Arabic article is met with and without it, in both cases.
fn article_forms(name: &str) -> Vec<String> {
    let bare = if has_article(name) { &name[3..] } else { name };
    let mut forms = vec![name.to_owned(), bare.to_owned()];
    if has_article(name) {
        forms.extend([format!("Al-{bare}"), format!("al-{bare}")]);
    }
    forms
}
