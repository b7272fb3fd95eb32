//! What an input is: its ending says so, its content where the ending may mean several things.

use std::path::Path;

/// What kind of input a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputKind {
    Text,
    Markdown,
    Html,
    /// An article object on each line.
    Jsonl,
    /// One article object, or an array of them.
    Json,
    /// A graph in this program's own JSON.
    GraphJson,
    /// A graph in RDF, with the usual file ending of the format ("ttl", "nt", "jsonld", …).
    Rdf(&'static str),
}

impl InputKind {
    /// Whether articles are read from it here; graph files are only recognised.
    pub fn is_document(self) -> bool {
        !matches!(self, InputKind::GraphJson | InputKind::Rdf(_))
    }

    /// The kind that `--input-format` names.
    pub fn from_name(name: &str) -> Option<Self> {
        KINDS.iter().find(|(ending, _)| *ending == name.to_lowercase()).map(|(_, kind)| *kind)
    }
}

/// File endings (also the names of formats) and what they mean.
const KINDS: &[(&str, InputKind)] = &[
    ("txt", InputKind::Text),
    ("text", InputKind::Text),
    ("md", InputKind::Markdown),
    ("markdown", InputKind::Markdown),
    ("html", InputKind::Html),
    ("htm", InputKind::Html),
    ("xhtml", InputKind::Html),
    ("jsonl", InputKind::Jsonl),
    ("ndjson", InputKind::Jsonl),
    ("json", InputKind::Json),
    ("ttl", InputKind::Rdf("ttl")),
    ("turtle", InputKind::Rdf("ttl")),
    ("nt", InputKind::Rdf("nt")),
    ("ntriples", InputKind::Rdf("nt")),
    ("nq", InputKind::Rdf("nq")),
    ("nquads", InputKind::Rdf("nq")),
    ("trig", InputKind::Rdf("trig")),
    ("rdf", InputKind::Rdf("rdf")),
    ("rdfxml", InputKind::Rdf("rdf")),
    ("owl", InputKind::Rdf("rdf")),
    ("n3", InputKind::Rdf("n3")),
    ("jsonld", InputKind::Rdf("jsonld")),
];

/// The ending of a path in lower case, without ".gz".
fn ending(path: &Path) -> Option<String> {
    let lower = |path: &Path| path.extension().map(|end| end.to_string_lossy().to_lowercase());
    match lower(path)?.as_str() {
        "gz" => lower(Path::new(path.file_stem()?)),
        other => Some(other.to_owned()),
    }
}

/// Whether a file found in a folder may be a document, judged by its name alone.
pub(super) fn may_be_document(path: &Path) -> bool {
    ending(path)
        .and_then(|ending| InputKind::from_name(&ending))
        .is_some_and(InputKind::is_document)
}

/// What the file at `path` is, given its first (decompressed) bytes. An unknown ending, or
/// none, is judged by the content alone, and is plain text where that says nothing.
pub fn kind_of(path: &Path, first: &[u8]) -> InputKind {
    let named = ending(path).and_then(|ending| match ending.as_str() {
        "xml" => None,
        ending => InputKind::from_name(ending),
    });
    let content = visible(first);
    match named {
        Some(InputKind::Json) => json_kind(&content),
        Some(InputKind::Jsonl) if is_graph(&content) => InputKind::GraphJson,
        Some(InputKind::Html) if content.contains("<rdf:RDF") => InputKind::Rdf("rdf"),
        Some(kind) => kind,
        None => guess(&content),
    }
}

/// The bytes as far as they are ASCII, which is all that kinds are told by; UTF-16 loses its
/// zero bytes.
fn visible(first: &[u8]) -> String {
    let ascii: String = first
        .iter()
        .filter(|byte| byte.is_ascii() && **byte != 0)
        .map(|byte| *byte as char)
        .collect();
    ascii.trim_start().to_owned()
}

fn guess(content: &str) -> InputKind {
    let start: String = content.chars().take(1000).collect::<String>().to_lowercase();
    if start.contains("<rdf:rdf") {
        return InputKind::Rdf("rdf");
    }
    if start.starts_with("<!doctype html") || start.starts_with("<html") || start.contains("<html")
    {
        return InputKind::Html;
    }
    if start.starts_with("@prefix") || start.starts_with("@base") || start.starts_with("prefix ") {
        return InputKind::Rdf("ttl");
    }
    if content.starts_with('{') || is_array(content) {
        return json_kind(content);
    }
    InputKind::Text
}

fn is_array(content: &str) -> bool {
    content.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with(['{', ']']))
}

fn json_kind(content: &str) -> InputKind {
    if is_graph(content) {
        return InputKind::GraphJson;
    }
    let is_article = ["\"articleBody\"", "NewsArticle", "\"headline\""];
    if content.contains("\"@context\"") && !is_article.iter().any(|mark| content.contains(mark)) {
        return InputKind::Rdf("jsonld");
    }
    // A second object after the end of the first line is what ".jsonl" holds.
    let mut lines = content.lines().map(str::trim).filter(|line| !line.is_empty());
    match (lines.next(), lines.next()) {
        (Some(first), Some(second))
            if first.starts_with('{') && first.ends_with('}') && second.starts_with('{') =>
        {
            InputKind::Jsonl
        }
        _ => InputKind::Json,
    }
}

fn is_graph(content: &str) -> bool {
    let start: String = content.chars().take(200).filter(|c| !c.is_whitespace()).collect();
    start.starts_with("{\"format\":\"newsgraph/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        let check = |path: &str, first: &str, kind: InputKind| {
            assert_eq!(kind_of(Path::new(path), first.as_bytes()), kind, "{path} {first}");
        };
        check("a.txt", "<html>", InputKind::Text);
        check("A.TXT.GZ", "", InputKind::Text);
        check("a.md", "", InputKind::Markdown);
        check("a.json", "{\"text\": \"x\"}", InputKind::Json);
        check("a.json", "{\"format\": \"newsgraph/1\"", InputKind::GraphJson);
        check("a.json", "{\"@context\": {}, \"@id\": \"x\"}", InputKind::Rdf("jsonld"));
        check(
            "a.json",
            "{\"@context\": \"https://schema.org\", \"articleBody\": \"x\"}",
            InputKind::Json,
        );
        check("a.json", "{\"text\": 1}\n{\"text\": 2}\n", InputKind::Jsonl);
        check("a.xml", "<?xml version='1.0'?><rdf:RDF", InputKind::Rdf("rdf"));
        check("a.nq.gz", "", InputKind::Rdf("nq"));
        check("-", "<!DOCTYPE html><html>", InputKind::Html);
        check("-", "@prefix ng: <x>", InputKind::Rdf("ttl"));
        check("-", "The council met.", InputKind::Text);
        check("-", "[{\"text\": \"x\"}]", InputKind::Json);
        check("-", "[1] The council", InputKind::Text);
    }
}
