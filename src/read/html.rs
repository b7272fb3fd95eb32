//! Articles in HTML: the text of the article within its page, what the page says of its
//! origin, and where in the page each character of the text stands.

use dom_smoothie::{Config, Readability, TextMode};
use encoding_rs::Encoding;

use super::decode::Decoded;
use super::error::{ReadError, Warning};
use super::html_align::align;
use super::html_meta::{Meta, meta};
use super::html_scan::{Piece, characters, pieces};
use super::lines::{host_of, lines};
use super::offsets::RawOffsets;
use super::paragraphs::{Form, Layout};
use super::{Article, dates};
use crate::document::Source;
use crate::span::ByteSpan;

/// More elements than any article's page has; the tree that is built of them would take long.
const MAX_ELEMENTS: usize = 200_000;

/// Deeper nesting than any article's page has; trees that deep exhaust the stack.
const MAX_DEPTH: usize = 1_000;

/// The encoding that a page names in its first kilobyte, where it is one that pages may name.
pub(super) fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes[..bytes.len().min(1024)].to_ascii_lowercase();
    let start = String::from_utf8_lossy(&start).into_owned();
    let (_, after) = start.split_once("charset=")?;
    let label = after.trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c)))?;
    Encoding::for_label(&label.as_bytes()[..end]).filter(|encoding| encoding.is_ascii_compatible())
}

/// Takes the article out of its page.
pub(super) fn article(name: &str, decoded: Decoded) -> Result<Article, ReadError> {
    let Decoded { text: html, offsets, mut warnings } = decoded;
    let found = pieces(&html);
    let meta = meta(&html, &found);
    let (text, title) = article_text(name, &html, &found)?;
    let (inner, unaligned) = align(&text, &html, &found);
    if unaligned > 0 {
        warnings.push(Warning::Unaligned { bytes: unaligned });
    }
    let forms = forms(&text, &inner, &found);
    let offsets: RawOffsets = inner.through(&offsets);
    let Meta { title: own_title, uri, publisher, published } = meta;
    let mut source = Source {
        title: own_title.or(title),
        publisher: publisher.or_else(|| uri.as_deref().and_then(host_of)),
        uri,
        ..Source::default()
    };
    if let Some(value) = published {
        source.published = dates::published(&value);
        if source.published.is_none() {
            warnings.push(Warning::Date { value });
        }
    }
    Ok(Article { text, offsets, source, warnings, layout: Layout::Lines, forms })
}

/// The lines of `text` that the page marks as headings, items of lists or captions, by the
/// offset at which they start.
fn forms(text: &str, offsets: &RawOffsets, found: &[Piece]) -> Vec<(usize, Form)> {
    let mut marked: Vec<(std::ops::Range<u64>, Form)> = Vec::new();
    let mut open: Option<(&str, Form, Option<u64>)> = None;
    for piece in found {
        match piece {
            Piece::Open { name, .. } => {
                if let Some(form) = form_of(name) {
                    open = Some((name, form, None));
                }
            }
            Piece::Text(range) => {
                if let Some((_, form, start)) = &mut open {
                    let start = *start.get_or_insert(range.start as u64);
                    let form = *form;
                    match marked.last_mut() {
                        Some((last, _)) if last.start == start => last.end = range.end as u64,
                        _ => marked.push((start..range.end as u64, form)),
                    }
                }
            }
            Piece::Close { name } if open.is_some_and(|(opened, ..)| opened == name) => open = None,
            Piece::Close { .. } | Piece::Code { .. } => {}
        }
    }
    let mut forms = Vec::new();
    for line in lines(text) {
        let content = line.of(text);
        let visible = content.trim();
        if visible.is_empty() {
            continue;
        }
        let start = line.start + (content.len() - content.trim_start().len());
        let place = offsets.raw_span(ByteSpan::new(start, start + visible.len()));
        let index = marked.partition_point(|(range, _)| range.end <= place.start);
        if let Some((range, form)) = marked.get(index)
            && range.start <= place.start
            && place.end <= range.end
        {
            forms.push((line.start, *form));
        }
    }
    forms
}

fn form_of(name: &str) -> Option<Form> {
    Some(match name {
        "h1" => Form::Heading(1),
        "h2" | "h3" => Form::Heading(2),
        "h4" | "h5" | "h6" => Form::Heading(4),
        "li" => Form::Item,
        "figcaption" => Form::Apart,
        _ => return None,
    })
}

/// The article's text, a paragraph a line, and the title of the page.
fn article_text(
    name: &str,
    html: &str,
    found: &[Piece],
) -> Result<(String, Option<String>), ReadError> {
    let no_text = || ReadError::NoArticleText { name: name.to_owned() };
    let extracted = is_tame(found).then(|| {
        let config = Config {
            text_mode: TextMode::Formatted,
            max_elements_to_parse: MAX_ELEMENTS,
            disable_json_ld: true,
            ..Config::default()
        };
        let mut page = Readability::new(html, None, Some(config)).ok()?;
        let article = page.parse().ok()?;
        let text = article.text_content.trim().to_owned();
        let title = Some(article.title.trim().to_owned()).filter(|title| !title.is_empty());
        (!text.is_empty()).then_some((text, title))
    });
    if let Some(article) = extracted.flatten() {
        return Ok(article);
    }
    // Pages that are nothing but paragraphs are too short for the extraction.
    let text = all_text(html, found);
    match text.is_empty() {
        true => Err(no_text()),
        false => Ok((text, None)),
    }
}

/// Whether a tree of the page can be built in reasonable time and depth.
fn is_tame(found: &[Piece]) -> bool {
    const VOID: &[&str] = &[
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr",
    ];
    let (mut depth, mut deepest, mut elements) = (0usize, 0usize, 0usize);
    for piece in found {
        match piece {
            Piece::Open { name, .. } if !VOID.contains(&name.as_str()) => {
                elements += 1;
                depth += 1;
                deepest = deepest.max(depth);
            }
            // An end tag may close several elements, or none: paragraphs and items that are
            // never closed are closed by the next one.
            Piece::Close { .. } => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    let unclosed = found.iter().filter(|piece| {
        matches!(piece, Piece::Open { name, .. } if matches!(name.as_str(), "p" | "li" | "td" | "tr" | "dt" | "dd" | "option"))
    });
    elements < MAX_ELEMENTS && deepest < MAX_DEPTH + unclosed.count()
}

/// All text outside of the head, navigation and forms, a line for each block.
fn all_text(html: &str, found: &[Piece]) -> String {
    const SKIPPED: &[&str] = &[
        "head",
        "title",
        "nav",
        "footer",
        "aside",
        "form",
        "button",
        "select",
        "figcaption",
        "textarea",
    ];
    const INLINE: &[&str] = &[
        "a", "abbr", "b", "cite", "code", "em", "font", "i", "img", "mark", "q", "s", "small",
        "span", "strong", "sub", "sup", "time", "u", "wbr",
    ];
    let mut text = String::new();
    let mut skipping: Option<(&str, usize)> = None;
    for piece in found {
        match (piece, &mut skipping) {
            (Piece::Open { name, .. }, Some((skipped, depth))) if name == skipped => *depth += 1,
            (Piece::Close { name }, Some((skipped, depth))) if name == skipped => {
                *depth -= 1;
                if *depth == 0 {
                    skipping = None;
                }
            }
            (_, Some(_)) => {}
            (Piece::Open { name, .. }, None) if SKIPPED.contains(&name.as_str()) => {
                skipping = Some((name, 1));
            }
            (Piece::Open { name, .. } | Piece::Close { name }, None) => {
                if !INLINE.contains(&name.as_str()) {
                    end_line(&mut text);
                }
            }
            (Piece::Text(range), None) => {
                for (character, _) in characters(html, range.clone()) {
                    let space = character.is_whitespace();
                    if space && !text.is_empty() && !text.ends_with([' ', '\n']) {
                        text.push(' ');
                    } else if !space {
                        text.push(character);
                    }
                }
            }
            (Piece::Code { .. }, None) => {}
        }
    }
    text.trim().to_owned()
}

fn end_line(text: &mut String) {
    text.truncate(text.trim_end_matches(' ').len());
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}
