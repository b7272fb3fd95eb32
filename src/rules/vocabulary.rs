//! The words, sets of words and lists of phrases that patterns name, as numbers shared by all.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::inflect::{Inflection, Irregulars};
use super::program::{MentionClasses, Step};
use super::syntax::Node;
use super::units::contains;
use crate::ontology::{Ontology, TopClass};

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
}

/// Phrases, sorted by first word and then the longest first.
#[derive(Clone, Debug, Default)]
pub(super) struct PhraseList {
    phrases: Vec<Box<[u32]>>,
    /// The words that a phrase begins with, as bits: most words begin none.
    firsts: Box<[u64]>,
}

impl PhraseList {
    fn new(phrases: impl IntoIterator<Item = Box<[u32]>>) -> Self {
        let mut phrases: Vec<_> = phrases.into_iter().collect();
        phrases.sort_by(|a, b| (a[0], b.len(), a).cmp(&(b[0], a.len(), b)));
        phrases.dedup();
        let last = phrases.last().map_or(0, |phrase| phrase[0] as usize);
        let mut firsts = vec![0; last / 64 + 1];
        for phrase in &phrases {
            firsts[phrase[0] as usize / 64] |= 1 << (phrase[0] % 64);
        }
        Self { phrases, firsts: firsts.into() }
    }

    /// Whether any phrase begins with the word.
    pub(super) fn has_beginning(&self, word: u32) -> bool {
        contains(&self.firsts, word)
    }

    /// The phrases that begin with the word, the longest first.
    pub(super) fn beginning_with(&self, word: u32) -> &[Box<[u32]>] {
        if !self.has_beginning(word) {
            return &[];
        }
        let start = self.phrases.partition_point(|phrase| phrase[0] < word);
        let length = self.phrases[start..].partition_point(|phrase| phrase[0] == word);
        &self.phrases[start..start + length]
    }
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
pub(super) struct Vocabulary<'o> {
    ontology: &'o Ontology,
    irregulars: Irregulars,
    pub(super) words: HashMap<Box<str>, u32>,
    pub(super) sets: Vec<WordIds>,
    set_ids: HashMap<WordIds, u32>,
    pub(super) lists: Vec<PhraseList>,
    choices: HashMap<Vec<PhraseSource>, Choice>,
    frequent: HashSet<u32>,
}

/// The name of the lexicon list of words too frequent to be the anchor of a pattern.
const FREQUENT: &str = "function_words";

impl<'o> Vocabulary<'o> {
    pub(super) fn new(ontology: &'o Ontology, irregulars: Irregulars) -> Self {
        Self {
            ontology,
            irregulars,
            words: HashMap::new(),
            sets: Vec::new(),
            set_ids: HashMap::new(),
            lists: Vec::new(),
            choices: HashMap::new(),
            frequent: HashSet::new(),
        }
    }

    /// The number of a word, from 1; 0 is every word that no pattern names.
    fn word(&mut self, word: &str) -> u32 {
        let next = self.words.len() as u32 + 1;
        let id = *self.words.entry(word.into()).or_insert(next);
        if id == next && self.ontology.lexicon.list(FREQUENT).contains(word) {
            self.frequent.insert(id);
        }
        id
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
        let mut phrases: Vec<Box<[u32]>> = Vec::new();
        for source in &sources {
            match source {
                PhraseSource::List(name, inflection) => {
                    self.list(name, *inflection, &mut phrases)?;
                }
                PhraseSource::Words(words) => self.phrase(words, &mut phrases),
            }
        }
        let firsts = sorted(phrases.iter().map(|phrase| phrase[0]).collect());
        let step = if phrases.iter().all(|phrase| phrase.len() == 1) {
            Step::Words(self.set(firsts.clone()))
        } else {
            self.lists.push(PhraseList::new(phrases));
            Step::Phrase(self.lists.len() as u32 - 1)
        };
        let cost = firsts
            .iter()
            .map(|word| if self.frequent.contains(word) { FREQUENT_WORD_COST } else { 1 })
            .sum();
        let choice = Choice { step, anchors: Rc::new(Anchors { words: firsts, cost }) };
        self.choices.insert(sources, choice.clone());
        Ok(choice)
    }

    /// Adds the phrases of a list: the first word of each is inflected as a verb ("crack down"),
    /// the last as a noun ("prime minister").
    fn list(
        &mut self,
        name: &str,
        inflection: Inflection,
        phrases: &mut Vec<Box<[u32]>>,
    ) -> Result<(), String> {
        let lexicon = &self.ontology.lexicon;
        if !lexicon.has_list(name) {
            return Err(format!("there is no list lexicon/en/{name}.txt"));
        }
        for phrase in lexicon.list(name).phrases() {
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
    fn phrase(&mut self, words: &[(Rc<str>, Inflection)], phrases: &mut Vec<Box<[u32]>>) {
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
        phrases.extend(found.into_iter().map(Vec::into_boxed_slice));
    }

    pub(super) fn mention_classes(&self, names: &[String]) -> Result<MentionClasses, String> {
        let mut classes = MentionClasses::default();
        for name in names {
            let subclass = name.rsplit('.').next().unwrap_or(name);
            if name == "demonym" {
                classes.demonym = true;
            } else if name == "any" {
                for top in [TopClass::Person, TopClass::Organization, TopClass::Place] {
                    classes.tops = classes.tops.with(top);
                }
            } else if let Some(top) = TopClass::from_name(name) {
                classes.tops = classes.tops.with(top);
            } else if let Some(id) = self.ontology.schema.subclass_id(subclass) {
                classes.subclasses.push(id);
                let top = self.ontology.schema.subclass(id).top;
                classes.of_subclasses = classes.of_subclasses.with(top);
            } else {
                return Err(format!("the ontology has no class {name}"));
            }
        }
        Ok(classes)
    }
}
