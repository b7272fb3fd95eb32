//! The knowledge graph: entities are nodes, claims are edges, evidence hangs on claims.
//! Owns merging by key and nothing about where facts come from or how they are written.

mod canonical;
mod draft;
mod knowledge_graph;
mod merge;
mod remove;
mod settle;
mod sources;
mod texts;
mod types;

pub use draft::{Draft, DraftClaim};
pub use knowledge_graph::{ClaimIndex, ClaimRef, DocumentIndex, EntityIndex, KnowledgeGraph};
pub use remove::{RemoveError, Removed};
pub use settle::Keep;
pub use sources::{Sources, TextCopy};
pub use texts::{Slice, Texts};
pub use types::{DocumentRecord, Entity, EntityMention, Evidence};

pub use crate::statement::{MentionForm, Modality, Origin, Polarity};
