//! Merging: which names are joined, under which key, and what the joined are called.

use std::collections::BTreeSet;

use super::apply::{Called, Work};
use super::finder::Found;
use super::{ClassName, Line, Merge, Named};
use crate::graph::{Entity, EntityIndex, Keep};
use crate::inspect::fold;

impl Work<'_> {
    /// Joins names; gives the names that the joined are called by.
    pub(super) fn merge(&mut self) -> Called {
        let corrections = self.corrections;
        let found: Vec<(&Line<Merge>, Vec<BTreeSet<EntityIndex>>)> = corrections
            .merges
            .iter()
            .map(|one| {
                let names = one.what.names.iter();
                (one, names.map(|named| self.find(one.line, named)).collect())
            })
            .collect();
        // Groups: lines that share an entity are one.
        let mut groups: Vec<(BTreeSet<EntityIndex>, Vec<usize>)> = Vec::new();
        for (at, (_, sets)) in found.iter().enumerate() {
            let mut all: BTreeSet<EntityIndex> = sets.iter().flatten().copied().collect();
            let mut lines = vec![at];
            groups.retain_mut(|(other, others)| {
                let apart = other.is_disjoint(&all);
                if !apart {
                    all.append(other);
                    lines.append(others);
                }
                apart
            });
            groups.push((all, lines));
        }
        let mut called = Called::new();
        for (all, lines) in groups {
            let line = lines.iter().map(|at| found[*at].0.line).min().unwrap_or(1);
            if let Some((apart, a, b)) = self.kept_apart(&all) {
                self.unmatched(
                    line,
                    format!("it would join {a:?} and {b:?}, which line {apart} keeps apart"),
                );
                continue;
            }
            // The first name of a line, unless another line has it behind a first name.
            let is_later = |name: &str| {
                lines.iter().any(|at| {
                    let names = &found[*at].0.what.names;
                    names.iter().skip(1).any(|one| fold(&one.name) == fold(name))
                })
            };
            let first = lines
                .iter()
                .filter_map(|at| Some((found[*at].0.what.names.first()?, found[*at].1.first()?)))
                .min_by_key(|(named, _)| (is_later(&named.name), named.name.clone()));
            let Some((first, bearers)) = first else { continue };
            let rank = |index: &&EntityIndex| {
                let key = self.draft.entity(**index).map(|entity| entity.key.as_str());
                let is_known =
                    key.is_some_and(|key| self.ontology.gazetteer.entry_by_id(key).is_some());
                (!bearers.contains(index), !is_known, key.map(str::to_owned))
            };
            let Some(&into) = all.iter().min_by_key(rank) else { continue };
            for &from in all.iter().filter(|index| **index != into) {
                self.join(line, into, from);
            }
            let Some(entity) = self.draft.entity(into) else { continue };
            let is_key = self.finder.key(&first.name).is_some() || first.name.contains('/');
            let name = match self.ontology.gazetteer.entry_by_id(&entity.key) {
                _ if !is_key => first.name.clone(),
                Some(known) => self.ontology.gazetteer.entry(known).name.clone(),
                None => self.own_name(entity),
            };
            if all.len() > 1 || !is_key {
                called.insert(into, (name, false));
            }
        }
        called
    }

    /// The fullest of the names of which the key was made.
    fn own_name(&self, entity: &Entity) -> String {
        let names = std::iter::once(&entity.name).chain(&entity.aliases);
        names
            .filter(|name| entity.key.starts_with(&crate::resolve::key_of_name(entity.class, name)))
            .min_by_key(|name| (crate::resolve::fullness(name), (*name).clone()))
            .unwrap_or(&entity.name)
            .clone()
    }

    /// Two names that are kept apart and would be one entity, with the line that says so.
    fn kept_apart(&self, all: &BTreeSet<EntityIndex>) -> Option<(usize, String, String)> {
        self.corrections.names_apart.iter().find_map(|one| {
            let mut inside = one.what.iter().filter(|name| {
                let named = Named { name: (*name).clone(), class: None };
                match self.finder.find(&named, &self.draft) {
                    Found::Entities(found) => !found.is_disjoint(all),
                    Found::Ambiguous(_) | Found::None => false,
                }
            });
            Some((one.line, inside.next()?.clone(), inside.next()?.clone()))
        })
    }

    fn join(&mut self, line: usize, into: EntityIndex, from: EntityIndex) {
        let Some(other) = self.draft.entities[from.0 as usize].take() else { return };
        let Some(entity) = self.draft.entity_mut(into) else { return };
        if entity.class != other.class {
            let class = ClassName { class: entity.class, subclass: entity.subclass };
            self.reclassed.entry(into).or_insert((line, class));
        }
        let Some(entity) = self.draft.entity_mut(into) else { return };
        entity.aliases.push(other.name);
        entity.aliases.extend(other.aliases);
        entity.same_as.extend(other.same_as);
        entity.mentions.extend(other.mentions);
        entity.mentions.sort();
        entity.mentions.dedup();
        self.keep.insert(entity.key.clone(), Keep::Given);
        for known in self.into.iter_mut().filter(|known| **known == from) {
            *known = into;
        }
        self.draft.move_statements(from, into, |_| true);
    }
}
