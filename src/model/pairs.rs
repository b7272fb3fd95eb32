//! Pairs of mentions near enough to be related, and what the classifier is given of them.

use std::ops::Range;

use crate::extract::Extraction;
use crate::mention::Mention;
use crate::ontology::{SubclassId, TopClass};
use crate::statement::MentionForm;
use crate::token::Tokens;

use super::encode::{MentionRow, PairRow};
use super::inner::Inner;
use super::labels::Labels;
use super::window::Window;

/// Sentences between two ends beyond which the distance counts the same.
const GAPS: usize = 3;

/// A name that may be an end: one of the mentions, or a place inside one.
#[derive(Clone, Debug, PartialEq)]
pub struct End {
    pub tokens: Range<usize>,
    pub class: TopClass,
    pub subclass: Option<SubclassId>,
    pub source: EndSource,
    flag: i32,
}

/// Index into the mentions, or into the inner names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EndSource {
    Mention(usize),
    Inner(usize),
}

/// All ends of a document by position.
pub fn ends(mentions: &[Mention], inner: &[Inner]) -> Vec<End> {
    let counts = |mention: &Mention| {
        let named = mention.form == MentionForm::Name || mention.class == TopClass::Agreement;
        named && mention.stands_for.is_none()
    };
    let named =
        mentions.iter().enumerate().filter(|(_, mention)| counts(mention)).map(|(at, mention)| {
            End {
                tokens: mention.tokens.clone(),
                class: mention.class,
                subclass: mention.subclass,
                source: EndSource::Mention(at),
                flag: i32::from(mention.demonym),
            }
        });
    let inner = inner.iter().enumerate().map(|(at, one)| End {
        tokens: one.tokens.clone(),
        class: one.class,
        subclass: one.subclass,
        source: EndSource::Inner(at),
        flag: 2,
    });
    let mut ends: Vec<End> = named.chain(inner).collect();
    ends.sort_by_key(|end| end.tokens.start);
    ends
}

/// The pairs of one window in the classifier's terms.
#[derive(Clone, Debug, Default)]
pub struct Pairs {
    /// Indexes into the ends of the document, by number in the window.
    pub ends: Vec<usize>,
    pub mentions: Vec<MentionRow>,
    pub pairs: Vec<PairRow>,
    pub zones: Vec<i32>,
}

/// All ordered pairs of a window whose ends stand at most `farthest` sentences apart. `ends` are
/// those of the document by position; `find` gives the number of the relation that the rules see
/// between two of them.
pub fn pair(
    window: &Window,
    ends: &[End],
    sentence_of: &[usize],
    farthest: usize,
    labels: &Labels,
    find: impl Fn(&End, &End) -> usize,
) -> Pairs {
    let mut out = Pairs::default();
    let first = ends.partition_point(|end| end.tokens.start < window.start);
    let inside = ends[first..].iter().take_while(|end| end.tokens.start < window.end);
    for (at, end) in (first..).zip(inside) {
        if end.tokens.end <= window.end {
            out.ends.push(at);
            out.mentions.push([
                (1 + end.tokens.start - window.start) as i32,
                (end.tokens.end - window.start) as i32,
                labels.class_number(end.class) as i32,
                labels.subclass_number(end.subclass) as i32,
                end.flag,
            ]);
        }
    }
    for (h, &head) in out.ends.iter().enumerate() {
        for (t, &tail) in out.ends.iter().enumerate() {
            let (head, tail) = (&ends[head], &ends[tail]);
            let (first, second) = (sentence_of[head.tokens.start], sentence_of[tail.tokens.start]);
            let gap = first.abs_diff(second);
            if h == t || gap > farthest {
                continue;
            }
            let later = head.tokens.start > tail.tokens.start;
            let gap = gap.min(GAPS - 1) + if later { GAPS } else { 0 };
            out.pairs.push([h as i32, t as i32, gap as i32, find(head, tail) as i32]);
            put_zones(window, head, tail, [first, second], sentence_of, &mut out.zones);
        }
    }
    out
}

/// Where each word stands to a pair: 1 in the head, 2 in the tail, 3 between them, 4 in the
/// sentence of either, 5 elsewhere.
fn put_zones(
    window: &Window,
    head: &End,
    tail: &End,
    sentences: [usize; 2],
    sentence_of: &[usize],
    zones: &mut Vec<i32>,
) {
    let low = head.tokens.end.min(tail.tokens.end);
    let high = head.tokens.start.max(tail.tokens.start);
    zones.push(5);
    zones.extend(window.clone().map(|at| {
        if head.tokens.contains(&at) {
            1
        } else if tail.tokens.contains(&at) {
            2
        } else if at >= low && at < high {
            3
        } else if sentences.contains(&sentence_of[at]) {
            4
        } else {
            5
        }
    }));
    zones.push(5);
}

/// The sentence of each token.
pub fn sentences_of(tokens: &Tokens) -> Vec<usize> {
    let mut of = vec![0; tokens.tokens.len()];
    for (index, sentence) in tokens.sentences.iter().enumerate() {
        of[sentence.tokens.clone()].fill(index);
    }
    of
}

/// What the rules find, by the tokens of its ends: the number of the relation. A symmetric
/// relation is found both ways; the first find of two ends counts.
pub fn rule_finds(
    extraction: &Extraction,
    symmetric: impl Fn(crate::ontology::PropertyId) -> bool,
    labels: &Labels,
) -> std::collections::HashMap<[usize; 4], usize> {
    let mut finds = std::collections::HashMap::new();
    for relation in &extraction.relations {
        let tokens = |at: crate::mention::MentionId| &extraction.mentions[at.0 as usize].tokens;
        let (head, tail) = (tokens(relation.subject), tokens(relation.object));
        let number = labels.relation_number(relation.property);
        finds.entry([head.start, head.end, tail.start, tail.end]).or_insert(number);
        if symmetric(relation.property) {
            finds.entry([tail.start, tail.end, head.start, head.end]).or_insert(number);
        }
    }
    finds
}
