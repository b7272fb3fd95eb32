//! A sentence as the matcher sees it: a mention is one unit, whatever its length, and the
//! members of a coordination are linked.

use rustc_hash::FxHashMap;

use crate::mention::Mention;
use crate::ontology::TopClass;
use crate::span::ByteSpan;
use crate::token::{Case, Sentence, Token, TokenKind};

#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    pub(super) span: ByteSpan,
    /// Index into the document's mentions.
    pub(super) mention: Option<u32>,
    /// The word's number, 0 where no pattern names it.
    pub(super) word: u32,
    pub(super) kind: TokenKind,
    pub(super) case: Case,
    /// A mention that is a plain word as well ("his", "group").
    pub(super) stand_in: bool,
    /// A mention that a pattern takes only with "'s" behind it: "his", "the group" in "the
    /// group's".
    pub(super) genitive: bool,
    /// For a mention in a coordination: the next member.
    pub(super) next: Option<u16>,
    /// For a mention: the last member of the coordination that begins here, or itself.
    pub(super) last: u16,
}

/// What the units of a sentence are made from.
pub(super) struct Input<'t> {
    pub(super) text: &'t str,
    pub(super) tokens: &'t [Token],
    pub(super) sentence: &'t Sentence,
    /// Of the whole document, sorted by span.
    pub(super) mentions: &'t [Mention],
}

/// Numbers of the words that the builder itself looks at.
#[derive(Clone, Debug, Default)]
pub(super) struct Marks {
    pub(super) comma: u32,
    pub(super) of: u32,
    pub(super) conjunctions: Vec<u32>,
    pub(super) hyphens: Vec<u32>,
    /// Words that may stand before a member of a coordination: "the", "his", "minister".
    pub(super) before_member: Vec<u64>,
    pub(super) genitive: u32,
    pub(super) open: u32,
    pub(super) close: u32,
}

/// A bracket longer than this is prose of its own, not a gloss.
const LONGEST_GLOSS: usize = 12;
/// How many words may stand before a member of a coordination.
const WORDS_BEFORE_MEMBER: usize = 6;

impl Input<'_> {
    /// The mentions of the sentence, as indexes.
    pub(super) fn mention_range(&self) -> std::ops::Range<usize> {
        let span = self.sentence.span;
        let start = self.mentions.partition_point(|mention| mention.span.start < span.start);
        let length =
            self.mentions[start..].partition_point(|mention| mention.span.start < span.end);
        start..start + length
    }

    /// Fills `units`. Brackets of a few words are left out unless they name a place.
    pub(super) fn units(
        &self,
        words: &FxHashMap<Box<str>, u32>,
        marks: &Marks,
        units: &mut Vec<Unit>,
    ) {
        units.clear();
        let range = self.mention_range();
        let mut next = range.start;
        let mut done = 0;
        for token in &self.tokens[self.sentence.tokens.clone()] {
            let mut at = token.span.start.max(done);
            while at < token.span.end {
                let mention = (next < range.end)
                    .then(|| &self.mentions[next])
                    .filter(|mention| mention.span.start < token.span.end);
                let Some(mention) = mention else {
                    self.words(ByteSpan { start: at, end: token.span.end }, token, words, units);
                    break;
                };
                if mention.span.start > at {
                    let before = ByteSpan { start: at, end: mention.span.start };
                    self.words(before, token, words, units);
                }
                if mention.span.start >= at {
                    let unit = Unit::mention(mention.span, next as u32);
                    units.push(match mention.stands_for {
                        None => unit,
                        Some(stand_in) => Unit {
                            word: words.get(&token.lower).copied().unwrap_or(0),
                            kind: token.kind,
                            case: token.case,
                            stand_in: true,
                            genitive: stand_in.genitive,
                            ..unit
                        },
                    });
                    at = mention.span.end;
                    done = at;
                }
                next += 1;
            }
        }
        self.leave_out_glosses(units, marks);
        for at in 1..units.len() {
            units[at - 1].genitive |= units[at - 1].stand_in && units[at].word == marks.genitive;
        }
        self.link(units, marks);
    }

    /// A whole token is one unit; what a mention leaves of a token is its hyphen and the rest
    /// ("US-led" with the mention "US" is "US", "-", "led").
    fn words(
        &self,
        part: ByteSpan,
        token: &Token,
        words: &FxHashMap<Box<str>, u32>,
        units: &mut Vec<Unit>,
    ) {
        if part == token.span {
            let word = words.get(&token.lower).copied().unwrap_or(0);
            units.push(Unit { kind: token.kind, case: token.case, ..Unit::word(part, word) });
            return;
        }
        let text = part.of(self.text);
        let is_hyphen = |c: char| matches!(c, '-' | '‑' | '–' | '—' | '/');
        let mut start = 0;
        let mut push = |from: usize, to: usize, kind: TokenKind| {
            if from < to {
                let lower = text[from..to].to_lowercase().replace('’', "'");
                let span =
                    ByteSpan { start: part.start + from as u32, end: part.start + to as u32 };
                let word = words.get(lower.as_str()).copied().unwrap_or(0);
                units.push(Unit { kind, ..Unit::word(span, word) });
            }
        };
        for (at, mark) in text.char_indices().filter(|(_, c)| is_hyphen(*c)) {
            push(start, at, TokenKind::Word);
            start = at + mark.len_utf8();
            push(at, start, TokenKind::Mark);
        }
        push(start, text.len(), TokenKind::Word);
    }

    /// Links the members of coordinations: "A and B", "A, B and C", "US-Russia".
    fn link(&self, units: &mut [Unit], marks: &Marks) {
        for at in (0..units.len()).rev() {
            let Some(index) = units[at].mention else {
                continue;
            };
            units[at].last = at as u16;
            if units[at].genitive && units[at].stand_in {
                continue;
            }
            let Some((member, conjoined)) = self.next_member(units, marks, at, index) else {
                continue;
            };
            let last = units[member].last;
            if conjoined || last as usize != member {
                units[at].next = Some(member as u16);
                units[at].last = last;
            }
        }
    }

    /// The next member and whether a conjunction joins it.
    fn next_member(
        &self,
        units: &[Unit],
        marks: &Marks,
        at: usize,
        index: u32,
    ) -> Option<(usize, bool)> {
        let first = &self.mentions[index as usize];
        let word = |at: usize| units.get(at).map_or(0, |unit| unit.word);
        let mut next = at + 1;
        let mut conjoined = false;
        // "A of Russia and B of Turkey": what follows a member does not end the coordination.
        if word(next) == marks.of
            && marks.of != 0
            && first.class == TopClass::Person
            && units.get(next + 1).is_some_and(|unit| unit.mention.is_some())
        {
            next += 2;
        }
        if marks.hyphens.contains(&word(next)) {
            let second = units.get(next + 1)?.mention?;
            let touching = units[next].span.start == units[at].span.end
                && units[next].span.end == units[next + 1].span.start;
            let alike = self.mentions[second as usize].class == first.class;
            return (touching && alike).then_some((next + 1, true));
        }
        let comma = word(next) == marks.comma && marks.comma != 0;
        if comma {
            next += 1;
        }
        if marks.conjunctions.contains(&word(next)) {
            next += 1;
            conjoined = true;
        }
        if !comma && !conjoined {
            return None;
        }
        for _ in 0..WORDS_BEFORE_MEMBER {
            let unit = units.get(next)?;
            match unit.mention {
                Some(_) if unit.stand_in && unit.genitive => {
                    if !contains(&marks.before_member, unit.word) {
                        return None;
                    }
                    next += 1;
                }
                None if contains(&marks.before_member, unit.word) => next += 1,
                None => return None,
                // "A, London-based B": the place belongs to what follows it.
                Some(_) if marks.hyphens.contains(&word(next + 1)) => return None,
                Some(second) => {
                    let second = &self.mentions[second as usize];
                    let followed_by_title = units.get(next + 1).is_some_and(|unit| {
                        unit.mention.is_some() || contains(&marks.before_member, unit.word)
                    });
                    if second.class == first.class && second.demonym == first.demonym
                        || is_state_or_body(first) && is_state_or_body(second) && !followed_by_title
                    {
                        return Some((next, conjoined));
                    }
                    // "and Turkish Foreign Minister NAME": the country belongs to the title.
                    if first.class != TopClass::Person || second.class == TopClass::Person {
                        return None;
                    }
                    next += 1;
                }
            }
        }
        None
    }

    /// A bracket that names no place mostly says a name again ("(IS, formerly ISIS)") and would
    /// part what belongs together; one with places says where, or lists members.
    fn leave_out_glosses(&self, units: &mut Vec<Unit>, marks: &Marks) {
        if marks.open == 0 || !units.iter().any(|unit| unit.word == marks.open) {
            return;
        }
        let mut kept = 0;
        let mut at = 0;
        while at < units.len() {
            if units[at].word == marks.open {
                let inside = units[at..].iter().take(LONGEST_GLOSS);
                let length = inside.clone().position(|unit| unit.word == marks.close);
                let is_place = |at: u32| self.mentions[at as usize].class == TopClass::Place;
                let is_gloss = |&length: &usize| {
                    !inside.clone().take(length).filter_map(|unit| unit.mention).any(is_place)
                };
                if let Some(length) = length.filter(is_gloss) {
                    at += length + 1;
                    continue;
                }
            }
            units[kept] = units[at];
            kept += 1;
            at += 1;
        }
        units.truncate(kept);
    }
}

fn is_state_or_body(mention: &Mention) -> bool {
    matches!(mention.class, TopClass::Organization | TopClass::Place) && !mention.demonym
}

pub(super) fn contains(set: &[u64], word: u32) -> bool {
    set.get(word as usize / 64).is_some_and(|bits| bits & 1 << (word % 64) != 0)
}

impl Unit {
    /// Whether patterns see a word here.
    pub(super) fn is_word(&self) -> bool {
        self.mention.is_none() || self.stand_in
    }

    fn word(span: ByteSpan, word: u32) -> Self {
        Self {
            span,
            mention: None,
            word,
            kind: TokenKind::Word,
            case: Case::Lower,
            stand_in: false,
            genitive: false,
            next: None,
            last: 0,
        }
    }

    fn mention(span: ByteSpan, mention: u32) -> Self {
        Self { mention: Some(mention), ..Self::word(span, 0) }
    }
}
