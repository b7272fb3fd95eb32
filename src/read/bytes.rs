//! Bytes of an input: read up to a limit, decompressed where they are gzip data.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

use super::error::ReadError;

const GZIP: [u8; 2] = [0x1F, 0x8B];

/// A stream that is decompressed when it begins as gzip data does, whatever its name.
pub(super) struct Stream<'r> {
    reader: Box<dyn BufRead + Send + 'r>,
    compressed: bool,
}

impl<'r> Stream<'r> {
    pub fn new(name: &str, mut reader: impl Read + Send + 'r) -> Result<Self, ReadError> {
        // What was looked at is chained before the rest, as a pipe may give single bytes.
        let mut first = Vec::new();
        reader
            .by_ref()
            .take(2)
            .read_to_end(&mut first)
            .map_err(|source| unreadable(name, source))?;
        let compressed = first == GZIP;
        let whole = BufReader::with_capacity(1 << 16, io::Cursor::new(first).chain(reader));
        let reader: Box<dyn BufRead + Send + 'r> = match compressed {
            true => Box::new(BufReader::with_capacity(1 << 16, MultiGzDecoder::new(whole))),
            false => Box::new(whole),
        };
        Ok(Stream { reader, compressed })
    }

    pub fn open(name: &str, path: &Path) -> Result<Self, ReadError> {
        let file = File::open(path).map_err(|source| unreadable(name, source))?;
        Stream::new(name, file)
    }

    /// The stream with `first`, which was taken from it, put back.
    pub fn preceded_by(self, first: Vec<u8>) -> Self {
        let reader = Box::new(io::Cursor::new(first).chain(self.reader));
        Stream { reader, compressed: self.compressed }
    }

    pub fn is_gzip(&self) -> bool {
        self.compressed
    }

    pub fn reader(&mut self) -> &mut dyn BufRead {
        &mut *self.reader
    }

    /// Everything, or an error once there are more than `limit` bytes.
    pub fn read_all(&mut self, name: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        let compressed = self.is_gzip();
        let mut bytes = Vec::new();
        self.reader()
            .take(limit.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|source| failed(name, compressed, source))?;
        if bytes.len() as u64 > limit {
            return Err(ReadError::TooLarge { name: name.to_owned(), limit, compressed });
        }
        Ok(bytes)
    }

    /// Up to `limit` bytes from the start, for recognising what the input is.
    pub fn peek(&mut self, name: &str, limit: usize) -> Result<Vec<u8>, ReadError> {
        let compressed = self.is_gzip();
        let mut bytes = Vec::new();
        self.reader()
            .take(limit as u64)
            .read_to_end(&mut bytes)
            .map_err(|source| failed(name, compressed, source))?;
        Ok(bytes)
    }
}

/// What a failed read of a stream means.
pub(super) fn failed(name: &str, compressed: bool, source: io::Error) -> ReadError {
    match compressed {
        true => ReadError::Gzip { name: name.to_owned(), source },
        false => unreadable(name, source),
    }
}

pub(super) fn unreadable(name: &str, source: io::Error) -> ReadError {
    match source.kind() {
        io::ErrorKind::NotFound => ReadError::Missing { name: name.to_owned() },
        _ => ReadError::Unreadable { name: name.to_owned(), source },
    }
}
