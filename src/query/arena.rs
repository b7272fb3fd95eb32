//! Texts that a query makes up or brings along, kept as long as the query runs.
//!
//! A term of a running query is a plain copy of a few words. That needs every text to be
//! borrowed from something that lives long enough: the graph for what is in the graph, and
//! this for constants of the query and results of its expressions.

use std::cell::{Cell, OnceCell};

use oxigraph::model::Term;

/// Blocks double in size, so that 32 of them hold more than there is memory for.
const BLOCKS: usize = 32;

/// Keeps terms and gives references to them; nothing is ever moved or dropped before it.
#[derive(Default)]
pub(super) struct Arena {
    terms: Slots<Term>,
    texts: Slots<Box<str>>,
}

impl Arena {
    pub fn keep(&self, term: Term) -> &Term {
        self.terms.keep(term)
    }

    pub fn keep_text(&self, text: String) -> &str {
        self.texts.keep(text.into_boxed_str())
    }
}

/// An append-only list behind a shared reference.
struct Slots<T> {
    blocks: [OnceCell<Box<[OnceCell<T>]>>; BLOCKS],
    used: Cell<usize>,
}

impl<T> Default for Slots<T> {
    fn default() -> Self {
        Self { blocks: Default::default(), used: Cell::new(0) }
    }
}

impl<T> Slots<T> {
    /// Block k begins at 16 * (2^k - 1) and holds 16 * 2^k values.
    fn keep(&self, value: T) -> &T {
        let at = self.used.get();
        self.used.set(at + 1);
        let block = (at / 16 + 1).ilog2() as usize;
        let start = 16 * ((1 << block) - 1);
        let slots = self.blocks[block]
            .get_or_init(|| std::iter::repeat_with(OnceCell::new).take(16 << block).collect());
        slots[at - start].get_or_init(|| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_stay_good_while_the_arena_grows() {
        let arena = Arena::default();
        let kept: Vec<&str> =
            (0..5_000).map(|number| arena.keep_text(format!("text {number}"))).collect();
        for (number, text) in kept.iter().enumerate() {
            assert_eq!(*text, format!("text {number}"));
        }
    }
}
