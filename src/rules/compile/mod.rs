//! Rule files to one compiled block: what `build.rs` makes of the built-in rules, and the program
//! of the rules in a user's folder.
//!
//! `build.rs` includes this folder; it names nothing else of the crate. Names of relations and
//! classes are therefore kept as names and looked up where the block is loaded.

mod inflect;
mod program;
mod source;
mod syntax;
mod vocabulary;

use serde::{Deserialize, Serialize};

pub use program::{Program, Step};
pub use source::{Named, examples};
pub use syntax::{CaptureKind, Label, WordClass};

/// The lists of the lexicon by name.
pub trait WordLists {
    /// The phrases of a list; `None` where there is no such list.
    fn phrases(&self, list: &str) -> Option<&[String]>;
}

/// What is wrong in a rule file, and where.
#[derive(Debug, PartialEq)]
pub struct Fault {
    /// Path below the ontology folder.
    pub file: String,
    pub line: Option<usize>,
    pub message: String,
}

/// A file of rules and the relation that they state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RuleFile {
    /// Below the ontology folder.
    pub path: String,
    pub relation: Named<String>,
}

/// A rule without its patterns and examples.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rule {
    /// `relation/rule`.
    pub name: String,
    /// Index of its file.
    pub file: u32,
    pub confidence: Named<f32>,
    pub polarity: Option<Named<String>>,
    pub modality: Option<Named<String>>,
}

/// All rules of a folder, compiled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// The word of each number, from 1; 0 is every word that no pattern names.
    pub words: Vec<String>,
    /// Numbers of words, sorted.
    pub sets: Vec<Vec<u32>>,
    /// Phrases as numbers of words, sorted by first word and then the longest first.
    pub lists: Vec<Vec<Vec<u32>>>,
    /// Choices between classes of mentions, as patterns name them.
    pub classes: Vec<Vec<String>>,
    pub files: Vec<RuleFile>,
    pub rules: Vec<Rule>,
    /// In the order of files, of rules in them and of patterns in these.
    pub programs: Vec<Program>,
    /// The words of each list of [`OWN_LISTS`].
    pub own_lists: Vec<Vec<u32>>,
}

/// Lists that the matcher itself uses, apart from those that patterns name: what joins the
/// members of a coordination, what may stand before one, what no gap crosses.
pub const OWN_LISTS: [&str; 3] = ["conjunctions", "before_member", "gap_breaks"];

/// Marks that the matcher itself looks for, in any file of rules.
pub const OWN_MARKS: [&str; 9] = [",", "of", "'s", "(", ")", "-", "‑", "–", "/"];

impl Block {
    /// Compiles rule files, given as (file name, text) in their order. The error names the file
    /// and line of the first fault.
    pub fn compile(files: &[(&str, &str)], word_lists: &dyn WordLists) -> Result<Self, Fault> {
        source::compile(files, word_lists)
    }

    /// The block as bytes.
    #[allow(dead_code, reason = "only build.rs and the tests write blocks")]
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_allocvec(self).unwrap_or_default()
    }

    /// Takes what [`Block::to_bytes`] gave; `None` when it is damaged.
    #[allow(dead_code, reason = "build.rs reads none")]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }
}
