//! Writes what the model is given of each document, so that training sees the very words,
//! pieces, mentions and rule finds that inference sees.
//!
//! `cargo run --release --example model_input < documents.jsonl > inputs.jsonl`: a line in is
//! `{"id", "text"}`; a line out has the document's text as read (`text`), its words as `[start,
//! end, sentence, kind, case, [piece …]]` (code points of the text), its mentions as `[first
//! word, word after the last, class, subclass, demonym, form, entity]`, the known places inside
//! other names as `[first word, word after the last, class, subclass]` (`inner`) and the rules'
//! finds as `[property, subject, object, sentence, polarity]` (indexes of mentions). With
//! `--signatures` it prints which classes each relation may hold between.

use std::io::{BufRead, Write};

use newsgraph::document::Document;
use newsgraph::extract;
use newsgraph::model::inner;
use newsgraph::model::wordpiece::WordPieces;
use newsgraph::ontology::{Ontology, TopClass};
use newsgraph::read::{self, InputKind};
use newsgraph::resolve;
use newsgraph::rules::RuleSet;
use newsgraph::span::CodePoints;
use rayon::prelude::*;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let ontology = Ontology::builtin();
    if std::env::args().nth(1).as_deref() == Some("--signatures") {
        signatures(ontology);
        return Ok(());
    }
    let rules = RuleSet::compile(ontology)?;
    let pieces = WordPieces::new(include_str!("../models/en/vocab.txt"))
        .ok_or("the vocabulary has no [UNK]")?;
    let lines: Vec<String> = std::io::stdin().lock().lines().collect::<Result<_, _>>()?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for batch in lines.chunks(256) {
        let written: Vec<Result<String, String>> = batch
            .par_iter()
            .map(|line| {
                let value: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
                Ok(input(&value, ontology, &rules, &pieces)?.to_string())
            })
            .collect();
        for line in written {
            writeln!(out, "{}", line?)?;
        }
    }
    Ok(out.flush()?)
}

/// Which classes each relation may hold between.
fn signatures(ontology: &Ontology) {
    for (id, property) in ontology.schema.properties() {
        for head in TopClass::ALL {
            for tail in TopClass::ALL {
                if ontology.schema.allows(id, head, tail) {
                    println!("{} {} {}", property.name, head.name(), tail.name());
                }
            }
        }
    }
}

fn input(
    value: &Value,
    ontology: &Ontology,
    rules: &RuleSet,
    pieces: &WordPieces,
) -> Result<Value, String> {
    let text = value["text"].as_str().ok_or("a line without text")?;
    let document =
        read::documents("a.txt", text.as_bytes(), Some(InputKind::Text), &Default::default())
            .into_iter()
            .find_map(Result::ok)
            .map_or_else(|| Document::prose(text), |read| read.document);
    let extraction = extract::extract(&document, ontology, rules);
    let resolution =
        resolve::resolve(&document, &extraction, ontology, &resolve::KeepApart::default());
    let text = document.text();
    let points = CodePoints::new(text);
    let mut words = Vec::new();
    for (index, sentence) in extraction.tokens.sentences.iter().enumerate() {
        for token in &extraction.tokens.tokens[sentence.tokens.clone()] {
            let span = points.span(token.span);
            let mut ids = Vec::new();
            pieces.split(token.span.of(text), &mut ids);
            let (kind, case) = (token.kind as u8, token.case as u8);
            words.push(json!([span.start, span.end, index, kind, case, ids]));
        }
    }
    let name = |subclass| &ontology.schema.subclass(subclass).name;
    let mentions: Vec<Value> = extraction
        .mentions
        .iter()
        .zip(&resolution.of_mention)
        .map(|(mention, entity)| {
            json!([
                mention.tokens.start,
                mention.tokens.end,
                mention.class.name(),
                mention.subclass.map(name),
                mention.demonym,
                // What stands for a name is no end of a pair, whatever its form.
                if mention.stands_for.is_some() { 2 } else { mention.form as u8 },
                entity,
            ])
        })
        .collect();
    let inner: Vec<Value> = inner::find(text, &extraction, ontology)
        .into_iter()
        .map(|one| {
            json!([one.tokens.start, one.tokens.end, one.class.name(), one.subclass.map(name)])
        })
        .collect();
    let relations: Vec<Value> = extraction
        .relations
        .iter()
        .map(|relation| {
            json!([
                ontology.schema.property(relation.property).name,
                relation.subject.0,
                relation.object.0,
                relation.sentence,
                relation.polarity as u8,
            ])
        })
        .collect();
    Ok(json!({
        "id": value["id"], "text": text, "words": words, "mentions": mentions,
        "inner": inner, "relations": relations,
    }))
}
