//! The ontology folder, loaded and checked whole: schema, lexicon and gazetteer.

mod class;
mod error;
mod gazetteer;
mod gazetteer_block;
mod gazetteer_key;
mod gazetteer_table;
mod lexicon;
mod schema;

use std::path::Path;
use std::sync::OnceLock;

pub use class::{ClassFilter, ClassSet, TopClass};
pub use error::OntologyError;
pub use gazetteer::{Entry, EntryId, Gazetteer, NameKind, NameMatch};
pub use lexicon::{Lexicon, WordList};
pub use schema::{NAMESPACE, Property, PropertyId, Schema, Subclass, SubclassId};

/// All domain knowledge.
pub struct Ontology {
    pub schema: Schema,
    pub lexicon: Lexicon,
    pub gazetteer: Gazetteer,
    /// Rule files as (file name, text), sorted by name; compiled by [`crate::rules`].
    pub rule_files: Vec<(String, String)>,
    /// The rule files in compiled form, where that was made when the program was built.
    pub compiled_rules: Option<&'static [u8]>,
    /// Example queries as (file name, text), sorted by name; see [`crate::query`].
    pub query_files: Vec<(String, String)>,
}

impl Ontology {
    /// The ontology compiled into the program.
    pub fn builtin() -> &'static Ontology {
        static BUILTIN: OnceLock<Ontology> = OnceLock::new();
        BUILTIN
            .get_or_init(|| Self::compiled().expect("the built-in ontology is checked when built"))
    }

    /// Loads a folder of the same shape as `ontology/`.
    pub fn load(folder: &Path) -> Result<Ontology, OntologyError> {
        let mut files = Vec::new();
        for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
            let entry = entry.map_err(|error| {
                OntologyError::new(&folder.display().to_string(), None, error.to_string())
            })?;
            if entry.file_type().is_file() {
                let name = entry.path().strip_prefix(folder).unwrap_or(entry.path());
                let name = name.to_string_lossy().replace('\\', "/");
                let text = std::fs::read_to_string(entry.path())
                    .map_err(|error| OntologyError::new(&name, None, error.to_string()))?;
                files.push((name, text));
            }
        }
        Self::from_files(files.iter().map(|(name, text)| (name.as_str(), text.as_str())))
    }

    /// The built-in files, of which the gazetteer, the rules and the long word lists come compiled.
    fn compiled() -> Result<Ontology, OntologyError> {
        let mut ontology = Self::from_files(embedded_files())?;
        let block = gazetteer_block::Block::from_static(GAZETTEER).ok_or_else(|| {
            OntologyError::new("gazetteer", None, "the compiled tables are damaged".into())
        })?;
        ontology.gazetteer = Gazetteer::from_block(block, &ontology.schema)?;
        ontology.compiled_rules = Some(RULES);
        for (name, set) in LONG_LISTS {
            ontology.lexicon.add_compiled(name, set)?;
        }
        Ok(ontology)
    }

    /// `files` are (path below the folder with `/`, text), sorted.
    fn from_files<'f>(
        files: impl IntoIterator<Item = (&'f str, &'f str)>,
    ) -> Result<Ontology, OntologyError> {
        let files: Vec<_> = files.into_iter().collect();
        let turtle = files.iter().find(|(name, _)| *name == "newsgraph.ttl").ok_or_else(|| {
            OntologyError::new("newsgraph.ttl", None, "the ontology folder lacks this file".into())
        })?;
        let schema = Schema::from_turtle(turtle.1, turtle.0)?;
        let below = |folder: &'static str| {
            files.iter().filter_map(move |(name, text)| Some((name.strip_prefix(folder)?, *text)))
        };
        let lexicon = Lexicon::from_files(below("lexicon/en/"))?;
        let gazetteer = Gazetteer::from_files(below("gazetteer/"), &schema)?;
        let rule_files =
            below("rules/en/").map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
        let query_files =
            below("queries/").map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
        Ok(Ontology { schema, lexicon, gazetteer, rule_files, compiled_rules: None, query_files })
    }
}

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The text files of the built-in ontology (tables and long word lists are compiled) as (path below `ontology/`, text), sorted by path.
pub fn embedded_files() -> impl Iterator<Item = (&'static str, &'static str)> {
    EMBEDDED.iter().copied()
}

/// The comments at the top of the built-in files that are compiled, which say where they come
/// from and under which licence, as (path below `ontology/`, lines that begin with `#`).
pub fn compiled_headers() -> impl Iterator<Item = (&'static str, &'static str)> {
    HEADERS.iter().copied()
}
