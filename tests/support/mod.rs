//! Runs the program on a text as a user would, and reads the graph that it prints.

#![allow(dead_code, reason = "each test binary uses a part")]

use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// The program with these arguments, in `folder`, with nothing on standard input.
pub fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_newsgraph"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .expect("the program starts")
}

/// The graph of one article, as the JSON form says.
pub fn graph_of(text: &str) -> Value {
    let folder = tempfile::tempdir().expect("a folder for the article");
    std::fs::write(folder.path().join("article.txt"), text).expect("the article is written");
    let output = run(folder.path(), &["export", "article.txt", "--format", "json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("the program prints JSON")
}

/// The items of a list of the graph.
pub fn items<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value[name].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// A string of an item; empty when it is null or missing.
pub fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_default()
}
