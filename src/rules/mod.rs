//! Rules: patterns over words and mentions that state a relation, one file per relation.
//!
//! A file `rules/en/RELATION.toml` holds rules of one relation:
//!
//! ```toml
//! relation = "spokespersonOf"
//!
//! [[rule]]
//! id = "appositive"
//! patterns = ["{s:Person} , $det <role @spokesperson> (of|for) $det {o:any}"]
//! confidence = 0.9
//! positive = ["[s:Person Ann Lee], a spokeswoman for [o:Organization Acme], said no."]
//! negative = ["[Person Ann Lee], who met a spokeswoman for [Organization Acme], said no."]
//! ```
//!
//! `polarity = "denied"` and `modality = "planned"` (or `conditional`, `alleged`) say what the
//! wording itself says. A file `_NAME.toml` holds only a table `[macros]`, known to all files.
//!
//! # Patterns
//! A pattern is a sequence of elements. A mention is one unit whatever its length. Brackets of
//! a few words that name no place are passed over. A pronoun or noun that stands for a name
//! ("he", "the group") is seen as a word and as a mention; "his" is a mention only before `'s`
//! or `'s?` of the pattern.
//!
//! | element | matches |
//! | --- | --- |
//! | `of` `,` `'s` `\(` | that word or mark; words are lower-case; `'s` is any possessive |
//! | `attack/v` | every form of the verb; `/fin` those that carry a clause, `/pp` the past participle, `/ing` the present one; `spokesman/n` singular and plural |
//! | `@list` | a phrase of `lexicon/en/list.txt`; `@list/v` inflects the first word of each phrase, `@list/n` the last |
//! | `\w` `\l` `\C` `\d` | any word, lower-case word, capitalised word, number |
//! | `{Person}` | a mention of the class; alternatives `{Organization\|Place.Country}`; `any` is person, organization or place; `demonym` a country named by its adjective, which no other class takes |
//! | `{s:…}` `{o:…}` | the subject, the object; a coordination ("A, B and C") matches whole and each member is related |
//! | `{s1:…}` `{o1:…}` | the same, but only this mention of a coordination |
//! | `{so:…}` | a coordination whose members are related to one another |
//! | `(a b\|c)` | either, `(set up\|form)/v` with the first words inflected; `?` `*` `+` after an element repeat it |
//! | `..4` `~4` | up to four units, as few as possible, none of them in the list `gap_breaks`; `..` passes over no marks and no mentions but demonyms, `~` over both |
//! | `!x` `<!x` | the next (the previous) unit is not `x`: a word, list, class or mention |
//! | `<role …>` `<cue …>` | captures; without `<cue …>` the cue reaches from the first to the last word that the pattern names |
//! | `^` | the start of the sentence |
//! | `$name` | the macro of that name |
//!
//! # Examples
//! `[s:Class text]` marks a mention, `[Place.Country text]` gives its subclass, `[Place~ text]` a
//! demonym, `[Person^ he]` what stands for a name and `[Person^s his]` what stands for one with
//! "'s". A positive example yields exactly the pairs of its marked subjects and objects
//! (all pairs of `so`), a negative one nothing of that rule.

mod classes;
mod compile;
mod example;
mod loader;
mod matcher;
mod phrases;
mod search;
mod units;

use rustc_hash::FxHashMap;

use crate::confidence::Confidence;
use crate::mention::Mention;
use crate::ontology::{ClassSet, Ontology, OntologyError, PropertyId, TopClass};
use crate::span::ByteSpan;
use crate::statement::{Modality, Polarity};
use crate::token::{Sentence, Token};

use classes::{MentionClasses, MentionNeed};
use compile::{Label, Step};
use matcher::{Captures, Matcher, UnitRange};
use phrases::PhraseList;
use search::{Attempt, Needs};
use units::{Input, Marks, Unit};

/// Index of a rule in its [`RuleSet`], in the order of files and of rules in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(pub u32);

/// A relation that a rule found between two mentions of one sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleMatch {
    pub rule: RuleId,
    pub property: PropertyId,
    /// Index into the document's mentions.
    pub subject: usize,
    /// Index into the document's mentions.
    pub object: usize,
    /// The office or description as worded.
    pub role: Option<ByteSpan>,
    /// The words that express the relation.
    pub cue: ByteSpan,
    /// Set only where the wording itself says so.
    pub polarity: Option<Polarity>,
    /// Set only where the wording itself says so.
    pub modality: Option<Modality>,
    pub confidence: Confidence,
}

/// What the matcher needs of a property.
struct Signature {
    domain: ClassSet,
    range: ClassSet,
    symmetric: bool,
    parent: Option<PropertyId>,
}

/// A rule without its patterns.
struct Rule {
    /// `relation/rule`.
    name: String,
    property: PropertyId,
    confidence: Confidence,
    polarity: Option<Polarity>,
    modality: Option<Modality>,
    /// Path below the ontology folder.
    file: String,
}

/// A compiled pattern.
struct Program {
    /// Index of its rule.
    rule: usize,
    steps: Vec<Step>,
    /// Steps of which one takes the first unit of every match; empty when that is not known.
    first: Vec<u32>,
    begins_with_mention: bool,
    /// What the subject and the object may be: a sentence must have both.
    subject: MentionNeed,
    object: MentionNeed,
}

/// All rules, compiled.
pub struct RuleSet {
    rules: Vec<Rule>,
    programs: Vec<Program>,
    classes: Vec<MentionClasses>,
    needs: Needs,
    /// Programs that no word is needed for.
    always: Vec<u32>,
    words: FxHashMap<Box<str>, u32>,
    sets: Vec<Box<[u64]>>,
    lists: Vec<PhraseList>,
    marks: Marks,
    breaks: Box<[u64]>,
    signatures: Vec<Signature>,
}

impl RuleSet {
    /// Takes the built-in rules, which are compiled when the program is built, or compiles the
    /// rule files of another folder. The error names the file and line of the first fault.
    pub fn compile(ontology: &Ontology) -> Result<RuleSet, OntologyError> {
        loader::load(ontology)
    }

    /// Runs every rule on its examples; returns the first that fails, with file and line.
    pub fn check_examples(&self, ontology: &Ontology) -> Result<(), OntologyError> {
        self.failing_examples(ontology)?.into_iter().next().map_or(Ok(()), Err)
    }

    /// Every example that fails, with file and line, in the order of the rules.
    pub fn failing_examples(
        &self,
        ontology: &Ontology,
    ) -> Result<Vec<OntologyError>, OntologyError> {
        example::failures(self, ontology)
    }

    pub fn rule_count(&self) -> usize {
        self.rules.len()
    }

    /// `relation/rule`, as [`crate::graph::Origin::Rule`] keeps it.
    pub fn rule_name(&self, id: RuleId) -> &str {
        &self.rules[id.0 as usize].name
    }

    /// Appends what the rules find in one sentence. `tokens` and `mentions` are those of the whole
    /// document; `mentions` are sorted by span and do not overlap. One match at most for a
    /// property and a pair of mentions: the most confident, the first rule winning a tie.
    pub fn find(
        &self,
        text: &str,
        tokens: &[Token],
        sentence: &Sentence,
        mentions: &[Mention],
        out: &mut Vec<RuleMatch>,
    ) {
        self.find_with(None, text, tokens, sentence, mentions, out);
    }

    fn find_with(
        &self,
        only: Option<usize>,
        text: &str,
        tokens: &[Token],
        sentence: &Sentence,
        mentions: &[Mention],
        out: &mut Vec<RuleMatch>,
    ) {
        let input = Input { text, tokens, sentence, mentions };
        if input.mention_range().len() < 2 {
            return;
        }
        let mut units = Vec::with_capacity(sentence.tokens.len() + 8);
        input.units(&self.words, &self.marks, &mut units);
        let mut matcher = Matcher {
            units: &units,
            mentions,
            sets: &self.sets,
            lists: &self.lists,
            classes: &self.classes,
            breaks: &self.breaks,
            genitive: self.marks.genitive,
            comma: self.marks.comma,
            budget: 0,
        };
        let first = out.len();
        let present = MentionNeed::present(&mentions[input.mention_range()]);
        for Attempt { program, starts } in self.attempts(&units) {
            let program = &self.programs[program as usize];
            if only.is_some_and(|only| only != program.rule)
                || !program.subject.is_met(present)
                || !program.object.is_met(present)
            {
                continue;
            }
            for start in starts {
                if (program.begins_with_mention && units[start].mention.is_none())
                    || !matcher.may_begin(program, start)
                {
                    continue;
                }
                if let Some(captures) = matcher.match_at(&program.steps, start) {
                    self.emit(program, &units, mentions, &captures, first, out);
                }
            }
        }
        self.keep_most_specific(first, out);
    }

    /// What to try in the sentence, in the order of the programs.
    fn attempts(&self, units: &[Unit]) -> Vec<Attempt> {
        let anywhere = |&program: &u32| Attempt { program, starts: 0..units.len() };
        let mut attempts: Vec<Attempt> = self.always.iter().map(anywhere).collect();
        self.needs.find(units, self.marks.genitive, &mut attempts);
        attempts.sort_unstable_by_key(|attempt| attempt.program);
        attempts
    }

    fn emit(
        &self,
        program: &Program,
        units: &[Unit],
        mentions: &[Mention],
        captures: &Captures,
        first: usize,
        out: &mut Vec<RuleMatch>,
    ) {
        let span = |(start, end): UnitRange| {
            let units = units.get(start as usize..end as usize)?;
            Some(units.first()?.span.to(units.last()?.span))
        };
        let role = captures.role.and_then(span);
        let pairs = pairs(units, captures);
        for (subject, object, label) in pairs {
            let (head, tail) = (&mentions[subject], &mentions[object]);
            if subject == object
                || !self.takes(program, head, label.0)
                || !self.takes(program, tail, label.1)
                || !self.allows(program.rule, head.class, tail.class)
            {
                continue;
            }
            let known = &self.rules[program.rule];
            let cue = captures.cue.or(captures.words).and_then(span);
            let found = RuleMatch {
                rule: RuleId(program.rule as u32),
                property: known.property,
                subject,
                object,
                role,
                cue: cue.unwrap_or_else(|| head.span.to(tail.span)),
                polarity: known.polarity,
                modality: known.modality,
                confidence: known.confidence,
            };
            let symmetric = self.signatures[known.property.0 as usize].symmetric;
            let same = out[first..].iter_mut().find(|other| {
                other.property == found.property
                    && ((other.subject, other.object) == (subject, object)
                        || symmetric && (other.object, other.subject) == (subject, object))
            });
            match same {
                Some(other) if other.confidence < found.confidence => *other = found,
                Some(_) => {}
                None => out.push(found),
            }
        }
    }

    /// Of relations with one parent, or with none, between the same mentions in the same words
    /// only the most confident stays: a prime minister heads a country and does not also work
    /// for it; a treaty signed in a city is concluded there and does not also bear on it.
    fn keep_most_specific(&self, first: usize, out: &mut Vec<RuleMatch>) {
        let mut at = first;
        while at < out.len() {
            let one = &out[at];
            let parent = self.signatures[one.property.0 as usize].parent;
            let beaten = out[first..].iter().any(|other| {
                (other.subject, other.object) == (one.subject, one.object)
                    && other.property != one.property
                    && self.signatures[other.property.0 as usize].parent == parent
                    && other.cue.overlaps(one.cue)
                    && (other.confidence, std::cmp::Reverse(other.rule))
                        > (one.confidence, std::cmp::Reverse(one.rule))
            });
            if beaten {
                out.remove(at);
            } else {
                at += 1;
            }
        }
    }

    /// Whether an element of this label takes the mention: members of a coordination are only
    /// compared with the first by kind.
    fn takes(&self, program: &Program, mention: &Mention, label: Label) -> bool {
        program.steps.iter().any(|step| match step {
            Step::Mention { classes, label: Some(found), .. } => {
                *found == label && self.classes[*classes as usize].take(mention)
            }
            _ => false,
        })
    }

    fn allows(&self, rule: usize, head: TopClass, tail: TopClass) -> bool {
        let signature = &self.signatures[self.rules[rule].property.0 as usize];
        signature.domain.contains(head) && signature.range.contains(tail)
    }
}

/// The pairs of mentions that a match relates, with the labels of their elements.
fn pairs(units: &[Unit], captures: &Captures) -> Vec<(usize, usize, (Label, Label))> {
    let mut pairs = Vec::new();
    if let Some(both) = captures.both {
        let members: Vec<u32> = matcher::members(units, both).collect();
        for (at, &subject) in members.iter().enumerate() {
            for &object in &members[at + 1..] {
                pairs.push((subject as usize, object as usize, (Label::Both, Label::Both)));
            }
        }
    } else if let (Some(subjects), Some(objects)) = (captures.subject, captures.object) {
        for subject in matcher::members(units, subjects) {
            for object in matcher::members(units, objects) {
                let labels = (Label::Subject, Label::Object);
                pairs.push((subject as usize, object as usize, labels));
            }
        }
    }
    pairs
}
