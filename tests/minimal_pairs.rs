//! Minimal pairs: sentences that differ in little but in how they mean it, affirmed, denied,
//! planned, conditional or alleged.
//!
//! `seen.tsv` was read while cues and rules were written, `unseen.tsv` was not, and must not be.
//! Columns: the set of pairs, relation, head, tail, polarity, modality, sentence.

use std::collections::BTreeMap;
use std::path::Path;

use newsgraph::document::Document;
use newsgraph::graph::KnowledgeGraph;
use newsgraph::ontology::Ontology;
use newsgraph::pipeline::{BuildSettings, Extractor};

/// Of the sentences that people wrote, this share must be read as a person reads them.
const LEAST_RIGHT: f64 = 0.85;
/// Of the sentences that wordings and frames give.
const LEAST_RIGHT_OF_PRODUCT: f64 = 0.95;

struct Sentence {
    relation: String,
    head: String,
    tail: String,
    /// Polarity and modality.
    meant: (String, String),
    text: String,
}

/// The lines of a file by columns.
fn rows<const N: usize>(file: &str) -> Vec<[String; N]> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/minimal_pairs").join(file);
    let text = std::fs::read_to_string(path).expect("the sentences are readable");
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    let cells = |line: &str| -> [String; N] {
        let cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
        cells.try_into().unwrap_or_else(|_| panic!("{file}: not {N} columns: {line}"))
    };
    lines.map(cells).collect()
}

fn sentences(file: &str) -> Vec<Sentence> {
    rows(file)
        .into_iter()
        .map(|[_, relation, head, tail, polarity, modality, text]| Sentence {
            relation,
            head,
            tail,
            meant: (polarity, modality),
            text,
        })
        .collect()
}

/// How the program reads the relation of a sentence; nothing where it does not find it.
fn read(extractor: &Extractor<'_>, sentence: &Sentence) -> Vec<(String, String)> {
    let mut graph = KnowledgeGraph::new();
    let documents = vec![Document::prose(&sentence.text)];
    extractor.build(documents, BuildSettings::default(), &mut graph, &|_| ());
    let schema = &Ontology::builtin().schema;
    let named = |index, surface: &str| {
        let entity = graph.entity(index);
        entity.name == surface
            || entity.aliases.iter().any(|alias| alias == surface)
            || entity.name.contains(surface)
            || surface.contains(&entity.name)
    };
    graph
        .claims()
        .filter(|claim| {
            let property = schema.property(claim.property);
            let forward = named(claim.head, &sentence.head) && named(claim.tail, &sentence.tail);
            let back = named(claim.head, &sentence.tail) && named(claim.tail, &sentence.head);
            property.name == sentence.relation && (forward || property.symmetric && back)
        })
        .flat_map(|claim| claim.evidence)
        .map(|one| (one.polarity.name().to_owned(), one.modality.name().to_owned()))
        .collect()
}

fn check(file: &str, sentences: &[Sentence], least_right: f64) {
    let extractor = Extractor::new(Ontology::builtin()).expect("the built-in rules");
    assert!(sentences.len() >= 60, "{file}: only {} sentences", sentences.len());
    let mut right = 0;
    let mut by_meaning: BTreeMap<&(String, String), (usize, usize)> = BTreeMap::new();
    let mut wrong = String::new();
    for sentence in sentences {
        let found = read(&extractor, sentence);
        let is_right = !found.is_empty() && found.iter().all(|one| *one == sentence.meant);
        let tally = by_meaning.entry(&sentence.meant).or_default();
        tally.0 += usize::from(is_right);
        tally.1 += 1;
        right += usize::from(is_right);
        if !is_right {
            let Sentence { relation, meant: (polarity, modality), text, .. } = sentence;
            wrong += &format!("{relation} {polarity} {modality}, read as {found:?}: {text}\n");
        }
    }
    let share = right as f64 / sentences.len() as f64;
    println!("{file}: {right} of {} right, {by_meaning:?}", sentences.len());
    assert!(share >= least_right, "{file}: {right} of {} right\n{wrong}", sentences.len());
}

#[test]
fn sentences_that_rules_were_written_on() {
    check("seen.tsv", &sentences("seen.tsv"), LEAST_RIGHT);
}

#[test]
fn sentences_that_nobody_looked_at() {
    check("unseen.tsv", &sentences("unseen.tsv"), LEAST_RIGHT);
}

/// Each wording of each relation in each frame: a cue must not depend on the verb that it meets.
#[test]
fn every_wording_in_every_frame() {
    let mut sentences = Vec::new();
    for [relation, head, tail, plain, past, done, doing, object] in rows("wordings.tsv") {
        for [polarity, modality, frame] in rows("frames.tsv") {
            let words = [
                ("HEAD", &head),
                ("OBJECT", &object),
                ("PLAIN", &plain),
                ("PAST", &past),
                ("DONE", &done),
                ("DOING", &doing),
            ];
            let text = words.iter().fold(frame, |text, (from, to)| text.replace(from, to));
            let [relation, head, tail] = [&relation, &head, &tail].map(String::clone);
            sentences.push(Sentence { relation, head, tail, meant: (polarity, modality), text });
        }
    }
    check("wordings and frames", &sentences, LEAST_RIGHT_OF_PRODUCT);
}
