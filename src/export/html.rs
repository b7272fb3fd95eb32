//! One self-contained HTML page that shows a graph and answers questions about it: template, style
//! and script from `page/`, the graph as data within. It loads nothing from anywhere.

use std::io::Write;

use sha2::{Digest, Sha256};

use super::page_data::PageData;
use super::{ExportError, ExportOptions, Report};
use crate::graph::KnowledgeGraph;
use crate::ontology::Schema;

const TEMPLATE: &str = include_str!("page/page.html");
const STYLE: &str = include_str!("page/page.css");

/// One function around all, so that the script has no names in common with the page. The order is
/// that of use: a file may call what stands in those before it when it is read, and all later.
const SCRIPT: &str = concat!(
    "(() => {\n\"use strict\";\n",
    include_str!("page/data.js"),
    include_str!("page/dom.js"),
    include_str!("page/state.js"),
    include_str!("page/scene.js"),
    include_str!("page/picture.js"),
    include_str!("page/hand.js"),
    include_str!("page/panel.js"),
    include_str!("page/table.js"),
    include_str!("page/controls.js"),
    include_str!("page/main.js"),
    "})();\n",
);

/// Writes the page. The layout is that of the options, or computed here.
///
/// Nothing from an article can become markup or script: the data stands in an element that is not
/// executed and holds no `<`, the script writes it as text alone, and the content security policy
/// (W3C, "Content Security Policy Level 3") allows only the script and style with these digests.
pub(super) fn write_html(
    graph: &KnowledgeGraph,
    schema: &Schema,
    options: &ExportOptions,
    out: &mut dyn Write,
) -> Result<Report, ExportError> {
    let data = PageData::new(graph, schema, options);
    let script = without_comments(SCRIPT);
    let title = escaped(&data.title());
    let policy = format!(
        "default-src 'none'; script-src '{}'; style-src '{}'; img-src data:; \
         base-uri 'none'; form-action 'none'",
        digest(&script),
        digest(STYLE)
    );
    for (number, part) in TEMPLATE.split("{{").enumerate() {
        let (place, rest) = if number == 0 { ("", part) } else { split_place(part) };
        match place {
            "policy" => out.write_all(policy.as_bytes())?,
            "title" => out.write_all(title.as_bytes())?,
            "style" => out.write_all(STYLE.as_bytes())?,
            "script" => out.write_all(script.as_bytes())?,
            "data" => data.write(out)?,
            _ => {}
        }
        out.write_all(rest.as_bytes())?;
    }
    Ok(Report::default())
}

fn split_place(part: &str) -> (&str, &str) {
    part.split_once("}}").unwrap_or(("", part))
}

/// The script without indentation and without comments that stand on lines of their own, which
/// are a quarter of it. No string in it goes over the end of a line.
fn without_comments(script: &str) -> String {
    let mut kept = String::with_capacity(script.len());
    let mut is_comment = false;
    for line in script.lines().map(str::trim) {
        is_comment |= line.starts_with("/*");
        if !is_comment && !line.is_empty() && !line.starts_with("//") {
            kept.push_str(line);
            kept.push('\n');
        }
        is_comment &= !line.ends_with("*/");
    }
    kept
}

/// As text of an element.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// What a content security policy calls a text: `sha256-` and the digest in Base64 (RFC 4648).
fn digest(text: &str) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut name = String::from("sha256-");
    for bytes in Sha256::digest(text.as_bytes()).chunks(3) {
        let byte = |at: usize| u32::from(bytes.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            let value = (bits >> (18 - 6 * digit)) as usize & 63;
            name.push(if digit <= bytes.len() { char::from(DIGITS[value]) } else { '=' });
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_those_of_the_specification() {
        // The example of Content Security Policy Level 3, section 8.4.
        let expected = "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=";
        assert_eq!(digest("alert('Hello, world.');"), expected);
    }

    #[test]
    fn the_script_is_small_and_ends_no_element() {
        let script = without_comments(SCRIPT);
        assert!(script.len() < 60_000, "the script has {} bytes", script.len());
        for text in [&script, STYLE] {
            assert!(!text.contains("</") && !text.contains("<!--"));
        }
        // What would make markup or code out of text.
        for way in ["innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval("] {
            assert!(!SCRIPT.contains(way), "{way} in the script");
        }
    }

    #[test]
    fn only_comments_are_left_out() {
        let script =
            "// Why.\nlet a = 1; // kept\n/** @type {x} */\n/**\n * More.\n */\n\n  *b() {}\n";
        assert_eq!(without_comments(script), "let a = 1; // kept\n*b() {}\n");
    }

    #[test]
    fn every_place_of_the_template_is_known() {
        let places: Vec<&str> =
            TEMPLATE.split("{{").skip(1).map(|part| split_place(part).0).collect();
        assert_eq!(places, ["policy", "title", "style", "data", "script"]);
    }
}
