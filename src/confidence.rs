//! How sure a source is of what it found: a number in 0..=1.

/// A probability-like score in `0.0..=1.0`, kept to three decimals so that it prints the
/// same on every machine.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Confidence(f32);

impl Confidence {
    pub const CERTAIN: Confidence = Confidence(1.0);

    /// `None` when `value` is not a number in `0.0..=1.0`.
    pub fn new(value: f32) -> Option<Self> {
        (0.0..=1.0).contains(&value).then(|| Self((value * 1000.0).round() / 1000.0))
    }

    pub fn value(self) -> f32 {
        self.0
    }

    /// The value rounded to thousandths, as an integer in `0..=1000`.
    pub fn thousandths(self) -> u32 {
        (self.0 * 1000.0).round() as u32
    }
}

impl std::fmt::Display for Confidence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}
