//! Writing exports to files: beside the target first, then renamed over it, so that a
//! reader never meets half a file and a failed run leaves the old one.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use tempfile::NamedTempFile;

use super::write::{write, write_table};
use super::{ExportError, ExportOptions, Format, FormatKind, Report};
use crate::graph::KnowledgeGraph;
use crate::ontology::Schema;

/// Writes `graph` where `-o` says. A path that ends in `.gz` is compressed. A format of several
/// tables goes into one file of claims where the path names one (`.csv`, `.csv.gz`) and into a
/// folder of all its tables otherwise.
pub fn write_to_path(
    graph: &KnowledgeGraph,
    schema: &Schema,
    format: &Format,
    options: &ExportOptions,
    path: &Path,
) -> Result<Report, ExportError> {
    if let FormatKind::Tables { files, .. } = format.kind {
        let names_one = Format::by_path(path).is_some_and(|named| named.name == format.name);
        if path.is_dir() || !names_one {
            return write_folder(graph, schema, format, (options, files), path);
        }
    }
    write_atomically(path, &mut |out| write(graph, schema, format, options, out))
}

/// Writes every table of a format into `folder`, which is made where it is missing. None is
/// replaced before all are written.
fn write_folder(
    graph: &KnowledgeGraph,
    schema: &Schema,
    format: &Format,
    (options, files): (&ExportOptions, &[&str]),
    folder: &Path,
) -> Result<Report, ExportError> {
    fs::create_dir_all(folder)
        .map_err(|source| ExportError::File { path: folder.to_owned(), source })?;
    let mut report = Report::default();
    write_all_atomically(folder, files, &mut |name, out| {
        report.add(write_table(graph, schema, format, options, name, out)?);
        Ok(())
    })?;
    report.add_left_out(graph, options, format);
    Ok(report)
}

/// Calls `fill` with a sink and puts what it wrote in the place of `path` when it succeeded.
/// A symbolic link stays and its target is replaced; what is no regular file (a pipe, a
/// device) is written to directly. A path that ends in `.gz` is compressed.
pub fn write_atomically<T>(
    path: &Path,
    fill: &mut dyn FnMut(&mut dyn Write) -> Result<T, ExportError>,
) -> Result<T, ExportError> {
    let failed = |source: io::Error| ExportError::File { path: path.to_owned(), source };
    let compressed = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gz"));
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => {
            Err(failed(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder")))
        }
        Ok(found) if !found.is_file() => {
            let mut file = fs::OpenOptions::new().write(true).open(path).map_err(failed)?;
            filled(&mut file, compressed, fill).map_err(|error| with_path(error, path))
        }
        _ => {
            let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
            let mut beside = temporary_beside(&target).map_err(failed)?;
            let value = filled(beside.as_file_mut(), compressed, fill)
                .map_err(|error| with_path(error, path))?;
            beside.persist(&target).map_err(|error| failed(error.error))?;
            Ok(value)
        }
    }
}

/// Writes several files of one folder; none is replaced before all are complete.
fn write_all_atomically(
    folder: &Path,
    names: &[&str],
    fill: &mut dyn FnMut(&str, &mut dyn Write) -> Result<(), ExportError>,
) -> Result<(), ExportError> {
    let mut complete: Vec<(PathBuf, NamedTempFile)> = Vec::new();
    for name in names {
        let path = folder.join(name);
        let failed = |source: io::Error| ExportError::File { path: path.clone(), source };
        // Found out now: the first files would already be replaced when the last cannot be.
        if path.is_dir() {
            return Err(failed(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder")));
        }
        let beside = temporary_beside(&path).map_err(failed)?;
        let mut out = io::BufWriter::with_capacity(1 << 16, beside);
        fill(name, &mut out)
            .and_then(|()| Ok(out.flush()?))
            .map_err(|error| with_path(error, &path))?;
        let beside = out.into_inner().map_err(|error| failed(error.into_error()))?;
        complete.push((path, beside));
    }
    for (path, beside) in complete {
        beside
            .persist(&path)
            .map_err(|error| ExportError::File { path: path.clone(), source: error.error })?;
    }
    Ok(())
}

fn filled<T>(
    file: &mut fs::File,
    compressed: bool,
    fill: &mut dyn FnMut(&mut dyn Write) -> Result<T, ExportError>,
) -> Result<T, ExportError> {
    if !compressed {
        return fill(file);
    }
    let mut encoder = GzEncoder::new(file, Compression::default());
    let value = fill(&mut encoder)?;
    encoder.finish()?;
    Ok(value)
}

fn with_path(error: ExportError, path: &Path) -> ExportError {
    match error {
        ExportError::Io(source) => ExportError::File { path: path.to_owned(), source },
        other => other,
    }
}

/// A file in the same folder, so that renaming it stays on one disk. It has the permissions
/// of the file that it will replace, or those that a new file would have.
fn temporary_beside(target: &Path) -> io::Result<NamedTempFile> {
    let replaced = fs::metadata(target).ok().map(|found| found.permissions());
    if replaced.as_ref().is_some_and(fs::Permissions::readonly) {
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is write-protected"));
    }
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".newsgraph-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let beside = builder.tempfile_in(folder)?;
    if let Some(permissions) = replaced {
        beside.as_file().set_permissions(permissions)?;
    }
    Ok(beside)
}
