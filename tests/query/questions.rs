//! The twelve fixed queries that are measured and compared.

/// Name and text.
pub const QUESTIONS: &[(&str, &str)] = &[
    (
        "three-way join",
        "SELECT ?a ?b ?c { ?a ng:memberOf ?b . ?b ng:partOf ?c . ?c ng:basedIn ?d }",
    ),
    ("label to entity", "SELECT ?p ?o { ?e rdfs:label \"Glade 6\" . ?e ?p ?o }"),
    (
        "literal look-up",
        "SELECT ?e ?quote { ?d dcterms:title \"Report number 77\" . ?e prov:wasDerivedFrom ?d ; oa:hasSelector/oa:exact ?quote }",
    ),
    (
        "unbound predicate",
        "SELECT ?s ?p ?o { { <person/amber-0> ?p ?o } UNION { ?s ?p <person/amber-0> } }",
    ),
    (
        "evidence by speaker",
        "SELECT ?claim ?quote { ?e ng:attributedTo <person/amber-0> ; oa:hasSelector/oa:exact ?quote . ?claim ng:evidence ?e }",
    ),
    ("path +", "SELECT ?x { <person/amber-0> ng:partOf+ ?x }"),
    ("path *", "SELECT ?x { <organization/dune-3> (ng:partOf|ng:memberOf)* ?x }"),
    (
        "group by",
        "SELECT ?speaker (COUNT(*) AS ?n) { ?e ng:attributedTo ?speaker } GROUP BY ?speaker",
    ),
    (
        "optional",
        "SELECT ?claim ?speaker { ?claim rdf:predicate ng:headOf ; ng:evidence ?e . OPTIONAL { ?e ng:attributedTo ?speaker } }",
    ),
    (
        "minus",
        "SELECT ?s ?o { ?c rdf:predicate ng:supports ; rdf:subject ?s ; rdf:object ?o MINUS { ?s ng:opposes ?o } }",
    ),
    (
        "contains",
        "SELECT ?selector ?quote { ?selector oa:exact ?quote FILTER(CONTAINS(?quote, \"on day 42 \")) }",
    ),
    (
        "order by limit",
        "SELECT ?e ?name { ?e a ng:Person ; rdfs:label ?name } ORDER BY DESC(?name) LIMIT 20",
    ),
];
