//! Queries in place against oxigraph's store, filled from the export.

mod common;
#[path = "query/graphs.rs"]
mod graphs;
#[path = "query/questions.rs"]
mod questions;

use std::collections::BTreeSet;

use common::random_graph::{Shape, random_graph};
use newsgraph::graph::{
    DocumentIndex, DocumentRecord, Entity, EntityIndex, Evidence, KnowledgeGraph, Modality, Origin,
    Polarity,
};
use newsgraph::ontology::{Ontology, Schema, TopClass};
use newsgraph::query::{
    GraphDataset, QueryError, QuerySettings, ResultFormat, evaluate, examples, parse, run,
};
use newsgraph::rdf::vocabulary::ONTOLOGY_GRAPH;
use newsgraph::rdf::{Assert, MappingOptions, Profile, Syntax, write};
use oxigraph::io::RdfFormat;
use oxigraph::model::{
    GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, QuadRef, Term, Triple,
};
use oxigraph::sparql::{QueryResults as StoreResults, SparqlEvaluator};
use oxigraph::store::Store;
use spareval::QueryResults;
use spargebra::Query;

const PROFILES: [Profile; 3] = [Profile::Default, Profile::Rdf12, Profile::NamedGraphs];

fn schema() -> &'static Schema {
    &Ontology::builtin().schema
}

/// The oracle: what the export writes, and the ontology as a named graph.
fn store(graph: &KnowledgeGraph, options: &MappingOptions) -> Store {
    let store = Store::new().expect("in memory");
    let mut bytes = Vec::new();
    write(graph, schema(), Syntax::NQuads, options, &mut bytes).expect("in memory");
    store.load_from_slice(RdfFormat::NQuads, &bytes).expect("the export can be read");
    let name = NamedNode::new_unchecked(ONTOLOGY_GRAPH);
    for quad in schema().quads() {
        let quad = QuadRef::new(&quad.subject, &quad.predicate, &quad.object, &name);
        store.insert(quad).expect("in memory");
    }
    store
}

/// An answer as sorted lines: rows, triples, or yes and no. Blank nodes have no names.
fn lines(rows: impl Iterator<Item = Vec<Option<Term>>>) -> Vec<String> {
    let show = |term: Option<Term>| match term {
        None => "-".to_owned(),
        Some(Term::BlankNode(_)) => "_".to_owned(),
        Some(term) => term.to_string(),
    };
    let mut lines: Vec<String> =
        rows.map(|row| row.into_iter().map(show).collect::<Vec<_>>().join(" | ")).collect();
    lines.sort();
    lines
}

fn triple_row(triple: Triple) -> Vec<Option<Term>> {
    vec![Some(triple.subject.into()), Some(triple.predicate.into()), Some(triple.object)]
}

fn boolean_row(value: bool) -> Vec<Option<Term>> {
    vec![Some(Literal::from(value).into())]
}

fn in_place(dataset: &GraphDataset<'_>, query: &Query) -> Vec<String> {
    evaluate(dataset, query, |results| match results {
        QueryResults::Solutions(solutions) => {
            lines(solutions.map(|solution| solution.expect("evaluates").values().to_vec()))
        }
        QueryResults::Graph(triples) => {
            lines(triples.map(|triple| triple_row(triple.expect("evaluates"))))
        }
        QueryResults::Boolean(value) => lines(std::iter::once(boolean_row(value))),
    })
    .expect("evaluates")
}

fn in_store(store: &Store, query: &Query) -> Vec<String> {
    let results = SparqlEvaluator::new().for_query(query.clone()).on_store(store).execute();
    match results.expect("evaluates") {
        StoreResults::Solutions(solutions) => {
            lines(solutions.map(|solution| solution.expect("evaluates").values().to_vec()))
        }
        StoreResults::Graph(triples) => {
            lines(triples.map(|triple| triple_row(triple.expect("evaluates"))))
        }
        StoreResults::Boolean(value) => lines(std::iter::once(boolean_row(value))),
    }
}

fn check(dataset: &GraphDataset<'_>, store: &Store, sparql: &str, context: &str) {
    let query = parse(sparql, dataset.base()).unwrap_or_else(|error| panic!("{sparql}\n{error}"));
    let (ours, theirs) = (in_place(dataset, &query), in_store(store, &query));
    if ours != theirs {
        let only = |one: &[String], other: &[String]| {
            let other: BTreeSet<&String> = other.iter().collect();
            one.iter().filter(|line| !other.contains(line)).take(5).cloned().collect::<Vec<_>>()
        };
        panic!(
            "{context}\n{sparql}\nonly in place ({}): {:#?}\nonly in the store ({}): {:#?}",
            ours.len(),
            only(&ours, &theirs),
            theirs.len(),
            only(&theirs, &ours)
        );
    }
}

/// Statements that are not ours, among them such that look like ours.
fn foreign() -> Vec<Quad> {
    let iri = |iri: &str| NamedNode::new_unchecked(iri);
    let other = iri("http://other.example/p");
    let e0 = iri("https://w3id.org/newsgraph/id/e0");
    let graph = GraphName::from(iri("http://other.example/graph"));
    let number = Literal::new_typed_literal("5", iri("http://www.w3.org/2001/XMLSchema#int"));
    let greeting = Literal::new_language_tagged_literal_unchecked("hello", "en");
    vec![
        Quad::new(e0.clone(), other.clone(), number, GraphName::DefaultGraph),
        Quad::new(iri("http://other.example/s"), other.clone(), e0.clone(), graph.clone()),
        Quad::new(iri("http://other.example/s"), other.clone(), e0, graph.clone()),
        Quad::new(iri("http://other.example/s"), other, greeting, graph),
    ]
}

/// Every pattern that the quad is an answer to, and with `?g` free or not.
fn patterns(quad: &Quad) -> Vec<String> {
    let bound = |term: String, is_bound: bool, variable: &str| {
        if is_bound { term } else { variable.to_owned() }
    };
    let mut patterns = Vec::new();
    for mask in 0..16 {
        let blank_subject = matches!(quad.subject, NamedOrBlankNode::BlankNode(_));
        let blank_object = matches!(quad.object, Term::BlankNode(_));
        let s = bound(quad.subject.to_string(), mask & 1 != 0 && !blank_subject, "?s");
        let p = bound(quad.predicate.to_string(), mask & 2 != 0, "?p");
        let o = bound(quad.object.to_string(), mask & 4 != 0 && !blank_object, "?o");
        let triple = format!("{s} {p} {o}");
        patterns.push(match (&quad.graph_name, mask & 8 != 0) {
            (GraphName::NamedNode(graph), true) => {
                format!("SELECT * {{ GRAPH {graph} {{ {triple} }} }}")
            }
            (GraphName::DefaultGraph, true) => format!("SELECT * {{ {triple} }}"),
            _ => format!("SELECT * {{ GRAPH ?g {{ {triple} }} }}"),
        });
    }
    patterns
}

#[test]
fn every_pattern_is_answered_as_the_store_answers_it() {
    for seed in 0..12 {
        let graph = if seed % 3 == 0 {
            random_graph(seed, Shape::SMALL, schema())
        } else {
            let mut graph = graphs::odd(seed, schema());
            if seed % 3 == 1 {
                graph.foreign = foreign();
            }
            graph
        };
        for profile in PROFILES {
            let assert = if seed % 2 == 0 { Assert::Narrator } else { Assert::Reported };
            let options =
                MappingOptions { profile, assert, with_text: seed % 5 != 0, ..Default::default() };
            let dataset = GraphDataset::new(&graph, schema(), &options);
            let store = store(&graph, &options);
            let context = format!("seed {seed}, {profile:?}, {assert:?}");
            let mut asked = BTreeSet::new();
            let mut chance = graphs::Chance::new(seed);
            for quad in store.iter() {
                let quad = quad.expect("in memory");
                // The ontology is large and always the same, and time is short.
                let of_ontology = quad.graph_name.to_string().contains(ONTOLOGY_GRAPH);
                if !chance.once_in(if of_ontology { 400 } else { 10 }) {
                    continue;
                }
                for pattern in patterns(&quad) {
                    if asked.insert(pattern.clone()) {
                        check(&dataset, &store, &pattern, &context);
                    }
                }
            }
            check(&dataset, &store, "SELECT ?g { GRAPH ?g { } }", &context);
            check(&dataset, &store, "SELECT * { ?s ?p \"not in there\" }", &context);
        }
    }
}

#[test]
fn triple_terms_are_matched_and_taken_apart() {
    for seed in 0..20 {
        let graph = graphs::odd(seed, schema());
        let options = MappingOptions { profile: Profile::Rdf12, ..Default::default() };
        let dataset = GraphDataset::new(&graph, schema(), &options);
        let store = store(&graph, &options);
        for sparql in [
            "SELECT * { ?e rdf:reifies <<( ?s ?p ?o )>> }",
            "SELECT * { ?e rdf:reifies <<( <e0> ?p ?o )>> ; ng:polarity \"denied\" }",
            "SELECT * { << ?s ?p ?o >> ng:role ?role }",
            "SELECT * { ?s ?p ?o . ?e rdf:reifies <<( ?s ?p ?o )>> }",
            "SELECT (SUBJECT(?t) AS ?s) { ?e rdf:reifies ?t FILTER(isTRIPLE(?t)) }",
        ] {
            check(&dataset, &store, sparql, &format!("seed {seed}"));
        }
    }
}

#[test]
fn questions_and_examples_get_the_answers_of_the_store() {
    let ontology = Ontology::builtin();
    let mut answered = BTreeSet::new();
    let large = graphs::large(2_000, schema());
    let small: Vec<_> = (0..6).map(|seed| graphs::odd(seed, schema())).collect();
    for (number, graph) in std::iter::once(&large).chain(&small).enumerate() {
        for profile in PROFILES {
            let options = MappingOptions { profile, ..Default::default() };
            let dataset = GraphDataset::new(graph, schema(), &options);
            let store = store(graph, &options);
            let context = format!("graph {number}, {profile:?}");
            let questions = questions::QUESTIONS.iter().copied();
            let all = examples(ontology);
            for (name, sparql) in questions.chain(all.iter().map(|e| (e.name, e.sparql))) {
                let query = parse(sparql, dataset.base()).unwrap_or_else(|e| panic!("{name}: {e}"));
                if !in_place(&dataset, &query).is_empty() {
                    answered.insert(name);
                }
                check(&dataset, &store, sparql, &format!("{context}, {name}"));
            }
        }
    }
    // A query that never finds anything compares nothing.
    let unanswered: Vec<_> = questions::QUESTIONS
        .iter()
        .map(|(name, _)| *name)
        .chain(examples(ontology).iter().map(|example| example.name))
        .filter(|name| !answered.contains(name))
        .collect();
    assert!(unanswered.is_empty(), "no answer in any graph: {unanswered:?}");
}

/// A star in a large graph: three claims at the entity that is asked for.
fn star() -> KnowledgeGraph {
    let mut graph = graphs::large(3_000, schema());
    let mut entity = |key: &str| {
        graph.add_entity(Entity {
            key: key.into(),
            class: TopClass::Person,
            subclass: None,
            name: key.into(),
            aliases: Vec::new(),
            same_as: Vec::new(),
            mentions: Vec::new(),
        })
    };
    let hub = entity("hub");
    let points = [entity("point-a"), entity("point-b"), entity("point-c")];
    let property = schema().property_id("worksFor").expect("declared");
    for point in points {
        graph.add_evidence(property, hub, point, plain(None));
        graph.add_evidence(property, point, hub, plain(Some(hub)));
    }
    graph
}

fn plain(attributed_to: Option<EntityIndex>) -> Evidence {
    Evidence {
        document: DocumentIndex(0),
        quote: "It is so.".into(),
        sentence: Default::default(),
        head: None,
        tail: None,
        cue: None,
        role: None,
        polarity: Polarity::Affirmed,
        modality: Modality::Asserted,
        attributed_to,
        date: None,
        origin: Origin::Human,
        confidence: newsgraph::confidence::Confidence::CERTAIN,
    }
}

#[test]
fn a_pattern_on_one_entity_visits_in_the_order_of_its_degree() {
    let graph = star();
    for profile in PROFILES {
        let options = MappingOptions { profile, ..Default::default() };
        let dataset = GraphDataset::new(&graph, schema(), &options);
        for sparql in [
            "SELECT * { <hub> ?p ?o }",
            "SELECT * { ?s ?p <hub> }",
            "SELECT * { GRAPH ?g { ?s ?p <hub> } }",
            "SELECT * { ?e ng:attributedTo <hub> }",
            "SELECT * { ?c rdf:subject <hub> ; rdf:object ?o ; ng:evidence ?e . ?e ng:polarity ?x }",
            "SELECT * { <hub> ?p ?o . ?o ?q <hub> }",
            "SELECT * { <hub> ?p <point-a> }",
        ] {
            let query = parse(sparql, dataset.base()).expect("a query");
            let before = dataset.visited();
            in_place(&dataset, &query);
            let visited = dataset.visited() - before;
            assert!(visited < 150, "{sparql} looks at {visited} statements, {profile:?}");
        }
        let query = parse("SELECT * { ?s rdfs:label \"hub\" }", dataset.base()).expect("a query");
        in_place(&dataset, &query);
        let before = dataset.visited();
        assert_eq!(in_place(&dataset, &query).len(), 1);
        assert!(dataset.visited() - before < 10, "a label leads to its entity");
    }
}

fn written(sparql: &str, format: Option<ResultFormat>, settings: &QuerySettings) -> String {
    let mut graph = star();
    graph.add_document(DocumentRecord {
        id: "d".into(),
        source: newsgraph::document::Source {
            title: Some("A\ttitle".into()),
            ..Default::default()
        },
        text: None,
    });
    let options = MappingOptions::default();
    let dataset = GraphDataset::new(&graph, schema(), &options);
    let mut out = Vec::new();
    let outcome = parse(sparql, dataset.base())
        .and_then(|query| run(&dataset, &query, format, settings, &mut out));
    match outcome {
        Ok(outcome) if outcome.truncated => {
            format!("{}(more)\n", String::from_utf8(out).expect("text"))
        }
        Ok(_) => String::from_utf8(out).expect("text"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn answers_are_written_in_every_format() {
    let points = "SELECT ?o ?label { <hub> ng:worksFor ?o . ?o rdfs:label ?label } ORDER BY ?o";
    let format = ResultFormat::from_name;
    let settings = QuerySettings::default();
    let cases = [
        (
            points,
            None,
            "o                  label\npoint-a <point-a>  point-a\npoint-b <point-b>  point-b\npoint-c <point-c>  point-c\n",
        ),
        (
            points,
            Some("csv"),
            "o,label\r\nhttps://w3id.org/newsgraph/id/point-a,point-a\r\nhttps://w3id.org/newsgraph/id/point-b,point-b\r\nhttps://w3id.org/newsgraph/id/point-c,point-c\r\n",
        ),
        ("ASK { <hub> ?p ?o }", None, "yes\n"),
        ("ASK { <hub> ng:nothing ?o }", Some("json"), "{\"head\":{},\"boolean\":false}\n"),
        (
            "CONSTRUCT { ?s ng:x 1 } { ?s rdfs:label \"hub\" }",
            Some("ntriples"),
            "<https://w3id.org/newsgraph/id/hub> <https://w3id.org/newsgraph/ontology#x> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n",
        ),
        ("SELECT ?title { <document/d> dcterms:title ?title }", None, "title\nA title\n"),
    ];
    for (sparql, name, expected) in cases {
        let name = name.map(|name| format(name).expect("a format"));
        assert_eq!(written(sparql, name, &settings), expected, "{sparql}");
    }
    let refused = written(points, format("turtle"), &settings);
    assert!(refused.contains("use one of table csv tsv json xml"), "{refused}");
    let refused = written("CONSTRUCT WHERE { <hub> ?p ?o }", format("csv"), &settings);
    assert!(refused.contains("turtle"), "{refused}");
}

#[test]
fn limits_hold() {
    let settings = QuerySettings { row_limit: Some(2), ..Default::default() };
    let csv = Some(ResultFormat::Csv);
    let few = written("SELECT ?s { ?s a ng:Claim }", csv, &settings);
    assert_eq!((few.lines().count(), few.ends_with("(more)\n")), (4, true), "{few}");
    let all = written("SELECT ?s { VALUES ?s { 1 2 } }", csv, &settings);
    assert_eq!(all, "s\r\n1\r\n2\r\n");
    let settings = QuerySettings {
        time_limit: Some(std::time::Duration::from_millis(30)),
        ..Default::default()
    };
    let started = std::time::Instant::now();
    let stopped =
        written("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", csv, &settings);
    assert!(stopped.contains("was stopped after 0.03 s"), "{stopped}");
    assert!(started.elapsed().as_secs() < 20);
}

#[test]
fn a_syntax_error_shows_its_place() {
    let error = |sparql: &str| match parse(sparql, "https://w3id.org/newsgraph/id/") {
        Err(QueryError::Syntax(error)) => error,
        other => panic!("{sparql}: {other:?}"),
    };
    for (sparql, line, column, message) in [
        ("SELECT ?s {\n\t?s ng:spokespersonOf ?o )\n}", 2, 26, "\")\" is not understood here"),
        ("SELECT * { ?s ng:headOf }", 1, 25, "\"}\" is not understood here"),
        ("SELEKT ?s {}", 1, 1, "did you mean SELECT?"),
        ("SELECT * { ?s ?p ?o FILTR(?o) } LIMIT 1", 1, 21, "did you mean FILTER?"),
        ("# ?\nSELECT * { ?s ?p ?o } ORDR BY ?s", 2, 23, "did you mean ORDER?"),
        ("SELECT (COUNT(?s) ?n) { ?s ?p ?o }", 1, 19, "\"?n\" is not understood here"),
        ("SELECT *\nWHERE {\n  ?s ?p \"}\"", 3, 12, "the { of line 2 is not closed"),
        ("SELECT", 1, 7, "something must follow"),
        ("", 1, 1, "there is no query here"),
        ("SELECT * { ?s foo:bar ?o }", 1, 15, "the prefix foo: is not declared"),
        ("SELECT * { ngd:person/x ?p ?o }", 1, 22, "write <person/x>"),
        ("SELECT ?x { ?s ?p ?o } GROUP BY ?s", 1, 35, "contains a variable that is unbound"),
    ] {
        let error = error(sparql);
        let shown = error.to_string();
        assert_eq!((error.line, error.column), (line, column), "{sparql}\n{shown}");
        assert!(shown.contains(message), "{sparql}\n{shown}");
    }
    let shown = error("SELECT ?s {\n\t?s ng:a ?o )\n}").to_string();
    assert!(shown.contains("2 | \t?s ng:a ?o )\n  | \t           ^\n"), "{shown}");
}
