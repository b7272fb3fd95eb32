//! What the graph is made of: document records, entities and evidence.

use super::{DocumentIndex, EntityIndex};
use crate::confidence::Confidence;
use crate::document::Source;
use crate::ontology::{SubclassId, TopClass};
use crate::span::CharSpan;

/// A document as the graph keeps it: where it comes from, and its text unless left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRecord {
    /// See [`crate::document::Document::id`].
    pub id: String,
    pub source: Source,
    /// `None` when the graph was written without texts; quotes can then not be verified.
    pub text: Option<String>,
}

/// How a mention names its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionForm {
    Name,
    Nominal,
    Pronoun,
}

/// One place of a text that names an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntityMention {
    pub document: DocumentIndex,
    pub span: CharSpan,
    pub form: MentionForm,
}

/// A node: a person, an organization, a place or an agreement.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Unique in the graph and part of the IRI: `[a-z0-9-/]`, derived from a gazetteer id or
    /// from class and folded name.
    pub key: String,
    pub class: TopClass,
    pub subclass: Option<SubclassId>,
    pub name: String,
    /// Every other surface form, sorted, without the name.
    pub aliases: Vec<String>,
    /// IRIs of the same thing elsewhere, sorted.
    pub same_as: Vec<String>,
    /// Sorted by document and offset.
    pub mentions: Vec<EntityMention>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Polarity {
    Affirmed,
    Denied,
}

/// Whether the statement is put as a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Modality {
    Asserted,
    Planned,
    Conditional,
    Alleged,
}

/// What found a statement.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// The rule's id, `relation/rule`.
    Rule(Box<str>),
    Gazetteer,
    /// Name and version of the model, `name/version`.
    Model(Box<str>),
    Human,
    Import,
}

macro_rules! names {
    ($type:ident: $($variant:ident = $name:literal),+) => {
        impl $type {
            pub const ALL: &[$type] = &[$($type::$variant),+];

            /// The name in JSON, CSV and RDF.
            pub fn name(self) -> &'static str {
                match self { $($type::$variant => $name),+ }
            }

            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some($type::$variant),)+ _ => None }
            }
        }
    };
}

names!(MentionForm: Name = "name", Nominal = "nominal", Pronoun = "pronoun");
names!(Polarity: Affirmed = "affirmed", Denied = "denied");
names!(Modality: Asserted = "asserted", Planned = "planned", Conditional = "conditional", Alleged = "alleged");

impl Origin {
    /// `rule:ID`, `gazetteer`, `model:NAME/VERSION`, `human` or `import`.
    pub fn to_text(&self) -> String {
        match self {
            Origin::Rule(id) => format!("rule:{id}"),
            Origin::Gazetteer => "gazetteer".into(),
            Origin::Model(id) => format!("model:{id}"),
            Origin::Human => "human".into(),
            Origin::Import => "import".into(),
        }
    }

    /// The inverse of [`Origin::to_text`].
    pub fn from_text(text: &str) -> Option<Self> {
        match text {
            "gazetteer" => Some(Origin::Gazetteer),
            "human" => Some(Origin::Human),
            "import" => Some(Origin::Import),
            _ => match text.split_once(':')? {
                ("rule", id) => Some(Origin::Rule(id.into())),
                ("model", id) => Some(Origin::Model(id.into())),
                _ => None,
            },
        }
    }
}

/// One statement of a claim in one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    pub document: DocumentIndex,
    /// The sentence, exactly as it stands in the document.
    pub quote: Box<str>,
    pub sentence: CharSpan,
    pub head: Option<CharSpan>,
    pub tail: Option<CharSpan>,
    /// The words that express the relation.
    pub cue: Option<CharSpan>,
    /// The office or description as worded.
    pub role: Option<Box<str>>,
    pub polarity: Polarity,
    pub modality: Modality,
    /// Whose statement it is; `None` is the article's own voice.
    pub attributed_to: Option<EntityIndex>,
    /// The date spoken of, ISO 8601 at its true precision.
    pub date: Option<Box<str>>,
    pub origin: Origin,
    pub confidence: Confidence,
}
