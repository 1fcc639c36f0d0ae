//! The map as tables.

use super::{Job, Made};
use crate::cli::failure::Failure;
use crate::files::tables;

/// A workbook or three CSV files, as the name says.
pub(super) fn make(job: &Job<'_>) -> Result<Made, Failure> {
    let files = tables::to_files(job.document, job.out).map_err(Failure::refused)?;
    Ok(Made { files, note: None })
}
