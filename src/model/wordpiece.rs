//! Words to word pieces: the vocabulary of the encoder and the greedy split over it
//! (WordPiece, Wu et al. 2016, in the uncased form of BERT, Devlin et al. 2019).

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

/// A word of more letters is one unknown piece; none of any use is as long.
const LONGEST_WORD: usize = 64;
/// Pieces kept of one word.
const MOST_PIECES: usize = 8;

/// The pieces of a vocabulary, numbered from 0 in the order of its file.
#[derive(Clone, Debug)]
pub struct WordPieces {
    ids: HashMap<Box<str>, u32>,
    unknown: u32,
    /// The marks before and behind a window.
    pub first: u32,
    pub last: u32,
}

impl WordPieces {
    /// `vocabulary` holds one piece a line; a piece inside a word begins with "##". `None` if
    /// it has no "[UNK]", "[CLS]" or "[SEP]".
    pub fn new(vocabulary: &str) -> Option<Self> {
        let ids: HashMap<Box<str>, u32> =
            vocabulary.lines().zip(0..).map(|(piece, id)| (piece.into(), id)).collect();
        let [unknown, first, last] = [*ids.get("[UNK]")?, *ids.get("[CLS]")?, *ids.get("[SEP]")?];
        Some(Self { ids, unknown, first, last })
    }

    /// The number of a piece as the vocabulary writes it.
    pub fn id(&self, piece: &str) -> Option<u32> {
        self.ids.get(piece).copied()
    }

    /// How many pieces there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Appends the pieces of one word, at least one. Case and accents do not count; marks
    /// inside a word ("Al-Nusra", "U.S.") are pieces of their own.
    pub fn split(&self, word: &str, out: &mut Vec<u32>) {
        let before = out.len();
        let plain: String = word
            .nfd()
            .filter(|letter| !unicode_normalization::char::is_combining_mark(*letter))
            .flat_map(char::to_lowercase)
            .map(|letter| if matches!(letter, '’' | '‘' | 'ʼ') { '\'' } else { letter })
            .collect();
        let mut rest = plain.as_str();
        while let Some(first) = rest.chars().next() {
            let length = if first.is_alphanumeric() {
                rest.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(rest.len())
            } else {
                first.len_utf8()
            };
            self.split_run(&rest[..length], out);
            rest = &rest[length..];
        }
        out.truncate(before + MOST_PIECES);
        if out.len() == before {
            out.push(self.unknown);
        }
    }

    /// The longest known piece first, then the longest that goes on from there; the whole run
    /// is unknown where none does.
    fn split_run(&self, run: &str, out: &mut Vec<u32>) {
        let before = out.len();
        if run.chars().count() > LONGEST_WORD {
            out.push(self.unknown);
            return;
        }
        let mut start = 0;
        let mut key = String::new();
        while start < run.len() {
            let ends = run[start..].char_indices().map(|(at, c)| start + at + c.len_utf8());
            let found = ends.rev().find_map(|end| {
                key.clear();
                if start > 0 {
                    key.push_str("##");
                }
                key.push_str(&run[start..end]);
                Some((self.id(&key)?, end))
            });
            let Some((id, end)) = found else {
                out.truncate(before);
                out.push(self.unknown);
                return;
            };
            out.push(id);
            start = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(word: &str) -> Vec<u32> {
        let pieces =
            WordPieces::new("[UNK]\nkir\n##by\nal\n-\nnus\n##ra\n.\nu\ns\n[CLS]\n[SEP]\n").unwrap();
        let mut out = Vec::new();
        pieces.split(word, &mut out);
        out
    }

    #[test]
    fn the_longest_piece_wins_and_marks_stand_alone() {
        assert_eq!(split("Kirby"), [1, 2]);
        assert_eq!(split("Al-Nusra"), [3, 4, 5, 6]);
        assert_eq!(split("U.S."), [8, 7, 9, 7]);
    }

    #[test]
    fn accents_and_case_do_not_count() {
        assert_eq!(split("KÍRBY"), split("kirby"));
    }

    #[test]
    fn what_has_no_pieces_is_unknown_as_a_whole() {
        assert_eq!(split("kirq"), [0]);
        assert_eq!(split(""), [0]);
        assert_eq!(split(&"kir".repeat(40)), [0]);
    }
}
