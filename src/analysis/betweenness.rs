//! Betweenness: through whom the shortest chains between others lead (Brandes, "A Faster
//! Algorithm for Betweenness Centrality", Journal of Mathematical Sociology 25(2), 2001; sampled
//! as in Brandes and Pich, "Centrality Estimation in Large Networks", 2007).

use rayon::prelude::*;

use super::links::Links;

/// Up to so many nodes every node is a source; of larger graphs so many are.
const EXACT_UP_TO: usize = 5_000;
const SAMPLE: usize = 500;

/// Sources are worked through in so many parts, whatever the number of threads, and the parts
/// added up in order: floating-point sums depend on their order.
const PARTS: usize = 16;

/// Whether the values of a graph of so many nodes are estimates from a sample of sources.
pub(super) fn is_sampled(count: usize) -> bool {
    count > EXACT_UP_TO
}

/// For every node the share, 0 to 1, of all pairs of others whose shortest chains lead through
/// it. Of several shortest chains each counts in part. All links are equally long.
pub(super) fn betweenness(links: &Links) -> Vec<f64> {
    match is_sampled(links.len()) {
        false => from_sources(links, &(0..links.len()).collect::<Vec<_>>()),
        true => from_sources(links, &sample(links.len(), SAMPLE)),
    }
}

/// So many nodes, chosen by what looks like chance and is the same every time.
fn sample(count: usize, size: usize) -> Vec<usize> {
    let mut nodes: Vec<usize> = (0..count).collect();
    // Multiplication by a large odd number scatters the bits.
    nodes.sort_by_key(|&node| (node as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    nodes.truncate(size);
    nodes
}

fn from_sources(links: &Links, sources: &[usize]) -> Vec<f64> {
    let count = links.len();
    let size = sources.len().div_ceil(PARTS).max(1);
    let parts: Vec<Vec<f64>> = sources
        .par_chunks(size)
        .map(|part| {
            let mut search = Search::new(count);
            let mut sums = vec![0.0; count];
            for &source in part {
                search.add_dependencies(links, source, &mut sums);
            }
            sums
        })
        .collect();
    let pairs = (count.saturating_sub(1) * count.saturating_sub(2)) as f64;
    let scale = if pairs > 0.0 { count as f64 / (sources.len() as f64 * pairs) } else { 0.0 };
    (0..count)
        .map(|node| (parts.iter().map(|part| part[node]).sum::<f64>() * scale).min(1.0))
        .collect()
}

/// What one search needs, kept from source to source.
struct Search {
    distances: Vec<u32>,
    /// How many shortest chains lead to each node.
    chains: Vec<f64>,
    dependencies: Vec<f64>,
    /// Nodes in the order in which they were reached.
    reached: Vec<u32>,
}

impl Search {
    fn new(count: usize) -> Self {
        Self {
            distances: vec![u32::MAX; count],
            chains: vec![0.0; count],
            dependencies: vec![0.0; count],
            reached: Vec::with_capacity(count),
        }
    }

    /// Adds to `sums` how much the shortest chains from `source` depend on each node.
    fn add_dependencies(&mut self, links: &Links, source: usize, sums: &mut [f64]) {
        for &node in &self.reached {
            self.distances[node as usize] = u32::MAX;
            self.chains[node as usize] = 0.0;
            self.dependencies[node as usize] = 0.0;
        }
        self.reached.clear();
        self.reached.push(source as u32);
        self.distances[source] = 0;
        self.chains[source] = 1.0;
        let mut at = 0;
        while let Some(&node) = self.reached.get(at) {
            at += 1;
            let node = node as usize;
            for &(next, _) in links.of(node) {
                let next = next as usize;
                if self.distances[next] == u32::MAX {
                    self.distances[next] = self.distances[node] + 1;
                    self.reached.push(next as u32);
                }
                if self.distances[next] == self.distances[node] + 1 {
                    self.chains[next] += self.chains[node];
                }
            }
        }
        for &node in self.reached.iter().rev() {
            let node = node as usize;
            for &(before, _) in links.of(node) {
                let before = before as usize;
                if self.distances[before].wrapping_add(1) == self.distances[node] {
                    self.dependencies[before] +=
                        self.chains[before] / self.chains[node] * (1.0 + self.dependencies[node]);
                }
            }
            if node != source {
                sums[node] += self.dependencies[node];
            }
        }
    }
}
