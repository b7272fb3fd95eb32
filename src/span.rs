//! Half-open ranges of text offsets, in bytes inside the program and in code points outside.

/// A half-open range `start..end` of UTF-8 byte offsets into a document's text, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ByteSpan {
    pub start: u32,
    /// Excluded.
    pub end: u32,
}

impl ByteSpan {
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end && end <= u32::MAX as usize);
        Self { start: start as u32, end: end as u32 }
    }

    /// The text under the span; empty when the span does not lie in `text` on character
    /// boundaries.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }

    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    pub fn contains(self, other: ByteSpan) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    pub fn overlaps(self, other: ByteSpan) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn to(self, other: ByteSpan) -> ByteSpan {
        ByteSpan { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A half-open range `start..end` of Unicode code points of a document's text, from 0.
///
/// Everything in the graph counts code points, as NIF 2.1 and the Web Annotation data model
/// do, so that a graph whose texts were left out can still be read, merged and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct CharSpan {
    pub start: u32,
    /// Excluded.
    pub end: u32,
}

impl CharSpan {
    /// The text under the span, or `None` when the span does not lie in `text`.
    /// Linear in `end`.
    pub fn of(self, text: &str) -> Option<&str> {
        if self.start > self.end {
            return None;
        }
        let mut boundaries =
            text.char_indices().map(|(at, _)| at).chain(std::iter::once(text.len()));
        let start = boundaries.nth(self.start as usize)?;
        let length = (self.end - self.start) as usize;
        let end = if length == 0 { start } else { boundaries.nth(length - 1)? };
        text.get(start..end)
    }
}

/// Converts byte offsets of one text to code points: the one place where this happens.
///
/// Keeps the count at every 256th byte, so a conversion is a look-up and a short scan.
pub struct CodePoints<'t> {
    text: &'t str,
    counts: Vec<u32>,
}

const STRIDE: usize = 256;

impl<'t> CodePoints<'t> {
    pub fn new(text: &'t str) -> Self {
        let mut counts = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut seen = 0u32;
        for chunk in text.as_bytes().chunks(STRIDE) {
            counts.push(seen);
            seen += count_starts(chunk);
        }
        counts.push(seen);
        Self { text, counts }
    }

    pub fn offset(&self, byte: u32) -> u32 {
        let byte = (byte as usize).min(self.text.len());
        let block = byte / STRIDE;
        self.counts[block] + count_starts(&self.text.as_bytes()[block * STRIDE..byte])
    }

    pub fn span(&self, span: ByteSpan) -> CharSpan {
        CharSpan { start: self.offset(span.start), end: self.offset(span.end) }
    }
}

/// Counts the bytes that begin a code point.
fn count_starts(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_code_points() {
        let text = format!("{}é→😀x", "ä".repeat(300));
        let points = CodePoints::new(&text);
        for (count, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(points.offset(at as u32), count as u32);
        }
        let last = ByteSpan::new(text.len() - 1, text.len());
        assert_eq!(points.span(last), CharSpan { start: 303, end: 304 });
        assert_eq!(points.span(last).of(&text), Some("x"));
        assert_eq!(CharSpan { start: 303, end: 305 }.of(&text), None);
    }
}
