//! The trained weights: reads and checks a folder of them, or those built in.

use std::path::Path;
use std::sync::OnceLock;

use rten::{Model as Graph, ModelOptions};
use serde::Deserialize;

use super::encode;
use super::error::ModelError;
use super::wordpiece::WordPieces;

/// The files of a set of weights.
const FILES: [&str; 5] =
    ["model.json", "vocab.txt", "embeddings.bin", "encoder.onnx", "pairs.onnx"];

/// What `model.json` says of the weights.
#[derive(Clone, Debug, Deserialize)]
pub struct Settings {
    /// Name and version, the origin of what the model finds.
    pub name: String,
    /// Local names of the top classes, in the order of the tags.
    pub classes: Vec<String>,
    /// Local names of the subclasses in the order of their embeddings; the first is none.
    pub subclasses: Vec<Option<String>>,
    /// Local names of the relations in the order of the classifier; the first is none.
    pub relations: Vec<String>,
    /// Words of the longest window, the marks at its ends included.
    pub longest: usize,
    /// Sentences between the ends of a pair, at most.
    pub farthest: usize,
    pub names: NameThresholds,
    /// Least probability of a relation that is kept, by relation where it differs from `""`.
    pub thresholds: std::collections::BTreeMap<String, f32>,
    /// Probability and how often such finds are right, ascending: confidence is read off it.
    pub calibration: Vec<(f32, f32)>,
}

/// How sure the tagger must be to be followed against the rules.
#[derive(Clone, Debug, Deserialize)]
pub struct NameThresholds {
    /// Local names of the classes on which it is followed at all.
    pub followed: Vec<String>,
    /// That what the rules do not have is a name, or has other bounds.
    pub add: f32,
    /// That a name of the rules is of another class.
    pub retype: f32,
    /// That no word of a name of the rules belongs to a name.
    pub drop: f32,
}

/// A set of weights, ready to run.
pub struct Weights {
    pub settings: Settings,
    pub pieces: WordPieces,
    pub embeddings: Embeddings,
    /// Window of embedded words to their states and the logits of their tags.
    pub encoder: Graph,
    /// States, mentions and pairs to the logits of relations and subclasses.
    pub pairs: Graph,
}

impl Weights {
    /// Those that ship with the program.
    pub fn builtin() -> &'static Weights {
        static BUILTIN: OnceLock<Weights> = OnceLock::new();
        BUILTIN.get_or_init(|| {
            let graph = |bytes: &'static [u8]| options().load_static_slice(bytes);
            let loaded = Self::from_parts(
                include_str!("../../models/en/model.json"),
                include_str!("../../models/en/vocab.txt"),
                include_bytes!("../../models/en/embeddings.bin"),
                graph(include_bytes!("../../models/en/encoder.onnx")),
                graph(include_bytes!("../../models/en/pairs.onnx")),
                Path::new("models/en"),
            );
            // The files are part of the program and a test loads them.
            loaded.expect("the built-in weights are whole")
        })
    }

    /// Weights of the same form in a folder.
    pub fn load(folder: &Path) -> Result<Weights, ModelError> {
        let mut files = Vec::new();
        for file in FILES {
            let path = folder.join(file);
            files.push(
                std::fs::read(&path).map_err(|source| ModelError::Unreadable { path, source })?,
            );
        }
        let [settings, vocabulary, embeddings, encoder, pairs] =
            <[Vec<u8>; 5]>::try_from(files).unwrap_or_default();
        let text = |bytes: Vec<u8>, file: &str| {
            String::from_utf8(bytes)
                .map_err(|_| ModelError::broken(folder, file, "it is not UTF-8"))
        };
        Self::from_parts(
            &text(settings, FILES[0])?,
            &text(vocabulary, FILES[1])?,
            &embeddings,
            options().load(encoder),
            options().load(pairs),
            folder,
        )
    }

    fn from_parts(
        settings: &str,
        vocabulary: &str,
        embeddings: &[u8],
        encoder: Result<Graph, rten::LoadError>,
        pairs: Result<Graph, rten::LoadError>,
        folder: &Path,
    ) -> Result<Weights, ModelError> {
        let broken = |file: &str, what: &str| ModelError::broken(folder, file, what);
        let settings: Settings =
            serde_json::from_str(settings).map_err(|error| broken(FILES[0], &error.to_string()))?;
        if !(4..=4096).contains(&settings.longest) || settings.relations.is_empty() {
            return Err(broken(FILES[0], "longest is out of range, or there are no relations"));
        }
        let pieces = WordPieces::new(vocabulary)
            .ok_or_else(|| broken(FILES[1], "it has no [UNK], [CLS] or [SEP]"))?;
        let embeddings = Embeddings::parse(embeddings)
            .filter(|table| table.positions() >= settings.longest && table.pieces() >= pieces.len())
            .ok_or_else(|| {
                broken(FILES[2], "its length does not fit its header, or the vocabulary")
            })?;
        let encoder = encoder.map_err(|error| broken(FILES[3], &error.to_string()))?;
        let pairs = pairs.map_err(|error| broken(FILES[4], &error.to_string()))?;
        let weights = Weights { settings, pieces, embeddings, encoder, pairs };
        match weights.misfit() {
            Some((file, what)) => Err(broken(file, what)),
            None => Ok(weights),
        }
    }

    /// Runs both graphs once on two words: whether they fit the settings shows only so.
    fn misfit(&self) -> Option<(&'static str, &'static str)> {
        let Settings { classes, subclasses, relations, .. } = &self.settings;
        let rows = vec![0.0; 4 * self.embeddings.width()];
        let Some(encoded) = encode::encode(self, rows) else {
            return Some((FILES[3], "it does not take windows of the width of embeddings.bin"));
        };
        let tags = 1 + 2 * classes.len();
        if classes.is_empty() || encoded.tags.iter().any(|row| row.len() != tags) {
            return Some((FILES[3], "its tags are not twice the classes of model.json and one"));
        }
        let mentions = [[1, 1, 0, 0, 0], [2, 2, 0, 0, 0]];
        let related = encode::relate(self, &encoded, &mentions, &[[0, 1, 0, 0]], vec![5, 1, 2, 5]);
        let width =
            |table: &encode::Table, width: usize| table.iter().all(|row| row.len() == width);
        let fits = related.is_some_and(|[relation, subclass]| {
            width(&relation, relations.len()) && width(&subclass, subclasses.len())
        });
        (!fits)
            .then_some((FILES[4], "it does not fit encoder.onnx, or the relations of model.json"))
    }

    /// How often finds of this probability are right.
    pub fn calibrated(&self, probability: f32) -> f32 {
        calibrated(&self.settings.calibration, probability)
    }
}

/// Straight lines between the points, level beyond them.
fn calibrated(points: &[(f32, f32)], probability: f32) -> f32 {
    let above = points.partition_point(|(raw, _)| *raw < probability);
    match (above.checked_sub(1).and_then(|at| points.get(at)), points.get(above)) {
        (Some(&(x0, y0)), Some(&(x1, y1))) if x1 > x0 => {
            y0 + (y1 - y0) * (probability - x0) / (x1 - x0)
        }
        (_, Some(&(_, y))) | (Some(&(_, y)), None) => y,
        (None, None) => probability,
    }
}

fn options() -> ModelOptions {
    let mut options = ModelOptions::with_all_ops();
    options.prepack_weights(true);
    options
}

/// The sums that a window's words enter the encoder as.
#[derive(Clone, Debug)]
pub struct Embeddings {
    width: usize,
    /// One a piece: what its whole numbers are multiplied with.
    scales: Vec<f32>,
    /// Row by row.
    pieces: Vec<i8>,
    positions: Vec<f32>,
    /// Case shape, the rules' tag, the rules' subclass.
    channels: [Vec<f32>; 3],
}

impl Embeddings {
    /// Header of four little-endian words (pieces, width, positions, 3), a scale for each piece,
    /// their rows of signed bytes, rows of floats for the positions, and three small tables, each
    /// led by its number of rows.
    fn parse(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes;
        let mut word = || {
            let (first, left) = rest.split_first_chunk::<4>()?;
            rest = left;
            Some(u32::from_le_bytes(*first) as usize)
        };
        let (pieces, width, positions, channels) = (word()?, word()?, word()?, word()?);
        if channels != 3 || width == 0 {
            return None;
        }
        let mut take = |length: Option<usize>| {
            let (first, left) = rest.split_at_checked(length?)?;
            rest = left;
            Some(first)
        };
        let scales = floats(take(pieces.checked_mul(4))?);
        let rows = take(pieces.checked_mul(width))?.iter().map(|&byte| byte as i8).collect();
        let table = |rows: usize| rows.checked_mul(width)?.checked_mul(4);
        let positions = floats(take(table(positions))?);
        let mut channel = || {
            let rows = u32::from_le_bytes(take(Some(4))?.try_into().ok()?) as usize;
            Some(floats(take(table(rows))?))
        };
        let channels = [channel()?, channel()?, channel()?];
        rest.is_empty().then_some(Self { width, scales, pieces: rows, positions, channels })
    }

    pub fn width(&self) -> usize {
        self.width
    }

    fn pieces(&self) -> usize {
        self.scales.len()
    }

    fn positions(&self) -> usize {
        self.positions.len() / self.width
    }

    /// Appends the row of a word: the mean of its pieces, its position and its three channels.
    /// A number beyond a table adds nothing.
    pub fn push(&self, pieces: &[u32], position: usize, channels: [usize; 3], out: &mut Vec<f32>) {
        let start = out.len();
        out.resize(start + self.width, 0.0);
        let row = &mut out[start..];
        for &piece in pieces {
            let at = piece as usize;
            let Some(scale) = self.scales.get(at) else { continue };
            let scale = scale / pieces.len() as f32;
            let values = &self.pieces[at * self.width..(at + 1) * self.width];
            for (sum, &value) in row.iter_mut().zip(values) {
                *sum += scale * f32::from(value);
            }
        }
        let small = [&self.positions, &self.channels[0], &self.channels[1], &self.channels[2]];
        let rows = [position, channels[0], channels[1], channels[2]];
        for (table, at) in small.into_iter().zip(rows) {
            if let Some(values) = table.get(at * self.width..(at + 1) * self.width) {
                for (sum, value) in row.iter_mut().zip(values) {
                    *sum += value;
                }
            }
        }
    }
}

fn floats(bytes: &[u8]) -> Vec<f32> {
    bytes.as_chunks::<4>().0.iter().map(|chunk| f32::from_le_bytes(*chunk)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two pieces of two numbers, one position, one row in each channel.
    fn table() -> Vec<u8> {
        let mut bytes = Vec::new();
        for word in [2u32, 2, 1, 3] {
            bytes.extend(word.to_le_bytes());
        }
        let floats = |bytes: &mut Vec<u8>, values: &[f32]| {
            bytes.extend(values.iter().flat_map(|value| value.to_le_bytes()));
        };
        floats(&mut bytes, &[0.5, 2.0]);
        bytes.extend([2i8, -4, 1, 3].map(|value| value as u8));
        floats(&mut bytes, &[10.0, 20.0]);
        for channel in 1..=3 {
            bytes.extend(1u32.to_le_bytes());
            floats(&mut bytes, &[100.0 * channel as f32, 0.0]);
        }
        bytes
    }

    #[test]
    fn a_word_is_the_mean_of_its_pieces_and_the_sum_of_its_channels() {
        let embeddings = Embeddings::parse(&table()).unwrap();
        let mut row = Vec::new();
        embeddings.push(&[0, 1], 0, [0; 3], &mut row);
        // (0.5 * [2, -4] + 2.0 * [1, 3]) / 2 + [10, 20] + [600, 0]
        assert_eq!(row, [611.5, 22.0]);
    }

    #[test]
    fn numbers_beyond_a_table_add_nothing() {
        let mut row = Vec::new();
        Embeddings::parse(&table()).unwrap().push(&[7], 9, [9; 3], &mut row);
        assert_eq!(row, [0.0, 0.0]);
    }

    #[test]
    fn a_table_that_is_cut_or_too_long_is_refused() {
        let whole = table();
        for length in 0..whole.len() {
            assert!(Embeddings::parse(&whole[..length]).is_none(), "{length} bytes");
        }
        assert!(Embeddings::parse(&[whole, vec![0]].concat()).is_none());
    }

    #[test]
    fn confidence_is_read_off_between_the_points_of_the_calibration() {
        let rate = |probability| calibrated(&[(0.2, 0.4), (0.6, 0.8)], probability);
        assert_eq!(rate(0.1), 0.4);
        assert!((rate(0.4) - 0.6).abs() < 1e-6);
        assert_eq!(rate(0.9), 0.8);
        assert_eq!(calibrated(&[], 0.3), 0.3);
    }
}
