//! Namespaces, prefixes, and every predicate and class that the mapping uses beside the
//! relations and subclasses of the ontology.

use crate::ontology::NAMESPACE;

/// A namespace as a literal, so that `concat!` can make whole IRIs of it.
macro_rules! namespace {
    (dc) => {
        "http://purl.org/dc/elements/1.1/"
    };
    (dcterms) => {
        "http://purl.org/dc/terms/"
    };
    (itsrdf) => {
        "http://www.w3.org/2005/11/its/rdf#"
    };
    (ng) => {
        "https://w3id.org/newsgraph/ontology#"
    };
    (nif) => {
        "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
    };
    (oa) => {
        "http://www.w3.org/ns/oa#"
    };
    (owl) => {
        "http://www.w3.org/2002/07/owl#"
    };
    (prov) => {
        "http://www.w3.org/ns/prov#"
    };
    (rdf) => {
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    };
    (rdfs) => {
        "http://www.w3.org/2000/01/rdf-schema#"
    };
    (schema) => {
        "https://schema.org/"
    };
    (skos) => {
        "http://www.w3.org/2004/02/skos/core#"
    };
    (xsd) => {
        "http://www.w3.org/2001/XMLSchema#"
    };
}

/// The data namespace unless `--base` says otherwise.
pub const DEFAULT_BASE: &str = "https://w3id.org/newsgraph/id/";

/// The named graph that holds the ontology when a graph is queried.
pub const ONTOLOGY_GRAPH: &str = "https://w3id.org/newsgraph/ontology";

/// Prefixes of the vocabularies, by name: what writers declare and queries may use.
pub const PREFIXES: &[(&str, &str)] = &[
    ("dc", namespace!(dc)),
    ("dcterms", namespace!(dcterms)),
    ("itsrdf", namespace!(itsrdf)),
    ("ng", NAMESPACE),
    ("nif", namespace!(nif)),
    ("oa", namespace!(oa)),
    ("owl", namespace!(owl)),
    ("prov", namespace!(prov)),
    ("rdf", namespace!(rdf)),
    ("rdfs", namespace!(rdfs)),
    ("schema", namespace!(schema)),
    ("skos", namespace!(skos)),
    ("xsd", namespace!(xsd)),
];

macro_rules! terms {
    ($(#[$meta:meta])* $type:ident: $($variant:ident = $prefix:ident $local:literal),+ $(,)?) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type { $($variant),+ }

        impl $type {
            pub const ALL: &[$type] = &[$($type::$variant),+];

            pub const fn iri(self) -> &'static str {
                match self { $($type::$variant => concat!(namespace!($prefix), $local)),+ }
            }

            /// The IRI between angle brackets.
            pub const fn angled(self) -> &'static str {
                match self { $($type::$variant => concat!("<", namespace!($prefix), $local, ">")),+ }
            }

            /// Prefix, colon and local name.
            pub const fn short(self) -> &'static str {
                match self { $($type::$variant => concat!(stringify!($prefix), ":", $local)),+ }
            }

            pub fn from_iri(iri: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|term| term.iri() == iri)
            }
        }
    };
}

terms! {
    /// A predicate of the mapping. Relations between entities are properties of the schema.
    Term:
    Type = rdf "type",
    Subject = rdf "subject",
    Predicate = rdf "predicate",
    Object = rdf "object",
    Reifies = rdf "reifies",
    Label = rdfs "label",
    AltLabel = skos "altLabel",
    SameAs = owl "sameAs",
    Identifier = dcterms "identifier",
    Title = dcterms "title",
    Issued = dcterms "issued",
    Publisher = dc "publisher",
    InLanguage = schema "inLanguage",
    Url = schema "url",
    IsString = nif "isString",
    BeginIndex = nif "beginIndex",
    EndIndex = nif "endIndex",
    ReferenceContext = nif "referenceContext",
    IdentRef = itsrdf "taIdentRef",
    MentionForm = ng "mentionForm",
    MentionSubtype = ng "mentionSubtype",
    Evidence = ng "evidence",
    Contested = ng "contested",
    WasDerivedFrom = prov "wasDerivedFrom",
    HasSource = oa "hasSource",
    HasSelector = oa "hasSelector",
    Exact = oa "exact",
    Start = oa "start",
    End = oa "end",
    HeadPosition = ng "headPosition",
    TailPosition = ng "tailPosition",
    CuePosition = ng "cuePosition",
    Role = ng "role",
    Polarity = ng "polarity",
    Modality = ng "modality",
    AttributedTo = ng "attributedTo",
    Date = ng "date",
    Origin = ng "origin",
    Confidence = ng "confidence",
}

terms! {
    /// A class of the mapping beside the classes of entities.
    NodeClass:
    Context = nif "Context",
    NewsArticle = schema "NewsArticle",
    Phrase = nif "Phrase",
    Claim = ng "Claim",
    Evidence = ng "Evidence",
    QuoteSelector = oa "TextQuoteSelector",
    PositionSelector = oa "TextPositionSelector",
}

terms! {
    /// A datatype of the mapping's literals.
    Datatype:
    String = xsd "string",
    Boolean = xsd "boolean",
    Integer = xsd "integer",
    Decimal = xsd "decimal",
    Date = xsd "date",
    YearMonth = xsd "gYearMonth",
    Year = xsd "gYear",
    MonthDay = xsd "gMonthDay",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_and_namespaces_agree() {
        for term in Term::ALL {
            let (prefix, local) = term.short().split_once(':').expect("a prefixed name");
            let (_, iri) = PREFIXES.iter().find(|(name, _)| *name == prefix).expect("declared");
            assert_eq!(term.iri(), format!("{iri}{local}"));
            assert_eq!(Term::from_iri(term.iri()), Some(*term));
        }
        assert_eq!(NodeClass::Claim.iri(), format!("{NAMESPACE}Claim"));
    }
}
