//! The dateline at the start of an article: "CAIRO (AP) — ", "Kampala, Sept 20 (Reuters) - ".

use super::{dates, furniture};

/// A dateline, as byte offsets into the paragraph that it opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dateline {
    /// Where the place ends.
    pub place_end: usize,
    /// Where the prose begins.
    pub end: usize,
    pub agency: Option<String>,
    pub published: Option<String>,
}

/// Reads the dateline of `paragraph`. A place that is not in capitals needs a known agency or
/// a date after it, unless the paragraph is the `first` of the article and the dash is long.
pub(super) fn dateline(paragraph: &str, first: bool) -> Option<Dateline> {
    if let Some(line) = without_dash(paragraph) {
        return Some(line);
    }
    let (dash, dash_len) = find_dash(paragraph)?;
    let head = &paragraph[..dash];
    let rest = &paragraph[dash + dash_len..];
    let opening = rest.trim_start().trim_start_matches(['"', '“', '‘', '\'', '*', '_', '[', '(']);
    if !opening.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
        return None;
    }
    let (before_agency, agency) = match head.trim_end().strip_suffix(')') {
        Some(inner) => {
            let open = inner.rfind('(')?;
            let name = inner[open + 1..].trim();
            let words = name.split_whitespace().count();
            if !(1..=4).contains(&words) || !name.starts_with(char::is_uppercase) {
                return None;
            }
            (&head[..open], Some(name.to_owned()))
        }
        None => (head, None),
    };
    let before_agency = before_agency.trim_end();
    let (place, date) = split_date(before_agency);
    let place = place.trim_end().trim_end_matches(',').trim_end();
    let bare = place.trim_start_matches(['*', '_']);
    if bare.is_empty() {
        // "(Reuters) - The court": no place, but an agency that published it.
        let published = date.and_then(dates::HeadDate::iso);
        let known = agency.as_deref().is_some_and(furniture::is_news_agency);
        return known.then(|| Dateline {
            place_end: 0,
            end: paragraph.len() - rest.trim_start().len(),
            agency,
            published,
        });
    }
    let capitals = is_place(bare, true);
    let known = agency.as_deref().is_some_and(furniture::is_news_agency);
    let marked = known || date.is_some();
    let long_dash = !paragraph[dash..].starts_with([' ', '-'])
        || paragraph[dash..].trim_start().starts_with(['—', '–']);
    let initial_ok = first && long_dash && is_place(bare, false) && bare.split(' ').count() <= 3;
    if !(capitals || (marked && is_place(bare, false)) || initial_ok) {
        return None;
    }
    Some(Dateline {
        place_end: place.len(),
        end: paragraph.len() - rest.trim_start().len(),
        agency,
        published: date.and_then(dates::HeadDate::iso),
    })
}

/// "Kampala, Uganda (Reuters) The court": a known agency does without a dash.
fn without_dash(paragraph: &str) -> Option<Dateline> {
    let open = paragraph.find('(').filter(|open| *open <= 60)?;
    let close = paragraph.find(')').filter(|close| *close > open)?;
    let (place, agency) = (paragraph[..open].trim_end(), paragraph[open + 1..close].trim());
    let rest = paragraph[close + 1..].trim_start();
    let opens = rest.trim_start_matches(['"', '“']).starts_with(char::is_uppercase);
    (opens && furniture::is_news_agency(agency) && is_place(place, false)).then(|| Dateline {
        place_end: place.len(),
        end: paragraph.len() - rest.len(),
        agency: Some(agency.to_owned()),
        published: None,
    })
}

/// The first dash that parts a dateline from the text: a long one, "--", or " - ".
fn find_dash(paragraph: &str) -> Option<(usize, usize)> {
    let mut previous = ' ';
    for (at, character) in paragraph.char_indices().take(90) {
        let rest = &paragraph[at..];
        let after_space = previous.is_whitespace() || previous == ')';
        match character {
            '—' => return Some((at, character.len_utf8())),
            '–' | '-' if after_space || rest.starts_with("--") => {
                let marks = rest.len() - rest.trim_start_matches(character).len();
                if rest[marks..].starts_with(|c: char| c.is_whitespace()) || rest.starts_with("--")
                {
                    return Some((at, marks));
                }
            }
            '.' if rest[1..].starts_with(' ')
                && previous.is_lowercase()
                && !abbreviates(paragraph, at) =>
            {
                return None;
            }
            ':' if previous == ')' => return Some((at, 1)),
            '!' | '?' | ';' | ':' | '"' | '“' => return None,
            _ => {}
        }
        previous = character;
    }
    None
}

/// Whether the full stop at `at` ends a short word such as "Sept." or "Calif.".
fn abbreviates(paragraph: &str, at: usize) -> bool {
    let word = paragraph[..at].rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    word.chars().count() <= 5 && word.starts_with(char::is_uppercase)
}

/// Splits a date off the end: "WASHINGTON, Sept 20" gives the place and the date.
fn split_date(head: &str) -> (&str, Option<dates::HeadDate>) {
    for (at, _) in head.match_indices([',', ' ']) {
        if let Some(date) = dates::head_date(&head[at + 1..]) {
            return (&head[..at], Some(date));
        }
    }
    match dates::head_date(head) {
        Some(date) => ("", Some(date)),
        None => (head, None),
    }
}

/// Up to six capitalised words in up to three parts; with `capitals`, the first part in
/// capital letters throughout.
fn is_place(text: &str, capitals: bool) -> bool {
    const NO_PLACES: &[&str] = &[
        "The",
        "A",
        "An",
        "This",
        "That",
        "These",
        "Those",
        "It",
        "He",
        "She",
        "They",
        "We",
        "I",
        "In",
        "On",
        "At",
        "But",
        "And",
        "As",
        "For",
        "If",
        "So",
        "Yes",
        "No",
        "Not",
        "Now",
        "Then",
        "When",
        "While",
        "What",
        "There",
        "Today",
        "Yesterday",
        "Update",
        "UPDATE",
        "BREAKING",
        "Breaking",
        "EXCLUSIVE",
        "Q",
        "A:",
    ];
    let parts: Vec<&str> = text.split([',', '/']).map(str::trim).collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    if parts.len() > 4 || words.is_empty() || words.len() > 7 || NO_PLACES.contains(&words[0]) {
        return false;
    }
    let starts_well = words.iter().all(|word| {
        word.starts_with(|c: char| c.is_uppercase() || c == '(')
            || matches!(
                *word,
                "of" | "de" | "la" | "el" | "al" | "the" | "and" | "near" | "on" | "-" | "aboard"
            )
            || word.starts_with("al-")
            || word.starts_with("el-")
    });
    if !starts_well || !words[0].starts_with(char::is_uppercase) {
        return false;
    }
    let letters = || parts[0].chars().filter(|c| c.is_alphabetic());
    !capitals || (letters().count() >= 2 && letters().all(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines() {
        let check = |text: &str, expected: Option<(&str, &str)>| {
            let found = dateline(text, true);
            let parts = found.map(|line| (&text[..line.place_end], &text[line.end..]));
            assert_eq!(parts, expected, "{text}");
        };
        check("CAIRO (AP) — The court sat.", Some(("CAIRO", "The court sat.")));
        check("WASHINGTON, Sept 20 - The court sat.", Some(("WASHINGTON", "The court sat.")));
        check(
            "Kampala, Uganda, Sept. 20 (Reuters) - The court",
            Some(("Kampala, Uganda", "The court")),
        );
        check("(Reuters) - The court sat.", Some(("", "The court sat.")));
        check("IRBIL, IRAQ — Forces left.", Some(("IRBIL, IRAQ", "Forces left.")));
        check("STATE HOUSE — The chief", Some(("STATE HOUSE", "The chief")));
        check(
            "UNITED NATIONS (Example) -- “We met,” he said.",
            Some(("UNITED NATIONS", "“We met,” he said.")),
        );
        check("WASHINGTON—The court", Some(("WASHINGTON", "The court")));
        check("The Combined Force – Resolve Commander, Lt. Gen. John Doe", None);
        check("The president — Smith — said so.", None);
        check("US-led forces - Turks among them", None);
        check("Smith, who won — He lost.", None);
        check("Geneva – Delegates met.", Some(("Geneva", "Delegates met.")));
        check("Geneva – which is far", None);
        check("Plain prose without any dash.", None);
        check("New Delhi, Sept 20 (PTI): The court", Some(("New Delhi", "The court")));
        check("Strelsau, Ruritania (CNN) The court", Some(("Strelsau, Ruritania", "The court")));
        check("The agency Reuters (Reuters) The", None);
        check("Northern League (NL) - The group", None);
        check("MINISTER DOE: Thank you.", None);
        check("", None);
        let line = dateline("WASHINGTON, September 20, 2016 (AFP) - The", true);
        assert_eq!(line.as_ref().and_then(|line| line.published.as_deref()), Some("2016-09-20"));
        assert_eq!(line.and_then(|line| line.agency).as_deref(), Some("AFP"));
    }
}
