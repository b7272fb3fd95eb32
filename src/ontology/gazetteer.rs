//! Known names: countries with demonyms, cities, bodies, groups, media, companies.
//!
//! The tables are compiled to one block of bytes by [`super::gazetteer_table`], which also
//! documents their columns. Names are found by walking an fst byte by byte; an entry is
//! decoded when it is first asked for, so that starting the program costs next to nothing.

use std::borrow::Cow;
use std::sync::OnceLock;

use fst::raw::{Fst, Node, Output};

use super::gazetteer_block::{self as block, Block, NameValue};
use super::gazetteer_key::{parts_words, push_word};
use super::gazetteer_table as table;
use super::schema::{Schema, SubclassId};
use super::{OntologyError, TopClass};

/// Index of an entry of the gazetteer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub u32);

/// A known entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// `country/us`: becomes the entity's key.
    pub id: String,
    pub class: TopClass,
    pub subclass: Option<SubclassId>,
    pub name: String,
    /// The country it belongs to, by id.
    pub country: Option<EntryId>,
    /// Wikidata item, "Q30", where known for certain.
    pub wikidata: Option<String>,
}

/// What kind of surface form a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameKind {
    Name,
    Alias,
    /// "Russian": adjective or inhabitant.
    Demonym,
}

/// A name found at the start of a list of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameMatch {
    /// How many words it covers, at least 1.
    pub words: usize,
    /// Of the first entry.
    pub kind: NameKind,
    /// Also an ordinary word or a person's name: to be believed only where the context
    /// supports it.
    pub weak: bool,
    /// Everything it may name, the most likely first; never empty.
    pub entries: Vec<EntryId>,
}

/// All entries with an index over their names.
pub struct Gazetteer {
    block: Block,
    names: Fst<Cow<'static, [u8]>>,
    ids: fst::Map<Cow<'static, [u8]>>,
    kinds: Vec<(TopClass, Option<SubclassId>)>,
    /// Decoded when first asked for.
    entries: Box<[OnceLock<Box<Entry>>]>,
}

impl Gazetteer {
    /// Compiles tables, given as (file name, text); files that do not end in `.tsv` are skipped.
    pub fn from_files<'f>(
        files: impl IntoIterator<Item = (&'f str, &'f str)>,
        schema: &Schema,
    ) -> Result<Self, OntologyError> {
        let check = |class: &str, subclass: &str| kind(class, subclass, schema).map(|_| ());
        let block = table::compile(files, check).map_err(|error| {
            let file = format!("gazetteer/{}", error.file);
            OntologyError::new(&file, Some(error.line), error.message)
        })?;
        Self::from_block(block, schema)
    }

    /// Takes tables that are compiled already.
    pub(super) fn from_block(block: Block, schema: &Schema) -> Result<Self, OntologyError> {
        let fault = |message: String| OntologyError::new("gazetteer", None, message);
        let names = Fst::new(block.names.clone()).map_err(|error| fault(error.to_string()))?;
        let ids = fst::Map::new(block.ids.clone()).map_err(|error| fault(error.to_string()))?;
        let kinds = block
            .kinds()
            .map(|(class, subclass)| kind(class, subclass, schema).map_err(fault))
            .collect::<Result<_, _>>()?;
        let entries = (0..block.len()).map(|_| OnceLock::new()).collect();
        Ok(Self { block, names, ids, kinds, entries })
    }

    /// An id of another gazetteer may not exist in this one; it then panics, as an index does.
    pub fn entry(&self, id: EntryId) -> &Entry {
        self.entries[id.0 as usize].get_or_init(|| {
            let record = self.block.record(id.0).expect("compiled tables are complete");
            let (class, subclass) = self.kinds[record.kind];
            Box::new(Entry {
                id: record.id.to_owned(),
                class,
                subclass,
                name: record.name.to_owned(),
                country: record.country.map(EntryId),
                wikidata: record.wikidata.map(|item| format!("Q{item}")),
            })
        })
    }

    pub fn entries(&self) -> impl ExactSizeIterator<Item = (EntryId, &Entry)> {
        (0..self.entries.len()).map(|at| {
            let id = EntryId(at as u32);
            (id, self.entry(id))
        })
    }

    pub fn entry_by_id(&self, id: &str) -> Option<EntryId> {
        self.ids.get(id).map(|entry| EntryId(entry as u32))
    }

    /// The longest known name that `words` begin with. Case counts ("US" is not "us");
    /// accents, the shape of apostrophes and the way punctuation is cut into words do not.
    pub fn longest_match<'w>(&self, words: impl Iterator<Item = &'w str>) -> Option<NameMatch> {
        let mut walk = Walk { names: &self.names, node: self.names.root(), output: Output::zero() };
        let mut best = None;
        let mut last = None;
        let mut folded = String::new();
        for (at, word) in words.enumerate() {
            let bytes = if word.is_ascii() {
                word.as_bytes()
            } else {
                folded.clear();
                push_word(&mut folded, word);
                folded.as_bytes()
            };
            let (Some(&first), Some(&end)) = (bytes.first(), bytes.last()) else {
                continue;
            };
            if parts_words(last, first) && !walk.step(b' ') {
                break;
            }
            if !bytes.iter().all(|&byte| walk.step(byte)) {
                break;
            }
            last = Some(end);
            if walk.node.is_final() {
                best = Some((at + 1, walk.output.cat(walk.node.final_output()).value()));
            }
        }
        let (words, value) = best?;
        let value = NameValue::unpack(value);
        let entries = if value.several {
            self.block.readings(value.at).map(EntryId).collect()
        } else {
            vec![EntryId(value.at)]
        };
        let kind = match value.kind {
            block::KIND_NAME => NameKind::Name,
            block::KIND_ALIAS => NameKind::Alias,
            _ => NameKind::Demonym,
        };
        Some(NameMatch { words, kind, weak: value.weak, entries })
    }
}

/// A position in the index of names.
struct Walk<'f> {
    names: &'f Fst<Cow<'static, [u8]>>,
    node: Node<'f>,
    output: Output,
}

impl Walk<'_> {
    /// Follows one byte, if a name goes on with it.
    fn step(&mut self, byte: u8) -> bool {
        let Some(found) = self.node.find_input(byte) else {
            return false;
        };
        let transition = self.node.transition(found);
        self.output = self.output.cat(transition.out);
        self.node = self.names.node(transition.addr);
        true
    }
}

/// Resolves a class and a subclass (may be empty), or says what is wrong with them.
fn kind(
    class: &str,
    subclass: &str,
    schema: &Schema,
) -> Result<(TopClass, Option<SubclassId>), String> {
    let top = TopClass::from_name(class).ok_or_else(|| {
        let known = TopClass::ALL.map(TopClass::name).join(", ");
        format!("{class:?} is no top class; the top classes are {known}")
    })?;
    if subclass.is_empty() {
        return Ok((top, None));
    }
    let id = schema
        .subclass_id(subclass)
        .ok_or_else(|| format!("newsgraph.ttl declares no subclass {subclass:?}"))?;
    if schema.subclass(id).top != top {
        let parent = schema.subclass(id).top.name();
        return Err(format!("{subclass:?} is a subclass of {parent}, not of {class}"));
    }
    Ok((top, Some(id)))
}
