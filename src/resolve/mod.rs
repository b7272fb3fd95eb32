//! Decides inside one document which mentions name the same entity, and what its key is.
//!
//! One node per entity: by gazetteer entry, by equal surface, by surname, by acronym, by
//! alias list in brackets, by the core of a name. Similar spelling alone never joins two.

mod cluster;
mod key;
mod surface;

use crate::document::Document;
use crate::extract::Extraction;
use crate::graph::MentionForm;
use crate::mention::MentionId;
use crate::ontology::{Ontology, SubclassId, TopClass};

/// An entity of one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    pub key: String,
    pub class: TopClass,
    pub subclass: Option<SubclassId>,
    /// The fullest proper form in the text.
    pub name: String,
    /// Every distinct surface, sorted, without the name.
    pub aliases: Vec<String>,
    pub same_as: Vec<String>,
    pub mentions: Vec<MentionId>,
    /// Whether it is named as itself somewhere, not only as an adjective or inside another
    /// name: what is not is kept only where a claim needs it.
    pub stands_alone: bool,
}

/// The entities of a document, and which of them each mention names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resolution {
    pub candidates: Vec<Candidate>,
    /// By mention; `None` for a bare "the deal" that nothing before explains.
    pub of_mention: Vec<Option<usize>>,
}

/// Groups the mentions of a document.
pub fn resolve(document: &Document, extraction: &Extraction, ontology: &Ontology) -> Resolution {
    let text = document.text();
    let clusters = cluster::cluster(text, extraction, ontology);
    let mut resolution =
        Resolution { candidates: Vec::new(), of_mention: vec![None; extraction.mentions.len()] };
    for members in clusters {
        let candidate = candidate(document, extraction, &members, ontology);
        for member in &members {
            resolution.of_mention[*member] = Some(resolution.candidates.len());
        }
        resolution.candidates.push(candidate);
    }
    key::separate(&mut resolution.candidates);
    resolution
}

fn candidate(
    document: &Document,
    extraction: &Extraction,
    members: &[usize],
    ontology: &Ontology,
) -> Candidate {
    let text = document.text();
    let mentions = || members.iter().map(|&at| &extraction.mentions[at]);
    let surfaces = |keep: &dyn Fn(&crate::mention::Mention) -> bool| {
        let mut all: Vec<(usize, String)> = mentions()
            .filter(|mention| keep(mention))
            .map(|mention| (mention.tokens.len(), surface::shown(mention.span.of(text))))
            .collect();
        // The fullest, then the earliest in the text: the sort is stable.
        all.sort_by_key(|(words, surface)| {
            (std::cmp::Reverse(*words), std::cmp::Reverse(surface.chars().count()))
        });
        all
    };
    let proper = surfaces(&|mention| mention.form == MentionForm::Name && !mention.demonym);
    let named = surfaces(&|mention| mention.form == MentionForm::Name);
    let entry = mentions().find_map(|mention| mention.entry);
    let known = entry.map(|entry| ontology.gazetteer.entry(entry));
    let name = proper
        .first()
        .or(named.first())
        .map(|(_, surface)| surface.clone())
        .or_else(|| known.map(|known| known.name.clone()))
        .unwrap_or_else(|| {
            mentions().next().map_or(String::new(), |one| surface::shown(one.span.of(text)))
        });
    let mut aliases: Vec<String> = named.into_iter().map(|(_, surface)| surface).collect();
    aliases.sort();
    aliases.dedup();
    aliases.retain(|alias| *alias != name);
    let class = known.map_or_else(|| extraction.mentions[members[0]].class, |known| known.class);
    let subclass = known
        .and_then(|known| known.subclass)
        .or_else(|| mentions().find_map(|mention| mention.subclass));
    let same_as = known
        .and_then(|known| known.wikidata.as_ref())
        .map(|item| format!("http://www.wikidata.org/entity/{item}"))
        .into_iter()
        .collect();
    Candidate {
        key: key::key(document, class, &name, known, ontology),
        class,
        subclass,
        name,
        aliases,
        same_as,
        mentions: members.iter().map(|&at| MentionId(at as u32)).collect(),
        stands_alone: !proper.is_empty(),
    }
}
