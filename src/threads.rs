//! Work done on several threads at once, or on one where the system gives no more.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError};
use std::thread::{Builder, available_parallelism, scope};

/// A stack that no text allowed by the limit of the file format's parser on nesting can use up, in bytes. Nothing is
/// taken of the memory but what is used of it.
pub(crate) const STACK: usize = 64 << 20;

/// Does one thing here and another on a thread beside; both here, where the system gives no thread.
pub(crate) fn both<A, B: Send>(here: impl FnOnce() -> A, beside: impl Fn() -> B + Sync) -> (A, B) {
    scope(|scope| {
        let thread = Builder::new().spawn_scoped(scope, &beside);
        let done = here();
        match thread {
            Ok(thread) => (done, thread.join().unwrap_or_else(|panic| resume_unwind(panic))),
            Err(_) => (done, beside()),
        }
    })
}

/// Does the same with every item, on all processors, here and on threads with such a [`STACK`]; the results in the order of the items.
pub(crate) fn each<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let threads = available_parallelism().map_or(1, NonZero::get);
    // Some blocks for each thread, so that none is left alone with the last one for long.
    let block = items.len().div_ceil(8 * threads).max(1);
    let (open, done) = (Mutex::new(items.chunks(block).enumerate()), Mutex::new(Vec::new()));
    let take = || {
        loop {
            let next = open.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some((number, block)) = next else { return };
            let results: Vec<R> = block.iter().map(&work).collect();
            done.lock().unwrap_or_else(PoisonError::into_inner).push((number, results));
        }
    };
    scope(|scope| {
        let others = threads.min(items.len()).saturating_sub(1);
        let others: Vec<_> =
            (0..others).map_while(|_| Builder::new().stack_size(STACK).spawn_scoped(scope, take).ok()).collect();
        take();
        for thread in others {
            thread.join().unwrap_or_else(|panic| resume_unwind(panic));
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_unstable_by_key(|(number, _)| *number);
    done.into_iter().flat_map(|(_, results)| results).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        for count in [0, 1, 2, 3, 15, 16, 17, 1_000] {
            let items: Vec<usize> = (0..count).collect();
            assert_eq!(each(&items, |item| item * 3), items.iter().map(|item| item * 3).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_panic_of_one_is_a_panic_of_all() {
        let items: Vec<usize> = (0..100).collect();
        let failed = std::panic::catch_unwind(|| each(&items, |item| assert!(*item != 63, "no")));
        assert!(failed.is_err());
    }
}
