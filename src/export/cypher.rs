//! A Cypher script that loads the graph into Neo4j 4.4 or later: a constraint, then nodes and
//! relationships in batches.
//!
//! Every node has the label `Entity` beside its class and subclass, and the constraint makes its
//! `id` unique, so that relationships find their ends by index and running the script again
//! changes nothing. A batch is one `UNWIND` over a list of maps; its rows have the same labels or
//! the same type, since Cypher takes neither from data.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::elements::{EDGE_ATTRIBUTES, Elements, Kind, Value};
use super::property_graph::{ENTITY, labels, relationship_type};
use super::{ExportError, ExportOptions, Report};
use crate::graph::KnowledgeGraph;
use crate::ontology::Schema;

/// Rows of one statement: enough to make the cost of a statement small, few enough to be
/// parsed and planned without much memory.
const BATCH: usize = 500;

/// Writes nodes by labels and key, relationships by type and ends. An attribute without a value
/// is `null`, which leaves the property out.
pub(super) fn write_cypher(
    graph: &KnowledgeGraph,
    schema: &Schema,
    options: &ExportOptions,
    out: &mut dyn Write,
) -> Result<Report, ExportError> {
    let elements = Elements::new(graph, schema, options);
    writeln!(out, "// A graph of newsgraph {}, for Neo4j.", env!("CARGO_PKG_VERSION"))?;
    writeln!(
        out,
        "CREATE CONSTRAINT newsgraph_entity_id IF NOT EXISTS \
         FOR (n:{ENTITY}) REQUIRE n.id IS UNIQUE;"
    )?;
    let mut batches = Batches { out, head: String::new(), tail: String::new(), rows: 0 };
    let mut by_label = elements.order.entities.clone();
    // Stable: within one set of labels the order stays that of the keys.
    by_label.sort_by_key(|&index| (graph.entity(index).class, graph.entity(index).subclass));
    for index in by_label {
        let node = elements.node(index);
        let labels: Vec<String> =
            labels(&node).into_iter().skip(1).map(|label| format!(":{}", name(label))).collect();
        batches.begin(
            "UNWIND [",
            &format!(
                "] AS row MERGE (n:{ENTITY} {{id: row.id}}) SET n{}, n += row;\n",
                labels.concat()
            ),
        )?;
        let id = [("id", Value::Text((&node.entity.key).into()))];
        batches.row(&id, elements.node_attributes(), &node.values())?;
    }
    for edge in elements.edges() {
        batches.begin(
            "UNWIND [",
            &format!(
                "] AS row MATCH (a:{ENTITY} {{id: row.source}}) MATCH (b:{ENTITY} {{id: row.target}}) \
                 MERGE (a)-[r:{} {{id: row.id}}]->(b) SET r += row.properties;\n",
                name(&relationship_type(edge.property))
            ),
        )?;
        let ends = [
            ("id", Value::Text(edge.id.text().into())),
            ("source", Value::Text((&edge.source.key).into())),
            ("target", Value::Text((&edge.target.key).into())),
        ];
        batches.nested_row(&ends, &EDGE_ATTRIBUTES, &edge.values())?;
    }
    batches.finish()?;
    Ok(Report::default())
}

/// Puts rows that belong to the same statement together.
struct Batches<'w> {
    out: &'w mut dyn Write,
    head: String,
    tail: String,
    rows: usize,
}

impl Batches<'_> {
    /// Goes on with the statement of this head and tail, or begins one.
    fn begin(&mut self, head: &str, tail: &str) -> io::Result<()> {
        if self.rows == BATCH || (self.rows > 0 && self.tail != tail) {
            self.finish()?;
        }
        self.head.replace_range(.., head);
        self.tail.replace_range(.., tail);
        Ok(())
    }

    fn row(
        &mut self,
        fixed: &[(&str, Value<'_>)],
        attributes: &[(&str, Kind)],
        values: &[Option<Value<'_>>],
    ) -> io::Result<()> {
        let mut map = Map::new();
        fixed.iter().for_each(|(name, value)| map.entry(name, Some(value)));
        for ((name, _), value) in attributes.iter().zip(values) {
            map.entry(name, value.as_ref());
        }
        self.write(&map.close())
    }

    /// The attributes stand in a map of their own, so that they can be set at once.
    fn nested_row(
        &mut self,
        fixed: &[(&str, Value<'_>)],
        attributes: &[(&str, Kind)],
        values: &[Option<Value<'_>>],
    ) -> io::Result<()> {
        let mut properties = Map::new();
        for ((name, _), value) in attributes.iter().zip(values) {
            properties.entry(name, value.as_ref());
        }
        let mut map = Map::new();
        fixed.iter().for_each(|(name, value)| map.entry(name, Some(value)));
        map.key("properties");
        map.text.push_str(&properties.close());
        self.write(&map.close())
    }

    fn write(&mut self, row: &str) -> io::Result<()> {
        if self.rows == 0 {
            self.out.write_all(self.head.as_bytes())?;
        } else {
            self.out.write_all(b",")?;
        }
        self.out.write_all(b"\n")?;
        self.out.write_all(row.as_bytes())?;
        self.rows += 1;
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        if self.rows > 0 {
            self.out.write_all(b"\n")?;
            self.out.write_all(self.tail.as_bytes())?;
            self.rows = 0;
        }
        Ok(())
    }
}

/// A map literal.
struct Map {
    text: String,
}

impl Map {
    fn new() -> Self {
        Self { text: String::from("{") }
    }

    fn key(&mut self, name: &str) {
        if self.text.len() > 1 {
            self.text.push_str(", ");
        }
        self.text.push_str(name);
        self.text.push_str(": ");
    }

    fn entry(&mut self, name: &str, value: Option<&Value<'_>>) {
        self.key(name);
        match value {
            None => self.text.push_str("null"),
            Some(Value::Text(text)) => push_string(text, &mut self.text),
            Some(Value::List(items)) => {
                self.text.push('[');
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        self.text.push_str(", ");
                    }
                    push_string(item, &mut self.text);
                }
                self.text.push(']');
            }
            // A whole number is a float of its property as well: types do not change by row.
            Some(Value::Number(number)) => {
                let _ = write!(self.text, "{number:?}");
            }
            Some(value) => self.text.push_str(&value.as_text()),
        }
    }

    fn close(mut self) -> String {
        self.text.push('}');
        self.text
    }
}

/// A name that may hold whatever an ontology of the user's calls its classes and relations.
fn name(name: &str) -> String {
    let is_plain = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if is_plain { name.to_owned() } else { format!("`{}`", name.replace('`', "``")) }
}

/// A string literal on one line. What does not print is escaped by its number; of a backslash,
/// Cypher has the escape that everyone has.
fn push_string(text: &str, out: &mut String) {
    out.push('\'');
    for character in text.chars() {
        match character {
            '\'' => out.push_str("\\'"),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if character.is_control() || matches!(character, '\u{2028}' | '\u{2029}') => {
                let _ = write!(out, "\\u{:04X}", character as u32);
            }
            _ => out.push(character),
        }
    }
    out.push('\'');
}
