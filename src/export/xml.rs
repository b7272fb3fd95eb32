//! Writing XML 1.0: indented elements, and text that comes back from a parser unchanged.

use std::io::{self, Write};

/// Writes elements as they come, and counts the characters that XML 1.0 has no way to write;
/// they become U+FFFD.
pub(super) struct XmlWriter<'w> {
    out: &'w mut dyn Write,
    /// The line that is being put together.
    line: String,
    depth: usize,
    pub replaced: u64,
}

impl<'w> XmlWriter<'w> {
    pub fn new(out: &'w mut dyn Write) -> io::Result<Self> {
        out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")?;
        Ok(Self { out, line: String::new(), depth: 0, replaced: 0 })
    }

    pub fn start(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.tag(name, attributes);
        self.line.push('>');
        self.depth += 1;
        self.end_line()
    }

    pub fn end(&mut self, name: &str) -> io::Result<()> {
        self.depth = self.depth.saturating_sub(1);
        self.indent();
        self.close(name);
        self.end_line()
    }

    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.tag(name, attributes);
        self.line.push_str("/>");
        self.end_line()
    }

    /// An element that holds nothing but text.
    pub fn leaf(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> io::Result<()> {
        self.tag(name, attributes);
        self.line.push('>');
        self.replaced += escape(text, false, &mut self.line);
        self.close(name);
        self.end_line()
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.indent();
        self.line.push('<');
        self.line.push_str(name);
        for (attribute, value) in attributes {
            self.line.push(' ');
            self.line.push_str(attribute);
            self.line.push_str("=\"");
            self.replaced += escape(value, true, &mut self.line);
            self.line.push('"');
        }
    }

    fn close(&mut self, name: &str) {
        self.line.push_str("</");
        self.line.push_str(name);
        self.line.push('>');
    }

    fn indent(&mut self) {
        self.line.extend(std::iter::repeat_n("  ", self.depth));
    }

    fn end_line(&mut self) -> io::Result<()> {
        self.line.push('\n');
        self.out.write_all(self.line.as_bytes())?;
        self.line.clear();
        Ok(())
    }
}

/// Escapes `text` into `line` and returns how many characters had to be replaced. A carriage
/// return is written as a reference, because a parser turns a bare one into a line feed; within
/// an attribute it would turn tabs and line feeds into spaces.
fn escape(text: &str, is_attribute: bool, line: &mut String) -> u64 {
    let mut replaced = 0;
    for character in text.chars() {
        match character {
            '&' => line.push_str("&amp;"),
            '<' => line.push_str("&lt;"),
            '>' => line.push_str("&gt;"),
            '"' => line.push_str("&quot;"),
            '\r' => line.push_str("&#13;"),
            '\n' if is_attribute => line.push_str("&#10;"),
            '\t' if is_attribute => line.push_str("&#9;"),
            _ if is_xml_character(character) => line.push(character),
            _ => {
                replaced += 1;
                line.push('\u{FFFD}');
            }
        }
    }
    replaced
}

/// The production `Char` of XML 1.0, fifth edition.
fn is_xml_character(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}
