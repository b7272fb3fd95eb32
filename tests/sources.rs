//! Copies of one text are one source, and quotes that are not where they should be are named, on
//! the command line.

mod support;

use std::fs;
use std::path::Path;

use support::run;

const WIRE: &str = "GENEVA - Karin Holm, the spokeswoman for the United Nations, said on Tuesday that \
the talks between both sides would go on until the end of the week. She told reporters that the \
delegations had met four times in two days and that a list of prisoners had been handed over. \
Neither side wanted to comment on the list. Diplomats said that the mood was better than in the \
spring, when the last round broke down after a few hours, and that nobody had left the room.\n";
const OTHER: &str = "GENEVA - Trucks with flour waited at the border for a third day. Drivers slept \
in their cabins and shared what water they had. Karin Holm, the spokeswoman for the United \
Nations, called the delay a scandal. Customs officers said that papers were missing, and that they \
would let nobody pass before the ministry had sent a new form, which might take another week.\n";

fn output(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = run(folder, arguments);
    let text = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    (output.status.code(), text)
}

/// A folder with a report, an edited and cut copy of it, and another report.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let copy = WIRE
        .replace("four times", "4 times")
        .replace(" in the spring, when the last round broke down after a few hours,", "")
        .replace("GENEVA - ", "Geneva (Own report) - ");
    for (name, text) in [("wire.txt", WIRE), ("copy.txt", copy.as_str()), ("other.txt", OTHER)] {
        fs::write(folder.path().join(name), text).expect("written");
    }
    folder
}

#[test]
fn copies_are_counted_as_one_source_and_listed() {
    let folder = folder();
    let why = ["why", "Karin Holm", "spokesperson of", "United Nations"];
    let (_, two) = output(folder.path(), &[&why[..], &["wire.txt", "copy.txt"]].concat());
    assert!(two.contains("2 statements in 2 documents, 1 independent source"), "{two}");
    let (_, three) = output(folder.path(), &[&why[..], &["."]].concat());
    assert!(three.contains("3 statements in 3 documents, 2 independent sources"), "{three}");
    let (_, json) = output(folder.path(), &[&why[..], &[".", "--json"]].concat());
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["claims"][0]["counts"]["independent_sources"], 2);

    let (_, show) = output(folder.path(), &["show", "Karin Holm", "."]);
    assert!(show.contains("in 3 documents, 2 independent sources"), "{show}");
    let (_, stats) = output(folder.path(), &["stats", "."]);
    assert!(stats.contains("2 independent sources\n") && stats.contains(" repeats "), "{stats}");
    let (_, json) = output(folder.path(), &["stats", ".", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["independent_sources"], 2);
    assert_eq!(json["copies"].as_array().map(Vec::len), Some(1));
}

#[test]
fn copies_are_one_source_for_a_selection_too() {
    let folder = folder();
    for (least, kept) in [("2", true), ("3", false)] {
        let arguments = ["export", ".", "--format", "csv", "--min-sources", least];
        let (_, edges) = output(folder.path(), &arguments);
        assert_eq!(edges.contains("spokespersonOf"), kept, "{least}: {edges}");
    }
}

#[test]
fn without_texts_every_document_is_a_source_and_that_is_said() {
    let folder = folder();
    output(folder.path(), &["build", ".", "-o", "bare.ttl", "--no-text"]);
    let (_, stats) = output(folder.path(), &["stats", "bare.ttl"]);
    assert!(stats.contains("3 independent sources\n"), "{stats}");
    assert!(stats.contains("3 documents (each counted as a source of its own)"), "{stats}");
}

#[test]
fn a_quote_of_another_document_is_misattributed_and_one_of_none_fabricated() {
    let folder = folder();
    output(folder.path(), &["build", "wire.txt", "other.txt", "-o", "graph.json"]);
    let file = folder.path().join("graph.json");
    let graph = fs::read_to_string(&file).expect("built");
    let with_quote = |quote: &str| {
        let read: serde_json::Value = serde_json::from_str(&graph).expect("JSON");
        let sentence = &read["relations"][0]["evidence"][0]["sentence"];
        let own = sentence.as_str().expect("a sentence").to_owned();
        let changed =
            graph.replacen(&sentence.to_string(), &serde_json::json!(quote).to_string(), 1);
        assert_ne!(changed, graph);
        fs::write(&file, changed).expect("written");
        (own, output(folder.path(), &["check", "graph.json"]))
    };
    let (own, (code, made_up)) = with_quote("Karin Holm rules the United Nations.");
    assert_eq!(code, Some(1));
    assert!(made_up.contains("fabricated: Karin Holm"), "{made_up}");
    assert!(made_up.contains("stands in no document"), "{made_up}");
    assert!(made_up.contains(", evidence 1]"), "{made_up}");
    let foreign = match own.contains("scandal") {
        true => "Neither side wanted to comment on the list.",
        false => "Drivers slept in their cabins and shared what water they had.",
    };
    let (_, (code, taken)) = with_quote(foreign);
    assert_eq!(code, Some(1));
    assert!(taken.contains("misattributed: Karin Holm"), "{taken}");
}

#[test]
fn shapes_are_evaluated_and_words_that_are_not_understood_refused() {
    let folder = folder();
    let prefixes = "@prefix sh: <http://www.w3.org/ns/shacl#> .\n\
        @prefix ng: <https://w3id.org/newsgraph/ontology#> .\n\
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n";
    let shape = |constraint: &str| {
        let text = format!(
            "{prefixes}<https://example.org/#OneWord> a sh:NodeShape ;\n  \
             sh:targetClass ng:Person ;\n  \
             sh:property [ sh:path rdfs:label ; {constraint} ] .\n"
        );
        fs::write(folder.path().join("own.ttl"), text).expect("written");
        output(folder.path(), &["check", "wire.txt", "--shapes", "own.ttl"])
    };
    let (code, met) = shape("sh:minCount 1");
    assert_eq!((code, met.contains("ok")), (Some(0), true), "{met}");
    let (code, broken) = shape("sh:pattern \"^[a-z]+$\" ; sh:message \"names are one word\"");
    assert_eq!(code, Some(1));
    assert!(broken.contains("shape: Karin Holm"), "{broken}");
    assert!(broken.contains("shape OneWord: names are one word"), "{broken}");
    let (code, refused) = shape("sh:uniqueLang true");
    assert_eq!(code, Some(2));
    assert!(refused.contains("own.ttl: line 6: sh:uniqueLang is not understood"), "{refused}");
    let (code, endless) = shape("sh:node <https://example.org/#OneWord>");
    assert_eq!(code, Some(2));
    assert!(endless.contains("refers to itself"), "{endless}");
}

/// A statement added by hand to a graph file breaks the built-in shapes at the node it is about.
#[test]
fn statements_made_by_hand_must_meet_the_shapes() {
    let folder = folder();
    let (_, mut triples) = output(folder.path(), &["export", "wire.txt", "--format", "ntriples"]);
    triples += "<https://example.org/x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> \
        <https://w3id.org/newsgraph/ontology#Evidence> .\n";
    fs::write(folder.path().join("graph.nt"), triples).expect("written");
    let (code, found) = output(folder.path(), &["check", "graph.nt"]);
    assert_eq!(code, Some(1));
    assert!(found.contains("shape: <https://example.org/x>: shape EvidencePolarity"), "{found}");
}
