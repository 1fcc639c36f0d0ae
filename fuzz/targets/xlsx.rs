//! Any bytes as a workbook: an error in words, or rows that make a sound map.
#![no_main]

use libfuzzer_sys::fuzz_target;
use peel::files::samples;
use peel::files::tables::{import, read_xlsx};
use peel::model::{IdGen, check};

fuzz_target!(|data: &[u8]| {
    let Ok(tables) = read_xlsx("fuzz.xlsx", data) else { return };
    if let Ok(imported) = import(&tables, &samples::ALL[1].open(), &mut IdGen::new(400_000, 1)) {
        assert!(check(&imported.document).is_empty());
    }
});
