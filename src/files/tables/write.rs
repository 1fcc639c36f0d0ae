//! Writing tables to files: a workbook, or three CSV files side by side.

use std::path::{Path, PathBuf};

use super::import::Imported;
use super::{CsvStyle, tables, to_csv, to_xlsx};
use crate::files::save::save_bytes;
use crate::model::Document;

/// Writes `NAME.xlsx`, or for `NAME.csv` the files `NAME-parties.csv`, `NAME-handoffs.csv` and `NAME-requirements.csv`.
///
/// Gives the files written, or one message that names the file and what to do.
pub fn write_files(document: &Document, path: &Path) -> Result<Vec<PathBuf>, String> {
    let all = tables(document);
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    let files: Vec<(PathBuf, Vec<u8>)> = match ending.as_str() {
        "xlsx" => vec![(path.to_owned(), to_xlsx(&all).map_err(|error| format!("{}: {error}", path.display()))?)],
        "csv" => {
            let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
            let beside = |word: &str| path.with_file_name(format!("{stem}-{word}.csv"));
            all.iter().map(|table| (beside(table.kind.word()), to_csv(table, CsvStyle::default()))).collect()
        }
        _ => {
            return Err(format!("{}: tables are written as .csv or .xlsx: choose one of these endings", path.display()));
        }
    };
    for (path, bytes) in &files {
        save_bytes(path, bytes).map_err(|error| error.to_string())?;
    }
    Ok(files.into_iter().map(|(path, _)| path).collect())
}

impl Imported {
    /// What the import did, in a sentence.
    pub fn summary(&self) -> String {
        let part = |count: super::Count, one: &str, many: &str| {
            let word = if count.added == 1 { one } else { many };
            format!("{} {word} added, {} changed", count.added, count.changed)
        };
        format!(
            "Imported: {}; {}; {}.",
            part(self.parties, "party", "parties"),
            part(self.handoffs, "handoff", "handoffs"),
            part(self.requirements, "requirement", "requirements")
        )
    }
}
