//! Lines of text to text-showing operators, worked out once for each line whatever its size.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use super::faces::Faces;
use super::file::{number, utf16};
use crate::geom::{Point, pt};
use crate::scene::Weight;
use crate::scene::text::{FaceIndex, Fonts, Glyph};

/// How far a glyph may be from its place, in em, before it is moved there; a hundredth of a pixel on the screen.
const NEAR: f32 = 0.001;
/// Longest string in the file, in bytes; readers may stop at 32,767.
const LONGEST: usize = 16_000;

/// Part of a line: glyphs of one face on one height.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) face: FaceIndex,
    /// Where it begins, in em to the right and above the start of the line.
    pub(super) at: Point,
    /// The operators that show it.
    pub(super) show: Vec<u8>,
}

/// Lines that were worked out, and the faces they are in.
pub(super) struct Words<'a> {
    pub(super) faces: Faces<'a>,
    known: HashMap<(Weight, Arc<str>), Rc<[Piece]>>,
}

impl<'a> Words<'a> {
    pub(super) fn new(fonts: &'a Fonts) -> Self {
        Self { faces: Faces::new(fonts), known: HashMap::new() }
    }

    /// The pieces of a line.
    pub(super) fn pieces(&mut self, text: &Arc<str>, weight: Weight) -> Rc<[Piece]> {
        let key = (weight, text.clone());
        if let Some(pieces) = self.known.get(&key) {
            return pieces.clone();
        }
        let pieces: Rc<[Piece]> = write(&mut self.faces, text, weight).into();
        self.known.insert(key, pieces.clone());
        pieces
    }
}

fn write(faces: &mut Faces<'_>, text: &str, weight: Weight) -> Vec<Piece> {
    let (shown, glyphs) = (Fonts::shown(text), faces.fonts.shape(text, weight));
    let mut starts: Vec<u32> = glyphs.iter().map(|glyph| glyph.cluster).collect();
    starts.sort_unstable();
    starts.dedup();
    let mut writer = Writer { faces, pieces: Vec::new(), codes: Vec::new(), pen: 0.0 };
    for cluster in glyphs.chunk_by(|a, b| a.cluster == b.cluster && a.face == b.face) {
        let place = starts.partition_point(|start| *start < cluster[0].cluster);
        // What no glyph stands for belongs to the cluster before, or else to the first one.
        let start = if place == 0 { 0 } else { starts[place] as usize };
        let end = starts.get(place + 1).map_or(shown.len(), |next| *next as usize);
        writer.cluster(cluster, shown.get(start..end).unwrap_or_default());
    }
    writer.end_piece();
    writer.pieces
}

struct Writer<'a, 'b> {
    faces: &'a mut Faces<'b>,
    pieces: Vec<Piece>,
    /// Codes not yet written, in the string being made.
    codes: Vec<u8>,
    /// Where the next glyph will stand, in em from the start of the line, as a reader of the file works it out.
    pen: f32,
}

impl Writer<'_, '_> {
    /// Writes the glyphs that stand for a text together.
    fn cluster(&mut self, glyphs: &[Glyph], text: &str) {
        let [first, others @ ..] = glyphs else { return };
        if others.is_empty() {
            return self.glyph(first, text);
        }
        // Several glyphs for one text: the first has it, and readers are told that all of them are it.
        self.end_piece();
        let number = self.pieces.len();
        self.glyph(first, text);
        for glyph in others {
            self.glyph(glyph, "\u{200b}");
        }
        self.end_piece();
        let spanned = self.pieces.len();
        if let Some(piece) = self.pieces.get_mut(number) {
            let mut show = format!("/Span<</ActualText<FEFF{}>>>BDC", utf16(text)).into_bytes();
            show.append(&mut piece.show);
            piece.show = show;
        }
        if spanned > number
            && let Some(piece) = self.pieces.last_mut()
        {
            piece.show.extend(b"EMC ");
        }
    }

    fn glyph(&mut self, glyph: &Glyph, text: &str) {
        let (code, width) = self.faces.get(glyph.face).code(glyph.id, text);
        let fits = |piece: &Piece| piece.face == glyph.face && (piece.at.y - glyph.y).abs() <= NEAR;
        if self.codes.is_empty() || !self.pieces.last().is_some_and(fits) {
            self.end_piece();
            self.pieces.push(Piece { face: glyph.face, at: pt(glyph.x, glyph.y), show: b"[(".to_vec() });
            self.pen = glyph.x;
        }
        let off = glyph.x - self.pen;
        if off.abs() > NEAR || self.codes.len() > LONGEST {
            self.flush();
            if let Some(piece) = self.pieces.last_mut() {
                piece.show.extend(b")");
                let moved = (-off * 1e4).round() / 10.0;
                number(&mut piece.show, moved);
                piece.show.extend(b"(");
                self.pen -= moved / 1e3;
            }
        }
        for byte in code.to_be_bytes() {
            match byte {
                b'(' | b')' | b'\\' => self.codes.extend([b'\\', byte]),
                b'\r' => self.codes.extend(b"\\r"),
                byte => self.codes.push(byte),
            }
        }
        self.pen += width;
    }

    fn flush(&mut self) {
        if let Some(piece) = self.pieces.last_mut() {
            piece.show.append(&mut self.codes);
        }
    }

    fn end_piece(&mut self) {
        if !self.codes.is_empty() {
            self.flush();
            if let Some(piece) = self.pieces.last_mut() {
                piece.show.extend(b")]TJ ");
            }
        }
    }
}
