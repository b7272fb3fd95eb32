//! Applies corrections to a graph, in phases, so that their order in the file does not count:
//! all names are looked up in the graph as it came; then bearers of one name are parted, names
//! merged, classes changed, facts added, names changed, and last is dropped what is dropped.

use std::collections::{BTreeMap, BTreeSet};

use super::finder::{Finder, Found};
use super::{ClassName, Corrections, Drop, Line, Merge, Named, Namesake, Unmatched};
use crate::graph::{DocumentIndex, Draft, Entity, EntityIndex, Keep, KnowledgeGraph};
use crate::inspect::fold;
use crate::ontology::Ontology;
use crate::resolve::short_hash;

/// A corrected graph, and the corrections that found nothing to correct.
pub struct Applied {
    pub graph: KnowledgeGraph,
    /// In the order of lines.
    pub unmatched: Vec<Unmatched>,
}

/// Corrects a graph. `fresh` tells that it comes from documents alone: in a graph file a
/// correction may have been applied before, and then it is no fault that nothing is dropped.
pub fn apply(
    graph: KnowledgeGraph,
    corrections: &Corrections,
    ontology: &Ontology,
    fresh: bool,
) -> Applied {
    let draft = graph.into_draft();
    let set_apart: Vec<String> =
        corrections.namesakes.iter().map(|one| suffix(&one.what)).collect();
    let finder = Finder::new(&draft, &set_apart);
    let into = (0..draft.entities.len() as u32).map(EntityIndex).collect();
    let mut work = Work {
        corrections,
        ontology,
        fresh,
        draft,
        finder,
        set_apart,
        into,
        keep: BTreeMap::new(),
        reclassed: BTreeMap::new(),
        unmatched: BTreeSet::new(),
    };
    let placed: Vec<_> = corrections.facts.iter().filter_map(|fact| work.place(fact)).collect();
    work.into = (0..work.draft.entities.len() as u32).map(EntityIndex).collect();
    let names = work.sorted_names();
    let retypes = work.retypes();
    let drops: Vec<_> = corrections.drops.iter().map(|one| work.drop_ends(one)).collect();
    for one in &corrections.names_apart {
        for name in &one.what {
            work.find(one.line, &Named { name: name.clone(), class: None });
        }
    }
    for one in &corrections.namesakes {
        work.part(one);
    }
    let mut called = work.merge();
    work.retype(&retypes);
    work.state(placed);
    for (line, index, to) in names {
        let index = work.root(index);
        let before = called.insert(index, to.clone());
        if before.is_some_and(|before| before.1 && before.0 != to.0) {
            work.unmatched(line, format!("another line calls the same entity {:?}", to.0));
        }
    }
    for (line, ends) in corrections.drops.iter().zip(drops) {
        work.drop(line, ends);
    }
    work.drop_what_no_longer_fits();
    work.finish(called)
}

/// The work in progress.
pub(super) struct Work<'c> {
    pub(super) corrections: &'c Corrections,
    pub(super) ontology: &'c Ontology,
    fresh: bool,
    pub(super) draft: Draft,
    pub(super) finder: Finder,
    /// Ends of the keys of those that were set apart.
    pub(super) set_apart: Vec<String>,
    /// What each entity has become.
    into: Vec<EntityIndex>,
    /// Entities whose names are to be counted again.
    keep: BTreeMap<String, Keep>,
    /// Classes that were changed, with the line that did.
    reclassed: BTreeMap<EntityIndex, (usize, ClassName)>,
    unmatched: BTreeSet<Unmatched>,
}

/// The name an entity is given, and whether it was said of it alone.
type Called = BTreeMap<EntityIndex, (String, bool)>;

impl<'c> Work<'c> {
    pub(super) fn unmatched(&mut self, line: usize, message: String) {
        self.unmatched.insert(Unmatched { line, message });
    }

    pub(super) fn ambiguous(&mut self, line: usize, name: &str, keys: Vec<String>) {
        self.unmatched(
            line,
            format!("{name:?} may mean several things; name one by its key: {}", keys.join(", ")),
        );
    }

    pub(super) fn root(&self, index: EntityIndex) -> EntityIndex {
        self.into.get(index.0 as usize).copied().unwrap_or(index)
    }

    /// The entities that are meant; tells when there are none.
    fn find(&mut self, line: usize, named: &Named) -> BTreeSet<EntityIndex> {
        match self.finder.find(named, &self.draft) {
            Found::Entities(found) => return found,
            Found::Ambiguous(keys) => self.ambiguous(line, &named.name, keys),
            // The key of what was merged or retyped before is gone.
            Found::None if !self.fresh && named.name.contains('/') => {}
            Found::None => self.unmatched(
                line,
                format!(
                    "nothing is called {:?} any more; correct the name, or take this out",
                    named.name
                ),
            ),
        }
        BTreeSet::new()
    }

    /// The names that entities are given, the same whatever the order of lines.
    fn sorted_names(&mut self) -> Vec<(usize, EntityIndex, (String, bool))> {
        let mut renames: Vec<_> = self.corrections.renames.iter().collect();
        renames.sort_by(|a, b| (&a.what.to, &a.what.entity).cmp(&(&b.what.to, &b.what.entity)));
        let mut names = Vec::new();
        for one in renames {
            let found = self.find(one.line, &one.what.entity);
            names.extend(found.into_iter().map(|at| (one.line, at, (one.what.to.clone(), true))));
        }
        names.reverse();
        names
    }

    fn retypes(&mut self) -> Vec<(usize, EntityIndex, ClassName)> {
        let mut retypes: Vec<_> = self.corrections.retypes.iter().collect();
        retypes.sort_by(|a, b| (a.what.to, &a.what.entity).cmp(&(b.what.to, &b.what.entity)));
        let mut found = Vec::new();
        for one in retypes {
            let entities = self.find(one.line, &one.what.entity);
            found.extend(entities.into_iter().map(|index| (one.line, index, one.what.to)));
        }
        found
    }

    /// Sets the bearer of a name in some documents apart.
    fn part(&mut self, correction: &Line<Namesake>) {
        let Line { line, what: namesake } = correction;
        let mut documents: BTreeSet<DocumentIndex> = BTreeSet::new();
        for typed in &namesake.documents {
            let found = self.documents_called(typed);
            if found.is_empty() && self.fresh {
                self.unmatched(
                    *line,
                    format!("there is no document {typed:?} any more; correct it, or take it out"),
                );
            }
            documents.extend(found);
        }
        let suffix = suffix(namesake);
        let gone = &namesake.name;
        if !self.fresh && matches!(self.finder.find(gone, &self.draft), Found::None) {
            // All its bearers may have been set apart before.
            return;
        }
        for from in self.find(*line, &namesake.name) {
            let Some(entity) = self.draft.entity_mut(from) else { continue };
            let key = format!("{}{suffix}", entity.key);
            let (here, there): (Vec<_>, Vec<_>) =
                entity.mentions.drain(..).partition(|one| documents.contains(&one.document));
            let left = entity.key.clone();
            entity.mentions = there;
            let is_gone = entity.mentions.is_empty();
            if here.is_empty() {
                continue;
            }
            let other =
                Entity { key: key.clone(), same_as: Vec::new(), mentions: here, ..entity.clone() };
            let to = self.draft.add_entity(other);
            self.into.push(to);
            self.draft.move_statements(from, to, |one| documents.contains(&one.document));
            if is_gone && self.draft.statements()[from.0 as usize] == 0 {
                self.draft.entities[from.0 as usize] = None;
            }
            self.keep.insert(key, Keep::Class);
            self.keep.insert(left, Keep::Class);
        }
    }

    /// Joins names; gives the names that the joined are called by.
    fn merge(&mut self) -> Called {
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

    fn retype(&mut self, retypes: &[(usize, EntityIndex, ClassName)]) {
        for &(line, index, to) in retypes {
            let index = self.root(index);
            if let Some((before, other)) = self.reclassed.get(&index)
                && *other != to
                && self.corrections.retypes.iter().any(|one| one.line == *before)
            {
                let before = *before;
                self.unmatched(line, format!("line {before} says otherwise of the same entity"));
                continue;
            }
            let Some(entity) = self.draft.entity_mut(index) else { continue };
            if entity.class != to.class {
                let stem = format!("{}/", entity.class.name().to_lowercase());
                if let Some(rest) = entity.key.strip_prefix(&stem) {
                    entity.key = format!("{}/{rest}", to.class.name().to_lowercase());
                }
                entity.class = to.class;
            }
            entity.subclass = to.subclass;
            self.keep.insert(entity.key.clone(), Keep::Given);
            self.reclassed.insert(index, (line, to));
        }
    }

    fn drop_ends(&mut self, correction: &Line<Drop>) -> [BTreeSet<EntityIndex>; 2] {
        match &correction.what {
            // What was dropped before is not there: no fault in a graph file.
            Drop::Entity(named) if !self.fresh => match self.finder.find(named, &self.draft) {
                Found::Entities(found) => [found, BTreeSet::new()],
                Found::Ambiguous(_) | Found::None => [BTreeSet::new(), BTreeSet::new()],
            },
            Drop::Entity(named) => [self.find(correction.line, named), BTreeSet::new()],
            Drop::Claim { head, tail, .. } => {
                [self.find(correction.line, head), self.find(correction.line, tail)]
            }
        }
    }

    fn drop(&mut self, correction: &Line<Drop>, [heads, tails]: [BTreeSet<EntityIndex>; 2]) {
        let heads: BTreeSet<_> = heads.into_iter().map(|index| self.root(index)).collect();
        let tails: BTreeSet<_> = tails.into_iter().map(|index| self.root(index)).collect();
        let (property, document) = match &correction.what {
            Drop::Entity(_) => {
                for index in heads {
                    self.draft.entities[index.0 as usize] = None;
                }
                return;
            }
            Drop::Claim { property, document, .. } => (*property, document.as_deref()),
        };
        let cited = document.map(|document| self.documents_called(document));
        let symmetric = self.ontology.schema.property(property).symmetric;
        let mut dropped = 0;
        for claim in self.draft.claims.iter_mut().filter(|claim| claim.property == property) {
            let forward = heads.contains(&claim.head) && tails.contains(&claim.tail);
            let backward = heads.contains(&claim.tail) && tails.contains(&claim.head);
            if !(forward || symmetric && backward) {
                continue;
            }
            let before = claim.evidence.len();
            claim
                .evidence
                .retain(|one| cited.as_ref().is_some_and(|cited| !cited.contains(&one.document)));
            dropped += before - claim.evidence.len();
        }
        if dropped == 0 && self.fresh && !heads.is_empty() && !tails.is_empty() {
            self.unmatched(
                correction.line,
                "there is no such claim any more; correct it, or take it out".into(),
            );
        }
    }

    /// Claims that the ontology does not allow between the classes that their ends now have.
    fn drop_what_no_longer_fits(&mut self) {
        let mut lost: BTreeMap<usize, usize> = BTreeMap::new();
        for claim in &mut self.draft.claims {
            let class = |index: EntityIndex| {
                let entity = self.draft.entities.get(index.0 as usize)?.as_ref()?;
                Some(entity.class)
            };
            let line = [claim.head, claim.tail]
                .iter()
                .find_map(|end| self.reclassed.get(end).map(|(line, _)| *line));
            if let (Some(line), Some(head), Some(tail)) =
                (line, class(claim.head), class(claim.tail))
                && !self.ontology.schema.allows(claim.property, head, tail)
                && !claim.evidence.is_empty()
            {
                *lost.entry(line).or_default() += 1;
                claim.evidence.clear();
            }
        }
        for (line, count) in lost {
            let claims = if count == 1 { "claim does" } else { "claims do" };
            self.unmatched(line, format!("{count} {claims} not fit the new class and is left out"));
        }
    }

    fn finish(self, called: Called) -> Applied {
        let Self { corrections, ontology, draft, keep, reclassed, mut unmatched, .. } = self;
        let key = |index: &EntityIndex| draft.entity(*index).map(|entity| entity.key.clone());
        let called: Vec<_> = called
            .iter()
            .filter_map(|(index, (name, _))| Some((key(index)?, name.clone())))
            .collect();
        let retyped: Vec<_> = reclassed
            .iter()
            .filter(|(_, (line, _))| corrections.retypes.iter().any(|one| one.line == *line))
            .filter_map(|(index, (_, to))| Some((key(index)?, to.subclass)))
            .collect();
        let mut graph = draft.into_graph(&ontology.schema);
        graph.settle_those(ontology, |entity| keep.get(&entity.key).copied());
        for (key, subclass) in retyped {
            if let Some(index) = graph.entity_by_key(&key) {
                graph.reclass(index, subclass);
            }
        }
        for (key, name) in called {
            if let Some(index) = graph.entity_by_key(&key) {
                graph.rename(index, name);
            }
        }
        unmatched.extend(still_one(&graph, corrections));
        Applied { graph, unmatched: unmatched.into_iter().collect() }
    }
}

/// Names that are to be kept apart and are one entity: in a graph file they were joined before.
fn still_one(graph: &KnowledgeGraph, corrections: &Corrections) -> Vec<Unmatched> {
    let mut found = Vec::new();
    for Line { line, what: names } in &corrections.names_apart {
        let folded: BTreeSet<String> = names.iter().map(|name| fold(name)).collect();
        let bears_two = |entity: &Entity| {
            let names = std::iter::once(&entity.name).chain(&entity.aliases);
            let borne: BTreeSet<String> = names.map(|name| fold(name)).collect();
            borne.intersection(&folded).count() > 1
        };
        if graph.entities().any(|(_, entity)| bears_two(entity)) {
            found.push(Unmatched {
                line: *line,
                message: "the graph file has these names as one; they are kept apart while \
                          documents are read: build it again from the documents"
                    .into(),
            });
        }
    }
    found
}

/// What the key of a namesake ends in: told by the correction, so that it stays the same
/// whichever of the documents are there.
fn suffix(namesake: &Namesake) -> String {
    format!("-{}", short_hash(&namesake.documents.join("\n")))
}
