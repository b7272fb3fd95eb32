//! Which mentions an element of a pattern takes.

use crate::mention::Mention;
use crate::ontology::{ClassSet, Schema, SubclassId, TopClass};

/// A choice between classes.
#[derive(Clone, Debug, PartialEq, Default)]
pub(super) struct MentionClasses {
    tops: ClassSet,
    subclasses: Vec<SubclassId>,
    /// The top classes of the subclasses.
    of_subclasses: ClassSet,
    /// Whether countries named by their adjective are taken.
    demonym: bool,
}

/// Kinds of mentions of which one must stand in the sentence.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct MentionNeed {
    tops: ClassSet,
    demonym: bool,
}

impl MentionClasses {
    /// `names` as patterns write them: a top class, a subclass, `Top.Subclass`, `any`, `demonym`.
    pub(super) fn of_names(names: &[String], schema: &Schema) -> Result<Self, String> {
        let mut classes = MentionClasses::default();
        for name in names {
            let subclass = name.rsplit('.').next().unwrap_or(name);
            if name == "demonym" {
                classes.demonym = true;
            } else if name == "any" {
                for top in [TopClass::Person, TopClass::Organization, TopClass::Place] {
                    classes.tops = classes.tops.with(top);
                }
            } else if let Some(top) = TopClass::from_name(name) {
                classes.tops = classes.tops.with(top);
            } else if let Some(id) = schema.subclass_id(subclass) {
                classes.subclasses.push(id);
                classes.of_subclasses = classes.of_subclasses.with(schema.subclass(id).top);
            } else {
                return Err(format!("the ontology has no class {name}"));
            }
        }
        Ok(classes)
    }

    pub(super) fn take(&self, mention: &Mention) -> bool {
        if mention.demonym {
            return self.demonym;
        }
        self.tops.contains(mention.class)
            || mention.subclass.is_some_and(|subclass| self.subclasses.contains(&subclass))
    }
}

impl MentionNeed {
    pub(super) fn add(&mut self, classes: &MentionClasses) {
        for top in classes.tops.iter().chain(classes.of_subclasses.iter()) {
            self.tops = self.tops.with(top);
        }
        self.demonym |= classes.demonym;
    }

    /// The kinds of mentions in a sentence.
    pub(super) fn present(mentions: &[Mention]) -> Self {
        let mut present = Self::default();
        for mention in mentions {
            if mention.demonym {
                present.demonym = true;
            } else {
                present.tops = present.tops.with(mention.class);
            }
        }
        present
    }

    /// Whether a sentence with mentions of these kinds may have it.
    pub(super) fn is_met(self, present: MentionNeed) -> bool {
        self.demonym && present.demonym || self.tops.iter().any(|top| present.tops.contains(top))
    }
}
