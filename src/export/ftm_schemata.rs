//! The part of the FollowTheMoney model (<https://followthemoney.tech/explorer/>) that graphs are
//! written with: which schema an entity is of, and which link schema fits a relation.
//!
//! Which class or relation of ours is near which schema, the ontology says with
//! `skos:closeMatch` and `skos:relatedMatch`; what a schema demands of its ends stands in
//! `ftm_schemata.toml`.

use std::collections::HashMap;
use std::sync::LazyLock;

use oxigraph::model::{NamedOrBlankNode, Term};
use serde::Deserialize;

use crate::ontology::{NAMESPACE, Property, Schema, TopClass};

const FTM: &str = "https://schema.followthemoney.tech/#";
const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";

/// The schema of a node: its name, and the kinds that it is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NodeSchema {
    pub name: String,
    kinds: Vec<String>,
    /// The top class that is written so, unless something narrower is known.
    class: Option<String>,
    /// Whether it must have a `title` beside its name.
    #[serde(default)]
    pub needs_title: bool,
}

/// A schema of links: the property of each end with the kind that may stand there, and the
/// property that says what the link is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LinkSchema {
    pub name: String,
    head: (String, String),
    tail: (String, String),
    pub role: String,
}

impl LinkSchema {
    /// The property of the head of a relation.
    pub fn head(&self) -> &str {
        &self.head.0
    }

    /// The property of the tail of a relation.
    pub fn tail(&self) -> &str {
        &self.tail.0
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Model {
    node: Vec<NodeSchema>,
    link: Vec<LinkSchema>,
    unknown: LinkSchema,
}

/// Part of the program; a test reads it.
static MODEL: LazyLock<Model> = LazyLock::new(|| {
    toml::from_str(include_str!("ftm_schemata.toml")).expect("the table is compiled in")
});

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
            .find_map(|name| MODEL.node.iter().find(|schema| schema.name == *name));
        let of_class = || {
            let is = |schema: &&NodeSchema| schema.class.as_deref() == Some(class.name());
            MODEL.node.iter().find(is).unwrap_or(&MODEL.node[0])
        };
        narrower.unwrap_or_else(of_class)
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
            head.kinds.contains(&link.head.1) && tail.kinds.contains(&link.tail.1)
        };
        self.of(&property.name)
            .iter()
            .filter_map(|name| MODEL.link.iter().find(|link| link.name == **name))
            .find(fits)
            .unwrap_or(&MODEL.unknown)
    }

    fn of(&self, local: &str) -> &[String] {
        self.matches.get(local).map(Vec::as_slice).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_top_class_has_a_schema_and_every_end_a_kind() {
        for class in TopClass::ALL {
            let of_class = |schema: &&NodeSchema| schema.class.as_deref() == Some(class.name());
            assert_eq!(MODEL.node.iter().filter(of_class).count(), 1, "{class:?}");
        }
        for link in &MODEL.link {
            for (_, kind) in [&link.head, &link.tail] {
                assert!(MODEL.node.iter().any(|node| node.kinds.contains(kind)), "{}", link.name);
            }
        }
    }
}
