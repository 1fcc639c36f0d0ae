//! Which lane lies above which: so that links between lanes cross few others.

/// With no more lanes to be ordered than this the best order is found, and with no more than that a good one.
const EXACT: usize = 12;
const SEARCHED: usize = 60;
/// What a link over one lane border costs, against a lane that is earlier in the flow lying below a later one.
const BORDER: f64 = 1_000.0;

/// Lanes and what is between them.
#[derive(Debug, Clone, Default)]
pub(super) struct Traffic {
    lanes: usize,
    /// Links between two lanes, either way: `lanes` × `lanes`.
    links: Vec<f64>,
    /// The mean column of each lane's cards.
    column: Vec<f64>,
}

impl Traffic {
    /// From the lanes and columns of the cards, and the links as pairs of cards.
    pub(super) fn new(lanes: usize, cards: &[(usize, u32)], links: impl Iterator<Item = (usize, usize)>) -> Self {
        let mut sums = vec![(0.0, 0.0); lanes];
        for &(lane, column) in cards {
            sums[lane].0 += f64::from(column);
            sums[lane].1 += 1.0;
        }
        let column = sums.iter().map(|&(sum, count)| if count > 0.0 { sum / count } else { f64::MAX }).collect();
        let mut traffic = Self { lanes, links: Vec::new(), column };
        if lanes <= SEARCHED {
            traffic.links = vec![0.0; lanes * lanes];
            for (from, to) in links {
                let (a, b) = (cards[from].0, cards[to].0);
                if a != b {
                    traffic.links[a * lanes + b] += 1.0;
                    traffic.links[b * lanes + a] += 1.0;
                }
            }
        }
        traffic
    }

    /// A good order from the top, with these lanes at the top and the bottom.
    pub(super) fn order(&self, first: Option<usize>, last: Option<usize>) -> Vec<usize> {
        let mut free: Vec<usize> = (0..self.lanes).filter(|lane| Some(*lane) != first && Some(*lane) != last).collect();
        free.sort_by(|&a, &b| self.column[a].total_cmp(&self.column[b]).then(a.cmp(&b)));
        if free.len() <= EXACT {
            free = self.best(&free, first);
        } else if free.len() <= SEARCHED && self.lanes <= SEARCHED {
            self.improve(&mut free, first, last);
        }
        first.into_iter().chain(free).chain(last).collect()
    }

    fn between(&self, a: usize, b: usize) -> f64 {
        self.links.get(a * self.lanes + b).copied().unwrap_or(0.0)
    }

    fn untidy(&self, above: usize, below: usize) -> f64 {
        (self.column[above] - self.column[below]).clamp(0.0, 1.0)
    }

    /// Tries all sets of lanes that lie above the others (Held and Karp 1962, for linear arrangements). The length of
    /// all links is the sum, over the borders, of the links across.
    fn best(&self, free: &[usize], first: Option<usize>) -> Vec<usize> {
        let n = free.len();
        if self.links.is_empty() || n < 2 {
            return free.to_vec();
        }
        let degree = |lane: usize| (0..self.lanes).map(|other| self.between(lane, other)).sum::<f64>();
        let (mut cost, mut cut) = (vec![f64::INFINITY; 1 << n], vec![0.0; 1 << n]);
        let mut lowest = vec![0; 1 << n];
        cost[0] = 0.0;
        cut[0] = first.map_or(0.0, degree);
        for set in 0..1_usize << n {
            for (i, &lane) in free.iter().enumerate().filter(|(i, _)| set & (1 << i) == 0) {
                let above = || free.iter().enumerate().filter(|(k, _)| set & (1 << k) != 0).map(|(_, other)| *other);
                let inside: f64 = above().chain(first).map(|other| self.between(lane, other)).sum();
                let next = set | 1 << i;
                cut[next] = cut[set] + degree(lane) - 2.0 * inside;
                let untidy: f64 = above().map(|other| self.untidy(other, lane)).sum();
                let whole = cost[set] + cut[next] * BORDER + untidy;
                if whole < cost[next] {
                    cost[next] = whole;
                    lowest[next] = i;
                }
            }
        }
        let (mut set, mut order) = ((1 << n) - 1, Vec::with_capacity(n));
        while set != 0 {
            order.push(free[lowest[set]]);
            set &= !(1 << lowest[set]);
        }
        order.reverse();
        order
    }

    /// Takes lanes out and puts them in elsewhere while that helps.
    fn improve(&self, free: &mut Vec<usize>, first: Option<usize>, last: Option<usize>) {
        let cost = |free: &[usize]| {
            let all: Vec<usize> = first.into_iter().chain(free.iter().copied()).chain(last).collect();
            let pairs = (0..all.len()).flat_map(|i| (i + 1..all.len()).map(move |k| (i, k)));
            let pair = |(i, k): (usize, usize)| {
                self.between(all[i], all[k]) * (k - i) as f64 * BORDER + self.untidy(all[i], all[k])
            };
            pairs.map(pair).sum::<f64>()
        };
        let mut now = cost(free);
        for _ in 0..8 {
            let before = now;
            for from in 0..free.len() {
                for to in 0..free.len() {
                    let lane = free.remove(from);
                    free.insert(to, lane);
                    let new = cost(free);
                    if new < now {
                        now = new;
                    } else {
                        let lane = free.remove(to);
                        free.insert(from, lane);
                    }
                }
            }
            if now >= before {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(lanes: usize, links: &[(usize, usize)], first: Option<usize>, last: Option<usize>) -> Vec<usize> {
        let cards: Vec<(usize, u32)> = (0..lanes).map(|lane| (lane, lane as u32)).collect();
        Traffic::new(lanes, &cards, links.iter().copied()).order(first, last)
    }

    #[test]
    fn lanes_with_much_between_them_lie_beside_each_other() {
        assert_eq!(order(0, &[], None, None), [] as [usize; 0]);
        assert_eq!(order(4, &[], None, None), [0, 1, 2, 3], "as the work flows");
        assert_eq!(order(4, &[(0, 3), (3, 1), (1, 2)], None, None), [0, 3, 1, 2]);
        assert_eq!(order(4, &[(0, 3), (3, 1), (1, 2)], Some(2), Some(0)), [2, 1, 3, 0]);
        // More lanes than can all be tried: a path, stirred.
        let path: Vec<(usize, usize)> = (1..16).map(|i| ((i - 1) * 7 % 16, i * 7 % 16)).collect();
        let found = order(16, &path, None, None);
        let place = |lane| found.iter().position(|l| *l == lane).unwrap();
        let length: usize = path.iter().map(|&(a, b)| place(a).abs_diff(place(b))).sum();
        assert!(length <= 40, "{length} lane borders are crossed, at best 15");
    }

    #[test]
    fn few_lanes_have_the_best_order() {
        let links = [(0, 4), (0, 4), (4, 2), (1, 3), (3, 0), (2, 1), (5, 1), (5, 3)];
        let length = |order: &[usize]| {
            let place = |lane| order.iter().position(|l| *l == lane).unwrap();
            links.iter().map(|&(a, b)| place(a).abs_diff(place(b))).sum::<usize>()
        };
        let mut best = usize::MAX;
        let mut all = vec![vec![]];
        for lane in 0..6 {
            all = all
                .iter()
                .flat_map(|order: &Vec<usize>| {
                    (0..=order.len())
                        .map(|at| {
                            let mut next = order.clone();
                            next.insert(at, lane);
                            next
                        })
                        .collect::<Vec<_>>()
                })
                .collect();
        }
        for order in &all {
            best = best.min(length(order));
        }
        assert_eq!(length(&order(6, &links, None, None)), best, "of {} orders", all.len());
    }
}
