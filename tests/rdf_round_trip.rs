//! Graph to RDF and back, in every format and profile, on random graphs.

mod common;

use std::collections::HashSet;
use std::time::{Duration, Instant};

use common::random_graph::{Shape, describe, random_graph};
use newsgraph::graph::KnowledgeGraph;
use newsgraph::ontology::{NAMESPACE, Ontology, Schema};
use newsgraph::rdf::quads::each_quad;
use newsgraph::rdf::{
    Assert, Base, Mapping, MappingOptions, Profile, Syntax, WriteError, load, write,
};
use oxigraph::model::{GraphName, Quad};
use oxrdfio::{RdfFormat, RdfParser};

const PROFILES: [Profile; 3] = [Profile::Default, Profile::Rdf12, Profile::NamedGraphs];
const BUDGET: Duration = Duration::from_secs(6);

fn schema() -> &'static Schema {
    &Ontology::builtin().schema
}

fn text(graph: &KnowledgeGraph, syntax: Syntax, options: &MappingOptions) -> Vec<u8> {
    let mut out = Vec::new();
    let report = write(graph, schema(), syntax, options, &mut out).expect("to memory");
    assert_eq!(report.foreign_left_out, 0, "all fits in {syntax:?}");
    out
}

/// Seeds until the budget is spent, at least a few.
fn seeds() -> impl Iterator<Item = u64> {
    let start = Instant::now();
    (0..40).take_while(move |seed| *seed < 6 || start.elapsed() < BUDGET)
}

#[test]
fn every_format_and_profile_gives_the_graph_back() {
    for seed in seeds() {
        for syntax in Syntax::ALL.iter().copied() {
            let odd_characters = syntax != Syntax::RdfXml;
            let graph = random_graph(seed, Shape { odd_characters, ..Shape::SMALL }, schema());
            for profile in PROFILES.into_iter().filter(|profile| syntax.carries(*profile)) {
                let assert = if seed % 2 == 0 { Assert::Narrator } else { Assert::Reported };
                let options = MappingOptions { profile, assert, ..MappingOptions::default() };
                let written = text(&graph, syntax, &options);
                let loaded =
                    load(written.as_slice(), syntax, schema(), None).unwrap_or_else(|error| {
                        panic!(
                            "{seed} {syntax:?} {profile:?}: {error}\n{}",
                            String::from_utf8_lossy(&written)
                        )
                    });
                let (before, after) = (describe(&graph), describe(&loaded.graph));
                assert!(
                    before == after,
                    "seed {seed}, {syntax:?}, {profile:?}:\n{}\n--- written\n{}",
                    difference(&before, &after),
                    String::from_utf8_lossy(&written)
                );
                let again = text(&loaded.graph, syntax, &options);
                assert!(written == again, "{seed} {syntax:?} {profile:?}: other bytes");
            }
        }
    }
}

fn difference(before: &str, after: &str) -> String {
    let (old, new): (HashSet<&str>, HashSet<&str>) =
        (before.lines().collect(), after.lines().collect());
    let lost = before.lines().filter(|line| !new.contains(line)).map(|line| format!("- {line}"));
    let added = after.lines().filter(|line| !old.contains(line)).map(|line| format!("+ {line}"));
    lost.chain(added).collect::<Vec<_>>().join("\n")
}

/// All writers write exactly the quads of the mapping, as an independent reader sees them.
#[test]
fn writers_agree_with_the_mapping() {
    for seed in seeds().take(12) {
        for profile in PROFILES {
            let graph =
                random_graph(seed, Shape { odd_characters: false, ..Shape::SMALL }, schema());
            let options = MappingOptions { profile, ..MappingOptions::default() };
            let mut expected = HashSet::new();
            each_quad(Mapping::new(&graph, schema(), &options), &mut |quad| {
                assert!(expected.insert(quad.to_string()), "stated twice: {quad}");
            });
            for syntax in Syntax::ALL.iter().copied().filter(|syntax| syntax.carries(profile)) {
                let found: HashSet<String> =
                    quads(&graph, syntax, &options).iter().map(ToString::to_string).collect();
                let lost: Vec<_> = expected.difference(&found).collect();
                let added: Vec<_> = found.difference(&expected).collect();
                assert!(
                    lost.is_empty() && added.is_empty(),
                    "{seed} {syntax:?} {profile:?}\nlost {lost:#?}\nadded {added:#?}"
                );
            }
        }
    }
}

fn quads(graph: &KnowledgeGraph, syntax: Syntax, options: &MappingOptions) -> Vec<Quad> {
    let format = match syntax {
        Syntax::Turtle => RdfFormat::Turtle,
        Syntax::TriG => RdfFormat::TriG,
        Syntax::NTriples => RdfFormat::NTriples,
        Syntax::NQuads => RdfFormat::NQuads,
        Syntax::RdfXml => RdfFormat::RdfXml,
        Syntax::JsonLd => RdfFormat::JsonLd { profile: oxrdfio::JsonLdProfileSet::empty() },
    };
    RdfParser::from_format(format)
        .for_slice(&text(graph, syntax, options))
        .collect::<Result<_, _>>()
        .expect("valid")
}

/// The annotation syntax of RDF 1.2 asserts; it must not assert what is denied or planned.
#[test]
fn no_denied_claim_is_asserted_after_loading() {
    for seed in seeds() {
        let graph = random_graph(seed, Shape { statements: 40, ..Shape::SMALL }, schema());
        for (profile, syntax) in [
            (Profile::Default, Syntax::Turtle),
            (Profile::Rdf12, Syntax::Turtle),
            (Profile::NamedGraphs, Syntax::TriG),
        ] {
            let options = MappingOptions { profile, ..MappingOptions::default() };
            let mapping = Mapping::new(&graph, schema(), &options);
            let mut allowed = HashSet::new();
            for claim in graph.claims() {
                if newsgraph::rdf::mapping::is_asserted(claim.evidence, Assert::Narrator) {
                    let mut terms = newsgraph::rdf::quads::Terms::new(mapping);
                    mapping.direct(claim, &mut |statement| {
                        allowed.insert(without_graph(terms.quad(&statement)));
                    });
                }
            }
            let foreign: HashSet<Quad> = graph.foreign.iter().cloned().map(without_graph).collect();
            let relations: HashSet<String> = schema()
                .properties()
                .map(|(_, property)| format!("{NAMESPACE}{}", property.name))
                .collect();
            let stated: HashSet<Quad> = quads(&graph, syntax, &options)
                .into_iter()
                .filter(|quad| relations.contains(quad.predicate.as_str()))
                .map(without_graph)
                .filter(|quad| !foreign.contains(quad))
                .collect();
            assert_eq!(stated, allowed, "seed {seed}, {profile:?}");
        }
    }
}

fn without_graph(mut quad: Quad) -> Quad {
    quad.graph_name = GraphName::DefaultGraph;
    quad
}

#[test]
fn a_format_that_cannot_carry_a_profile_writes_nothing() {
    let graph = random_graph(1, Shape::SMALL, schema());
    for syntax in Syntax::ALL.iter().copied() {
        for profile in PROFILES.into_iter().filter(|profile| !syntax.carries(*profile)) {
            let options = MappingOptions { profile, ..MappingOptions::default() };
            let mut out = Vec::new();
            let error = write(&graph, schema(), syntax, &options, &mut out).expect_err("refused");
            assert!(matches!(error, WriteError::Profile { .. }));
            assert!(error.to_string().contains("use "), "{error}");
            assert!(out.is_empty());
        }
    }
}

#[test]
fn xml_counts_what_it_cannot_carry() {
    let mut graph = KnowledgeGraph::new();
    graph.add_document(newsgraph::graph::DocumentRecord {
        id: "a".into(),
        source: newsgraph::document::Source::default(),
        text: Some("one\u{0}two\u{B}\rthree".into()),
    });
    let mut out = Vec::new();
    let report = write(&graph, schema(), Syntax::RdfXml, &MappingOptions::default(), &mut out)
        .expect("to memory");
    assert_eq!(report.replaced_characters, 2);
    let loaded = load(out.as_slice(), Syntax::RdfXml, schema(), None).expect("valid");
    let (_, record) = loaded.graph.documents().next().expect("one document");
    assert_eq!(record.text.as_deref(), Some("one\u{FFFD}two\u{FFFD}\rthree"));
}

#[test]
fn another_base_is_found_again() {
    let shape = Shape { odd_characters: false, ..Shape::SMALL };
    let graph = random_graph(3, shape, schema());
    let base = Base::new("https://data.example/news#").expect("a base");
    let options = MappingOptions { base: base.clone(), ..MappingOptions::default() };
    let written = text(&graph, Syntax::NTriples, &options);
    let loaded = load(written.as_slice(), Syntax::NTriples, schema(), None).expect("valid");
    assert_eq!(loaded.base, base);
    assert_eq!(describe(&loaded.graph), describe(&graph));
    // Read with another base, entities keep the IRIs that they have.
    let other = Base::default();
    let loaded = load(written.as_slice(), Syntax::NTriples, schema(), Some(&other)).expect("valid");
    assert!(loaded.graph.entities().all(|(_, entity)| entity.key.starts_with(base.as_str())));
}

#[test]
fn texts_can_be_left_out() {
    let graph = random_graph(5, Shape::SMALL, schema());
    let options = MappingOptions { with_text: false, ..MappingOptions::default() };
    let written = text(&graph, Syntax::Turtle, &options);
    let loaded = load(written.as_slice(), Syntax::Turtle, schema(), None).expect("valid");
    assert!(loaded.graph.documents().all(|(_, document)| document.text.is_none()));
    assert_eq!(loaded.graph.claim_count(), graph.claim_count());
}

#[test]
fn a_syntax_error_names_its_place() {
    let error = load(&b"<a:b> <a:c> <a:d> .\n<a:b> oops"[..], Syntax::NTriples, schema(), None)
        .err()
        .expect("an error");
    assert!(error.to_string().starts_with("line 2"), "{error}");
}

#[test]
fn incomplete_records_are_kept_as_they_are() {
    let turtle = "@prefix ng: <https://w3id.org/newsgraph/ontology#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        <x:claim> a ng:Claim ; ng:evidence <x:evidence> ; ng:contested true .
        <x:evidence> a ng:Evidence ; ng:polarity \"denied\" ; ng:confidence 0.5 .
        <x:a> rdfs:label \"a\" ; ng:headOf <x:b> . <x:b> a ng:Organization ; rdfs:label \"b\" .
        [] rdfs:label \"no name\" .";
    let loaded = load(turtle.as_bytes(), Syntax::Turtle, schema(), None).expect("valid");
    assert_eq!(loaded.graph.entity_count(), 1);
    assert_eq!(loaded.graph.claim_count(), 0);
    assert_eq!(loaded.graph.foreign.len(), 9);
    let again = load(turtle.as_bytes(), Syntax::Turtle, schema(), None).expect("valid");
    assert_eq!(describe(&again.graph), describe(&loaded.graph));
}

/// What a person sees: entities with their relations first, denied evidence never as a triple.
#[test]
fn turtle_is_grouped_for_people() {
    let turtle = "@prefix ng: <https://w3id.org/newsgraph/ontology#> .
        @prefix id: <https://w3id.org/newsgraph/id/> .
        @prefix d: <https://w3id.org/newsgraph/id/document/> .
        @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix oa: <http://www.w3.org/ns/oa#> .
        @prefix prov: <http://www.w3.org/ns/prov#> .
        d:one a <https://schema.org/NewsArticle>, <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#Context> .
        id:person\\/ada a ng:Person ; rdfs:label \"Ada\" .
        id:organization\\/mill a ng:Company, ng:Organization ; rdfs:label \"Mill\" .
        <x:1> a ng:Claim ; rdf:subject id:person\\/ada ; rdf:predicate ng:headOf ;
            rdf:object id:organization\\/mill ; ng:evidence <x:2> .
        <x:2> a ng:Evidence ; prov:wasDerivedFrom d:one ; oa:hasSelector <x:3> ;
            ng:polarity \"affirmed\" ; ng:modality \"asserted\" .
        <x:3> oa:exact \"Ada heads the mill.\" ; oa:start 0 ; oa:end 19 .
        <x:4> a ng:Claim ; rdf:subject id:person\\/ada ; rdf:predicate ng:founderOf ;
            rdf:object id:organization\\/mill ; ng:evidence <x:5> .
        <x:5> a ng:Evidence ; prov:wasDerivedFrom d:one ; oa:hasSelector <x:6> ;
            ng:polarity \"denied\" ; ng:modality \"asserted\" .
        <x:6> oa:exact \"Ada did not found it.\" ; oa:start 20 ; oa:end 41 .";
    let loaded = load(turtle.as_bytes(), Syntax::Turtle, schema(), None).expect("valid");
    assert!(loaded.graph.foreign.is_empty(), "{}", describe(&loaded.graph));
    let written = |profile| {
        let options = MappingOptions { profile, ..MappingOptions::default() };
        String::from_utf8(text(&loaded.graph, Syntax::Turtle, &options)).expect("UTF-8")
    };
    let plain = written(Profile::Default);
    let entities = "
# Entities

organization:mill a ng:Company, ng:Organization ;
    rdfs:label \"Mill\" .

person:ada a ng:Person ;
    rdfs:label \"Ada\" ;
    ng:headOf organization:mill .

# Documents
";
    assert!(plain.contains(entities), "{plain}");
    assert_eq!(plain.matches("ng:founderOf").count(), 1, "only the claim names it: {plain}");
    let annotated = written(Profile::Rdf12);
    assert!(annotated.contains("\nperson:ada ng:headOf organization:mill\n    ~ evidence:"));
    assert!(annotated.contains("rdf:reifies <<( person:ada ng:founderOf organization:mill )>> ;"));
    assert!(annotated.contains("ng:contested true"), "{annotated}");
}
