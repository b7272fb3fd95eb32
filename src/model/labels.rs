//! The labels of the weights in the terms of the ontology that is in use. What an ontology does
//! not have is never found.

use crate::ontology::{Ontology, PropertyId, SubclassId, TopClass};

use super::weights::Settings;

/// Numbers of classes, subclasses and relations, both ways.
#[derive(Clone, Debug)]
pub struct Labels {
    /// By the number of a tag's class.
    pub classes: Vec<Option<TopClass>>,
    /// By the number of a subclass; the first is none.
    pub subclasses: Vec<Option<SubclassId>>,
    /// By the number of a relation; the first is none.
    pub relations: Vec<Option<PropertyId>>,
    /// Least probability, by the number of a relation.
    pub thresholds: Vec<f32>,
}

impl Labels {
    pub fn new(settings: &Settings, ontology: &Ontology) -> Self {
        let schema = &ontology.schema;
        let subclass = |name: &Option<String>| schema.subclass_id(name.as_ref()?);
        let usual = settings.thresholds.get("").copied().unwrap_or(0.5);
        let threshold = |name| settings.thresholds.get(name).copied().unwrap_or(usual);
        Self {
            classes: settings.classes.iter().map(|name| TopClass::from_name(name)).collect(),
            subclasses: settings.subclasses.iter().map(subclass).collect(),
            relations: settings.relations.iter().map(|name| schema.property_id(name)).collect(),
            thresholds: settings.relations.iter().map(|name| threshold(name.as_str())).collect(),
        }
    }

    pub fn class_number(&self, class: TopClass) -> usize {
        self.classes.iter().position(|one| *one == Some(class)).unwrap_or(0)
    }

    /// 0 where there is none or the weights do not know it.
    pub fn subclass_number(&self, subclass: Option<SubclassId>) -> usize {
        let known = |one: &Option<SubclassId>| one.is_some() && *one == subclass;
        self.subclasses.iter().position(known).unwrap_or(0)
    }

    /// 0 where the weights do not know it.
    pub fn relation_number(&self, property: PropertyId) -> usize {
        self.relations.iter().position(|one| *one == Some(property)).unwrap_or(0)
    }
}
