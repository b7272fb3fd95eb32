//! CSV and TSV: the relations as one table, or a folder of three that join on their ids.
//!
//! UTF-8, without a byte-order mark unless it is asked for, a header line, RFC 4180 quoting, lines end in LF. A
//! missing value is empty. Lists are joined with [`LIST_SEPARATOR`]. Offsets count Unicode
//! code points of the document's text, from 0, end excluded.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@` (also in their full-width
//! forms), a tab or a line break for a formula. Every cell that is not a number or a boolean
//! is therefore guarded: where its first character other than an apostrophe is one of these,
//! one apostrophe is put before it. To undo it, take one apostrophe off a cell that begins
//! with an apostrophe and whose first other character is one of these.

use std::borrow::Cow;
use std::io::{self, Write};

use super::elements::Separators;
use super::identifiers::{ClaimId, entity_iri};
use super::order::CanonicalOrder;
use super::report::AMBIGUOUS_LISTS;
use super::summary::ClaimSummary;
use super::{ExportError, ExportOptions, Report};
use crate::analysis::Measure;
use crate::graph::KnowledgeGraph;
use crate::ontology::Schema;
use crate::span::CharSpan;

/// Stands between the items of a list in one cell or attribute. An item may itself hold it;
/// JSON and RDF keep items apart.
pub const LIST_SEPARATOR: &str = " | ";

/// One row an entity, by id.
pub const NODE_COLUMNS: &[&str] = &[
    "id",
    "label",
    "class",
    "subclass",
    "aliases",
    "same_as",
    "mention_count",
    "document_count",
    "iri",
];

/// The same with the ranks of [`crate::analysis`].
pub const RANKED_NODE_COLUMNS: &[&str] = &[
    "id",
    "label",
    "class",
    "subclass",
    "aliases",
    "same_as",
    "mention_count",
    "document_count",
    "iri",
    "degree",
    "pagerank",
    "betweenness",
    "community",
];

/// One row a claim, by relation, source and target. `source` and `target` are ids of nodes.
pub const EDGE_COLUMNS: &[&str] = &[
    "id",
    "source",
    "relation",
    "target",
    "source_name",
    "target_name",
    "weight",
    "polarity",
    "modality",
    "asserted",
    "speakers",
    "confidence",
    "quote",
    "documents",
    "iri",
];

/// One row a statement, by claim. `claim` is the id of an edge, `attributed_to` that of a node.
pub const EVIDENCE_COLUMNS: &[&str] = &[
    "claim",
    "source",
    "relation",
    "target",
    "document",
    "uri",
    "title",
    "publisher",
    "published",
    "sentence",
    "sentence_start",
    "sentence_end",
    "head_start",
    "head_end",
    "tail_start",
    "tail_end",
    "cue_start",
    "cue_end",
    "role",
    "polarity",
    "modality",
    "attributed_to",
    "speaker",
    "date",
    "origin",
    "confidence",
];

/// Writes one of the three tables: `nodes`, `edges` or `evidence`, by the name of its file.
pub(super) fn write_csv(
    graph: &KnowledgeGraph,
    schema: &Schema,
    options: &ExportOptions,
    table: &str,
    out: &mut dyn Write,
) -> Result<Report, ExportError> {
    write_table(graph, schema, options, (table, b','), out)
}

/// The same with tabs between the cells. A cell that holds a tab, a quote or a line break is
/// quoted, which spreadsheets and data frames undo; the registered form (IANA,
/// `text/tab-separated-values`) has no way to write such a cell at all.
pub(super) fn write_tsv(
    graph: &KnowledgeGraph,
    schema: &Schema,
    options: &ExportOptions,
    table: &str,
    out: &mut dyn Write,
) -> Result<Report, ExportError> {
    write_table(graph, schema, options, (table, b'\t'), out)
}

fn write_table(
    graph: &KnowledgeGraph,
    schema: &Schema,
    options: &ExportOptions,
    (table, delimiter): (&str, u8),
    out: &mut dyn Write,
) -> Result<Report, ExportError> {
    let order = CanonicalOrder::new(graph);
    let tables = Tables { graph, schema, options, order: &order };
    let name = table.split('.').next().unwrap_or(table);
    if options.byte_order_mark {
        out.write_all("\u{FEFF}".as_bytes())?;
    }
    let columns = match name {
        "nodes" if options.ranks.is_some() => RANKED_NODE_COLUMNS,
        "nodes" => NODE_COLUMNS,
        "edges" => EDGE_COLUMNS,
        _ => EVIDENCE_COLUMNS,
    };
    let mut rows = Rows::new(out, delimiter, columns)?;
    match name {
        "nodes" => tables.nodes(&mut rows)?,
        "edges" => tables.edges(&mut rows)?,
        _ => tables.evidence(&mut rows)?,
    }
    rows.writer.flush()?;
    let mut report = Report::default();
    report.note(
        rows.guarded,
        "cells that a spreadsheet would run as formulas begin with an apostrophe",
    );
    report.note(rows.separators.0, AMBIGUOUS_LISTS);
    Ok(report)
}

struct Tables<'t> {
    graph: &'t KnowledgeGraph,
    schema: &'t Schema,
    options: &'t ExportOptions,
    order: &'t CanonicalOrder,
}

impl Tables<'_> {
    fn nodes(&self, rows: &mut Rows<'_>) -> io::Result<()> {
        for &index in &self.order.entities {
            let entity = self.graph.entity(index);
            let mentions = self.order.mentions(entity);
            let mut documents: Vec<_> = mentions.iter().map(|mention| mention.document).collect();
            documents.dedup();
            rows.text(&entity.key)?;
            rows.text(&entity.name)?;
            rows.text(entity.class.name())?;
            rows.text(entity.subclass.map_or("", |id| &self.schema.subclass(id).name))?;
            rows.list(&entity.aliases)?;
            rows.list(&entity.same_as)?;
            rows.plain(mentions.len())?;
            rows.plain(documents.len())?;
            rows.text(&entity_iri(self.options, entity))?;
            if let Some(ranks) = &self.options.ranks {
                for measure in Measure::ALL {
                    rows.plain(ranks.value(measure, index).unwrap_or_default())?;
                }
                rows.plain(ranks.community(index).unwrap_or_default())?;
            }
            rows.end()?;
        }
        Ok(())
    }

    fn edges(&self, rows: &mut Rows<'_>) -> io::Result<()> {
        for claim in self.order.claims.iter().map(|&index| self.graph.claim(index)) {
            let summary = ClaimSummary::new(self.graph, self.options, self.order, claim);
            let (head, tail) = (self.graph.entity(claim.head), self.graph.entity(claim.tail));
            let id = ClaimId::new(self.graph, self.schema, &claim);
            rows.text(&id.text())?;
            rows.text(&head.key)?;
            rows.text(&self.schema.property(claim.property).name)?;
            rows.text(&tail.key)?;
            rows.text(&head.name)?;
            rows.text(&tail.name)?;
            rows.plain(summary.weight)?;
            rows.text(summary.polarity)?;
            rows.text(summary.modality)?;
            rows.plain(summary.asserted)?;
            rows.list(&summary.speakers)?;
            rows.plain(summary.confidence)?;
            rows.text(summary.quote)?;
            rows.list(&summary.documents)?;
            rows.text(&id.iri(self.options))?;
            rows.end()?;
        }
        Ok(())
    }

    fn evidence(&self, rows: &mut Rows<'_>) -> io::Result<()> {
        for claim in self.order.claims.iter().map(|&index| self.graph.claim(index)) {
            let id = ClaimId::new(self.graph, self.schema, &claim);
            for evidence in self.order.evidence(claim) {
                let document = self.graph.document(evidence.document);
                let source = &document.source;
                let speaker = evidence.attributed_to.map(|index| self.graph.entity(index));
                rows.text(&id.text())?;
                rows.text(&self.graph.entity(claim.head).key)?;
                rows.text(&self.schema.property(claim.property).name)?;
                rows.text(&self.graph.entity(claim.tail).key)?;
                rows.text(&document.id)?;
                for value in [&source.uri, &source.title, &source.publisher, &source.published] {
                    rows.text(value.as_deref().unwrap_or_default())?;
                }
                rows.text(&evidence.quote)?;
                rows.span(Some(evidence.sentence))?;
                rows.span(evidence.head)?;
                rows.span(evidence.tail)?;
                rows.span(evidence.cue)?;
                rows.text(evidence.role.as_deref().unwrap_or_default())?;
                rows.text(evidence.polarity.name())?;
                rows.text(evidence.modality.name())?;
                rows.text(speaker.map_or("", |speaker| &speaker.key))?;
                rows.text(speaker.map_or("", |speaker| &speaker.name))?;
                rows.text(evidence.date.as_deref().unwrap_or_default())?;
                rows.text(&evidence.origin.to_text())?;
                rows.plain(evidence.confidence)?;
                rows.end()?;
            }
        }
        Ok(())
    }
}

/// Writes cells in order, and counts those that had to be guarded.
struct Rows<'w> {
    writer: csv::Writer<&'w mut dyn Write>,
    guarded: u64,
    separators: Separators,
}

impl<'w> Rows<'w> {
    fn new(out: &'w mut dyn Write, delimiter: u8, columns: &[&str]) -> io::Result<Self> {
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(out);
        writer.write_record(columns)?;
        Ok(Self { writer, guarded: 0, separators: Separators::default() })
    }

    fn text(&mut self, text: &str) -> io::Result<()> {
        let cell = guard(text);
        self.guarded += u64::from(matches!(cell, Cow::Owned(_)));
        Ok(self.writer.write_field(cell.as_bytes())?)
    }

    fn list(&mut self, items: &[impl AsRef<str>]) -> io::Result<()> {
        let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
        self.separators.count(&items);
        self.text(&items.join(LIST_SEPARATOR))
    }

    /// A number or a boolean.
    fn plain(&mut self, value: impl ToString) -> io::Result<()> {
        Ok(self.writer.write_field(value.to_string())?)
    }

    fn span(&mut self, span: Option<CharSpan>) -> io::Result<()> {
        match span {
            Some(span) => {
                self.plain(span.start)?;
                self.plain(span.end)
            }
            None => {
                self.plain("")?;
                self.plain("")
            }
        }
    }

    fn end(&mut self) -> io::Result<()> {
        Ok(self.writer.write_record(None::<&[u8]>)?)
    }
}

fn guard(text: &str) -> Cow<'_, str> {
    const DANGEROUS: [char; 11] =
        ['=', '+', '-', '@', '\t', '\r', '\n', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}'];
    if text.trim_start_matches('\'').starts_with(DANGEROUS) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}
