//! A file of corrections: what each kind does, that neither their order nor that of documents
//! shows, that they survive additions and removals, and how faults are told.

mod support;

use std::path::Path;

use newsgraph::corrections::{apply, parse};
use newsgraph::document::Document;
use newsgraph::export::{Format, write};
use newsgraph::graph::KnowledgeGraph;
use newsgraph::ontology::Ontology;
use newsgraph::pipeline::{BuildSettings, Extractor};
use newsgraph::rdf::MappingOptions;
use proptest::prelude::*;
use serde_json::Value;
use support::{items, run, text};

const FIRST: &str = "---\ntitle: Deal on the Tamsel\n---\n\
    Mara Lindqvist, a spokeswoman for Tamsel Shipping Company, met Oskar Brandt in Geneva. \
    Brandt is the head of Merrow Union. Jon Smith is a spokesman for Merrow Union.\n";
const SECOND: &str = "---\ntitle: Strike goes on\nurl: https://example.org/strike\n---\n\
    Marah Lindqvist, a spokeswoman for Tamsel Shipping Company, met Jon Smith, the head of Corvane Bank. \
    Lindqvist said that Sudan signed a trade agreement.\n";

struct Files(tempfile::TempDir);

impl Files {
    fn new(corrections: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        for (name, text) in
            [("first.md", FIRST), ("second.md", SECOND), ("corrections.toml", corrections)]
        {
            std::fs::write(folder.path().join(name), text).expect("the file is written");
        }
        Self(folder)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// The graph of both, and what was said on standard error.
    fn graph(&self) -> (Value, String) {
        self.graph_of(&["first.md", "second.md"])
    }

    #[track_caller]
    fn graph_of(&self, sources: &[&str]) -> (Value, String) {
        let options = ["export", "--format", "json", "--corrections", "corrections.toml"];
        let output = run(self.path(), &[&options[..], sources].concat());
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{told}");
        (serde_json::from_slice(&output.stdout).expect("the program prints JSON"), told)
    }
}

fn entity<'g>(graph: &'g Value, id: &str) -> Option<&'g Value> {
    items(graph, "entities").iter().find(|one| text(one, "id") == id)
}

/// "head relation tail" of each claim, by keys.
fn claims(graph: &Value) -> Vec<String> {
    let line =
        |one: &Value| format!("{} {} {}", text(one, "head"), text(one, "type"), text(one, "tail"));
    items(graph, "relations").iter().map(line).collect()
}

#[test]
fn merged_names_are_one_entity_called_by_the_first() {
    let (graph, told) =
        Files::new("[[merge]]\nnames = [\"Mara Lindqvist\", \"Marah Lindqvist\"]\n").graph();
    assert_eq!(told, "");
    let mara = entity(&graph, "person/mara-lindqvist").expect("she is there");
    assert_eq!(text(mara, "name"), "Mara Lindqvist");
    assert!(items(mara, "mentions").contains(&"Marah Lindqvist".into()), "{mara}");
    assert_eq!(entity(&graph, "person/marah-lindqvist"), None);
    let spokes = items(&graph, "relations")
        .iter()
        .find(|one| text(one, "type") == "spokespersonOf" && text(one, "head").contains("mara"))
        .expect("both state it");
    assert_eq!(items(spokes, "evidence").len(), 2, "one claim, a statement of each: {spokes:#}");
}

#[test]
fn names_kept_apart_are_two_entities() {
    let text =
        "Jack Weil is a spokesman for Merrow Union. Jack A. Weil is the head of Corvane Bank.";
    let files = Files::new("[[keep-apart]]\nnames = [\"Jack Weil\", \"Jack A. Weil\"]\n");
    std::fs::write(files.path().join("weil.txt"), text).expect("written");
    let output = run(files.path(), &["export", "--format", "json", "weil.txt"]);
    let joined: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(entity(&joined, "person/jack-weil"), None, "else there is nothing to keep apart");
    let (graph, told) = files.graph_of(&["weil.txt"]);
    assert_eq!(told, "");
    let heads: Vec<_> = claims(&graph);
    assert!(
        heads.iter().any(|one| one.starts_with("person/jack-weil spokespersonOf ")),
        "{heads:?}"
    );
    assert!(heads.iter().any(|one| one.starts_with("person/jack-a-weil headOf ")), "{heads:?}");
}

#[test]
fn a_name_may_mean_another_in_some_documents() {
    let files = Files::new(
        "[[keep-apart]]\nname = \"Jon Smith\"\ndocuments = [\"https://example.org/strike\"]\n",
    );
    let (graph, told) = files.graph();
    assert_eq!(told, "");
    let smiths: Vec<&str> = items(&graph, "entities")
        .iter()
        .map(|one| text(one, "id"))
        .filter(|id| id.starts_with("person/jon-smith"))
        .collect();
    let [one, other] = smiths.as_slice() else { panic!("two are wanted: {smiths:?}") };
    let claims = claims(&graph);
    assert!(
        claims.contains(&format!("{one} spokespersonOf organization/merrow-union")),
        "{claims:?}"
    );
    assert!(claims.contains(&format!("{other} headOf organization/corvane-bank")), "{claims:?}");
    assert!(!claims.contains(&format!("{one} headOf organization/corvane-bank")), "{claims:?}");
}

#[test]
fn entities_are_renamed_retyped_and_dropped() {
    let (graph, told) = Files::new(
        "[[rename]]\nentity = \"Oskar Brandt\"\nto = \"Oskar von Brandt\"\n\
         [[retype]]\nentity = \"Merrow Union\"\nto = \"Company\"\n\
         [[drop]]\nentity = \"Corvane Bank\"\n\
         [[drop]]\nhead = \"Jon Smith\"\nrelation = \"spokesman of\"\ntail = \"Merrow Union\"\n",
    )
    .graph();
    assert_eq!(told, "");
    let brandt = entity(&graph, "person/oskar-brandt").expect("the key stays");
    assert_eq!(text(brandt, "name"), "Oskar von Brandt");
    assert!(items(brandt, "mentions").contains(&"Oskar Brandt".into()));
    let union = entity(&graph, "organization/merrow-union").expect("it is there");
    assert_eq!(text(union, "subtype"), "Company");
    assert_eq!(entity(&graph, "organization/corvane-bank"), None);
    let claims = claims(&graph);
    assert!(claims.contains(&"person/oskar-brandt headOf organization/merrow-union".into()));
    assert!(!claims.iter().any(|one| one.starts_with("person/jon-smith spokes")), "{claims:?}");
    assert!(!claims.iter().any(|one| one.contains("corvane")), "{claims:?}");
}

#[test]
fn a_retyped_entity_joins_the_one_of_its_new_class_and_loses_what_no_longer_fits() {
    let (graph, told) =
        Files::new("[[retype]]\nentity = \"Merrow Union\"\nto = \"Agreement\"\n").graph();
    assert!(told.contains("corrections.toml:1: "), "{told}");
    assert!(told.contains("not fit the new class"), "{told}");
    assert!(entity(&graph, "agreement/merrow-union").is_some());
    assert_eq!(entity(&graph, "organization/merrow-union"), None);
    assert!(!claims(&graph).iter().any(|one| one.starts_with("person/jon-smith spokes")));
}

const FACTS: &str = "[[add]]\nhead = \"Oskar Brandt\"\nrelation = \"head of\"\ntail = \"Corvane Bank\"\n\
    tail-class = \"Company\"\nsentence = \"Mr Brandt now runs Corvane Bank.\"\ndocument = \"https://example.org/other\"\n\
    title = \"Other news\"\npublished = \"2024-05\"\n\
    [[add]]\nhead = \"Oskar Brandt\"\nrelation = \"met with\"\ntail = \"Mara Lindqvist\"\n\
    sentence = \"Mara Lindqvist, a spokeswoman for Tamsel Shipping Company, met Oskar Brandt in Geneva.\"\n\
    document = \"Deal on the Tamsel\"\npolarity = \"denied\"\nsaid-by = \"Jon Smith\"\n";

#[test]
fn an_added_fact_has_its_source_and_stands_where_its_sentence_stands() {
    let (graph, told) = Files::new(FACTS).graph();
    assert_eq!(told, "");
    let find = |head: &str, relation: &str, tail: &str| {
        items(&graph, "relations")
            .iter()
            .find(|one| {
                (text(one, "head"), text(one, "type"), text(one, "tail")) == (head, relation, tail)
            })
            .unwrap_or_else(|| panic!("{head} {relation} {tail} is not in {:?}", claims(&graph)))
    };
    let added = &find("person/oskar-brandt", "headOf", "organization/corvane-bank")["evidence"][0];
    assert_eq!(text(added, "origin"), "human");
    assert_eq!(text(added, "sentence"), "Mr Brandt now runs Corvane Bank.");
    let source = items(&graph, "documents")
        .iter()
        .find(|one| one["id"] == added["document"])
        .expect("its document is there");
    assert_eq!(text(source, "uri"), "https://example.org/other");
    assert_eq!(text(source, "published"), "2024-05");
    let met = find("person/mara-lindqvist", "metWith", "person/oskar-brandt");
    let added = items(met, "evidence").iter().find(|one| text(one, "origin") == "human");
    let added = added.expect("beside what was found");
    assert_eq!(text(added, "polarity"), "denied");
    assert_eq!(text(added, "attributed_to"), "person/jon-smith");
    let start = added["sentence_span"][0].as_u64().expect("a number");
    assert!(start > 0, "it is placed in the document: {added}");
}

#[test]
fn human_facts_survive_the_removal_of_other_documents() {
    let files = Files::new(FACTS);
    let path = files.path();
    let corrected = ["--corrections", "corrections.toml"];
    let go = |arguments: &[&str]| {
        let output = run(path, &[arguments, &corrected].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    go(&["build", "first.md", "second.md", "-o", "whole.json"]);
    go(&["build", "first.md", "-o", "part.json"]);
    go(&["build", "--add", "second.md", "-o", "part.json"]);
    let read = |name: &str| std::fs::read_to_string(path.join(name)).expect("it is there");
    assert!(read("part.json") == read("whole.json"), "built in two steps");
    go(&["remove", "Strike goes on", "part.json"]);
    go(&["build", "first.md", "-o", "first.json"]);
    assert!(read("part.json") == read("first.json"), "built without the other");
    // Without the file at hand, what stands in other documents stays too.
    let output = run(path, &["remove", "Deal on the Tamsel", "whole.json", "-o", "left.json"]);
    assert!(output.status.success());
    let left: Value = serde_json::from_str(&read("left.json")).expect("JSON");
    let claims = claims(&left);
    assert!(claims.contains(&"person/oskar-brandt headOf organization/corvane-bank".into()));
    assert!(!claims.iter().any(|one| one.contains("oskar-brandt metWith")), "{claims:?}");
}

#[test]
fn what_no_longer_matches_is_told_with_its_line_and_is_no_failure() {
    let (_, told) = Files::new(
        "[[merge]]\nnames = [\"Mara Lindqvist\", \"Nobody Known\"]\n\n\
         [[drop]]\nhead = \"Oskar Brandt\"\nrelation = \"member of\"\ntail = \"Tamsel Shipping Company\"\n\n\
         [[add]]\nhead = \"Oskar Brandt\"\nrelation = \"head of\"\ntail = \"Tamsel Shipping Company\"\n\
         sentence = \"This stands nowhere.\"\ndocument = \"Strike goes on\"\n",
    )
    .graph();
    for part in [
        "corrections.toml:1: nothing is called \"Nobody Known\" any more",
        "corrections.toml:4: there is no such claim any more",
        "corrections.toml:9: \"Strike goes on\" has no such sentence",
    ] {
        assert!(told.contains(part), "{part:?} is not in {told}");
    }
}

#[test]
fn corrections_apply_to_graph_files_and_twice_is_once() {
    let files = Files::new(
        "[[merge]]\nnames = [\"Mara Lindqvist\", \"Marah Lindqvist\"]\n\
         [[rename]]\nentity = \"Tamsel Shipping Company\"\nto = \"Tamsel Shipping Company AG\"\n\
         [[drop]]\nentity = \"Corvane Bank\"\n",
    );
    let path = files.path();
    assert!(run(path, &["build", "first.md", "second.md", "-o", "plain.ttl"]).status.success());
    let (whole, _) = files.graph();
    let (once, told) = files.graph_of(&["plain.ttl"]);
    assert_eq!(told, "");
    assert_eq!(once, whole);
    let corrected = ["build", "plain.ttl", "-o", "once.json", "--corrections", "corrections.toml"];
    assert!(run(path, &corrected).status.success());
    let (twice, told) = files.graph_of(&["once.json"]);
    assert_eq!(told, "", "what is dropped already is no fault");
    assert_eq!(twice, once);
}

#[test]
fn a_faulty_file_is_refused_with_its_line() {
    for (corrections, line, part) in [
        ("[[merge]]\nnames = [\"A\"]\n", 1, "two names or more"),
        ("\n\n[[merge]]\nnames = [\"A\", \"B\"]\nnmae = 1\n", 5, "unknown field `nmae`"),
        (
            "[[rename]]\nentity = \"A\"\nto = \"B\"\n[[rename]]\nentity = \"a\"\nto = \"C\"\n",
            4,
            "line 1",
        ),
        ("[[retype]]\nentity = \"A\"\nto = \"Robot\"\n", 1, "no class \"Robot\""),
        ("[[drop]]\nhead = \"A\"\nrelation = \"hed of\"\ntail = \"B\"\n", 1, "did you mean"),
        (
            "[[merge]]\nnames = [\"A\", \"B\"]\n[[keep-apart]]\nnames = [\"b\", \"a\"]\n",
            1,
            "line 3 keeps apart",
        ),
        ("[[drop]]\nentity = \"A\"\nhead = \"B\"\n", 1, "either `entity`"),
        (
            "[[add]]\nhead = \"A\"\nrelation = \"head of\"\ntail = \"B\"\nsentence = \"A.\"\ndocument = \"d\"\ndate = \"soon\"\n",
            1,
            "no date",
        ),
    ] {
        let files = Files::new(corrections);
        let output = run(files.path(), &["stats", "first.md", "--corrections", "corrections.toml"]);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{corrections}: {told}");
        let place = format!("corrections.toml:{line}: ");
        assert!(told.contains(&place) && told.contains(part), "{corrections}: {told}");
    }
}

#[test]
fn the_example_file_matches_the_example_articles() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let arguments = ["check", "examples", "--corrections", "examples/corrections.toml"];
    let output = run(root, &arguments);
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "nothing is left unmatched");
}

const TABLES: &[&str] = &[
    "[[merge]]\nnames = [\"Mara Lindqvist\", \"Marah Lindqvist\"]\n",
    "[[merge]]\nnames = [\"Marah Lindqvist\", \"M. Lindqvist\"]\n",
    "[[merge]]\nnames = [\"Merrow Union\", \"Corvane Bank\"]\n",
    "[[keep-apart]]\nname = \"Jon Smith\"\ndocuments = [\"Strike goes on\"]\n",
    "[[rename]]\nentity = \"Oskar Brandt\"\nto = \"Oskar von Brandt\"\n",
    "[[rename]]\nentity = \"Brandt\"\nto = \"Oskar Brand\"\n",
    "[[retype]]\nentity = \"Corvane Bank\"\nto = \"Company\"\n",
    "[[retype]]\nentity = \"Merrow Union\"\nto = \"PoliticalParty\"\n",
    "[[drop]]\nentity = \"Geneva\"\n",
    "[[add]]\nhead = \"Oskar von Brandt\"\nrelation = \"head of\"\ntail = \"Corvane Bank\"\n\
     sentence = \"Brandt runs the bank.\"\ndocument = \"https://example.org/other\"\n",
];

const TEXTS: &[&str] = &[
    "Mara Lindqvist, a spokeswoman for Tamsel Shipping Company, met Oskar Brandt in Geneva. Brandt is the head of Merrow Union.",
    "Marah Lindqvist met Jon Smith, the head of Corvane Bank. Smith is a spokesman for Merrow Union.",
    "M. Lindqvist met Jon Smith in Geneva. Oskar Brandt is a spokesman for Corvane Bank.",
    "MERROW UNION and Corvane Bank signed a trade agreement, said Jon Smith.",
];

fn corrected(texts: &[&str], tables: &[&str], extractor: &Extractor<'_>) -> String {
    let ontology = Ontology::builtin();
    let corrections = parse(&tables.concat(), &ontology.schema).expect("the tables are sound");
    let mut graph = KnowledgeGraph::new();
    let documents = texts.iter().map(|text| Document::prose(text)).collect();
    extractor.build(documents, BuildSettings::default(), &mut graph, &|_| ());
    graph.settle(ontology);
    let graph = apply(graph, &corrections, ontology, true).graph;
    let mut bytes = Vec::new();
    let format = Format::by_name("json").expect("there is JSON");
    write(&graph, &ontology.schema, format, &MappingOptions::default().into(), &mut bytes)
        .expect("written");
    String::from_utf8(bytes).expect("JSON is UTF-8")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn neither_the_order_of_documents_nor_of_corrections_shows(
        (texts, mixed_texts) in prop::sample::subsequence(TEXTS, 2..=TEXTS.len())
            .prop_flat_map(|some| (Just(some.clone()), Just(some).prop_shuffle())),
        (tables, mixed_tables) in prop::sample::subsequence(TABLES, 1..=TABLES.len())
            .prop_flat_map(|some| (Just(some.clone()), Just(some).prop_shuffle())),
    ) {
        let extractor = Extractor::new(Ontology::builtin()).expect("the built-in rules are sound");
        prop_assert_eq!(
            corrected(&texts, &tables, &extractor),
            corrected(&mixed_texts, &mixed_tables, &extractor)
        );
    }
}
