//! Labels and relationship types of a property graph, as both formats for Neo4j write them.

use super::elements::Node;
use crate::ontology::Property;

/// The label that every node has; the constraint and the matching of relations rest on it.
pub(super) const ENTITY: &str = "Entity";

/// From the widest to the narrowest: [`ENTITY`], the class, the subclass.
pub(super) fn labels<'g>(node: &Node<'g>) -> Vec<&'g str> {
    let mut labels = vec![ENTITY, node.entity.class.name()];
    labels.extend(node.subclass.map(|(name, _)| name));
    labels
}

/// The name of a relation in capitals, as is the custom: `SPOKESPERSON_OF`.
pub(super) fn relationship_type(property: &Property) -> String {
    let mut name = String::new();
    for character in property.name.chars() {
        if character.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.extend(character.to_uppercase());
    }
    name
}
