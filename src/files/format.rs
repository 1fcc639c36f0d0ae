//! The file format: a document as RON text and back, and edits as one line of text for the journal. No disk here.

mod back;
mod blame;
mod build;
mod either;
mod ids;
mod locate;
mod pieces;
mod refuse;
mod report;
mod write;

use std::fmt;

use crate::model::{Document, Edit, PartyId};

pub use write::{write, write_edits};

use super::v1;
use crate::threads::STACK;

/// Longest file that is read, in bytes.
pub const LONGEST_FILE: usize = 64 << 20;

/// A document that was read, and what its file left open.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The document, sound by every rule of the model.
    pub document: Document,
    /// Parties whose file had no place for them; they stand in a grid to the right of the others.
    pub unplaced: Vec<PartyId>,
}

/// Why a text is no map, in words for the person who wants to open it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormatError {
    /// The line, from 1, where there is one to point at.
    pub line: Option<usize>,
    /// The column in characters, from 1.
    pub column: Option<usize>,
    /// What is wrong and what to do.
    pub message: String,
}

impl FormatError {
    /// An error of the file as a whole.
    fn whole(message: impl Into<String>) -> Self {
        Self { line: None, column: None, message: message.into() }
    }

    /// An error at an offset of the text.
    fn at(text: &str, offset: usize, message: impl Into<String>) -> Self {
        let (line, column) = locate::position(text, offset);
        Self { line: Some(line), column: Some(column), message: message.into() }
    }
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.column) {
            (Some(line), Some(column)) => write!(f, "line {line}, column {column}: {}", self.message),
            (Some(line), None) => write!(f, "line {line}: {}", self.message),
            _ => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for FormatError {}

/// Reads a map. Fails with one clear message, never with a panic, whatever the bytes are.
pub fn read(bytes: &[u8]) -> Result<Opened, FormatError> {
    let text = refuse::decode(bytes)?;
    refuse::check_version(text)?;
    if pieces::is_worthwhile(text)
        && let Some(document) = on_deep_stack(|| Ok(pieces::read(text, pieces::PIECE)))?
    {
        return Ok(Opened { document, unplaced: Vec::new() });
    }
    let file = on_deep_stack(|| report::parse(text))?;
    build::build(text, file)
}

/// Whether a text says what the document says; if not, what is different.
pub fn reads_back(text: &str, document: &Document) -> Result<(), String> {
    if pieces::is_worthwhile(text) && on_deep_stack(|| Ok(back::says(text, document))) == Ok(true) {
        return Ok(());
    }
    let opened = read(text.as_bytes()).map_err(|error| error.to_string())?;
    if opened.document != *document || !opened.unplaced.is_empty() {
        let difference = crate::model::difference(document, &opened.document);
        return Err(difference.into_iter().next().unwrap_or_else(|| "a place is missing".into()));
    }
    Ok(())
}

/// Reads what [`write_edits`] wrote. The edits are checked when they are applied, not here.
pub fn read_edits(text: &str) -> Result<Vec<Edit>, FormatError> {
    if text.len() > LONGEST_FILE {
        return Err(refuse::too_long(text.len()));
    }
    let edits = on_deep_stack(|| report::parse::<v1::Edits>(text))?;
    let edits: Option<Vec<Edit>> = edits.0.into_iter().map(v1::Edit::into_model).collect();
    edits.ok_or_else(|| FormatError::whole("an edit is not as the program writes it: the journal was changed by hand"))
}

/// Runs on a thread with a [`STACK`] of its own.
fn on_deep_stack<T: Send>(work: impl FnOnce() -> Result<T, FormatError> + Send) -> Result<T, FormatError> {
    std::thread::scope(|scope| match std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work) {
        Ok(thread) => thread.join().unwrap_or_else(|_| Err(FormatError::whole("reading it failed inside the parser"))),
        Err(error) => Err(FormatError::whole(format!("there was no memory to read it ({error}): close something"))),
    })
}
