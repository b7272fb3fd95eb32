//! Why two names may be one entity: the evidence that clusters are made of, told of two surfaces.

use super::cluster::short_of;
use super::surface::{core, folded};
use crate::ontology::{EntryId, Ontology, TopClass};

/// What speaks for two surfaces of one class being one entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The same letters, whatever case, accents and marks.
    SameName,
    /// Both are names, aliases or adjectives of one thing in the list of known names.
    KnownName(EntryId),
    /// A surname or first name alone, of a full name.
    PartOfName,
    /// The same first and last name, one of them with more between or shortened.
    ShorterName,
    /// The first letters of the other's words.
    Acronym,
    /// The same but for words such as "Front" or "the".
    SameCore,
    /// All words of a description stand in the other.
    SharedWords,
}

impl Reason {
    /// A word for JSON.
    pub fn name(self) -> &'static str {
        match self {
            Reason::SameName => "same-name",
            Reason::KnownName(_) => "known-name",
            Reason::PartOfName => "part-of-name",
            Reason::ShorterName => "shorter-name",
            Reason::Acronym => "acronym",
            Reason::SameCore => "same-core",
            Reason::SharedWords => "shared-words",
        }
    }

    /// Whether it holds between documents too: of the others the text around must be the same.
    pub fn crosses_documents(self) -> bool {
        matches!(self, Reason::SameName | Reason::KnownName(_))
    }
}

/// The strongest reason for two surfaces of a class to be one entity.
pub fn reason(class: TopClass, a: &str, b: &str, ontology: &Ontology) -> Option<Reason> {
    let (folded_a, folded_b) = (folded(a), folded(b));
    if folded_a.is_empty() || folded_b.is_empty() {
        return None;
    }
    if folded_a == folded_b {
        return Some(Reason::SameName);
    }
    if let Some(entry) =
        known_as(a, ontology).find(|entry| known_as(b, ontology).any(|b| b == *entry))
    {
        return Some(Reason::KnownName(entry));
    }
    let words_a: Vec<String> = folded_a.split(' ').map(str::to_owned).collect();
    let words_b: Vec<String> = folded_b.split(' ').map(str::to_owned).collect();
    // Of two as many words, "J. Smith" is shorter than "John Smith".
    let size = |words: &[String]| (words.len(), words.concat().len());
    let (short, full) =
        if size(&words_a) < size(&words_b) { (&words_a, &words_b) } else { (&words_b, &words_a) };
    match class {
        TopClass::Person if full.len() > 1 && short_of(short, full) => Some(match short.len() {
            1 => Reason::PartOfName,
            _ => Reason::ShorterName,
        }),
        TopClass::Person => None,
        TopClass::Organization | TopClass::Place | TopClass::Agreement => {
            if is_acronym(a, b) || is_acronym(b, a) {
                return Some(Reason::Acronym);
            }
            let heads = ontology.lexicon.list("org_heads");
            let openers = ontology.lexicon.list("group_openers");
            let core =
                |name| core(name, |word| heads.contains(word), |word| openers.contains(word));
            if class == TopClass::Organization && core(a) == core(b) && core(a).chars().count() > 2
            {
                return Some(Reason::SameCore);
            }
            let shared =
                class == TopClass::Agreement && short.iter().all(|word| full.contains(word));
            shared.then_some(Reason::SharedWords)
        }
    }
}

/// Everything that the list of known names has under a surface.
fn known_as(surface: &str, ontology: &Ontology) -> impl Iterator<Item = EntryId> {
    let words = surface.split_whitespace();
    let count = words.clone().count();
    let found = ontology.gazetteer.longest_match(words).filter(|found| found.words == count);
    found.into_iter().flat_map(|found| found.entries)
}

/// Whether `short` is made of the first letters of the words of `long`: of all, or of those that
/// begin with a capital.
pub fn is_acronym(short: &str, long: &str) -> bool {
    let letters: String = short.chars().filter(|mark| *mark != '.').collect();
    if letters.chars().count() < 2 || !letters.chars().all(|mark| mark.is_uppercase()) {
        return false;
    }
    let words: Vec<&str> = long
        .split(|mark: char| mark.is_whitespace() || mark == '-')
        .filter(|w| !w.is_empty())
        .collect();
    let initials = |keep: fn(char) -> bool| -> String {
        let firsts = words.iter().filter_map(|word| word.chars().next()).filter(|one| keep(*one));
        firsts.flat_map(char::to_uppercase).collect()
    };
    words.len() > 1 && (initials(char::is_uppercase) == letters || initials(|_| true) == letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_one_say_why() {
        let ontology = Ontology::builtin();
        for (class, a, b, name) in [
            (TopClass::Person, "José Álvarez", "Jose Alvarez", Some("same-name")),
            (TopClass::Person, "Álvarez", "José Álvarez", Some("part-of-name")),
            (TopClass::Person, "J. Álvarez", "José Álvarez", Some("shorter-name")),
            (TopClass::Person, "Ana Álvarez", "José Álvarez", None),
            (TopClass::Place, "U.S.", "United States", Some("known-name")),
            (TopClass::Organization, "JBC", "Joint Border Commission", Some("acronym")),
            (TopClass::Organization, "Al-Zarvan Front", "Zarvan", Some("same-core")),
            (TopClass::Organization, "Zarvan Front", "Morvan Front", None),
            (TopClass::Agreement, "border deal", "secret border deal", Some("shared-words")),
        ] {
            let found = reason(class, a, b, ontology).map(Reason::name);
            assert_eq!(found, name, "{a} and {b}");
        }
    }
}
