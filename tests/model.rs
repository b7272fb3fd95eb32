//! The trained weights that ship: they load, what they find checks, and neither threads nor
//! neighbours change it; folders of weights that are not whole are refused by name.

mod support;

use std::path::{Path, PathBuf};

use newsgraph::check;
use newsgraph::document::Document;
use newsgraph::export;
use newsgraph::graph::KnowledgeGraph;
use newsgraph::model::{Keep, Model};
use newsgraph::ontology::Ontology;
use newsgraph::pipeline::{BuildSettings, Extractor};
use newsgraph::statement::Origin;
use support::run;
use tempfile::TempDir;

const ARTICLE: &str = "Marlon Tevis, the chairman of Ostrava Steel, met Prime Minister Ada Kolar in \
    Brno on Monday. Kolar said the Czech Republic would not sell its shares in the company. Tevis \
    works with Peter Lindqvist, an adviser to the Swedish government.\n\nThe European Commission \
    fined Ostrava Steel in March. Its spokeswoman, Lena Brandt, said the commission would not \
    comment on the talks in Brno.";

fn extractor(keep: Keep) -> Extractor<'static> {
    let ontology = Ontology::builtin();
    Extractor::with_model(ontology, Model::builtin(ontology), keep).expect("the built-in rules")
}

fn graph_of(extractor: &Extractor<'_>, texts: &[&str]) -> KnowledgeGraph {
    let mut graph = KnowledgeGraph::new();
    let documents = texts.iter().map(|text| Document::prose(text)).collect();
    extractor.build(documents, BuildSettings::default(), &mut graph, &|_| ());
    graph
}

fn json(graph: &KnowledgeGraph) -> String {
    let mut out = Vec::new();
    let schema = &Ontology::builtin().schema;
    export::write_json(graph, schema, &Default::default(), &mut out).expect("memory is writable");
    String::from_utf8(out).expect("JSON is UTF-8")
}

fn weights() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("models/en")
}

fn copy_of_the_weights() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for entry in std::fs::read_dir(weights()).expect("the weights") {
        let entry = entry.expect("the weights");
        std::fs::copy(entry.path(), folder.path().join(entry.file_name())).expect("a copy");
    }
    folder
}

#[test]
fn the_model_alone_names_people_and_places() {
    let graph = graph_of(&extractor(Keep::Model), &[ARTICLE]);
    let names: Vec<&str> = graph.entities().map(|(_, entity)| &*entity.name).collect();
    for name in ["Marlon Tevis", "Ada Kolar", "Peter Lindqvist", "Lena Brandt", "Brno"] {
        assert!(names.contains(&name), "{name} is not among {names:?}");
    }
}

#[test]
fn the_model_alone_relates_what_articles_relate() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let articles: Vec<String> = std::fs::read_dir(folder)
        .expect("the golden articles")
        .map(|entry| entry.expect("the golden articles").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .map(|path| std::fs::read_to_string(path).expect("an article"))
        .collect();
    let texts: Vec<&str> = articles.iter().map(String::as_str).collect();
    let graph = graph_of(&extractor(Keep::Model), &texts);
    assert!(graph.claims().len() >= articles.len(), "{} claims", graph.claims().len());
    for evidence in graph.claims().flat_map(|claim| claim.evidence) {
        assert!(matches!(evidence.origin, Origin::Model(_)), "{:?}", evidence.origin);
    }
}

#[test]
fn what_it_finds_stands_where_it_says() {
    for keep in [Keep::Model, Keep::Both] {
        let graph = graph_of(&extractor(keep), &[ARTICLE]);
        let report = check::check(&graph, &Ontology::builtin().schema);
        assert!(report.findings.is_empty(), "{:?}", report.findings);
    }
}

#[test]
fn neither_threads_nor_neighbours_change_the_bytes() {
    let extractor = extractor(Keep::Both);
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| {
            json(&graph_of(&extractor, &[ARTICLE, "Ann Lee met Bo Park in Oslo.", ARTICLE]))
        })
    };
    assert_eq!(with(1), with(3));
    let claims = |graph: &KnowledgeGraph| {
        let evidence = graph.claims().flat_map(|claim| claim.evidence.to_vec());
        evidence.map(|one| (one.quote.to_string(), one.confidence)).collect::<Vec<_>>()
    };
    let alone = claims(&graph_of(&extractor, &[ARTICLE]));
    let beside = claims(&graph_of(&extractor, &[ARTICLE, "It rained in Oslo on Friday."]));
    assert_eq!(alone, beside[..alone.len()]);
}

/// Waiting for the model once took up the next document on top of the last, until a stack ended.
#[test]
fn many_documents_do_not_pile_up_on_a_stack() {
    let texts: Vec<String> =
        (0..400).map(|at| format!("Marlon Tevis met Ada Kolar in Brno on day {at}.")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let graph = graph_of(&extractor(Keep::Both), &texts);
    assert_eq!(graph.documents().count(), 400);
}

#[test]
fn awkward_texts_are_read() {
    let extractor = extractor(Keep::Both);
    let long = format!("{} met Ann Lee.", "Oslo, ".repeat(400));
    for text in ["", ".", "\u{feff}\u{200b}", "Ann", "’s ’s ’s", &long, &"a".repeat(5000)] {
        json(&graph_of(&extractor, &[text]));
    }
}

#[test]
fn settings_that_do_not_fit_the_graphs_are_refused() {
    let settings = std::fs::read_to_string(weights().join("model.json")).expect("the settings");
    for (from, to, file) in [
        ("\"Agreement\"\n", "\"Agreement\", \"Place\"\n", "encoder.onnx"),
        ("\"worksFor\"\n", "\"worksFor\", \"headOf\"\n", "pairs.onnx"),
    ] {
        assert!(settings.contains(from), "{from}");
        let folder = copy_of_the_weights();
        std::fs::write(folder.path().join("model.json"), settings.replacen(from, to, 1))
            .expect("a file");
        let refused = Model::load(folder.path(), Ontology::builtin()).err().map(|e| e.to_string());
        assert!(refused.as_deref().is_some_and(|error| error.contains(file)), "{refused:?}");
    }
}

#[test]
fn a_folder_that_is_not_whole_is_refused_with_the_file() {
    let ontology = Ontology::builtin();
    let refused = |folder: &Path| match Model::load(folder, ontology) {
        Ok(_) => panic!("{} was taken", folder.display()),
        Err(error) => error.to_string(),
    };
    let empty = tempfile::tempdir().expect("a folder");
    assert!(refused(empty.path()).contains("model.json"), "{}", refused(empty.path()));
    for file in ["model.json", "vocab.txt", "embeddings.bin", "encoder.onnx", "pairs.onnx"] {
        let folder = copy_of_the_weights();
        assert!(Model::load(folder.path(), ontology).is_ok());
        std::fs::write(folder.path().join(file), b"not this").expect("a file");
        assert!(refused(folder.path()).contains(file), "{}", refused(folder.path()));
    }
}

#[test]
fn the_command_line_chooses_extractor_and_weights() {
    let export = |options: &[&str]| {
        let arguments = [&["export", "examples/border-truce.txt", "--format", "json"], options];
        let output = run(Path::new(env!("CARGO_MANIFEST_DIR")), &arguments.concat());
        let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let both = export(&["--extractor", "both"]);
    assert_eq!((both.0, &*both.2), (Some(0), ""));
    assert_eq!(both, export(&["--extractor", "both", "--model", "models/en"]));
    assert_ne!(both.1, export(&["--extractor", "model"]).1);
    let (code, out, message) = export(&["--model", "models/en"]);
    assert_eq!((code, &*out), (Some(2), ""));
    assert!(message.contains("--extractor model"), "{message}");
    let (code, out, message) = export(&["--extractor", "both", "--model", "tests/no-such-folder"]);
    assert_eq!((code, &*out), (Some(2), ""));
    assert!(message.contains("model.json"), "{message}");
}
