//! Extraction of arbitrary text: it never panics, every span lies in the text, and every quote is
//! the text at its offsets.

use std::time::{Duration, Instant};

use newsgraph::check;
use newsgraph::document::Document;
use newsgraph::graph::KnowledgeGraph;
use newsgraph::ontology::Ontology;
use newsgraph::pipeline::{BuildSettings, Extractor};
use proptest::prelude::*;

fn graph_of(extractor: &Extractor<'_>, text: &str) -> KnowledgeGraph {
    let mut graph = KnowledgeGraph::new();
    let documents = vec![Document::prose(text)];
    extractor.build(documents, BuildSettings::default(), &mut graph, &|_| ());
    graph
}

/// Pieces that the extractor reacts to, and pieces that it has never seen.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("President ".to_owned()),
        Just("US-led coalition ".to_owned()),
        Just("Islamic State (IS, formerly ISIS/ISIL or Daesh) ".to_owned()),
        Just("Russia and Ukraine ".to_owned()),
        Just("signed the March 3 ceasefire agreement with ".to_owned()),
        Just("“We do not have ".to_owned()),
        Just("” said Ann Lee. ".to_owned()),
        Just("Ministry of ".to_owned()),
        Just("northern ".to_owned()),
        Just("He met her and its ".to_owned()),
        Just("the group's leader, ".to_owned()),
        Just("We accuse ".to_owned()),
        Just("Al-".to_owned()),
        Just("'s ".to_owned()),
        Just("(".to_owned()),
        Just(", the ".to_owned()),
        Just("U.S. ".to_owned()),
        Just("\n\n".to_owned()),
        "\\PC{0,12}",
        ".{0,6}",
        "[A-Z][a-z]{1,8} ",
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

#[test]
fn any_text_gives_a_graph_that_checks() {
    let ontology = Ontology::builtin();
    let extractor = Extractor::new(ontology).expect("the built-in rules");
    let begun = Instant::now();
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(400));
    let outcome = runner.run(&text(), |text| {
        // A budget of time, not of cases: a slow machine tries fewer.
        if begun.elapsed() > Duration::from_secs(20) {
            return Ok(());
        }
        let graph = graph_of(&extractor, &text);
        for (_, entity) in graph.entities() {
            prop_assert!(!entity.name.is_empty());
            for mention in &entity.mentions {
                prop_assert!(mention.span.of(&text).is_some_and(|surface| !surface.is_empty()));
            }
        }
        for claim in graph.claims() {
            prop_assert!(claim.head != claim.tail);
            prop_assert!(!claim.evidence.is_empty());
            for evidence in claim.evidence {
                prop_assert_eq!(evidence.sentence.of(&text), Some(&*evidence.quote));
                for span in [evidence.head, evidence.tail, evidence.cue].into_iter().flatten() {
                    prop_assert!(span.of(&text).is_some());
                }
            }
        }
        let report = check::check(&graph, &ontology.schema);
        prop_assert_eq!(report.verdict(), check::Verdict::Ok);
        Ok(())
    });
    outcome.expect("holds for any text");
}
