//! PageRank: who is connected to those who are well connected (Page, Brin, Motwani and
//! Winograd, "The PageRank Citation Ranking", 1999), on links without direction.

use super::links::Links;

/// How likely one goes on along a link, and does not begin anew anywhere.
const DAMPING: f64 = 0.85;

/// Changes that add up to less than this do not count.
const TOLERANCE: f64 = 1e-9;

/// More steps than the tolerance needs with this damping.
const STEPS: usize = 200;

/// A share for every node; all add up to 1. Links are followed in proportion to their weights;
/// from a node without any one goes anywhere.
pub(super) fn pagerank(links: &Links) -> Vec<f64> {
    let count = links.len() as f64;
    let weights: Vec<f64> = (0..links.len())
        .map(|node| links.of(node).iter().map(|&(_, weight)| f64::from(weight)).sum())
        .collect();
    let mut ranks = vec![1.0 / count; links.len()];
    for _ in 0..STEPS {
        let lost: f64 =
            ranks.iter().zip(&weights).filter(|(_, weight)| **weight == 0.0).map(|(r, _)| r).sum();
        let base = (1.0 - DAMPING + DAMPING * lost) / count;
        let next: Vec<f64> = (0..links.len())
            .map(|node| {
                let coming = links.of(node).iter().map(|&(from, weight)| {
                    ranks[from as usize] * f64::from(weight) / weights[from as usize]
                });
                base + DAMPING * coming.sum::<f64>()
            })
            .collect();
        let change: f64 = ranks.iter().zip(&next).map(|(a, b)| (a - b).abs()).sum();
        ranks = next;
        if change < TOLERANCE {
            break;
        }
    }
    ranks
}
