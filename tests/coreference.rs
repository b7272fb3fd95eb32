//! Pronouns and definite nouns: what they stand for, and when they stand for nothing.

use std::sync::LazyLock;

use newsgraph::document::Document;
use newsgraph::graph::KnowledgeGraph;
use newsgraph::ontology::Ontology;
use newsgraph::pipeline::{BuildSettings, Extractor};
use newsgraph::statement::MentionForm;

static EXTRACTOR: LazyLock<Extractor<'static>> =
    LazyLock::new(|| Extractor::new(Ontology::builtin()).expect("the built-in rules"));

fn graph_of(text: &str) -> KnowledgeGraph {
    let mut graph = KnowledgeGraph::new();
    let documents = vec![Document::prose(text)];
    EXTRACTOR.build(documents, BuildSettings::default(), &mut graph, &|_| ());
    graph
}

/// "he = Sam Poe" of each pronoun and definite noun, in the order of the text.
fn links(text: &str) -> Vec<String> {
    let mut links = Vec::new();
    for (_, entity) in graph_of(text).entities() {
        for mention in entity.mentions.iter().filter(|one| one.form != MentionForm::Name) {
            let surface = mention.span.of(text).expect("a span of the text");
            links.push((mention.span.start, format!("{surface} = {}", entity.name)));
        }
    }
    links.sort();
    links.into_iter().map(|(_, link)| link).collect()
}

/// "A relation B" of each claim, sorted.
fn claims(text: &str) -> Vec<String> {
    let graph = graph_of(text);
    let schema = &Ontology::builtin().schema;
    let mut claims: Vec<String> = graph
        .claims()
        .map(|claim| {
            let name = |id| graph.entity(id).name.clone();
            let relation = &schema.property(claim.property).name;
            format!("{} {relation} {}", name(claim.head), name(claim.tail))
        })
        .collect();
    claims.sort();
    claims
}

#[test]
fn a_pronoun_is_the_subject_of_the_sentence_before() {
    for (text, expected) in [
        ("Michael Baker left for Cairo on Monday. He met Susan Clark there.", "He = Michael Baker"),
        ("Susan Clark resigned. Her husband, Michael Baker, stayed.", "Her = Susan Clark"),
        ("Ruritel bought Acme Corporation in May. It is based in Oslo.", ""),
        ("Acme Corporation was founded in 1999. It is based in Oslo.", "It = Acme Corporation"),
        ("Norway signed the Treaty of Bergen. It accused Iran of lying.", "It = Norway"),
        ("Acme Corporation grew. Its director, Susan Clark, left.", "Its = Acme Corporation"),
    ] {
        let expected: Vec<&str> = expected.split(", ").filter(|one| !one.is_empty()).collect();
        assert_eq!(links(text), expected, "{text}");
    }
}

#[test]
fn gender_decides_where_a_title_or_a_first_name_tells_it() {
    let text = "Michael Baker met Susan Clark on Monday. She praised the talks.";
    assert_eq!(links(text), ["She = Susan Clark"]);
    let text = "Mr. Trell and Mrs. Vassin met on Monday. She left for Cairo.";
    assert_eq!(links(text), ["She = Vassin"]);
}

#[test]
fn where_two_compete_nothing_is_found() {
    for text in [
        "Michael Baker and Robert Clark met on Monday. He left for Cairo.",
        "Michael Baker told Robert Clark on Monday that he would leave for Cairo.",
        "Acme Corporation sued Globex Corporation over its patents.",
        "Norway and Sweden signed it. The country left.",
        // An unknown name may be a person.
        "Quarlbad slept while Michael Baker swam. He left for Cairo.",
    ] {
        assert!(links(text).is_empty(), "{text}: {:?}", links(text));
    }
}

#[test]
fn a_long_gap_is_not_crossed() {
    let text = "Michael Baker left. Rain fell. Roads were closed. Schools were shut. He was ill.";
    assert!(links(text).is_empty(), "{:?}", links(text));
}

#[test]
fn it_may_stand_for_nothing() {
    for text in [
        "Acme Corporation grew. It is clear that prices will rise.",
        "Acme Corporation grew. It was not known why prices rose.",
        "Acme Corporation grew. It seems that prices will rise.",
        "Acme Corporation grew. It's time to sell.",
    ] {
        assert!(links(text).is_empty(), "{text}: {:?}", links(text));
    }
    let text = "Acme Corporation grew. It is seeking to buy Globex Corporation.";
    assert_eq!(links(text), ["It = Acme Corporation"]);
}

#[test]
fn a_quotation_is_a_world_of_its_own() {
    let text = "Michael Baker left. “He is in Cairo,” said Susan Clark.";
    assert!(links(text).is_empty(), "{:?}", links(text));
    let text = "“Michael Baker left. He is in Cairo,” said Susan Clark.";
    assert_eq!(links(text), ["He = Michael Baker"]);
}

#[test]
fn a_definite_noun_is_the_last_of_its_kind() {
    for (text, expected) in [
        (
            "Boko Haram fled. The group attacked Maiduguri on Monday.",
            &["group = Boko Haram"] as &[_],
        ),
        (
            "The Nigerian Army attacked Boko Haram. Nigeria-based groups fled. The militant group \
             left.",
            &["group = Boko Haram"],
        ),
        (
            "Acme Corporation fell. The company's director, Susan Clark, left.",
            &["company = Acme Corporation"],
        ),
        ("Acme Corporation fell. The company that Baker owns grew.", &[]),
        ("Acme Corporation fell. The company Globex grew.", &[]),
        ("Acme Corporation fell. A company grew.", &[]),
        ("Acme Corporation fell. The party grew.", &[]),
        (
            "The Ministry of Health was closed. The ministry gave no reason.",
            &["ministry = Ministry of Health"],
        ),
        ("The Ministry of Health was closed. The court gave no reason.", &[]),
    ] {
        assert_eq!(links(text), expected, "{text}");
    }
}

#[test]
fn an_office_is_its_only_holder() {
    let text = "Prime Minister Michael Baker met Susan Clark. The prime minister left for Cairo.";
    assert_eq!(links(text), ["minister = Michael Baker"]);
    let text = "Vice President Michael Baker met Susan Clark. The president left for Cairo.";
    assert!(links(text).is_empty(), "{:?}", links(text));
    let text = "President Michael Baker met President Susan Clark. The president left for Cairo.";
    assert!(links(text).is_empty(), "{:?}", links(text));
}

#[test]
fn we_of_a_statement_is_who_issued_it() {
    let text = "Norway condemns the attack. We accuse Iran of arming Hezbollah. We stand with \
                Ukraine.";
    assert_eq!(links(text), ["We = Norway", "We = Norway"]);
    let text = "Norway grew, “a miracle”. We saw “one thing” and Michael Baker. We left.";
    assert!(links(text).is_empty(), "{:?}", links(text));
}

#[test]
fn we_of_an_official_text_is_the_country_of_its_title() {
    // Iran opens more sentences.
    let text = "Michael Baker, Secretary of State\n\nIran has lied. Iran has threatened the United \
                States. We condemn Iran.";
    assert_eq!(links(text), ["We = United States"]);
    let claims = claims(text);
    assert!(claims.contains(&"United States accuses Iran".to_owned()), "{claims:?}");
}

#[test]
fn a_title_in_capitals_is_its_first_bearers() {
    let text = "President Michael Baker called President Carlos Diaz. The President thanked him.";
    assert!(links(text).contains(&"President = Michael Baker".to_owned()), "{:?}", links(text));
    let text = "President Michael Baker called President Carlos Diaz. The president slept.";
    assert!(links(text).is_empty(), "{:?}", links(text));
}

#[test]
fn a_chief_executive_is_that_of_the_only_company() {
    let text = "Acme Corporation grew. Acme Corporation, its chief executive officer slept on. CEO \
                Susan Clark slept.";
    assert_eq!(claims(text), ["Susan Clark headOf Acme Corporation"]);
    let text = "Acme Corporation and Ruritel Corporation grew. CEO Susan Clark slept.";
    assert!(claims(text).is_empty(), "{:?}", claims(text));
}

#[test]
fn relations_end_at_what_stands_before() {
    for (text, expected) in [
        (
            "Acme Corporation fell. Its chairman, Michael Baker, left.",
            "Michael Baker headOf Acme Corporation",
        ),
        (
            "Acme Corporation fell. The company's spokeswoman, Susan Clark, gave no reason.",
            "Susan Clark spokespersonOf Acme Corporation",
        ),
        (
            "Michael Baker was jailed. His lawyer, Susan Clark, gave no reason.",
            "Susan Clark worksFor Michael Baker",
        ),
        (
            "Michael Baker died on Monday. He is survived by a son. His wife, Susan Clark, is ill.",
            "Michael Baker familyOf Susan Clark",
        ),
        ("Michael Baker spoke on Monday. He met Susan Clark.", "Michael Baker metWith Susan Clark"),
        (
            "Boko Haram fled on Monday. The group had attacked Nigeria.",
            "Boko Haram inConflictWith Nigeria",
        ),
        (
            "Susan Clark spoke. She is a member of the Green Party.",
            "Susan Clark memberOf Green Party",
        ),
    ] {
        let found = claims(text);
        assert!(found.iter().any(|one| one == expected), "{text}: {found:?}");
    }
}

#[test]
fn a_possessive_is_not_met_and_not_coordinated() {
    for text in [
        "Michael Baker spoke. Susan Clark met his brother.",
        "Michael Baker spoke. Susan Clark accused his company of fraud.",
        "Acme Corporation fell. Michael Baker met the company's owners.",
    ] {
        let wrong: Vec<String> = claims(text)
            .into_iter()
            .filter(|claim| claim.contains("metWith") || claim.contains("accuses"))
            .collect();
        assert!(wrong.is_empty(), "{text}: {wrong:?}");
    }
}

#[test]
fn a_stand_in_is_no_name() {
    let text = "Michael Baker spoke on Monday. He met Susan Clark. Acme Corporation fell. The \
                company's director, Robert Lee, left.";
    for (_, entity) in graph_of(text).entities() {
        let names = std::iter::once(&entity.name).chain(&entity.aliases);
        for name in names {
            assert!(!matches!(name.as_str(), "He" | "company"), "{name} of {}", entity.key);
        }
    }
}

#[test]
fn a_title_without_a_country_is_of_the_only_one() {
    let text = "Voters in Norway were calm. President Michael Baker said Norway was at peace.";
    assert_eq!(claims(text), ["Michael Baker headOf Norway"]);
    for text in [
        "Voters in Norway were calm. President Michael Baker said Iran was at peace.",
        "Norway is calm. Norway is quiet. The firm's President Michael Baker slept.",
        "Norway is calm. Norway is quiet. Deputy President Michael Baker slept.",
        "Norway is calm. Norway is quiet. President Michael Baker of the club slept.",
    ] {
        assert!(claims(text).is_empty(), "{text}: {:?}", claims(text));
    }
    let text = "Norway is calm. Norway is quiet. Vice President Michael Baker slept.";
    assert_eq!(claims(text), ["Michael Baker worksFor Norway"]);
}

#[test]
fn of_two_presidents_each_has_a_country() {
    let text = "President Michael Baker called President Susan Clark of Norway. Iran and Norway \
                are calm, Iran said. Norway is quiet.";
    let claims = claims(text);
    assert!(claims.contains(&"Michael Baker headOf Iran".to_owned()), "{claims:?}");
    assert!(claims.contains(&"Susan Clark headOf Norway".to_owned()), "{claims:?}");
}

#[test]
fn some_titles_are_of_one_country_only() {
    for (text, expected) in [
        // Named once, and Iran more often.
        (
            "Iran is calm. Iran is quiet. The United States slept. Michael Baker, Secretary of State, \
             slept.",
            vec!["Michael Baker worksFor United States"],
        ),
        (
            "Under Secretary for Growth, Energy, and Trade Susan Clark slept. The United States did not.",
            vec!["Susan Clark worksFor United States"],
        ),
        // A country that is not named is nobody's.
        ("Secretary of State Michael Baker slept in Iran, and Iran was calm.", vec![]),
        // The United States has no prime minister.
        (
            "The United States is calm. The United States and Iran, and Iran again, and the \
             United States, slept. Prime Minister Susan Clark did too.",
            vec!["Susan Clark headOf Iran"],
        ),
        // The same title of two persons says nothing of either.
        (
            "Norway is calm. Norway is quiet. President Ann Lee met President Susan Clark.",
            vec!["Ann Lee metWith Susan Clark"],
        ),
    ] {
        assert_eq!(claims(text), expected, "{text}");
    }
}
