//! Dropping entities and claims, and what no longer fits the ontology.

use std::collections::{BTreeMap, BTreeSet};

use super::apply::Work;
use super::finder::Found;
use super::{Drop, Line};
use crate::graph::EntityIndex;

impl Work<'_> {
    pub(super) fn drop_ends(&mut self, correction: &Line<Drop>) -> [BTreeSet<EntityIndex>; 2] {
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

    pub(super) fn drop(
        &mut self,
        correction: &Line<Drop>,
        [heads, tails]: [BTreeSet<EntityIndex>; 2],
    ) {
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
    pub(super) fn drop_what_no_longer_fits(&mut self) {
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
}
