//! The figures of all articles with their intervals, and every difference between gold and finds.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Judged;
use super::bootstrap::{Interval, Intervals, Resamples};
use super::gold::GoldArticle;
use super::side::{Side, Statement};
use super::tally::{Measure, Tally};
use crate::ontology::{Schema, TopClass};

/// The figures of an evaluation.
#[derive(Clone, Debug, Serialize)]
pub struct Figures<'s> {
    /// Entities of all classes.
    pub entities: Line,
    pub classes: Vec<Named<'s>>,
    /// Subclasses, among paired entities that have one in gold.
    pub subtype: Line,
    /// Affirmed relations of the right type between the right entities.
    pub relations: Line,
    /// Affirmed relations of the right family, in either direction.
    pub family: Line,
    /// Denied relations.
    pub denied: Line,
    /// The sentence, among relations that are right.
    pub evidence: Line,
    /// Who says so, among relations that are right.
    pub speaker: Line,
    /// By relation, the most frequent in gold first.
    pub by_relation: Vec<Named<'s>>,
}

/// One class or relation.
#[derive(Clone, Debug, Serialize)]
pub struct Named<'s> {
    #[serde(rename = "type")]
    pub name: &'s str,
    #[serde(flatten)]
    pub line: Line,
}

/// The counts of one measure and the figures that follow.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Line {
    #[serde(flatten)]
    pub tally: Tally,
    pub precision: Figure,
    pub recall: Figure,
    pub f1: Figure,
}

/// A figure from 0 to 1, and where it lies in the middle of the resamples.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Figure {
    /// 0 where there is nothing to divide by.
    pub value: f64,
    /// Lower end of the interval; `None` where there is nothing to divide by.
    pub low: Option<f64>,
    pub high: Option<f64>,
}

/// What gold has and the program did not find, or the other way round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference<'a> {
    /// The id of the article.
    pub article: &'a str,
    #[serde(flatten)]
    pub what: Different<'a>,
}

/// What differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Different<'a> {
    Entity {
        #[serde(rename = "type")]
        class: &'static str,
        subtype: Option<&'a str>,
        name: &'a str,
    },
    Relation {
        #[serde(rename = "type")]
        property: &'a str,
        head: &'a str,
        tail: &'a str,
        polarity: &'static str,
        attributed_to: Option<&'a str>,
        sentence: &'a str,
    },
}

impl<'s> Figures<'s> {
    /// Adds up what was counted in the articles.
    pub fn new(judged: &[Judged], schema: &'s Schema) -> Self {
        let mut counts: BTreeMap<Measure, Vec<(usize, Tally)>> = BTreeMap::new();
        for (article, judged) in judged.iter().enumerate() {
            for (measure, tally) in &judged.comparison.tallies {
                counts.entry(*measure).or_default().push((article, *tally));
            }
        }
        let resamples = Resamples::new(judged.len());
        let line = |measure: Measure| {
            let counts = counts.get(&measure).map(Vec::as_slice).unwrap_or_default();
            let mut tally = Tally::default();
            for (_, one) in counts {
                tally += *one;
            }
            Line::new(tally, resamples.intervals(counts))
        };
        let classes = TopClass::ALL
            .into_iter()
            .map(|class| Named { name: class.name(), line: line(Measure::Class(class)) })
            .collect();
        let mut by_relation: Vec<Named> = counts
            .keys()
            .filter_map(|measure| match measure {
                Measure::Relation(id) => {
                    Some(Named { name: &schema.property(*id).name, line: line(*measure) })
                }
                _ => None,
            })
            .collect();
        // Stable: relations that are equally frequent stay in the order of their names.
        by_relation.sort_by_key(|one| std::cmp::Reverse(one.line.tally.gold));
        Self {
            entities: line(Measure::Entities),
            classes,
            subtype: line(Measure::Subclass),
            relations: line(Measure::Relations),
            family: line(Measure::Family),
            denied: line(Measure::Denied),
            evidence: line(Measure::Evidence),
            speaker: line(Measure::Speaker),
            by_relation,
        }
    }
}

impl Line {
    fn new(tally: Tally, intervals: Intervals) -> Self {
        Self {
            tally,
            precision: Figure::new(tally.precision(), intervals.precision),
            recall: Figure::new(tally.recall(), intervals.recall),
            f1: Figure::new(tally.f1(), intervals.f1),
        }
    }
}

impl Figure {
    fn new(value: Option<f64>, interval: Option<Interval>) -> Self {
        Self {
            value: rounded(value.unwrap_or(0.0)),
            low: interval.map(|interval| rounded(interval.low)),
            high: interval.map(|interval| rounded(interval.high)),
        }
    }
}

/// To a millionth: further digits say nothing.
fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// What gold has in an article and the program did not find.
pub fn misses<'a>(
    article: &'a GoldArticle,
    judged: &'a Judged,
    schema: &'a Schema,
) -> impl Iterator<Item = Difference<'a>> {
    let comparison = &judged.comparison;
    differences(article, &article.side, &comparison.missed_nodes, &comparison.missed, schema)
}

/// What the program found in an article and gold does not have.
pub fn spurious<'a>(
    article: &'a GoldArticle,
    judged: &'a Judged,
    schema: &'a Schema,
) -> impl Iterator<Item = Difference<'a>> {
    let comparison = &judged.comparison;
    differences(article, &judged.found, &comparison.spurious_nodes, &comparison.spurious, schema)
}

fn differences<'a>(
    article: &'a GoldArticle,
    side: &'a Side,
    nodes: &'a [usize],
    statements: &'a [usize],
    schema: &'a Schema,
) -> impl Iterator<Item = Difference<'a>> {
    let nodes = nodes.iter().map(|&at| {
        let node = &side.nodes[at];
        let subtype = node.subclass.map(|id| schema.subclass(id).name.as_str());
        Different::Entity { class: node.class.name(), subtype, name: &node.name }
    });
    let statements = statements.iter().map(|&at| different(&side.statements[at], side, schema));
    nodes.chain(statements).map(|what| Difference { article: &article.id, what })
}

fn different<'a>(statement: &'a Statement, side: &'a Side, schema: &'a Schema) -> Different<'a> {
    let name = |at: usize| side.nodes[at].name.as_str();
    Different::Relation {
        property: &schema.property(statement.property).name,
        head: name(statement.head),
        tail: name(statement.tail),
        polarity: statement.polarity.name(),
        attributed_to: statement.speaker.map(name),
        sentence: &statement.sentence,
    }
}
