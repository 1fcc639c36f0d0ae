//! Any bytes as a picture with a map inside: no map, an error in words, or a map.
#![no_main]

use libfuzzer_sys::fuzz_target;
use peel::export::embedded_map;
use peel::files::format::read;

fuzz_target!(|data: &[u8]| {
    match embedded_map(data) {
        None | Some(Ok(None)) => {}
        Some(Err(error)) => assert!(!error.to_string().is_empty()),
        Some(Ok(Some(text))) => drop(read(text.as_bytes())),
    }
});
