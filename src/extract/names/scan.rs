//! The first pass: reads each sentence from left to right and names what its words decide.

use std::collections::HashSet;

use crate::ontology::{EntryId, NameKind, NameMatch, Ontology, TopClass};
use crate::token::{Case, Sentence, Tokens};

use super::{Name, Open, Scanned, openers, person, phrases, things, words::Words};

pub struct Scan<'d> {
    words: Words<'d>,
    sentences: &'d [Sentence],
    thing_openers: HashSet<&'d str>,
    found: Scanned<'d>,
}

impl<'d> Scan<'d> {
    pub fn new(text: &'d str, tokens: &'d Tokens, taken: &[bool], ontology: &'d Ontology) -> Self {
        Self {
            words: Words::new(text, tokens, taken, ontology),
            sentences: &tokens.sentences,
            thing_openers: things::openers(ontology),
            found: Scanned::default(),
        }
    }

    /// Names decided, and words left open.
    pub fn run(mut self) -> Scanned<'d> {
        for (index, sentence) in self.sentences.iter().enumerate() {
            let mut at = sentence.tokens.start;
            while at < sentence.tokens.end {
                at = self.step(index, sentence, at);
            }
        }
        self.found
    }

    /// Looks at the token `at` and returns where to go on.
    fn step(&mut self, index: usize, sentence: &Sentence, at: usize) -> usize {
        let end = sentence.tokens.end;
        if let Some(name) = openers::name(&self.words, at, end) {
            let next = name.tokens.end;
            self.push(name);
            return next;
        }
        if !self.words.is_capital(at) {
            return at + 1;
        }
        let words = &self.words;
        if words.ontology.lexicon.list("calendar").contains(&words.tokens[at].lower) {
            return at + 1;
        }
        if self.thing_openers.contains(&*words.tokens[at].lower)
            && let Some(next) = things::end(words, at, end)
        {
            let named = words.tokens[at + 1..next].iter().map(|token| token.span.of(words.text));
            self.found.things.extend(named);
            return next;
        }
        if let Some(phrase) =
            phrases::explained(words, at, end).or_else(|| phrases::group(words, at, end))
        {
            let next = phrase.tokens.end;
            self.push_organization(phrase, 0.85);
            return next;
        }
        let known = self.known(at, end);
        let known_end = known.as_ref().map_or(at, |found| at + found.words);
        if known.as_ref().is_some_and(|found| self.is_part_of_a_thing(found, at, end)) {
            return known_end;
        }
        let pair =
            person::is_plain_pair(words, at, words.capital_run(at, end), sentence.tokens.start);
        let organization = phrases::organization(words, at, end).filter(|_| !pair);
        let place = phrases::place(words, at, end).filter(|_| !pair);
        let title = words.title_length(at, end);
        let longest = organization.as_ref().map_or(at, |found| found.tokens.end);
        if title > 0 && known_end < at + title + 1 && longest <= at + title {
            return self.after_title(sentence, at + title);
        }
        if let Some(phrase) = organization
            && phrase.tokens.end > known_end
            && place.as_ref().is_none_or(|place| place.tokens.end <= phrase.tokens.end)
            && !self.opens_with_person(&phrase.tokens)
        {
            let next = phrase.tokens.end;
            self.push_organization(phrase, 0.85);
            return next;
        }
        if let Some(phrase) = place
            && phrase.tokens.end > known_end
        {
            let next = phrase.tokens.end;
            self.push(Name {
                tokens: phrase.tokens,
                class: TopClass::Place,
                subclass: phrase.subclass,
                entry: None,
                demonym: false,
                nested: None,
                confidence: 0.8,
            });
            return next;
        }
        self.person_or_known(index, sentence, at, known)
    }

    /// A known name that its surroundings let count. "US military" in "US military aid" is none.
    fn known(&self, at: usize, end: usize) -> Option<NameMatch> {
        let words = &self.words;
        let mut found = words.known(at, end)?;
        let last = at + found.words - 1;
        if found.words > 1
            && words.tokens[last].case == Case::Lower
            && phrases::describes(words, last + 1, end)
        {
            found = words.known(at, last)?;
        }
        Some(found).filter(|found| self.is_sure(found, at))
    }

    /// A known single word that merely opens a sentence is doubtful; so is one that begins a
    /// person's name ("Paris Hilton").
    fn is_sure(&self, found: &NameMatch, at: usize) -> bool {
        if found.words > 1 {
            return true;
        }
        let words = &self.words;
        let before = at.checked_sub(1).map(|at| &*words.tokens[at].lower);
        let placed = before
            .is_some_and(|word| words.ontology.lexicon.list("place_prepositions").contains(word));
        let acronym = words.tokens[at].case == Case::Upper;
        // "Chad" and "Jordan" are countries more often than persons in the news.
        let known = words.ontology.gazetteer.entry(found.entries[0]);
        let country = known.class == TopClass::Place && known.country.is_none();
        if country {
            return !words.seen_lower[at];
        }
        if found.weak {
            let told = || phrases::is_told_behind(words, at, at + found.words);
            return !words.doubtful[at] && (placed || acronym || told());
        }
        // "Congress" and "Apple" open sentences as themselves where nothing here speaks of apples.
        !words.doubtful[at] || known.class == TopClass::Organization && !words.seen_lower[at]
    }

    fn is_part_of_a_thing(&self, found: &NameMatch, at: usize, end: usize) -> bool {
        let words = &self.words;
        let after = at + found.words;
        words.ontology.gazetteer.entry(found.entries[0]).class == TopClass::Organization
            && (things::is_of_a_thing(words, after, end) || things::is_channel(words, at, after))
    }

    fn opens_with_person(&self, tokens: &std::ops::Range<usize>) -> bool {
        let inner_title = (tokens.start + 1..tokens.end)
            .any(|at| self.words.title_length(at, tokens.end) > 0 && at + 1 < tokens.end);
        inner_title && self.words.is_first_name(tokens.start)
    }

    /// The country or body that opens an organization's name.
    fn nested(
        &self,
        outer: &std::ops::Range<usize>,
        relation: crate::ontology::PropertyId,
    ) -> Option<(std::ops::Range<usize>, crate::ontology::PropertyId)> {
        let start = outer.start;
        let excluded = self.words.ontology.lexicon.list("nested_excluded");
        if excluded.contains(&self.words.tokens[start].lower) {
            return None;
        }
        // One word short of the whole, which may itself be known.
        let found = self.words.known(start, outer.end - 1)?;
        // "UN Security Council" is part of the UN as "US Senate" is of the US; no person or
        // agreement has parts.
        // A lone ordinary word is no body ("Guardian Council"), nor what "of" qualifies
        // ("Congress of the Philippines").
        let words = &self.words;
        let has_parts = match words.ontology.gazetteer.entry(found.entries[0]).class {
            TopClass::Place => true,
            TopClass::Organization => {
                (found.words > 1 || words.tokens[start].case == Case::Upper)
                    && words.is_capital(start + found.words)
            }
            TopClass::Person | TopClass::Agreement => false,
        };
        (has_parts && found.words < outer.len()).then(|| (start..start + found.words, relation))
    }

    /// What follows a title: a person, unless it is something known ("President of …" has no
    /// capitalised word next).
    fn after_title(&mut self, sentence: &Sentence, at: usize) -> usize {
        let end = sentence.tokens.end;
        if !self.words.is_capital(at) || at >= end {
            return at;
        }
        let more = self.words.title_length(at, end);
        if more > 0 && self.words.is_capital(at + more) && at + more < end {
            return self.after_title(sentence, at + more);
        }
        let mut reached = person::reach(&self.words, at, end);
        // "Advisor to President Ramaphosa Trudi Makhaya": the president's surname, then another.
        if reached == at + 3
            && !self.words.is_first_name(at)
            && self.words.is_surname(at)
            && self.words.is_first_name(at + 1)
            && !self.words.is_surname(at + 1)
            && self.words.tokens[at + 1].lower.chars().count() > 3
        {
            reached = at + 1;
        }
        let known = self.words.known(at, end);
        let is_other = known.as_ref().is_some_and(|found| {
            let entry = self.words.ontology.gazetteer.entry(found.entries[0]);
            at + found.words >= reached
                && (found.kind == NameKind::Demonym
                    || entry.class == TopClass::Organization
                    || found.words > 1)
        });
        let heads = self.words.ontology.lexicon.list("org_heads");
        let is_head = reached > at
            && heads.contains(&self.words.tokens[reached - 1].lower)
            && reached - at > 1;
        let common = self.words.ontology.lexicon.list("common_words");
        let is_word = reached == at + 1
            && common.contains(&self.words.tokens[at].lower)
            && !self.words.is_surname(at)
            && !self.words.is_first_name(at);
        if reached == at || is_other || is_head || is_word {
            return at;
        }
        let start = person::trimmed_start(&self.words, at, reached);
        self.push(person::name(start..reached, 0.95));
        reached
    }

    fn person_or_known(
        &mut self,
        index: usize,
        sentence: &Sentence,
        at: usize,
        known: Option<NameMatch>,
    ) -> usize {
        let end = sentence.tokens.end;
        let words = &self.words;
        let reached = person::reach(words, at, end);
        let known_end = known.as_ref().map_or(at, |found| at + found.words);
        let bounds = (sentence.tokens.start, end);
        let covers_more = reached > known_end;
        let demonym = known.as_ref().is_some_and(|found| found.kind == NameKind::Demonym);
        let doubtful = words.doubtful[at];
        if covers_more
            && !demonym
            && person::looks_like(words, at, reached)
            && known.as_ref().is_none_or(|found| found.words == 1)
            && (!doubtful || person::ends_as_name(words, reached - 1))
            && !(reached < end && person::is_named_after(words, reached))
        {
            self.push(person::name(at..reached, 0.85));
            return reached;
        }
        if let Some(found) = known {
            return self.known_name(at, end, &found);
        }
        if doubtful {
            return at + 1;
        }
        let run = words.capital_run(at, end);
        if let Some(behind) = phrases::told_by_noun_behind(words, at, run, end) {
            let next = behind.tokens.end;
            self.push(behind);
            return next;
        }
        if run - at >= 2
            && let Some((class, subclass)) = phrases::told_by_noun_before(words, at, bounds.0)
        {
            self.push(Name { class, subclass, ..person::name(at..run, 0.7) });
            return run;
        }
        if run - at >= 2 && phrases::has_organization_cue(words, run, end) {
            let phrase = phrases::Phrase { tokens: at..run, subclass: None, relation: None };
            self.push_organization(phrase, 0.7);
            return run;
        }
        if reached - at >= 2 && reached >= run {
            let common = words.ontology.lexicon.list("common_words");
            let plain = (at..reached).all(|at| {
                let token = &words.tokens[at];
                token.case == Case::Lower
                    || !common.contains(&token.lower) && token.case != Case::Upper
            });
            let surname = words.is_surname(reached - 1);
            if plain || person::has_cue(words, at, reached, bounds) && surname {
                self.push(person::name(at..reached, if surname { 0.7 } else { 0.6 }));
                return reached;
            }
            return self.unknown_run(index, at, run);
        }
        if run - at == 1 {
            self.found.open.push(Open { tokens: at..run, sentence: index });
            return at + 1;
        }
        self.unknown_run(index, at, run)
    }

    /// Several capitalised words of which nothing is known: a known name inside is still one,
    /// else the document may know the whole.
    fn unknown_run(&mut self, index: usize, at: usize, run: usize) -> usize {
        let inner = (at + 1..run).find(|&inner| {
            self.words.known(inner, run).is_some()
                || self.words.title_length(inner, run) > 0
                || (self.words.is_first_name(inner) && inner + 1 < run)
        });
        if inner.is_none() {
            self.found.open.push(Open { tokens: at..run, sentence: index });
        }
        inner.unwrap_or(run)
    }

    /// What a known name stands for here: the building where they met "at the White House".
    fn reading(&self, at: usize, found: &NameMatch) -> EntryId {
        let words = &self.words;
        let first = found.entries[0];
        let class = |entry: &EntryId| words.ontology.gazetteer.entry(*entry).class;
        let the = |&at: &usize| &*words.tokens[at].lower == "the";
        let before = at.checked_sub(1);
        let before = before.filter(the).map_or(before, |the| the.checked_sub(1));
        let list = words.ontology.lexicon.list("site_prepositions");
        if class(&first) != TopClass::Organization
            || !before.is_some_and(|at| list.contains(&words.tokens[at].lower))
        {
            return first;
        }
        let place = found.entries.iter().find(|entry| class(entry) == TopClass::Place);
        place.copied().unwrap_or(first)
    }

    fn known_name(&mut self, at: usize, end: usize, found: &NameMatch) -> usize {
        let words = &self.words;
        let reading = self.reading(at, found);
        let entry = words.ontology.gazetteer.entry(reading);
        let (class, subclass) = (entry.class, entry.subclass);
        let next = at + found.words;
        let demonym = found.kind == NameKind::Demonym;
        if class == TopClass::Place
            && let Some(head) = phrases::common_head(words, next, end)
        {
            let stop = head.tokens.end;
            self.push(Name {
                tokens: at..stop,
                class: TopClass::Organization,
                subclass: head.subclass,
                entry: None,
                demonym: false,
                nested: head.relation.map(|relation| (at..next, relation)),
                confidence: 0.9,
            });
            return stop;
        }
        let nested = (class == TopClass::Organization && found.words > 1)
            .then(|| (at..next).rev().find_map(|head| phrases::relation_of_head(words, head)))
            .flatten()
            .and_then(|relation| self.nested(&(at..next), relation));
        self.push(Name {
            tokens: at..next,
            class,
            subclass,
            entry: Some(reading),
            demonym: demonym && class == TopClass::Place,
            nested,
            confidence: 0.95,
        });
        next
    }

    fn push_organization(&mut self, phrase: phrases::Phrase, confidence: f32) {
        let nested = phrase.relation.and_then(|relation| self.nested(&phrase.tokens, relation));
        self.push(Name {
            tokens: phrase.tokens,
            class: TopClass::Organization,
            subclass: phrase.subclass,
            entry: None,
            demonym: false,
            nested,
            confidence,
        });
    }

    fn push(&mut self, name: Name) {
        self.found.names.push(name);
    }
}
