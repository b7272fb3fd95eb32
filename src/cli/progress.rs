//! Progress on standard error: rate and estimate, only on a terminal and only for work that
//! takes more than two seconds.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

const PATIENCE: Duration = Duration::from_secs(2);

/// A bar that stays hidden until the work has taken two seconds. May be shared by threads.
pub struct Progress {
    bar: ProgressBar,
    started: Instant,
    shown: AtomicBool,
}

impl Progress {
    /// `doing` says what happens ("reading"), `total` how many bytes there are, or nothing where
    /// that is not known.
    pub fn new(doing: &'static str, total: Option<u64>) -> Self {
        let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden());
        let template = match total {
            Some(_) => "{msg} {bytes} of {total_bytes} ({bytes_per_sec}, {eta} left) {bar:30}",
            None => "{msg} {bytes} ({bytes_per_sec})",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_message(doing);
        Self { bar, started: Instant::now(), shown: AtomicBool::new(false) }
    }

    /// So many more bytes are done.
    pub fn advance(&self, bytes: u64) {
        self.bar.inc(bytes);
        if self.started.elapsed() > PATIENCE
            && !self.shown.swap(true, Ordering::Relaxed)
            && std::io::stderr().is_terminal()
        {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// The bytes of all files, or nothing where that cannot be known beforehand.
pub fn total_bytes(sources: &[PathBuf]) -> Option<u64> {
    let mut total = 0;
    for path in sources {
        let metadata = std::fs::metadata(path).ok()?;
        if metadata.is_dir() {
            let files = walkdir::WalkDir::new(path).follow_links(true).into_iter();
            let files = files.filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
            total += files.filter_map(|entry| Some(entry.metadata().ok()?.len())).sum::<u64>();
        } else if metadata.is_file() {
            total += metadata.len();
        } else {
            return None;
        }
    }
    Some(total)
}
