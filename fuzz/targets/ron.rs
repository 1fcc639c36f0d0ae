//! Any bytes as a map file: an error in words, or a map that reads back as itself.
#![no_main]

use libfuzzer_sys::fuzz_target;
use peel::files::format::{read, write};
use peel::model::check;

fuzz_target!(|data: &[u8]| {
    match read(data) {
        Err(error) => assert!(!error.to_string().is_empty()),
        Ok(opened) => {
            assert!(check(&opened.document).is_empty() || !opened.unplaced.is_empty());
            let again = read(write(&opened.document).as_bytes()).expect("what was written");
            assert!(again.document == opened.document);
        }
    }
});
