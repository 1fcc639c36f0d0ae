//! Empties the outlines that a picture does not use in a `CFF ` table, so that it packs to little.
//!
//! Nothing moves: outlines in use are written anew without subroutines, the others are empty, subroutines and names are
//! filled with one byte. After Adobe Technical Notes 5176 (CFF) and 5177 (Type 2 charstrings).

use std::ops::Range;

use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::raw::collections::IntSet;
use skrifa::{FontRef, GlyphId, MetadataProvider as _};

const RETURN: u8 = 11;
const END: u8 = 14;
const LINE: u8 = 5;
const CURVE: u8 = 8;
const MOVE: u8 = 21;
const CHAR_STRINGS: u8 = 17;
const PRIVATE: u8 = 18;
const SUBRS: u8 = 19;

/// The table of a font with the outlines of `used` only; `None` when it is not understood or has no room for them.
pub(super) fn emptied(font: &FontRef<'_>, table: &[u8], used: &IntSet<GlyphId>) -> Option<Vec<u8>> {
    let names = Index::read(table, usize::from(*table.get(2)?))?;
    let tops = Index::read(table, names.end())?;
    let strings = Index::read(table, tops.end())?;
    let subrs = Index::read(table, strings.end())?;
    let top = table.get(tops.object(0)?)?;
    let glyphs = Index::read(table, *operands(top, CHAR_STRINGS)?.last()?)?;
    let mut out = table.to_vec();
    out.get_mut(strings.data())?.fill(b'-');
    out.get_mut(subrs.data())?.fill(RETURN);
    if let Some([size, at]) = operands(top, PRIVATE).as_deref() {
        let private = table.get(*at..at.checked_add(*size)?)?;
        if let Some([own]) = operands(private, SUBRS).as_deref() {
            let own = Index::read(table, at.checked_add(*own)?)?;
            out.get_mut(own.data())?.fill(RETURN);
        }
    }
    write_outlines(font, &glyphs, used, &mut out)?;
    Some(out)
}

fn write_outlines(font: &FontRef<'_>, glyphs: &Index, used: &IntSet<GlyphId>, out: &mut [u8]) -> Option<()> {
    let outlines = font.outline_glyphs();
    let mut data = Vec::new();
    let mut ends = vec![1usize];
    for glyph in (0..glyphs.count()).map(|i| GlyphId::new(i as u32)) {
        let mut pen = Pen { out: &mut data, at: (0, 0) };
        if used.contains(glyph) {
            let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
            outlines.get(glyph)?.draw(settings, &mut pen).ok()?;
        }
        data.push(END);
        ends.push(data.len() + 1);
    }
    let room = out.get_mut(glyphs.data())?;
    let (used, free) = room.split_at_mut_checked(data.len())?;
    used.copy_from_slice(&data);
    free.fill(0);
    for (i, end) in ends.into_iter().enumerate() {
        let place = glyphs.place_of_offset(i);
        out.get_mut(place)?.copy_from_slice(&end.to_be_bytes()[size_of::<usize>() - glyphs.size..]);
    }
    Some(())
}

/// An INDEX: objects one behind the other, and where each begins.
struct Index {
    at: usize,
    /// Bytes of an offset.
    size: usize,
    /// Offsets of the objects and of the end, in bytes of the table.
    offsets: Vec<usize>,
}

impl Index {
    fn read(table: &[u8], at: usize) -> Option<Self> {
        let (count, rest) = table.get(at..)?.split_first_chunk::<2>()?;
        let count = usize::from(u16::from_be_bytes(*count));
        if count == 0 {
            return Some(Self { at, size: 0, offsets: vec![at + 2] });
        }
        let size = usize::from(*rest.first()?);
        let numbers = rest.get(1..=size * (count + 1)).filter(|_| (1..=4).contains(&size))?;
        let base = at + 2 + size * (count + 1);
        let number = |bytes: &[u8]| base + bytes.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte));
        let offsets: Vec<usize> = numbers.chunks_exact(size).map(number).collect();
        let is_sound = offsets.is_sorted() && offsets.last().is_some_and(|end| *end <= table.len());
        is_sound.then_some(Self { at, size, offsets })
    }

    fn count(&self) -> usize {
        self.offsets.len() - 1
    }

    fn object(&self, i: usize) -> Option<Range<usize>> {
        Some(*self.offsets.get(i)?..*self.offsets.get(i + 1)?)
    }

    fn data(&self) -> Range<usize> {
        self.offsets[0]..self.end()
    }

    fn end(&self) -> usize {
        self.offsets[self.offsets.len() - 1]
    }

    fn place_of_offset(&self, i: usize) -> Range<usize> {
        let start = self.at + 3 + i * self.size;
        start..start + self.size
    }
}

/// The operands of an operator of a DICT, when they are no negative numbers.
fn operands(mut dict: &[u8], wanted: u8) -> Option<Vec<usize>> {
    let mut stack: Vec<i64> = Vec::new();
    while let Some((first, rest)) = dict.split_first() {
        dict = rest;
        let mut byte = || dict.split_off_first().map(|b| i64::from(*b));
        let first = *first;
        let wide = i64::from(first);
        match first {
            0..=21 => {
                if first == wanted {
                    return stack.into_iter().map(|v| usize::try_from(v).ok()).collect();
                }
                if first == 12 {
                    byte()?;
                }
                stack.clear();
            }
            28 => stack.push(i64::from((byte()? << 8 | byte()?) as i16)),
            29 => stack.push(i64::from((byte()? << 24 | byte()? << 16 | byte()? << 8 | byte()?) as i32)),
            30 => {
                while byte()? & 15 != 15 {}
                stack.push(0);
            }
            32..=246 => stack.push(wide - 139),
            247..=250 => stack.push((wide - 247) * 256 + byte()? + 108),
            251..=254 => stack.push((251 - wide) * 256 - byte()? - 108),
            _ => return None,
        }
    }
    None
}

/// Writes an outline as a Type 2 charstring.
struct Pen<'a> {
    out: &'a mut Vec<u8>,
    at: (i32, i32),
}

impl Pen<'_> {
    fn step(&mut self, operator: u8, points: &[(f32, f32)]) {
        for (x, y) in points {
            let to = (x.round() as i32, y.round() as i32);
            self.number(to.0 - self.at.0);
            self.number(to.1 - self.at.1);
            self.at = to;
        }
        self.out.push(operator);
    }

    fn number(&mut self, v: i32) {
        match v {
            -107..=107 => self.out.push((v + 139) as u8),
            108..=1131 => self.out.extend([((v - 108) / 256 + 247) as u8, ((v - 108) % 256) as u8]),
            -1131..=-108 => self.out.extend([((-v - 108) / 256 + 251) as u8, ((-v - 108) % 256) as u8]),
            _ => {
                self.out.push(28);
                self.out.extend((v.clamp(-32_000, 32_000) as i16).to_be_bytes());
            }
        }
    }
}

impl OutlinePen for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.step(MOVE, &[(x, y)]);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.step(LINE, &[(x, y)]);
    }
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let (from, third) = ((self.at.0 as f32, self.at.1 as f32), |a: f32, b: f32| a + (b - a) * 2.0 / 3.0);
        let (a, b) = ((third(from.0, cx), third(from.1, cy)), (third(x, cx), third(y, cy)));
        self.step(CURVE, &[a, b, (x, y)]);
    }
    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.step(CURVE, &[(ax, ay), (bx, by), (x, y)]);
    }
    fn close(&mut self) {}
}
