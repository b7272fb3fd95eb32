//! Communities: groups within which there are more links than between them, by the method of
//! Blondel, Guillaume, Lambiotte and Lefebvre, "Fast unfolding of communities in large
//! networks", 2008 (Louvain). A community that falls apart when nodes leave it, which that
//! method allows, is parted in the end (Traag, Waltman and van Eck, "From Louvain to Leiden",
//! 2019, show how often it does).

use super::links::Links;

/// Passes over all nodes of one level; in practice a handful is enough.
const PASSES: usize = 100;

/// The number of each node's community, from 0: the largest first, of equal ones that with the
/// lowest node. A node that nothing connects is its own community.
pub(super) fn communities(links: &Links) -> Vec<u32> {
    let mut level = Level::first(links);
    let mut member: Vec<u32> = (0..links.len() as u32).collect();
    loop {
        let (community, moved) = level.settle();
        if !moved {
            break;
        }
        let (next, number) = level.united(&community);
        for node in &mut member {
            *node = number[community[*node as usize] as usize];
        }
        level = next;
    }
    numbered(links, &member)
}

/// A graph whose nodes stand for groups of nodes. Weights are whole numbers, so that sums are
/// exact in whatever order.
struct Level {
    /// Neighbours with weights, ascending, without the node itself.
    links: Vec<Vec<(u32, u64)>>,
    /// All that begins or ends at the node; what lies within counts twice.
    total: Vec<u64>,
}

impl Level {
    fn first(links: &Links) -> Self {
        let own = |node: usize| links.of(node).iter().map(|&(to, w)| (to, u64::from(w))).collect();
        let links: Vec<Vec<(u32, u64)>> = (0..links.len()).map(own).collect();
        let total = links.iter().map(|ends| ends.iter().map(|(_, weight)| weight).sum()).collect();
        Self { links, total }
    }

    /// Moves each node to the community of neighbours to which it belongs most, until none
    /// moves. Gives the community of each node, and whether any moved.
    fn settle(&self) -> (Vec<u32>, bool) {
        let count = self.links.len();
        let all: u64 = self.total.iter().sum();
        let mut community: Vec<u32> = (0..count as u32).collect();
        let mut size = self.total.clone();
        let mut to = vec![0_u64; count];
        let mut moved = false;
        for _ in 0..PASSES {
            let mut moves = 0;
            for node in 0..count {
                let own = community[node];
                let mut near = vec![own];
                for &(other, weight) in &self.links[node] {
                    let there = community[other as usize];
                    if to[there as usize] == 0 && there != own {
                        near.push(there);
                    }
                    to[there as usize] += weight;
                }
                size[own as usize] -= self.total[node];
                // How much modularity gains, times what is the same for all: whole numbers.
                let gain = |community: u32| {
                    let at = community as usize;
                    i128::from(to[at]) * i128::from(all)
                        - i128::from(size[at]) * i128::from(self.total[node])
                };
                let mut best = (gain(own), own);
                for &there in &near[1..] {
                    let gained = gain(there);
                    // Only a gain is worth a move; of equal ones the lowest number.
                    if gained > best.0 || gained == best.0 && best.1 != own && there < best.1 {
                        best = (gained, there);
                    }
                }
                for there in near {
                    to[there as usize] = 0;
                }
                size[best.1 as usize] += self.total[node];
                if best.1 != own {
                    community[node] = best.1;
                    moves += 1;
                }
            }
            moved |= moves > 0;
            if moves == 0 {
                break;
            }
        }
        (community, moved)
    }

    /// The graph of the communities, and the number there of each community here.
    fn united(&self, community: &[u32]) -> (Level, Vec<u32>) {
        let mut number = vec![u32::MAX; community.len()];
        let mut count = 0;
        for &own in community {
            if number[own as usize] == u32::MAX {
                number[own as usize] = count;
                count += 1;
            }
        }
        let mut links = vec![Vec::new(); count as usize];
        let mut total = vec![0; count as usize];
        for (node, ends) in self.links.iter().enumerate() {
            let own = number[community[node] as usize];
            total[own as usize] += self.total[node];
            for &(other, weight) in ends {
                let there = number[community[other as usize] as usize];
                if there != own {
                    links[own as usize].push((there, weight));
                }
            }
        }
        for ends in &mut links {
            ends.sort_unstable();
            ends.dedup_by(|again, first| {
                let same = again.0 == first.0;
                if same {
                    first.1 += again.1;
                }
                same
            });
        }
        (Level { links, total }, number)
    }
}

/// The connected parts of the communities, numbered by size.
fn numbered(links: &Links, member: &[u32]) -> Vec<u32> {
    let mut part = vec![u32::MAX; links.len()];
    let mut sizes: Vec<(usize, u32)> = Vec::new();
    for start in 0..links.len() {
        if part[start] != u32::MAX {
            continue;
        }
        let own = sizes.len() as u32;
        part[start] = own;
        let mut waiting = vec![start];
        let mut size = 0;
        while let Some(node) = waiting.pop() {
            size += 1;
            for &(next, _) in links.of(node) {
                let next = next as usize;
                if part[next] == u32::MAX && member[next] == member[start] {
                    part[next] = own;
                    waiting.push(next);
                }
            }
        }
        sizes.push((size, own));
    }
    sizes.sort_by_key(|&(size, own)| (std::cmp::Reverse(size), own));
    let mut number = vec![0; sizes.len()];
    for (at, &(_, own)) in sizes.iter().enumerate() {
        number[own as usize] = at as u32;
    }
    part.into_iter().map(|own| number[own as usize]).collect()
}
