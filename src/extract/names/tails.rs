//! How far the name of an organization goes beyond its head word: "of Health and Welfare", "for
//! Women, Peace, and Security", "in Harare".

use crate::ontology::TopClass;
use crate::token::Case;

use super::words::Words;

/// The end of what belongs to the head word before `at`; `at` when nothing does.
pub fn end(words: &Words<'_>, at: usize, end: usize) -> usize {
    if let Some(site) = site(words, at, end) {
        return site;
    }
    let mut reached = at;
    let mut opened = false;
    while let Some(joint) = words.tokens.get(reached).filter(|_| reached < end) {
        let is_and = matches!(&*joint.lower, "and" | "&");
        let joins = match &*joint.lower {
            "of" | "for" | "on" => true,
            "and" | "&" => opened,
            // "U.S. Embassy in Harare".
            "in" => {
                words.ontology.lexicon.list("bodies_abroad").contains(&words.tokens[at - 1].lower)
                    && !opened
            }
            "," => {
                let Some(listed) = list_end(words, reached, end).filter(|_| opened) else { break };
                reached = listed;
                continue;
            }
            _ => false,
        };
        let mut next = reached + 1;
        // "Ministry of Culture and the Municipality of Lisbon" are two.
        if !joins {
            break;
        }
        let the = is_the(words, next);
        next += usize::from(the);
        let stop = words.capital_run(next, end);
        let stop = words.name_stop((next + 1).min(stop), stop);
        let body = body_before(words, next, stop);
        // "Ministry of Culture and the Municipality of Lisbon", "Council of the Department
        // of State" are two bodies; "Resources and the Environment" is not.
        let of = words.tokens.get(stop).is_some_and(|token| &*token.lower == "of");
        let apart = body || is_and && (of || !(next..stop).all(|at| is_ordinary(words, at)));
        if the && apart {
            break;
        }
        let stop = if body { stop - 1 } else { stop };
        let calendar = words.ontology.lexicon.list("calendar");
        if stop == next
            || calendar.contains(&words.tokens[next].lower)
            || (is_and && !words.continues_a_name(next, stop) && !is_adjective(words, reached - 1))
            || (!is_and && words.is_title(next, stop))
        {
            break;
        }
        reached = stop;
        opened = true;
    }
    site(words, reached, end).filter(|_| opened).unwrap_or(reached)
}

fn is_the(words: &Words<'_>, at: usize) -> bool {
    words.tokens.get(at).is_some_and(|token| &*token.lower == "the")
}

/// Whether another body's head word ends the run and goes on: "Bureau" in "Department of State Bureau
/// of Consular Affairs".
fn body_before(words: &Words<'_>, start: usize, stop: usize) -> bool {
    let heads = words.ontology.lexicon.list("org_heads");
    stop > start
        && heads.contains(&words.tokens[stop - 1].lower)
        && words.tokens.get(stop).is_some_and(|of| matches!(&*of.lower, "of" | "for"))
}

/// Whether the word asks for a noun behind "and": "National" of "for National and Community
/// Service".
fn is_adjective(words: &Words<'_>, at: usize) -> bool {
    let word = &words.tokens[at].lower;
    ["al", "ic", "ive", "ary"].iter().any(|ending| word.ends_with(ending))
        && words.ontology.lexicon.list("common_words").contains(word)
}

/// The end of ", Peace, and Security" behind what a body is for: ordinary words, the last of them
/// behind "and".
fn list_end(words: &Words<'_>, at: usize, end: usize) -> Option<usize> {
    const LONGEST: usize = 6;
    let mut comma = at;
    for _ in 0..LONGEST {
        let mut next = comma + 1;
        let last = words.tokens.get(next).is_some_and(|token| &*token.lower == "and");
        next += usize::from(last);
        let stop = words.capital_run(next, end);
        if stop == next || !(next..stop).all(|at| is_ordinary(words, at)) {
            return None;
        }
        if last {
            return Some(stop);
        }
        match words.tokens.get(stop).filter(|_| stop < end).map(|token| &*token.lower) {
            Some(",") => comma = stop,
            Some("and") => {
                let close = words.capital_run(stop + 1, end);
                let ordinary = (stop + 1..close).all(|at| is_ordinary(words, at));
                return (ordinary && close > stop + 1).then_some(close);
            }
            _ => return None,
        }
    }
    None
}

/// A word that is capitalised only for what it stands in: no name, no title.
fn is_ordinary(words: &Words<'_>, at: usize) -> bool {
    let lexicon = &words.ontology.lexicon;
    words.tokens[at].case == Case::Capital
        && lexicon.list("common_words").contains(&words.tokens[at].lower)
        && words.known(at, at + 1).is_none()
        && words.title_length(at, at + 1) == 0
        && !words.is_first_name(at)
}

/// The end of "Peace and Human Rights Organisation" where the run of capitals up to `run` ends
/// before "and": its last word is an ordinary one and only what follows has a head word.
pub fn joined(words: &Words<'_>, at: usize, run: usize, end: usize) -> Option<usize> {
    let heads = words.ontology.lexicon.list("org_heads");
    let and = words.tokens.get(run).filter(|_| run < end && run > at)?;
    if !matches!(&*and.lower, "and") || words.doubtful[at] && run == at + 1 {
        return None;
    }
    let bare = (at..run).all(|at| !heads.contains(&words.tokens[at].lower));
    let close = words.capital_run(run + 1, end);
    let headed = close > run + 2 && heads.contains(&words.tokens[close - 1].lower);
    let ordinary = is_ordinary(words, run - 1) && is_ordinary(words, run + 1);
    let known = words.known(at, run).is_some_and(|known| at + known.words == run);
    (bare && headed && ordinary && !known && !words.is_title(at, run)).then_some(close)
}

/// The end of "Ottawa" in "Embassy Ottawa" and of "-Milwaukee" in "University of
/// Wisconsin-Milwaukee": the place of a body that may be in several.
fn site(words: &Words<'_>, at: usize, end: usize) -> Option<usize> {
    let lexicon = &words.ontology.lexicon;
    let head = &words.tokens[at.checked_sub(1)?].lower;
    let mut place = at;
    if !lexicon.list("bodies_abroad").contains(head) {
        let joint = words.tokens.get(at).filter(|_| at + 1 < end)?;
        let campus = at >= 3
            && &*words.tokens[at - 2].lower == "of"
            && lexicon.list("bodies_of_several_sites").contains(&words.tokens[at - 3].lower);
        if !campus || !matches!(&*joint.lower, "-" | "–" | "at") {
            return None;
        }
        place += 1;
    }
    if place >= end || !words.is_capital(place) {
        return None;
    }
    let found = words.known(place, end)?;
    let entry = words.ontology.gazetteer.entry(found.entries[0]);
    (entry.class == TopClass::Place).then_some(place + found.words)
}
