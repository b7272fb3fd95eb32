//! The IRIs of nodes: how they are minted from content, and how they are told apart again.
//!
//! Entities and documents carry their key or id in the IRI; mentions, claims and evidence
//! carry a hash of what they say. Nothing counts, so the same graph always has the same
//! IRIs, and adding a document changes none.

use oxigraph::model::NamedNodeRef;
use sha2::{Digest, Sha256};

use super::vocabulary::DEFAULT_BASE;
use crate::graph::{ClaimIndex, Entity, EntityMention, Evidence, KnowledgeGraph, Origin};
use crate::ontology::Schema;
use crate::span::CharSpan;

/// The namespace below which nodes are named: an absolute IRI that ends in `/` or `#`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base(String);

/// A text that cannot be the base of IRIs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} cannot be the base of IRIs: give an absolute IRI that ends in '/' or '#'")]
pub struct BaseError(String);

impl Base {
    pub fn new(iri: &str) -> Result<Self, BaseError> {
        let usable = iri.ends_with(['/', '#']) && NamedNodeRef::new(iri).is_ok();
        if usable { Ok(Self(iri.to_owned())) } else { Err(BaseError(iri.to_owned())) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Base {
    fn default() -> Self {
        Self(DEFAULT_BASE.to_owned())
    }
}

/// The first 128 bits of the SHA-256 of what a node says.
pub type NodeHash = [u8; 16];

/// What an IRI below the base names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeName {
    /// An entity, by key.
    Entity(String),
    /// A document, by id.
    Document(String),
    Mention(NodeHash),
    Claim(NodeHash),
    Evidence(NodeHash),
    Selector(NodeHash),
}

/// Makes the name of a node of one kind.
type Hashed = fn(NodeHash) -> NodeName;

const DOCUMENT: &str = "document/";
const MENTION: &str = "mention/";
const CLAIM: &str = "claim/";
const EVIDENCE: &str = "evidence/";
const SELECTOR: &str = "selector/";
/// Folders that no key of an entity may seem to lie in.
const FOLDERS: [&str; 5] = [DOCUMENT, MENTION, CLAIM, EVIDENCE, SELECTOR];

impl Base {
    /// Appends the IRI of the entity of this key. A key that is itself an absolute IRI, as
    /// entities from another base have, is the IRI.
    pub fn push_entity(&self, key: &str, out: &mut String) {
        if self.is_foreign(key) {
            out.push_str(key);
            return;
        }
        out.push_str(&self.0);
        let reserved = FOLDERS.iter().any(|folder| key.starts_with(folder));
        let plain = if reserved {
            push_escaped(key.as_bytes()[0], out);
            &key[1..]
        } else {
            key
        };
        push_encoded(plain, out);
    }

    /// Appends the IRI of the document of this id; as with keys, an absolute IRI stays.
    pub fn push_document(&self, id: &str, out: &mut String) {
        if self.is_foreign(id) {
            out.push_str(id);
            return;
        }
        out.push_str(&self.0);
        out.push_str(DOCUMENT);
        push_encoded(id, out);
    }

    pub fn push_mention(&self, hash: &NodeHash, out: &mut String) {
        self.push_hash(MENTION, hash, out);
    }

    pub fn push_claim(&self, hash: &NodeHash, out: &mut String) {
        self.push_hash(CLAIM, hash, out);
    }

    pub fn push_evidence(&self, hash: &NodeHash, out: &mut String) {
        self.push_hash(EVIDENCE, hash, out);
    }

    /// The selector of the evidence with this hash.
    pub fn push_selector(&self, hash: &NodeHash, out: &mut String) {
        self.push_hash(SELECTOR, hash, out);
    }

    fn push_hash(&self, folder: &str, hash: &NodeHash, out: &mut String) {
        out.push_str(&self.0);
        out.push_str(folder);
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        for byte in hash {
            out.push(DIGITS[usize::from(byte >> 4)] as char);
            out.push(DIGITS[usize::from(byte & 15)] as char);
        }
    }

    fn is_foreign(&self, key: &str) -> bool {
        key.contains(':') && !key.starts_with(&self.0) && NamedNodeRef::new(key).is_ok()
    }

    /// What an IRI would name if it names a node: one of another base is an entity's key.
    /// `None` when it lies below the base and yet is not as this program writes IRIs.
    pub fn name_of(&self, iri: &str) -> Option<NodeName> {
        let Some(rest) = iri.strip_prefix(&self.0) else {
            return Some(NodeName::Entity(iri.to_owned()));
        };
        if let Some(id) = rest.strip_prefix(DOCUMENT) {
            return decode(id).map(NodeName::Document);
        }
        let hashed: [(&str, Hashed); 4] = [
            (MENTION, NodeName::Mention),
            (CLAIM, NodeName::Claim),
            (EVIDENCE, NodeName::Evidence),
            (SELECTOR, NodeName::Selector),
        ];
        for (folder, name) in hashed {
            if let Some(hex) = rest.strip_prefix(folder) {
                return parse_hash(hex).map(name);
            }
        }
        decode(rest).map(NodeName::Entity)
    }

    /// The key of the entity with this IRI: below the base the decoded rest, else the IRI.
    pub fn entity_key(&self, iri: &str) -> String {
        match self.name_of(iri) {
            Some(NodeName::Entity(key)) => key,
            _ => iri.to_owned(),
        }
    }

    /// The id of the document with this IRI, as [`Base::entity_key`].
    pub fn document_id(&self, iri: &str) -> String {
        match self.name_of(iri) {
            Some(NodeName::Document(id)) => id,
            _ => iri.to_owned(),
        }
    }

    /// The base below which the document of this IRI was named, if this program minted it.
    pub fn of_document(iri: &str) -> Option<Self> {
        let (base, id) = iri.rsplit_once(DOCUMENT)?;
        let minted = id.len() == 64 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
        if minted { Base::new(base).ok() } else { None }
    }
}

/// Appends `text` with everything but `[A-Za-z0-9-_~/]` percent-encoded. The dot is encoded
/// too, because readers of some formats remove `..` from paths.
fn push_encoded(text: &str, out: &mut String) {
    let is_plain =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'~' | b'/');
    if text.bytes().all(is_plain) {
        out.push_str(text);
        return;
    }
    for byte in text.bytes() {
        if is_plain(byte) { out.push(byte as char) } else { push_escaped(byte, out) }
    }
}

fn push_escaped(byte: u8, out: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    out.push('%');
    out.push(DIGITS[usize::from(byte >> 4)] as char);
    out.push(DIGITS[usize::from(byte & 15)] as char);
}

fn decode(text: &str) -> Option<String> {
    if !text.contains('%') {
        return Some(text.to_owned());
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = (rest.next()? as char).to_digit(16)?;
            let low = (rest.next()? as char).to_digit(16)?;
            bytes.push((high * 16 + low) as u8);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

fn parse_hash(hex: &str) -> Option<NodeHash> {
    if hex.len() != 32 || !hex.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    Some(u128::from_str_radix(hex, 16).ok()?.to_be_bytes())
}

/// Hashes a list of fields, each with its length, so that no two lists hash alike by chance
/// of where one field ends.
struct Fields(Sha256);

impl Fields {
    fn of(kind: &str) -> Self {
        Self(Sha256::new()).text(kind)
    }

    fn text(mut self, text: &str) -> Self {
        self.0.update((text.len() as u64).to_le_bytes());
        self.0.update(text);
        self
    }

    fn optional(self, text: Option<&str>) -> Self {
        match text {
            Some(text) => self.number(1).text(text),
            None => self.number(0),
        }
    }

    fn number(mut self, number: u32) -> Self {
        self.0.update(number.to_le_bytes());
        self
    }

    fn span(self, span: Option<CharSpan>) -> Self {
        match span {
            Some(span) => self.number(1).number(span.start).number(span.end),
            None => self.number(0),
        }
    }

    fn hash(self) -> NodeHash {
        let digest = self.0.finalize();
        let mut hash = NodeHash::default();
        hash.copy_from_slice(&digest[..16]);
        hash
    }
}

/// The hash of a claim: its property, head and tail.
pub fn claim_hash(graph: &KnowledgeGraph, schema: &Schema, claim: ClaimIndex) -> NodeHash {
    let claim = graph.claim(claim);
    Fields::of("claim")
        .text(&schema.property(claim.property).name)
        .text(&graph.entity(claim.head).key)
        .text(&graph.entity(claim.tail).key)
        .hash()
}

/// The hash of one statement of the claim with hash `claim`: all that it says, so that
/// unequal statements have unequal hashes.
pub fn evidence_hash(graph: &KnowledgeGraph, claim: &NodeHash, evidence: &Evidence) -> NodeHash {
    let (origin, detail) = match &evidence.origin {
        Origin::Rule(id) => ("rule", id.as_ref()),
        Origin::Gazetteer => ("gazetteer", ""),
        Origin::Model(id) => ("model", id.as_ref()),
        Origin::Human => ("human", ""),
        Origin::Import => ("import", ""),
    };
    let mut fields = Fields::of("evidence");
    fields.0.update(claim);
    fields
        .text(&graph.document(evidence.document).id)
        .text(&evidence.quote)
        .span(Some(evidence.sentence))
        .span(evidence.head)
        .span(evidence.tail)
        .span(evidence.cue)
        .optional(evidence.role.as_deref())
        .text(evidence.polarity.name())
        .text(evidence.modality.name())
        .optional(evidence.attributed_to.map(|speaker| graph.entity(speaker).key.as_str()))
        .optional(evidence.date.as_deref())
        .text(origin)
        .text(detail)
        .number(evidence.confidence.thousandths())
        .hash()
}

/// The hash of a place where a text names `entity`.
pub fn mention_hash(graph: &KnowledgeGraph, entity: &Entity, mention: &EntityMention) -> NodeHash {
    Fields::of("mention")
        .text(&entity.key)
        .text(&graph.document(mention.document).id)
        .span(Some(mention.span))
        .text(mention.form.name())
        .hash()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_survive_the_way_through_an_iri() {
        let base = Base::default();
        for key in ["country/us", "claim/x", "document/", "é b.%", "", "a:b c", "/", ".."] {
            let mut iri = String::new();
            base.push_entity(key, &mut iri);
            assert!(NamedNodeRef::new(&iri).is_ok(), "{iri}");
            assert_eq!(base.name_of(&iri), Some(NodeName::Entity(key.into())), "{iri}");
            iri.clear();
            base.push_document(key, &mut iri);
            assert_eq!(base.name_of(&iri), Some(NodeName::Document(key.into())), "{iri}");
        }
        let mut iri = String::new();
        base.push_entity("https://example.org/x", &mut iri);
        assert_eq!(iri, "https://example.org/x");
        assert_eq!(base.entity_key(&iri), iri);
    }

    #[test]
    fn hashes_are_read_back() {
        let base = Base::new("urn:x#").expect("a base");
        let hash = [7; 16];
        let mut iri = String::new();
        base.push_claim(&hash, &mut iri);
        assert_eq!(base.name_of(&iri), Some(NodeName::Claim(hash)));
        assert_eq!(base.name_of("urn:x#claim/12"), None);
        assert!(Base::new("relative/").is_err() && Base::new("https://example.org").is_err());
    }
}
