//! Speakers without a verb of speech of their own: a source, who is quoted, and who announces.

use std::ops::Range;

use super::report::{Extent, Report, View, breaks, introduces};
use crate::ontology::TopClass;

impl View<'_> {
    /// "according to the ministry": everything but the source itself.
    pub(super) fn according_to(&self, sentence: &Range<usize>) -> Option<Report> {
        let at = (sentence.start..sentence.end.saturating_sub(1)).find(|&at| {
            &*self.tokens[at].lower == "according" && &*self.tokens[at + 1].lower == "to"
        })?;
        let (speaker, end) = self.subject_after(sentence, at + 1)?;
        // What describes the source ("of the National Coalition") is the article's own.
        let behind =
            (end..sentence.end).find(|&at| breaks(&self.tokens[at])).unwrap_or(sentence.end);
        // "A fled, and B, according to the ministry, stayed; C slept": only B.
        const AFTERTHOUGHT: usize = 2;
        let (mut start, mut stop) = (sentence.start, sentence.end);
        if behind + AFTERTHOUGHT < sentence.end {
            let conjunctions = self.lexicon.list("conjunctions");
            let mark = |at: usize| &*self.tokens[at].lower;
            let joins = |at: usize| {
                mark(at) == ";" || mark(at) == "," && conjunctions.contains(mark(at + 1))
            };
            start = (start..at).rev().find(|&at| joins(at)).unwrap_or(start);
            stop = (behind..stop).find(|&at| mark(at) == ";").unwrap_or(stop);
        }
        Some((speaker, vec![(start..at, Extent::Whole), (behind..stop, Extent::Whole)]))
    }

    /// "Reuters quoted Ann Lee as saying that": she, and what stands behind.
    pub(super) fn quoted_as(&self, sentence: &Range<usize>) -> Option<Report> {
        let at = (sentence.start + 1..sentence.end.saturating_sub(1)).find(|&at| {
            !self.quoted[at]
                && &*self.tokens[at].lower == "as"
                && matches!(&*self.tokens[at + 1].lower, "saying" | "stating" | "telling")
        })?;
        let cites = |at: usize| matches!(&*self.tokens[at].lower, "quoted" | "cited" | "quotes");
        let verb = (sentence.start..at).rev().find(|&at| cites(at))?;
        let passive = verb
            .checked_sub(1)
            .filter(|&at| at >= sentence.start)
            .is_some_and(|at| self.lexicon.list("forms_of_be").contains(&self.tokens[at].lower));
        let speaker = if passive {
            self.subject_before(sentence, verb - 1)?.0
        } else {
            let last = self.here.clone().rev().find(|&index| {
                let mention = &self.mentions[index];
                verb < mention.tokens.start && mention.tokens.end <= at && !mention.demonym
            })?;
            self.head_of_phrase(sentence, last)?
        };
        Some((speaker, vec![(at + 2..sentence.end, Extent::Whole)]))
    }

    /// "The ministry called it a mistake: “We …": who is named first has the word behind the
    /// colon.
    pub(super) fn colon(&self, sentence: &Range<usize>) -> Option<Report> {
        const OPENING: usize = 4;
        let at = (sentence.start..sentence.end.saturating_sub(2)).find(|&at| {
            &*self.tokens[at].lower == ":" && !self.quoted[at] && self.quoted[at + 2]
        })?;
        let first = self.here.clone().next()?;
        let mention = &self.mentions[first];
        let speaks = matches!(mention.class, TopClass::Person | TopClass::Organization);
        let opens = mention.tokens.start <= sentence.start + OPENING;
        (speaks && opens && mention.tokens.end <= at && !self.quoted[mention.tokens.start])
            .then(|| (first, vec![(at + 1..sentence.end, Extent::Quoted)]))
    }

    /// Who is announced by a sentence that ends with a colon at the end of its paragraph and has
    /// no verb of speech ("… Commander Townsend provided the following statement:"): the only
    /// person whom it names.
    pub(super) fn announced(&self, sentence: &Range<usize>) -> Option<usize> {
        let mut persons =
            self.here.clone().filter(|&at| self.mentions[at].class == TopClass::Person);
        let only = persons.next()?;
        (introduces(self.tokens, sentence) && persons.next().is_none()).then_some(only)
    }
}
