//! Phrases of a word list, found among the words of a sentence.

use std::collections::HashMap;
use std::ops::Range;

use crate::ontology::WordList;
use crate::token::Token;

/// The phrases of a list by their first word.
pub(super) struct Phrases<'o> {
    by_first: HashMap<&'o str, Vec<Phrase<'o>>>,
}

struct Phrase<'o> {
    words: Vec<&'o str>,
    value: &'o str,
}

impl<'o> Phrases<'o> {
    pub fn new(list: &'o WordList) -> Self {
        let mut by_first: HashMap<_, Vec<Phrase>> = HashMap::new();
        for phrase in list.phrases() {
            let words: Vec<_> = phrase.split(' ').collect();
            if let Some(first) = words.first() {
                let value = list.value(phrase).unwrap_or_default();
                by_first.entry(*first).or_default().push(Phrase { words, value });
            }
        }
        Self { by_first }
    }

    /// The longest phrase that begins at token `at` and ends before `end`: its tokens, and what
    /// the list says of it.
    pub fn at(&self, tokens: &[Token], at: usize, end: usize) -> Option<(Range<usize>, &'o str)> {
        let here = self.by_first.get(&*tokens.get(at)?.lower)?;
        here.iter()
            .filter(|phrase| {
                let window = tokens.get(at..at + phrase.words.len());
                at + phrase.words.len() <= end
                    && window.is_some_and(|window| {
                        window.iter().zip(&phrase.words).all(|(token, word)| &*token.lower == *word)
                    })
            })
            .max_by_key(|phrase| phrase.words.len())
            .map(|phrase| (at..at + phrase.words.len(), phrase.value))
    }

    /// Whether `text`, in lower case, may hold a phrase at all.
    pub fn may_stand_in(&self, text: &str) -> bool {
        self.by_first
            .values()
            .flatten()
            .any(|phrase| phrase.words.iter().all(|word| text.contains(word)))
    }
}
