//! Statements of one proposition that disagree in polarity or in modality.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::actors::acted_for;
use super::{ContradictionKind, Found, Scene, Statement};
use crate::graph::{ClaimRef, DocumentIndex, Polarity};
use crate::span::CharSpan;
use crate::statement::Modality;

/// How far apart documents may be published whose statements are still about one state of the
/// world: what two said weeks apart is mostly about two states.
const DAYS_OF_ONE_STATE: u32 = 7;

/// What is affirmed in one place and denied in another. Who denies a relation denies also those
/// below it; who denies a symmetric one denies it both ways round.
pub(super) fn by_polarity<'g>(scene: Scene<'g>) -> Vec<Found<'g>> {
    let mut pairs = Pairs::default();
    for denial in Statement::all(scene.graph).filter(|one| is(one, Polarity::Denied)) {
        for rival in included(scene, denial.claim) {
            for evidence in rival.evidence {
                let affirmation = Statement { claim: rival, evidence };
                if is(&affirmation, Polarity::Affirmed) && disagree(scene, affirmation, denial) {
                    pairs.add(affirmation, denial);
                }
            }
        }
    }
    pairs.found(ContradictionKind::Polarity, scene)
}

/// What the same speaker, or two who act for the same, put plainly in one place and under a
/// condition in another.
pub(super) fn by_modality<'g>(scene: Scene<'g>) -> Vec<Found<'g>> {
    let mut pairs = Pairs::default();
    let affirmed = |one: &Statement<'g>| is(one, Polarity::Affirmed);
    let conditional = |one: &Statement<'g>| {
        affirmed(one) && one.modality(scene) == Modality::Conditional && one.has_condition(scene)
    };
    for condition in Statement::all(scene.graph).filter(conditional) {
        for rival in included(scene, condition.claim) {
            for evidence in rival.evidence {
                let plain = Statement { claim: rival, evidence };
                let is_plain =
                    matches!(plain.modality(scene), Modality::Asserted | Modality::Planned);
                if affirmed(&plain)
                    && is_plain
                    && !plain.shares_sentence(condition)
                    && speak_for_the_same(scene, plain, condition)
                {
                    pairs.add(plain, condition);
                }
            }
        }
    }
    pairs.found(ContradictionKind::Modality, scene)
}

fn is(statement: &Statement<'_>, polarity: Polarity) -> bool {
    statement.evidence.polarity == polarity
}

/// The claims that a claim includes: itself, and between the same two those of relations below
/// its own.
fn included<'g>(scene: Scene<'g>, claim: ClaimRef<'g>) -> Vec<ClaimRef<'g>> {
    let Scene { graph, ontology } = scene;
    let symmetric = ontology.schema.property(claim.property).symmetric;
    let forward = graph.claims_from(claim.head).filter(|one| one.tail == claim.tail);
    let backward = graph
        .claims_to(claim.head)
        .filter(|one| symmetric && one.head == claim.tail && one.head != one.tail);
    let mut all: Vec<_> = forward
        .chain(backward)
        .filter(|one| ontology.schema.is_within(one.property, claim.property))
        .collect();
    all.sort_by_key(|one| one.index);
    all
}

/// Whether an affirmation and a denial cannot both be right.
fn disagree(scene: Scene<'_>, affirmation: Statement<'_>, denial: Statement<'_>) -> bool {
    use Modality::{Alleged, Asserted, Conditional, Planned};
    let comparable = match (affirmation.modality(scene), denial.modality(scene)) {
        (Conditional, _) | (_, Conditional) => false,
        (Planned, Planned) => true,
        // What is planned may be not done yet, and what is done may not be planned any more.
        (Planned, _) | (_, Planned) => false,
        (Asserted | Alleged, Asserted | Alleged) => true,
    };
    comparable
        && !denial.tells_an_end(scene)
        && !affirmation.shares_sentence(denial)
        && dates_allow(affirmation, denial)
        && occasions_allow(scene, affirmation, denial)
}

/// Whether two statements were made on occasions that lie close enough to be about one state of
/// the world.
fn occasions_allow(scene: Scene<'_>, affirmation: Statement<'_>, denial: Statement<'_>) -> bool {
    let property = scene.ontology.schema.property(affirmation.claim.property);
    let attributed = |one: Statement<'_>| one.evidence.attributed_to.is_some();
    if affirmation.evidence.document == denial.evidence.document {
        // An article that says both itself tells of a change, or is misunderstood.
        return attributed(affirmation) || attributed(denial);
    }
    // What an article denies in passing is often misunderstood; somebody's denial is meant.
    let published = |one: Statement<'_>| {
        scene.graph.document(one.evidence.document).source.published.as_deref()
    };
    let apart = match (published(affirmation), published(denial)) {
        (Some(a), Some(b)) => days_between(a, b),
        _ => None,
    };
    attributed(denial)
        && apart.is_some_and(|days| {
            days <= if property.ends_by_succession { 0 } else { DAYS_OF_ONE_STATE }
        })
}

/// How many days lie between two dates of full precision.
fn days_between(a: &str, b: &str) -> Option<u32> {
    let day = |text: &str| text.parse::<jiff::civil::Date>().ok();
    Some(day(a)?.since(day(b)?).ok()?.get_days().unsigned_abs())
}

/// Statements of different dates are about different states of the world.
fn dates_allow(a: Statement<'_>, b: Statement<'_>) -> bool {
    match (a.evidence.date.as_deref(), b.evidence.date.as_deref()) {
        (Some(a), Some(b)) => a.starts_with(b) || b.starts_with(a),
        _ => true,
    }
}

fn speak_for_the_same(scene: Scene<'_>, a: Statement<'_>, b: Statement<'_>) -> bool {
    let (Some(a), Some(b)) = (a.evidence.attributed_to, b.evidence.attributed_to) else {
        return false;
    };
    a == b || !acted_for(scene, a).is_disjoint(&acted_for(scene, b))
}

/// The pairs of statements that are worth telling: for each second statement of a claim the one
/// that it weighs most against.
#[derive(Default)]
struct Pairs<'g> {
    best: BTreeMap<Key, (Rank, Statement<'g>, Statement<'g>)>,
}

/// Both claims, and where the second is stated.
type Key = (u32, u32, DocumentIndex, CharSpan);

/// The smaller, the better: same speaker, both somebody's words, same document, sureness.
type Rank = (bool, bool, bool, Reverse<u32>);

impl<'g> Pairs<'g> {
    /// Of equal ones the first stays.
    fn add(&mut self, a: Statement<'g>, b: Statement<'g>) {
        let (first, second) = (a.evidence, b.evidence);
        let key = (a.claim.index.0, b.claim.index.0, second.document, second.sentence);
        let rank = (
            first.attributed_to != second.attributed_to,
            first.attributed_to.is_none(),
            first.document != second.document,
            Reverse(first.confidence.thousandths().min(second.confidence.thousandths())),
        );
        let better = self.best.get(&key).is_none_or(|(best, ..)| rank < *best);
        if better {
            self.best.insert(key, (rank, a, b));
        }
    }

    fn found(self, kind: ContradictionKind, scene: Scene<'g>) -> Vec<Found<'g>> {
        self.best.into_values().map(|(_, a, b)| Found::of(kind, a, b, scene)).collect()
    }
}
