//! How many megabytes per second each RDF format is written at, on one thread, from a built
//! graph of 10,000 and 100,000 claims, and how fast N-Triples are read back.

#[path = "../tests/common/mod.rs"]
mod common;

use std::collections::HashMap;
use std::io;
use std::sync::{LazyLock, Mutex};

use common::random_graph::{Shape, random_graph};
use divan::Bencher;
use divan::counter::BytesCount;
use newsgraph::graph::KnowledgeGraph;
use newsgraph::ontology::{Ontology, Schema};
use newsgraph::rdf::{MappingOptions, Profile, Syntax, load, write};

const CLAIMS: [usize; 2] = [10_000, 100_000];
const SYNTAXES: [&str; 6] = ["turtle", "trig", "ntriples", "nquads", "rdfxml", "jsonld"];

fn main() {
    divan::main();
}

fn schema() -> &'static Schema {
    &Ontology::builtin().schema
}

/// Graphs are made once; each bench only writes.
fn graph(statements: usize) -> &'static KnowledgeGraph {
    static GRAPHS: LazyLock<Mutex<HashMap<usize, &'static KnowledgeGraph>>> =
        LazyLock::new(Mutex::default);
    GRAPHS.lock().expect("no bench panics").entry(statements).or_insert_with(|| {
        let shape = Shape {
            documents: statements / 10,
            entities: statements / 5,
            statements,
            odd_characters: false,
            foreign: false,
        };
        Box::leak(Box::new(random_graph(1, shape, schema())))
    })
}

fn syntax(name: &str) -> Syntax {
    Syntax::ALL.iter().copied().find(|syntax| syntax.name() == name).expect("a format")
}

fn bytes(graph: &KnowledgeGraph, syntax: Syntax, options: &MappingOptions) -> Vec<u8> {
    let mut out = Vec::new();
    write(graph, schema(), syntax, options, &mut out).expect("to memory");
    out
}

fn bench(bencher: Bencher, statements: usize, syntax: Syntax, profile: Profile) {
    let graph = graph(statements);
    let options = MappingOptions { profile, ..MappingOptions::default() };
    let size = bytes(graph, syntax, &options).len();
    bencher.counter(BytesCount::new(size)).bench_local(|| {
        write(graph, schema(), syntax, &options, &mut io::sink()).expect("to nowhere")
    });
}

#[divan::bench(args = SYNTAXES, consts = CLAIMS, sample_count = 10)]
fn default_profile<const N: usize>(bencher: Bencher, name: &str) {
    bench(bencher, N, syntax(name), Profile::Default);
}

#[divan::bench(args = ["turtle", "ntriples"], consts = CLAIMS, sample_count = 10)]
fn rdf12<const N: usize>(bencher: Bencher, name: &str) {
    bench(bencher, N, syntax(name), Profile::Rdf12);
}

#[divan::bench(args = ["trig", "nquads"], consts = CLAIMS, sample_count = 10)]
fn named_graphs<const N: usize>(bencher: Bencher, name: &str) {
    bench(bencher, N, syntax(name), Profile::NamedGraphs);
}

#[divan::bench(consts = CLAIMS, sample_count = 5)]
fn read_ntriples<const N: usize>(bencher: Bencher) {
    let text = bytes(graph(N), Syntax::NTriples, &MappingOptions::default());
    bencher.counter(BytesCount::new(text.len())).bench_local(|| {
        load(text.as_slice(), Syntax::NTriples, schema(), None).expect("valid").graph.claim_count()
    });
}
