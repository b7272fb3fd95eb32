//! Random small graphs full of strings that break careless writers, and ways to compare
//! graphs that do not depend on insertion order.

#![allow(dead_code, reason = "each test binary uses a part")]

use std::collections::BTreeSet;

use newsgraph::confidence::Confidence;
use newsgraph::document::{Source, document_id};
use newsgraph::graph::{
    DocumentIndex, DocumentRecord, Entity, EntityIndex, EntityMention, Evidence, KnowledgeGraph,
    MentionForm, Modality, Origin, Polarity,
};
use newsgraph::ontology::{Ontology, PropertyId, Schema, TopClass};
use newsgraph::span::CharSpan;

/// What names, roles, titles and texts are made of.
pub const STRINGS: &[&str] = &[
    "John Kirby",
    "",
    " ",
    "\"quoted\" and 'single'",
    "'",
    "'=1+1",
    "back\\slash\\",
    "\\",
    "\\N \\G \\n",
    "line\nbreak",
    "line\r\nbreak\r",
    "tab\there",
    "\tleading tab",
    "=cmd|' /C calc'!A0",
    "+1 555",
    "-1",
    "@SUM(A1)",
    "\u{FF1D}1+1",
    "<script>alert(1)</script>",
    "<b>bold",
    "]]> <!-- -- -->",
    "AT&T &amp; &lt; &#65; &",
    "emoji \u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467} \u{1F600}",
    "\u{202E}rtl override\u{202C} \u{200F}",
    "\u{0627}\u{0644}\u{0642}\u{0627}\u{0639}\u{062F}\u{0629}",
    "e\u{0301} combining, \u{FEFF}mark",
    "nul \u{0} bell \u{7} escape \u{1B} delete \u{7F} \u{85}",
    "\u{FFFE}\u{FFFF} not characters \u{2028}\u{2029}",
    "a,b;c|d | e",
    "{\"json\": [1]}",
    "digraph { a -> b; }",
    "null",
    "https://example.org/a?b=c&d=%20",
];

/// A source of numbers that is the same on every run.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number in `0..limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % limit
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// Now and then nothing, now and then ten thousand letters, else one of [`STRINGS`].
    pub fn string(&mut self) -> String {
        match self.below(40) {
            0 => "\u{E9}".repeat(10_000),
            _ => (*self.pick(STRINGS)).to_owned(),
        }
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.below(3) > 0).then(|| make(self))
    }

    fn span(&mut self, length: usize) -> CharSpan {
        let (a, b) = (self.below(length + 1), self.below(length + 1));
        CharSpan { start: a.min(b) as u32, end: a.max(b) as u32 }
    }
}

pub fn schema() -> &'static Schema {
    &Ontology::builtin().schema
}

/// A graph of a few documents, entities and claims; the same seed gives the same graph.
pub fn graph(seed: u64) -> KnowledgeGraph {
    let schema = schema();
    let mut dice = Dice::new(seed);
    let mut graph = KnowledgeGraph::new();
    let mut texts = Vec::new();
    for number in 0..dice.below(4) {
        let text: String = (0..1 + dice.below(6)).map(|_| dice.string() + " ").collect();
        let uri = dice.maybe(|dice| format!("https://example.org/{}/{}", number, dice.below(1000)));
        let uri = uri.or_else(|| (number == 0).then(|| "not an address".to_owned()));
        let source = Source {
            title: dice.maybe(Dice::string),
            publisher: dice.maybe(Dice::string),
            published: dice.maybe(|dice| {
                (*dice.pick(&["2016", "2016-09", "2016-09-14", "last week"])).to_owned()
            }),
            language: dice.maybe(|_| "en".to_owned()),
            uri,
        };
        let id = document_id(source.uri.as_deref(), &text);
        let kept = (dice.below(4) > 0).then(|| text.clone());
        let known = graph.document_count();
        graph.add_document(DocumentRecord { id, source, text: kept });
        if graph.document_count() > known {
            texts.push(text);
        }
    }
    for number in 0..dice.below(9) {
        let class = *dice.pick(&TopClass::ALL);
        let subclasses: Vec<_> =
            schema.subclasses().filter(|(_, subclass)| subclass.top == class).collect();
        let subclass =
            if subclasses.is_empty() { None } else { dice.maybe(|dice| dice.pick(&subclasses).0) };
        let key = match dice.below(6) {
            0 => format!("{number}{}", dice.string()),
            1 => format!("https://example.org/other/{number}"),
            _ => format!("{}/some-name-{number}", class.name().to_lowercase()),
        };
        let name = dice.string();
        let aliases: BTreeSet<String> = (0..dice.below(4)).map(|_| dice.string()).collect();
        let same_as: BTreeSet<String> =
            (0..dice.below(3)).map(|at| format!("https://example.org/same/{at}")).collect();
        let mentions: BTreeSet<EntityMention> = (0..dice.below(4))
            .filter(|_| !texts.is_empty())
            .map(|_| {
                let document = dice.below(texts.len());
                EntityMention {
                    document: DocumentIndex(document as u32),
                    span: dice.span(texts[document].chars().count()),
                    form: *dice.pick(MentionForm::ALL),
                    subclass: None,
                }
            })
            .collect();
        graph.add_entity(Entity {
            key,
            class,
            subclass,
            aliases: aliases.into_iter().filter(|alias| *alias != name).collect(),
            name,
            same_as: same_as.into_iter().collect(),
            mentions: mentions.into_iter().collect(),
        });
    }
    if texts.is_empty() || graph.entity_count() == 0 {
        return graph;
    }
    for _ in 0..dice.below(16) {
        let property = PropertyId(dice.below(schema.properties().len()) as u16);
        let entity = |dice: &mut Dice, graph: &KnowledgeGraph| {
            EntityIndex(dice.below(graph.entity_count()) as u32)
        };
        let (head, tail) = (entity(&mut dice, &graph), entity(&mut dice, &graph));
        for _ in 0..1 + dice.below(3) {
            let document = dice.below(texts.len());
            let length = texts[document].chars().count();
            let sentence = dice.span(length);
            let speaker = dice.maybe(|dice| entity(dice, &graph));
            let evidence = Evidence {
                document: DocumentIndex(document as u32),
                quote: sentence.of(&texts[document]).expect("lies in it").into(),
                sentence,
                head: dice.maybe(|dice| dice.span(length)),
                tail: dice.maybe(|dice| dice.span(length)),
                cue: dice.maybe(|dice| dice.span(length)),
                role: dice.maybe(|dice| dice.string().into()),
                polarity: *dice.pick(Polarity::ALL),
                modality: *dice.pick(Modality::ALL),
                attributed_to: speaker,
                date: dice.maybe(|_| "2016-09-09".into()),
                origin: match dice.below(5) {
                    0 => Origin::Gazetteer,
                    1 => Origin::Human,
                    2 => Origin::Import,
                    3 => Origin::Model("small/1".into()),
                    _ => Origin::Rule(dice.string().into()),
                },
                confidence: Confidence::new(dice.below(1001) as f32 / 1000.0).expect("in range"),
            };
            graph.add_evidence(property, head, tail, evidence);
        }
    }
    graph
}

/// The same graph, put together in the opposite order.
pub fn reversed(graph: &KnowledgeGraph) -> KnowledgeGraph {
    let mut copy = KnowledgeGraph::new();
    let documents: Vec<_> = graph.documents().map(|(_, record)| record.clone()).collect();
    documents.iter().rev().for_each(|record| {
        copy.add_document(record.clone());
    });
    let moved = |document: DocumentIndex| DocumentIndex(documents.len() as u32 - 1 - document.0);
    let entities: Vec<_> = graph.entities().map(|(_, entity)| entity.clone()).collect();
    for entity in entities.iter().rev() {
        let mut entity = entity.clone();
        entity.mentions.iter_mut().for_each(|mention| mention.document = moved(mention.document));
        entity.mentions.sort();
        copy.add_entity(entity);
    }
    let entity = |index: EntityIndex| EntityIndex(entities.len() as u32 - 1 - index.0);
    let claims: Vec<_> = graph.claims().collect();
    for claim in claims.iter().rev() {
        for evidence in claim.evidence.iter().rev() {
            let mut evidence = evidence.clone();
            evidence.document = moved(evidence.document);
            evidence.attributed_to = evidence.attributed_to.map(entity);
            copy.add_evidence(claim.property, entity(claim.head), entity(claim.tail), evidence);
        }
    }
    copy.foreign = graph.foreign.clone();
    copy
}

/// Everything that a graph says, one line a fact, with ids in the place of indexes.
pub fn facts(graph: &KnowledgeGraph) -> BTreeSet<String> {
    let document = |index: DocumentIndex| &graph.document(index).id;
    let key = |index: EntityIndex| &graph.entity(index).key;
    let mut facts: BTreeSet<String> =
        graph.documents().map(|(_, record)| format!("{record:?}")).collect();
    for (_, entity) in graph.entities() {
        let Entity { key, class, subclass, name, aliases, same_as, mentions } = entity;
        facts.insert(format!("{key:?} {class:?} {subclass:?} {name:?} {aliases:?} {same_as:?}"));
        for mention in mentions {
            let (document, form) = (document(mention.document), mention.form);
            facts.insert(format!("{key:?} mentioned {document} {:?} {form:?}", mention.span));
        }
    }
    for claim in graph.claims() {
        for evidence in claim.evidence {
            let mut evidence = evidence.clone();
            let (speaker, place) = (evidence.attributed_to.take().map(key), evidence.document);
            evidence.document = DocumentIndex(0);
            facts.insert(format!(
                "{:?} {:?} {:?} {} {speaker:?} {evidence:?}",
                claim.property,
                key(claim.head),
                key(claim.tail),
                document(place),
            ));
        }
    }
    facts
}
