//! What each part of a selection keeps, by names.

use super::*;
use crate::confidence::Confidence;
use crate::document::Source;
use crate::graph::{
    DocumentRecord, Entity, EntityMention, MentionForm, Modality, Origin, Polarity,
};
use crate::ontology::TopClass;
use crate::span::CharSpan;

const NO_SPAN: CharSpan = CharSpan { start: 0, end: 1 };

/// People P1 to P4, organizations O1 and O2, a place L that no claim concerns.
///
/// P1 –0→ O1 in 2015 and 2016; P2 –1→ O1 in 2016, as P4 says; O1 –0→ O2 in 2020; P3 –0→ P3 at
/// no known time.
fn graph() -> KnowledgeGraph {
    let mut graph = KnowledgeGraph::new();
    let documents = [("d2015", Some("2015-07-03")), ("d2016", Some("2016-02")), ("d", None)].map(
        |(id, published)| {
            let source = Source { published: published.map(str::to_owned), ..Source::default() };
            graph.add_document(DocumentRecord { id: id.into(), source, text: Some(id.into()) })
        },
    );
    let mut entity = |name: &str, class| {
        let mentions = documents
            .iter()
            .map(|document| EntityMention {
                document: *document,
                span: NO_SPAN,
                form: MentionForm::Name,
                subclass: None,
            })
            .collect();
        graph.add_entity(Entity {
            key: name.to_lowercase(),
            class,
            subclass: None,
            name: name.into(),
            aliases: Vec::new(),
            same_as: Vec::new(),
            mentions,
        })
    };
    let [p1, p2, p3, p4] = ["P1", "P2", "P3", "P4"].map(|name| entity(name, TopClass::Person));
    let [o1, o2] = ["O1", "O2"].map(|name| entity(name, TopClass::Organization));
    entity("L", TopClass::Place);
    let [d2015, d2016, undated] = documents;
    for (head, property, tail, document, date, attributed_to) in [
        (p1, 0, o1, d2015, None, None),
        (p1, 0, o1, d2016, None, None),
        (p2, 1, o1, d2016, None, Some(p4)),
        (o1, 0, o2, undated, Some("2020"), None),
        (p3, 0, p3, undated, None, None),
    ] {
        let evidence = Evidence {
            document,
            quote: "q".into(),
            sentence: NO_SPAN,
            head: None,
            tail: None,
            cue: None,
            role: None,
            polarity: Polarity::Affirmed,
            modality: Modality::Asserted,
            attributed_to,
            date: date.map(Into::into),
            origin: Origin::Human,
            confidence: Confidence::CERTAIN,
        };
        graph.add_evidence(PropertyId(property), head, tail, evidence);
    }
    graph
}

/// Names of entities, claims as "P1 0 O1 ×2" with the number of statements, ids of documents.
fn contents(part: &KnowledgeGraph) -> [String; 3] {
    let name = |index: EntityIndex| part.entity(index).name.as_str();
    let claim = |claim: crate::graph::ClaimRef<'_>| {
        let (head, tail) = (name(claim.head), name(claim.tail));
        format!("{head} {} {tail} ×{}", claim.property.0, claim.evidence.len())
    };
    [
        part.entities().map(|(_, entity)| entity.name.clone()).collect::<Vec<_>>().join(" "),
        part.claims().map(claim).collect::<Vec<_>>().join(", "),
        part.documents().map(|(_, record)| record.id.clone()).collect::<Vec<_>>().join(" "),
    ]
}

fn check(selection: &Selection, expected: [&str; 3]) {
    assert_eq!(contents(&selection.of(&graph()).graph), expected, "{selection:?}");
}

fn named(name: &str) -> EntityIndex {
    graph().entity_by_key(&name.to_lowercase()).unwrap()
}

#[test]
fn an_empty_selection_is_the_whole_graph() {
    let all = "P1 0 O1 ×2, P2 1 O1 ×1, O1 0 O2 ×1, P3 0 P3 ×1";
    check(&Selection::default(), ["P1 P2 P3 P4 O1 O2 L", all, "d2015 d2016 d"]);
}

#[test]
fn classes_keep_their_entities_and_the_claims_between_them() {
    let classes = vec![ClassFilter::Top(TopClass::Organization), ClassFilter::Top(TopClass::Place)];
    let selection = Selection { classes, ..Selection::default() };
    check(&selection, ["O1 O2 L", "O1 0 O2 ×1", "d2015 d2016 d"]);
}

#[test]
fn relations_keep_their_claims_and_whoever_is_quoted() {
    let selection = Selection { relations: vec![PropertyId(1)], ..Selection::default() };
    check(&selection, ["P2 P4 O1", "P2 1 O1 ×1", "d2016"]);
    let part = selection.of(&graph()).graph;
    let claim = part.claims().next().unwrap();
    assert_eq!(part.entity(claim.evidence[0].attributed_to.unwrap()).name, "P4");
    assert_eq!(part.entity(claim.head).mentions.len(), 1);
}

#[test]
fn statements_are_chosen_by_the_day_they_speak_of_or_were_published() {
    let of = |since, until| Selection {
        since: Period::of(since),
        until: Period::of(until),
        ..Selection::default()
    };
    check(&of("2016", ""), ["P1 P2 P4 O1 O2", "P1 0 O1 ×1, P2 1 O1 ×1, O1 0 O2 ×1", "d2016 d"]);
    check(&of("", "2015-07-03"), ["P1 O1", "P1 0 O1 ×1", "d2015"]);
    check(&of("2015-07-04", "2016-01-31"), ["", "", ""]);
    // February 2016 overlaps both; only part of it need be in the time.
    check(&of("2016-02-29", "2016-03"), ["P1 P2 P4 O1", "P1 0 O1 ×1, P2 1 O1 ×1", "d2016"]);
    assert_eq!(of("2016", "").of(&graph()).undated, 1);
}

#[test]
fn sources_are_documents() {
    let selection = Selection { min_sources: 2, ..Selection::default() };
    check(&selection, ["P1 O1", "P1 0 O1 ×2", "d2015 d2016"]);
}

#[test]
fn around_goes_so_many_claims_in_either_direction() {
    let around = |depth, classes: &[ClassFilter]| Selection {
        around: vec![named("P1")],
        depth,
        classes: classes.to_vec(),
        ..Selection::default()
    };
    check(&around(0, &[]), ["P1", "", ""]);
    check(&around(1, &[]), ["P1 O1", "P1 0 O1 ×2", "d2015 d2016"]);
    let all = "P1 0 O1 ×2, P2 1 O1 ×1, O1 0 O2 ×1";
    check(&around(2, &[]), ["P1 P2 P4 O1 O2", all, "d2015 d2016 d"]);
    // Classes choose among what was reached, over whomever; the centre stays.
    let organizations = [ClassFilter::Top(TopClass::Organization)];
    let between = "P1 0 O1 ×2, O1 0 O2 ×1";
    check(&around(2, &organizations), ["P1 O1 O2", between, "d2015 d2016 d"]);
    // Other parts come first: without its only claim nothing is around.
    let recent = Selection { since: Period::of("2019"), ..around(2, &[]) };
    check(&recent, ["P1", "", ""]);
}

#[test]
fn the_largest_component_is_what_hangs_together() {
    let selection = Selection { largest_component: true, ..Selection::default() };
    let all = "P1 0 O1 ×2, P2 1 O1 ×1, O1 0 O2 ×1";
    check(&selection, ["P1 P2 P4 O1 O2", all, "d2015 d2016 d"]);
}

#[test]
fn periods_are_dates_that_exist() {
    let days = |text| Period::of(text).map(|p| format!("{} {}", p.first(), p.last()));
    assert_eq!(days("2016").as_deref(), Some("2016-01-01 2016-12-31"));
    assert_eq!(days("2016-02").as_deref(), Some("2016-02-01 2016-02-29"));
    assert_eq!(days("2015-02-28").as_deref(), Some("2015-02-28 2015-02-28"));
    for text in ["", "soon", "2015-02-29", "2016-13", "16", "2016-1", "2016-01-01-01", "2016-é1"] {
        assert_eq!(days(text), None, "{text}");
    }
}
