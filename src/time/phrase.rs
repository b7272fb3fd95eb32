//! The words of a date, before they are counted from anything.

use std::ops::Range;

use crate::ontology::{Lexicon, WordList};
use crate::token::{Case, Token, TokenKind};

/// Years outside are numbers of something else.
const YEARS: std::ops::RangeInclusive<i16> = 1500..=2100;

/// Before, during or after: how "last", "this" and "next" move a date.
pub(super) type Step = i16;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Month,
    Year,
}

/// A date as it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    Date {
        year: i16,
        month: Option<i8>,
        day: Option<i8>,
    },
    /// "September 9", "September".
    Month {
        month: i8,
        day: Option<i8>,
        step: Option<Step>,
    },
    /// 1 is Monday.
    Weekday {
        weekday: i8,
        step: Option<Step>,
    },
    /// "last month", "three days ago", "yesterday".
    Relative {
        unit: Unit,
        step: Step,
    },
}

/// Reads dates in the tokens of one document.
pub(super) struct Reader<'d> {
    text: &'d str,
    tokens: &'d [Token],
    months: &'d WordList,
    weekdays: &'d WordList,
    days: &'d WordList,
    numbers: &'d WordList,
    units: &'d WordList,
    steps: &'d WordList,
    before_dates: &'d WordList,
    ahead: &'d WordList,
}

impl<'d> Reader<'d> {
    pub fn new(text: &'d str, tokens: &'d [Token], lexicon: &'d Lexicon) -> Self {
        let list = |name| lexicon.list(name);
        Self {
            text,
            tokens,
            months: list("months"),
            weekdays: list("weekdays"),
            days: list("relative_days"),
            numbers: list("numbers"),
            units: list("time_units"),
            steps: list("time_steps"),
            before_dates: list("before_dates"),
            ahead: list("future_cues"),
        }
    }

    /// The date that begins at token `at`, and where it ends.
    pub fn phrase(&self, at: usize, sentence: &Range<usize>) -> Option<(usize, When)> {
        // No word of a date without a capital is longer: most words need not be looked up.
        const LONGEST: usize = "yesterday".len();
        let token = self.tokens.get(at)?;
        let too_long = token.case == Case::Lower && token.lower.len() > LONGEST;
        if token.kind == TokenKind::Mark || (token.kind == TokenKind::Word && too_long) {
            return None;
        }
        let words = Words { reader: self, end: sentence.end };
        self.written(&words, at)
            .or_else(|| self.month(&words, at, sentence))
            .or_else(|| self.year(&words, at, sentence))
            .or_else(|| self.relative(&words, at))
    }

    /// Whether the clause before `at` speaks of what is to come. What stands behind a comma or a
    /// quotation mark is another clause: "will sign, she said on Thursday".
    pub fn looks_ahead(&self, at: usize, sentence: &Range<usize>) -> bool {
        const REACH: usize = 12;
        let from = at.saturating_sub(REACH).max(sentence.start);
        self.tokens[from..at]
            .iter()
            .rev()
            .take_while(|token| !matches!(&*token.lower, "," | ";" | "\"" | "”" | "said"))
            .any(|token| self.ahead.contains(&token.lower))
    }

    /// "2016-09-09", "9 September 2016", "the 9th of September".
    fn written(&self, words: &Words<'_>, at: usize) -> Option<(usize, When)> {
        if let Some((end, date)) = self.iso(words, at) {
            return Some((end, date));
        }
        let (day, mut next) = words.day(at)?;
        if words.lower(next) == Some("of") {
            next += 1;
        }
        let (month, next) = words.month(next)?;
        Some(words.with_year(next, month, Some(day)))
    }

    /// The tokenizer keeps "2016-09-09" whole, or parts it at its hyphens.
    fn iso(&self, words: &Words<'_>, at: usize) -> Option<(usize, When)> {
        const LENGTH: usize = 10;
        let token = self.tokens.get(at).filter(|token| token.kind == TokenKind::Number)?;
        let start = token.span.start as usize;
        let written = self.text.get(start..start + LENGTH)?;
        let date: jiff::civil::Date = written.parse().ok()?;
        let end = (at..words.end)
            .find(|&at| self.tokens[at].span.end as usize >= start + LENGTH)
            .filter(|&at| self.tokens[at].span.end as usize == start + LENGTH)?;
        let (year, month, day) = (date.year(), Some(date.month()), Some(date.day()));
        Some((end + 1, When::Date { year, month, day }))
    }

    /// "September 9, 2016", "September 2016", "in September", "last September".
    fn month(
        &self,
        words: &Words<'_>,
        at: usize,
        sentence: &Range<usize>,
    ) -> Option<(usize, When)> {
        let (step, start) = match words.step(at) {
            Some(step) => (Some(step), at + 1),
            None => (None, at),
        };
        let (month, next) = words.month(start)?;
        if step.is_some() {
            return Some((next, When::Month { month, day: None, step }));
        }
        if let Some((day, next)) = words.day(next) {
            return Some(words.with_year(next, month, Some(day)));
        }
        if let (end, when @ When::Date { .. }) = words.with_year(next, month, None) {
            return Some((end, when));
        }
        // "May" and "March" are words and names too.
        let governed =
            at > sentence.start && self.before_dates.contains(&self.tokens[at - 1].lower);
        governed.then_some((next, When::Month { month, day: None, step: None }))
    }

    /// "in 1999", "(1999)".
    fn year(&self, words: &Words<'_>, at: usize, sentence: &Range<usize>) -> Option<(usize, When)> {
        let year = words.year(at)?;
        let before = at.checked_sub(1).filter(|&at| at >= sentence.start)?;
        let before = &*self.tokens[before].lower;
        let alone = before == "(" && words.lower(at + 1) == Some(")");
        // "in 1999 cases" counts something.
        let counts = self.tokens.get(at + 1).is_some_and(|next| {
            at + 1 < words.end
                && next.kind == TokenKind::Word
                && next.case == Case::Lower
                && next.lower.ends_with('s')
                && next.lower.len() > 3
                && !self.before_dates.contains(&next.lower)
        });
        (alone || self.before_dates.contains(before) && !counts)
            .then_some((at + 1, When::Date { year, month: None, day: None }))
    }

    /// "yesterday", "on Thursday", "last week", "three days ago".
    fn relative(&self, words: &Words<'_>, at: usize) -> Option<(usize, When)> {
        let word = words.lower(at)?;
        if let Some(step) = self.days.value(word).and_then(|days| days.parse().ok()) {
            return Some((at + 1, When::Relative { unit: Unit::Day, step }));
        }
        if let Some(weekday) = words.weekday(at) {
            return Some((at + 1, When::Weekday { weekday, step: None }));
        }
        if let Some(step) = words.step(at) {
            if let Some(weekday) = words.weekday(at + 1) {
                return Some((at + 2, When::Weekday { weekday, step: Some(step) }));
            }
            let unit = words.unit(at + 1).filter(|unit| *unit != Unit::Day)?;
            return Some((at + 2, When::Relative { unit, step }));
        }
        let number: Step = self.numbers.value(word).unwrap_or(word).parse().ok()?;
        let unit = words.unit(at + 1)?;
        let ago = words.lower(at + 2) == Some("ago");
        ago.then_some((at + 3, When::Relative { unit, step: number.checked_neg()? }))
    }
}

/// The tokens up to the end of a sentence.
struct Words<'r> {
    reader: &'r Reader<'r>,
    end: usize,
}

impl Words<'_> {
    fn token(&self, at: usize) -> Option<&Token> {
        self.reader.tokens.get(at).filter(|_| at < self.end)
    }

    fn lower(&self, at: usize) -> Option<&str> {
        self.token(at).map(|token| &*token.lower)
    }

    fn year(&self, at: usize) -> Option<i16> {
        let token = self.token(at).filter(|token| token.kind == TokenKind::Number)?;
        let year = (token.lower.len() == 4).then(|| token.lower.parse().ok()).flatten()?;
        YEARS.contains(&year).then_some(year)
    }

    /// "9", "9th"; and what follows it.
    fn day(&self, at: usize) -> Option<(i8, usize)> {
        let word = self.lower(at)?;
        let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
        let day: i8 = digits.parse().ok().filter(|day| (1..=31).contains(day))?;
        let ordinal = &word[digits.len()..];
        if !ordinal.is_empty() {
            return matches!(ordinal, "st" | "nd" | "rd" | "th").then_some((day, at + 1));
        }
        let parted = matches!(self.lower(at + 1), Some("st" | "nd" | "rd" | "th"));
        Some((day, at + 1 + usize::from(parted)))
    }

    /// A month with a capital, a full stop behind its short form included.
    fn month(&self, at: usize) -> Option<(i8, usize)> {
        let token = self.token(at).filter(|token| token.case != Case::Lower)?;
        let month = self.reader.months.value(&token.lower)?.parse().ok()?;
        let stop = self.lower(at + 1) == Some(".") && self.token(at + 2).is_some();
        Some((month, at + 1 + usize::from(stop)))
    }

    fn weekday(&self, at: usize) -> Option<i8> {
        let token = self.token(at).filter(|token| token.case != Case::Lower)?;
        self.reader.weekdays.value(&token.lower)?.parse().ok()
    }

    fn unit(&self, at: usize) -> Option<Unit> {
        match self.reader.units.value(self.lower(at)?)? {
            "day" => Some(Unit::Day),
            "week" => Some(Unit::Week),
            "month" => Some(Unit::Month),
            "year" => Some(Unit::Year),
            _ => None,
        }
    }

    fn step(&self, at: usize) -> Option<Step> {
        self.reader.steps.value(self.lower(at)?)?.parse().ok()
    }

    /// The date with the year that follows, if one does: "September 9, 2016".
    fn with_year(&self, next: usize, month: i8, day: Option<i8>) -> (usize, When) {
        let comma = usize::from(self.lower(next) == Some(","));
        match self.year(next + comma) {
            Some(year) => (next + comma + 1, When::Date { year, month: Some(month), day }),
            None => (next, When::Month { month, day, step: None }),
        }
    }
}
