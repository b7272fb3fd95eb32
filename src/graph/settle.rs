//! Names and kinds of entities, counted over all their documents, so that they are a function
//! of the set of documents: not of its order, and not of what was there before and went.

use std::collections::{BTreeMap, BTreeSet};

use super::texts::{Slice, Texts};
use super::{Entity, EntityIndex, EntityMention, KnowledgeGraph};
use crate::ontology::{Ontology, SubclassId};
use crate::resolve::{fullness, is_adjective, name_in_document, shown};
use crate::statement::MentionForm;

/// What an entity is called by its mentions, read from the texts.
pub(super) struct Surfaces(Vec<(EntityMention, String)>);

/// What is known of an entity that no mention shows: a name that a person or another tool gave
/// it. It stays, whichever documents come and go.
pub(super) struct Given {
    name: Option<String>,
    aliases: Vec<String>,
    subclass: Option<SubclassId>,
}

impl Surfaces {
    /// `None` where there are no mentions, or where a text is missing.
    pub fn of(mentions: &[EntityMention], texts: &Texts<'_>) -> Option<Self> {
        let mut read = Vec::with_capacity(mentions.len());
        for mention in mentions {
            match texts.slice(mention.document, mention.span) {
                Slice::Text(text) => read.push((*mention, shown(text))),
                Slice::Outside | Slice::NoText => return None,
            }
        }
        read.sort_by_key(|(mention, _)| *mention);
        (!read.is_empty()).then_some(Self(read))
    }

    /// The mentions of each document, in the order of the text.
    fn by_document(&self) -> impl Iterator<Item = &[(EntityMention, String)]> {
        self.0.chunk_by(|(a, _), (b, _)| a.document == b.document)
    }
}

impl Given {
    pub fn of(entity: &Entity, surfaces: &Surfaces, ontology: &Ontology) -> Self {
        let borne: BTreeSet<&str> = surfaces.0.iter().map(|(_, text)| text.as_str()).collect();
        let known = known_name(entity, ontology);
        let is_given = |name: &str| !borne.contains(name) && Some(name) != known;
        let shows = |subclass: SubclassId| {
            surfaces.0.iter().any(|(mention, _)| mention.subclass == Some(subclass))
        };
        Self {
            name: Some(entity.name.clone()).filter(|name| is_given(name)),
            aliases: entity.aliases.iter().filter(|alias| is_given(alias)).cloned().collect(),
            subclass: entity.subclass.filter(|subclass| !shows(*subclass)),
        }
    }

    /// Writes name, aliases and subclass as the mentions show them, beside what is given.
    pub fn settle(self, entity: &mut Entity, surfaces: &Surfaces, ontology: &Ontology) {
        let known = known_name(entity, ontology).map(str::to_owned);
        let mut names: BTreeMap<String, usize> = BTreeMap::new();
        let mut kinds: BTreeMap<SubclassId, usize> = BTreeMap::new();
        let names_it = |mention: &(EntityMention, String)| mention.0.form == MentionForm::Name;
        let is_proper =
            |one: &(EntityMention, String)| names_it(one) && !is_adjective(&one.1, ontology);
        // A document that has only its adjective, or what stands for it, has no say where others
        // name it.
        let has_names = surfaces.0.iter().any(is_proper);
        for mentions in surfaces.by_document() {
            if let Some(kind) = mentions.iter().find_map(|(mention, _)| mention.subclass) {
                *kinds.entry(kind).or_default() += 1;
            }
            if has_names && !mentions.iter().any(is_proper) {
                continue;
            }
            let forms: Vec<(MentionForm, String)> =
                mentions.iter().map(|(mention, text)| (mention.form, text.clone())).collect();
            *names.entry(name_in_document(&forms, known.as_deref(), ontology)).or_default() += 1;
        }
        let most_used = names.into_iter().min_by(|(a, count_a), (b, count_b)| {
            count_b.cmp(count_a).then_with(|| fullness(a).cmp(&fullness(b))).then_with(|| a.cmp(b))
        });
        if let Some(name) = self.name.or(most_used.map(|(name, _)| name)) {
            entity.name = name;
        }
        let mut aliases = self.aliases;
        aliases.extend(surfaces.0.iter().filter(|one| names_it(one)).map(|(_, text)| text.clone()));
        aliases.retain(|alias| *alias != entity.name);
        aliases.sort();
        aliases.dedup();
        entity.aliases = aliases;
        // The kind that most documents show; of equally many, the first in the alphabet.
        let shown = kinds.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)));
        entity.subclass = self.subclass.or(shown.map(|(kind, _)| kind));
    }
}

/// What stays of an entity beside what its mentions show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// What somebody gave it: names that stand in no text.
    Given,
    /// Its class alone.
    Class,
}

impl KnowledgeGraph {
    /// Gives an entity another name; the old one becomes an alias.
    pub fn rename(&mut self, index: EntityIndex, name: String) {
        let entity = self.entity_mut(index);
        if entity.name == name {
            return;
        }
        let before = std::mem::replace(&mut entity.name, name);
        entity.aliases.push(before);
        entity.aliases.retain(|alias| *alias != entity.name);
        entity.aliases.sort();
        entity.aliases.dedup();
    }

    /// Gives an entity another subclass, which must be one of its class.
    pub fn reclass(&mut self, index: EntityIndex, subclass: Option<SubclassId>) {
        self.entity_mut(index).subclass = subclass;
    }

    /// Counts the names and kinds of all entities again: the name is that which most documents
    /// use as the fullest, then the fullest of these. An entity without mentions, or with one
    /// in a document whose text is left out, stays as it is.
    pub fn settle(&mut self, ontology: &Ontology) {
        self.settle_those(ontology, |_| Some(Keep::Given));
    }

    /// The same of the entities for which `which` says how.
    pub fn settle_those(&mut self, ontology: &Ontology, which: impl Fn(&Entity) -> Option<Keep>) {
        let texts = Texts::of(self);
        let settled: Vec<_> = self
            .entities()
            .filter_map(|(index, entity)| {
                let keep = which(entity)?;
                let surfaces = Surfaces::of(&entity.mentions, &texts)?;
                let mut settled = without_mentions(entity);
                let given = match keep {
                    Keep::Given => Given::of(entity, &surfaces, ontology),
                    Keep::Class => Given {
                        name: None,
                        aliases: Vec::new(),
                        ..Given::of(entity, &surfaces, ontology)
                    },
                };
                given.settle(&mut settled, &surfaces, ontology);
                Some((index, settled))
            })
            .collect();
        drop(texts);
        for (index, settled) in settled {
            let entity = self.entity_mut(index);
            entity.name = settled.name;
            entity.aliases = settled.aliases;
            entity.subclass = settled.subclass;
        }
    }
}

/// A copy of what is settled; mentions may be many.
fn without_mentions(entity: &Entity) -> Entity {
    Entity {
        key: entity.key.clone(),
        class: entity.class,
        subclass: entity.subclass,
        name: entity.name.clone(),
        aliases: entity.aliases.clone(),
        same_as: Vec::new(),
        mentions: Vec::new(),
    }
}

fn known_name<'o>(entity: &Entity, ontology: &'o Ontology) -> Option<&'o str> {
    let entry = ontology.gazetteer.entry_by_id(&entity.key)?;
    Some(&ontology.gazetteer.entry(entry).name)
}
