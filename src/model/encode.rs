//! Runs the graphs of the weights on one window at a time.
//!
//! A window alone, never several together: activations are quantized by the range of the whole
//! input, so that what stands beside a window would change its numbers. Windows are spread over
//! threads instead, and each runs on one.

use std::cell::RefCell;
use std::sync::Arc;

use rten::{Model as Graph, RunOptions, ThreadPool, ValueOrView};
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

use super::weights::Weights;

/// What the encoder makes of a window.
#[derive(Clone, Debug)]
pub struct Encoded {
    /// One row a word, the marks at both ends included.
    states: NdTensor<f32, 3>,
    /// Probabilities of the tags of each word, without the marks.
    pub tags: Vec<Vec<f32>>,
}

/// A mention as the pair graph sees it: first and last word (the first word of the window is
/// 1), class, subclass, flag (0 plain, 1 adjective, 2 inside another name).
pub type MentionRow = [i32; 5];

/// A pair as the pair graph sees it: head and tail (indexes of mentions), gap, the rules' find.
pub type PairRow = [i32; 4];

/// Rows of probabilities.
pub type Table = Vec<Vec<f32>>;

/// `rows` are the embedded words with the marks at both ends. `None` when the graph does not
/// fit; loading weights asks for that once.
pub fn encode(weights: &Weights, rows: Vec<f32>) -> Option<Encoded> {
    let width = weights.embeddings.width();
    let words = rows.len() / width;
    let input = NdTensor::try_from_data([1, words, width], rows).ok()?;
    let [states, tags] =
        run(&weights.encoder, vec![("embedded", input.into())], ["states", "tags"])?;
    let states: NdTensor<f32, 3> = states.try_into().ok()?;
    let tags: NdTensor<f32, 3> = tags.try_into().ok()?;
    let tags = (1..words.saturating_sub(1))
        .map(|word| softmax(tags.slice((0, word)).iter().copied().collect()))
        .collect();
    Some(Encoded { states, tags })
}

/// Probabilities of the relations of each pair, and of the subclasses of each mention. `zones`
/// says for each pair where each word stands.
pub fn relate(
    weights: &Weights,
    encoded: &Encoded,
    mentions: &[MentionRow],
    pairs: &[PairRow],
    zones: Vec<i32>,
) -> Option<[Table; 2]> {
    let words = encoded.states.size(1);
    let table = |rows: Vec<i32>, width: usize| {
        NdTensor::try_from_data([rows.len() / width.max(1), width], rows).ok()
    };
    let inputs = vec![
        ("states", encoded.states.view().into()),
        ("mentions", table(mentions.concat(), 5)?.into()),
        ("pairs", table(pairs.concat(), 4)?.into()),
        ("zones", table(zones, words)?.into()),
    ];
    let [relations, subclasses] = run(&weights.pairs, inputs, ["relations", "subclasses"])?;
    let rows = |value: rten::Value| {
        let table: NdTensor<f32, 3> = value.try_into().ok()?;
        Some(
            (0..table.size(1))
                .map(|at| softmax(table.slice((0, at)).iter().copied().collect()))
                .collect(),
        )
    };
    Some([rows(relations)?, rows(subclasses)?])
}

fn run<const N: usize>(
    graph: &Graph,
    inputs: Vec<(&str, ValueOrView)>,
    outputs: [&str; N],
) -> Option<[rten::Value; N]> {
    thread_local! {
        // One thread of its own for each that runs windows: the shared pool would make them wait
        // for each other.
        static POOL: RefCell<Option<Arc<ThreadPool>>> = const { RefCell::new(None) };
    }
    let pool = POOL.with_borrow_mut(|pool| {
        pool.get_or_insert_with(|| Arc::new(ThreadPool::with_num_threads(1))).clone()
    });
    let inputs: Option<Vec<_>> =
        inputs.into_iter().map(|(name, value)| Some((graph.node_id(name).ok()?, value))).collect();
    let mut ids = Vec::with_capacity(N);
    for name in outputs {
        ids.push(graph.node_id(name).ok()?);
    }
    let options = RunOptions::default().with_thread_pool(Some(pool));
    graph.run(inputs?, &ids, Some(options)).ok()?.try_into().ok()
}

fn softmax(mut logits: Vec<f32>) -> Vec<f32> {
    let most = logits.iter().copied().fold(f32::MIN, f32::max);
    let mut sum = 0.0;
    for value in &mut logits {
        *value = (*value - most).exp();
        sum += *value;
    }
    for value in &mut logits {
        *value /= sum;
    }
    logits
}
