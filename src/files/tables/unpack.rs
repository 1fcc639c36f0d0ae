//! A workbook's parts, unpacked within limits and packed again plainly, so that its reader meets nothing unexpected.
//!
//! An XLSX file is a ZIP archive (APPNOTE.TXT 6.3.10 of PKWARE). Sizes in it may lie and a kilobyte may unpack to a
//! gigabyte, so everything is counted while it is unpacked.

use std::io::Read;

use flate2::read::DeflateDecoder;

/// Most bytes that all parts may unpack to.
const MOST_BYTES: usize = 256 * 1024 * 1024;
/// Most bytes of a part that is neither a sheet nor the list of texts.
const MOST_BYTES_OF_OTHERS: usize = 8 * 1024 * 1024;
/// Most parts.
const MOST_PARTS: usize = 10_000;

const END: u32 = 0x0605_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const LOCAL: u32 = 0x0403_4b50;

/// One part as the directory of the archive lists it.
struct Part<'a> {
    name: &'a [u8],
    method: u16,
    packed: &'a [u8],
}

/// The same archive with nothing compressed and only the XML in it; `Err` says in words why not.
pub(super) fn unpacked(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let (mut out, mut directory, mut count) = (Vec::new(), Vec::new(), 0_u16);
    for part in parts(bytes)? {
        let name = part.name.to_ascii_lowercase();
        if !(name.ends_with(b".xml") || name.ends_with(b".rels")) {
            continue;
        }
        let start = out.len();
        header(&mut out, LOCAL, &[20, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        sizes(&mut out, 0, 0, part.name.len());
        out.extend_from_slice(part.name);
        let (size, crc) = unpack(&part, &mut out)?;
        let data = out.len() - size;
        out[start + 14..start + 18].copy_from_slice(&crc.to_le_bytes());
        out[start + 18..start + 22].copy_from_slice(&(size as u32).to_le_bytes());
        out[start + 22..start + 26].copy_from_slice(&(size as u32).to_le_bytes());
        sensible_count(&out[data..])?;
        header(&mut directory, CENTRAL, &[20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        sizes(&mut directory, crc, size as u32, part.name.len());
        directory.extend_from_slice(&[0; 10]);
        directory.extend_from_slice(&(start as u32).to_le_bytes());
        directory.extend_from_slice(part.name);
        count += 1;
    }
    let (start, size) = (out.len() as u32, directory.len() as u32);
    out.append(&mut directory);
    header(&mut out, END, &[0; 4]);
    out.extend([count, count].map(u16::to_le_bytes).concat());
    out.extend([size, start].map(u32::to_le_bytes).concat());
    out.extend([0; 2]);
    Ok(out)
}

fn header(out: &mut Vec<u8>, signature: u32, rest: &[u8]) {
    out.extend_from_slice(&signature.to_le_bytes());
    out.extend_from_slice(rest);
}

/// Checksum, both sizes, the length of the name and of the extra field.
fn sizes(out: &mut Vec<u8>, crc: u32, size: u32, name: usize) {
    out.extend([crc, size, size].map(u32::to_le_bytes).concat());
    out.extend_from_slice(&(name as u16).to_le_bytes());
    out.extend_from_slice(&[0; 2]);
}

/// Appends the content of a part and gives its size and checksum.
fn unpack(part: &Part<'_>, out: &mut Vec<u8>) -> Result<(usize, u32), String> {
    let name = part.name.to_ascii_lowercase();
    let large = [&b"sharedstrings"[..], b"sheet"].iter().any(|word| name.windows(word.len()).any(|at| at == *word));
    let most = (MOST_BYTES.saturating_sub(out.len())).min(if large { MOST_BYTES } else { MOST_BYTES_OF_OTHERS });
    let start = out.len();
    let read = match part.method {
        0 => part.packed.take(most as u64 + 1).read_to_end(out),
        8 => DeflateDecoder::new(part.packed).take(most as u64 + 1).read_to_end(out),
        _ => return Err("it is compressed in a way that is not known here".into()),
    };
    read.map_err(|_error| "it is damaged".to_string())?;
    let size = out.len() - start;
    if size > most {
        return Err(format!("it unpacks to more than {} MB", MOST_BYTES / 1024 / 1024));
    }
    Ok((size, crc32fast::hash(&out[start..])))
}

/// The reader of workbooks makes room for as many texts as the list says it holds: it must not say more than it can.
fn sensible_count(part: &[u8]) -> Result<(), String> {
    const COUNT: &[u8] = b"uniqueCount";
    let mut rest = part;
    while let Some(at) = rest.windows(COUNT.len()).position(|window| window == COUNT) {
        rest = &rest[at + COUNT.len()..];
        let digits =
            rest.iter().skip_while(|byte| b" \t\r\n='\"+".contains(byte)).take_while(|byte| byte.is_ascii_digit());
        let count =
            digits.fold(0_usize, |count, byte| count.saturating_mul(10).saturating_add(usize::from(byte - b'0')));
        if count > part.len() {
            return Err("it is damaged".into());
        }
    }
    Ok(())
}

fn u16_at(bytes: &[u8], at: usize) -> Option<usize> {
    Some(usize::from(u16::from_le_bytes(bytes.get(at..)?.first_chunk().copied()?)))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..)?.first_chunk().copied()?))
}

/// The parts that the archive's directory lists.
fn parts(bytes: &[u8]) -> Result<Vec<Part<'_>>, String> {
    const END_SIZE: usize = 22;
    let damaged = || "it is damaged or cut off".to_string();
    let last = bytes.len().checked_sub(END_SIZE).ok_or_else(damaged)?;
    let earliest = last.saturating_sub(usize::from(u16::MAX));
    let end = (earliest..=last).rev().find(|at| u32_at(bytes, *at) == Some(END)).ok_or_else(damaged)?;
    let count = u16_at(bytes, end + 10).ok_or_else(damaged)?;
    let mut at = u32_at(bytes, end + 16).ok_or_else(damaged)? as usize;
    if count > MOST_PARTS {
        return Err(format!("it has more than {MOST_PARTS} parts"));
    }
    let mut parts = Vec::new();
    for _ in 0..count {
        let (part, next) = part(bytes, at).ok_or_else(damaged)?;
        if part.method == u16::MAX {
            return Err("it is encrypted: save it without a password".into());
        }
        parts.push(part);
        at = next;
    }
    Ok(parts)
}

/// The directory's entry at the byte, and the byte after it. Encrypted parts have the method `u16::MAX`.
fn part(bytes: &[u8], at: usize) -> Option<(Part<'_>, usize)> {
    const FULL: u64 = u32::MAX as u64;
    if u32_at(bytes, at)? != CENTRAL {
        return None;
    }
    let encrypted = u16_at(bytes, at + 8)? & 1 == 1;
    let method = if encrypted { u16::MAX } else { u16_at(bytes, at + 10)? as u16 };
    let [name, extra, comment] = [u16_at(bytes, at + 28)?, u16_at(bytes, at + 30)?, u16_at(bytes, at + 32)?];
    let name_at = at + 46;
    let mut wide = zip64(bytes.get(name_at + name..)?.get(..extra)?);
    let mut value = |narrow: u32| if u64::from(narrow) == FULL { wide.next() } else { Some(u64::from(narrow)) };
    let _unpacked = value(u32_at(bytes, at + 24)?)?;
    let packed = usize::try_from(value(u32_at(bytes, at + 20)?)?).ok()?;
    let local = usize::try_from(value(u32_at(bytes, at + 42)?)?).ok()?;
    if u32_at(bytes, local)? != LOCAL {
        return None;
    }
    let data =
        local.checked_add(30)?.checked_add(u16_at(bytes, local + 26)?)?.checked_add(u16_at(bytes, local + 28)?)?;
    let packed = bytes.get(data..)?.get(..packed)?;
    Some((Part { name: bytes.get(name_at..name_at + name)?, method, packed }, name_at + name + extra + comment))
}

/// The numbers of the ZIP64 extra field: those that were too large for their own field, in order.
fn zip64(mut extra: &[u8]) -> impl Iterator<Item = u64> + '_ {
    let mut field: &[u8] = &[];
    while let (Some(id), Some(size)) = (u16_at(extra, 0), u16_at(extra, 2)) {
        let content = extra.get(4..4 + size).unwrap_or_default();
        if id == 1 {
            field = content;
        }
        extra = extra.get(4 + size..).unwrap_or_default();
    }
    field.chunks_exact(8).map(|chunk| chunk.iter().rev().fold(0, |value, byte| (value << 8) | u64::from(*byte)))
}
