//! Applies corrections to a graph, in phases, so that their order in the file does not count:
//! all names are looked up in the graph as it came; then bearers of one name are parted, names
//! merged, classes changed, facts added, names changed, and last is dropped what is dropped.

use std::collections::{BTreeMap, BTreeSet};

use super::finder::{Finder, Found};
use super::{ClassName, Corrections, Line, Named, Namesake, Unmatched};
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
    pub(super) fresh: bool,
    pub(super) draft: Draft,
    pub(super) finder: Finder,
    /// Ends of the keys of those that were set apart.
    pub(super) set_apart: Vec<String>,
    /// What each entity has become.
    pub(super) into: Vec<EntityIndex>,
    /// Entities whose names are to be counted again.
    pub(super) keep: BTreeMap<String, Keep>,
    /// Classes that were changed, with the line that did.
    pub(super) reclassed: BTreeMap<EntityIndex, (usize, ClassName)>,
    unmatched: BTreeSet<Unmatched>,
}

/// The name an entity is given, and whether it was said of it alone.
pub(super) type Called = BTreeMap<EntityIndex, (String, bool)>;

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
    pub(super) fn find(&mut self, line: usize, named: &Named) -> BTreeSet<EntityIndex> {
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
