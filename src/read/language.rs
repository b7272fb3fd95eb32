//! Which language a text is in: English is understood, everything else is told by name.

use whatlang::{Lang, Script, detect};

/// Words that English is full of and other languages in Latin script are not.
const ENGLISH: &[&str] = &[
    "the", "of", "and", "to", "that", "for", "with", "is", "was", "on", "by", "from", "said",
    "has", "have", "had", "his", "her", "it", "its", "be", "are", "were", "will", "which", "not",
    "but", "an", "as", "at", "their", "they", "this", "who", "would", "been", "he", "she", "after",
    "or",
];

/// Fewer letters than this are no ground to judge on.
const TOO_FEW_LETTERS: usize = 40;

/// How much of a text is looked at, in bytes.
pub(super) const SAMPLE: usize = 20_000;

/// The English name of the language of `text` when that is not English; `None` for English and
/// for what is too short to tell.
///
/// Names of persons and places mislead a detector that counts letters, so the share of common
/// English words decides first, and the detector only names the language.
pub(super) fn foreign_language(text: &str) -> Option<String> {
    let mut end = text.len().min(SAMPLE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = &text[..end];
    if sample.chars().filter(|c| c.is_alphabetic()).take(TOO_FEW_LETTERS).count() < TOO_FEW_LETTERS
    {
        return None;
    }
    let (mut words, mut english, mut small) = (0usize, 0usize, 0usize);
    for word in sample.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        words += 1;
        small += usize::from(word.starts_with(char::is_lowercase));
        let is_english = word.len() <= 6 && ENGLISH.contains(&word.to_lowercase().as_str());
        english += usize::from(is_english);
    }
    let percent = english * 100 / words.max(1);
    if percent >= 15 {
        return None;
    }
    let found = detect(sample)?;
    // Lists and tables of names have few common words in any language.
    let is_list = found.script() == Script::Latin && small * 100 < words * 35;
    let is_english = found.lang() == Lang::Eng || is_list || (percent >= 5 && !found.is_reliable());
    (!is_english).then(|| found.lang().eng_name().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(foreign_language(text).as_deref(), expected, "{text}");
        };
        check("The council met on Monday and agreed to send a mission to the border.", None);
        check(
            "Le conseil s’est réuni lundi et a décidé d’envoyer une mission à la frontière.",
            Some("French"),
        );
        check(
            "Der Rat trat am Montag zusammen und beschloss, eine Mission an die Grenze zu entsenden.",
            Some("German"),
        );
        check("Совет собрался в понедельник и решил направить миссию на границу.", Some("Russian"));
        check(
            "理事会は月曜日に会合を開き、国境に使節団を派遣することを決定した。理事会は月曜日に会合を開き、国境に使節団を派遣する。",
            Some("Japanese"),
        );
        check("Bonjour", None);
        check(&"| Jan Kowalski || 12 || Warszawa\n| Piotr Nowak || 3 || Gdańsk\n".repeat(20), None);
        check("Mahmoud Ahmadinejad, Recep Tayyip Erdoğan and Nouri al-Maliki met in Tehran.", None);
    }
}
