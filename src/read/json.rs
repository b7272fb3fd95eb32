//! Articles in JSON: objects whose fields hold the text and what is known of its origin.

use std::ops::Range;

use serde_json::Value;

use super::decode::Decoded;
use super::error::{ReadError, Warning};
use super::json_text::{elements, literal, members};
use super::offsets::RawOffsets;
use super::{Article, Fields, Place, ReadDocument, Settings, dates, finish, html};
use crate::document::Source;

/// Where the articles of a JSON input stand and how they are told apart.
struct Input<'i> {
    name: &'i str,
    decoded: &'i Decoded,
    settings: &'i Settings,
}

/// The articles of JSONL, one a line. A line that is no article is an error of its own.
pub(super) fn jsonl(
    name: &str,
    decoded: &Decoded,
    place: Place,
    settings: &Settings,
) -> Vec<Result<ReadDocument, ReadError>> {
    let input = Input { name, decoded, settings };
    let mut results = Vec::new();
    let mut start = 0;
    for (index, line) in decoded.text.split('\n').enumerate() {
        let number = place.line + index as u64;
        if !line.trim().is_empty() {
            let result = match serde_json::from_str::<Value>(line) {
                Ok(value) => input.article(start..start + line.len(), &value, number),
                Err(error) => Err(json_error(name, number, &error)),
            };
            results.push(result);
        }
        start += line.len() + 1;
    }
    if results.is_empty() {
        results.push(Err(ReadError::Empty { name: name.to_owned() }));
    }
    results
}

/// The articles of one JSON value: an object, an array of objects, or an object whose only
/// array of objects holds them.
pub(super) fn json(
    name: &str,
    decoded: &Decoded,
    settings: &Settings,
) -> Vec<Result<ReadDocument, ReadError>> {
    let input = Input { name, decoded, settings };
    let text = &decoded.text;
    let value = match serde_json::from_str::<Value>(text) {
        Ok(value) => value,
        Err(error) => {
            let line = error.line().max(1) as u64;
            return vec![Err(json_error(name, line, &error))];
        }
    };
    let whole = 0..text.len();
    let (list, values) = match &value {
        Value::Array(values) => (whole, values.as_slice()),
        Value::Object(object) if input.text_value(&value).is_none() => {
            let lists = object.iter().filter_map(|(key, inner)| match inner {
                Value::Array(values)
                    if values.iter().all(Value::is_object) && !values.is_empty() =>
                {
                    Some((key, values.as_slice()))
                }
                _ => None,
            });
            let lists: Vec<_> = lists.collect();
            let member =
                |key: &str| members(text, whole.clone()).into_iter().rfind(|(name, _)| name == key);
            let only = match lists[..] {
                [(key, values)] => member(key).map(|(_, range)| (range, values)),
                _ => None,
            };
            match only {
                Some(list) => list,
                None => return vec![input.article(whole, &value, 1)],
            }
        }
        _ => return vec![input.article(whole, &value, 1)],
    };
    let mut line = 1;
    let mut counted = 0;
    let results: Vec<_> = elements(text, list)
        .into_iter()
        .zip(values)
        .map(|(range, value)| {
            line += text[counted..range.start].matches('\n').count() as u64;
            counted = range.start;
            input.article(range, value, line)
        })
        .collect();
    match results.is_empty() {
        true => vec![Err(ReadError::Empty { name: name.to_owned() })],
        false => results,
    }
}

fn json_error(name: &str, line: u64, error: &serde_json::Error) -> ReadError {
    let reason = error.to_string();
    // serde_json counts lines of what it was given; the line here is the file's.
    let reason = reason.split(" at line ").next().unwrap_or_default().to_owned();
    ReadError::Json { name: name.to_owned(), line, column: error.column() as u64, reason }
}

impl Input<'_> {
    /// The field that holds the text, as the key that it has in `value`.
    fn text_value<'v>(&self, value: &'v Value) -> Option<(&str, &'v Value)> {
        self.settings.fields.text.iter().find_map(|path| {
            let found = at_path(value, path)?;
            let is_text = found.is_string()
                || found
                    .as_array()
                    .is_some_and(|parts| !parts.is_empty() && parts.iter().all(Value::is_string));
            is_text.then_some((path.as_str(), found))
        })
    }

    fn article(
        &self,
        range: Range<usize>,
        value: &Value,
        line: u64,
    ) -> Result<ReadDocument, ReadError> {
        let fields = &self.settings.fields;
        let not_article =
            |reason: String| ReadError::NotArticle { name: self.name.to_owned(), line, reason };
        if !value.is_object() {
            return Err(not_article("a JSON object was expected".to_owned()));
        }
        let Some((path, _)) = self.text_value(value) else {
            return Err(not_article(format!(
                "no field holds its text (looked for {}); name the field",
                fields.text.join(", ")
            )));
        };
        let (text, inner) = self.located(range, path).ok_or_else(|| {
            not_article(
                "its text holds half of a surrogate pair; write the text as UTF-8".to_owned(),
            )
        })?;
        let mut warnings = self.decoded.warnings.clone();
        let source = source(value, fields, &mut warnings);
        let offsets = inner.through(&self.decoded.offsets);
        let name = format!("{}:{line}", self.name);
        let article = match is_html(&text) {
            true => {
                let page = html::article(&name, Decoded { text, offsets, warnings })?;
                Article { source: prefer(source, page.source), ..page }
            }
            false => Article::plain(text, offsets, source, warnings),
        };
        finish(&name, article, self.settings)
    }

    /// The text under `path` with its map to the decoded input.
    fn located(&self, range: Range<usize>, path: &str) -> Option<(String, RawOffsets)> {
        let json = &self.decoded.text;
        let mut range = range;
        // A field of this very name goes before a path through objects.
        let whole = members(json, range.clone()).into_iter().rfind(|(key, _)| key == path);
        range = match whole {
            Some((_, found)) => found,
            None => {
                for key in path.split('.') {
                    let inner = members(json, range.clone());
                    range = inner.into_iter().rfind(|(name, _)| name == key)?.1;
                }
                range
            }
        };
        let mut text = String::new();
        let mut offsets = RawOffsets::default();
        if json[range.clone()].starts_with('[') {
            for (index, part) in elements(json, range).into_iter().enumerate() {
                if index > 0 {
                    text.push_str("\n\n");
                    offsets.push(2, part.start as u64, 0);
                }
                literal(json, part, &mut text, &mut offsets)?;
            }
        } else {
            literal(json, range, &mut text, &mut offsets)?;
        }
        Some((text, offsets))
    }
}

/// Whether the text of a field is a piece of HTML, as feeds have it.
fn is_html(text: &str) -> bool {
    let start = text.trim_start();
    start.starts_with('<') && ["</p>", "</div>", "<br", "</h"].iter().any(|tag| start.contains(tag))
}

/// `first`, its gaps filled from `second`.
fn prefer(first: Source, second: Source) -> Source {
    Source {
        uri: first.uri.or(second.uri),
        title: first.title.or(second.title),
        publisher: first.publisher.or(second.publisher),
        published: first.published.or(second.published),
        language: first.language.or(second.language),
    }
}

/// The value under `path`: a field of that very name, or a path through objects ("source.name").
fn at_path<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    value.get(path).or_else(|| path.split('.').try_fold(value, |inner, key| inner.get(key)))
}

/// What the fields of an article say of its origin.
fn source(value: &Value, fields: &Fields, warnings: &mut Vec<Warning>) -> Source {
    let text = |paths: &[String]| -> Option<String> {
        paths.iter().find_map(|path| scalar(at_path(value, path)?))
    };
    let mut source = Source {
        title: text(&fields.title),
        uri: text(&fields.uri),
        publisher: text(&fields.publisher),
        ..Source::default()
    };
    let published = fields.published.iter().find_map(|path| at_path(value, path));
    if let Some(published) = published {
        source.published = match published {
            Value::Number(number) => number.as_i64().and_then(epoch_date),
            other => scalar(other).and_then(|text| dates::published(&text)),
        };
        if source.published.is_none() && !published.is_null() && *published != "" {
            warnings.push(Warning::Date { value: published.to_string() });
        }
    }
    source
}

/// A string, or the name of an object that stands in its place, or the first of a list.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Object(object) => scalar(object.get("name").or_else(|| object.get("@id"))?),
        Value::Array(values) => scalar(values.first()?),
        _ => None,
    }
}

/// The day of a time counted from 1970 in seconds or milliseconds; small numbers are years.
fn epoch_date(number: i64) -> Option<String> {
    if (1500..2200).contains(&number) {
        return Some(number.to_string());
    }
    let seconds = if number.abs() > 100_000_000_000 { number / 1000 } else { number };
    let time = jiff::Timestamp::from_second(seconds).ok()?;
    Some(jiff::tz::Offset::UTC.to_datetime(time).date().to_string())
}
