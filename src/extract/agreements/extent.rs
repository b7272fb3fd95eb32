//! Where the mention of an agreement begins and ends.

use super::Finder;
use crate::mention::Mention;
use crate::ontology::{Ontology, TopClass};
use crate::statement::MentionForm;
use crate::token::{Case, Token, TokenKind, Tokens};

fn is_hyphen(mark: &str) -> bool {
    matches!(mark, "-" | "‑" | "–")
}

impl Finder<'_> {
    /// The end of the mention behind its head: "of hostilities", "of Understanding", "2254", "on
    /// the Prohibition of Chemical Weapons".
    pub(super) fn tail(&self, head: usize, end: usize, numbered: bool) -> usize {
        let tokens = self.tokens;
        let mut stop = head + 1;
        let capital_head = tokens[head].case != Case::Lower;
        if self.word(stop, end) == Some("of")
            && matches!(self.word(stop + 1, end), Some("hostilities" | "understanding" | "intent"))
        {
            return stop + 2;
        }
        let number = stop < end && tokens[stop].kind == TokenKind::Number;
        if number && (capital_head || numbered) {
            return stop + 1;
        }
        if !capital_head {
            return stop;
        }
        loop {
            let mut next = stop;
            if !matches!(self.word(next, end), Some("of" | "on" | "for" | "against" | "and")) {
                return stop;
            }
            next += 1;
            if self.word(next, end) == Some("the") {
                next += 1;
            }
            let begin = next;
            while next < end
                && self.is_capital(next)
                && !self.calendar.contains(&tokens[next].lower)
            {
                next += 1;
            }
            if next == begin {
                return stop;
            }
            stop = next;
        }
    }

    /// Where "UN-brokered" begins that ends before `at`; `at` where nothing of the kind does.
    pub(super) fn behind_broker(&self, at: usize) -> usize {
        let Some(token) = at.checked_sub(1).map(|before| &self.tokens[before]) else { return at };
        let doing = token.lower.rsplit('-').next().unwrap_or_default();
        if !self.brokered.contains(doing) {
            at
        } else if doing.len() < token.lower.len() || (at >= 2 && self.is_capital(at - 2)) {
            at - 1
        } else if at >= 3 && is_hyphen(self.tokens[at - 2].span.of(self.text)) {
            at - 3
        } else {
            at
        }
    }

    /// Before the acronym in brackets of "Free Trade Area (AFTA) agreement".
    fn before_acronym(&self, head: usize, floor: usize) -> usize {
        let is_acronym = head >= floor + 4
            && &*self.tokens[head - 1].lower == ")"
            && self.is_capital(head - 2)
            && &*self.tokens[head - 3].lower == "("
            && self.is_capital(head - 4);
        if is_acronym { head - 3 } else { head }
    }

    /// The two sides that open a name ("U.S.-Cuba Migration Accords") are names of their own.
    pub(super) fn behind_pair(&self, start: usize, head: usize) -> usize {
        let gazetteer = &self.ontology.gazetteer;
        let is_side = |part: &str| {
            gazetteer.longest_match(std::iter::once(part)).is_some_and(|found| {
                let entry = gazetteer.entry(found.entries[0]);
                matches!(entry.class, TopClass::Place | TopClass::Organization)
            })
        };
        let is_hyphen = |mark: char| matches!(mark, '-' | '‑' | '–');
        let surface = |at: usize| self.tokens[at].span.of(self.text);
        let sides = surface(start).split_once(is_hyphen);
        if start < head && sides.is_some_and(|(a, b)| is_side(a) && is_side(b)) {
            return start + 1;
        }
        let apart = start + 2 < head
            && surface(start + 1).chars().all(is_hyphen)
            && is_side(surface(start))
            && is_side(surface(start + 2));
        if apart { start + 3 } else { start }
    }

    fn is_capital(&self, at: usize) -> bool {
        self.tokens[at].kind == TokenKind::Word && self.tokens[at].case != Case::Lower
    }

    /// The start of the mention before its head: modifiers, dates, and names where the mention
    /// has no other modifier, or where they are part of its own name.
    pub(super) fn start(&self, head: usize, floor: usize, needs: &str) -> usize {
        let tokens = self.tokens;
        let mut at = self.before_acronym(head, floor);
        let part_of_it =
            tokens[head].case != Case::Lower || matches!(needs, "number" | "bond") || at < head;
        while at > floor {
            let token = &tokens[at - 1];
            let date = token.kind == TokenKind::Number || self.calendar.contains(&token.lower);
            let hyphen = matches!(token.span.of(self.text), "-" | "–") && at < head;
            let of = &*token.lower == "of";
            // "UN-brokered": who did so is a name of its own.
            if self.behind_broker(at) < at {
                break;
            }
            let plain = token.case == Case::Lower && self.modifiers.contains(&token.lower);
            let opens = at == floor + 1 && self.openers.contains(&token.lower);
            let capital = self.is_capital(at - 1)
                && !opens
                && &*token.lower != "'s"
                && !self.definite.contains(&token.lower)
                && !self.indefinite.contains(&token.lower)
                && !self.titles.contains(&token.lower);
            let hostilities =
                of && tokens.get(at).is_some_and(|next| &*next.lower == "hostilities");
            if of && !hostilities {
                break;
            }
            // "Comprehensive and Global Strategic Partnership".
            let joins = needs == "bond"
                && &*token.lower == "and"
                && at < head
                && at > floor + 1
                && self.is_capital(at - 2);
            if !(date || hyphen || plain || capital || joins) {
                break;
            }
            at -= 1;
        }
        while at < head && tokens[at].kind == TokenKind::Mark {
            at += 1;
        }
        if part_of_it {
            return at;
        }
        // Names before a described agreement are names of their own ("US-Russia trade deal"),
        // unless they are all that tells it ("Minsk agreement").
        let is_name = |token: &Token| {
            token.case != Case::Lower && !self.calendar.contains(&token.lower)
                || matches!(token.span.of(self.text), "-" | "–")
        };
        let beyond = (at..head).find(|&at| !is_name(&tokens[at]));
        match beyond {
            Some(first) => first,
            None if head - at > 1 => head - 1,
            None => at,
        }
    }
}

/// Lets the span of an agreement reach over what tells it: the pair of sides before it
/// ("U.S.-Cuba Migration Accords"), and where it is only described what is said behind it ("deal
/// to sell Volvo", "agreement between Norway and Chile"). Its tokens stay, so that the names in it
/// are names of their own; what stands for an agreement told of before stays short.
pub fn widen(text: &str, mentions: &mut [Mention], tokens: &Tokens, ontology: &Ontology) {
    for at in 0..mentions.len() {
        let mention = &mentions[at];
        if mention.class != TopClass::Agreement || mention.form != MentionForm::Name {
            continue;
        }
        let mut span = mention.span;
        if let Some(start) = pair_before(text, at, mentions) {
            span.start = start;
        }
        let head = mention.tokens.end;
        let sentence = tokens.sentences.partition_point(|one| one.tokens.end < head);
        let end = tokens.sentences.get(sentence).map(|one| one.tokens.end);
        if let Some(end) = end.filter(|_| mention.tokens.len() == 1 && mention.entry.is_none())
            && let Some(stop) = complement(&tokens.tokens, head, end, mentions, ontology)
        {
            span.end = tokens.tokens[stop - 1].span.end;
        }
        mentions[at].span = span;
    }
}

/// Where two names joined by a hyphen begin that stand right before a mention.
fn pair_before(text: &str, at: usize, mentions: &[Mention]) -> Option<u32> {
    let second = &mentions[at.checked_sub(1)?];
    let first = &mentions[at.checked_sub(2)?];
    let gap = |before: u32, behind: u32| text.get(before as usize..behind as usize);
    let touches = gap(second.span.end, mentions[at].span.start)? == " ";
    let between = gap(first.span.end, second.span.start)?.trim();
    (touches && matches!(between, "-" | "‑" | "–")).then_some(first.span.start)
}

/// How many words may stand between a preposition and the name behind it.
const REACH: usize = 6;

/// The end of what is said of an agreement behind its head, which ends before `head`.
fn complement(
    tokens: &[Token],
    head: usize,
    end: usize,
    mentions: &[Mention],
    ontology: &Ontology,
) -> Option<usize> {
    let word = |at: usize| (at < end).then(|| &*tokens[at].lower);
    let breaks = ontology.lexicon.list("clause_breaks");
    let made = ontology.lexicon.list("agreement_made");
    let auxiliaries = ontology.lexicon.list("auxiliaries");
    let stops = |at: usize| {
        at >= end
            || tokens[at].kind == TokenKind::Mark && !matches!(&*tokens[at].lower, "-" | "$" | "€")
            || breaks.contains(&tokens[at].lower)
            || auxiliaries.contains(&tokens[at].lower)
    };
    let name_from = |from: usize| {
        let reach = || (from..from + REACH).take_while(|&at| !stops(at));
        let name_at = |at: usize, demonym: bool| {
            let names = mentions.iter().filter(|one| {
                one.tokens.start == at
                    && one.class != TopClass::Agreement
                    && one.stands_for.is_none()
                    && one.demonym == demonym
            });
            names.map(|one| one.tokens.end).max()
        };
        reach().find_map(|at| name_at(at, false)).or_else(|| {
            let stop = reach().find_map(|at| name_at(at, true))?;
            let noun = !stops(stop) && tokens[stop].kind == TokenKind::Word;
            noun.then_some(stop + 1)
        })
    };
    match word(head)? {
        "between" | "with" | "among" => {
            let mut stop = name_from(head + 1)?;
            while matches!(word(stop), Some("and" | ",")) {
                match name_from(stop + 1).filter(|_| word(stop) == Some("and")) {
                    Some(further) => stop = further,
                    None => break,
                }
            }
            Some(stop)
        }
        "in" | "over" | "on" | "for" | "from" => name_from(head + 1),
        // "reached yesterday between"
        word if made.contains(word) => {
            let parties = (head + 1..head + 4).find(|&at| {
                at < end && matches!(&*tokens[at].lower, "between" | "with" | "among")
            })?;
            complement(tokens, parties, end, mentions, ontology)
        }
        "to" => {
            let stop = (head + 1..end.min(head + 10)).find(|&at| stops(at)).unwrap_or(end);
            let named = (head + 2..stop.min(head + 10))
                .filter(|&at| tokens[at].kind == TokenKind::Word && tokens[at].case != Case::Lower);
            // The nouns behind a name belong to it: "the EastMed pipeline".
            let last = named.max()?;
            let noun = |at: usize| {
                at < stop
                    && tokens[at].lower.chars().count() > 4
                    && !tokens[at].lower.ends_with("ed")
            };
            Some(if noun(last + 1) { last + 2 } else { last + 1 })
        }
        _ => None,
    }
}
