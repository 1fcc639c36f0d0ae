//! Text into one tile: small glyphs are painted once each and stamped, large ones are filled outlines.

use std::collections::HashMap;

use tiny_skia::{FillRule, Mask, Path, PathBuilder, Transform};

use super::div255;
use super::rounded::lay;
use super::shapes::Tile;
use super::view::snap;
use crate::geom::{Point, Rect, pt};
use crate::scene::text::{FaceIndex, Fonts, OutlinePen};
use crate::scene::theme::Rgba;
use crate::scene::{Align, Theme, Weight};

/// Below this size in pixels letters cannot be told apart: a pale bar for each word looks the same from any distance.
const BAR: f32 = 3.0;
/// How high such a bar is and how much of it is ink: small letters of Inter, and how dark a line of them is.
const BAR_HEIGHT: f32 = 0.55;
const BAR_INK: f32 = 0.42;
/// From this size in pixels on, heights are fitted to the pixel grid and baselines lie on it, as on the screen.
const FITTED: f32 = 8.0;
/// Above this size in pixels, outlines are filled one by one: there are few of them and each is different.
const STAMPED: f32 = 64.0;
/// Stamps are painted this many times larger and averaged, because the rasteriser knows few shades.
const FINER: u32 = 4;
/// Fine pixels of one pixel.
const SHADES: u16 = (FINER * FINER) as u16;
/// Most stamps kept at a time.
const MOST_STAMPS: usize = 16_384;

/// One line of text to paint.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run<'a> {
    pub(super) at: Point,
    pub(super) align: Align,
    pub(super) size: f32,
    pub(super) weight: Weight,
    pub(super) text: &'a str,
    pub(super) width: f32,
}

/// A glyph at a size, moved right and down by quarters of a pixel.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    face: FaceIndex,
    id: u32,
    size: u32,
    quarters: (u8, u8),
}

/// How much of each pixel a glyph covers.
#[derive(Default)]
struct Stamp {
    /// Where its top left corner is from the glyph's origin, in pixels.
    corner: (i32, i32),
    width: i32,
    /// Rows of `width`.
    cover: Vec<u8>,
}

/// The stamps made so far; each thread has its own.
pub(super) struct Stamps<'a> {
    fonts: &'a Fonts,
    theme: Theme,
    made: HashMap<Key, Stamp>,
}

impl<'a> Stamps<'a> {
    pub(super) fn new(fonts: &'a Fonts, theme: Theme) -> Self {
        Self { fonts, theme, made: HashMap::new() }
    }

    fn get(&mut self, key: Key) -> &Stamp {
        if self.made.len() >= MOST_STAMPS {
            self.made.clear();
        }
        self.made.entry(key).or_insert_with(|| make(self.fonts, self.theme, key).unwrap_or_default())
    }
}

impl Tile<'_> {
    /// Paints one line of text.
    pub(super) fn text(&mut self, run: &Run<'_>, color: Rgba, stamps: &mut Stamps<'_>) {
        let (size, width) = (run.size * self.view.scale, run.width * self.view.scale);
        if !(size > 0.0 && size.is_finite() && width.is_finite()) {
            return;
        }
        let at = self.view.place(run.at);
        let left = match run.align {
            Align::Left => at.x,
            Align::Center => at.x - width / 2.0,
            Align::Right => at.x - width,
        };
        if size < BAR {
            return self.bars(run.text, pt(left, at.y) - self.corner, (width, BAR_HEIGHT * size), color);
        }
        let base = if size < FITTED { at.y } else { snap(at.y) };
        let pen = pt(left, base) - self.corner;
        for glyph in stamps.fonts.shape(run.text, run.weight) {
            let (place, glyph) = (pen + pt(glyph.x, -glyph.y) * size, (glyph.face, glyph.id));
            if size > STAMPED {
                self.fill(outline(stamps.fonts, glyph, size, place).as_ref(), color, FillRule::Winding);
            } else if place.is_finite() {
                self.stamp_glyph(glyph, size, place, color, stamps);
            }
        }
    }

    /// A bar for each word, as long as its share of the characters.
    fn bars(&mut self, text: &str, at: Point, (width, height): (f32, f32), [r, g, b, a]: Rgba) {
        let color = [r, g, b, (f32::from(a) * BAR_INK) as u8];
        let one = width / text.chars().count().max(1) as f32;
        let mut x = at.x;
        for word in text.split(' ') {
            let next = word.chars().count() as f32 * one + x;
            self.fill_rounded(Rect { min: pt(x, at.y - height), max: pt(next, at.y) }, 0.0, color);
            x = next + one;
        }
    }

    fn stamp_glyph(
        &mut self,
        (face, id): (FaceIndex, u32),
        size: f32,
        at: Point,
        color: Rgba,
        stamps: &mut Stamps<'_>,
    ) {
        let quarter = |v: f32| ((v * 4.0).round() / 4.0, (v * 4.0).round().rem_euclid(4.0) as u8);
        let ((x, right), (y, down)) = (quarter(at.x), quarter(at.y));
        let stamp = stamps.get(Key { face, id, size: size.to_bits(), quarters: (right, down) });
        if !stamp.cover.is_empty() {
            self.stamp(stamp, (x.floor() as i32, y.floor() as i32), color);
        }
    }

    /// Lays a colour on where a stamp covers, its origin at a pixel.
    fn stamp(&mut self, stamp: &Stamp, origin: (i32, i32), color: Rgba) {
        let (wide, high) = (self.pixels.width().cast_signed(), self.pixels.height().cast_signed());
        let left = origin.0.saturating_add(stamp.corner.0);
        let top = origin.1.saturating_add(stamp.corner.1);
        let columns = left.max(0)..left.saturating_add(stamp.width).min(wide);
        if columns.is_empty() {
            return;
        }
        let data = self.pixels.data_mut().as_chunks_mut::<4>().0;
        for (y, row) in (top..high).zip(stamp.cover.chunks_exact(stamp.width as usize)).filter(|(y, _)| *y >= 0) {
            let cover = &row[(columns.start - left) as usize..(columns.end - left) as usize];
            let first = (y * wide + columns.start) as usize;
            for (pixel, cover) in data[first..].iter_mut().zip(cover).filter(|(_, cover)| **cover > 0) {
                lay(std::slice::from_mut(pixel), color, u16::from(*cover));
            }
        }
    }
}

/// Paints a stamp; `None` for a glyph without ink.
fn make(fonts: &Fonts, theme: Theme, key: Key) -> Option<Stamp> {
    let offset = pt(f32::from(key.quarters.0), f32::from(key.quarters.1)) * 0.25;
    let path = outline(fonts, (key.face, key.id), f32::from_bits(key.size), offset)?;
    let bounds = path.bounds();
    let corner = (bounds.left().floor(), bounds.top().floor());
    let (width, height) = ((bounds.right().ceil() - corner.0) as u32, (bounds.bottom().ceil() - corner.1) as u32);
    if width == 0 || height == 0 || width.max(height) > 16 * STAMPED as u32 {
        return None;
    }
    let fine = FINER as f32;
    let moved = path.transform(Transform::from_row(fine, 0.0, 0.0, fine, -corner.0 * fine, -corner.1 * fine))?;
    let mut mask = Mask::new(width * FINER, height * FINER)?;
    mask.fill_path(&moved, FillRule::Winding, true, Transform::identity());
    let mut cover = Vec::with_capacity((width * height) as usize);
    let row = (width * FINER) as usize;
    for rows in mask.data().chunks_exact(row * FINER as usize) {
        for x in (0..row).step_by(FINER as usize) {
            let block = rows.chunks_exact(row).flat_map(|line| &line[x..x + FINER as usize]);
            let sum: u16 = block.map(|v| u16::from(*v)).sum();
            cover.push(shade((sum + SHADES / 2) / SHADES, theme));
        }
    }
    Some(Stamp { corner: (corner.0 as i32, corner.1 as i32), width: width.cast_signed(), cover })
}

/// Light text on a dark ground looks too thin when covered as computed; epaint 0.36 paints 2c − c² there, and so do we.
fn shade(cover: u16, theme: Theme) -> u8 {
    match theme {
        Theme::Light => cover as u8,
        Theme::Dark => (2 * cover - div255(cover * cover)) as u8,
    }
}

/// A glyph's outline in pixels, y downwards, its origin at a place.
fn outline(fonts: &Fonts, glyph: (FaceIndex, u32), size: f32, at: Point) -> Option<Path> {
    let mut pen = Pen { path: PathBuilder::new(), at };
    fonts.outline(glyph, size, (FITTED..=STAMPED).contains(&size), &mut pen)?;
    pen.path.finish()
}

struct Pen {
    path: PathBuilder,
    at: Point,
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(self.at.x + x, self.at.y - y);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(self.at.x + x, self.at.y - y);
    }
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.path.quad_to(self.at.x + cx, self.at.y - cy, self.at.x + x, self.at.y - y);
    }
    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let Point { x: left, y: base } = self.at;
        self.path.cubic_to(left + ax, base - ay, left + bx, base - by, left + x, base - y);
    }
    fn close(&mut self) {
        self.path.close();
    }
}
