//! Walks files and folders and gives the inputs in them one by one.

use std::collections::VecDeque;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::batches::Batches;
use super::bytes::{Stream, unreadable};
use super::error::ReadError;
use super::kind::{InputKind, kind_of, may_be_document};
use super::{Place, ReadDocument, Settings, documents_at};

/// How much of a file is looked at to tell its kind, in bytes.
const PEEK: usize = 4096;

/// One input: a file, what came from a pipe, or a part of a long JSONL file.
#[derive(Clone, Debug)]
pub struct Item {
    /// How messages name it: the path as it was given, or "-".
    pub name: String,
    pub kind: InputKind,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    File(PathBuf),
    Bytes { bytes: Vec<u8>, place: Place },
}

impl Item {
    /// Where the file lies; `None` for what came from a pipe and for a part of a file.
    pub fn path(&self) -> Option<&Path> {
        match &self.content {
            Content::File(path) => Some(path),
            Content::Bytes { .. } => None,
        }
    }

    /// The decompressed bytes, which a graph file is loaded from.
    ///
    /// # Errors
    /// When the file cannot be read, is damaged or holds more than `limit` bytes.
    pub fn bytes(&self, limit: u64) -> Result<Vec<u8>, ReadError> {
        match &self.content {
            Content::File(path) => Stream::open(&self.name, path)?.read_all(&self.name, limit),
            Content::Bytes { bytes, .. } => Ok(bytes.clone()),
        }
    }

    /// The articles in it. Depends on nothing but the file and `settings`, so that items can
    /// be read in parallel.
    pub fn documents(&self, settings: &Settings) -> Vec<Result<ReadDocument, ReadError>> {
        match &self.content {
            Content::File(_) => match self.bytes(settings.max_bytes) {
                Ok(bytes) => {
                    documents_at(&self.name, &bytes, Place::default(), self.kind, settings)
                }
                Err(error) => vec![Err(error)],
            },
            Content::Bytes { bytes, place } => {
                documents_at(&self.name, bytes, *place, self.kind, settings)
            }
        }
    }
}

/// The inputs below `paths`, lazily and in a fixed order: the paths as given, folders sorted
/// by name. "-" is standard input. See [`sources`].
pub struct Sources {
    queue: VecDeque<PathBuf>,
    folder: Option<Folder>,
    batches: Option<Batches<'static>>,
    settings: Settings,
}

struct Folder {
    name: String,
    walk: walkdir::IntoIter,
    found: usize,
}

/// Walks files and folders. In a folder, hidden files and files whose ending is no document's
/// are passed over, and so are graph files; links are followed, and one that leads back to a
/// folder above it is an error of its own. A file that is given by name is read whatever its
/// ending. JSONL comes in parts of a few megabytes.
pub fn sources(paths: &[PathBuf], settings: &Settings) -> Sources {
    Sources {
        queue: paths.iter().cloned().collect(),
        folder: None,
        batches: None,
        settings: settings.clone(),
    }
}

/// The inputs that `reader` gives under `name`: several only where it gives JSONL.
pub fn from_reader(
    name: &str,
    reader: impl Read + Send + 'static,
    settings: &Settings,
) -> impl Iterator<Item = Result<Item, ReadError>> {
    let mut sources = sources(&[], settings);
    let first = sources.stream(name, reader).transpose();
    first.into_iter().chain(sources)
}

impl Iterator for Sources {
    type Item = Result<Item, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(batches) = &mut self.batches {
                if let Some(batch) = batches.next() {
                    let name = batches.name().to_owned();
                    return Some(batch.map(|batch| Item {
                        name,
                        kind: InputKind::Jsonl,
                        content: Content::Bytes { bytes: batch.bytes, place: batch.place },
                    }));
                }
                self.batches = None;
            }
            if let Some(next) = self.next_in_folder() {
                match next {
                    Ok(Some(item)) => return Some(Ok(item)),
                    Ok(None) => continue,
                    Err(error) => return Some(Err(error)),
                }
            }
            let path = self.queue.pop_front()?;
            match self.given(&path) {
                Ok(Some(item)) => return Some(Ok(item)),
                Ok(None) => {}
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl Sources {
    /// A path as it was given: opens a folder, or gives the file's item.
    fn given(&mut self, path: &Path) -> Result<Option<Item>, ReadError> {
        let name = display(path);
        if name == "-" {
            return self.stream(&name, io::stdin());
        }
        let metadata = fs::metadata(path).map_err(|source| link_error(&name, path, source))?;
        if metadata.is_dir() {
            let walk = WalkDir::new(path).follow_links(true).sort_by_file_name().into_iter();
            self.folder = Some(Folder { name, walk, found: 0 });
            return Ok(None);
        }
        if !metadata.is_file() {
            // A pipe can be read only once.
            let file = fs::File::open(path).map_err(|source| unreadable(&name, source))?;
            return self.stream(&name, file);
        }
        self.file(name, path, false)
    }

    /// The next thing in the folder that is open; `None` when none is.
    fn next_in_folder(&mut self) -> Option<Result<Option<Item>, ReadError>> {
        let folder = self.folder.as_mut()?;
        let Some(entry) = folder.walk.next() else {
            let folder = self.folder.take()?;
            let empty = folder.found == 0;
            return Some(match empty {
                true => Err(ReadError::NoArticles { folder: folder.name }),
                false => Ok(None),
            });
        };
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                // The folder is not empty, whatever is wrong with it.
                folder.found += 1;
                return Some(Err(walk_error(&folder.name, error)));
            }
        };
        let hidden = entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
        if entry.file_type().is_dir() {
            if hidden {
                folder.walk.skip_current_dir();
            }
            return Some(Ok(None));
        }
        if hidden || !entry.file_type().is_file() || !may_be_document(entry.path()) {
            return Some(Ok(None));
        }
        let result = self.file(display(entry.path()), entry.path(), true);
        let counts = !matches!(result, Ok(None)) || self.batches.is_some();
        if let Some(folder) = &mut self.folder {
            folder.found += usize::from(counts);
        }
        Some(result)
    }

    /// The item of a regular file, or `None` where its parts come as batches or, `in_folder`,
    /// where it is a graph.
    fn file(
        &mut self,
        name: String,
        path: &Path,
        in_folder: bool,
    ) -> Result<Option<Item>, ReadError> {
        let mut stream = Stream::open(&name, path)?;
        let first = stream.peek(&name, PEEK)?;
        let kind = self.settings.kind.unwrap_or_else(|| kind_of(path, &first));
        if in_folder && !kind.is_document() {
            return Ok(None);
        }
        if kind == InputKind::Jsonl && Batches::can_split(&first) {
            let stream = Stream::open(&name, path)?;
            self.batches = Some(Batches::new(name, stream, self.settings.max_bytes));
            return Ok(None);
        }
        Ok(Some(Item { name, kind, content: Content::File(path.to_owned()) }))
    }

    /// The item of what can be read only once.
    fn stream(
        &mut self,
        name: &str,
        reader: impl Read + Send + 'static,
    ) -> Result<Option<Item>, ReadError> {
        let mut stream = Stream::new(name, reader)?;
        let first = stream.peek(name, PEEK)?;
        let path = match name {
            "-" => Path::new(""),
            name => Path::new(name),
        };
        let kind = self.settings.kind.unwrap_or_else(|| kind_of(path, &first));
        let stream = stream.preceded_by(first);
        if kind == InputKind::Jsonl {
            self.batches = Some(Batches::new(name.to_owned(), stream, self.settings.max_bytes));
            return Ok(None);
        }
        let mut stream = stream;
        let limit = match kind.is_document() {
            true => self.settings.max_bytes,
            false => u64::MAX - 1,
        };
        let bytes = stream.read_all(name, limit)?;
        let content = Content::Bytes { bytes, place: Place::default() };
        Ok(Some(Item { name: name.to_owned(), kind, content }))
    }
}

fn display(path: &Path) -> String {
    path.display().to_string()
}

fn walk_error(folder: &str, error: walkdir::Error) -> ReadError {
    let name = error.path().map_or_else(|| folder.to_owned(), display);
    if let Some(ancestor) = error.loop_ancestor() {
        return ReadError::LinkLoop { name, ancestor: display(ancestor) };
    }
    let path = error.path().map(Path::to_owned).unwrap_or_default();
    let source = error.into_io_error().unwrap_or_else(|| io::Error::other("cannot be listed"));
    link_error(&name, &path, source)
}

/// What it means that `path` cannot be looked at: a link that leads to itself is told apart
/// from a missing file, though the standard library has no stable name for that error.
fn link_error(name: &str, path: &Path, source: io::Error) -> ReadError {
    let ordinary =
        matches!(source.kind(), io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied);
    let is_link = fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink());
    match is_link && !ordinary {
        true => ReadError::LinkLoop { name: name.to_owned(), ancestor: name.to_owned() },
        false => unreadable(name, source),
    }
}
