//! Tables of a map, one for each kind of record: read from CSV and XLSX, imported into a map, and written again.
//!
//! Everything here works on bytes and tables; only [`read_files`] and [`write_files`] touch the disk.

mod binding;
mod cells;
mod columns;
mod csv;
mod draft;
mod export;
mod field;
mod fields;
mod finish;
mod grid;
mod identify;
mod import;
mod names;
mod observations;
mod owned;
mod problems;
mod read;
mod records;
mod refer;
mod register;
mod repeated;
mod rows;
mod settle;
mod sprints;
mod table;
mod unpack;
mod value;
mod voices;
mod write;
mod xlsx;
mod xlsx_write;

pub use csv::{CsvStyle, read_csv, to_csv};
pub use export::tables;
pub use import::{Count, Imported, import};
pub use problems::{ImportError, MOST_SHOWN};
pub use read::{LARGEST_FILE, read_bytes, read_files};
pub use table::{Row, Table, TableKind};
pub use write::{to_files, write_files};
pub use xlsx::read_xlsx;
pub(crate) use xlsx_write::add_sheets;
pub use xlsx_write::{WriteError, to_xlsx};
