//! The command line as a user meets it: exit codes, messages, formats by ending, names typed
//! carelessly, and output that other programs can read.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use assert_cmd::cargo::CommandCargoExt as _;
use serde_json::Value;

const GRAPH: &str = "tests/fixtures/graph.json";
const ARTICLES: &str = "tests/fixtures/articles";

const COMMANDS: &[&str] = &[
    "build",
    "remove",
    "export",
    "query",
    "list",
    "show",
    "why",
    "path",
    "diff",
    "candidates",
    "stats",
    "check",
    "evaluate",
    "licenses",
    "completions",
    "man",
];

/// What a run of the program left behind.
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

fn program() -> Command {
    let mut command = Command::cargo_bin("newsgraph").expect("the program is built");
    command.current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null());
    for variable in ["NO_COLOR", "CLICOLOR_FORCE", "RAYON_NUM_THREADS"] {
        command.env_remove(variable);
    }
    command
}

fn run(args: &[&str]) -> Run {
    finished(program().args(args).output().expect("the program starts"))
}

fn run_with_input(args: &[&str], input: &[u8]) -> Run {
    let mut child = program()
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_owned();
    // A program that ends early closes the pipe; that is for the test to judge by its code.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().expect("the program ends");
    writer.join().expect("the writer ends");
    finished(output)
}

fn finished(output: Output) -> Run {
    let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
    Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

impl Run {
    #[track_caller]
    fn with_code(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "stdout: {}\nstderr: {}", self.out, self.err);
        self
    }

    /// All inputs were read, and there was nothing to say about them.
    #[track_caller]
    fn ok(self) -> Self {
        let run = self.with_code(0);
        assert_eq!(run.err, "", "nothing is said on standard error");
        run
    }

    #[track_caller]
    fn says(self, part: &str) -> Self {
        assert!(self.err.contains(part), "{part:?} is not in {:?}", self.err);
        self
    }

    #[track_caller]
    fn prints(self, part: &str) -> Self {
        assert!(self.out.contains(part), "{part:?} is not in {:?}", self.out);
        self
    }

    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).expect("the output is JSON")
    }
}

fn text_of(path: &Path) -> &str {
    path.to_str().expect("the path is UTF-8")
}

fn folder() -> (tempfile::TempDir, impl Fn(&str) -> String) {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let path: PathBuf = folder.path().to_owned();
    (folder, move |name: &str| text_of(&path.join(name)).to_owned())
}

fn graph_as_json(source: &str) -> String {
    run(&["export", source, "--format", "json"]).ok().out
}

// Help and usage

#[test]
fn every_command_has_help_with_examples() {
    for command in COMMANDS {
        let help = run(&[command, "--help"]).ok();
        let first = format!("newsgraph {command}");
        assert!(help.out.contains("Examples:"), "{command}: {}", help.out);
        assert!(help.out.matches(&first).count() >= 2, "{command}: {}", help.out);
        assert!(!help.out.contains('\x1b'), "no colour into a pipe");
    }
    let help = run(&["--help"]).ok();
    for command in COMMANDS {
        assert!(help.out.contains(&format!("\n  {command} ")), "{command}: {}", help.out);
    }
}

#[test]
fn wrong_usage_exits_with_2_and_writes_nothing() {
    for args in [
        &[][..],
        &["shout"],
        &["stats"],
        &["stats", GRAPH, "--colour"],
        &["export", GRAPH, "--format", "papyrus"],
        &["export", GRAPH, "--min-confidence", "2"],
        &["export", GRAPH, "--base", "here"],
        &["export", GRAPH, "--threads", "0"],
        &["export", GRAPH, "--extractor", "magic"],
        &["export", GRAPH, "--input-format", "vellum"],
        &["export", GRAPH, "--format", "dot", "--profile", "rdf12"],
        &["export", GRAPH, "--format", "turtle", "--profile", "named-graphs"],
        &["export", GRAPH, "--field", "text"],
        &["export", GRAPH, "--ontology", "tests/no-such-folder"],
        &["build", GRAPH],
        &["query", GRAPH, "-q", "ASK {}", "-f", "question.rq"],
    ] {
        let run = run(args).with_code(2);
        assert_eq!(run.out, "", "{args:?}");
        assert_ne!(run.err, "", "{args:?}");
    }
}

#[test]
fn a_panic_never_shows_for_odd_arguments() {
    for args in [
        &["show", "", GRAPH][..],
        &["show", "\u{301}\u{202E}", GRAPH],
        &["why", "", "", "", GRAPH],
        &["path", " ", "'", GRAPH],
        &["list", GRAPH, "--class", ""],
        &["query", GRAPH, "-q", ""],
        &["query", GRAPH, "--example", ""],
        &["query", GRAPH, "-q", "ASK {}", "--timeout", "1e300"],
        &["export", ""],
    ] {
        let run = run(args).with_code(2);
        assert!(!run.err.contains("panicked"), "{args:?}: {}", run.err);
    }
}

// Inputs

#[test]
fn a_missing_file_is_named_with_what_to_do() {
    let run = run(&["stats", "no-such-file.txt"]).with_code(2).says("no-such-file.txt");
    assert_eq!(run.err, "newsgraph: no-such-file.txt: no such file or folder; check the path\n");
}

#[test]
fn the_rest_is_done_when_some_input_fails() {
    let (_folder, path) = folder();
    let broken = path("broken.json");
    fs::write(&broken, "{\"format\": \"newsgraph/1\", \"documents\": 7}").expect("written");
    let target = path("graph.ttl");
    run(&["build", "no-such-file.txt", GRAPH, &broken, "-o", &target])
        .with_code(1)
        .says("no-such-file.txt: ")
        .says("broken.json: ");
    assert_eq!(graph_as_json(&target), graph_as_json(GRAPH));
}

#[test]
fn nothing_is_written_when_no_input_can_be_used() {
    let (_folder, path) = folder();
    let target = path("graph.ttl");
    fs::write(&target, "old").expect("written");
    run(&["build", "no-such-file", "nor-this", "-o", &target])
        .with_code(2)
        .says("no-such-file: ")
        .says("none of the 2 inputs could be used");
    assert_eq!(fs::read_to_string(&target).expect("the old file is there"), "old");
}

#[test]
fn a_damaged_graph_file_is_named_with_its_line() {
    let (_folder, path) = folder();
    let file = path("damaged.ttl");
    fs::write(&file, "@prefix ng: <https://w3id.org/newsgraph/ontology#> .\nng:a ng:b\n").unwrap();
    run(&["stats", &file]).with_code(2).says("damaged.ttl: line ");
}

#[test]
fn standard_input_is_a_source() {
    let graph = fs::read(GRAPH).expect("the fixture");
    let stats = run(&["stats", GRAPH, "--json"]).ok().out;
    assert_eq!(run_with_input(&["stats", "-", "--json"], &graph).ok().out, stats);
    let turtle = run(&["export", GRAPH]).ok().out;
    assert_eq!(run_with_input(&["stats", "-", "--json"], turtle.as_bytes()).ok().out, stats);
    let triples = run(&["export", GRAPH, "--format", "ntriples"]).ok().out;
    let args = ["stats", "-", "--json", "--input-format", "ntriples"];
    assert_eq!(run_with_input(&args, triples.as_bytes()).ok().out, stats);
}

#[test]
fn an_article_comes_in_over_standard_input() {
    let article = fs::read(format!("{ARTICLES}/harbour-accord.txt")).expect("the fixture");
    let stats = run_with_input(&["stats", "-", "--json"], &article).ok().json();
    assert_eq!(stats["documents"], 1);
}

#[test]
fn articles_and_graphs_are_mixed() {
    let stats = run(&["stats", ARTICLES, GRAPH, "--json"]).ok().json();
    assert_eq!(stats["documents"], 4);
    let check = run(&["check", ARTICLES, GRAPH, "--json"]).ok().json();
    assert_eq!(check["verdict"], "ok");
}

#[test]
fn fields_of_json_lines_are_mapped() {
    let line = r#"{"meta": {"story": "Ann Lee is the head of the Harbour Union."}, "id": 7}"#;
    let args = ["stats", "-", "--json", "--input-format", "jsonl", "--field", "text=meta.story"];
    assert_eq!(run_with_input(&args, line.as_bytes()).ok().json()["documents"], 1);
    let args = ["stats", "-", "--json", "--input-format", "jsonl"];
    run_with_input(&args, line.as_bytes()).with_code(2);
}

#[test]
fn a_source_given_twice_changes_nothing() {
    assert_eq!(run(&["stats", GRAPH, GRAPH]).ok().out, run(&["stats", GRAPH]).ok().out);
}

#[test]
fn the_order_of_sources_and_the_number_of_threads_do_not_show() {
    let articles =
        ["harbour-accord.txt", "northwind-board.txt"].map(|name| format!("{ARTICLES}/{name}"));
    let [a, b] = articles.each_ref().map(String::as_str);
    let first = run(&["export", a, b, "--threads", "1"]).ok().out;
    assert_eq!(run(&["export", b, a, "--threads", "2"]).ok().out, first);
}

#[test]
fn unsure_statements_are_left_out_when_asked_for() {
    let all = run(&["stats", GRAPH, "--json"]).ok().json();
    let sure = run(&["stats", GRAPH, "--json", "--min-confidence", "0.8"]).ok().json();
    assert_eq!((&all["claims"], &sure["claims"]), (&Value::from(9), &Value::from(7)));
    assert_eq!(all["entities"], sure["entities"]);
}

// Output

#[test]
fn the_ending_says_how_a_graph_is_written_and_it_is_read_back() {
    let (_folder, path) = folder();
    let whole = graph_as_json(GRAPH);
    for ending in ["ttl", "nt", "nq", "trig", "rdf", "jsonld", "json", "ttl.gz", "json.gz"] {
        let target = path(&format!("graph.{ending}"));
        run(&["build", GRAPH, "-o", &target]).with_code(0).says("9 claims");
        assert_eq!(graph_as_json(&target), whole, "{ending}");
        let gzip = fs::read(&target).expect("written").starts_with(&[0x1F, 0x8B]);
        assert_eq!(gzip, ending.ends_with(".gz"), "{ending}");
    }
    let target = path("graph.dat");
    run(&["build", GRAPH, "-o", &target, "--format", "trig"]).with_code(0);
    run(&["stats", &target, "--input-format", "trig"]).ok().prints("9 claims");
}

#[test]
fn profiles_are_read_back() {
    let (_folder, path) = folder();
    let whole = graph_as_json(GRAPH);
    for (profile, ending) in [("default", "nt"), ("rdf12", "ttl"), ("named-graphs", "trig")] {
        let target = path(&format!("{profile}.{ending}"));
        run(&["export", GRAPH, "-o", &target, "--profile", profile]).ok();
        assert_eq!(graph_as_json(&target), whole, "{profile}");
    }
}

#[test]
fn every_format_is_written_to_a_pipe() {
    for (format, start) in [
        ("turtle", "@prefix"),
        ("ttl", "@prefix"),
        ("TURTLE", "@prefix"),
        ("ntriples", "<"),
        ("nquads", "<"),
        ("trig", "@prefix"),
        ("rdfxml", "<?xml"),
        ("jsonld", "{"),
        ("json", "{"),
        ("dot", "digraph"),
        ("graphml", "<?xml"),
        ("csv", "id,"),
    ] {
        let out = run(&["export", GRAPH, "--format", format]).ok().out;
        assert!(out.starts_with(start), "{format}: {}", &out[..out.len().min(80)]);
    }
}

#[test]
fn csv_fills_a_folder() {
    let (_folder, path) = folder();
    let tables = path("tables");
    run(&["export", GRAPH, "--format", "csv", "-o", &tables]).with_code(0).says("no place for");
    for table in ["nodes.csv", "edges.csv", "evidence.csv"] {
        let text = fs::read_to_string(Path::new(&tables).join(table)).expect(table);
        assert!(text.lines().count() > 9, "{table}: {text}");
    }
}

#[test]
fn a_failed_write_leaves_the_old_file() {
    let (_folder, path) = folder();
    let old = path("old.ttl");
    fs::write(&old, "old").expect("written");
    run(&["export", GRAPH, "-o", &old, "--profile", "named-graphs"]).with_code(2);
    assert_eq!(fs::read_to_string(&old).expect("still there"), "old");
    let nowhere = path("no/such/folder/graph.ttl");
    run(&["build", GRAPH, "-o", &nowhere]).with_code(2).says("graph.ttl");
    run(&["export", GRAPH, "-o", &path("graph.papyrus")]).with_code(2).says("--format");
    run(&["build", GRAPH, "-o", &path("graph.dot")]).with_code(2).says("read back");
    let left: Vec<_> = fs::read_dir(path("")).expect("listed").collect();
    assert_eq!(left.len(), 1, "no leftovers: {left:?}");
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    for args in [
        &["export", GRAPH, "--format", "ntriples"][..],
        &["export", GRAPH, "--format", "json"],
        &["export", GRAPH, "--format", "rdfxml"],
        &["list", GRAPH],
        &["stats", GRAPH, "--json"],
        &["query", GRAPH, "-q", "SELECT * { ?s ?p ?o }", "--format", "json"],
        &["query", GRAPH, "-q", "SELECT * { ?s ?p ?o }"],
        &["completions", "bash"],
        &["man"],
        &["licenses"],
        &["--help"],
    ] {
        let mut child = program()
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        drop(child.stdout.take());
        let run = finished(child.wait_with_output().expect("the program ends"));
        assert_eq!((run.code, run.err.as_str()), (Some(0), ""), "{args:?}");
    }
}

#[test]
fn a_pipe_gets_no_colour() {
    for no_color in [None, Some("1")] {
        for args in [&["show", "dahl", GRAPH][..], &["stats", GRAPH], &["shout"]] {
            let mut command = program();
            if let Some(value) = no_color {
                command.env("NO_COLOR", value);
            }
            let run = finished(command.args(args).output().expect("the program starts"));
            assert!(!run.out.contains('\x1b') && !run.err.contains('\x1b'), "{args:?}");
        }
    }
}

// Inspection

#[test]
fn inspections_answer_as_json() {
    let stats = run(&["stats", GRAPH, "--json"]).ok().json();
    assert_eq!(stats["evidence"], 9);
    assert_eq!(stats["attributed"], 4);
    assert_eq!(stats["contested_claims"], 2);
    assert_eq!(stats["polarity"][1], serde_json::json!({"name": "denied", "count": 2}));

    let list = run(&["list", GRAPH, "--json", "--class", "country"]).ok().json();
    let names: Vec<_> = list.as_array().expect("a list").iter().map(|one| &one["name"]).collect();
    assert_eq!(names, ["Denmark", "Norway", "Sweden"]);
    assert_eq!(list[1]["type"], "Place");
    assert_eq!(list[1]["subtype"], "Country");

    let show = run(&["show", "erik lund", GRAPH, "--json"]).ok().json();
    assert_eq!(show["id"], "person/erik-lund");
    assert_eq!(show["documents"].as_array().map(Vec::len), Some(2));
    assert_eq!(show["claims_out"].as_array().map(Vec::len), Some(2));
    assert_eq!(show["claims_in"].as_array().map(Vec::len), Some(1));

    let path = run(&["path", "Ingrid Dahl", "Northwind Shipping", GRAPH, "--json"]).ok().json();
    let relations: Vec<_> =
        path["steps"].as_array().expect("steps").iter().map(|step| &step["relation"]).collect();
    assert_eq!(relations, ["metWith", "metWith", "headOf"]);
    assert_eq!(path["steps"][0]["forward"], false);
    assert_eq!(path["through_denied"], false);

    let check = run(&["check", GRAPH, "--json"]).ok().json();
    assert_eq!((&check["verdict"], &check["quotes_verified"]), (&"ok".into(), &9.into()));
}

#[test]
fn why_gives_the_evidence_with_its_circumstances() {
    let why = run(&["why", "sweden", "party to", "the harbour accord", GRAPH, "--json"]).ok();
    let evidence = &why.json()["claims"][0]["evidence"][0];
    assert_eq!(evidence["polarity"], "denied");
    assert_eq!(evidence["attributed_to"]["name"], "Ingrid Dahl");
    assert_eq!(evidence["document"]["publisher"], "Example Courier");
    assert_eq!(evidence["head_span"], serde_json::json!([114, 120]));

    run(&["why", "sweden", "party to", "the harbour accord", GRAPH])
        .ok()
        .prints("“\"[Sweden] is not a party to the [Harbour Accord],\" Dahl said.”")
        .prints("denied, asserted, says Ingrid Dahl")
        .prints("Example Courier, 2031-03-14");
}

#[test]
fn relations_are_named_by_labels_in_any_case_and_parents_include_children() {
    for relation in ["spokespersonOf", "Spokesperson Of", "spokesman of", "affiliatedWith"] {
        run(&["why", "DAHL", relation, "foreign ministry", GRAPH]).ok().prints("role: spokeswoman");
    }
    run(&["why", "Erik Lund", "met with", "Ingrid Dahl", GRAPH]).ok().prints("1 statement");
    run(&["why", "Ingrid Dahl", "met with", "Erik Lund", GRAPH]).ok().prints("1 statement");
    run(&["why", "Ingrid Dahl", "headOf", "Foreign Ministry", GRAPH])
        .ok()
        .prints("No statement that")
        .prints("spokesperson of");
}

#[test]
fn names_match_tolerantly() {
    for name in ["Århus", "arhus", "A\u{30A}RHUS", "place/arhus", " the Arhus "] {
        run(&["show", name, GRAPH]).ok().prints("key: place/arhus");
    }
    run(&["show", "harbour workers' union", GRAPH]).ok().prints("Harbour Workers’ Union");
    let iri = "https://w3id.org/newsgraph/id/person/erik-lund";
    run(&["show", iri, GRAPH]).ok().prints("Erik Lund");
}

#[test]
fn a_misspelling_is_answered_with_did_you_mean() {
    run(&["show", "Ingrid Dal", GRAPH]).with_code(2).says("did you mean \"Ingrid Dahl\"?");
    run(&["why", "Dahl", "spokespersn of", "Foreign Ministry", GRAPH])
        .with_code(2)
        .says("did you mean");
    run(&["list", GRAPH, "--class", "Organisation"]).with_code(2).says("\"Organization\"");
    run(&["query", GRAPH, "--example", "who-speaks-for-who"]).with_code(2).says("did you mean");
    run(&["show", "Zzyzx", GRAPH]).with_code(2).says("newsgraph list");
}

#[test]
fn a_name_of_several_lists_them() {
    let text = fs::read_to_string(GRAPH).expect("the fixture");
    let (_folder, path) = folder();
    let twins = path("twins.json");
    fs::write(&twins, text.replace("\"name\": \"Okoye\"", "\"name\": \"Erik Lund\"")).unwrap();
    run(&["show", "erik lund", &twins])
        .with_code(2)
        .says("may mean 2 things")
        .says("person/erik-lund")
        .says("person/okoye");
    run(&["why", "erik lund", "head of", "harbour workers' union", &twins])
        .ok()
        .prints("Erik Lund — head of → Harbour Workers’ Union");
    run(&["show", "person/okoye", &twins]).ok().prints("key: person/okoye");
}

#[test]
fn entities_without_a_path_are_told_so() {
    run(&["path", "Norway", "Oslo", GRAPH]).ok().prints("No chain of claims");
    run(&["path", "Northwind Shipping", "Baltic Ferries", GRAPH]).ok().prints("only denied");
}

#[test]
fn a_tampered_text_fails_the_check() {
    let (_folder, path) = folder();
    let file = path("tampered.ttl");
    let turtle = run(&["export", GRAPH]).ok().out;
    let tampered = turtle.replace("isString \"\"\"Norway and", "isString \"\"\"Norway, not");
    assert_ne!(turtle, tampered);
    fs::write(&file, tampered).expect("written");
    run(&["check", &file]).with_code(1).prints("the quote").prints("failed");
}

#[test]
fn claims_without_evidence_and_plain_statements_fail_the_check() {
    let (_folder, path) = folder();
    let triples = run(&["export", GRAPH, "--format", "ntriples"]).ok().out;
    let bare = path("bare.nt");
    let lines = triples.lines().filter(|line| !line.contains("ontology#evidence>"));
    fs::write(&bare, lines.collect::<Vec<_>>().join("\n")).expect("written");
    run(&["check", &bare])
        .with_code(1)
        .prints("a claim that lacks evidence")
        .prints("evidence of no claim");
    let data = "https://w3id.org/newsgraph/id";
    let plain = format!(
        "<{data}/person/okoye> <https://w3id.org/newsgraph/ontology#headOf> \
         <{data}/organization/baltic-ferries> .\n"
    );
    let added = path("added.nt");
    fs::write(&added, triples + &plain).expect("written");
    run(&["check", &added]).with_code(1).prints("stated plainly");
}

#[test]
fn a_graph_without_texts_is_unverifiable() {
    let (_folder, path) = folder();
    for ending in ["ttl", "json"] {
        let file = path(&format!("bare.{ending}"));
        run(&["build", GRAPH, "-o", &file, "--no-text"]).with_code(0);
        let check = run(&["check", &file, "--json"]).with_code(1).json();
        assert_eq!(check["verdict"], "unverifiable", "{ending}");
        assert_eq!(check["quotes_verified"], 0, "{ending}");
    }
}

// Queries

#[test]
fn a_query_comes_from_an_option_a_file_or_standard_input() {
    let query = "SELECT ?name { ?who ng:headOf ?what ; rdfs:label ?name } ORDER BY ?name";
    let (_folder, path) = folder();
    let file = path("question.rq");
    fs::write(&file, query).expect("written");
    let expected = "name\r\nClara Beaumont\r\nErik Lund\r\n";
    for args in [["-q", query], ["-f", &file]] {
        let args = [&["query", GRAPH, "--format", "csv"][..], &args].concat();
        assert_eq!(run(&args).ok().out, expected);
    }
    let args = ["query", GRAPH, "--format", "csv"];
    assert_eq!(run_with_input(&args, query.as_bytes()).ok().out, expected);
    run(&["query", GRAPH]).with_code(2).says("no query");
    run(&["query", "-"]).with_code(2).says("standard input is a source");
}

#[test]
fn ready_questions_are_answered_and_listed_in_the_help() {
    let help = run(&["query", "--help"]).ok();
    assert!(help.out.contains("who-speaks-for-whom: "), "{}", help.out);
    run(&["query", GRAPH, "--example", "who-speaks-for-whom"]).ok().prints("Ingrid Dahl");
}

#[test]
fn query_results_have_formats_and_limits() {
    let query = "SELECT ?s { ?s a ng:Person }";
    let json = run(&["query", GRAPH, "-q", query, "--format", "json"]).ok().json();
    assert_eq!(json["results"]["bindings"].as_array().map(Vec::len), Some(4));
    run(&["query", GRAPH, "-q", query, "--format", "xml"]).ok().prints("<sparql");
    run(&["query", GRAPH, "-q", query, "--format", "tsv"]).ok().prints("?s\n");
    run(&["query", GRAPH, "-q", query, "--format", "turtle"]).with_code(2).says("turtle");
    let construct = "CONSTRUCT { ?s a ng:Person } { ?s a ng:Person }";
    run(&["query", GRAPH, "-q", construct, "--format", "nt"]).ok().prints("#Person> .\n");
    run(&["query", GRAPH, "-q", query, "--limit", "1", "--format", "csv"])
        .with_code(0)
        .says("only the first 1 row were written")
        .prints("s\r\n");
}

#[test]
fn a_syntax_error_shows_its_place() {
    run(&["query", GRAPH, "-q", "SELECT ?s {\n ?s ng:headOf }"])
        .with_code(2)
        .says("line 2")
        .says("^");
}

#[test]
fn a_wrong_query_is_told_before_the_sources_are_read() {
    let run = run(&["query", "no-such-file", "-q", "SELECT"]).with_code(2);
    assert!(!run.err.contains("no-such-file"), "{}", run.err);
}

// The rest

#[test]
fn licences_name_the_program_the_data_and_the_crates() {
    run(&["licenses"])
        .ok()
        .prints("Apache-2.0 OR MIT")
        .prints("ontology/gazetteer/")
        .prints("oxigraph");
}

#[test]
fn completions_know_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(&["completions", shell]).ok();
        for command in COMMANDS {
            assert!(script.out.contains(command), "{shell}: {command}");
        }
    }
    run(&["completions", "tcsh"]).with_code(2);
}

#[test]
fn the_manual_has_every_command() {
    let page = run(&["man"]).ok();
    assert!(page.out.contains(".TH newsgraph"), "{}", page.out);
    for command in COMMANDS {
        let title = format!(".SH \"COMMAND {}\"", command.to_uppercase());
        assert!(page.out.contains(&title), "{command}");
    }
}

/// A copy of the built-in ontology with `edit` applied to the rules of `founderOf`.
fn ontology_copy(target: &Path, edit: impl Fn(&str) -> String) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("ontology");
    for entry in walkdir::WalkDir::new(&root) {
        let entry = entry.expect("the ontology is readable");
        let place = target.join(entry.path().strip_prefix(&root).expect("below the root"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(place).expect("the copy is writable");
        } else {
            fs::copy(entry.path(), place).expect("the copy is writable");
        }
    }
    let rules = target.join("rules/en/founderOf.toml");
    let text = fs::read_to_string(&rules).expect("the rules are there");
    fs::write(rules, edit(&text)).expect("the copy is writable");
}

#[test]
fn an_ontology_folder_replaces_the_built_in_one_and_its_examples_are_checked() {
    let (_folder, path) = folder();
    let copy = path("ontology");
    ontology_copy(Path::new(&copy), str::to_owned);
    let built_in = run(&["export", ARTICLES, "--format", "json"]).ok().out;
    let replaced = run(&["export", ARTICLES, "--format", "json", "--ontology", &copy]).ok().out;
    assert_eq!(replaced, built_in);

    ontology_copy(Path::new(&copy), |rules| {
        rules.replace("[s:Person Ann Lee] founded", "[s:Person Ann Lee] liked")
    });
    run(&["export", ARTICLES, "--ontology", &copy]).with_code(2).says("rules/en/founderOf.toml:");
}
