//! Forms of a surface string: as shown, as compared, and its core.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// White space runs (a name may be broken over lines) become one space.
pub fn shown(surface: &str) -> String {
    if !surface.contains(char::is_control) && !surface.contains("  ") {
        return surface.to_owned();
    }
    surface.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lower-case without accents, apostrophes straight, other marks as single spaces.
pub fn folded(surface: &str) -> String {
    let mut out = String::with_capacity(surface.len());
    for mark in surface.nfkd().filter(|mark| !is_combining_mark(*mark)).flat_map(char::to_lowercase)
    {
        if mark.is_alphanumeric() {
            out.push(mark);
        } else if matches!(mark, '\'' | '’' | '‘' | '.' | 'ʼ') {
            // "Da'esh", "U.S." compare without them.
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// What is distinctive in an organization's name: folded, without an opening "al" and
/// without the head words at its end ("Al-Nusra Front" and "Nusra" have one core).
pub fn core(surface: &str, is_head: impl Fn(&str) -> bool) -> String {
    let folded = folded(surface);
    let mut words: Vec<&str> = folded.split(' ').collect();
    if words.len() > 1 && matches!(words[0], "al" | "el" | "the") {
        words.remove(0);
    }
    while words.len() > 1 && words.last().is_some_and(|word| is_head(word)) {
        words.pop();
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_share_a_core() {
        let head = |word: &str| word == "front";
        for surface in ["Al-Nusra", "Nusra", "al-Nusra Front", "Al Nusra"] {
            assert_eq!(core(surface, head), "nusra");
        }
        assert_eq!(folded("São  Tomé-Príncipe U.S."), "sao tome principe us");
    }
}
