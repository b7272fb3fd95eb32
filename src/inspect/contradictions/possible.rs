//! Two who are bound to each other in one statement, and an agreement between them that another
//! statement denies.

use std::collections::{BTreeMap, BTreeSet};

use super::actors::acted_for;
use super::{ContradictionKind, Found, Scene, Statement};
use crate::graph::{ClaimRef, DocumentIndex, EntityIndex, Polarity};
use crate::span::CharSpan;
use crate::statement::Modality;

/// A denial that an agreement has certain sides.
struct Denial<'g> {
    statement: Statement<'g>,
    agreement: EntityIndex,
    sides: BTreeSet<EntityIndex>,
}

pub(super) fn find<'g>(scene: Scene<'g>) -> Vec<Found<'g>> {
    let denials = denials(scene);
    let mut best: BTreeMap<_, (Statement<'g>, Statement<'g>)> = BTreeMap::new();
    if denials.is_empty() {
        return Vec::new();
    }
    for binding in Statement::all(scene.graph) {
        let evidence = binding.evidence;
        // That an agreement exists is no word against the denial of another: somebody's word or
        // a plan is.
        let weighs = match binding.modality(scene) {
            Modality::Asserted => evidence.attributed_to.is_some(),
            Modality::Planned => true,
            Modality::Conditional | Modality::Alleged => false,
        };
        if evidence.polarity == Polarity::Denied || !weighs {
            continue;
        }
        for [first, second] in bound_by(scene, binding.claim) {
            let (first, second) = (acted_for(scene, first), acted_for(scene, second));
            for denial in &denials {
                let same = [binding.claim.head, binding.claim.tail].contains(&denial.agreement);
                let side = |ours: &BTreeSet<EntityIndex>, other: &BTreeSet<EntityIndex>| {
                    ours.iter().any(|one| denial.sides.contains(one) && !other.contains(one))
                };
                if !same
                    && side(&first, &second)
                    && side(&second, &first)
                    && !binding.shares_sentence(denial.statement)
                {
                    let key = |one: Statement<'_>| {
                        (one.evidence.document, one.evidence.sentence, one.evidence.attributed_to)
                    };
                    best.entry((key(binding), key(denial.statement)))
                        .or_insert((binding, denial.statement));
                }
            }
        }
    }
    best.into_values().map(|(a, b)| Found::of(ContradictionKind::Possible, a, b, scene)).collect()
}

/// The pairs of actors whom a claim ties to each other: its two ends, or the sides of the
/// agreement by which it makes something joint.
fn bound_by(scene: Scene<'_>, claim: ClaimRef<'_>) -> Vec<[EntityIndex; 2]> {
    let property = scene.ontology.schema.property(claim.property);
    if property.binds {
        return vec![[claim.head, claim.tail]];
    }
    if !property.makes_joint {
        return Vec::new();
    }
    let sides: Vec<_> = sides_of(scene, claim.head, Polarity::Affirmed)
        .map(|side| side.claim.head)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let mut pairs = Vec::new();
    for (at, first) in sides.iter().enumerate() {
        pairs.extend(sides[at + 1..].iter().map(|second| [*first, *second]));
    }
    pairs
}

/// The statements that affirm or deny sides of an agreement.
fn sides_of(
    scene: Scene<'_>,
    agreement: EntityIndex,
    polarity: Polarity,
) -> impl Iterator<Item = Statement<'_>> {
    scene
        .graph
        .claims_to(agreement)
        .filter(move |claim| scene.ontology.schema.property(claim.property).sides)
        .flat_map(|claim| claim.evidence.iter().map(move |evidence| Statement { claim, evidence }))
        .filter(move |one| one.evidence.polarity == polarity)
}

/// What is denied of each agreement in each sentence. A speaker who denies an agreement with one
/// side denies it for whom he speaks.
fn denials<'g>(scene: Scene<'g>) -> Vec<Denial<'g>> {
    let mut found: BTreeMap<(EntityIndex, DocumentIndex, CharSpan), Denial<'g>> = BTreeMap::new();
    let mut claims: Vec<ClaimRef<'g>> = scene
        .graph
        .claims()
        .filter(|claim| scene.ontology.schema.property(claim.property).sides)
        .collect();
    claims.sort_by_key(|claim| claim.index);
    for claim in claims {
        for evidence in claim.evidence.iter().filter(|one| one.polarity == Polarity::Denied) {
            let statement = Statement { claim, evidence };
            let denial =
                found.entry((claim.tail, evidence.document, evidence.sentence)).or_insert_with(
                    || Denial { statement, agreement: claim.tail, sides: BTreeSet::new() },
                );
            denial.sides.insert(claim.head);
            if let Some(speaker) = evidence.attributed_to {
                denial.sides.extend(acted_for(scene, speaker));
            }
        }
    }
    found.into_values().collect()
}
