//! How the JSON of a graph is laid out: fields and records on lines of their own, indented
//! by two spaces, but each mention and each statement whole on one line, so that `grep` and
//! `diff` show a statement with everything that belongs to it.

use std::io::{self, Write};

use serde_json::ser::Formatter;

/// Containers nested deeper than this are written on one line. The graph, a list of it, a
/// record and a list of the record are four.
const DEEPEST_BROKEN: usize = 4;

#[derive(Default)]
pub(super) struct RecordLayout {
    depth: usize,
    has_value: bool,
}

impl RecordLayout {
    fn open<W: ?Sized + Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.has_value = false;
        out.write_all(bracket)
    }

    fn close<W: ?Sized + Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        let broken = self.depth <= DEEPEST_BROKEN;
        self.depth -= 1;
        if broken && self.has_value {
            self.new_line(out)?;
        }
        out.write_all(bracket)
    }

    fn separate<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        if self.depth <= DEEPEST_BROKEN {
            if !first {
                out.write_all(b",")?;
            }
            return self.new_line(out);
        }
        out.write_all(if first { b"" } else { b", " })
    }

    fn new_line<W: ?Sized + Write>(&self, out: &mut W) -> io::Result<()> {
        const SPACES: &[u8] = &[b' '; 2 * DEEPEST_BROKEN];
        out.write_all(b"\n")?;
        out.write_all(&SPACES[..2 * self.depth.min(DEEPEST_BROKEN)])
    }
}

impl Formatter for RecordLayout {
    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.separate(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.separate(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }
}
