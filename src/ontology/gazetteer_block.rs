//! Compiled gazetteer tables as blocks of bytes: read in place, decoded entry by entry.
//!
//! `build.rs` includes this file; it names nothing else of the crate.

use std::borrow::Cow;

/// Kinds of surface form, as stored; the order is the order of preference.
pub const KIND_NAME: u8 = 0;
pub const KIND_ALIAS: u8 = 1;
pub const KIND_DEMONYM: u8 = 2;

/// A value of the index of names: one reading inline, or where a list of several begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameValue {
    /// Of the first reading.
    pub kind: u8,
    pub weak: bool,
    /// Whether `at` is an index into the lists of readings instead of an entry.
    pub several: bool,
    pub at: u32,
}

impl NameValue {
    pub fn pack(self) -> u64 {
        u64::from(self.at) << 4
            | u64::from(self.kind) << 2
            | u64::from(self.weak) << 1
            | u64::from(self.several)
    }

    pub fn unpack(value: u64) -> Self {
        Self {
            kind: (value >> 2 & 3) as u8,
            weak: value >> 1 & 1 == 1,
            several: value & 1 == 1,
            at: (value >> 4) as u32,
        }
    }
}

/// Compiled tables. All numbers in them are little-endian `u32`.
///
/// A record: kind, country + 1 or 0, Wikidata number or 0, length of the id, id, name.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// Index from key to [`NameValue`], an fst.
    pub names: Cow<'static, [u8]>,
    /// Index from id to entry, an fst.
    pub ids: Cow<'static, [u8]>,
    /// Lists of readings: length, then entries.
    pub lists: Cow<'static, [u8]>,
    /// Class and subclass of each kind of entry, one line each.
    pub kinds: Cow<'static, [u8]>,
    /// Where each record begins.
    pub offsets: Cow<'static, [u8]>,
    pub records: Cow<'static, [u8]>,
}

/// One entry, borrowed from the block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record<'b> {
    pub kind: usize,
    pub country: Option<u32>,
    pub wikidata: Option<u32>,
    pub id: &'b str,
    pub name: &'b str,
}

impl Block {
    /// The block as one run of bytes: the lengths of its parts, then the parts.
    #[allow(dead_code, reason = "only build.rs writes blocks")]
    pub fn to_bytes(&self) -> Vec<u8> {
        let parts =
            [&self.names, &self.ids, &self.lists, &self.kinds, &self.offsets, &self.records];
        let mut bytes = Vec::new();
        parts.iter().for_each(|part| put(&mut bytes, part.len() as u32));
        parts.iter().for_each(|part| bytes.extend_from_slice(part));
        bytes
    }

    /// Takes what [`Block::to_bytes`] gave, without copying; `None` when it is damaged.
    pub fn from_static(bytes: &'static [u8]) -> Option<Self> {
        let mut rest = bytes.get(6 * 4..)?;
        let mut at = 0;
        let mut next = || {
            let (part, tail) = rest.split_at_checked(number(bytes, at)? as usize)?;
            (rest, at) = (tail, at + 1);
            Some(Cow::Borrowed(part))
        };
        Some(Self {
            names: next()?,
            ids: next()?,
            lists: next()?,
            kinds: next()?,
            offsets: next()?,
            records: next()?,
        })
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.offsets.len() / 4
    }

    /// Class and subclass (may be empty) of each kind of entry.
    pub fn kinds(&self) -> impl Iterator<Item = (&str, &str)> {
        let text = std::str::from_utf8(&self.kinds).unwrap_or_default();
        text.lines().filter_map(|line| line.split_once('\t'))
    }

    /// The list of readings that begins at `at`, the most likely first.
    pub fn readings(&self, at: u32) -> impl Iterator<Item = u32> {
        let at = at as usize;
        let length = number(&self.lists, at).unwrap_or(0) as usize;
        (at + 1..at + 1 + length).filter_map(|index| number(&self.lists, index))
    }

    pub fn record(&self, entry: u32) -> Option<Record<'_>> {
        let start = number(&self.offsets, entry as usize)? as usize;
        let end = match number(&self.offsets, entry as usize + 1) {
            Some(end) => end as usize,
            None => self.records.len(),
        };
        let record = self.records.get(start..end)?;
        let id_end = 16 + number(record, 3)? as usize;
        Some(Record {
            kind: number(record, 0)? as usize,
            country: number(record, 1)?.checked_sub(1),
            wikidata: number(record, 2).filter(|&item| item > 0),
            id: std::str::from_utf8(record.get(16..id_end)?).ok()?,
            name: std::str::from_utf8(record.get(id_end..)?).ok()?,
        })
    }
}

fn number(bytes: &[u8], index: usize) -> Option<u32> {
    let bytes = bytes.get(index * 4..index * 4 + 4)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

/// Appends a number.
pub fn put(bytes: &mut Vec<u8>, value: u32) {
    bytes.extend_from_slice(&value.to_le_bytes());
}
