//! What an export says about itself: what the format could not carry, and why it failed.

use std::io;
use std::path::PathBuf;

/// Something of the graph that the written form does not hold, or not as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    pub count: u64,
    /// Completes "COUNT …": `characters that XML cannot carry were written as U+FFFD`.
    pub what: &'static str,
}

impl std::fmt::Display for Loss {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.count, self.what)
    }
}

/// The account of one export, empty when everything that the format has a place for was
/// written as it is. What a format never has a place for stands in [`super::Format::leaves_out`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub losses: Vec<Loss>,
}

impl Report {
    /// Notes a loss unless its count is 0.
    pub fn note(&mut self, count: u64, what: &'static str) {
        if count > 0 {
            self.losses.push(Loss { count, what });
        }
    }

    pub fn is_empty(&self) -> bool {
        self.losses.is_empty()
    }
}

pub(super) const FOREIGN: &str =
    "statements of other vocabularies were left out: only RDF formats carry them";

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
