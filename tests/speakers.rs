//! Whose words a statement is: quotations, reported speech, transcripts, and what has no speaker.

use std::sync::LazyLock;

use newsgraph::document::{Block, BlockKind, Document, Source};
use newsgraph::graph::KnowledgeGraph;
use newsgraph::ontology::Ontology;
use newsgraph::pipeline::{BuildSettings, Extractor};
use newsgraph::span::ByteSpan;

static EXTRACTOR: LazyLock<Extractor<'static>> =
    LazyLock::new(|| Extractor::new(Ontology::builtin()).expect("the built-in rules"));

/// "A relation B: speaker" of every statement on two entities in conflict, in the order of the
/// text; "article" is its own voice.
fn attacks(text: &str) -> Vec<String> {
    statements(text, "inConflictWith")
}

fn statements(text: &str, relation: &str) -> Vec<String> {
    let mut graph = KnowledgeGraph::new();
    let documents = vec![by_paragraph(text)];
    EXTRACTOR.build(documents, BuildSettings::default(), &mut graph, &|_| ());
    let schema = &Ontology::builtin().schema;
    let name = |id| graph.entity(id).name.as_str();
    let mut found = Vec::new();
    for claim in graph.claims() {
        if schema.property(claim.property).name != relation {
            continue;
        }
        for evidence in claim.evidence {
            let speaker = evidence.attributed_to.map_or("article", name);
            let line = format!("{} > {}: {speaker}", name(claim.head), name(claim.tail));
            found.push((evidence.sentence.start, line));
        }
    }
    found.sort();
    found.into_iter().map(|(_, line)| line).collect()
}

/// A document whose paragraphs are parted by blank lines.
fn by_paragraph(text: &str) -> Document {
    let mut start = 0;
    let mut blocks = Vec::new();
    for paragraph in text.split("\n\n") {
        let span = ByteSpan::new(start, start + paragraph.len());
        blocks.push(Block { span, kind: BlockKind::Prose, continues: false });
        start += paragraph.len() + 2;
    }
    Document::new(Source::default(), text.to_owned(), blocks, Vec::new())
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(attacks(text), expected, "{text}");
}

#[test]
fn a_quotation_has_one_speaker_from_its_first_mark_to_its_last() {
    check("“Norway attacked Iran,” Susan Clark said.", &["Norway > Iran: Susan Clark"]);
    check("\"Norway attacked Iran,\" said Susan Clark, a judge.", &["Norway > Iran: Susan Clark"]);
    check(
        "“We saw it. Norway attacked Iran. It was at night,” Susan Clark said.",
        &["Norway > Iran: Susan Clark"],
    );
    check(
        "“It was at night,” Susan Clark said. “Norway attacked Iran.”",
        &["Norway > Iran: Susan Clark"],
    );
    check("‘Norway attacked Iran,’ said Susan Clark.", &["Norway > Iran: Susan Clark"]);
}

#[test]
fn a_paragraph_goes_on_with_the_quotation_before() {
    check(
        "“It was at night,” Susan Clark said. “It was dark.\n\n“Norway attacked Iran.”",
        &["Norway > Iran: Susan Clark"],
    );
    check(
        "Susan Clark said in a statement:\n\n“Norway attacked Iran. It was dark.”",
        &["Norway > Iran: Susan Clark"],
    );
    check(
        "A Foreign Office spokesman said:\n\n“Norway attacked Iran.”",
        &["Norway > Iran: Foreign Office"],
    );
    check(
        "“It was at night,” Susan Clark said.\n\nNorway attacked Iran.",
        &["Norway > Iran: article"],
    );
}

#[test]
fn reported_speech_begins_behind_its_verb() {
    check("Susan Clark said that Norway attacked Iran.", &["Norway > Iran: Susan Clark"]);
    check("Norway attacked Iran, Susan Clark said.", &["Norway > Iran: Susan Clark"]);
    check("Norway attacked Iran, according to Susan Clark.", &["Norway > Iran: Susan Clark"]);
    check(
        "Susan Clark told the court on Monday that Norway attacked Iran.",
        &["Norway > Iran: Susan Clark"],
    );
    check(
        "Susan Clark spoke. She added that Norway attacked Iran.",
        &["Norway > Iran: Susan Clark"],
    );
    check("As Norway attacked Iran Susan Clark left.", &["Norway > Iran: article"]);
}

#[test]
fn who_speaks_for_a_body_gives_its_words() {
    for speaker in ["A spokesman for Acme Corporation", "An Acme Corporation official"] {
        let text = format!("{speaker} said that Norway attacked Iran.");
        check(&text, &["Norway > Iran: Acme Corporation"]);
    }
    check(
        "Susan Clark of Acme Corporation said that Norway attacked Iran.",
        &["Norway > Iran: Susan Clark"],
    );
}

#[test]
fn who_is_quoted_as_saying_is_the_speaker() {
    check(
        "Reuters quoted Ann Lee as saying that Russia attacked Georgia.",
        &["Russia > Georgia: Ann Lee"],
    );
    check(
        "Ann Lee was quoted by Reuters as saying that Russia attacked Georgia.",
        &["Russia > Georgia: Ann Lee"],
    );
    // He has no name.
    check(
        "Reuters quoted a resident as saying that Russia attacked Georgia.",
        &["Russia > Georgia: article"],
    );
}

#[test]
fn a_colon_gives_the_word_to_who_is_named_first() {
    check(
        "Ann Lee justified the strike: \"Russia attacked Georgia last year.\"",
        &["Russia > Georgia: Ann Lee"],
    );
    check(
        "The strike was justified by its planners and Ann Lee: \"Russia attacked Georgia.\"",
        &["Russia > Georgia: article"],
    );
}

#[test]
fn a_source_in_the_midst_says_its_own_clause() {
    check(
        "The war goes on, and Iran, according to Turkey, attacked Iraq; Libya attacked Chad.",
        &["Iran > Iraq: Turkey", "Libya > Chad: article"],
    );
    check(
        "Russia attacked Georgia, and the war goes on, according to Turkey.",
        &["Russia > Georgia: Turkey"],
    );
}

#[test]
fn announcing_a_plan_of_ones_own_is_a_deed() {
    check(
        "Ann Lee announced a conference on how Russia attacked Georgia.",
        &["Russia > Georgia: article"],
    );
    check("Ann Lee announced that Russia attacked Georgia.", &["Russia > Georgia: Ann Lee"]);
}

#[test]
fn adding_to_a_list_is_no_speech() {
    check(
        "The World Bank has added Russia, which attacked Georgia, to its list.",
        &["Russia > Georgia: article"],
    );
    check("Russia attacked Georgia last year, Ann Lee added.", &["Russia > Georgia: Ann Lee"]);
}

#[test]
fn a_speaker_without_a_name_is_nobody_else() {
    for text in [
        "Susan Clark left. A resident said that Norway attacked Iran.",
        "A politician from the Republican Party said that Norway attacked Iran.",
        "Norway attacked Iran, according to a senior Iraqi official.",
    ] {
        check(text, &["Norway > Iran: article"]);
    }
}

#[test]
fn verbs_that_are_not_always_speech_need_a_clause() {
    check("Susan Clark concluded that Norway attacked Iran.", &["Norway > Iran: Susan Clark"]);
    check(
        "Since Susan Clark concluded her tour Norway attacked Iran.",
        &["Norway > Iran: article"],
    );
}

#[test]
fn a_title_alone_is_the_person_whom_it_introduced() {
    check(
        "Secretary of State Susan Clark met Foreign Minister Sam Poe. The Secretary condemned \
         Norway's attack on Iran.",
        &["Norway > Iran: Susan Clark"],
    );
}

#[test]
fn in_a_transcript_the_label_has_the_word() {
    let text = "MR. CLARK: Good morning.\n\nQUESTION: Is it true that Norway attacked \
                Iran?\n\nMR. CLARK: Norway attacked Syria. I saw it.\n\nMichael Clark left.";
    check(text, &["Norway > Iran: article", "Norway > Syria: Michael Clark"]);
}

#[test]
fn the_speech_act_and_what_stands_anyway_are_the_articles_own() {
    assert_eq!(
        statements("Susan Clark said that Oslo, Norway was quiet.", "locatedIn"),
        ["Oslo > Norway: article"]
    );
    assert_eq!(
        statements("Susan Clark accused Norway of arming Iran.", "supports"),
        ["Norway > Iran: Susan Clark"]
    );
    assert_eq!(
        statements("Susan Clark accused Norway of attacking Iran.", "accuses"),
        ["Susan Clark > Norway: article"]
    );
}
