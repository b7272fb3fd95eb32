//! What the graph is made of: document records, entities and evidence.

use super::{DocumentIndex, EntityIndex};
use crate::confidence::Confidence;
use crate::document::Source;
use crate::ontology::{SubclassId, TopClass};
use crate::span::CharSpan;
use crate::statement::{MentionForm, Modality, Origin, Polarity};

/// A document as the graph keeps it: where it comes from, and its text unless left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRecord {
    /// See [`crate::document::Document::id`].
    pub id: String,
    pub source: Source,
    /// `None` when the graph was written without texts; quotes can then not be verified.
    pub text: Option<String>,
}

/// One place of a text that names an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntityMention {
    pub document: DocumentIndex,
    pub span: CharSpan,
    pub form: MentionForm,
    /// What kind of thing the text shows it to be, where that is not told by the list of known
    /// names: the entity's own subclass is counted from these.
    pub subclass: Option<SubclassId>,
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
    /// The date that the sentence gives for it: of what happened, else of when it was said, at its
    /// true precision: `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, or `--MM-DD` where no year is known.
    pub date: Option<Box<str>>,
    pub origin: Origin,
    pub confidence: Confidence,
}
