//! The words, sets of words and lists of phrases that patterns name, as numbers shared by all.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::WordLists;
use super::inflect::{Inflection, Irregulars};
use super::program::Step;
use super::syntax::Node;

/// How much dearer a frequent word is as an anchor than any other.
const FREQUENT_WORD_COST: usize = 1000;

/// Numbers of words, sorted, each once. Sets are joined far more often than anything is looked up
/// in them, for which a sorted list is several times as fast as a tree.
pub(super) type WordIds = Vec<u32>;

pub(super) fn sorted(mut words: Vec<u32>) -> WordIds {
    words.sort_unstable();
    words.dedup();
    words
}

/// Words of which one stands in every match of a node.
pub(super) struct Anchors {
    pub(super) words: WordIds,
    /// How often a sentence is expected to have one: frequent words cost most.
    pub(super) cost: usize,
}

#[derive(Clone)]
pub(super) struct Choice {
    pub(super) step: Step,
    pub(super) anchors: Rc<Anchors>,
    /// Words of the longest phrase.
    pub(super) longest: u32,
}

/// What a choice between phrases is made of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum PhraseSource {
    List(Rc<str>, Inflection),
    Words(Vec<(Rc<str>, Inflection)>),
}

/// Adds the sources of a node that is nothing but a choice between phrases.
pub(super) fn phrase_sources(node: &Node, sources: &mut Vec<PhraseSource>) -> bool {
    match node {
        Node::Word { text, inflection } => {
            sources.push(PhraseSource::Words(vec![(text.clone(), *inflection)]));
            true
        }
        Node::List { name, inflection } => {
            sources.push(PhraseSource::List(name.clone(), *inflection));
            true
        }
        Node::Sequence(nodes) => {
            let words: Option<Vec<_>> = nodes
                .iter()
                .map(|node| match node {
                    Node::Word { text, inflection } => Some((text.clone(), *inflection)),
                    _ => None,
                })
                .collect();
            match words {
                Some(words) if !words.is_empty() => {
                    sources.push(PhraseSource::Words(words));
                    true
                }
                _ => false,
            }
        }
        Node::Either(branches) => branches.iter().all(|branch| phrase_sources(branch, sources)),
        _ => false,
    }
}

/// Words as numbers, sets of them and lists of phrases: shared by all patterns.
pub(super) struct Vocabulary<'l> {
    word_lists: &'l dyn WordLists,
    irregulars: Irregulars,
    frequent: HashSet<&'l str>,
    pub(super) words: HashMap<Rc<str>, u32>,
    pub(super) sets: Vec<WordIds>,
    set_ids: HashMap<WordIds, u32>,
    pub(super) lists: Vec<Vec<Vec<u32>>>,
    choices: HashMap<Vec<PhraseSource>, Choice>,
    frequent_ids: HashSet<u32>,
    pub(super) classes: Vec<Vec<String>>,
}

/// The name of the lexicon list of words too frequent to be the anchor of a pattern.
const FREQUENT: &str = "function_words";

impl<'l> Vocabulary<'l> {
    pub(super) fn new(word_lists: &'l dyn WordLists, irregulars: Irregulars) -> Self {
        let frequent = word_lists.phrases(FREQUENT).unwrap_or_default();
        Self {
            word_lists,
            irregulars,
            frequent: frequent.iter().map(String::as_str).collect(),
            words: HashMap::new(),
            sets: Vec::new(),
            set_ids: HashMap::new(),
            lists: Vec::new(),
            choices: HashMap::new(),
            frequent_ids: HashSet::new(),
            classes: Vec::new(),
        }
    }

    /// The number of a word, from 1; 0 is every word that no pattern names.
    pub(super) fn word(&mut self, word: &str) -> u32 {
        if let Some(&known) = self.words.get(word) {
            return known;
        }
        let id = self.words.len() as u32 + 1;
        self.words.insert(word.into(), id);
        if self.frequent.contains(word) {
            self.frequent_ids.insert(id);
        }
        id
    }

    /// The number of a choice between classes of mentions.
    pub(super) fn classes(&mut self, names: &[String]) -> u32 {
        let known = self.classes.iter().position(|known| known == names);
        known.unwrap_or_else(|| {
            self.classes.push(names.to_vec());
            self.classes.len() - 1
        }) as u32
    }

    pub(super) fn set(&mut self, set: WordIds) -> u32 {
        if let Some(&known) = self.set_ids.get(&set) {
            return known;
        }
        let id = self.sets.len() as u32;
        self.sets.push(set.clone());
        self.set_ids.insert(set, id);
        id
    }

    /// The step that takes any of the phrases, compiled once.
    pub(super) fn choice(&mut self, sources: Vec<PhraseSource>) -> Result<Choice, String> {
        if let Some(known) = self.choices.get(&sources) {
            return Ok(known.clone());
        }
        let mut phrases: Vec<Vec<u32>> = Vec::new();
        for source in &sources {
            match source {
                PhraseSource::List(name, inflection) => {
                    self.list(name, *inflection, &mut phrases)?;
                }
                PhraseSource::Words(words) => self.phrase(words, &mut phrases),
            }
        }
        let firsts = sorted(phrases.iter().map(|phrase| phrase[0]).collect());
        let longest = phrases.iter().map(Vec::len).max().unwrap_or_default() as u32;
        let step = if phrases.iter().all(|phrase| phrase.len() == 1) {
            Step::Words(self.set(firsts.clone()))
        } else {
            phrases.sort_by(|a, b| (a[0], b.len(), a).cmp(&(b[0], a.len(), b)));
            phrases.dedup();
            self.lists.push(phrases);
            Step::Phrase(self.lists.len() as u32 - 1)
        };
        let cost = firsts
            .iter()
            .map(|word| if self.frequent_ids.contains(word) { FREQUENT_WORD_COST } else { 1 })
            .sum();
        let choice = Choice { step, anchors: Rc::new(Anchors { words: firsts, cost }), longest };
        self.choices.insert(sources, choice.clone());
        Ok(choice)
    }

    /// Adds the phrases of a list: the first word of each is inflected as a verb ("crack down"),
    /// the last as a noun ("prime minister").
    fn list(
        &mut self,
        name: &str,
        inflection: Inflection,
        phrases: &mut Vec<Vec<u32>>,
    ) -> Result<(), String> {
        let Some(listed) = self.word_lists.phrases(name) else {
            return Err(format!("there is no list lexicon/en/{name}.txt"));
        };
        for phrase in listed {
            let words: Vec<&str> = phrase.split_whitespace().collect();
            let at = if inflection == Inflection::Noun { words.len() - 1 } else { 0 };
            let words: Vec<_> = words
                .iter()
                .enumerate()
                .map(|(index, word)| {
                    (Rc::from(*word), if index == at { inflection } else { Inflection::None })
                })
                .collect();
            self.phrase(&words, phrases);
        }
        Ok(())
    }

    /// Adds every way to inflect the words.
    fn phrase(&mut self, words: &[(Rc<str>, Inflection)], phrases: &mut Vec<Vec<u32>>) {
        let mut found: Vec<Vec<u32>> = vec![Vec::new()];
        for (word, inflection) in words {
            let mut forms = self.irregulars.forms(word, *inflection);
            if &**word == "'s" {
                forms.push("'".into());
            }
            let ids: Vec<u32> = forms.iter().map(|form| self.word(form)).collect();
            found = found
                .iter()
                .flat_map(|start| ids.iter().map(|id| [start.as_slice(), &[*id]].concat()))
                .collect();
        }
        phrases.extend(found);
    }
}
