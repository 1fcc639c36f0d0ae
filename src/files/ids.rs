//! Ids from the clock and from chance, which only this part of the program may ask.

use crate::model::IdGen;

/// A maker of ids that no other session shares.
pub fn fresh() -> IdGen {
    let hour = jiff::Timestamp::now().as_second() / 3600;
    let mut random = [0; 8];
    let seed = match getrandom::fill(&mut random) {
        Ok(()) => u64::from_le_bytes(random),
        // Without a source of chance: the clock's nanoseconds and the process, better than nothing.
        Err(_) => jiff::Timestamp::now().as_nanosecond() as u64 ^ (u64::from(std::process::id()) << 40),
    };
    IdGen::new(u64::try_from(hour).unwrap_or_default(), seed)
}
