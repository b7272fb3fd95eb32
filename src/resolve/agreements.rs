//! Which mentions of agreements in one document are one agreement.

use std::collections::HashMap;

use super::cluster::Join;
use crate::extract::agreement_fit;
use crate::ontology::TopClass;
use crate::statement::MentionForm;
use crate::token::{Case, Token, TokenKind};

/// How many words may stand between two names of one agreement ("also known as the").
const ALIAS_REACH: usize = 6;

impl Join<'_> {
    /// Descriptions of one agreement share their content words; "the deal" is the one told of
    /// before that fits it best. Returns the mentions that name nothing.
    pub(super) fn agreements(&mut self) -> Vec<bool> {
        let mut left_out = vec![false; self.mentions.len()];
        let mut described: Vec<usize> = Vec::new();
        // How often each has been spoken of, by root.
        let mut times: HashMap<usize, usize> = HashMap::new();
        for (at, left_out) in left_out.iter_mut().enumerate() {
            let mention = &self.mentions[at];
            if mention.class != TopClass::Agreement || mention.stands_for.is_some() {
                continue;
            }
            let alias = self.alias_of(at, &described);
            let told_before = if alias.is_some() {
                if mention.form == MentionForm::Name {
                    described.push(at);
                }
                alias
            } else if mention.form == MentionForm::Nominal || self.is_vague(at) {
                let best = self.best_fit(at, &described, &times);
                match mention.form {
                    MentionForm::Nominal => *left_out = best.is_none(),
                    _ => described.push(at),
                }
                best
            } else {
                let same = self.same(at, &described).or_else(|| {
                    let undated: Vec<usize> =
                        described.iter().copied().filter(|&other| !self.is_dated(other)).collect();
                    self.is_told_by_its_date(at).then(|| self.best_fit(at, &undated, &times))?
                });
                described.push(at);
                same
            };
            if let Some(other) = told_before {
                self.unite_unless_known_apart(other, at);
            }
            let root = self.root(at);
            *times.entry(root).or_default() += 1;
        }
        for at in 0..self.mentions.len() {
            if self.mentions[at].stands_for.is_some() {
                left_out[at] = left_out[self.root(at)];
            }
        }
        left_out
    }

    /// Of those described before, the one that "the deal" at `at` stands for: by its words, then
    /// as the one spoken of most, then as the last.
    fn best_fit(
        &mut self,
        at: usize,
        described: &[usize],
        times: &HashMap<usize, usize>,
    ) -> Option<usize> {
        let head = self.words(at).last()?;
        let is_capital = |token: &Token| token.case != Case::Lower;
        let mut best = None;
        for (order, &other) in described.iter().enumerate() {
            let (kind, subclass) = (self.mentions[at].subclass, self.mentions[other].subclass);
            let words = self.words(other);
            let fit = agreement_fit(&head.lower, kind, words, subclass, self.ontology);
            let same_case = fit == 3 && is_capital(head) == words.last().is_some_and(is_capital);
            let often = times.get(&self.root(other)).copied().unwrap_or_default();
            let rank = (fit, same_case, often, order);
            if fit > 0 && best.is_none_or(|(known, _)| known < rank) {
                best = Some((rank, other));
            }
        }
        best.map(|(_, other)| other)
    }

    /// "The new treaty": nothing in it tells it from others, and it is taken for granted.
    fn is_vague(&self, at: usize) -> bool {
        let bare = self.ontology.lexicon.list("generic_agreement_heads");
        let determiners = self.ontology.lexicon.list("definite_determiners");
        let start = self.mentions[at].tokens.start;
        let before = start.checked_sub(1).map(|before| &*self.tokens[before].lower);
        self.words(at).len() > 1
            && self.words(at).iter().all(|token| bare.contains(&token.lower))
            && before.is_some_and(|before| determiners.contains(before))
    }

    /// "The October 3 truce": its day alone tells it from others, and it is taken for granted.
    fn is_told_by_its_date(&self, at: usize) -> bool {
        let heads = self.ontology.lexicon.list("agreement_heads");
        let determiners = self.ontology.lexicon.list("definite_determiners");
        let start = self.mentions[at].tokens.start;
        let before = start.checked_sub(1).map(|before| &*self.tokens[before].lower);
        self.is_dated(at)
            && self.content(at).iter().all(|word| self.tells_a_day(word) || heads.contains(word))
            && before.is_some_and(|before| determiners.contains(before))
    }

    fn is_dated(&self, at: usize) -> bool {
        self.content(at).iter().any(|word| self.tells_a_day(word))
    }

    fn tells_a_day(&self, word: &str) -> bool {
        self.ontology.lexicon.list("calendar").contains(word)
            || word.chars().all(|c| c.is_ascii_digit())
    }

    /// The first described before whose content words hold those of this one, or are held by
    /// them.
    fn same(&self, at: usize, described: &[usize]) -> Option<usize> {
        let words = self.content(at);
        let holds = |known: &[String]| {
            let (small, large): (&[String], &[String]) =
                if known.len() < words.len() { (known, &words) } else { (&words, known) };
            !small.is_empty() && small.iter().all(|word| large.contains(word))
        };
        described.iter().copied().find(|&other| holds(&self.content(other)))
    }

    /// "the Treaty of Lisbon, also known as the Reform Treaty"; "the Protocol, a transit
    /// agreement".
    fn alias_of(&self, at: usize, described: &[usize]) -> Option<usize> {
        let &other = described.last()?;
        let gap = self.mentions[other].tokens.end..self.mentions[at].tokens.start;
        let gap = self.tokens.get(gap).filter(|gap| gap.len() <= ALIAS_REACH)?;
        let cues = self.ontology.lexicon.list("alias_cues");
        let is_apposition = matches!(gap, [comma, article]
            if &*comma.lower == "," && matches!(&*article.lower, "a" | "an"));
        let is_alias = gap.iter().any(|token| cues.contains(&token.lower)) || is_apposition;
        is_alias.then_some(other)
    }

    /// The words of an agreement's mention that tell it from others: of what is said of it around
    /// its head, the names.
    fn content(&self, at: usize) -> Vec<String> {
        let heads = self.ontology.lexicon.list("agreement_heads");
        let bare = self.ontology.lexicon.list("generic_agreement_heads");
        let words: Vec<&Token> = self
            .words(at)
            .iter()
            .filter(|token| token.kind != TokenKind::Mark && &*token.lower != "of")
            .collect();
        let mention = &self.mentions[at];
        let inside = |token: &&Token| {
            token.span.start >= mention.span.start && token.span.end <= mention.span.end
        };
        let before = self.tokens[..mention.tokens.start].iter().rev().take_while(inside);
        let behind = self.tokens[mention.tokens.end..].iter().take_while(inside);
        let around = before.chain(behind).filter(|token| token.case != Case::Lower);
        let specific: Vec<String> = words
            .iter()
            .copied()
            .chain(around)
            .filter(|token| !bare.contains(&token.lower))
            .map(|token| token.lower.to_string())
            .collect();
        if specific.is_empty() {
            words
                .iter()
                .filter(|token| heads.contains(&token.lower))
                .map(|token| token.lower.to_string())
                .collect()
        } else {
            specific
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::extract::extract;
    use crate::ontology::{Ontology, TopClass};
    use crate::resolve::{KeepApart, resolve};
    use crate::rules::RuleSet;

    /// The agreements of a text, each with how often it is spoken of.
    fn agreements(text: &str) -> Vec<String> {
        let ontology = Ontology::builtin();
        let rules = RuleSet::compile(ontology).expect("the rules compile");
        let document = Document::prose(text);
        let extraction = extract(&document, ontology, &rules);
        resolve(&document, &extraction, ontology, &KeepApart::default())
            .candidates
            .iter()
            .filter(|one| one.class == TopClass::Agreement)
            .map(|one| format!("{} {}", one.name, one.mentions.len()))
            .collect()
    }

    #[test]
    fn the_deal_is_the_one_that_fits_best() {
        for (text, expected) in [
            (
                "Peru signed the Lake Accords. They follow the Outer Space Treaty. The Accords are old.",
                &["Lake Accords 2", "Outer Space Treaty 1"][..],
            ),
            (
                "The Treaty of Lisbon is long. Lawyers cite the Treaty of Rome. Both like the Treaty of \
                 Lisbon. Peru rejected the treaty.",
                &["Treaty of Lisbon 3", "Treaty of Rome 1"],
            ),
            ("A fisheries deal failed. The latest deal was bad.", &["fisheries deal 2"]),
            (
                "A fisheries deal failed. A new deal was signed with Peru.",
                &["fisheries deal 1", "new deal 1"],
            ),
        ] {
            assert_eq!(agreements(text), expected, "{text}");
        }
    }

    #[test]
    fn other_names_and_other_sides_tell_agreements_apart_or_join_them() {
        for (text, expected) in [
            (
                "The Treaty of Suva, also known as the Fish Treaty, holds.",
                &["Treaty of Suva 2"][..],
            ),
            ("Peru left the Suva Protocol, a transit agreement.", &["Suva Protocol 2"]),
            (
                "The US-Chile trade deal and the UK-EU trade deal differ.",
                &["US-Chile trade deal 1", "UK-EU trade deal 1"],
            ),
        ] {
            assert_eq!(agreements(text), expected, "{text}");
        }
    }
}
