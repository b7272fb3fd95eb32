//! The date of a statement, and where it is known from.

use serde::Serialize;

use crate::graph::{Evidence, KnowledgeGraph};
use crate::read::day_named;

/// Where the date of a statement comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DateSource {
    /// The statement speaks of that date.
    SpokenOf,
    /// Somebody is reported to have said it then.
    Said,
    /// The document was published then.
    Published,
}

/// ISO 8601 as precise as it is known: `2016-09-16`, `2016-09`, `2016`; `--09-16` where the year is
/// not told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatementDate {
    pub value: String,
    pub from: DateSource,
}

impl DateSource {
    /// "spoken of", "said then", "published".
    pub fn label(self) -> &'static str {
        match self {
            DateSource::SpokenOf => "spoken of",
            DateSource::Said => "said then",
            DateSource::Published => "published",
        }
    }
}

/// The date that a statement speaks of, else the day on which it is reported to have been said,
/// else that of publication.
pub fn statement_date(graph: &KnowledgeGraph, evidence: &Evidence) -> Option<StatementDate> {
    let published = graph.document(evidence.document).source.published.as_deref();
    let dated = |value: String, from| Some(StatementDate { value, from });
    if let Some(date) = &evidence.date {
        return dated(date.to_string(), DateSource::SpokenOf);
    }
    let said = evidence
        .attributed_to
        .and_then(|_| day_named(&outside_quotations(&evidence.quote), published));
    match said {
        Some(day) => dated(day, DateSource::Said),
        None => dated(published?.to_owned(), DateSource::Published),
    }
}

/// What the article says in a sentence around the words that it quotes.
fn outside_quotations(sentence: &str) -> String {
    let mut inside = false;
    let mut outside = String::new();
    for character in sentence.chars() {
        match character {
            '“' => inside = true,
            '”' => inside = false,
            '"' => inside = !inside,
            _ if !inside => outside.push(character),
            _ => {}
        }
    }
    outside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quoted_is_left_out() {
        let sentence = "“On May 3 we signed,” he said on May 7. \"No,\" she said.";
        assert_eq!(outside_quotations(sentence), " he said on May 7.  she said.");
    }
}
