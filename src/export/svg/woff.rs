//! Packs the tables of a font into a WOFF file, and bytes into base64.
//!
//! After WOFF File Format 1.0 (W3C 2012), sections 3 to 5, and RFC 4648, section 4.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use skrifa::Tag;

const HEADER: usize = 44;
const ENTRY: usize = 20;

/// A WOFF file of these tables, which must be sorted by tag. `flavor` is what an unpacked file begins with. `None` when
/// there is not enough memory or too much data.
pub(super) fn woff(flavor: u32, tables: &[(Tag, Vec<u8>)]) -> Option<Vec<u8>> {
    let mut directory = Vec::new();
    let mut data = Vec::new();
    let start = HEADER + ENTRY * tables.len();
    for (tag, table) in tables {
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
        let packed = zlib.write_all(table).and_then(|()| zlib.finish()).ok()?;
        let stored = if packed.len() < table.len() { &packed } else { table };
        directory.extend(tag.to_be_bytes());
        for number in [start + data.len(), stored.len(), table.len()] {
            directory.extend(u32::try_from(number).ok()?.to_be_bytes());
        }
        directory.extend(check_sum(table).to_be_bytes());
        data.extend(stored);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    let unpacked = tables.iter().map(|(_, table)| table.len().next_multiple_of(4)).sum::<usize>();
    let mut file = b"wOFF".to_vec();
    file.extend(flavor.to_be_bytes());
    file.extend(u32::try_from(start + data.len()).ok()?.to_be_bytes());
    file.extend(u16::try_from(tables.len()).ok()?.to_be_bytes());
    file.extend([0, 0]);
    file.extend(u32::try_from(12 + 16 * tables.len() + unpacked).ok()?.to_be_bytes());
    file.extend([0, 1, 0, 0]); // version of the font; no metadata, no private data
    file.resize(HEADER, 0);
    file.extend(directory);
    file.extend(data);
    Some(file)
}

/// The sum of a table's big-endian 32-bit numbers (OpenType 1.9, "Calculating checksums").
fn check_sum(table: &[u8]) -> u32 {
    let (whole, rest) = table.as_chunks::<4>();
    let mut last = [0; 4];
    last[..rest.len()].copy_from_slice(rest);
    whole.iter().chain([&last]).fold(0u32, |sum, four| sum.wrapping_add(u32::from_be_bytes(*four)))
}

/// Appends bytes as base64 with padding.
pub(super) fn base64(out: &mut String, bytes: &[u8]) {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    out.reserve(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let mut bits = [0; 4];
        bits[1..=three.len()].copy_from_slice(three);
        let bits = u32::from_be_bytes(bits);
        for (place, shift) in [18, 12, 6, 0].into_iter().enumerate() {
            let letter = LETTERS[(bits >> shift) as usize & 63];
            out.push(if place <= three.len() { char::from(letter) } else { '=' });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        // RFC 4648, section 10.
        let table =
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy")];
        for (plain, expected) in table {
            let mut out = String::new();
            base64(&mut out, plain.as_bytes());
            assert_eq!(out, expected);
        }
        let mut out = String::new();
        base64(&mut out, &[0xfb, 0xff, 0xbf]);
        assert_eq!(out, "+/+/");
    }

    #[test]
    fn check_sums_wrap_and_count_missing_bytes_as_zero() {
        assert_eq!(check_sum(&[]), 0);
        assert_eq!(check_sum(&[1, 2, 3, 4, 5]), 0x0602_0304);
        assert_eq!(check_sum(&[0xff; 8]), 0xffff_fffe);
    }
}
