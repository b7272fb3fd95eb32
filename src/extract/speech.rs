//! Who says what: stretches of a sentence that are somebody's words, direct or reported.

use std::ops::Range;

use crate::mention::Mention;
use crate::ontology::{Lexicon, TopClass};
use crate::token::{Token, TokenKind, Tokens};

/// A stretch of tokens that is the speech of `speaker`.
#[derive(Clone, Debug, PartialEq)]
pub struct Speech {
    pub tokens: Range<usize>,
    /// Index into the document's mentions.
    pub speaker: usize,
    /// Inside quotation marks.
    pub quoted: bool,
}

/// How much of a stretch around a verb of speech is the speaker's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    Whole,
    /// What stands outside the quotation marks describes the speaker or the occasion.
    Quoted,
}

/// All stretches of speech of a document whose speaker is known.
///
/// `quoted` tells of each token whether it stands inside quotation marks.
pub fn find(
    tokens: &Tokens,
    mentions: &[Mention],
    quoted: &[bool],
    lexicon: &Lexicon,
) -> Vec<Speech> {
    let mut speeches = Vec::new();
    let mut last_speaker: Option<(usize, usize)> = None;
    for sentence in &tokens.sentences {
        let range = sentence.tokens.clone();
        let first = mentions.partition_point(|mention| mention.tokens.start < range.start);
        let count = mentions[first..].partition_point(|mention| mention.tokens.start < range.end);
        let view = View { tokens: &tokens.tokens, mentions, here: first..first + count, lexicon };
        let before = speeches.len();
        let report = (range.start..range.end)
            .filter(|&at| {
                !quoted[at] && lexicon.list("speech_verbs").contains(&tokens.tokens[at].lower)
            })
            .find_map(|verb| {
                view.report(&range, verb, quoted, last_speaker.map(|(speaker, _)| speaker))
            });
        let report = report.or_else(|| view.according_to(&range));
        if let Some((speaker, stretches)) = report {
            for (stretch, extent) in stretches {
                push_by_quotes(&mut speeches, stretch, speaker, quoted, extent);
            }
            last_speaker = Some((speaker, sentence.paragraph));
        }
        if speeches.len() == before
            && let Some((speaker, paragraph)) = last_speaker
            && paragraph == sentence.paragraph
            && quoted[range.start]
        {
            push_by_quotes(&mut speeches, range, speaker, quoted, Extent::Whole);
        }
    }
    speeches
}

/// Splits a stretch where quotation marks open or close.
fn push_by_quotes(
    speeches: &mut Vec<Speech>,
    stretch: Range<usize>,
    speaker: usize,
    quoted: &[bool],
    extent: Extent,
) {
    let mut start = stretch.start;
    for at in stretch.clone() {
        if at + 1 == stretch.end || quoted[at + 1] != quoted[start] {
            if quoted[start] || extent == Extent::Whole {
                speeches.push(Speech { tokens: start..at + 1, speaker, quoted: quoted[start] });
            }
            start = at + 1;
        }
    }
}

/// For each token, whether it stands inside quotation marks. Quotations end with their
/// paragraph at the latest.
pub fn quoted(text: &str, tokens: &Tokens) -> Vec<bool> {
    let mut quoted = vec![false; tokens.tokens.len()];
    let mut inside = false;
    let mut paragraph = usize::MAX;
    for sentence in &tokens.sentences {
        if sentence.paragraph != paragraph {
            inside = false;
            paragraph = sentence.paragraph;
        }
        for at in sentence.tokens.clone() {
            match tokens.tokens[at].span.of(text) {
                "“" => inside = true,
                "”" => inside = false,
                "\"" => inside = !inside,
                _ => quoted[at] = inside,
            }
        }
    }
    quoted
}

/// The speaker and the stretches that are his, in order of the sentence.
type Report = (usize, Vec<(Range<usize>, Extent)>);

struct View<'d> {
    tokens: &'d [Token],
    mentions: &'d [Mention],
    /// The mentions of this sentence.
    here: Range<usize>,
    lexicon: &'d Lexicon,
}

impl View<'_> {
    /// Speaker and reported stretches around a verb of speech.
    fn report(
        &self,
        sentence: &Range<usize>,
        verb: usize,
        quoted: &[bool],
        last_speaker: Option<usize>,
    ) -> Option<Report> {
        let before = self.subject_before(sentence, verb, quoted);
        let after = self.subject_after(sentence, verb);
        let comma_before = verb > sentence.start && self.is_mark(verb - 1);
        let inverts =
            !self.lexicon.list("speech_verbs_not_inverted").contains(&self.tokens[verb].lower);
        let inverted = after.filter(|_| comma_before && inverts);
        // “…,” said John Kirby, who …
        let around = |(speaker, end): (usize, usize)| {
            let leading = (sentence.start..verb, Extent::Whole);
            Some((speaker, vec![leading, (end..sentence.end, Extent::Quoted)]))
        };
        if let Some(found) = inverted.filter(|_| self.ends_quotation(sentence, verb)) {
            return around(found);
        }
        let (speaker, start) = match (before, inverted) {
            (Some(found), _) => found,
            (None, Some(found)) => return around(found),
            (None, None) => {
                let pronoun = verb.checked_sub(1).filter(|&at| {
                    at >= sentence.start && matches!(&*self.tokens[at].lower, "he" | "she" | "they")
                })?;
                (last_speaker.or_else(|| self.last_person(sentence.start))?, pronoun)
            }
        };
        let leading = sentence.start..start.max(sentence.start);
        let trailing = verb + 1..sentence.end;
        if quoted[leading.clone()].contains(&true) {
            // “…,” Kirby said on his way to …
            return Some((speaker, vec![(leading, Extent::Whole), (trailing, Extent::Quoted)]));
        }
        // "The road is closed, the police said on Monday."; "…, the police said, although …"
        const AFTERTHOUGHT: usize = 4;
        let parenthetical = self.tokens.get(verb + 1).is_some_and(|next| &*next.lower == ",");
        let closes = (parenthetical || trailing.len() <= AFTERTHOUGHT)
            && !leading.is_empty()
            && self.tokens[start - 1].kind == TokenKind::Mark
            && !quoted[trailing.clone()].contains(&true);
        let reported = if closes { leading } else { trailing };
        Some((speaker, vec![(reported, Extent::Whole)]))
    }

    /// "according to the ministry": everything but the source itself.
    fn according_to(&self, sentence: &Range<usize>) -> Option<Report> {
        let at = (sentence.start..sentence.end.saturating_sub(1)).find(|&at| {
            &*self.tokens[at].lower == "according" && &*self.tokens[at + 1].lower == "to"
        })?;
        let (speaker, end) = self.subject_after(sentence, at + 1)?;
        Some((
            speaker,
            vec![(sentence.start..at, Extent::Whole), (end..sentence.end, Extent::Whole)],
        ))
    }

    /// Whether a quotation ends directly before `at`.
    fn ends_quotation(&self, sentence: &Range<usize>, at: usize) -> bool {
        (at.saturating_sub(2).max(sentence.start)..at)
            .any(|at| matches!(&*self.tokens[at].lower, "”" | "\""))
    }

    fn is_mark(&self, at: usize) -> bool {
        matches!(&*self.tokens[at].lower, "," | "”" | "\"" | "?" | "!" | "’" | "'")
    }

    /// The speaker that ends before `verb`, and where its noun phrase begins. An apposition
    /// between commas is stepped over.
    fn subject_before(
        &self,
        sentence: &Range<usize>,
        verb: usize,
        quoted: &[bool],
    ) -> Option<(usize, usize)> {
        let mut limit = verb;
        // Adverbs and auxiliaries between: "has also said".
        let auxiliary = self.lexicon.list("speech_auxiliaries");
        while limit > sentence.start && auxiliary.contains(&self.tokens[limit - 1].lower) {
            limit -= 1;
        }
        if limit > sentence.start && &*self.tokens[limit - 1].lower == "," {
            let closing = limit - 1;
            let opening =
                (sentence.start..closing).rev().find(|&at| &*self.tokens[at].lower == ",")?;
            // "Chairman of the Joint Chiefs, General Joseph Dunford, told": the person may
            // stand in the apposition.
            let inside = self.here.clone().rev().find(|&at| {
                let mention = &self.mentions[at];
                mention.tokens.start > opening
                    && mention.tokens.end == closing
                    && mention.class == TopClass::Person
            });
            if let Some(person) = inside {
                let start = self.phrase_start(sentence, self.mentions[person].tokens.start);
                return Some((person, start.saturating_sub(1).max(sentence.start)));
            }
            limit = opening;
        }
        let found = self.here.clone().rev().find(|&at| {
            let mention = &self.mentions[at];
            mention.tokens.end <= limit && !mention.demonym && !quoted[mention.tokens.start]
        })?;
        let mention = &self.mentions[found];
        if mention.class == TopClass::Agreement || limit - mention.tokens.end > 0 {
            return None;
        }
        Some((found, self.phrase_start(sentence, mention.tokens.start)))
    }

    /// Steps back over the titles and names that belong to the speaker's noun phrase.
    fn phrase_start(&self, sentence: &Range<usize>, start: usize) -> usize {
        let mut start = start;
        while start > sentence.start {
            let token = &self.tokens[start - 1];
            if token.kind != TokenKind::Word
                || self.lexicon.list("clause_breaks").contains(&token.lower)
            {
                break;
            }
            start -= 1;
        }
        start
    }

    /// The speaker behind `at`, and where its noun phrase ends. A person wins over the body
    /// named before it ("said State Department spokesman John Kirby").
    fn subject_after(&self, sentence: &Range<usize>, at: usize) -> Option<(usize, usize)> {
        const REACH: usize = 8;
        let stop = (at + 1..sentence.end.min(at + 1 + REACH))
            .find(|&at| self.tokens[at].kind == TokenKind::Mark && &*self.tokens[at].lower != "-")
            .unwrap_or(sentence.end.min(at + 1 + REACH));
        let mut inside = self.here.clone().filter(|&index| {
            let mention = &self.mentions[index];
            mention.tokens.start > at
                && mention.tokens.end <= stop
                && mention.class != TopClass::Agreement
        });
        let first = inside.clone().next()?;
        let speaker =
            inside.find(|&index| self.mentions[index].class == TopClass::Person).unwrap_or(first);
        if self.mentions[first].tokens.start > at + 4 {
            return None;
        }
        Some((speaker, self.mentions[speaker].tokens.end))
    }

    /// The last person named before the sentence.
    fn last_person(&self, before: usize) -> Option<usize> {
        let end = self.mentions.partition_point(|mention| mention.tokens.start < before);
        (0..end).rev().find(|&at| self.mentions[at].class == TopClass::Person)
    }
}
