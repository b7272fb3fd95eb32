//! Trees to instructions of the matcher, with the words that a sentence must have for a
//! pattern to be tried at all.

use std::rc::Rc;

use super::syntax::{CaptureKind, Label, Node, WordClass};
use super::vocabulary::{Anchors, Vocabulary, WordIds, phrase_sources, sorted};
use crate::ontology::{ClassSet, SubclassId};

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
    /// The top classes of the subclasses.
    pub(super) of_subclasses: ClassSet,
    /// Whether countries named by their adjective are taken.
    pub(super) demonym: bool,
}

/// A compiled pattern.
#[derive(Clone, Debug)]
pub(super) struct Program {
    pub(super) steps: Vec<Step>,
    /// One of these words stands in every match; empty when none is sure to.
    pub(super) anchors: WordIds,
    /// Steps of which one takes the first unit of every match; empty when that is not known.
    pub(super) first: Vec<u32>,
    /// What the subject and the object may be: a sentence must have both.
    pub(super) subject: MentionNeed,
    pub(super) object: MentionNeed,
}

/// Kinds of mentions of which one must stand in the sentence.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct MentionNeed {
    pub(super) tops: ClassSet,
    pub(super) demonym: bool,
}

impl MentionNeed {
    fn add(&mut self, classes: &MentionClasses) {
        for top in classes.tops.iter().chain(classes.of_subclasses.iter()) {
            self.tops = self.tops.with(top);
        }
        self.demonym |= classes.demonym;
    }

    /// Whether a sentence with mentions of these kinds may have it.
    pub(super) fn is_met(self, present: MentionNeed) -> bool {
        self.demonym && present.demonym || self.tops.iter().any(|top| present.tops.contains(top))
    }
}

pub(super) fn compile(node: &Node, vocabulary: &mut Vocabulary) -> Result<Program, String> {
    let mut compiler = Compiler { vocabulary, steps: Vec::new() };
    let anchors = compiler.node(node)?;
    compiler.steps.push(Step::Done);
    let anchors = anchors.map(|anchors| anchors.words.clone()).unwrap_or_default();
    let steps = compiler.steps;
    let mut first = Vec::new();
    if !first_steps(&steps, 0, &mut first) {
        first.clear();
    }
    let (mut subject, mut object) = (MentionNeed::default(), MentionNeed::default());
    for step in &steps {
        if let Step::Mention { classes, label: Some(label), .. } = step {
            if *label != Label::Object {
                subject.add(classes);
            }
            if *label != Label::Subject {
                object.add(classes);
            }
        }
    }
    Ok(Program { steps, anchors, first, subject, object })
}

/// Collects the steps that may take the first unit from `step` on; false where a match may
/// begin with any unit.
fn first_steps(steps: &[Step], step: usize, first: &mut Vec<u32>) -> bool {
    if first.contains(&(step as u32)) {
        return true;
    }
    match &steps[step] {
        Step::Words(_) | Step::Phrase(_) | Step::Mention { .. } => {
            first.push(step as u32);
            true
        }
        Step::Split(one, other) => {
            first_steps(steps, *one as usize, first) && first_steps(steps, *other as usize, first)
        }
        Step::Jump(target) => first_steps(steps, *target as usize, first),
        Step::Open(_)
        | Step::Close(_)
        | Step::NotWord { .. }
        | Step::NotMention { .. }
        | Step::NotClass { .. } => first_steps(steps, step + 1, first),
        Step::Class(_) | Step::Gap { .. } | Step::SentenceStart | Step::Done => false,
    }
}

struct Compiler<'c, 'o> {
    vocabulary: &'c mut Vocabulary<'o>,
    steps: Vec<Step>,
}

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
        let mut union = Some(Anchors { words: Vec::new(), cost: 0 });
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
        let union = union.map(|union| Anchors { words: sorted(union.words), ..union });
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
