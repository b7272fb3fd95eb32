//! Lists of phrases as the matcher reads them.

use super::units::contains;

/// Phrases as numbers of words, sorted by first word and then the longest first.
#[derive(Clone, Debug, Default)]
pub(super) struct PhraseList {
    words: Box<[u32]>,
    /// Where each phrase ends in `words`.
    ends: Box<[u32]>,
    /// The words that a phrase begins with, as bits: most words begin none.
    firsts: Box<[u64]>,
}

impl PhraseList {
    /// `phrases` in the order that the list keeps.
    pub(super) fn new(phrases: &[Vec<u32>]) -> Self {
        let last = phrases.last().map_or(0, |phrase| phrase[0] as usize);
        let mut firsts = vec![0; last / 64 + 1];
        for phrase in phrases {
            firsts[phrase[0] as usize / 64] |= 1 << (phrase[0] % 64);
        }
        let words: Vec<u32> = phrases.concat();
        let ends = phrases
            .iter()
            .scan(0, |end, phrase| {
                *end += phrase.len() as u32;
                Some(*end)
            })
            .collect();
        Self { words: words.into(), ends, firsts: firsts.into() }
    }

    /// Whether any phrase begins with the word.
    pub(super) fn has_beginning(&self, word: u32) -> bool {
        contains(&self.firsts, word)
    }

    /// The phrases that begin with the word, the longest first.
    pub(super) fn beginning_with(&self, word: u32) -> impl Iterator<Item = &[u32]> {
        let known = self.has_beginning(word);
        let first = if known {
            // The first word of a phrase stands where the phrase before it ends.
            let begins_before = |at: usize| self.phrase(at).is_some_and(|phrase| phrase[0] < word);
            let (mut low, mut high) = (0, self.ends.len());
            while low < high {
                let middle = (low + high) / 2;
                if begins_before(middle) { low = middle + 1 } else { high = middle }
            }
            low
        } else {
            self.ends.len()
        };
        (first..self.ends.len())
            .map_while(|at| self.phrase(at))
            .take_while(move |phrase| phrase.first() == Some(&word))
    }

    fn phrase(&self, at: usize) -> Option<&[u32]> {
        let start = if at == 0 { 0 } else { *self.ends.get(at - 1)? };
        self.words.get(start as usize..*self.ends.get(at)? as usize)
    }
}
