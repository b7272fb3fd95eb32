//! Embeds the files of `ontology/` so that the program needs nothing beside it, the
//! gazetteer, the rules and the long word lists in compiled form so that starting costs nothing.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

// These compile a folder given at run time as well; some of it is used only there.
#[allow(dead_code)]
#[path = "src/ontology/gazetteer_block.rs"]
mod gazetteer_block;
#[allow(dead_code)]
#[path = "src/ontology/gazetteer_key.rs"]
mod gazetteer_key;
#[path = "src/ontology/gazetteer_table.rs"]
mod gazetteer_table;
#[allow(dead_code, unused_imports)]
#[path = "src/rules/compile/mod.rs"]
mod rules;

/// A word list from this many bytes on is compiled to an fst.
const LONG_LIST: usize = 16 << 10;

fn main() {
    println!("cargo:rerun-if-changed=ontology");
    println!("cargo:rerun-if-changed=build.rs");
    for part in ["block", "key", "table"] {
        println!("cargo:rerun-if-changed=src/ontology/gazetteer_{part}.rs");
    }
    println!("cargo:rerun-if-changed=src/rules/compile");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("ontology");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets it"));
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    let mut embedded = String::from("static EMBEDDED: &[(&str, &str)] = &[\n");
    let mut lists = String::from("static LONG_LISTS: &[(&str, &[u8])] = &[\n");
    let mut headers = String::from("static HEADERS: &[(&str, &str)] = &[\n");
    let mut tables = Vec::new();
    let (mut phrases, mut rule_files) = (Phrases::default(), Vec::new());
    for file in files {
        let name =
            file.strip_prefix(&root).expect("below the root").to_string_lossy().replace('\\', "/");
        if name.starts_with("tools/") || name.ends_with(".md") {
            continue;
        }
        if let Some(table) = name.strip_prefix("gazetteer/") {
            let text = read(&file);
            writeln!(headers, "    ({name:?}, {:?}),", header(&text)).expect("to a string");
            tables.push((table.to_owned(), text));
            continue;
        }
        let list = name.strip_prefix("lexicon/en/").and_then(|name| name.strip_suffix(".txt"));
        if let Some(list) = list {
            phrases.0.insert(list.to_owned(), phrases_of(&read(&file)));
        }
        if let Some(rules) = name.strip_prefix("rules/en/") {
            rule_files.push((rules.to_owned(), read(&file)));
        }
        if let Some(list) = list
            && file.metadata().is_ok_and(|data| data.len() as usize >= LONG_LIST)
        {
            let path = out.join(format!("{list}.fst"));
            let text = read(&file);
            writeln!(headers, "    ({name:?}, {:?}),", header(&text)).expect("to a string");
            write(&path, &word_set(&name, &text));
            // As the program reads them from the fst.
            phrases.0.entry(list.to_owned()).and_modify(|phrases| phrases.sort_unstable());
            writeln!(lists, "    ({list:?}, include_bytes!({:?})),", path.display().to_string())
                .expect("to a string");
            continue;
        }
        writeln!(embedded, "    ({name:?}, include_str!({:?})),", file.display().to_string())
            .expect("to a string");
    }
    let tables = tables.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    // Classes are checked where the schema is read: when the built-in ontology is first used,
    // which every test does.
    let block = gazetteer_table::compile(tables, |_, _| Ok(())).unwrap_or_else(|error| {
        fail(&format!("gazetteer/{}:{}: {}", error.file, error.line, error.message))
    });
    let path = out.join("gazetteer.bin");
    write(&path, &block.to_bytes());
    let gazetteer =
        format!("static GAZETTEER: &[u8] = include_bytes!({:?});\n", path.display().to_string());
    let rule_files: Vec<_> =
        rule_files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let block = rules::Block::compile(&rule_files, &phrases).unwrap_or_else(|fault| {
        let line = fault.line.map(|line| format!(":{line}")).unwrap_or_default();
        fail(&format!("{}{line}: {}", fault.file, fault.message))
    });
    let path = out.join("rules.bin");
    write(&path, &block.to_bytes());
    let rules =
        format!("static RULES: &[u8] = include_bytes!({:?});\n", path.display().to_string());
    write(
        &out.join("embedded.rs"),
        format!("{embedded}];\n{lists}];\n{headers}];\n{gazetteer}{rules}").as_bytes(),
    );
}

/// The phrases of every word list.
#[derive(Default)]
struct Phrases(BTreeMap<String, Vec<String>>);

impl rules::WordLists for Phrases {
    fn phrases(&self, list: &str) -> Option<&[String]> {
        self.0.get(list).map(Vec::as_slice)
    }
}

/// The phrases of a list without what is known of each.
fn phrases_of(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim).filter(|p| !p.is_empty() && !p.starts_with('#'));
    lines.map(|line| line.split('\t').next().unwrap_or(line).trim_end().to_owned()).collect()
}

/// The comment at the top of a file, which says where it comes from and under which licence.
fn header(text: &str) -> String {
    text.lines().take_while(|line| line.starts_with('#')).collect::<Vec<_>>().join("\n")
}

/// The phrases of a long list as an fst.
fn word_set(name: &str, text: &str) -> Vec<u8> {
    let mut phrases: Vec<&str> =
        text.lines().map(str::trim).filter(|p| !p.is_empty() && !p.starts_with('#')).collect();
    phrases.sort_unstable();
    if let Some(pair) = phrases.windows(2).find(|pair| pair[0] == pair[1]) {
        fail(&format!("{name}: {:?} stands twice in this list", pair[0]));
    }
    let mut builder = fst::SetBuilder::memory();
    builder.extend_iter(phrases).expect("phrases come sorted and once each");
    builder.into_inner().expect("writing to memory does not fail")
}

fn fail(message: &str) -> ! {
    println!("cargo:warning=ontology/{message}");
    std::process::exit(1)
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path)
        .unwrap_or_else(|error| fail(&format!("{}: {error}", path.display())))
}

fn write(path: &Path, bytes: &[u8]) {
    std::fs::write(path, bytes).expect("the output folder is writable");
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the ontology folder is readable") {
        let path = entry.expect("the ontology folder is readable").path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}
