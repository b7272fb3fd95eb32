//! temp
use crate::span::ByteSpan;
use crate::token::*;
pub fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut i = 0;
    let end_of = |j: usize| chars.get(j).map_or(text.len(), |c| c.0);
    while i < chars.len() {
        let c = chars[i].1;
        if c.is_whitespace() {
            i += 1;
            continue;
        }
        let s = i;
        if c.is_alphabetic() {
            i += 1;
            while i < chars.len() {
                let d = chars[i].1;
                let nextalpha = chars.get(i + 1).is_some_and(|c| c.1.is_alphanumeric());
                if d.is_alphanumeric() {
                    i += 1;
                    continue;
                }
                if matches!(d, '’' | '\'') {
                    let rest: String = chars[i + 1..].iter().take(2).map(|c| c.1).collect();
                    let b: Vec<char> = rest.chars().collect();
                    if b.first() == Some(&'s') && !b.get(1).is_some_and(|c| c.is_alphanumeric()) {
                        break;
                    }
                    if nextalpha {
                        i += 1;
                        continue;
                    }
                    break;
                }
                if matches!(d, '-' | '‑') && nextalpha {
                    i += 1;
                    continue;
                }
                if d == '.'
                    && nextalpha
                    && chars[i - 1].1.is_uppercase()
                    && (i < 2 || !chars[i - 2].1.is_alphabetic())
                {
                    i += 1;
                    continue;
                }
                if d == '.' && i >= 2 && chars[i - 2].1 == '.' {
                    i += 1;
                    break;
                }
                break;
            }
        } else if c.is_numeric() {
            while i < chars.len()
                && (chars[i].1.is_alphanumeric()
                    || (matches!(chars[i].1, ',' | '.' | '-')
                        && chars.get(i + 1).is_some_and(|c| c.1.is_numeric())))
            {
                i += 1;
            }
        } else if matches!(c, '’' | '\'')
            && chars.get(i + 1).is_some_and(|c| c.1 == 's')
            && !chars.get(i + 2).is_some_and(|c| c.1.is_alphanumeric())
            && i > 0
            && chars[i - 1].1.is_alphanumeric()
        {
            i += 2;
        } else {
            i += 1;
        }
        let span = ByteSpan::new(chars[s].0, end_of(i));
        let t = span.of(text);
        let kind = if c.is_alphabetic() || t.len() > 1 && t.ends_with('s') {
            TokenKind::Word
        } else if c.is_numeric() {
            TokenKind::Number
        } else {
            TokenKind::Mark
        };
        let case = if t.chars().next().is_some_and(|c| c.is_uppercase()) {
            Case::Capital
        } else {
            Case::Lower
        };
        out.push(Token { span, kind, case, lower: t.to_lowercase().replace('’', "'").into() });
    }
    out
}
