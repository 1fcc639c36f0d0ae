//! Measures, wraps and shapes text once, for the window and every exporter alike, with the bundled faces of Inter.
//!
//! The window's toolkit (epaint 0.36.2, `text/text_layout.rs`) lays text out like this, and so does this module, with
//! the same crates in the same versions: a line is cut into runs of grapheme clusters whose first character the same
//! face covers (the family's first face that has it); each run goes through harfrust without any feature asked for, so
//! with the font's own kerning, ligatures and contextual forms, and with the script and direction that the run suggests;
//! advances are font units scaled by size / units per em, neither hinted nor rounded, and summed with sub-pixels; thin
//! and narrow no-break spaces are half a space; a character that no face has becomes `◻` (else `?`). A row's baseline
//! is the face's ascent below its top, rounded to a 1/32 point and then to a pixel. Outlines are fitted to the
//! pixel grid in height only. So widths scale with the size, and one measurement serves every zoom.

mod cache;
mod clean;
mod face;
mod shape;
mod wrap;
mod wrapped;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

pub use face::Heights;
pub use skrifa::outline::OutlinePen;

use super::Weight;
use cache::Cache;
use face::{Bytes, Face};
use wrapped::{Setting, Wrapped};

const REGULAR: &[u8] = include_bytes!("../../assets/fonts/Inter-Regular.otf");
const SEMI_BOLD: &[u8] = include_bytes!("../../assets/fonts/Inter-SemiBold.otf");

/// A face of a [`Fonts`]: the two bundled ones come first, then the fallbacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceIndex(pub u8);

/// One glyph of a shaped line. Lengths are in em: times the font size they are map units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// The face it is in.
    pub face: FaceIndex,
    /// Its number in that face.
    pub id: u32,
    /// Its origin, to the right of the line's start.
    pub x: f32,
    /// Its origin, above the baseline.
    pub y: f32,
    /// How far it moves the pen.
    pub advance: f32,
    /// Byte of the shown text where its cluster of characters begins.
    pub cluster: u32,
}

/// A line of text with its measured width.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The characters; no line breaks, no control characters.
    pub text: Arc<str>,
    /// Width in the unit of the font size.
    pub width: f32,
}

/// The faces text is measured and painted with. A copy is a pointer.
#[derive(Clone)]
pub struct Fonts(Arc<Inner>);

struct Inner {
    /// The bundled faces (`None` only if the program were built with broken ones), then the fallbacks.
    faces: Vec<Option<Arc<Face>>>,
    widths: Mutex<Cache>,
    wrapped: Mutex<Wrapped>,
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Fonts").field(&self.0.faces).finish()
    }
}

impl Fonts {
    /// Inter in both weights. Read once; later calls give the same fonts and share what was measured.
    pub fn bundled() -> Self {
        static BUNDLED: OnceLock<Fonts> = OnceLock::new();
        let face = |bytes| Face::parse(Bytes::Bundled(bytes), 0).map(Arc::new);
        BUNDLED.get_or_init(|| Self::of(vec![face(REGULAR), face(SEMI_BOLD)])).clone()
    }

    fn of(faces: Vec<Option<Arc<Face>>>) -> Self {
        Self(Arc::new(Inner { faces, widths: Mutex::default(), wrapped: Mutex::default() }))
    }

    /// These fonts and one more face for the characters they lack, in both weights; `index` is its place in a
    /// collection. `None` when the bytes are no font with outlines, or after 250 fallbacks.
    pub fn with_fallback(&self, bytes: Arc<[u8]>, index: u32) -> Option<Self> {
        if self.0.faces.len() > 250 {
            return None;
        }
        let face = Face::parse(Bytes::Loaded(bytes), index)?;
        let mut faces = self.0.faces.clone();
        faces.push(Some(Arc::new(face)));
        Some(Self::of(faces))
    }

    /// The faces for a weight in the order in which they are asked for a character.
    fn chain(&self, weight: Weight) -> impl Iterator<Item = (FaceIndex, &Arc<Face>)> {
        let numbers = std::iter::once(weight as usize).chain(2..self.0.faces.len());
        numbers.filter_map(|i| Some((FaceIndex(u8::try_from(i).ok()?), self.0.faces.get(i)?.as_ref()?)))
    }

    fn face(&self, face: FaceIndex) -> Option<&Face> {
        self.0.faces.get(usize::from(face.0))?.as_deref()
    }

    /// Width of one line, in the unit of the size; 0 for a size that is not a positive number.
    ///
    /// Of line breaks, tabs and control characters it counts what is shown instead of them, see [`Fonts::line`].
    pub fn width(&self, text: &str, size: f32, weight: Weight) -> f32 {
        if size > 0.0 && size.is_finite() { self.em_width(text, weight) * size } else { 0.0 }
    }

    /// Width of one line in em.
    fn em_width(&self, text: &str, weight: Weight) -> f32 {
        if let Some(width) = self.known_width(text, weight) {
            return width;
        }
        let mut width = 0.0;
        shape::shape(self, &Self::shown(text), weight, &mut |glyph, _| width += glyph.advance);
        self.remember_width(text, weight, width);
        width
    }

    /// Width of one line in em, when it was measured not long ago.
    fn known_width(&self, text: &str, weight: Weight) -> Option<f32> {
        self.0.widths.lock().unwrap_or_else(PoisonError::into_inner).get(text, weight)
    }

    fn remember_width(&self, text: &str, weight: Weight, width: f32) {
        self.0.widths.lock().unwrap_or_else(PoisonError::into_inner).put(text, weight, width);
    }

    /// The same lines as [`Fonts::wrap`] gives; what was wrapped like this not long ago is remembered.
    pub fn wrapped(&self, text: &str, size: f32, weight: Weight, max_width: f32, max_lines: usize) -> Arc<[Line]> {
        let setting = Setting::new(size, weight, max_width, max_lines);
        let memory = || self.0.wrapped.lock().unwrap_or_else(PoisonError::into_inner);
        let known = memory().get(text, setting);
        known.unwrap_or_else(|| {
            let lines: Arc<[Line]> = self.wrap(text, size, weight, max_width, max_lines).into();
            memory().put(text, setting, lines.clone());
            lines
        })
    }

    /// One line as it is shown: line breaks, tabs and control characters are spaces; soft hyphens and the controls
    /// that reorder text are gone.
    pub fn shown(text: &str) -> Cow<'_, str> {
        clean::shown(text)
    }

    /// One line as it is shown, whole, with its width.
    pub fn line(&self, text: &str, size: f32, weight: Weight) -> Line {
        Line { text: Self::shown(text).into(), width: self.width(text, size, weight) }
    }

    /// The glyphs of one line, as it is shown, from left to right.
    pub fn shape(&self, text: &str, weight: Weight) -> Vec<Glyph> {
        let mut glyphs = Vec::with_capacity(text.len());
        shape::shape(self, &Self::shown(text), weight, &mut |glyph, _| glyphs.push(glyph));
        glyphs
    }

    /// Heights of a weight's own face, in em.
    pub fn heights(&self, weight: Weight) -> Heights {
        self.face(FaceIndex(weight as u8)).map(Face::heights).unwrap_or_default()
    }

    /// From the baseline up to the top of the line, in em.
    pub fn ascent(&self, weight: Weight) -> f32 {
        self.heights(weight).ascent
    }

    /// From the baseline down to the bottom of the line, in em (positive).
    pub fn descent(&self, weight: Weight) -> f32 {
        self.heights(weight).descent
    }

    /// Height of a capital letter, in em.
    pub fn cap_height(&self, weight: Weight) -> f32 {
        self.heights(weight).cap
    }

    /// The characters that no face has a glyph for. Spaces and what cannot be seen are never missing.
    pub fn missing(&self, text: &str) -> BTreeSet<char> {
        if text.is_ascii() {
            return BTreeSet::new();
        }
        let seen = |c: &char| !c.is_whitespace() && !clean::is_invisible(*c);
        let lacking = |c: &char| !self.chain(Weight::Regular).any(|(_, face)| face.covers(*c));
        text.chars().filter(seen).filter(lacking).collect()
    }

    /// Draws a glyph's outline with its origin at (0, 0) and y upwards, at `size` pixels an em. `fitted` moves its
    /// heights onto the pixel grid, as the window does. `None` when there is no outline; a space has an empty one.
    pub fn outline(
        &self,
        (face, id): (FaceIndex, u32),
        size: f32,
        fitted: bool,
        pen: &mut impl OutlinePen,
    ) -> Option<()> {
        self.face(face)?.outline(id, size, fitted, pen)
    }

    /// The font file of a face and the face's place in it, for embedding.
    pub fn file(&self, face: FaceIndex) -> Option<(&[u8], u32)> {
        self.face(face).map(Face::file)
    }

    /// Number of faces.
    pub fn faces(&self) -> usize {
        self.0.faces.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_the_font_s_own_with_kerning() {
        let fonts = Fonts::bundled();
        let regular = |text: &str| fonts.width(text, 1.0, Weight::Regular);
        assert!(regular("AV") < regular("A") + regular("V"), "A and V are kerned");
        assert!((regular("HH") - 2.0 * regular("H")).abs() < 1e-6, "H and H are not");
        assert!(regular("\u{2009}") * 2.0 - regular(" ") < 1e-6, "a thin space is half a space");
        assert_eq!(regular("a\u{200b}\u{202e}b"), regular("ab"), "what cannot be seen takes no room");
        assert_eq!(regular("a\tb"), regular("a b"), "a tab is shown as a space");
        assert!((regular("e\u{301}") - regular("é")).abs() < 1e-6, "an accent takes no room");
        assert!(fonts.width("Peel", 13.0, Weight::SemiBold) > fonts.width("Peel", 13.0, Weight::Regular), "weights");
    }

    #[test]
    fn widths_scale_with_the_size_and_add_up_from_the_glyphs() {
        let fonts = Fonts::bundled();
        for text in ["", "x", "Credit assessment → 97,5 %", "AVAV To -> 10 x 20", "שלום", "日本"] {
            let glyphs = fonts.shape(text, Weight::Regular);
            let width = fonts.width(text, 16.0, Weight::Regular);
            let sum: f32 = glyphs.iter().map(|g| g.advance).sum();
            assert!((sum * 16.0 - width).abs() < 1e-3, "{text}");
            assert!((fonts.width(text, 160.0, Weight::Regular) - 10.0 * width).abs() < 1e-2, "{text}");
            assert!(glyphs.windows(2).all(|g| g[0].x <= g[1].x + 0.5), "{text}: in order");
        }
    }

    #[test]
    fn missing_characters_are_named_and_shown_as_one_replacement() {
        let fonts = Fonts::bundled();
        assert_eq!(fonts.missing("Prüfung → 検査\u{200d}\u{1}").into_iter().collect::<String>(), "査検");
        let (one, replacement) = (fonts.shape("検", Weight::Regular), fonts.shape("◻", Weight::Regular));
        let question = fonts.shape("?", Weight::Regular);
        assert_eq!(one.len(), 1);
        assert!(one[0].id == replacement[0].id || one[0].id == question[0].id, "{one:?}");
        assert_eq!(fonts.shape("検検", Weight::Regular).len(), 2);
    }

    #[test]
    fn a_fallback_fills_in_only_what_is_missing() {
        let fonts = Fonts::bundled();
        assert!(fonts.with_fallback(Arc::from(&b"no font"[..]), 0).is_none());
        assert!(fonts.with_fallback(Arc::from(REGULAR), 7).is_none(), "no such face in the file");
        let more = fonts.with_fallback(Arc::from(SEMI_BOLD), 0).expect("a font");
        let text = "Plain text, 97 %";
        assert_eq!(more.shape(text, Weight::Regular), fonts.shape(text, Weight::Regular));
        assert_eq!(more.faces(), 3);
    }

    #[test]
    fn heights_are_those_of_the_font() {
        // The file says: 2816 units an em, ascender 2728, descender −680, capitals 2048, small x 1536.
        let heights = Fonts::bundled().heights(Weight::Regular);
        let expected = [2728.0, 680.0, 0.0, 2048.0, 1536.0].map(|units: f32| units / 2816.0);
        let found = [heights.ascent, heights.descent, heights.gap, heights.cap, heights.x];
        assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-6), "{heights:?}");
    }

    #[test]
    fn fonts_can_be_shared_between_threads() {
        fn shared<T: Send + Sync + Clone + std::fmt::Debug>(_: &T) {}
        shared(&Fonts::bundled());
        let widths: Vec<f32> = std::thread::scope(|scope| {
            let one = || scope.spawn(|| Fonts::bundled().width("Underwriting", 13.0, Weight::Regular));
            [one(), one()].map(|thread| thread.join().expect("joins")).into()
        });
        assert_eq!(widths[0], widths[1]);
    }
}
