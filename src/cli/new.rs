//! `peel new`: an empty map, or a sample.

use super::args::New;
use super::failure::Failure;
use super::{maps, output};
use crate::files::samples::Sample;

/// Writes the map, never over something else.
pub(super) fn new(arguments: &New) -> Result<(), Failure> {
    let sample = arguments.sample.as_deref().and_then(Sample::find);
    let document = sample.map(Sample::open).unwrap_or_default();
    maps::create(&document, &arguments.out, "choose another name, or remove it first")?;
    let what = sample.map_or("an empty map", |sample| sample.title);
    output::tell(&format!("Written: {} ({what}).", arguments.out.display()));
    Ok(())
}
