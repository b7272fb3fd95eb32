//! A compiled block to the rules that the matcher runs: names of relations and classes are
//! looked up, sets of words become bits, and the indexes are made that find the patterns to try.

use rustc_hash::FxHashMap;

use super::classes::{MentionClasses, MentionNeed};
use super::compile::{self, Block, Fault, Label, Named, OWN_LISTS, RuleFile, Step, WordLists};
use super::phrases::PhraseList;
use super::search::{Candidate, Needs};
use super::units::Marks;
use super::{Program, Rule, RuleSet, Signature};
use crate::confidence::Confidence;
use crate::ontology::{Lexicon, Ontology, OntologyError, PropertyId};
use crate::statement::{Modality, Polarity};

impl WordLists for Lexicon {
    fn phrases(&self, list: &str) -> Option<&[String]> {
        self.has_list(list).then(|| self.list(list).phrases())
    }
}

impl From<Fault> for OntologyError {
    fn from(fault: Fault) -> Self {
        OntologyError::new(&fault.file, fault.line, fault.message)
    }
}

/// The rules of the ontology: those built in come compiled.
pub(super) fn load(ontology: &Ontology) -> Result<RuleSet, OntologyError> {
    let block = match ontology.compiled_rules {
        Some(bytes) => Block::from_bytes(bytes).ok_or_else(|| {
            OntologyError::new("rules/en", None, "the compiled rules are damaged".into())
        })?,
        None => compile(ontology)?,
    };
    assemble(ontology, block)
}

/// Compiles the text of the rule files.
pub(super) fn compile(ontology: &Ontology) -> Result<Block, Fault> {
    Block::compile(&files(ontology), &ontology.lexicon)
}

/// The rule files as (file name, text).
pub(super) fn files(ontology: &Ontology) -> Vec<(&str, &str)> {
    ontology.rule_files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
}

/// The relation that the rules of a file state.
fn relation(ontology: &Ontology, file: &RuleFile) -> Result<PropertyId, OntologyError> {
    let Named { value, line } = &file.relation;
    ontology.schema.property_id(value).ok_or_else(|| {
        let message = format!("the ontology has no relation {value:?}");
        OntologyError::new(&file.path, Some(*line as usize), message)
    })
}

fn rule(
    rule: compile::Rule,
    files: &[RuleFile],
    relations: &[PropertyId],
) -> Result<Rule, OntologyError> {
    let file = &files[rule.file as usize].path;
    let fault = |line: u32, message: String| OntologyError::new(file, Some(line as usize), message);
    fn named<T>(
        value: &Option<Named<String>>,
        from_name: impl Fn(&str) -> Option<T>,
        fault: impl Fn(u32, String) -> OntologyError,
    ) -> Result<Option<T>, OntologyError> {
        let Some(Named { value, line }) = value else {
            return Ok(None);
        };
        match from_name(value) {
            Some(known) => Ok(Some(known)),
            None => Err(fault(*line, format!("{value:?} is not known"))),
        }
    }
    let confidence = Confidence::new(rule.confidence.value)
        .ok_or_else(|| fault(rule.confidence.line, "a confidence lies in 0..=1".into()))?;
    Ok(Rule {
        property: relations[rule.file as usize],
        confidence,
        polarity: named(&rule.polarity, Polarity::from_name, fault)?,
        modality: named(&rule.modality, Modality::from_name, fault)?,
        name: rule.name,
        file: file.clone(),
    })
}

fn assemble(ontology: &Ontology, mut block: Block) -> Result<RuleSet, OntologyError> {
    let files = &block.files;
    let relations: Vec<PropertyId> =
        files.iter().map(|file| relation(ontology, file)).collect::<Result<_, _>>()?;
    let rules = std::mem::take(&mut block.rules);
    let rules: Vec<Rule> =
        rules.into_iter().map(|one| rule(one, files, &relations)).collect::<Result<_, _>>()?;
    let mut classes = Vec::new();
    for (at, names) in block.classes.iter().enumerate() {
        classes.push(MentionClasses::of_names(names, &ontology.schema).map_err(|message| {
            let names_it = |step: &Step| match step {
                Step::Mention { classes, .. } | Step::NotMention { classes, .. } => {
                    *classes as usize == at
                }
                _ => false,
            };
            let program = block.programs.iter().find(|p| p.steps.iter().any(names_it));
            let file = program.and_then(|p| rules.get(p.rule as usize));
            let file = file.map_or("rules/en", |rule| &rule.file);
            OntologyError::new(file, program.map(|p| p.line as usize), message)
        })?);
    }
    let length = block.words.len() / 64 + 1;
    let bits = |ids: &[u32]| -> Box<[u64]> {
        let mut bits = vec![0u64; length];
        ids.iter().for_each(|id| bits[*id as usize / 64] |= 1 << (id % 64));
        bits.into()
    };
    let (needs, always) = needs(&block);
    let sets: Vec<Box<[u64]>> = block.sets.iter().map(|set| bits(set)).collect();
    let lists: Vec<PhraseList> = block.lists.iter().map(|list| PhraseList::new(list)).collect();
    let words: FxHashMap<Box<str>, u32> =
        block.words.into_iter().zip(1..).map(|(word, id)| (word.into(), id)).collect();
    let [conjunctions, before_member, breaks] =
        <[Vec<u32>; OWN_LISTS.len()]>::try_from(block.own_lists).unwrap_or_default();
    let number = |mark: &str| words.get(mark).copied().unwrap_or_default();
    let marks = Marks {
        comma: number(","),
        of: number("of"),
        genitive: number("'s"),
        conjunctions,
        hyphens: ["-", "‑", "–", "/"].map(number).to_vec(),
        before_member: bits(&before_member).into(),
        open: number("("),
        close: number(")"),
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
    let programs = block.programs.into_iter().map(|one| program(one, &classes)).collect();
    Ok(RuleSet {
        breaks: bits(&breaks),
        sets,
        rules,
        programs,
        classes,
        needs,
        always,
        words,
        lists,
        marks,
        signatures,
    })
}

/// The index that finds the programs to try, and the programs that it does not find.
fn needs(block: &Block) -> (Needs, Vec<u32>) {
    // Numbers of their own keep the rows of bits short.
    let mut numbers = vec![None; block.sets.len()];
    let mut count = 0;
    for &set in block.programs.iter().flat_map(|program| &program.needed) {
        numbers[set as usize].get_or_insert_with(|| {
            count += 1;
            count - 1
        });
    }
    let width = count / 64 + 1;
    let mut needs = Needs {
        width,
        sets_of_word: vec![0; width * (block.words.len() + 1)],
        rarest_of_word: vec![Vec::new(); block.words.len() + 1],
        by_rarest: Vec::new(),
    };
    for (words, number) in block.sets.iter().zip(&numbers) {
        let Some(number) = *number else { continue };
        for &word in words {
            needs.sets_of_word[word as usize * width + number / 64] |= 1 << (number % 64);
        }
    }
    let mut rarest_of_set = vec![None; block.sets.len()];
    let mut always = Vec::new();
    for (at, program) in block.programs.iter().enumerate() {
        let Some(&set) = program.needed.first() else {
            always.push(at as u32);
            continue;
        };
        let rarest = *rarest_of_set[set as usize].get_or_insert_with(|| {
            needs.by_rarest.push(Vec::new());
            let rarest = needs.by_rarest.len() - 1;
            for &word in &block.sets[set as usize] {
                needs.rarest_of_word[word as usize].push(rarest as u32);
            }
            rarest
        });
        let others = program.needed[1..].iter().filter_map(|&set| numbers[set as usize]);
        needs.by_rarest[rarest].push(Candidate {
            program: at as u32,
            others: others.map(|number| number as u32).collect(),
            reach: program.reach.unwrap_or(u32::MAX),
        });
    }
    (needs, always)
}

fn program(compiled: compile::Program, classes: &[MentionClasses]) -> Program {
    let (mut subject, mut object) = (MentionNeed::default(), MentionNeed::default());
    for step in &compiled.steps {
        if let Step::Mention { classes: choice, label: Some(label), .. } = step {
            let choice = &classes[*choice as usize];
            if *label != Label::Object {
                subject.add(choice);
            }
            if *label != Label::Subject {
                object.add(choice);
            }
        }
    }
    let is_mention = |step: &u32| matches!(compiled.steps[*step as usize], Step::Mention { .. });
    Program {
        rule: compiled.rule as usize,
        begins_with_mention: !compiled.first.is_empty() && compiled.first.iter().all(is_mention),
        steps: compiled.steps,
        first: compiled.first,
        subject,
        object,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_rules_are_those_of_the_rule_files() {
        let ontology = Ontology::builtin();
        let built_in = ontology.compiled_rules.and_then(Block::from_bytes).unwrap();
        assert!(!built_in.programs.is_empty());
        assert_eq!(built_in, compile(ontology).unwrap());
    }

    #[test]
    fn a_damaged_block_is_refused() {
        let bytes = Ontology::builtin().compiled_rules.unwrap();
        assert_eq!(Block::from_bytes(&bytes[..bytes.len() / 2]), None);
    }
}
