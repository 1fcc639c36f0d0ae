//! The picture in bands of rows, painted by two threads straight into the finished picture's bytes.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use tiny_skia::{Color, PixmapMut};

use super::glyphs::{Run, Stamps};
use super::shapes::Tile;
use super::view::View;
use super::{Image, PngError, PngOptions};
use crate::geom::{Rect, pt};
use crate::scene::text::Fonts;
use crate::scene::{Ink, Item, Scene};

/// Rows of a band.
const ROWS: u32 = 256;
/// Widest tile of a band, in pixels; the rasteriser's numbers end at 8191.
const COLUMNS: u32 = 4096;
/// Pixels around a tile that are painted and thrown away: the rasteriser is a little off where it cuts a curve.
const MARGIN: u32 = 4;
/// Threads that paint.
const THREADS: usize = 2;

/// An item and where it leaves ink, in pixels.
type Placed<'a> = (Rect, &'a Item);

/// Everything the painting threads share.
struct Job<'a> {
    view: View,
    options: &'a PngOptions,
    /// What each band shows, in painting order.
    bands: Vec<Vec<Placed<'a>>>,
    /// Bytes of a finished pixel: 4, or 3 when nothing is transparent.
    depth: usize,
}

/// Paints the scene. `depth` is 3 (RGB) or 4 (RGBA, not premultiplied); 3 only for pictures that are not transparent.
pub(super) fn paint(scene: &Scene, fonts: &Fonts, options: &PngOptions, depth: usize) -> Result<Image, PngError> {
    let view = View::new(scene, options.pixels_per_unit)?;
    let row = view.width as usize * depth;
    let mut bytes = zeros(row * view.height as usize)?;
    let job = Job { view, options, bands: sort_into_bands(scene, &view), depth };
    let open = Mutex::new(bytes.chunks_mut(row * ROWS as usize).enumerate());
    let failed = AtomicBool::new(false);
    let work = || {
        let mut tools = Tools { stamps: Stamps::new(fonts, options.theme), paper: Vec::new() };
        loop {
            let next = open.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some((number, band)) = next else { return };
            if options.is_cancelled() || job.paint_band(number, band, &mut tools).is_none() {
                failed.store(true, Ordering::Relaxed);
                return;
            }
        }
    };
    std::thread::scope(|scope| {
        let others = THREADS.min(job.bands.len()).saturating_sub(1);
        for _ in 0..others {
            scope.spawn(work);
        }
        work();
    });
    if failed.into_inner() {
        return Err(if options.is_cancelled() { PngError::Cancelled } else { PngError::Memory });
    }
    Ok(Image { width: view.width, height: view.height, pixels: bytes })
}

/// A large buffer, or an error instead of the end of the program when there is no room for it.
fn zeros(length: usize) -> Result<Vec<u8>, PngError> {
    Vec::<u8>::new().try_reserve_exact(length).map_err(|_no_room| PngError::Memory)?;
    Ok(vec![0; length]) // asked for anew, because memory that comes zeroed need not be touched
}

fn sort_into_bands<'a>(scene: &'a Scene, view: &View) -> Vec<Vec<Placed<'a>>> {
    let mut bands = vec![Vec::new(); view.height.div_ceil(ROWS) as usize];
    for item in scene.groups.iter().flat_map(|group| &group.items) {
        let Some(reach) = view.reach(item) else { continue };
        let band = |y: f32| (y.max(0.0) as u32 / ROWS) as usize;
        let reach = reach.expand(MARGIN as f32);
        let last = band(reach.max.y).min(bands.len() - 1);
        for band in bands.iter_mut().take(last + 1).skip(band(reach.min.y)) {
            band.push((reach, item));
        }
    }
    bands
}

/// What a thread keeps from band to band.
struct Tools<'a> {
    stamps: Stamps<'a>,
    /// Bytes of the tile being painted.
    paper: Vec<u8>,
}

impl Job<'_> {
    /// Paints a band tile by tile; `None` without memory for a tile.
    fn paint_band(&self, number: usize, band: &mut [u8], tools: &mut Tools<'_>) -> Option<()> {
        let row = self.view.width as usize * self.depth;
        let (top, rows) = (number as u32 * ROWS, (band.len() / row) as u32);
        for left in (0..self.view.width).step_by(COLUMNS as usize) {
            let columns = COLUMNS.min(self.view.width - left);
            let (width, height) = (columns + 2 * MARGIN, rows + 2 * MARGIN);
            tools.paper.resize((width * height) as usize * 4, 0);
            let mut pixels = PixmapMut::from_bytes(&mut tools.paper, width, height)?;
            let [r, g, b, _] = self.options.theme.rgba(Ink::Paper);
            pixels.fill(if self.options.transparent { Color::TRANSPARENT } else { Color::from_rgba8(r, g, b, 255) });
            let corner = pt(left as f32 - MARGIN as f32, top as f32 - MARGIN as f32);
            let area = Rect { min: corner, max: corner + pt(width as f32, height as f32) };
            let mut tile = Tile { view: &self.view, theme: self.options.theme, corner, pixels };
            for (_, item) in self.bands[number].iter().filter(|(reach, _)| reach.intersects(&area)) {
                tile.item(item, &mut tools.stamps);
            }
            let painted = tools.paper.chunks_exact(width as usize * 4).skip(MARGIN as usize);
            for (from, to) in painted.zip(band.chunks_exact_mut(row)) {
                let from = &from[MARGIN as usize * 4..][..columns as usize * 4];
                finish_row(from, &mut to[left as usize * self.depth..], self.depth);
            }
        }
        Some(())
    }
}

impl Tile<'_> {
    fn item(&mut self, item: &Item, stamps: &mut Stamps<'_>) {
        let theme = self.theme;
        match item {
            Item::Rect { rect, radius, fill, stroke } => {
                self.rect(*rect, *radius, fill.map(|ink| theme.rgba(ink)), stroke.map(|s| (theme.rgba(s.ink), s)));
            }
            Item::Path { segments, fill, stroke } => {
                self.path(segments, fill.map(|ink| theme.rgba(ink)), stroke.map(|s| (theme.rgba(s.ink), s)));
            }
            Item::Text { at, align, size, weight, ink, text, width } => {
                let run = Run { at: *at, align: *align, size: *size, weight: *weight, text, width: *width };
                self.text(&run, theme.rgba(*ink), stamps);
            }
        }
    }
}

/// Copies a row of premultiplied RGBA into the finished picture.
fn finish_row(from: &[u8], to: &mut [u8], depth: usize) {
    let from = from.as_chunks::<4>().0;
    if depth == 3 {
        for ([r, g, b, _], new) in from.iter().zip(to.as_chunks_mut::<3>().0) {
            *new = [*r, *g, *b];
        }
        return;
    }
    for (old, new) in from.iter().zip(to.as_chunks_mut::<4>().0) {
        *new = *old;
        if !matches!(old[3], 0 | 255) {
            let alpha = u32::from(old[3]);
            for value in &mut new[..3] {
                *value = ((u32::from(*value) * 255 + alpha / 2) / alpha).min(255) as u8;
            }
        }
    }
}
