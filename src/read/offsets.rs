//! The map from a document's text back to the raw input it was read from.

use std::ops::Range;

use crate::span::ByteSpan;

/// Equal steps in a row: every `text_step` bytes of text were `raw_step` bytes of input.
///
/// UTF-8 is one run of (1, 1) however long; UTF-16 alternates between (1, 2), (2, 2) and
/// (3, 2); a JSON escape is (1, 2) or (n, 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    text: u32,
    raw: u64,
    text_step: u32,
    raw_step: u32,
}

/// Maps byte offsets of a document's text to byte offsets of the raw input, counted from 0
/// after decompression and before decoding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawOffsets {
    runs: Vec<Run>,
    text_len: u32,
}

impl RawOffsets {
    /// Text of `length` bytes that stands unchanged in the input from `raw_start`.
    pub fn unchanged(raw_start: u64, length: usize) -> Self {
        let mut offsets = Self::default();
        offsets.push_unchanged(length, raw_start);
        offsets
    }

    /// Appends `text_len` bytes of text that stand for the `raw_len` bytes of input from `raw`:
    /// one character, or white space without any counterpart (`raw_len` 0).
    pub(super) fn push(&mut self, text_len: usize, raw: u64, raw_len: usize) {
        if text_len > 0 {
            self.push_steps(text_len, text_len as u32, raw, raw_len as u32);
        }
    }

    /// Appends `length` bytes of text that are the same bytes in the input from `raw`.
    pub(super) fn push_unchanged(&mut self, length: usize, raw: u64) {
        if length > 0 {
            self.push_steps(length, 1, raw, 1);
        }
    }

    fn push_steps(&mut self, text_len: usize, text_step: u32, raw: u64, raw_step: u32) {
        let run = Run { text: self.text_len, raw, text_step, raw_step };
        self.text_len += text_len as u32;
        if let Some(last) = self.runs.last()
            && (last.text_step, last.raw_step) == (text_step, raw_step)
            && last.raw + u64::from((run.text - last.text) / text_step * raw_step) == raw
        {
            return;
        }
        self.runs.push(run);
    }

    /// Length of the text that is mapped, in bytes.
    pub fn text_len(&self) -> usize {
        self.text_len as usize
    }

    /// Where the character at byte `at` of the text begins in the input. An offset inside a
    /// character gives that character's start where its bytes differ from the input's; an
    /// offset at or after the end of the text gives the end of the input that was used.
    pub fn raw(&self, at: u32) -> u64 {
        if at >= self.text_len {
            return self.text_len.checked_sub(1).map_or(0, |last| self.step(last).end);
        }
        let index = self.runs.partition_point(|run| run.text <= at);
        let Some(run) = index.checked_sub(1).map(|index| self.runs[index]) else { return 0 };
        let inside = at - run.text;
        run.raw + u64::from(inside / run.text_step) * u64::from(run.raw_step)
    }

    /// The part of the input under `span`; an empty span gives an empty range.
    pub fn raw_span(&self, span: ByteSpan) -> Range<u64> {
        let start = self.raw(span.start);
        if span.is_empty() {
            return start..start;
        }
        start..self.step((span.end - 1).min(self.text_len.saturating_sub(1))).end.max(start)
    }

    fn step(&self, at: u32) -> Range<u64> {
        let mut near = 0;
        self.place(at, &mut near)
    }

    /// The place of the character at byte `at`, found from the run `near`, where the one before
    /// was: characters asked for in order cost no search.
    pub(super) fn place(&self, at: u32, near: &mut usize) -> Range<u64> {
        let holds = |index: usize| {
            self.runs.get(index).is_some_and(|run| run.text <= at)
                && self.runs.get(index + 1).is_none_or(|next| next.text > at)
        };
        if let Some(index) = [*near, *near + 1].into_iter().find(|index| holds(*index)) {
            *near = index;
        } else {
            *near = self.runs.partition_point(|run| run.text <= at).saturating_sub(1);
        }
        let Some(run) = self.runs.get(*near) else { return 0..0 };
        let start = run.raw
            + u64::from(at.saturating_sub(run.text) / run.text_step) * u64::from(run.raw_step);
        start..start + u64::from(run.raw_step)
    }

    /// The map from this text to the input below `outer`, whose text is this map's input.
    pub(super) fn through(&self, outer: &RawOffsets) -> RawOffsets {
        let mut whole = RawOffsets::default();
        if let [only] = outer.runs[..]
            && only.text_step == 1
            && only.raw_step == 1
        {
            whole.clone_from(self);
            for run in &mut whole.runs {
                run.raw += only.raw;
            }
            return whole;
        }
        for (index, run) in self.runs.iter().enumerate() {
            let end = self.runs.get(index + 1).map_or(self.text_len, |next| next.text);
            let mut at = run.text;
            while at < end {
                let inner = self.step(at);
                let start = outer.raw(inner.start as u32);
                if run.raw_step == 1 && run.text_step == 1 {
                    // The bytes of one character of `outer` stay together.
                    let below = outer.runs[outer
                        .runs
                        .partition_point(|below| u64::from(below.text) <= inner.start)
                        .saturating_sub(1)];
                    let width = below.text_step.min(end - at).max(1);
                    whole.push(width as usize, start, below.raw_step as usize);
                    at += width;
                } else {
                    let stop = match run.raw_step {
                        0 => start,
                        _ => outer.step((inner.end - 1) as u32).end,
                    };
                    whole.push(run.text_step as usize, start, (stop - start) as usize);
                    at += run.text_step;
                }
            }
        }
        whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_mapped_and_runs_joined() {
        let mut offsets = RawOffsets::default();
        for (raw, (text_len, raw_len)) in [(2, (1, 2)), (4, (1, 2)), (6, (2, 2)), (8, (3, 2))] {
            offsets.push(text_len, raw, raw_len);
        }
        assert_eq!(offsets.runs.len(), 3);
        assert_eq!([0, 1, 2, 4, 7].map(|at| offsets.raw(at)), [2, 4, 6, 8, 10]);
        assert_eq!(offsets.raw_span(ByteSpan::new(1, 4)), 4..8);
        assert_eq!(offsets.raw_span(ByteSpan::new(4, 4)), 8..8);
        assert_eq!(RawOffsets::default().raw(5), 0);
    }

    #[test]
    fn maps_compose() {
        // "a", a line feed written \n, "é": in JSON, the JSON in UTF-16 after a byte order mark.
        let mut json = RawOffsets::default();
        json.push_unchanged(1, 1);
        json.push(1, 2, 2);
        json.push_unchanged(2, 4);
        let mut utf16 = RawOffsets::default();
        for (index, width) in [1, 1, 1, 1, 2, 1].into_iter().enumerate() {
            utf16.push(width, 2 + 2 * index as u64, 2);
        }
        let whole = json.through(&utf16);
        assert_eq!([0, 1, 2].map(|at| whole.raw(at)), [4, 6, 10]);
        assert_eq!(whole.raw_span(ByteSpan::new(1, 4)), 6..12);
        let shifted = json.through(&RawOffsets::unchanged(100, 6));
        assert_eq!([0, 1, 2, 4].map(|at| shifted.raw(at)), [101, 102, 104, 106]);
    }
}
