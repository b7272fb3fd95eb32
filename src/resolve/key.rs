//! Keys of entities: a function of the entity's name and, where the name alone does not tell
//! it from others, of its document; never of order.

use sha2::{Digest, Sha256};

use super::Candidate;
use super::surface::folded;
use crate::document::Document;
use crate::ontology::{Entry, Ontology, TopClass};

/// The gazetteer's id, else class and folded name. A name that many things share (a lone
/// surname, "Supreme Court", a described agreement) is told apart by its document.
pub fn key(
    document: &Document,
    class: TopClass,
    name: &str,
    known: Option<&Entry>,
    ontology: &Ontology,
) -> String {
    if let Some(known) = known {
        return known.id.clone();
    }
    let key = key_of_name(class, name);
    if is_shared(class, name, ontology) {
        format!("{key}-{}", short_hash(document.id()))
    } else {
        key
    }
}

/// Class and folded name.
pub fn key_of_name(class: TopClass, name: &str) -> String {
    let mut slug: String = folded(name)
        .chars()
        .map(|mark| if mark.is_ascii_alphanumeric() { mark } else { '-' })
        .collect();
    if !slug.contains(|mark: char| mark.is_ascii_alphanumeric()) {
        slug = format!("x{}", short_hash(name));
    }
    format!("{}/{}", class.name().to_lowercase(), slug)
}

/// Whether other documents may well mean something else by the name.
fn is_shared(class: TopClass, name: &str, ontology: &Ontology) -> bool {
    let folded = folded(name);
    let words: Vec<&str> = folded.split(' ').collect();
    match class {
        TopClass::Person => words.len() < 2,
        TopClass::Agreement => !name.starts_with(char::is_uppercase) || words.len() < 2,
        TopClass::Organization | TopClass::Place => {
            // A name that holds a known one ("US Senate") is told by it.
            let known = ontology.gazetteer.longest_match(name.split_whitespace()).is_some();
            let common = ontology.lexicon.list("common_words");
            !known && words.iter().all(|word| common.contains(word))
        }
    }
}

/// Two entities of one document that would get one key get the hash of their aliases.
pub fn separate(candidates: &mut [Candidate]) {
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    order.sort_by(|&a, &b| candidates[a].key.cmp(&candidates[b].key).then(a.cmp(&b)));
    for pair in order.windows(2).map(|pair| (pair[0], pair[1])).collect::<Vec<_>>() {
        if candidates[pair.0].key == candidates[pair.1].key {
            let aliases = candidates[pair.1].aliases.join("\n");
            let position = format!("{aliases}\n{}", candidates[pair.1].mentions[0].0);
            candidates[pair.1].key =
                format!("{}-{}", candidates[pair.1].key, short_hash(&position));
        }
    }
}

/// Eight hexadecimal digits that tell one text from another.
pub fn short_hash(text: &str) -> String {
    Sha256::digest(text).iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}
