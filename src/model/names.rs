//! The tagger's names and the rules' names made one list: where they disagree the tagger, which
//! was given the rules' opinion, decides if it is sure enough.

use std::ops::Range;

use crate::confidence::Confidence;
use crate::mention::Mention;
use crate::ontology::{NameKind, Ontology, TopClass};
use crate::statement::{MentionForm, Origin};
use crate::token::Tokens;

use super::labels::Labels;
use super::weights::{NameThresholds, Settings};

/// A stretch that the tagger takes for a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Tagged {
    pub tokens: Range<usize>,
    pub class: TopClass,
    /// Mean probability of its tags.
    pub probability: f32,
}

/// Reads names off the tags of a document's tokens: each token's likeliest tag; one that goes on
/// another class than the one before, or another sentence, begins a name.
pub fn decode(tags: &[Vec<f32>], sentence_of: &[usize], labels: &Labels) -> Vec<Tagged> {
    let classes = labels.classes.len();
    let mut found: Vec<(Range<usize>, usize, f32)> = Vec::new();
    for (at, row) in tags.iter().enumerate() {
        let best =
            (0..row.len()).fold(0, |best, tag| if row[tag] > row[best] { tag } else { best });
        let Some(number) = best.checked_sub(1) else { continue };
        let (class, goes_on) = (number % classes, number >= classes);
        match found.last_mut() {
            Some((range, before, sum))
                if goes_on
                    && range.end == at
                    && *before == class
                    && sentence_of.get(range.start) == sentence_of.get(at) =>
            {
                range.end = at + 1;
                *sum += row[best];
            }
            _ => found.push((at..at + 1, class, row[best])),
        }
    }
    found
        .into_iter()
        .filter_map(|(tokens, class, sum)| {
            let probability = sum / tokens.len() as f32;
            Some(Tagged { class: labels.classes[class]?, tokens, probability })
        })
        .collect()
}

/// The mentions of a document: what the tagger finds, with what the rules and the gazetteer know
/// of it, and those of the rules that the tagger does not rule out. Sorted, none overlapping.
pub fn settle(
    text: &str,
    tokens: &Tokens,
    rules: Vec<Mention>,
    tagged: Vec<Tagged>,
    tags: &[Vec<f32>],
    settings: &Settings,
    ontology: &Ontology,
) -> Vec<Mention> {
    let NameThresholds { followed, add, retype, drop } = &settings.names;
    let trusted = |class: TopClass| followed.iter().any(|name| name == class.name());
    let mut taken = vec![false; tokens.tokens.len()];
    let mut settled = Vec::with_capacity(rules.len().max(tagged.len()));
    // The words decide the bounds of an agreement: the rules know them better.
    let (agreements, rules): (Vec<_>, Vec<_>) =
        rules.into_iter().partition(|mention| mention.class == TopClass::Agreement);
    for agreement in agreements {
        taken[agreement.tokens.clone()].fill(true);
        settled.push(agreement);
    }
    for one in tagged {
        let at = rules.partition_point(|mention| mention.tokens.start < one.tokens.start);
        let known = rules.get(at).filter(|mention| mention.tokens == one.tokens);
        if one.class == TopClass::Agreement || one.tokens.clone().any(|at| taken[at]) {
            continue;
        }
        let followed = match known {
            _ if !trusted(one.class) => false,
            Some(known) => known.class != one.class && one.probability >= *retype,
            None => one.probability >= *add,
        };
        match known {
            _ if followed => {
                taken[one.tokens.clone()].fill(true);
                settled.push(named(text, tokens, one, &settings.name, ontology));
            }
            Some(known) => {
                taken[one.tokens.clone()].fill(true);
                settled.push(known.clone());
            }
            // What the rules have there stays.
            None => {}
        }
    }
    for mention in rules {
        let free = mention.tokens.clone().all(|at| !taken[at]);
        let none = |at: usize| tags.get(at).is_some_and(|row| row[0] >= *drop);
        let doubted = mention.form == MentionForm::Name
            && !mention.demonym
            && trusted(mention.class)
            && mention.tokens.clone().all(none);
        if free && !doubted {
            settled.push(mention);
        }
    }
    settled.sort_by_key(|mention| mention.tokens.start);
    settled
}

/// A name that the rules do not have, or have as something else.
fn named(text: &str, tokens: &Tokens, one: Tagged, origin: &str, ontology: &Ontology) -> Mention {
    let words = tokens.tokens[one.tokens.clone()].iter().map(|token| token.span.of(text));
    let entry = ontology
        .gazetteer
        .longest_match(words)
        .filter(|known| known.words == one.tokens.len() && known.kind != NameKind::Demonym)
        .and_then(|known| {
            let fits = |id: &_| ontology.gazetteer.entry(*id).class == one.class;
            known.entries.into_iter().find(fits)
        });
    Mention {
        span: tokens.tokens[one.tokens.start].span.to(tokens.tokens[one.tokens.end - 1].span),
        tokens: one.tokens,
        class: one.class,
        subclass: entry.and_then(|entry| ontology.gazetteer.entry(entry).subclass),
        form: MentionForm::Name,
        entry,
        demonym: false,
        stands_for: None,
        origin: Origin::Model(origin.into()),
        confidence: Confidence::new(one.probability.clamp(0.0, 1.0)).unwrap_or(Confidence::CERTAIN),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Model;

    /// Tags of words, each written as its number, sure of themselves.
    fn tags(numbers: &[usize]) -> Vec<Vec<f32>> {
        let row =
            |&number: &usize| (0..9).map(|tag| if tag == number { 0.92 } else { 0.01 }).collect();
        numbers.iter().map(row).collect()
    }

    fn spans(numbers: &[usize]) -> Vec<(Range<usize>, TopClass)> {
        spans_in(numbers, &vec![0; numbers.len()])
    }

    fn spans_in(numbers: &[usize], sentence_of: &[usize]) -> Vec<(Range<usize>, TopClass)> {
        let model = Model::builtin(Ontology::builtin());
        let found = decode(&tags(numbers), sentence_of, &model.labels);
        found.into_iter().map(|one| (one.tokens, one.class)).collect()
    }

    #[test]
    fn a_name_goes_on_while_its_class_does() {
        let person = TopClass::Person;
        assert_eq!(spans(&[0, 1, 5, 0]), [(1..3, person)]);
        assert_eq!(spans(&[1, 1, 5]), [(0..1, person), (1..3, person)]);
    }

    #[test]
    fn no_name_goes_on_into_the_next_sentence() {
        let person = TopClass::Person;
        assert_eq!(spans_in(&[1, 5, 5], &[0, 0, 1]), [(0..2, person), (2..3, person)]);
    }

    #[test]
    fn another_class_begins_another_name() {
        assert_eq!(spans(&[1, 6, 6]), [(0..1, TopClass::Person), (1..3, TopClass::Organization)]);
        assert_eq!(spans(&[0, 7]), [(1..2, TopClass::Place)]);
    }
}
