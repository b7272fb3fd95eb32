//! Decides inside one document which mentions name the same entity, and what its key is.
//!
//! One node per entity: by gazetteer entry, by equal surface, by surname, by acronym, by
//! alias list in brackets, by the core of a name. Similar spelling alone never joins two.

mod agreements;
mod apart;
mod cluster;
mod key;
mod reasons;
mod surface;

pub use apart::KeepApart;
pub use key::{key_of_name, short_hash};
pub use reasons::{Reason, is_acronym, reason};
pub use surface::{folded, fullness, is_adjective, name_in_document, shown};

use crate::document::Document;
use crate::extract::Extraction;
use crate::mention::MentionId;
use crate::ontology::{Ontology, SubclassId, TopClass};
use crate::statement::MentionForm;

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

/// Groups the mentions of a document; names in `apart` are never joined.
pub fn resolve(
    document: &Document,
    extraction: &Extraction,
    ontology: &Ontology,
    apart: &KeepApart,
) -> Resolution {
    let text = document.text();
    let clusters = cluster::cluster(text, extraction, ontology, apart);
    let mut resolution =
        Resolution { candidates: Vec::new(), of_mention: vec![None; extraction.mentions.len()] };
    for members in clusters {
        let candidate = candidate(document, extraction, &members, ontology, apart);
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
    apart: &KeepApart,
) -> Candidate {
    let text = document.text();
    let mentions = || members.iter().map(|&at| &extraction.mentions[at]);
    let surfaces: Vec<(MentionForm, String)> =
        mentions().map(|mention| (mention.form, surface::shown(mention.span.of(text)))).collect();
    // A known thing is the first of the names that are kept apart; the others are other things.
    let is_other =
        surfaces.iter().any(|(_, name)| apart.places(name).iter().any(|(_, at)| *at > 0));
    let known = mentions()
        .find_map(|mention| mention.entry)
        .filter(|_| !is_other)
        .map(|entry| ontology.gazetteer.entry(entry));
    let name =
        surface::name_in_document(&surfaces, known.map(|known| known.name.as_str()), ontology);
    let mut aliases: Vec<String> = surfaces
        .into_iter()
        .filter(|(form, surface)| *form == MentionForm::Name && *surface != name)
        .map(|(_, surface)| surface)
        .collect();
    aliases.sort();
    aliases.dedup();
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
        stands_alone: mentions().any(|one| one.form == MentionForm::Name && !one.demonym),
    }
}
