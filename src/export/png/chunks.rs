//! The chunks of a PNG file that `image` has no call for: resolution, title, and the map itself inside of its picture.
//!
//! After the PNG specification, third edition (W3C 2025), sections 5.3, 11.3.3 and 11.3.4.3.

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

use super::PngError;

const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";
/// Bytes of the signature and the header chunk, which must come first.
const HEAD: usize = 8 + 12 + 13;
/// The keyword of the map's text.
const MAP: &[u8] = b"peel-map";
/// Longest map in a picture, in bytes: as large as a map file may be.
pub(super) const LONGEST_MAP: usize = 64 << 20;

/// Adds a chunk: length, kind, data, check sum of kind and data.
fn add_chunk(out: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) -> Result<(), PngError> {
    let length = i32::try_from(data.len()).map_err(|_too_long| PngError::Map)?; // 31 bits at most
    let mut sum = crc32fast::Hasher::new();
    sum.update(&kind);
    sum.update(data);
    out.extend(length.to_be_bytes());
    out.extend(kind);
    out.extend(data);
    out.extend(sum.finalize().to_be_bytes());
    Ok(())
}

/// An `iTXt` chunk: keyword, whether compressed, no language, no translated keyword, UTF-8 text.
fn add_text(out: &mut Vec<u8>, keyword: &[u8], text: &str, compressed: bool) -> Result<(), PngError> {
    let mut data = keyword.to_vec();
    data.extend([0, u8::from(compressed), 0, 0, 0]);
    if compressed {
        let mut zlib = ZlibEncoder::new(data, Compression::default());
        data = zlib
            .write_all(text.as_bytes())
            .and_then(|()| zlib.finish())
            .map_err(|e| PngError::Encode(e.to_string()))?;
    } else {
        data.extend(text.bytes().filter(|b| *b != 0)); // the text may not hold a NUL
    }
    add_chunk(out, *b"iTXt", &data)
}

/// Dots per inch as pixels per metre.
fn pixels_per_metre(dpi: f32) -> Result<u32, PngError> {
    let fits = dpi.is_finite() && (1.0..=100_000.0).contains(&dpi);
    if fits { Ok((f64::from(dpi) / 0.0254).round() as u32) } else { Err(PngError::Dpi(dpi)) }
}

/// The chunks that stand between the header and the pixels.
pub(super) fn extras(dpi: Option<f32>, title: Option<&str>, map: Option<&str>) -> Result<Vec<u8>, PngError> {
    let mut out = Vec::new();
    if let Some(dpi) = dpi {
        let per_metre = pixels_per_metre(dpi)?.to_be_bytes();
        let mut data = [per_metre, per_metre].concat();
        data.push(1);
        add_chunk(&mut out, *b"pHYs", &data)?;
    }
    if let Some(title) = title.filter(|title| !title.trim().is_empty()) {
        add_text(&mut out, b"Title", title.trim(), false)?;
    }
    add_text(&mut out, b"Software", concat!("Peel ", env!("CARGO_PKG_VERSION")), false)?;
    if let Some(map) = map {
        if map.len() > LONGEST_MAP {
            return Err(PngError::Map);
        }
        add_text(&mut out, MAP, map, true)?;
    }
    Ok(out)
}

/// Puts chunks behind the header of a finished file.
pub(super) fn insert(png: &mut Vec<u8>, extras: &[u8]) -> Result<(), PngError> {
    if png.len() < HEAD || !png.starts_with(&SIGNATURE) {
        return Err(PngError::Encode("the encoder wrote no PNG".into()));
    }
    png.splice(HEAD..HEAD, extras.iter().copied());
    Ok(())
}

/// One chunk of a file.
struct Chunk<'a> {
    kind: [u8; 4],
    data: &'a [u8],
    sum: u32,
}

/// Takes the first chunk off; `None` when the file ends within it.
fn next_chunk<'a>(rest: &mut &'a [u8]) -> Option<Chunk<'a>> {
    let (length, after) = rest.split_first_chunk::<4>()?;
    let (kind, after) = after.split_first_chunk::<4>()?;
    let (data, after) = after.split_at_checked(u32::from_be_bytes(*length) as usize)?;
    let (sum, after) = after.split_first_chunk::<4>()?;
    *rest = after;
    Some(Chunk { kind: *kind, data, sum: u32::from_be_bytes(*sum) })
}

/// The map inside of a picture; `Ok(None)` when it holds none.
pub(super) fn find_map(png: &[u8]) -> Result<Option<String>, PngError> {
    let mut rest = png.strip_prefix(&SIGNATURE).ok_or(PngError::NotPng)?;
    loop {
        let chunk = next_chunk(&mut rest).ok_or(PngError::Damaged("it ends too early"))?;
        if chunk.kind == *b"IEND" {
            return Ok(None);
        }
        let map = (chunk.kind == *b"iTXt").then(|| chunk.data.strip_prefix(MAP)?.strip_prefix(b"\0")).flatten();
        if let Some(map) = map {
            let mut sum = crc32fast::Hasher::new();
            sum.update(&chunk.kind);
            sum.update(chunk.data);
            if sum.finalize() != chunk.sum {
                return Err(PngError::Damaged("the check sum of the map in it is wrong"));
            }
            return read_map(map).map(Some);
        }
    }
}

/// The text behind the keyword of an `iTXt` chunk.
fn read_map(data: &[u8]) -> Result<String, PngError> {
    let damaged = || PngError::Damaged("the map in it cannot be read");
    let (flags, rest) = data.split_first_chunk::<2>().ok_or_else(damaged)?;
    let mut parts = rest.splitn(3, |b| *b == 0); // language, translated keyword, text
    let text = parts.nth(2).ok_or_else(damaged)?;
    let bytes = match flags {
        [0, _] => text.to_vec(),
        [1, 0] => inflate(text)?,
        _ => return Err(damaged()),
    };
    String::from_utf8(bytes).map_err(|_not_text| damaged())
}

fn inflate(data: &[u8]) -> Result<Vec<u8>, PngError> {
    let mut text = Vec::new();
    let limit = LONGEST_MAP as u64 + 1;
    let read = ZlibDecoder::new(data).take(limit).read_to_end(&mut text);
    read.map_err(|_error| PngError::Damaged("the map in it cannot be unpacked"))?;
    if text.len() > LONGEST_MAP { Err(PngError::Map) } else { Ok(text) }
}
