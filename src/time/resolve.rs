//! Counting a date from the day of publication.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use super::phrase::{Unit, When};

/// When the article was published, as far as it is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Published {
    /// The first day that it may have been.
    date: Date,
    knows_month: bool,
    knows_day: bool,
}

impl Published {
    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; what follows a whole date is its time of day.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.get(..10).unwrap_or(text).splitn(3, '-');
        let year = parts.next()?.parse().ok()?;
        let month: Option<i8> = parts.next().map(str::parse).transpose().ok()?;
        let day: Option<i8> = parts.next().map(str::parse).transpose().ok()?;
        let date = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
        Some(Self { date, knows_month: month.is_some(), knows_day: day.is_some() })
    }
}

/// The date in ISO 8601, or nothing where it cannot be told. `ahead` tells that the clause
/// speaks of what is to come.
pub(super) fn resolve(when: When, published: Option<Published>, ahead: bool) -> Option<String> {
    match when {
        When::Date { year, month, day } => written(year, month, day),
        When::Month { month, day, step } => {
            let Some(published) = published.filter(|published| published.knows_month) else {
                return day.and_then(|day| day_of_year(month, day));
            };
            let year = match day {
                Some(day) => nearest_year(published.date, month, day)?,
                None => year_of_month(published.date, month, step, ahead),
            };
            written(year, Some(month), day)
        }
        When::Weekday { weekday, step } => {
            let published = published.filter(|published| published.knows_day)?;
            let own = published.date.weekday().to_monday_one_offset();
            let days = match step {
                Some(step) if step < 0 => i32::from((weekday - own).rem_euclid(7)) - 7,
                None if !ahead => -i32::from((own - weekday).rem_euclid(7)),
                Some(1..) if weekday == own => 7,
                _ => i32::from((weekday - own).rem_euclid(7)),
            };
            Some(published.date.checked_add(days.days()).ok()?.to_string())
        }
        When::Relative { unit, step } => relative(published?, unit, step.into()),
    }
}

fn relative(published: Published, unit: Unit, step: i64) -> Option<String> {
    let span = match unit {
        Unit::Day => Span::new().try_days(step),
        Unit::Week => Span::new().try_weeks(step),
        Unit::Month => Span::new().try_months(step),
        Unit::Year => Span::new().try_years(step),
    };
    let date = published.date.checked_add(span.ok()?).ok()?;
    let (year, month) = (date.year(), Some(date.month()));
    match unit {
        Unit::Day if published.knows_day => written(year, month, Some(date.day())),
        Unit::Week if published.knows_day => {
            // A week has no form of its own: its month is told, or its year where it has two.
            let since_monday = i64::from(date.weekday().to_monday_zero_offset());
            let monday = date.checked_sub(since_monday.days()).ok()?;
            let sunday = monday.checked_add(6.days()).ok()?;
            match (monday.month() == sunday.month(), monday.year() == sunday.year()) {
                (true, _) => written(year, month, None),
                (_, true) => written(year, None, None),
                _ => None,
            }
        }
        Unit::Month if published.knows_month => written(year, month, None),
        Unit::Year => written(year, None, None),
        _ => None,
    }
}

/// The year that brings a day of the year nearest to the day of publication; of two as near
/// the earlier.
fn nearest_year(published: Date, month: i8, day: i8) -> Option<i16> {
    let own = published.year();
    (own.checked_sub(1)?..=own.checked_add(1)?)
        .filter_map(|year| Some((year, Date::new(year, month, day).ok()?)))
        .min_by_key(|(_, date)| (*date - published).get_days().unsigned_abs())
        .map(|(year, _)| year)
}

/// A month alone is the last that began, or the next where the clause looks ahead.
fn year_of_month(published: Date, month: i8, step: Option<i16>, ahead: bool) -> i16 {
    let own = published.year();
    let later = month > published.month();
    match step {
        Some(step) if step < 0 => {
            if month < published.month() {
                own
            } else {
                own - 1
            }
        }
        Some(0) => own,
        None if !ahead => {
            if later {
                own - 1
            } else {
                own
            }
        }
        _ => {
            if month < published.month() || (step.is_some() && !later) {
                own + 1
            } else {
                own
            }
        }
    }
}

/// `None` for a day that the month does not have.
fn written(year: i16, month: Option<i8>, day: Option<i8>) -> Option<String> {
    Some(match (month, day) {
        (Some(month), Some(day)) => Date::new(year, month, day).ok()?.to_string(),
        (Some(month), None) => format!("{year:04}-{month:02}"),
        _ => format!("{year:04}"),
    })
}

/// A day of the year that is not told, as `xsd:gMonthDay` writes it.
fn day_of_year(month: i8, day: i8) -> Option<String> {
    const LEAP_YEAR: i16 = 2000;
    Date::new(LEAP_YEAR, month, day).ok().map(|_| format!("--{month:02}-{day:02}"))
}
