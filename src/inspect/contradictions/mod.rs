//! Statements that disagree: who says which, when, in which sentence.
//!
//! Each kind is found by a file of its own. Precision counts more than recall: what may well be
//! true side by side (an office that passed on, a truce that came later) is none.

mod actors;
mod counterparts;
mod holders;
mod phrases;
mod possible;
mod propositions;
mod stated;

use std::cmp::Reverse;

use serde::Serialize;

use super::dates::{StatementDate, statement_date};
use super::names::fold;
use super::view::{DocumentView, EntityView};
use crate::graph::{ClaimRef, DocumentIndex, EntityIndex, Evidence, KnowledgeGraph};
use crate::ontology::Ontology;
use crate::span::CharSpan;
use crate::statement::Modality;

/// How two statements disagree; the weightiest kind first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ContradictionKind {
    /// The article itself says that somebody contradicts himself or another.
    Stated,
    /// One affirms what the other denies.
    Polarity,
    /// One puts as a fact or plan what the other makes depend on something.
    Modality,
    /// One binds two to each other between whom the other denies an agreement.
    Possible,
}

/// Two statements that disagree.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Contradiction<'g> {
    pub kind: ContradictionKind,
    /// Where the article says so; `None` unless the kind is `stated`.
    pub stated: Option<StatedIn<'g>>,
    pub a: Side<'g>,
    pub b: Side<'g>,
}

/// The sentence in which an article says that two statements disagree.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StatedIn<'g> {
    pub sentence: &'g str,
    pub sentence_span: [u32; 2],
    /// The words that say so: "contradicted".
    pub cue: &'g str,
}

/// One of the two statements.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Side<'g> {
    /// `None` where the sentence states nothing that is a claim of the graph.
    pub claim: Option<StatedClaim<'g>>,
    /// `None` is the article's own voice, or somebody without a name.
    pub speaker: Option<EntityView<'g>>,
    pub date: Option<StatementDate>,
    pub sentence: &'g str,
    pub sentence_span: [u32; 2],
    pub document: DocumentView<'g>,
}

/// A claim as one statement puts it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StatedClaim<'g> {
    pub relation: &'g str,
    pub label: &'g str,
    pub head: EntityView<'g>,
    pub tail: EntityView<'g>,
    pub head_span: Option<[u32; 2]>,
    pub tail_span: Option<[u32; 2]>,
    pub polarity: &'static str,
    pub modality: &'static str,
}

impl ContradictionKind {
    pub const ALL: [ContradictionKind; 4] =
        [Self::Stated, Self::Polarity, Self::Modality, Self::Possible];

    pub fn name(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Polarity => "polarity",
            Self::Modality => "modality",
            Self::Possible => "possible",
        }
    }
}

/// The contradictions of a graph: by kind, then those of one speaker with himself, of two
/// speakers, of a speaker with the article; then the surest; then in the order of documents and
/// their text. Those that an article states are found only where the graph has its text.
pub fn contradictions<'g>(
    graph: &'g KnowledgeGraph,
    ontology: &'g Ontology,
    kind: Option<ContradictionKind>,
) -> Vec<Contradiction<'g>> {
    let wanted = |one: ContradictionKind| kind.is_none_or(|kind| kind == one);
    let scene = Scene { graph, ontology };
    let mut found = Vec::new();
    if wanted(ContradictionKind::Stated) {
        found.extend(stated::find(scene));
    }
    if wanted(ContradictionKind::Polarity) {
        found.extend(propositions::by_polarity(scene));
    }
    if wanted(ContradictionKind::Modality) {
        found.extend(propositions::by_modality(scene));
    }
    if wanted(ContradictionKind::Possible) {
        found.extend(possible::find(scene));
    }
    found.sort_by(|x, y| {
        let place = |found: &Found<'g>| {
            let side = |side: &Part<'g>| (side.document, side.sentence);
            (side(&found.a), side(&found.b))
        };
        (x.kind, x.voices(), Reverse(x.confidence()), place(x)).cmp(&(
            y.kind,
            y.voices(),
            Reverse(y.confidence()),
            place(y),
        ))
    });
    found.into_iter().map(|one| one.view(scene)).collect()
}

/// What all kinds look at.
#[derive(Clone, Copy)]
struct Scene<'g> {
    graph: &'g KnowledgeGraph,
    ontology: &'g Ontology,
}

/// One statement of a claim.
#[derive(Clone, Copy)]
struct Statement<'g> {
    claim: ClaimRef<'g>,
    evidence: &'g Evidence,
}

/// A contradiction before it is told.
struct Found<'g> {
    kind: ContradictionKind,
    stated: Option<StatedIn<'g>>,
    a: Part<'g>,
    b: Part<'g>,
}

/// One side before it is told.
struct Part<'g> {
    statement: Option<Statement<'g>>,
    speaker: Option<EntityIndex>,
    /// Overrides the date of the statement.
    date: Option<StatementDate>,
    document: DocumentIndex,
    quote: &'g str,
    sentence: CharSpan,
}

impl<'g> Statement<'g> {
    /// All statements of a graph.
    fn all(graph: &'g KnowledgeGraph) -> impl Iterator<Item = Statement<'g>> {
        graph.claims().flat_map(|claim| {
            claim.evidence.iter().map(move |evidence| Statement { claim, evidence })
        })
    }

    fn part(self, scene: Scene<'g>) -> Part<'g> {
        Part {
            statement: Some(self),
            speaker: self.evidence.attributed_to,
            date: statement_date(scene.graph, self.evidence),
            document: self.evidence.document,
            quote: &self.evidence.quote,
            sentence: self.evidence.sentence,
        }
    }

    /// How it is put. "He said that they would sign" is a plan in reported speech, unless the
    /// sentence names a condition.
    fn modality(self, scene: Scene<'_>) -> Modality {
        let reported = self.evidence.attributed_to.is_some();
        match self.evidence.modality {
            Modality::Conditional if reported && !self.has_condition(scene) => Modality::Planned,
            modality => modality,
        }
    }

    /// Whether the sentence names a condition; "would" and "could" alone do not.
    fn has_condition(self, scene: Scene<'_>) -> bool {
        self.holds_phrase("conditions", scene)
    }

    /// Whether the sentence says that something is so no more.
    fn tells_an_end(self, scene: Scene<'_>) -> bool {
        self.holds_phrase("ended_words", scene)
    }

    fn holds_phrase(self, list: &str, scene: Scene<'_>) -> bool {
        let sentence = format!(" {} ", fold(&self.evidence.quote));
        let phrases = scene.ontology.lexicon.list(list).phrases();
        phrases.iter().any(|phrase| sentence.contains(&format!(" {phrase} ")))
    }

    /// Whether both stand in one sentence of one document.
    fn shares_sentence(self, other: Statement<'_>) -> bool {
        self.evidence.document == other.evidence.document
            && self.evidence.sentence == other.evidence.sentence
    }
}

impl<'g> Found<'g> {
    fn of(
        kind: ContradictionKind,
        a: Statement<'g>,
        b: Statement<'g>,
        scene: Scene<'g>,
    ) -> Found<'g> {
        Found { kind, stated: None, a: a.part(scene), b: b.part(scene) }
    }

    /// Who disagrees with whom; the more telling, the smaller.
    fn voices(&self) -> u8 {
        match (self.a.speaker, self.b.speaker) {
            (Some(a), Some(b)) if a == b => 0,
            (Some(_), Some(_)) => 1,
            (None, None) => 3,
            _ => 2,
        }
    }

    /// The confidence of the less sure side, in thousandths.
    fn confidence(&self) -> u32 {
        let of = |part: &Part<'_>| {
            part.statement.map_or(1000, |one| one.evidence.confidence.thousandths())
        };
        of(&self.a).min(of(&self.b))
    }

    fn view(self, scene: Scene<'g>) -> Contradiction<'g> {
        Contradiction {
            kind: self.kind,
            stated: self.stated,
            a: self.a.view(scene),
            b: self.b.view(scene),
        }
    }
}

impl<'g> Part<'g> {
    fn view(self, Scene { graph, ontology }: Scene<'g>) -> Side<'g> {
        let schema = &ontology.schema;
        let entity = |index| EntityView::new(graph, schema, index);
        Side {
            claim: self.statement.map(|Statement { claim, evidence }| {
                let property = schema.property(claim.property);
                StatedClaim {
                    relation: &property.name,
                    label: &property.label,
                    head: entity(claim.head),
                    tail: entity(claim.tail),
                    head_span: evidence.head.map(pair),
                    tail_span: evidence.tail.map(pair),
                    polarity: evidence.polarity.name(),
                    modality: evidence.modality.name(),
                }
            }),
            speaker: self.speaker.map(entity),
            date: self.date,
            sentence: self.quote,
            sentence_span: pair(self.sentence),
            document: DocumentView::new(graph, self.document),
        }
    }
}

fn pair(span: CharSpan) -> [u32; 2] {
    [span.start, span.end]
}
