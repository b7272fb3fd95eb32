//! Dates of any precision as the days that they cover.

use crate::rdf::mapping::{Object, date};

/// First and last day, both `YYYY-MM-DD` and both part of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Period {
    pub first: String,
    pub last: String,
}

impl Period {
    /// Of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; `None` for what is no date.
    pub fn of(text: &str) -> Option<Self> {
        let day = |day: &str| is_date(&format!("{text}-{day}")).then(|| format!("{text}-{day}"));
        match text.len() {
            _ if !is_date(text) => None,
            4 => Some(Self { first: format!("{text}-01-01"), last: format!("{text}-12-31") }),
            7 => {
                let last = ["31", "30", "29", "28"].into_iter().find_map(day)?;
                Some(Self { first: format!("{text}-01"), last })
            }
            _ => Some(Self { first: text.to_owned(), last: text.to_owned() }),
        }
    }
}

/// Whether `text` is a date that exists, at any of the three precisions.
pub(super) fn is_date(text: &str) -> bool {
    matches!(date(text), Object::Date(..))
}

#[cfg(test)]
mod tests {
    use super::Period;

    #[test]
    fn months_end_where_they_end() {
        let period = |text| Period::of(text).map(|period| (period.first, period.last));
        let expected = |first: &str, last: &str| Some((first.to_owned(), last.to_owned()));
        assert_eq!(period("2016"), expected("2016-01-01", "2016-12-31"));
        assert_eq!(period("2016-02"), expected("2016-02-01", "2016-02-29"));
        assert_eq!(period("2015-02"), expected("2015-02-01", "2015-02-28"));
        assert_eq!(period("2016-09-14"), expected("2016-09-14", "2016-09-14"));
        for text in ["", "soon", "2016-13", "2015-02-29", "0000", "20\u{e9}5", "2016-09-1\u{e9}"] {
            assert_eq!(period(text), None, "{text}");
        }
    }
}
