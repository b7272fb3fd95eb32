//! Which found entity is which gold entity: one to one, within a class, by shared surface forms.

use std::cmp::Ordering;

use super::side::Node;
use super::surface::content_words;
use crate::ontology::TopClass;

/// For each found entity the gold entity that it is paired with, as an index into `gold`.
///
/// The best fitting pair comes first, and neither of its two is paired again. So a graph that
/// splits a gold entity in two has one of them too many, and one that merges two misses one.
pub fn pair(gold: &[Node], found: &[Node]) -> Vec<Option<usize>> {
    let mut ranked: Vec<(f64, usize, usize)> = Vec::new();
    for (gold_at, wanted) in gold.iter().enumerate() {
        for (found_at, offered) in found.iter().enumerate() {
            let affinity = affinity(wanted, offered);
            if affinity > 0.0 {
                ranked.push((affinity, gold_at, found_at));
            }
        }
    }
    // Stable: of equal pairs the first one in gold, then in what was found, is taken.
    ranked.sort_by(|a, b| b.0.partial_cmp(&a.0).unwrap_or(Ordering::Equal));
    let mut pairs = vec![None; found.len()];
    let mut is_used = vec![false; gold.len()];
    for (_, gold_at, found_at) in ranked {
        if !is_used[gold_at] && pairs[found_at].is_none() {
            is_used[gold_at] = true;
            pairs[found_at] = Some(gold_at);
        }
    }
    pairs
}

/// How well a found entity covers a gold one; 0 where they may not be paired.
fn affinity(gold: &Node, found: &Node) -> f64 {
    if gold.class != found.class {
        return 0.0;
    }
    let shared = gold.forms.intersection(&found.forms).count();
    if shared == 0 {
        // An agreement is often only described, each time in other words.
        return match gold.class {
            TopClass::Agreement => affinity_of_descriptions(gold, found),
            _ => 0.0,
        };
    }
    let all = gold.forms.union(&found.forms).count();
    let mut affinity = shared as f64 / all as f64;
    // A name counts more than a mention, and gold's name most.
    if found.forms.contains(&gold.normal_name) {
        affinity += 0.5;
    }
    if gold.forms.contains(&found.normal_name) {
        affinity += 0.25;
    }
    affinity
}

/// By the content words that two descriptions share: half of all their words, or nearly all
/// words of the shorter one where that has several.
fn affinity_of_descriptions(gold: &Node, found: &Node) -> f64 {
    let mut best: f64 = 0.0;
    for wanted in gold.forms.iter().map(|form| content_words(form)) {
        for offered in found.forms.iter().map(|form| content_words(form)) {
            if wanted.is_empty() || offered.is_empty() {
                continue;
            }
            let shared = wanted.intersection(&offered).count() as f64;
            best = best.max(shared / wanted.union(&offered).count() as f64);
            let shorter = wanted.len().min(offered.len());
            if shorter > 1 {
                best = best.max(0.9 * shared / shorter as f64);
            }
        }
    }
    if best >= 0.5 { 0.5 * best } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(class: TopClass, forms: &[&str]) -> Node {
        Node::new(class, None, forms[0], forms[1..].iter().copied())
    }

    fn people(forms: &[&[&str]]) -> Vec<Node> {
        forms.iter().map(|forms| node(TopClass::Person, forms)).collect()
    }

    #[test]
    fn one_form_in_common_pairs_and_the_class_must_fit() {
        let gold = people(&[&["Anna Weiss", "Weiss"], &["Omar Haddad"]]);
        assert_eq!(pair(&gold, &people(&[&["Omar Haddad"], &["Weiss"]])), [Some(1), Some(0)]);
        let place = [node(TopClass::Place, &["Weiss"])];
        assert_eq!(pair(&gold, &place), [None]);
    }

    #[test]
    fn a_split_leaves_one_part_over() {
        let gold = people(&[&["Anna Weiss", "Weiss"]]);
        let split = people(&[&["Weiss"], &["Anna Weiss"]]);
        assert_eq!(pair(&gold, &split), [None, Some(0)], "the one with the name is taken");
    }

    #[test]
    fn a_merge_leaves_one_gold_entity_over() {
        let gold = people(&[&["Anna Weiss"], &["Karl Weiss"]]);
        let merged = people(&[&["Karl Weiss", "Anna Weiss"]]);
        assert_eq!(pair(&gold, &merged), [Some(1)]);
    }

    #[test]
    fn of_equal_pairs_the_first_is_taken() {
        let gold = people(&[&["Weiss"], &["Weiss"]]);
        assert_eq!(pair(&gold, &people(&[&["Weiss"], &["Weiss"]])), [Some(0), Some(1)]);
    }

    #[test]
    fn agreements_pair_by_the_content_words_of_their_descriptions() {
        let gold = [node(TopClass::Agreement, &["September ceasefire agreement", "truce"])];
        let check = |form: &str, pairs: bool| {
            let found = [node(TopClass::Agreement, &[form])];
            assert_eq!(pair(&gold, &found), [pairs.then_some(0)], "{form}");
        };
        check("the ceasefire agreement of September", true);
        check("ceasefire agreement", true);
        check("ceasefire agreement of the two governments signed at dawn", true);
        check("trade agreement", false);
        check("agreement", false);
        check("the new one", false);
    }
}
