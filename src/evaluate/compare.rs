//! One article: what was found, held against gold.

use std::collections::{BTreeMap, BTreeSet};

use super::pairing::pair;
use super::scheme::Scheme;
use super::side::{Side, Statement};
use super::support::supports;
use super::tally::{Measure, Tallies, Tally};
use crate::ontology::{PropertyId, TopClass};
use crate::statement::Polarity;

/// What comparing one article gives.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    pub tallies: Tallies,
    /// Entities of gold that no found one is paired with, as indexes.
    pub missed_nodes: Vec<usize>,
    /// Found entities that are paired with none of gold, as indexes.
    pub spurious_nodes: Vec<usize>,
    /// Statements of gold whose proposition was not found with that polarity, as indexes.
    pub missed: Vec<usize>,
    /// Found statements whose proposition gold does not have, one for each, as indexes.
    pub spurious: Vec<usize>,
}

/// An end of a relation: an entity of gold, or a found one when not both ends are paired.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Gold(usize),
    Found(usize),
}

/// A relation between two ends. Where direction is open the ends are in order.
type Proposition = (PropertyId, End, End);

/// The statements of each proposition, as indexes, by polarity.
type Propositions = BTreeMap<Proposition, Vec<usize>>;

/// Compares what was found in an article with its gold. `text` is the article's, in which a
/// found sentence must stand.
///
/// A relation is right when both ends are paired and the type is gold's; in a family, when the
/// type is of the family of gold's, whatever the direction.
pub fn compare(gold: &Side, found: &Side, text: &str, scheme: &Scheme) -> Comparison {
    let pairs = pair(&gold.nodes, &found.nodes);
    let mut comparison = Comparison::default();
    count_nodes(gold, found, &pairs, &mut comparison);

    let in_gold = |statement: &Statement| {
        ordered(statement.property, End::Gold(statement.head), End::Gold(statement.tail), scheme)
    };
    let in_found = |statement: &Statement| {
        let (head, tail) = match (pairs[statement.head], pairs[statement.tail]) {
            (Some(head), Some(tail)) => (End::Gold(head), End::Gold(tail)),
            _ => (End::Found(statement.head), End::Found(statement.tail)),
        };
        ordered(statement.property, head, tail, scheme)
    };
    let (gold_affirmed, gold_denied) = propositions(gold, in_gold);
    let (found_affirmed, found_denied) = propositions(found, in_found);

    count_relations(&gold_affirmed, &found_affirmed, scheme, &mut comparison.tallies);
    let denied = count(gold_denied.keys(), found_denied.keys());
    comparison.tallies.insert(Measure::Denied, denied);

    let (mut evidence, mut speakers) = (Tally::default(), Tally::default());
    for proposition in gold_affirmed.keys().filter(|one| found_affirmed.contains_key(one)) {
        // Where gold states one thing twice, the last statement counts, denied or not.
        let of = |propositions: &Propositions| propositions.get(proposition).cloned();
        let wanted = of(&gold_affirmed).into_iter().chain(of(&gold_denied)).flatten().max();
        let Some(wanted) = wanted.map(|at| &gold.statements[at]) else { continue };
        let offered: Vec<&Statement> = [&found_affirmed, &found_denied]
            .into_iter()
            .filter_map(|propositions| propositions.get(proposition))
            .flatten()
            .map(|at| &found.statements[*at])
            .collect();
        let supported =
            offered.iter().any(|offered| supports(&offered.sentence, &wanted.sentence, text));
        evidence += Tally::new(supported.into(), 1, 1);
        // All speakers that gold does not know are one.
        let said: BTreeSet<Option<usize>> =
            offered.iter().filter_map(|one| one.speaker).map(|speaker| pairs[speaker]).collect();
        let is_right = wanted.speaker.is_some() && said.contains(&wanted.speaker);
        speakers += Tally::new(is_right.into(), wanted.speaker.is_some().into(), said.len());
    }
    comparison.tallies.insert(Measure::Evidence, evidence);
    comparison.tallies.insert(Measure::Speaker, speakers);

    for (wanted, offered) in [(&gold_affirmed, &found_affirmed), (&gold_denied, &found_denied)] {
        comparison.missed.extend(firsts_of_others(wanted, offered));
        comparison.spurious.extend(firsts_of_others(offered, wanted));
    }
    comparison.missed.sort_unstable();
    comparison.spurious.sort_unstable();
    comparison
}

fn count_nodes(
    gold: &Side,
    found: &Side,
    pairs: &[Option<usize>],
    Comparison { tallies, missed_nodes, spurious_nodes, .. }: &mut Comparison,
) {
    let paired: BTreeSet<usize> = pairs.iter().flatten().copied().collect();
    let mut all = Tally::default();
    for class in TopClass::ALL {
        let tally = Tally::new(
            paired.iter().filter(|at| gold.nodes[**at].class == class).count(),
            gold.nodes.iter().filter(|node| node.class == class).count(),
            found.nodes.iter().filter(|node| node.class == class).count(),
        );
        tallies.insert(Measure::Class(class), tally);
        all += tally;
    }
    tallies.insert(Measure::Entities, all);
    let mut subclasses = Tally::default();
    for (offered, at) in found.nodes.iter().zip(pairs) {
        if let Some(wanted) = at.and_then(|at| gold.nodes[at].subclass) {
            subclasses += Tally::new((offered.subclass == Some(wanted)).into(), 1, 1);
        }
    }
    tallies.insert(Measure::Subclass, subclasses);
    missed_nodes.extend((0..gold.nodes.len()).filter(|at| !paired.contains(at)));
    spurious_nodes.extend((0..found.nodes.len()).filter(|at| pairs[*at].is_none()));
}

fn count_relations(
    gold: &Propositions,
    found: &Propositions,
    scheme: &Scheme,
    tallies: &mut Tallies,
) {
    tallies.insert(Measure::Relations, count(gold.keys(), found.keys()));
    let family = |&(property, head, tail): &Proposition| {
        (scheme.family(property), head.min(tail), head.max(tail))
    };
    let (gold_families, found_families): (BTreeSet<_>, BTreeSet<_>) =
        (gold.keys().map(family).collect(), found.keys().map(family).collect());
    tallies.insert(Measure::Family, count(gold_families.iter(), found_families.iter()));
    let properties: BTreeSet<PropertyId> =
        gold.keys().chain(found.keys()).map(|(property, ..)| *property).collect();
    for property in properties {
        let of_it = |one: &&Proposition| one.0 == property;
        let tally = count(gold.keys().filter(of_it), found.keys().filter(of_it));
        tallies.insert(Measure::Relation(property), tally);
    }
}

fn ordered(property: PropertyId, head: End, tail: End, scheme: &Scheme) -> Proposition {
    match scheme.is_either_way(property) {
        true => (property, head.min(tail), head.max(tail)),
        false => (property, head, tail),
    }
}

/// What is affirmed and what is denied.
fn propositions(
    side: &Side,
    proposition: impl Fn(&Statement) -> Proposition,
) -> (Propositions, Propositions) {
    let (mut affirmed, mut denied) = (Propositions::new(), Propositions::new());
    for (at, statement) in side.statements.iter().enumerate() {
        let propositions = match statement.polarity {
            Polarity::Affirmed => &mut affirmed,
            Polarity::Denied => &mut denied,
        };
        propositions.entry(proposition(statement)).or_default().push(at);
    }
    (affirmed, denied)
}

fn count<T: Ord>(gold: impl Iterator<Item = T>, found: impl Iterator<Item = T>) -> Tally {
    let (gold, found): (BTreeSet<T>, BTreeSet<T>) = (gold.collect(), found.collect());
    Tally::new(gold.intersection(&found).count(), gold.len(), found.len())
}

/// The first statement of each proposition that `others` lacks.
fn firsts_of_others(propositions: &Propositions, others: &Propositions) -> Vec<usize> {
    let lacking = propositions.iter().filter(|(proposition, _)| !others.contains_key(proposition));
    lacking.filter_map(|(_, statements)| statements.first().copied()).collect()
}
