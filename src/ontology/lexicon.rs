//! Word lists: one file of `lexicon/en/` per list, one phrase per line, with what is known of
//! the phrase after a tab.

use std::collections::HashMap;

use super::OntologyError;

/// A list of phrases. Phrases are lower-case unless the list is about capitals.
#[derive(Clone, Debug, Default)]
pub struct WordList {
    phrases: Vec<String>,
    /// By phrase; empty for most lists.
    values: HashMap<String, String>,
}

/// All word lists by the name of their file without ending.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    lists: HashMap<String, WordList>,
}

static EMPTY: std::sync::LazyLock<WordList> = std::sync::LazyLock::new(WordList::default);

impl Lexicon {
    /// `files` are (file name, text). Blank lines and lines that begin with `#` are skipped.
    pub fn from_files<'f>(
        files: impl IntoIterator<Item = (&'f str, &'f str)>,
    ) -> Result<Self, OntologyError> {
        let mut lists = HashMap::new();
        for (file, text) in files {
            let Some(name) = file.strip_suffix(".txt") else {
                continue;
            };
            let mut list = WordList::default();
            for (number, line) in text.lines().enumerate() {
                let phrase = line.trim();
                if phrase.is_empty() || phrase.starts_with('#') {
                    continue;
                }
                let (phrase, value) = phrase.split_once('\t').unwrap_or((phrase, ""));
                let phrase = phrase.trim_end();
                if list.values.insert(phrase.to_owned(), value.trim().to_owned()).is_some() {
                    let message = format!("{phrase:?} stands twice in this list");
                    return Err(OntologyError::new(
                        &format!("lexicon/en/{file}"),
                        Some(number + 1),
                        message,
                    ));
                }
                list.phrases.push(phrase.to_owned());
            }
            lists.insert(name.to_owned(), list);
        }
        Ok(Self { lists })
    }

    /// The list of this name; an absent list is empty.
    pub fn list(&self, name: &str) -> &WordList {
        self.lists.get(name).unwrap_or(&EMPTY)
    }

    pub fn has_list(&self, name: &str) -> bool {
        self.lists.contains_key(name)
    }
}

impl WordList {
    /// In the order of the file.
    pub fn phrases(&self) -> &[String] {
        &self.phrases
    }

    pub fn contains(&self, phrase: &str) -> bool {
        self.values.contains_key(phrase)
    }

    /// What stands after the tab; empty when nothing does, `None` for an unknown phrase.
    pub fn value(&self, phrase: &str) -> Option<&str> {
        self.values.get(phrase).map(String::as_str)
    }
}
