//! Dates of any precision as the days that they cover.

use jiff::civil::Date;

/// A year, a month or a day; first and last day are both part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    first: Date,
    last: Date,
}

impl Period {
    /// Of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; `None` for what is no date.
    pub fn of(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let mut number = |digits: usize| match parts.next() {
            None => Some(None),
            Some(part) if part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()) => {
                Some(part.parse::<i16>().ok())
            }
            Some(_) => None,
        };
        let (year, month, day) = (number(4)??, number(2)?, number(2)?);
        let small = |number: Option<i16>| number.map_or(Ok(1), i8::try_from).ok();
        let first = Date::new(year, small(month)?, small(day)?).ok()?;
        let last = match (month, day) {
            (None, _) => first.last_of_year(),
            (_, None) => first.last_of_month(),
            _ => first,
        };
        parts.next().is_none().then_some(Self { first, last })
    }

    pub fn first(self) -> Date {
        self.first
    }

    pub fn last(self) -> Date {
        self.last
    }
}
