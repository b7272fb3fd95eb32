//! Colour and safe text for the terminal.

use std::ffi::OsString;

/// Whether and how text is coloured.
#[derive(Clone, Copy, Debug)]
pub struct Paint {
    on: bool,
}

impl Paint {
    /// Colour only on a terminal that can show it, and never when `NO_COLOR` is set.
    pub fn for_terminal(is_terminal: bool) -> Self {
        Self::chosen(is_terminal, std::env::var_os("NO_COLOR"), std::env::var_os("TERM"))
    }

    fn chosen(is_terminal: bool, no_color: Option<OsString>, term: Option<OsString>) -> Self {
        let refused = no_color.is_some_and(|value| !value.is_empty());
        let dumb = term.is_some_and(|value| value == "dumb");
        Self { on: is_terminal && !refused && !dumb }
    }

    pub fn bold(self, text: &str) -> String {
        self.wrap(text, "1")
    }

    pub fn dim(self, text: &str) -> String {
        self.wrap(text, "2")
    }

    pub fn warning(self, text: &str) -> String {
        self.wrap(text, "31")
    }

    pub fn good(self, text: &str) -> String {
        self.wrap(text, "32")
    }

    /// The head of a claim inside its sentence; in brackets where there is no colour.
    pub fn head(self, text: &str) -> String {
        self.mark(text, "1;36")
    }

    /// The tail of a claim inside its sentence.
    pub fn tail(self, text: &str) -> String {
        self.mark(text, "1;33")
    }

    fn mark(self, text: &str, code: &str) -> String {
        if self.on { self.wrap(text, code) } else { format!("[{text}]") }
    }

    fn wrap(self, text: &str, code: &str) -> String {
        if self.on { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

/// Text of an article for one line of a terminal: white space becomes one space, and control
/// characters, which could command the terminal, are left out. Spaces at the ends stay.
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_whitespace() {
            if !line.ends_with(' ') {
                line.push(' ');
            }
        } else if !character.is_control() && !is_direction_mark(character) {
            line.push(character);
        }
    }
    line
}

/// Marks that turn the direction of what follows, beyond the text they belong to.
fn is_direction_mark(character: char) -> bool {
    matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// "1 claim", "2 claims": the number with its noun.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_command_the_terminal() {
        assert_eq!(one_line("a\n\tb\x1b[31mc\u{202E}d\u{9b}e "), "a b[31mcde ");
    }

    #[test]
    fn colour_is_for_terminals_that_want_it() {
        for (is_terminal, no_color, term, on) in [
            (true, None, Some("xterm"), true),
            (true, Some(""), None, true),
            (true, Some("1"), Some("xterm"), false),
            (true, None, Some("dumb"), false),
            (false, None, Some("xterm"), false),
        ] {
            let paint = Paint::chosen(is_terminal, no_color.map(Into::into), term.map(Into::into));
            assert_eq!(paint.on, on, "{is_terminal} {no_color:?} {term:?}");
        }
    }

    #[test]
    fn without_colour_the_ends_of_a_claim_stand_in_brackets() {
        let plain = Paint { on: false };
        assert_eq!(plain.head("Kirby"), "[Kirby]");
        assert_eq!(plain.bold("Kirby"), "Kirby");
        assert_eq!(Paint { on: true }.bold("Kirby"), "\x1b[1mKirby\x1b[0m");
    }
}
