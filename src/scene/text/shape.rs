//! One line to glyphs, in the way the window's toolkit does it (see the notes in the parent module).

use std::iter;
use std::ops::Range;

use harfrust::{BufferFlags, UnicodeBuffer};

use super::clean::stands_on_previous;
use super::face::Face;
use super::{FaceIndex, Fonts, Glyph};
use crate::scene::Weight;

/// What stands for a character that no face has; the first that a face has.
const REPLACEMENTS: [char; 2] = ['◻', '?'];
/// Width of thin and narrow no-break spaces as a share of a space.
const THIN_SPACE: f32 = 0.5;

/// A piece of a line that one face shapes.
struct Run<'a> {
    index: FaceIndex,
    face: &'a Face,
    bytes: Range<usize>,
}

/// Takes a glyph, and whether its cluster is tied: shaped differently when a line begins there.
pub(super) type Sink<'a> = &'a mut dyn FnMut(Glyph, bool);

/// Calls `sink` with each glyph of the line, from left to right.
pub(super) fn shape(fonts: &Fonts, line: &str, weight: Weight, sink: Sink<'_>) {
    let runs = runs(fonts, line, weight);
    let (mut pen, last) = (0.0, runs.len().saturating_sub(1));
    for (number, run) in runs.iter().enumerate() {
        let mut flags = BufferFlags::empty();
        flags.set(BufferFlags::BEGINNING_OF_TEXT, number == 0);
        flags.set(BufferFlags::END_OF_TEXT, number == last);
        shape_run((fonts, weight), line, run, flags, &mut |glyph, tied| {
            sink(Glyph { x: pen + glyph.x, ..glyph }, tied);
            pen += glyph.advance;
        });
    }
}

/// Cuts a line into runs of one face each.
fn runs<'a>(fonts: &'a Fonts, line: &str, weight: Weight) -> Vec<Run<'a>> {
    let mut runs: Vec<Run<'a>> = Vec::with_capacity(1);
    for (start, c) in line.char_indices() {
        let end = start + c.len_utf8();
        if let Some(run) = runs.last_mut()
            && (stands_on_previous(c) || run.face.covers(c) && is_first(fonts, run.index, c, weight))
        {
            run.bytes.end = end;
            continue;
        }
        let Some((index, face)) = face_of(fonts, c, weight) else { continue };
        match runs.last_mut() {
            Some(run) if run.index == index => run.bytes.end = end,
            _ => runs.push(Run { index, face, bytes: start..end }),
        }
    }
    runs
}

/// True when no face before this one in the chain has the character; quick for the first face.
fn is_first(fonts: &Fonts, index: FaceIndex, c: char, weight: Weight) -> bool {
    index.0 == weight as u8 || !fonts.chain(weight).take_while(|(i, _)| *i != index).any(|(_, face)| face.covers(c))
}

/// The face that shapes a character: the first that has it, else the one that shows its replacement.
fn face_of(fonts: &Fonts, c: char, weight: Weight) -> Option<(FaceIndex, &Face)> {
    let first_with = |c: char| fonts.chain(weight).find(|(_, face)| face.covers(c));
    let invisible = |c: char| super::clean::is_invisible(c) || matches!(c, '\u{2009}' | '\u{202f}');
    let found = if invisible(c) { fonts.chain(weight).next() } else { first_with(c) };
    let found = found.or_else(|| REPLACEMENTS.into_iter().find_map(first_with));
    found.map(|(index, face)| (index, &**face))
}

/// Shapes one run; the glyphs' `x` is relative to the pen before each.
fn shape_run((fonts, weight): (&Fonts, Weight), line: &str, run: &Run<'_>, flags: BufferFlags, sink: Sink<'_>) {
    let text = &line[run.bytes.clone()];
    let mut buffer = UnicodeBuffer::new();
    buffer.set_flags(flags);
    buffer.push_str(text);
    let Some(shaped) = run.face.shape(buffer) else { return };
    let em = 1.0 / run.face.units();
    let mut previous = None;
    for (info, position) in iter::zip(shaped.glyph_infos(), shaped.glyph_positions()) {
        let first_of_cluster = previous.replace(info.cluster) != Some(info.cluster);
        let cluster = run.bytes.start as u32 + info.cluster;
        let c = text.get(info.cluster as usize..).and_then(|rest| rest.chars().next()).unwrap_or('\u{fffd}');
        let (x, y) = (position.x_offset as f32 * em, position.y_offset as f32 * em);
        let glyph =
            Glyph { face: run.index, id: info.glyph_id, x, y, advance: position.x_advance as f32 * em, cluster };
        let tied = info.unsafe_to_break();
        if info.glyph_id == 0 {
            // Nothing in the face: one replacement for the whole cluster, and none for an accent alone.
            if first_of_cluster && !stands_on_previous(c) {
                sink(replaced((fonts, weight), glyph), tied);
            }
        } else if matches!(c, '\u{2009}' | '\u{202f}') {
            let space = run.face.nominal(' ').map_or(glyph.advance, |(_, advance)| advance);
            sink(Glyph { advance: THIN_SPACE * space, ..glyph }, tied);
        } else {
            sink(glyph, tied);
        }
    }
}

/// The replacement for a missing character, in its place.
fn replaced((fonts, weight): (&Fonts, Weight), glyph: Glyph) -> Glyph {
    let found = REPLACEMENTS.into_iter().find_map(|c| {
        let (face, (id, advance)) = fonts.chain(weight).find_map(|(i, face)| Some((i, face.nominal(c)?)))?;
        Some(Glyph { face, id, x: 0.0, y: 0.0, advance, ..glyph })
    });
    found.unwrap_or(Glyph { advance: 0.0, ..glyph })
}
