//! All that touches the disk: maps, saving, the journal, tables, settings.

pub mod fonts;
