//! Mentions: stretches of text that name something, and what is said to hold between them.

use std::ops::Range;

use crate::confidence::Confidence;
use crate::ontology::{EntryId, PropertyId, SubclassId, TopClass};
use crate::span::ByteSpan;
use crate::statement::{MentionForm, Modality, Origin, Polarity};

/// Index of a mention in the list of its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MentionId(pub u32);

/// A stretch of text that names an entity.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    pub span: ByteSpan,
    /// The tokens it covers, as indexes into the document's tokens.
    pub tokens: Range<usize>,
    pub class: TopClass,
    pub subclass: Option<SubclassId>,
    pub form: MentionForm,
    /// The gazetteer's entry, where the surface is known.
    pub entry: Option<EntryId>,
    /// A country named by its adjective or inhabitants ("Russian"): an entity only where a
    /// relation needs it.
    pub demonym: bool,
    /// Set where the mention names nothing itself ("he", "the group").
    pub stands_for: Option<StandIn>,
    pub origin: Origin,
    pub confidence: Confidence,
}

/// What a pronoun or a definite noun stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StandIn {
    /// The first token of the mention that names it.
    pub antecedent: usize,
    /// "His", "its": a name with "'s" could stand in its place.
    pub genitive: bool,
}

/// A relation stated between two mentions of one document.
#[derive(Clone, Debug, PartialEq)]
pub struct RelationMention {
    pub property: PropertyId,
    pub subject: MentionId,
    pub object: MentionId,
    /// Index of the sentence that says so. An end that is only understood ("President NAME" of the
    /// country) stands in another.
    pub sentence: usize,
    /// The office or description as worded.
    pub role: Option<ByteSpan>,
    /// The words that express the relation.
    pub cue: Option<ByteSpan>,
    pub polarity: Polarity,
    pub modality: Modality,
    /// Whose statement it is; `None` is the article's own voice.
    pub attributed_to: Option<MentionId>,
    /// The date that the sentence gives for it: of what happened, else of when it was said.
    /// `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or `--MM-DD`.
    pub date: Option<Box<str>>,
    pub origin: Origin,
    pub confidence: Confidence,
}
