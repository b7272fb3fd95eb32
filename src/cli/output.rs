//! Standard output that survives a closed pipe, and messages on standard error that never panic.

use std::io::{self, BufWriter, IsTerminal, Write};

use super::failure::Failure;
use super::style::Paint;

/// Standard output. Remembers when its reader went away, because the libraries that write to it
/// wrap the error in their own.
pub struct Output {
    writer: BufWriter<io::Stdout>,
    closed: bool,
    pub paint: Paint,
}

impl Output {
    pub fn stdout() -> Self {
        let stdout = io::stdout();
        let paint = Paint::for_terminal(stdout.is_terminal());
        Self { writer: BufWriter::with_capacity(1 << 16, stdout), closed: false, paint }
    }

    /// Whether the reader of a pipe went away: no error, it has seen enough.
    pub fn is_closed(&self) -> bool {
        self.closed
    }

    /// Writes a value as indented JSON with a line end.
    pub fn json(&mut self, value: &impl serde::Serialize) -> Result<(), Failure> {
        serde_json::to_writer_pretty(&mut *self, value)
            .map_err(|error| Failure::from(io::Error::from(error)))?;
        writeln!(self)?;
        Ok(())
    }

    fn noticing<T>(&mut self, result: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &result {
            self.closed |= error.kind() == io::ErrorKind::BrokenPipe;
        }
        result
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let result = self.writer.write(bytes);
        self.noticing(result)
    }

    fn flush(&mut self) -> io::Result<()> {
        let result = self.writer.flush();
        self.noticing(result)
    }
}

/// One line on standard error, after the program's name. A closed standard error is no reason
/// to fail.
pub fn say(message: &str) {
    let _ = writeln!(io::stderr().lock(), "newsgraph: {message}");
}
