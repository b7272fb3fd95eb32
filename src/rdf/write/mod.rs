//! Writing a graph as RDF: refuses what a format cannot carry before the first byte, and
//! reports what it had to leave out.

mod bytes;
mod jsonld;
mod lines;
mod turtle;
mod xml;

use std::io;

use oxigraph::model::{GraphName, Quad, Term};

use super::mapping::{Mapping, MappingOptions, Profile};
use super::syntax::Syntax;
use crate::graph::KnowledgeGraph;
use crate::ontology::Schema;

/// What the format could not carry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WriteReport {
    /// Characters that XML 1.0 does not allow, written as U+FFFD.
    pub replaced_characters: u64,
    /// Statements of other vocabularies that need named graphs or triple terms which the
    /// format lacks, or whose predicate is no XML name.
    pub foreign_left_out: u64,
}

/// Why a graph was not written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    #[error("{} cannot carry the profile {}: use {}", syntax.name(), profile_name(*profile), fitting(*profile))]
    Profile { syntax: Syntax, profile: Profile },
    #[error(transparent)]
    Output(#[from] io::Error),
}

fn profile_name(profile: Profile) -> &'static str {
    match profile {
        Profile::Default => "default",
        Profile::Rdf12 => "rdf12",
        Profile::NamedGraphs => "named-graphs",
    }
}

fn fitting(profile: Profile) -> String {
    let names: Vec<&str> =
        Syntax::ALL.iter().filter(|s| s.carries(profile)).map(|s| s.name()).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

/// Writes the whole graph.
///
/// # Errors
/// Before anything is written when the format cannot carry the profile; else when `out` fails.
pub fn write(
    graph: &KnowledgeGraph,
    schema: &Schema,
    syntax: Syntax,
    options: &MappingOptions,
    out: &mut dyn io::Write,
) -> Result<WriteReport, WriteError> {
    if !syntax.carries(options.profile) {
        return Err(WriteError::Profile { syntax, profile: options.profile });
    }
    let mapping = Mapping::new(graph, schema, options);
    let mut report = WriteReport::default();
    let foreign: Vec<&Quad> = graph.foreign.iter().filter(|quad| fits(quad, syntax)).collect();
    report.foreign_left_out = (graph.foreign.len() - foreign.len()) as u64;
    match syntax {
        Syntax::NTriples | Syntax::NQuads => lines::write(mapping, &foreign, out)?,
        Syntax::Turtle | Syntax::TriG => turtle::write(mapping, &foreign, out)?,
        Syntax::RdfXml => report.replaced_characters = xml::write(mapping, &foreign, out)?,
        Syntax::JsonLd => jsonld::write(mapping, &foreign, out)?,
    }
    out.flush()?;
    Ok(report)
}

/// Whether a format can carry a statement that is not of our vocabulary.
fn fits(quad: &Quad, syntax: Syntax) -> bool {
    (syntax.has_graphs() || quad.graph_name == GraphName::DefaultGraph)
        && (syntax.has_triple_terms() || !matches!(quad.object, Term::Triple(_)))
        && (syntax != Syntax::RdfXml || xml::can_name(quad))
}
