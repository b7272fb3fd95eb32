//! Statements that disagree, on articles of our own: which are found, with speakers, dates and
//! sentences, and which are none. Also who says what and when, and statements in their context.

mod support;

use std::path::Path;

use serde_json::Value;
use support::{items, run, text};

const TRADE: &str = include_str!("fixtures/contradictions/trade.txt");
const MERGER: &str = include_str!("fixtures/contradictions/merger.txt");
const LEAGUE: &str = include_str!("fixtures/contradictions/league.txt");

/// What the program answers to `command` on articles, as JSON.
fn answer(articles: &[&str], command: &[&str]) -> Value {
    let folder = tempfile::tempdir().expect("a folder for the articles");
    let mut arguments = command.to_vec();
    let names: Vec<String> = (0..articles.len()).map(|at| format!("{at}.txt")).collect();
    for (name, article) in names.iter().zip(articles) {
        std::fs::write(folder.path().join(name), article).expect("the article is written");
        arguments.push(name);
    }
    arguments.push("--json");
    json_of(folder.path(), &arguments)
}

fn json_of(folder: &Path, arguments: &[&str]) -> Value {
    let output = run(folder, arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("the program prints JSON")
}

/// One side of a contradiction: who, when and from where that is known, how the sentence begins.
type Side = (&'static str, &'static str, &'static str);

#[track_caller]
fn has(answer: &Value, kind: &str, a: Side, b: Side) {
    let fits = |found: &Value, (speaker, date, opening): Side| {
        let when = format!("{} {}", text(&found["date"], "value"), text(&found["date"], "from"));
        text(&found["speaker"], "name") == speaker
            && when.trim() == date
            && text(found, "sentence").starts_with(opening)
    };
    let all = answer.as_array().expect("contradictions are a list");
    assert!(
        all.iter().any(|one| text(one, "kind") == kind && fits(&one["a"], a) && fits(&one["b"], b)),
        "no {kind} of {a:?} and {b:?} in {answer:#}"
    );
}

/// The kinds of the contradictions of articles, in their order.
fn kinds(articles: &[&str]) -> Vec<String> {
    let answer = answer(articles, &["contradictions"]);
    let all = answer.as_array().expect("contradictions are a list");
    all.iter().map(|one| text(one, "kind").to_owned()).collect()
}

#[test]
fn what_the_article_calls_a_contradiction_has_both_statements() {
    let trade = answer(&[TRADE], &["contradictions"]);
    has(
        &trade,
        "stated",
        ("Ingrid Solheim", "2022 spoken_of", "The plan for the coming year was"),
        ("Ingrid Solheim", "2021-09-14 said", "Solheim's statement that Norway wanted"),
    );
    let stated = &trade[0];
    assert_eq!(text(&stated["stated"], "cue"), "contradicted");
    assert_eq!(text(&stated["a"]["claim"], "relation"), "establishes");
    assert_eq!(text(&stated["a"]["claim"], "modality"), "planned");

    let merger = answer(&[MERGER], &["contradictions", "--kind", "stated"]);
    has(
        &merger,
        "stated",
        ("Paula Merrick", "2019-03-18 spoken_of", "Kestrel Airways will cooperate"),
        ("Tobias Lang", "2019-02-27 said", "Lang said that Blue Heron Airlines would not"),
    );
    has(
        &merger,
        "stated",
        ("Kestrel Airways", "2019-03-18 published", "Kestrel Airways denied the accusation."),
        ("", "2019-03-18 published", "The Pilots' Guild accused Kestrel Airways"),
    );
}

#[test]
fn a_denied_agreement_stands_against_what_binds_its_sides() {
    has(
        &answer(&[TRADE], &["contradictions", "--kind", "possible"]),
        "possible",
        ("Ingrid Solheim", "2022 spoken_of", "The plan for the coming year was"),
        (
            "Henrik Dahl",
            "2021-09-22 spoken_of",
            "\"We have no intention of having a customs agreement",
        ),
    );
    has(
        &answer(&[MERGER], &["contradictions"]),
        "possible",
        ("Paula Merrick", "2019-03-18 spoken_of", "Kestrel Airways will cooperate"),
        ("Tobias Lang", "2019-03-18 published", "\"Blue Heron Airlines does not have any"),
    );
    // The agreement itself, told by the article, is no word against the denial of another: what is
    // left is an accusation that its target denies.
    let truce = include_str!("../examples/border-truce.txt");
    assert_eq!(kinds(&[truce]), ["polarity"]);
}

#[test]
fn what_one_affirms_another_denies() {
    has(
        &answer(&[MERGER], &["contradictions", "--kind", "polarity"]),
        "polarity",
        ("Paula Merrick", "2019-03-18 spoken_of", "Kestrel Airways will cooperate"),
        ("Tobias Lang", "2019-03-18 published", "Lang said that Blue Heron Airlines would not"),
    );
    // A denial of the parent denies the child.
    let parent = "Lena Moreau told reporters that Iran does not cooperate with Iraq.\n\n\
                  Karim Haddad told reporters that Iran is allied with Iraq.";
    assert_eq!(kinds(&[parent]), ["polarity"]);
}

#[test]
fn a_plain_plan_stands_against_an_earlier_condition() {
    let league = answer(&[LEAGUE], &["contradictions"]);
    has(
        &league,
        "modality",
        ("Alan Frith", "2018-05-03 spoken_of", "Redmoor United will sign"),
        ("Alan Frith", "2018-04-02 spoken_of", "Redmoor United chairman Alan Frith told fans"),
    );
    assert!(
        !league.to_string().contains("Nunes"),
        "that somebody is coach no more is a change: {league:#}"
    );
}

/// Each article that holds none stands beside one that holds one and differs in little.
#[test]
fn what_may_well_be_true_side_by_side_is_none() {
    let cooperates = "Ghana cooperates with Togo.\n\nPeter Marsden told reporters that Ghana does not \
                      cooperate with Togo.";
    for (one, kind, none) in [
        (
            "Peter Marsden was at odds with what Helen Carter said in Accra.",
            "stated",
            "Peter Marsden would be at odds with what Helen Carter said in Accra.",
        ),
        (
            "In London Peter Marsden contradicted Helen Carter.",
            "stated",
            "In London Peter Marsden never contradicted Helen Carter.",
        ),
        (
            "In London Peter Marsden contradicted Helen Carter.",
            "stated",
            "\"In London Peter Marsden contradicted Helen Carter,\" Laura Brown said.",
        ),
        (
            "Peter Marsden dismissed the charges by Helen Carter.",
            "stated",
            "Peter Marsden dismissed the case against Helen Carter.",
        ),
        (
            "Helen Carter accused Peter Marsden of fraud in London. Marsden denied the charges.",
            "stated",
            "Helen Carter met Peter Marsden in London on Monday. Marsden denied the charges.",
        ),
        (
            cooperates,
            "polarity",
            "Ghana might cooperate with Togo.\n\nPeter Marsden told reporters that Ghana does not \
             cooperate with Togo.",
        ),
        (
            cooperates,
            "polarity",
            "Ghana cooperates with Togo.\n\nPeter Marsden told reporters that Ghana does not \
             cooperate with Togo any more.",
        ),
        (cooperates, "polarity", "Ghana cooperates with Togo. Ghana does not cooperate with Togo."),
    ] {
        assert_eq!(kinds(&[one]), [kind], "{one}");
        assert_eq!(kinds(&[none]), [""; 0], "{none}");
    }
}

/// Weeks lie between two states of the world; what is said on one day is about one.
#[test]
fn documents_published_far_apart_do_not_contradict_each_other() {
    let affirmed = |day: &str| {
        format!(
            "Talks in Lagos\n\nLAGOS, {day} (Coast Wire) - The talks on trade went on in Lagos on \
             that day.\n\nAda Mensah told reporters that Ghana cooperates with Togo.\n"
        )
    };
    let denied = "No talks in Accra\n\nACCRA, May 4, 2018 (Coast Wire) - The talks on trade ended in \
                  Accra on that day.\n\nPeter Okafor told reporters that Ghana does not cooperate \
                  with Togo.\n";
    assert_eq!(kinds(&[&affirmed("May 3, 2018"), denied]), ["polarity"]);
    assert_eq!(kinds(&[&affirmed("March 3, 2018"), denied]), [""; 0]);
}

#[test]
fn the_order_of_sources_does_not_matter() {
    let one = answer(&[TRADE, MERGER, LEAGUE], &["contradictions"]);
    let other = answer(&[LEAGUE, TRADE, MERGER], &["contradictions"]);
    let told = |answer: &Value| {
        let all = answer.as_array().expect("contradictions are a list");
        let mut all: Vec<String> = all.iter().map(Value::to_string).collect();
        all.sort();
        all
    };
    assert_eq!(told(&one), told(&other));
    let kinds: Vec<&str> =
        one.as_array().into_iter().flatten().map(|one| text(one, "kind")).collect();
    let mut sorted = kinds.clone();
    let rank =
        |kind: &&str| ["stated", "polarity", "modality", "possible"].iter().position(|k| k == kind);
    sorted.sort_by_key(rank);
    assert_eq!(kinds, sorted, "the weightiest kind comes first");
}

#[test]
fn a_timeline_runs_from_the_earliest_to_what_has_no_date() {
    let undated = "Redmoor United will cooperate with Harbour Athletic.";
    let timeline = answer(&[undated, LEAGUE], &["timeline", "Redmoor United"]);
    let dates: Vec<String> = items(&timeline, "statements")
        .iter()
        .map(|one| {
            let when = &one["when"];
            format!("{} {} {}", text(when, "value"), text(when, "from"), text(one, "relation"))
        })
        .collect();
    assert_eq!(
        dates,
        [
            "2018-04-02 spoken_of partyTo",
            "2018-05-03 spoken_of partyTo",
            "2018-05-03 spoken_of cooperatesWith",
            "2018-05-04 published headOf",
            "2018-05-04 published cooperatesWith",
            "2018-05-04 published worksFor",
            "2018-05-04 published worksFor",
            "  cooperatesWith",
        ]
    );
}

#[test]
fn claims_are_grouped_by_speaker() {
    let lang = answer(&[MERGER], &["claims", "--by", "Lang"]);
    let said: Vec<String> = items(&lang, "claims")
        .iter()
        .map(|claim| {
            let statement = &claim["evidence"][0];
            format!(
                "{} {} {}: {} {}",
                text(&claim["head"], "name"),
                text(claim, "relation"),
                text(&claim["tail"], "name"),
                text(statement, "polarity"),
                text(&claim["dates"][0], "value")
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            "Blue Heron Airlines cooperatesWith Kestrel Airways: denied 2019-03-18",
            "Blue Heron Airlines partyTo agreement with Kestrel Airways: denied 2019-03-18",
            "Kestrel Airways partyTo agreement with Kestrel Airways: denied 2019-03-18",
        ]
    );
    let counts = answer(&[MERGER], &["claims"]);
    let counts: Vec<String> = counts
        .as_array()
        .into_iter()
        .flatten()
        .map(|one| {
            format!("{} {} {}", text(&one["speaker"], "name"), one["statements"], one["denied"])
        })
        .collect();
    assert_eq!(counts[..2], ["Paula Merrick 3 0", "Tobias Lang 3 3"]);
    assert!(counts.last().is_some_and(|one| one.starts_with(" ")), "own voice last: {counts:?}");
}

#[test]
fn why_shows_the_sentences_around() {
    let folder = tempfile::tempdir().expect("a folder for the article");
    std::fs::write(folder.path().join("a.txt"), TRADE).expect("the article is written");
    let context = |options: &[&str]| {
        let question = ["why", "Norway", "party to", "customs agreement"];
        let answer = json_of(folder.path(), &[&question[..], options, &["--json"]].concat());
        let context = answer["claims"][0]["evidence"][0]["context"].clone();
        ["before", "after"].map(|side| {
            items(&context, side)
                .iter()
                .map(|one| one.as_str().unwrap_or_default().chars().take(16).collect::<String>())
                .collect::<Vec<_>>()
        })
    };
    let none: Vec<String> = Vec::new();
    assert_eq!(context(&["a.txt"]), [vec!["Solheim's statem".to_owned()], none.clone()]);
    assert_eq!(context(&["a.txt", "--context", "0"]), [none.clone(), none.clone()]);
    assert_eq!(
        context(&["a.txt", "--context", "2"]),
        [vec!["Exporters in Ber".to_owned(), "Solheim's statem".to_owned()], none.clone()]
    );
    let build = ["build", "a.txt", "--no-text", "-o", "a.ttl"];
    assert!(run(folder.path(), &build).status.success());
    assert_eq!(context(&["a.ttl"]), [none.clone(), none]);
}

/// The same text asks every profile who is party to what, and who denies it.
#[test]
fn one_query_tells_in_both_profiles_who_affirms_and_who_denies() {
    let folder = tempfile::tempdir().expect("a folder for the article");
    std::fs::write(folder.path().join("a.txt"), TRADE).expect("the article is written");
    let ask = |profile: &str| {
        let example = ["query", "a.txt", "--example", "who-is-party-and-who-denies-it"];
        let how = ["--profile", profile, "--format", "csv"];
        let output = run(folder.path(), &[&example[..], &how].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("CSV is UTF-8").replace('\r', "")
    };
    let wanted = "party,agreement,polarity,speaker\n\
                  Chile,June 4 trade agreement,affirmed,Ingrid Solheim\n\
                  Norway,June 4 trade agreement,affirmed,Ingrid Solheim\n\
                  Chile,customs agreement,denied,Henrik Dahl\n\
                  Norway,customs agreement,denied,Henrik Dahl\n";
    assert_eq!(ask("default"), wanted);
    assert_eq!(ask("rdf12"), wanted);
}
