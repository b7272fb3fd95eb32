//! Runs compiled patterns over the units of a sentence: backtracking with a budget.

use super::Program;
use super::classes::MentionClasses;
use super::compile::{CaptureKind, Label, Step, WordClass};
use super::phrases::PhraseList;
use super::units::{Unit, contains};
use crate::mention::Mention;
use crate::token::{Case, TokenKind};

/// Steps that one attempt may take; patterns that need more on real sentences are too loose.
const BUDGET: u32 = 4000;

/// A range of units, the end excluded.
pub(super) type UnitRange = (u16, u16);

/// What a match captured.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Captures {
    /// First unit of the subject and last unit of its coordination.
    pub(super) subject: Option<UnitRange>,
    pub(super) object: Option<UnitRange>,
    pub(super) both: Option<UnitRange>,
    pub(super) role: Option<UnitRange>,
    pub(super) cue: Option<UnitRange>,
    /// The mention just taken is a possessive: the pattern must go on with "'s".
    pub(super) owes_genitive: bool,
    /// The first and last words that the pattern names: the cue where none is marked.
    pub(super) words: Option<UnitRange>,
}

pub(super) struct Matcher<'m> {
    pub(super) units: &'m [Unit],
    pub(super) mentions: &'m [Mention],
    pub(super) sets: &'m [Box<[u64]>],
    pub(super) lists: &'m [PhraseList],
    pub(super) classes: &'m [MentionClasses],
    /// Words that no gap crosses.
    pub(super) breaks: &'m [u64],
    /// The number of "'s".
    pub(super) genitive: u32,
    /// The number of ",".
    pub(super) comma: u32,
    pub(super) budget: u32,
}

impl<'m> Matcher<'m> {
    /// The first match that begins at the unit, the pattern's preferences deciding.
    pub(super) fn match_at(&mut self, steps: &[Step], start: usize) -> Option<Captures> {
        self.budget = BUDGET;
        self.run(steps, 0, start, Captures::default())
    }

    /// Whether the unit may begin a match: a cheap test that spares most attempts.
    pub(super) fn may_begin(&self, program: &Program, start: usize) -> bool {
        let unit = &self.units[start];
        let may_take = |step: &u32| match &program.steps[*step as usize] {
            Step::Words(set) => contains(&self.sets[*set as usize], unit.word),
            Step::Phrase(list) => self.lists[*list as usize].has_beginning(unit.word),
            Step::Mention { classes, .. } => self.takes(*classes, unit),
            _ => true,
        };
        program.first.is_empty() || program.first.iter().any(may_take)
    }

    fn takes(&self, classes: u32, unit: &Unit) -> bool {
        let classes = &self.classes[classes as usize];
        unit.mention.is_some_and(|index| classes.take(&self.mentions[index as usize]))
    }

    fn run(
        &mut self,
        steps: &[Step],
        mut step: usize,
        mut at: usize,
        mut captures: Captures,
    ) -> Option<Captures> {
        loop {
            self.budget = self.budget.checked_sub(1)?;
            if captures.owes_genitive {
                match &steps[step] {
                    Step::Words(set) if contains(&self.sets[*set as usize], self.genitive) => {
                        captures.owes_genitive = false;
                        if self.units.get(at).is_some_and(|unit| unit.word == self.genitive) {
                            at += 1;
                        }
                        step += 1;
                        continue;
                    }
                    Step::NotWord { ahead: true, set }
                        if contains(&self.sets[*set as usize], self.genitive) =>
                    {
                        return None;
                    }
                    Step::Split(..)
                    | Step::Jump(_)
                    | Step::Open(_)
                    | Step::Close(_)
                    | Step::NotWord { .. }
                    | Step::NotMention { .. }
                    | Step::NotClass { .. } => {}
                    _ => return None,
                }
            }
            match &steps[step] {
                Step::Done => return Some(captures),
                Step::Words(set) => {
                    let unit = self.units.get(at)?;
                    if !unit.is_word() || !contains(&self.sets[*set as usize], unit.word) {
                        return None;
                    }
                    captures.add_words(at, at + 1);
                    at += 1;
                }
                Step::Phrase(list) => return self.phrase(steps, step, at, captures, *list),
                Step::Class(class) => {
                    if !is_of(self.units.get(at)?, *class) {
                        return None;
                    }
                    at += 1;
                }
                Step::Mention { classes, label, alone } => {
                    let label = (*label, *alone);
                    return self.mention(steps, step, at, captures, *classes, label);
                }
                Step::Gap { most, over_mentions } => {
                    return self.gap(steps, step, at, captures, *most, *over_mentions);
                }
                Step::Split(first, second) => {
                    if let Some(found) = self.run(steps, *first as usize, at, captures) {
                        return Some(found);
                    }
                    step = *second as usize;
                    continue;
                }
                Step::Jump(target) => {
                    step = *target as usize;
                    continue;
                }
                Step::Open(kind) => *captures.slot(*kind) = Some((at as u16, at as u16)),
                Step::Close(kind) => {
                    let slot = captures.slot(*kind);
                    *slot = slot.map(|(start, _)| (start, at as u16));
                }
                Step::NotWord { ahead, set } => {
                    let unit = self.neighbour(at, *ahead);
                    if unit
                        .is_some_and(|u| u.is_word() && contains(&self.sets[*set as usize], u.word))
                    {
                        return None;
                    }
                }
                Step::NotMention { ahead, classes } => {
                    if self
                        .neighbour(at, *ahead)
                        .is_some_and(|unit| !unit.stand_in && self.takes(*classes, unit))
                    {
                        return None;
                    }
                }
                Step::NotClass { ahead, class } => {
                    if self.neighbour(at, *ahead).is_some_and(|unit| is_of(unit, *class)) {
                        return None;
                    }
                }
                Step::SentenceStart => {
                    if self.units[..at].iter().any(|unit| unit.kind == TokenKind::Word) {
                        return None;
                    }
                }
            }
            step += 1;
        }
    }

    fn neighbour(&self, at: usize, ahead: bool) -> Option<&'m Unit> {
        if ahead { self.units.get(at) } else { self.units.get(at.checked_sub(1)?) }
    }

    fn phrase(
        &mut self,
        steps: &[Step],
        step: usize,
        at: usize,
        captures: Captures,
        list: u32,
    ) -> Option<Captures> {
        let lists = self.lists;
        let first = self.units.get(at)?;
        if !first.is_word() {
            return None;
        }
        for phrase in lists[list as usize].beginning_with(first.word) {
            let matches = self.units[at..].len() >= phrase.len()
                && phrase
                    .iter()
                    .zip(&self.units[at..])
                    .all(|(&word, unit)| unit.word == word && unit.is_word());
            if matches {
                let mut captures = captures;
                captures.add_words(at, at + phrase.len());
                let found = self.run(steps, step + 1, at + phrase.len(), captures);
                if found.is_some() {
                    return found;
                }
            }
        }
        None
    }

    /// Takes the whole coordination where there is one, else the mention alone.
    fn mention(
        &mut self,
        steps: &[Step],
        step: usize,
        at: usize,
        captures: Captures,
        classes: u32,
        (label, alone): (Option<Label>, bool),
    ) -> Option<Captures> {
        let unit = self.units.get(at)?;
        if !self.takes(classes, unit) {
            return None;
        }
        let last = if alone { at } else { unit.last as usize };
        if unit.genitive && label == Some(Label::Both) || self.is_beside_stand_in(at, &captures) {
            return None;
        }
        for end in [last, at] {
            if label == Some(Label::Both) && end == at {
                return None;
            }
            let mut captures = captures;
            captures.owes_genitive = self.units[end].genitive;
            if let Some(label) = label {
                *captures.side(label) = Some((at as u16, end as u16));
            }
            let found = self.run(steps, step + 1, end + 1, captures);
            if found.is_some() || last == at {
                return found;
            }
        }
        None
    }

    /// Whether a comma alone joins the mention to one already taken, and one of them is "he" or
    /// "the group": neither describes the other, as names would.
    fn is_beside_stand_in(&self, at: usize, captures: &Captures) -> bool {
        let Some(other) = at.checked_sub(2) else { return false };
        let plain = |at: usize| self.units[at].stand_in && !self.units[at].genitive;
        let taken = [captures.subject, captures.object]
            .iter()
            .any(|side| side.is_some_and(|(_, last)| last as usize == other));
        taken && self.units[at - 1].word == self.comma && (plain(at) || plain(other))
    }

    /// Passes over as few units as possible.
    fn gap(
        &mut self,
        steps: &[Step],
        step: usize,
        at: usize,
        captures: Captures,
        most: u8,
        over_mentions: bool,
    ) -> Option<Captures> {
        for length in 0..=most as usize {
            if let Some(found) = self.run(steps, step + 1, at + length, captures) {
                return Some(found);
            }
            let unit = self.units.get(at + length)?;
            // "Lee's son works for": what a name owns is another subject. Patterns write "'s".
            let owns = length == 0
                && unit.word == self.genitive
                && at.checked_sub(1).is_some_and(|before| self.units[before].mention.is_some());
            if owns {
                return None;
            }
            let passes = match unit.mention {
                Some(index) if !unit.stand_in => {
                    over_mentions || self.mentions[index as usize].demonym
                }
                _ => {
                    (unit.kind != TokenKind::Mark || over_mentions)
                        && !contains(self.breaks, unit.word)
                }
            };
            if !passes {
                return None;
            }
        }
        None
    }
}

fn is_of(unit: &Unit, class: WordClass) -> bool {
    unit.is_word()
        && match class {
            WordClass::Number => unit.kind == TokenKind::Number,
            WordClass::Word => unit.kind == TokenKind::Word,
            WordClass::Lower => unit.kind == TokenKind::Word && unit.case == Case::Lower,
            WordClass::Capitalised => unit.kind == TokenKind::Word && unit.case != Case::Lower,
        }
}

impl Captures {
    fn slot(&mut self, kind: CaptureKind) -> &mut Option<UnitRange> {
        match kind {
            CaptureKind::Role => &mut self.role,
            CaptureKind::Cue => &mut self.cue,
        }
    }

    fn side(&mut self, label: Label) -> &mut Option<UnitRange> {
        match label {
            Label::Subject => &mut self.subject,
            Label::Object => &mut self.object,
            Label::Both => &mut self.both,
        }
    }

    fn add_words(&mut self, start: usize, end: usize) {
        let first = self.words.map_or(start as u16, |(first, _)| first);
        self.words = Some((first, end as u16));
    }
}

/// The mentions of a coordination that the element takes, from its first unit to its last.
pub(super) fn members<'u>(
    units: &'u [Unit],
    range: UnitRange,
) -> impl Iterator<Item = u32> + Clone + 'u {
    let mut next = Some(range.0);
    std::iter::from_fn(move || {
        let at = next?;
        let unit = &units[at as usize];
        next = if at == range.1 { None } else { unit.next };
        unit.mention
    })
}
