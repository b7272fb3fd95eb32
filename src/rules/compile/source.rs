//! Rule files as people write them; every fault is reported with its file and line.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::inflect::{IRREGULAR, Irregulars};
use super::vocabulary::Vocabulary;
use super::{Block, Fault, OWN_LISTS, OWN_MARKS, Rule, RuleFile, WordLists, program, syntax};

/// A value that a rule file gives, with the line that it stands on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Named<T> {
    pub value: T,
    pub line: u32,
}

/// A sentence that stands beside a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// Index of the rule.
    pub rule: usize,
    pub positive: bool,
    pub line: usize,
    /// With the marks of its mentions.
    pub marked: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileEntry {
    relation: Option<Spanned<String>>,
    #[serde(default)]
    macros: HashMap<String, String>,
    #[serde(default)]
    rule: Vec<RuleEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleEntry {
    id: Spanned<String>,
    patterns: Vec<Spanned<String>>,
    confidence: Spanned<f32>,
    polarity: Option<Spanned<String>>,
    modality: Option<Spanned<String>>,
    #[serde(default)]
    positive: Vec<Spanned<String>>,
    #[serde(default)]
    negative: Vec<Spanned<String>>,
}

/// Where a fault is reported: the file, and where its lines begin.
struct Place {
    file: String,
    lines: Vec<usize>,
}

impl Place {
    fn line(&self, offset: usize) -> usize {
        self.lines.partition_point(|&start| start <= offset)
    }

    fn fault<T>(&self, value: &Spanned<T>, message: String) -> Fault {
        let line = Some(self.line(value.span().start));
        Fault { file: self.file.clone(), line, message }
    }

    fn named<T: Clone>(&self, value: &Spanned<T>) -> Named<T> {
        let line = self.line(value.span().start) as u32;
        Named { value: value.get_ref().clone(), line }
    }
}

fn read(name: &str, text: &str) -> Result<(Place, FileEntry), Fault> {
    let after_breaks = text.match_indices('\n').map(|(at, _)| at + 1);
    let lines = std::iter::once(0).chain(after_breaks).collect();
    let place = Place { file: format!("rules/en/{name}"), lines };
    match toml::from_str(text) {
        Ok(file) => Ok((place, file)),
        Err(error) => {
            let line = error.span().map(|span| place.line(span.start));
            Err(Fault { file: place.file, line, message: error.message().to_owned() })
        }
    }
}

pub(super) fn compile(files: &[(&str, &str)], word_lists: &dyn WordLists) -> Result<Block, Fault> {
    let mut macros = syntax::Macros::default();
    let mut read_files = Vec::new();
    for (name, text) in files {
        let (place, mut file) = read(name, text)?;
        macros.extend(std::mem::take(&mut file.macros));
        read_files.push((place, file));
    }
    let irregulars =
        Irregulars::new(word_lists.phrases(IRREGULAR).unwrap_or_default()).map_err(|message| {
            Fault { file: format!("lexicon/en/{IRREGULAR}.txt"), line: None, message }
        })?;
    let mut vocabulary = Vocabulary::new(word_lists, irregulars);
    let (mut files, mut rules) = (Vec::new(), Vec::<Rule>::new());
    let mut programs = Vec::new();
    for (place, file) in read_files {
        let Some(relation) = &file.relation else {
            if let Some(entry) = file.rule.first() {
                let message = "the file has rules but does not say `relation = \"…\"`".to_owned();
                return Err(place.fault(&entry.id, message));
            }
            continue;
        };
        for entry in file.rule {
            for pattern in &entry.patterns {
                let mut program = syntax::parse(pattern.get_ref(), &macros)
                    .and_then(|node| program::compile(&node, &mut vocabulary))
                    .map_err(|message| place.fault(pattern, message))?;
                program.rule = rules.len() as u32;
                program.line = place.line(pattern.span().start) as u32;
                programs.push(program);
            }
            rules.push(rule(&place, files.len() as u32, relation.get_ref(), &entry, &rules)?);
        }
        files.push(RuleFile { relation: place.named(relation), path: place.file });
    }
    for mark in OWN_MARKS {
        vocabulary.word(mark);
    }
    let own_lists = OWN_LISTS.map(|list| {
        let phrases = word_lists.phrases(list).unwrap_or_default();
        let words = phrases.iter().flat_map(|phrase| phrase.split_whitespace());
        words.map(|word| vocabulary.word(word)).collect()
    });
    let Vocabulary { words, sets, lists, classes, .. } = vocabulary;
    let mut by_number = vec![String::new(); words.len()];
    for (word, number) in words {
        by_number[number as usize - 1] = word.to_string();
    }
    let own_lists = own_lists.to_vec();
    Ok(Block { words: by_number, sets, lists, classes, files, rules, programs, own_lists })
}

fn rule(
    place: &Place,
    file: u32,
    relation: &str,
    entry: &RuleEntry,
    known: &[Rule],
) -> Result<Rule, Fault> {
    let name = format!("{relation}/{}", entry.id.get_ref());
    if known.iter().any(|rule| rule.name == name) {
        return Err(place.fault(&entry.id, format!("the rule {name} stands twice")));
    }
    if entry.patterns.is_empty() {
        return Err(place.fault(&entry.id, format!("the rule {name} has no pattern")));
    }
    if entry.positive.is_empty() {
        return Err(place.fault(&entry.id, format!("the rule {name} has no positive example")));
    }
    Ok(Rule {
        name,
        file,
        confidence: place.named(&entry.confidence),
        polarity: entry.polarity.as_ref().map(|polarity| place.named(polarity)),
        modality: entry.modality.as_ref().map(|modality| place.named(modality)),
    })
}

/// The examples of all rules, in the order of the rules, the positive ones of each first.
#[allow(dead_code, reason = "build.rs does not look at them")]
pub fn examples(files: &[(&str, &str)]) -> Result<Vec<Example>, Fault> {
    let mut examples = Vec::new();
    let mut rule = 0;
    for (name, text) in files {
        let (place, file) = read(name, text)?;
        for entry in file.rule {
            for (sentences, positive) in [(entry.positive, true), (entry.negative, false)] {
                examples.extend(sentences.into_iter().map(|sentence| Example {
                    rule,
                    positive,
                    line: place.line(sentence.span().start),
                    marked: sentence.into_inner(),
                }));
            }
            rule += 1;
        }
    }
    Ok(examples)
}
