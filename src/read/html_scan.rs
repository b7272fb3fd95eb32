//! Tags, text and character references of an HTML page, with their places in it. No tree is
//! built: this serves to trace text back to the page and to read what its head says.

use std::ops::Range;

/// A piece of a page, as byte offsets into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A start tag: its name in lower case and where its attributes stand.
    Open {
        name: String,
        attributes: Range<usize>,
    },
    Close {
        name: String,
    },
    /// Text between tags, character references not yet replaced.
    Text(Range<usize>),
    /// The content of a script or style.
    Code {
        name: String,
        range: Range<usize>,
    },
}

/// The pieces of `html` in order. Broken markup gives text, never an error.
pub(super) fn pieces(html: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < html.len() {
        let next = html[at..].find('<').map_or(html.len(), |found| at + found);
        if next > at {
            pieces.push(Piece::Text(at..next));
        }
        if next == html.len() {
            break;
        }
        at = markup(html, next, &mut pieces);
    }
    pieces
}

/// Reads the markup at `start`, a "<"; gives the offset after it.
fn markup(html: &str, start: usize, pieces: &mut Vec<Piece>) -> usize {
    let rest = &html[start..];
    if let Some(comment) = rest.strip_prefix("<!--") {
        return comment.find("-->").map_or(html.len(), |close| start + 4 + close + 3);
    }
    if rest.starts_with("<!") || rest.starts_with("<?") {
        return rest.find('>').map_or(html.len(), |close| start + close + 1);
    }
    let closing = rest.starts_with("</");
    let name_start = start + if closing { 2 } else { 1 };
    let name_len = html[name_start..]
        .find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == ':'))
        .unwrap_or(html.len() - name_start);
    let name = html[name_start..name_start + name_len].to_ascii_lowercase();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        pieces.push(Piece::Text(start..start + 1));
        return start + 1;
    }
    let attributes_start = name_start + name_len;
    let end = tag_end(html, attributes_start);
    if closing {
        pieces.push(Piece::Close { name });
        return end;
    }
    let closed = html[attributes_start..end].ends_with('>');
    let attributes = attributes_start..end - usize::from(closed);
    let is_code = matches!(name.as_str(), "script" | "style" | "template" | "noscript");
    pieces.push(Piece::Open { name: name.clone(), attributes });
    if !is_code {
        return end;
    }
    let close = find_close(html, end, &name);
    pieces.push(Piece::Code { name, range: end..close });
    close
}

/// The offset after the ">" that ends a tag; one inside quotation marks ends none.
fn tag_end(html: &str, from: usize) -> usize {
    let mut quote = None;
    let mut after_equals = false;
    for (at, byte) in html.as_bytes()[from..].iter().enumerate() {
        match (quote, byte) {
            (Some(mark), byte) if mark == *byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') if after_equals => quote = Some(*byte),
            (None, b'>') => return from + at + 1,
            _ => {}
        }
        after_equals = *byte == b'=' || (after_equals && byte.is_ascii_whitespace());
    }
    html.len()
}

/// Where `</name` next stands, in any case.
fn find_close(html: &str, from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(found) = html[at..].find("</") {
        let start = at + found;
        let end = start + 2 + name.len();
        if html.get(start + 2..end).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return start;
        }
        at = start + 2;
    }
    html.len()
}

/// The value of an attribute, character references replaced.
pub(super) fn attribute(attributes: &str, name: &str) -> Option<String> {
    let mut rest = attributes;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/' || c == '=');
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        let found = rest[..end].eq_ignore_ascii_case(name);
        let after = rest[end..].trim_start();
        let Some(value) = after.strip_prefix('=') else {
            if found {
                return Some(String::new());
            }
            rest = &rest[end..];
            continue;
        };
        let value = value.trim_start();
        let (value, left) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => match value[1..].split_once(quote) {
                Some(parts) => parts,
                None => (&value[1..], ""),
            },
            _ => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        if found {
            return Some(plain(value));
        }
        rest = left;
    }
}

/// `text` with its character references replaced.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for (character, _) in characters(text, 0..text.len()) {
        plain.push(character);
    }
    plain
}

/// The characters of `html[range]`, references replaced, each with its place in `html`.
pub(super) fn characters(
    html: &str,
    range: Range<usize>,
) -> impl Iterator<Item = (char, Range<usize>)> {
    let mut at = range.start;
    std::iter::from_fn(move || {
        let rest = html.get(at..range.end)?;
        let first = rest.chars().next()?;
        let (character, length) = match first {
            '&' => reference(rest).unwrap_or((first, 1)),
            _ => (first, first.len_utf8()),
        };
        let place = at..at + length;
        at += length;
        Some((character, place))
    })
}

/// References by name as news pages use them.
const NAMED: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{A0}'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("zwnj", '\u{200C}'),
    ("zwj", '\u{200D}'),
    ("lrm", '\u{200E}'),
    ("rlm", '\u{200F}'),
    ("shy", '\u{AD}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("hellip", '…'),
    ("bull", '•'),
    ("middot", '·'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("deg", '°'),
    ("plusmn", '±'),
    ("times", '×'),
    ("divide", '÷'),
    ("frac12", '½'),
    ("frac14", '¼'),
    ("frac34", '¾'),
    ("sup2", '²'),
    ("sup3", '³'),
    ("micro", 'µ'),
    ("para", '¶'),
    ("sect", '§'),
    ("dagger", '†'),
    ("euro", '€'),
    ("pound", '£'),
    ("yen", '¥'),
    ("cent", '¢'),
    ("iexcl", '¡'),
    ("iquest", '¿'),
    ("ordf", 'ª'),
    ("ordm", 'º'),
    ("acute", '´'),
    ("cedil", '¸'),
    ("szlig", 'ß'),
    ("aelig", 'æ'),
    ("AElig", 'Æ'),
    ("oelig", 'œ'),
    ("OElig", 'Œ'),
    ("oslash", 'ø'),
    ("Oslash", 'Ø'),
    ("eth", 'ð'),
    ("ETH", 'Ð'),
    ("thorn", 'þ'),
    ("THORN", 'Þ'),
    ("larr", '←'),
    ("rarr", '→'),
    ("minus", '−'),
    ("prime", '′'),
    ("lowbar", '_'),
    ("comma", ','),
    ("period", '.'),
    ("colon", ':'),
    ("semi", ';'),
    ("excl", '!'),
    ("quest", '?'),
    ("lpar", '('),
    ("rpar", ')'),
    ("num", '#'),
    ("dollar", '$'),
    ("percnt", '%'),
    ("sol", '/'),
    ("commat", '@'),
    ("hyphen", '‐'),
    ("inodot", 'ı'),
];

/// The letters that an accent named by the end of a reference is set on, in two rows: those
/// with the accent stand where the plain ones do.
const ACCENTED: &[(&str, &str, &str)] = &[
    ("acute", "aeiouyAEIOUYcnszCNSZ", "áéíóúýÁÉÍÓÚÝćńśźĆŃŚŹ"),
    ("grave", "aeiouAEIOU", "àèìòùÀÈÌÒÙ"),
    ("circ", "aeiouAEIOU", "âêîôûÂÊÎÔÛ"),
    ("uml", "aeiouyAEIOUY", "äëïöüÿÄËÏÖÜŸ"),
    ("tilde", "anoANO", "ãñõÃÑÕ"),
    ("cedil", "cstCST", "çşţÇŞŢ"),
    ("ring", "auAU", "åůÅŮ"),
    ("caron", "cszernCSZERN", "čšžěřňČŠŽĚŘŇ"),
    ("breve", "agAG", "ăğĂĞ"),
    ("macr", "aeiouAEIOU", "āēīōūĀĒĪŌŪ"),
];

/// The character of the reference at the start of `rest`, and the reference's length.
fn reference(rest: &str) -> Option<(char, usize)> {
    let body = &rest[1..];
    if let Some(number) = body.strip_prefix('#') {
        let (digits, radix, prefix) = match number.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16, 3),
            None => (number, 10, 2),
        };
        let length = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
        let code = u32::from_str_radix(digits.get(..length.min(8))?, radix).ok()?;
        let semicolon = usize::from(digits[length..].starts_with(';'));
        let character = windows_1252(code).or_else(|| char::from_u32(code)).filter(|c| *c != '\0');
        return Some((character.unwrap_or('\u{FFFD}'), prefix + length + semicolon));
    }
    let length = body.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(body.len());
    let name = &body[..length];
    let closed = body[length..].starts_with(';');
    let named = NAMED.iter().find(|(known, _)| *known == name).map(|(_, character)| *character);
    let character = named.or_else(|| accented(name))?;
    // Only the oldest names may stand without a semicolon; the commonest of them count here.
    let lax = matches!(name, "amp" | "lt" | "gt" | "quot" | "nbsp" | "copy" | "reg");
    (closed || lax).then_some((character, 1 + length + usize::from(closed)))
}

fn accented(name: &str) -> Option<char> {
    let base = name.chars().next()?;
    let accent = name.get(base.len_utf8()..)?;
    let (_, plain, with) = ACCENTED.iter().find(|(known, ..)| *known == accent)?;
    let index = plain.chars().position(|letter| letter == base)?;
    with.chars().nth(index)
}

/// Numbers 128 to 159 mean what Windows-1252 has there, as the HTML standard says.
fn windows_1252(code: u32) -> Option<char> {
    let byte = u8::try_from(code).ok().filter(|byte| (0x80..=0x9F).contains(byte))?;
    encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references() {
        let check = |html: &str, text: &str| assert_eq!(plain(html), text, "{html}");
        check("Smith &amp; Sons&nbsp;&mdash; caf&eacute;", "Smith & Sons\u{A0}— café");
        check("&#8217;&#x2019;&#146;", "’’’");
        check("AT&T, &unknown; & &amp", "AT&T, &unknown; & &");
        check("&#0;&#xD800;", "\u{FFFD}\u{FFFD}");
    }

    #[test]
    fn attributes_and_pieces() {
        let found = |attributes: &str, name| attribute(attributes, name);
        assert_eq!(
            found(r#" property="og:title" content='a "b" &amp; c'"#, "content").as_deref(),
            Some("a \"b\" & c")
        );
        assert_eq!(found(" a=1 b c=3", "c").as_deref(), Some("3"));
        assert_eq!(found(" a=1 b", "b").as_deref(), Some(""));
        assert_eq!(found(" a = \"x", "a").as_deref(), Some("x"));
        assert_eq!(found(" a=1", "z"), None);
        let html = "<p title='>'>a < b</P><!-- c --><script>if (a<b) {}</script>d";
        let text: String = pieces(html)
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Text(range) => Some(&html[range]),
                _ => None,
            })
            .collect();
        assert_eq!(text, "a < bd");
    }
}
