//! From a name as it is written to the key under which the gazetteer has it.
//!
//! A surface form becomes a key by [`push_word`]: accents folded, apostrophes and dashes made
//! plain, one space between words but none beside punctuation. However a tokenizer cuts
//! "St. Petersburg" or "AT&T", the words give the same key. Case counts.
//!
//! `build.rs` includes this file; it names nothing else of the crate.

use std::borrow::Cow;

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Whether a key has a space between a byte that ends a word and one that begins the next:
/// where letters or digits meet. Bytes above ASCII belong to letters.
pub fn parts_words(last: Option<u8>, first: u8) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
    last.is_some_and(letter) && letter(first)
}

/// Appends one word to a key, folded, after a space where [`parts_words`].
pub fn push_word(key: &mut String, word: &str) {
    let start = key.len();
    if word.is_ascii() {
        key.push_str(word);
    } else {
        word.chars().for_each(|c| push_folded(key, c));
    }
    let last = key[..start].bytes().next_back();
    if key[start..].bytes().next().is_some_and(|first| parts_words(last, first)) {
        key.insert(start, ' ');
    }
}

/// Letters without accents; typographic apostrophes and dashes as on a keyboard.
fn push_folded(key: &mut String, c: char) {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{02BC}' | '\u{02BB}' | '\u{2032}' | '`' => key.push('\''),
        '\u{2010}'..='\u{2015}' => key.push('-'),
        '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{FEFF}' => {}
        'ø' => key.push('o'),
        'Ø' => key.push('O'),
        'ł' => key.push('l'),
        'Ł' => key.push('L'),
        'đ' => key.push('d'),
        'Đ' => key.push('D'),
        'ı' => key.push('i'),
        'ß' => key.push_str("ss"),
        'æ' => key.push_str("ae"),
        'Æ' => key.push_str("Ae"),
        'ə' => key.push('a'),
        _ if c.is_ascii() => key.push(c),
        _ => decompose_canonical(c, |part| {
            if !is_combining_mark(part) {
                key.push(part);
            }
        }),
    }
}

/// The key of a whole surface form.
pub fn key_of(surface: &str) -> String {
    let mut key = String::with_capacity(surface.len());
    surface.split_whitespace().for_each(|word| push_word(&mut key, word));
    key
}

/// A name and how else the Arabic article at its beginning is written: "Al-Nusra",
/// "al-Nusra", "Al Nusra", "al Nusra".
pub fn spellings(surface: &str) -> Vec<Cow<'_, str>> {
    let mut all = vec![Cow::Borrowed(surface)];
    for (upper, lower) in [("Al", "al"), ("El", "el"), ("Ash", "ash"), ("As", "as")] {
        let rest = [upper, lower].iter().find_map(|article| {
            surface.strip_prefix(article).and_then(|rest| rest.strip_prefix('-'))
        });
        if let Some(rest) = rest {
            all.push(Cow::Owned(format!("{upper}-{rest}")));
            all.push(Cow::Owned(format!("{lower}-{rest}")));
            if upper == "Al" {
                all.push(Cow::Owned(format!("{upper} {rest}")));
                all.push(Cow::Owned(format!("{lower} {rest}")));
            }
        }
    }
    all
}
