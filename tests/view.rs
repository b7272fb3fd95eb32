//! `view`: the page is written whole, holds what articles say as data alone, and needs nothing else.

mod support;

use std::path::Path;

use support::run;

/// What stands between two texts of the page.
fn between<'p>(page: &'p str, before: &str, after: &str) -> &'p str {
    let (_, rest) = page.split_once(before).expect("the page has it");
    rest.split_once(after).expect("it ends").0
}

#[test]
fn the_page_holds_the_graph_as_data_and_allows_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder for the page");
    let text = "Title <script>alert(1)</script> & more\n\nMary Stone, the spokeswoman for Acme \
                Corporation, said \"</script><b>no</b>\" on Friday.\n";
    std::fs::write(folder.path().join("a.txt"), text).expect("the folder is writable");
    let written = run(folder.path(), &["view", "a.txt", "-o", "a.html", "--no-open"]);
    assert_eq!(String::from_utf8_lossy(&written.stdout).trim(), "a.html");
    let page = std::fs::read_to_string(folder.path().join("a.html")).expect("the page is there");
    assert_eq!(page.matches("<script").count(), 2, "the data and the script of the page");
    assert!(!page.contains("src=") && !page.contains("<link") && !page.contains("@import"));
    let data = between(&page, "id=\"data\">", "</script>");
    let data: serde_json::Value = serde_json::from_str(data).expect("it is JSON");
    let quotes: Vec<&str> = data["edges"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|edge| edge["statements"][0]["quote"].as_str())
        .collect();
    assert!(quotes.iter().any(|quote| quote.contains("</script><b>no</b>")), "{quotes:?}");
    let names: Vec<&str> = data["nodes"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|n| n["name"].as_str())
        .collect();
    assert!(names.contains(&"Mary Stone") && names.contains(&"Acme Corporation"), "{names:?}");
}

#[test]
fn parts_of_a_statement_are_relative_to_its_sentence() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().expect("a folder for the page");
    let file = folder.path().join("truce.html");
    let file = file.to_str().expect("a name in UTF-8");
    run(root, &["view", "examples/border-truce.txt", "--no-open", "-o", file]);
    let page = std::fs::read_to_string(file).expect("the page is there");
    let data: serde_json::Value =
        serde_json::from_str(between(&page, "id=\"data\">", "</script>")).expect("it is JSON");
    let name = |number: &serde_json::Value| {
        data["nodes"][number.as_u64().expect("a number") as usize]["name"].as_str().expect("text")
    };
    let denied = data["edges"].as_array().expect("a list").iter().find(|edge| {
        name(&edge["head"]) == "Sudan" && edge["statements"][0]["polarity"] == "denied"
    });
    let statement = &denied.expect("Sudan is denied something")["statements"][0];
    let quote: Vec<char> = statement["quote"].as_str().expect("text").chars().collect();
    let part = |name: &str| -> String {
        let at = |end: usize| statement[name][end].as_u64().expect("a number") as usize;
        quote[at(0)..at(1)].iter().collect()
    };
    assert_eq!((part("head").as_str(), part("tail").as_str()), ("Sudanese", "secret agreement"));
    assert_eq!(name(&statement["speaker"]), "Idriss Malloum");
    assert_eq!(statement["days"][0], "2023-04-09");
}
