//! The compiled form of the gazetteer: from tab-separated tables to one block of bytes.
//!
//! `build.rs` includes this very file, so that the built-in tables are compiled when the
//! program is built and a folder given at run time is compiled by the same code. It and its
//! two neighbours therefore name nothing else of the crate.
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

use std::collections::{BTreeMap, HashMap};

use unicode_normalization::char::is_combining_mark;

use super::gazetteer_block::{Block, KIND_ALIAS, KIND_DEMONYM, KIND_NAME, NameValue, put};
use super::gazetteer_key::{key_of, spellings};

/// A fault in a table.
#[derive(Debug)]
pub struct TableError {
    pub file: String,
    /// From 1.
    pub line: usize,
    pub message: String,
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
