//! Stopping a query whose time is up.

use std::cell::Cell;
use std::time::Instant;

use spareval::CancellationToken;

/// Asking the time costs more than looking at a statement, so it is asked every so many.
const STRIDE: u32 = 1024;

/// The time ran out while the graph was searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the time is up")]
pub struct TimeIsUp;

/// Counts work, and stops it at the deadline.
pub(super) struct Clock {
    deadline: Option<Instant>,
    token: CancellationToken,
    ticks: Cell<u32>,
}

impl Clock {
    pub fn new(deadline: Option<Instant>, token: CancellationToken) -> Self {
        Self { deadline, token, ticks: Cell::new(0) }
    }

    pub fn unlimited() -> Self {
        Self::new(None, CancellationToken::new())
    }

    /// One unit of work.
    #[inline]
    pub fn tick(&self) -> Result<(), TimeIsUp> {
        let Some(deadline) = self.deadline else {
            return Ok(());
        };
        let ticks = self.ticks.get().wrapping_add(1);
        self.ticks.set(ticks);
        if !ticks.is_multiple_of(STRIDE) {
            return Ok(());
        }
        self.look(deadline)
    }

    #[cold]
    fn look(&self, deadline: Instant) -> Result<(), TimeIsUp> {
        if Instant::now() < deadline {
            return Ok(());
        }
        // The evaluator swallows errors inside of expressions, but it heeds its token.
        self.token.cancel();
        Err(TimeIsUp)
    }
}
