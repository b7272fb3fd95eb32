//! Answers about a graph as plain structs, for people and as JSON: which names there are, what
//! is said of one and when, what one says, why a claim stands, how two are connected, and which
//! statements disagree. Owns no text layout.

mod candidates;
mod claims_by;
mod contradictions;
mod dates;
mod diff;
mod find;
mod identity;
mod list;
mod names;
mod path;
mod prose;
mod rank;
mod relations;
mod show;
mod stats;
mod timeline;
mod view;
mod why;

pub use candidates::{CandidatePair, candidates};
pub use claims_by::{Saying, SayingsAnswer, SpeakerCount, claims_by, speakers};
pub use contradictions::{
    Contradiction, ContradictionKind, Side, StatedClaim, StatedIn, contradictions,
};
pub use dates::{DateSource, StatementDate, statement_date};
pub use diff::{Changes, DiffAnswer, EntityChange, diff};
pub use find::{NameMatch, bearers, find_entity, suggest};
pub use identity::{IdentityAnswer, IdentityStep, different, mentioned_as, same};
pub use list::{ListedEntity, class_filter, list};
pub use names::fold;
pub use path::{PathAnswer, PathStep, path};
pub use rank::{Community, RankAnswer, RankedEntity, communities, rank};
pub use relations::{RelationMatch, RelationReading, find_relation};
pub use show::{DocumentMentions, ShowAnswer, show};
pub use stats::{ClassCount, CopyView, NamedCount, RelationCount, Stats, stats};
pub use timeline::{TimelineAnswer, TimelineEntry, timeline};
pub use view::{
    ClaimView, Context, DocumentView, EntityView, EvidenceCounts, EvidenceView, TextPart,
    marked_sentence,
};
pub use why::{WhyAnswer, add_context, why};
