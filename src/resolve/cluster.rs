//! Joins the mentions of one document that name one entity.

use std::collections::HashMap;

use super::apart::KeepApart;
use super::surface::{core, folded};
use crate::extract::Extraction;
use crate::mention::Mention;
use crate::ontology::{EntryId, Ontology, TopClass};
use crate::statement::MentionForm;
use crate::token::{Case, Token, TokenKind, initials};

/// The mentions of each entity, in order of first mention.
pub fn cluster(
    text: &str,
    extraction: &Extraction,
    ontology: &Ontology,
    apart: &KeepApart,
) -> Vec<Vec<usize>> {
    let mut join = Join {
        text,
        tokens: &extraction.tokens.tokens,
        mentions: &extraction.mentions,
        ontology,
        parent: (0..extraction.mentions.len()).collect(),
        entry: extraction.mentions.iter().map(|mention| mention.entry).collect(),
        apart: match apart.is_empty() {
            true => Vec::new(),
            false => {
                let names = extraction.mentions.iter();
                names.map(|mention| apart.places(mention.span.of(text)).to_vec()).collect()
            }
        },
    };
    join.stand_ins();
    join.by_entry_and_surface();
    join.alias_lists();
    join.persons();
    join.organizations();
    let left_out = join.agreements();
    let mut by_root: HashMap<usize, usize> = HashMap::new();
    let mut clusters: Vec<Vec<usize>> = Vec::new();
    for (at, left_out) in left_out.into_iter().enumerate() {
        if left_out {
            continue;
        }
        let root = join.root(at);
        let cluster = *by_root.entry(root).or_insert_with(|| {
            clusters.push(Vec::new());
            clusters.len() - 1
        });
        clusters[cluster].push(at);
    }
    clusters
}

pub(super) struct Join<'d> {
    text: &'d str,
    pub(super) tokens: &'d [Token],
    pub(super) mentions: &'d [Mention],
    pub(super) ontology: &'d Ontology,
    parent: Vec<usize>,
    /// The gazetteer entry of a cluster, at its root.
    entry: Vec<Option<EntryId>>,
    /// What a person keeps each cluster apart from, at its root; empty where nothing is.
    apart: Vec<Vec<(usize, usize)>>,
}

impl<'d> Join<'d> {
    pub(super) fn root(&mut self, at: usize) -> usize {
        let mut root = at;
        while self.parent[root] != root {
            root = self.parent[root];
        }
        self.parent[at] = root;
        root
    }

    /// Joins two mentions of one class. The earlier root stays, so order does not matter.
    pub(super) fn unite(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if a != b && self.mentions[a].class == self.mentions[b].class && !self.kept_apart(a, b) {
            if !self.apart.is_empty() {
                let places = std::mem::take(&mut self.apart[a.max(b)]);
                self.apart[a.min(b)].extend(places);
            }
            self.parent[a.max(b)] = a.min(b);
            self.entry[a.min(b)] = self.entry[a.min(b)].or(self.entry[a.max(b)]);
        }
    }

    /// Whether a person keeps two roots apart.
    fn kept_apart(&self, a: usize, b: usize) -> bool {
        !self.apart.is_empty() && KeepApart::parts(&self.apart[a], &self.apart[b])
    }

    fn surface(&self, at: usize) -> &'d str {
        self.mentions[at].span.of(self.text)
    }

    pub(super) fn words(&self, at: usize) -> &'d [Token] {
        &self.tokens[self.mentions[at].tokens.clone()]
    }

    /// The roots of one class, in order.
    fn roots(&mut self, class: TopClass) -> Vec<usize> {
        (0..self.mentions.len())
            .filter(|&at| self.mentions[at].class == class && self.root(at) == at)
            .collect()
    }

    /// Pronouns and definite nouns go with what they stand for.
    fn stand_ins(&mut self) {
        if self.mentions.iter().all(|mention| mention.stands_for.is_none()) {
            return;
        }
        let mut by_start: HashMap<usize, usize> = HashMap::new();
        for (at, mention) in self.mentions.iter().enumerate() {
            by_start.entry(mention.tokens.start).or_insert(at);
        }
        for at in 0..self.mentions.len() {
            let antecedent = self.mentions[at].stands_for.map(|stand_in| stand_in.antecedent);
            if let Some(&name) = antecedent.and_then(|start| by_start.get(&start)) {
                // What stands for a name is never the root, though the name may stand behind it.
                let name = self.root(name);
                if self.mentions[name].class == self.mentions[at].class {
                    self.parent[at] = name;
                }
            }
        }
    }

    fn by_entry_and_surface(&mut self) {
        let mut by_entry: HashMap<EntryId, usize> = HashMap::new();
        let mut by_surface: HashMap<(TopClass, String), usize> = HashMap::new();
        for at in 0..self.mentions.len() {
            let mention = &self.mentions[at];
            if mention.form != MentionForm::Name && mention.entry.is_none() {
                continue;
            }
            if let Some(entry) = mention.entry {
                let first = *by_entry.entry(entry).or_insert(at);
                self.unite(first, at);
                if mention.demonym || mention.form != MentionForm::Name {
                    continue;
                }
            }
            let key = (mention.class, folded(self.surface(at)));
            let first = *by_surface.entry(key).or_insert(at);
            self.unite(first, at);
        }
    }

    /// "Joint Implementation Center (JIC)", "Islamic State (IS, formerly ISIS/ISIL or
    /// Daesh)": names in brackets directly behind a name are its aliases.
    fn alias_lists(&mut self) {
        let aliases = self.ontology.lexicon.list("alias_list_words");
        for at in 0..self.mentions.len() {
            let class = self.mentions[at].class;
            if !matches!(class, TopClass::Organization | TopClass::Agreement) {
                continue;
            }
            let open = self.mentions[at].tokens.end;
            if self.tokens.get(open).is_none_or(|token| &*token.lower != "(") {
                continue;
            }
            let Some(length) =
                self.tokens[open..].iter().take(24).position(|token| &*token.lower == ")")
            else {
                continue;
            };
            let inside = open + 1..open + length;
            let only_names = self.tokens[inside.clone()].iter().all(|token| {
                token.case != Case::Lower
                    || token.kind == TokenKind::Mark
                    || aliases.contains(&token.lower)
            });
            if !only_names {
                continue;
            }
            let inner: Vec<usize> = (0..self.mentions.len())
                .filter(|&other| {
                    self.mentions[other].class == class
                        && inside.contains(&self.mentions[other].tokens.start)
                })
                .collect();
            for other in inner {
                self.unite(at, other);
            }
        }
    }

    /// A surname, a first name alone, or a shorter form joins the fuller name that holds it:
    /// the last one met before it, else the only one.
    fn persons(&mut self) {
        let suffixes = self.ontology.lexicon.list("name_suffixes");
        let roots = self.roots(TopClass::Person);
        let names: Vec<(usize, Vec<String>)> = roots
            .iter()
            .map(|&at| {
                let folded = folded(self.surface(at));
                let mut words: Vec<String> = folded.split(' ').map(str::to_owned).collect();
                while words.len() > 1 && words.last().is_some_and(|word| suffixes.contains(word)) {
                    words.pop();
                }
                (at, words)
            })
            .collect();
        for (at, short) in &names {
            let fuller = |words: &[String]| words.len() > short.len() && short_of(short, words);
            let candidates: Vec<usize> = names
                .iter()
                .filter(|(other, words)| other != at && fuller(words))
                .map(|(other, _)| *other)
                .collect();
            let best = match candidates.as_slice() {
                [] => continue,
                [only] => *only,
                several => {
                    // Several bearers: those whose surname it is, then the last one before.
                    let surname: Vec<usize> = several
                        .iter()
                        .copied()
                        .filter(|&other| {
                            names.iter().any(|(index, words)| {
                                *index == other && words.last() == short.last()
                            })
                        })
                        .collect();
                    let pool = if surname.is_empty() { several.to_vec() } else { surname };
                    pool[0]
                }
            };
            self.unite(best, *at);
        }
    }

    /// Acronyms whose letters fit, and names with one core.
    fn organizations(&mut self) {
        let heads = self.ontology.lexicon.list("org_heads");
        let openers = self.ontology.lexicon.list("group_openers");
        let stop_words = self.ontology.lexicon.list("common_words");
        let mut by_core: HashMap<String, usize> = HashMap::new();
        let mut by_initials: HashMap<String, usize> = HashMap::new();
        for at in 0..self.mentions.len() {
            let mention = &self.mentions[at];
            if mention.class != TopClass::Organization || mention.form != MentionForm::Name {
                continue;
            }
            let words = self.words(at);
            if words.len() > 1 {
                for all in [false, true] {
                    by_initials.entry(initials(self.text, words, all)).or_insert(at);
                }
            }
            let core =
                core(self.surface(at), |word| heads.contains(word), |word| openers.contains(word));
            if core.chars().count() > 2 && !core.split(' ').all(|word| stop_words.contains(word)) {
                let first = *by_core.entry(core).or_insert(at);
                self.unite_unless_known_apart(first, at);
            }
        }
        for at in 0..self.mentions.len() {
            let words = self.words(at);
            if self.mentions[at].class == TopClass::Organization
                && self.mentions[at].form == MentionForm::Name
                && words.len() == 1
                && words[0].case == Case::Upper
            {
                let letters: String =
                    self.surface(at).chars().filter(|mark| *mark != '.').collect();
                if let Some(&long) = by_initials.get(&letters) {
                    self.unite_unless_known_apart(long, at);
                }
            }
        }
    }

    /// Two entries of the gazetteer are two things, whatever their names share.
    pub(super) fn unite_unless_known_apart(&mut self, a: usize, b: usize) {
        let (root_a, root_b) = (self.root(a), self.root(b));
        let entries = (self.entry[root_a], self.entry[root_b]);
        let apart = matches!(entries, (Some(a), Some(b)) if a != b);
        if !apart {
            self.unite(a, b);
        }
    }
}

/// "Kirby" of "John Kirby", "Jack Weil" of "Jack A. Weil", "J. Smith" of "John Smith".
pub(super) fn short_of(short: &[String], full: &[String]) -> bool {
    if let [only] = short {
        return full.last() == Some(only)
            || full.first() == Some(only)
            || full[1..].contains(only) && only.chars().count() > 3;
    }
    let first_fits = full[0] == short[0]
        || (short[0].chars().count() == 1 && full[0].starts_with(short[0].as_str()));
    first_fits && full.last() == short.last() || full.ends_with(short) || full.starts_with(short)
}
