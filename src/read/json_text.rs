//! Places in JSON text: where members, elements and the characters of a string stand. The
//! text was checked by a JSON parser before; on anything else the functions find less.

use std::ops::Range;

use super::offsets::RawOffsets;

/// The members of the object at `range`, with their decoded keys, in order.
pub(super) fn members(json: &str, range: Range<usize>) -> Vec<(String, Range<usize>)> {
    let mut members = Vec::new();
    let end = range.end.min(json.len());
    let Some(mut at) = opened(json, range, b'{') else { return members };
    loop {
        at = skip_filler(json, at, end);
        if at >= end || json.as_bytes()[at] != b'"' {
            return members;
        }
        let key_end = value_end(json, at, end);
        let mut key = String::new();
        if literal(json, at..key_end, &mut key, &mut RawOffsets::default()).is_none() {
            key.clear();
        }
        let start = skip_filler(json, key_end, end);
        let stop = value_end(json, start, end);
        if start >= end || stop <= start {
            return members;
        }
        members.push((key, start..stop));
        at = stop;
    }
}

/// The elements of the array at `range`.
pub(super) fn elements(json: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut elements = Vec::new();
    let end = range.end.min(json.len());
    let Some(mut at) = opened(json, range, b'[') else { return elements };
    loop {
        at = skip_filler(json, at, end);
        if at >= end || json.as_bytes()[at] == b']' {
            return elements;
        }
        let stop = value_end(json, at, end);
        if stop <= at {
            return elements;
        }
        elements.push(at..stop);
        at = stop;
    }
}

/// The offset after the bracket that opens the value at `range`.
fn opened(json: &str, range: Range<usize>, bracket: u8) -> Option<usize> {
    let start = skip_filler(json, range.start, range.end.min(json.len()));
    (json.as_bytes().get(start) == Some(&bracket)).then_some(start + 1)
}

/// Passes over white space, commas and colons.
fn skip_filler(json: &str, from: usize, end: usize) -> usize {
    let filler = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b',' | b':');
    let bytes = &json.as_bytes()[from.min(end)..end];
    from + bytes.iter().take_while(|byte| filler(byte)).count()
}

/// Where the value that begins at `start` ends.
fn value_end(json: &str, start: usize, end: usize) -> usize {
    let bytes = json.as_bytes();
    let mut depth = 0usize;
    let mut at = start;
    while at < end {
        match bytes[at] {
            b'"' => {
                at += 1;
                while at < end && bytes[at] != b'"' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                at = (at + 1).min(end);
                if depth == 0 {
                    return at;
                }
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                if depth <= 1 {
                    return if depth == 1 { at + 1 } else { at };
                }
                depth -= 1;
            }
            byte if depth == 0 && (byte == b',' || byte.is_ascii_whitespace()) => return at,
            _ => {}
        }
        at += 1;
    }
    end
}

/// Appends the string literal at `range` to `text`, and to `offsets` where each of its
/// characters stands in the JSON. `None` when it is no string or has half a surrogate pair.
pub(super) fn literal(
    json: &str,
    range: Range<usize>,
    text: &mut String,
    offsets: &mut RawOffsets,
) -> Option<()> {
    let inner = json.get(range.clone())?.strip_prefix('"')?.strip_suffix('"')?;
    let base = range.start + 1;
    let mut at = 0;
    while at < inner.len() {
        let rest = &inner[at..];
        let plain = rest.find('\\').unwrap_or(rest.len());
        if plain > 0 {
            text.push_str(&rest[..plain]);
            offsets.push_unchanged(plain, (base + at) as u64);
            at += plain;
            continue;
        }
        let (character, length) = escape(rest)?;
        text.push(character);
        offsets.push(character.len_utf8(), (base + at) as u64, length);
        at += length;
    }
    Some(())
}

/// The character of the escape at the start of `rest`, and the length of the escape.
fn escape(rest: &str) -> Option<(char, usize)> {
    let character = match rest.as_bytes().get(1)? {
        b'n' => '\n',
        b't' => '\t',
        b'r' => '\r',
        b'b' => '\u{8}',
        b'f' => '\u{C}',
        b'u' => return unicode_escape(rest),
        _ => rest[1..].chars().next()?,
    };
    Some((character, 1 + character.len_utf8().min(rest.len() - 1)))
}

fn unicode_escape(rest: &str) -> Option<(char, usize)> {
    let unit = |from: usize| u16::from_str_radix(rest.get(from..from + 4)?, 16).ok();
    let first = unit(2)?;
    if let Some(character) = char::from_u32(u32::from(first)) {
        return Some((character, 6));
    }
    if rest.get(6..8)? != "\\u" {
        return None;
    }
    let pair = [first, unit(8)?];
    let character = char::decode_utf16(pair).next()?.ok()?;
    Some((character, 12))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::ByteSpan;

    #[test]
    fn places_in_json() {
        let json = r#" {"a": [1, "x]", {"b": 2}], "t\u0065xt" : "q\"\u00e9\ud83d\ude00ü\n."} "#;
        let found = members(json, 0..json.len());
        let keys: Vec<&str> = found.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(keys, ["a", "text"]);
        let parts: Vec<&str> =
            elements(json, found[0].1.clone()).into_iter().map(|part| &json[part]).collect();
        assert_eq!(parts, ["1", "\"x]\"", "{\"b\": 2}"]);
        let (mut text, mut offsets) = (String::new(), RawOffsets::default());
        literal(json, found[1].1.clone(), &mut text, &mut offsets).expect("a string");
        assert_eq!(text, "q\"é😀ü\n.");
        let raw = |part: &str| {
            let at = text.find(part).expect("in the text");
            let span = offsets.raw_span(ByteSpan::new(at, at + part.len()));
            &json[span.start as usize..span.end as usize]
        };
        assert_eq!(raw("é"), "\\u00e9");
        assert_eq!(raw("😀ü"), "\\ud83d\\ude00ü");
        assert_eq!(raw("\n."), "\\n.");
        assert!(
            literal(r#""\ud83d""#, 0..8, &mut String::new(), &mut RawOffsets::default()).is_none()
        );
    }
}
