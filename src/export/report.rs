//! What an export says about itself: what the format could not carry, and why it failed.

use std::io;
use std::path::PathBuf;

use super::{ExportOptions, Format, account};
use crate::graph::KnowledgeGraph;

/// Something of the graph that the written form does not hold, or not as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    pub kind: LossKind,
    pub count: u64,
    /// Completes "COUNT …": `characters that XML cannot carry were written as U+FFFD`, or
    /// `texts` where they are left out.
    pub what: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LossKind {
    /// It is written, but not as it was.
    Changed,
    /// The format has no place for it.
    LeftOut,
}

impl std::fmt::Display for Loss {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.count, self.what)
    }
}

/// The account of one export: exact, and empty when all of the graph was written as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub losses: Vec<Loss>,
}

impl Report {
    /// Notes that something was changed, unless its count is 0.
    pub fn note(&mut self, count: u64, what: &'static str) {
        if count > 0 {
            self.losses.push(Loss { kind: LossKind::Changed, count, what });
        }
    }

    /// Adds the account of another file of the same export.
    pub(super) fn add(&mut self, other: Report) {
        for loss in other.losses {
            let known = |known: &&mut Loss| known.kind == loss.kind && known.what == loss.what;
            match self.losses.iter_mut().find(known) {
                Some(known) => known.count += loss.count,
                None => self.losses.push(loss),
            }
        }
    }

    /// Adds what `format` has no place for.
    pub(super) fn add_left_out(
        &mut self,
        graph: &KnowledgeGraph,
        options: &ExportOptions,
        format: &Format,
    ) {
        self.losses.extend(account::left_out(graph, options, format));
    }

    pub fn is_empty(&self) -> bool {
        self.losses.is_empty()
    }
}

pub(super) const AMBIGUOUS_LISTS: &str =
    "items of lists hold \" | \", which also stands between the items";

pub(super) const REPLACED_IN_XML: &str = "characters that XML cannot carry were written as U+FFFD";

/// Why nothing, or not all, was written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The sink failed; a broken pipe is recognised with [`ExportError::is_broken_pipe`].
    #[error("cannot write: {0}")]
    Io(#[from] io::Error),
    #[error("cannot write {}: {source}", path.display())]
    File { path: PathBuf, source: io::Error },
    /// Refused before anything was written.
    #[error("{0}")]
    Refused(String),
}

impl ExportError {
    /// Whether the reader of the output went away, which is no fault.
    pub fn is_broken_pipe(&self) -> bool {
        match self {
            ExportError::Io(error) | ExportError::File { source: error, .. } => {
                error.kind() == io::ErrorKind::BrokenPipe
            }
            ExportError::Refused(_) => false,
        }
    }
}
