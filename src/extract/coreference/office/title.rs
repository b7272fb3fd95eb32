//! The title beside a person's name, where nothing beside it says of which country.

use std::ops::Range;

use crate::mention::Mention;
use crate::ontology::{Ontology, TopClass, WordList};
use crate::token::{Case, Token, TokenKind, Tokens};

/// The words of the longest title of the list.
const LONGEST: usize = 5;
/// How far from the name a title may begin: "Under Secretary for Growth, Energy, and Trade NAME".
const REACH: usize = 14;

pub(super) struct Title<'l> {
    /// The words of the list, without what says which ministry ("for Growth").
    pub tokens: Range<usize>,
    pub property: &'l str,
    pub owner: Owner<'l>,
    /// "Former President": others hold it too.
    pub past: bool,
}

/// What the list says of the country of a title, with ids of the gazetteer.
#[derive(Clone, Copy)]
pub(super) enum Owner<'l> {
    Unknown,
    /// The only country that has such a title.
    Country(&'l str),
    /// The country that the article is written from, where another title tells it.
    Home,
    /// Any but one that has no such office.
    AnyBut(&'l str),
    /// No country but a body of this class and subclass.
    Body(&'l str),
}

impl<'l> Owner<'l> {
    fn from_list(value: &'l str) -> Self {
        match value.strip_prefix('!') {
            Some(country) => Self::AnyBut(country),
            None if value.is_empty() => Self::Unknown,
            None if value == "home" => Self::Home,
            None if value.contains('.') => Self::Body(value),
            None => Self::Country(value),
        }
    }
}

pub(super) struct Reader<'d> {
    tokens: &'d Tokens,
    mentions: &'d [Mention],
    offices: &'d WordList,
    status: &'d WordList,
}

impl<'d> Reader<'d> {
    pub(super) fn new(tokens: &'d Tokens, mentions: &'d [Mention], ontology: &'d Ontology) -> Self {
        let offices = ontology.lexicon.list("implied_offices");
        Self { tokens, mentions, offices, status: ontology.lexicon.list("status") }
    }

    pub(super) fn title(&self, person: &Mention) -> Option<Title<'d>> {
        let place = self
            .tokens
            .sentences
            .partition_point(|sentence| sentence.tokens.end <= person.tokens.start);
        let sentence = &self.tokens.sentences.get(place)?.tokens;
        let found = self
            .before(person, sentence)
            .filter(|(title, _)| !self.is_explained(title.start, sentence))
            .or_else(|| self.behind(person, sentence));
        let (tokens, value) = found?;
        if self.word(person.tokens.end) == "of" && person.tokens.end < sentence.end {
            return None;
        }
        let (property, owner) = value.split_once(' ').unwrap_or((value, ""));
        let owner = Owner::from_list(owner);
        let past = tokens.start > sentence.start
            && matches!(self.word(tokens.start - 1), "former" | "ex" | "then" | "-");
        Some(Title { tokens, property, owner, past })
    }

    /// "President NAME", "the current prime minister, NAME", "Secretary of Trade NAME".
    fn before(&self, person: &Mention, sentence: &Range<usize>) -> Option<(Range<usize>, &'d str)> {
        let end = person.tokens.start;
        let apposed = end > sentence.start && self.word(end - 1) == ",";
        let end = end - usize::from(apposed);
        let floor = end.saturating_sub(REACH).max(sentence.start);
        let start = (floor..end).rev().take_while(|&at| self.is_of_title(at, apposed)).last()?;
        (start..end).find_map(|at| {
            let (stop, value) = self.office(at, end, apposed)?;
            let ends = stop == end || !apposed && matches!(self.word(stop), "of" | "for");
            ends.then_some((at..stop, value))
        })
    }

    /// "NAME, Secretary of State".
    fn behind(&self, person: &Mention, sentence: &Range<usize>) -> Option<(Range<usize>, &'d str)> {
        let mut at = person.tokens.end;
        if at >= sentence.end || self.word(at) != "," {
            return None;
        }
        at += 1;
        let definite = at < sentence.end && self.word(at) == "the";
        at += usize::from(definite);
        while at < sentence.end && self.status.contains(self.word(at)) {
            at += 1;
        }
        let (stop, value) = self.office(at, sentence.end.min(at + LONGEST), definite)?;
        let closes = stop == sentence.end || self.tokens.tokens[stop].kind == TokenKind::Mark;
        (closes && (definite || stop > at + 1)).then_some((at..stop, value))
    }

    /// The longest title of the list that begins at `at`, and where it ends.
    fn office(&self, at: usize, end: usize, any_case: bool) -> Option<(usize, &'d str)> {
        let mut phrase = String::new();
        let mut best = None;
        for stop in at..end.min(at + LONGEST) {
            let token = &self.tokens.tokens[stop];
            let small = token.case == Case::Lower && !matches!(&*token.lower, "of" | "the");
            if token.kind != TokenKind::Word || small && !any_case {
                break;
            }
            if !phrase.is_empty() {
                phrase.push(' ');
            }
            phrase.push_str(&token.lower);
            if let Some(value) = self.offices.value(&phrase) {
                best = Some((stop + 1, value));
            }
        }
        best
    }

    /// Whether a word before a name may belong to its title.
    fn is_of_title(&self, at: usize, apposed: bool) -> bool {
        let token = &self.tokens.tokens[at];
        let word = token.kind == TokenKind::Word
            && (apposed
                || token.case != Case::Lower
                || matches!(&*token.lower, "of" | "for" | "and" | "the"));
        (word || &*token.lower == "," && !apposed) && self.mention_at(at).is_none()
    }

    /// Whether the words before the title say whose it is, or which: "Iranian President", "the
    /// company's President", "Vice President".
    fn is_explained(&self, start: usize, sentence: &Range<usize>) -> bool {
        let floor = sentence.start;
        let mut start = start;
        while start > floor && self.status.contains(self.word(start - 1)) {
            start -= 1;
        }
        let Some(before) = start.checked_sub(1).filter(|&at| at >= floor) else { return false };
        let token = &self.tokens.tokens[before];
        if self.mention_at(before).is_some() {
            return true;
        }
        // "Its president, NAME", also where what "its" means was not found.
        if matches!(&*token.lower, "its" | "their" | "his" | "her" | "our" | "my" | "your") {
            return true;
        }
        // "Chairman of the Party and President NAME" has two titles, which say it together.
        if matches!(&*token.lower, "and" | "," | "&") && before > floor {
            let other = before - 1;
            let person =
                self.mention_at(other).is_some_and(|mention| mention.class == TopClass::Person);
            return !person && self.tokens.tokens[other].case != Case::Lower;
        }
        token.case != Case::Lower && token.kind == TokenKind::Word && before != floor
            || matches!(&*token.lower, "'s" | "vice" | "deputy" | "-")
    }

    fn mention_at(&self, at: usize) -> Option<&'d Mention> {
        let index = self.mentions.partition_point(|mention| mention.tokens.end <= at);
        self.mentions.get(index).filter(|mention| mention.tokens.contains(&at))
    }

    fn word(&self, at: usize) -> &'d str {
        let token: Option<&'d Token> = self.tokens.tokens.get(at);
        token.map_or("", |token| &token.lower)
    }
}
