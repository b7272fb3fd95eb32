//! What a pronoun or definite noun may stand for: the names before it and the pronouns already
//! understood, with what decides between them.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::Answer;
use crate::mention::Mention;
use crate::ontology::{EntryId, Ontology, TopClass, WordList};
use crate::token::{Case, Sentence, Token, TokenKind, Tokens};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    Masculine,
    Feminine,
}

impl Gender {
    pub(super) fn from_name(name: &str) -> Option<Self> {
        match name {
            "masculine" => Some(Self::Masculine),
            "feminine" => Some(Self::Feminine),
            _ => None,
        }
    }
}

/// One candidate, where it stands.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) tokens: Range<usize>,
    /// Index of the mention that names it; `None` for a name of unknown kind, which only
    /// competes with the others.
    pub(super) mention: Option<usize>,
    /// One number for all mentions of one thing, as far as their words tell.
    pub(super) group: u32,
    pub(super) quoted: bool,
    /// Behind a preposition or before "'s": no subject and no object of a verb.
    pub(super) governed: bool,
    /// The first of its sentence, of persons or of other things, that may be its subject.
    pub(super) subject: bool,
}

/// The same words, or the same entry of the gazetteer, name the same thing.
#[derive(PartialEq, Eq, Hash)]
enum Name<'d> {
    Entry(EntryId),
    /// First and last word.
    Person(&'d str, &'d str),
    Words(TopClass, &'d str),
}

/// The group of all names of unknown kind.
const UNKNOWN: u32 = u32::MAX;

pub(super) struct Candidates<'d> {
    tokens: &'d [Token],
    mentions: &'d [Mention],
    ontology: &'d Ontology,
    prepositions: &'d WordList,
    /// Of each mention.
    groups: Vec<u32>,
    /// Of each group.
    genders: Vec<Option<Gender>>,
    /// The persons with a title of that word before their names, each once for a wording.
    titled: HashMap<&'d str, Vec<usize>>,
    items: Vec<Item>,
    /// Whether a subject of the sentence is known, of persons and of other things.
    subjects: [bool; 2],
    /// Where the items of each sentence begin.
    sentences: Vec<usize>,
}

impl<'d> Candidates<'d> {
    pub(super) fn new(
        text: &'d str,
        tokens: &'d Tokens,
        mentions: &'d [Mention],
        ontology: &'d Ontology,
    ) -> Self {
        let tokens = &*tokens.tokens;
        let mut numbers: HashMap<Name<'d>, u32> = HashMap::new();
        // A surname alone is that of the first who bears it: relatives are named in full.
        let mut surnames: HashMap<&str, u32> = HashMap::new();
        let mut groups = Vec::with_capacity(mentions.len());
        let mut genders = Vec::new();
        for mention in mentions {
            let name = match (mention.class, mention.entry) {
                (TopClass::Person, _) => {
                    let last = &*tokens[mention.tokens.end - 1].lower;
                    let known = surnames.get(last).filter(|_| mention.tokens.len() == 1);
                    if let Some(&known) = known {
                        groups.push(known);
                        let gender_known: &mut Option<Gender> = &mut genders[known as usize];
                        *gender_known =
                            gender_known.or_else(|| gender(text, tokens, mention, ontology));
                        continue;
                    }
                    Name::Person(&tokens[mention.tokens.start].lower, last)
                }
                (_, Some(entry)) => Name::Entry(entry),
                (class, None) => Name::Words(class, mention.span.of(text)),
            };
            let group = *numbers.entry(name).or_insert(genders.len() as u32);
            if group as usize == genders.len() {
                genders.push(None);
            }
            if mention.class == TopClass::Person {
                surnames.entry(&tokens[mention.tokens.end - 1].lower).or_insert(group);
            }
            if mention.class == TopClass::Person && genders[group as usize].is_none() {
                genders[group as usize] = gender(text, tokens, mention, ontology);
            }
            groups.push(group);
        }
        Self {
            tokens,
            mentions,
            ontology,
            prepositions: ontology.lexicon.list("governing_prepositions"),
            titled: titled(tokens, mentions, &groups),
            groups,
            genders,
            items: Vec::new(),
            subjects: [false; 2],
            sentences: Vec::new(),
        }
    }

    /// The country or body that opens more sentences than any other.
    pub(super) fn opener(&self, sentences: &[Sentence]) -> Option<u32> {
        let mut counts = vec![0u32; self.genders.len()];
        let mut next = 0;
        for sentence in sentences {
            let start = sentence.tokens.start;
            next += self.mentions[next..].partition_point(|one| one.tokens.start < start);
            let Some(mention) = self.mentions.get(next) else { break };
            let kind = matches!(mention.class, TopClass::Organization | TopClass::Place);
            if kind && !mention.demonym && mention.tokens.start <= start + 1 {
                counts[self.groups[next] as usize] += 1;
            }
        }
        let most = *counts.iter().max().filter(|&&most| most > 0)?;
        let mut best = (0..counts.len()).filter(|&group| counts[group] == most);
        best.next().filter(|_| best.next().is_none()).map(|group| group as u32)
    }

    pub(super) fn open_sentence(&mut self) {
        self.sentences.push(self.items.len());
        self.subjects = [false; 2];
    }

    pub(super) fn push_name(&mut self, mention: usize, quoted: bool, sentence: &Range<usize>) {
        let tokens = self.mentions[mention].tokens.clone();
        self.push(tokens, Some(mention), quoted, false, sentence);
    }

    pub(super) fn push_unknown(&mut self, at: usize, quoted: bool, sentence: &Range<usize>) {
        self.push(at..at + 1, None, quoted, false, sentence);
    }

    pub(super) fn push_stand_in(&mut self, answer: &Answer, quoted: bool, sentence: &Range<usize>) {
        let tokens = answer.tokens.clone();
        self.push(tokens, Some(answer.antecedent), quoted, answer.genitive, sentence);
    }

    fn push(
        &mut self,
        tokens: Range<usize>,
        mention: Option<usize>,
        quoted: bool,
        possessive: bool,
        sentence: &Range<usize>,
    ) {
        let governed = self.is_governed(&tokens, sentence);
        // A name of unknown kind may be either.
        let person = mention.map(|at| self.mentions[at].class == TopClass::Person);
        let kinds = match person {
            Some(person) => usize::from(person)..usize::from(person) + 1,
            None => 0..2,
        };
        let first = !self.subjects[kinds.clone()].contains(&true);
        let subject = first && !quoted && !governed && !possessive;
        if subject {
            self.subjects[kinds].fill(true);
        }
        let group = mention.map_or(UNKNOWN, |at| self.groups[at]);
        let governed = governed || possessive;
        self.items.push(Item { tokens, mention, group, quoted, governed, subject });
    }

    /// Whether a preposition stands before the candidate's noun phrase, or "'s" behind it.
    fn is_governed(&self, tokens: &Range<usize>, sentence: &Range<usize>) -> bool {
        const WORDS_OF_PHRASE: usize = 5;
        let possessive = tokens.end < sentence.end && &*self.tokens[tokens.end].lower == "'s";
        let lowest = tokens.start.saturating_sub(WORDS_OF_PHRASE).max(sentence.start);
        possessive
            || (lowest..tokens.start)
                .rev()
                .map(|at| &self.tokens[at])
                .take_while(|token| token.kind != TokenKind::Mark)
                .any(|token| self.prepositions.contains(&token.lower))
    }

    /// The candidates of the sentence that was opened last.
    pub(super) fn here(&self) -> &[Item] {
        self.sentences.last().map_or(&[], |&start| &self.items[start..])
    }

    /// The candidates of the sentence so many before the last one; 0 is the last one.
    pub(super) fn in_sentence(&self, back: usize) -> &[Item] {
        if back == 0 { self.here() } else { self.before(back) }
    }

    /// The candidates of the sentence so many before the last one.
    pub(super) fn before(&self, sentences: usize) -> &[Item] {
        let Some(at) = self.sentences.len().checked_sub(1 + sentences) else { return &[] };
        &self.items[self.sentences[at]..self.sentences[at + 1]]
    }

    pub(super) fn sentences(&self) -> usize {
        self.sentences.len()
    }

    /// Whether the word stands before a person's name somewhere, as a title does.
    pub(super) fn is_title_word(&self, word: &str) -> bool {
        self.titled.contains_key(word)
    }

    /// The first mention of the only person named with the title before the token `end`. A title in
    /// capitals is the first one's, as official texts have it: "The President thanked President
    /// Lee".
    pub(super) fn holder(&self, title: &[Token], end: usize) -> Option<usize> {
        let bearers = self.titled.get(&*title.last()?.lower)?;
        let mut holders = bearers.iter().copied().filter(|&at| {
            let name = &self.mentions[at].tokens;
            name.end <= end && self.stands_beside(name, title)
        });
        let first = holders.next()?;
        let capitals = title.iter().all(|word| word.case != Case::Lower);
        (capitals || holders.all(|other| self.groups[other] == self.groups[first])).then_some(first)
    }

    /// Whether the title stands before the name: "Secretary of State NAME".
    fn stands_beside(&self, name: &Range<usize>, title: &[Token]) -> bool {
        let same = |start: usize| {
            self.tokens[start..].iter().zip(title).all(|(one, other)| one.lower == other.lower)
        };
        let Some(last) = name.start.checked_sub(title.len()) else { return false };
        let titles = title_words(self.tokens, name.start);
        let lesser = self.ontology.lexicon.list("lesser_offices");
        (titles.start..=last).find(|&at| same(at)).is_some_and(|at| {
            !at.checked_sub(1).is_some_and(|at| lesser.contains(&self.tokens[at].lower))
        })
    }

    /// The group of a mention.
    pub(super) fn group(&self, mention: usize) -> u32 {
        self.groups[mention]
    }

    /// The first mention of a group.
    pub(super) fn first_of(&self, group: u32) -> Option<usize> {
        self.groups.iter().position(|&other| other == group)
    }

    fn gender(&self, item: &Item) -> Option<Gender> {
        self.genders.get(item.group as usize).copied().flatten()
    }

    pub(super) fn may_be(&self, item: &Item, gender: Gender) -> bool {
        self.gender(item).is_none_or(|known| known == gender)
    }

    pub(super) fn is_known_to_be(&self, item: &Item, gender: Gender) -> bool {
        self.gender(item) == Some(gender)
    }
}

/// The number of different things among candidates, up to two.
pub(super) fn only_one<'i>(mut items: impl Iterator<Item = &'i Item>) -> Option<&'i Item> {
    let first = items.next()?;
    let mut last = first;
    for item in items {
        if item.group != first.group {
            return None;
        }
        last = item;
    }
    Some(last)
}

fn titled<'d>(
    tokens: &'d [Token],
    mentions: &[Mention],
    groups: &[u32],
) -> HashMap<&'d str, Vec<usize>> {
    let mut titled: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut seen: HashSet<(u32, &str, &str)> = HashSet::new();
    for (at, mention) in mentions.iter().enumerate() {
        if mention.class != TopClass::Person {
            continue;
        }
        let words = title_words(tokens, mention.tokens.start);
        for word in words {
            let before = word.checked_sub(1).map_or("", |before| &tokens[before].lower);
            if seen.insert((groups[at], before, &tokens[word].lower)) {
                titled.entry(&tokens[word].lower).or_default().push(at);
            }
        }
    }
    titled
}

/// The capitalised words, and "of", before a name.
fn title_words(tokens: &[Token], name: usize) -> Range<usize> {
    const MOST: usize = 6;
    let start = (name.saturating_sub(MOST)..name)
        .rev()
        .take_while(|&at| {
            tokens[at].kind == TokenKind::Word && tokens[at].case != Case::Lower
                || &*tokens[at].lower == "of"
        })
        .last();
    start.unwrap_or(name)..name
}

/// What the words beside a person's name, or the first name, tell.
fn gender(text: &str, tokens: &[Token], mention: &Mention, ontology: &Ontology) -> Option<Gender> {
    const WORDS_BEFORE: usize = 3;
    const WORDS_BEHIND: usize = 6;
    let lexicon = &ontology.lexicon;
    let words = lexicon.list("gendered_words");
    let of_word = |token: &Token| words.value(&token.lower).and_then(Gender::from_name);
    let start = mention.tokens.start;
    let first = tokens[start].span.of(text);
    let titles = lexicon.list("titles_before_name");
    let before = (start.saturating_sub(WORDS_BEFORE)..start)
        .rev()
        .map(|at| &tokens[at])
        .take_while(|token| &*token.lower == "." || titles.contains(&token.lower))
        .find_map(of_word);
    before
        .or_else(|| {
            // A surname alone may look like a first name.
            (mention.tokens.len() > 1)
                .then(|| {
                    let feminine = lexicon.list("feminine_names").contains(first);
                    let masculine = lexicon.list("masculine_names").contains(first);
                    match (feminine, masculine) {
                        (true, false) => Some(Gender::Feminine),
                        (false, true) => Some(Gender::Masculine),
                        _ => None,
                    }
                })
                .flatten()
        })
        .or_else(|| {
            let behind = tokens.get(mention.tokens.end..)?;
            let comma = behind.first().filter(|token| &*token.lower == ",");
            comma.and_then(|_| {
                behind[1..]
                    .iter()
                    .take(WORDS_BEHIND)
                    .take_while(|token| token.kind != TokenKind::Mark)
                    .find_map(of_word)
            })
        })
}
