//! How many megabytes per second every format is written at, on one thread, and how much memory
//! that takes beside the graph: `cargo bench --bench formats -- 1000000` for a million claims.
//! Memory is what the system counts as resident at the worst moment, and is known on Linux only.

#[path = "../tests/common/mod.rs"]
mod common;

use std::io::{self, Write};
use std::time::Instant;

use common::random_graph::{Shape, random_graph};
use newsgraph::export::{ExportError, ExportOptions, FORMATS, Format, FormatKind, write};
use newsgraph::graph::KnowledgeGraph;
use newsgraph::ontology::{Ontology, Schema};

/// Takes everything, keeps nothing, and counts.
#[derive(Default)]
struct Counter(u64);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn main() {
    let claims: usize = std::env::args().find_map(|word| word.parse().ok()).unwrap_or(100_000);
    let schema = &Ontology::builtin().schema;
    let graph = graph(claims, schema);
    println!(
        "{} claims, {} entities; with the graph alone {}",
        graph.claim_count(),
        graph.entity_count(),
        megabytes(resident("VmRSS:"))
    );
    println!("{:<10} {:>9} {:>9} {:>9} {:>12}", "format", "MB", "seconds", "MB/s", "peak memory");
    for format in FORMATS {
        reset_peak();
        let start = Instant::now();
        let size = written(&graph, schema, format).expect("a counter takes everything");
        let seconds = start.elapsed().as_secs_f64();
        let size = size as f64 / 1e6;
        println!(
            "{:<10} {size:>9.0} {seconds:>9.2} {:>9.0} {:>12}",
            format.name,
            size / seconds,
            megabytes(resident("VmHWM:"))
        );
    }
}

/// One claim in four has two statements or more.
fn graph(claims: usize, schema: &Schema) -> KnowledgeGraph {
    let shape = Shape {
        documents: claims / 10,
        entities: claims / 5,
        // About as many statements more as claims are met again.
        statements: claims * 3 / 2,
        odd_characters: false,
        foreign: false,
    };
    random_graph(1, shape, schema)
}

/// Bytes of all files of a format.
fn written(graph: &KnowledgeGraph, schema: &Schema, format: &Format) -> Result<u64, ExportError> {
    let options = ExportOptions::default();
    let mut counter = Counter::default();
    match format.kind {
        FormatKind::Tables { files, write, .. } => {
            for file in files {
                write(graph, schema, &options, file, &mut counter)?;
            }
        }
        _ => {
            write(graph, schema, format, &options, &mut counter)?;
        }
    }
    Ok(counter.0)
}

/// A line of `/proc/self/status`, in kilobytes.
fn resident(line: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let rest = status.lines().find_map(|known| known.strip_prefix(line))?;
    rest.split_whitespace().next()?.parse().ok()
}

/// Makes the system forget the worst moment until now.
fn reset_peak() {
    // Where this is not allowed the peak is that of the whole run, which is no less.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

fn megabytes(kilobytes: Option<u64>) -> String {
    kilobytes.map_or("unknown".to_owned(), |number| format!("{:.0} MB", number as f64 / 1e3))
}
