//! Lines of a text and what single lines say outright: an address, a date, a byline, a
//! credit, an invitation to read on.

use super::dates;

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
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let next = match character {
            '\r' if matches!(characters.peek(), Some((_, '\n'))) => {
                characters.next();
                at + 2
            }
            '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                at + character.len_utf8()
            }
            _ => continue,
        };
        lines.push(Line { start, end: at });
        start = next;
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
    if !line.chars().any(char::is_alphanumeric) {
        return Some(Aside::Other);
    }
    if line.chars().count() > 300 {
        return None;
    }
    let (label, rest) = match line.split_once(':') {
        Some((label, rest)) => (label.trim().to_lowercase(), rest.trim()),
        None => (String::new(), ""),
    };
    if matches!(label.as_str(), "source" | "url" | "link" | "original article" | "via")
        && !rest.is_empty()
    {
        if let Some(address) = lone_address(rest) {
            return Some(Aside::Address(address));
        }
        if label == "source" && rest.split_whitespace().count() <= 5 && !rest.ends_with('.') {
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
    (is_invitation(line) || is_credit(line) || is_licence(line)).then_some(Aside::Other)
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

/// "By John Smith", "By JOHN SMITH and Jane Doe, Reuters", "Reporting by …".
fn is_byline(line: &str) -> bool {
    let bare = line.trim_start_matches('(').to_lowercase();
    const OPENERS: &[&str] = &[
        "reporting by ",
        "additional reporting by ",
        "writing by ",
        "written by ",
        "editing by ",
        "story by ",
        "compiled by ",
        "author: ",
        "byline: ",
    ];
    if OPENERS.iter().any(|opener| bare.starts_with(opener)) {
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

/// "Read more", "Share", "READ ALSO: …": what a page asks of its reader.
fn is_invitation(line: &str) -> bool {
    const WHOLE: &[&str] = &[
        "read more",
        "read full article",
        "read the full article",
        "read the full story",
        "read full story",
        "continue reading",
        "keep reading",
        "more",
        "see more",
        "show more",
        "load more",
        "learn more",
        "find out more",
        "view more",
        "click here",
        "share",
        "share this",
        "share this article",
        "share this story",
        "share this page",
        "share on facebook",
        "share on twitter",
        "share on whatsapp",
        "tweet",
        "tweet this",
        "email",
        "e-mail",
        "print",
        "print this page",
        "email this article",
        "facebook",
        "twitter",
        "whatsapp",
        "linkedin",
        "reddit",
        "telegram",
        "pinterest",
        "copy link",
        "save",
        "comments",
        "leave a comment",
        "no comments",
        "add comment",
        "post a comment",
        "advertisement",
        "advertising",
        "ad",
        "sponsored",
        "sponsored content",
        "subscribe",
        "subscribe now",
        "sign up",
        "log in",
        "login",
        "sign in",
        "related",
        "related articles",
        "related news",
        "related stories",
        "related topics",
        "related coverage",
        "related content",
        "read also",
        "also read",
        "see also",
        "recommended",
        "recommended for you",
        "more on this story",
        "more from",
        "most read",
        "trending",
        "story continues below",
        "story continues below advertisement",
        "article continues below",
        "external links",
        "sister links",
        "sources",
        "references",
        "breaking news",
        "skip to content",
        "back to top",
        "play video",
        "watch video",
        "watch",
        "listen",
        "gallery",
        "photos",
        "video",
        "close",
        "menu",
        "home",
        "next",
        "previous",
        "transcript",
        "for immediate release",
        "end",
    ];
    const LABELS: &[&str] = &[
        "read more",
        "read also",
        "also read",
        "read",
        "see also",
        "related",
        "more",
        "watch",
        "listen",
        "in pictures",
        "photos",
        "video",
        "tags",
        "filed under",
        "topics",
        "keywords",
        "categories",
        "more on this",
        "recommended",
        "don't miss",
        "must read",
        "follow us on",
        "share",
    ];
    let plain: String = line
        .chars()
        .filter(|c| c.is_alphanumeric() || c.is_whitespace() || matches!(c, '-' | '\'' | ':'))
        .collect::<String>()
        .to_lowercase();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let whole = plain.trim_matches([':', '-', ' ']);
    if WHOLE.contains(&whole) {
        return true;
    }
    let sentence = line.ends_with(['.', '?', '!']) || line.ends_with(".\"") || line.ends_with(".”");
    let label = plain.split_once(':').is_some_and(|(label, _)| LABELS.contains(&label.trim()));
    let count = plain.split(' ').count();
    let reader = [
        "click here ",
        "sign up for ",
        "subscribe to ",
        "follow us on ",
        "like us on ",
        "share this ",
    ]
    .iter()
    .any(|opener| plain.starts_with(opener));
    (label && !sentence && count <= 25) || (reader && count <= 20)
}

/// Who took the picture.
fn is_credit(line: &str) -> bool {
    let plain = line.trim_start_matches(['(', '[', '|']).to_lowercase();
    const OPENERS: &[&str] = &[
        "photo:",
        "photo by ",
        "photos by ",
        "photo credit",
        "photograph:",
        "photograph by ",
        "photography by ",
        "image:",
        "image credit",
        "image source",
        "image caption",
        "images:",
        "picture:",
        "picture by ",
        "credit:",
        "credits:",
        "courtesy of ",
        "file photo",
        "file picture",
        "file image",
        "video:",
        "illustration:",
        "illustration by ",
        "graphic:",
        "screenshot:",
        "getty images",
        "afp photo",
        "ap photo",
        "reuters/",
    ];
    let count = plain.split_whitespace().count();
    let ends_sentence = plain.ends_with('.') && count > 12;
    let agency = [
        "/getty images",
        "/afp",
        "/reuters",
        "/ap photo",
        "getty images",
        "via ap)",
        "/ap)",
        "/reuters)",
        "/afp)",
    ]
    .iter()
    .any(|end| plain.trim_end_matches('.').ends_with(end));
    count <= 20
        && ((OPENERS.iter().any(|opener| plain.starts_with(opener)) && !ends_sentence)
            || (agency && count <= 8)
            || (line.starts_with('©') && count <= 12))
}

/// Copyright and licence lines.
fn is_licence(line: &str) -> bool {
    let plain = line.to_lowercase();
    const OPENERS: &[&str] = &[
        "©",
        "(c) ",
        "copyright ",
        "all rights reserved",
        "licensed under",
        "this article is licensed",
        "this work is licensed",
        "this text is licensed",
        "this article is published under",
        "republished under",
        "creative commons",
        "this article was originally published",
        "this article originally appeared",
        "this story was originally published",
        "this material may not be",
        "text is available under",
    ];
    OPENERS.iter().any(|opener| plain.starts_with(opener))
        && (plain.contains("20")
            || plain.contains("19")
            || plain.contains("rights")
            || plain.contains("licen")
            || plain.contains("commons")
            || plain.contains("original")
            || plain.contains("not be published")
            || plain.starts_with('©'))
        || plain.ends_with("all rights reserved.")
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
