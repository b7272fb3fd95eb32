//! Which patterns are worth trying in a sentence, and from where: those of whose words each is
//! there, from the units that are near enough to the rarest.

use super::units::{Unit, contains};

/// The index that finds the programs to try.
#[derive(Default)]
pub(super) struct Needs {
    /// How many blocks of bits a word has in `sets_of_word`.
    pub(super) width: usize,
    /// For each word in turn, the sets that have it, as bits.
    pub(super) sets_of_word: Vec<u64>,
    /// For each word, the indexes in `by_rarest` of the sets that have it.
    pub(super) rarest_of_word: Vec<Vec<u32>>,
    /// For each set that is the rarest of some program, these programs.
    pub(super) by_rarest: Vec<Vec<Candidate>>,
}

/// A program under the rarest set of words that it needs.
pub(super) struct Candidate {
    pub(super) program: u32,
    /// The other sets that it needs.
    pub(super) others: Box<[u32]>,
    /// How many units of a match stand before its word of the rarest set at most.
    pub(super) reach: u32,
}

/// A program to try, and the units at which a match may begin.
pub(super) struct Attempt {
    pub(super) program: u32,
    pub(super) starts: std::ops::Range<usize>,
}

impl Needs {
    /// Appends the programs whose words stand in the sentence. `genitive` is the number of "'s".
    pub(super) fn find(&self, units: &[Unit], genitive: u32, attempts: &mut Vec<Attempt>) {
        let mut present = vec![0u64; self.width];
        // First and last unit of each rarest set that is there.
        let mut found: Vec<(u32, usize, usize)> = Vec::new();
        let mut see = |word: u32, at: usize| {
            let start = word as usize * self.width;
            let Some(sets) = self.sets_of_word.get(start..start + self.width) else { return };
            present.iter_mut().zip(sets).for_each(|(seen, sets)| *seen |= sets);
            for &rarest in self.rarest_of_word.get(word as usize).into_iter().flatten() {
                match found.iter_mut().find(|(known, ..)| *known == rarest) {
                    Some((_, _, last)) => *last = at,
                    None => found.push((rarest, at, at)),
                }
            }
        };
        // A coordination counts as one mention in a reach: what it has beyond that is allowed for.
        let mut slack = 0;
        for (at, unit) in units.iter().enumerate() {
            if unit.word != 0 {
                see(unit.word, at);
            }
            if unit.genitive {
                see(genitive, at);
            }
            if unit.next.is_some() {
                slack += (unit.last as usize).saturating_sub(at);
            }
        }
        for (rarest, first, last) in found {
            for candidate in &self.by_rarest[rarest as usize] {
                if candidate.others.iter().all(|&set| contains(&present, set)) {
                    let reach = (candidate.reach as usize).saturating_add(slack);
                    let starts = first.saturating_sub(reach)..last + 1;
                    attempts.push(Attempt { program: candidate.program, starts });
                }
            }
        }
    }
}
