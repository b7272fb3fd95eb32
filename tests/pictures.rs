//! Pictures, ranks and selections, as the program writes them.

mod common;
mod support;

use common::random_graph::{Shape, random_graph};
use newsgraph::export::{ExportOptions, Format, write};
use newsgraph::ontology::Ontology;
use serde_json::Value;
use support::{items, run, text};

/// Two parties deny a secret pact, and one man speaks for another body.
const ARTICLE: &str = "\
Chad and Sudan sign truce
By Amina Doe, Southern News, April 9, 2023

N'DJAMENA - Chad and Sudan signed a ceasefire agreement on Sunday. \
Ines Carvalho, a spokeswoman for the African Union, welcomed it.

\"We do not have any secret agreement with Sudan,\" said Chadian President Idriss Malloum.
";

struct Folder(tempfile::TempDir);

impl Folder {
    fn with_article() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("a.txt"), ARTICLE).expect("it is written");
        Self(folder)
    }

    /// Standard output, standard error and exit code.
    fn run(&self, arguments: &[&str]) -> (Vec<u8>, String, Option<i32>) {
        let output = run(self.0.path(), arguments);
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.stdout, errors, output.status.code())
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let (out, errors, code) = self.run(arguments);
        assert_eq!(code, Some(0), "{errors}");
        serde_json::from_slice(&out).expect("it is JSON")
    }
}

fn names(graph: &Value) -> Vec<&str> {
    items(graph, "entities").iter().map(|entity| text(entity, "name")).collect()
}

#[test]
fn a_picture_names_what_is_in_the_article() {
    let (svg, errors, code) = Folder::with_article().run(&["export", "a.txt", "--format", "svg"]);
    assert_eq!(code, Some(0), "{errors}");
    let svg = String::from_utf8(svg).expect("it is UTF-8");
    for shown in [
        ">Ines Carvalho</text>",
        ">African Union</text>",
        ">spokesperson of</text>",
        ">Person</text>",
    ] {
        assert!(svg.contains(shown), "{shown} is not in {svg}");
    }
    assert!(svg.contains("stroke-dasharray=\"6 4\""), "what is denied is dashed: {svg}");
    assert!(svg.contains(">denied</text>"), "the legend says so: {svg}");
    for foreign in ["<script", "href", "url(", "<style", "@import"] {
        assert!(!svg.contains(foreign), "{foreign}");
    }
}

/// The same bytes twice, XML that a parser reads, and a PNG that holds more than white.
#[test]
fn any_graph_can_be_drawn() {
    let schema = &Ontology::builtin().schema;
    for seed in 0..12 {
        let graph =
            random_graph(seed, Shape { entities: 30, statements: 60, ..Shape::SMALL }, schema);
        let draw = |name: &str| {
            let mut out = Vec::new();
            let format = Format::by_name(name).expect("a format");
            write(&graph, schema, format, &ExportOptions::default(), &mut out).expect("to memory");
            out
        };
        let svg = draw("svg");
        assert_eq!(svg, draw("svg"), "seed {seed}");
        let svg = String::from_utf8(svg).expect("it is UTF-8");
        assert!(!svg.contains("NaN") && !svg.contains("inf\""), "seed {seed}");
        let mut reader = quick_xml::Reader::from_str(&svg);
        let mut circles = 0;
        loop {
            match reader.read_event().expect("it is XML") {
                quick_xml::events::Event::Start(tag) if tag.name().as_ref() == "circle" => {
                    circles += 1
                }
                quick_xml::events::Event::Eof => break,
                _ => {}
            }
        }
        assert!(circles > graph.entity_count(), "one a node and the legend, seed {seed}");
        if seed < 2 {
            let png = draw("png");
            assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
            assert_eq!(png, draw("png"), "seed {seed}");
            assert!(png.len() > 10_000, "{}", png.len());
        }
    }
}

#[test]
fn an_empty_graph_is_an_empty_picture() {
    let schema = &Ontology::builtin().schema;
    for name in ["svg", "png"] {
        let mut out = Vec::new();
        let format = Format::by_name(name).expect("a format");
        let graph = newsgraph::graph::KnowledgeGraph::new();
        write(&graph, schema, format, &ExportOptions::default(), &mut out).expect("to memory");
        assert!(!out.is_empty());
    }
}

#[test]
fn selections_narrow_what_is_exported() {
    let folder = Folder::with_article();
    let json = |options: &[&str]| {
        folder.json(&[&["export", "a.txt", "--format", "json"], options].concat())
    };
    let around = json(&["--around", "ines carvalho"]);
    let mut found = names(&around);
    found.sort_unstable();
    assert_eq!(found, ["African Union", "Ines Carvalho"]);
    let relation = json(&["--relation", "spokeswoman for"]);
    assert_eq!(names(&relation).len(), 2, "{relation}");
    let people = json(&["--class", "person"]);
    assert!(items(&people, "entities").iter().all(|one| text(one, "type") == "Person"));
    assert!(names(&people).contains(&"Ines Carvalho"));
    assert_eq!(names(&json(&["--since", "2023-04", "--relation", "spokespersonOf"])).len(), 2);
}

#[test]
fn a_selection_that_leaves_nothing_is_told_and_no_failure() {
    let folder = Folder::with_article();
    let (out, errors, code) =
        folder.run(&["export", "a.txt", "--format", "json", "--until", "1999"]);
    assert_eq!(code, Some(0), "{errors}");
    assert!(errors.contains("the selection leaves nothing"), "{errors}");
    let graph: Value = serde_json::from_slice(&out).expect("it is JSON");
    assert!(names(&graph).is_empty(), "{graph}");
}

#[test]
fn a_selection_of_what_is_not_there_says_what_there_is() {
    let folder = Folder::with_article();
    for (option, value, told) in [
        ("--around", "Ines Carvallo", "Ines Carvalho"),
        ("--class", "persn", "Person"),
        ("--relation", "spokesman fur", "spokesman"),
        ("--since", "soon", "a date is wanted"),
    ] {
        let (_, errors, code) = folder.run(&["export", "a.txt", option, value]);
        assert_eq!(code, Some(2), "{option}: {errors}");
        assert!(errors.contains(told), "{option}: {errors}");
    }
}

#[test]
fn ranks_are_listed_and_exported_alike() {
    let folder = Folder::with_article();
    let ranks = folder.json(&["rank", "a.txt", "--json", "--limit", "0"]);
    let total: f64 = items(&ranks, "entities").iter().filter_map(|one| one["score"].as_f64()).sum();
    assert!((total - 1.0).abs() < 1e-6, "{ranks}");
    let (first, last) = (&ranks["entities"][0], items(&ranks, "entities").last().expect("some"));
    assert!(first["score"].as_f64() > last["score"].as_f64(), "{ranks}");

    let graph = folder.json(&["export", "a.txt", "--format", "nodelink", "--with-ranks"]);
    for one in items(&ranks, "entities") {
        let node = items(&graph, "nodes").iter().find(|node| node["id"] == one["id"]);
        let node = node.expect("every entity is a node");
        let score = node["pagerank"].as_f64().expect("it has its rank");
        assert!((score - one["score"].as_f64().expect("a number")).abs() < 1e-6, "{node}");
        assert_eq!(node["community"], one["community"], "{node}");
    }
    let plain = folder.json(&["export", "a.txt", "--format", "nodelink"]);
    assert!(plain["nodes"][0].get("pagerank").is_none(), "{plain}");
    assert!(plain["nodes"][0]["x"].is_number(), "nodes have places: {plain}");

    let people = folder.json(&["rank", "a.txt", "--json", "--class", "person", "--by", "degree"]);
    assert!(items(&people, "entities").iter().all(|one| text(one, "type") == "Person"));
    let communities = folder.json(&["rank", "a.txt", "--json", "--communities"]);
    let members = |community: &Value| -> Vec<String> {
        items(community, "entities").iter().map(|one| text(one, "name").to_owned()).collect()
    };
    let found: Vec<Vec<String>> =
        communities.as_array().expect("a list").iter().map(members).collect();
    let mut spoken = found
        .iter()
        .find(|names| names.contains(&"Ines Carvalho".to_owned()))
        .expect("hers")
        .clone();
    spoken.sort_unstable();
    assert_eq!(spoken, ["African Union", "Ines Carvalho"]);
}

#[test]
fn ranks_are_refused_where_nodes_have_no_room_for_them() {
    let folder = Folder::with_article();
    let (_, errors, code) = folder.run(&["export", "a.txt", "--format", "turtle", "--with-ranks"]);
    assert_eq!(code, Some(2));
    assert!(errors.contains("graphml") && errors.contains("gexf"), "{errors}");
    let (out, errors, code) = folder.run(&["export", "a.txt", "--format", "csv", "--with-ranks"]);
    assert_eq!((out.len(), code), (0, Some(2)), "{errors}");
    let table = ["export", "a.txt", "--format", "csv", "--with-ranks", "-o", "tables"];
    assert_eq!(folder.run(&table).2, Some(0));
    let nodes =
        std::fs::read_to_string(folder.0.path().join("tables/nodes.csv")).expect("it is there");
    let header = nodes.lines().next().expect("a header");
    assert!(header.ends_with("iri,degree,pagerank,betweenness,community"), "{header}");
}
