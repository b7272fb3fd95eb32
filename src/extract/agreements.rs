//! Finds agreements: named ("Treaty of Rome", "UN Security Council Resolution 2254") and
//! described ("the September 9 cessation of hostilities agreement").

use std::ops::Range;

use crate::ontology::{Ontology, SubclassId};
use crate::token::{Case, Sentence, Token, TokenKind, Tokens};

/// A mention of an agreement.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    pub tokens: Range<usize>,
    pub subclass: Option<SubclassId>,
    /// "the deal": stands for an agreement that the text has described before.
    pub bare: bool,
    pub named: bool,
}

/// All agreements of a document, in order, none overlapping another.
pub fn find(text: &str, tokens: &Tokens, ontology: &Ontology) -> Vec<Agreement> {
    let mut found: Vec<Agreement> = Vec::new();
    for sentence in &tokens.sentences {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let floor = found.last().map_or(sentence.tokens.start, |last| last.tokens.end);
            match at_head(text, &tokens.tokens, sentence, at, floor, ontology) {
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

fn at_head(
    text: &str,
    tokens: &[Token],
    sentence: &Sentence,
    head: usize,
    floor: usize,
    ontology: &Ontology,
) -> Option<Agreement> {
    let lexicon = &ontology.lexicon;
    let floor = floor.max(sentence.tokens.start);
    let end = sentence.tokens.end;
    let value = lexicon.list("agreement_heads").value(&tokens[head].lower)?;
    let (subclass, needs) = value.split_once(' ')?;
    let next = |offset: usize| (head + offset < end).then(|| &tokens[head + offset]);
    // The last head of several: "cessation of hostilities agreement" is one.
    if next(1).is_some_and(|token| lexicon.list("agreement_heads").contains(&token.lower))
        || (next(1).is_some_and(|token| &*token.lower == "of")
            && next(2).is_some_and(|token| &*token.lower == "hostilities")
            && next(3).is_some_and(|token| lexicon.list("agreement_heads").contains(&token.lower)))
    {
        return None;
    }
    let capital_head = tokens[head].case != Case::Lower;
    let stop = tail(tokens, head, end, capital_head, lexicon);
    let start = start(text, tokens, head, floor, capital_head, ontology);
    let number = tokens[head + 1..stop].iter().any(|token| token.kind == TokenKind::Number);
    let has_tail = stop > head + 1;
    let modified = start < head;
    let capital = tokens[start..head].iter().any(|token| token.case != Case::Lower);
    let named = capital_head && (capital || has_tail);
    let enough = match needs {
        "number" => number && capital_head,
        "tail" => named && has_tail,
        "name" => named,
        _ => named || modified || has_tail,
    };
    let definite = start
        .checked_sub(1)
        .filter(|&at| at >= sentence.tokens.start)
        .is_some_and(|at| matches!(&*tokens[at].lower, "the" | "this" | "that" | "its" | "their"));
    let parties = tokens
        .get(stop)
        .filter(|_| stop < end)
        .is_some_and(|token| matches!(&*token.lower, "between" | "with"));
    let bare = !enough;
    if bare && !(needs == "any" && (definite || parties)) {
        return None;
    }
    let plural = tokens[head].lower.ends_with("ments");
    if plural && !named {
        return None;
    }
    let kind = tokens[start..stop]
        .iter()
        .rev()
        .find_map(|token| lexicon.list("agreement_kinds").value(&token.lower))
        .filter(|_| matches!(subclass, "OtherAgreement"))
        .unwrap_or(subclass);
    Some(Agreement {
        tokens: start..stop,
        subclass: ontology.schema.subclass_id(kind),
        bare: bare && !parties,
        named,
    })
}

/// The end of the mention behind its head: "of hostilities", "of Understanding", "2254", "on
/// the Prohibition of Chemical Weapons".
fn tail(
    tokens: &[Token],
    head: usize,
    end: usize,
    capital_head: bool,
    lexicon: &crate::ontology::Lexicon,
) -> usize {
    let mut stop = head + 1;
    let word = |at: usize| (at < end).then(|| &tokens[at]);
    if word(stop).is_some_and(|token| &*token.lower == "of")
        && word(stop + 1)
            .is_some_and(|token| matches!(&*token.lower, "hostilities" | "understanding"))
    {
        return stop + 2;
    }
    if capital_head && word(stop).is_some_and(|token| token.kind == TokenKind::Number) {
        return stop + 1;
    }
    if !capital_head {
        return stop;
    }
    loop {
        let mut next = stop;
        if !word(next)
            .is_some_and(|token| matches!(&*token.lower, "of" | "on" | "for" | "against" | "and"))
        {
            return stop;
        }
        next += 1;
        if word(next).is_some_and(|token| &*token.lower == "the") {
            next += 1;
        }
        let begin = next;
        while word(next).is_some_and(|token| {
            token.kind == TokenKind::Word
                && token.case != Case::Lower
                && !lexicon.list("calendar").contains(&token.lower)
        }) {
            next += 1;
        }
        if next == begin {
            return stop;
        }
        stop = next;
    }
}

/// The start of the mention before its head: modifiers, dates, and names where the mention
/// has no other modifier.
fn start(
    text: &str,
    tokens: &[Token],
    head: usize,
    floor: usize,
    capital_head: bool,
    ontology: &Ontology,
) -> usize {
    let lexicon = &ontology.lexicon;
    let modifiers = lexicon.list("agreement_modifiers");
    let mut at = head;
    while at > floor {
        let token = &tokens[at - 1];
        let date =
            token.kind == TokenKind::Number || lexicon.list("calendar").contains(&token.lower);
        let hyphen = matches!(token.span.of(text), "-" | "–") && at < head;
        let of = &*token.lower == "of";
        let plain = token.case == Case::Lower && modifiers.contains(&token.lower);
        let opens = at == floor + 1 && lexicon.list("sentence_openers").contains(&token.lower);
        let capital = token.kind == TokenKind::Word
            && token.case != Case::Lower
            && !opens
            && &*token.lower != "'s"
            && !lexicon.list("titles_before_name").contains(&token.lower);
        let hostilities = of && tokens.get(at).is_some_and(|next| &*next.lower == "hostilities");
        if of && !hostilities {
            break;
        }
        if !(date || hyphen || plain || capital) {
            break;
        }
        at -= 1;
    }
    while at < head && tokens[at].kind == TokenKind::Mark {
        at += 1;
    }
    if capital_head {
        return at;
    }
    // Names before a described agreement are names of their own ("US-Russia trade deal"),
    // unless they are all that tells it ("Minsk agreement").
    let is_name = |token: &Token| {
        token.case != Case::Lower && !lexicon.list("calendar").contains(&token.lower)
            || matches!(token.span.of(text), "-" | "–")
    };
    let beyond = (at..head).find(|&at| !is_name(&tokens[at]));
    match beyond {
        Some(first) => first,
        None if head - at > 1 => head - 1,
        None => at,
    }
}
