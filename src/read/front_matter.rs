//! The YAML head of a Markdown file: plain `key: value` lines between two "---".

use super::dates;
use super::lines::Line;
use crate::document::Source;

/// The head, as byte offsets into the text, and what it says of the article's origin.
pub(super) struct FrontMatter {
    pub start: usize,
    /// Excluded.
    pub end: usize,
    /// How many lines it takes.
    pub lines: usize,
    pub source: Source,
}

/// Reads the head, when the first line is "---" and a later one closes it.
pub(super) fn front_matter(text: &str, lines: &[Line]) -> Option<FrontMatter> {
    let (first, others) = lines.split_first()?;
    if first.of(text).trim() != "---" {
        return None;
    }
    let close = others
        .iter()
        .take(200)
        .position(|line| matches!(line.of(text).trim_end(), "---" | "..."))?;
    let fields = &others[..close];
    if !fields.iter().any(|line| line.of(text).contains(':')) {
        return None;
    }
    let mut source = Source::default();
    for line in fields {
        let Some((key, value)) = line.of(text).split_once(':') else { continue };
        let value = value.trim().trim_matches(['"', '\'']).trim();
        if value.is_empty() {
            continue;
        }
        let field = match key.trim().to_lowercase().as_str() {
            "title" | "headline" => &mut source.title,
            "url" | "uri" | "link" | "canonical" | "canonical_url" | "source_url" => {
                &mut source.uri
            }
            "publisher" | "source" | "site" | "site_name" => &mut source.publisher,
            "date" | "published" | "publish_date" | "pubdate" => {
                source.published = source.published.take().or_else(|| dates::published(value));
                continue;
            }
            _ => continue,
        };
        field.get_or_insert_with(|| value.to_owned());
    }
    // "source:" may hold the address.
    if source.uri.is_none() && source.publisher.as_ref().is_some_and(|name| name.contains("://")) {
        source.uri = source.publisher.take();
    }
    let end = others[close].end;
    Some(FrontMatter { start: first.start, end, lines: close + 2, source })
}
