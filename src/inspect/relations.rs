//! Tolerant look-up of a relation: local name, label, other label, or the label of its inverse.

use super::find::suggest;
use super::names::fold_closed;
use crate::ontology::{PropertyId, Schema};

/// One way to read a typed relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelationReading {
    pub property: PropertyId,
    /// The property and everything below it.
    pub properties: Vec<PropertyId>,
    /// The inverse was typed ("has spokesperson"): head and tail change places.
    pub inverse: bool,
}

/// What a typed relation leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RelationMatch {
    /// Never empty; several where one label belongs to several relations.
    Readings(Vec<RelationReading>),
    /// No relation is called so; labels that come near.
    None(Vec<String>),
}

/// Finds the relation that `typed` names. Case, spaces and hyphens do not count.
pub fn find_relation(schema: &Schema, typed: &str) -> RelationMatch {
    let typed = typed.trim();
    let wanted = fold_closed(typed.strip_prefix("ng:").unwrap_or(typed));
    let mut readings = Vec::new();
    for (id, property) in schema.properties() {
        let mut names = [&property.name, &property.label].into_iter().chain(&property.alt_labels);
        let forward = names.any(|name| fold_closed(name) == wanted);
        let inverse =
            property.inverse_label.as_ref().is_some_and(|label| fold_closed(label) == wanted);
        if forward || inverse {
            readings.push(RelationReading {
                property: id,
                properties: with_children(schema, id),
                inverse: !forward,
            });
        }
    }
    if readings.is_empty() {
        let labels = schema
            .properties()
            .flat_map(|(_, property)| std::iter::once(&property.label).chain(&property.alt_labels))
            .map(String::as_str);
        return RelationMatch::None(suggest(typed, labels));
    }
    RelationMatch::Readings(readings)
}

/// A property and all that lead to it through parents, in the order of the schema.
fn with_children(schema: &Schema, ancestor: PropertyId) -> Vec<PropertyId> {
    schema.properties().map(|(id, _)| id).filter(|id| schema.is_within(*id, ancestor)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::Ontology;

    fn readings(typed: &str) -> Vec<RelationReading> {
        match find_relation(&Ontology::builtin().schema, typed) {
            RelationMatch::Readings(readings) => readings,
            RelationMatch::None(near) => panic!("{typed}: no relation, near are {near:?}"),
        }
    }

    #[test]
    fn a_relation_is_found_by_name_and_label() {
        let schema = &Ontology::builtin().schema;
        let wanted = schema.property_id("headOf");
        for typed in ["headOf", "headof", "head of", "Head Of", "ng:headOf", "head-of"] {
            assert_eq!(Some(readings(typed)[0].property), wanted, "{typed}");
        }
    }

    #[test]
    fn a_parent_includes_its_children() {
        let schema = &Ontology::builtin().schema;
        let family = &readings("affiliatedWith")[0].properties;
        for child in ["affiliatedWith", "headOf", "spokespersonOf"] {
            assert!(family.contains(&schema.property_id(child).unwrap()), "{child}");
        }
        assert!(!family.contains(&schema.property_id("opposes").unwrap()));
        assert_eq!(readings("headOf")[0].properties.len(), 1);
    }

    #[test]
    fn an_unknown_relation_suggests_a_known_one() {
        let RelationMatch::None(near) = find_relation(&Ontology::builtin().schema, "hed of") else {
            panic!("there is no such relation");
        };
        assert!(near.contains(&"head of".to_owned()), "{near:?}");
    }
}
