//! All that touches the disk: maps, saving, the journal, tables, settings.

pub mod backups;
pub mod dirs;
pub mod folder;
pub mod fonts;
pub mod format;
pub mod ids;
pub mod journal;
mod journal_file;
mod journal_writer;
pub mod leftovers;
pub mod lock;
pub mod names;
pub mod open;
pub mod reason;
pub mod recovery;
mod replace;
pub mod reports;
pub mod samples;
pub mod save;
pub mod settings;
pub mod tables;
pub mod target;
mod v1;
pub mod watch;
