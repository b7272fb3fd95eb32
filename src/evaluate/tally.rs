//! Counts of what is right, and the figures that follow from them.

use std::collections::BTreeMap;
use std::ops::AddAssign;

use crate::ontology::{PropertyId, TopClass};

/// What is counted. The order is that in which figures are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Entities of all classes.
    Entities,
    Class(TopClass),
    /// Subclasses, among entities that are paired and have one in gold.
    Subclass,
    /// Affirmed relations of the right type and ends.
    Relations,
    /// Affirmed relations of the right family and ends, in either direction.
    Family,
    /// Denied relations.
    Denied,
    /// The sentence, among relations that are right.
    Evidence,
    /// Who says so, among relations that are right.
    Speaker,
    /// Affirmed relations of one type.
    Relation(PropertyId),
}

/// The counts of one measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Tally {
    pub correct: u64,
    pub gold: u64,
    pub found: u64,
}

/// The counts of an article, or of all.
pub type Tallies = BTreeMap<Measure, Tally>;

impl Tally {
    pub fn new(correct: usize, gold: usize, found: usize) -> Self {
        Self { correct: correct as u64, gold: gold as u64, found: found as u64 }
    }

    pub fn times(self, factor: u64) -> Self {
        Self {
            correct: self.correct * factor,
            gold: self.gold * factor,
            found: self.found * factor,
        }
    }

    /// The share of what was found that is right, from 0 to 1; `None` where nothing was found.
    pub fn precision(self) -> Option<f64> {
        (self.found > 0).then(|| self.correct as f64 / self.found as f64)
    }

    /// The share of gold that was found, from 0 to 1; `None` where gold has nothing.
    pub fn recall(self) -> Option<f64> {
        (self.gold > 0).then(|| self.correct as f64 / self.gold as f64)
    }

    /// The harmonic mean of precision and recall; `None` where both sides have nothing.
    pub fn f1(self) -> Option<f64> {
        let (precision, recall) = (self.precision(), self.recall());
        if precision.is_none() && recall.is_none() {
            return None;
        }
        let (precision, recall) = (precision.unwrap_or(0.0), recall.unwrap_or(0.0));
        let sum = precision + recall;
        Some(if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 })
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.correct += other.correct;
        self.gold += other.gold;
        self.found += other.found;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_follow_from_counts() {
        let tally = Tally::new(3, 4, 6);
        assert_eq!(tally.precision(), Some(0.5));
        assert_eq!(tally.recall(), Some(0.75));
        assert!((tally.f1().unwrap_or_default() - 0.6).abs() < 1e-12);
        let none = Tally::default();
        assert_eq!((none.precision(), none.recall(), none.f1()), (None, None, None));
        assert_eq!(Tally::new(0, 2, 0).f1(), Some(0.0));
    }
}
