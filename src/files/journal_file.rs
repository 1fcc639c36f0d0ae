//! The bytes of a journal: checked records, of which the first holds a whole map and each later one some edits.
//!
//! A record is the length of its payload (u32, little-endian), the CRC-32 of those four bytes and the payload, and the
//! payload. Whatever is torn off or damaged, the records before it are read and nothing after it is.

use std::path::PathBuf;

use super::format;
use super::target::Base;
use crate::model::Document;

/// What a journal says of the map it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// The canonical path; `None` for a map that was never saved.
    pub path: Option<PathBuf>,
    /// What stood there when the snapshot was taken.
    pub base: Option<Base>,
    /// The snapshot itself was not saved: it was recovered, not read from the file.
    pub unsaved: bool,
    /// When the snapshot was written, in seconds since 1970.
    pub written_at: i64,
}

/// A journal that was read.
#[derive(Debug, Clone)]
pub(super) struct Contents {
    pub header: Header,
    /// The map of the first record.
    pub snapshot: Document,
    /// The map after the last whole record.
    pub document: Document,
    /// When the last whole record was written, in seconds since 1970.
    pub changed_at: i64,
    /// False when something at the end was torn off or damaged.
    pub whole: bool,
}

const SNAPSHOT: &[u8] = b"peel journal 1\n";
const EDITS: &[u8] = b"edits\n";
const HAS_PATH: u8 = 1;
const HAS_BASE: u8 = 2;
const UNSAVED: u8 = 4;

/// The first record.
pub(super) fn snapshot_record(header: &Header, text: &str) -> Vec<u8> {
    let Header { path, base, unsaved, written_at } = header;
    let flag = |set: bool, flag: u8| if set { flag } else { 0 };
    let mut payload = SNAPSHOT.to_vec();
    payload.push(flag(path.is_some(), HAS_PATH) | flag(base.is_some(), HAS_BASE) | flag(*unsaved, UNSAVED));
    payload.extend(written_at.to_le_bytes());
    if let Some(base) = base {
        payload.extend(base.hash.as_bytes());
        payload.extend(base.len.to_le_bytes());
    }
    if let Some(path) = path {
        let bytes = path.as_os_str().as_encoded_bytes();
        payload.extend((bytes.len() as u32).to_le_bytes());
        payload.extend(bytes);
    }
    payload.extend(text.as_bytes());
    record(&payload)
}

/// A record of edits, as text from `format::write_edits`.
pub(super) fn edits_record(time: i64, text: &str) -> Vec<u8> {
    record(&[EDITS, &time.to_le_bytes(), text.as_bytes()].concat())
}

fn record(payload: &[u8]) -> Vec<u8> {
    let length = (payload.len() as u32).to_le_bytes();
    [&length, checksum(length, payload).to_le_bytes().as_slice(), payload].concat()
}

fn checksum(length: [u8; 4], payload: &[u8]) -> u32 {
    let mut crc = crc32fast::Hasher::new();
    crc.update(&length);
    crc.update(payload);
    crc.finalize()
}

/// Reads a journal up to its last whole record; an error, in words, when not even the first can be used.
pub(super) fn read(mut bytes: &[u8]) -> Result<Contents, String> {
    let first = next_record(&mut bytes).ok_or("its beginning is damaged")?;
    let (header, text) = read_snapshot(first)?;
    let opened = format::read(text.as_bytes()).map_err(|error| format!("its map cannot be read: {error}"))?;
    let changed_at = header.written_at;
    let snapshot = opened.document;
    let mut contents = Contents { document: snapshot.clone(), snapshot, header, changed_at, whole: true };
    while !bytes.is_empty() {
        let next = next_record(&mut bytes).and_then(|payload| read_edits(payload, &contents.document));
        let Some((time, document)) = next else {
            contents.whole = false;
            break;
        };
        contents.document = document;
        contents.changed_at = time;
    }
    Ok(contents)
}

fn next_record<'a>(bytes: &mut &'a [u8]) -> Option<&'a [u8]> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (crc, rest) = rest.split_first_chunk::<4>()?;
    let (payload, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
    *bytes = rest;
    (checksum(*length, payload) == u32::from_le_bytes(*crc)).then_some(payload)
}

fn read_snapshot(payload: &[u8]) -> Result<(Header, &str), String> {
    let damaged = "its beginning is damaged";
    let Some(mut rest) = payload.strip_prefix(SNAPSHOT) else {
        let newer = payload.starts_with(b"peel journal ");
        return Err(if newer { "a newer version of Peel wrote it" } else { damaged }.into());
    };
    let flags = take::<1>(&mut rest).ok_or(damaged)?[0];
    let written_at = i64::from_le_bytes(take(&mut rest).ok_or(damaged)?);
    let mut base = None;
    if flags & HAS_BASE != 0 {
        let hash = blake3::Hash::from_bytes(take(&mut rest).ok_or(damaged)?);
        base = Some(Base { hash, len: u64::from_le_bytes(take(&mut rest).ok_or(damaged)?) });
    }
    let mut path = None;
    if flags & HAS_PATH != 0 {
        let length = u32::from_le_bytes(take(&mut rest).ok_or(damaged)?) as usize;
        let (bytes, after) = rest.split_at_checked(length).ok_or(damaged)?;
        path = Some(path_of(bytes).ok_or(damaged)?);
        rest = after;
    }
    let text = std::str::from_utf8(rest).map_err(|error| error.to_string())?;
    Ok((Header { path, base, unsaved: flags & UNSAVED != 0, written_at }, text))
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, rest) = bytes.split_first_chunk::<N>()?;
    *bytes = rest;
    Some(*taken)
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
fn path_of(bytes: &[u8]) -> Option<PathBuf> {
    Some(<std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(bytes).into())
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> Option<PathBuf> {
    std::str::from_utf8(bytes).ok().map(PathBuf::from)
}

fn read_edits(payload: &[u8], before: &Document) -> Option<(i64, Document)> {
    let mut rest = payload.strip_prefix(EDITS)?;
    let time = i64::from_le_bytes(take(&mut rest)?);
    let edits = format::read_edits(std::str::from_utf8(rest).ok()?).ok()?;
    let mut document = before.clone();
    document.apply(edits).ok()?;
    Some((time, document))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Edit, MapInfo};

    fn titled(title: &str) -> Edit {
        Edit::SetInfo(MapInfo { title: title.into(), ..MapInfo::default() })
    }

    /// A journal of five edits, and where each of its records ends.
    fn journal(header: &Header) -> (Vec<u8>, Vec<usize>) {
        let mut document = Document::default();
        document.apply(vec![titled("0")]).expect("sound");
        let mut bytes = snapshot_record(header, &format::write(&document));
        let mut ends = vec![bytes.len()];
        for i in 1..=5 {
            bytes.extend(edits_record(1000 + i, &format::write_edits(&[titled(&i.to_string())])));
            ends.push(bytes.len());
        }
        (bytes, ends)
    }

    fn header() -> Header {
        let base = Some(Base::of(b"base"));
        Header { path: Some("/maps/a b\n.ron".into()), base, unsaved: false, written_at: 1000 }
    }

    fn check(bytes: &[u8], records: usize, what: &str) {
        match (read(bytes), records) {
            (Err(_), 0) => {}
            (Ok(contents), 1..) => {
                let last = records - 1;
                assert_eq!(contents.document.info().title, last.to_string(), "{what}");
                assert_eq!((contents.snapshot.info().title.as_str(), contents.header), ("0", header()), "{what}");
                assert_eq!(usize::try_from(contents.changed_at), Ok(1000 + last), "{what}");
            }
            (found, _) => panic!("{what}: {found:?} instead of {records} records"),
        }
    }

    #[test]
    fn every_truncation_gives_the_records_before_it() {
        let (bytes, ends) = journal(&header());
        for length in 0..=bytes.len() {
            let records = ends.iter().filter(|end| **end <= length).count();
            check(&bytes[..length], records, &format!("{length} bytes"));
            let whole = read(&bytes[..length]).is_ok_and(|contents| contents.whole);
            assert_eq!(whole, ends.contains(&length), "{length} bytes");
        }
    }

    #[test]
    fn every_damaged_byte_gives_the_records_before_it() {
        let (bytes, ends) = journal(&header());
        for (position, with) in (0..bytes.len()).flat_map(|position| [1, 0x80, 0xff].map(|with| (position, with))) {
            let mut damaged = bytes.clone();
            damaged[position] ^= with;
            let records = ends.iter().filter(|end| **end <= position).count();
            check(&damaged, records, &format!("byte {position} ^ {with}"));
        }
    }

    #[test]
    fn headers_come_back() {
        for (path, base, unsaved) in [
            (None, None, false),
            (None, None, true),
            (Some("m".into()), None, true),
            (None, Some(Base::of(b"")), false),
        ] {
            let header = Header { path, base, unsaved, written_at: -7 };
            assert_eq!(read(&journal(&header).0).expect("reads").header, header);
        }
        #[cfg(unix)]
        {
            let odd: &std::ffi::OsStr = std::os::unix::ffi::OsStrExt::from_bytes(b"/\xff\xfe.ron");
            let header = Header { path: Some(odd.into()), ..header() };
            assert_eq!(read(&journal(&header).0).expect("reads").header, header, "names that are no Unicode");
        }
    }

    #[test]
    fn a_newer_journal_is_called_so() {
        let newer = record(b"peel journal 2\nwhatever");
        assert_eq!(read(&newer).expect_err("not readable"), "a newer version of Peel wrote it");
        let (bytes, _) = journal(&header());
        assert!(read(&bytes[10..]).is_err() && read(&record(SNAPSHOT)).is_err() && read(&record(b"")).is_err());
        let huge = [&u32::MAX.to_le_bytes(), [0; 100].as_slice()].concat();
        assert!(read(&huge).is_err(), "a length beyond the file");
    }

    #[test]
    fn edits_that_cannot_be_replayed_end_it() {
        let (mut bytes, _) = journal(&header());
        let nobody = crate::model::PartyId::parse("nobody").expect("id");
        let edit = Edit::Place(nobody, crate::geom::pt(0.0, 0.0));
        bytes.extend(edits_record(1006, &format::write_edits(&[edit])));
        bytes.extend(edits_record(1007, &format::write_edits(&[titled("never")])));
        check(&bytes, 6, "an edit of nobody");
    }
}
