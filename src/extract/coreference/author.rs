//! "We" of a statement: the country or body that issued it and speaks in it as one.

use super::{Search, fits};
use crate::token::Tokens;

/// A text of which more than one word in so many is quoted is a report, not a statement.
const LARGEST_QUOTED_SHARE: usize = 30;
/// A report may have a stray "we"; a statement has several.
const FEWEST_PRONOUNS: usize = 2;

/// Whether a text speaks of its own issuer as "we".
pub(super) struct Voice {
    /// "We" stands somewhere outside quotation marks.
    pub speaks: bool,
    /// Several times, and hardly anything is quoted.
    pub is_statement: bool,
}

impl Voice {
    pub(super) fn new(tokens: &Tokens, quoted: &[bool], is_author: impl Fn(&str) -> bool) -> Self {
        let pronouns = tokens
            .tokens
            .iter()
            .zip(quoted)
            .filter(|(token, quoted)| {
                !**quoted && token.lower.len() <= 3 && is_author(&token.lower)
            })
            .take(FEWEST_PRONOUNS)
            .count();
        let quoted_words = quoted.iter().filter(|&&quoted| quoted).count();
        let is_statement =
            pronouns == FEWEST_PRONOUNS && quoted_words * LARGEST_QUOTED_SHARE <= quoted.len();
        Self { speaks: pronouns > 0, is_statement }
    }
}

impl Search<'_> {
    /// The country or body that opens most sentences as their subject, in the whole text.
    pub(super) fn author(&self, classes: &str) -> Option<(usize, f32)> {
        let first = self.candidates.first_of(self.author?)?;
        fits(classes, &self.mentions[first], self.ontology).then_some((first, 0.6))
    }
}
