//! The outline of an article: its title, what its head says of its origin, and which parts
//! of the text are prose.

use super::lines::{Aside, Line, aside, host_of, lines};
use super::paragraphs::{Form, Layout, Paragraph, paragraphs};
use super::residue::residue;
use super::{dateline, front_matter};
use crate::document::{Block, BlockKind, Source};
use crate::span::ByteSpan;

/// What an article is made of, and what it says of its own origin.
pub(super) struct Outline {
    pub blocks: Vec<Block>,
    pub residue: Vec<ByteSpan>,
    /// Found in the text; empty where it says nothing.
    pub source: Source,
}

/// Outlines `text`. `title` is the title where it is known from elsewhere: then the text is
/// searched for no other, but a first line that repeats it is no prose.
/// `forms` gives the form of lines where it is known, by the offset at which they start.
pub(super) fn outline(
    text: &str,
    title: Option<&str>,
    layout: Layout,
    forms: &[(usize, Form)],
) -> Outline {
    let all_lines = lines(text);
    let mut builder = Builder {
        text,
        outline: Outline { blocks: Vec::new(), residue: Vec::new(), source: Source::default() },
        title_known: title.is_some(),
        prose_seen: 0,
        after_byline: false,
    };
    let mut rest: &[Line] = &all_lines;
    if layout == Layout::Markdown
        && let Some(matter) = front_matter::front_matter(text, &all_lines)
    {
        builder.push(matter.start, matter.end, BlockKind::Furniture);
        builder.title_known |= matter.source.title.is_some();
        builder.outline.source = matter.source;
        rest = &all_lines[matter.lines..];
    }
    let parts = paragraphs(text, rest, layout, forms);
    let found = match title {
        Some(title) => parts.iter().take(3).position(|part| repeats(text, part, title)),
        None if builder.title_known => None,
        None => title_index(text, &parts),
    };
    for (index, part) in parts.iter().enumerate() {
        let before_title = found.is_some_and(|found| index < found);
        if before_title && is_section(&text[part.start..part.end]) {
            builder.push(part.start, part.end, BlockKind::Furniture);
            continue;
        }
        builder.paragraph(part, Some(index) == found, index + 3 >= parts.len());
    }
    mark_continued(text, &mut builder.outline.blocks, &builder.outline.residue, &parts);
    builder.outline
}

fn repeats(text: &str, part: &Paragraph, title: &str) -> bool {
    let fold = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    fold(&text[part.start..part.end]) == fold(title)
}

/// Which paragraph is the title: the first heading of level 1, or a first paragraph that
/// reads like a headline.
fn title_index(text: &str, parts: &[Paragraph]) -> Option<usize> {
    let heading = parts.iter().take(6).position(|part| matches!(part.form, Form::Heading(1)));
    if heading.is_some() {
        return heading;
    }
    let labelled = |part: &Paragraph| title_label(&text[part.start..part.end]) > 0;
    if let Some(index) = parts.iter().take(5).position(labelled) {
        return Some(index);
    }
    let is_aside = |part: &Paragraph| aside(&text[part.start..part.end]).is_some();
    // The name of a section may stand before the title.
    let is_section = |part: &Paragraph| is_section(&text[part.start..part.end]);
    let first = parts.iter().position(|part| !is_aside(part) && !is_section(part))?;
    let part = &parts[first];
    let after = parts.get(first + 1)?;
    let words = text[part.start..part.end].trim();
    // A blank line parts a title from the text, or the head of the article does.
    let opens_text = || dateline::dateline(&text[after.start..after.end], true).is_some();
    let confirmed = is_aside(after) || opens_text();
    let lines_only = || {
        let long = after.end - after.start > 2 * (part.end - part.start);
        long && parts.iter().take(parts.len() - 1).all(|part| !part.blank_after)
    };
    let set_apart = part.blank_after || is_aside(after) || lines_only();
    let has_body = parts[first + 1..].iter().any(|part| {
        let content = &text[part.start..part.end];
        content.chars().count() > words.chars().count() && !is_aside(part)
    });
    (part.form == Form::Body
        && set_apart
        && has_body
        && first <= 5
        && reads_as_headline(words, confirmed))
    .then_some(first)
}

/// Whether a line of one or two words names a section of a paper ("WORLD", "World news").
fn is_section(line: &str) -> bool {
    line.split_whitespace().count() <= 2
        && line.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '&' | '/' | '-'))
}

/// The length of "Title: " at the start of a line, or 0.
fn title_label(line: &str) -> usize {
    ["title:", "headline:"]
        .into_iter()
        .filter(|label| {
            line.get(..label.len()).is_some_and(|start| start.eq_ignore_ascii_case(label))
        })
        .map(|label| line.len() - line[label.len()..].trim_start().len())
        .find(|length| *length < line.len())
        .unwrap_or_default()
}

/// Words that headlines leave out or write small, and so tell nothing of a headline's style.
const SMALL_WORDS: &[&str] = &[
    "a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "by", "with", "from", "as",
    "is", "de", "la", "al", "van", "von", "bin", "el", "da", "du",
];

/// Whether `line` reads like a headline and not like a short first paragraph, an office or a
/// signature ("Office of the Minister", "Jane Doe, Minister of Trade"). `confirmed` is whether
/// an address, a date or a byline follows.
fn reads_as_headline(line: &str, confirmed: bool) -> bool {
    let count = line.split_whitespace().count();
    let length = line.chars().count();
    if !(2..=25).contains(&count) || length > 180 {
        return false;
    }
    let last = line.trim_end_matches(['"', '\'', '”', '’', ')', '*', '_']);
    let abbreviated = last.rsplit(' ').next().is_some_and(|word| word.matches('.').count() >= 2);
    if last.ends_with([':', ';', ',']) || (last.ends_with(['.', '…']) && !abbreviated) {
        return false;
    }
    if dateline::dateline(line, true).is_some() {
        return false;
    }
    // A headline says something: at least four words, one of them a small one with meaning.
    let says_something = line
        .split(|c: char| c.is_whitespace() || c == '-')
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .any(|word| {
            word.chars().count() >= 3
                && word.chars().all(|c| c.is_lowercase() || c == '\'' || c == '’')
                && !SMALL_WORDS.contains(&word)
        });
    // "Jane Doe, Minister of Trade": two words or more before the only comma, all capitalised.
    let signature = line.split_once(',').is_some_and(|(name, office)| {
        let capitals = |part: &str| {
            part.split_whitespace().all(|word| {
                SMALL_WORDS.contains(&word) || word.chars().next().is_some_and(char::is_uppercase)
            })
        };
        let is_name = (2..=5).contains(&name.split_whitespace().count());
        is_name && count <= 10 && !office.contains(',') && capitals(name) && capitals(office)
    });
    let capitalised = count >= if line.contains(',') { 6 } else { 5 } && !signature;
    (confirmed || count >= 4) && (says_something || capitalised)
}

/// Whether a line is up to four capitalised words, as the name of a paper under a byline is.
fn names_paper(line: &str) -> bool {
    line.split_whitespace().count() <= 4
        && !line.ends_with(['.', ':', '!', '?'])
        && line.split_whitespace().all(|word| {
            SMALL_WORDS.contains(&word) || word.chars().next().is_some_and(char::is_uppercase)
        })
}

struct Builder<'t> {
    text: &'t str,
    outline: Outline,
    title_known: bool,
    prose_seen: usize,
    /// Whether the last paragraph was a byline: the name of the paper may follow.
    after_byline: bool,
}

impl Builder<'_> {
    fn push(&mut self, start: usize, end: usize, kind: BlockKind) {
        if start < end {
            let span = ByteSpan::new(start, end);
            self.outline.blocks.push(Block { span, kind, continues: false });
        }
    }

    fn paragraph(&mut self, part: &Paragraph, is_title: bool, near_end: bool) {
        let (start, end) = (part.start, part.end);
        let content = &self.text[start..end];
        if is_title || matches!(part.form, Form::Heading(_)) {
            self.push(start, end, BlockKind::Title);
            let marked = self.outline.residue.len();
            self.mark(part, start);
            if is_title {
                let label = title_label(content);
                let title = self.clean_after(start + label, end, marked);
                self.outline.source.title = Some(title).filter(|title| !title.is_empty());
            }
            return;
        }
        if part.form == Form::Apart {
            return self.push(start, end, BlockKind::Furniture);
        }
        if let Some(aside) = aside(content).filter(|aside| {
            // "By …" in the middle of an article is a sentence that a full stop is missing from.
            *aside != Aside::Byline || self.prose_seen < 2 || near_end
        }) {
            self.after_byline = aside == Aside::Byline;
            self.note(aside);
            return self.push(start, end, BlockKind::Furniture);
        }
        if std::mem::take(&mut self.after_byline) && self.prose_seen == 0 && names_paper(content) {
            self.note(Aside::Publisher(content.to_owned()));
            return self.push(start, end, BlockKind::Furniture);
        }
        let mut body = start;
        if self.prose_seen < 3
            && part.form == Form::Body
            && let Some(line) = dateline::dateline(content, self.prose_seen == 0)
        {
            self.push(start, start + line.place_end, BlockKind::Dateline);
            self.outline.residue.extend(residue(self.text, start, start + line.place_end));
            self.push(start + line.place_end, start + line.end, BlockKind::Furniture);
            body = start + line.end;
            let source = &mut self.outline.source;
            source.publisher = source.publisher.take().or(line.agency);
            source.published = source.published.take().or(line.published);
        }
        let marked = self.outline.residue.len();
        self.mark(part, body);
        let clean = self.clean_after(body, end, marked);
        // A picture or a tag alone says nothing.
        match clean.chars().any(char::is_alphanumeric) {
            true => {
                self.push(body, end, BlockKind::Prose);
                self.prose_seen += 1;
            }
            false => self.push(body, end, BlockKind::Furniture),
        }
    }

    /// Takes what the head of the article says of its origin.
    fn note(&mut self, aside: Aside) {
        let head = self.prose_seen == 0;
        let source = &mut self.outline.source;
        match aside {
            Aside::Address(address) if head => {
                let host = host_of(&address);
                source.uri = source.uri.take().or(Some(address));
                source.publisher = source.publisher.take().or(host);
            }
            Aside::Date(Some(date)) if head => {
                source.published = source.published.take().or(Some(date));
            }
            Aside::Publisher(name) if head => source.publisher = Some(name),
            _ => {}
        }
    }

    /// Notes the markup from `body` to the end of `part`.
    fn mark(&mut self, part: &Paragraph, body: usize) {
        let mut found: Vec<ByteSpan> = part
            .marks
            .iter()
            .copied()
            .filter(|mark| mark.start as usize >= body)
            .chain(residue(self.text, body, part.end))
            .collect();
        found.sort();
        for span in found {
            match self.outline.residue.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => self.outline.residue.push(span),
            }
        }
    }

    /// The text without the markup that was noted in it, which begins at index `marked`; its
    /// white space made single spaces.
    fn clean_after(&self, start: usize, end: usize, marked: usize) -> String {
        let span = ByteSpan::new(start, end);
        let clean = without(self.text, span, &self.outline.residue[marked.saturating_sub(1)..]);
        clean.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Words after which a sentence must go on.
const DANGLING_WORDS: &[&str] = &[
    "a", "an", "the", "and", "or", "of", "to", "in", "with", "by", "for", "from", "at", "as",
    "than", "that", "who", "which",
];

/// Notes where a sentence goes on over a paragraph break.
fn mark_continued(text: &str, blocks: &mut [Block], residue: &[ByteSpan], parts: &[Paragraph]) {
    let mut open_sentence = false;
    // Whether no sentence can end as the last paragraph does.
    let mut dangling = false;
    for block in blocks.iter_mut() {
        match block.kind {
            BlockKind::Prose => {}
            // What stands between headings, or after a dateline, begins anew.
            BlockKind::Title | BlockKind::Dateline => {
                open_sentence = false;
                continue;
            }
            BlockKind::Furniture => continue,
        }
        let part = parts.partition_point(|part| part.start <= block.span.start as usize);
        let is_item = part.checked_sub(1).is_some_and(|part| parts[part].form == Form::Item);
        let clean = without(text, block.span, residue);
        let first = clean.chars().find(|c| c.is_alphanumeric());
        let small = first.is_some_and(char::is_lowercase);
        block.continues = open_sentence && !is_item && (small || dangling);
        let last = clean.trim_end_matches(|c: char| {
            c.is_whitespace() || matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']')
        });
        open_sentence = last.ends_with(|c: char| !matches!(c, '.' | '!' | '?' | '…' | ';'));
        let last_word = last.rsplit(char::is_whitespace).next().unwrap_or_default();
        dangling = last_word.ends_with(',') || DANGLING_WORDS.contains(&last_word);
    }
}

fn without(text: &str, span: ByteSpan, residue: &[ByteSpan]) -> String {
    let mut clean = String::with_capacity(span.len());
    let mut at = span.start;
    let from = residue.partition_point(|mark| mark.end <= span.start);
    for mark in residue[from..].iter().take_while(|mark| mark.end <= span.end) {
        clean.push_str(ByteSpan { start: at, end: mark.start.max(at) }.of(text));
        at = mark.end.max(at);
    }
    clean.push_str(ByteSpan { start: at, end: span.end.max(at) }.of(text));
    clean
}
