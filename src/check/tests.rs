//! A sound graph passes; each broken promise is found, and a missing text is never "ok".

use super::*;
use crate::confidence::Confidence;
use crate::document::Source;
use crate::graph::{
    DocumentRecord, Entity, EntityIndex, EntityMention, MentionForm, Modality, Origin, Polarity,
};
use crate::ontology::{Ontology, TopClass};

const TEXT: &str = "Zürich, Monday.\n\nAda Lindqvist leads the Café Council. She said so.";
const SENTENCE: &str = "Ada Lindqvist leads the Café Council.";

fn span(part: &str) -> CharSpan {
    let at = TEXT.find(part).expect("a part of the text");
    let start = TEXT[..at].chars().count() as u32;
    CharSpan { start, end: start + part.chars().count() as u32 }
}

fn evidence() -> Evidence {
    Evidence {
        document: DocumentIndex(0),
        quote: SENTENCE.into(),
        sentence: span(SENTENCE),
        head: Some(span("Ada Lindqvist")),
        tail: Some(span("Café Council")),
        cue: Some(span("leads")),
        role: None,
        polarity: Polarity::Affirmed,
        modality: Modality::Asserted,
        attributed_to: None,
        date: None,
        origin: Origin::Human,
        confidence: Confidence::CERTAIN,
    }
}

fn report(text: Option<&str>, evidence: Evidence, tail_class: TopClass) -> CheckReport {
    let schema = &Ontology::builtin().schema;
    let mut graph = KnowledgeGraph::new();
    let document = graph.add_document(DocumentRecord {
        id: "d".into(),
        source: Source { title: Some("Council".into()), ..Source::default() },
        text: text.map(str::to_owned),
    });
    let mut add = |key: &str, name: &str, class| -> EntityIndex {
        graph.add_entity(Entity {
            key: key.into(),
            class,
            subclass: None,
            name: name.into(),
            aliases: Vec::new(),
            same_as: Vec::new(),
            mentions: vec![EntityMention {
                document,
                span: span(name),
                form: MentionForm::Name,
                subclass: None,
            }],
        })
    };
    let head = add("person/ada-lindqvist", "Ada Lindqvist", TopClass::Person);
    let tail = add("organization/cafe-council", "Café Council", tail_class);
    let leads = schema.property_id("headOf").expect("a relation of the ontology");
    graph.add_evidence(leads, head, tail, evidence);
    check(&graph, schema)
}

fn faults(report: &CheckReport) -> Vec<Fault> {
    report.findings.iter().map(|finding| finding.fault).collect()
}

#[test]
fn a_sound_graph_is_ok() {
    let report = report(Some(TEXT), evidence(), TopClass::Organization);
    assert_eq!(report.findings, []);
    assert_eq!(report.verdict(), Verdict::Ok);
    assert_eq!((report.claims, report.evidence, report.quotes_verified), (1, 1, 1));
}

#[test]
fn a_changed_text_is_found() {
    let changed = TEXT.replace("leads", "heads");
    let report = report(Some(&changed), evidence(), TopClass::Organization);
    assert_eq!(faults(&report), [Fault::Fabricated]);
    assert_eq!(report.verdict(), Verdict::Failed);
    let finding = &report.findings[0];
    assert_eq!(finding.subject, "Ada Lindqvist headOf Café Council");
    assert_eq!(finding.document.as_deref(), Some("Council"));
    assert!(finding.message.contains("heads"), "{}", finding.message);
}

/// The report on a graph with the text, and with a second document of another.
fn report_beside(other: &str, evidence: Evidence) -> CheckReport {
    let schema = &Ontology::builtin().schema;
    let mut graph = KnowledgeGraph::new();
    for (id, title, text) in [("d", "Council", TEXT), ("e", "Other", other)] {
        graph.add_document(DocumentRecord {
            id: id.into(),
            source: Source { title: Some(title.into()), ..Source::default() },
            text: Some(text.to_owned()),
        });
    }
    let mut add = |key: &str, name: &str, class| {
        graph.add_entity(Entity {
            key: key.into(),
            class,
            subclass: None,
            name: name.into(),
            aliases: Vec::new(),
            same_as: Vec::new(),
            mentions: Vec::new(),
        })
    };
    let head = add("person/ada-lindqvist", "Ada Lindqvist", TopClass::Person);
    let tail = add("organization/cafe-council", "Café Council", TopClass::Organization);
    let leads = schema.property_id("headOf").expect("a relation of the ontology");
    graph.add_evidence(leads, head, tail, evidence);
    check(&graph, schema)
}

#[test]
fn what_became_of_a_quote_is_told() {
    let quoted = |quote: &str| Evidence { quote: quote.into(), ..evidence() };
    let other = "Zürich. Bo Ek “left”  the\nCafé Council.";
    let cases = [
        ("She said so.", Fault::Misplaced, "at 55..67"),
        ("Ada  Lindqvist leads the Café\nCouncil.", Fault::Altered, "white space"),
        ("Bo Ek “left”  the\nCafé Council.", Fault::Misattributed, "in \"Other\", at 8..39"),
        ("Bo Ek \"left\" the Café Council.", Fault::Misattributed, "in \"Other\": name"),
        ("Bo Ek leads the Café Council.", Fault::Fabricated, "in no document"),
        ("", Fault::Fabricated, "empty"),
    ];
    for (quote, fault, told) in cases {
        let report = report_beside(other, quoted(quote));
        assert_eq!(faults(&report), [fault], "{quote}");
        let finding = &report.findings[0];
        assert!(finding.message.contains(told), "{}", finding.message);
        assert_eq!((finding.document.as_deref(), finding.evidence), (Some("Council"), Some(1)));
    }
}

#[test]
fn a_text_cut_short_is_found() {
    let report = report(Some("Zürich"), evidence(), TopClass::Organization);
    assert_eq!(faults(&report), [Fault::Fabricated, Fault::Mention, Fault::Mention]);
}

#[test]
fn a_missing_text_is_never_ok() {
    let report = report(None, evidence(), TopClass::Organization);
    assert_eq!(report.findings, []);
    assert_eq!(report.quotes_unverifiable, 1);
    assert_eq!(report.verdict(), Verdict::Unverifiable);
}

#[test]
fn a_signature_that_does_not_hold_is_found() {
    let report = report(Some(TEXT), evidence(), TopClass::Person);
    assert_eq!(faults(&report), [Fault::Signature]);
}

#[test]
fn marks_outside_the_sentence_are_found() {
    let evidence = Evidence { head: Some(span("She")), ..evidence() };
    assert_eq!(faults(&report(Some(TEXT), evidence, TopClass::Organization)), [Fault::Span]);
}

#[test]
fn slices_equal_those_counted_from_the_start() {
    let text = "aé→😀".repeat(64);
    let mut graph = KnowledgeGraph::new();
    let document = graph.add_document(DocumentRecord {
        id: "d".into(),
        source: Source::default(),
        text: Some(text.clone()),
    });
    let texts = Texts::of(&graph);
    for start in (0..260).step_by(3) {
        for length in [0, 1, 63, 64, 65, 300] {
            let span = CharSpan { start, end: start + length };
            let found = match texts.slice(document, span) {
                Slice::Text(text) => Some(text),
                Slice::Outside | Slice::NoText => None,
            };
            assert_eq!(found, span.of(&text), "{span:?}");
        }
    }
}
