//! Paragraphs of a text: which lines belong together, and what Markdown says of them.

use super::lines::{Line, aside};
use crate::span::ByteSpan;

/// The conventions by which a text is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// Paragraphs are parted by blank lines, or stand on a line each.
    Text,
    Markdown,
    /// One paragraph a line, as text taken from HTML is written.
    Lines,
}

/// What is known of a paragraph from its form alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Body,
    /// An item of a list: begins anew, whatever stands before it.
    Item,
    /// A heading of this level, from 1.
    Heading(u8),
    /// Code, a rule, a definition of a link, a row of dashes.
    Apart,
}

/// A paragraph without surrounding white space, as byte offsets into the text.
#[derive(Clone, Debug)]
pub(super) struct Paragraph {
    pub start: usize,
    /// Excluded.
    pub end: usize,
    pub form: Form,
    /// Whether a blank line, or the end of the text, stands after it.
    pub blank_after: bool,
    /// Markup that belongs to the lines: list marks, quotation marks of Markdown, "#".
    pub marks: Vec<ByteSpan>,
}

/// Splits a text, given as its lines, into paragraphs. `forms` gives the form of lines where it
/// is known from elsewhere, by the offset at which they start.
pub(super) fn paragraphs(
    text: &str,
    lines: &[Line],
    layout: Layout,
    forms: &[(usize, Form)],
) -> Vec<Paragraph> {
    let mut splitter = Splitter { text, layout, forms, done: Vec::new(), open: None };
    let mut at = 0;
    while at < lines.len() {
        if lines[at].of(text).trim().is_empty() {
            splitter.blank();
            at += 1;
            continue;
        }
        let group_end = lines[at..]
            .iter()
            .position(|line| line.of(text).trim().is_empty())
            .map_or(lines.len(), |length| at + length);
        let fence = fence_mark(lines[at].of(text)).filter(|_| layout == Layout::Markdown);
        if let Some(fence) = fence {
            let close = lines[at + 1..].iter().position(|line| line.of(text).trim() == fence);
            let end = close.map_or(lines.len(), |close| at + 1 + close + 1);
            splitter.apart(lines[at].start, lines[end - 1].end);
            at = end;
            continue;
        }
        // A fence may open within a group; what stands before it ends there.
        let group_end = match layout {
            Layout::Markdown => (at + 1..group_end)
                .find(|next| fence_mark(lines[*next].of(text)).is_some())
                .unwrap_or(group_end),
            _ => group_end,
        };
        splitter.group(&lines[at..group_end]);
        at = group_end;
    }
    splitter.blank();
    splitter.done
}

fn fence_mark(line: &str) -> Option<&str> {
    let line = line.trim_start();
    ["```", "~~~"].into_iter().find(|mark| line.starts_with(mark)).map(|mark| {
        let length = line.len() - line.trim_start_matches(&mark[..1]).len();
        &line[..length]
    })
}

struct Splitter<'t> {
    text: &'t str,
    layout: Layout,
    forms: &'t [(usize, Form)],
    done: Vec<Paragraph>,
    open: Option<Paragraph>,
}

impl Splitter<'_> {
    fn blank(&mut self) {
        self.close();
        if let Some(last) = self.done.last_mut() {
            last.blank_after = true;
        }
    }

    fn close(&mut self) {
        self.done.extend(self.open.take());
    }

    fn apart(&mut self, start: usize, end: usize) {
        self.close();
        self.begin(start, end, Form::Apart);
        self.close();
    }

    /// Opens a paragraph on `start..end` without its outer white space.
    fn begin(&mut self, start: usize, end: usize, form: Form) {
        self.close();
        let whole = &self.text[start..end];
        let trimmed = whole.trim();
        let start =
            start + (whole.len() - whole.trim_start().len()).min(whole.len() - trimmed.len());
        self.open = (!trimmed.is_empty()).then(|| Paragraph {
            start,
            end: start + trimmed.len(),
            form,
            blank_after: false,
            marks: Vec::new(),
        });
    }

    /// Takes lines that no blank line parts.
    fn group(&mut self, group: &[Line]) {
        let joined = match self.layout {
            Layout::Markdown => true,
            Layout::Text => is_wrapped(self.text, group),
            Layout::Lines => false,
        };
        for (index, line) in group.iter().enumerate() {
            let content = line.of(self.text);
            let next = group.get(index + 1).map(|next| next.of(self.text));
            if self.heading_or_rule(*line, content, next) {
                continue;
            }
            let (quote, content) = match self.layout {
                Layout::Markdown => quotation_marks(content),
                _ => (0, content),
            };
            let start = line.start + quote;
            let mark = item_mark(content);
            // Asides before and after the lines of a paragraph stand for themselves.
            let outer = self.open.is_none() || index + 1 == group.len();
            let stands_alone = joined && mark.is_none() && outer && aside(content).is_some();
            let joins = joined && self.open.is_some() && mark.is_none() && !stands_alone;
            if joins {
                if let Some(open) = &mut self.open {
                    if quote > 0 {
                        open.marks.push(ByteSpan::new(line.start, start));
                    }
                    open.end = (start + content.trim_end().len()).max(open.end);
                }
                continue;
            }
            let known = self.forms.binary_search_by_key(&line.start, |(start, _)| *start).ok();
            let form = match known {
                Some(index) => self.forms[index].1,
                None if mark.is_some() => Form::Item,
                None => Form::Body,
            };
            self.begin(line.start, line.end, form);
            if let Some(open) = &mut self.open {
                let body = start + mark.unwrap_or_default();
                if body > open.start && body <= open.end {
                    open.marks.push(ByteSpan::new(open.start, body));
                }
            }
            if stands_alone || !joined {
                self.close();
            }
        }
        self.close();
    }

    /// Headings, rules, tables' dashes and definitions of links.
    fn heading_or_rule(&mut self, line: Line, content: &str, next: Option<&str>) -> bool {
        let trimmed = content.trim();
        let level = trimmed.len() - trimmed.trim_start_matches('#').len();
        let after = &trimmed[level..];
        if (1..=6).contains(&level)
            && after.starts_with([' ', '\t'])
            && after.chars().any(char::is_alphanumeric)
        {
            self.begin(line.start, line.end, Form::Heading(level as u8));
            if let Some(open) = &mut self.open {
                let body = open.start + level + (after.len() - after.trim_start().len());
                open.marks.push(ByteSpan::new(open.start, body));
                let closing = trimmed.len() - trimmed.trim_end_matches('#').len();
                if closing > 0 {
                    open.marks.push(ByteSpan::new(open.end - closing, open.end));
                }
            }
            self.close();
            return true;
        }
        if self.layout != Layout::Markdown {
            return false;
        }
        let underline = |mark: char| {
            next.is_some_and(|next| {
                let next = next.trim();
                next.len() >= 2 && next.chars().all(|c| c == mark)
            })
        };
        if self.open.is_none() && (underline('=') || underline('-')) {
            let level = if underline('=') { 1 } else { 2 };
            self.begin(line.start, line.end, Form::Heading(level));
            self.close();
            return true;
        }
        let no_letters = !trimmed.chars().any(char::is_alphanumeric);
        let definition = trimmed.starts_with('[') && trimmed.contains("]: ") && {
            let target = trimmed.split("]: ").nth(1).unwrap_or_default();
            target.contains("://") || target.starts_with(['/', '<', '#'])
        };
        if no_letters || definition {
            self.apart(line.start, line.end);
            return true;
        }
        false
    }
}

/// Whether the line breaks within `group` come from filling lines to a width.
fn is_wrapped(text: &str, group: &[Line]) -> bool {
    let lengths: Vec<usize> = group.iter().map(|line| line.of(text).chars().count()).collect();
    let longest = lengths.iter().copied().max().unwrap_or_default();
    let Some((_, inner)) = lengths.split_last() else { return false };
    if inner.is_empty() || !(40..=110).contains(&longest) {
        return false;
    }
    let filled = inner.iter().filter(|length| **length + 25 >= longest).count();
    filled * 5 >= inner.len() * 4
}

/// The length of the "> " marks at the start of a line, and the rest.
fn quotation_marks(content: &str) -> (usize, &str) {
    let rest = content.trim_start_matches([' ', '>']);
    match content.trim_start().starts_with('>') {
        true => (content.len() - rest.len(), rest),
        false => (0, content),
    }
}

/// The length of the mark of a list item, with the white space around it.
fn item_mark(content: &str) -> Option<usize> {
    let trimmed = content.trim_start();
    let indent = content.len() - trimmed.len();
    let mark = trimmed.chars().next()?;
    let length = if matches!(mark, '-' | '*' | '+' | '•' | '–' | '·' | '▪' | '●' | '◦') {
        mark.len_utf8()
    } else {
        let digits = trimmed.len() - trimmed.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let dotted = (1..=2).contains(&digits) && trimmed[digits..].starts_with(['.', ')']);
        if !dotted {
            return None;
        }
        digits + 1
    };
    let after = &trimmed[length..];
    let space = after.len() - after.trim_start().len();
    (space > 0 && space < after.len()).then_some(indent + length + space)
}
