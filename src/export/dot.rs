//! DOT, the language of Graphviz: nodes shaped by class, edges drawn by what is said.
//!
//! Everything is a quoted string, so a label that begins with `<` is text and not HTML.

use std::io::Write;

use super::look::{Stroke, light_colour};
use super::order::CanonicalOrder;
use super::summary::ClaimSummary;
use super::{ExportError, ExportOptions, Report};
use crate::graph::KnowledgeGraph;
use crate::ontology::{Schema, TopClass};

const OPENING: &str = r##"digraph newsgraph {
  graph [charset="UTF-8", rankdir="LR", overlap="false", splines="true"];
  node [fontname="Helvetica", fontsize="11", style="filled", color="#555555"];
  edge [fontname="Helvetica", fontsize="9", color="#444444"];
"##;

/// Writes nodes by key and edges by relation and ends.
pub(super) fn write_dot(
    graph: &KnowledgeGraph,
    schema: &Schema,
    options: &ExportOptions,
    out: &mut dyn Write,
) -> Result<Report, ExportError> {
    let order = CanonicalOrder::new(graph);
    let mut quoter = Quoter::default();
    out.write_all(OPENING.as_bytes())?;
    for &index in &order.entities {
        let entity = graph.entity(index);
        let kind = match entity.subclass {
            Some(subclass) => schema.subclass(subclass).label.as_str(),
            None => entity.class.name(),
        };
        let (shape, fill) = (shape(entity.class), light_colour(entity.class));
        writeln!(
            out,
            "  {} [label={}, tooltip={}, shape=\"{shape}\", fillcolor=\"{fill}\"];",
            quoter.id(&entity.key),
            quoter.label(&entity.name),
            quoter.label(kind),
        )?;
    }
    for claim in order.claims.iter().map(|&index| graph.claim(index)) {
        let summary = ClaimSummary::new(graph, options, &order, claim);
        let property = schema.property(claim.property);
        writeln!(
            out,
            "  {} -> {} [label={}, tooltip={}{}{}];",
            quoter.id(&graph.entity(claim.head).key),
            quoter.id(&graph.entity(claim.tail).key),
            quoter.label(&property.label),
            quoter.label(summary.quote),
            line(&summary),
            if property.symmetric { ", dir=\"none\"" } else { "" },
        )?;
    }
    out.write_all(b"}\n")?;
    let mut report = Report::default();
    report.note(quoter.replaced, "control characters were written as U+FFFD");
    Ok(report)
}

fn shape(class: TopClass) -> &'static str {
    match class {
        TopClass::Person => "ellipse",
        TopClass::Organization => "box",
        TopClass::Place => "hexagon",
        TopClass::Agreement => "note",
    }
}

/// The line of an edge: denied in red dashes, disputed in orange dashes, and dotted where
/// nobody states it as a fact.
fn line(summary: &ClaimSummary<'_>) -> String {
    let stroke = Stroke::of(summary);
    let (name, colour) = (stroke.name(), stroke.colour());
    match stroke {
        Stroke::Solid => String::new(),
        Stroke::Dotted => format!(", style=\"{name}\""),
        Stroke::Disputed | Stroke::Denied => {
            format!(", style=\"{name}\", color=\"{colour}\", fontcolor=\"{colour}\"")
        }
    }
}

/// Graphviz up to 2.50 reads no quoted string of more than 16,384 bytes; longer ones are written
/// as several, joined with `+`.
const LONGEST_STRING: usize = 8_000;

/// Writes quoted strings, and counts the characters that Graphviz cannot hold.
#[derive(Default)]
struct Quoter {
    replaced: u64,
}

impl Quoter {
    /// In an id the only escape is `\"`; a doubled backslash stays doubled, which keeps
    /// different ids different.
    fn id(&mut self, text: &str) -> String {
        self.quote(text, false)
    }

    /// In a label `\n` breaks the line, and `&name;` is a character reference.
    fn label(&mut self, text: &str) -> String {
        self.quote(text, true)
    }

    fn quote(&mut self, text: &str, is_label: bool) -> String {
        let mut quoted = String::with_capacity(text.len() + 2);
        quoted.push('"');
        let mut begin = 0;
        let mut rest = text.chars();
        while let Some(character) = rest.next() {
            if quoted.len() - begin > LONGEST_STRING {
                quoted.push_str("\" + \"");
                begin = quoted.len();
            }
            match character {
                '"' => quoted.push_str("\\\""),
                '\\' => quoted.push_str("\\\\"),
                '\r' if rest.as_str().starts_with('\n') => {}
                '\n' | '\r' => quoted.push_str("\\n"),
                '&' if is_label && is_reference(rest.as_str()) => quoted.push_str("&amp;"),
                '\t' => quoted.push(' '),
                _ if character.is_control() => {
                    self.replaced += 1;
                    quoted.push('\u{FFFD}');
                }
                _ => quoted.push(character),
            }
        }
        quoted.push('"');
        quoted
    }
}

/// Whether what follows a `&` would make Graphviz read it as a character reference. A lone
/// `&`, as in names of companies, stays as it is for readers that know no references.
fn is_reference(rest: &str) -> bool {
    let name = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
    name.len() < rest.len() && name.starts_with(';')
}
