//! Phrases by which invitations, credits and licence lines are known; `furniture.txt` has them.

use std::sync::LazyLock;

/// The phrases of `furniture.txt`, a list for each of its sections.
#[derive(Default)]
struct Phrases {
    whole: Vec<&'static str>,
    label: Vec<&'static str>,
    reader: Vec<&'static str>,
    byline: Vec<&'static str>,
    credit: Vec<&'static str>,
    agency: Vec<&'static str>,
    licence: Vec<&'static str>,
    licence_word: Vec<&'static str>,
    news_agency: Vec<&'static str>,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| phrases(include_str!("furniture.txt")));

fn phrases(text: &'static str) -> Phrases {
    let mut phrases = Phrases::default();
    let mut section = &mut phrases.whole;
    for line in text.lines().map(str::trim) {
        match line {
            "" => {}
            "[whole]" => section = &mut phrases.whole,
            "[label]" => section = &mut phrases.label,
            "[reader]" => section = &mut phrases.reader,
            "[byline]" => section = &mut phrases.byline,
            "[credit]" => section = &mut phrases.credit,
            "[agency]" => section = &mut phrases.agency,
            "[licence]" => section = &mut phrases.licence,
            "[licence word]" => section = &mut phrases.licence_word,
            "[news agency]" => section = &mut phrases.news_agency,
            comment if comment.starts_with('#') => {}
            phrase => section.push(phrase),
        }
    }
    phrases
}

/// Whether `line` is an invitation, a credit or a licence line.
pub(super) fn is_furniture(line: &str) -> bool {
    let words = line.split_whitespace().count();
    (words <= 25 && is_invitation(line, words))
        || (words <= 20 && is_credit(line, words))
        || is_licence(line)
}

/// Whether `line` begins as bylines do that do not begin with "By".
pub(super) fn opens_byline(line: &str) -> bool {
    opens_with(line, &PHRASES.byline)
}

/// Whether `name` is a known news agency's.
pub(super) fn is_news_agency(name: &str) -> bool {
    PHRASES.news_agency.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Whether `line` begins with one of `openers` as whole words, whatever the case.
fn opens_with(line: &str, openers: &[&str]) -> bool {
    openers.iter().any(|opener| {
        let start = line.get(..opener.len());
        let bounded = || {
            let letter = |c: char| c.is_alphanumeric();
            !(opener.ends_with(letter) && line[opener.len()..].starts_with(letter))
        };
        start.is_some_and(|start| start.eq_ignore_ascii_case(opener)) && bounded()
    })
}

/// "Read more", "Share", "READ ALSO: …": what a page asks of its reader.
fn is_invitation(line: &str, words: usize) -> bool {
    let phrases = &*PHRASES;
    let start = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let bare = start.trim_end_matches(|c: char| !c.is_alphanumeric());
    if words <= 5 && phrases.whole.iter().any(|whole| whole.eq_ignore_ascii_case(bare)) {
        return true;
    }
    let sentence = line.ends_with(['.', '?', '!']) || line.ends_with(".\"") || line.ends_with(".”");
    let is_label = |label: &str| {
        let label = label.trim();
        phrases.label.iter().any(|known| known.eq_ignore_ascii_case(label))
    };
    let label = !sentence && start.split_once(':').is_some_and(|(label, _)| is_label(label));
    label || (words <= 20 && opens_with(start, &phrases.reader))
}

/// Who took the picture.
fn is_credit(line: &str, words: usize) -> bool {
    let phrases = &*PHRASES;
    let start = line.trim_start_matches(['(', '[', '|']);
    let ends_sentence = line.ends_with('.') && words > 12;
    let end = line.trim_end_matches('.');
    let ends_with = |known: &&str| {
        end.len() >= known.len()
            && end.get(end.len() - known.len()..).is_some_and(|end| end.eq_ignore_ascii_case(known))
    };
    (opens_with(start, &phrases.credit) && !ends_sentence)
        || (words <= 8 && phrases.agency.iter().any(ends_with))
        || (words <= 12 && line.starts_with('©'))
}

/// Copyright and licence lines.
fn is_licence(line: &str) -> bool {
    let phrases = &*PHRASES;
    if !opens_with(line, &phrases.licence) {
        return line.ends_with("All rights reserved.");
    }
    let lower = line.to_lowercase();
    phrases.licence_word.iter().any(|word| lower.contains(word))
}
