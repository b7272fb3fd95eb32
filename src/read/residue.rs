//! Markup left inside prose: emphasis marks, brackets and targets of links, wiki and HTML
//! remnants, characters without width.

use crate::span::ByteSpan;

/// Bytes at which markup may begin: everything else is passed over.
static MARKS: [bool; 256] = {
    let mut marks = [false; 256];
    let bytes = b"![]{}'<&*_`:=\\\xC2\xE2\xEF";
    let mut index = 0;
    while index < bytes.len() {
        marks[bytes[index] as usize] = true;
        index += 1;
    }
    marks
};

/// What a backslash takes the meaning from in Markdown.
const ESCAPED: [char; 10] = ['*', '_', '[', ']', '#', '`', '-', '.', '(', ')'];

/// Finds the markup in `text[start..end]`, in order and without overlaps.
pub(super) fn residue(text: &str, start: usize, end: usize) -> Vec<ByteSpan> {
    let block = &text[start..end];
    let mut marked = Vec::new();
    let mut emphasis: Vec<(char, usize, usize)> = Vec::new();
    let mut open_brackets = 0usize;
    // Links whose text is being read: where the text ends and where the whole ends.
    let mut open_links: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while let Some(skipped) = block.as_bytes()[at..].iter().position(|byte| MARKS[*byte as usize]) {
        at += skipped;
        // A byte above ASCII may stand within a character that is no mark.
        let Some(character) = block.get(at..).and_then(|rest| rest.chars().next()) else {
            at += 1;
            continue;
        };
        let rest = window(&block[at..]);
        let mut length = character.len_utf8();
        match character {
            _ if open_links.last().is_some_and(|link| link.0 == at) => {
                if let Some((_, whole)) = open_links.pop() {
                    length = whole - at;
                    marked.push((at, whole));
                }
            }
            '!' if rest.starts_with("![") => {
                if let Some(image) = link(&rest[1..]) {
                    length = 1 + image.whole;
                    marked.push((at, at + length));
                }
            }
            '[' => {
                if let Some(target) = wiki_target(rest) {
                    length = target;
                    marked.push((at, at + length));
                } else if rest.starts_with("[[") {
                    length = 2;
                    marked.push((at, at + length));
                } else if let Some(length_of_note) = note(rest) {
                    length = length_of_note;
                    marked.push((at, at + length));
                } else if let Some(link) = link(rest) {
                    marked.push((at, at + 1));
                    open_links.push((at + link.text_end, at + link.whole));
                } else {
                    open_brackets += 1;
                }
            }
            ']' if rest.starts_with("]]") && open_brackets < 2 => {
                length = 2;
                marked.push((at, at + length));
            }
            ']' if open_brackets > 0 => open_brackets -= 1,
            ']' => marked.push((at, at + length)),
            '{' if rest.starts_with("{{") => {
                length = rest.find("}}").filter(|close| *close < 200).map_or(2, |close| close + 2);
                marked.push((at, at + length));
            }
            '}' if rest.starts_with("}}") => {
                length = 2;
                marked.push((at, at + length));
            }
            '\'' if rest.starts_with("''") => {
                length = rest.len() - rest.trim_start_matches('\'').len();
                marked.push((at, at + length));
            }
            '=' if rest.starts_with("==") => {
                length = rest.len() - rest.trim_start_matches('=').len();
                marked.push((at, at + length));
            }
            '<' => {
                if let Some(tag) = tag(rest) {
                    length = tag;
                    marked.push((at, at + length));
                }
            }
            '&' => {
                if let Some((from, to)) = reference(rest) {
                    length = to;
                    marked.push((at + from, at + to));
                }
            }
            '*' | '_' | '`' => {
                length = rest.len() - rest.trim_start_matches(character).len();
                emphasis.push((character, at, length));
            }
            ':' if rest.starts_with("://") => {
                let scheme = ["https", "http"].iter().find(|scheme| block[..at].ends_with(*scheme));
                if let Some(scheme) = scheme {
                    length = address(rest);
                    marked.push((at - scheme.len(), at + length));
                }
            }
            '\\' if rest[1..].starts_with(ESCAPED) => {
                marked.push((at, at + 1));
                length = 2;
            }
            '\u{AD}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'
            | '\u{FEFF}' => {
                marked.push((at, at + length));
            }
            _ => {}
        }
        at += length;
    }
    mark_emphasis(block, &emphasis, &mut marked);
    merge(marked, start)
}

/// The next 2000 bytes or so: no mark-up is longer, and a long text stays linear.
fn window(rest: &str) -> &str {
    let mut end = rest.len().min(2000);
    while !rest.is_char_boundary(end) {
        end -= 1;
    }
    &rest[..end]
}

/// A Markdown link: where its text ends and the length of the whole.
struct Link {
    text_end: usize,
    whole: usize,
}

/// `[text](target)` or `[text][label]` at the start of `rest`.
fn link(rest: &str) -> Option<Link> {
    let mut depth = 0usize;
    let mut text_end = None;
    for (at, byte) in rest.bytes().enumerate().take(500) {
        match byte {
            b'[' => depth += 1,
            b']' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    text_end = Some(at);
                    break;
                }
            }
            _ => {}
        }
    }
    let text_end = text_end?;
    let after = &rest[text_end + 1..];
    let close = match after.chars().next()? {
        '(' => {
            let mut depth = 0usize;
            let mut bytes = after.bytes().enumerate();
            // No address holds an opening bracket: there the next link begins.
            bytes.by_ref().take_while(|(_, byte)| *byte != b'[').find_map(|(at, byte)| {
                match byte {
                    b'(' => depth += 1,
                    b')' => depth -= 1,
                    _ => {}
                }
                (depth == 0).then_some(at)
            })?
        }
        '[' => after.find(']').filter(|close| *close < 100)?,
        _ => return None,
    };
    let target = &after[1..close];
    // "[sic] (as he said)" has a space; "[the] (quoted words)" in prose is no link either.
    let is_target = after.starts_with('[')
        || !target.trim().contains(char::is_whitespace)
        || target.trim_end().ends_with(['"', '\'']);
    is_target.then_some(Link { text_end, whole: text_end + 1 + close + 1 })
}

/// `[[Target|`: the part of a wiki link before its label; a picture is left out whole.
fn wiki_target(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix("[[")?;
    if ["Image:", "File:"].iter().any(|kind| inner.starts_with(kind)) {
        return inner.find("]]").map(|close| 2 + close + 2);
    }
    let bar = inner.find(['|', ']', '[', '\n'])?;
    (inner[bar..].starts_with('|') && bar < 200).then_some(2 + bar + 1)
}

/// `[1]`, `[note 3]`, `[citation needed]`, `[edit]`.
fn note(rest: &str) -> Option<usize> {
    let close = rest.find(']').filter(|close| *close <= 20)?;
    let inner = &rest[1..close];
    let digits = inner.strip_prefix("note ").unwrap_or(inner);
    let is_number =
        !digits.is_empty() && digits.len() <= 3 && digits.bytes().all(|b| b.is_ascii_digit());
    let linked = rest[close + 1..].starts_with('(');
    (!linked && (is_number || matches!(inner, "citation needed" | "edit"))).then_some(close + 1)
}

/// The length of an HTML tag at the start of `rest`.
fn tag(rest: &str) -> Option<usize> {
    if let Some(comment) = rest.strip_prefix("<!--") {
        return comment.find("-->").map(|close| 4 + close + 3);
    }
    let close = rest.find('>').filter(|close| *close < 1000)?;
    let inner = rest[1..close].trim_start_matches('/').trim_end_matches('/').trim_end();
    const NAMES: &[&str] = &[
        "a",
        "abbr",
        "b",
        "big",
        "blockquote",
        "br",
        "center",
        "cite",
        "code",
        "dd",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "font",
        "gallery",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "iframe",
        "img",
        "ins",
        "li",
        "mark",
        "nowiki",
        "ol",
        "p",
        "pre",
        "q",
        "ref",
        "s",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "table",
        "td",
        "th",
        "time",
        "tr",
        "u",
        "ul",
    ];
    let name = inner.split(char::is_whitespace).next().unwrap_or_default().to_ascii_lowercase();
    if name == "ref" && !rest[..close].ends_with('/') && !rest.starts_with("</") {
        return rest.find("</ref>").map(|end| end + "</ref>".len()).or(Some(close + 1));
    }
    (NAMES.contains(&name.as_str())
        || inner.starts_with("http://")
        || inner.starts_with("https://"))
    .then_some(close + 1)
}

/// An HTML character reference at the start of `rest`: the part to skip. Of `&amp;` the mark
/// itself stays, so that "AT&amp;T" reads as the name it is.
fn reference(rest: &str) -> Option<(usize, usize)> {
    let close = rest.find(';').filter(|close| (2..=10).contains(close))?;
    let name = &rest[1..close];
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && matches!(
            name,
            "amp"
                | "nbsp"
                | "quot"
                | "lt"
                | "gt"
                | "apos"
                | "ldquo"
                | "rdquo"
                | "lsquo"
                | "rsquo"
                | "ndash"
                | "mdash"
                | "hellip"
        );
    let is_number = name.strip_prefix('#').is_some_and(|digits| {
        digits.trim_start_matches(['x', 'X']).bytes().all(|byte| byte.is_ascii_hexdigit())
    });
    match name {
        "amp" => Some((1, close + 1)),
        _ => (is_name || is_number).then_some((0, close + 1)),
    }
}

/// The length of the address at the start of `rest`, without the punctuation after it.
fn address(rest: &str) -> usize {
    let stop =
        |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '”' | '“' | ']' | '[' | '|');
    let whole = &rest[..rest.find(stop).unwrap_or(rest.len())];
    let whole = whole.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', '*', '_']);
    match whole.contains('(') {
        true => whole.len(),
        false => whole.find(')').unwrap_or(whole.len()),
    }
}

/// Emphasis marks that open before a character and close after one. "*" always is markup when
/// it touches a word; "_" only outside words ("snake_case" is none); "`" in pairs.
fn mark_emphasis(block: &str, runs: &[(char, usize, usize)], marked: &mut Vec<(usize, usize)>) {
    let count = |mark: char| runs.iter().filter(|run| run.0 == mark).count();
    let (underscores, backticks) = (count('_'), count('`'));
    for &(mark, at, length) in runs {
        let before = block[..at].chars().next_back();
        let after = block[at + length..].chars().next();
        let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let is_markup = match mark {
            '*' => {
                let apart = space(before) && space(after);
                let inside = word(before) && word(after);
                length >= 2 || !(apart || inside)
            }
            '_' => {
                underscores >= 2
                    && !(word(before) && word(after))
                    && !(space(before) && space(after))
            }
            _ => backticks >= 2,
        };
        if is_markup {
            marked.push((at, at + length));
        }
    }
}

/// Sorts, joins what touches or overlaps, and shifts by `start`.
fn merge(mut marked: Vec<(usize, usize)>, start: usize) -> Vec<ByteSpan> {
    marked.sort_unstable();
    let mut merged: Vec<(usize, usize)> = Vec::with_capacity(marked.len());
    for (from, to) in marked {
        match merged.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => merged.push((from, to)),
        }
    }
    merged.into_iter().map(|(from, to)| ByteSpan::new(start + from, start + to)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with its residue cut out.
    fn check(text: &str, clean: &str) {
        let mut left = text.to_owned();
        for span in residue(text, 0, text.len()).into_iter().rev() {
            left.replace_range(span.start as usize..span.end as usize, "");
        }
        assert_eq!(left, clean, "{text}");
    }

    #[test]
    fn markup_is_found() {
        check("the council [paused](#) its talks", "the council paused its talks");
        check("*“by which we share,”* he said", "“by which we share,” he said");
        check("***The Union met.*** It", "The Union met. It");
        check("[[Lower Town|the town]] and [[Upper Town]]", "the town and Upper Town");
        check("]] Leaders met", " Leaders met");
        check("stage. , ] The flag", "stage. ,  The flag");
        check("he said [the talks] failed [sic]", "he said [the talks] failed [sic]");
        check("as shown.[1][2] Then", "as shown. Then");
        check(
            "[[File:a.jpg|thumb|The town]] == Reactions == It",
            " Reactions  It".replace(" R", "  R").as_str(),
        );
        check("met.<ref>The Herald</ref> It<ref name=a/>", "met. It");
        check("''The Herald'' said", "The Herald said");
        check("Smith &amp; Sons", "Smith & Sons");
        check("a <b>bold</b> move<br/>", "a bold move");
        check("see https://example.org/a_b. Then", "see . Then");
        check("snake_case and 5 * 3", "snake_case and 5 * 3");
        check("zero\u{200B}width", "zerowidth");
        check("![a picture](x.png) The town", " The town");
        check("if a < b and c > d", "if a < b and c > d");
        check("[text](http://e.org/a_(b)) here", "text here");
        check("[a [b](c) d", "[a b d");
    }
}
