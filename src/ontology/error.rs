//! What can be wrong with an ontology folder.

/// A fault in a file of the ontology folder.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{}: {message}", self.file, self.line.map(|line| format!(":{line}")).unwrap_or_default())]
pub struct OntologyError {
    /// Path below the ontology folder.
    pub file: String,
    /// From 1, where known.
    pub line: Option<usize>,
    pub message: String,
}

impl OntologyError {
    pub fn new(file: &str, line: Option<usize>, message: String) -> Self {
        Self { file: file.to_owned(), line, message }
    }
}
