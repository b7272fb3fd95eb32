//! Text in XML 1.0: what it cannot carry, and what must be escaped to come back unchanged.

/// Escapes text for element content, and counts the characters that XML 1.0 has no way to
/// write; they become U+FFFD.
#[derive(Default)]
pub(super) struct XmlText {
    pub replaced: u64,
}

impl XmlText {
    /// A carriage return is written as a reference, because a parser turns a bare one into a
    /// line feed.
    pub fn escape(&mut self, text: &str) -> String {
        let mut escaped = String::with_capacity(text.len());
        for character in text.chars() {
            match character {
                '&' => escaped.push_str("&amp;"),
                '<' => escaped.push_str("&lt;"),
                '>' => escaped.push_str("&gt;"),
                '"' => escaped.push_str("&quot;"),
                '\r' => escaped.push_str("&#13;"),
                _ if is_xml_character(character) => escaped.push(character),
                _ => {
                    self.replaced += 1;
                    escaped.push('\u{FFFD}');
                }
            }
        }
        escaped
    }
}

/// The production `Char` of XML 1.0, fifth edition.
fn is_xml_character(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}
