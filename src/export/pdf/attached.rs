//! The map inside of a PDF: put there as an attached file, and found again.

use std::io::Read as _;
use std::ops::Range;

use flate2::read::ZlibDecoder;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};

use super::PdfError;

/// Longest map in a file, in bytes: as large as a map file may be.
const LONGEST_MAP: usize = 64 << 20;
/// The kind of file that is attached, in a way that no other program's attachment has.
const KIND: &[u8] = b"x-peel-map";
/// Longest dictionary of the attachment, in bytes, that is looked through.
const DICTIONARY: usize = 1024;
/// Where a file's first words may begin, at the latest.
const HEAD: usize = 1024;

/// The map as a file to be attached.
pub(super) fn file(map: &str) -> Result<EmbeddedFile, PdfError> {
    if map.len() > LONGEST_MAP {
        return Err(PdfError::Map);
    }
    Ok(EmbeddedFile {
        path: "map.ron".into(),
        mime_type: MimeType::new(&format!("application/{}", String::from_utf8_lossy(KIND))),
        description: Some("The map, to be opened again".into()),
        association_kind: AssociationKind::Source,
        data: map.as_bytes().to_vec().into(),
        modification_date: None,
        compress: Some(true),
        location: None,
    })
}

/// The map that was put into a file; `Ok(None)` when it holds none.
///
/// The bytes may come from anywhere. A stream is never inside of another one, so the attachment is found by its kind,
/// also after other programs have changed the file; of several the last one counts, as in a file that was added to.
/// What a program has encrypted cannot be read.
pub(super) fn find(pdf: &[u8]) -> Result<Option<String>, PdfError> {
    let head = &pdf[..pdf.len().min(HEAD)];
    if !head.windows(5).any(|bytes| bytes == b"%PDF-") {
        return Err(PdfError::NotPdf);
    }
    let mut from = pdf.len();
    while let Some(place) = last(&pdf[..from], KIND) {
        if let Some((dictionary, data)) = around(pdf, place) {
            return read(&pdf[dictionary], &pdf[data..]).map(Some);
        }
        from = place;
    }
    Ok(None)
}

fn last(bytes: &[u8], words: &[u8]) -> Option<usize> {
    let mut end = bytes.len();
    // By the first byte, which is quick; most bytes are of packed streams.
    while let Some(place) = bytes[..end].iter().rposition(|byte| *byte == words[0]) {
        if bytes[place..].starts_with(words) {
            return Some(place);
        }
        end = place;
    }
    None
}

/// The dictionary of an embedded file that a place lies in, and where its data begin.
fn around(pdf: &[u8], place: usize) -> Option<(Range<usize>, usize)> {
    let before = place.saturating_sub(DICTIONARY);
    let start = before + last(&pdf[before..place], b"obj")? + 3;
    let after = &pdf[place..pdf.len().min(place + DICTIONARY)];
    let end = place + after.windows(6).position(|bytes| bytes == b"stream")?;
    if is_in_words(&pdf[start..place]) {
        return None;
    }
    let line = if pdf[end + 6..].starts_with(b"\r\n") { 2 } else { 1 };
    last(&pdf[start..end], b"/EmbeddedFile").map(|_| (start..end, (end + 6 + line).min(pdf.len())))
}

/// Whether the end of a dictionary's part is inside of a string, `(a title)`, which may hold anything.
fn is_in_words(part: &[u8]) -> bool {
    let (mut depth, mut bytes) = (0_usize, part.iter());
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' => drop(bytes.next()),
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    depth > 0
}

fn read(dictionary: &[u8], data: &[u8]) -> Result<String, PdfError> {
    let bytes = if last(dictionary, b"/FlateDecode").is_some() {
        let mut text = Vec::new();
        // Packed data know where they end, and hold a check sum.
        let read = ZlibDecoder::new(data).take(LONGEST_MAP as u64 + 1).read_to_end(&mut text);
        read.map_err(|_error| PdfError::Damaged("the map in it cannot be unpacked"))?;
        text
    } else if last(dictionary, b"/Filter").is_none() {
        let end = data.windows(9).position(|bytes| bytes == b"endstream");
        let end = end.ok_or(PdfError::Damaged("the map in it has no end"))?;
        let text = &data[..end];
        text.strip_suffix(b"\n").unwrap_or(text).to_vec()
    } else {
        return Err(PdfError::Damaged("the map in it is packed in a way that Peel does not know"));
    };
    if bytes.len() > LONGEST_MAP {
        return Err(PdfError::Map);
    }
    String::from_utf8(bytes).map_err(|_not_text| PdfError::Damaged("the map in it is no text"))
}
