//! What is compared: entities and statements of one article, in one form for gold and for finds.

use std::collections::BTreeSet;

use super::surface::normal_form;
use crate::graph::{EntityIndex, KnowledgeGraph};
use crate::ontology::{PropertyId, SubclassId, TopClass};
use crate::statement::Polarity;

/// The entities of one article and what is stated of them.
#[derive(Clone, Debug, Default)]
pub struct Side {
    pub nodes: Vec<Node>,
    pub statements: Vec<Statement>,
}

/// An entity with its surface forms.
#[derive(Clone, Debug)]
pub struct Node {
    pub class: TopClass,
    pub subclass: Option<SubclassId>,
    pub name: String,
    /// Normal form of the name; may be empty.
    pub(super) normal_name: String,
    /// Normal forms of the name and of all mentions, none of them empty.
    pub(super) forms: BTreeSet<String>,
}

/// One statement of a relation. Ends and speaker are indexes into the nodes of the same side.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Statement {
    pub property: PropertyId,
    pub head: usize,
    pub tail: usize,
    pub polarity: Polarity,
    /// `None` is the article's own voice.
    pub speaker: Option<usize>,
    pub sentence: String,
}

impl Node {
    pub fn new<'m>(
        class: TopClass,
        subclass: Option<SubclassId>,
        name: &str,
        mentions: impl IntoIterator<Item = &'m str>,
    ) -> Self {
        let normal_name = normal_form(name);
        let mut forms: BTreeSet<String> = mentions.into_iter().map(normal_form).collect();
        forms.insert(normal_name.clone());
        forms.remove("");
        Self { class, subclass, name: name.to_owned(), normal_name, forms }
    }
}

impl Side {
    /// What a graph of one article holds, in the order of the keys of its entities.
    pub fn of_graph(graph: &KnowledgeGraph) -> Self {
        let mut order: Vec<EntityIndex> = graph.entities().map(|(index, _)| index).collect();
        order.sort_by_key(|&index| graph.entity(index).key.as_str());
        let mut place = vec![0; order.len()];
        for (at, index) in order.iter().enumerate() {
            place[index.0 as usize] = at;
        }
        let place = |index: EntityIndex| place[index.0 as usize];
        let nodes = order.iter().map(|&index| {
            let entity = graph.entity(index);
            let aliases = entity.aliases.iter().map(String::as_str);
            Node::new(entity.class, entity.subclass, &entity.name, aliases)
        });
        let mut statements: Vec<Statement> = graph
            .claims()
            .flat_map(|claim| {
                claim.evidence.iter().map(move |evidence| Statement {
                    property: claim.property,
                    head: place(claim.head),
                    tail: place(claim.tail),
                    polarity: evidence.polarity,
                    speaker: evidence.attributed_to.map(place),
                    sentence: evidence.quote.to_string(),
                })
            })
            .collect();
        statements.sort();
        Self { nodes: nodes.collect(), statements }
    }
}
