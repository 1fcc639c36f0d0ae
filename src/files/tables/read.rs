//! Reading tables from files: the only part that touches the disk.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::csv::read_csv;
use super::problems::{ImportError, Problems};
use super::table::Table;
use super::xlsx::read_xlsx;

/// Largest file that is read, in bytes.
pub const LARGEST_FILE: u64 = 64 * 1024 * 1024;

/// Reads the tables of CSV files and XLSX workbooks, in the order of the files.
///
/// Fails with what is wrong with each of the files.
pub fn read_files(paths: &[PathBuf]) -> Result<Vec<Table>, ImportError> {
    let (mut problems, mut tables) = (Problems::default(), Vec::new());
    for path in paths {
        let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
        match bytes_of(path).and_then(|bytes| read_bytes(&name, &bytes)) {
            Ok(read) => tables.extend(read),
            Err(error) => problems.add_all(error),
        }
    }
    problems.or(tables)
}

/// Reads the table of a CSV file or the tables of an XLSX workbook; the content says which it is.
///
/// `name` is the name of the file, for messages and to tell which table a CSV file is.
pub fn read_bytes(name: &str, bytes: &[u8]) -> Result<Vec<Table>, ImportError> {
    const OLD_OFFICE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];
    if bytes.starts_with(b"PK\x03\x04") {
        read_xlsx(name, bytes)
    } else if bytes.starts_with(OLD_OFFICE) {
        let problem = "an old Excel file or one with a password: save it as .xlsx without a password, or as CSV";
        Err(ImportError::one(format!("{name}: {problem}")))
    } else {
        read_csv(name, bytes).map(|table| vec![table])
    }
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, ImportError> {
    let shown = path.display();
    let refuse = |problem: String| ImportError::one(format!("{shown}: {problem}"));
    let unread = |error: std::io::Error| refuse(format!("cannot be read: {error}"));
    let about = std::fs::metadata(path).map_err(unread)?;
    if !about.is_file() {
        return Err(refuse("is not a file: name a CSV file or an XLSX workbook".into()));
    }
    let too_large = || refuse(format!("is larger than {} MB", LARGEST_FILE / 1024 / 1024));
    if about.len() > LARGEST_FILE {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(about.len() as usize + 1);
    File::open(path).map_err(unread)?.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(unread)?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(too_large());
    }
    Ok(bytes)
}
