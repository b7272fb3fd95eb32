//! Runs the rules on the examples that stand beside them.

use super::{RuleMatch, RuleSet, compile, loader};
use crate::confidence::Confidence;
use crate::document::Document;
use crate::mention::{Mention, StandIn};
use crate::ontology::{Ontology, OntologyError, TopClass};
use crate::span::ByteSpan;
use crate::statement::{MentionForm, Origin};
use crate::token::{Sentence, tokenize};

/// The examples that fail, with file and line, in the order of the rules.
pub(super) fn failures(
    rules: &RuleSet,
    ontology: &Ontology,
) -> Result<Vec<OntologyError>, OntologyError> {
    let examples = compile::examples(&loader::files(ontology))?;
    let failing = examples.iter().filter_map(|example| {
        let marked = &example.marked;
        let message = check_one(rules, ontology, example.rule, marked, example.positive).err()?;
        let rule = rules.rules.get(example.rule)?;
        let message = format!("rule {}: {message}, in the example {marked:?}", rule.name);
        Some(OntologyError::new(&rule.file, Some(example.line), message))
    });
    Ok(failing.collect())
}

fn check_one(
    rules: &RuleSet,
    ontology: &Ontology,
    rule: usize,
    marked: &str,
    positive: bool,
) -> Result<(), String> {
    let example = parse(marked, ontology)?;
    let mut found = Vec::new();
    let symmetric = rules.signatures[rules.rules[rule].property.0 as usize].symmetric;
    example.run(rules, rule, ontology, &mut found);
    let pair = |subject: usize, object: usize| {
        if symmetric { (subject.min(object), subject.max(object)) } else { (subject, object) }
    };
    let mut pairs: Vec<_> = found.iter().map(|found| pair(found.subject, found.object)).collect();
    let mut expected = Vec::new();
    if positive {
        for (at, label) in example.labels.iter().enumerate() {
            for (other, other_label) in example.labels.iter().enumerate() {
                let wanted = (label == "s" && other_label == "o")
                    || (label == "so" && other_label == "so" && at < other);
                if wanted {
                    expected.push(pair(at, other));
                }
            }
        }
        if expected.is_empty() {
            return Err("no subject and object are marked".into());
        }
    }
    pairs.sort();
    expected.sort();
    if pairs == expected {
        return Ok(());
    }
    let list = |pairs: &[(usize, usize)]| {
        let names: Vec<String> = pairs
            .iter()
            .map(|&(s, o)| format!("{} → {}", example.mention_text(s), example.mention_text(o)))
            .collect();
        if names.is_empty() { "nothing".to_owned() } else { names.join(", ") }
    };
    Err(format!("expected {}, found {}", list(&expected), list(&pairs)))
}

/// An example without its marks.
struct Example {
    text: String,
    mentions: Vec<Mention>,
    labels: Vec<String>,
}

impl Example {
    /// The whole example is one sentence, whatever its marks.
    fn run(&self, rules: &RuleSet, rule: usize, ontology: &Ontology, found: &mut Vec<RuleMatch>) {
        let tokens = tokenize(&Document::prose(&self.text), ontology).tokens;
        let sentence = Sentence {
            span: ByteSpan::new(0, self.text.len()),
            tokens: 0..tokens.len(),
            paragraph: 0,
        };
        rules.find_with(Some(rule), &self.text, &tokens, &sentence, &self.mentions, found);
    }

    fn mention_text(&self, mention: usize) -> &str {
        self.mentions[mention].span.of(&self.text)
    }
}

/// The class without the mark of a stand-in, and what the mark says.
fn stand_in(class: &str) -> (&str, Option<StandIn>) {
    let stand_in = |genitive| Some(StandIn { antecedent: 0, genitive });
    if let Some(class) = class.strip_suffix("^s") {
        (class, stand_in(true))
    } else if let Some(class) = class.strip_suffix('^') {
        (class, stand_in(false))
    } else {
        (class, None)
    }
}

fn parse(marked: &str, ontology: &Ontology) -> Result<Example, String> {
    let mut example = Example { text: String::new(), mentions: Vec::new(), labels: Vec::new() };
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('[') {
        example.text.push_str(before);
        let (mark, after) = after.split_once(']').ok_or("a \"]\" is missing")?;
        let (kind, text) = mark.split_once(' ').ok_or(format!("[{mark}] has no text"))?;
        let (label, class) = kind.split_once(':').unwrap_or(("", kind));
        let (class, stands_for) = stand_in(class);
        let (class, demonym) = match class.strip_suffix('~') {
            Some(class) => (class, true),
            None => (class, false),
        };
        let (top, subclass) = match class.split_once('.') {
            Some((top, subclass)) => {
                let id = ontology.schema.subclass_id(subclass);
                (top, Some(id.ok_or(format!("the ontology has no class {subclass}"))?))
            }
            None => (class, None),
        };
        let class = TopClass::from_name(top).ok_or(format!("the ontology has no class {top}"))?;
        let start = example.text.len();
        example.text.push_str(text);
        example.labels.push(label.to_owned());
        example.mentions.push(Mention {
            span: ByteSpan::new(start, example.text.len()),
            tokens: 0..0,
            class,
            subclass,
            form: MentionForm::Name,
            entry: None,
            demonym,
            stands_for,
            origin: Origin::Human,
            confidence: Confidence::CERTAIN,
        });
        rest = after;
    }
    example.text.push_str(rest);
    Ok(example)
}
