//! Sifting: each vertex tries the places around it, and goes where it crosses least.

use super::layers::Layers;
use super::order::Order;

/// A vertex goes no farther where it crosses so many more links than at best, for each of its own.
const HOPE: i64 = 3;

/// Where a link ends in a neighbouring layer, and how many links do.
type End = (u32, u32);

/// Room for the work on one layer.
#[derive(Debug, Clone, Default)]
pub(super) struct Sifter {
    /// The ends of all vertices' links, sorted for each vertex and side.
    ends: Vec<End>,
    /// For each vertex, by its place before the sifting: where its ends begin that lie before, and after.
    start: Vec<(usize, usize)>,
    /// The vertices now, by their places before.
    now: Vec<u32>,
    /// For each place before the place now.
    place: Vec<u32>,
}

impl Sifter {
    /// Sifts the vertices that may move, layer by layer, by up to `reach` places; gives the crossings saved.
    pub(super) fn round(
        &mut self,
        layers: &Layers,
        order: &mut Order,
        reach: usize,
        may_move: &dyn Fn(u32) -> bool,
    ) -> u64 {
        let mut saved = 0;
        for r in 0..layers.count {
            self.load(layers, order, r);
            let size = self.now.len();
            for s in 0..size {
                if may_move(order.layers[r][s]) {
                    saved += self.sift(s, reach);
                }
            }
            if (0..size).any(|s| self.now[s] as usize != s) {
                let before = order.layers[r].clone();
                for (slot, &s) in order.layers[r].iter_mut().zip(&self.now) {
                    *slot = before[s as usize];
                }
                order.renumber(r);
            }
        }
        saved
    }

    fn load(&mut self, layers: &Layers, order: &Order, r: usize) {
        self.ends.clear();
        self.start.clear();
        for &v in &order.layers[r] {
            let mut starts = [0; 2];
            for (start, side) in starts.iter_mut().zip([&layers.before, &layers.after]) {
                *start = self.ends.len();
                self.ends.extend(side.of(v as usize).iter().map(|near| (order.pos[near.v as usize], near.weight)));
                self.ends[*start..].sort_unstable();
            }
            self.start.push((starts[0], starts[1]));
        }
        self.start.push((self.ends.len(), self.ends.len()));
        self.now.clear();
        self.now.extend(0..order.layers[r].len() as u32);
        self.place.clone_from(&self.now);
    }

    fn sift(&mut self, s: usize, reach: usize) -> u64 {
        let at = self.place[s] as usize;
        let (mut least, mut to) = (0, at);
        let ends = &self.ends[self.start[s].0..self.start[s + 1].0];
        let hope = HOPE * ends.iter().map(|&(_, weight)| i64::from(weight)).sum::<i64>();
        let mut sum = 0;
        for i in at + 1..self.now.len().min(at.saturating_add(reach).saturating_add(1)) {
            sum += self.passing(s, self.now[i] as usize);
            if sum < least {
                (least, to) = (sum, i);
            } else if sum > least + hope {
                break;
            }
        }
        sum = 0;
        for i in (at.saturating_sub(reach)..at).rev() {
            sum -= self.passing(s, self.now[i] as usize);
            if sum < least {
                (least, to) = (sum, i);
            } else if sum > least + hope {
                break;
            }
        }
        if to > at {
            self.now[at..=to].rotate_left(1);
        } else {
            self.now[to..=at].rotate_right(1);
        }
        for i in at.min(to)..=at.max(to) {
            self.place[self.now[i] as usize] = i as u32;
        }
        least.unsigned_abs()
    }

    /// By how much the crossings grow when `s` goes from before `t` to after it.
    fn passing(&self, s: usize, t: usize) -> i64 {
        let sides = |v: usize| {
            let (before, after) = self.start[v];
            (&self.ends[before..after], &self.ends[after..self.start[v + 1].0])
        };
        let ((sb, sa), (tb, ta)) = (sides(s), sides(t));
        passing(sb, tb) + passing(sa, ta)
    }
}

/// The pairs of links that cross afterwards less those that cross before, on one side.
fn passing(s: &[End], t: &[End]) -> i64 {
    if s.len().min(t.len()) > 4 {
        return passing_merged(s, t);
    }
    let mut sum = 0;
    for &(at, weight) in t {
        let mut beyond = 0;
        for &(other, weight) in s {
            beyond += weight.cast_signed() * (i32::from(other < at) - i32::from(other > at));
        }
        sum += i64::from(beyond) * i64::from(weight);
    }
    sum
}

/// The same for many links, in one walk along both lists.
fn passing_merged(s: &[End], t: &[End]) -> i64 {
    let whole: i64 = s.iter().map(|&(_, weight)| i64::from(weight)).sum();
    let (mut below, mut up_to, mut b, mut u, mut sum) = (0, 0, 0, 0, 0);
    for &(at, weight) in t {
        while b < s.len() && s[b].0 < at {
            below += i64::from(s[b].1);
            b += 1;
        }
        while u < s.len() && s[u].0 <= at {
            up_to += i64::from(s[u].1);
            u += 1;
        }
        sum += i64::from(weight) * (below - (whole - up_to));
    }
    sum
}
