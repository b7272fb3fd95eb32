//! JSON of nodes and edges, one record a line, written as they come.

use std::io::{self, Write};

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::elements::{Kind, Value};

/// One object: fixed fields first, then the attributes that have a value.
pub(super) struct Record<'r> {
    pub fields: Vec<(&'static str, Value<'r>)>,
    pub attributes: &'static [(&'static str, Kind)],
    pub values: &'r [Option<Value<'r>>],
}

impl Serialize for Record<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, value) in &self.fields {
            map.serialize_entry(name, value)?;
        }
        for ((name, _), value) in self.attributes.iter().zip(self.values) {
            if let Some(value) = value {
                map.serialize_entry(name, value)?;
            }
        }
        map.end()
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Text(text) => serializer.serialize_str(text),
            Value::List(items) => serializer.collect_seq(items),
            Value::Integer(number) => serializer.serialize_u64(*number as u64),
            Value::Number(number) => serializer.serialize_f32(*number),
            Value::Boolean(value) => serializer.serialize_bool(*value),
        }
    }
}

/// The items of an array, each on a line of its own.
pub(super) struct Lines<'w> {
    out: &'w mut dyn Write,
    is_first: bool,
}

impl<'w> Lines<'w> {
    pub fn new(out: &'w mut dyn Write) -> Self {
        Self { out, is_first: true }
    }

    pub fn item(&mut self, item: &impl Serialize) -> io::Result<()> {
        self.out.write_all(if self.is_first { b"\n" } else { b",\n" })?;
        self.is_first = false;
        Ok(serde_json::to_writer(&mut *self.out, item)?)
    }
}
