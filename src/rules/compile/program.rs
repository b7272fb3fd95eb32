//! Trees to instructions of the matcher, with the words that a sentence must have for a
//! pattern to be tried at all.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::syntax::{CaptureKind, Label, Node, WordClass};
use super::vocabulary::{Anchors, Vocabulary, phrase_sources, sorted};

/// One step of a compiled pattern. Targets are indexes of instructions.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Step {
    /// One word whose id is in the set.
    Words(u32),
    /// A phrase of the list.
    Phrase(u32),
    Class(WordClass),
    Mention {
        /// Index of the choice between classes.
        classes: u32,
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
        classes: u32,
    },
    NotClass {
        ahead: bool,
        class: WordClass,
    },
    SentenceStart,
    Done,
}

/// A compiled pattern.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Program {
    /// Index of the rule.
    pub rule: u32,
    /// Of the pattern, in the file of its rule.
    pub line: u32,
    pub steps: Vec<Step>,
    /// Sets of words of which each has one in every match, the rarest first; none where no word
    /// is sure to stand in a match.
    pub needed: Vec<u32>,
    /// How many units at most stand between the start of a match and its word of the rarest
    /// set, each mention counted as one; none where there is no such limit.
    pub reach: Option<u32>,
    /// Steps of which one takes the first unit of every match; empty when that is not known.
    pub first: Vec<u32>,
}

/// The program of a tree, without its place.
pub(super) fn compile(node: &Node, vocabulary: &mut Vocabulary) -> Result<Program, String> {
    let mut compiler = Compiler { vocabulary, steps: Vec::new() };
    let mut needed = compiler.node(node)?.needed;
    compiler.steps.push(Step::Done);
    let steps = compiler.steps;
    needed.sort_by_key(|needed| needed.anchors.cost);
    let reach = needed.first().and_then(|rarest| rarest.before);
    let mut sets: Vec<u32> = Vec::new();
    for needed in needed {
        let set = vocabulary.set(needed.anchors.words.clone());
        if !sets.contains(&set) {
            sets.push(set);
        }
    }
    let mut first = Vec::new();
    if !first_steps(&steps, 0, &mut first) {
        first.clear();
    }
    Ok(Program { rule: 0, line: 0, steps, needed: sets, reach, first })
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

/// What is known of every match of a node.
struct Extent {
    needed: Vec<Needed>,
    /// How many units it takes at most, each mention counted as one; none without limit.
    width: Option<u32>,
}

/// Words of which one stands in every match of a node.
struct Needed {
    anchors: Rc<Anchors>,
    /// How many units of the match stand before that word at most; none without limit.
    before: Option<u32>,
}

impl Extent {
    fn of_width(width: u32) -> Self {
        Self { needed: Vec::new(), width: Some(width) }
    }

    /// Of a node and what follows it.
    fn then(mut self, next: Extent) -> Self {
        let width = self.width;
        let sum = |part: Option<u32>| Some(width?.saturating_add(part?));
        self.needed
            .extend(next.needed.into_iter().map(|one| Needed { before: sum(one.before), ..one }));
        Self { needed: self.needed, width: sum(next.width) }
    }
}

struct Compiler<'c, 'l> {
    vocabulary: &'c mut Vocabulary<'l>,
    steps: Vec<Step>,
}

impl Compiler<'_, '_> {
    fn here(&self) -> u32 {
        self.steps.len() as u32
    }

    /// Appends the steps of a node.
    fn node(&mut self, node: &Node) -> Result<Extent, String> {
        let mut sources = Vec::new();
        if phrase_sources(node, &mut sources) {
            let choice = self.vocabulary.choice(sources)?;
            self.steps.push(choice.step);
            let needed = vec![Needed { anchors: choice.anchors, before: Some(0) }];
            return Ok(Extent { needed, width: Some(choice.longest) });
        }
        let width = match node {
            Node::Sequence(nodes) => {
                let mut whole = Extent::of_width(0);
                for node in nodes {
                    whole = whole.then(self.node(node)?);
                }
                return Ok(whole);
            }
            Node::Either(branches) => return self.either(branches),
            Node::Repeat { node, least, many } => return self.repeat(node, *least, *many),
            Node::Capture { kind, node } => {
                self.steps.push(Step::Open(*kind));
                let extent = self.node(node)?;
                self.steps.push(Step::Close(*kind));
                return Ok(extent);
            }
            Node::Not { ahead, node } => {
                self.not(*ahead, node)?;
                0
            }
            Node::Class(class) => {
                self.steps.push(Step::Class(*class));
                1
            }
            Node::Mention { label, alone, classes } => {
                let classes = self.vocabulary.classes(classes);
                self.steps.push(Step::Mention { classes, label: *label, alone: *alone });
                1
            }
            Node::Gap { most, over_mentions } => {
                self.steps.push(Step::Gap { most: *most, over_mentions: *over_mentions });
                u32::from(*most)
            }
            Node::SentenceStart => {
                self.steps.push(Step::SentenceStart);
                0
            }
            // Words and lists are choices between phrases.
            Node::Word { .. } | Node::List { .. } => 0,
        };
        Ok(Extent::of_width(width))
    }

    fn repeat(&mut self, node: &Node, least: u8, many: bool) -> Result<Extent, String> {
        if many && may_be_empty(node) {
            return Err("what * or + repeats must not match nothing".into());
        }
        let mut extent = Extent::of_width(0);
        for _ in 0..least {
            extent = self.node(node)?;
        }
        if least == 0 || many {
            let split = self.steps.len();
            self.steps.push(Step::Split(split as u32 + 1, 0));
            let again = self.node(node)?;
            if many {
                self.steps.push(Step::Jump(split as u32));
            }
            self.steps[split] = Step::Split(split as u32 + 1, self.here());
            extent.width = if many { None } else { again.width };
        }
        Ok(extent)
    }

    fn either(&mut self, branches: &[Node]) -> Result<Extent, String> {
        let mut jumps = Vec::new();
        let mut union = Some((Anchors { words: Vec::new(), cost: 0 }, Some(0)));
        let mut width = Some(0);
        for (at, branch) in branches.iter().enumerate() {
            let split = self.steps.len();
            let last = at + 1 == branches.len();
            if !last {
                self.steps.push(Step::Split(0, 0));
            }
            let extent = self.node(branch)?;
            width = width.zip(extent.width).map(|(one, other)| one.max(other));
            let rarest = extent.needed.into_iter().min_by_key(|needed| needed.anchors.cost);
            match (rarest, &mut union) {
                (Some(rarest), Some((anchors, before))) => {
                    anchors.words.extend(&rarest.anchors.words);
                    anchors.cost += rarest.anchors.cost;
                    *before = before.zip(rarest.before).map(|(one, other)| one.max(other));
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
        let needed = union.map(|(anchors, before)| Needed {
            anchors: Rc::new(Anchors { words: sorted(anchors.words), ..anchors }),
            before,
        });
        Ok(Extent { needed: needed.into_iter().collect(), width })
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
                let classes = self.vocabulary.classes(classes);
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
