//! Lines of text as glyphs for the page, worked out once for each line whatever its size.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use krilla::text::{Font, GlyphId, KrillaGlyph};

use crate::scene::Weight;
use crate::scene::text::{FaceIndex, Fonts, Glyph};

/// How far a glyph may be from its place, in em, before it is moved there; a hundredth of a pixel on the screen.
const NEAR: f32 = 0.001;

/// The file of a face, without a copy of it.
struct Bytes(Fonts, FaceIndex);

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        self.0.file(self.1).map_or(&[], |(bytes, _)| bytes)
    }
}

/// Part of a line: glyphs of one face. Lengths are in em.
pub(super) struct Piece {
    pub(super) font: Font,
    /// Where it begins, to the right of the start of the line.
    pub(super) x: f32,
    pub(super) glyphs: Vec<KrillaGlyph>,
}

/// A line that was worked out.
pub(super) struct Run {
    /// What is copied and searched; the glyphs refer to it.
    pub(super) text: Box<str>,
    pub(super) pieces: Vec<Piece>,
}

/// Lines that were worked out, and the faces they are in.
pub(super) struct Words<'a> {
    fonts: &'a Fonts,
    faces: BTreeMap<FaceIndex, Option<Font>>,
    known: HashMap<(Weight, Arc<str>), Rc<Run>>,
}

impl<'a> Words<'a> {
    pub(super) fn new(fonts: &'a Fonts) -> Self {
        Self { fonts, faces: BTreeMap::new(), known: HashMap::new() }
    }

    /// The glyphs of a line.
    pub(super) fn run(&mut self, text: &Arc<str>, weight: Weight) -> Rc<Run> {
        let key = (weight, text.clone());
        if let Some(run) = self.known.get(&key) {
            return run.clone();
        }
        let run = Rc::new(self.work_out(text, weight));
        self.known.insert(key, run.clone());
        run
    }

    fn font(&mut self, face: FaceIndex) -> Option<Font> {
        let read = |fonts: &Fonts| {
            let (_, place) = fonts.file(face)?;
            let bytes: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(Bytes(fonts.clone(), face));
            Font::new(bytes.into(), place)
        };
        let fonts = self.fonts;
        self.faces.entry(face).or_insert_with(|| read(fonts)).clone()
    }

    fn work_out(&mut self, text: &str, weight: Weight) -> Run {
        let (shown, glyphs) = (Fonts::shown(text), self.fonts.shape(text, weight));
        let clusters = Clusters::of(&glyphs, &shown);
        let piece = |glyphs: &[Glyph]| {
            let (font, x) = (self.font(glyphs[0].face)?, glyphs[0].x);
            Some(Piece { font, x, glyphs: placed(glyphs, &clusters) })
        };
        let pieces = glyphs.chunk_by(|a, b| a.face == b.face).filter_map(piece).collect();
        Run { text: shown.into(), pieces }
    }
}

/// Which part of a text each glyph stands for.
struct Clusters {
    /// Where each cluster begins, and the end of the text.
    starts: Vec<usize>,
}

impl Clusters {
    fn of(glyphs: &[Glyph], text: &str) -> Self {
        let mut starts: Vec<usize> = glyphs.iter().map(|glyph| glyph.cluster as usize).collect();
        starts.sort_unstable();
        starts.dedup();
        starts.retain(|start| text.is_char_boundary(*start));
        // What no glyph stands for belongs to the cluster before, or else to the first one.
        if let Some(first) = starts.first_mut() {
            *first = 0;
        }
        starts.push(text.len());
        Self { starts }
    }

    fn range(&self, glyph: &Glyph) -> Range<usize> {
        let next = self.starts.partition_point(|start| *start <= glyph.cluster as usize);
        let next = next.clamp(1, self.starts.len().max(2) - 1);
        let at = |i: usize| self.starts.get(i).copied().unwrap_or_default();
        at(next - 1)..at(next).max(at(next - 1))
    }
}

/// Glyphs where they stand, with what the pen does between them.
fn placed(glyphs: &[Glyph], clusters: &Clusters) -> Vec<KrillaGlyph> {
    let mut pen = glyphs.first().map_or(0.0, |glyph| glyph.x);
    let one = |glyph: &Glyph| {
        let off = glyph.x - pen;
        pen += glyph.advance;
        let snapped = |v: f32| if v.abs() > NEAR { v } else { 0.0 };
        let (range, id) = (clusters.range(glyph), GlyphId::new(glyph.id));
        KrillaGlyph::new(id, glyph.advance, snapped(off), snapped(glyph.y), 0.0, range, None)
    };
    glyphs.iter().map(one).collect()
}
