//! Parquet: nodes, edges and evidence as typed columns, for data frames and query engines.
//!
//! Lists are lists, texts are texts as they are, and a missing value is null. Rows are written in
//! groups, so that memory does not grow with the graph. Built with the feature `parquet`.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use parquet::basic::Type as Physical;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, FloatType, Int64Type};
use parquet::errors::{ParquetError, Result as ParquetResult};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;

use super::elements::{EDGE_ATTRIBUTES, Elements, Kind, Value};
use super::{ExportError, ExportOptions, Report};
use crate::graph::{Evidence, KnowledgeGraph};
use crate::ontology::Schema;
use crate::span::CharSpan;

/// The names of the files.
pub(super) const FILES: &[&str] = &["nodes.parquet", "edges.parquet", "evidence.parquet"];

/// Rows of one group: all of its columns are held until it is written.
const GROUP: usize = 20_000;

const NODE_FIXED: &[(&str, Kind)] = &[("id", Kind::Text)];
const EDGE_FIXED: &[(&str, Kind)] =
    &[("id", Kind::Text), ("source", Kind::Text), ("target", Kind::Text)];

/// The columns of statements, as [`super::EVIDENCE_COLUMNS`] has them without what a join with
/// the edges gives.
const EVIDENCE: &[(&str, Kind)] = &[
    ("claim", Kind::Text),
    ("document", Kind::Text),
    ("uri", Kind::Text),
    ("title", Kind::Text),
    ("publisher", Kind::Text),
    ("published", Kind::Text),
    ("sentence", Kind::Text),
    ("sentence_start", Kind::Integer),
    ("sentence_end", Kind::Integer),
    ("head_start", Kind::Integer),
    ("head_end", Kind::Integer),
    ("tail_start", Kind::Integer),
    ("tail_end", Kind::Integer),
    ("cue_start", Kind::Integer),
    ("cue_end", Kind::Integer),
    ("role", Kind::Text),
    ("polarity", Kind::Text),
    ("modality", Kind::Text),
    ("attributed_to", Kind::Text),
    ("date", Kind::Text),
    ("origin", Kind::Text),
    ("confidence", Kind::Number),
];

/// Writes one of [`FILES`].
pub(super) fn write_parquet(
    graph: &KnowledgeGraph,
    schema: &Schema,
    options: &ExportOptions,
    table: &str,
    out: &mut dyn Write,
) -> Result<Report, ExportError> {
    let elements = Elements::new(graph, schema, options);
    match table {
        "nodes.parquet" => {
            let mut rows = Rows::new(out, &[NODE_FIXED, elements.node_attributes()])?;
            for node in elements.nodes() {
                let id = Some(Value::Text((&node.entity.key).into()));
                rows.row(std::iter::once(id).chain(node.values()))?;
            }
            rows.finish()?;
        }
        "edges.parquet" => {
            let mut rows = Rows::new(out, &[EDGE_FIXED, &EDGE_ATTRIBUTES])?;
            for edge in elements.edges() {
                let fixed = [
                    Some(Value::Text(edge.id.text().into())),
                    Some(Value::Text((&edge.source.key).into())),
                    Some(Value::Text((&edge.target.key).into())),
                ];
                rows.row(fixed.into_iter().chain(edge.values()))?;
            }
            rows.finish()?;
        }
        _ => {
            let mut rows = Rows::new(out, &[EVIDENCE])?;
            for edge in elements.edges() {
                let claim = edge.id.text();
                for evidence in elements.order.evidence(edge.claim) {
                    rows.row(statement(graph, &claim, evidence).into_iter())?;
                }
            }
            rows.finish()?;
        }
    }
    Ok(Report::default())
}

/// The values of [`EVIDENCE`].
fn statement<'v>(
    graph: &'v KnowledgeGraph,
    claim: &'v str,
    evidence: &'v Evidence,
) -> Vec<Option<Value<'v>>> {
    let text = |text: &'v str| Some(Value::Text(text.into()));
    let document = graph.document(evidence.document);
    let source = &document.source;
    let mut values = vec![text(claim), text(&document.id)];
    for detail in [&source.uri, &source.title, &source.publisher, &source.published] {
        values.push(detail.as_deref().and_then(text));
    }
    values.push(text(&evidence.quote));
    for span in [Some(evidence.sentence), evidence.head, evidence.tail, evidence.cue] {
        let offset = |of: fn(CharSpan) -> u32| span.map(|span| Value::Integer(of(span) as usize));
        values.extend([offset(|span| span.start), offset(|span| span.end)]);
    }
    values.extend([
        evidence.role.as_deref().and_then(text),
        text(evidence.polarity.name()),
        text(evidence.modality.name()),
        evidence.attributed_to.and_then(|speaker| text(&graph.entity(speaker).key)),
        evidence.date.as_deref().and_then(text),
        Some(Value::Text(evidence.origin.to_text().into())),
        Some(Value::Number(evidence.confidence.value())),
    ]);
    values
}

/// What the file writer writes into: it wants to own its sink, which ours is only lent.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Shared {
    fn drain(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        out.write_all(&bytes)?;
        bytes.clear();
        Ok(())
    }
}

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The values of one column in one group, without those that are missing, and for each value the
/// levels of Dremel's encoding: how much of its path is there, and whether it goes on a list.
#[derive(Default)]
struct Column {
    texts: Vec<ByteArray>,
    integers: Vec<i64>,
    numbers: Vec<f32>,
    booleans: Vec<bool>,
    definition: Vec<i16>,
    repetition: Vec<i16>,
}

impl Column {
    fn push(&mut self, value: Option<Value<'_>>) {
        let is_there = i16::from(value.is_some());
        match value {
            None => {}
            Some(Value::List(items)) => {
                for (at, item) in items.iter().enumerate() {
                    self.texts.push(ByteArray::from(*item));
                    self.definition.push(2);
                    self.repetition.push(i16::from(at > 0));
                }
                return;
            }
            Some(Value::Text(text)) => self.texts.push(ByteArray::from(&*text)),
            Some(Value::Integer(number)) => self.integers.push(number as i64),
            Some(Value::Number(number)) => self.numbers.push(number),
            Some(Value::Boolean(value)) => self.booleans.push(value),
        }
        self.definition.push(is_there);
        self.repetition.push(0);
    }

    fn write(&self, kind: Kind, writer: &mut SerializedColumnWriter<'_>) -> ParquetResult<()> {
        let (definition, repetition) = (Some(&*self.definition), Some(&*self.repetition));
        match kind {
            Kind::Text => {
                writer.typed::<ByteArrayType>().write_batch(&self.texts, definition, None)?
            }
            Kind::List => {
                writer.typed::<ByteArrayType>().write_batch(&self.texts, definition, repetition)?
            }
            Kind::Integer => {
                writer.typed::<Int64Type>().write_batch(&self.integers, definition, None)?
            }
            Kind::Number => {
                writer.typed::<FloatType>().write_batch(&self.numbers, definition, None)?
            }
            Kind::Boolean => {
                writer.typed::<BoolType>().write_batch(&self.booleans, definition, None)?
            }
        };
        Ok(())
    }
}

struct Rows<'w> {
    out: &'w mut dyn Write,
    shared: Shared,
    writer: SerializedFileWriter<Shared>,
    kinds: Vec<Kind>,
    columns: Vec<Column>,
    rows: usize,
}

impl<'w> Rows<'w> {
    fn new(out: &'w mut dyn Write, columns: &[&[(&str, Kind)]]) -> io::Result<Self> {
        let columns = columns.concat();
        let fields: String = columns.iter().map(|(name, kind)| field(name, *kind)).collect();
        let schema = parse_message_type(&format!("message newsgraph {{ {fields} }}"));
        let program = concat!("newsgraph ", env!("CARGO_PKG_VERSION"));
        let properties = WriterProperties::builder().set_created_by(program.to_owned()).build();
        let shared = Shared::default();
        let writer = schema
            .and_then(|schema| {
                let schema = Arc::new(schema);
                SerializedFileWriter::new(shared.clone(), schema, Arc::new(properties))
            })
            .map_err(fault)?;
        let kinds: Vec<Kind> = columns.iter().map(|(_, kind)| *kind).collect();
        let columns = kinds.iter().map(|_| Column::default()).collect();
        Ok(Self { out, shared, writer, kinds, columns, rows: 0 })
    }

    fn row<'v>(&mut self, values: impl Iterator<Item = Option<Value<'v>>>) -> io::Result<()> {
        for (column, value) in self.columns.iter_mut().zip(values) {
            column.push(value);
        }
        self.rows += 1;
        if self.rows == GROUP { self.end_group() } else { Ok(()) }
    }

    fn end_group(&mut self) -> io::Result<()> {
        if self.rows > 0 {
            self.write_group().map_err(fault)?;
            self.columns.iter_mut().for_each(|column| *column = Column::default());
            self.rows = 0;
        }
        self.shared.drain(self.out)
    }

    fn write_group(&mut self) -> ParquetResult<()> {
        let mut group = self.writer.next_row_group()?;
        let mut columns = self.columns.iter().zip(&self.kinds);
        while let Some(mut writer) = group.next_column()? {
            if let Some((column, kind)) = columns.next() {
                column.write(*kind, &mut writer)?;
            }
            writer.close()?;
        }
        group.close()?;
        Ok(())
    }

    fn finish(mut self) -> io::Result<()> {
        self.end_group()?;
        self.writer.finish().map_err(fault)?;
        self.shared.drain(self.out)
    }
}

/// A field of the schema in Parquet's own notation.
fn field(name: &str, kind: Kind) -> String {
    let physical = match kind {
        Kind::List => {
            return format!(
                "optional group {name} (LIST) {{ repeated group list {{ \
                 required binary element (STRING); }} }} "
            );
        }
        Kind::Text => return format!("optional binary {name} (STRING); "),
        Kind::Integer => Physical::INT64,
        Kind::Number => Physical::FLOAT,
        Kind::Boolean => Physical::BOOLEAN,
    };
    format!("optional {physical} {name}; ")
}

fn fault(error: ParquetError) -> io::Error {
    io::Error::other(error)
}
