//! Which relations count as one another, and which in either direction: read from the ontology.

use std::collections::{HashMap, HashSet};

use oxigraph::model::{NamedOrBlankNode, Term};

use crate::ontology::{NAMESPACE, PropertyId, Schema};

/// Families and directions of all relations.
pub struct Scheme {
    /// By property, the number of its family.
    families: Vec<usize>,
    /// By property, whether head and tail may change places.
    either_way: Vec<bool>,
}

impl Scheme {
    /// A family is what `ng:family` names; without it that of the parent; without a parent the
    /// relation alone. Direction is open for symmetric relations and those that are
    /// `ng:judgedEitherWay`.
    pub fn new(schema: &Schema) -> Self {
        let (mut named, mut open) = (HashMap::new(), HashSet::new());
        for quad in schema.quads() {
            let (NamedOrBlankNode::NamedNode(subject), Term::Literal(value)) =
                (&quad.subject, &quad.object)
            else {
                continue;
            };
            let local = subject.as_str().strip_prefix(NAMESPACE);
            let Some(property) = local.and_then(|local| schema.property_id(local)) else {
                continue;
            };
            match quad.predicate.as_str().strip_prefix(NAMESPACE) {
                Some("family") => {
                    named.insert(property, value.value());
                }
                Some("judgedEitherWay") if value.value() == "true" => {
                    open.insert(property);
                }
                _ => {}
            }
        }
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        let mut families = Vec::new();
        let mut either_way = Vec::new();
        for (id, property) in schema.properties() {
            let next = numbers.len();
            families.push(*numbers.entry(family(schema, &named, id)).or_insert(next));
            either_way.push(property.symmetric || open.contains(&id));
        }
        Self { families, either_way }
    }

    pub(super) fn family(&self, property: PropertyId) -> usize {
        self.families[property.0 as usize]
    }

    pub(super) fn is_either_way(&self, property: PropertyId) -> bool {
        self.either_way[property.0 as usize]
    }
}

fn family<'s>(
    schema: &'s Schema,
    named: &HashMap<PropertyId, &'s str>,
    property: PropertyId,
) -> &'s str {
    let mut at = property;
    // The schema was refused if a relation stood above itself, so this ends.
    loop {
        if let Some(name) = named.get(&at) {
            return name;
        }
        match schema.property(at).parent {
            Some(parent) => at = parent,
            None => return &schema.property(at).name,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::Ontology;

    #[test]
    fn families_are_those_of_the_parents_and_those_that_are_named() {
        let schema = &Ontology::builtin().schema;
        let scheme = Scheme::new(schema);
        let id = |name: &str| schema.property_id(name).expect("it is a relation");
        let same = |a: &str, b: &str| scheme.family(id(a)) == scheme.family(id(b));
        for (a, b, alike) in [
            ("headOf", "worksFor", true),
            ("headOf", "affiliatedWith", true),
            ("alliedWith", "supports", true),
            ("opposesAgreement", "accuses", true),
            ("basedIn", "controls", true),
            ("locatedIn", "operatesIn", true),
            ("offshootOf", "partOf", true),
            ("livesIn", "locatedIn", false),
            ("headOf", "candidateFor", false),
            ("supports", "opposes", false),
        ] {
            assert_eq!(same(a, b), alike, "{a} {b}");
        }
    }

    #[test]
    fn direction_is_open_for_symmetric_relations_and_conflict() {
        let schema = &Ontology::builtin().schema;
        let scheme = Scheme::new(schema);
        let open: Vec<&str> = schema
            .properties()
            .filter(|(id, _)| scheme.is_either_way(*id))
            .map(|(_, property)| property.name.as_str())
            .collect();
        let wanted = ["alliedWith", "cooperatesWith", "familyOf", "inConflictWith", "metWith"];
        assert_eq!(open, wanted);
    }
}
