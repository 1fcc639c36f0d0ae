//! Parses, and says what is wrong in words a person can act on.

use serde::de::DeserializeOwned;

use super::FormatError;
use super::write::OPTIONS;

/// Parses the text.
pub(super) fn parse<T: DeserializeOwned>(text: &str) -> Result<T, FormatError> {
    OPTIONS.from_str(text).map_err(|error| FormatError {
        line: Some(error.span.start.line),
        column: Some(error.span.start.col),
        message: error.code.to_string(),
    })
}
