//! A graph file that grows and shrinks: `build --add`, `remove` and `diff`. Whatever the way, the
//! bytes are those of one build of the documents that are in it.

mod support;

use std::path::Path;
use std::process::Output;

use newsgraph::document::Document;
use newsgraph::export::{Format, write};
use newsgraph::graph::KnowledgeGraph;
use newsgraph::ontology::Ontology;
use newsgraph::pipeline::{BuildSettings, Extractor};
use newsgraph::rdf::MappingOptions;
use proptest::prelude::*;
use support::{items, run, text};

/// Articles that share people and places, name them differently and show different kinds.
const ARTICLES: &[(&str, &str)] = &[
    (
        "bridge.txt",
        "---\ntitle: Bridge over the Tamsel opens\n---\n\
         Mara Lindqvist, a spokeswoman for the company Tamsel Works, opened the bridge. \
         Lindqvist met Oskar Brandt in Geneva. He is the head of Merrow Union.\n",
    ),
    (
        "strike.txt",
        "---\ntitle: Strike at the harbour\n---\n\
         Oskar Brandt, the head of Merrow Union, denied that the union had signed a deal. \
         The United States welcomed the strike, and Swiss police watched it. \
         Tamsel Works did not answer.\n",
    ),
    (
        "talks.txt",
        "---\ntitle: Talks in Geneva\n---\n\
         The U.S. and Switzerland signed a trade agreement in Geneva, said OSKAR BRANDT, the \
         head of Merrow Union. A U.S. spokesman did not say more about the U.S. plans.\n",
    ),
    (
        "militia.txt",
        "---\ntitle: Works under fire\n---\n\
         The militia Tamsel Works attacked Sudan. Tamsel Works is led by Mara Lindqvist. \
         The U.S. condemned it.\n",
    ),
];

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for (name, text) in ARTICLES {
        std::fs::write(folder.path().join(name), text).expect("the article is written");
    }
    folder
}

#[track_caller]
fn done(folder: &Path, arguments: &[&str]) -> Output {
    let output = run(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

fn bytes(folder: &Path, name: &str) -> Vec<u8> {
    std::fs::read(folder.join(name)).expect("the graph is there")
}

fn title(article: &str) -> &str {
    let line = article.lines().find_map(|line| line.strip_prefix("title: "));
    line.expect("an article has a title")
}

#[test]
fn what_is_removed_and_added_again_leaves_no_trace() {
    let folder = folder();
    let path = folder.path();
    let names: Vec<&str> = ARTICLES.iter().map(|(name, _)| *name).collect();
    for target in ["g.ttl", "g.json", "g.nq"] {
        let whole = format!("whole-{target}");
        done(path, &[&["build", "-o", &whole][..], &names].concat());
        for (name, article) in ARTICLES {
            let rest: Vec<&str> = names.iter().copied().filter(|other| other != name).collect();
            done(path, &[&["build", "-o", target][..], &rest].concat());
            let without = bytes(path, target);
            done(path, &["build", "--add", name, "-o", target]);
            assert!(bytes(path, target) == bytes(path, &whole), "{target}: {name} was added");
            done(path, &["remove", title(article), target]);
            assert!(bytes(path, target) == without, "{target}: {name} was removed");
        }
    }
}

#[test]
fn a_removed_document_takes_its_names_and_kinds_along() {
    let folder = folder();
    let path = folder.path();
    let names: Vec<&str> = ARTICLES.iter().map(|(name, _)| *name).collect();
    done(path, &[&["build", "-o", "g.json"][..], &names].concat());
    let graph = || -> serde_json::Value {
        serde_json::from_slice(&bytes(path, "g.json")).expect("the graph is JSON")
    };
    let entity = |key: &str| {
        let graph = graph();
        items(&graph, "entities").iter().find(|one| text(one, "id") == key).cloned()
    };
    let works = entity("organization/tamsel-works").expect("it is named");
    assert_eq!(text(&works, "subtype"), "ArmedGroup", "one says company, one militia: {works}");
    let states = entity("country/us").expect("it is named");
    assert_eq!(text(&states, "name"), "U.S.", "most documents call it so");

    let output = done(path, &["remove", "Works under fire", "g.json"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("without Works under fire: "), "{told}");
    let works = entity("organization/tamsel-works").expect("the others name it");
    assert_eq!(text(&works, "subtype"), "Company", "{works}");
    assert_eq!(entity("country/sd"), None, "only that document named Sudan");
    done(path, &["remove", "talks in geneva", "g.json"]);
    let states = entity("country/us").expect("one document names it");
    assert_eq!(text(&states, "name"), "United States");
    assert_eq!(items(&states, "mentions"), ["United States"], "no other form is left");
    let brandt = entity("person/oskar-brandt").expect("he is named");
    assert!(!items(&brandt, "mentions").contains(&"OSKAR BRANDT".into()), "{brandt}");
}

#[test]
fn diff_names_what_came_and_what_went() {
    let folder = folder();
    let path = folder.path();
    done(path, &["build", "bridge.txt", "-o", "old.ttl"]);
    done(path, &["build", "bridge.txt", "strike.txt", "-o", "new.ttl"]);
    let output = done(path, &["diff", "old.ttl", "new.ttl"]);
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    for part in ["+ Strike at the harbour", "+ United States  Country country/us"] {
        assert!(told.contains(part), "{part:?} is not in {told}");
    }
    let output = done(path, &["diff", "new.ttl", "old.ttl", "--json"]);
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    assert_eq!(text(&answer["documents"]["lost"][0], "title"), "Strike at the harbour");
    let lost = items(&answer["evidence"], "lost");
    let claim = lost.iter().find(|claim| text(&claim["head"], "id") == "person/oskar-brandt");
    let claim = claim.unwrap_or_else(|| panic!("both state who leads the union: {answer:#}"));
    assert_eq!(text(claim, "relation"), "headOf");
    let evidence = items(claim, "evidence");
    assert_eq!(evidence.len(), 1, "one statement went, the other is in both");
    assert!(text(&evidence[0], "sentence").contains("denied that the union"));
    let output = done(path, &["diff", "old.ttl", "bridge.txt"]);
    assert_eq!(String::from_utf8_lossy(&output.stdout), "No difference.\n");
}

#[test]
fn without_texts_nothing_is_added_or_removed() {
    let folder = folder();
    let path = folder.path();
    done(path, &["build", "bridge.txt", "strike.txt", "--no-text", "-o", "g.ttl"]);
    let before = bytes(path, "g.ttl");
    for arguments in [
        &["build", "--add", "talks.txt", "-o", "g.ttl"][..],
        &["remove", "Strike at the harbour", "g.ttl"],
    ] {
        let output = run(path, arguments);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains("no text of") && told.contains("--no-text"), "{told}");
        assert!(bytes(path, "g.ttl") == before, "the graph is as it was");
    }
    let output = run(path, &["build", "--add", "talks.txt", "-o", "other.ttl"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("leave out --add"));
    let output = run(path, &["remove", "No such title", "g.ttl"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("\"No such title\"") && told.contains("Strike at the harbour"), "{told}");
}

/// Some sentences, of which each article takes a few.
const SENTENCES: &[&str] = &[
    "Mara Lindqvist is a spokeswoman for Tamsel Works.",
    "Oskar Brandt, the head of Merrow Union, met Mara Lindqvist in Geneva.",
    "Brandt denied that the United States signed the Geneva accord.",
    "The U.S. and Switzerland signed a trade agreement.",
    "American officials praised MERROW UNION.",
    "The company Tamsel Works was bought by Merrow Union.",
    "The militia Tamsel Works attacked Sudan.",
    "Sudanese President Idris Salah said he would meet Oskar Brandt.",
];

fn written(graph: KnowledgeGraph, ontology: &Ontology) -> String {
    let mut bytes = Vec::new();
    let format = Format::by_name("json").expect("there is JSON");
    let options = MappingOptions::default();
    write(&graph.canonical(), &ontology.schema, format, &options.into(), &mut bytes)
        .expect("written");
    String::from_utf8(bytes).expect("JSON is UTF-8")
}

fn built(articles: &[String], extractor: &Extractor<'_>, ontology: &Ontology) -> KnowledgeGraph {
    let mut graph = KnowledgeGraph::new();
    let documents = articles.iter().map(|text| Document::prose(text)).collect();
    extractor.build(documents, BuildSettings::default(), &mut graph, &|_| ());
    graph.settle(ontology);
    graph
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn the_order_of_documents_does_not_show(
        articles in prop::collection::vec(
            prop::sample::subsequence(SENTENCES, 1..4).prop_shuffle(), 2..6
        ),
        seed in any::<prop::sample::Index>(),
    ) {
        let ontology = Ontology::builtin();
        let extractor = Extractor::new(ontology).expect("the built-in rules are sound");
        let mut articles: Vec<String> = articles.iter().map(|some| some.join(" ")).collect();
        articles.sort();
        articles.dedup();
        let whole = written(built(&articles, &extractor, ontology), ontology);
        let at = seed.index(articles.len());
        articles.rotate_left(at);
        articles.reverse();
        prop_assert_eq!(&written(built(&articles, &extractor, ontology), ontology), &whole);
        let gone = Document::prose(&articles[0]);
        let graph = built(&articles, &extractor, ontology);
        let index = graph.document_by_id(gone.id()).expect("it was built");
        let (left, _) = graph.without_document(index, ontology).expect("all texts are there");
        let rest = built(&articles[1..], &extractor, ontology);
        prop_assert_eq!(written(left, ontology), written(rest, ontology));
    }
}
