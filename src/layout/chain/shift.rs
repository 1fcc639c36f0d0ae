//! Things in a column are shifted apart, each as little as the others let it.

/// A thing that wants to stand somewhere.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::layout) struct Wish {
    /// Where its middle wants to be.
    pub(in crate::layout) at: f64,
    /// How much it minds being shifted; more than zero.
    pub(in crate::layout) weight: f64,
    /// What it takes.
    pub(in crate::layout) height: f64,
}

/// The middles of all things, in their order, so that none overlaps another and the weighted squares of the shifts are
/// least: a monotone regression by pooling (Barlow et al. 1972). Linear.
pub(in crate::layout) fn apart(wishes: &[Wish], gap: f64) -> Vec<f64> {
    let mut pools: Vec<(f64, f64, usize)> = Vec::with_capacity(wishes.len());
    let mut offsets = Vec::with_capacity(wishes.len());
    let mut offset = 0.0;
    for (i, wish) in wishes.iter().enumerate() {
        if i > 0 {
            offset += f64::midpoint(wishes[i - 1].height, wish.height) + gap;
        }
        offsets.push(offset);
        let mut pool = ((wish.at - offset) * wish.weight, wish.weight, 1);
        while let Some(&(sum, weight, count)) = pools.last() {
            if sum / weight <= pool.0 / pool.1 {
                break;
            }
            pool = (pool.0 + sum, pool.1 + weight, pool.2 + count);
            pools.pop();
        }
        pools.push(pool);
    }
    let places = pools.iter().flat_map(|&(sum, weight, count)| std::iter::repeat_n(sum / weight, count));
    places.zip(offsets).map(|(place, offset)| place + offset).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(wishes: &[(f64, f64, f64)]) -> Vec<f64> {
        let wish = |&(at, weight, height)| Wish { at, weight, height };
        apart(&wishes.iter().map(wish).collect::<Vec<_>>(), 2.0)
    }

    #[test]
    fn who_has_room_stays_and_who_has_not_is_shifted_the_least() {
        assert_eq!(places(&[]), [] as [f64; 0]);
        assert_eq!(places(&[(0.0, 1.0, 8.0), (40.0, 1.0, 8.0)]), [0.0, 40.0]);
        assert_eq!(places(&[(0.0, 1.0, 8.0), (0.0, 1.0, 8.0), (100.0, 1.0, 8.0)]), [-5.0, 5.0, 100.0]);
        assert_eq!(places(&[(0.0, 3.0, 8.0), (0.0, 1.0, 8.0)]), [-2.5, 7.5], "the heavier one less");
        assert_eq!(places(&[(0.0, 1.0, 8.0), (9.0, 1.0, 8.0), (9.0, 1.0, 8.0)]), [-4.0, 6.0, 16.0], "all three");
    }
}
