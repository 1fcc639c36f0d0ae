//! A font program with only the glyphs that a file shows: compact font format, made anew from outlines.
//!
//! Every face becomes one, whatever its own format, so that there is one way for all and nothing of a font file gets into
//! a document that is not seen there. After Adobe Technical Notes #5176 (the format) and #5177 (charstrings).

use crate::geom::{Point, Rect, pt};
use crate::scene::text::OutlinePen;

/// Units of an em, as in every font program of this kind without a matrix of its own.
pub(super) const UNITS: f32 = 1000.0;

/// A glyph's way of being painted, in the font's units, while its outline is drawn.
#[derive(Debug)]
pub(super) struct Charstring {
    code: Vec<u8>,
    /// Where the pen is, rounded as the reader of the code will have it.
    pen: (i32, i32),
    /// The same unrounded.
    at: Point,
    /// Holds all points drawn.
    pub(super) bounds: Rect,
}

impl Charstring {
    /// The width comes first, as a difference to a nominal width of 0.
    pub(super) fn new(width: f32) -> Self {
        let mut code = Vec::new();
        integer(&mut code, width.round() as i32);
        Self { code, pen: (0, 0), at: pt(0.0, 0.0), bounds: Rect::NOTHING }
    }

    fn step(&mut self, to: Point) {
        let next = (to.x.round() as i32, to.y.round() as i32);
        integer(&mut self.code, next.0.saturating_sub(self.pen.0));
        integer(&mut self.code, next.1.saturating_sub(self.pen.1));
        (self.pen, self.at) = (next, to);
        self.bounds = self.bounds.with(to);
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        self.code.push(14); // endchar
        self.code
    }
}

impl OutlinePen for Charstring {
    fn move_to(&mut self, x: f32, y: f32) {
        self.step(pt(x, y));
        self.code.push(21); // rmoveto
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.step(pt(x, y));
        self.code.push(5); // rlineto
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let (from, control, to) = (self.at, pt(cx, cy), pt(x, y));
        let (a, b) = (from.lerp(control, 2.0 / 3.0), to.lerp(control, 2.0 / 3.0));
        self.curve_to(a.x, a.y, b.x, b.y, x, y);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        for point in [pt(ax, ay), pt(bx, by), pt(x, y)] {
            self.step(point);
        }
        self.code.push(8); // rrcurveto
    }

    fn close(&mut self) {} // every outline is closed
}

/// An operand of a charstring or a dictionary; those of charstrings end at 16 bits.
fn integer(out: &mut Vec<u8>, value: i32) {
    match value {
        -107..=107 => out.push((value + 139) as u8),
        108..=1131 => out.extend([((value - 108) / 256 + 247) as u8, ((value - 108) % 256) as u8]),
        -1131..=-108 => out.extend([((-value - 108) / 256 + 251) as u8, ((-value - 108) % 256) as u8]),
        value => {
            out.push(28);
            out.extend((value.clamp(-32_768, 32_767) as i16).to_be_bytes());
        }
    }
}

/// An operand of a dictionary that always takes five bytes, for places in the file.
fn place(out: &mut Vec<u8>, value: usize) {
    out.push(29);
    out.extend((value as u32).to_be_bytes());
}

fn index<'a>(out: &mut Vec<u8>, items: impl ExactSizeIterator<Item = &'a [u8]> + Clone) {
    out.extend((items.len() as u16).to_be_bytes());
    if items.len() == 0 {
        return;
    }
    out.push(4); // bytes of an offset
    let mut end = 1u32;
    out.extend(end.to_be_bytes());
    for item in items.clone() {
        end += item.len() as u32;
        out.extend(end.to_be_bytes());
    }
    items.for_each(|item| out.extend(item));
}

/// Where the parts are that the top dictionary points to.
#[derive(Default)]
struct Places {
    charset: usize,
    select: usize,
    glyphs: usize,
    fonts: usize,
}

/// The font program; glyph n is character code n, and the first is shown for what is missing. At most 65,535 glyphs.
pub(super) fn program(name: &str, glyphs: &[Vec<u8>], bounds: &Rect) -> Vec<u8> {
    // Twice, because the parts' places are known only when they are written; their lengths are the same both times.
    let (_, places) = write(name, glyphs, bounds, &Places::default());
    write(name, glyphs, bounds, &places).0
}

fn write(name: &str, glyphs: &[Vec<u8>], bounds: &Rect, known: &Places) -> (Vec<u8>, Places) {
    let (count, mut places) = (glyphs.len(), Places::default());
    let mut out = vec![1, 0, 4, 4];
    index(&mut out, [name.as_bytes()].into_iter());
    let top = top_dictionary(count, bounds, known);
    index(&mut out, [top.as_slice()].into_iter());
    index(&mut out, [&b"Adobe"[..], b"Identity"].into_iter());
    index(&mut out, std::iter::empty::<&[u8]>().collect::<Vec<_>>().into_iter());
    places.charset = out.len();
    out.push(2); // one range: codes 1 to count − 1
    if count > 1 {
        out.extend(1u16.to_be_bytes());
        out.extend((count as u16 - 2).to_be_bytes());
    }
    places.select = out.len();
    out.extend([3, 0, 1, 0, 0, 0]); // one range from glyph 0 on, of font 0
    out.extend((count as u16).to_be_bytes());
    places.glyphs = out.len();
    index(&mut out, glyphs.iter().map(Vec::as_slice));
    // The private dictionary: a default and a nominal width of 0.
    let (private, at) = ([139, 20, 139, 21], out.len());
    out.extend(private);
    places.fonts = out.len();
    let mut font = Vec::new();
    integer(&mut font, private.len() as i32);
    place(&mut font, at);
    font.push(18); // Private
    index(&mut out, [font.as_slice()].into_iter());
    (out, places)
}

fn top_dictionary(count: usize, bounds: &Rect, known: &Places) -> Vec<u8> {
    let mut top = Vec::new();
    for value in [391, 392, 0] {
        integer(&mut top, value); // the two strings of this file, and no supplement
    }
    top.extend([12, 30]); // ROS
    place(&mut top, count);
    top.extend([12, 34]); // CIDCount
    for value in [bounds.min.x.floor(), bounds.min.y.floor(), bounds.max.x.ceil(), bounds.max.y.ceil()] {
        integer(&mut top, value as i32);
    }
    top.push(5); // FontBBox
    for (at, operator) in [
        (known.charset, &[15][..]),
        (known.glyphs, &[17]),
        (known.fonts, &[12, 36]),  // FDArray
        (known.select, &[12, 37]), // FDSelect
    ] {
        place(&mut top, at);
        top.extend(operator);
    }
    top
}
