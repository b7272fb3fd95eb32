//! Trees to instructions of the matcher, with the words that a sentence must have for a
//! pattern to be tried at all.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

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

/// Phrases, sorted by first word and then the longest first.
#[derive(Clone, Debug, Default)]
pub(super) struct PhraseList {
    phrases: Vec<Box<[u32]>>,
}

impl PhraseList {
    fn new(phrases: impl IntoIterator<Item = Box<[u32]>>) -> Self {
        let mut phrases: Vec<_> = phrases.into_iter().collect();
        phrases.sort_by(|a, b| (a[0], b.len(), a).cmp(&(b[0], a.len(), b)));
        phrases.dedup();
        Self { phrases }
    }

    /// The phrases that begin with the word, the longest first.
    pub(super) fn beginning_with(&self, word: u32) -> &[Box<[u32]>] {
        let start = self.phrases.partition_point(|phrase| phrase[0] < word);
        let length = self.phrases[start..].partition_point(|phrase| phrase[0] == word);
        &self.phrases[start..start + length]
    }
}

/// What a choice between phrases is made of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum PhraseSource {
    List(String, Inflection),
    Words(Vec<(String, Inflection)>),
}

/// Adds the sources of a node that is nothing but a choice between phrases.
fn phrase_sources(node: &Node, sources: &mut Vec<PhraseSource>) -> bool {
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
    pub(super) sets: Vec<BTreeSet<u32>>,
    set_ids: BTreeMap<BTreeSet<u32>, u32>,
    pub(super) lists: Vec<PhraseList>,
    choices: HashMap<Vec<PhraseSource>, Choice>,
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
            choices: HashMap::new(),
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

    /// The step that takes any of the phrases, compiled once.
    fn choice(&mut self, sources: Vec<PhraseSource>) -> Result<Choice, String> {
        if let Some(known) = self.choices.get(&sources) {
            return Ok(known.clone());
        }
        let mut phrases = BTreeSet::new();
        for source in &sources {
            match source {
                PhraseSource::List(name, inflection) => {
                    self.list(name, *inflection, &mut phrases)?;
                }
                PhraseSource::Words(words) => self.phrase(words, &mut phrases),
            }
        }
        let firsts: BTreeSet<u32> = phrases.iter().map(|phrase| phrase[0]).collect();
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
        phrases: &mut BTreeSet<Box<[u32]>>,
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
                    ((*word).to_owned(), if index == at { inflection } else { Inflection::None })
                })
                .collect();
            self.phrase(&words, phrases);
        }
        Ok(())
    }

    /// Adds every way to inflect the words.
    fn phrase(&mut self, words: &[(String, Inflection)], phrases: &mut BTreeSet<Box<[u32]>>) {
        let mut found: Vec<Vec<u32>> = vec![Vec::new()];
        for (word, inflection) in words {
            let forms = self.irregulars.forms(word, *inflection);
            let ids: Vec<u32> = forms.iter().map(|form| self.word(form)).collect();
            found = found
                .iter()
                .flat_map(|start| ids.iter().map(|id| [start.as_slice(), &[*id]].concat()))
                .collect();
        }
        phrases.extend(found.into_iter().map(Vec::into_boxed_slice));
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
    let anchors = anchors.map(|anchors| anchors.words.clone()).unwrap_or_default();
    Ok(Program { steps: compiler.steps, anchors })
}

/// Words of which one stands in every match of a node.
struct Anchors {
    words: BTreeSet<u32>,
    /// How often a sentence is expected to have one: frequent words cost most.
    cost: usize,
}

#[derive(Clone)]
struct Choice {
    step: Step,
    anchors: Rc<Anchors>,
}

struct Compiler<'c, 'o> {
    vocabulary: &'c mut Vocabulary<'o>,
    steps: Vec<Step>,
}

const FREQUENT_WORD_COST: usize = 1000;

impl Compiler<'_, '_> {
    fn here(&self) -> u32 {
        self.steps.len() as u32
    }

    /// Appends the steps of a node; returns its anchors.
    fn node(&mut self, node: &Node) -> Result<Option<Rc<Anchors>>, String> {
        let mut sources = Vec::new();
        if phrase_sources(node, &mut sources) {
            let choice = self.vocabulary.choice(sources)?;
            self.steps.push(choice.step);
            return Ok(Some(choice.anchors));
        }
        match node {
            Node::Sequence(nodes) => {
                let mut best: Option<Rc<Anchors>> = None;
                for node in nodes {
                    if let Some(anchors) = self.node(node)?
                        && best.as_ref().is_none_or(|best| anchors.cost < best.cost)
                    {
                        best = Some(anchors);
                    }
                }
                return Ok(best);
            }
            Node::Either(branches) => return self.either(branches),
            Node::Repeat { node, least, many } => return self.repeat(node, *least, *many),
            Node::Capture { kind, node } => {
                self.steps.push(Step::Open(*kind));
                let anchors = self.node(node)?;
                self.steps.push(Step::Close(*kind));
                return Ok(anchors);
            }
            Node::Not { ahead, node } => self.not(*ahead, node)?,
            Node::Class(class) => self.steps.push(Step::Class(*class)),
            Node::Mention { label, alone, classes } => {
                let classes = self.vocabulary.mention_classes(classes)?;
                self.steps.push(Step::Mention { classes, label: *label, alone: *alone });
            }
            Node::Gap { most, over_mentions } => {
                self.steps.push(Step::Gap { most: *most, over_mentions: *over_mentions });
            }
            Node::SentenceStart => self.steps.push(Step::SentenceStart),
            // Words and lists are choices between phrases.
            Node::Word { .. } | Node::List { .. } => {}
        }
        Ok(None)
    }

    fn repeat(
        &mut self,
        node: &Node,
        least: u8,
        many: bool,
    ) -> Result<Option<Rc<Anchors>>, String> {
        if many && may_be_empty(node) {
            return Err("what * or + repeats must not match nothing".into());
        }
        let mut anchors = None;
        for _ in 0..least {
            anchors = self.node(node)?;
        }
        if least == 0 || many {
            let split = self.steps.len();
            self.steps.push(Step::Split(split as u32 + 1, 0));
            self.node(node)?;
            if many {
                self.steps.push(Step::Jump(split as u32));
            }
            self.steps[split] = Step::Split(split as u32 + 1, self.here());
        }
        Ok(anchors)
    }

    fn either(&mut self, branches: &[Node]) -> Result<Option<Rc<Anchors>>, String> {
        let mut jumps = Vec::new();
        let mut union = Some(Anchors { words: BTreeSet::new(), cost: 0 });
        for (at, branch) in branches.iter().enumerate() {
            let split = self.steps.len();
            let last = at + 1 == branches.len();
            if !last {
                self.steps.push(Step::Split(0, 0));
            }
            match (self.node(branch)?, &mut union) {
                (Some(anchors), Some(union)) => {
                    union.words.extend(&anchors.words);
                    union.cost += anchors.cost;
                }
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
        Ok(union.map(Rc::new))
    }

    fn not(&mut self, ahead: bool, node: &Node) -> Result<(), String> {
        let mut sources = Vec::new();
        if phrase_sources(node, &mut sources) {
            let choice = self.vocabulary.choice(sources)?;
            let set = self.vocabulary.set(choice.anchors.words.clone());
            self.steps.push(Step::NotWord { ahead, set });
            return Ok(());
        }
        match node {
            Node::Mention { classes, .. } => {
                let classes = self.vocabulary.mention_classes(classes)?;
                self.steps.push(Step::NotMention { ahead, classes });
                Ok(())
            }
            Node::Class(class) => {
                self.steps.push(Step::NotClass { ahead, class: *class });
                Ok(())
            }
            _ => Err("! and <! take words, lists, a class of words or a mention".into()),
        }
    }
}

fn may_be_empty(node: &Node) -> bool {
    match node {
        Node::Sequence(nodes) => nodes.iter().all(may_be_empty),
        Node::Either(branches) => branches.iter().any(may_be_empty),
        Node::Repeat { node, least, .. } => *least == 0 || may_be_empty(node),
        Node::Capture { node, .. } => may_be_empty(node),
        Node::Gap { .. } | Node::Not { .. } | Node::SentenceStart => true,
        Node::Word { .. } | Node::List { .. } | Node::Class(_) | Node::Mention { .. } => false,
    }
}
