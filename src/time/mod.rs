//! Dates that sentences speak of: "September 9", "on Thursday", "last month", resolved against
//! the day on which the article was published.
//!
//! A date is given as precisely as it is told and no more: a day (`YYYY-MM-DD`), a month
//! (`YYYY-MM`) or a year (`YYYY`), as ISO 8601 and XML Schema write them; where neither text nor
//! article tells the year, a day of the year (`--MM-DD`, `xsd:gMonthDay`). What cannot be
//! resolved, a weekday in an article without a date above all, is left out.

mod phrase;
mod resolve;

use std::ops::Range;

use crate::ontology::Lexicon;
use crate::token::Tokens;

use phrase::Reader;
use resolve::Published;

/// A date that a sentence speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The words that tell it, as indexes into the document's tokens.
    pub tokens: Range<usize>,
    /// `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or `--MM-DD`.
    pub value: Box<str>,
}

/// All dates of a document in the order of the text. `published` is the date of publication in
/// the same form, where it is known.
pub fn find(
    text: &str,
    tokens: &Tokens,
    published: Option<&str>,
    lexicon: &Lexicon,
) -> Vec<Moment> {
    let published = published.and_then(Published::parse);
    let reader = Reader::new(text, &tokens.tokens, lexicon);
    let mut moments = Vec::new();
    for sentence in &tokens.sentences {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let Some((end, when)) = reader.phrase(at, &sentence.tokens) else {
                at += 1;
                continue;
            };
            let ahead = reader.looks_ahead(at, &sentence.tokens);
            if let Some(value) = resolve::resolve(when, published, ahead) {
                moments.push(Moment { tokens: at..end, value: value.into() });
            }
            at = end;
        }
    }
    moments
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::ontology::Ontology;
    use crate::token::tokenize;

    /// "words = date" of each date of a text that was published on Tuesday, 2016-09-20.
    fn dates(text: &str, published: Option<&str>) -> Vec<String> {
        let document = Document::prose(text);
        let ontology = Ontology::builtin();
        let tokens = tokenize(&document, ontology);
        find(text, &tokens, published, &ontology.lexicon)
            .into_iter()
            .map(|moment| {
                let first = tokens.tokens[moment.tokens.start].span;
                let words = first.to(tokens.tokens[moment.tokens.end - 1].span).of(text);
                format!("{words} = {}", moment.value)
            })
            .collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(dates(text, Some("2016-09-20")), expected, "{text}");
    }

    #[test]
    fn written_dates_are_as_precise_as_they_are_written() {
        check("It began on September 9, 2013.", &["September 9, 2013 = 2013-09-09"]);
        check("It began on 9 September 2013.", &["9 September 2013 = 2013-09-09"]);
        check("It began on the 9th of September, 2013.", &["9th of September, 2013 = 2013-09-09"]);
        check("It began in March 2011.", &["March 2011 = 2011-03"]);
        check("It began in 1999 and ended in 2004.", &["1999 = 1999", "2004 = 2004"]);
        check("It began on 2013-09-09.", &["2013-09-09 = 2013-09-09"]);
        check("It met on Sept. 9.", &["Sept. 9 = 2016-09-09"]);
    }

    #[test]
    fn a_date_without_a_year_is_the_nearest() {
        check("They met on September 16.", &["September 16 = 2016-09-16"]);
        check("They met on December 30.", &["December 30 = 2016-12-30"]);
        check("They met in November.", &["November = 2015-11"]);
        check("They will meet in November.", &["November = 2016-11"]);
        check("They met last September.", &["last September = 2015-09"]);
    }

    #[test]
    fn relative_dates_count_from_the_day_of_publication() {
        check("He spoke on Thursday.", &["Thursday = 2016-09-15"]);
        check("He spoke on Tuesday.", &["Tuesday = 2016-09-20"]);
        check("He will speak on Thursday.", &["Thursday = 2016-09-22"]);
        check("He will speak, she said on Thursday.", &["Thursday = 2016-09-15"]);
        check("He spoke last Tuesday.", &["last Tuesday = 2016-09-13"]);
        check("He spoke today and yesterday.", &["today = 2016-09-20", "yesterday = 2016-09-19"]);
        check("He left last month.", &["last month = 2016-08"]);
        check("He left last year.", &["last year = 2015"]);
        check("He returns next year.", &["next year = 2017"]);
        check("He left three days ago.", &["three days ago = 2016-09-17"]);
        check("He left two weeks ago.", &["two weeks ago = 2016-09"]);
        check("He left a year ago.", &["a year ago = 2015"]);
        check("He left earlier this month.", &["this month = 2016-09"]);
    }

    #[test]
    fn what_cannot_be_known_is_left_out() {
        assert_eq!(dates("He spoke on September 9.", None), ["September 9 = --09-09"]);
        for text in ["He spoke on Thursday.", "He spoke in September.", "He left last month."] {
            assert_eq!(dates(text, None), [""; 0], "{text}");
        }
        assert_eq!(dates("He left last year.", Some("2016")), ["last year = 2015"]);
        assert_eq!(dates("He spoke on Thursday.", Some("2016-09")), [""; 0]);
        check("It killed 1999 people on 31 February 2013.", &[""; 0]);
        check("Theresa May may march.", &[""; 0]);
    }
}
