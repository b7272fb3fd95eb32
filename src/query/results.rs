//! The formats of an answer, and writing it: a table of solutions, yes or no, or a graph.

use std::io::Write;

use oxrdfio::{JsonLdProfileSet, RdfFormat, RdfSerializer};
use sparesults::{QueryResultsFormat, QueryResultsSerializer};
use spareval::{QueryResults, QuerySolutionIter, QueryTripleIter};

use super::error::QueryError;
use super::run::{Limits, Outcome, evaluation_error};
use super::table::Table;
use crate::rdf::vocabulary::PREFIXES;

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResultFormat {
    /// Aligned columns for people: labels, and IRIs with their prefixes.
    Table,
    Csv,
    Tsv,
    /// SPARQL 1.1 Query Results JSON.
    Json,
    /// SPARQL Query Results XML.
    Xml,
    /// For `CONSTRUCT` and `DESCRIBE`.
    Graph(RdfFormat),
}

/// Name and format; the first name of a format is the one in messages.
pub const RESULT_FORMATS: &[(&str, ResultFormat)] = &[
    ("table", ResultFormat::Table),
    ("csv", ResultFormat::Csv),
    ("tsv", ResultFormat::Tsv),
    ("json", ResultFormat::Json),
    ("xml", ResultFormat::Xml),
    ("turtle", ResultFormat::Graph(RdfFormat::Turtle)),
    ("ttl", ResultFormat::Graph(RdfFormat::Turtle)),
    ("ntriples", ResultFormat::Graph(RdfFormat::NTriples)),
    ("nt", ResultFormat::Graph(RdfFormat::NTriples)),
    ("nquads", ResultFormat::Graph(RdfFormat::NQuads)),
    ("nq", ResultFormat::Graph(RdfFormat::NQuads)),
    ("trig", ResultFormat::Graph(RdfFormat::TriG)),
    ("rdfxml", ResultFormat::Graph(RdfFormat::RdfXml)),
    ("rdf", ResultFormat::Graph(RdfFormat::RdfXml)),
    ("jsonld", ResultFormat::Graph(RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() })),
    ("n3", ResultFormat::Graph(RdfFormat::N3)),
];

const FOR_TABLES: &str = "table csv tsv json xml";
const FOR_GRAPHS: &str = "turtle ntriples nquads trig rdfxml jsonld n3";

impl ResultFormat {
    pub fn from_name(name: &str) -> Option<Self> {
        RESULT_FORMATS.iter().find(|(known, _)| *known == name).map(|(_, format)| *format)
    }

    pub fn name(self) -> &'static str {
        RESULT_FORMATS.iter().find(|(_, format)| *format == self).map_or("rdf", |(name, _)| name)
    }
}

/// Writes `results`; without a format solutions become a table and graphs Turtle.
pub(super) fn write<'l, W: Write>(
    results: QueryResults<'_>,
    format: Option<ResultFormat>,
    table: impl FnOnce() -> Table<'l>,
    limits: &Limits,
    out: W,
) -> Result<Outcome, QueryError> {
    match results {
        QueryResults::Solutions(solutions) => match format.unwrap_or(ResultFormat::Table) {
            ResultFormat::Table => write_table(solutions, table(), limits, out),
            format => {
                let format = solutions_format(format, "SELECT", "a table")?;
                write_solutions(solutions, format, limits, out)
            }
        },
        QueryResults::Boolean(value) => write_boolean(value, format, out),
        QueryResults::Graph(triples) => {
            let format = match format {
                None => RdfFormat::Turtle,
                Some(ResultFormat::Graph(format)) => format,
                Some(other) => {
                    return Err(QueryError::Format {
                        query: "CONSTRUCT or DESCRIBE",
                        result: "a graph",
                        format: other.name().to_owned(),
                        formats: FOR_GRAPHS,
                    });
                }
            };
            write_graph(triples, format, limits, out)
        }
    }
}

fn solutions_format(
    format: ResultFormat,
    query: &'static str,
    result: &'static str,
) -> Result<QueryResultsFormat, QueryError> {
    match format {
        ResultFormat::Csv => Ok(QueryResultsFormat::Csv),
        ResultFormat::Tsv => Ok(QueryResultsFormat::Tsv),
        ResultFormat::Json => Ok(QueryResultsFormat::Json),
        ResultFormat::Xml => Ok(QueryResultsFormat::Xml),
        ResultFormat::Table | ResultFormat::Graph(_) => Err(QueryError::Format {
            query,
            result,
            format: format.name().to_owned(),
            formats: FOR_TABLES,
        }),
    }
}

fn write_solutions<W: Write>(
    solutions: QuerySolutionIter<'_>,
    format: QueryResultsFormat,
    limits: &Limits,
    out: W,
) -> Result<Outcome, QueryError> {
    let variables = solutions.variables().to_vec();
    let mut writer = QueryResultsSerializer::from_format(format)
        .serialize_solutions_to_writer(out, variables)?;
    let mut outcome = Outcome::default();
    for solution in solutions {
        if limits.reached(&mut outcome)? {
            break;
        }
        writer.serialize(&solution.map_err(|error| evaluation_error(error, limits))?)?;
        outcome.rows += 1;
    }
    let mut out = writer.finish()?;
    if format == QueryResultsFormat::Json {
        writeln!(out)?;
    }
    out.flush()?;
    Ok(outcome)
}

fn write_table<W: Write>(
    solutions: QuerySolutionIter<'_>,
    mut table: Table<'_>,
    limits: &Limits,
    mut out: W,
) -> Result<Outcome, QueryError> {
    table.set_columns(solutions.variables());
    let mut outcome = Outcome::default();
    for solution in solutions {
        if limits.reached(&mut outcome)? {
            break;
        }
        table.add(&solution.map_err(|error| evaluation_error(error, limits))?);
        outcome.rows += 1;
    }
    writeln!(out, "{table}")?;
    out.flush()?;
    Ok(outcome)
}

fn write_boolean<W: Write>(
    value: bool,
    format: Option<ResultFormat>,
    mut out: W,
) -> Result<Outcome, QueryError> {
    match format.unwrap_or(ResultFormat::Table) {
        ResultFormat::Table => writeln!(out, "{}", if value { "yes" } else { "no" })?,
        format => {
            let format = solutions_format(format, "ASK", "yes or no")?;
            out = QueryResultsSerializer::from_format(format)
                .serialize_boolean_to_writer(out, value)?;
            if format != QueryResultsFormat::Xml {
                writeln!(out)?;
            }
        }
    }
    out.flush()?;
    Ok(Outcome { rows: 1, truncated: false })
}

fn write_graph<W: Write>(
    triples: QueryTripleIter<'_>,
    format: RdfFormat,
    limits: &Limits,
    out: W,
) -> Result<Outcome, QueryError> {
    let mut serializer = RdfSerializer::from_format(format);
    for (prefix, iri) in PREFIXES {
        if let Ok(with_prefix) = serializer.clone().with_prefix(*prefix, *iri) {
            serializer = with_prefix;
        }
    }
    let mut writer = serializer.for_writer(out);
    let mut outcome = Outcome::default();
    for triple in triples {
        if limits.reached(&mut outcome)? {
            break;
        }
        let triple = triple.map_err(|error| evaluation_error(error, limits))?;
        writer.serialize_triple(&triple)?;
        outcome.rows += 1;
    }
    writer.finish()?.flush()?;
    Ok(outcome)
}
