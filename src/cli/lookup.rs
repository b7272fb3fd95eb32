//! Names and relations typed on the command line: the entity they mean, or a message that says
//! what there is instead.

use super::failure::{Failure, did_you_mean};
use super::layout::document_line;
use super::style::{counted, one_line};
use crate::graph::{DocumentIndex, DocumentRecord, EntityIndex, KnowledgeGraph};
use crate::inspect::{DocumentView, EntityView, NameMatch, RelationMatch, RelationReading};
use crate::inspect::{bearers, find_entity, find_relation, fold, mentioned_as};
use crate::ontology::Schema;

/// How many entities of one name are worth listing.
const CANDIDATES: usize = 20;

/// The entity that is meant.
pub fn entity(
    graph: &KnowledgeGraph,
    schema: &Schema,
    typed: &str,
) -> Result<EntityIndex, Failure> {
    let found = entities(graph, typed)?;
    match found.as_slice() {
        [only] => Ok(*only),
        _ => Err(ambiguous(graph, schema, typed, &found)),
    }
}

/// All entities that may be meant; at least one.
pub fn entities(graph: &KnowledgeGraph, typed: &str) -> Result<Vec<EntityIndex>, Failure> {
    match find_entity(graph, typed) {
        NameMatch::One(index) => Ok(vec![index]),
        NameMatch::Several(found) => Ok(found),
        NameMatch::None(near) if near.is_empty() => Err(Failure::new(format!(
            "nothing is called {typed:?}; `newsgraph list` shows all names"
        ))),
        NameMatch::None(near) => {
            Err(Failure::new(format!("nothing is called {typed:?}{}", did_you_mean(&near))))
        }
    }
}

/// All that bear a name in any form, or stand in a text under it; at least one.
pub fn all_bearers(graph: &KnowledgeGraph, typed: &str) -> Result<Vec<EntityIndex>, Failure> {
    let found = [bearers(graph, typed), mentioned_as(graph, typed)];
    match found.into_iter().find(|found| !found.is_empty()) {
        Some(found) => Ok(found),
        None => entities(graph, typed),
    }
}

/// Two entities between which a claim is looked for. A name that several bear means the one of
/// which `holds` is true, where that is so for one pair only.
pub fn pair(
    graph: &KnowledgeGraph,
    schema: &Schema,
    head: &str,
    tail: &str,
    holds: impl Fn(EntityIndex, EntityIndex) -> bool,
) -> Result<(EntityIndex, EntityIndex), Failure> {
    let (heads, tails) = (entities(graph, head)?, entities(graph, tail)?);
    if let ([head], [tail]) = (heads.as_slice(), tails.as_slice()) {
        return Ok((*head, *tail));
    }
    let pairs = heads.iter().flat_map(|head| tails.iter().map(|tail| (*head, *tail)));
    let fitting: Vec<_> = pairs.filter(|(head, tail)| holds(*head, *tail)).take(2).collect();
    match fitting.as_slice() {
        [only] => Ok(*only),
        _ if heads.len() > 1 => Err(ambiguous(graph, schema, head, &heads)),
        _ => Err(ambiguous(graph, schema, tail, &tails)),
    }
}

/// The document of this address, title or id; the beginning of an id is enough where it is of
/// one document only.
pub fn document(graph: &KnowledgeGraph, typed: &str) -> Result<DocumentIndex, Failure> {
    let fitting = |test: &dyn Fn(&DocumentRecord) -> bool| -> Vec<DocumentIndex> {
        graph.documents().filter(|(_, record)| test(record)).map(|(index, _)| index).collect()
    };
    let wanted = fold(typed);
    let found = [
        fitting(&|record| record.id == typed || record.source.uri.as_deref() == Some(typed)),
        fitting(&|record| record.source.title.as_deref().is_some_and(|one| fold(one) == wanted)),
        fitting(&|record| !typed.is_empty() && record.id.starts_with(typed)),
    ]
    .into_iter()
    .find(|found| !found.is_empty())
    .unwrap_or_default();
    let line = |index: &DocumentIndex| {
        let view = DocumentView::new(graph, *index);
        format!("\n  {}  {}", view.id.get(..12).unwrap_or(view.id), document_line(&view))
    };
    let listed = |all: &[DocumentIndex]| {
        let mut lines: String = all.iter().take(CANDIDATES).map(line).collect();
        if all.len() > CANDIDATES {
            lines += &format!("\n  and {} more", all.len() - CANDIDATES);
        }
        lines
    };
    match found.as_slice() {
        [only] => Ok(*only),
        [] => {
            let all: Vec<_> = graph.documents().map(|(index, _)| index).collect();
            Err(Failure::new(format!(
                "no document has the address, title or id {typed:?}; there are:{}",
                listed(&all)
            )))
        }
        several => Err(Failure::new(format!(
            "{typed:?} may mean {} documents; name one by its id:{}",
            several.len(),
            listed(several)
        ))),
    }
}

fn ambiguous(
    graph: &KnowledgeGraph,
    schema: &Schema,
    typed: &str,
    found: &[EntityIndex],
) -> Failure {
    let mut message = format!("{typed:?} may mean {} things; name one by its key:", found.len());
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
    Failure::new(message)
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
