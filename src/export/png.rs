//! Pictures: paints a scene straight to pixels and writes a PNG, with the map itself inside when wanted.

mod bands;
mod chunks;
mod glyphs;
mod rounded;
mod shapes;
mod thin;
mod view;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder as _};

use super::{ExportError, Exporter, Picture};
use crate::scene::text::Fonts;
use crate::scene::{Scene, Theme};

/// Longest side of a picture, in pixels.
pub const MOST_SIDE: u32 = 30_000;
/// Most pixels of a picture.
pub const MOST_PIXELS: u64 = 160_000_000;

/// The row of this format in the table of exporters.
pub const EXPORTER: Exporter =
    Exporter { id: "png", title: "PNG picture", extension: "png", has_pixels: true, has_pages: false, export };

/// Dots per inch of a screen at 100 %, where a pixel is a map unit.
const SCREEN_DPI: f32 = 96.0;

fn export(picture: &Picture<'_>) -> Result<Vec<u8>, ExportError> {
    let scale = picture.scale();
    let options = PngOptions {
        pixels_per_unit: scale,
        theme: picture.theme,
        // Printed, a card is then as large as on the screen, whatever the number of pixels.
        dpi: Some((SCREEN_DPI * scale).clamp(1.0, 100_000.0)).filter(|dpi| dpi.is_finite()),
        transparent: picture.transparent,
        map: picture.map.map(Into::into),
        title: Some(picture.title.into()),
        cancel: picture.cancel.clone(),
    };
    png(picture.scene()?, picture.fonts, &options).map_err(Into::into)
}

impl From<PngError> for ExportError {
    fn from(error: PngError) -> Self {
        Self(error.to_string())
    }
}

/// How a picture is made.
#[derive(Debug, Clone)]
pub struct PngOptions {
    /// Pixels per map unit; 1 is the size on the screen at 100 %.
    pub pixels_per_unit: f32,
    /// Light or dark.
    pub theme: Theme,
    /// Dots per inch to be noted in the file, 1 to 100,000; says how large the picture is on paper.
    pub dpi: Option<f32>,
    /// Leaves out the paper behind everything.
    pub transparent: bool,
    /// A map to put into the picture, as text, so that the picture can be opened again; up to 64 MB.
    pub map: Option<String>,
    /// A title to be noted in the file.
    pub title: Option<String>,
    /// Set to true by somebody else, it ends the work soon.
    pub cancel: Option<Arc<AtomicBool>>,
}

impl Default for PngOptions {
    fn default() -> Self {
        Self {
            pixels_per_unit: 1.0,
            theme: Theme::Light,
            dpi: None,
            transparent: false,
            map: None,
            title: None,
            cancel: None,
        }
    }
}

impl PngOptions {
    fn is_cancelled(&self) -> bool {
        self.cancel.as_ref().is_some_and(|cancel| cancel.load(Ordering::Relaxed))
    }
}

/// Why there is no picture, or no map from one.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PngError {
    /// The scene shows nothing.
    #[error("there is nothing to show in a picture yet: add a party first")]
    Empty,
    /// The scale is no positive number.
    #[error("a picture cannot have {0} pixels per unit: choose a scale above 0")]
    Scale(f32),
    /// The picture would be larger than any program opens.
    #[error(
        "a picture of {width} × {height} pixels is too large: this map can be at most {widest} pixels wide. \
         Choose a smaller width or scale"
    )]
    TooLarge {
        /// Pixels from left to right that were asked for.
        width: u32,
        /// Pixels from top to bottom that were asked for.
        height: u32,
        /// The largest width possible.
        widest: u32,
    },
    /// The resolution cannot be noted.
    #[error("a picture cannot have {0} dots per inch: choose 1 to 100,000")]
    Dpi(f32),
    /// The map is too long to go into a picture, or the one in a picture is.
    #[error("the map is too large to be kept inside a picture (64 MB at most)")]
    Map,
    /// Not enough memory.
    #[error("there is not enough memory for a picture this large: choose a smaller width or scale")]
    Memory,
    /// The encoder gave up.
    #[error("the picture could not be written as PNG: {0}")]
    Encode(String),
    /// Somebody cancelled.
    #[error("the export was cancelled")]
    Cancelled,
    /// Not a PNG file at all.
    #[error("this is not a PNG picture")]
    NotPng,
    /// A PNG file with a fault.
    #[error("this picture is damaged: {0}")]
    Damaged(&'static str),
}

/// Pixels in rows from the top, each from the left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Bytes of the pixels; from [`rgba`] red, green, blue and opacity of each, not premultiplied.
    pub pixels: Vec<u8>,
}

/// Width and height of the picture in pixels; (0, 0) when there is nothing to show.
pub fn size_in_pixels(scene: &Scene, pixels_per_unit: f32) -> (u32, u32) {
    view::pixels(scene, pixels_per_unit)
}

/// The pixels per unit that make the picture exactly this wide; 0 when there is nothing to show.
pub fn scale_for_width(scene: &Scene, width_px: u32) -> f32 {
    view::scale_for_width(scene, width_px)
}

/// Paints the scene, for the clipboard and for tests.
pub fn rgba(scene: &Scene, fonts: &Fonts, options: &PngOptions) -> Result<Image, PngError> {
    bands::paint(scene, fonts, options, 4)
}

/// Paints the scene and gives the bytes of a PNG file, the same ones for the same input.
///
/// Takes 3 bytes of memory a pixel (4 when transparent), a few megabytes for the bands being painted, and the file.
pub fn png(scene: &Scene, fonts: &Fonts, options: &PngOptions) -> Result<Vec<u8>, PngError> {
    let extras = chunks::extras(options.dpi, options.title.as_deref(), options.map.as_deref())?;
    let depth = if options.transparent { 4 } else { 3 };
    let image = bands::paint(scene, fonts, options, depth)?;
    let mut file = encode(&image, depth)?;
    chunks::insert(&mut file, &extras)?;
    Ok(file)
}

/// Pictures up to this size, in pixels, are packed tighter: it takes them hardly any time.
const SMALL: u64 = 4_000_000;

/// Measured on maps of 100 and 1,000 cards at 15 Mpx, CPU time and size: `Fast` 90 and 100 ms, 4.2 and 9.5 MB; level 1
/// unfiltered 50 and 90 ms, 2.1 and 5.3 MB; level 6 unfiltered 190 and 360 ms, 1.4 and 4.0 MB. Filters help photographs
/// and make pictures of flat areas and letters larger.
fn encode(image: &Image, depth: usize) -> Result<Vec<u8>, PngError> {
    let is_small = u64::from(image.width) * u64::from(image.height) <= SMALL;
    let compression = CompressionType::Level(if is_small { 6 } else { 1 });
    let color = if depth == 4 { ExtendedColorType::Rgba8 } else { ExtendedColorType::Rgb8 };
    let mut file = Vec::new();
    PngEncoder::new_with_quality(&mut file, compression, FilterType::NoFilter)
        .write_image(&image.pixels, image.width, image.height, color)
        .map_err(|error| PngError::Encode(error.to_string()))?;
    Ok(file)
}

/// The map that was put into a picture; `Ok(None)` when it holds none.
///
/// The bytes may come from anywhere: lengths and check sums are verified, and unpacking ends at 64 MB.
pub fn embedded_map(png: &[u8]) -> Result<Option<String>, PngError> {
    chunks::find_map(png)
}

/// `v / 255`, rounded, for products of two bytes; 16 bits hold it, and eight of them are worked out at a time.
fn div255(v: u16) -> u16 {
    let v = v + 128;
    (v + (v >> 8)) >> 8
}
