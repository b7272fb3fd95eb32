//! Answers about a graph as plain structs, for people and as JSON: which names there are, what
//! is said of one, why a claim stands, how two are connected. Owns no text layout.

mod candidates;
mod diff;
mod find;
mod identity;
mod list;
mod names;
mod path;
mod relations;
mod show;
mod stats;
mod view;
mod why;

pub use candidates::{CandidatePair, candidates};
pub use diff::{Changes, DiffAnswer, EntityChange, diff};
pub use find::{NameMatch, bearers, find_entity, suggest};
pub use identity::{IdentityAnswer, IdentityStep, different, mentioned_as, same};
pub use list::{ClassFilter, ListedEntity, class_filter, list};
pub use names::fold;
pub use path::{PathAnswer, PathStep, path};
pub use relations::{RelationMatch, RelationReading, find_relation};
pub use show::{DocumentMentions, ShowAnswer, show};
pub use stats::{ClassCount, NamedCount, RelationCount, Stats, stats};
pub use view::{
    ClaimView, DocumentView, EntityView, EvidenceCounts, EvidenceView, TextPart, marked_sentence,
};
pub use why::{WhyAnswer, why};
