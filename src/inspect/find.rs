//! Tolerant look-up of an entity by what a person types.

use super::names::fold;
use crate::graph::{Entity, EntityIndex, KnowledgeGraph};

/// What a typed name leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameMatch {
    One(EntityIndex),
    /// Several entities bear the name, those with the most claims first.
    Several(Vec<EntityIndex>),
    /// Nothing bears it; names that come near, the nearest first.
    None(Vec<String>),
}

/// How many near names are worth showing.
const SUGGESTIONS: usize = 5;

/// Finds the entity that `typed` names: by key or IRI, then by name, then by alias. Case,
/// accents, Unicode composition, punctuation and a leading "the" do not count, except to
/// choose between entities that would otherwise be equal ("US" and "us").
pub fn find_entity(graph: &KnowledgeGraph, typed: &str) -> NameMatch {
    if let Some(index) = by_key_or_iri(graph, typed.trim()) {
        return NameMatch::One(index);
    }
    let wanted = fold(typed);
    if wanted.is_empty() {
        return NameMatch::None(Vec::new());
    }
    let by_name: Vec<_> = matching(graph, |entity| fold(&entity.name) == wanted);
    let found = if by_name.is_empty() {
        matching(graph, |entity| entity.aliases.iter().any(|alias| fold(alias) == wanted))
    } else {
        by_name
    };
    match found.as_slice() {
        [] => NameMatch::None(near_names(graph, &wanted)),
        [only] => NameMatch::One(*only),
        _ => {
            let exact: Vec<_> = found
                .iter()
                .copied()
                .filter(|index| bears_exactly(graph.entity(*index), typed.trim()))
                .collect();
            match exact.as_slice() {
                [only] => NameMatch::One(*only),
                _ => NameMatch::Several(most_claims_first(graph, found)),
            }
        }
    }
}

/// Everything that bears a name in any form: as its name, as an alias, or as its key.
pub fn bearers(graph: &KnowledgeGraph, typed: &str) -> Vec<EntityIndex> {
    if let Some(index) = by_key_or_iri(graph, typed.trim()) {
        return vec![index];
    }
    let wanted = fold(typed);
    matching(graph, |entity| {
        let mut names = std::iter::once(&entity.name).chain(&entity.aliases);
        !wanted.is_empty() && names.any(|name| fold(name) == wanted)
    })
}

fn by_key_or_iri(graph: &KnowledgeGraph, typed: &str) -> Option<EntityIndex> {
    graph.entity_by_key(typed).or_else(|| {
        // Keys contain slashes, so the split that makes a key cannot be known from the IRI.
        let (_, path) = typed.split_once("://")?;
        path.match_indices('/').find_map(|(at, _)| graph.entity_by_key(&path[at + 1..]))
    })
}

fn matching(graph: &KnowledgeGraph, test: impl Fn(&Entity) -> bool) -> Vec<EntityIndex> {
    graph.entities().filter(|(_, entity)| test(entity)).map(|(index, _)| index).collect()
}

fn bears_exactly(entity: &Entity, typed: &str) -> bool {
    entity.name == typed || entity.aliases.iter().any(|alias| alias == typed)
}

fn most_claims_first(graph: &KnowledgeGraph, mut found: Vec<EntityIndex>) -> Vec<EntityIndex> {
    found.sort_by_cached_key(|index| {
        let claims = graph.claims_from(*index).count() + graph.claims_to(*index).count();
        (std::cmp::Reverse(claims), graph.entity(*index).key.clone())
    });
    found
}

/// Names that contain every word of the wanted one, then names that are spelled like it.
fn near_names(graph: &KnowledgeGraph, wanted: &str) -> Vec<String> {
    let forms = graph
        .entities()
        .flat_map(|(_, entity)| std::iter::once(&entity.name).chain(&entity.aliases))
        .map(String::as_str);
    suggest(wanted, forms)
}

/// The names of `known` that come nearest to `typed`, at most five, the nearest first.
pub fn suggest<'n>(typed: &str, known: impl Iterator<Item = &'n str>) -> Vec<String> {
    let wanted = fold(typed);
    let mut near: Vec<(u32, &str)> = known
        .filter_map(|name| {
            let nearness = nearness(&wanted, &fold(name))?;
            Some((nearness, name))
        })
        .collect();
    near.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    near.dedup_by(|a, b| a.1 == b.1);
    near.into_iter().take(SUGGESTIONS).map(|(_, name)| name.to_owned()).collect()
}

/// Similarity in thousandths, or `None` for what nobody can have meant.
fn nearness(wanted: &str, name: &str) -> Option<u32> {
    if wanted.is_empty() || name.is_empty() {
        return None;
    }
    let contains_all = wanted.split(' ').all(|word| name.split(' ').any(|known| known == word));
    if contains_all {
        return Some(1000);
    }
    let similarity = strsim::jaro_winkler(wanted, name);
    let edits = strsim::damerau_levenshtein(wanted, name);
    let length = wanted.chars().count().max(name.chars().count());
    // Jaro-Winkler alone finds far-fetched names for short words, edits alone miss a changed ending.
    (similarity >= 0.85 && edits * 2 <= length || edits * 4 <= length)
        .then_some((similarity * 999.0) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::TopClass;

    fn graph(names: &[(&str, &str, &[&str])]) -> KnowledgeGraph {
        let mut graph = KnowledgeGraph::new();
        for (key, name, aliases) in names {
            graph.add_entity(Entity {
                key: (*key).into(),
                class: TopClass::Person,
                subclass: None,
                name: (*name).into(),
                aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
                same_as: Vec::new(),
                mentions: Vec::new(),
            });
        }
        graph
    }

    #[test]
    fn a_name_is_found_however_it_is_typed() {
        let graph = graph(&[
            ("person/jose-alvarez", "José Álvarez", &["Álvarez"]),
            ("organization/foreign-office", "Foreign Office", &["FO"]),
        ]);
        for typed in [
            "José Álvarez",
            "jose alvarez",
            "Jose\u{301} A\u{301}lvarez",
            "ALVAREZ",
            "person/jose-alvarez",
            "https://example.org/id/person/jose-alvarez",
        ] {
            assert_eq!(find_entity(&graph, typed), NameMatch::One(EntityIndex(0)), "{typed}");
        }
        assert_eq!(find_entity(&graph, "the foreign office"), NameMatch::One(EntityIndex(1)));
    }

    #[test]
    fn a_name_that_several_bear_lists_them_and_the_exact_spelling_decides() {
        let graph = graph(&[
            ("person/a", "Anna Berg", &["Berg"]),
            ("person/b", "Olle Berg", &["Berg"]),
            ("place/us", "US", &[]),
            ("organization/us", "Us", &[]),
        ]);
        assert_eq!(
            find_entity(&graph, "berg"),
            NameMatch::Several(vec![EntityIndex(0), EntityIndex(1)])
        );
        assert_eq!(find_entity(&graph, "Us"), NameMatch::One(EntityIndex(3)));
    }

    #[test]
    fn a_misspelled_name_suggests_the_right_one() {
        let graph = graph(&[("person/a", "Margarethe Lindqvist", &[]), ("person/b", "Bo Ek", &[])]);
        for typed in ["Margaret Lindquist", "lindqvist", "Margarethe Lindqist"] {
            assert_eq!(
                find_entity(&graph, typed),
                NameMatch::None(vec!["Margarethe Lindqvist".into()]),
                "{typed}"
            );
        }
        assert_eq!(find_entity(&graph, "Zzyzx"), NameMatch::None(Vec::new()));
        assert_eq!(find_entity(&graph, "  "), NameMatch::None(Vec::new()));
    }
}
