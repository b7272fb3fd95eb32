//! How far a figure would move with other articles: percentile bootstrap over articles.
//!
//! Articles are drawn with replacement, as many as there are, again and again (Efron and
//! Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13). Relations of one article
//! depend on each other, so single relations are not drawn.

use super::tally::Tally;

/// How many times articles are drawn anew.
pub const RESAMPLES: usize = 1000;

/// The share of resamples that an interval holds.
pub const LEVEL: f64 = 0.95;

/// Any number does; that it is fixed makes intervals the same from run to run.
const SEED: u64 = 0x6e65_7773_6772_6166;

/// How often each article is in each resample.
pub struct Resamples {
    weights: Vec<Vec<u32>>,
}

/// Where the middle [`LEVEL`] of the resamples lies. `None` where no resample has the figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

/// The intervals of the figures of one measure.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Intervals {
    pub precision: Option<Interval>,
    pub recall: Option<Interval>,
    pub f1: Option<Interval>,
}

impl Resamples {
    /// Draws for so many articles. The same draws serve all measures.
    pub fn new(articles: usize) -> Self {
        let mut random = SplitMix(SEED);
        let weights = (0..RESAMPLES)
            .map(|_| {
                let mut weights = vec![0; articles];
                for _ in 0..articles {
                    weights[random.below(articles)] += 1;
                }
                weights
            })
            .collect();
        Self { weights }
    }

    /// The intervals of a measure that has these counts, each with the index of its article.
    pub fn intervals(&self, counts: &[(usize, Tally)]) -> Intervals {
        let sums: Vec<Tally> = self
            .weights
            .iter()
            .map(|weights| {
                let mut sum = Tally::default();
                for (article, tally) in counts {
                    sum += tally.times(weights[*article].into());
                }
                sum
            })
            .collect();
        let interval = |figure: fn(Tally) -> Option<f64>| {
            // A resample without anything to divide by has no figure, and says nothing.
            middle(sums.iter().copied().filter_map(figure).collect())
        };
        Intervals {
            precision: interval(Tally::precision),
            recall: interval(Tally::recall),
            f1: interval(Tally::f1),
        }
    }
}

/// The values that leave as many below as above, and [`LEVEL`] of all between.
fn middle(mut values: Vec<f64>) -> Option<Interval> {
    values.sort_by(f64::total_cmp);
    let outside = ((1.0 - LEVEL) / 2.0 * values.len() as f64).round() as usize;
    let low = *values.get(outside)?;
    let high = *values.get(values.len().checked_sub(outside + 1)?)?;
    Some(Interval { low, high })
}

/// SplitMix64 (Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators, 2014).
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`, which must not be 0.
    fn below(&mut self, limit: usize) -> usize {
        ((u128::from(self.next()) * limit as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_is_the_published_one() {
        let mut random = SplitMix(1_234_567);
        assert_eq!(random.next(), 6_457_827_717_110_365_317);
        assert_eq!(random.next(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn an_interval_holds_the_figure_and_narrows_with_more_articles() {
        let interval_of = |articles: usize| {
            let counts: Vec<(usize, Tally)> =
                (0..articles).map(|at| (at, Tally::new(at % 4, 4, 4))).collect();
            Resamples::new(articles).intervals(&counts).f1.expect("every resample has it")
        };
        let (few, many) = (interval_of(8), interval_of(200));
        for interval in [few, many] {
            assert!(interval.low < 0.375 && 0.375 < interval.high, "{interval:?}");
        }
        assert!(many.high - many.low < (few.high - few.low) / 3.0, "{few:?} {many:?}");
        // The standard error of a mean of four equal steps is known.
        let width = 4.0 * (0.078_125_f64 / 200.0).sqrt();
        assert!((many.high - many.low - 0.98 * width).abs() < 0.2 * width, "{many:?}");
        assert_eq!(many, interval_of(200));
    }

    #[test]
    fn without_counts_there_is_no_interval() {
        assert_eq!(Resamples::new(3).intervals(&[]), Intervals::default());
        let only_gold = [(0, Tally::new(0, 1, 0))];
        let intervals = Resamples::new(3).intervals(&only_gold);
        assert_eq!(intervals.precision, None);
        assert_eq!(intervals.recall, Some(Interval { low: 0.0, high: 0.0 }));
    }
}
