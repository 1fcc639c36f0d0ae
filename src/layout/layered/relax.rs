//! Brings every vertex near its neighbours, one layer after the other, each as near as the gaps let it.
//!
//! With its neighbours held, the best places of a layer (least squares) are a monotone regression: the wishes, less the
//! room that the vertices before need, are pooled wherever they do not ascend (Barlow et al. 1972). Linear in its size.

use super::place::Room;

/// Sweeps forth and back; the last few look to both sides alike.
const SWEEPS: usize = 20;
const EVEN: usize = 4;
/// What the pull of the side that a sweep comes not from counts.
const BEHIND: f64 = 0.1;

/// Vertices that lie together: sum of weighted wishes, sum of weights, number.
type Pool = (f64, f64, usize);

/// Pools wishes for one layer.
#[derive(Debug, Clone, Default)]
pub(super) struct Pools {
    pools: Vec<Pool>,
    offsets: Vec<f64>,
}

impl Pools {
    /// The places of a layer nearest to the wishes (place, weight), in `at`.
    pub(super) fn settle(
        &mut self,
        room: &Room<'_>,
        layer: &[u32],
        at: &mut [f64],
        wish: impl Fn(u32, &[f64]) -> (f64, f64),
    ) {
        self.pools.clear();
        self.offsets.clear();
        let mut offset = 0.0;
        for (i, &v) in layer.iter().enumerate() {
            if i > 0 {
                offset += room.apart(layer[i - 1], v);
            }
            self.offsets.push(offset);
            let (place, weight) = wish(v, at);
            let mut pool = ((place - offset) * weight, weight, 1);
            while let Some(&(sum, weight, count)) = self.pools.last() {
                if sum / weight < pool.0 / pool.1 {
                    break;
                }
                pool = (pool.0 + sum, pool.1 + weight, pool.2 + count);
                self.pools.pop();
            }
            self.pools.push(pool);
        }
        let places = self.pools.iter().flat_map(|&(sum, weight, count)| std::iter::repeat_n(sum / weight, count));
        for ((&v, offset), place) in layer.iter().zip(&self.offsets).zip(places) {
            at[v as usize] = place + offset;
        }
    }
}

/// Places near the neighbours, in order and with all gaps.
pub(super) fn relaxed(room: &Room<'_>) -> Vec<f64> {
    let layers = room.layers;
    let mut at = vec![0.0; layers.len()];
    let mut pools = Pools::default();
    for layer in &room.order.layers {
        pools.settle(room, layer, &mut at, |_, _| (0.0, 1.0));
    }
    for sweep in 0..SWEEPS {
        let even = sweep + EVEN >= SWEEPS;
        let forth = sweep % 2 == 0;
        let weights = (if even || forth { 1.0 } else { BEHIND }, if even || !forth { 1.0 } else { BEHIND });
        for step in 0..layers.count {
            let layer = &room.order.layers[if forth { step } else { layers.count - 1 - step }];
            pools.settle(room, layer, &mut at, |v, at| wish(room, v, at, weights));
        }
    }
    at
}

/// The mean of the neighbours' places, and how hard they pull; the sides count by the weights.
fn wish(room: &Room<'_>, v: u32, at: &[f64], weights: (f64, f64)) -> (f64, f64) {
    let (mut sum, mut weight) = (0.0, 0.0);
    for (side, share) in [(&room.layers.before, weights.0), (&room.layers.after, weights.1)] {
        for near in side.of(v as usize) {
            let pull = f64::from(near.pull) * share;
            sum += pull * at[near.v as usize];
            weight += pull;
        }
    }
    if weight > 0.0 { (sum / weight, weight) } else { (at[v as usize], BEHIND) }
}
