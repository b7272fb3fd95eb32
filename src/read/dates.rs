//! Dates as article heads write them ("September 20, 2016", "20 Sep 2016 10:15 GMT", ISO).

/// The parts of a date that are written out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct HeadDate {
    pub year: Option<u16>,
    pub month: Option<u8>,
    pub day: Option<u8>,
}

impl HeadDate {
    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; `None` without a year or for a day that no month has.
    pub fn iso(self) -> Option<String> {
        let year = self.year?;
        match (self.month, self.day) {
            (Some(month), Some(day)) if day <= days_in(year, month) => {
                Some(format!("{year:04}-{month:02}-{day:02}"))
            }
            (Some(_), Some(_)) => None,
            (Some(month), None) => Some(format!("{year:04}-{month:02}")),
            (None, _) => Some(format!("{year:04}")),
        }
    }
}

fn days_in(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The date of publication in ISO 8601, from any form in which metadata gives it.
pub(super) fn published(value: &str) -> Option<String> {
    let value = value.trim();
    let bare_year = value.len() == 4 && value.bytes().all(|byte| byte.is_ascii_digit());
    if bare_year {
        return Some(value.to_owned());
    }
    if value.len() == 8 && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return iso_date(&format!("{}-{}-{}", &value[..4], &value[4..6], &value[6..]))?.iso();
    }
    head_date(value)?.iso()
}

/// Reads `text` as a date and nothing else but weekday, time of day and zone. `None` when
/// anything else stands there or no month does.
pub(super) fn head_date(text: &str) -> Option<HeadDate> {
    if text.len() > 80 {
        return None;
    }
    let mut date = HeadDate::default();
    let split = |c: char| c.is_whitespace() || matches!(c, ',' | '|' | '(' | ')' | '·' | '•' | ';');
    let mut any_word = false;
    for token in text.split(split).filter(|token| !token.is_empty()) {
        any_word = true;
        if let Some(whole) = iso_date(token).or_else(|| slashed(token)) {
            if date.month.is_some() {
                return None;
            }
            date = whole;
            continue;
        }
        let word = token.trim_end_matches('.').to_lowercase();
        if let Some(month) = month(&word) {
            if date.month.replace(month).is_some() {
                return None;
            }
        } else if let Some(number) = number(&word) {
            match number {
                1..=31 if date.day.is_none() => date.day = Some(number as u8),
                1500..=2199 if date.year.is_none() && word.len() == 4 => date.year = Some(number),
                _ => return None,
            }
        } else if !is_filler(&word) {
            return None;
        }
    }
    (any_word && date.month.is_some()).then_some(date)
}

/// The first day that running text names by month and day after a preposition ("on May 7", but
/// not "the May 7 agreement"), in ISO 8601. Without a year it is the
/// last such day up to the date `published`; where that is not known, the day of any year, as
/// xsd:gMonthDay writes it (`--09-16`).
pub fn day_named(text: &str, published: Option<&str>) -> Option<String> {
    let words: Vec<&str> =
        text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).collect();
    let before = ["on", "from", "of", "since", "dated"];
    let weekday = |word: &str| word.ends_with("day") || word.ends_with("day,");
    let named = |at: &usize| before.contains(&words[at - 1]) || weekday(words[at - 1]);
    (1..words.len()).filter(named).find_map(|at| {
        [3, 2].into_iter().find_map(|length| {
            let window = words.get(at..at + length)?;
            let mut names = window.iter().filter(|word| word.starts_with(char::is_alphabetic));
            // "May" is a month, "may" a verb.
            if names.clone().count() != 1 || !names.all(|word| word.starts_with(char::is_uppercase))
            {
                return None;
            }
            let joined = window.join(" ");
            let date = head_date(joined.trim_matches(|c: char| !c.is_alphanumeric()))?;
            let (month, day) = (date.month?, date.day?);
            const LEAP_YEAR: u16 = 2000;
            if day > days_in(LEAP_YEAR, month) {
                return None;
            }
            if date.year.is_some() {
                return date.iso();
            }
            if length == 3 {
                return None;
            }
            let of_year = |year: u16| HeadDate { year: Some(year), ..date }.iso();
            let day_of_year = format!("{month:02}-{day:02}");
            let known = published.filter(|known| known.len() == "2016-09-16".len());
            match known.and_then(|known| Some((known.get(..4)?.parse().ok()?, known.get(5..)?))) {
                Some((year, today)) if day_of_year.as_str() <= today => of_year(year),
                Some((year, _)) => of_year(year.checked_sub(1)?),
                None => Some(format!("--{day_of_year}")),
            }
        })
    })
}

/// `2016-09-20`, `2016-09`, and either with a time after `T`.
fn iso_date(token: &str) -> Option<HeadDate> {
    let (day_part, time) = match token.split_once('T') {
        Some((day_part, time)) => (day_part, Some(time)),
        None => (token, None),
    };
    if time.is_some_and(|time| !time.starts_with(|c: char| c.is_ascii_digit())) {
        return None;
    }
    let parts: Vec<&str> = day_part.split('-').collect();
    let (year, month, day) = match parts[..] {
        [year, month] if time.is_none() => (year, month, None),
        [year, month, day] => (year, month, Some(day)),
        _ => return None,
    };
    let two = |part: &str| (part.len() == 2).then(|| part.parse::<u8>().ok()).flatten();
    let year = (year.len() == 4).then(|| year.parse::<u16>().ok()).flatten()?;
    let month = two(month).filter(|month| (1..=12).contains(month))?;
    let day = match day {
        Some(day) => Some(two(day).filter(|day| (1..=31).contains(day))?),
        None => None,
    };
    Some(HeadDate { year: Some(year), month: Some(month), day })
}

/// `20/09/2016` and `09/20/2016`, where only one reading is possible; the month alone is
/// uncertain otherwise and only the year is kept.
fn slashed(token: &str) -> Option<HeadDate> {
    let separator = ['/', '.'].into_iter().find(|mark| token.matches(*mark).count() == 2)?;
    let parts: Vec<u16> = token.split(separator).map(|p| p.parse().ok()).collect::<Option<_>>()?;
    let [first, second, year @ 1500..=2199] = parts[..] else { return None };
    let (day, month) = match (first, second) {
        (13..=31, 1..=12) => (Some(first as u8), Some(second as u8)),
        (1..=12, 13..=31) => (Some(second as u8), Some(first as u8)),
        (1..=12, 1..=12) if first == second => (Some(first as u8), Some(first as u8)),
        (1..=12, 1..=12) => (None, None),
        _ => return None,
    };
    Some(HeadDate { year: Some(year), month, day })
}

fn month(word: &str) -> Option<u8> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let index = NAMES.iter().position(|name| {
        *name == word
            || (word.len() == 3 && name.starts_with(word))
            || (word == "sept" && name.starts_with("sept"))
    })?;
    Some(index as u8 + 1)
}

/// A number, or an ordinal ("20th").
fn number(word: &str) -> Option<u16> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end));
    let digits = digits.unwrap_or(word);
    let all_digits = !digits.is_empty() && digits.len() <= 4;
    (all_digits && digits.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| digits.parse().ok())
        .flatten()
}

/// Weekdays, times of day, zones and the words that join them.
fn is_filler(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "mon",
        "tue",
        "tues",
        "wed",
        "thu",
        "thur",
        "thurs",
        "fri",
        "sat",
        "sun",
        "am",
        "pm",
        "a.m",
        "p.m",
        "gmt",
        "utc",
        "est",
        "edt",
        "cst",
        "cdt",
        "mst",
        "mdt",
        "pst",
        "pdt",
        "et",
        "pt",
        "ct",
        "bst",
        "cet",
        "cest",
        "ist",
        "msk",
        "at",
        "on",
        "of",
        "the",
        "-",
        "–",
        "—",
        "z",
    ];
    if WORDS.contains(&word) {
        return true;
    }
    let clock = word
        .trim_end_matches("am")
        .trim_end_matches("pm")
        .trim_end_matches('z')
        .trim_start_matches(['+', '-']);
    (clock.contains(':') || word.starts_with(['+', '-']))
        && clock
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b'+' | b'-'))
        && clock.bytes().any(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn head_dates() {
        let check = |text: &str, iso: Option<&str>| {
            assert_eq!(published(text).as_deref(), iso, "{text}");
        };
        check("September 20, 2016", Some("2016-09-20"));
        check("Sunday, May 6, 2007", Some("2007-05-06"));
        check("20 Sep 2016", Some("2016-09-20"));
        check("Tue, 20 Sep 2016 10:15:00 +0000", Some("2016-09-20"));
        check("Sept. 20th, 2016 at 10:15 a.m. EDT", Some("2016-09-20"));
        check("2016-09-20T10:15:00Z", Some("2016-09-20"));
        check("2016-09-20 10:15:00+02:00", Some("2016-09-20"));
        check("2016-09", Some("2016-09"));
        check("20160920", Some("2016-09-20"));
        check("2016", Some("2016"));
        check("20/09/2016", Some("2016-09-20"));
        check("March 2015", Some("2015-03"));
        check("February 30, 2015", None);
        check("In May 2015 the council met", None);
        check("Sept 20", None);
        check("", None);
        check("9/11", None);
    }

    #[test]
    fn a_day_in_running_text_gets_the_year_before_the_article() {
        for (text, published, day) in [
            ("his words from September 16 , when", None, Some("--09-16")),
            ("told the Senate on September 20.", Some("2016-10-03"), Some("2016-09-20")),
            ("told the Senate on 20 December, he", Some("2016-10-03"), Some("2015-12-20")),
            ("on September 20, 2014, he said", Some("2016-10-03"), Some("2014-09-20")),
            ("on September 20", Some("2016-10"), Some("--09-20")),
            ("under the September 9 agreement", None, None),
            ("on Tuesday, September 20, he", None, Some("--09-20")),
            ("of may 5 times", None, None),
            ("on June 31 it", Some("2016-10-03"), None),
            ("", None, None),
        ] {
            assert_eq!(day_named(text, published).as_deref(), day, "{text}");
        }
    }
}
