//! Contradictions that an article states itself: "contradicted his own words", "denied the
//! ministry's claim". The cue sentence says who disagrees with whom; what each of them said is
//! looked for in the article, and is the cue sentence where it is said nowhere else.

use std::collections::BTreeSet;
use std::ops::Range;

use super::counterparts::{best_of, cited, day, said_by_another, speaker_in, told, unowned};
use super::holders::{After, Article, Before, Named};
use super::phrases::Phrases;
use super::{ContradictionKind, Found, Part, Scene, StatedIn, Statement, pair};
use crate::graph::{DocumentIndex, EntityIndex, EntityMention};
use crate::inspect::dates::{DateSource, StatementDate};
use crate::inspect::prose::Prose;

/// How many words before a cue may deny it or make it depend on something.
const WORDS_BEFORE: usize = 4;

pub(super) fn find<'g>(scene: Scene<'g>) -> Vec<Found<'g>> {
    let cues = Phrases::new(scene.ontology.lexicon.list("contradiction_cues"));
    let documents = scene.graph.document_count();
    let mut mentions: Vec<Vec<(EntityIndex, EntityMention)>> = vec![Vec::new(); documents];
    for (entity, record) in scene.graph.entities() {
        for mention in &record.mentions {
            if let Some(here) = mentions.get_mut(mention.document.0 as usize) {
                here.push((entity, *mention));
            }
        }
    }
    let mut statements: Vec<Vec<Statement<'g>>> = vec![Vec::new(); documents];
    for statement in Statement::all(scene.graph) {
        if let Some(here) = statements.get_mut(statement.evidence.document.0 as usize) {
            here.push(statement);
        }
    }
    let mut found = Vec::new();
    for (((document, record), mentions), statements) in
        scene.graph.documents().zip(mentions).zip(statements)
    {
        let text = record.text.as_deref().unwrap_or_default();
        if cues.may_stand_in(&text.to_lowercase())
            && let Some(prose) = Prose::of(record, scene.ontology)
        {
            let article = article(scene, document, prose, mentions, statements);
            in_article(&article, &cues, &mut found);
        }
    }
    found
}

fn article<'g>(
    scene: Scene<'g>,
    document: DocumentIndex,
    prose: Prose<'g>,
    mentions: Vec<(EntityIndex, EntityMention)>,
    mut statements: Vec<Statement<'g>>,
) -> Article<'g> {
    let places: Vec<_> = prose.tokens.tokens.iter().map(|one| prose.place(one.span)).collect();
    let mut names: Vec<Named> = mentions
        .into_iter()
        .filter_map(|(entity, mention)| {
            let start = places.partition_point(|token| token.end <= mention.span.start);
            let end = places.partition_point(|token| token.start < mention.span.end);
            let class = scene.graph.entity(entity).class;
            (start < end).then_some(Named { tokens: start..end, entity, class, form: mention.form })
        })
        .collect();
    names.sort_by_key(|name| (name.tokens.start, name.tokens.end, name.entity));
    statements.sort_by_key(|one| (one.evidence.sentence, one.claim.index));
    Article::new(scene, document, prose, names, statements)
}

fn in_article<'g>(article: &Article<'g>, cues: &Phrases<'_>, found: &mut Vec<Found<'g>>) {
    for (index, sentence) in article.prose.tokens.sentences.iter().enumerate() {
        let range = sentence.tokens.clone();
        let mut at = range.start;
        while at < range.end {
            let Some((cue, kind)) = cues.at(article.tokens(), at, range.end) else {
                at += 1;
                continue;
            };
            at = cue.end;
            if !article.is_quoted(cue.start) && !is_doubted(article, &range, cue.start) {
                found.extend(at_cue(article, index, &range, &cue, kind));
            }
        }
    }
}

/// Whether the cue is denied, or only possible.
fn is_doubted(article: &Article<'_>, sentence: &Range<usize>, cue: usize) -> bool {
    (cue.saturating_sub(WORDS_BEFORE).max(sentence.start)..cue).any(|at| {
        article.is_in("negations", at)
            || article.is_in("modality_conditional", at)
            || article.is_in("denial_verbs", at)
    })
}

/// The contradiction that the cue in a sentence states.
fn at_cue<'g>(
    article: &Article<'g>,
    index: usize,
    sentence: &Range<usize>,
    cue: &Range<usize>,
    kind: &str,
) -> Option<Found<'g>> {
    let rejects = kind != "against";
    let before = article.before(sentence, cue.start)?;
    let after = match article.after(cue.end, sentence.end, !rejects) {
        Some(after) => after,
        None if kind == "denies" && article.tells(cue.end, sentence.end) => After::Content,
        None => return None,
    };
    let a = match before {
        Before::Named(entity) => Some(entity),
        _ => None,
    };
    let b = match after {
        After::Named(entity) => Some(entity),
        After::Own => Some(a?),
        After::Unnamed | After::Content => None,
    };
    if after != After::Own && a == b || rejects && a.is_none() {
        return None;
    }
    let previous = index.checked_sub(1).filter(|_| before == Before::PreviousSentence);
    let topic: BTreeSet<_> = [Some(index), previous]
        .into_iter()
        .flatten()
        .filter_map(|at| article.prose.tokens.sentences.get(at))
        .flat_map(|sentence| article.names_in(sentence.tokens.clone()))
        .map(|name| name.entity)
        .filter(|entity| Some(*entity) != a && Some(*entity) != b)
        .collect();
    let here = |range: Range<usize>, speaker| cited(article, index, range, speaker);
    let first = match before {
        Before::Named(entity) if !rejects => {
            let elsewhere = best_of(article, entity, &topic, &[index]);
            elsewhere.map_or_else(
                || here(sentence.start..cue.start, a),
                |at| told(article, at, Some(entity)),
            )
        }
        Before::PreviousSentence => {
            let previous = previous?;
            told(article, previous, speaker_in(article, previous))
        }
        Before::Named(_) | Before::ThisSentence => here(sentence.clone(), a),
    };
    let behind = cue.end..sentence.end;
    let told_at =
        |part: &Part<'_>| article.prose.spans.iter().position(|one| *one == part.sentence);
    let day = day(article, &behind);
    let mut second = match after {
        After::Named(entity) => {
            let used: Vec<_> = told_at(&first).into_iter().chain([index]).collect();
            let elsewhere = best_of(article, entity, &topic, &used);
            elsewhere.map_or_else(|| here(behind, b), |at| told(article, at, b))
        }
        After::Own if spells_out(article, &behind) => here(behind, b),
        After::Own => {
            let used: Vec<_> = told_at(&first).into_iter().chain([index]).collect();
            let elsewhere = best_of(article, b?, &topic, &used);
            elsewhere.map_or_else(|| here(behind, b), |at| told(article, at, b))
        }
        After::Unnamed if rejects => unowned(article, index, a?, &topic)
            .or_else(|| said_by_another(article, index, a?, &topic, 0))?,
        After::Unnamed => return None,
        After::Content => said_by_another(article, index, a?, &topic, 1)?,
    };
    if let Some(value) = day {
        second.date = Some(StatementDate { value, from: DateSource::Said });
    }
    let text = article.prose.text;
    let tokens = article.tokens();
    let words = tokens.get(cue.start)?.span.to(tokens.get(cue.end.checked_sub(1)?)?.span);
    Some(Found {
        kind: ContradictionKind::Stated,
        stated: Some(StatedIn {
            sentence: article.prose.sentence(index),
            sentence_span: pair(*article.prose.spans.get(index)?),
            cue: words.of(text),
        }),
        a: first,
        b: second,
    })
}

/// Whether the words behind a cue say what was said: "his own words, when he said that …".
fn spells_out(article: &Article<'_>, behind: &Range<usize>) -> bool {
    behind.clone().any(|at| article.is_in("speech_verbs", at) || article.word(at) == "that")
}
