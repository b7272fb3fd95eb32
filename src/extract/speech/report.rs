//! Verbs of speech: who says what in one sentence.

use std::ops::Range;

use crate::mention::Mention;
use crate::ontology::{Lexicon, TopClass};
use crate::token::{Token, TokenKind};

/// How much of a stretch around a verb of speech is the speaker's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    Whole,
    /// What stands outside the quotation marks describes the speaker or the occasion.
    Quoted,
}

/// The speaker and the stretches that are his, in order of the sentence.
pub(super) type Report = (usize, Vec<(Range<usize>, Extent)>);

/// One sentence and what it names.
pub(super) struct View<'d> {
    pub tokens: &'d [Token],
    pub mentions: &'d [Mention],
    /// The mentions of this sentence.
    pub here: Range<usize>,
    /// For each token, whether it stands between quotation marks.
    pub quoted: &'d [bool],
    pub lexicon: &'d Lexicon,
}

/// A verb of speech, of one word or two.
#[derive(Clone, Copy)]
pub(super) struct Verb {
    at: usize,
    end: usize,
    /// Its speaker may stand behind it: "…, said John Kirby".
    inverts: bool,
    /// It reports an object, not a clause: "raised concerns over".
    has_object: bool,
    /// Who is spoken to stands behind it: "told the Senate that".
    has_hearer: bool,
}

impl View<'_> {
    /// The verbs of speech of the sentence that stand outside quotation marks.
    pub(super) fn verbs<'v>(&'v self, sentence: &'v Range<usize>) -> impl Iterator<Item = Verb> {
        let list = self.lexicon.list("speech_verbs");
        sentence.clone().filter(|&at| !self.quoted[at]).filter_map(move |at| {
            let one = &self.tokens[at].lower;
            let two = || {
                // Most words begin no phrase of two: nothing is put together for them.
                if !self.lexicon.list("speech_verb_openers").contains(one) {
                    return None;
                }
                let next = self.tokens.get(at + 1).filter(|_| at + 1 < sentence.end)?;
                list.value(&format!("{one} {}", next.lower)).map(|value| (value, at + 2))
            };
            let (value, end) = list.value(one).map(|value| (value, at + 1)).or_else(two)?;
            let verb = Verb {
                at,
                end,
                inverts: !value.contains("before"),
                has_object: value.contains("object"),
                has_hearer: value.contains("hearer"),
            };
            // "concluded a deal", "claimed the seat": a verb of speech only before a clause.
            let introduces = || {
                self.tokens.get(end).is_some_and(|next| {
                    matches!(&*next.lower, "that" | ":" | "\"" | "“" | "how" | "why" | ".")
                }) || self.ends_quotation(sentence, at)
                    || self.quoted.get(end).copied().unwrap_or(false)
            };
            // "Announced its plan", "stated an aim" tell a deed, "announced the road was closed" not.
            let names_deed = || {
                let next = self.tokens.get(end).map_or("", |next| &next.lower);
                matches!(next, "a" | "an" | "its" | "his" | "her" | "their")
                    && !self.ends_quotation(sentence, at)
            };
            let is_deed =
                value.contains("clause") && !introduces() || value.contains("deed") && names_deed();
            (!is_deed).then_some(verb)
        })
    }

    /// The speaker and the reported stretches around a verb of speech.
    pub(super) fn report(
        &self,
        sentence: &Range<usize>,
        verb: Verb,
        last_speaker: Option<usize>,
    ) -> Option<Report> {
        let at = verb.at;
        let before = self.subject_before(sentence, at);
        let comma_before = at > sentence.start && self.is_mark(at - 1);
        let inverted =
            (comma_before && verb.inverts).then(|| self.subject_after(sentence, at)).flatten();
        // “…,” said John Kirby, who …
        let around = |(speaker, end): (usize, usize)| {
            let leading = (sentence.start..at, Extent::Whole);
            Some((speaker, vec![leading, (end..sentence.end, Extent::Quoted)]))
        };
        if let Some(found) = inverted.filter(|_| self.ends_quotation(sentence, at)) {
            return around(found);
        }
        let (speaker, start) = match (before, inverted) {
            (Some(found), _) => found,
            (None, Some(found)) => return around(found),
            (None, None) => {
                let subject = at.checked_sub(1).filter(|&at| at >= sentence.start)?;
                if !matches!(&*self.tokens[subject].lower, "he" | "she") {
                    return None;
                }
                (last_speaker.or_else(|| self.last_person(sentence.start))?, subject)
            }
        };
        let leading = sentence.start..start.max(sentence.start);
        let trailing = self.speech_start(sentence, verb)..sentence.end;
        if self.quoted[leading.clone()].contains(&true) {
            // “…,” Kirby said on his way to …
            return Some((speaker, vec![(leading, Extent::Whole), (trailing, Extent::Quoted)]));
        }
        // "The road is closed, the police said on Monday."; "…, the police said, although …"
        const AFTERTHOUGHT: usize = 4;
        let parenthetical = self.tokens.get(verb.end).is_some_and(|next| &*next.lower == ",");
        let closes = !verb.has_object
            && (parenthetical || sentence.end - verb.end <= AFTERTHOUGHT)
            && !leading.is_empty()
            && self.tokens[start - 1].kind == TokenKind::Mark
            && !self.quoted[trailing.clone()].contains(&true);
        let reported = if closes { leading } else { trailing };
        Some((speaker, vec![(reported, Extent::Whole)]))
    }

    /// Where the speech behind a verb begins: the occasion is the article's own ("said in a call
    /// to the king on Monday that", "told the Senate that").
    fn speech_start(&self, sentence: &Range<usize>, verb: Verb) -> usize {
        const OCCASION: usize = 14;
        let reach = verb.end..sentence.end.min(verb.end + OCCASION);
        if verb.has_object || reach.is_empty() {
            return verb.end;
        }
        let next = &self.tokens[verb.end].lower;
        let occasion = self.lexicon.list("occasion_prepositions").contains(next);
        if !occasion && !verb.has_hearer && !self.lexicon.list("calendar").contains(next) {
            return verb.end;
        }
        let opens = |at: usize| &*self.tokens[at].lower == "that" || self.quoted[at];
        if let Some(that) = reach.clone().find(|&at| opens(at)) {
            return that;
        }
        let comma = reach.clone().find(|&at| &*self.tokens[at].lower == ",");
        comma.filter(|_| occasion).map_or(verb.end, |comma| comma + 1)
    }

    /// Whether a quotation ends directly before `at`.
    fn ends_quotation(&self, sentence: &Range<usize>, at: usize) -> bool {
        (at.saturating_sub(2).max(sentence.start)..at).any(|at| {
            matches!(&*self.tokens[at].lower, "”" | "\"")
                || (matches!(&*self.tokens[at].lower, "’" | "'")
                    && at > sentence.start
                    && self.quoted[at - 1])
        })
    }

    fn is_mark(&self, at: usize) -> bool {
        matches!(&*self.tokens[at].lower, "," | "”" | "\"" | "?" | "!" | "’" | "'")
    }

    /// The speaker that ends before `verb`, and where its noun phrase begins. An apposition
    /// between commas is stepped over.
    pub(super) fn subject_before(
        &self,
        sentence: &Range<usize>,
        verb: usize,
    ) -> Option<(usize, usize)> {
        let mut limit = verb;
        // Adverbs and auxiliaries between: "has also said".
        let auxiliary = self.lexicon.list("speech_auxiliaries");
        while limit > sentence.start && auxiliary.contains(&self.tokens[limit - 1].lower) {
            limit -= 1;
        }
        if limit > sentence.start && &*self.tokens[limit - 1].lower == "," {
            let closing = limit - 1;
            let opening =
                (sentence.start..closing).rev().find(|&at| &*self.tokens[at].lower == ",")?;
            // "Chairman of the Joint Chiefs, General Joseph Dunford, told": the person may
            // stand in the apposition.
            let inside = self.here.clone().rev().find(|&at| {
                let mention = &self.mentions[at];
                mention.tokens.start > opening
                    && mention.tokens.end == closing
                    && mention.class == TopClass::Person
            });
            if let Some(person) = inside {
                let start = self.phrase_start(sentence, self.mentions[person].tokens.start);
                return Some((person, start.saturating_sub(1).max(sentence.start)));
            }
            limit = opening;
        }
        // "The Syrian Democratic Forces (SDF) announced".
        if limit > sentence.start && &*self.tokens[limit - 1].lower == ")" {
            limit = (sentence.start..limit).rev().find(|&at| &*self.tokens[at].lower == "(")?;
        }
        let found = self.here.clone().rev().find(|&at| {
            let mention = &self.mentions[at];
            mention.tokens.end <= limit && !mention.demonym && !self.quoted[mention.tokens.start]
        })?;
        let mention = &self.mentions[found];
        // "A Foreign Office spokesman said" is what the Foreign Office says.
        let gap = &self.tokens[mention.tokens.end..limit];
        let follows = match gap {
            [] => true,
            [.., last] => gap.len() <= 2 && self.is_mouthpiece(last),
        };
        if mention.class == TopClass::Agreement || !follows {
            return None;
        }
        let speaker = match gap {
            [] => self.head_of_phrase(sentence, found)?,
            _ => found,
        };
        let start = self.mentions[speaker].tokens.start.min(mention.tokens.start);
        Some((speaker, self.phrase_start(sentence, start)))
    }

    /// Who speaks where the name before the verb hangs on another noun: in "John Kirby of the
    /// State Department said" the person, in "a spokesman for the ministry said" the ministry,
    /// and in "a politician from the Republican Party said" somebody without a name.
    pub(super) fn head_of_phrase(&self, sentence: &Range<usize>, found: usize) -> Option<usize> {
        let start = self.mentions[found].tokens.start;
        let determiner = start > sentence.start
            && matches!(&*self.tokens[start - 1].lower, "the" | "a" | "an" | "this");
        let before = start.checked_sub(1 + usize::from(determiner));
        let Some(preposition) = before.filter(|&at| at >= sentence.start) else {
            return Some(found);
        };
        if !self.lexicon.list("governing_prepositions").contains(&self.tokens[preposition].lower) {
            return Some(found);
        }
        let person = self.here.clone().rev().find(|&at| {
            self.mentions[at].class == TopClass::Person
                && self.mentions[at].tokens.end == preposition
        });
        if person.is_some() {
            return person;
        }
        let mouthpiece = preposition
            .checked_sub(1)
            .filter(|&at| at >= sentence.start)
            .is_some_and(|at| self.is_mouthpiece(&self.tokens[at]));
        mouthpiece.then_some(found)
    }

    fn is_mouthpiece(&self, token: &Token) -> bool {
        self.lexicon.list("mouthpieces").contains(&token.lower)
    }

    /// Steps back over the titles and names that belong to the speaker's noun phrase.
    fn phrase_start(&self, sentence: &Range<usize>, start: usize) -> usize {
        let mut start = start;
        while start > sentence.start {
            let token = &self.tokens[start - 1];
            if token.kind != TokenKind::Word
                || self.lexicon.list("clause_breaks").contains(&token.lower)
            {
                break;
            }
            start -= 1;
        }
        start
    }

    /// The speaker behind `at`, and where its noun phrase ends. A person wins over the body
    /// named before it ("said State Department spokesman John Kirby").
    pub(super) fn subject_after(
        &self,
        sentence: &Range<usize>,
        at: usize,
    ) -> Option<(usize, usize)> {
        const REACH: usize = 8;
        let reach = sentence.end.min(at + 1 + REACH);
        let stop = (at + 1..reach).find(|&at| breaks(&self.tokens[at])).unwrap_or(reach);
        let inside = || {
            self.here.clone().filter(|&index| {
                let mention = &self.mentions[index];
                mention.tokens.start > at
                    && mention.tokens.end <= stop
                    && mention.class != TopClass::Agreement
            })
        };
        let first = inside().next()?;
        let person = inside().find(|&index| self.mentions[index].class == TopClass::Person);
        if self.mentions[first].tokens.start > at + 4 {
            return None;
        }
        // "according to an Iraqi official" names nobody.
        let speaker = person.or(Some(first).filter(|&first| !self.mentions[first].demonym))?;
        Some((speaker, self.mentions[speaker].tokens.end))
    }

    /// The last person named before the sentence.
    fn last_person(&self, before: usize) -> Option<usize> {
        let end = self.mentions.partition_point(|mention| mention.tokens.start < before);
        (0..end).rev().find(|&at| self.mentions[at].class == TopClass::Person)
    }
}

/// Whether a sentence ends with a colon.
pub(super) fn introduces(tokens: &[Token], sentence: &Range<usize>) -> bool {
    tokens[sentence.clone()].last().is_some_and(|last| &*last.lower == ":")
}

/// Whether a mark ends a noun phrase.
pub(super) fn breaks(token: &Token) -> bool {
    token.kind == TokenKind::Mark && &*token.lower != "-"
}

#[cfg(test)]
mod tests {
    use crate::ontology::Ontology;

    #[test]
    fn every_verb_of_two_words_has_its_opener() {
        let lexicon = &Ontology::builtin().lexicon;
        let verbs = lexicon.list("speech_verbs").phrases().iter();
        let mut openers: Vec<&str> =
            verbs.filter_map(|verb| verb.split_once(' ')).map(|(first, _)| first).collect();
        openers.sort_unstable();
        openers.dedup();
        assert_eq!(lexicon.list("speech_verb_openers").phrases(), openers);
    }
}
