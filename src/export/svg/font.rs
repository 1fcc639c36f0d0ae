//! The bundled font cut down to the characters of a picture, for embedding as `@font-face`.
//!
//! Glyphs keep their numbers, so that substitution and positioning tables stay as they are; what is not used is emptied
//! and packs to nothing.

use std::collections::BTreeSet;

use skrifa::raw::collections::IntSet;
use skrifa::raw::tables::gsub::Gsub;
use skrifa::raw::{ReadError, TableProvider as _};
use skrifa::{FontRef, GlyphId, MetadataProvider as _, Tag};

use super::{cff, kerning, woff};

/// What a font file with PostScript outlines begins with.
const FLAVOR: u32 = 0x4f54_544f;
/// The tables that are kept, sorted by tag. The name table has the copyright notice that the font's licence asks for.
const TABLES: [&[u8; 4]; 11] =
    [b"CFF ", b"GDEF", b"GPOS", b"GSUB", b"OS/2", b"cmap", b"head", b"hhea", b"hmtx", b"maxp", b"name"];
/// The features that are on without being asked for (OpenType 1.9, feature registry), as far as fonts like ours have them.
const FEATURES: [&[u8; 4]; 6] = [b"calt", b"ccmp", b"clig", b"liga", b"locl", b"rlig"];

/// A WOFF file with the characters that the font has of these; `None` when it is not a font as we bundle it.
pub(super) fn subset(file: &[u8], index: u32, chars: &BTreeSet<char>) -> Option<Vec<u8>> {
    let font = FontRef::from_index(file, index).ok()?;
    let charmap = font.charmap();
    let map: Vec<(char, u16)> =
        chars.iter().filter_map(|c| Some((*c, u16::try_from(charmap.map(*c)?.to_u32()).ok()?))).collect();
    let mut used: IntSet<GlyphId> = map.iter().map(|(_, glyph)| GlyphId::from(*glyph)).collect();
    used.insert(GlyphId::new(0));
    if let Ok(gsub) = font.gsub() {
        add_substitutes(&gsub, &mut used).ok()?;
    }
    let mut tables = Vec::new();
    for name in TABLES {
        let tag = Tag::new(name);
        let Some(table) = font.table_data(tag).map(|data| data.as_bytes()) else { continue };
        let table = match name {
            b"CFF " => cff::emptied(&font, table, &used)?,
            b"GPOS" => kerning::emptied(table, &used).ok()?,
            b"cmap" => cmap(&map)?,
            b"hmtx" => widths(table, usize::from(font.hhea().ok()?.number_of_h_metrics()), &used),
            _ => table.to_vec(),
        };
        tables.push((tag, table));
    }
    // Without glyph names (OpenType 1.9, `post` version 3.0).
    let mut post = font.table_data(Tag::new(b"post"))?.as_bytes().get(..32)?.to_vec();
    post[..4].copy_from_slice(&[0, 3, 0, 0]);
    tables.push((Tag::new(b"post"), post));
    woff::woff(FLAVOR, &tables)
}

/// Adds the glyphs that may stand for these.
fn add_substitutes(gsub: &Gsub<'_>, used: &mut IntSet<GlyphId>) -> Result<(), ReadError> {
    let features: IntSet<Tag> = FEATURES.iter().map(|name| Tag::new(name)).collect();
    let features = gsub.collect_features(&IntSet::all(), &IntSet::all(), &features)?;
    gsub.closure_glyphs(&gsub.collect_lookups(&features)?, used)
}

/// The `hmtx` table with the widths of `used` only.
fn widths(table: &[u8], full: usize, used: &IntSet<GlyphId>) -> Vec<u8> {
    let mut out = table.to_vec();
    for (i, metric) in out.chunks_exact_mut(4).take(full).enumerate() {
        // The last width is that of all further glyphs, too.
        if i + 1 < full && !used.contains(GlyphId::new(i as u32)) {
            metric.fill(0);
        }
    }
    out
}

/// Characters in a row whose glyphs are in a row: first and last character, first glyph.
type Run = (u32, u32, u16);

fn runs(map: &[(char, u16)]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (c, glyph) in map {
        let c = u32::from(*c);
        match runs.last_mut() {
            Some((first, last, start)) if *last + 1 == c && u32::from(*start) + (c - *first) == u32::from(*glyph) => {
                *last = c;
            }
            _ => runs.push((c, c, *glyph)),
        }
    }
    runs
}

/// A `cmap` table with a subtable of format 4, and one of format 12 for all readers that look beyond 16 bits.
fn cmap(map: &[(char, u16)]) -> Option<Vec<u8>> {
    let (small, large) = (map.partition_point(|(c, _)| u32::from(*c) < 0xffff), runs(map));
    let mut four = runs(&map[..small]);
    four.push((0xffff, 0xffff, 0));
    let segments = u16::try_from(four.len()).ok()?;
    let length = 16 + 8 * segments;
    let mut out = Vec::new();
    let mut words = |words: &[u16]| out.extend(words.iter().flat_map(|word| word.to_be_bytes()));
    words(&[0, 2, 3, 1, 0, 20, 3, 10, 0, 20 + length]); // Windows, BMP and full repertoire
    let power = 1u16 << segments.ilog2();
    words(&[4, length, 0, 2 * segments, 2 * power, power.ilog2() as u16, 2 * (segments - power)]);
    words(&four.iter().map(|run| run.1 as u16).collect::<Vec<_>>());
    words(&[0]);
    words(&four.iter().map(|run| run.0 as u16).collect::<Vec<_>>());
    words(&four.iter().map(|run| run.2.wrapping_sub(run.0 as u16)).collect::<Vec<_>>());
    words(&vec![0; four.len()]);
    let count = u32::try_from(large.len()).ok()?;
    words(&[12, 0]);
    for number in [16 + 12 * count, 0, count] {
        out.extend(number.to_be_bytes());
    }
    for (first, last, glyph) in large {
        out.extend([first, last, u32::from(glyph)].iter().flat_map(|number| number.to_be_bytes()));
    }
    Some(out)
}
