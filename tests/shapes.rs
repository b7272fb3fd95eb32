//! Every shape of `ontology/shapes.ttl` passes a good graph and fires at one broken in its place.
//!
//! The signatures of relations stand in `newsgraph.ttl`; this file writes them into
//! `shapes.ttl` (`UPDATE_SHAPES=1 cargo test --test shapes`) and fails when the two disagree.

mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use newsgraph::check::shapes::Shapes;
use newsgraph::ontology::{ClassSet, Ontology, Property, TopClass};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{Graph, Term, Triple};
use support::run;

const GOOD: &str = include_str!("shapes/good.ttl");
const MARK: &str =
    "# ---------------------------------------------------------------- signatures\n";

fn shapes_file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("ontology/shapes.ttl")
}

fn shapes_text() -> String {
    std::fs::read_to_string(shapes_file()).expect("shapes.ttl is readable")
}

fn shapes() -> Shapes {
    Shapes::parse(&shapes_text()).expect("shapes.ttl is understood")
}

/// Local names of the shapes that `data` does not meet.
fn fired(shapes: &Shapes, data: &Graph) -> BTreeSet<String> {
    shapes.violations(data).into_iter().map(|violation| violation.shape).collect()
}

/// The local name of a shape; `None` when it has none.
fn shape_name(shape: &Term) -> Option<&str> {
    match shape {
        Term::NamedNode(node) => node.as_str().strip_prefix("https://w3id.org/newsgraph/shapes#"),
        _ => None,
    }
}

fn graph(turtle: &str) -> Graph {
    let quads = RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle.as_bytes());
    quads
        .map(|quad| {
            let quad = quad.unwrap_or_else(|error| panic!("{error}\n{turtle}"));
            Triple::new(quad.subject, quad.predicate, quad.object)
        })
        .collect()
}

/// What the good graph's text becomes, and the shapes that must then fire, and no others.
struct Broken {
    from: &'static str,
    to: &'static str,
    fires: &'static [&'static str],
}

const fn broken(from: &'static str, to: &'static str, fires: &'static [&'static str]) -> Broken {
    Broken { from, to, fires }
}

const BROKEN: &[Broken] = &[
    broken("rdfs:label \"Mara Lindqvist\" ;\n", "", &["EntityLabel"]),
    broken("rdfs:label \"pact\"", "rdfs:label \"pact\", \"treaty\"", &["EntityLabel"]),
    broken("rdfs:label \"pact\"", "rdfs:label \"\"", &["EntityLabel"]),
    broken("rdfs:label \"pact\"", "rdfs:label \"pact\"@en", &["EntityLabel"]),
    broken("a ng:Place, ng:Country", "a ng:Place, ng:Agreement", &["TopClass"]),
    broken("a ng:Person ;", "a ng:Organization ;", &["spokespersonOf", "spokespersonOfHead"]),
    broken("ng:mentionForm \"name\"", "ng:mentionForm \"title\"", &["MentionForm"]),
    broken(
        "ng:mentionForm \"name\"",
        "ng:mentionForm \"name\" ; ng:mentionSubtype 7",
        &["MentionSubtype"],
    ),
    broken("itsrdf:taIdentRef :mara ;", "", &["MentionEntity"]),
    broken("itsrdf:taIdentRef :mara ;", "itsrdf:taIdentRef :mara, :pact ;", &["MentionEntity"]),
    broken("itsrdf:taIdentRef :mara ;", "itsrdf:taIdentRef :document ;", &["TopClass"]),
    broken("nif:referenceContext :document ;", "", &["MentionDocument"]),
    broken(
        "nif:referenceContext :document ;",
        "nif:referenceContext :mara ;",
        &["MentionDocument"],
    ),
    broken("nif:beginIndex 0", "nif:beginIndex 14", &["MentionBegin"]),
    broken("nif:beginIndex 0 ;", "", &["MentionBegin"]),
    broken("nif:endIndex 14", "nif:endIndex 14.0", &["MentionEnd"]),
    broken(
        "rdf:object :harbour ;\n    ng:evidence :evidence1 .",
        "rdf:object :harbour .",
        &["ClaimEvidence", "EvidenceClaim"],
    ),
    broken("ng:evidence :evidence1 .", "ng:evidence :evidence1, :mara .", &["ClaimEvidence"]),
    broken(
        "rdf:subject :mara ;",
        "rdf:subject :mara, :estonia ;",
        &["ClaimSubject", "spokespersonOf"],
    ),
    broken("rdf:subject :mara ;", "rdf:subject :document ;", &["TopClass", "spokespersonOf"]),
    broken("rdf:object :harbour ;", "rdf:object :harbour, :estonia ;", &["ClaimObject"]),
    broken("rdf:predicate ng:spokespersonOf ;", "rdf:predicate ng:loves ;", &["ClaimPredicate"]),
    broken("rdf:predicate ng:spokespersonOf ;", "", &["WholeProposition"]),
    broken("rdf:object :harbour ;", "", &["WholeProposition"]),
    broken("ng:contested true", "ng:contested \"yes\"", &["ClaimContested", "ContestedIfDenied"]),
    broken(
        "ng:evidence :evidence2 ;\n    ng:contested true .",
        "ng:evidence :evidence2 .",
        &["ContestedIfDenied"],
    ),
    broken(
        "ng:evidence :evidence1 .",
        "ng:evidence :evidence1 ; ng:contested true .",
        &["ContestedIfDenied"],
    ),
    broken(":claim2 a ng:Claim", ":claim2 a ng:Claim ; ng:evidence :evidence1", &["EvidenceClaim"]),
    broken(
        ":evidence2 a ng:Evidence ;\n    prov:wasDerivedFrom :document ;\n    oa:hasSource :document ;",
        ":evidence2 a ng:Evidence ;",
        &["EvidenceDocument"],
    ),
    broken(
        "a nif:Context, schema:NewsArticle",
        "a schema:NewsArticle",
        &["EvidenceDocument", "MentionDocument"],
    ),
    broken(
        "oa:hasSource :document ;\n    oa:hasSelector :selector2",
        "oa:hasSource :estonia ;\n    oa:hasSelector :selector2",
        &["EvidenceSource"],
    ),
    broken(
        "oa:hasSelector :selector1 ;",
        "oa:hasSelector :selector1, :selector2 ;",
        &["EvidenceSelector"],
    ),
    broken("oa:hasSelector :selector1 ;", "", &["EvidenceSelector", "EvidenceQuote"]),
    broken("oa:start 0 ;", "", &["SelectorStart"]),
    broken("oa:start 0", "oa:start 94", &["SelectorStart"]),
    broken("oa:end 94", "oa:end 94, 95", &["SelectorEnd"]),
    broken("oa:exact \"Mara Lindqvist, ", "oa:exact \"x\", \"", &["EvidenceQuote"]),
    broken("ng:polarity \"affirmed\" ;", "", &["EvidencePolarity"]),
    broken("ng:polarity \"affirmed\"", "ng:polarity \"doubted\"", &["EvidencePolarity"]),
    broken("ng:modality \"asserted\" ;", "", &["EvidenceModality"]),
    broken(
        "ng:modality \"asserted\"",
        "ng:modality \"asserted\", \"alleged\"",
        &["EvidenceModality"],
    ),
    broken("ng:modality \"asserted\"", "ng:modality \"hoped\"", &["EvidenceModality"]),
    broken("ng:attributedTo :mara", "ng:attributedTo :mara, :harbour", &["EvidenceSpeaker"]),
    broken("ng:attributedTo :mara", "ng:attributedTo :document", &["TopClass"]),
    broken("ng:role \"spokes", "ng:role \"clerk\", \"spokes", &["EvidenceRole"]),
    broken("\"2021-05\"^^xsd:gYearMonth", "\"2021-05\"^^xsd:dateTime", &["EvidenceDate"]),
    broken("ng:origin \"human\"", "ng:origin \"somebody\"", &["EvidenceOrigin"]),
    broken("ng:origin \"human\" ;", "", &["EvidenceOrigin"]),
    broken("ng:confidence 0.9", "ng:confidence 1.1", &["EvidenceConfidence"]),
    broken("ng:confidence 0.9", "ng:confidence 9e-1", &["EvidenceConfidence"]),
    broken("char=0,14", "0-14", &["EvidenceHeadPosition"]),
    broken("char=35,52", "char=35", &["EvidenceTailPosition"]),
    broken("char=16,27", "char=16,27,", &["EvidenceCuePosition"]),
];

#[test]
fn a_good_graph_meets_every_shape() {
    assert_eq!(fired(&shapes(), &graph(GOOD)), BTreeSet::new());
}

#[test]
fn each_shape_fires_at_a_graph_broken_in_its_place() {
    let shapes = shapes();
    for Broken { from, to, fires } in BROKEN {
        assert!(GOOD.contains(from), "{from:?} is not in the good graph");
        let expected = fires.iter().map(|name| (*name).to_owned()).collect();
        let found = fired(&shapes, &graph(&GOOD.replacen(from, to, 1)));
        assert_eq!(found, expected, "after {from:?} became {to:?}");
    }
}

/// What the program makes of articles meets every shape, in every profile.
#[test]
fn exported_graphs_meet_every_shape() {
    let (shapes, root) = (shapes(), Path::new(env!("CARGO_MANIFEST_DIR")));
    for profile in ["default", "rdf12", "named-graphs"] {
        let arguments =
            ["export", "examples", "tests/golden", "--format", "nquads", "--profile", profile];
        let output = run(root, &arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let quads = RdfParser::from_format(RdfFormat::NQuads).for_slice(&output.stdout);
        let data: Graph = quads
            .map(|quad| quad.expect("the program writes N-Quads"))
            .map(|quad| Triple::new(quad.subject, quad.predicate, quad.object))
            .collect();
        assert!(data.len() > 1000, "the articles are read: {}", data.len());
        assert_eq!(fired(&shapes, &data), BTreeSet::new(), "{profile}");
    }
}

#[test]
fn no_shape_is_without_a_test() {
    // These two only gather others; signatures have a test of their own.
    let mut known: BTreeSet<&str> = ["EntityShape", "MentionShape", "ClaimShape", "EvidenceShape"]
        .into_iter()
        .chain(BROKEN.iter().flat_map(|broken| broken.fires.iter().copied()))
        .collect();
    let properties: Vec<String> =
        relations().iter().flat_map(|p| signature_names(&p.name)).collect();
    known.extend(properties.iter().map(String::as_str));
    for triple in &graph(&shapes_text()) {
        let shape = triple.subject.into_owned().into();
        if let Some(name) = shape_name(&shape) {
            assert!(known.contains(name), "no test breaks a graph for the shape :{name}");
        }
    }
}

/// Each relation between each pair of classes, as a claim and as a direct triple: its shapes
/// fire exactly where the ontology does not allow the class.
#[test]
fn signatures_hold_for_claims_and_for_direct_triples() {
    let shapes = shapes();
    let nodes = [
        (Some(TopClass::Person), ":mara"),
        (Some(TopClass::Organization), ":harbour"),
        (Some(TopClass::Place), ":estonia"),
        (Some(TopClass::Agreement), ":pact"),
        (None, ":document"),
    ];
    for property in relations() {
        let allows =
            |set: ClassSet, class: Option<TopClass>| class.is_some_and(|class| set.contains(class));
        for (head_class, head) in nodes {
            let (tail_class, tail) = nodes
                .into_iter()
                .find(|(class, _)| allows(property.range, *class))
                .expect("a range is not empty");
            check_pair(
                &shapes,
                property,
                head,
                tail,
                [allows(property.domain, head_class), allows(property.range, tail_class)],
            );
        }
        for (tail_class, tail) in nodes {
            let (_, head) = nodes
                .into_iter()
                .find(|(class, _)| allows(property.domain, *class))
                .expect("a domain is not empty");
            check_pair(&shapes, property, head, tail, [true, allows(property.range, tail_class)]);
        }
    }
}

fn check_pair(shapes: &Shapes, property: &Property, head: &str, tail: &str, allowed: [bool; 2]) {
    let [claim, at_head, at_tail] = signature_names(&property.name);
    let data = GOOD
        .replace(":mara ;\n    rdf:predicate", &format!("{head} ;\n    rdf:predicate"))
        .replace("rdf:predicate ng:spokespersonOf", &format!("rdf:predicate ng:{}", property.name))
        .replace("rdf:object :harbour", &format!("rdf:object {tail}"))
        .replace(
            ";\n    ng:spokespersonOf :harbour .",
            &format!(".\n{head} ng:{} {tail} .", property.name),
        );
    let mut expected = BTreeSet::new();
    if allowed != [true, true] {
        expected.insert(claim);
    }
    if !allowed[0] {
        expected.insert(at_head);
    }
    if !allowed[1] {
        expected.insert(at_tail);
    }
    let mut found = fired(shapes, &graph(&data));
    // What is no entity at all is already reported as such.
    found.remove("TopClass");
    assert_eq!(found, expected, "{head} ng:{} {tail}", property.name);
}

#[test]
fn the_signatures_of_shapes_are_those_of_the_ontology() {
    let text = std::fs::read_to_string(shapes_file()).expect("shapes.ttl is readable");
    let by_hand = text.split(MARK).next().expect("a split has a first part");
    let expected = format!("{by_hand}{}", signatures());
    if std::env::var_os("UPDATE_SHAPES").is_some() {
        std::fs::write(shapes_file(), &expected).expect("shapes.ttl is writable");
        return;
    }
    assert!(
        text == expected,
        "ontology/shapes.ttl has other signatures than newsgraph.ttl: run UPDATE_SHAPES=1 cargo test --test shapes"
    );
}

fn relations() -> Vec<&'static Property> {
    Ontology::builtin().schema.properties().map(|(_, property)| property).collect()
}

/// The shapes of a relation: of its claims, of the heads and of the tails of its direct triples.
fn signature_names(relation: &str) -> [String; 3] {
    [relation.to_owned(), format!("{relation}Head"), format!("{relation}Tail")]
}

fn signatures() -> String {
    let mut out = MARK.to_owned();
    let mut write = |text: String| out.push_str(&text);
    write("\n:ClaimPredicate a sh:PropertyShape ;\n    sh:path rdf:predicate ;\n".into());
    write("    sh:maxCount 1 ;\n    sh:in (\n".into());
    for property in relations() {
        write(format!("        ng:{}\n", property.name));
    }
    write(
        "    ) ;\n    sh:message \"The relation of a claim is one of the ontology.\"@en .\n".into(),
    );
    for property in relations() {
        let [claim, at_head, at_tail] = signature_names(&property.name);
        let (name, head, tail) =
            (&property.name, constraint(property.domain), constraint(property.range));
        let mut text = String::new();
        writeln!(text, "\n:{claim} a sh:NodeShape ;").expect("to a string");
        text.push_str("    sh:targetClass ng:Claim ;\n    sh:or (\n");
        writeln!(
            text,
            "        [ sh:not [ sh:property [ sh:path rdf:predicate ; sh:hasValue ng:{name} ] ] ]"
        )
        .expect("to a string");
        writeln!(text, "        [ sh:property [ sh:path rdf:subject ; {head} ],")
            .expect("to a string");
        writeln!(text, "                      [ sh:path rdf:object ; {tail} ] ]")
            .expect("to a string");
        writeln!(
            text,
            "    ) ;\n    sh:message \"The ends of ng:{name} are of classes that it joins.\"@en ."
        )
        .expect("to a string");
        for (shape, target, side) in
            [(at_head, "targetSubjectsOf", head), (at_tail, "targetObjectsOf", tail)]
        {
            writeln!(
                text,
                "\n:{shape} a sh:NodeShape ;\n    sh:{target} ng:{name} ;\n    {side} ."
            )
            .expect("to a string");
        }
        write(text);
    }
    out
}

fn constraint(classes: ClassSet) -> String {
    let each: Vec<String> =
        classes.iter().map(|class| format!("sh:class ng:{}", class.name())).collect();
    match each.as_slice() {
        [one] => one.clone(),
        several => format!("sh:or ( [ {} ] )", several.join(" ] [ ")),
    }
}
