//! The entities of a graph by class.

use serde::Serialize;

use super::find::suggest;
use super::names::fold_closed;
use super::view::EntityView;
use crate::graph::KnowledgeGraph;
use crate::ontology::{ClassFilter, Schema, TopClass};

/// An entity and how much there is of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListedEntity<'g> {
    #[serde(flatten)]
    pub entity: EntityView<'g>,
    /// As head or tail; a claim from an entity to itself counts once.
    pub claims: usize,
    pub mentions: usize,
    pub documents: usize,
}

/// The class that `typed` names, by local name or label, in any case, also in the plural; or
/// the names that come near.
pub fn class_filter(schema: &Schema, typed: &str) -> Result<ClassFilter, Vec<String>> {
    let wanted = fold_closed(typed);
    let fits = |name: &str| {
        let name = fold_closed(name);
        name == wanted || plurals(&name).contains(&wanted)
    };
    if let Some(class) = TopClass::ALL.into_iter().find(|class| fits(class.name())) {
        return Ok(ClassFilter::Top(class));
    }
    let found = schema.subclasses().find(|(_, known)| fits(&known.name) || fits(&known.label));
    if let Some((id, _)) = found {
        return Ok(ClassFilter::Sub(id));
    }
    let names = TopClass::ALL
        .iter()
        .map(|class| class.name())
        .chain(schema.subclasses().map(|(_, class)| class.name.as_str()));
    Err(suggest(typed, names))
}

fn plurals(name: &str) -> [String; 2] {
    let ies = name.strip_suffix('y').map(|stem| format!("{stem}ies"));
    [format!("{name}s"), ies.unwrap_or_else(|| format!("{name}es"))]
}

/// The entities that `filter` lets through: by class, then those with the most claims, then by
/// name.
pub fn list<'g>(
    graph: &'g KnowledgeGraph,
    schema: &'g Schema,
    filter: Option<ClassFilter>,
) -> Vec<ListedEntity<'g>> {
    let mut listed: Vec<_> = graph
        .entities()
        .filter(|(_, entity)| filter.is_none_or(|class| class.fits(entity.class, entity.subclass)))
        .map(|(index, entity)| {
            let mut documents: Vec<_> = entity.mentions.iter().map(|one| one.document).collect();
            documents.sort();
            documents.dedup();
            let incoming = graph.claims_to(index).filter(|claim| claim.head != claim.tail).count();
            let one = ListedEntity {
                entity: EntityView::new(graph, schema, index),
                claims: graph.claims_from(index).count() + incoming,
                mentions: entity.mentions.len(),
                documents: documents.len(),
            };
            (entity.class, one)
        })
        .collect();
    listed.sort_by(|(a_class, a), (b_class, b)| {
        a_class
            .cmp(b_class)
            .then_with(|| b.claims.cmp(&a.claims))
            .then_with(|| a.entity.name.cmp(b.entity.name))
            .then_with(|| a.entity.id.cmp(b.entity.id))
    });
    listed.into_iter().map(|(_, one)| one).collect()
}
