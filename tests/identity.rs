//! Why two names are one entity, and which pairs may be: `why --same` and `candidates`.

mod support;

use std::path::Path;

use serde_json::Value;
use support::{items, run, text};

const FIRST: &str = "---\ntitle: The commission meets\n---\n\
    The Tamsel Border Commission (TBC) met in Geneva. Mara Lindqvist is a spokeswoman for the \
    Tamsel Border Commission. Lindqvist said that the TBC was ready. She is a citizen of Sudan.\n";
const SECOND: &str = "---\ntitle: A second voice\n---\n\
    Mara Lindqvist met Marah Lindqvist in Geneva. Sudanese officials praised the TBC.\n";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for (name, text) in [("first.md", FIRST), ("second.md", SECOND)] {
        std::fs::write(folder.path().join(name), text).expect("the article is written");
    }
    for graph in [&["-o", "graph.ttl"][..], &["-o", "bare.ttl", "--no-text"]] {
        let output = run(folder.path(), &[&["build", "first.md", "second.md"][..], graph].concat());
        assert!(output.status.success());
    }
    folder
}

#[track_caller]
fn answer(folder: &Path, arguments: &[&str]) -> Value {
    let output = run(folder, &[arguments, &["--json"]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("the answer is JSON")
}

/// "from reason to" of each step.
fn chain(answer: &Value) -> Vec<String> {
    let line = |step: &Value| {
        format!("{} {} {}", text(step, "from"), text(step, "reason"), text(step, "to"))
    };
    items(answer, "chain").iter().map(line).collect()
}

#[test]
fn each_kind_of_evidence_is_told() {
    let folder = folder();
    let path = folder.path();
    for (a, b, expected) in [
        ("lindqvist", "Mara Lindqvist", "Lindqvist part-of-name Mara Lindqvist"),
        ("TBC", "Tamsel Border Commission", "TBC acronym Tamsel Border Commission"),
        ("Sudanese", "Sudan", "Sudanese known-name Sudan"),
        ("She", "Lindqvist", "She stands-for Lindqvist"),
    ] {
        for sources in [&["first.md", "second.md"][..], &["graph.ttl"]] {
            let answer = answer(path, &[&["why", "--same", a, b][..], sources].concat());
            assert_eq!(answer["same"], true, "{a}, {b}: {answer:#}");
            assert_eq!(chain(&answer), [expected], "{a}, {b}");
            let step = &answer["chain"][0];
            assert!(text(step, "excerpt").contains(text(step, "to")), "{step:#}");
        }
    }
    let bare = answer(path, &["why", "--same", "Lindqvist", "Mara Lindqvist", "bare.ttl"]);
    assert_eq!(chain(&bare), ["Lindqvist part-of-name Mara Lindqvist"], "by the names alone");
    assert_eq!(bare["chain"][0]["document"], Value::Null);
}

#[test]
fn two_entities_are_told_with_what_speaks_for_and_against() {
    let folder = folder();
    let ask = ["why", "--same", "Mara Lindqvist", "Marah Lindqvist", "graph.ttl"];
    let answer = answer(folder.path(), &ask);
    assert_eq!(answer["same"], false);
    assert!(chain(&answer).is_empty());
    let has = |list: &str, part: &str| {
        items(&answer, list).iter().any(|one| one.as_str().is_some_and(|one| one.contains(part)))
    };
    assert!(has("for", "share a surname") && has("for", "spelled alike"), "{answer:#}");
    assert!(has("against", "first names differ"), "{answer:#}");
    let output = run(folder.path(), &ask);
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(told.starts_with("They are two: Mara Lindqvist"), "{told}");
}

#[test]
fn a_correction_that_joins_or_parts_is_named_with_its_line() {
    let folder = folder();
    let path = folder.path();
    std::fs::write(
        path.join("c.toml"),
        "\n[[merge]]\nnames = [\"Mara Lindqvist\", \"Marah Lindqvist\"]\n\
         [[keep-apart]]\nnames = [\"Sudan\", \"Geneva\"]\n",
    )
    .expect("written");
    let end = ["graph.ttl", "--corrections", "c.toml"];
    let ask = |a, b| answer(path, &[&["why", "--same", a, b][..], &end].concat());
    let joined = ask("Mara Lindqvist", "Marah Lindqvist");
    assert_eq!(joined["same"], true);
    assert_eq!(chain(&joined), ["Mara Lindqvist correction Marah Lindqvist"]);
    assert!(text(&joined["chain"][0], "explanation").contains("c.toml:2"), "{joined:#}");
    let parted = ask("Sudan", "Geneva");
    let against = items(&parted, "against").last().and_then(Value::as_str);
    assert!(against.is_some_and(|one| one.contains("c.toml:4")), "{parted:#}");
}

#[test]
fn doubtful_pairs_are_listed_and_not_joined() {
    let folder = folder();
    let path = folder.path();
    let pairs = answer(path, &["candidates", "first.md", "second.md"]);
    let pairs = pairs.as_array().expect("a list");
    let found = |a: &str, b: &str| {
        pairs.iter().find(|pair| (text(&pair["a"], "name"), text(&pair["b"], "name")) == (a, b))
    };
    let pair = found("Mara Lindqvist", "Marah Lindqvist").expect("spelled alike");
    assert!(pair["score"].as_f64().is_some_and(|score| score > 0.85), "{pair:#}");
    assert!(found("Tamsel Border Commission", "TBC").is_some(), "an acronym elsewhere: {pairs:#?}");
    std::fs::write(
        path.join("c.toml"),
        "[[keep-apart]]\nnames = [\"Mara Lindqvist\", \"Marah Lindqvist\"]\n",
    )
    .expect("written");
    let output = run(path, &["candidates", "graph.ttl", "--corrections", "c.toml"]);
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(!told.contains("Marah") && told.contains("TBC"), "{told}");
}
