//! How many words per second each stage reads, on one thread, over the golden articles.
//! The counter counts words: divan's "item/s" are words per second.

use std::path::Path;

use divan::Bencher;
use divan::counter::ItemsCount;
use newsgraph::document::Document;
use newsgraph::graph::KnowledgeGraph;
use newsgraph::model::{Keep, Model};
use newsgraph::ontology::Ontology;
use newsgraph::pipeline::{BuildSettings, Extractor};
use newsgraph::read::{self, InputKind};
use newsgraph::token::tokenize;

fn main() {
    divan::main();
}

fn articles() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("the golden folder is readable")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read_to_string(path).expect("an article")).collect()
}

fn words() -> ItemsCount {
    ItemsCount::new(articles().iter().map(|text| text.split_whitespace().count()).sum::<usize>())
}

fn read_all(articles: &[String]) -> Vec<Document> {
    articles
        .iter()
        .flat_map(|text| {
            read::documents(
                "article.txt",
                text.as_bytes(),
                Some(InputKind::Text),
                &read::Settings::default(),
            )
        })
        .map(|document| document.expect("a readable article").document)
        .collect()
}

#[divan::bench]
fn reading(bencher: Bencher) {
    let articles = articles();
    bencher.counter(words()).bench_local(|| read_all(&articles));
}

#[divan::bench]
fn tokens(bencher: Bencher) {
    let documents = read_all(&articles());
    let ontology = Ontology::builtin();
    bencher.counter(words()).bench_local(|| {
        documents.iter().map(|document| tokenize(document, ontology).tokens.len()).sum::<usize>()
    });
}

#[divan::bench]
fn extraction_and_resolution(bencher: Bencher) {
    let documents = read_all(&articles());
    let extractor = Extractor::new(Ontology::builtin()).expect("the built-in rules");
    bencher.counter(words()).bench_local(|| {
        for document in &documents {
            divan::black_box(extractor.understand(document.clone()));
        }
    });
}

#[divan::bench]
fn text_to_graph(bencher: Bencher) {
    let rules = Extractor::new(Ontology::builtin()).expect("the built-in rules");
    text_to_graph_with(&rules, bencher);
}

#[divan::bench(sample_count = 10)]
fn text_to_graph_with_the_model(bencher: Bencher) {
    let ontology = Ontology::builtin();
    let both = Extractor::with_model(ontology, Model::builtin(ontology), Keep::Both);
    text_to_graph_with(&both.expect("the built-in rules"), bencher);
}

fn text_to_graph_with(extractor: &Extractor<'_>, bencher: Bencher) {
    let articles = articles();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool of one");
    bencher.counter(words()).bench_local(|| {
        let mut graph = KnowledgeGraph::new();
        pool.install(|| {
            extractor.build(read_all(&articles), BuildSettings::default(), &mut graph, &|_| ());
        });
        graph
    });
}

#[divan::bench]
fn loading_the_ontology_and_rules(bencher: Bencher) {
    bencher.bench_local(|| Extractor::new(Ontology::builtin()).expect("the built-in rules"));
}
