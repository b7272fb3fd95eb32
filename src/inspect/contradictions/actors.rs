//! Who acts for whom: the forces and bodies of a country for the country, its heads and
//! spokespersons for both. Which relations say so is a flag of the ontology.

use std::collections::BTreeSet;

use super::Scene;
use crate::graph::{EntityIndex, Polarity};
use crate::statement::Modality;

/// How many steps lead from a spokesman over a ministry and a government to a country.
const STEPS: usize = 4;

/// `actor` and all for whom it acts by what the graph asserts.
pub(super) fn acted_for(scene: Scene<'_>, actor: EntityIndex) -> BTreeSet<EntityIndex> {
    let mut known = BTreeSet::from([actor]);
    let mut last = vec![actor];
    for _ in 0..STEPS {
        let mut next = Vec::new();
        for claim in last.iter().flat_map(|at| scene.graph.claims_from(*at)) {
            let asserted = claim.evidence.iter().any(|evidence| {
                evidence.polarity == Polarity::Affirmed && evidence.modality == Modality::Asserted
            });
            if asserted
                && scene.ontology.schema.property(claim.property).acts_for
                && known.insert(claim.tail)
            {
                next.push(claim.tail);
            }
        }
        last = next;
    }
    known
}
