//! The rule files of the built-in ontology hold what their examples promise, every relation
//! has one, and faults in a rule file are reported with file and line.

use newsgraph::document::Document;
use newsgraph::extract::extract;
use newsgraph::ontology::{Ontology, OntologyError, embedded_files};
use newsgraph::rules::RuleSet;

#[test]
fn every_example_of_the_builtin_rules_holds() {
    let ontology = Ontology::builtin();
    let rules = RuleSet::compile(ontology).unwrap();
    let failing: Vec<String> =
        rules.failing_examples(ontology).unwrap().iter().map(ToString::to_string).collect();
    assert!(failing.is_empty(), "{}", failing.join("\n"));
}

#[test]
fn every_relation_has_a_rule_file() {
    let ontology = Ontology::builtin();
    for (_, property) in ontology.schema.properties() {
        let file = format!("{}.toml", property.name);
        let known = ontology.rule_files.iter().any(|(name, _)| *name == file);
        assert!(known, "rules/en/{file} is missing");
    }
}

/// Compiles and checks one rule file beside the built-in schema.
fn fault(rule_file: &str) -> OntologyError {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in embedded_files() {
        if name.ends_with(".ttl") || name.starts_with("lexicon/") {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
    }
    std::fs::create_dir_all(folder.path().join("rules/en")).unwrap();
    std::fs::write(folder.path().join("rules/en/owns.toml"), rule_file).unwrap();
    let ontology = Ontology::load(folder.path()).unwrap();
    match RuleSet::compile(&ontology) {
        Err(error) => error,
        Ok(rules) => rules.check_examples(&ontology).unwrap_err(),
    }
}

fn rule(pattern: &str, positive: &str, negative: &str) -> String {
    format!(
        "relation = \"owns\"\n\n[[rule]]\nid = \"buys\"\npatterns = [\n    '{pattern}',\n]\n\
         confidence = 0.8\npositive = [\n    '{positive}',\n]\nnegative = ['{negative}']\n"
    )
}

const GOOD: &str = "[s:Organization Acme] bought [o:Organization Bolt].";
const OTHER: &str = "[Organization Acme] met [Organization Bolt].";

#[test]
fn faults_name_the_file_the_line_and_what_is_wrong() {
    let cases = [
        (rule("{s:Firm} bought {o:Organization}", GOOD, OTHER), 6, "no class Firm"),
        (rule("{s:any} @nothing {o:any}", GOOD, OTHER), 6, "lexicon/en/nothing.txt"),
        (rule("{s:any} $nothing {o:any}", GOOD, OTHER), 6, "no macro $nothing"),
        (rule("{s:any} (bought {o:any}", GOOD, OTHER), 6, "')' is missing"),
        (rule("{s:any} (the?)* {o:any}", GOOD, OTHER), 6, "must not match nothing"),
        (rule("{s:any} bought {o:any}", OTHER, OTHER), 10, "no subject and object are marked"),
        (rule("{s:any} sold {o:any}", GOOD, OTHER), 10, "expected Acme → Bolt, found nothing"),
        (rule("{s:any} (bought|met) {o:any}", GOOD, OTHER), 12, "expected nothing, found"),
        ("relation = \"possesses\"\n".to_owned(), 1, "no relation \"possesses\""),
        ("relation = \"owns\"\n[[rule]]\nid = \"x\"\npatterns = ['{s:any} x {o:any}']\nconfidence = 0.5\n".to_owned(), 3, "no positive example"),
        ("relation = \"owns\"\nrelations = 1\n".to_owned(), 2, "unknown field"),
    ];
    for (text, line, message) in cases {
        let error = fault(&text);
        assert_eq!(error.file, "rules/en/owns.toml", "{error}");
        assert_eq!(error.line, Some(line), "{error}");
        assert!(error.message.contains(message), "{error}");
    }
}

/// The relations of a text as "property(subject, object)", sorted.
fn relations(text: &str) -> Vec<String> {
    let ontology = Ontology::builtin();
    let rules = RuleSet::compile(ontology).unwrap();
    let document = Document::prose(text);
    let found = extract(&document, ontology, &rules);
    let name = |id: newsgraph::mention::MentionId| found.mentions[id.0 as usize].span.of(text);
    let mut relations: Vec<String> = found
        .relations
        .iter()
        .map(|relation| {
            let property = &ontology.schema.property(relation.property).name;
            format!("{property}({}, {})", name(relation.subject), name(relation.object))
        })
        .collect();
    relations.sort();
    relations
}

#[test]
fn coordinations_relate_each_member_and_titles_only_their_own_name() {
    let found = relations(
        "On Monday French Foreign Minister Paul Martin and German Chancellor Anna Weber met in Geneva.",
    );
    assert_eq!(
        found,
        [
            "headOf(Anna Weber, German)",
            "metWith(Paul Martin, Anna Weber)",
            "operatesIn(Anna Weber, Geneva)",
            "operatesIn(Paul Martin, Geneva)",
            "worksFor(Paul Martin, French)",
        ]
    );
}

#[test]
fn a_passive_turns_subject_and_object_round() {
    assert_eq!(
        relations("Syria was accused by Turkey on Monday of shelling a village."),
        ["accuses(Turkey, Syria)"]
    );
}
