//! The part of the FollowTheMoney model (<https://followthemoney.tech/explorer/>) that graphs are
//! written with: which schema an entity is of, and which link schema fits a relation.
//!
//! Which class or relation of ours is near which schema, the ontology says with
//! `skos:closeMatch` and `skos:relatedMatch`; what a schema demands of its ends stands here.

use std::collections::HashMap;

use oxigraph::model::{NamedOrBlankNode, Term};

use crate::ontology::{NAMESPACE, Property, Schema, TopClass};

const FTM: &str = "https://schema.followthemoney.tech/#";
const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";

/// The schema of a node: its name, and the abstract kinds that it also is.
pub(super) struct NodeSchema {
    pub name: &'static str,
    kinds: &'static [&'static str],
    /// Whether it must have a `title` beside its name.
    pub needs_title: bool,
}

const fn node(name: &'static str, kinds: &'static [&'static str]) -> NodeSchema {
    NodeSchema { name, kinds, needs_title: false }
}

static PERSON: NodeSchema = node("Person", &["Person", "LegalEntity"]);
static ORGANIZATION: NodeSchema = node("Organization", &["Organization", "LegalEntity"]);
static ADDRESS: NodeSchema = node("Address", &[]);
static EVENT: NodeSchema = node("Event", &[]);
static NARROWER: [NodeSchema; 4] = [
    node("PublicBody", &["Organization", "LegalEntity"]),
    node("Company", &["Organization", "LegalEntity", "Asset"]),
    node("Territory", &[]),
    NodeSchema { name: "Contract", kinds: &["Asset"], needs_title: true },
];

/// A schema of links: the property of each end with the kind that may stand there, and the
/// property that says what the link is. The head of a relation of ours is the first end.
pub(super) struct LinkSchema {
    pub name: &'static str,
    pub head: &'static str,
    head_kind: &'static str,
    pub tail: &'static str,
    tail_kind: &'static str,
    pub role: &'static str,
}

const fn link(
    name: &'static str,
    (head, head_kind): (&'static str, &'static str),
    (tail, tail_kind): (&'static str, &'static str),
    role: &'static str,
) -> LinkSchema {
    LinkSchema { name, head, head_kind, tail, tail_kind, role }
}

/// What stands at the ends of [`UNKNOWN`] may be anything that has a name.
const ANYTHING: &str = "";

static LINKS: [LinkSchema; 8] = [
    link("Associate", ("person", "Person"), ("associate", "Person"), "relationship"),
    link("Directorship", ("director", "LegalEntity"), ("organization", "Organization"), "role"),
    link("Employment", ("employee", "Person"), ("employer", "Organization"), "role"),
    link("Family", ("person", "Person"), ("relative", "Person"), "relationship"),
    link("Membership", ("member", "LegalEntity"), ("organization", "Organization"), "role"),
    link("Ownership", ("owner", "LegalEntity"), ("asset", "Asset"), "role"),
    link("Representation", ("agent", "LegalEntity"), ("client", "LegalEntity"), "role"),
    link("Succession", ("successor", "LegalEntity"), ("predecessor", "LegalEntity"), "role"),
];

static UNKNOWN: LinkSchema =
    link("UnknownLink", ("subject", ANYTHING), ("object", ANYTHING), "role");

/// What the ontology says about FollowTheMoney.
pub(super) struct Alignment {
    /// Local name of a class or relation to the names of schemata, in the ontology's order.
    matches: HashMap<String, Vec<String>>,
}

impl Alignment {
    pub fn new(schema: &Schema) -> Self {
        let near = [format!("{SKOS}closeMatch"), format!("{SKOS}relatedMatch")];
        let mut matches: HashMap<String, Vec<String>> = HashMap::new();
        for quad in schema.quads() {
            if let (NamedOrBlankNode::NamedNode(subject), Term::NamedNode(object)) =
                (&quad.subject, &quad.object)
                && near.iter().any(|near| near == quad.predicate.as_str())
                && let Some(local) = subject.as_str().strip_prefix(NAMESPACE)
                && let Some(name) = object.as_str().strip_prefix(FTM)
            {
                matches.entry(local.to_owned()).or_default().push(name.to_owned());
            }
        }
        Self { matches }
    }

    /// The schema of an entity of this class and subclass.
    pub fn node(&self, class: TopClass, subclass: Option<&str>) -> &'static NodeSchema {
        let narrower = subclass
            .into_iter()
            .flat_map(|subclass| self.of(subclass))
            .find_map(|name| NARROWER.iter().find(|schema| schema.name == *name));
        narrower.unwrap_or(match class {
            TopClass::Person => &PERSON,
            TopClass::Organization => &ORGANIZATION,
            TopClass::Place => &ADDRESS,
            TopClass::Agreement => &EVENT,
        })
    }

    /// The schema of a relation between two entities: the first that the ontology names for it
    /// whose ends they may be, else a link of unknown kind.
    pub fn link(
        &self,
        property: &Property,
        head: &NodeSchema,
        tail: &NodeSchema,
    ) -> &'static LinkSchema {
        let fits = |link: &&LinkSchema| {
            head.kinds.contains(&link.head_kind) && tail.kinds.contains(&link.tail_kind)
        };
        self.of(&property.name)
            .iter()
            .filter_map(|name| LINKS.iter().find(|link| link.name == name))
            .find(fits)
            .unwrap_or(&UNKNOWN)
    }

    fn of(&self, local: &str) -> &[String] {
        self.matches.get(local).map(Vec::as_slice).unwrap_or_default()
    }
}
