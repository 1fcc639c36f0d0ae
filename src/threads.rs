//! Two things at once.

use std::panic::resume_unwind;
use std::thread::{Builder, scope};

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
