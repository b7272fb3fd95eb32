//! Finds agreements: named ("Treaty of Rome", "UN Security Council Resolution 2254"),
//! described ("the September 9 cessation of hostilities agreement", "a deal to sell ships"), and
//! taken for granted ("the ceasefire").

mod extent;

use std::ops::Range;

use crate::ontology::{NameKind, Ontology, SubclassId, TopClass, WordList};
use crate::token::{Case, Sentence, Token, TokenKind, Tokens};

pub use extent::widen;

/// A mention of an agreement.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    pub tokens: Range<usize>,
    pub subclass: Option<SubclassId>,
    /// "the deal": stands for an agreement that the text has told of before.
    pub bare: bool,
    pub named: bool,
}

/// All agreements of a document, in order, none overlapping another.
pub fn find(text: &str, tokens: &Tokens, ontology: &Ontology) -> Vec<Agreement> {
    let finder = Finder::new(text, &tokens.tokens, ontology);
    let mut found: Vec<Agreement> = Vec::new();
    for sentence in &tokens.sentences {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let floor = found.last().map_or(sentence.tokens.start, |last| last.tokens.end);
            match finder.at_head(sentence, at, floor.max(sentence.tokens.start), &found) {
                Some(agreement) => {
                    at = agreement.tokens.end;
                    found.push(agreement);
                }
                None => at += 1,
            }
        }
    }
    found
}

/// How well "the deal" (`head`, of subclass `kind`) can stand for an agreement of these words
/// and subclass: 0 where it cannot.
pub fn fit(
    head: &str,
    kind: Option<SubclassId>,
    words: &[Token],
    subclass: Option<SubclassId>,
    ontology: &Ontology,
) -> u8 {
    let singular = |word: &str| word.strip_suffix('s').unwrap_or(word).to_owned();
    let of_all_kinds = ontology.lexicon.list("generic_agreement_heads").value(head) == Some("any");
    if words.iter().any(|token| singular(&token.lower) == singular(head)) {
        3
    } else if subclass == kind {
        2
    } else {
        of_all_kinds.into()
    }
}

/// How far before "a resolution" the body that passed it may stand.
const BODY_REACH: usize = 8;

/// The word lists, looked up once a document.
struct Finder<'d> {
    text: &'d str,
    tokens: &'d [Token],
    ontology: &'d Ontology,
    heads: &'d WordList,
    modifiers: &'d WordList,
    calendar: &'d WordList,
    openers: &'d WordList,
    titles: &'d WordList,
    definite: &'d WordList,
    indefinite: &'d WordList,
    brokered: &'d WordList,
}

/// What stands around a head.
struct Shape {
    tokens: Range<usize>,
    capital_head: bool,
    /// A capitalised word before the head.
    capital: bool,
    has_tail: bool,
}

impl<'d> Finder<'d> {
    fn new(text: &'d str, tokens: &'d [Token], ontology: &'d Ontology) -> Self {
        let list = |name| ontology.lexicon.list(name);
        Self {
            text,
            tokens,
            ontology,
            heads: list("agreement_heads"),
            modifiers: list("agreement_modifiers"),
            calendar: list("calendar"),
            openers: list("sentence_openers"),
            titles: list("titles_before_name"),
            definite: list("definite_determiners"),
            indefinite: list("indefinite_determiners"),
            brokered: list("agreement_brokered"),
        }
    }

    fn at_head(
        &self,
        sentence: &Sentence,
        head: usize,
        floor: usize,
        before: &[Agreement],
    ) -> Option<Agreement> {
        let (subclass, needs) = self.heads.value(&self.tokens[head].lower)?.split_once(' ')?;
        let end = sentence.tokens.end;
        if self.is_part_of_longer(head, end) {
            return None;
        }
        let capital_head = self.tokens[head].case != Case::Lower;
        let stop = self.tail(head, end, needs == "number");
        let whole = self.start(head, floor, needs);
        let start = self.behind_pair(whole, head);
        let shape = Shape {
            capital_head,
            capital: self.tokens[whole..head].iter().any(|token| token.case != Case::Lower),
            has_tail: stop > head + 1,
            tokens: start..stop,
        };
        let named = capital_head && (shape.capital || shape.has_tail);
        let broker = self.behind_broker(start).max(sentence.tokens.start);
        let before_it = broker.checked_sub(1).filter(|&at| at >= sentence.tokens.start);
        let determiner = before_it.map_or("", |at| &self.tokens[at].lower);
        let definite = self.definite.contains(determiner) || matches!(determiner, "'s" | "'");
        let determined = definite || self.indefinite.contains(determiner);
        let enough = self.is_enough(head, end, needs, &shape);
        let subclass = self.kind(head, &shape.tokens, subclass);
        if self.describes_next(stop, end) && (named || !enough) {
            return None;
        }
        let is_told = (determined || broker < start)
            && match needs {
                "any" if broker < start => true,
                "any" | "of" => self.starts_complement("agreement_complements", stop, end),
                "number" => self.is_of_body(sentence, head, stop),
                "goods" => self.is_of_goods(stop, end),
                _ => false,
            };
        let is_known = before.iter().filter(|one| !one.bare).any(|one| {
            let words = &self.tokens[one.tokens.clone()];
            fit(&self.tokens[head].lower, subclass, words, one.subclass, self.ontology) > 0
        });
        // "The agreement reached in May" is the one told of before, if any was; "the agreement
        // between" two parties need not be.
        let is_other = !definite || !is_known || start == head && self.names_parties(stop, end);
        if enough || is_told && is_other {
            let bare = !named && self.is_apposition(start, before);
            return Some(Agreement { tokens: shape.tokens, subclass, bare, named });
        }
        // What nothing told of before is taken for granted: the deal that the article is about.
        if !definite || start < head {
            return None;
        }
        (is_known || needs == "any").then_some(Agreement {
            tokens: shape.tokens,
            subclass,
            bare: is_known,
            named,
        })
    }

    /// "the Suva Protocol, a transit agreement": says what the one named right before it is.
    fn is_apposition(&self, start: usize, before: &[Agreement]) -> bool {
        before.last().filter(|last| last.named && last.tokens.end + 2 == start).is_some_and(
            |last| {
                let gap = &self.tokens[last.tokens.end..start];
                &*gap[0].lower == "," && matches!(&*gap[1].lower, "a" | "an")
            },
        )
    }

    fn word(&self, at: usize, end: usize) -> Option<&'d str> {
        (at < end).then(|| &*self.tokens[at].lower)
    }

    /// The last head of several counts ("cessation of hostilities agreement" is one); "the first
    /// agreement of its kind" names none.
    fn is_part_of_longer(&self, head: usize, end: usize) -> bool {
        let is_head = |at| self.word(at, end).is_some_and(|word| self.heads.contains(word));
        let of = self.word(head + 1, end) == Some("of");
        is_head(head + 1)
            || of && self.word(head + 2, end) == Some("hostilities") && is_head(head + 3)
            || of && self.word(head + 2, end) == Some("its")
    }

    /// Whether the head has what its line in the lexicon asks for.
    fn is_enough(&self, head: usize, end: usize, needs: &str, shape: &Shape) -> bool {
        let lexicon = &self.ontology.lexicon;
        let before = &self.tokens[shape.tokens.start..head];
        let named = shape.capital_head && (shape.capital || shape.has_tail);
        let before_in = |list: &str| {
            let list = lexicon.list(list);
            before.iter().any(|token| list.contains(&token.lower))
        };
        match needs {
            "number" => {
                let behind = &self.tokens[head + 1..shape.tokens.end];
                let number = behind.iter().any(|token| token.kind == TokenKind::Number);
                let bodies = lexicon.list("agreement_bodies");
                let body = before.iter().find_map(|token| bodies.value(&token.lower));
                body != Some("law")
                    && (number && (shape.capital_head || shape.capital)
                        || shape.capital && body.is_some())
            }
            "tail" => {
                shape.has_tail
                    || named && (before_in("agreement_cities") || self.is_place(head - 1))
                    || named
                        && matches!(self.word(head + 1, end), Some("on" | "against" | "for"))
                        && self
                            .word(head + 2, end)
                            .is_some_and(|word| !self.calendar.contains(word))
            }
            "bond" => named && before_in("agreement_bonds"),
            "intent" => {
                self.word(head + 1, end) == Some("of") && self.word(head + 2, end) == Some("intent")
            }
            "of" => {
                shape.tokens.start < head
                    || shape.has_tail && self.word(head + 1, end) == Some("of")
            }
            "goods" => false,
            "name" => named || self.is_place_with_plural(head, shape),
            _ if &*self.tokens[head].lower == "agreements" => {
                named || self.is_place_with_plural(head, shape)
            }
            _ => named || shape.tokens.start < head || shape.has_tail,
        }
    }

    /// "Minsk agreements": several texts under the name of the place where they were made.
    fn is_place_with_plural(&self, head: usize, shape: &Shape) -> bool {
        if shape.capital_head || shape.tokens.start + 1 != head || !shape.capital {
            return false;
        }
        self.tokens[head].lower.ends_with('s') && self.is_place(head - 1)
    }

    fn is_place(&self, at: usize) -> bool {
        let gazetteer = &self.ontology.gazetteer;
        let words = std::iter::once(self.tokens[at].span.of(self.text));
        gazetteer.longest_match(words).is_some_and(|found| {
            found.kind != NameKind::Demonym
                && gazetteer.entry(found.entries[0]).class == TopClass::Place
        })
    }

    /// Whether what stands behind the head tells which agreement it is: "a deal to sell ships".
    fn starts_complement(&self, list: &str, stop: usize, end: usize) -> bool {
        let complements = self.ontology.lexicon.list(list);
        // Not "on behalf of" and "on Monday".
        let is_aside = self.word(stop, end) == Some("on")
            && self
                .word(stop + 1, end)
                .is_none_or(|next| next == "behalf" || self.calendar.contains(next));
        !is_aside && self.word(stop, end).is_some_and(|word| complements.contains(word))
    }

    fn names_parties(&self, stop: usize, end: usize) -> bool {
        matches!(self.word(stop, end), Some("between" | "with" | "among" | "over" | "on"))
    }

    /// "The Security Council passed a resolution calling for": a body that can pass one is named
    /// before it.
    fn is_of_body(&self, sentence: &Sentence, head: usize, stop: usize) -> bool {
        let bodies = self.ontology.lexicon.list("agreement_bodies");
        let from = head.saturating_sub(BODY_REACH).max(sentence.tokens.start);
        self.starts_complement("resolution_complements", stop, sentence.tokens.end)
            && self.tokens[from..head]
                .iter()
                .any(|token| token.case != Case::Lower && bodies.value(&token.lower) == Some(""))
    }

    /// "an order for 20 ships", "an order from Acme".
    fn is_of_goods(&self, stop: usize, end: usize) -> bool {
        match self.word(stop, end) {
            Some("for") => {
                (stop + 1..end.min(stop + 4)).any(|at| self.tokens[at].kind == TokenKind::Number)
            }
            Some("from") => {
                stop + 1 < end
                    && self.tokens[stop + 1].kind == TokenKind::Word
                    && self.tokens[stop + 1].case != Case::Lower
            }
            _ => false,
        }
    }

    /// "the ceasefire line" is no ceasefire, the "North Atlantic Treaty Organization" no treaty.
    fn describes_next(&self, stop: usize, end: usize) -> bool {
        let compounds = self.ontology.lexicon.list("agreement_compounds");
        let is_compound = |at| self.word(at, end).is_some_and(|word| compounds.contains(word));
        is_compound(stop) || is_compound(stop - 1)
    }

    fn kind(&self, head: usize, tokens: &Range<usize>, subclass: &str) -> Option<SubclassId> {
        let lexicon = &self.ontology.lexicon;
        let told = tokens
            .clone()
            .rev()
            .find_map(|at| lexicon.list("agreement_kinds").value(&self.tokens[at].lower))
            .filter(|_| lexicon.list("generic_agreement_heads").contains(&self.tokens[head].lower));
        self.ontology.schema.subclass_id(told.unwrap_or(subclass))
    }
}

#[cfg(test)]
mod tests;
