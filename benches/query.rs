//! Twelve fixed queries in place against oxigraph's memory store, and what both cost before.
//!
//! `cargo bench --bench query` measures 10,000 and 100,000 claims; other sizes follow `--`, as
//! in `cargo bench --bench query -- 1000000`. A query is repeated for about a second, its
//! solutions are counted on both sides and compared, and the fastest run counts.

#[path = "../tests/query/graphs.rs"]
mod graphs;
#[path = "../tests/query/questions.rs"]
mod questions;

use std::time::{Duration, Instant};

use newsgraph::graph::KnowledgeGraph;
use newsgraph::ontology::Ontology;
use newsgraph::query::{GraphDataset, evaluate, parse};
use newsgraph::rdf::quads::each_quad;
use newsgraph::rdf::{Mapping, MappingOptions};
use oxigraph::sparql::{QueryResults as StoreResults, SparqlEvaluator};
use oxigraph::store::Store;
use spareval::QueryResults;
use spargebra::Query;

const TIME_EACH: Duration = Duration::from_millis(800);

fn main() {
    let mut sizes: Vec<usize> =
        std::env::args().filter_map(|argument| argument.replace('_', "").parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![10_000, 100_000];
    }
    for claims in sizes {
        let graph = graphs::large(claims, &Ontology::builtin().schema);
        measure(&graph);
    }
}

fn measure(graph: &KnowledgeGraph) {
    let schema = &Ontology::builtin().schema;
    let options = MappingOptions::default();
    let store = Store::new().expect("in memory");
    let started = Instant::now();
    let before = resident();
    // In parts, lest the quads as a list outweigh the store.
    let mut part = Vec::new();
    let mut quads = 0;
    each_quad(Mapping::new(graph, schema, &options), &mut |quad| {
        quads += 1;
        part.push(quad);
        if part.len() == 1 << 16 {
            store.extend(std::mem::take(&mut part)).expect("in memory");
        }
    });
    store.extend(part).expect("in memory");
    let loading = started.elapsed();
    let store_size = resident().saturating_sub(before);
    println!("{} claims, {quads} quads", graph.claim_count());
    println!("loading the store: {:.1} s, {store_size} MB", loading.as_secs_f64());

    println!(
        "{:22}{:>10}{:>12}{:>12}{:>12}{:>8}",
        "", "rows", "first", "in place", "store", "ratio"
    );
    let before = resident();
    let dataset = GraphDataset::new(graph, schema, &options);
    let mut won = 0;
    for (name, sparql) in questions::QUESTIONS {
        let query = parse(sparql, dataset.base()).expect("a query");
        // The first run makes the indexes that the query needs.
        let started = Instant::now();
        let rows = rows_in_place(&dataset, &query);
        let first = started.elapsed();
        let theirs = rows_in_store(&store, &query);
        assert_eq!(rows, theirs, "{name}");
        let ours = fastest(|| rows_in_place(&dataset, &query));
        let theirs = fastest(|| rows_in_store(&store, &query));
        let ratio = theirs.as_secs_f64() / ours.as_secs_f64();
        won += usize::from(ratio >= 1.0);
        println!(
            "{name:22}{rows:>10}{:>12}{:>12}{:>12}{ratio:>8.2}",
            show(first),
            show(ours),
            show(theirs)
        );
    }
    let size = resident().saturating_sub(before);
    println!("at least as fast in place: {won} of 12; all indexes in place: {size} MB\n");
}

fn rows_in_place(dataset: &GraphDataset<'_>, query: &Query) -> usize {
    evaluate(dataset, query, |results| match results {
        QueryResults::Solutions(solutions) => {
            solutions.fold(0, |rows, solution| solution.map(|_| rows + 1).expect("evaluates"))
        }
        _ => 0,
    })
    .expect("evaluates")
}

fn rows_in_store(store: &Store, query: &Query) -> usize {
    let results = SparqlEvaluator::new().for_query(query.clone()).on_store(store).execute();
    match results.expect("evaluates") {
        StoreResults::Solutions(solutions) => {
            solutions.fold(0, |rows, solution| solution.map(|_| rows + 1).expect("evaluates"))
        }
        _ => 0,
    }
}

fn fastest(mut run: impl FnMut() -> usize) -> Duration {
    let started = Instant::now();
    let mut fastest = Duration::MAX;
    while started.elapsed() < TIME_EACH {
        let begin = Instant::now();
        std::hint::black_box(run());
        fastest = fastest.min(begin.elapsed());
    }
    fastest
}

fn show(time: Duration) -> String {
    let micros = time.as_secs_f64() * 1e6;
    match micros {
        ..1e3 => format!("{micros:.1} µs"),
        ..1e6 => format!("{:.2} ms", micros / 1e3),
        _ => format!("{:.2} s", micros / 1e6),
    }
}

/// Resident memory in megabytes; 0 where the system does not tell.
fn resident() -> usize {
    let Ok(status) = std::fs::read_to_string("/proc/self/status") else {
        return 0;
    };
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kb| kb.parse::<usize>().ok()).unwrap_or(0) / 1024
}
