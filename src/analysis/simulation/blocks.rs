//! All runs, cut into blocks that threads share. Each block has dice of its own and the blocks are added up in their
//! order, so the result does not depend on how many threads there are or which of them is quicker.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread::{Builder, scope};

use super::run::{Runner, Sums};
use super::time::Dice;
use super::track::Track;

/// Into how many blocks the runs are cut at least, where there are as many.
const LEAST_BLOCKS: usize = 100;
/// Most draws of a block: some 20 ms.
const MOST_DRAWS: f64 = 2e6;

/// Runs to be done.
#[derive(Debug)]
pub(super) struct Work<'t> {
    pub track: &'t Track,
    pub runs: usize,
    pub seed: u64,
    /// A lead time near those to come.
    pub centre: f64,
}

impl Work<'_> {
    /// Runs of a block. It follows from the map and the runs alone.
    fn size(&self) -> usize {
        let quick = (MOST_DRAWS / self.track.effort().max(1.0)) as usize;
        self.runs.div_ceil(LEAST_BLOCKS).min(quick).max(1)
    }

    /// The sums of one block; what was done until then when told to stop, which nobody looks at.
    fn block(&self, block: usize, stop: &AtomicBool) -> Sums {
        let (mut dice, mut runner) = (Dice::new(self.seed, block), Runner::new(self.track, self.centre));
        let first = block * self.size();
        for _ in first..self.runs.min(first + self.size()) {
            if stop.load(Ordering::Relaxed) {
                break;
            }
            runner.run(&mut dice);
        }
        runner.finish()
    }

    /// The sums of all runs, in their order; `None` when `watch`, which is told the share done after each block, says
    /// to stop.
    pub fn all(&self, threads: usize, watch: &dyn Fn(f64) -> bool) -> Option<Sums> {
        let blocks = self.runs.div_ceil(self.size());
        let threads = if blocks > 1 && threads > 1 { threads.min(blocks) } else { 0 };
        let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
        let job = |give: mpsc::SyncSender<(usize, Sums)>| {
            loop {
                let block = next.fetch_add(1, Ordering::Relaxed);
                if block >= blocks || give.send((block, self.block(block, &stop))).is_err() {
                    break;
                }
            }
        };
        let job = &job;
        scope(|scope| {
            // Made inside, so that threads which wait to hand over go on, and end, when this returns.
            let (give, take) = mpsc::sync_channel(threads);
            let start = |_: &usize| {
                let give = give.clone();
                Builder::new().spawn_scoped(scope, move || job(give)).is_ok()
            };
            let helped = (0..threads).filter(start).count() > 0;
            drop(give);
            let (mut total, mut early) = (Sums::default(), BTreeMap::new());
            for block in 0..blocks {
                while helped && !early.contains_key(&block) {
                    let (at, sums) = take.recv().ok()?;
                    early.insert(at, sums);
                }
                // With no thread to be had the work is done here.
                total.add(early.remove(&block).unwrap_or_else(|| self.block(block, &stop)));
                if !watch((block + 1) as f64 / blocks as f64) {
                    stop.store(true, Ordering::Relaxed);
                    return None;
                }
            }
            Some(total)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Chain, Repeat};
    use crate::geom::pt;
    use crate::model::{Document, Edit, Handoff, IdGen, Party, PartyId, PartyKind};
    use std::cell::Cell;

    fn track() -> Track {
        let mut ids = IdGen::new(1, 1);
        let parties: Vec<PartyId> = (0..12).map(|_| ids.make()).collect();
        let mut edits = Vec::new();
        for (at, id) in parties.iter().enumerate() {
            let kind = if at == 11 { PartyKind::Customer } else { PartyKind::Process };
            let (process_time_h, process_time_high_h) = (Some(at as f64), Some(20.0));
            let party = Party::named(format!("{at}"), kind);
            edits.push(Edit::PutParty(*id, Party { process_time_h, process_time_high_h, ..party }));
            edits.push(Edit::Place(*id, pt(0.0, 0.0)));
            for other in [at + 1, at + 3].into_iter().filter_map(|other| parties.get(other)) {
                let handoff = Handoff::between(Some(*id), Some(*other), format!("{at}"));
                let complete_accurate_pct = Some(70.0);
                let (wait_h, wait_high_h) = (Some(1.0), Some(30.0));
                let handoff = Handoff { wait_h, wait_high_h, complete_accurate_pct, ..handoff };
                edits.push(Edit::PutHandoff(ids.make(), handoff));
            }
        }
        let mut document = Document::default();
        document.apply(edits).expect("a sound map");
        let chain = Chain::new(&document);
        let customer = chain.customers().next().expect("the last");
        Track::new(&chain, &chain.upstream(customer), Repeat::UntilRight)
    }

    #[test]
    fn any_number_of_threads_gives_the_same() {
        let track = track();
        for runs in [1, 99, 1_234] {
            let work = Work { track: &track, runs, seed: 3, centre: 50.0 };
            let alone = work.all(1, &|_| true).expect("goes on");
            assert_eq!(alone.lead.len(), runs);
            for threads in [0, 2, 3, 16, 1_000] {
                assert_eq!(work.all(threads, &|_| true).as_ref(), Some(&alone), "{threads} threads, {runs} runs");
            }
        }
    }

    #[test]
    fn all_threads_stop_when_told() {
        let track = track();
        let work = Work { track: &track, runs: 100_000, seed: 3, centre: 50.0 };
        for threads in [1, 2, 7] {
            let asked = Cell::new(0);
            let watch = |_: f64| {
                asked.set(asked.get() + 1);
                asked.get() < 3
            };
            assert_eq!(work.all(threads, &watch), None, "{threads} threads");
            assert_eq!(asked.get(), 3, "and does not ask again");
        }
    }
}
