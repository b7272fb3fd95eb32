//! Known names: countries with demonyms, cities, bodies, groups, media, companies.

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
    pub kind: NameKind,
    /// Everything it may name, the most likely first; never empty.
    pub entries: Vec<EntryId>,
}

/// All entries with an index over their names.
#[derive(Default)]
pub struct Gazetteer {
    entries: Vec<Entry>,
}

impl Gazetteer {
    /// `files` are (file name, text) of tab-separated tables.
    pub fn from_files<'f>(
        _files: impl IntoIterator<Item = (&'f str, &'f str)>,
        _schema: &Schema,
    ) -> Result<Self, OntologyError> {
        Ok(Self::default())
    }

    pub fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id.0 as usize]
    }

    pub fn entries(&self) -> impl ExactSizeIterator<Item = (EntryId, &Entry)> {
        self.entries.iter().enumerate().map(|(at, entry)| (EntryId(at as u32), entry))
    }

    pub fn entry_by_id(&self, _id: &str) -> Option<EntryId> {
        None
    }

    /// The longest known name that `words` begin with. Case counts ("US" is not "us").
    pub fn longest_match<'w>(&self, _words: impl Iterator<Item = &'w str>) -> Option<NameMatch> {
        None
    }
}
