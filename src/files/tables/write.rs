//! Writing tables to files: a workbook, or CSV files side by side.

use std::path::{Path, PathBuf};

use super::{CsvStyle, Table, tables, to_csv, to_xlsx};
use crate::files::save::save_all;
use crate::model::Document;

/// Writes the files of [`to_files`], all of them or none.
///
/// Gives the files written, or one message that names the file and what to do.
pub fn write_files(document: &Document, path: &Path) -> Result<Vec<PathBuf>, String> {
    let files = to_files(document, path)?;
    let all: Vec<(&Path, &[u8])> = files.iter().map(|(path, bytes)| (path.as_path(), bytes.as_slice())).collect();
    save_all(&all).map_err(|error| error.to_string())?;
    Ok(files.into_iter().map(|(path, _)| path).collect())
}

/// The bytes of `NAME.xlsx`, or for `NAME.csv` of `NAME-parties.csv`, `NAME-handoffs.csv` and so on for all [`tables`].
///
/// Fails for another ending, and when a table is larger than a sheet may be.
pub fn to_files(document: &Document, path: &Path) -> Result<Vec<(PathBuf, Vec<u8>)>, String> {
    let all = tables(document);
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "xlsx" => {
            let bytes = to_xlsx(&all).map_err(|error| format!("{}: {error}", path.display()))?;
            Ok(vec![(path.to_owned(), bytes)])
        }
        "csv" => {
            let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
            let beside = |word: &str| path.with_file_name(format!("{stem}-{word}.csv"));
            let file = |table: &Table| (beside(table.kind.word()), to_csv(table, CsvStyle::default()));
            Ok(all.iter().map(file).collect())
        }
        _ => Err(format!("{}: tables are written as .csv or .xlsx: choose one of these endings", path.display())),
    }
}
