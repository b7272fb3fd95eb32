//! Whole comparisons on small articles written for them.

use super::*;
use crate::ontology::Ontology;
use crate::ontology::TopClass;

const TEXT: &str = "Anna Weiss leads Nordbank. Haddad said that Seeland attacked Bergland. \
    Nordbank never bought Sudbank. The two countries signed the Lake Accord.";

/// Gold and finds are both written as gold; the id of an entity is its name.
fn side(relations: &[(&str, &str, &str, &str, &str, &str)]) -> Side {
    let entities = [
        ("Person", "", "Anna Weiss"),
        ("Person", "", "Haddad"),
        ("Organization", "Company", "Nordbank"),
        ("Organization", "", "Sudbank"),
        ("Place", "Country", "Seeland"),
        ("Place", "Country", "Bergland"),
        ("Agreement", "Treaty", "Lake Accord"),
    ];
    let entities: Vec<_> = entities
        .iter()
        .map(|(class, subclass, name)| {
            let subtype = (!subclass.is_empty()).then_some(subclass);
            serde_json::json!({"id": name, "type": class, "subtype": subtype, "name": name})
        })
        .collect();
    let relations: Vec<_> = relations
        .iter()
        .map(|(property, head, tail, polarity, speaker, sentence)| {
            let speaker = (!speaker.is_empty()).then_some(speaker);
            serde_json::json!({
                "type": property, "head": head, "tail": tail, "polarity": polarity,
                "attributed_to": speaker, "evidence": sentence,
            })
        })
        .collect();
    let article = serde_json::json!({
        "id": "a", "text": TEXT, "entities": entities, "relations": relations,
    });
    GoldArticle::from_json(article.to_string().as_bytes(), schema()).expect("it is sound").side
}

fn schema() -> &'static Schema {
    &Ontology::builtin().schema
}

fn compared(gold: &Side, found: &Side) -> Comparison {
    compare(gold, found, TEXT, &Scheme::new(schema()))
}

fn relation(name: &str) -> Measure {
    Measure::Relation(schema().property_id(name).expect("it is a relation"))
}

const LEADS: &str = "Anna Weiss leads Nordbank.";
const ATTACKED: &str = "Haddad said that Seeland attacked Bergland.";
const BOUGHT: &str = "Nordbank never bought Sudbank.";
const SIGNED: &str = "The two countries signed the Lake Accord.";

#[test]
fn equal_sides_are_all_right() {
    let gold = side(&[
        ("headOf", "Anna Weiss", "Nordbank", "affirmed", "", LEADS),
        ("inConflictWith", "Seeland", "Bergland", "affirmed", "Haddad", ATTACKED),
        ("owns", "Nordbank", "Sudbank", "denied", "", BOUGHT),
    ]);
    let comparison = compared(&gold, &gold);
    let tallies = &comparison.tallies;
    let check = |measure: Measure, all: usize| {
        assert_eq!(tallies[&measure], Tally::new(all, all, all), "{measure:?}");
    };
    check(Measure::Entities, 7);
    check(Measure::Class(TopClass::Person), 2);
    check(Measure::Subclass, 4);
    check(Measure::Relations, 2);
    check(Measure::Family, 2);
    check(Measure::Denied, 1);
    check(Measure::Evidence, 2);
    check(Measure::Speaker, 1);
    check(relation("headOf"), 1);
    assert_eq!(tallies.get(&relation("owns")), None, "what is denied is not counted by type");
    let Comparison { missed_nodes, spurious_nodes, missed, spurious, .. } = comparison;
    assert_eq!([missed_nodes, spurious_nodes, missed, spurious].concat(), [0; 0]);
}

#[test]
fn direction_is_open_for_conflict_and_counts_for_headship() {
    let gold = side(&[
        ("headOf", "Anna Weiss", "Nordbank", "affirmed", "", LEADS),
        ("inConflictWith", "Seeland", "Bergland", "affirmed", "", ATTACKED),
        ("partyTo", "Seeland", "Lake Accord", "affirmed", "", SIGNED),
    ]);
    let turned = side(&[
        ("headOf", "Nordbank", "Anna Weiss", "affirmed", "", LEADS),
        ("inConflictWith", "Bergland", "Seeland", "affirmed", "", ATTACKED),
    ]);
    let comparison = compared(&gold, &turned);
    assert_eq!(comparison.tallies[&Measure::Relations], Tally::new(1, 3, 2));
    assert_eq!(comparison.tallies[&relation("inConflictWith")], Tally::new(1, 1, 1));
    assert_eq!(comparison.tallies[&relation("headOf")], Tally::new(0, 1, 1));
    assert_eq!(comparison.tallies[&Measure::Family], Tally::new(2, 3, 2));
    assert_eq!((comparison.missed, comparison.spurious), (vec![0, 2], vec![0]));
}

#[test]
fn a_sibling_counts_in_the_family_only() {
    let gold = side(&[("headOf", "Anna Weiss", "Nordbank", "affirmed", "", LEADS)]);
    let found = side(&[
        ("worksFor", "Anna Weiss", "Nordbank", "affirmed", "", LEADS),
        ("memberOf", "Anna Weiss", "Nordbank", "affirmed", "", LEADS),
    ]);
    let tallies = compared(&gold, &found).tallies;
    assert_eq!(tallies[&Measure::Relations], Tally::new(0, 1, 2));
    assert_eq!(tallies[&Measure::Family], Tally::new(1, 1, 1), "siblings are one");
    assert_eq!(tallies[&Measure::Evidence], Tally::default(), "only of what is right");
}

#[test]
fn what_is_denied_is_not_what_is_affirmed() {
    let gold = side(&[("owns", "Nordbank", "Sudbank", "denied", "", BOUGHT)]);
    let found = side(&[("owns", "Nordbank", "Sudbank", "affirmed", "", BOUGHT)]);
    let comparison = compared(&gold, &found);
    assert_eq!(comparison.tallies[&Measure::Denied], Tally::new(0, 1, 0));
    assert_eq!(comparison.tallies[&Measure::Relations], Tally::new(0, 0, 1));
    assert_eq!((comparison.missed, comparison.spurious), (vec![0], vec![0]));
}

#[test]
fn one_right_sentence_and_speaker_among_several_is_enough() {
    let gold = side(&[("inConflictWith", "Seeland", "Bergland", "affirmed", "Haddad", ATTACKED)]);
    let found = side(&[
        ("inConflictWith", "Seeland", "Bergland", "affirmed", "Anna Weiss", SIGNED),
        ("inConflictWith", "Seeland", "Bergland", "affirmed", "Haddad", ATTACKED),
        ("inConflictWith", "Bergland", "Seeland", "affirmed", "", SIGNED),
    ]);
    let tallies = compared(&gold, &found).tallies;
    assert_eq!(tallies[&Measure::Relations], Tally::new(1, 1, 1));
    assert_eq!(tallies[&Measure::Evidence], Tally::new(1, 1, 1));
    assert_eq!(tallies[&Measure::Speaker], Tally::new(1, 1, 2));
}

#[test]
fn a_wrong_sentence_and_a_speaker_too_many_are_told() {
    let gold = side(&[("headOf", "Anna Weiss", "Nordbank", "affirmed", "", LEADS)]);
    let found = side(&[("headOf", "Anna Weiss", "Nordbank", "affirmed", "Haddad", SIGNED)]);
    let tallies = compared(&gold, &found).tallies;
    assert_eq!(tallies[&Measure::Evidence], Tally::new(0, 1, 1));
    assert_eq!(tallies[&Measure::Speaker], Tally::new(0, 0, 1));
}

#[test]
fn a_relation_with_an_end_that_gold_lacks_is_spurious() {
    let gold = side(&[("headOf", "Anna Weiss", "Nordbank", "affirmed", "", LEADS)]);
    let mut found = gold.clone();
    found.nodes[0] = Node::new(TopClass::Person, None, "Somebody Else", ["Else"]);
    let comparison = compared(&gold, &found);
    assert_eq!(comparison.tallies[&Measure::Relations], Tally::new(0, 1, 1));
    assert_eq!((comparison.missed_nodes, comparison.spurious_nodes), (vec![0], vec![0]));
    assert_eq!((comparison.missed, comparison.spurious), (vec![0], vec![0]));
}
