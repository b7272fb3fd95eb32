//! Measures against the same computed in the plainest way, on graphs small enough for that.

use super::betweenness::betweenness;
use super::communities::communities;
use super::links::Links;
use super::pagerank::pagerank;

/// Random links from a seed, each a few times as heavy as the lightest.
fn random_links(seed: u64, count: u32, links: u32) -> Vec<(u32, u32, u32)> {
    let mut state = seed;
    let mut below = |limit: u32| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as u32 % limit
    };
    let all = (0..links).map(|_| (below(count), below(count), 1 + below(4)));
    all.filter(|(a, b, _)| a != b).collect()
}

fn near(found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len());
    for (node, (found, expected)) in found.iter().zip(expected).enumerate() {
        assert!((found - expected).abs() < tolerance, "{node}: {found} for {expected}");
    }
}

/// The stationary vector of the dense matrix of all jumps, by a thousand multiplications.
#[allow(clippy::needless_range_loop, reason = "matrices are written with their indices")]
fn dense_pagerank(count: usize, links: &Links) -> Vec<f64> {
    let mut jumps = vec![vec![0.0; count]; count];
    for from in 0..count {
        let weight: f64 = links.of(from).iter().map(|&(_, weight)| f64::from(weight)).sum();
        for to in 0..count {
            let link = links.of(from).iter().find(|(end, _)| *end as usize == to);
            let along = match weight > 0.0 {
                true => link.map_or(0.0, |&(_, own)| f64::from(own) / weight),
                false => 1.0 / count as f64,
            };
            jumps[from][to] = 0.15 / count as f64 + 0.85 * along;
        }
    }
    let mut ranks = vec![1.0 / count as f64; count];
    for _ in 0..1_000 {
        ranks = (0..count)
            .map(|to| (0..count).map(|from| ranks[from] * jumps[from][to]).sum())
            .collect();
    }
    ranks
}

#[test]
fn pagerank_is_that_of_the_whole_matrix() {
    for seed in 0..20 {
        // The last nodes are connected to nothing.
        let links = Links::between(22, &random_links(seed, 20, 30));
        let found = pagerank(&links);
        near(&found, &dense_pagerank(22, &links), 1e-8);
        assert!((found.iter().sum::<f64>() - 1.0).abs() < 1e-9);
    }
    assert!(pagerank(&Links::between(0, &[])).is_empty());
}

/// Number of shortest chains and their length, for all pairs.
fn chains(count: usize, links: &Links) -> Vec<Vec<(usize, f64)>> {
    (0..count)
        .map(|start| {
            let mut found = vec![(usize::MAX, 0.0); count];
            found[start] = (0, 1.0);
            for length in 0..count {
                for node in 0..count {
                    if found[node].0 == length {
                        for &(next, _) in links.of(node) {
                            let next = next as usize;
                            if found[next].0 > length {
                                found[next] = (length + 1, found[next].1 + found[node].1);
                            }
                        }
                    }
                }
            }
            found
        })
        .collect()
}

#[test]
fn betweenness_is_that_of_all_pairs() {
    for seed in 0..20 {
        let count = 14;
        let links = Links::between(count, &random_links(seed, 14, 20));
        let chains = chains(count, &links);
        let through = |node: usize| {
            let mut sum = 0.0;
            for a in (0..count).filter(|a| *a != node) {
                for b in (a + 1..count).filter(|b| *b != node) {
                    let (way, via) = (chains[a][b], (chains[a][node], chains[node][b]));
                    let length = via.0.0.saturating_add(via.1.0);
                    if way.0 != usize::MAX && length == way.0 {
                        sum += via.0.1 * via.1.1 / way.1;
                    }
                }
            }
            sum / ((count - 1) * (count - 2) / 2) as f64
        };
        near(&betweenness(&links), &(0..count).map(through).collect::<Vec<_>>(), 1e-12);
    }
    for count in 0..3 {
        near(&betweenness(&Links::between(count, &[])), &vec![0.0; count], 1e-12);
    }
}

#[test]
fn a_sample_finds_who_holds_the_graph_together() {
    // Two stars whose centres are joined through one node.
    let star = |centre: u32, first: u32| (first..first + 3_000).map(move |leaf| (centre, leaf, 1));
    let links: Vec<_> = star(1, 10).chain(star(2, 4_000)).chain([(1, 0, 1), (0, 2, 1)]).collect();
    let links = Links::between(7_000, &links);
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| betweenness(&links))
    };
    let found = on(1);
    assert_eq!(found, on(3));
    // Exactly: pairs on either side of node 0, and all pairs of a star with anything.
    let pairs = 6_999.0 * 6_998.0 / 2.0;
    assert!((found[0] - 3_001.0 * 3_001.0 / pairs).abs() < 0.03, "{}", found[0]);
    let centre = (3_000.0 * 2_999.0 / 2.0 + 3_000.0 * 3_002.0) / pairs;
    assert!((found[1] - centre).abs() < 0.04, "{} for {centre}", found[1]);
    assert_eq!(found[10], 0.0);
}

#[test]
fn communities_are_the_groups_that_hang_together() {
    let pairs = |nodes: std::ops::Range<u32>| {
        let end = nodes.end;
        nodes.flat_map(move |a| (a + 1..end).map(move |b| (a, b, 1)))
    };
    // Groups of six, five and four, one link between each; two nodes connected to nothing.
    let links: Vec<_> = pairs(0..4)
        .chain(pairs(4..10))
        .chain(pairs(10..15))
        .chain([(3, 4, 1), (9, 10, 1)])
        .collect();
    let found = communities(&Links::between(17, &links));
    let expected = [2, 2, 2, 2, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 3, 4];
    assert_eq!(found, expected);
}

#[test]
fn communities_heed_weights_and_are_connected() {
    // A square whose opposite sides are heavy.
    let found = communities(&Links::between(4, &[(0, 1, 9), (1, 2, 1), (2, 3, 9), (3, 0, 1)]));
    assert_eq!(found, [0, 0, 1, 1]);
    for seed in 0..30 {
        let links = Links::between(60, &random_links(seed, 60, 80));
        let found = communities(&links);
        for number in 0..=found.iter().copied().max().unwrap() {
            let nodes: Vec<usize> = (0..60).filter(|node| found[*node] == number).collect();
            let mut reached = vec![nodes[0]];
            let mut at = 0;
            while let Some(&node) = reached.get(at) {
                at += 1;
                for &(next, _) in links.of(node) {
                    let next = next as usize;
                    if found[next] == number && !reached.contains(&next) {
                        reached.push(next);
                    }
                }
            }
            assert_eq!(reached.len(), nodes.len(), "seed {seed}, community {number}");
        }
    }
}
