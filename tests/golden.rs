//! What the program makes of the golden articles, in files that a person can read.
//!
//! `UPDATE_GOLDEN=1 cargo test --test golden` writes the expected files anew. Read the difference
//! before committing it: these files say what the program finds, also where that is wrong.

mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::Value;
use support::{graph_of, items, text};

fn articles() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let entries = std::fs::read_dir(folder).expect("the golden folder is readable");
    let mut articles: Vec<PathBuf> = entries
        .map(|entry| entry.expect("the golden folder is readable").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    articles.sort();
    articles
}

#[test]
fn golden_articles_give_what_is_expected() {
    let articles = articles();
    assert!(articles.len() >= 12, "the golden articles are there");
    let mut differing = Vec::new();
    for article in articles {
        let source = std::fs::read_to_string(&article).expect("an article is readable");
        let found = readable(&graph_of(&source));
        let expected_file = article.with_extension("expected");
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&expected_file, &found).expect("the expected file is writable");
            continue;
        }
        let expected = std::fs::read_to_string(&expected_file).unwrap_or_default();
        if found != expected {
            differing.push(format!("{}:\n{}", article.display(), difference(&expected, &found)));
        }
    }
    assert!(
        differing.is_empty(),
        "{}\nIf this is better, write it with UPDATE_GOLDEN=1 cargo test --test golden",
        differing.join("\n")
    );
}

/// Lines that only one side has.
fn difference(expected: &str, found: &str) -> String {
    let mut out = String::new();
    for line in expected.lines().filter(|line| !found.lines().any(|other| other == *line)) {
        writeln!(out, "- {line}").expect("to a string");
    }
    for line in found.lines().filter(|line| !expected.lines().any(|other| other == *line)) {
        writeln!(out, "+ {line}").expect("to a string");
    }
    out
}

/// A graph of one article: what is known of the document, a line per entity, a line per
/// relation with its statements below it.
fn readable(graph: &Value) -> String {
    let mut out = String::new();
    for document in items(graph, "documents") {
        for field in ["title", "uri", "publisher", "published"] {
            if !text(document, field).is_empty() {
                writeln!(out, "{field}: {}", text(document, field)).expect("to a string");
            }
        }
    }
    let mut names = BTreeMap::new();
    let mut lines = Vec::new();
    for entity in items(graph, "entities") {
        let (name, subtype) = (text(entity, "name"), text(entity, "subtype"));
        names.insert(text(entity, "id"), name);
        let class = if subtype.is_empty() { text(entity, "type") } else { subtype };
        let mut forms: Vec<&str> =
            items(entity, "mentions").iter().filter_map(Value::as_str).collect();
        forms.sort_unstable();
        forms.retain(|form| *form != name);
        let forms =
            if forms.is_empty() { String::new() } else { format!(" = {}", forms.join(" = ")) };
        lines.push(format!("{class}: {name}{forms}\n"));
    }
    lines.sort();
    writeln!(out, "\n{}", lines.concat()).expect("to a string");

    let mut relations = Vec::new();
    for relation in items(graph, "relations") {
        let name = |end: &str| names.get(text(relation, end)).copied().unwrap_or("?");
        let mut lines =
            format!("{} -- {} -> {}\n", name("head"), text(relation, "type"), name("tail"));
        for evidence in items(relation, "evidence") {
            let mut marks = vec![text(evidence, "polarity"), text(evidence, "modality")];
            marks.retain(|mark| !matches!(*mark, "affirmed" | "asserted"));
            let mut marks = marks.join(", ");
            if let Some(speaker) = names.get(text(evidence, "attributed_to")) {
                let comma = if marks.is_empty() { "" } else { ", " };
                write!(marks, "{comma}says {speaker}").expect("to a string");
            }
            if !text(evidence, "role").is_empty() {
                let comma = if marks.is_empty() { "" } else { ", " };
                write!(marks, "{comma}as “{}”", text(evidence, "role")).expect("to a string");
            }
            let marks = if marks.is_empty() { marks } else { format!("[{marks}] ") };
            let sentence = text(evidence, "sentence").replace('\n', " ");
            writeln!(lines, "    {marks}{sentence}").expect("to a string");
        }
        relations.push(lines);
    }
    relations.sort();
    out.push_str(&relations.concat());
    out
}
