//! A long JSONL stream in parts of a few megabytes, so that it is never held whole and its
//! parts can be read in parallel.

use std::io::{BufRead, Read};

use super::Place;
use super::bytes::{Stream, failed};
use super::error::ReadError;

/// A part ends with the line in which it reaches this many bytes.
const BATCH: usize = 4 << 20;

/// Whole lines of a JSONL stream and where they stand in it.
pub(super) struct Batch {
    pub bytes: Vec<u8>,
    pub place: Place,
}

pub(super) struct Batches<'r> {
    name: String,
    stream: Stream<'r>,
    max_line: u64,
    next: Place,
    /// An error that was met after lines that are to be given first.
    pending: Option<ReadError>,
    done: bool,
    any: bool,
}

impl<'r> Batches<'r> {
    /// Whether a stream that begins with `first` is parted by single line feeds: UTF-16 is not.
    pub fn can_split(first: &[u8]) -> bool {
        !first.contains(&0) && !matches!(first, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..])
    }

    pub fn new(name: String, stream: Stream<'r>, max_line: u64) -> Self {
        let next = Place::default();
        Self { name, stream, max_line, next, pending: None, done: false, any: false }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// Reads lines until the part is full. A line over the limit is dropped and reported.
    fn fill(&mut self) -> Option<Batch> {
        let compressed = self.stream.is_gzip();
        let place = self.next;
        let mut bytes = Vec::new();
        while bytes.len() < BATCH {
            let before = bytes.len();
            let reader = self.stream.reader();
            let taken = reader.take(self.max_line + 1).read_until(b'\n', &mut bytes);
            let length = bytes.len() - before;
            match taken {
                Ok(0) => {
                    self.done = true;
                    break;
                }
                Ok(_) if length as u64 > self.max_line => {
                    let (name, limit) = (self.name.clone(), self.max_line);
                    let whole = bytes.last() == Some(&b'\n');
                    bytes.truncate(before);
                    let rest = match whole {
                        true => Ok(0),
                        false => skip_line(self.stream.reader()),
                    };
                    self.pending = Some(ReadError::LongLine {
                        name: name.clone(),
                        line: self.next.line,
                        limit,
                    });
                    match rest {
                        Ok(rest) => self.next.offset += length as u64 + rest,
                        Err(_) => self.done = true,
                    }
                    self.next.line += 1;
                    break;
                }
                Ok(_) => {
                    self.next.offset += length as u64;
                    self.next.line += 1;
                }
                Err(source) => {
                    bytes.truncate(before);
                    self.pending = Some(failed(&self.name, compressed, source));
                    self.done = true;
                    break;
                }
            }
        }
        (!bytes.is_empty()).then_some(Batch { bytes, place })
    }
}

impl Iterator for Batches<'_> {
    type Item = Result<Batch, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(error) = self.pending.take() {
                self.any = true;
                return Some(Err(error));
            }
            if self.done {
                let empty = !std::mem::replace(&mut self.any, true);
                return empty.then(|| Err(ReadError::Empty { name: self.name.clone() }));
            }
            if let Some(batch) = self.fill() {
                let blank = batch.bytes.iter().all(u8::is_ascii_whitespace);
                if !blank {
                    self.any = true;
                    return Some(Ok(batch));
                }
            }
        }
    }
}

/// Passes over the rest of a line; how many bytes that was.
fn skip_line(reader: &mut dyn BufRead) -> std::io::Result<u64> {
    let mut skipped = 0;
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Ok(skipped);
        }
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let used = end.map_or(buffer.len(), |end| end + 1);
        reader.consume(used);
        skipped += used as u64;
        if end.is_some() {
            return Ok(skipped);
        }
    }
}
