//! Word lists: one file of `lexicon/en/` per list, one phrase per line, with what is known of
//! the phrase after a tab.

use std::borrow::Cow;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::OntologyError;

/// A list of phrases. Phrases are lower-case unless the list is about capitals.
#[derive(Clone, Debug, Default)]
pub struct WordList {
    phrases: OnceLock<Vec<String>>,
    set: WordSet,
}

/// Long lists of the built-in lexicon come as an fst, which needs no work at the start.
#[derive(Clone, Debug)]
enum WordSet {
    /// What is known of each phrase, mostly nothing.
    Listed(FxHashMap<String, String>),
    Compiled(fst::Set<Cow<'static, [u8]>>),
}

impl Default for WordSet {
    fn default() -> Self {
        Self::Listed(FxHashMap::default())
    }
}

/// All word lists by the name of their file without ending.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    lists: FxHashMap<String, WordList>,
}

static EMPTY: std::sync::LazyLock<WordList> = std::sync::LazyLock::new(WordList::default);

impl Lexicon {
    /// `files` are (file name, text). Blank lines and lines that begin with `#` are skipped.
    pub fn from_files<'f>(
        files: impl IntoIterator<Item = (&'f str, &'f str)>,
    ) -> Result<Self, OntologyError> {
        let mut lists = FxHashMap::default();
        for (file, text) in files {
            let Some(name) = file.strip_suffix(".txt") else {
                continue;
            };
            let (mut phrases, mut set) = (Vec::new(), FxHashMap::default());
            for (number, line) in text.lines().enumerate() {
                let phrase = line.trim();
                if phrase.is_empty() || phrase.starts_with('#') {
                    continue;
                }
                let (phrase, value) = phrase.split_once('\t').unwrap_or((phrase, ""));
                let phrase = phrase.trim_end();
                if set.insert(phrase.to_owned(), value.trim().to_owned()).is_some() {
                    let message = format!("{phrase:?} stands twice in this list");
                    return Err(OntologyError::new(
                        &format!("lexicon/en/{file}"),
                        Some(number + 1),
                        message,
                    ));
                }
                phrases.push(phrase.to_owned());
            }
            let list = WordList { phrases: phrases.into(), set: WordSet::Listed(set) };
            lists.insert(name.to_owned(), list);
        }
        Ok(Self { lists })
    }

    /// Adds a list that was compiled to an fst when the program was built.
    pub(super) fn add_compiled(
        &mut self,
        name: &str,
        set: &'static [u8],
    ) -> Result<(), OntologyError> {
        let set = fst::Set::new(Cow::Borrowed(set)).map_err(|error| {
            OntologyError::new(&format!("lexicon/en/{name}.txt"), None, error.to_string())
        })?;
        let list = WordList { phrases: OnceLock::new(), set: WordSet::Compiled(set) };
        self.lists.insert(name.to_owned(), list);
        Ok(())
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
    /// In the order of the file; those of a long list of the built-in lexicon sorted.
    pub fn phrases(&self) -> &[String] {
        self.phrases.get_or_init(|| match &self.set {
            WordSet::Listed(_) => Vec::new(),
            WordSet::Compiled(set) => set.stream().into_strs().unwrap_or_default(),
        })
    }

    pub fn contains(&self, phrase: &str) -> bool {
        match &self.set {
            WordSet::Listed(set) => set.contains_key(phrase),
            WordSet::Compiled(set) => set.contains(phrase),
        }
    }

    /// What stands after the tab; empty when nothing does, `None` for an unknown phrase.
    pub fn value(&self, phrase: &str) -> Option<&str> {
        match &self.set {
            WordSet::Listed(set) => set.get(phrase).map(String::as_str),
            WordSet::Compiled(set) => set.contains(phrase).then_some(""),
        }
    }
}
