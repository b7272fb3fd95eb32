//! Pictures: the graph drawn, with names, relations and a legend, as SVG or PNG. Both draw one
//! scene, so that they show the same.

mod font;
mod labels;
mod png;
mod scene;
mod svg;

use std::io::Write;

use super::elements::Elements;
use super::report::REPLACED_IN_XML;
use super::{ExportError, ExportOptions, Report};
use crate::graph::KnowledgeGraph;
use crate::ontology::Schema;
use scene::Scene;

const UNLABELLED: &str = "names are not written, because there is no room beside their nodes";

/// Writes the picture as SVG: one file without references to others. A viewer shows a name in
/// full, and the sentence of a relation, when the pointer rests on it.
pub(super) fn write_svg(
    graph: &KnowledgeGraph,
    schema: &Schema,
    options: &ExportOptions,
    out: &mut dyn Write,
) -> Result<Report, ExportError> {
    let scene = Scene::new(&Elements::new(graph, schema, options));
    let mut report = Report::default();
    report.note(svg::write(&scene, out)?, REPLACED_IN_XML);
    report.note(scene.unlabelled, UNLABELLED);
    Ok(report)
}

/// Writes the picture as PNG.
///
/// # Errors
/// When `out` fails.
pub(super) fn write_png(
    graph: &KnowledgeGraph,
    schema: &Schema,
    options: &ExportOptions,
    out: &mut dyn Write,
) -> Result<Report, ExportError> {
    let scene = Scene::new(&Elements::new(graph, schema, options));
    let unreadable = png::write(&scene, out)?;
    let mut report = Report::default();
    report.note(
        unreadable,
        "texts are in scripts that a PNG here does not show well; SVG leaves them to the viewer",
    );
    report.note(scene.unlabelled, UNLABELLED);
    Ok(report)
}

#[cfg(test)]
mod tests;
