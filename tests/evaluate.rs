//! `newsgraph evaluate` as a user meets it: the table, the JSON, parts, lists of differences,
//! broken gold files and exit codes. What rules find in the articles may change; what gold has
//! does not, and the sentences are chosen so that some things are always or never found.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use support::{items, run, text};

/// What a run of `newsgraph evaluate` left behind.
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

fn gold() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/evaluate")
}

fn evaluate(gold: &Path, options: &[&str]) -> Run {
    let gold = gold.to_str().expect("the path is UTF-8");
    let arguments = [&["evaluate", gold, "--extractor", "rules"], options].concat();
    let output = run(Path::new(env!("CARGO_MANIFEST_DIR")), &arguments);
    let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
    Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

fn evaluate_json(gold: &Path, options: &[&str]) -> Value {
    let run = evaluate(gold, &[&["--json"], options].concat());
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    serde_json::from_str(&run.out).expect("the output is JSON")
}

/// A folder with the gold articles of the tests and one more file.
fn gold_and(name: &str, content: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder for the test");
    for entry in fs::read_dir(gold()).expect("the articles are there") {
        let path = entry.expect("the articles are there").path();
        fs::copy(&path, folder.path().join(path.file_name().expect("it is a file")))
            .expect("it is copied");
    }
    fs::write(folder.path().join(name), content).expect("it is written");
    folder
}

#[test]
fn the_table_has_every_figure() {
    let Run { code, out, err } = evaluate(&gold(), &[]);
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(out.starts_with("3 articles; in brackets 95 % intervals of 1000 resamples"), "{out}");
    let labels = [
        "entities ",
        "  Person ",
        "  Organization ",
        "  Place ",
        "  Agreement ",
        "subtype, of paired entities ",
        "relations ",
        "relations by family ",
        "denied relations ",
        "evidence, of right relations ",
        "speaker, of right relations ",
        "relations by type",
        "  headOf ",
    ];
    let mut lines = out.lines();
    for label in labels {
        assert!(lines.any(|line| line.starts_with(label)), "{label:?} is not there: {out}");
    }
    let places = out.lines().find(|line| line.starts_with("  Place")).expect("there are places");
    let cells: Vec<&str> = places.split_whitespace().collect();
    let whole = ["100.0", "(100.0–100.0)"];
    assert_eq!(cells, [&["Place"], &whole[..], &whole, &whole, &["5", "5", "5"]].concat());
    assert!(!out.contains("Not found"), "differences are listed on request only");
    assert!(!out.lines().any(|line| line.ends_with(' ')));
}

#[test]
fn the_json_has_counts_figures_and_intervals() {
    let answer = evaluate_json(&gold(), &[]);
    assert_eq!(answer["articles"], 3);
    assert_eq!(answer["failed"], 0);
    assert_eq!(answer["part"], "all");
    assert_eq!(answer["interval"], serde_json::json!({"level": 0.95, "resamples": 1000}));
    for (line, gold) in [("entities", 11), ("relations", 6), ("family", 6), ("denied", 1)] {
        assert_eq!(answer[line]["gold"], gold, "{line}");
    }
    let classes: Vec<_> = items(&answer, "classes")
        .iter()
        .map(|class| (text(class, "type"), &class["gold"]))
        .collect();
    assert_eq!(
        classes,
        [
            ("Person", &3.into()),
            ("Organization", &2.into()),
            ("Place", &5.into()),
            ("Agreement", &1.into())
        ]
    );
    let relations = items(&answer, "by_relation");
    assert_eq!(text(&relations[0], "type"), "headOf", "the most frequent comes first");
    let lines =
        ["entities", "relations", "family", "evidence", "speaker"].map(|name| &answer[name]);
    for line in lines.into_iter().chain(relations) {
        let count = |name: &str| line[name].as_f64().expect("it is a count");
        for (figure, whole) in [("precision", count("found")), ("recall", count("gold"))] {
            let value = line[figure]["value"].as_f64().expect("it is a figure");
            let share = if whole > 0.0 { count("correct") / whole } else { 0.0 };
            assert!((value - share).abs() < 1e-6, "{figure}: {line}");
            let ends = ["low", "high"].map(|end| line[figure][end].as_f64());
            match ends {
                [Some(low), Some(high)] => assert!(low <= value && value <= high, "{line}"),
                ends => assert_eq!((ends, whole), ([None, None], 0.0), "{line}"),
            }
        }
    }
    assert_eq!(answer.get("misses"), None);
    assert_eq!(answer.get("spurious"), None);
}

#[test]
fn a_part_holds_the_articles_whose_ids_say_so() {
    let validation = evaluate_json(&gold(), &["--part", "validation"]);
    assert_eq!((&validation["articles"], &validation["part"]), (&1.into(), &"validation".into()));
    assert_eq!(validation["entities"]["gold"], 4, "it is the article of the bridge");
    let development = evaluate_json(&gold(), &["--part", "development"]);
    assert_eq!(development["articles"], 2);
    assert_eq!(development["entities"]["gold"], 7);
    let run = evaluate(&gold().join("market.json"), &["--part", "validation"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("no article of the validation part, 1 of the other"), "{}", run.err);
}

#[test]
fn misses_and_spurious_finds_are_listed_with_their_sentences() {
    let Run { code, out, .. } = evaluate(&gold(), &["--misses", "--spurious"]);
    assert_eq!(code, Some(0));
    let handshake = "harbour: Nordkai Holding — partyTo → handshake of the century, denied, \
                     says Ruth Aalders\n    “She was in good spirits, and what she called the \
                     handshake of the century was never signed.”\n";
    assert!(out.contains(handshake), "{out}");
    assert!(out.contains("harbour: Agreement handshake of the century\n"), "{out}");
    assert!(out.contains("market: Person Marguerite Dubois\n"), "{out}");

    let answer = evaluate_json(&gold(), &["--misses", "--spurious"]);
    let missed = items(&answer, "misses").iter().find(|one| one["type"] == "partyTo");
    let missed = missed.expect("the handshake is missed");
    for (field, value) in [
        ("article", "harbour"),
        ("kind", "relation"),
        ("head", "Nordkai Holding"),
        ("tail", "handshake of the century"),
        ("polarity", "denied"),
        ("attributed_to", "Ruth Aalders"),
    ] {
        assert_eq!(text(missed, field), value, "{field}");
    }
    assert!(text(missed, "sentence").starts_with("She was in good spirits"));
    let dubois = serde_json::json!({"article": "market", "kind": "entity", "type": "Person",
        "subtype": null, "name": "Marguerite Dubois"});
    assert!(items(&answer, "spurious").contains(&dubois), "{answer}");
}

#[test]
fn the_output_does_not_depend_on_the_number_of_threads() {
    let out = |threads: &str| {
        evaluate(&gold(), &["--threads", threads, "--json", "--misses", "--spurious"]).out
    };
    assert_eq!(out("1"), out("4"));
}

#[test]
fn sure_statements_only_are_found_when_that_is_asked_for() {
    let all = evaluate_json(&gold(), &[]);
    let sure = evaluate_json(&gold(), &["--min-confidence", "1"]);
    let found = |answer: &Value| answer["relations"]["found"].as_u64();
    assert!(found(&sure) < found(&all));
    assert_eq!(sure["relations"]["gold"], all["relations"]["gold"]);
}

#[test]
fn a_broken_file_is_named_and_the_rest_is_measured() {
    let unresolved = r#"{"id": "x", "text": "Lyon lies in France.",
        "entities": [{"id": "e1", "type": "Place", "name": "Lyon", "mentions": []}],
        "relations": [{"type": "locatedIn", "head": "e1", "tail": "e9", "evidence": "x"}]}"#;
    for (content, fault) in [
        ("{", "broken.json: this is no gold article: EOF while parsing"),
        ("{\"id\": \"x\"}", "broken.json: this is no gold article: missing field `text`"),
        (unresolved, "broken.json: relation 1 (locatedIn e1 -> e9): its tail \"e9\" is the id"),
    ] {
        let folder = gold_and("broken.json", content);
        let Run { code, out, err } = evaluate(folder.path(), &[]);
        assert_eq!(code, Some(1), "{err}");
        assert!(err.contains(fault), "{err}");
        assert_eq!(err.lines().count(), 1, "{err}");
        assert!(out.starts_with("3 articles, 1 failed;"), "{out}");
    }
}

#[test]
fn an_article_that_is_not_read_is_told_and_counts_as_missed() {
    let german = "Der Bürgermeister der Stadt hat am Donnerstag gesagt, dass die neue Brücke \
                  über den Fluss endlich für den Verkehr geöffnet worden ist und dass niemand \
                  mehr mit der Fähre fahren muss, wenn er zur Arbeit will.";
    let article = serde_json::json!({"id": "bruecke", "text": german.repeat(4), "relations": [],
        "entities": [{"id": "e1", "type": "Place", "name": "Stadt", "mentions": ["Stadt"]}]});
    let folder = gold_and("bruecke.json", &article.to_string());
    let Run { code, out, err } = evaluate(folder.path(), &["--json"]);
    assert_eq!(code, Some(1));
    assert!(err.contains("bruecke"), "{err}");
    let answer: Value = serde_json::from_str(&out).expect("the output is JSON");
    assert_eq!((&answer["articles"], &answer["failed"]), (&4.into(), &1.into()));
    let places = &items(&answer, "classes")[2];
    assert_eq!((&places["gold"], &places["correct"]), (&6.into(), &5.into()));
}

#[test]
fn without_a_gold_article_nothing_is_measured() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let check = |gold: &Path, message: &str| {
        let run = evaluate(gold, &[]);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
        assert!(run.err.contains(message), "{}", run.err);
    };
    check(folder.path(), "no gold articles in this folder");
    check(&folder.path().join("missing"), "no such file or folder");
    fs::write(folder.path().join("a.json"), "[]").expect("it is written");
    check(folder.path(), "a.json: this is no gold article");
    fs::write(folder.path().join("b.json"), "{}").expect("it is written");
    check(folder.path(), "none of the 2 files is a gold article");
}
