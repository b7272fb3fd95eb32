//! A gold article: the text, and the entities and relations that people found in it.

use std::collections::HashMap;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::side::{Node, Side, Statement};
use crate::ontology::{Schema, TopClass};
use crate::statement::Polarity;

/// An article with what is to be found in it.
#[derive(Clone, Debug)]
pub struct GoldArticle {
    pub id: String,
    /// What the program is given to read: the title as well where gold says that it belongs
    /// to the text.
    pub input: String,
    /// The text that sentences are quoted from, without the title.
    pub text: String,
    pub(super) side: Side,
}

/// A part of a gold set. It follows from the article's id alone, so that it stays the same when
/// articles are added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Articles whose id has a SHA-256 that begins with a byte under 51: one in five.
    Validation,
    /// All others.
    Development,
    All,
}

/// The first byte of the SHA-256 from which on an article is for development.
const DEVELOPMENT_FROM: u8 = 51;

impl Part {
    pub fn holds(self, id: &str) -> bool {
        let is_validation = Sha256::digest(id)[0] < DEVELOPMENT_FROM;
        match self {
            Part::Validation => is_validation,
            Part::Development => !is_validation,
            Part::All => true,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Part::Validation => "validation",
            Part::Development => "development",
            Part::All => "all",
        }
    }
}

/// The file as it is written. Other fields, such as the date and the licence, are passed over.
#[derive(Deserialize)]
#[serde(expecting = "an object with id, text, entities and relations")]
struct Written {
    id: String,
    title: Option<String>,
    title_in_text: Option<bool>,
    text: String,
    entities: Vec<WrittenEntity>,
    relations: Vec<WrittenRelation>,
}

#[derive(Deserialize)]
#[serde(expecting = "an entity with id, type, name and mentions")]
struct WrittenEntity {
    id: String,
    #[serde(rename = "type")]
    class: String,
    subtype: Option<String>,
    name: String,
    mentions: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(expecting = "a relation with type, head, tail and evidence")]
struct WrittenRelation {
    #[serde(rename = "type")]
    property: String,
    head: String,
    tail: String,
    evidence: String,
    polarity: Option<String>,
    attributed_to: Option<String>,
}

impl GoldArticle {
    /// Reads a gold file, one article in JSON.
    ///
    /// # Errors
    /// All that is wrong with it, one message each: what is not of this form, classes and
    /// relations that the ontology lacks, ids that are given twice or name no entity.
    pub fn from_json(bytes: &[u8], schema: &Schema) -> Result<Self, Vec<String>> {
        let written: Written = serde_json::from_slice(bytes)
            .map_err(|error| vec![format!("this is no gold article: {error}")])?;
        let mut faults = Vec::new();
        let title = match (written.title_in_text.unwrap_or(false), &written.title) {
            (false, _) => String::new(),
            (true, Some(title)) => format!("{title}\n\n"),
            (true, None) => {
                faults.push("title_in_text is true, but there is no title".to_owned());
                String::new()
            }
        };
        let (nodes, places) = nodes(&written.entities, schema, &mut faults);
        let mut statements = Vec::new();
        for (at, relation) in written.relations.iter().enumerate() {
            match statement(relation, &places, schema) {
                Ok(statement) => statements.push(statement),
                Err(found) => faults.extend(found.into_iter().map(|fault| {
                    format!(
                        "relation {} ({} {} -> {}): {fault}",
                        at + 1,
                        relation.property,
                        relation.head,
                        relation.tail
                    )
                })),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let Written { id, text, .. } = written;
        Ok(Self { id, input: format!("{title}{text}"), text, side: Side { nodes, statements } })
    }
}

/// The entities, and the place of each by its id.
fn nodes<'w>(
    entities: &'w [WrittenEntity],
    schema: &Schema,
    faults: &mut Vec<String>,
) -> (Vec<Node>, HashMap<&'w str, usize>) {
    let (mut nodes, mut places) = (Vec::new(), HashMap::new());
    for entity in entities {
        let id = entity.id.as_str();
        let Some(class) = TopClass::from_name(&entity.class) else {
            let known = TopClass::ALL.map(TopClass::name).join(", ");
            faults.push(format!("{id} is of type {:?}, which is none of {known}", entity.class));
            // Its id is known all the same: relations are not to blame for it.
            places.entry(id).or_insert(nodes.len());
            continue;
        };
        let subclass = entity.subtype.as_deref().map(|name| {
            let known = schema.subclass_id(name);
            known.filter(|known| schema.subclass(*known).top == class).ok_or(name)
        });
        let subclass = subclass.transpose().unwrap_or_else(|name| {
            faults.push(format!("{id} is of subtype {name:?}, which is none of {}", class.name()));
            None
        });
        let mentions = entity.mentions.iter().flatten().map(String::as_str);
        if places.insert(id, nodes.len()).is_some() {
            faults.push(format!("two entities have the id {id:?}"));
        }
        nodes.push(Node::new(class, subclass, &entity.name, mentions));
    }
    (nodes, places)
}

fn statement(
    relation: &WrittenRelation,
    places: &HashMap<&str, usize>,
    schema: &Schema,
) -> Result<Statement, Vec<String>> {
    let mut faults = Vec::new();
    let mut place = |part: &str, id: &str| {
        let place = places.get(id).copied();
        if place.is_none() {
            faults.push(format!("its {part} {id:?} is the id of no entity"));
        }
        place.unwrap_or_default()
    };
    let (head, tail) = (place("head", &relation.head), place("tail", &relation.tail));
    let speaker = relation.attributed_to.as_deref().map(|id| place("attributed_to", id));
    let property = schema.property_id(&relation.property);
    if property.is_none() {
        faults.push(format!("the ontology has no relation {:?}", relation.property));
    }
    let polarity = match relation.polarity.as_deref() {
        None | Some("") => Some(Polarity::Affirmed),
        Some(name) => Polarity::from_name(name),
    };
    if polarity.is_none() {
        faults.push("its polarity is neither affirmed nor denied".to_owned());
    }
    match (property, polarity) {
        (Some(property), Some(polarity)) if faults.is_empty() => {
            let sentence = relation.evidence.clone();
            Ok(Statement { property, head, tail, polarity, speaker, sentence })
        }
        _ => Err(faults),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::Ontology;

    fn read(json: &str) -> Result<GoldArticle, Vec<String>> {
        GoldArticle::from_json(json.as_bytes(), &Ontology::builtin().schema)
    }

    #[test]
    fn a_file_is_read_as_it_is_written() {
        let article = read(
            r#"{"id": "bank", "title": "A new bank", "date": "2024-05-02", "title_in_text": true,
                "text": "Anna Weiss leads Nordbank.",
                "entities": [
                  {"id": "e1", "type": "Person", "subtype": null, "name": "Anna Weiss",
                   "mentions": ["Anna Weiss"]},
                  {"id": "e2", "type": "Organization", "subtype": "Company", "name": "Nordbank"}],
                "relations": [
                  {"type": "headOf", "head": "e1", "tail": "e2", "role": null,
                   "evidence": "Anna Weiss leads Nordbank.", "polarity": "denied",
                   "attributed_to": "e1"}]}"#,
        )
        .expect("it is sound");
        assert_eq!(article.input, "A new bank\n\nAnna Weiss leads Nordbank.");
        assert_eq!(article.text, "Anna Weiss leads Nordbank.");
        let names: Vec<_> = article.side.nodes.iter().map(|node| node.name.as_str()).collect();
        assert_eq!(names, ["Anna Weiss", "Nordbank"]);
        let statement = &article.side.statements[0];
        assert_eq!((statement.head, statement.tail, statement.speaker), (0, 1, Some(0)));
        assert_eq!(statement.polarity, Polarity::Denied);
    }

    #[test]
    fn all_faults_of_a_file_are_named() {
        let faults = read(
            r#"{"id": "bad", "text": "t", "title_in_text": true,
                "entities": [
                  {"id": "e1", "type": "Human", "name": "A"},
                  {"id": "e2", "type": "Place", "subtype": "Company", "name": "B"},
                  {"id": "e2", "type": "Place", "name": "C"}],
                "relations": [
                  {"type": "headOf", "head": "e1", "tail": "e7", "evidence": "t",
                   "attributed_to": "e8"},
                  {"type": "leads", "head": "e1", "tail": "e2", "evidence": "t",
                   "polarity": "perhaps"}]}"#,
        )
        .expect_err("it is broken");
        assert_eq!(
            faults,
            [
                "title_in_text is true, but there is no title",
                "e1 is of type \"Human\", which is none of Person, Organization, Place, Agreement",
                "e2 is of subtype \"Company\", which is none of Place",
                "two entities have the id \"e2\"",
                "relation 1 (headOf e1 -> e7): its tail \"e7\" is the id of no entity",
                "relation 1 (headOf e1 -> e7): its attributed_to \"e8\" is the id of no entity",
                "relation 2 (leads e1 -> e2): the ontology has no relation \"leads\"",
                "relation 2 (leads e1 -> e2): its polarity is neither affirmed nor denied",
            ]
        );
        let faults = read("{\"id\": \"x\"}").expect_err("it lacks the text");
        assert!(faults[0].starts_with("this is no gold article: missing field `text`"));
    }

    #[test]
    fn every_article_is_of_one_part() {
        // Their SHA-256 begin with 3e, 2e and 18.
        for (id, is_validation) in [("b", false), ("c", true), ("d", true)] {
            assert_eq!(Part::Validation.holds(id), is_validation, "{id}");
            assert_eq!(Part::Development.holds(id), !is_validation, "{id}");
            assert!(Part::All.holds(id));
        }
    }
}
