//! What one graph has and another has not: documents by id, entities by key, claims by what they
//! say, evidence by all that is known of it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::view::{ClaimView, DocumentView, EntityView, EvidenceView};
use crate::graph::KnowledgeGraph;
use crate::ontology::Schema;

/// What came and what went.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Changes<T> {
    pub gained: Vec<T>,
    pub lost: Vec<T>,
}

/// An entity of both graphs that is called or classed otherwise.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EntityChange<'g> {
    pub before: EntityView<'g>,
    pub after: EntityView<'g>,
    pub aliases: Changes<&'g str>,
}

/// The difference of two graphs, seen from the first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DiffAnswer<'g> {
    pub documents: Changes<DocumentView<'g>>,
    pub entities: Changes<EntityView<'g>>,
    pub entities_changed: Vec<EntityChange<'g>>,
    /// With all their evidence.
    pub claims: Changes<ClaimView<'g>>,
    /// Claims of both graphs, each with only the evidence that came or went; the counts are of
    /// all evidence.
    pub evidence: Changes<ClaimView<'g>>,
}

impl DiffAnswer<'_> {
    /// Whether the graphs say the same.
    pub fn is_empty(&self) -> bool {
        fn none<T>(changes: &Changes<T>) -> bool {
            changes.gained.is_empty() && changes.lost.is_empty()
        }
        none(&self.documents)
            && none(&self.entities)
            && self.entities_changed.is_empty()
            && none(&self.claims)
            && none(&self.evidence)
    }
}

/// The difference between `before` and `after`, in the order of ids and keys.
pub fn diff<'g>(
    before: &'g KnowledgeGraph,
    after: &'g KnowledgeGraph,
    schema: &'g Schema,
) -> DiffAnswer<'g> {
    let (entities_before, entities_after) = (entities(before, schema), entities(after, schema));
    let entities_changed = entities_before
        .iter()
        .filter_map(|(key, (before, aliases_before))| {
            let (after, aliases_after) = entities_after.get(key)?;
            let aliases = Changes {
                gained: aliases_after.difference(aliases_before).copied().collect(),
                lost: aliases_before.difference(aliases_after).copied().collect(),
            };
            let same = before == after && aliases.gained.is_empty() && aliases.lost.is_empty();
            let (before, after) = (before.clone(), after.clone());
            (!same).then_some(EntityChange { before, after, aliases })
        })
        .collect();
    let (claims_before, claims_after) = (claims(before, schema), claims(after, schema));
    DiffAnswer {
        documents: changes(&documents(before), &documents(after)),
        entities: changes(&firsts(&entities_before), &firsts(&entities_after)),
        entities_changed,
        claims: changes(&claims_before, &claims_after),
        evidence: Changes {
            gained: new_evidence(&claims_before, &claims_after),
            lost: new_evidence(&claims_after, &claims_before),
        },
    }
}

fn changes<K: Ord, T: Clone>(before: &BTreeMap<K, T>, after: &BTreeMap<K, T>) -> Changes<T> {
    let only = |one: &BTreeMap<K, T>, other: &BTreeMap<K, T>| {
        let new = one.iter().filter(|(key, _)| !other.contains_key(key));
        new.map(|(_, value)| value.clone()).collect()
    };
    Changes { gained: only(after, before), lost: only(before, after) }
}

fn documents(graph: &KnowledgeGraph) -> BTreeMap<&str, DocumentView<'_>> {
    graph
        .documents()
        .map(|(index, record)| (record.id.as_str(), DocumentView::new(graph, index)))
        .collect()
}

type Entities<'g> = BTreeMap<&'g str, (EntityView<'g>, BTreeSet<&'g str>)>;

fn entities<'g>(graph: &'g KnowledgeGraph, schema: &'g Schema) -> Entities<'g> {
    graph
        .entities()
        .map(|(index, entity)| {
            let aliases = entity.aliases.iter().map(String::as_str).collect();
            (entity.key.as_str(), (EntityView::new(graph, schema, index), aliases))
        })
        .collect()
}

fn firsts<'g>(entities: &Entities<'g>) -> BTreeMap<&'g str, EntityView<'g>> {
    entities.iter().map(|(key, (view, _))| (*key, view.clone())).collect()
}

/// Relation, key of the head, key of the tail.
type Proposition<'g> = (&'g str, &'g str, &'g str);

fn claims<'g>(
    graph: &'g KnowledgeGraph,
    schema: &'g Schema,
) -> BTreeMap<Proposition<'g>, ClaimView<'g>> {
    graph
        .claims()
        .map(|claim| {
            let view = ClaimView::new(graph, schema, claim);
            ((view.relation, view.head.id, view.tail.id), view)
        })
        .collect()
}

/// The claims of both, with the evidence that only `after` has.
fn new_evidence<'g>(
    before: &BTreeMap<Proposition<'g>, ClaimView<'g>>,
    after: &BTreeMap<Proposition<'g>, ClaimView<'g>>,
) -> Vec<ClaimView<'g>> {
    let both = after.iter().filter_map(|(key, claim)| Some((before.get(key)?, claim)));
    both.filter_map(|(before, after)| {
        let is_new = |one: &&EvidenceView<'g>| !before.evidence.iter().any(|old| same(old, one));
        let evidence: Vec<_> = after.evidence.iter().filter(is_new).cloned().collect();
        (!evidence.is_empty()).then(|| ClaimView { evidence, ..after.clone() })
    })
    .collect()
}

/// Whether two statements are one; what their speaker and document are called does not count.
fn same(a: &EvidenceView<'_>, b: &EvidenceView<'_>) -> bool {
    let speaker = |one: &EvidenceView<'_>| one.attributed_to.as_ref().map(|one| one.id.to_owned());
    a.document.id == b.document.id
        && speaker(a) == speaker(b)
        && EvidenceView { document: b.document.clone(), attributed_to: None, ..a.clone() }
            == EvidenceView { attributed_to: None, ..b.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Entity;
    use crate::ontology::{Ontology, TopClass};

    fn graph(name: &str, aliases: &[&str]) -> KnowledgeGraph {
        let mut graph = KnowledgeGraph::new();
        graph.add_entity(Entity {
            key: "person/a".into(),
            class: TopClass::Person,
            subclass: None,
            name: name.into(),
            aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
            same_as: Vec::new(),
            mentions: Vec::new(),
        });
        graph
    }

    #[test]
    fn an_entity_that_is_called_otherwise_is_neither_gained_nor_lost() {
        let schema = &Ontology::builtin().schema;
        let (before, after) = (graph("Ann", &["A."]), graph("Anna", &["A.", "Ann"]));
        let answer = diff(&before, &after, schema);
        assert!(answer.entities.gained.is_empty() && answer.entities.lost.is_empty());
        let change = &answer.entities_changed[0];
        assert_eq!((change.before.name, change.after.name), ("Ann", "Anna"));
        assert_eq!(change.aliases, Changes { gained: vec!["Ann"], lost: vec![] });
        assert!(diff(&before, &before, schema).is_empty());
    }
}
