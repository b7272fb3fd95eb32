//! House rules that the compiler does not know: layers import downward only, only the command
//! line prints, the domain stays in the ontology, files say what they own.

#[path = "layers/source.rs"]
mod source;

use std::path::{Path, PathBuf};

use newsgraph::ontology::Ontology;
use source::{Lexeme, Token, crate_paths, tokens};

/// The layers, lowest first. Those of one row never import each other.
const LAYERS: &[&[&str]] = &[
    &["span", "confidence", "statement"],
    &["ontology"],
    &["document"],
    &["read", "token", "mention"],
    &["rules", "time"],
    &["extract"],
    &["resolve", "model"],
    &["graph"],
    &["pipeline", "rdf", "select", "analysis"],
    &["query", "export", "inspect"],
    &["check", "evaluate", "corrections"],
    &["cli"],
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn rank(layer: &str) -> Option<usize> {
    LAYERS.iter().position(|row| row.contains(&layer))
}

/// All Rust files below `src/`, sorted, as (path below `src/` with `/`, text).
fn files() -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("src is readable") {
            let path: PathBuf = entry.expect("src is readable").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let below = path.strip_prefix(root().join("src")).expect("it is below src");
                let name = below.to_string_lossy().replace('\\', "/");
                files.push((name, std::fs::read_to_string(&path).expect("src is readable")));
            }
        }
    }
    files.sort();
    files
}

/// The modules of a file from the root: `a/b.rs` is `a::b`, `a/mod.rs` is `a`, `lib.rs` none.
fn module(file: &str) -> Vec<&str> {
    let path = file.trim_end_matches(".rs").trim_end_matches("/mod");
    if path == "lib" { Vec::new() } else { path.split('/').collect() }
}

/// Faults of one file against the layers.
fn upward_imports(file: &str, text: &str) -> Vec<String> {
    let module = module(file);
    let Some(&layer) = module.first().filter(|layer| **layer != "main") else {
        return Vec::new();
    };
    let Some(own) = rank(layer) else {
        return vec![format!("{file}: the layer {layer} has no rank in tests/layers.rs")];
    };
    let mut faults = Vec::new();
    for (line, path) in crate_paths(&tokens(text), &module) {
        let Some(target) = path.first().filter(|target| *target != layer) else { continue };
        match rank(target) {
            Some(rank) if rank >= own => {
                faults.push(format!("src/{file}:{line}: {layer} imports {}", path.join("::")));
            }
            _ => {}
        }
    }
    faults
}

#[test]
fn layers_import_downward_only() {
    let files = files();
    let faults: Vec<String> =
        files.iter().flat_map(|(file, text)| upward_imports(file, text)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    for layer in LAYERS.concat() {
        assert!(
            files.iter().any(|(file, _)| module(file).first() == Some(&layer)),
            "the layer {layer} is not in src/"
        );
    }
}

#[test]
fn an_upward_import_is_found_however_it_is_spelt() {
    let cases = [
        ("rules/load.rs", "use crate::cli::run;"),
        ("rules/load.rs", "use crate::{span, cli::{self, run}};"),
        ("rules/load.rs", "fn f() { crate::extract::names::find() }"),
        ("rules/load.rs", "use super::super::graph::Entity;"),
        ("rules/mod.rs", "use super::graph;"),
        ("rules/load.rs", "mod inner { use super::super::super::cli::run; }"),
        ("rules/load.rs", "mod a { fn f() {} } use super::super::cli::run;"),
        ("rdf/mod.rs", "use crate::pipeline::build;"),
        ("read/text.rs", "use crate::token::Token;"),
        ("graph/mod.rs", "fn f() -> Vec<crate::pipeline::Built> { vec![] }"),
        ("graph/mod.rs", "const Q: char = '\"'; use crate::cli; const R: &str = \"\";"),
    ];
    for (file, text) in cases {
        assert!(!upward_imports(file, text).is_empty(), "{file}: {text}");
    }
    let sound = [
        ("rules/load.rs", "// use crate::cli::run;\nuse crate::span::ByteSpan;"),
        ("rules/load.rs", "/* crate::cli /* nested */ */ const A: &str = \"crate::cli\";"),
        ("rules/load.rs", "const A: &str = r#\"crate::cli \" \"#; use super::matcher::Matcher;"),
        ("rules/load.rs", "mod tests { use super::super::matcher; use super::*; }"),
        ("rules/load.rs", "use crate::rules::cli;"),
        ("cli/mod.rs", "use crate::{check, query::{self, Answer}};"),
        ("main.rs", "fn main() { newsgraph::cli::main() }"),
    ];
    for (file, text) in sound {
        assert_eq!(upward_imports(file, text), Vec::<String>::new(), "{file}: {text}");
    }
}

#[test]
fn every_file_opens_by_saying_what_it_owns() {
    for (file, text) in files() {
        assert!(text.starts_with("//! "), "src/{file} does not open with a //! comment");
    }
}

/// Whether a file is part of the tests: `tests.rs`, or anything in a folder `tests`.
fn is_test_file(file: &str) -> bool {
    module(file).contains(&"tests")
}

fn words(tokens: &[Token]) -> impl Iterator<Item = (usize, &str)> {
    tokens.iter().filter(|token| !token.in_test).filter_map(|token| match &token.lexeme {
        Lexeme::Word(word) => Some((token.line, word.as_str())),
        _ => None,
    })
}

#[test]
fn only_the_command_line_prints() {
    const PRINTING: &[&str] =
        &["println", "print", "eprintln", "eprint", "dbg", "stdout", "stderr"];
    for (file, text) in files() {
        if file == "main.rs" || file.starts_with("cli/") || is_test_file(&file) {
            continue;
        }
        for (line, word) in words(&tokens(&text)) {
            assert!(!PRINTING.contains(&word), "src/{file}:{line}: {word} outside src/cli");
        }
    }
}

#[test]
fn nothing_is_left_for_later() {
    for (file, text) in files() {
        for (line, word) in words(&tokens(&text)) {
            assert!(!["todo", "unimplemented"].contains(&word), "src/{file}:{line}: {word}");
        }
    }
}

/// Subclasses and relations are data: no string outside tests names one. A name that is also an
/// English word counts only where it is the whole string, or has a prefix.
#[test]
fn no_subclass_or_relation_is_named_in_the_code() {
    let schema = &Ontology::builtin().schema;
    let relations = schema.properties().map(|(_, property)| property.name.as_str());
    let subclasses = schema.subclasses().map(|(_, class)| class.name.as_str());
    let names: Vec<&str> = relations.chain(subclasses).collect();
    let mut faults = Vec::new();
    for (file, text) in files() {
        if is_test_file(&file) {
            continue;
        }
        let tokens = tokens(&text);
        for (at, token) in tokens.iter().enumerate().filter(|(_, token)| !token.in_test) {
            let Lexeme::Text(text) = &token.lexeme else { continue };
            // Help shows what a user may type.
            if at >= 2 && tokens[at - 2].lexeme == Lexeme::Word("after_help".into()) {
                continue;
            }
            let named = names.iter().find(|name| {
                let telling = name[1..].contains(char::is_uppercase);
                let is_word = |word: &str| word == **name;
                *text == **name
                    || text.contains(&format!("ng:{name}"))
                    || (telling && text.split(|c: char| !c.is_alphanumeric()).any(is_word))
            });
            if let Some(name) = named {
                faults.push(format!("src/{file}:{} names {name}: {text:?}", token.line));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Names between backticks in ARCHITECTURE.md that look like paths of the repository.
fn paths_in(text: &str) -> Vec<&str> {
    let code = text.split('`').skip(1).step_by(2);
    let folders = ["src/", "ontology/", "tests/", "benches/", "examples/", ".ci/"];
    code.filter(|name| folders.iter().any(|folder| name.starts_with(folder))).collect()
}

#[test]
fn the_architecture_page_names_what_is_there() {
    let page = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("it is readable");
    let paths = paths_in(&page);
    for path in &paths {
        let fixed = path.split(['*', '<']).next().unwrap_or(path);
        assert!(root().join(fixed).exists(), "ARCHITECTURE.md names {path}, which is not there");
    }
    for layer in LAYERS.concat() {
        let (folder, file) = (format!("src/{layer}/"), format!("src/{layer}.rs"));
        assert!(
            paths.contains(&folder.as_str()) || paths.contains(&file.as_str()),
            "ARCHITECTURE.md does not say what src/{layer} is for"
        );
    }
}

#[test]
fn the_architecture_page_has_a_reason_for_every_crate() {
    let page = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("it is readable");
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).expect("it is readable");
    let manifest: toml::Table = manifest.parse().expect("Cargo.toml is TOML");
    for table in ["dependencies", "build-dependencies", "dev-dependencies"] {
        let crates = manifest.get(table).and_then(|table| table.as_table());
        for name in crates.into_iter().flat_map(|crates| crates.keys()) {
            assert!(page.contains(&format!("`{name}`")), "ARCHITECTURE.md: why {name}?");
        }
    }
}
