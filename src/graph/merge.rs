//! Uniting graphs: documents by id, entities by key, claims by what they say.

use super::{Evidence, KnowledgeGraph};

impl KnowledgeGraph {
    /// Adds all of `other` of whose evidence `keep` approves. A claim without evidence left
    /// does not come in; entities and documents come all. A text that is missing here is taken
    /// from there.
    pub fn absorb(&mut self, other: &KnowledgeGraph, keep: impl Fn(&Evidence) -> bool) {
        let documents: Vec<_> =
            other.documents().map(|(_, record)| self.add_document(record.clone())).collect();
        for ((_, record), index) in other.documents().zip(&documents) {
            if self.document(*index).text.is_none()
                && let Some(text) = &record.text
            {
                self.set_text(*index, text.clone());
            }
        }
        let entities: Vec<_> = other
            .entities()
            .map(|(_, entity)| {
                let mut entity = entity.clone();
                for mention in &mut entity.mentions {
                    mention.document = documents[mention.document.0 as usize];
                }
                self.add_entity(entity)
            })
            .collect();
        for claim in other.claims() {
            let (head, tail) = (entities[claim.head.0 as usize], entities[claim.tail.0 as usize]);
            for evidence in claim.evidence.iter().filter(|evidence| keep(evidence)) {
                let mut evidence = evidence.clone();
                evidence.document = documents[evidence.document.0 as usize];
                evidence.attributed_to =
                    evidence.attributed_to.map(|speaker| entities[speaker.0 as usize]);
                self.add_evidence(claim.property, head, tail, evidence);
            }
        }
        self.foreign.extend(other.foreign.iter().cloned());
        self.foreign.sort_by_cached_key(ToString::to_string);
        self.foreign.dedup();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::confidence::Confidence;
    use crate::document::Source;
    use crate::graph::{DocumentRecord, Entity, EntityMention, MentionForm};
    use crate::graph::{Modality, Origin, Polarity};
    use crate::ontology::{PropertyId, TopClass};
    use crate::span::CharSpan;

    /// A graph of one document in which `head` stands in relation to `tail`, as `head` says.
    fn one_claim(document: &str, head: &str, tail: &str, confidence: f32) -> KnowledgeGraph {
        let mut graph = KnowledgeGraph::new();
        let document = graph.add_document(DocumentRecord {
            id: document.into(),
            source: Source::default(),
            text: Some(document.into()),
        });
        let mut add = |name: &str| {
            graph.add_entity(Entity {
                key: name.into(),
                class: TopClass::Person,
                subclass: None,
                name: name.into(),
                aliases: Vec::new(),
                same_as: Vec::new(),
                mentions: vec![EntityMention {
                    document,
                    span: CharSpan { start: 0, end: 1 },
                    form: MentionForm::Name,
                    subclass: None,
                }],
            })
        };
        let (head, tail) = (add(head), add(tail));
        let evidence = Evidence {
            document,
            quote: "q".into(),
            sentence: CharSpan { start: 0, end: 1 },
            head: None,
            tail: None,
            cue: None,
            role: None,
            polarity: Polarity::Affirmed,
            modality: Modality::Asserted,
            attributed_to: Some(head),
            date: None,
            origin: Origin::Human,
            confidence: Confidence::new(confidence).unwrap(),
        };
        graph.add_evidence(PropertyId(0), head, tail, evidence);
        graph
    }

    #[test]
    fn what_two_graphs_share_is_united() {
        let mut graph = one_claim("d1", "a", "b", 0.9);
        graph.absorb(&one_claim("d2", "b", "a", 0.9), |_| true);
        graph.absorb(&one_claim("d2", "a", "b", 0.9), |_| true);
        assert_eq!((graph.document_count(), graph.entity_count(), graph.claim_count()), (2, 2, 2));
        let claim = graph.claims().next().unwrap();
        let documents: Vec<_> =
            claim.evidence.iter().map(|one| graph.document(one.document).id.as_str()).collect();
        assert_eq!(documents, ["d1", "d2"]);
        let speaker = claim.evidence[1].attributed_to.unwrap();
        assert_eq!(graph.entity(speaker).name, "a");
        assert_eq!(graph.entity(speaker).mentions.len(), 2);
    }

    #[test]
    fn evidence_that_is_not_kept_takes_its_claim_along() {
        let mut graph = KnowledgeGraph::new();
        let sure = Confidence::new(0.5).unwrap();
        graph.absorb(&one_claim("d", "a", "b", 0.4), |evidence| evidence.confidence >= sure);
        assert_eq!((graph.entity_count(), graph.claim_count()), (2, 0));
    }
}
