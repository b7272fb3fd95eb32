//! Trees to instructions of the matcher, with the words that a sentence must have for a
//! pattern to be tried at all.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::inflect::{Inflection, Irregulars};
use super::syntax::{CaptureKind, Label, Node, WordClass};
use crate::ontology::{ClassSet, Ontology, SubclassId, TopClass};

/// One step of a compiled pattern. Targets are indexes of instructions.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Step {
    /// One word whose id is in the set.
    Words(u32),
    /// A phrase of the list.
    Phrase(u32),
    Class(WordClass),
    Mention {
        classes: MentionClasses,
        label: Option<Label>,
        alone: bool,
    },
    Gap {
        most: u8,
        over_mentions: bool,
    },
    /// Try the first target, then the second.
    Split(u32, u32),
    Jump(u32),
    Open(CaptureKind),
    Close(CaptureKind),
    /// The word ahead (or behind) is not in the set.
    NotWord {
        ahead: bool,
        set: u32,
    },
    NotMention {
        ahead: bool,
        classes: MentionClasses,
    },
    NotClass {
        ahead: bool,
        class: WordClass,
    },
    SentenceStart,
    Done,
}

/// Which mentions an element takes.
#[derive(Clone, Debug, PartialEq, Default)]
pub(super) struct MentionClasses {
    pub(super) tops: ClassSet,
    pub(super) subclasses: Vec<SubclassId>,
    /// Whether countries named by their adjective are taken.
    pub(super) demonym: bool,
}

/// A compiled pattern.
#[derive(Clone, Debug)]
pub(super) struct Program {
    pub(super) steps: Vec<Step>,
    /// One of these words stands in every match; empty when none is sure to.
    pub(super) anchors: BTreeSet<u32>,
}

/// Phrases by their first word, the longest first.
#[derive(Clone, Debug, Default)]
pub(super) struct PhraseList {
    pub(super) by_first: HashMap<u32, Vec<Box<[u32]>>>,
}

/// Words as numbers, sets of them and lists of phrases: shared by all patterns.
pub(super) struct Vocabulary<'o> {
    ontology: &'o Ontology,
    irregulars: Irregulars,
    pub(super) words: HashMap<Box<str>, u32>,
    pub(super) sets: Vec<BTreeSet<u32>>,
    set_ids: BTreeMap<BTreeSet<u32>, u32>,
    pub(super) lists: Vec<PhraseList>,
    list_ids: HashMap<(String, Inflection), (u32, BTreeSet<u32>)>,
    frequent: BTreeSet<u32>,
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
            set_ids: BTreeMap::new(),
            lists: Vec::new(),
            list_ids: HashMap::new(),
            frequent: BTreeSet::new(),
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

    fn set(&mut self, set: BTreeSet<u32>) -> u32 {
        if let Some(&known) = self.set_ids.get(&set) {
            return known;
        }
        let id = self.sets.len() as u32;
        self.sets.push(set.clone());
        self.set_ids.insert(set, id);
        id
    }

    fn word_forms(&mut self, text: &str, inflection: Inflection) -> BTreeSet<u32> {
        let forms = self.irregulars.forms(text, inflection);
        forms.iter().map(|form| self.word(form)).collect()
    }

    /// The list and the first words of its phrases. The first word of a phrase is inflected as
    /// a verb ("crack down"), the last as a noun ("prime minister").
    fn list(&mut self, name: &str, inflection: Inflection) -> Result<(u32, BTreeSet<u32>), String> {
        let key = (name.to_owned(), inflection);
        if let Some(known) = self.list_ids.get(&key) {
            return Ok(known.clone());
        }
        let lexicon = &self.ontology.lexicon;
        if !lexicon.has_list(name) {
            return Err(format!("there is no list lexicon/en/{name}.txt"));
        }
        let mut list = PhraseList::default();
        let mut firsts = BTreeSet::new();
        for phrase in lexicon.list(name).phrases() {
            let words: Vec<&str> = phrase.split_whitespace().collect();
            let at = if inflection == Inflection::Noun { words.len() - 1 } else { 0 };
            for form in self.irregulars.forms(words[at], inflection) {
                let ids: Box<[u32]> = words
                    .iter()
                    .enumerate()
                    .map(|(index, word)| if index == at { form.as_str() } else { word })
                    .map(|word| self.word(word))
                    .collect();
                firsts.insert(ids[0]);
                let known = list.by_first.entry(ids[0]).or_default();
                if !known.contains(&ids) {
                    known.push(ids);
                }
            }
        }
        for phrases in list.by_first.values_mut() {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
        }
        let id = self.lists.len() as u32;
        self.lists.push(list);
        self.list_ids.insert(key, (id, firsts.clone()));
        Ok((id, firsts))
    }

    fn mention_classes(&self, names: &[String]) -> Result<MentionClasses, String> {
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
            } else {
                return Err(format!("the ontology has no class {name}"));
            }
        }
        Ok(classes)
    }
}

pub(super) fn compile(node: &Node, vocabulary: &mut Vocabulary) -> Result<Program, String> {
    let mut compiler = Compiler { vocabulary, steps: Vec::new() };
    let anchors = compiler.node(node)?;
    compiler.steps.push(Step::Done);
    Ok(Program { steps: compiler.steps, anchors: anchors.map(|a| a.words).unwrap_or_default() })
}

/// Words of which one stands in every match of a node.
struct Anchors {
    words: BTreeSet<u32>,
    /// How often a sentence is expected to have one: frequent words cost most.
    cost: usize,
}

struct Compiler<'c, 'o> {
    vocabulary: &'c mut Vocabulary<'o>,
    steps: Vec<Step>,
}

const FREQUENT_WORD_COST: usize = 1000;

impl Compiler<'_, '_> {
    fn anchors(&self, words: BTreeSet<u32>) -> Option<Anchors> {
        let cost = words
            .iter()
            .map(
                |&word| {
                    if self.vocabulary.frequent.contains(&word) { FREQUENT_WORD_COST } else { 1 }
                },
            )
            .sum();
        Some(Anchors { words, cost })
    }

    fn here(&self) -> u32 {
        self.steps.len() as u32
    }

    /// Appends the steps of a node; returns its anchors.
    fn node(&mut self, node: &Node) -> Result<Option<Anchors>, String> {
        match node {
            Node::Sequence(nodes) => {
                let mut best: Option<Anchors> = None;
                for node in nodes {
                    if let Some(anchors) = self.node(node)?
                        && best.as_ref().is_none_or(|best| anchors.cost < best.cost)
                    {
                        best = Some(anchors);
                    }
                }
                Ok(best)
            }
            Node::Either(branches) => self.either(branches),
            Node::Repeat { node, least, most } => {
                let mut anchors = None;
                for _ in 0..*least {
                    anchors = self.node(node)?;
                }
                let mut splits = Vec::new();
                for _ in *least..*most {
                    splits.push(self.steps.len());
                    self.steps.push(Step::Split(0, 0));
                    self.node(node)?;
                }
                let end = self.here();
                for split in splits {
                    self.steps[split] = Step::Split(split as u32 + 1, end);
                }
                Ok(anchors)
            }
            Node::Word { text, inflection } => {
                let words = self.vocabulary.word_forms(text, *inflection);
                let set = self.vocabulary.set(words.clone());
                self.steps.push(Step::Words(set));
                Ok(self.anchors(words))
            }
            Node::List { name, inflection } => {
                let (list, firsts) = self.vocabulary.list(name, *inflection)?;
                self.steps.push(Step::Phrase(list));
                Ok(self.anchors(firsts))
            }
            Node::Class(class) => {
                self.steps.push(Step::Class(*class));
                Ok(None)
            }
            Node::Mention { label, alone, classes } => {
                let classes = self.vocabulary.mention_classes(classes)?;
                self.steps.push(Step::Mention { classes, label: *label, alone: *alone });
                Ok(None)
            }
            Node::Gap { most, over_mentions } => {
                self.steps.push(Step::Gap { most: *most, over_mentions: *over_mentions });
                Ok(None)
            }
            Node::Capture { kind, node } => {
                self.steps.push(Step::Open(*kind));
                let anchors = self.node(node)?;
                self.steps.push(Step::Close(*kind));
                Ok(anchors)
            }
            Node::Not { ahead, node } => self.not(*ahead, node).map(|()| None),
            Node::SentenceStart => {
                self.steps.push(Step::SentenceStart);
                Ok(None)
            }
        }
    }

    fn either(&mut self, branches: &[Node]) -> Result<Option<Anchors>, String> {
        // Alternatives that are single words are one set: one test instead of a branch each.
        if let Some(words) = self.single_words(branches)? {
            let set = self.vocabulary.set(words.clone());
            self.steps.push(Step::Words(set));
            return Ok(self.anchors(words));
        }
        let mut jumps = Vec::new();
        let mut union: Option<BTreeSet<u32>> = Some(BTreeSet::new());
        for (at, branch) in branches.iter().enumerate() {
            let split = self.steps.len();
            let last = at + 1 == branches.len();
            if !last {
                self.steps.push(Step::Split(0, 0));
            }
            match (self.node(branch)?, &mut union) {
                (Some(anchors), Some(union)) => union.extend(anchors.words),
                _ => union = None,
            }
            if !last {
                jumps.push(self.steps.len());
                self.steps.push(Step::Jump(0));
                self.steps[split] = Step::Split(split as u32 + 1, self.here());
            }
        }
        let end = self.here();
        for jump in jumps {
            self.steps[jump] = Step::Jump(end);
        }
        Ok(union.and_then(|words| self.anchors(words)))
    }

    fn single_words(&mut self, branches: &[Node]) -> Result<Option<BTreeSet<u32>>, String> {
        let mut words = BTreeSet::new();
        for branch in branches {
            let Node::Word { text, inflection } = branch else {
                return Ok(None);
            };
            words.extend(self.vocabulary.word_forms(text, *inflection));
        }
        Ok(Some(words))
    }

    fn not(&mut self, ahead: bool, node: &Node) -> Result<(), String> {
        let branches = match node {
            Node::Either(branches) => branches.as_slice(),
            single => std::slice::from_ref(single),
        };
        if let Some(words) = self.single_words(branches)? {
            let set = self.vocabulary.set(words);
            self.steps.push(Step::NotWord { ahead, set });
            return Ok(());
        }
        for branch in branches {
            match branch {
                Node::Word { text, inflection } => {
                    let words = self.vocabulary.word_forms(text, *inflection);
                    let set = self.vocabulary.set(words);
                    self.steps.push(Step::NotWord { ahead, set });
                }
                Node::List { name, inflection } => {
                    let (_, firsts) = self.vocabulary.list(name, *inflection)?;
                    let set = self.vocabulary.set(firsts);
                    self.steps.push(Step::NotWord { ahead, set });
                }
                Node::Mention { classes, .. } => {
                    let classes = self.vocabulary.mention_classes(classes)?;
                    self.steps.push(Step::NotMention { ahead, classes });
                }
                Node::Class(class) => self.steps.push(Step::NotClass { ahead, class: *class }),
                _ => return Err("! and <! take words, lists, classes or mentions".into()),
            }
        }
        Ok(())
    }
}
