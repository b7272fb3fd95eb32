//! The exports that are not RDF: hostile strings come through each format, the same graph
//! gives the same bytes, and files are replaced whole or not at all.

mod hostile;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;

use newsgraph::export::{
    EDGE_COLUMNS, EVIDENCE_COLUMNS, ExportError, ExportOptions, FORMATS, Format, FormatKind,
    LIST_SEPARATOR, NODE_COLUMNS, Report, write, write_atomically, write_to_path,
};
use newsgraph::graph::{Entity, KnowledgeGraph};
use newsgraph::ontology::TopClass;
use newsgraph::rdf::{MappingOptions, Profile};
use oxigraph::model::{NamedNode, Quad};
use quick_xml::events::Event;

fn format(name: &str) -> &'static Format {
    Format::by_name(name).unwrap_or_else(|| panic!("{name} is a format"))
}

fn needs_folder(format: &Format) -> bool {
    matches!(format.kind, FormatKind::Tables { alone: None, .. })
}

/// What is written to one file, or all files of the folder one after another.
fn export(graph: &KnowledgeGraph, name: &str) -> (String, Report) {
    let mut bytes = Vec::new();
    let (format, options) = (format(name), ExportOptions::default());
    let report = match format.kind {
        FormatKind::Tables { files, alone: None, .. } => {
            let folder = tempfile::tempdir().expect("a folder");
            let report = write_to_path(graph, hostile::schema(), format, &options, folder.path())
                .expect("written");
            for file in files {
                bytes.extend(std::fs::read(folder.path().join(file)).expect("there"));
            }
            report
        }
        _ => write(graph, hostile::schema(), format, &options, &mut bytes)
            .expect("writing to memory works"),
    };
    let text = match format.media_type {
        // Pixels are no text: their bytes as numbers.
        "image/png" => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        _ => String::from_utf8(bytes).expect("UTF-8"),
    };
    (text, report)
}

/// One entity for each hostile string, and ten thousand letters.
fn gallery() -> KnowledgeGraph {
    let mut graph = KnowledgeGraph::new();
    let long = "\u{E9}".repeat(10_000);
    for (at, name) in hostile::STRINGS.iter().copied().chain([long.as_str()]).enumerate() {
        graph.add_entity(Entity {
            key: format!("person/{at:02}"),
            class: TopClass::Person,
            subclass: None,
            name: name.into(),
            aliases: Vec::new(),
            same_as: Vec::new(),
            mentions: Vec::new(),
        });
    }
    graph
}

fn names(graph: &KnowledgeGraph) -> Vec<&str> {
    graph.entities().map(|(_, entity)| entity.name.as_str()).collect()
}

#[test]
fn every_name_and_ending_means_one_format() {
    let mut names = BTreeSet::new();
    let mut endings = BTreeSet::new();
    for format in FORMATS {
        for name in std::iter::once(&format.name).chain(format.aliases) {
            assert!(names.insert(*name), "{name} stands twice");
            let found = Format::by_name(&name.to_uppercase()).expect("found");
            assert_eq!(found.name, format.name);
        }
        for ending in format.endings {
            assert!(endings.insert(*ending), ".{ending} stands twice");
            for path in [format!("a.b/x.{ending}"), format!("X.{}.gz", ending.to_uppercase())] {
                let found = Format::by_path(Path::new(&path)).expect("found");
                assert_eq!(found.name, format.name, "{path}");
            }
        }
        assert!(!format.description.is_empty());
        // What is only ever a folder has no ending.
        assert_eq!(format.endings.is_empty(), needs_folder(format), "{format:?}");
    }
    assert!(Format::by_name("docx").is_none());
    for path in ["x", "x.gz", "", "turtle", "x.docx", ".ttl/x"] {
        assert!(Format::by_path(Path::new(path)).is_none(), "{path}");
    }
}

#[test]
fn what_a_format_cannot_carry_is_said() {
    let mut graph = gallery();
    graph.foreign.push(Quad::new(
        NamedNode::new_unchecked("https://example.org/s"),
        NamedNode::new_unchecked("https://example.org/p"),
        NamedNode::new_unchecked("https://example.org/o"),
        NamedNode::new_unchecked("https://example.org/g"),
    ));
    for format in FORMATS {
        let (_, report) = export(&graph, format.name);
        let says = |what: &str| report.losses.iter().any(|loss| loss.what.contains(what));
        let has_graphs = format.is_rdf() && format.carries(Profile::NamedGraphs);
        assert_eq!(says("other vocabularies"), !has_graphs, "{format:?}");
        assert_eq!(format.leaves_out.is_empty(), format.is_rdf(), "{format:?}");
        for profile in [Profile::Default, Profile::Rdf12, Profile::NamedGraphs] {
            let options = ExportOptions::from(MappingOptions { profile, ..Default::default() });
            let mut bytes = Vec::new();
            match write(&graph, hostile::schema(), format, &options, &mut bytes) {
                Ok(_) => {
                    assert!(format.carries(profile), "{format:?} with {profile:?}");
                    assert!(!needs_folder(format), "{format:?}");
                }
                Err(ExportError::Refused(why)) if needs_folder(format) => {
                    assert!(bytes.is_empty() && why.contains(format.name), "{why}");
                }
                Err(error) => {
                    assert!(!format.carries(profile), "{format:?} with {profile:?}: {error}");
                    assert!(bytes.is_empty() && error.to_string().contains(format.name), "{error}");
                }
            }
        }
        if let FormatKind::Rdf(syntax) = format.kind {
            assert_eq!(format.name, syntax.name());
        }
    }
}

#[test]
fn a_closed_pipe_is_told_from_a_fault() {
    struct Closed;
    impl std::io::Write for Closed {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let graph = gallery();
    for format in FORMATS.iter().filter(|format| !needs_folder(format)) {
        let options = ExportOptions::default();
        let error = write(&graph, hostile::schema(), format, &options, &mut Closed);
        assert!(error.expect_err("fails").is_broken_pipe(), "{format:?}");
    }
}

#[test]
fn insertion_order_does_not_show_in_any_format() {
    for seed in 0..40 {
        let graph = hostile::graph(seed);
        let other = hostile::reversed(&graph);
        for format in FORMATS.iter().filter(|format| !format.is_rdf()) {
            assert_eq!(
                export(&graph, format.name),
                export(&other, format.name),
                "{} of seed {seed}",
                format.name
            );
        }
    }
}

#[test]
fn a_canonical_graph_gives_the_same_bytes_in_every_format() {
    for seed in 0..40 {
        let graph = hostile::graph(seed);
        let facts = hostile::facts(&graph);
        let other = hostile::reversed(&graph).canonical();
        let graph = graph.canonical();
        assert_eq!(hostile::facts(&graph), facts, "seed {seed}");
        for claim in graph.claims() {
            assert_eq!(graph.find_claim(claim.property, claim.head, claim.tail), Some(claim.index));
        }
        for format in FORMATS {
            let (text, _) = export(&graph, format.name);
            assert!(text == export(&other, format.name).0, "{} of seed {seed}", format.name);
        }
    }
}

// GraphML

#[derive(Default, Debug)]
struct GraphMl {
    /// Key id to (node or edge, name, type).
    keys: BTreeMap<String, (String, String, String)>,
    /// Attributes of the element, and the values of its data by name.
    nodes: Vec<(BTreeMap<String, String>, BTreeMap<String, String>)>,
    edges: Vec<(BTreeMap<String, String>, BTreeMap<String, String>)>,
}

fn parse_graphml(text: &str) -> GraphMl {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut graph = GraphMl::default();
    let mut key = None;
    let mut value = String::new();
    loop {
        let event = reader.read_event().expect("well-formed XML");
        match &event {
            Event::Start(element) | Event::Empty(element) => {
                let attributes: BTreeMap<String, String> = element
                    .attributes()
                    .map(|attribute| {
                        let attribute = attribute.expect("a well-formed attribute");
                        let name: &str = attribute.key.as_ref();
                        (name.to_owned(), attribute.value.to_string())
                    })
                    .collect();
                match element.name().as_ref() {
                    "key" => {
                        let get = |name: &str| attributes[name].clone();
                        let row = (get("for"), get("attr.name"), get("attr.type"));
                        assert!(graph.keys.insert(get("id"), row).is_none(), "key ids are unique");
                    }
                    "node" => graph.nodes.push((attributes, BTreeMap::new())),
                    "edge" => graph.edges.push((attributes, BTreeMap::new())),
                    "data" => key = Some(attributes["key"].clone()),
                    _ => {}
                }
            }
            Event::Text(text) if key.is_some() => {
                value.push_str(text);
            }
            Event::GeneralRef(reference) => {
                let reference: &str = reference;
                value.push(match reference {
                    "amp" => '&',
                    "lt" => '<',
                    "gt" => '>',
                    "quot" => '"',
                    "#13" => '\r',
                    other => panic!("unexpected reference {other}"),
                });
            }
            Event::End(element) if element.name().as_ref() == "data" => {
                let (_, name, _) = &graph.keys[&key.take().expect("inside data")];
                let owner = graph.edges.last_mut().or(graph.nodes.last_mut()).expect("an owner");
                let known = owner.1.insert(name.clone(), std::mem::take(&mut value));
                assert!(known.is_none(), "{name} stands once");
            }
            Event::Eof => return graph,
            _ => {}
        }
    }
}

fn in_xml(text: &str) -> String {
    let carried = |c: &char| {
        matches!(c, '\t' | '\n' | '\r') || (*c >= ' ' && !matches!(*c, '\u{FFFE}' | '\u{FFFF}'))
    };
    text.chars().map(|c| if carried(&c) { c } else { '\u{FFFD}' }).collect()
}

#[test]
fn names_come_through_graphml() {
    let graph = gallery();
    let (text, report) = export(&graph, "graphml");
    let parsed = parse_graphml(&text);
    let found: Vec<_> = parsed.nodes.iter().map(|(_, data)| data["name"].clone()).collect();
    let expected: Vec<_> = names(&graph).into_iter().map(in_xml).collect();
    assert_eq!(found, expected);
    let replaced: usize = names(&graph)
        .iter()
        .map(|name| name.chars().zip(in_xml(name).chars()).filter(|(a, b)| a != b).count())
        .sum();
    assert_eq!(report.losses.len(), 1);
    assert_eq!(report.losses[0].count, replaced as u64);
    assert_eq!(
        report.losses[0].to_string(),
        "5 characters that XML cannot carry were written as U+FFFD"
    );
}

#[test]
fn graphml_attributes_are_typed_and_ids_are_unique() {
    for seed in 0..80 {
        let graph = hostile::graph(seed);
        let parsed = parse_graphml(&export(&graph, "graphml").0);
        assert_eq!(parsed.nodes.len(), graph.entity_count());
        assert_eq!(parsed.edges.len(), graph.claim_count());
        let mut nodes = BTreeSet::new();
        let mut edges = BTreeSet::new();
        for (attributes, data) in &parsed.nodes {
            assert!(nodes.insert(&attributes["id"]));
            data["mention_count"].parse::<u32>().expect("an integer");
        }
        for (attributes, data) in &parsed.edges {
            assert!(edges.insert(&attributes["id"]));
            assert!(nodes.contains(&attributes["source"]) && nodes.contains(&attributes["target"]));
            assert!(data["weight"].parse::<u32>().expect("an integer") > 0);
            data["confidence"].parse::<f64>().expect("a number");
            data["asserted"].parse::<bool>().expect("a boolean");
            assert!(["affirmed", "denied", "mixed"].contains(&data["polarity"].as_str()));
        }
        for id in nodes.iter().chain(&edges) {
            let is_token = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
            assert!(!id.is_empty() && id.chars().all(is_token), "{id} is a name token");
        }
        for (side, name, _) in parsed.keys.values() {
            assert!(side == "node" || side == "edge");
            assert!(!["label", "d3", "x", "y", "id"].contains(&name.as_str()), "{name}");
        }
    }
}

// CSV

fn rows(text: &[u8], columns: &[&str]) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text);
    let header: Vec<String> =
        reader.headers().expect("a header").iter().map(str::to_owned).collect();
    assert_eq!(header, columns);
    reader
        .records()
        .map(|record| {
            let record = record.expect("a row as long as the header");
            header.iter().cloned().zip(record.iter().map(str::to_owned)).collect()
        })
        .collect()
}

/// Undoes the guard against formulas as the documentation says.
fn unguarded(cell: &str) -> &str {
    const DANGEROUS: &str = "=+-@\t\r\n\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}";
    match cell.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(|c| DANGEROUS.contains(c)) => rest,
        _ => cell,
    }
}

fn assert_harmless(row: &BTreeMap<String, String>) {
    for (column, cell) in row {
        assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{column}: {cell:?}");
    }
}

#[test]
fn csv_tables_join_and_formulas_are_guarded() {
    for seed in 0..60 {
        let graph = hostile::graph(seed);
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join("new/tables");
        let options = ExportOptions::default();
        write_to_path(&graph, hostile::schema(), format("csv"), &options, &target)
            .expect("written");
        let table = |name: &str| std::fs::read(target.join(name)).expect("the table is there");
        let nodes = rows(&table("nodes.csv"), NODE_COLUMNS);
        let edges = rows(&table("edges.csv"), EDGE_COLUMNS);
        let evidence = rows(&table("evidence.csv"), EVIDENCE_COLUMNS);
        assert_eq!(std::fs::read_dir(&target).expect("readable").count(), 3);
        assert_eq!(table("edges.csv"), export(&graph, "csv").0.into_bytes());
        nodes.iter().chain(&edges).chain(&evidence).for_each(assert_harmless);

        let by_id: BTreeMap<_, _> = nodes.iter().map(|row| (row["id"].as_str(), row)).collect();
        assert_eq!(by_id.len(), graph.entity_count());
        for (_, entity) in graph.entities() {
            let row = nodes.iter().find(|row| unguarded(&row["id"]) == entity.key).expect("there");
            assert_eq!(unguarded(&row["label"]), entity.name);
            assert_eq!(unguarded(&row["aliases"]), entity.aliases.join(LIST_SEPARATOR));
            assert_eq!(row["mention_count"], entity.mentions.len().to_string());
        }
        assert_eq!(edges.len(), graph.claim_count());
        let mut quotes = BTreeSet::new();
        for row in &evidence {
            let edge = edges.iter().find(|edge| edge["id"] == row["claim"]).expect("joins");
            assert_eq!((&edge["source"], &edge["target"]), (&row["source"], &row["target"]));
            assert!(by_id.contains_key(row["source"].as_str()));
            assert_eq!(by_id[row["source"].as_str()]["label"], edge["source_name"]);
            let start: usize = row["sentence_start"].parse().expect("a number");
            let end: usize = row["sentence_end"].parse().expect("a number");
            let quote = unguarded(&row["sentence"]);
            assert_eq!(quote.chars().count(), end - start);
            quotes.insert(quote.to_owned());
        }
        let statements: usize = graph.claims().map(|claim| claim.evidence.len()).sum();
        assert_eq!(evidence.len(), statements);
        let expected: BTreeSet<String> = graph
            .claims()
            .flat_map(|claim| claim.evidence.iter().map(|evidence| evidence.quote.to_string()))
            .collect();
        assert_eq!(quotes, expected);
    }
}

#[test]
fn names_come_through_csv() {
    let graph = gallery();
    let folder = tempfile::tempdir().expect("a folder");
    let report = write_to_path(
        &graph,
        hostile::schema(),
        format("csv"),
        &ExportOptions::default(),
        folder.path(),
    )
    .expect("written");
    let table = std::fs::read(folder.path().join("nodes.csv")).expect("there");
    let nodes = rows(&table, NODE_COLUMNS);
    let found: Vec<_> = nodes.iter().map(|row| unguarded(&row["label"])).collect();
    assert_eq!(found, names(&graph));
    assert_eq!(report.losses[0].count, 7);
}

// DOT

#[derive(Debug, PartialEq)]
enum Token {
    Word(String),
    /// A quoted string, with `\"` undone and every other backslash kept, as Graphviz reads it.
    Text(String),
    Mark(&'static str),
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if first.is_whitespace() {
            rest = &rest[first.len_utf8()..];
        } else if let Some(mark) = ["->", "{", "}", "[", "]", "=", ",", ";", "+"]
            .into_iter()
            .find(|mark| rest.starts_with(mark))
        {
            tokens.push(Token::Mark(mark));
            rest = &rest[mark.len()..];
        } else if first == '"' {
            let mut value = String::new();
            let mut characters = rest.char_indices().skip(1);
            let end = loop {
                let (at, character) = characters.next().expect("the string is closed");
                match character {
                    '"' => break at,
                    '\\' => match characters.next().expect("the string is closed").1 {
                        '"' => value.push('"'),
                        other => value.extend(['\\', other]),
                    },
                    '\n' => panic!("a string stays on its line"),
                    other => value.push(other),
                }
            };
            rest = &rest[end + 1..];
            // A `+` joins the string before it to this one.
            match tokens.as_mut_slice() {
                [.., Token::Text(before), Token::Mark("+")] => {
                    before.push_str(&value);
                    tokens.pop();
                }
                _ => tokens.push(Token::Text(value)),
            }
        } else {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
            assert!(end > 0, "nothing unquoted but words: {rest:.40}");
            tokens.push(Token::Word(rest[..end].to_owned()));
            rest = &rest[end..];
        }
    }
    tokens
}

type Attributes = BTreeMap<String, String>;
type Edge = (String, String, Attributes);

/// Nodes by id, and edges, by the grammar of the DOT language.
fn parse_dot(text: &str) -> (BTreeMap<String, Attributes>, Vec<Edge>) {
    let mut tokens = tokens(text).into_iter().peekable();
    let mut next = || tokens.next().expect("the graph is closed");
    assert_eq!(next(), Token::Word("digraph".into()));
    assert_eq!(next(), Token::Word("newsgraph".into()));
    assert_eq!(next(), Token::Mark("{"));
    let (mut nodes, mut edges) = (BTreeMap::new(), Vec::new());
    loop {
        let subject = match next() {
            Token::Mark("}") => break,
            Token::Word(_) => None,
            Token::Text(id) => Some(id),
            other => panic!("a statement begins with {other:?}"),
        };
        let mut object = None;
        let mut token = next();
        if token == Token::Mark("->") {
            let Token::Text(id) = next() else { panic!("an edge leads to a node") };
            object = Some(id);
            token = next();
        }
        assert_eq!(token, Token::Mark("["));
        let mut attributes = BTreeMap::new();
        loop {
            let Token::Word(name) = next() else { panic!("an attribute has a name") };
            assert_eq!(next(), Token::Mark("="));
            let Token::Text(value) = next() else { panic!("an attribute has a value") };
            assert!(attributes.insert(name, value).is_none());
            match next() {
                Token::Mark(",") => {}
                Token::Mark("]") => break,
                other => panic!("{other:?} after an attribute"),
            }
        }
        assert_eq!(next(), Token::Mark(";"));
        match (subject, object) {
            (Some(head), Some(tail)) => edges.push((head, tail, attributes)),
            (Some(id), None) => assert!(nodes.insert(id, attributes).is_none()),
            _ => {}
        }
    }
    assert!(tokens.next().is_none(), "nothing follows the graph");
    (nodes, edges)
}

/// The text that Graphviz shows for a label.
fn shown(label: &str) -> String {
    let mut text = String::new();
    let mut characters = label.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next().expect("an escape is whole") {
                'n' => text.push('\n'),
                '\\' => text.push('\\'),
                other => panic!("unexpected escape {other}"),
            },
            other => text.push(other),
        }
    }
    text.replace("&lt;", "<").replace("&#65;", "A").replace("&amp;", "&")
}

#[test]
fn names_come_through_dot() {
    let graph = gallery();
    let (text, report) = export(&graph, "dot");
    let (nodes, _) = parse_dot(&text);
    let found: Vec<_> = nodes.values().map(|attributes| shown(&attributes["label"])).collect();
    let expected: Vec<String> = names(&graph)
        .iter()
        .map(|name| name.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " "))
        .map(|name| {
            name.chars().map(|c| if c.is_control() && c != '\n' { '\u{FFFD}' } else { c }).collect()
        })
        .collect();
    assert_eq!(found, expected);
    assert_eq!(report.losses[0].to_string(), "5 control characters were written as U+FFFD");
}

#[test]
fn dot_draws_what_is_said() {
    let mut styles = BTreeSet::new();
    for seed in 0..80 {
        let graph = hostile::graph(seed);
        let (nodes, edges) = parse_dot(&export(&graph, "dot").0);
        assert_eq!(nodes.len(), graph.entity_count());
        assert_eq!(edges.len(), graph.claim_count());
        for (head, tail, attributes) in edges {
            assert!(nodes.contains_key(&head) && nodes.contains_key(&tail));
            let symmetric = attributes.get("dir").is_some_and(|dir| dir == "none");
            let of_symmetric = hostile::schema()
                .properties()
                .any(|(_, known)| known.symmetric && known.label == attributes["label"]);
            assert_eq!(symmetric, of_symmetric, "{}", attributes["label"]);
            styles.insert((attributes.get("style").cloned(), attributes.get("color").cloned()));
        }
    }
    assert_eq!(styles.len(), 4, "plain, denied, disputed and not asserted: {styles:?}");
}

// Files

#[test]
fn a_failed_write_leaves_the_old_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("graph.json");
    std::fs::write(&path, "old").expect("written");
    let failed = write_atomically(&path, &mut |out| {
        out.write_all(b"half")?;
        Err::<(), _>(ExportError::Refused("it cannot be".into()))
    });
    assert_eq!(failed.expect_err("fails").to_string(), "it cannot be");
    assert_eq!(std::fs::read_to_string(&path).expect("there"), "old");
    assert_eq!(std::fs::read_dir(folder.path()).expect("readable").count(), 1);
    write_atomically(&path, &mut |out| Ok(out.write_all(b"new")?)).expect("written");
    assert_eq!(std::fs::read_to_string(&path).expect("there"), "new");
}

#[test]
fn faults_of_files_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let missing = folder.path().join("no/such/graph.dot");
    let options = ExportOptions::default();
    let graph = gallery();
    for path in [missing.as_path(), folder.path()] {
        let error = write_to_path(&graph, hostile::schema(), format("dot"), &options, path);
        let error = error.expect_err("refused").to_string();
        assert!(error.contains(&path.display().to_string()), "{error}");
    }
}

#[test]
fn a_path_ending_in_gz_is_compressed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("edges.csv.gz");
    let graph = hostile::graph(5);
    let options = ExportOptions::default();
    write_to_path(&graph, hostile::schema(), format("csv"), &options, &path).expect("written");
    let mut text = String::new();
    let file = std::fs::File::open(&path).expect("a file and no folder");
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).expect("decompresses");
    assert_eq!(text, export(&graph, "csv").0);
}

#[cfg(unix)]
#[test]
fn links_and_devices_stay_what_they_are() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let (real, link) = (folder.path().join("real.dot"), folder.path().join("link.dot"));
    std::fs::write(&real, "old").expect("written");
    std::os::unix::fs::symlink(&real, &link).expect("linked");
    write_atomically(&link, &mut |out| Ok(out.write_all(b"new")?)).expect("written");
    assert!(link.symlink_metadata().expect("there").is_symlink());
    assert_eq!(std::fs::read_to_string(&real).expect("there"), "new");
    let fresh = folder.path().join("fresh.dot");
    write_atomically(&fresh, &mut |out| Ok(out.write_all(b"new")?)).expect("written");
    let mode = fresh.metadata().expect("there").permissions().mode();
    assert_ne!(mode & 0o044, 0, "others may read a new file: {mode:o}");
    std::fs::set_permissions(&real, PermissionsExt::from_mode(0o640)).expect("allowed");
    write_atomically(&real, &mut |out| Ok(out.write_all(b"newer")?)).expect("written");
    assert_eq!(real.metadata().expect("there").permissions().mode() & 0o777, 0o640);
    std::fs::set_permissions(&real, PermissionsExt::from_mode(0o440)).expect("allowed");
    let refused = write_atomically(&real, &mut |out| Ok(out.write_all(b"lost")?));
    assert!(refused.expect_err("fails").to_string().contains("it is write-protected"));
    assert_eq!(std::fs::read_to_string(&real).expect("there"), "newer");
    write_atomically(Path::new("/dev/null"), &mut |out| Ok(out.write_all(b"x")?)).expect("written");
    assert!(!Path::new("/dev/null").metadata().expect("there").is_file());
}
