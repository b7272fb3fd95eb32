//! Why two names are one entity, or what speaks for and against it.
//!
//! The evidence is told from the names as they stand in the texts of the graph, by the same
//! tests that joined them. So it can be asked of a graph file as of documents; where the texts
//! were left out, the names alone are compared.

use std::collections::{BTreeMap, VecDeque};

use serde::Serialize;

use super::names::fold;
use super::view::{DocumentView, EntityView};
use crate::graph::{DocumentIndex, EntityIndex, KnowledgeGraph, MentionForm, Slice, Texts};
use crate::ontology::{Ontology, TopClass};
use crate::resolve::{Reason, reason, shown};
use crate::span::CharSpan;

/// One link of the chain from one name to the other.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IdentityStep<'g> {
    pub from: String,
    pub to: String,
    /// `same-name`, `known-name`, `part-of-name`, `shorter-name`, `acronym`, `same-core`,
    /// `shared-words`, `stands-for`, or `correction`.
    pub reason: &'static str,
    pub explanation: String,
    /// Where `to` stands, with some words around it.
    pub document: Option<DocumentView<'g>>,
    pub excerpt: Option<String>,
}

/// What is known of two names.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct IdentityAnswer<'g> {
    pub same: bool,
    pub a: EntityView<'g>,
    pub b: EntityView<'g>,
    /// From one name to the other; empty where nothing in the texts joins them.
    pub chain: Vec<IdentityStep<'g>>,
    #[serde(rename = "for")]
    pub speaks_for: Vec<String>,
    pub against: Vec<String>,
}

/// A form of a name in one document; without texts, anywhere.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Form {
    document: Option<DocumentIndex>,
    text: String,
    is_name: bool,
}

/// Why `names` are one entity.
pub fn same<'g>(
    graph: &'g KnowledgeGraph,
    ontology: &'g Ontology,
    entity: EntityIndex,
    names: [&str; 2],
) -> IdentityAnswer<'g> {
    let view = EntityView::new(graph, &ontology.schema, entity);
    let texts = Texts::of(graph);
    let forms = forms(graph, &texts, entity);
    let chain = chain(graph, &texts, ontology, entity, &forms, names);
    let mut speaks_for = Vec::new();
    let record = graph.entity(entity);
    if ontology.gazetteer.entry_by_id(&record.key).is_some() {
        speaks_for.push(format!("it is a known thing, {}", record.key));
    }
    IdentityAnswer { same: true, a: view.clone(), b: view, chain, speaks_for, against: Vec::new() }
}

/// The entities that stand in a text under this form, also one that is no name ("the group").
pub fn mentioned_as(graph: &KnowledgeGraph, typed: &str) -> Vec<EntityIndex> {
    let texts = Texts::of(graph);
    let wanted = fold(typed);
    let stands = |document, span| match texts.slice(document, span) {
        Slice::Text(text) => fold(text) == wanted,
        Slice::Outside | Slice::NoText => false,
    };
    let found = graph.entities().filter(|(_, entity)| {
        entity.mentions.iter().any(|mention| stands(mention.document, mention.span))
    });
    found.map(|(index, _)| index).collect()
}

/// What speaks for and against two entities being one.
pub fn different<'g>(
    graph: &'g KnowledgeGraph,
    ontology: &'g Ontology,
    [a, b]: [EntityIndex; 2],
) -> IdentityAnswer<'g> {
    let (one, other) = (graph.entity(a), graph.entity(b));
    let (mut speaks_for, mut against) = (Vec::new(), Vec::new());
    if one.class == other.class {
        if let Some(reason) = reason(one.class, &one.name, &other.name, ontology) {
            speaks_for.push(explanation(reason, &one.name, &other.name, ontology));
            if !reason.crosses_documents() {
                against.push(
                    "no document shows both names for one, and between documents only \
                    a full name or a known one joins"
                        .into(),
                );
            } else {
                against.push(
                    "their keys differ: one name of two bearers, or one that many things \
                    share, which is told apart by its document"
                        .into(),
                );
            }
        }
    } else {
        against.push(format!(
            "one is of class {}, the other {}",
            one.class.name(),
            other.class.name()
        ));
    }
    let similarity = strsim::jaro_winkler(&fold(&one.name), &fold(&other.name));
    if similarity >= 0.85 {
        speaks_for
            .push(format!("the names are spelled alike ({similarity:.2}); that alone never joins"));
    }
    let known = |key: &str| ontology.gazetteer.entry_by_id(key).is_some();
    if known(&one.key) && known(&other.key) {
        against.push(format!("both are known, as two things: {} and {}", one.key, other.key));
    }
    if one.class == TopClass::Person && other.class == one.class {
        let (folded_a, folded_b) = (fold(&one.name), fold(&other.name));
        let ends = |name: &str| -> Option<(String, String)> {
            let (first, rest) = name.split_once(' ')?;
            Some((first.to_owned(), rest.rsplit(' ').next()?.to_owned()))
        };
        if let (Some((first_a, last_a)), Some((first_b, last_b))) =
            (ends(&folded_a), ends(&folded_b))
        {
            if last_a == last_b && first_a != first_b {
                speaks_for.push("they share a surname".into());
                against.push("their first names differ".into());
            } else if last_a != last_b {
                against.push("their surnames differ".into());
            }
        }
    }
    if speaks_for.is_empty() {
        against.push("their names have nothing in common".into());
    }
    IdentityAnswer {
        same: false,
        a: EntityView::new(graph, &ontology.schema, a),
        b: EntityView::new(graph, &ontology.schema, b),
        chain: Vec::new(),
        speaks_for,
        against,
    }
}

/// Every form of an entity, once for each document, with the place of the first.
fn forms(
    graph: &KnowledgeGraph,
    texts: &Texts<'_>,
    entity: EntityIndex,
) -> BTreeMap<Form, Option<CharSpan>> {
    let record = graph.entity(entity);
    let mut forms = BTreeMap::new();
    for mention in &record.mentions {
        if let Slice::Text(text) = texts.slice(mention.document, mention.span) {
            let form = Form {
                document: Some(mention.document),
                text: shown(text),
                is_name: mention.form == MentionForm::Name,
            };
            forms.entry(form).or_insert(Some(mention.span));
        }
    }
    // A name that stands in no text was given by a person or a tool; without texts, all are such.
    for name in std::iter::once(&record.name).chain(&record.aliases) {
        if !forms.keys().any(|form| form.text == *name) {
            forms.insert(Form { document: None, text: name.clone(), is_name: true }, None);
        }
    }
    forms
}

/// The shortest chain of evidence, found breadth first in the order of documents and forms.
fn chain<'g>(
    graph: &'g KnowledgeGraph,
    texts: &Texts<'_>,
    ontology: &'g Ontology,
    entity: EntityIndex,
    forms: &BTreeMap<Form, Option<CharSpan>>,
    [a, b]: [&str; 2],
) -> Vec<IdentityStep<'g>> {
    let class = graph.entity(entity).class;
    let all: Vec<&Form> = forms.keys().collect();
    let (start, goal) = (fold(a), fold(b));
    let mut before: Vec<Option<(usize, Link)>> = all.iter().map(|_| None).collect();
    let mut reached: Vec<bool> = all.iter().map(|form| fold(&form.text) == start).collect();
    let mut waiting: VecDeque<usize> = (0..all.len()).filter(|at| reached[*at]).collect();
    let mut end = None;
    while let Some(at) = waiting.pop_front() {
        if fold(&all[at].text) == goal {
            end = Some(at);
            break;
        }
        for next in 0..all.len() {
            if reached[next] {
                continue;
            }
            if let Some(link) = link(class, all[at], all[next], ontology) {
                reached[next] = true;
                before[next] = Some((at, link));
                waiting.push_back(next);
            }
        }
    }
    let mut steps = Vec::new();
    while let Some(at) = end {
        let Some((from, link)) = before[at].take() else { break };
        let (from_text, to_text) = (&all[from].text, &all[at].text);
        let place = forms.get(all[at]).copied().flatten();
        let document = all[at].document;
        steps.push(IdentityStep {
            from: from_text.clone(),
            to: to_text.clone(),
            reason: match link {
                Link::Reason(reason) => reason.name(),
                Link::StandsFor => "stands-for",
            },
            explanation: match link {
                Link::Reason(reason) => explanation(reason, from_text, to_text, ontology),
                Link::StandsFor => "what stands for a name in the same text (coreference)".into(),
            },
            document: document.map(|document| DocumentView::new(graph, document)),
            excerpt: document.zip(place).map(|(document, span)| excerpt(texts, document, span)),
        });
        end = Some(from);
    }
    steps.reverse();
    steps
}

#[derive(Clone, Copy)]
enum Link {
    Reason(Reason),
    StandsFor,
}

fn link(class: TopClass, a: &Form, b: &Form, ontology: &Ontology) -> Option<Link> {
    let together = a.document == b.document || a.document.is_none() || b.document.is_none();
    if !a.is_name || !b.is_name {
        return (together && a.document.is_some()).then_some(Link::StandsFor);
    }
    let reason = reason(class, &a.text, &b.text, ontology)?;
    (together || reason.crosses_documents()).then_some(Link::Reason(reason))
}

/// A reason in words.
pub(super) fn explanation(reason: Reason, a: &str, b: &str, ontology: &Ontology) -> String {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    match reason {
        Reason::SameName => "the same name".into(),
        Reason::KnownName(entry) => {
            let known = ontology.gazetteer.entry(entry);
            format!("both are names of {} in the list of known names ({})", known.name, known.id)
        }
        Reason::PartOfName => format!("“{short}” alone, of the full name “{long}”"),
        Reason::ShorterName => format!("“{short}” is a shorter form of “{long}”"),
        Reason::Acronym => format!("“{short}” is made of the first letters of “{long}”"),
        Reason::SameCore => "the same but for a word of their kind or an article".into(),
        Reason::SharedWords => format!("all words of “{short}” stand in “{long}”"),
    }
}

/// The place with some words before and behind.
fn excerpt(texts: &Texts<'_>, document: DocumentIndex, span: CharSpan) -> String {
    const AROUND: u32 = 40;
    let start = span.start.saturating_sub(AROUND);
    let cut = |end: u32| match texts.slice(document, CharSpan { start, end }) {
        Slice::Text(text) => Some(text.to_owned()),
        Slice::Outside | Slice::NoText => None,
    };
    // Near the end of a text there is less behind.
    let text = (0..=AROUND).rev().find_map(|behind| cut(span.end + behind)).unwrap_or_default();
    shown(&text).trim().to_owned()
}
