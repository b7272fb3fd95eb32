//! How good extraction is: articles are read by the program and held against gold.

mod bootstrap;
mod compare;
mod gold;
mod pairing;
mod report;
mod scheme;
mod side;
mod support;
mod surface;
mod tally;

#[cfg(test)]
mod tests;

pub use bootstrap::{LEVEL, RESAMPLES};
pub use compare::{Comparison, compare};
pub use gold::{GoldArticle, Part};
pub use report::{Difference, Different, Figure, Figures, Line, Named, misses, spurious};
pub use scheme::Scheme;
pub use side::{Node, Side, Statement};
pub use tally::{Measure, Tallies, Tally};

use crate::graph::KnowledgeGraph;
use crate::ontology::Schema;
use crate::pipeline::{BuildSettings, Extractor, spread};
use crate::read::{self, InputKind, ReadError, Warning};

/// What the program makes of one article, and how that compares with gold.
pub struct Judged {
    pub found: Side,
    pub comparison: Comparison,
    pub warnings: Vec<Warning>,
    /// Why the article could not be read. Nothing is found in it then, so that all of its gold
    /// counts as missed.
    pub error: Option<ReadError>,
}

/// Has the program read each article by itself, as a document of plain text, on all threads of
/// the current pool, and compares what it finds with gold. Results are in the order given.
/// `progress` is called with the bytes of each article once it is done.
pub fn evaluate(
    articles: &[GoldArticle],
    extractor: &Extractor<'_>,
    schema: &Schema,
    settings: BuildSettings,
    progress: &(dyn Fn(usize) + Sync),
) -> Vec<Judged> {
    let scheme = Scheme::new(schema);
    spread(articles.iter().collect(), |article: &GoldArticle| {
        let judged = judge(article, extractor, &scheme, settings);
        progress(article.input.len());
        judged
    })
}

fn judge(
    article: &GoldArticle,
    extractor: &Extractor<'_>,
    scheme: &Scheme,
    settings: BuildSettings,
) -> Judged {
    let mut graph = KnowledgeGraph::new();
    let (mut warnings, mut error) = (Vec::new(), None);
    let input = article.input.as_bytes();
    let read =
        read::documents(&article.id, input, Some(InputKind::Text), &read::Settings::default());
    for result in read {
        match result {
            Ok(read) => {
                warnings.extend(read.warnings);
                extractor.build(vec![read.document], settings, &mut graph, &|_| {});
            }
            Err(fault) => error = Some(fault),
        }
    }
    let found = Side::of_graph(&graph);
    let comparison = compare(&article.side, &found, &article.text, scheme);
    Judged { found, comparison, warnings, error }
}
