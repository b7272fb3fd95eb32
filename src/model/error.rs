//! What can be wrong with a folder of weights.

use std::path::{Path, PathBuf};

/// Why weights cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    #[error("{}: {source}; a folder of weights has model.json, vocab.txt, embeddings.bin, encoder.onnx and pairs.onnx", path.display())]
    Unreadable { path: PathBuf, source: std::io::Error },
    #[error("{}: {what}", path.display())]
    Broken { path: PathBuf, what: String },
}

impl ModelError {
    pub(super) fn broken(folder: &Path, file: &str, what: &str) -> Self {
        Self::Broken { path: folder.join(file), what: what.to_owned() }
    }
}
