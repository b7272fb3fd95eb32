//! What may stand in the JSON of a graph: its records, and the checks that each must pass
//! before it enters the graph.

use serde::Deserialize;

use crate::confidence::Confidence;
use crate::document::Source;
use crate::graph::{
    DocumentIndex, DocumentRecord, Entity, EntityIndex, EntityMention, Evidence, KnowledgeGraph,
    MentionForm, Modality, Origin, Polarity,
};
use crate::ontology::{Schema, SubclassId, TopClass};
use crate::rdf::{Base, Loaded};
use crate::span::CharSpan;

/// A document as it stands in the file, before it is checked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DocumentJson {
    id: String,
    uri: Option<String>,
    title: Option<String>,
    publisher: Option<String>,
    published: Option<String>,
    language: Option<String>,
    text: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EntityJson {
    id: String,
    iri: Option<String>,
    #[serde(rename = "type")]
    class: String,
    subtype: Option<String>,
    name: String,
    #[serde(default)]
    mentions: Vec<String>,
    #[serde(default)]
    occurrences: Vec<OccurrenceJson>,
    #[serde(default)]
    same_as: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OccurrenceJson {
    document: String,
    start: u32,
    end: u32,
    form: String,
    subtype: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RelationJson {
    #[serde(default, rename = "id")]
    _id: Option<serde::de::IgnoredAny>,
    #[serde(default, rename = "iri")]
    _iri: Option<serde::de::IgnoredAny>,
    #[serde(rename = "type")]
    property: String,
    head: String,
    tail: String,
    evidence: Vec<EvidenceJson>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EvidenceJson {
    document: String,
    sentence: Box<str>,
    sentence_span: [u32; 2],
    head_span: Option<[u32; 2]>,
    tail_span: Option<[u32; 2]>,
    cue_span: Option<[u32; 2]>,
    role: Option<Box<str>>,
    polarity: String,
    modality: String,
    attributed_to: Option<String>,
    date: Option<Box<str>>,
    origin: String,
    confidence: f32,
}

/// Checks records and puts them into the graph. Documents come first, relations last.
pub(super) struct Loader<'s> {
    schema: &'s Schema,
    graph: KnowledgeGraph,
    /// Length of each document's text in code points, where the text is there.
    lengths: Vec<Option<u32>>,
    /// The namespace of the first entity that shows it.
    base: Option<Base>,
}

impl<'s> Loader<'s> {
    pub fn new(schema: &'s Schema) -> Self {
        Self { schema, graph: KnowledgeGraph::new(), lengths: Vec::new(), base: None }
    }

    pub fn finish(self) -> Loaded {
        Loaded { graph: self.graph, base: self.base.unwrap_or_default() }
    }

    pub fn document(&mut self, json: DocumentJson) -> Result<(), String> {
        let id = json.id;
        if self.graph.document_by_id(&id).is_some() {
            return Err(format!("two documents have the id {id:?}"));
        }
        check_id("a document", &id)?;
        let length = match &json.text {
            Some(text) => Some(u32::try_from(text.chars().count()).map_err(|_| {
                format!("the text of document {id:?} is longer than 2^32 characters")
            })?),
            None => None,
        };
        self.lengths.push(length);
        let source = Source {
            uri: json.uri,
            title: json.title,
            publisher: json.publisher,
            published: json.published,
            language: json.language,
        };
        self.graph.add_document(DocumentRecord { id, source, text: json.text });
        Ok(())
    }

    pub fn entity(&mut self, json: EntityJson) -> Result<(), String> {
        let key = json.id;
        let fault = |message: String| format!("entity {key:?}: {message}");
        check_id("an entity", &key)?;
        if self.graph.entity_by_key(&key).is_some() {
            return Err(format!("two entities have the id {key:?}"));
        }
        let class = TopClass::from_name(&json.class).ok_or_else(|| {
            fault(format!(
                "unknown type {:?}: it must be Person, Organization, Place or Agreement",
                json.class
            ))
        })?;
        let subclass = self.subclass(json.subtype.as_deref()).map_err(fault)?;
        if let Some(id) = subclass
            && self.schema.subclass(id).top != class
        {
            let name = &self.schema.subclass(id).name;
            return Err(fault(format!("{name} is no subclass of {}", class.name())));
        }
        let mut aliases = json.mentions;
        aliases.retain(|mention| *mention != json.name);
        sort_unique(&mut aliases);
        let mut same_as = json.same_as;
        sort_unique(&mut same_as);
        let mut mentions = Vec::with_capacity(json.occurrences.len());
        for occurrence in &json.occurrences {
            let document = self.find_document(&occurrence.document).map_err(fault)?;
            let span = [occurrence.start, occurrence.end];
            let span = self.span(document, "an occurrence", span).map_err(fault)?;
            let form = MentionForm::from_name(&occurrence.form).ok_or_else(|| {
                fault(unknown("form", &occurrence.form, names(MentionForm::ALL, MentionForm::name)))
            })?;
            let subclass = self.subclass(occurrence.subtype.as_deref()).map_err(fault)?;
            mentions.push(EntityMention { document, span, form, subclass });
        }
        sort_unique(&mut mentions);
        if self.base.is_none() {
            self.base = json.iri.and_then(|iri| base_of(&iri, &key));
        }
        let name = json.name;
        self.graph.add_entity(Entity { key, class, subclass, name, aliases, same_as, mentions });
        Ok(())
    }

    pub fn relation(&mut self, json: RelationJson) -> Result<(), String> {
        let title = format!("relation {} of {:?} to {:?}", json.property, json.head, json.tail);
        let fault = |message: String| format!("{title}: {message}");
        let property = self.schema.property_id(&json.property).ok_or_else(|| {
            format!("unknown relation {:?}: the ontology has no such property", json.property)
        })?;
        let head = self.find_entity(&json.head).map_err(fault)?;
        let tail = self.find_entity(&json.tail).map_err(fault)?;
        if self.graph.find_claim(property, head, tail).is_some() {
            return Err(fault("it stands twice; put its evidence into one".into()));
        }
        if json.evidence.is_empty() {
            return Err(fault("it has no evidence, and every relation needs one".into()));
        }
        for (at, evidence) in json.evidence.into_iter().enumerate() {
            let evidence = self
                .evidence(evidence)
                .map_err(|message| fault(format!("evidence {}: {message}", at + 1)))?;
            self.graph.add_evidence(property, head, tail, evidence);
        }
        Ok(())
    }

    fn evidence(&self, json: EvidenceJson) -> Result<Evidence, String> {
        let document = self.find_document(&json.document)?;
        let part = |what: &str, span: Option<[u32; 2]>| {
            span.map(|span| self.span(document, what, span)).transpose()
        };
        let attributed_to = json.attributed_to.as_deref().map(|id| self.find_entity(id));
        Ok(Evidence {
            document,
            quote: json.sentence,
            sentence: self.span(document, "sentence_span", json.sentence_span)?,
            head: part("head_span", json.head_span)?,
            tail: part("tail_span", json.tail_span)?,
            cue: part("cue_span", json.cue_span)?,
            role: json.role,
            polarity: Polarity::from_name(&json.polarity).ok_or_else(|| {
                unknown("polarity", &json.polarity, names(Polarity::ALL, Polarity::name))
            })?,
            modality: Modality::from_name(&json.modality).ok_or_else(|| {
                unknown("modality", &json.modality, names(Modality::ALL, Modality::name))
            })?,
            attributed_to: attributed_to.transpose()?,
            date: json.date,
            origin: Origin::from_text(&json.origin).ok_or_else(|| {
                let forms = "rule:ID, gazetteer, model:NAME/VERSION, human or import".into();
                unknown("origin", &json.origin, forms)
            })?,
            confidence: Confidence::new(json.confidence)
                .ok_or_else(|| format!("confidence {} is not within 0 to 1", json.confidence))?,
        })
    }

    fn subclass(&self, name: Option<&str>) -> Result<Option<SubclassId>, String> {
        let Some(name) = name else { return Ok(None) };
        let found = self.schema.subclass_id(name);
        found
            .map(Some)
            .ok_or_else(|| format!("unknown subtype {name:?}: the ontology has no such class"))
    }

    fn find_document(&self, id: &str) -> Result<DocumentIndex, String> {
        let found = self.graph.document_by_id(id);
        found.ok_or_else(|| format!("no document has the id {id:?}"))
    }

    fn find_entity(&self, id: &str) -> Result<EntityIndex, String> {
        self.graph.entity_by_key(id).ok_or_else(|| format!("no entity has the id {id:?}"))
    }

    fn span(
        &self,
        document: DocumentIndex,
        what: &str,
        [start, end]: [u32; 2],
    ) -> Result<CharSpan, String> {
        if start > end {
            return Err(format!("{what} [{start}, {end}] ends before it starts"));
        }
        match self.lengths[document.0 as usize] {
            Some(length) if end > length => Err(format!(
                "{what} [{start}, {end}] does not lie in the text, which has {length} characters"
            )),
            _ => Ok(CharSpan { start, end }),
        }
    }
}

/// The base below which the entity of this key has this IRI, if there is one.
fn base_of(iri: &str, key: &str) -> Option<Base> {
    let elsewhere = Base::default();
    let mut whole = String::new();
    elsewhere.push_entity(key, &mut whole);
    Base::new(iri.strip_suffix(whole.strip_prefix(elsewhere.as_str())?)?).ok()
}

fn check_id(whose: &str, id: &str) -> Result<(), String> {
    if id.is_empty() { Err(format!("the id of {whose} is empty")) } else { Ok(()) }
}

fn names<T: Copy>(all: &[T], name: fn(T) -> &'static str) -> String {
    all.iter().map(|&value| name(value)).collect::<Vec<_>>().join(", ")
}

fn unknown(what: &str, found: &str, allowed: String) -> String {
    format!("unknown {what} {found:?}: it must be one of {allowed}")
}

fn sort_unique<T: Ord>(values: &mut Vec<T>) {
    values.sort();
    values.dedup();
}
