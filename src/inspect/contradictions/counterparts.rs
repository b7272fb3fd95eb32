//! What the two whom a cue sentence sets against each other have said: looked for in the same
//! article, near the cue sentence or wherever they speak of the same.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Range;

use super::actors::acted_for;
use super::holders::Article;
use super::{Part, Statement};
use crate::graph::{EntityIndex, Polarity};
use crate::inspect::dates::{DateSource, StatementDate};
use crate::read::day_named;
use crate::statement::Modality;

/// How many sentences back claims without an owner ("the reports") are looked for.
const SENTENCES_BACK: usize = 3;

/// The sentence outside `used` in which `speaker`, or somebody who acts for him, says most on
/// the topic; of equal ones the nearest before the cue sentence, the first of `used` at last.
pub(super) fn best_of(
    article: &Article<'_>,
    speaker: EntityIndex,
    topic: &BTreeSet<EntityIndex>,
    used: &[usize],
) -> Option<usize> {
    let cue = *used.last()?;
    let speakers: BTreeSet<_> = article
        .names
        .iter()
        .map(|name| name.entity)
        .filter(|one| acted_for(article.scene, *one).contains(&speaker))
        .chain([speaker])
        .collect();
    (0..article.prose.spans.len())
        .filter(|at| !used.contains(at))
        .filter(|at| speakers.iter().any(|one| article.speaks(*at, *one)))
        .filter_map(|at| {
            let tokens = article.prose.tokens.sentences.get(at)?.tokens.clone();
            let named: BTreeSet<_> =
                article.names_in(tokens).iter().map(|name| name.entity).collect();
            let shared = named.intersection(topic).count();
            (shared > 0).then_some((shared, at))
        })
        .max_by_key(|(shared, at)| {
            let distance = cue.abs_diff(*at);
            (*shared, Reverse((*at > cue, distance)))
        })
        .map(|(_, at)| at)
}

/// The last claim before the cue sentence that is no words of `rejecter` and concerns him: what
/// others say of him, or what is only alleged.
pub(super) fn unowned<'g>(
    article: &Article<'g>,
    index: usize,
    rejecter: EntityIndex,
    topic: &BTreeSet<EntityIndex>,
) -> Option<Part<'g>> {
    let own = acted_for(article.scene, rejecter);
    let from = article.prose.spans.get(index.saturating_sub(SENTENCES_BACK))?.start;
    let until = article.prose.spans.get(index)?.start;
    let schema = &article.scene.ontology.schema;
    let speaker_of = |one: &Statement<'g>| {
        let property = schema.property(one.claim.property);
        let evidence = one.evidence;
        let place = evidence.sentence;
        if property.standing
            || evidence.role.is_some()
            || evidence.polarity == Polarity::Denied
            || place.start < from
            || place.end > until
        {
            return None;
        }
        let (head, tail) = (one.claim.head, one.claim.tail);
        if property.saying && own.contains(&tail) {
            return Some((*one, Some(head)));
        }
        let of_others = match evidence.attributed_to {
            Some(speaker) => !acted_for(article.scene, speaker).contains(&rejecter),
            None => evidence.modality == Modality::Alleged,
        };
        let concerns = [head, tail].iter().any(|end| own.contains(end) || topic.contains(end));
        (of_others && concerns).then_some((*one, evidence.attributed_to))
    };
    let (statement, speaker) = article.statements.iter().rev().find_map(speaker_of)?;
    Some(Part { speaker, ..statement.part(article.scene) })
}

/// The last sentence before the cue sentence in which another than `rejecter` speaks of him or of
/// the topic, or which tells what is said of him. `same`: of how much of the topic at least.
pub(super) fn said_by_another<'g>(
    article: &Article<'g>,
    index: usize,
    rejecter: EntityIndex,
    topic: &BTreeSet<EntityIndex>,
    same: usize,
) -> Option<Part<'g>> {
    let own = acted_for(article.scene, rejecter);
    (index.saturating_sub(SENTENCES_BACK)..index).rev().find_map(|at| {
        let tokens = article.prose.tokens.sentences.get(at)?.tokens.clone();
        let names: BTreeSet<_> =
            article.names_in(tokens.clone()).iter().map(|name| name.entity).collect();
        let other = names.iter().copied().find(|entity| {
            !own.contains(entity)
                && !acted_for(article.scene, *entity).contains(&rejecter)
                && article.speaks(at, *entity)
        });
        let about = |entity: &&EntityIndex| Some(**entity) != other;
        let on_topic = names.intersection(topic).filter(about).count();
        let of_rejecter = names.intersection(&own).any(|entity| Some(*entity) != other);
        let hearsay =
            tokens.clone().any(|at| article.is_in("hearsay_words", at) && !article.is_quoted(at));
        let own_words = own.iter().any(|entity| article.speaks(at, *entity));
        let concerns = on_topic >= same
            && on_topic + usize::from(of_rejecter) > 0
            && (of_rejecter || on_topic > same);
        (concerns && !own_words && (other.is_some() || hearsay)).then(|| told(article, at, other))
    })
}

/// The one whose statement a sentence holds.
pub(super) fn speaker_in(article: &Article<'_>, sentence: usize) -> Option<EntityIndex> {
    let tokens = article.prose.tokens.sentences.get(sentence)?.tokens.clone();
    article
        .names_in(tokens)
        .iter()
        .map(|name| name.entity)
        .find(|entity| article.speaks(sentence, *entity))
}

/// A sentence of its own as a side.
pub(super) fn told<'g>(
    article: &Article<'g>,
    sentence: usize,
    speaker: Option<EntityIndex>,
) -> Part<'g> {
    let whole = article.prose.tokens.sentences.get(sentence).map(|one| one.tokens.clone());
    cited(article, sentence, whole.unwrap_or_default(), speaker)
}

/// Words of a sentence as a side: the statement of the graph that they make, if any.
pub(super) fn cited<'g>(
    article: &Article<'g>,
    sentence: usize,
    words: Range<usize>,
    speaker: Option<EntityIndex>,
) -> Part<'g> {
    let span = article.prose.spans.get(sentence).copied().unwrap_or_default();
    let within = |one: &&Statement<'_>| {
        let schema = &article.scene.ontology.schema;
        let place = one.evidence.cue.or(one.evidence.head).or(one.evidence.tail);
        let tokens = article.tokens();
        let inside = place.is_some_and(|place| {
            let bounds = words.start < words.end && words.end <= tokens.len();
            bounds
                && article.prose.place(tokens[words.start].span).start <= place.start
                && place.end <= article.prose.place(tokens[words.end - 1].span).end
        });
        // Who the speaker is himself is no part of what he says.
        let of_himself =
            Some(one.claim.head) == speaker && schema.property(one.claim.property).membership;
        inside
            && !of_himself
            && !schema.property(one.claim.property).standing
            && one.evidence.role.is_none()
    };
    let by_speaker = |one: &&Statement<'_>| one.evidence.attributed_to == speaker;
    let statement = article.statements.iter().filter(within).find(by_speaker).copied();
    let published = article.scene.graph.document(article.document).source.published.as_deref();
    let date = match day(article, &words) {
        Some(value) => Some(StatementDate { value, from: DateSource::Said }),
        None => published
            .map(|day| StatementDate { value: day.to_owned(), from: DateSource::Published }),
    };
    let date = match statement {
        Some(statement) => statement.part(article.scene).date.or(date),
        None => date,
    };
    Part {
        statement,
        speaker,
        date,
        document: article.document,
        quote: article.prose.sentence(sentence),
        sentence: span,
    }
}

/// The day that words outside quotation marks name.
pub(super) fn day(article: &Article<'_>, words: &Range<usize>) -> Option<String> {
    let published = article.scene.graph.document(article.document).source.published.as_deref();
    let plain: Vec<&str> = words
        .clone()
        .filter(|at| !article.is_quoted(*at))
        .filter_map(|at| Some(article.tokens().get(at)?.span.of(article.prose.text)))
        .collect();
    day_named(&plain.join(" "), published)
}
