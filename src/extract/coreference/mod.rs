//! Coreference inside a document: which name a pronoun ("he", "its") or a definite noun ("the
//! group", "the president") stands for.
//!
//! Precision before recall: where two names compete and nothing decides, and inside quotations,
//! where pronouns mean the speaker's world, nothing is found.

mod author;
mod candidates;
mod nominal;
pub(super) mod office;
mod pronoun;

use std::ops::Range;

use crate::confidence::Confidence;
use crate::mention::{Mention, StandIn};
use crate::ontology::{EntryId, Ontology, SubclassId, TopClass, WordList};
use crate::statement::{MentionForm, Origin};
use crate::token::{Case, Token, TokenKind, Tokens};

use author::Voice;
use candidates::Candidates;

/// A mention for each pronoun and definite noun of the article's own voice whose antecedent is
/// clear, in the order of the text. `mentions` are sorted and do not overlap.
pub fn find(
    text: &str,
    tokens: &Tokens,
    mentions: &[Mention],
    quoted: &[bool],
    ontology: &Ontology,
) -> Vec<Mention> {
    let list = |name| ontology.lexicon.list(name);
    let lists = Lists {
        pronouns: list("pronouns"),
        nouns: list("anaphoric_nouns"),
        modifiers: list("anaphoric_modifiers"),
        titles: list("titles_before_name"),
        common: list("common_words"),
        not_names: [list("calendar"), list("titles_before_name"), list("not_names")],
    };
    let mut search = Search {
        tokens: &tokens.tokens,
        mentions,
        ontology,
        lists,
        candidates: Candidates::new(text, tokens, mentions, ontology),
        author: None,
    };
    let is_author = |word: &str| {
        search.lists.pronouns.value(word).is_some_and(|value| value.contains(pronoun::AUTHOR))
    };
    let voice = Voice::new(tokens, quoted, is_author);
    if voice.speaks {
        let home = office::home(tokens, mentions, ontology);
        let named = |entry| mentions.iter().position(|mention| mention.entry == Some(entry));
        let home = home.and_then(named).map(|first| search.candidates.group(first));
        let opener = || search.candidates.opener(&tokens.sentences);
        search.author = home.or_else(|| voice.is_statement.then(opener).flatten());
    }
    let mut found = Vec::new();
    let mut next = 0;
    for sentence in &tokens.sentences {
        search.candidates.open_sentence();
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            while mentions.get(next).is_some_and(|mention| mention.tokens.end <= at) {
                next += 1;
            }
            if let Some(mention) = mentions.get(next).filter(|one| one.tokens.contains(&at)) {
                if !mention.demonym {
                    search.candidates.push_name(next, quoted[at], &sentence.tokens);
                }
                at = mention.tokens.end;
                continue;
            }
            let place = Place { at, sentence: sentence.tokens.clone(), quoted: quoted[at] };
            let answer = search.anaphor(&place);
            match answer {
                Some(answer) => {
                    found.push(stand_in(tokens, mentions, &answer));
                    search.candidates.push_stand_in(&answer, quoted[at], &sentence.tokens);
                    at = answer.tokens.end;
                }
                None => {
                    if search.is_unknown_name(&place) {
                        search.candidates.push_unknown(at, quoted[at], &sentence.tokens);
                    }
                    at += 1;
                }
            }
        }
    }
    found
}

/// A word that may stand for a name, and where.
struct Place {
    at: usize,
    /// The tokens of its sentence.
    sentence: Range<usize>,
    /// Inside quotation marks: what stands outside is another's world, and the other way round.
    quoted: bool,
}

/// What a word stands for.
struct Answer {
    tokens: Range<usize>,
    /// Index of the mention that names it.
    antecedent: usize,
    form: MentionForm,
    genitive: bool,
    confidence: f32,
}

/// The word lists that are asked at every word.
struct Lists<'d> {
    pronouns: &'d WordList,
    nouns: &'d WordList,
    modifiers: &'d WordList,
    titles: &'d WordList,
    common: &'d WordList,
    /// Capitalised words that name nothing.
    not_names: [&'d WordList; 3],
}

/// What the list of pronouns says of "the".
const DETERMINER: &str = "determiner";

struct Search<'d> {
    tokens: &'d [Token],
    mentions: &'d [Mention],
    ontology: &'d Ontology,
    lists: Lists<'d>,
    candidates: Candidates<'d>,
    /// The group of candidates that "we" stands for, in a statement.
    author: Option<u32>,
}

impl Search<'_> {
    fn anaphor(&self, place: &Place) -> Option<Answer> {
        let token = &self.tokens[place.at];
        // All words that count are short: the rest need not be looked up.
        if token.kind != TokenKind::Word || token.lower.len() > 4 {
            return None;
        }
        match self.lists.pronouns.value(&token.lower)? {
            DETERMINER => self.nominal(place),
            pronoun => self.pronoun(place, pronoun),
        }
    }

    fn word(&self, at: usize, sentence: &Range<usize>) -> Option<&str> {
        sentence.contains(&at).then(|| &*self.tokens[at].lower)
    }

    /// A capitalised word of which nothing is known may name anything.
    fn is_unknown_name(&self, place: &Place) -> bool {
        let token = &self.tokens[place.at];
        token.kind == TokenKind::Word
            && token.case != Case::Lower
            && !self.lists.common.contains(&token.lower)
            && !self.lists.not_names.iter().any(|list| list.contains(&token.lower))
    }

    /// Whether the words from `at` on begin a name, which then says itself what is meant.
    fn begins_name(&self, at: usize, sentence: &Range<usize>) -> bool {
        sentence.contains(&at)
            && (self.tokens[at].kind == TokenKind::Word && self.tokens[at].case != Case::Lower
                || self.mention_at(at).is_some())
    }

    fn mention_at(&self, at: usize) -> Option<usize> {
        let index = self.mentions.partition_point(|mention| mention.tokens.end <= at);
        self.mentions
            .get(index)
            .is_some_and(|mention| mention.tokens.contains(&at))
            .then_some(index)
    }
}

/// Classes and subclasses that an anaphor may stand for, as its word list gives them:
/// `Organization|Place.Country|Agreement`.
fn fits(classes: &str, mention: &Mention, ontology: &Ontology) -> bool {
    classes.split('|').any(|class| match class.split_once('.') {
        None => mention.class.name() == class,
        Some((top, subclass)) => {
            mention.class.name() == top
                && mention.subclass.is_some_and(|id| ontology.schema.subclass(id).name == subclass)
        }
    })
}

fn stand_in(tokens: &Tokens, mentions: &[Mention], answer: &Answer) -> Mention {
    let antecedent = &mentions[answer.antecedent];
    let kind =
        Kind { class: antecedent.class, subclass: antecedent.subclass, entry: antecedent.entry };
    let mut mention =
        anaphor(tokens, answer.tokens.clone(), kind, "coreference", answer.confidence);
    mention.form = answer.form;
    mention.stands_for =
        Some(StandIn { antecedent: antecedent.tokens.start, genitive: answer.genitive });
    mention
}

/// What an anaphor takes over from what it stands for.
pub(super) struct Kind {
    pub class: TopClass,
    pub subclass: Option<SubclassId>,
    pub entry: Option<EntryId>,
}

/// A mention that names nothing itself: a pronoun, unless its form is set to another.
pub(super) fn anaphor(
    tokens: &Tokens,
    range: Range<usize>,
    kind: Kind,
    rule: &str,
    confidence: f32,
) -> Mention {
    Mention {
        span: tokens.tokens[range.start].span.to(tokens.tokens[range.end - 1].span),
        tokens: range,
        class: kind.class,
        subclass: kind.subclass,
        form: MentionForm::Pronoun,
        entry: kind.entry,
        demonym: false,
        stands_for: None,
        origin: Origin::Rule(rule.into()),
        confidence: Confidence::new(confidence).unwrap_or(Confidence::CERTAIN),
    }
}
