//! How long the layout and the measures of a graph take, at 1,000, 10,000 and 100,000 entities with
//! twice as many statements. `RAYON_NUM_THREADS` says on how many threads.

#[path = "../tests/common/mod.rs"]
mod common;

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex};

use common::random_graph::{Shape, random_graph};
use divan::Bencher;
use newsgraph::analysis::{LayoutSettings, Measure, community, layout, measure};
use newsgraph::graph::KnowledgeGraph;
use newsgraph::ontology::Ontology;

const ENTITIES: [usize; 3] = [1_000, 10_000, 100_000];

fn main() {
    divan::main();
}

/// Graphs are made once.
fn graph(entities: usize) -> &'static KnowledgeGraph {
    static GRAPHS: LazyLock<Mutex<HashMap<usize, &'static KnowledgeGraph>>> =
        LazyLock::new(Mutex::default);
    GRAPHS.lock().expect("no bench panics").entry(entities).or_insert_with(|| {
        let shape = Shape {
            documents: entities / 10,
            entities,
            statements: 2 * entities,
            odd_characters: false,
            foreign: false,
        };
        Box::leak(Box::new(random_graph(1, shape, &Ontology::builtin().schema)))
    })
}

#[divan::bench(consts = ENTITIES, sample_count = 1, sample_size = 1)]
fn forces<const N: usize>(bencher: Bencher) {
    let graph = graph(N);
    bencher.bench_local(|| layout(graph, &LayoutSettings::default()));
}

#[divan::bench(consts = ENTITIES, args = Measure::ALL.map(Measure::name), sample_count = 1, sample_size = 1)]
fn measures<const N: usize>(bencher: Bencher, name: &str) {
    let graph = graph(N);
    let by = Measure::ALL.into_iter().find(|by| by.name() == name).expect("a measure");
    bencher.bench_local(|| measure(graph, by));
}

#[divan::bench(consts = ENTITIES, sample_count = 1, sample_size = 1)]
fn communities<const N: usize>(bencher: Bencher) {
    let graph = graph(N);
    bencher.bench_local(|| community(graph));
}
