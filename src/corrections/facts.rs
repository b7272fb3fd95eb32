//! Facts that a person adds: their ends, and where their sentence stands.

use std::collections::BTreeSet;

use super::apply::Work;
use super::finder::Found;
use super::{Fact, Line, Named};
use crate::confidence::Confidence;
use crate::document::{Source, document_id};
use crate::graph::{
    DocumentIndex, DocumentRecord, DraftClaim, Entity, EntityIndex, Evidence, Origin,
};
use crate::inspect::fold;
use crate::ontology::{ClassSet, TopClass};
use crate::resolve::key_of_name;
use crate::span::CharSpan;

/// A fact whose ends are found.
pub(super) struct Placed<'c> {
    fact: &'c Line<Fact>,
    head: EntityIndex,
    tail: EntityIndex,
    speaker: Option<EntityIndex>,
}

impl<'c> Work<'c> {
    /// Finds the ends of a fact, or makes those that nothing is called like.
    pub(super) fn place(&mut self, fact: &'c Line<Fact>) -> Option<Placed<'c>> {
        let property = self.ontology.schema.property(fact.what.property);
        let (domain, range) = (property.domain, property.range);
        let anyone = TopClass::ALL.into_iter().collect();
        let head = self.end(fact.line, &fact.what.head, domain, "head-class")?;
        let tail = self.end(fact.line, &fact.what.tail, range, "tail-class")?;
        let speaker = match &fact.what.speaker {
            None => None,
            Some(named) => Some(self.end(fact.line, named, anyone, "said-by-class")?),
        };
        Some(Placed { fact, head, tail, speaker })
    }

    fn end(
        &mut self,
        line: usize,
        named: &Named,
        allowed: ClassSet,
        option: &str,
    ) -> Option<EntityIndex> {
        let renamed = self
            .corrections
            .renames
            .iter()
            .find(|one| fold(&one.what.to) == fold(&named.name))
            .map(|one| &one.what.entity);
        let found = match (self.finder.find(named, &self.draft), renamed) {
            (Found::None, Some(before)) => self.finder.find(before, &self.draft),
            (found, _) => found,
        };
        match found {
            Found::Entities(found) => match found.len() {
                1 => {
                    let index = found.first().copied()?;
                    self.as_made(index, named, allowed);
                    Some(index)
                }
                _ => {
                    let keys = found
                        .iter()
                        .filter_map(|index| Some(self.draft.entity(*index)?.key.clone()))
                        .collect();
                    self.ambiguous(line, &named.name, keys);
                    None
                }
            },
            Found::Ambiguous(keys) => {
                self.ambiguous(line, &named.name, keys);
                None
            }
            Found::None => self.new_entity(line, named, allowed, option),
        }
    }

    /// What an entity is that only facts name, or why that cannot be told.
    fn made(&self, named: &Named, allowed: ClassSet, option: &str) -> Result<Entity, String> {
        let gazetteer = &self.ontology.gazetteer;
        let fits = |class| match named.class {
            Some(wanted) => wanted.class == class,
            None => allowed.contains(class),
        };
        let words = named.name.split_whitespace();
        let known = gazetteer
            .longest_match(words.clone())
            .filter(|found| found.words == words.count())
            .and_then(|found| found.entries.into_iter().find(|id| fits(gazetteer.entry(*id).class)))
            .map(|id| gazetteer.entry(id));
        if let Some(known) = known {
            let aliases = Some(named.name.clone()).filter(|name| *name != known.name);
            let item = known.wikidata.iter();
            return Ok(Entity {
                key: known.id.clone(),
                class: known.class,
                subclass: known.subclass,
                name: known.name.clone(),
                aliases: aliases.into_iter().collect(),
                same_as: item.map(|id| format!("http://www.wikidata.org/entity/{id}")).collect(),
                mentions: Vec::new(),
            });
        }
        let mut classes = allowed.iter();
        let only = classes.next().filter(|_| classes.next().is_none());
        let class = named.class.map(|one| one.class).or(only).ok_or_else(|| {
            format!(
                "nothing is called {:?}, and it may be of several classes; say which with \
                 {option}, or correct the name",
                named.name
            )
        })?;
        Ok(Entity {
            key: key_of_name(class, &named.name),
            class,
            subclass: named.class.and_then(|one| one.subclass),
            name: named.name.clone(),
            aliases: Vec::new(),
            same_as: Vec::new(),
            mentions: Vec::new(),
        })
    }

    fn new_entity(
        &mut self,
        line: usize,
        named: &Named,
        allowed: ClassSet,
        option: &str,
    ) -> Option<EntityIndex> {
        let entity = match self.made(named, allowed, option) {
            Ok(entity) => entity,
            Err(message) => {
                self.unmatched(line, message);
                return None;
            }
        };
        if let Some(index) = self.finder.key(&entity.key) {
            return Some(index);
        }
        let index = self.draft.add_entity(entity);
        if let Some(entity) = self.draft.entity(index) {
            self.finder.add(index, entity, &self.set_apart);
        }
        Some(index)
    }

    /// An entity whose documents went, and which facts still name, is what they make of it.
    fn as_made(&mut self, index: EntityIndex, named: &Named, allowed: ClassSet) {
        if let Ok(made) = self.made(named, allowed, "")
            && let Some(entity) = self.draft.entity_mut(index)
            && entity.mentions.is_empty()
            && entity.key == made.key
        {
            *entity = made;
        }
    }

    /// Adds the facts. One that stood in a record of its own and is now found in a document
    /// stands there only.
    pub(super) fn state(&mut self, placed: Vec<Placed<'c>>) {
        let own: BTreeSet<String> =
            self.corrections.facts.iter().map(|fact| own_record(&fact.what).id).collect();
        let is_own = |record: &Option<DocumentRecord>| {
            record.as_ref().is_some_and(|record| own.contains(&record.id))
        };
        let stale: Vec<bool> = self.draft.documents.iter().map(is_own).collect();
        for claim in &mut self.draft.claims {
            claim
                .evidence
                .retain(|one| one.origin != Origin::Human || !stale[one.document.0 as usize]);
        }
        let mut used = vec![false; stale.len()];
        for mention in self.draft.entities.iter().flatten().flat_map(|entity| &entity.mentions) {
            used[mention.document.0 as usize] = true;
        }
        for evidence in self.draft.claims.iter().flat_map(|claim| &claim.evidence) {
            used[evidence.document.0 as usize] = true;
        }
        for (at, stale) in stale.into_iter().enumerate() {
            if stale && !used[at] {
                self.draft.documents[at] = None;
            }
        }
        for one in placed {
            self.state_one(one, &own);
        }
    }

    fn state_one(&mut self, placed: Placed<'c>, own: &BTreeSet<String>) {
        let Placed { fact: Line { line, what: fact }, head, tail, speaker } = placed;
        let (head, tail) = (self.root(head), self.root(tail));
        // Sentences of other facts from there are no text of it.
        let mut cited = self.documents_called(&fact.document);
        cited.retain(|index| {
            let record = self.draft.documents[index.0 as usize].as_ref();
            record.is_some_and(|record| !own.contains(&record.id))
        });
        let standing = cited.iter().find_map(|index| {
            let record = self.draft.documents.get(index.0 as usize)?.as_ref()?;
            Some((*index, position(record.text.as_deref()?, &fact.sentence)?))
        });
        let has_text = cited.iter().any(|index| {
            self.draft.documents[index.0 as usize].as_ref().is_some_and(|one| one.text.is_some())
        });
        let (document, start) = match standing {
            Some(found) => found,
            None if has_text => {
                return self.unmatched(
                    *line,
                    format!(
                        "{:?} has no such sentence; quote it exactly as it stands there",
                        fact.document
                    ),
                );
            }
            None => (self.draft.add_document(own_record(fact)), 0),
        };
        let names = |index: EntityIndex, typed: &str| {
            let entity = self.draft.entity(index);
            let known =
                entity.into_iter().flat_map(|one| std::iter::once(&one.name).chain(&one.aliases));
            let names = std::iter::once(typed).chain(known.map(String::as_str));
            names.filter_map(|name| within(&fact.sentence, name, start)).next()
        };
        let evidence = Evidence {
            document,
            quote: fact.sentence.as_str().into(),
            sentence: CharSpan { start, end: start + length(&fact.sentence) },
            head: names(head, &fact.head.name),
            tail: names(tail, &fact.tail.name),
            cue: None,
            role: fact.role.as_deref().map(Into::into),
            polarity: fact.polarity,
            modality: fact.modality,
            attributed_to: speaker.map(|speaker| self.root(speaker)),
            date: fact.date.as_deref().map(Into::into),
            origin: Origin::Human,
            confidence: Confidence::CERTAIN,
        };
        let class = |index: EntityIndex| self.draft.entity(index).map(|entity| entity.class);
        match (class(head), class(tail)) {
            (Some(a), Some(b)) if !self.ontology.schema.allows(fact.property, a, b) => {
                let name = &self.ontology.schema.property(fact.property).name;
                self.unmatched(
                    *line,
                    format!(
                        "{name} may not lead from {} to {}; choose another relation, or retype",
                        a.name(),
                        b.name()
                    ),
                );
            }
            (Some(_), Some(_)) => self.draft.claims.push(DraftClaim {
                head,
                property: fact.property,
                tail,
                evidence: vec![evidence],
            }),
            _ => {
                self.unmatched(*line, "an end of the fact is dropped by another correction".into())
            }
        }
    }

    /// The documents of this address, title or id.
    pub(super) fn documents_called(&self, typed: &str) -> Vec<DocumentIndex> {
        let wanted = fold(typed);
        let fits = |record: &DocumentRecord| {
            record.id == typed
                || record.source.uri.as_deref() == Some(typed)
                || record.source.title.as_deref().is_some_and(|title| fold(title) == wanted)
        };
        let records = self.draft.documents.iter().enumerate();
        records
            .filter(|(_, record)| record.as_ref().is_some_and(fits))
            .map(|(at, _)| DocumentIndex(at as u32))
            .collect()
    }
}

/// Where the text of a sentence that is in no document of the graph stands.
fn own_record(fact: &Fact) -> DocumentRecord {
    let is_address = fact.document.contains("://");
    let uri = Some(fact.document.clone()).filter(|_| is_address);
    DocumentRecord {
        id: document_id(uri.as_deref(), &fact.sentence),
        source: Source {
            uri,
            title: fact.title.clone().or((!is_address).then(|| fact.document.clone())),
            publisher: fact.publisher.clone(),
            published: fact.published.clone(),
            language: None,
        },
        text: Some(fact.sentence.clone()),
    }
}

fn length(text: &str) -> u32 {
    text.chars().count() as u32
}

/// The code point at which `part` begins.
fn position(text: &str, part: &str) -> Option<u32> {
    let at = text.find(part)?;
    Some(length(text.get(..at)?))
}

/// Where a name stands in a sentence that begins at `start`.
fn within(sentence: &str, name: &str, start: u32) -> Option<CharSpan> {
    if name.is_empty() {
        return None;
    }
    let at = start + position(sentence, name)?;
    Some(CharSpan { start: at, end: at + length(name) })
}
