//! Graphs made by chance, always the same for the same seed: small and odd ones for
//! comparing engines, large and plain ones for measuring them.

use newsgraph::confidence::Confidence;
use newsgraph::document::Source;
use newsgraph::graph::{
    DocumentIndex, DocumentRecord, Entity, EntityIndex, EntityMention, Evidence, KnowledgeGraph,
    MentionForm, Modality, Origin, Polarity,
};
use newsgraph::ontology::{PropertyId, Schema, SubclassId, TopClass};
use newsgraph::span::CharSpan;

/// SplitMix64.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to and without `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// True once in `n` times.
    pub fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub fn one_of<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        &list[self.below(list.len())]
    }
}

/// A small graph full of what is easily got wrong: denials, several statements of one claim
/// in one document, symmetric claims in both directions and to oneself, texts that look like
/// values of other kinds, links to the graph's own nodes.
#[allow(dead_code, reason = "the bench needs only the large ones")]
pub fn odd(seed: u64, schema: &Schema) -> KnowledgeGraph {
    let mut chance = Chance::new(seed);
    let mut graph = KnowledgeGraph::new();
    let texts =
        ["human", "char=3,9", "char=03,9", "true", "2016", "x \"y\"\n\\z", "gazetteer", "é"];
    let documents = 1 + chance.below(3);
    for at in 0..documents {
        graph.add_document(DocumentRecord {
            id: format!("{at:064x}"),
            source: Source {
                uri: match chance.below(3) {
                    0 => None,
                    1 => Some(format!("https://news.example/{at}")),
                    _ => Some("https://w3id.org/newsgraph/id/e0".into()),
                },
                title: chance.once_in(2).then(|| (*chance.one_of(&texts)).to_owned()),
                publisher: chance.once_in(2).then(|| (*chance.one_of(&texts)).to_owned()),
                published: chance.once_in(2).then(|| {
                    (*chance.one_of(&["2016-09-09", "2016-09", "2016", "9 September"])).into()
                }),
                language: chance.once_in(2).then(|| "en".to_owned()),
            },
            text: chance.once_in(2).then(|| (*chance.one_of(&texts)).to_owned()),
        });
    }
    let entities = 2 + chance.below(5);
    let subclasses: Vec<_> = schema.subclasses().map(|(id, class)| (id, class.top)).collect();
    for at in 0..entities {
        let class = *chance.one_of(&TopClass::ALL);
        let fitting: Vec<_> =
            subclasses.iter().filter(|(_, top)| *top == class).map(|(id, _)| *id).collect();
        let subclass = (!fitting.is_empty() && chance.once_in(2)).then(|| *chance.one_of(&fitting));
        let mut aliases: Vec<String> =
            (0..chance.below(3)).map(|_| (*chance.one_of(&texts)).to_owned()).collect();
        let name =
            if chance.once_in(3) { (*chance.one_of(&texts)).into() } else { format!("E{at}") };
        aliases.sort();
        aliases.dedup();
        aliases.retain(|alias| *alias != name);
        let links = [
            "http://www.wikidata.org/entity/Q30",
            "https://w3id.org/newsgraph/id/e1",
            "https://w3id.org/newsgraph/ontology#Person",
            "no iri at all",
        ];
        let mut same_as: Vec<String> =
            (0..chance.below(3)).map(|_| (*chance.one_of(&links)).to_owned()).collect();
        same_as.sort();
        same_as.dedup();
        let mut mentions: Vec<EntityMention> = (0..chance.below(3))
            .map(|_| EntityMention {
                document: DocumentIndex(chance.below(documents) as u32),
                span: span(&mut chance, 20),
                form: *chance.one_of(MentionForm::ALL),
                subclass,
            })
            .collect();
        mentions.sort();
        mentions.dedup();
        graph.add_entity(Entity {
            key: format!("e{at}"),
            class,
            subclass,
            name,
            aliases,
            same_as,
            mentions,
        });
    }
    let properties: Vec<PropertyId> = schema.properties().map(|(id, _)| id).collect();
    let symmetric: Vec<PropertyId> =
        schema.properties().filter(|(_, property)| property.symmetric).map(|(id, _)| id).collect();
    for _ in 0..chance.below(12) {
        let property = if chance.once_in(2) {
            *chance.one_of(&symmetric)
        } else {
            *chance.one_of(&properties[..5.min(properties.len())])
        };
        let head = EntityIndex(chance.below(entities) as u32);
        let tail = EntityIndex(chance.below(entities) as u32);
        for _ in 0..=chance.below(3) {
            let evidence = Evidence {
                document: DocumentIndex(chance.below(documents) as u32),
                quote: (*chance.one_of(&texts)).into(),
                sentence: span(&mut chance, 20),
                head: chance.once_in(2).then(|| span(&mut chance, 9)),
                tail: chance.once_in(2).then(|| span(&mut chance, 9)),
                cue: chance.once_in(2).then(|| span(&mut chance, 9)),
                role: chance.once_in(2).then(|| (*chance.one_of(&texts)).into()),
                polarity: if chance.once_in(4) { Polarity::Denied } else { Polarity::Affirmed },
                modality: if chance.once_in(3) {
                    *chance.one_of(Modality::ALL)
                } else {
                    Modality::Asserted
                },
                attributed_to: chance
                    .once_in(3)
                    .then(|| EntityIndex(chance.below(entities) as u32)),
                date: chance
                    .once_in(3)
                    .then(|| (*chance.one_of(&["2016-09-09", "2016", "last week"])).into()),
                origin: match chance.below(4) {
                    0 => Origin::Gazetteer,
                    1 => Origin::Human,
                    2 => Origin::Model("small/1".into()),
                    _ => Origin::Rule("headOf/apposition".into()),
                },
                confidence: Confidence::new(chance.below(11) as f32 / 10.0).expect("in range"),
            };
            graph.add_evidence(property, head, tail, evidence);
        }
    }
    graph
}

fn span(chance: &mut Chance, length: usize) -> CharSpan {
    let start = chance.below(length) as u32;
    CharSpan { start, end: start + 1 + chance.below(9) as u32 }
}

/// A graph of `claims` claims as much news makes one: a tenth as many entities, few of them
/// in very many claims, one or two statements a claim, a fifth of them quoted.
#[allow(dead_code, reason = "the tests of small graphs do not need it")]
pub fn large(claims: usize, schema: &Schema) -> KnowledgeGraph {
    let mut chance = Chance::new(7);
    let mut graph = KnowledgeGraph::new();
    let documents = (claims / 20).max(1);
    for at in 0..documents {
        graph.add_document(DocumentRecord {
            id: format!("{at:064x}"),
            source: Source {
                uri: Some(format!("https://news.example/{at}")),
                title: Some(format!("Report number {at}")),
                publisher: Some(format!("Agency {}", at % 40)),
                published: Some(format!("20{:02}-{:02}-{:02}", at % 25, 1 + at % 12, 1 + at % 28)),
                language: Some("en".into()),
            },
            text: None,
        });
    }
    let subclasses: Vec<(SubclassId, TopClass)> =
        schema.subclasses().map(|(id, class)| (id, class.top)).collect();
    let entities = (claims / 10).max(20);
    for at in 0..entities {
        let class = TopClass::ALL[[0, 0, 0, 1, 1, 1, 2, 2, 3, 1][at % 10]];
        let fitting: Vec<_> = subclasses.iter().filter(|(_, top)| *top == class).collect();
        let subclass = if fitting.is_empty() { None } else { Some(fitting[at % fitting.len()].0) };
        let name = format!("{} {}", NAMES[at % NAMES.len()], at);
        let mentions = (0..1 + at % 3).map(|nth| EntityMention {
            document: DocumentIndex(((at + nth * 7) % documents) as u32),
            span: CharSpan { start: nth as u32 * 50, end: nth as u32 * 50 + name.len() as u32 },
            form: MentionForm::Name,
            subclass: subclass.filter(|_| nth == 0),
        });
        graph.add_entity(Entity {
            key: format!(
                "{}/{}-{at}",
                class.name().to_lowercase(),
                NAMES[at % NAMES.len()].to_lowercase()
            ),
            class,
            subclass,
            aliases: if at % 3 == 0 { vec![format!("N{at}")] } else { Vec::new() },
            same_as: if at % 5 == 0 {
                vec![format!("http://www.wikidata.org/entity/Q{at}")]
            } else {
                Vec::new()
            },
            mentions: mentions.collect(),
            name,
        });
    }
    let properties: Vec<PropertyId> = schema.properties().map(|(id, _)| id).collect();
    let mut made = 0;
    while made < claims {
        let property = *chance.one_of(&properties);
        // The product of two chances makes few entities very frequent.
        let head = chance.below(entities) * chance.below(entities) / entities;
        let tail = chance.below(entities) * chance.below(entities) / entities;
        let (head, tail) = (EntityIndex(head as u32), EntityIndex(tail as u32));
        if graph.find_claim(property, head, tail).is_some() {
            continue;
        }
        for _ in 0..1 + usize::from(chance.once_in(4)) {
            let evidence = statement(&mut chance, &graph, property, head, tail, schema);
            graph.add_evidence(property, head, tail, evidence);
        }
        made += 1;
    }
    graph
}

fn statement(
    chance: &mut Chance,
    graph: &KnowledgeGraph,
    property: PropertyId,
    head: EntityIndex,
    tail: EntityIndex,
    schema: &Schema,
) -> Evidence {
    let (head_name, tail_name) = (&graph.entity(head).name, &graph.entity(tail).name);
    let start = chance.below(5_000) as u32;
    let quote = format!(
        "{head_name}, which is {} {tail_name}, said on day {} that talks would go on in the capital.",
        schema.property(property).label,
        chance.below(300)
    );
    let length = quote.len() as u32;
    Evidence {
        document: DocumentIndex(chance.below(graph.document_count()) as u32),
        sentence: CharSpan { start, end: start + length },
        head: Some(CharSpan { start, end: start + head_name.len() as u32 }),
        tail: Some(CharSpan { start: start + 30, end: start + 30 + tail_name.len() as u32 }),
        cue: Some(CharSpan { start: start + 20, end: start + 28 }),
        role: chance.once_in(3).then(|| ROLES[chance.below(ROLES.len())].into()),
        polarity: if chance.once_in(20) { Polarity::Denied } else { Polarity::Affirmed },
        modality: if chance.once_in(8) {
            *chance.one_of(Modality::ALL)
        } else {
            Modality::Asserted
        },
        attributed_to: chance
            .once_in(5)
            .then(|| EntityIndex(chance.below(graph.entity_count()) as u32)),
        date: chance.once_in(4).then(|| format!("2016-09-{:02}", 1 + chance.below(28)).into()),
        origin: Origin::Rule(
            format!("{}/rule-{}", schema.property(property).name, chance.below(4)).into(),
        ),
        confidence: Confidence::new(0.5 + chance.below(50) as f32 / 100.0).expect("in range"),
        quote: quote.into(),
    }
}

const NAMES: &[&str] = &[
    "Amber", "Birch", "Cedar", "Dune", "Ember", "Fjord", "Glade", "Heath", "Isle", "Juniper",
    "Knoll", "Linden", "Meadow", "North", "Oak", "Pine", "Quarry", "River", "Stone", "Tundra",
];

const ROLES: &[&str] = &[
    "spokesman",
    "spokeswoman",
    "chairman",
    "foreign minister",
    "special envoy",
    "director",
    "deputy director",
    "head of delegation",
];
