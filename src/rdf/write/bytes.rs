//! A buffer before the output, and the escapes that N-Triples and Turtle share.

use std::io::{self, Write};

const CHUNK: usize = 1 << 16;

/// Collects bytes and hands them on in chunks. After the first failure it takes no more, so
/// that callbacks need not return errors; [`Buffer::finish`] returns the failure.
pub struct Buffer<'w> {
    bytes: Vec<u8>,
    out: &'w mut dyn Write,
    failure: Option<io::Error>,
}

impl<'w> Buffer<'w> {
    pub fn new(out: &'w mut dyn Write) -> Self {
        Self { bytes: Vec::with_capacity(2 * CHUNK), out, failure: None }
    }

    #[inline]
    pub fn push(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// Hands the bytes on when there are enough; called between statements.
    #[inline]
    pub fn flush_full(&mut self) {
        if self.bytes.len() >= CHUNK {
            self.flush();
        }
    }

    pub fn failed(&self) -> bool {
        self.failure.is_some()
    }

    fn flush(&mut self) {
        if self.failure.is_none() {
            self.failure = self.out.write_all(&self.bytes).err();
        }
        self.bytes.clear();
    }

    pub fn finish(mut self) -> io::Result<()> {
        self.flush();
        self.failure.map_or(Ok(()), Err)
    }

    /// A string between double quotes on one line.
    pub fn push_quoted(&mut self, text: &str) {
        self.bytes.push(b'"');
        self.push_escaped(text, is_special);
        self.bytes.push(b'"');
    }

    /// A string between three double quotes, its line breaks as they are.
    pub fn push_long_quoted(&mut self, text: &str) {
        self.push("\"\"\"");
        self.push_escaped(text, |byte| is_special(byte) && byte != b'\n');
        self.push("\"\"\"");
    }

    fn push_escaped(&mut self, text: &str, special: impl Fn(u8) -> bool) {
        let bytes = text.as_bytes();
        let mut done = 0;
        for (at, &byte) in bytes.iter().enumerate() {
            if !special(byte) {
                continue;
            }
            self.bytes.extend_from_slice(&bytes[done..at]);
            done = at + 1;
            match byte {
                b'"' => self.push("\\\""),
                b'\\' => self.push("\\\\"),
                b'\n' => self.push("\\n"),
                b'\r' => self.push("\\r"),
                b'\t' => self.push("\\t"),
                _ => self.push(&format!("\\u{byte:04X}")),
            }
        }
        self.bytes.extend_from_slice(&bytes[done..]);
    }
}

/// What must or, as control characters, should be escaped in a string.
#[inline]
fn is_special(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\' || byte == 0x7F
}
