//! Ways that climb or fall beside each other in one zone of a gap do so one after the other, on tracks.

/// Ways that bend less than this need no track.
const FLAT: f64 = 48.0;
/// Ways are compared two by two; with more of them than this there are no tracks.
const MOST: usize = 1_500;

/// The track of each way, which goes from one place across the flow to another; 0 is the first.
///
/// Of two ways that fall side by side the lower one falls first, and of two that climb the upper one climbs first: then
/// neither crosses the other.
pub(super) fn tracks(ways: &[(f64, f64)]) -> Vec<u32> {
    let mut tracks = vec![0; ways.len()];
    if ways.len() > MOST {
        return tracks;
    }
    for falling in [true, false] {
        let steep = |&(from, to): &(f64, f64)| if falling { to - from > FLAT } else { from - to > FLAT };
        let mut order: Vec<usize> = (0..ways.len()).filter(|&i| steep(&ways[i])).collect();
        order.sort_by(|&a, &b| {
            let by_place = ways[a].0.total_cmp(&ways[b].0).then(ways[a].1.total_cmp(&ways[b].1));
            if falling { by_place.reverse() } else { by_place }
        });
        for (i, &way) in order.iter().enumerate() {
            let (low, high) = span(ways[way]);
            let beside = order[..i].iter().filter(|&&other| {
                let (from, to) = span(ways[other]);
                from < high && low < to
            });
            tracks[way] = beside.map(|&other| tracks[other] + 1).max().unwrap_or(0);
        }
    }
    tracks
}

fn span((from, to): (f64, f64)) -> (f64, f64) {
    (from.min(to), from.max(to))
}

#[cfg(test)]
mod tests {
    use super::tracks;

    #[test]
    fn ways_beside_each_other_have_tracks_of_their_own() {
        assert_eq!(tracks(&[]), [] as [u32; 0]);
        assert_eq!(tracks(&[(0.0, 10.0), (5.0, 15.0)]), [0, 0], "flat ones need none");
        assert_eq!(tracks(&[(0.0, 100.0), (10.0, 110.0), (20.0, 120.0)]), [2, 1, 0], "the lower one falls first");
        assert_eq!(tracks(&[(100.0, 0.0), (110.0, 10.0), (120.0, 20.0)]), [0, 1, 2], "the upper one climbs first");
        assert_eq!(tracks(&[(0.0, 100.0), (200.0, 300.0)]), [0, 0], "far from each other");
    }
}
