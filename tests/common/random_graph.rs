//! Random graphs from a seed: denials, aliases, namesakes, several documents, attributed
//! evidence, missing texts, odd characters, symmetric claims in both directions, and
//! statements of other vocabularies.

#![allow(dead_code)]

use newsgraph::confidence::Confidence;
use newsgraph::document::Source;
use newsgraph::graph::{
    DocumentIndex, DocumentRecord, Entity, EntityIndex, EntityMention, Evidence, KnowledgeGraph,
    MentionForm, Modality, Origin, Polarity,
};
use newsgraph::ontology::{PropertyId, Schema, SubclassId, TopClass};
use newsgraph::span::CharSpan;
use oxigraph::model::{BlankNode, GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term};

/// A small generator of random numbers (splitmix64): the same on every machine.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `limit`, which must not be 0.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    pub fn chance(&mut self, percent: u64) -> bool {
        self.next() % 100 < percent
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// How a random graph should be.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    pub documents: usize,
    pub entities: usize,
    pub statements: usize,
    /// Characters that XML 1.0 cannot carry, and keys that are not made of `[a-z0-9-/]`.
    pub odd_characters: bool,
    pub foreign: bool,
}

impl Shape {
    pub const SMALL: Shape =
        Shape { documents: 3, entities: 7, statements: 14, odd_characters: true, foreign: true };
}

const WORDS: &[&str] = &[
    "Kirby",
    "State",
    "Amman",
    "the",
    "spokesman",
    "of",
    "Nour",
    "Órán",
    "accord",
    "\"quoted\"",
    "back\\slash",
    "two\nlines",
    "car\rriage",
    "tab\tbed",
    "<tag>&amp;",
    "]]>",
    "😀",
    "e\u{301}",
    "\u{202E}rtl",
    "''",
    "\"\"\"",
    "%20",
    "{|",
    "~",
    " ",
    "#",
    "@en",
    "_:b",
];

/// Not allowed in XML 1.0 at all.
const ODD: &[&str] =
    &["\u{0}", "\u{1}", "\u{B}", "\u{1F}", "\u{FFFE}", "\u{FFFF}", "\u{7F}", "\u{85}"];

fn text(random: &mut Random, most: usize, shape: &Shape) -> String {
    let mut words = Vec::new();
    for _ in 0..random.below(most + 1) {
        let odd = shape.odd_characters && random.chance(10);
        words.push(*random.pick(if odd { ODD } else { WORDS }));
    }
    words.join(if random.chance(80) { " " } else { "" })
}

fn some<T>(random: &mut Random, percent: u64, make: impl FnOnce(&mut Random) -> T) -> Option<T> {
    random.chance(percent).then(|| make(random))
}

fn date(random: &mut Random) -> String {
    let dates = ["2016", "2016-09", "2016-09-30", "2016-02-30", "soon", "0000", "2024-02-29", ""];
    (*random.pick(&dates)).to_owned()
}

fn span(random: &mut Random) -> CharSpan {
    let start = random.below(300) as u32;
    CharSpan { start, end: start + random.below(40) as u32 }
}

fn document(random: &mut Random, at: usize, shape: &Shape) -> DocumentRecord {
    let source = Source {
        uri: some(random, 70, |random| match random.below(4) {
            0 => format!("not an IRI {at}"),
            _ => format!("https://news.example/ä/{at}?q=1#x"),
        }),
        title: some(random, 70, |random| text(random, 5, shape)),
        publisher: some(random, 50, |random| text(random, 2, shape)),
        published: some(random, 70, date),
        language: some(random, 60, |_| "en".to_owned()),
    };
    let body = some(random, 80, |random| text(random, 30, shape));
    let id = newsgraph::document::document_id(Some(&at.to_string()), body.as_deref().unwrap_or(""));
    let id = match random.below(10) {
        0 if shape.odd_characters => format!("odd id/{at}"),
        1 if shape.odd_characters => format!("https://other.example/documents/{at}"),
        _ => id,
    };
    DocumentRecord { id, source, text: body }
}

fn key(random: &mut Random, at: usize, class: TopClass, shape: &Shape) -> String {
    let plain = format!("{}/name-{at}", class.name().to_lowercase());
    if !shape.odd_characters {
        return plain;
    }
    match random.below(12) {
        0 => format!("claim/{at}"),
        1 => format!("https://other.example/thing/{at}"),
        2 => format!("Odd key é {at}.%"),
        3 => format!("-{at}/./..//"),
        4 => format!("{plain}/{:08x}", random.next() as u32),
        _ => plain,
    }
}

fn entity(random: &mut Random, at: usize, schema: &Schema, shape: &Shape) -> Entity {
    let class = *random.pick(&TopClass::ALL);
    let subclasses: Vec<SubclassId> =
        schema.subclasses().filter(|(_, known)| known.top == class).map(|(id, _)| id).collect();
    let subclass = match subclasses.is_empty() {
        true => None,
        false => some(random, 60, |random| *random.pick(&subclasses)),
    };
    // Namesakes: few different names.
    let name = match random.below(4) {
        0 => text(random, 3, shape),
        _ => (*random.pick(&["John Smith", "Jordan", "the Accord", "Noor Front"])).to_owned(),
    };
    let mut aliases: Vec<String> = (0..random.below(4))
        .map(|_| text(random, 2, shape))
        .filter(|alias| *alias != name)
        .collect();
    aliases.sort();
    aliases.dedup();
    let mut same_as = Vec::new();
    if random.chance(30) {
        same_as.push(format!("http://www.wikidata.org/entity/Q{at}"));
    }
    if random.chance(10) {
        same_as.push("no IRI at all".to_owned());
    }
    let mut mentions = Vec::new();
    for _ in 0..random.below(4) {
        mentions.push(EntityMention {
            document: DocumentIndex(random.below(shape.documents) as u32),
            span: span(random),
            form: *random.pick(MentionForm::ALL),
            subclass: subclass.filter(|_| random.chance(30)),
        });
    }
    mentions.sort();
    mentions.dedup();
    Entity { key: key(random, at, class, shape), class, subclass, name, aliases, same_as, mentions }
}

fn evidence(random: &mut Random, shape: &Shape) -> Evidence {
    let origins = [
        Origin::Rule("spokespersonOf/title".into()),
        Origin::Gazetteer,
        Origin::Model("tiny/1".into()),
        Origin::Human,
        Origin::Import,
    ];
    Evidence {
        document: DocumentIndex(random.below(shape.documents) as u32),
        quote: text(random, 12, shape).into(),
        sentence: span(random),
        head: some(random, 80, span),
        tail: some(random, 80, span),
        cue: some(random, 60, span),
        role: some(random, 30, |random| text(random, 3, shape).into()),
        polarity: if random.chance(25) { Polarity::Denied } else { Polarity::Affirmed },
        modality: match random.chance(60) {
            true => Modality::Asserted,
            false => *random.pick(Modality::ALL),
        },
        attributed_to: some(random, 30, |random| EntityIndex(random.below(shape.entities) as u32)),
        date: some(random, 40, |random| date(random).into()),
        origin: random.pick(&origins).clone(),
        confidence: Confidence::new(random.below(1001) as f32 / 1000.0).expect("in range"),
    }
}

fn foreign(random: &mut Random, at: usize) -> Quad {
    let iri = |text: &str| NamedNode::new(text).expect("an IRI");
    let subject: NamedOrBlankNode = match random.below(3) {
        0 => BlankNode::new_unchecked(format!("b{at}")).into(),
        _ => iri(&format!("https://foreign.example/s{at}")).into(),
    };
    let predicate = *random.pick(&[
        "http://xmlns.com/foaf/0.1/name",
        "http://www.w3.org/2000/01/rdf-schema#label",
        "https://w3id.org/newsgraph/ontology#headOf",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#type",
        "https://w3id.org/newsgraph/ontology#confidence",
    ]);
    let object: Term = match random.below(4) {
        0 => Literal::new_language_tagged_literal_unchecked("Straße", "de").into(),
        1 => Literal::new_simple_literal(format!("plain {at}")).into(),
        2 => Literal::new_typed_literal("x", iri("https://foreign.example/type")).into(),
        _ => iri("https://foreign.example/o").into(),
    };
    Quad { subject, predicate: iri(predicate), object, graph_name: GraphName::DefaultGraph }
}

/// A graph, the same for the same seed and shape. Its statements are in canonical order.
pub fn random_graph(seed: u64, shape: Shape, schema: &Schema) -> KnowledgeGraph {
    let mut random = Random::new(seed);
    let mut graph = KnowledgeGraph::new();
    for at in 0..shape.documents {
        graph.add_document(document(&mut random, at, &shape));
    }
    for at in 0..shape.entities {
        graph.add_entity(entity(&mut random, at, schema, &shape));
    }
    let properties = schema.properties().len();
    let mut known: Vec<(PropertyId, EntityIndex, EntityIndex)> = Vec::new();
    for _ in 0..shape.statements {
        let fresh = (
            PropertyId(random.below(properties) as u16),
            EntityIndex(random.below(shape.entities) as u32),
            EntityIndex(random.below(shape.entities) as u32),
        );
        // Many statements of one claim, and some of its opposite direction.
        let (property, head, tail) = match (known.is_empty(), random.below(5)) {
            (false, 0 | 1) => known[known.len() - 1 - random.below(known.len().min(8))],
            (false, 2) => {
                let (property, head, tail) = known[known.len() - 1];
                (property, tail, head)
            }
            _ => fresh,
        };
        known.push((property, head, tail));
        graph.add_evidence(property, head, tail, evidence(&mut random, &shape));
    }
    if shape.foreign {
        for at in 0..random.below(6) {
            graph.foreign.push(foreign(&mut random, at));
        }
    }
    graph.canonical()
}

/// Everything that a graph holds, one item a line, so that a difference is easy to see.
pub fn describe(graph: &KnowledgeGraph) -> String {
    use std::fmt::Write;
    let mut out = String::new();
    for (index, document) in graph.documents() {
        writeln!(out, "{index:?} {document:?}").expect("to a string");
    }
    for (index, entity) in graph.entities() {
        writeln!(out, "{index:?} {entity:?}").expect("to a string");
    }
    for claim in graph.claims() {
        writeln!(out, "{:?} {:?} {:?}", claim.property, claim.head, claim.tail)
            .expect("to a string");
        for evidence in claim.evidence {
            writeln!(out, "    {evidence:?}").expect("to a string");
        }
    }
    for quad in &graph.foreign {
        writeln!(out, "{quad}").expect("to a string");
    }
    out
}
