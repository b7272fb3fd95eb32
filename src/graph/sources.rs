//! Which documents are one source: a text that an agency wrote and ten papers print is said once.
//!
//! Texts that are equal but for white space are one source; so are texts of which the shorter one
//! stands for the most part in the longer one. Candidates are found by a FracMinHash sketch (Irber
//! et al. 2022, "Lightweight compositional analysis of metagenomes with FracMinHash"): of all
//! shingles those whose hash falls below a fixed bound, so that sketches of texts of any length can
//! be compared. What counts is then the true share over all shingles. Each text is compared with
//! the longest of its source alone, never with a chain of neighbours, and with few of them, so that
//! the work grows with the number of documents and not with its square.

use std::collections::{BTreeMap, HashMap};

use sha2::{Digest, Sha256};

use super::{DocumentIndex, KnowledgeGraph};

/// Words in a shingle: long enough that two texts on one event seldom share any by chance.
const SHINGLE: usize = 5;
/// Of the shorter text's shingles, how many must stand in the longer one. Every word that an editor
/// changes takes five shingles with it: one in ten leaves 59 %.
const SHARE: f64 = 0.55;
/// A text more than this many times longer is a collection, not a copy.
const TIMES_LONGER: usize = 4;
/// Shorter texts are a sentence or two, which an article may well quote: only equal ones are one.
const FEWEST_SHINGLES: usize = 24;
/// One shingle in so many is in the sketch.
const SKETCHED: u64 = 8;
/// Boilerplate stands in many texts; the first few that have a shingle are enough.
const LONGEST_POSTING: usize = 8;
/// How many of the most similar texts are compared word for word.
const COMPARED: usize = 4;

/// What a document is a copy of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextCopy {
    pub document: DocumentIndex,
    /// The document that stands for the source: the longest, of equal ones that of the first id.
    pub of: DocumentIndex,
    /// The share of the shorter text's wording that stands in the longer, 1 for equal texts.
    pub share: f64,
}

/// The sources of a graph's documents. A function of the set of documents: neither their order
/// nor what is said in them counts. A document without a text is a source of its own, since nothing
/// can be known of it.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// Per document, the one that stands for its source.
    origin: Vec<DocumentIndex>,
    copies: Vec<TextCopy>,
}

struct Leader {
    document: DocumentIndex,
    shingles: Vec<u64>,
}

impl Sources {
    /// Compares all texts. Linear in their length, but for sorting.
    pub fn of(graph: &KnowledgeGraph) -> Self {
        let mut origin: Vec<_> = graph.documents().map(|(index, _)| index).collect();
        let mut copies = Vec::new();
        // By length, then id: who stands for a source follows from the documents alone.
        let mut order = Vec::new();
        for (first, equal) in equal_texts(graph) {
            for document in equal {
                copies.push(TextCopy { document, of: first, share: 1.0 });
            }
            let text = graph.document(first).text.as_deref().unwrap_or_default();
            order.push((std::cmp::Reverse(word_count(text)), &graph.document(first).id, first));
        }
        order.sort();
        let mut leaders: Vec<Leader> = Vec::new();
        let mut postings: HashMap<u64, Vec<usize>> = HashMap::new();
        for (_, _, document) in order {
            let shingles = shingles(graph.document(document).text.as_deref().unwrap_or_default());
            if shingles.len() < FEWEST_SHINGLES {
                continue;
            }
            if let Some((of, share)) = best_leader(&shingles, &leaders, &postings) {
                origin[document.0 as usize] = of;
                copies.push(TextCopy { document, of, share });
                continue;
            }
            for &shingle in sketch(&shingles) {
                let posting = postings.entry(shingle).or_default();
                if posting.len() < LONGEST_POSTING {
                    posting.push(leaders.len());
                }
            }
            leaders.push(Leader { document, shingles });
        }
        for copy in &mut copies {
            // Equal texts follow the first of them, which may itself be a copy.
            let of = origin[copy.of.0 as usize];
            origin[copy.document.0 as usize] = of;
        }
        let shares: HashMap<_, _> = copies.iter().map(|copy| (copy.document, copy.share)).collect();
        for copy in &mut copies {
            let of = origin[copy.document.0 as usize];
            if of != copy.of {
                copy.share = shares.get(&copy.of).copied().unwrap_or(copy.share);
                copy.of = of;
            }
        }
        copies.sort_by_key(|copy| (copy.of, copy.document));
        Self { origin, copies }
    }

    /// The document that stands for the source of `document`: often itself.
    ///
    /// # Panics
    /// When the document is not of the graph.
    pub fn origin(&self, document: DocumentIndex) -> DocumentIndex {
        self.origin[document.0 as usize]
    }

    /// How many sources the documents have.
    pub fn count(&self, documents: impl Iterator<Item = DocumentIndex>) -> usize {
        let mut origins: Vec<_> = documents.map(|document| self.origin(document)).collect();
        origins.sort();
        origins.dedup();
        origins.len()
    }

    /// How many sources all documents have.
    pub fn total(&self) -> usize {
        self.origin.len() - self.copies.len()
    }

    /// The documents that are copies of another, those of one source together.
    pub fn copies(&self) -> &[TextCopy] {
        &self.copies
    }
}

/// The documents with a text, by what it says when white space is folded: the one of the first id,
/// and the others.
fn equal_texts(graph: &KnowledgeGraph) -> Vec<(DocumentIndex, Vec<DocumentIndex>)> {
    let mut groups: BTreeMap<[u8; 32], Vec<(&str, DocumentIndex)>> = BTreeMap::new();
    for (index, record) in graph.documents() {
        // A text of nothing but white space says nothing, least of all the same as another.
        let Some(text) = record.text.as_deref().filter(|text| !text.trim().is_empty()) else {
            continue;
        };
        let mut hash = Sha256::new();
        for word in text.split_whitespace() {
            hash.update(word);
            hash.update(" ");
        }
        groups.entry(hash.finalize().into()).or_default().push((&record.id, index));
    }
    let groups = groups.into_values().filter_map(|mut group| {
        group.sort();
        let mut indexes = group.into_iter().map(|(_, index)| index);
        Some((indexes.next()?, indexes.collect()))
    });
    groups.collect()
}

fn best_leader(
    shingles: &[u64],
    leaders: &[Leader],
    postings: &HashMap<u64, Vec<usize>>,
) -> Option<(DocumentIndex, f64)> {
    let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
    for at in sketch(shingles).filter_map(|shingle| postings.get(shingle)).flatten() {
        *shared.entry(*at).or_default() += 1;
    }
    let mut candidates: Vec<_> = shared.into_iter().collect();
    candidates.sort_by_key(|&(at, count)| (std::cmp::Reverse(count), at));
    let mut best: Option<(DocumentIndex, f64)> = None;
    for leader in candidates.iter().take(COMPARED).filter_map(|(at, _)| leaders.get(*at)) {
        let (shorter, longer) = match shingles.len() <= leader.shingles.len() {
            true => (shingles, leader.shingles.as_slice()),
            false => (leader.shingles.as_slice(), shingles),
        };
        let share = common(shorter, longer) as f64 / shorter.len() as f64;
        if longer.len() <= TIMES_LONGER * shorter.len()
            && share >= SHARE
            && best.is_none_or(|(_, known)| share > known)
        {
            best = Some((leader.document, share));
        }
    }
    best
}

/// How many values two sorted lists without repetition share.
fn common(a: &[u64], b: &[u64]) -> usize {
    a.iter().filter(|value| b.binary_search(value).is_ok()).count()
}

fn sketch(shingles: &[u64]) -> impl Iterator<Item = &u64> {
    shingles.iter().take_while(|shingle| **shingle < u64::MAX / SKETCHED)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn word_count(text: &str) -> usize {
    words(text).count()
}

/// The hashes of the runs of five words, whatever their case and the signs between them, sorted
/// and each once.
fn shingles(text: &str) -> Vec<u64> {
    let hashes: Vec<u64> = words(text)
        .map(|word| {
            word.chars()
                .flat_map(char::to_lowercase)
                .fold(0, |hash, letter| mix(hash, letter.into()))
        })
        .collect();
    let mut shingles: Vec<u64> = hashes
        .windows(SHINGLE)
        .map(|run| run.iter().fold(0, |hash, word| mix(hash, *word)))
        .collect();
    shingles.sort_unstable();
    shingles.dedup();
    shingles
}

/// One step of a hash that is the same on every machine: SplitMix64's finalizer (Steele, Lea and
/// Flood 2014).
fn mix(hash: u64, value: u64) -> u64 {
    let mut mixed = hash.rotate_left(23) ^ value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
#[path = "sources_tests.rs"]
mod tests;
