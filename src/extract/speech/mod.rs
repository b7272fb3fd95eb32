//! Who says what: stretches of a text that are somebody's words, direct or reported.
//!
//! A verb of speech names the speaker of its sentence (`report`), or what says it without one
//! does (`sources`); a quotation is one person's from its first mark to its last (`quotations`),
//! and in a transcript whoever the label names has the word until the next label (`turns`). What
//! is nearer wins over what is farther.

mod quotations;
mod report;
mod sources;
mod turns;

use std::ops::Range;

use crate::mention::Mention;
use crate::ontology::Lexicon;
use crate::token::Tokens;

pub use quotations::{Quotations, quotations};

use quotations::Quotation;
use report::View;

/// A stretch of tokens of one sentence that is the speech of `speaker`.
#[derive(Clone, Debug, PartialEq)]
pub struct Speech {
    pub tokens: Range<usize>,
    /// Index into the document's mentions.
    pub speaker: usize,
    /// In the speaker's own words: inside quotation marks, or behind his label in a transcript.
    pub quoted: bool,
}

/// What the article says of the speaker of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reported {
    Nobody,
    /// Somebody says something, but who it is has no name: "a resident said".
    Unnamed,
    By(usize),
}

/// All stretches of speech of a document whose speaker is known, in the order of the text.
pub fn find(
    tokens: &Tokens,
    mentions: &[Mention],
    quotations: &Quotations,
    lexicon: &Lexicon,
) -> Vec<Speech> {
    let mut owners = Owners::new(tokens, mentions);
    let reported = owners.assign_reports(tokens, mentions, quotations, lexicon);
    owners.assign_quotations(tokens, quotations, &reported);
    if quotations.all.is_empty() {
        owners.assign_statement(tokens, &reported, lexicon);
    }
    owners.stretches(tokens, quotations)
}

/// Whose word each token is.
struct Owners {
    owner: Vec<Option<usize>>,
    in_turn: Vec<bool>,
}

impl Owners {
    fn new(tokens: &Tokens, mentions: &[Mention]) -> Self {
        let count = tokens.tokens.len();
        let mut owners = Self { owner: vec![None; count], in_turn: vec![false; count] };
        for turn in turns::find(tokens, mentions) {
            owners.owner[turn.tokens.clone()].fill(turn.speaker);
            owners.in_turn[turn.tokens].fill(true);
        }
        owners
    }

    /// What verbs of speech say, sentence by sentence.
    fn assign_reports(
        &mut self,
        tokens: &Tokens,
        mentions: &[Mention],
        quotations: &Quotations,
        lexicon: &Lexicon,
    ) -> Vec<Reported> {
        let inside = &quotations.inside;
        let mut last_speaker = None;
        let mut reported = Vec::with_capacity(tokens.sentences.len());
        for sentence in &tokens.sentences {
            let range = sentence.tokens.clone();
            let first = mentions.partition_point(|mention| mention.tokens.start < range.start);
            let count =
                mentions[first..].partition_point(|mention| mention.tokens.start < range.end);
            let view = View {
                tokens: &tokens.tokens,
                mentions,
                here: first..first + count,
                quoted: inside,
                lexicon,
            };
            let mut verbs = view.verbs(&range).peekable();
            let any_verb = verbs.peek().is_some();
            let report = view
                .quoted_as(&range)
                .or_else(|| verbs.find_map(|verb| view.report(&range, verb, last_speaker)))
                .or_else(|| view.according_to(&range))
                .or_else(|| view.colon(&range));
            let announced = || view.announced(&range).map(|speaker| (speaker, Vec::new()));
            reported.push(match report.or_else(announced) {
                Some((speaker, stretches)) => {
                    for (stretch, extent) in stretches {
                        for at in stretch {
                            if extent == report::Extent::Whole || inside[at] {
                                self.owner[at] = Some(speaker);
                            }
                        }
                    }
                    last_speaker = Some(speaker);
                    Reported::By(speaker)
                }
                None if any_verb => Reported::Unnamed,
                None => Reported::Nobody,
            });
        }
        reported
    }

    /// Gives each quotation one speaker: the one whom a sentence that it stands in names, else
    /// the one who has the word already.
    fn assign_quotations(
        &mut self,
        tokens: &Tokens,
        quotations: &Quotations,
        reported: &[Reported],
    ) {
        let mut word: Option<Word> = None;
        let mut seen = 0;
        for quotation in &quotations.all {
            let sentences = sentences_of(tokens, &quotation.tokens);
            // Who is reported between this quotation and the one before has the word.
            let between = seen..sentences.start.max(seen);
            for (sentence, one) in tokens.sentences[between.clone()].iter().zip(&reported[between])
            {
                match *one {
                    Reported::Nobody => {}
                    Reported::Unnamed => word = None,
                    Reported::By(speaker) => {
                        let unclosed = report::introduces(&tokens.tokens, &sentence.tokens);
                        word = Some(Word { speaker, paragraph: sentence.paragraph, unclosed });
                    }
                }
            }
            seen = seen.max(sentences.end);
            if self.in_turn[quotation.tokens.start] {
                continue;
            }
            let paragraph = tokens.sentences[sentences.start].paragraph;
            let named = reported[sentences].iter().find(|one| **one != Reported::Nobody);
            let speaker = match named {
                Some(Reported::By(speaker)) => Some(*speaker),
                Some(_) => None,
                None => {
                    word.filter(|word| word.goes_on(quotation, paragraph)).map(|word| word.speaker)
                }
            };
            if let Some(speaker) = speaker {
                for at in quotation.tokens.clone() {
                    self.owner[at].get_or_insert(speaker);
                }
            }
            // Two or three quoted words are a term that the article takes up, not a turn.
            if quotation.is_speech || named.is_some() {
                word = speaker.map(|speaker| Word {
                    speaker,
                    paragraph,
                    unclosed: quotation.unclosed,
                });
            }
        }
    }

    /// A text in the first person and without quotation marks that announces a statement
    /// ("… Minister Ann Lee said:" at the end of a paragraph) gives it in all that follows.
    fn assign_statement(&mut self, tokens: &Tokens, reported: &[Reported], lexicon: &Lexicon) {
        let announcement = tokens.sentences.windows(2).zip(reported).find_map(|(pair, one)| {
            let Reported::By(speaker) = one else { return None };
            let ends_paragraph = pair[0].paragraph != pair[1].paragraph;
            (ends_paragraph && report::introduces(&tokens.tokens, &pair[0].tokens))
                .then_some((*speaker, pair[1].tokens.start))
        });
        let Some((speaker, start)) = announcement else { return };
        let first_person = lexicon.list("first_person");
        if tokens.tokens[start..].iter().any(|token| first_person.contains(&token.lower)) {
            for owner in &mut self.owner[start..] {
                owner.get_or_insert(speaker);
            }
        }
    }

    fn stretches(&self, tokens: &Tokens, quotations: &Quotations) -> Vec<Speech> {
        let mut speeches = Vec::new();
        for sentence in &tokens.sentences {
            let mut start = sentence.tokens.start;
            let kind = |at: usize| (self.owner[at], self.in_turn[at] || quotations.inside[at]);
            for at in sentence.tokens.clone() {
                if at + 1 == sentence.tokens.end || kind(at + 1) != kind(start) {
                    if let (Some(speaker), quoted) = kind(start) {
                        speeches.push(Speech { tokens: start..at + 1, speaker, quoted });
                    }
                    start = at + 1;
                }
            }
        }
        speeches
    }
}

/// Who spoke last, and where.
#[derive(Clone, Copy)]
struct Word {
    speaker: usize,
    paragraph: usize,
    /// The next paragraph goes on: the quotation has no closing mark, or a colon announces it.
    unclosed: bool,
}

impl Word {
    fn goes_on(&self, quotation: &Quotation, paragraph: usize) -> bool {
        paragraph == self.paragraph
            || (paragraph == self.paragraph + 1
                && quotation.opens_paragraph
                && (self.unclosed || quotation.closes_paragraph))
    }
}

/// The indexes of the sentences that hold a stretch of tokens.
fn sentences_of(tokens: &Tokens, stretch: &Range<usize>) -> Range<usize> {
    let first = tokens.sentences.partition_point(|one| one.tokens.end <= stretch.start);
    let end = tokens.sentences.partition_point(|one| one.tokens.start < stretch.end);
    first..end.max(first)
}
