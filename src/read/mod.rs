//! Reading: bytes of articles to documents, with a map from their text to the raw input.
//!
//! `sources` walks files and folders, `Item::documents` reads one input, and each document
//! comes with its blocks, the markup left in them, and its raw offsets.

mod batches;
mod bytes;
mod dateline;
mod dates;
mod decode;
mod error;
mod front_matter;
mod furniture;
mod html;
mod html_align;
mod html_meta;
mod html_scan;
mod json;
mod json_text;
mod kind;
mod language;
mod lines;
mod offsets;
mod outline;
mod paragraphs;
mod residue;
mod sources;

use std::path::Path;

pub use dates::day_named;
pub use error::{ReadError, Warning};
pub use kind::{InputKind, kind_of};
pub use offsets::RawOffsets;
pub use sources::{Item, Sources, from_reader, sources};

use crate::document::{BlockKind, Document, Source};
use bytes::Stream;
use paragraphs::{Form, Layout};

/// How inputs are read.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What every input is, whatever its name and content say.
    pub kind: Option<InputKind>,
    /// Under which names the fields of an article in JSON are looked for.
    pub fields: Fields,
    /// Whether text in other languages than English is read too.
    pub any_language: bool,
    /// The most bytes that one file, or one line of JSONL, may hold when decompressed.
    pub max_bytes: u64,
    /// The most bytes that one line of an article's text may hold.
    pub max_line_bytes: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            kind: None,
            fields: Fields::default(),
            any_language: false,
            max_bytes: 64 << 20,
            max_line_bytes: 1 << 20,
        }
    }
}

/// Names of fields of an article in JSON, the first that is there counts; "a.b" is field "b" of
/// the object in field "a".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fields {
    pub text: Vec<String>,
    pub title: Vec<String>,
    pub uri: Vec<String>,
    pub publisher: Vec<String>,
    pub published: Vec<String>,
}

impl Default for Fields {
    fn default() -> Self {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Self {
            text: names(&[
                "text",
                "body",
                "content",
                "articleBody",
                "article",
                "fulltext",
                "maintext",
            ]),
            title: names(&["title", "headline"]),
            uri: names(&["url", "uri", "link", "canonical_url", "@id"]),
            publisher: names(&["publisher", "source", "site_name", "outlet", "domain"]),
            published: names(&[
                "date",
                "published",
                "pubDate",
                "datePublished",
                "published_at",
                "publishedAt",
                "date_publish",
                "published_date",
                "publication_date",
                "timestamp",
            ]),
        }
    }
}

impl Fields {
    /// Maps one field by "text=story"; several names are parted by "|".
    ///
    /// # Errors
    /// A message when there is no "=", no name, or the field is none that an article has.
    pub fn set(&mut self, mapping: &str) -> Result<(), String> {
        let Some((field, names)) = mapping.split_once('=') else {
            return Err(format!("{mapping:?} maps no field: write text=NAME"));
        };
        let names: Vec<String> = names
            .split('|')
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect();
        if names.is_empty() {
            return Err(format!("{mapping:?} names no field: write {field}=NAME"));
        }
        let place = match field.trim() {
            "text" => &mut self.text,
            "title" => &mut self.title,
            "uri" | "url" => &mut self.uri,
            "publisher" => &mut self.publisher,
            "published" | "date" => &mut self.published,
            other => {
                return Err(format!(
                    "no field {other:?}: there are text, title, uri, publisher and published"
                ));
            }
        };
        *place = names;
        Ok(())
    }
}

/// An article as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadDocument {
    pub document: Document,
    /// From byte offsets of the document's text to bytes of the (decompressed) input.
    pub offsets: RawOffsets,
    pub warnings: Vec<Warning>,
}

/// Where bytes that are part of a larger input begin in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    offset: u64,
    /// The number of the first line, from 1.
    line: u64,
}

impl Default for Place {
    fn default() -> Self {
        Self { offset: 0, line: 1 }
    }
}

/// Reads the articles in `bytes`, gzip data or not; `name` is what messages call the input.
/// `kind` is told from the name and the bytes where it is not given. Several results come of
/// JSON only, one for each article.
pub fn documents(
    name: &str,
    bytes: &[u8],
    kind: Option<InputKind>,
    settings: &Settings,
) -> Vec<Result<ReadDocument, ReadError>> {
    let unpacked =
        Stream::new(name, bytes).and_then(|mut stream| stream.read_all(name, settings.max_bytes));
    match unpacked {
        Ok(bytes) => {
            let first = &bytes[..bytes.len().min(4096)];
            let kind = kind.or(settings.kind).unwrap_or_else(|| kind_of(Path::new(name), first));
            documents_at(name, &bytes, Place::default(), kind, settings)
        }
        Err(error) => vec![Err(error)],
    }
}

fn documents_at(
    name: &str,
    bytes: &[u8],
    place: Place,
    kind: InputKind,
    settings: &Settings,
) -> Vec<Result<ReadDocument, ReadError>> {
    if !kind.is_document() {
        return vec![Err(ReadError::Graph { name: name.to_owned() })];
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return vec![Err(ReadError::Empty { name: name.to_owned() })];
    }
    let declared = match kind {
        InputKind::Html => html::declared_encoding(bytes),
        _ => None,
    };
    let mut decoded = match decode::decode(name, bytes, declared) {
        Ok(decoded) => decoded,
        Err(error) => return vec![Err(error)],
    };
    decoded.offsets = decoded.offsets.through(&RawOffsets::unchanged(place.offset, bytes.len()));
    match kind {
        InputKind::Jsonl => json::jsonl(name, &decoded, place, settings),
        InputKind::Json => json::json(name, &decoded, settings),
        InputKind::Html => {
            let article = html::article(name, decoded);
            vec![article.and_then(|article| finish(name, article, settings))]
        }
        _ => {
            let layout = match kind {
                InputKind::Markdown => Layout::Markdown,
                _ => Layout::Text,
            };
            let decode::Decoded { text, offsets, warnings } = decoded;
            let article =
                Article { layout, ..Article::plain(text, offsets, Source::default(), warnings) };
            vec![finish(name, article, settings)]
        }
    }
}

/// The document of a text that was read before, with the parts of its text found again. What an
/// input said of its layout besides the text (HTML, Markdown) is not known any more.
pub fn reread(source: Source, text: &str) -> Document {
    let outline = outline::outline(text, source.title.as_deref(), Layout::Text, &[]);
    Document::new(source, text.to_owned(), outline.blocks, outline.residue)
}

/// An error for the first line that no article would hold.
fn long_line(name: &str, text: &str, settings: &Settings) -> Option<ReadError> {
    let limit = settings.max_line_bytes;
    let number = text.split(['\n', '\r']).position(|line| line.len() as u64 > limit)?;
    Some(ReadError::LongLine { name: name.to_owned(), line: number as u64 + 1, limit })
}

/// An article taken out of its input, before its text is outlined.
struct Article {
    text: String,
    offsets: RawOffsets,
    /// What the input says of its origin besides the text.
    source: Source,
    warnings: Vec<Warning>,
    layout: Layout,
    /// Lines that are known not to be plain paragraphs, by the offset at which they start.
    forms: Vec<(usize, Form)>,
}

impl Article {
    fn plain(text: String, offsets: RawOffsets, source: Source, warnings: Vec<Warning>) -> Self {
        Self { text, offsets, source, warnings, layout: Layout::Text, forms: Vec::new() }
    }
}

/// Outlines the text, checks its language and makes the document.
fn finish(name: &str, article: Article, settings: &Settings) -> Result<ReadDocument, ReadError> {
    let Article { text, offsets, mut source, mut warnings, layout, forms } = article;
    if text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}').is_empty() {
        return Err(ReadError::Empty { name: name.to_owned() });
    }
    if let Some(error) = long_line(name, &text, settings) {
        return Err(error);
    }
    let outline = outline::outline(&text, source.title.as_deref(), layout, &forms);
    let mut prose = String::new();
    for block in outline.blocks.iter().filter(|block| block.kind == BlockKind::Prose) {
        prose.push_str(block.span.of(&text));
        prose.push('\n');
        if prose.len() >= language::SAMPLE {
            break;
        }
    }
    let foreign = language::foreign_language(if prose.trim().is_empty() { &text } else { &prose });
    source.language = match foreign {
        None => Some("en".to_owned()),
        Some(language) if !settings.any_language => {
            return Err(ReadError::NotEnglish { name: name.to_owned(), language });
        }
        Some(_) => None,
    };
    let found = outline.source;
    if let Some(uri) = source.uri.take_if(|uri| !is_absolute(uri)) {
        warnings.push(Warning::Address { value: uri });
    }
    source.uri = source.uri.or(found.uri.filter(|uri| is_absolute(uri)));
    source.title = source.title.or(found.title);
    source.publisher = source.publisher.or(found.publisher);
    source.published = source.published.or(found.published);
    let document = Document::new(source, text, outline.blocks, outline.residue);
    Ok(ReadDocument { document, offsets, warnings })
}

/// Whether `uri` has a scheme and none of the characters that an IRI cannot hold.
fn is_absolute(uri: &str) -> bool {
    let Some((scheme, rest)) = uri.split_once(':') else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
        && scheme.len() >= 2
        && !rest.is_empty()
        && !uri.chars().any(|c| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c))
}
