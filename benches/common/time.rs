//! How long something takes.

use std::time::Instant;

/// The median of the times of several runs, in milliseconds.
pub fn median(times: usize, mut work: impl FnMut(usize)) -> f64 {
    let mut taken: Vec<f64> = (0..times)
        .map(|i| {
            let start = Instant::now();
            work(i);
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    taken.sort_by(f64::total_cmp);
    taken[times / 2]
}
