//! What is refused with a message of its own: files that are no text, too long, of another kind, or newer than this program.

use super::locate::{self, Step};
use super::report::cut;
use super::{FormatError, LONGEST_FILE};
use crate::files::v1::VERSION;

/// How files of other kinds begin, and what to say of them.
const OTHER_KINDS: [(&[u8], &str); 6] = [
    (b"\x89PNG", "this is a PNG picture, not a map"),
    (b"\xff\xd8\xff", "this is a JPEG picture, not a map"),
    (b"%PDF", "this is a PDF document, not a map"),
    (b"PK\x03\x04", "this is a workbook or a ZIP archive, not a map: import an .xlsx workbook, unpack an archive"),
    (b"\x1f\x8b", "this is a compressed file, not a map: unpack it first"),
    (b"{\\rtf", "this is a word processor's document, not a map: save it as plain text"),
];

const UTF_16: &str = "this file is UTF-16, and a map is UTF-8: open it in a text editor and save it as UTF-8";

/// The text of the bytes, without a byte order mark.
pub(super) fn decode(bytes: &[u8]) -> Result<&str, FormatError> {
    if bytes.len() > LONGEST_FILE {
        return Err(too_long(bytes.len()));
    }
    if let Some((_, message)) = OTHER_KINDS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(FormatError::whole(*message));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.is_empty() {
        return Err(FormatError::whole("the file is empty: if there was a map in it, open an earlier copy"));
    }
    if [b"\xff\xfe", b"\xfe\xff", b"(\0", b"\0("].iter().any(|start| bytes.starts_with(*start)) {
        return Err(FormatError::whole(UTF_16));
    }
    if let Some(first) = bytes.iter().position(|b| *b == 0) {
        if bytes.iter().all(|b| *b == 0) {
            let message = "the file holds nothing but zero bytes, as after a power cut: open an earlier copy";
            return Err(FormatError::whole(message));
        }
        return Err(byte_error(bytes, first, "a zero byte: the file is damaged. Open an earlier copy"));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let message = "a byte that is not UTF-8 text: open the file in a text editor and save it as UTF-8";
        byte_error(bytes, error.valid_up_to(), message)
    })
}

/// An error at a byte; the bytes before it may be no text either.
fn byte_error(bytes: &[u8], offset: usize, message: &str) -> FormatError {
    let before = String::from_utf8_lossy(&bytes[..offset]);
    FormatError::at(&before, before.len(), message)
}

/// The message for a text beyond [`LONGEST_FILE`].
pub(super) fn too_long(bytes: usize) -> FormatError {
    let (has, most) = (bytes.div_ceil(1 << 20), LONGEST_FILE >> 20);
    FormatError::whole(format!("this file has {has} MB, and a map has at most {most} MB: it is none, or must be split"))
}

/// Refuses a file of a later format, even where the rest of it cannot be understood.
pub(super) fn check_version(text: &str) -> Result<(), FormatError> {
    let Some((version, span)) = locate::written(text, &[Step::Field("version")]) else { return Ok(()) };
    let shown = cut(version);
    let message = match version.parse::<u32>() {
        Ok(VERSION) => return Ok(()),
        Ok(0) => format!("there is no file format 0; this Peel reads `version: {VERSION}`"),
        Err(_) if version.is_empty() || version.contains(|c: char| !c.is_ascii_digit()) => {
            format!("`version` is a whole number, such as {VERSION}, and not {shown}")
        }
        _ => format!(
            "made by a newer Peel (file format {shown}; this Peel reads up to {VERSION}): update Peel. Nothing was changed."
        ),
    };
    Err(FormatError::at(text, span.start, message))
}

/// For a text that did not parse: whether it is plainly something else than a map.
pub(super) fn foreign(text: &str) -> Option<FormatError> {
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        if line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> ") || line.trim_end() == "=======" {
            let message = "two versions were merged here and left as they are: keep one of them and remove the lines of <, = and >";
            return Some(FormatError::at(text, offset, message));
        }
        offset += line.len();
    }
    let start = text.trim_start();
    let first_line = start.lines().next().unwrap_or_default().to_lowercase();
    let message = if start.is_empty() {
        "the file holds nothing but blanks: if there was a map in it, open an earlier copy"
    } else if start.starts_with('{') || start.starts_with("[{") {
        "this is JSON, and a map is RON: it begins with `(version: 1,`"
    } else if start.starts_with('<') {
        "this is XML, HTML or SVG, and a map is RON: it begins with `(version: 1,`"
    } else if !start.starts_with('(') && is_table(&first_line) {
        "this is a table, not a map: import it"
    } else {
        return None;
    };
    Some(FormatError::whole(message))
}

/// True for the header of a table of parties, handoffs or requirements.
fn is_table(first_line: &str) -> bool {
    let mut cells = first_line.split([',', ';', '\t']).map(|cell| cell.trim().trim_matches('"'));
    first_line.contains([',', ';', '\t']) && cells.any(|cell| matches!(cell, "name" | "supplier" | "customer"))
}
