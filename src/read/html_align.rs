//! Finds the text of an article in its page again, so that each character has a place there.

use super::html_scan::{Piece, characters};
use super::offsets::RawOffsets;

/// How far ahead a single word is looked for, in bytes without white space.
const WORD_WINDOW: usize = 4_000;

/// The page's text without any white space, and where it stands in the page.
struct Page {
    compact: String,
    offsets: RawOffsets,
}

/// The map from `text` to `html`, and how many bytes of the text were not found.
///
/// White space is worth nothing in HTML, so both are compared without it: line by line from
/// where the last one ended, then from the start, then word by word, which is how a line is
/// found that had a part of it taken out.
pub(super) fn align(text: &str, html: &str, found: &[Piece]) -> (RawOffsets, usize) {
    let page = compact(html, found);
    let mut places: Vec<Option<usize>> = Vec::new();
    let mut cursor = 0;
    for line in text.split('\n') {
        place_line(line, &page.compact, &mut cursor, &mut places);
    }
    offsets(text, html, &page, &places)
}

fn compact(html: &str, found: &[Piece]) -> Page {
    let mut page = Page { compact: String::new(), offsets: RawOffsets::default() };
    for piece in found {
        let Piece::Text(range) = piece else { continue };
        for (character, place) in characters(html, range.clone()) {
            if !character.is_whitespace() {
                page.compact.push(character);
                page.offsets.push(character.len_utf8(), place.start as u64, place.len());
            }
        }
    }
    page
}

/// Appends where each visible character of `line` stands in `compact`.
fn place_line(line: &str, compact: &str, cursor: &mut usize, places: &mut Vec<Option<usize>>) {
    let needle: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    if needle.is_empty() {
        return;
    }
    let whole =
        compact[*cursor..].find(&needle).map(|at| *cursor + at).or_else(|| compact.find(&needle));
    if let Some(at) = whole {
        places.extend(needle.char_indices().map(|(inner, _)| Some(at + inner)));
        *cursor = at + needle.len();
        return;
    }
    for word in line.split_whitespace() {
        let mut end = (*cursor + WORD_WINDOW).min(compact.len());
        while !compact.is_char_boundary(end) {
            end -= 1;
        }
        match compact[*cursor..end].find(word) {
            Some(at) => {
                let at = *cursor + at;
                places.extend(word.char_indices().map(|(inner, _)| Some(at + inner)));
                *cursor = at + word.len();
            }
            None => places.extend(word.chars().map(|_| None)),
        }
    }
}

fn offsets(text: &str, html: &str, page: &Page, places: &[Option<usize>]) -> (RawOffsets, usize) {
    let mut offsets = RawOffsets::default();
    let mut unaligned = 0;
    let mut places = places.iter();
    // Where the last character that was found ends in the page.
    let mut end = 0u64;
    let mut near = 0;
    for character in text.chars() {
        let length = character.len_utf8();
        if character.is_whitespace() {
            // White space is that of the page where some stands at this place.
            let there = html[end as usize..].chars().next().filter(|c| c.is_whitespace());
            let raw_len = there.map_or(0, char::len_utf8);
            offsets.push(length, end, raw_len);
            end += raw_len as u64;
            continue;
        }
        match places.next().copied().flatten() {
            Some(at) => {
                let start = page.offsets.place(at as u32, &mut near).start;
                let stop = page.offsets.place((at + length - 1) as u32, &mut near).end;
                offsets.push(length, start, stop.saturating_sub(start) as usize);
                end = stop;
            }
            None => {
                unaligned += length;
                offsets.push(length, end, 0);
            }
        }
    }
    (offsets, unaligned)
}
