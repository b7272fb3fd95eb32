//! What can be wrong with an input, and what is worth telling though it was read.

use std::fmt;

/// Why an input, or one article of it, could not be read. Every message names the input,
/// says what is wrong with it and what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    #[error("{name}: no such file or folder; check the path")]
    Missing { name: String },
    #[error("{name}: cannot be read: {source}; check its permissions")]
    Unreadable { name: String, source: std::io::Error },
    #[error("{name}: a symbolic link leads back to {ancestor}; remove the link")]
    LinkLoop { name: String, ancestor: String },
    #[error(
        "{folder}: the folder holds no articles (looked for .txt, .md, .html, .htm, .jsonl, .ndjson, .json and .gz of these)"
    )]
    NoArticles { folder: String },
    #[error("{name}: empty: it holds no text; leave it out")]
    Empty { name: String },
    #[error("{name}: not text but {what}; {advice}")]
    Binary { name: String, what: &'static str, advice: &'static str },
    #[error("{name}: invalid encoding at byte {offset}: {reason}; save it as UTF-8")]
    Encoding { name: String, offset: u64, reason: String },
    #[error("{name}: larger than the limit of {limit} bytes{}; split it or raise the limit",
        if *.compressed { " when decompressed" } else { "" })]
    TooLarge { name: String, limit: u64, compressed: bool },
    #[error(
        "{name}:{line}: a line of more than {limit} bytes, which no article has; break it into paragraphs or raise the limit"
    )]
    LongLine { name: String, line: u64, limit: u64 },
    #[error("{name}: damaged gzip data: {source}; compress the original again")]
    Gzip { name: String, source: std::io::Error },
    #[error("{name}: written in {language}, and only English is understood; skipped")]
    NotEnglish { name: String, language: String },
    #[error("{name}:{line}: not valid JSON: {reason} (column {column}); mend or remove the line")]
    Json { name: String, line: u64, column: u64, reason: String },
    #[error("{name}:{line}: not an article: {reason}")]
    NotArticle { name: String, line: u64, reason: String },
    #[error("{name}: no article text found in the page; save the article as .txt")]
    NoArticleText { name: String },
    #[error("{name}: a graph file where an article is expected")]
    Graph { name: String },
}

impl ReadError {
    /// Whether the input is sound but not for this program: text in another language.
    pub fn is_skip(&self) -> bool {
        matches!(self, ReadError::NotEnglish { .. })
    }
}

/// Something that was read all the same but that the user may want to know.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Warning {
    /// The encoding was not declared and was guessed.
    Guessed { encoding: &'static str },
    /// Text of a page that could not be found in its HTML again: its raw offsets are those of
    /// what stands before it.
    Unaligned { bytes: usize },
    /// A date of publication that is no date; it was left out.
    Date { value: String },
    /// An address that is no absolute IRI; it was left out.
    Address { value: String },
}

impl fmt::Display for Warning {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Warning::Guessed { encoding } => {
                write!(formatter, "not UTF-8; read as {encoding}, which is a guess")
            }
            Warning::Unaligned { bytes } => {
                write!(formatter, "{bytes} bytes of text could not be traced to the raw HTML")
            }
            Warning::Date { value } => {
                write!(formatter, "date of publication not understood, left out: {value:?}")
            }
            Warning::Address { value } => {
                write!(formatter, "not an absolute address, left out: {value:?}")
            }
        }
    }
}
