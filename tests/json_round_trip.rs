//! The JSON of a graph: what is written meets the committed schema and comes back whole, and
//! what is wrong is refused with its place.

mod hostile;

use newsgraph::export::{ExportOptions, JSON_SCHEMA, JsonError, load_json, read_json, write_json};
use newsgraph::graph::KnowledgeGraph;
use newsgraph::rdf::{Base, MappingOptions};
use serde_json::{Value, json};

fn written(graph: &KnowledgeGraph) -> Vec<u8> {
    let mut bytes = Vec::new();
    write_json(graph, hostile::schema(), &ExportOptions::default(), &mut bytes)
        .expect("writing to memory works");
    bytes
}

#[test]
fn every_graph_comes_back_whole_and_meets_the_schema() {
    let schema: Value = serde_json::from_str(JSON_SCHEMA).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
    let mut claims = 0;
    for seed in 0..150 {
        let graph = hostile::graph(seed);
        let bytes = written(&graph);
        let value: Value = serde_json::from_slice(&bytes).expect("what is written is JSON");
        if let Err(error) = validator.validate(&value) {
            panic!("seed {seed}: {error} at {}", error.instance_path());
        }
        let back = read_json(bytes.as_slice(), hostile::schema())
            .unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        assert_eq!(hostile::facts(&back), hostile::facts(&graph), "seed {seed}");
        assert_eq!(written(&back), bytes, "seed {seed}");
        let sorted = sorted_fields(&value);
        let back = read_json(sorted.as_bytes(), hostile::schema())
            .unwrap_or_else(|error| panic!("seed {seed}, fields in another order: {error}"));
        assert_eq!(written(&back), bytes, "seed {seed}, fields in another order");
        claims += graph.claim_count();
    }
    assert!(claims > 300, "the random graphs say something: {claims}");
}

/// The same graph with relations before what they refer to.
fn sorted_fields(value: &Value) -> String {
    let fields = ["relations", "entities", "documents", "format"]
        .map(|field| format!("{}: {}", json!(field), value[field]));
    format!("\u{FEFF}{{{}}}", fields.join(",\n"))
}

#[test]
fn insertion_order_does_not_show() {
    for seed in 0..60 {
        let graph = hostile::graph(seed);
        let other = hostile::reversed(&graph);
        assert_eq!(
            String::from_utf8(written(&graph)).expect("UTF-8"),
            String::from_utf8(written(&other)).expect("UTF-8"),
            "seed {seed}"
        );
    }
}

#[test]
fn texts_can_be_left_out() {
    let graph = (0..).map(hostile::graph).find(|graph| graph.claim_count() > 3).expect("one");
    let options = ExportOptions::from(MappingOptions { with_text: false, ..Default::default() });
    let mut bytes = Vec::new();
    write_json(&graph, hostile::schema(), &options, &mut bytes).expect("written");
    let back = read_json(bytes.as_slice(), hostile::schema()).expect("read");
    assert!(back.documents().all(|(_, document)| document.text.is_none()));
    assert_eq!(back.claim_count(), graph.claim_count());
}

#[test]
fn the_namespace_comes_back() {
    let base = Base::new("https://example.org/kb#").expect("a base");
    let options = ExportOptions::from(MappingOptions { base: base.clone(), ..Default::default() });
    for seed in 0..40 {
        let graph = hostile::graph(seed);
        let mut bytes = Vec::new();
        write_json(&graph, hostile::schema(), &options, &mut bytes).expect("written");
        let loaded = load_json(bytes.as_slice(), hostile::schema()).expect("read");
        // A key that is itself a web address says nothing of the base.
        let shows = graph.entities().any(|(_, entity)| !entity.key.starts_with("https:"));
        let expected = if shows { base.clone() } else { Base::default() };
        assert_eq!(loaded.base, expected, "seed {seed}");
    }
}

fn small() -> Value {
    json!({
        "format": "newsgraph/1",
        "documents": [{
            "id": "d1", "uri": null, "title": null, "publisher": null, "published": "2016-09-14",
            "language": "en", "text": "Aña Roe speaks for Acme, she said."
        }],
        "entities": [
            {
                "id": "person/ana-roe", "iri": "https://w3id.org/newsgraph/id/person/ana-roe",
                "type": "Person", "subtype": null, "name": "Aña Roe", "mentions": ["Aña Roe"],
                "occurrences": [{"document": "d1", "start": 0, "end": 7, "form": "name"}],
                "same_as": []
            },
            {
                "id": "acme", "iri": "https://w3id.org/newsgraph/id/acme",
                "type": "Organization", "subtype": "Company", "name": "Acme", "mentions": ["Acme"],
                "occurrences": [], "same_as": []
            }
        ],
        "relations": [{
            "id": "1", "iri": "https://w3id.org/newsgraph/id/claim/1",
            "type": "spokespersonOf", "head": "person/ana-roe", "tail": "acme",
            "evidence": [{
                "document": "d1", "sentence": "Aña Roe speaks for Acme, she said.",
                "sentence_span": [0, 34], "head_span": [0, 7], "tail_span": null,
                "cue_span": [8, 18], "role": null, "polarity": "affirmed", "modality": "asserted",
                "attributed_to": null, "date": null, "origin": "rule:spokespersonOf/speaks",
                "confidence": 0.9
            }]
        }]
    })
}

fn refused(value: &Value) -> String {
    let text = serde_json::to_string_pretty(value).expect("serializes");
    match read_json(text.as_bytes(), hostile::schema()) {
        Ok(_) => panic!("accepted: {text}"),
        Err(error @ JsonError::Malformed { .. }) => error.to_string(),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn what_is_wrong_is_named() {
    read_json(small().to_string().as_bytes(), hostile::schema()).expect("the small graph is right");
    let cases = [
        ("/format", json!("newsgraph/2"), "the format is \"newsgraph/2\""),
        ("/documents/0/id", json!("d2"), "no document has the id \"d1\""),
        ("/documents/0/id", json!(""), "the id of a document is empty"),
        ("/documents/0/text", json!("Short"), "does not lie in the text, which has 5 characters"),
        ("/documents/0/title", json!(7), "invalid type: integer `7`"),
        ("/entities/0/type", json!("Persona"), "unknown type \"Persona\""),
        ("/entities/0/subtype", json!("Company"), "Company is no subclass of Person"),
        ("/entities/1/subtype", json!("Shop"), "unknown subtype \"Shop\""),
        ("/entities/1/id", json!("person/ana-roe"), "two entities have the id"),
        ("/entities/0/occurrences/0/form", json!("x"), "it must be one of name, nominal, pronoun"),
        ("/entities/0/occurrences/0/start", json!(9), "an occurrence [9, 7] ends before it starts"),
        ("/relations/0/type", json!("spokesmanOf"), "unknown relation \"spokesmanOf\""),
        ("/relations/0/head", json!("nobody"), "no entity has the id \"nobody\""),
        ("/relations/0/evidence", json!([]), "it has no evidence"),
        ("/relations/0/evidence/0/sentence_span", json!([0, 35]), "which has 34 characters"),
        ("/relations/0/evidence/0/head_span", json!([-1, 3]), "invalid value: integer `-1`"),
        ("/relations/0/evidence/0/cue_span", json!([1]), "invalid length 1"),
        ("/relations/0/evidence/0/attributed_to", json!("x"), "no entity has the id \"x\""),
        ("/relations/0/evidence/0/polarity", json!("maybe"), "one of affirmed, denied"),
        ("/relations/0/evidence/0/modality", json!(null), "invalid type: null"),
        ("/relations/0/evidence/0/origin", json!("guess"), "unknown origin \"guess\""),
        ("/relations/0/evidence/0/confidence", json!(1.5), "confidence 1.5 is not within 0 to 1"),
        ("/relations/0/evidence/0/date", json!({}), "invalid type: map"),
    ];
    for (pointer, wrong, message) in cases {
        let mut value = small();
        *value.pointer_mut(pointer).expect("the pointer leads somewhere") = wrong;
        let error = refused(&value);
        assert!(error.contains(message), "{pointer}: {error}");
        let placed = error.starts_with("line ") && !error.starts_with("line 0");
        assert!(placed, "{pointer}: {error}");
    }
    let mut unknown = small();
    unknown["relations"][0]["evidence"][0]["speker"] = json!("acme");
    assert!(refused(&unknown).contains("unknown field `speker`"));
    let mut twice = small();
    let relation = twice["relations"][0].clone();
    twice["relations"].as_array_mut().expect("a list").push(relation);
    assert!(refused(&twice).contains("it stands twice"));
    let mut missing = small();
    missing.as_object_mut().expect("an object").remove("entities");
    assert!(refused(&missing).contains("missing field `entities`"));
}

#[test]
fn the_schema_refuses_what_the_reader_refuses() {
    let schema: Value = serde_json::from_str(JSON_SCHEMA).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
    assert!(validator.is_valid(&small()));
    let cases = [
        ("/format", json!("newsgraph/2")),
        ("/documents/0/id", json!("")),
        ("/documents/0/title", json!(7)),
        ("/documents/0/text", json!([])),
        ("/entities/0/type", json!("Persona")),
        ("/entities/0/occurrences/0/form", json!("x")),
        ("/entities/0/occurrences/0/start", json!(-1)),
        ("/relations/0/evidence", json!([])),
        ("/relations/0/evidence/0/cue_span", json!([1])),
        ("/relations/0/evidence/0/sentence_span", json!(null)),
        ("/relations/0/evidence/0/polarity", json!("maybe")),
        ("/relations/0/evidence/0/modality", json!(null)),
        ("/relations/0/evidence/0/origin", json!("guess")),
        ("/relations/0/evidence/0/confidence", json!(1.5)),
    ];
    for (pointer, wrong) in cases {
        let mut value = small();
        *value.pointer_mut(pointer).expect("the pointer leads somewhere") = wrong;
        assert!(!validator.is_valid(&value), "{pointer}");
        refused(&value);
    }
}

#[test]
fn no_damage_makes_the_reader_panic() {
    let bytes = serde_json::to_vec(&small()).expect("serializes");
    let mut dice = hostile::Dice::new(7);
    for _ in 0..1500 {
        let mut damaged = bytes.clone();
        for _ in 0..1 + dice.below(3) {
            let at = dice.below(damaged.len());
            match dice.below(4) {
                0 => damaged.truncate(at.max(1)),
                1 => drop(damaged.remove(at)),
                2 => damaged[at] = *dice.pick(b"0195-\"[]{},:null\\e.\xFF\x00"),
                _ => damaged.insert(at, *dice.pick(b"0195-\"[]{},:null\\e.\xFF\x00")),
            }
        }
        if let Ok(graph) = read_json(damaged.as_slice(), hostile::schema()) {
            let again = read_json(written(&graph).as_slice(), hostile::schema());
            assert_eq!(hostile::facts(&again.expect("read")), hostile::facts(&graph));
        }
    }
}

#[test]
fn faults_have_their_line() {
    let text = serde_json::to_string_pretty(&small()).expect("serializes");
    let line = text.lines().position(|line| line.contains("\"affirmed\"")).expect("there") + 1;
    let broken = text.replace("\"affirmed\"", "affirmed");
    match read_json(broken.as_bytes(), hostile::schema()) {
        Err(JsonError::Malformed { line: found, .. }) => assert_eq!(found, line),
        other => panic!("{:?}", other.err()),
    }
    for (wrong, message) in [
        ("", "EOF while parsing a value"),
        ("[]", "expected the JSON of a graph, an object"),
        ("{\"format\": \"newsgraph/1\"", "EOF while parsing an object"),
        (&format!("{text}\nmore"), "trailing characters"),
        (&text[..text.len() / 2], "EOF while parsing"),
    ] {
        let error = read_json(wrong.as_bytes(), hostile::schema()).err().expect("refused");
        assert!(error.to_string().contains(message), "{error}");
    }
    assert!(read_json([0xFF, 0xFE, 0x00].as_slice(), hostile::schema()).is_err());
}

#[test]
fn a_statement_stands_on_one_line() {
    let graph = read_json(small().to_string().as_bytes(), hostile::schema()).expect("right");
    let text = String::from_utf8(written(&graph)).expect("UTF-8");
    let statement = text.lines().find(|line| line.contains("speaks for Acme, she said.\", \"sen"));
    let statement: Value =
        serde_json::from_str(statement.expect("there").trim()).expect("a whole object");
    assert_eq!(statement["sentence_span"], json!([0, 34]));
    assert!(text.starts_with("{\n  \"format\": \"newsgraph/1\",\n  \"documents\": [\n    {\n"));
    assert!(text.ends_with("\n  ]\n}\n"));
    assert!(text.contains("\"occurrences\": [],\n"), "{text}");
}
