//! The words of a document with what the search for names asks of them: which may be part of a
//! name, which are titles or known names, how far a run of capitals goes.

use std::collections::HashSet;

use crate::ontology::{NameMatch, Ontology};
use crate::token::{Case, Token, TokenKind, Tokens};

use super::{person, phrases};

/// The words of a document with what the scan asks of them.
pub struct Words<'d> {
    pub text: &'d str,
    pub tokens: &'d [Token],
    pub ontology: &'d Ontology,
    /// For each token, whether it can be part of a name.
    capital: Vec<bool>,
    /// Whether it opens a sentence or quotation with a word that is otherwise lower-case.
    pub doubtful: Vec<bool>,
    /// Of the doubtful ones, those that this document has in lower case.
    pub seen_lower: Vec<bool>,
}

impl<'d> Words<'d> {
    pub fn new(text: &'d str, tokens: &'d Tokens, taken: &[bool], ontology: &'d Ontology) -> Self {
        let lexicon = &ontology.lexicon;
        let common = lexicon.list("common_words");
        let function = lexicon.list("sentence_openers");
        let lower_here: HashSet<&str> = tokens
            .tokens
            .iter()
            .filter(|token| token.case == Case::Lower && token.kind == TokenKind::Word)
            .map(|token| &*token.lower)
            .collect();
        let mut capital = vec![false; tokens.tokens.len()];
        let mut doubtful = vec![false; tokens.tokens.len()];
        let mut seen_lower = doubtful.clone();
        for sentence in &tokens.sentences {
            let words = &tokens.tokens[sentence.tokens.clone()];
            let shouted = is_shouted(words);
            for (offset, token) in words.iter().enumerate() {
                let at = sentence.tokens.start + offset;
                if token.kind != TokenKind::Word || token.case == Case::Lower || taken[at] {
                    continue;
                }
                let function_word = token.case == Case::Capital
                    && (function.contains(&token.lower) || &*token.lower == "i");
                if function_word || &*token.lower == "'s" || shouted {
                    continue;
                }
                if is_of_an_address(text, token) || is_money(text, token) {
                    continue;
                }
                capital[at] = true;
                let opens = offset == 0
                    || matches!(
                        words[offset - 1].span.of(text),
                        "\"" | "“" | "‘" | ":" | "*" | "(" | "•"
                    );
                let here = lower_here.contains(&*token.lower);
                doubtful[at] =
                    token.case == Case::Capital && opens && (here || common.contains(&token.lower));
                seen_lower[at] = doubtful[at] && here;
            }
        }
        Self { text, tokens: &tokens.tokens, ontology, capital, doubtful, seen_lower }
    }

    /// Words without the tables that only the scan itself needs.
    pub fn plain(text: &'d str, tokens: &'d [Token], ontology: &'d Ontology) -> Self {
        Self {
            text,
            tokens,
            ontology,
            capital: Vec::new(),
            doubtful: Vec::new(),
            seen_lower: Vec::new(),
        }
    }

    pub fn is_capital(&self, at: usize) -> bool {
        self.capital.get(at).copied().unwrap_or(false)
    }

    pub fn is_first_name(&self, at: usize) -> bool {
        let list = self.ontology.lexicon.list("first_names");
        let surface = self.tokens[at].span.of(self.text);
        list.contains(surface)
            || surface.split('-').next().is_some_and(|part| part.len() > 2 && list.contains(part))
    }

    pub fn is_surname(&self, at: usize) -> bool {
        self.ontology.lexicon.list("surnames").contains(self.tokens[at].span.of(self.text))
    }

    /// Where a name that began before `at` must end at the latest: before a title or the
    /// name of a person ("Madison" of "James Madison University" is none).
    pub fn name_stop(&self, at: usize, end: usize) -> usize {
        let heads = self.ontology.lexicon.list("org_heads");
        (at.max(1)..end)
            .find(|&at| {
                self.title_length(at, end) > 0
                    || (self.is_first_name(at)
                        && self.is_capital(at + 1)
                        && at + 1 < end
                        && (!heads.contains(&self.tokens[at + 1].lower)
                            || heads.contains(&self.tokens[at - 1].lower)))
            })
            .unwrap_or(end)
    }

    /// The end of the unbroken run of capitalised words at `at` ("AT & T" included).
    pub fn capital_run(&self, at: usize, end: usize) -> usize {
        let mut reached = at;
        while reached < end {
            let joined = &*self.tokens[reached].lower == "&"
                && reached > at
                && self.is_capital(reached + 1)
                && reached + 1 < end;
            if self.is_capital(reached) || joined {
                reached += 1;
            } else {
                break;
            }
        }
        reached
    }

    /// Whether a title begins at `at`, all of it capitalised.
    pub fn is_title(&self, at: usize, end: usize) -> bool {
        self.title_length(at, end) > 0
    }

    pub fn title_length(&self, at: usize, end: usize) -> usize {
        let list = &self.ontology.lexicon;
        let end = end.min(self.tokens.len());
        match phrases::listed(list, "titles_before_name", self.tokens, at, end) {
            Some((length, _)) => length,
            None => 0,
        }
    }

    /// Whether the words may go on an organization's name after "and": nothing known, no
    /// head word of their own, no person.
    pub fn continues_a_name(&self, start: usize, end: usize) -> bool {
        let heads = self.ontology.lexicon.list("org_heads");
        self.known(start, end).is_none()
            && !self.tokens[start..end].last().is_some_and(|last| heads.contains(&last.lower))
            && !person::looks_like(self, start, end)
    }

    /// The gazetteer's longest name at `at`, not going over `end`.
    pub fn known(&self, at: usize, end: usize) -> Option<NameMatch> {
        let words = self.tokens[at..end].iter().map(|token| token.span.of(self.text));
        self.ontology.gazetteer.longest_match(words)
    }
}

/// "PressOffice@example.org", "@POTUS".
fn is_of_an_address(text: &str, token: &Token) -> bool {
    let (start, end) = (token.span.start as usize, token.span.end as usize);
    text[end..].starts_with('@') || text[..start].ends_with('@')
}

/// "US$", "HK$".
fn is_money(text: &str, token: &Token) -> bool {
    text[token.span.end as usize..].starts_with(['$', '€', '£', '¥'])
}

/// A sentence in capitals says nothing about names by its capitals.
fn is_shouted(words: &[Token]) -> bool {
    let letters = words.iter().filter(|token| token.kind == TokenKind::Word);
    let (mut upper, mut all) = (0, 0);
    for token in letters {
        all += 1;
        upper += usize::from(token.case == Case::Upper);
    }
    all > 4 && upper * 5 > all * 4
}
