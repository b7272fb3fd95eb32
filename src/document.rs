//! One article: its text as read, where it comes from, and which parts of the text are prose.

use sha2::{Digest, Sha256};

use crate::span::ByteSpan;

/// What is known of an article's origin. Local paths never stand here: they enter neither
/// ids nor IRIs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Where it was published, as an absolute IRI.
    pub uri: Option<String>,
    pub title: Option<String>,
    pub publisher: Option<String>,
    /// ISO 8601 at its true precision: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub published: Option<String>,
    /// BCP 47 tag, `en` for what the extractors understand.
    pub language: Option<String>,
}

/// What a part of the text is. Only [`BlockKind::Prose`] is searched for mentions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// Running text: one paragraph.
    Prose,
    Title,
    /// An address, a byline, a date line, a caption, "Read more": not what the article says.
    Furniture,
    /// The place before the first sentence ("CAIRO -"): names a place, begins no sentence.
    Dateline,
}

/// A part of the text, in document order, never overlapping another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    pub span: ByteSpan,
    pub kind: BlockKind,
    /// Whether the sentence at the end of the previous prose block goes on here.
    pub continues: bool,
}

/// An article as read. `text` is never altered after reading; every span counts from its start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    id: String,
    pub source: Source,
    text: String,
    /// The parts of the text, sorted by start.
    pub blocks: Vec<Block>,
    /// Markup left in the prose ("**", "[", "](#)"): skipped by the tokenizer, sorted by start.
    pub residue: Vec<ByteSpan>,
}

impl Document {
    /// `blocks` and `residue` must lie in `text` on character boundaries; parts that do not
    /// are dropped.
    pub fn new(
        source: Source,
        text: String,
        mut blocks: Vec<Block>,
        mut residue: Vec<ByteSpan>,
    ) -> Self {
        let lies_in = |span: ByteSpan| text.get(span.start as usize..span.end as usize).is_some();
        blocks.retain(|block| lies_in(block.span));
        residue.retain(|span| lies_in(*span));
        blocks.sort_by_key(|block| block.span);
        residue.sort();
        let id = document_id(source.uri.as_deref(), &text);
        Self { id, source, text, blocks, residue }
    }

    /// A document that is one block of prose: for tests and for text given in memory.
    pub fn prose(text: &str) -> Self {
        let block =
            Block { span: ByteSpan::new(0, text.len()), kind: BlockKind::Prose, continues: false };
        Self::new(Source::default(), text.to_owned(), vec![block], Vec::new())
    }

    /// Lower-case hexadecimal SHA-256 of the address (or nothing), a zero byte and the text.
    pub fn id(&self) -> &str {
        &self.id
    }

    pub fn text(&self) -> &str {
        &self.text
    }
}

/// See [`Document::id`].
pub fn document_id(uri: Option<&str>, text: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(uri.unwrap_or_default());
    hash.update([0]);
    hash.update(text);
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
