//! Names and relations typed on the command line: the entity they mean, or a message that says
//! what there is instead.

use super::failure::{Failure, did_you_mean};
use super::style::{counted, one_line};
use crate::graph::{EntityIndex, KnowledgeGraph};
use crate::inspect::{EntityView, NameMatch, RelationMatch, RelationReading};
use crate::inspect::{find_entity, find_relation};
use crate::ontology::Schema;

/// How many entities of one name are worth listing.
const CANDIDATES: usize = 20;

pub fn entity(
    graph: &KnowledgeGraph,
    schema: &Schema,
    typed: &str,
) -> Result<EntityIndex, Failure> {
    match find_entity(graph, typed) {
        NameMatch::One(index) => Ok(index),
        NameMatch::None(near) if near.is_empty() => Err(Failure::new(format!(
            "nothing is called {typed:?}; `newsgraph list` shows all names"
        ))),
        NameMatch::None(near) => {
            Err(Failure::new(format!("nothing is called {typed:?}{}", did_you_mean(&near))))
        }
        NameMatch::Several(found) => {
            let mut message =
                format!("{typed:?} may mean {} things; name one by its key:", found.len());
            for index in found.iter().take(CANDIDATES) {
                let view = EntityView::new(graph, schema, *index);
                let claims = graph.claims_from(*index).count() + graph.claims_to(*index).count();
                message += &format!(
                    "\n  {}  {} ({}, {})",
                    view.id,
                    one_line(view.name),
                    view.kind(),
                    counted(claims, "claim", "claims")
                );
            }
            if found.len() > CANDIDATES {
                message += &format!("\n  and {} more", found.len() - CANDIDATES);
            }
            Err(Failure::new(message))
        }
    }
}

pub fn relation(schema: &Schema, typed: &str) -> Result<Vec<RelationReading>, Failure> {
    match find_relation(schema, typed) {
        RelationMatch::Readings(readings) => Ok(readings),
        RelationMatch::None(near) if near.is_empty() => {
            let names: Vec<_> = schema.properties().map(|(_, one)| one.name.as_str()).collect();
            Err(Failure::new(format!(
                "no relation is called {typed:?}; the relations are {}",
                names.join(", ")
            )))
        }
        RelationMatch::None(near) => {
            Err(Failure::new(format!("no relation is called {typed:?}{}", did_you_mean(&near))))
        }
    }
}
