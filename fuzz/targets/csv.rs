//! Any bytes as a table, its kind told by the first byte: an error in words, or rows that make a sound map.
#![no_main]

use libfuzzer_sys::fuzz_target;
use peel::files::samples;
use peel::files::tables::{TableKind, import, read_bytes};
use peel::model::{IdGen, check};

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else { return };
    let kind = TableKind::ALL[usize::from(*first) % TableKind::ALL.len()];
    let Ok(tables) = read_bytes(&format!("{}.csv", kind.word()), rest) else { return };
    match import(&tables, &samples::ALL[1].open(), &mut IdGen::new(400_000, 1)) {
        Err(error) => assert!(!error.to_string().is_empty()),
        Ok(imported) => assert!(check(&imported.document).is_empty()),
    }
});
