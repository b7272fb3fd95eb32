//! What became of corrections: those that had nothing to correct.

use std::fmt;

/// A correction that changed nothing, or not as it says, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unmatched {
    /// From 1.
    pub line: usize,
    pub message: String,
}

impl fmt::Display for Unmatched {
    /// "line: message", to stand behind the name of the file and a colon.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.line, self.message)
    }
}
