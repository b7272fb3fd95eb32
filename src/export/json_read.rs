//! Reads the JSON of a graph back. Records enter the graph as they are parsed, so that what
//! is wrong with one is reported with its line; only lists that stand before what they refer
//! to (a tool sorted the fields) are held until that is known.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Read};
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use super::JSON_FORMAT;
use super::json_load::{EntityJson, Loader, RelationJson};
use crate::graph::KnowledgeGraph;
use crate::ontology::Schema;
use crate::rdf::Loaded;

/// Why a JSON text is not a graph: what is wrong, and where.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JsonError {
    #[error("cannot read: {0}")]
    Io(std::io::Error),
    /// Line and column count from 1; the column counts bytes.
    #[error("line {line}, column {column}: {message}")]
    Malformed { line: usize, column: usize, message: String },
}

impl From<serde_json::Error> for JsonError {
    fn from(error: serde_json::Error) -> Self {
        if error.is_io() {
            return JsonError::Io(error.into());
        }
        let (line, column) = (error.line(), error.column());
        let message = error.to_string();
        let place = format!(" at line {line} column {column}");
        let message = message.strip_suffix(&place).unwrap_or(&message).to_owned();
        JsonError::Malformed { line, column, message }
    }
}

/// Reads what [`super::write_json`] writes, with the namespace that its IRIs show. A
/// byte-order mark is skipped. Unknown fields, classes, relations and references are refused,
/// as are spans that do not lie in their text. A field that may be null may also be missing;
/// IRIs may be missing and are not compared with the ids, from which they follow.
pub fn load_json(reader: impl Read, schema: &Schema) -> Result<Loaded, JsonError> {
    let mut reader = BufReader::with_capacity(1 << 16, reader);
    const MARK: &[u8] = b"\xEF\xBB\xBF";
    if reader.fill_buf().map_err(JsonError::Io)?.starts_with(MARK) {
        reader.consume(MARK.len());
    }
    let mut loader = Loader::new(schema);
    let mut parser = serde_json::Deserializer::from_reader(reader);
    GraphSeed(&mut loader).deserialize(&mut parser)?;
    parser.end()?;
    Ok(loader.finish())
}

/// The graph alone of [`load_json`].
pub fn read_json(reader: impl Read, schema: &Schema) -> Result<KnowledgeGraph, JsonError> {
    load_json(reader, schema).map(|loaded| loaded.graph)
}

/// Reads the outermost object.
struct GraphSeed<'a, 's>(&'a mut Loader<'s>);

impl<'de> DeserializeSeed<'de> for GraphSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

const FIELDS: &[&str] = &["format", "documents", "entities", "relations"];

impl<'de> Visitor<'de> for GraphSeed<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the JSON of a graph, an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let loader = self.0;
        let mut seen = HashSet::new();
        let mut early_entities: Vec<EntityJson> = Vec::new();
        let mut early_relations: Vec<RelationJson> = Vec::new();
        while let Some(field) = map.next_key::<String>()? {
            let Some(&field) = FIELDS.iter().find(|known| **known == field) else {
                return Err(A::Error::unknown_field(&field, FIELDS));
            };
            if seen.contains(field) {
                return Err(A::Error::duplicate_field(field));
            }
            match field {
                "format" => check_format(&map.next_value::<String>()?)?,
                "documents" => map.next_value_seed(records(|json| loader.document(json)))?,
                "entities" if seen.contains("documents") => {
                    map.next_value_seed(records(|json| loader.entity(json)))?;
                }
                "entities" => early_entities = map.next_value()?,
                _ if seen.contains("documents")
                    && seen.contains("entities")
                    && early_entities.is_empty() =>
                {
                    map.next_value_seed(records(|json| loader.relation(json)))?;
                }
                _ => early_relations = map.next_value()?,
            }
            seen.insert(field);
        }
        if let Some(&missing) = FIELDS.iter().find(|field| !seen.contains(**field)) {
            return Err(A::Error::missing_field(missing));
        }
        early_entities
            .into_iter()
            .try_for_each(|json| loader.entity(json))
            .and_then(|()| early_relations.into_iter().try_for_each(|json| loader.relation(json)))
            .map_err(A::Error::custom)
    }
}

fn check_format<E: serde::de::Error>(format: &str) -> Result<(), E> {
    if format == JSON_FORMAT {
        return Ok(());
    }
    Err(E::custom(format!("the format is {format:?}, and this program reads {JSON_FORMAT:?}")))
}

/// Reads a list and hands each record on as soon as it is complete.
struct Records<T, F>(F, PhantomData<T>);

fn records<T, F: FnMut(T) -> Result<(), String>>(take: F) -> Records<T, F> {
    Records(take, PhantomData)
}

impl<'de, T, F> DeserializeSeed<'de> for Records<T, F>
where
    F: FnMut(T) -> Result<(), String>,
    T: Deserialize<'de>,
{
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, T, F> Visitor<'de> for Records<T, F>
where
    F: FnMut(T) -> Result<(), String>,
    T: Deserialize<'de>,
{
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a list of records")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        while let Some(record) = list.next_element::<T>()? {
            (self.0)(record).map_err(A::Error::custom)?;
        }
        Ok(())
    }
}
