//! Which entities of a graph a correction means.

use std::collections::{BTreeSet, HashMap};

use super::Named;
use crate::graph::{Draft, Entity, EntityIndex};
use crate::inspect::fold;
use crate::ontology::TopClass;
use crate::resolve::key_of_name;

/// The names and keys of a graph before it is corrected.
pub(super) struct Finder {
    by_key: HashMap<String, EntityIndex>,
    /// By the key without the hash that tells bearers of one name apart.
    by_stem: HashMap<String, Vec<EntityIndex>>,
    by_name: HashMap<String, Vec<EntityIndex>>,
    by_alias: HashMap<String, Vec<EntityIndex>>,
}

/// What a name leads to.
pub(super) enum Found {
    /// At least one.
    Entities(BTreeSet<EntityIndex>),
    /// Only as another form of several names: their keys.
    Ambiguous(Vec<String>),
    None,
}

impl Finder {
    /// Keys that end in one of `set_apart` belong to other bearers of a name, which only a key
    /// leads to.
    pub fn new(draft: &Draft, set_apart: &[String]) -> Self {
        let mut finder = Self {
            by_key: HashMap::new(),
            by_stem: HashMap::new(),
            by_name: HashMap::new(),
            by_alias: HashMap::new(),
        };
        for (at, entity) in draft.entities.iter().enumerate() {
            if let Some(entity) = entity {
                finder.add(EntityIndex(at as u32), entity, set_apart);
            }
        }
        finder
    }

    pub fn add(&mut self, index: EntityIndex, entity: &Entity, set_apart: &[String]) {
        self.by_key.insert(entity.key.clone(), index);
        if set_apart.iter().any(|suffix| entity.key.ends_with(suffix.as_str())) {
            return;
        }
        if let Some((stem, hash)) = entity.key.rsplit_once('-')
            && hash.len() == 8
            && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
        {
            self.by_stem.entry(stem.to_owned()).or_default().push(index);
        }
        self.by_name.entry(fold(&entity.name)).or_default().push(index);
        for alias in &entity.aliases {
            self.by_alias.entry(fold(alias)).or_default().push(index);
        }
    }

    pub fn key(&self, key: &str) -> Option<EntityIndex> {
        self.by_key.get(key).copied()
    }

    /// By key, then all that are called so, then the one that is also called so. A single word
    /// is no sign of a person whose full name is another: many share a surname.
    pub fn find(&self, named: &Named, draft: &Draft) -> Found {
        if let Some(index) = self.key(&named.name).filter(|index| draft.entity(*index).is_some()) {
            return Found::Entities(BTreeSet::from([index]));
        }
        let fits = |index: &EntityIndex| {
            let Some(entity) = draft.entity(*index) else { return false };
            named.class.is_none_or(|wanted| {
                entity.class == wanted.class
                    && (wanted.subclass.is_none() || entity.subclass == wanted.subclass)
            })
        };
        let folded = fold(&named.name);
        let mut found: BTreeSet<EntityIndex> =
            self.by_name.get(&folded).into_iter().flatten().copied().collect();
        // An entity that a correction renamed is still found by the name that made its key.
        for class in TopClass::ALL {
            let key = key_of_name(class, &named.name);
            found.extend(self.by_key.get(&key).copied());
            found.extend(self.by_stem.get(&key).into_iter().flatten().copied());
        }
        found.retain(fits);
        if !found.is_empty() {
            return Found::Entities(found);
        }
        let is_word = !folded.contains(' ');
        let also: BTreeSet<EntityIndex> = self
            .by_alias
            .get(&folded)
            .into_iter()
            .flatten()
            .copied()
            .filter(fits)
            .filter(|index| {
                let class = draft.entity(*index).map(|entity| entity.class);
                !(is_word && class == Some(TopClass::Person))
            })
            .collect();
        match also.len() {
            0 => Found::None,
            1 => Found::Entities(also),
            _ => Found::Ambiguous(
                also.iter().filter_map(|index| Some(draft.entity(*index)?.key.clone())).collect(),
            ),
        }
    }
}
