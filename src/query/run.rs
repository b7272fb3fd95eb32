//! Evaluating a query over a graph in place, within limits.

use std::io::Write;
use std::time::{Duration, Instant};

use spareval::{CancellationToken, QueryEvaluationError, QueryEvaluator, QueryResults};
use spargebra::Query;

use super::arena::Arena;
use super::clock::Clock;
use super::dataset::GraphDataset;
use super::error::QueryError;
use super::results::{self, ResultFormat};
use super::table::Table;
use super::view::View;

/// How long a query may run, how much it may answer, and how wide a table may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QuerySettings {
    /// The query is stopped with an error after this time; rows are written until then. It is
    /// looked at whenever the graph is, so that the join of two long lists that are already
    /// found may outlast it.
    pub time_limit: Option<Duration>,
    /// At most so many solutions or triples are written.
    pub row_limit: Option<usize>,
    /// Width of the terminal in characters; a table is not wrapped without.
    pub width: Option<u16>,
}

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Solutions or triples; 1 for yes or no.
    pub rows: usize,
    /// Whether there is more than the row limit allows.
    pub truncated: bool,
}

/// Evaluates `query` and writes the answer. Without `format`, solutions and yes or no are
/// written as a table, graphs as Turtle.
///
/// # Errors
/// [`QueryError::TimeLimit`], [`QueryError::Format`] where the format cannot hold the answer,
/// [`QueryError::Evaluation`], [`QueryError::Io`].
pub fn run<W: Write>(
    dataset: &GraphDataset<'_>,
    query: &Query,
    format: Option<ResultFormat>,
    settings: &QuerySettings,
    out: W,
) -> Result<Outcome, QueryError> {
    let limits = Limits::new(settings);
    let arena = Arena::default();
    let table = || {
        let label = |iri: &str| dataset.label(iri);
        Table::new(dataset.base(), settings.width, Box::new(label))
    };
    let evaluator = QueryEvaluator::new().with_cancellation_token(limits.token.clone());
    let clock = limits.clock();
    let view = View::new(dataset, &arena, &clock);
    let results = evaluator.prepare(query).execute(view);
    let results = results.map_err(|error| evaluation_error(error, &limits))?;
    results::write(results, format, table, &limits, out)
}

/// Evaluates `query` without limits and hands the answer to `read`: for callers that want the
/// terms themselves.
///
/// # Errors
/// [`QueryError::Evaluation`]; errors that come while solutions are read are in the solutions.
pub fn evaluate<T>(
    dataset: &GraphDataset<'_>,
    query: &Query,
    read: impl FnOnce(QueryResults<'_>) -> T,
) -> Result<T, QueryError> {
    let arena = Arena::default();
    let evaluator = QueryEvaluator::new();
    let clock = Clock::unlimited();
    let view = View::new(dataset, &arena, &clock);
    let results = evaluator.prepare(query).execute(view).map_err(QueryError::Evaluation)?;
    Ok(read(results))
}

/// The limits of one run.
pub(super) struct Limits {
    started: Instant,
    time: Option<Duration>,
    rows: Option<usize>,
    token: CancellationToken,
}

impl Limits {
    fn new(settings: &QuerySettings) -> Self {
        Self {
            started: Instant::now(),
            time: settings.time_limit,
            rows: settings.row_limit,
            token: CancellationToken::new(),
        }
    }

    fn clock(&self) -> Clock {
        // A limit too far off to be expressed is none.
        let deadline = self.time.and_then(|time| self.started.checked_add(time));
        Clock::new(deadline, self.token.clone())
    }

    fn time_is_up(&self) -> Option<Duration> {
        self.time.filter(|time| self.started.elapsed() >= *time)
    }

    /// Whether the row that was just found is one too many.
    pub fn reached(&self, outcome: &mut Outcome) -> Result<bool, QueryError> {
        if let Some(time) = self.time_is_up() {
            return Err(QueryError::TimeLimit(time));
        }
        outcome.truncated = self.rows.is_some_and(|rows| outcome.rows >= rows);
        Ok(outcome.truncated)
    }
}

/// An evaluation that was stopped by the clock says only that it was stopped.
pub(super) fn evaluation_error(error: QueryEvaluationError, limits: &Limits) -> QueryError {
    match limits.time {
        Some(time) if limits.token.is_cancelled() => QueryError::TimeLimit(time),
        _ => QueryError::Evaluation(error),
    }
}
