//! Empties the kerning of letters that a picture does not use in a `GPOS` table, so that it packs to little.
//!
//! Nothing moves: what is not used becomes zero. After OpenType 1.9, "GPOS", lookup type 2.

use std::collections::BTreeSet;
use std::ops::Range;

use skrifa::raw::collections::IntSet;
use skrifa::raw::tables::gpos::{Gpos, PairPos, PairPosFormat1, PairPosFormat2, PositionSubtables};
use skrifa::raw::{FontData, FontRead as _, ReadError};
use skrifa::{GlyphId, GlyphId16};

/// The table with the pairs of `used` only; an error when it is damaged.
pub(super) fn emptied(table: &[u8], used: &IntSet<GlyphId>) -> Result<Vec<u8>, ReadError> {
    let mut free = Vec::new();
    for lookup in Gpos::read(FontData::new(table))?.lookup_list()?.lookups().iter() {
        let PositionSubtables::Pair(subtables) = lookup?.subtables()? else { continue };
        for subtable in subtables.iter() {
            match subtable? {
                PairPos::Format1(pairs) => by_glyph(&pairs, table, used, &mut free)?,
                PairPos::Format2(classes) => by_class(&classes, table, used, &mut free)?,
            }
        }
    }
    let mut out = table.to_vec();
    for range in free {
        out.get_mut(range).ok_or(ReadError::OutOfBounds)?.fill(0);
    }
    Ok(out)
}

fn has(used: &IntSet<GlyphId>, glyph: GlyphId16) -> bool {
    used.contains(GlyphId::from(glyph))
}

/// Pairs listed one by one, in a set for each first letter; letters may share a set.
fn by_glyph(
    pairs: &PairPosFormat1<'_>,
    table: &[u8],
    used: &IntSet<GlyphId>,
    free: &mut Vec<Range<usize>>,
) -> Result<(), ReadError> {
    // What a subtable can see ends where the table ends.
    let start = table.len() - pairs.offset_data().len();
    let values = pairs.value_format1().record_byte_len() + pairs.value_format2().record_byte_len();
    let sets = || pairs.pair_set_offsets().iter().map(|offset| start + offset.get().to_u32() as usize);
    let needed: BTreeSet<usize> =
        pairs.coverage()?.iter().zip(sets()).filter(|(glyph, _)| has(used, *glyph)).map(|(_, set)| set).collect();
    for set in sets().collect::<BTreeSet<_>>() {
        let count = usize::from(FontData::new(table).read_at::<u16>(set)?);
        for record in (0..count).map(|i| set + 2 + i * (2 + values)) {
            let second = FontData::new(table).read_at::<GlyphId16>(record)?;
            if !needed.contains(&set) {
                free.push(record..record + 2 + values);
            } else if !has(used, second) {
                free.push(record + 2..record + 2 + values); // the letters of a set stay in order
            }
        }
    }
    Ok(())
}

/// A matrix of values by the classes of both letters.
fn by_class(
    classes: &PairPosFormat2<'_>,
    table: &[u8],
    used: &IntSet<GlyphId>,
    free: &mut Vec<Range<usize>>,
) -> Result<(), ReadError> {
    const HEAD: usize = 16;
    let start = table.len() - classes.offset_data().len() + HEAD;
    let values = classes.value_format1().record_byte_len() + classes.value_format2().record_byte_len();
    let (first, second) = (classes.class_def1()?, classes.class_def2()?);
    let rows: BTreeSet<u16> =
        classes.coverage()?.iter().filter(|glyph| has(used, *glyph)).map(|glyph| first.get(glyph)).collect();
    let columns: BTreeSet<u16> = used.iter().map(|glyph| second.get(glyph)).collect();
    let width = usize::from(classes.class2_count());
    for row in 0..classes.class1_count() {
        for column in 0..classes.class2_count() {
            if !(rows.contains(&row) && columns.contains(&column)) {
                let at = start + (usize::from(row) * width + usize::from(column)) * values;
                free.push(at..at + values);
            }
        }
    }
    Ok(())
}
