//! How a command ends: what went wrong, in words for people, and with which exit code.

use std::io;
use std::path::Path;
use std::process::ExitCode;

/// Why nothing was written. Becomes "newsgraph: MESSAGE" on stderr and exit code 2.
#[derive(Debug)]
pub struct Failure {
    message: String,
}

/// How a command that did its work ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All inputs were read: exit code 0.
    Done,
    /// Some input failed and is named on stderr, or a check failed: exit code 1.
    SomeFailed,
}

impl Failure {
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into() }
    }

    /// "FILE: what; what to do" for a file that could not be read or written.
    pub fn file(path: &Path, error: &io::Error) -> Self {
        Self::new(format!("{}: {}", path.display(), describe(error)))
    }

    /// For what was named on standard error when it happened: nothing more is said.
    pub fn already_told() -> Self {
        Self::new("")
    }

    /// Empty when all was said before.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::new(format!("the output could not be written: {}", describe(&error)))
    }
}

impl Outcome {
    pub fn code(self) -> ExitCode {
        match self {
            Outcome::Done => ExitCode::SUCCESS,
            Outcome::SomeFailed => ExitCode::from(1),
        }
    }
}

/// What happened and what to do, for the errors that people meet.
pub fn describe(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder; check the spelling".into(),
        io::ErrorKind::PermissionDenied => {
            "permission denied; change its permissions or run as somebody who may".into()
        }
        io::ErrorKind::StorageFull => "the disk is full; free some space or write elsewhere".into(),
        io::ErrorKind::IsADirectory => "this is a folder; name a file".into(),
        _ => error.to_string(),
    }
}

/// The end of a message about a name that is not known.
pub fn did_you_mean(near: &[String]) -> String {
    match near {
        [] => String::new(),
        [one] => format!("; did you mean {one:?}?"),
        several => {
            let names: Vec<_> = several.iter().map(|name| format!("{name:?}")).collect();
            format!("; did you mean one of {}?", names.join(", "))
        }
    }
}
