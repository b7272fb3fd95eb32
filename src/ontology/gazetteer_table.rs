//! The compiled form of the gazetteer: from tab-separated tables to one block of bytes.
//!
//! `build.rs` includes this very file, so that the built-in tables are compiled when the
//! program is built and a folder given at run time is compiled by the same code. It therefore
//! names nothing else of the crate.
//!
//! # The tables
//! One entry per line, eight columns separated by tabs, `#` begins a comment line:
//! `id  class  subclass  name  aliases  demonyms  country  wikidata`.
//! - `id`: `kind/slug` in lower-case ASCII (`country/us`), unique over all tables.
//! - `class`: a top class; `subclass`: a local name of the ontology, or empty.
//! - `aliases`, `demonyms`: separated by `|`; a demonym is an adjective or an inhabitant.
//! - `country`: the id of a country entry, or empty. `wikidata`: `Q30`, or empty.
//!
//! A name, alias or demonym may carry a mark: `!Washington` is its first reading wherever several
//! entries share the name, `?Reading` is also an ordinary word or a person's name and should
//! be believed only where the context supports it. A line `#rank N` ranks the whole table
//! among readings without marks; smaller comes first, 50 without it. A line `#capitals` lets
//! the names of the table be found in capitals too ("BAGHDAD", as datelines have it), if they
//! have four letters or more and no mark.
//!
//! # Keys
//! A surface form becomes a key by [`push_word`]: accents folded, apostrophes and dashes made
//! plain, one space between words but none beside punctuation. However a tokenizer cuts
//! "St. Petersburg" or "AT&T", the words give the same key. Case counts.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// A fault in a table.
#[derive(Debug)]
pub struct TableError {
    pub file: String,
    /// From 1.
    pub line: usize,
    pub message: String,
}

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
    lists: Cow<'static, [u8]>,
    /// Class and subclass of each kind of entry, one line each.
    kinds: Cow<'static, [u8]>,
    /// Where each record begins.
    offsets: Cow<'static, [u8]>,
    records: Cow<'static, [u8]>,
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

/// Whether a key has a space between a byte that ends a word and one that begins the next:
/// where letters or digits meet. Bytes above ASCII belong to letters.
pub fn parts_words(last: Option<u8>, first: u8) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
    last.is_some_and(letter) && letter(first)
}

/// Appends one word to a key, folded, after a space where [`parts_words`].
pub fn push_word(key: &mut String, word: &str) {
    let start = key.len();
    if word.is_ascii() {
        key.push_str(word);
    } else {
        word.chars().for_each(|c| push_folded(key, c));
    }
    let last = key[..start].bytes().next_back();
    if key[start..].bytes().next().is_some_and(|first| parts_words(last, first)) {
        key.insert(start, ' ');
    }
}

/// Letters without accents; typographic apostrophes and dashes as on a keyboard.
fn push_folded(key: &mut String, c: char) {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{02BC}' | '\u{02BB}' | '\u{2032}' | '`' => key.push('\''),
        '\u{2010}'..='\u{2015}' => key.push('-'),
        '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{FEFF}' => {}
        'ø' => key.push('o'),
        'Ø' => key.push('O'),
        'ł' => key.push('l'),
        'Ł' => key.push('L'),
        'đ' => key.push('d'),
        'Đ' => key.push('D'),
        'ı' => key.push('i'),
        'ß' => key.push_str("ss"),
        'æ' => key.push_str("ae"),
        'Æ' => key.push_str("Ae"),
        'ə' => key.push('a'),
        _ if c.is_ascii() => key.push(c),
        _ => decompose_canonical(c, |part| {
            if !is_combining_mark(part) {
                key.push(part);
            }
        }),
    }
}

/// The key of a whole surface form.
pub fn key_of(surface: &str) -> String {
    let mut key = String::with_capacity(surface.len());
    surface.split_whitespace().for_each(|word| push_word(&mut key, word));
    key
}

/// One line of a table.
struct Line<'t> {
    file: &'t str,
    number: usize,
    rank: u32,
    capitals: bool,
    kind: u32,
    id: &'t str,
    name: &'t str,
    aliases: &'t str,
    demonyms: &'t str,
    country: &'t str,
    wikidata: u32,
}

impl Line<'_> {
    fn fault(&self, message: String) -> TableError {
        TableError { file: self.file.to_owned(), line: self.number, message }
    }
}

/// One reading of a name, ordered by preference.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Reading {
    mark: Mark,
    demonym: bool,
    rank: u32,
    kind: u8,
    entry: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    First,
    Plain,
    Weak,
}

/// Compiles tables, given as (file name, text) in order, into a block. `check` says what is
/// wrong with a class and subclass, if anything.
pub fn compile<'f>(
    files: impl IntoIterator<Item = (&'f str, &'f str)>,
    check: impl Fn(&str, &str) -> Result<(), String>,
) -> Result<Block, TableError> {
    let mut lines: Vec<Line<'f>> = Vec::new();
    let mut kinds: Vec<(&str, &str)> = Vec::new();
    for (file, text) in files {
        if file.ends_with(".tsv") {
            read_table(file, text, &check, &mut kinds, &mut lines)?;
        }
    }
    let mut by_id: HashMap<&str, u32> = HashMap::with_capacity(lines.len());
    for (entry, line) in lines.iter().enumerate() {
        if let Some(first) = by_id.insert(line.id, entry as u32) {
            let first = &lines[first as usize];
            return Err(line.fault(format!(
                "the id {:?} is already that of {}:{}",
                line.id, first.file, first.number
            )));
        }
    }
    let mut names: BTreeMap<String, Vec<Reading>> = BTreeMap::new();
    let (mut offsets, mut records) = (Vec::new(), Vec::new());
    for (entry, line) in lines.iter().enumerate() {
        add_names(line, entry as u32, &mut names)?;
        let country = match line.country {
            "" => 0,
            id => {
                1 + *by_id.get(id).ok_or_else(|| {
                    line.fault(format!("no table has an entry with the country's id {id:?}"))
                })?
            }
        };
        put(&mut offsets, records.len() as u32);
        for value in [line.kind, country, line.wikidata, line.id.len() as u32] {
            put(&mut records, value);
        }
        records.extend_from_slice(line.id.as_bytes());
        records.extend_from_slice(split_mark(line.name).1.as_bytes());
    }
    let (names, lists) = index_names(names);
    let ids: BTreeMap<&str, u32> = by_id.into_iter().collect();
    let ids = map_bytes(ids.into_iter().map(|(id, entry)| (id, u64::from(entry))));
    let kinds: String =
        kinds.iter().map(|(class, subclass)| format!("{class}\t{subclass}\n")).collect();
    Ok(Block {
        names: names.into(),
        ids: ids.into(),
        lists: lists.into(),
        kinds: kinds.into_bytes().into(),
        offsets: offsets.into(),
        records: records.into(),
    })
}

fn put(bytes: &mut Vec<u8>, value: u32) {
    bytes.extend_from_slice(&value.to_le_bytes());
}

/// An fst of keys that come sorted and once each.
fn map_bytes<K: AsRef<[u8]>>(pairs: impl Iterator<Item = (K, u64)>) -> Vec<u8> {
    let mut builder = fst::MapBuilder::memory();
    builder.extend_iter(pairs).expect("keys of a BTreeMap come sorted and once each");
    builder.into_inner().expect("writing to memory does not fail")
}

fn read_table<'t>(
    file: &'t str,
    text: &'t str,
    check: &impl Fn(&str, &str) -> Result<(), String>,
    kinds: &mut Vec<(&'t str, &'t str)>,
    lines: &mut Vec<Line<'t>>,
) -> Result<(), TableError> {
    let (mut rank, mut capitals) = (50, false);
    for (at, text) in text.lines().enumerate() {
        let fault = |message: String| TableError { file: file.to_owned(), line: at + 1, message };
        if let Some(value) = text.strip_prefix("#rank ") {
            rank = value.trim().parse().map_err(|_| {
                fault(format!("\"#rank\" is followed by a whole number, not by {value:?}"))
            })?;
        }
        capitals |= text.trim_end() == "#capitals";
        if text.trim().is_empty() || text.starts_with('#') {
            continue;
        }
        let columns: Vec<&str> = text.split('\t').collect();
        let [id, class, subclass, name, aliases, demonyms, country, wikidata] = columns[..] else {
            return Err(fault(format!(
                "{} columns where 8 are expected: id, class, subclass, name, aliases, demonyms, \
                 country, wikidata, separated by tabs",
                columns.len()
            )));
        };
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-./".contains(c);
        let slash = id.find('/').is_some_and(|at| at > 0 && at + 1 < id.len());
        if !slash || !id.chars().all(plain) {
            return Err(fault(format!(
                "the id {id:?} is not of the form \"country/us\", in lower-case ASCII"
            )));
        }
        let kind = match kinds.iter().position(|known| *known == (class, subclass)) {
            Some(kind) => kind,
            None => {
                check(class, subclass).map_err(fault)?;
                kinds.push((class, subclass));
                kinds.len() - 1
            }
        };
        let wikidata = match wikidata {
            "" => 0,
            item => item
                .strip_prefix('Q')
                .filter(|digits| !digits.starts_with('0'))
                .and_then(|digits| digits.parse().ok())
                .ok_or_else(|| fault(format!("{item:?} is no Wikidata item such as \"Q30\"")))?,
        };
        lines.push(Line {
            file,
            number: at + 1,
            rank,
            capitals,
            kind: kind as u32,
            id,
            name,
            aliases,
            demonyms,
            country,
            wikidata,
        });
    }
    Ok(())
}

fn split_mark(surface: &str) -> (Mark, &str) {
    match surface.as_bytes().first() {
        Some(b'!') => (Mark::First, &surface[1..]),
        Some(b'?') => (Mark::Weak, &surface[1..]),
        _ => (Mark::Plain, surface),
    }
}

fn check_surface(line: &Line<'_>, surface: &str) -> Result<(), TableError> {
    let odd =
        |c: char| !(c.is_alphanumeric() || is_combining_mark(c) || " .,'-–&/+!()’".contains(c));
    if surface.is_empty() {
        return Err(line.fault("an empty name; separate names with one \"|\"".to_owned()));
    }
    if let Some(c) = surface.chars().find(|&c| odd(c)) {
        return Err(line.fault(format!("the name {surface:?} has the odd character {c:?}")));
    }
    if surface != surface.split_whitespace().collect::<Vec<_>>().join(" ") {
        return Err(line.fault(format!("the name {surface:?} has a space too many")));
    }
    Ok(())
}

fn add_names<'t>(
    line: &Line<'t>,
    entry: u32,
    names: &mut BTreeMap<String, Vec<Reading>>,
) -> Result<(), TableError> {
    let listed = |list: &'t str| list.split('|').filter(move |_| !list.is_empty());
    let all = std::iter::once((line.name, KIND_NAME))
        .chain(listed(line.aliases).map(|alias| (alias, KIND_ALIAS)))
        .chain(listed(line.demonyms).map(|demonym| (demonym, KIND_DEMONYM)));
    for (marked, kind) in all {
        let (mark, surface) = split_mark(marked);
        check_surface(line, surface)?;
        let demonym = kind == KIND_DEMONYM;
        let reading = Reading { mark, demonym, rank: line.rank, kind, entry };
        let in_capitals = line.capitals && mark == Mark::Plain && surface.chars().count() >= 4;
        let capitals = in_capitals.then(|| surface.to_uppercase().into());
        for spelling in spellings(surface).into_iter().chain(capitals) {
            let readings = names.entry(key_of(&spelling)).or_default();
            match readings.iter_mut().find(|known| known.entry == entry) {
                Some(known) => *known = reading.min(*known),
                None => readings.push(reading),
            }
        }
    }
    Ok(())
}

/// A name and how else the Arabic article at its beginning is written: "Al-Nusra",
/// "al-Nusra", "Al Nusra", "al Nusra".
fn spellings(surface: &str) -> Vec<Cow<'_, str>> {
    let mut all = vec![Cow::Borrowed(surface)];
    for (upper, lower) in [("Al", "al"), ("El", "el"), ("Ash", "ash"), ("As", "as")] {
        let rest = [upper, lower].iter().find_map(|article| {
            surface.strip_prefix(article).and_then(|rest| rest.strip_prefix('-'))
        });
        if let Some(rest) = rest {
            all.push(Cow::Owned(format!("{upper}-{rest}")));
            all.push(Cow::Owned(format!("{lower}-{rest}")));
            if upper == "Al" {
                all.push(Cow::Owned(format!("{upper} {rest}")));
                all.push(Cow::Owned(format!("{lower} {rest}")));
            }
        }
    }
    all
}

/// The index of names and the lists it points to.
fn index_names(names: BTreeMap<String, Vec<Reading>>) -> (Vec<u8>, Vec<u8>) {
    let mut lists = Vec::new();
    let values = names.into_iter().map(|(key, mut readings)| {
        readings.sort();
        let best = readings[0];
        // A name is never read as the adjective of another country.
        readings.retain(|reading| reading.demonym == best.demonym);
        let several = readings.len() > 1;
        let at = if several { (lists.len() / 4) as u32 } else { best.entry };
        if several {
            put(&mut lists, readings.len() as u32);
            readings.iter().for_each(|reading| put(&mut lists, reading.entry));
        }
        let weak = best.mark == Mark::Weak;
        (key, NameValue { kind: best.kind, weak, several, at }.pack())
    });
    let names = map_bytes(values);
    (names, lists)
}
