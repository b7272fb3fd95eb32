//! The ontology says what the annotation scheme says, soundly, and a faulty one is refused with
//! the line of the fault.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use newsgraph::graph::KnowledgeGraph;
use newsgraph::ontology::{ClassSet, NAMESPACE, Ontology, Property, Schema, TopClass};
use newsgraph::rdf::{self, MappingOptions, Syntax};
use oxigraph::model::vocab::{rdf as vocabulary, rdfs};
use oxigraph::model::{Graph, NamedNode, Term, Triple};

fn schema() -> &'static Schema {
    &Ontology::builtin().schema
}

fn relations() -> impl Iterator<Item = &'static Property> {
    schema().properties().map(|(_, property)| property)
}

fn graph() -> Graph {
    let quads = schema().quads().iter().cloned();
    quads.map(|quad| Triple::new(quad.subject, quad.predicate, quad.object)).collect()
}

fn ng(local: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{NAMESPACE}{local}"))
}

fn outside(iri: &str) -> NamedNode {
    NamedNode::new_unchecked(iri)
}

/// Every relation of the annotation scheme as `head -> tail`, with its parent. P is a person, O an
/// organization, L a place, A an agreement.
const RELATIONS: &[(&str, &str, &str, Option<&str>)] = &[
    ("spokespersonOf", "P", "OLP", Some("affiliatedWith")),
    ("headOf", "P", "OL", Some("affiliatedWith")),
    ("worksFor", "P", "OLP", Some("affiliatedWith")),
    ("memberOf", "POL", "O", Some("affiliatedWith")),
    ("founderOf", "PO", "O", Some("affiliatedWith")),
    ("candidateFor", "P", "OL", None),
    ("successorOf", "P", "P", None),
    ("citizenOf", "P", "L", None),
    ("bornIn", "P", "L", None),
    ("livesIn", "P", "L", None),
    ("familyOf", "P", "P", None),
    ("metWith", "POL", "POL", None),
    ("partOf", "O", "OL", None),
    ("offshootOf", "O", "O", None),
    ("owns", "POL", "OL", None),
    ("alliedWith", "POL", "POL", Some("cooperatesWith")),
    ("supports", "POL", "POLA", Some("cooperatesWith")),
    ("inConflictWith", "POL", "POL", Some("opposes")),
    ("accuses", "POL", "POL", Some("opposes")),
    ("sanctions", "POL", "POL", Some("opposes")),
    ("designatesAsTerrorist", "POL", "OP", Some("opposes")),
    ("partyTo", "POL", "A", None),
    ("mediatorOf", "POL", "A", None),
    ("opposesAgreement", "POL", "A", Some("opposes")),
    ("appliesTo", "A", "POL", None),
    ("concludedIn", "A", "L", None),
    ("establishes", "A", "O", None),
    ("locatedIn", "LO", "L", None),
    ("basedIn", "O", "L", None),
    ("operatesIn", "PO", "L", None),
    ("controls", "POL", "L", None),
    ("affiliatedWith", "POL", "POL", None),
    // The scheme has agreements only as its tails; symmetric, it holds both ways round.
    ("cooperatesWith", "POLA", "POLA", None),
    ("opposes", "POL", "POLA", None),
];

const SUBCLASSES: &[(TopClass, &[&str])] = &[
    (TopClass::Person, &[]),
    (
        TopClass::Organization,
        &[
            "ArmedGroup",
            "Company",
            "EducationalInstitution",
            "GovernmentBody",
            "IntergovernmentalOrganization",
            "MediaOrganization",
            "MilitaryForce",
            "NonGovernmentalOrganization",
            "PoliticalParty",
            "ReligiousOrganization",
            "SportsOrganization",
        ],
    ),
    (TopClass::Place, &["City", "Country", "Facility", "NaturalFeature", "Region"]),
    (
        TopClass::Agreement,
        &[
            "Ceasefire",
            "Contract",
            "Memorandum",
            "OtherAgreement",
            "PeaceAgreement",
            "Resolution",
            "TradeAgreement",
            "Treaty",
        ],
    ),
];

fn class_set(letters: &str) -> ClassSet {
    letters
        .chars()
        .map(|letter| match letter {
            'P' => TopClass::Person,
            'O' => TopClass::Organization,
            'L' => TopClass::Place,
            _ => TopClass::Agreement,
        })
        .collect()
}

#[test]
fn relations_are_those_of_the_annotation_scheme() {
    let found: BTreeSet<&str> = relations().map(|property| property.name.as_str()).collect();
    let expected: BTreeSet<&str> = RELATIONS.iter().map(|(name, ..)| *name).collect();
    assert_eq!(found, expected);
    for &(name, domain, range, parent) in RELATIONS {
        let property = schema().property(schema().property_id(name).expect("it was found above"));
        assert_eq!(property.domain, class_set(domain), "domain of {name}");
        assert_eq!(property.range, class_set(range), "range of {name}");
        let found = property.parent.map(|id| schema().property(id).name.as_str());
        assert_eq!(found, parent, "parent of {name}");
    }
}

#[test]
fn subclasses_are_those_of_the_annotation_scheme() {
    for &(top, expected) in SUBCLASSES {
        let found: Vec<&str> = schema()
            .subclasses()
            .filter(|(_, class)| class.top == top)
            .map(|(_, class)| class.name.as_str())
            .collect();
        assert_eq!(found, expected, "below {}", top.name());
    }
}

#[test]
fn four_relations_are_symmetric_and_the_same_at_both_ends() {
    let symmetric: Vec<_> = relations().filter(|property| property.symmetric).collect();
    let names: Vec<&str> = symmetric.iter().map(|property| property.name.as_str()).collect();
    assert_eq!(names, ["alliedWith", "cooperatesWith", "familyOf", "metWith"]);
    for property in symmetric {
        assert_eq!(property.domain, property.range, "{}", property.name);
        assert_eq!(property.inverse_label, None, "{} is its own inverse", property.name);
    }
}

#[test]
fn a_parents_signature_contains_its_childrens() {
    let mut children = 0;
    for property in relations() {
        let Some(parent) = property.parent.map(|id| schema().property(id)) else { continue };
        children += 1;
        assert!(parent.domain.contains_all(property.domain), "domain of {}", property.name);
        assert!(parent.range.contains_all(property.range), "range of {}", property.name);
    }
    assert_eq!(children, RELATIONS.iter().filter(|(.., parent)| parent.is_some()).count());
}

/// What OWL says must be what `schema:domainIncludes` says: one class, or one union.
#[test]
fn a_signature_is_one_class_or_one_union() {
    let graph = graph();
    let union_of = outside("http://www.w3.org/2002/07/owl#unionOf");
    for property in relations() {
        let subject = ng(&property.name);
        for (side, classes) in [(rdfs::DOMAIN, property.domain), (rdfs::RANGE, property.range)] {
            let stated: Vec<_> = graph.objects_for_subject_predicate(&subject, side).collect();
            assert_eq!(stated.len(), 1, "{side} of {}", property.name);
            let mut found = BTreeSet::new();
            match stated[0].into_owned() {
                Term::BlankNode(union) => {
                    let mut cell = graph.object_for_subject_predicate(&union, &union_of);
                    while let Some(Term::BlankNode(at)) = cell.map(|term| term.into_owned()) {
                        let first = graph.object_for_subject_predicate(&at, vocabulary::FIRST);
                        found.insert(first.expect("a list has items").to_string());
                        cell = graph.object_for_subject_predicate(&at, vocabulary::REST);
                    }
                }
                class => {
                    found.insert(class.to_string());
                }
            }
            let expected = classes.iter().map(|class| ng(class.name()).to_string()).collect();
            assert_eq!(found, expected, "{side} of {}", property.name);
        }
    }
}

#[test]
fn every_term_has_a_label_and_a_definition() {
    let graph = graph();
    let comment = |name: &str| graph.object_for_subject_predicate(&ng(name), rdfs::COMMENT);
    for class in TopClass::ALL {
        assert!(comment(class.name()).is_some(), "{} has a definition", class.name());
    }
    for (_, class) in schema().subclasses() {
        assert!(!class.label.is_empty() && !class.comment.is_empty(), "{}", class.name);
    }
    for property in relations() {
        assert!(!property.label.is_empty() && !property.comment.is_empty(), "{}", property.name);
        assert!(property.symmetric || property.inverse_label.is_some(), "{}", property.name);
    }
    let spokesperson = relations().find(|property| property.name == "spokespersonOf");
    let labels = &spokesperson.expect("the relation is there").alt_labels;
    for wording in ["spokesman of", "spokesman for", "spokeswoman for", "press secretary of"] {
        assert!(labels.iter().any(|label| label == wording), "{wording}");
    }
}

/// `why` finds a relation by any of its labels, so none may name two.
#[test]
fn no_label_names_two_relations() {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for property in relations() {
        let labels = property.alt_labels.iter().chain([&property.label]);
        for label in labels.chain(&property.inverse_label) {
            let other = seen.insert(label.to_lowercase(), &property.name);
            assert_eq!(other, None, "{label:?} also names {}", property.name);
        }
    }
}

/// The behaviours that later readers of the graph build on.
#[test]
fn behaviour_flags_stand_on_offices_and_memberships() {
    let graph = graph();
    let flagged = |flag: &str| -> Vec<String> {
        let flag = ng(flag);
        let flagged = relations().filter(|property| {
            graph.object_for_subject_predicate(&ng(&property.name), &flag).is_some()
        });
        flagged.map(|property| property.name.clone()).collect()
    };
    assert_eq!(flagged("endsBySuccession"), ["headOf", "spokespersonOf"]);
    assert_eq!(
        flagged("membership"),
        ["headOf", "memberOf", "partOf", "spokespersonOf", "worksFor"]
    );
    assert_eq!(
        flagged("standing"),
        ["basedIn", "bornIn", "citizenOf", "familyOf", "locatedIn", "partOf"]
    );
    assert_eq!(flagged("actsFor"), ["headOf", "partOf", "spokespersonOf"]);
    assert_eq!(flagged("binds"), ["alliedWith", "cooperatesWith"]);
    assert_eq!(flagged("makesJoint"), ["establishes"]);
    assert_eq!(flagged("saying"), ["accuses"]);
    assert_eq!(flagged("sides"), ["partyTo"]);
    assert!(
        relations()
            .all(|property| property.standing == flagged("standing").contains(&property.name))
    );
    assert!(
        relations()
            .all(|property| property.membership == flagged("membership").contains(&property.name))
    );
}

/// Outside properties that a relation may be below, with what they allow at either end.
const OUTSIDE: &[(&str, &str, &str)] = &[
    ("https://schema.org/birthPlace", "P", "L"),
    ("https://schema.org/relatedTo", "P", "P"),
    ("https://schema.org/founder", "O", "PO"),
    ("https://schema.org/location", "O", "L"),
    ("http://www.w3.org/ns/prov#atLocation", "POA", "L"),
];

#[test]
fn outside_parents_allow_every_pair_that_the_relation_allows() {
    let graph = graph();
    for triple in graph.triples_for_predicate(rdfs::SUB_PROPERTY_OF) {
        let Term::NamedNode(parent) = triple.object.into_owned() else {
            panic!("{triple} names no property")
        };
        if parent.as_str().starts_with(NAMESPACE) {
            continue;
        }
        let known = OUTSIDE.iter().find(|(iri, ..)| *iri == parent.as_str());
        let (_, domain, range) = known.unwrap_or_else(|| panic!("{parent} is not in the table"));
        let (domain, range) = (class_set(domain), class_set(range));
        let subject = triple.subject.to_string();
        let relation = relations().find(|p| ng(&p.name).to_string() == subject);
        let inverse = relations().find(|property| {
            let inverse_of = outside("http://www.w3.org/2002/07/owl#inverseOf");
            let inverse = graph.object_for_subject_predicate(&ng(&property.name), &inverse_of);
            inverse.is_some_and(|term| term.to_string() == subject)
        });
        let (head, tail) = match (relation, inverse) {
            (Some(property), _) => (property.domain, property.range),
            (None, Some(property)) => (property.range, property.domain),
            (None, None) => panic!("{subject} is no relation and no inverse of one"),
        };
        assert!(domain.contains_all(head) && range.contains_all(tail), "{subject} below {parent}");
    }
}

/// Every term of ours that any file of the ontology uses is declared.
#[test]
fn every_term_in_use_is_declared() {
    let graph = graph();
    let declared: HashSet<String> = graph
        .triples_for_predicate(vocabulary::TYPE)
        .map(|triple| triple.subject.to_string())
        .collect();
    for triple in &graph {
        let terms = [triple.predicate.to_string(), triple.object.to_string()];
        for term in terms.into_iter().filter(|term| term.starts_with(&format!("<{NAMESPACE}"))) {
            assert!(declared.contains(&term), "{term} is not declared");
        }
    }
    let shapes =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/ontology/shapes.ttl"))
            .expect("shapes.ttl is readable");
    for line in shapes.lines().filter(|line| !line.starts_with("@prefix")) {
        for word in line.split_whitespace().filter_map(|word| word.strip_prefix("ng:")) {
            let local = word.trim_end_matches([',', ';', '.', '"']);
            assert!(
                declared.contains(&ng(local).to_string()),
                "ng:{local} is not declared: {line}"
            );
        }
    }
}

/// The context that JSON-LD carries inline is also published as a file. Written by
/// `UPDATE_CONTEXT=1 cargo test --test ontology`.
#[test]
fn the_published_context_is_the_one_that_is_written() {
    let mut written = Vec::new();
    let graph = KnowledgeGraph::new();
    rdf::write(&graph, schema(), Syntax::JsonLd, &MappingOptions::default(), &mut written)
        .expect("to memory");
    let written: serde_json::Value = serde_json::from_slice(&written).expect("it is JSON");
    let context = serde_json::json!({ "@context": written["@context"] });
    let context = serde_json::to_string_pretty(&context).expect("it is JSON") + "\n";
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/ontology/context.jsonld");
    if std::env::var_os("UPDATE_CONTEXT").is_some() {
        std::fs::write(file, &context).expect("the file is writable");
    }
    let published = std::fs::read_to_string(file).unwrap_or_default();
    assert!(published == context, "run UPDATE_CONTEXT=1 cargo test --test ontology");
}

/// The smallest ontology that loads, with room for one more statement.
fn small(extra: &str) -> Result<Schema, String> {
    let turtle = format!(
        "@prefix ng: <{NAMESPACE}> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
ng:Person a owl:Class . ng:Organization a owl:Class .
ng:Place a owl:Class . ng:Agreement a owl:Class .
ng:knows a owl:ObjectProperty ; rdfs:label \"knows\" ;
    schema:domainIncludes ng:Person ; schema:rangeIncludes ng:Person .
{extra}"
    );
    Schema::from_turtle(&turtle, "newsgraph.ttl").map_err(|error| error.to_string())
}

#[test]
fn a_faulty_ontology_is_refused_with_the_line() {
    let ends = "schema:domainIncludes ng:Person ; schema:rangeIncludes ng:Person";
    let cases = [
        ("ng:loves a owl:ObjectProperty ; ENDS .", "9: ng:loves lacks rdfs:label"),
        (
            "ng:loves rdfs:label \"loves\" ; schema:domainIncludes ng:Person .",
            "9: ng:loves lacks schema:rangeIncludes",
        ),
        (
            "ng:loves rdfs:label \"loves\" ; schema:domainIncludes ng:Cat ; schema:rangeIncludes ng:Cat .",
            "9: ng:loves has schema:domainIncludes ng:Cat, which is no top class",
        ),
        (
            "ng:loves rdfs:label \"loves\" ; rdfs:subPropertyOf ng:nows ; ENDS .",
            "9: ng:loves is below ng:nows, which is no relation",
        ),
        (
            "ng:loves rdfs:label \"loves\" ; rdfs:subPropertyOf ng:loves ; ENDS .",
            "9: ng:loves stands above itself",
        ),
        (
            "ng:loves rdfs:label \"loves\" ; rdfs:domain ng:Person, ng:Place ; ENDS .",
            "9: ng:loves has several rdfs:domain, which means all of them at once: write one owl:unionOf",
        ),
        (
            "ng:loves rdfs:label \"loves\" ; rdfs:subPropertyOf ng:knows ; ENDS, ng:Place .",
            "9: ng:loves allows classes that its parent ng:knows does not allow",
        ),
        (
            "ng:loves a owl:SymmetricProperty ; rdfs:label \"loves\" ; ENDS, ng:Place .",
            "9: ng:loves is symmetric, so its domain and range must be the same",
        ),
        ("ng:Club rdfs:subClassOf ng:Organization .", "9: ng:Club lacks rdfs:label"),
    ];
    assert!(small("").is_ok());
    for (extra, message) in cases {
        let found = small(&extra.replace("ENDS", ends)).err();
        assert_eq!(found, Some(format!("newsgraph.ttl:{message}")), "{extra}");
    }
    let syntax = small("ng:loves rdfs:label ;").expect_err("this is no Turtle");
    assert!(syntax.starts_with("newsgraph.ttl:9: "), "{syntax}");
    let empty = Schema::from_turtle("", "newsgraph.ttl").map_err(|error| error.to_string());
    assert_eq!(empty.err().as_deref(), Some("newsgraph.ttl: the class ng:Person is not declared"));
}

#[test]
fn a_subclass_of_a_subclass_has_its_top_class() {
    let schema = small(
        "ng:Club rdfs:label \"club\" ; rdfs:subClassOf ng:Organization .
ng:ChessClub rdfs:label \"chess club\" ; rdfs:subClassOf ng:Club .",
    )
    .expect("it is sound");
    let chess = schema.subclass_id("ChessClub").expect("it is declared");
    assert_eq!(schema.subclass(chess).top, TopClass::Organization);
}
