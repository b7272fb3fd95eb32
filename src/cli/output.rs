//! Where output goes: standard output that survives a closed pipe, files that appear whole or
//! not at all, and messages on standard error that never panic.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

use super::failure::{Failure, describe};
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

/// Writes a file through `content`, beside its place and then moved there, so that readers see
/// the old file or the whole new one. The permissions of an old file stay.
///
/// `content` returns its own message; the name of the file is put before it.
pub fn write_file(
    path: &Path,
    content: impl FnOnce(&mut dyn Write) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let at = |error: io::Error| Failure::file(path, &error);
    // A link is written through: the file it leads to is replaced, not the link.
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let old = std::fs::metadata(&target).ok();
    if old.as_ref().is_some_and(std::fs::Metadata::is_dir) {
        return Err(Failure::new(format!("{}: this is a folder; name a file", path.display())));
    }
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        // A device or a named pipe cannot be replaced, only written to.
        let file = std::fs::File::create(&target).map_err(at)?;
        let mut writer = BufWriter::with_capacity(1 << 16, file);
        content(&mut writer)?;
        return writer.flush().map_err(at);
    }
    let folder = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".newsgraph-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder).map_err(|error| {
        Failure::new(format!(
            "{}: the folder {} cannot be written to: {}",
            path.display(),
            folder.display(),
            describe(&error)
        ))
    })?;
    {
        let mut writer = BufWriter::with_capacity(1 << 16, file.as_file_mut());
        content(&mut writer).map_err(|failure| {
            Failure::new(format!("{}: {}", path.display(), failure.message()))
        })?;
        writer.flush().map_err(at)?;
    }
    if let Some(old) = old {
        file.as_file().set_permissions(old.permissions()).map_err(at)?;
    }
    file.persist(&target).map_err(|error| at(error.error))?;
    Ok(())
}

/// One line on standard error, after the program's name. A closed standard error is no reason
/// to fail.
pub fn say(message: &str) {
    let _ = writeln!(io::stderr().lock(), "newsgraph: {message}");
}
