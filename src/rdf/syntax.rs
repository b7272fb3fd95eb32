//! The RDF formats: what they are called, and which profiles they can carry.

use oxrdfio::{JsonLdProfileSet, RdfFormat};

use super::mapping::Profile;

/// A format of RDF that is read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Syntax {
    Turtle,
    TriG,
    NTriples,
    NQuads,
    RdfXml,
    JsonLd,
}

impl Syntax {
    pub const ALL: &[Syntax] = &[
        Syntax::Turtle,
        Syntax::TriG,
        Syntax::NTriples,
        Syntax::NQuads,
        Syntax::RdfXml,
        Syntax::JsonLd,
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Syntax::Turtle => "turtle",
            Syntax::TriG => "trig",
            Syntax::NTriples => "ntriples",
            Syntax::NQuads => "nquads",
            Syntax::RdfXml => "rdfxml",
            Syntax::JsonLd => "jsonld",
        }
    }

    /// Whether statements can stand in named graphs.
    pub fn has_graphs(self) -> bool {
        matches!(self, Syntax::TriG | Syntax::NQuads | Syntax::JsonLd)
    }

    /// Whether triple terms of RDF 1.2 can be written.
    pub fn has_triple_terms(self) -> bool {
        self != Syntax::JsonLd
    }

    pub fn carries(self, profile: Profile) -> bool {
        match profile {
            Profile::Default => true,
            Profile::Rdf12 => self.has_triple_terms(),
            Profile::NamedGraphs => self.has_graphs(),
        }
    }

    pub(super) fn parser_format(self) -> RdfFormat {
        match self {
            Syntax::Turtle => RdfFormat::Turtle,
            Syntax::TriG => RdfFormat::TriG,
            Syntax::NTriples => RdfFormat::NTriples,
            Syntax::NQuads => RdfFormat::NQuads,
            Syntax::RdfXml => RdfFormat::RdfXml,
            Syntax::JsonLd => RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() },
        }
    }
}
