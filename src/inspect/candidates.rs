//! Pairs of entities that may be one. Likeness only proposes: nothing here joins anything.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::identity::explanation;
use super::names::fold;
use super::view::EntityView;
use crate::graph::{Entity, EntityIndex, KnowledgeGraph};
use crate::ontology::{Ontology, TopClass};
use crate::resolve::{Reason, is_acronym, reason};

/// A doubtful pair.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CandidatePair<'g> {
    pub a: EntityView<'g>,
    pub b: EntityView<'g>,
    /// From 0 to 1, two decimals: how much speaks for it, no probability.
    pub score: f64,
    pub reasons: Vec<String>,
}

/// Names that share a word with more others than this are told by it no better than by chance.
const CROWD: usize = 200;

/// The pairs whose score is at least `least`, the most likely first.
pub fn candidates<'g>(
    graph: &'g KnowledgeGraph,
    ontology: &'g Ontology,
    least: f64,
) -> Vec<CandidatePair<'g>> {
    let mut groups: BTreeMap<String, Vec<EntityIndex>> = BTreeMap::new();
    for (index, entity) in graph.entities() {
        for mark in marks(entity) {
            groups.entry(mark).or_default().push(index);
        }
    }
    let mut pairs: BTreeSet<(EntityIndex, EntityIndex)> = BTreeSet::new();
    for group in groups.values().filter(|group| group.len() <= CROWD) {
        for (at, a) in group.iter().enumerate() {
            pairs.extend(group[at + 1..].iter().map(|b| (*a.min(b), *a.max(b))));
        }
    }
    let view = |index| EntityView::new(graph, &ontology.schema, index);
    let mut found: Vec<CandidatePair<'g>> = pairs
        .into_iter()
        .filter_map(|(a, b)| {
            let (score, reasons) = likeness(graph.entity(a), graph.entity(b), ontology)?;
            let score = (score * 100.0).round() / 100.0;
            (score >= least).then(|| CandidatePair { a: view(a), b: view(b), score, reasons })
        })
        .collect();
    found.sort_by(|x, y| {
        y.score.total_cmp(&x.score).then_with(|| (x.a.id, x.b.id).cmp(&(y.a.id, y.b.id)))
    });
    found
}

/// What two names must share to be compared at all: a word, the beginning, or first letters.
fn marks(entity: &Entity) -> BTreeSet<String> {
    let class = entity.class.name();
    let folded = fold(&entity.name);
    let mut marks: BTreeSet<String> = folded
        .split(' ')
        .filter(|word| word.chars().count() > 2)
        .map(|word| format!("{class} {word}"))
        .collect();
    let beginning: String = folded.chars().take(4).collect();
    marks.insert(format!("{class} {beginning}…"));
    let words = entity.name.split_whitespace();
    let letters: String = match words.clone().count() {
        1 => entity.name.chars().filter(|mark| *mark != '.').collect(),
        _ => {
            words.filter_map(|word| word.chars().next()).filter(|one| one.is_uppercase()).collect()
        }
    };
    if (2..8).contains(&letters.chars().count()) {
        marks.insert(format!("{class} {letters}."));
    }
    marks
}

fn likeness(a: &Entity, b: &Entity, ontology: &Ontology) -> Option<(f64, Vec<String>)> {
    let known = |one: &Entity| ontology.gazetteer.entry_by_id(&one.key).is_some();
    if a.class != b.class || (known(a) && known(b)) {
        return None;
    }
    let mut score: f64 = 0.0;
    let mut reasons = Vec::new();
    let mut note = |points: f64, text: String| {
        score = score.max(points);
        reasons.push(text);
    };
    let (name_a, name_b) = (fold(&a.name), fold(&b.name));
    if let Some(reason) = reason(a.class, &a.name, &b.name, ontology) {
        let points = match reason {
            Reason::SameName => 0.7,
            Reason::KnownName(_) => 0.9,
            Reason::ShorterName => 0.9,
            Reason::SameCore => 0.85,
            Reason::PartOfName => 0.75,
            Reason::Acronym => 0.7,
            Reason::SharedWords => 0.6,
        };
        note(points, explanation(reason, &a.name, &b.name, ontology));
    } else if is_acronym(&a.name, &b.name) || is_acronym(&b.name, &a.name) {
        note(0.7, "one may be an acronym of the other".into());
    }
    if name_a != name_b {
        let similarity = strsim::jaro_winkler(&name_a, &name_b);
        if similarity >= 0.9 && !numbers_differ(&name_a, &name_b) {
            note(similarity * 0.95, format!("similar names ({similarity:.2})"));
        }
        if a.class == TopClass::Person
            && let (Some((first_a, rest_a)), Some((first_b, rest_b))) =
                (name_a.split_once(' '), name_b.split_once(' '))
            && rest_a.rsplit(' ').next() == rest_b.rsplit(' ').next()
            && first_a != first_b
        {
            let first = strsim::jaro_winkler(first_a, first_b);
            note(
                0.2 + 0.65 * first,
                format!("one surname, first names “{first_a}” and “{first_b}” ({first:.2})"),
            );
        }
    }
    (!reasons.is_empty()).then_some((score, reasons))
}

/// "Resolution 2254" and "Resolution 2268" are spelled alike and are two.
fn numbers_differ(a: &str, b: &str) -> bool {
    let digits = |name: &str| name.chars().filter(char::is_ascii_digit).collect::<String>();
    digits(a) != digits(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_proposes_what_may_be_one() {
        let ontology = Ontology::builtin();
        let mut graph = KnowledgeGraph::new();
        for (key, class, name) in [
            ("person/mara-lindqvist", TopClass::Person, "Mara Lindqvist"),
            ("person/marah-lindqvist", TopClass::Person, "Marah Lindqvist"),
            ("person/juhan-kask", TopClass::Person, "Juhan Kask"),
            ("person/martin-kask", TopClass::Person, "Martin Kask"),
            ("organization/merrow-harbour-union", TopClass::Organization, "Merrow Harbour Union"),
            ("organization/mhu-1a2b3c4d", TopClass::Organization, "MHU"),
            ("country/ne", TopClass::Place, "Niger"),
            ("country/ng", TopClass::Place, "Nigeria"),
        ] {
            graph.add_entity(Entity {
                key: key.into(),
                class,
                subclass: None,
                name: name.into(),
                aliases: Vec::new(),
                same_as: Vec::new(),
                mentions: Vec::new(),
            });
        }
        let found = candidates(&graph, ontology, 0.6);
        let lines: Vec<_> = found.iter().map(|pair| (pair.a.name, pair.b.name)).collect();
        assert_eq!(
            lines,
            [("Mara Lindqvist", "Marah Lindqvist"), ("Merrow Harbour Union", "MHU")],
            "father and son score lower, two known countries are two"
        );
        assert!(found[0].reasons[0].starts_with("similar names (0.9"), "{:?}", found[0].reasons);
        let all = candidates(&graph, ontology, 0.0);
        assert!(all.iter().any(|pair| pair.a.name == "Juhan Kask" && pair.b.name == "Martin Kask"));
    }
}
