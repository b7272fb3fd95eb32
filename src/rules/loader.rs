//! Reads rule files and compiles them; every fault is reported with its file and line.

use std::collections::HashMap;

use serde::Deserialize;
use toml::Spanned;

use super::inflect::Irregulars;
use super::program;
use super::syntax;
use super::units::Marks;
use super::vocabulary::Vocabulary;
use super::{RuleSet, Signature};
use crate::confidence::Confidence;
use crate::ontology::{Ontology, OntologyError, PropertyId};
use crate::statement::{Modality, Polarity};

/// A rule as compiled, without its patterns.
pub(super) struct Rule {
    /// `relation/rule`.
    pub(super) name: String,
    pub(super) property: PropertyId,
    pub(super) confidence: Confidence,
    pub(super) polarity: Option<Polarity>,
    pub(super) modality: Option<Modality>,
    /// Path below the ontology folder.
    pub(super) file: String,
    pub(super) positive: Vec<(usize, String)>,
    pub(super) negative: Vec<(usize, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
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

/// Where a fault is reported: the file and its text.
struct Place<'p> {
    file: String,
    text: &'p str,
}

impl Place<'_> {
    fn line(&self, offset: usize) -> usize {
        self.text.bytes().take(offset).filter(|&byte| byte == b'\n').count() + 1
    }

    fn fault<T>(&self, value: &Spanned<T>, message: String) -> OntologyError {
        OntologyError::new(&self.file, Some(self.line(value.span().start)), message)
    }

    fn named<T>(
        &self,
        value: &Option<Spanned<String>>,
        from_name: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, OntologyError> {
        value
            .as_ref()
            .map(|name| {
                from_name(name.get_ref())
                    .ok_or_else(|| self.fault(name, format!("{:?} is not known", name.get_ref())))
            })
            .transpose()
    }
}

/// Lists that the matcher itself uses, apart from those that patterns name.
const CONJUNCTIONS: &str = "conjunctions";
const BEFORE_MEMBER: &str = "before_member";
const GAP_BREAKS: &str = "gap_breaks";

pub(super) fn compile(ontology: &Ontology) -> Result<RuleSet, OntologyError> {
    let mut files = Vec::new();
    let mut macros = syntax::Macros::default();
    for (name, text) in &ontology.rule_files {
        let place = Place { file: format!("rules/en/{name}"), text };
        let mut file: RuleFile = toml::from_str(text).map_err(|error| {
            let line = error.span().map(|span| place.line(span.start));
            OntologyError::new(&place.file, line, error.message().to_owned())
        })?;
        macros.extend(std::mem::take(&mut file.macros));
        files.push((place, file));
    }
    let mut vocabulary = Vocabulary::new(ontology, Irregulars::new(&ontology.lexicon)?);
    let mut rules: Vec<Rule> = Vec::new();
    let mut programs = Vec::new();
    for (place, file) in files {
        let Some(relation) = &file.relation else {
            if let Some(entry) = file.rule.first() {
                let message = "the file has rules but does not say `relation = \"…\"`".to_owned();
                return Err(place.fault(&entry.id, message));
            }
            continue;
        };
        let property = ontology.schema.property_id(relation.get_ref()).ok_or_else(|| {
            let message = format!("the ontology has no relation {:?}", relation.get_ref());
            place.fault(relation, message)
        })?;
        for entry in file.rule {
            for pattern in &entry.patterns {
                let program = syntax::parse(pattern.get_ref(), &macros)
                    .and_then(|node| program::compile(&node, &mut vocabulary))
                    .map_err(|message| place.fault(pattern, message))?;
                programs.push((rules.len(), program));
            }
            let rule = rule(&place, relation.get_ref(), property, entry, &rules)?;
            rules.push(rule);
        }
    }
    Ok(assemble(ontology, vocabulary, rules, programs))
}

fn rule(
    place: &Place,
    relation: &str,
    property: PropertyId,
    entry: RuleEntry,
    known: &[Rule],
) -> Result<Rule, OntologyError> {
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
    let confidence = Confidence::new(*entry.confidence.get_ref())
        .ok_or_else(|| place.fault(&entry.confidence, "a confidence lies in 0..=1".into()))?;
    let examples = |examples: Vec<Spanned<String>>| {
        examples.into_iter().map(|e| (place.line(e.span().start), e.into_inner())).collect()
    };
    Ok(Rule {
        name,
        property,
        confidence,
        polarity: place.named(&entry.polarity, Polarity::from_name)?,
        modality: place.named(&entry.modality, Modality::from_name)?,
        file: place.file.clone(),
        positive: examples(entry.positive),
        negative: examples(entry.negative),
    })
}

fn assemble(
    ontology: &Ontology,
    vocabulary: Vocabulary,
    rules: Vec<Rule>,
    programs: Vec<(usize, program::Program)>,
) -> RuleSet {
    let Vocabulary { mut words, sets, lists, .. } = vocabulary;
    let mut ids = |list: &str| -> Vec<u32> {
        let mut ids = Vec::new();
        for phrase in ontology.lexicon.list(list).phrases() {
            for word in phrase.split_whitespace() {
                let next = words.len() as u32 + 1;
                ids.push(*words.entry(word.into()).or_insert(next));
            }
        }
        ids
    };
    let (conjunctions, before_member, breaks) =
        (ids(CONJUNCTIONS), ids(BEFORE_MEMBER), ids(GAP_BREAKS));
    for mark in [",", "of", "'s", "(", ")", "-", "‑", "–", "/"] {
        let next = words.len() as u32 + 1;
        words.entry(mark.into()).or_insert(next);
    }
    let length = words.len() / 64 + 1;
    let bits = |ids: &mut dyn Iterator<Item = u32>| {
        let mut bits = vec![0u64; length];
        ids.for_each(|id| bits[id as usize / 64] |= 1 << (id % 64));
        bits
    };
    let mut by_word = vec![Vec::new(); words.len() + 1];
    let mut always = Vec::new();
    for (at, (_, program)) in programs.iter().enumerate() {
        if program.anchors.is_empty() {
            always.push(at as u32);
        }
        for &word in &program.anchors {
            by_word[word as usize].push(at as u32);
        }
    }
    let marks = Marks {
        comma: words[","],
        of: words["of"],
        genitive: words["'s"],
        conjunctions,
        hyphens: ["-", "‑", "–", "/"].map(|mark| words[mark]).to_vec(),
        before_member: bits(&mut before_member.into_iter()),
        open: words["("],
        close: words[")"],
    };
    let signatures = ontology
        .schema
        .properties()
        .map(|(_, property)| Signature {
            domain: property.domain,
            range: property.range,
            symmetric: property.symmetric,
            parent: property.parent,
        })
        .collect();
    RuleSet {
        breaks: bits(&mut breaks.into_iter()),
        sets: sets.iter().map(|set| bits(&mut set.iter().copied()).into()).collect(),
        rules,
        programs,
        by_word,
        always,
        words,
        lists,
        marks,
        signatures,
    }
}
