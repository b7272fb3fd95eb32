//! Lines of a text and what single lines say outright: an address, a date, a byline, a
//! credit, an invitation to read on.

use super::{dates, furniture};

/// A line without its terminator, as byte offsets into the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub start: usize,
    /// Excluded.
    pub end: usize,
}

impl Line {
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }
}

/// The lines of `text`; a terminator is LF, CRLF, CR, VT, FF, NEL, LS or PS.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let length = match (bytes[at], &bytes[at..]) {
            (b'\r', [_, b'\n', ..]) => 2,
            (b'\n' | b'\r' | 0x0B | 0x0C, _) => 1,
            (0xC2, [_, 0x85, ..]) => 2,
            (0xE2, [_, 0x80, 0xA8 | 0xA9, ..]) => 3,
            _ => {
                at += 1;
                continue;
            }
        };
        lines.push(Line { start, end: at });
        at += length;
        start = at;
    }
    lines.push(Line { start, end: text.len() });
    lines
}

/// What a line that is no prose is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Aside {
    /// An address that stands alone, made absolute.
    Address(String),
    /// A date line; the date in ISO 8601 where it is one of publication.
    Date(Option<String>),
    /// "Source: …".
    Publisher(String),
    Byline,
    /// "Read more", a credit, a licence, a rule of dashes.
    Other,
}

/// What `line`, a whole paragraph or a line of its own, is besides prose.
pub(super) fn aside(line: &str) -> Option<Aside> {
    let line = line.trim().trim_matches(['*', '_', '\u{FEFF}', '\u{200B}', '\u{200E}']).trim();
    let unmarked = line.contains('*').then(|| line.replace('*', ""));
    let line = unmarked.as_deref().map_or(line, str::trim);
    if !line.chars().any(char::is_alphanumeric) {
        return Some(Aside::Other);
    }
    if line.len() > 600 {
        return None;
    }
    const LABELS: &[&str] = &["source", "publisher", "url", "link", "original article", "via"];
    if let Some((label, rest)) = line.split_once(':')
        && let (label, rest) = (label.trim(), rest.trim())
        && LABELS.iter().any(|known| known.eq_ignore_ascii_case(label))
        && !rest.is_empty()
    {
        if let Some(address) = lone_address(rest) {
            return Some(Aside::Address(address));
        }
        if label.eq_ignore_ascii_case("source")
            && rest.split_whitespace().count() <= 5
            && !rest.ends_with('.')
        {
            return Some(Aside::Publisher(rest.to_owned()));
        }
    }
    if let Some(address) = lone_address(line) {
        return Some(Aside::Address(address));
    }
    if let Some(date) = date_line(line) {
        return Some(Aside::Date(date));
    }
    if is_byline(line) {
        return Some(Aside::Byline);
    }
    if let Some(date) = dated_byline(line) {
        return Some(Aside::Date(Some(date)));
    }
    furniture::is_furniture(line).then_some(Aside::Other)
}

/// `text` as an absolute address when it is one and nothing else; a missing scheme is added
/// where there is a path or a leading "www.".
fn lone_address(text: &str) -> Option<String> {
    let text = text.trim_start_matches('<').trim_end_matches('>');
    if text.is_empty() || text.chars().any(|c| c.is_whitespace() || "<>\"{}|\\^`".contains(c)) {
        return None;
    }
    if let Some((scheme, rest)) = text.split_once("://") {
        let known = matches!(scheme.to_lowercase().as_str(), "http" | "https");
        return (known && host_of(text).is_some() && !rest.is_empty()).then(|| text.to_owned());
    }
    let host = text.split(['/', '?', '#']).next().unwrap_or_default();
    let www = host.to_lowercase().starts_with("www.");
    let has_path = text.len() > host.len() && text.as_bytes()[host.len()] == b'/';
    let absolute = format!("https://{text}");
    ((www || has_path) && is_host(host)).then_some(absolute)
}

/// The host of an absolute address, in lower case and without "www.".
pub(super) fn host_of(address: &str) -> Option<String> {
    let (_, rest) = address.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    is_host(host).then(|| host.to_owned())
}

fn is_host(host: &str) -> bool {
    let host = host.split(':').next().unwrap_or_default();
    let labels: Vec<&str> = host.split('.').collect();
    labels.len() >= 2
        && labels.iter().all(|label| {
            !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        })
        && labels.last().is_some_and(|top| top.len() >= 2 && top.chars().all(char::is_alphabetic))
}

/// A date line, and its date where it is the day of publication and not of a later change.
fn date_line(line: &str) -> Option<Option<String>> {
    const PUBLISHED: &[&str] = &[
        "first published on",
        "first published",
        "published on",
        "published at",
        "published",
        "posted on",
        "posted",
        "date published",
        "date",
    ];
    const CHANGED: &[&str] = &[
        "last updated on",
        "last updated",
        "updated on",
        "updated at",
        "updated",
        "last modified",
        "modified",
    ];
    let after = |labels: &[&str]| {
        labels.iter().find_map(|label| {
            let head = line.get(..label.len())?;
            let rest = &line[label.len()..];
            let bounded = rest.starts_with([':', ' ']);
            (head.eq_ignore_ascii_case(label) && bounded)
                .then(|| rest.trim_start_matches([':', ' ']))
        })
    };
    if let Some(rest) = after(CHANGED) {
        return dates::head_date(rest).map(|_| None);
    }
    let rest = after(PUBLISHED).unwrap_or(line);
    let date = dates::head_date(rest)?;
    date.year.map(|_| date.iso())
}

/// The date in "By John Smith, 20 September 2016" and "By John Smith | Sept. 20, 2016".
fn dated_byline(line: &str) -> Option<String> {
    if line.len() > 150 || !line.get(..3)?.eq_ignore_ascii_case("by ") {
        return None;
    }
    line.match_indices([',', '|', '-', '–', '—', '•', '·']).find_map(|(at, mark)| {
        let date = dates::head_date(&line[at + mark.len()..])?.iso()?;
        is_byline(line[..at].trim_end()).then_some(date)
    })
}

/// "By John Smith", "By JOHN SMITH and Jane Doe, Reuters", "Reporting by …".
fn is_byline(line: &str) -> bool {
    let bare = line.trim_start_matches('(');
    if furniture::opens_byline(bare) {
        return line.split_whitespace().count() <= 30;
    }
    let Some(rest) = ["By ", "BY ", "by ", "By: "].iter().find_map(|by| line.strip_prefix(by))
    else {
        return false;
    };
    let mut words = rest.split_whitespace().peekable();
    let mut count = 0;
    let ends_sentence = rest.ends_with(['.', '!', '?', ':']) && !rest.ends_with(" Jr.");
    let first_is_name = rest.chars().next().is_some_and(char::is_uppercase);
    let all_names = words.all(|word| {
        count += 1;
        let start = word.trim_start_matches(['(', '"', '\'', '“', '‘', '[', '*']).chars().next();
        word.starts_with("al-")
            || start.is_none_or(|c| c.is_uppercase() || !c.is_alphanumeric())
            || matches!(
                word,
                "and"
                    | "of"
                    | "the"
                    | "in"
                    | "for"
                    | "with"
                    | "de"
                    | "van"
                    | "von"
                    | "al"
                    | "bin"
                    | "el"
                    | "da"
                    | "staff"
                    | "at"
                    | "correspondent"
            )
    });
    first_is_name && all_names && (1..=14).contains(&count) && !ends_sentence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asides() {
        let check =
            |line: &str, expected: Option<Aside>| assert_eq!(aside(line), expected, "{line}");
        let address = |text: &str| Some(Aside::Address(text.to_owned()));
        check("example.com/world/1-council/", address("https://example.com/world/1-council/"));
        check("https://www.example.org", address("https://www.example.org"));
        check("Source: http://example.org/a?b=1", address("http://example.org/a?b=1"));
        check("Amazon.com", None);
        check("and/or", None);
        check("Sunday, May 6, 2007", Some(Aside::Date(Some("2007-05-06".to_owned()))));
        check("Published: 20 Sep 2016 10:15 GMT", Some(Aside::Date(Some("2016-09-20".to_owned()))));
        check("Last updated: 21 Sep 2016", Some(Aside::Date(None)));
        check("Monday, May 6", None);
        check("By John Smith", Some(Aside::Byline));
        check("By Jane A. Doe and Omar al-Sayed, Example News", Some(Aside::Byline));
        check("*By Jane Doe*, 20 Sep 2016", Some(Aside::Date(Some("2016-09-20".to_owned()))));
        check("By Monday, the militants had left the city", None);
        check("By the river", None);
        check("By Thursday.", None);
        check("Read more", Some(Aside::Other));
        check("READ MORE: Council meets again over water", Some(Aside::Other));
        check("Photo: Jane Doe / Example", Some(Aside::Other));
        check("© 2016 Example News. All rights reserved.", Some(Aside::Other));
        check("* * *", Some(Aside::Other));
        check("Share", Some(Aside::Other));
        check("Share prices fell on Monday.", None);
        check("Office of the Spokesperson", None);
        check("Copyright law is being rewritten in Ruritania.", None);
    }
}
