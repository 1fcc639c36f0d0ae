//! One font face: its bytes, what it covers, and what is worked out from it once.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use harfrust::{Direction, Script, ShapePlan, Shaper, ShaperData};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, HintingInstance, OutlinePen, SmoothMode, Target};
use skrifa::{FontRef, GlyphId, MetadataProvider as _};

/// Most shaping plans that one face keeps: one per script and direction, so a handful in practice.
const MOST_PLANS: usize = 16;

/// Where the bytes of a face live.
#[derive(Clone)]
pub(super) enum Bytes {
    /// Inside the program.
    Bundled(&'static [u8]),
    /// In memory, read from somewhere.
    Loaded(Arc<[u8]>),
}

impl Bytes {
    fn get(&self) -> &[u8] {
        match self {
            Self::Bundled(bytes) => bytes,
            Self::Loaded(bytes) => bytes,
        }
    }
}

/// Heights of a face as shares of the font size, all positive.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Heights {
    /// From the baseline up to the top of the line.
    pub ascent: f32,
    /// From the baseline down to the bottom of the line.
    pub descent: f32,
    /// Space between lines beyond ascent and descent.
    pub gap: f32,
    /// Height of a capital letter.
    pub cap: f32,
    /// Height of a small x.
    pub x: f32,
}

/// One face, ready for shaping and drawing.
pub(super) struct Face {
    bytes: Bytes,
    index: u32,
    /// Font units of one em.
    units: f32,
    heights: Heights,
    /// Bit `c % 64` of word `c / 64` is set when the face has a glyph for the character `c`.
    coverage: Vec<u64>,
    shaper: ShaperData,
    plans: Mutex<Vec<Arc<ShapePlan>>>,
}

impl fmt::Debug for Face {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Face")
            .field("bytes", &self.bytes.get().len())
            .field("index", &self.index)
            .finish_non_exhaustive()
    }
}

impl Face {
    /// Reads a face; `None` when the bytes are no font that can be drawn from.
    pub(super) fn parse(bytes: Bytes, index: u32) -> Option<Self> {
        let font = FontRef::from_index(bytes.get(), index).ok()?;
        font.outline_glyphs().format()?;
        let metrics = font.metrics(Size::unscaled(), LocationRef::default());
        let units = f32::from(metrics.units_per_em);
        if units <= 0.0 {
            return None;
        }
        let heights = Heights {
            ascent: metrics.ascent / units,
            descent: -metrics.descent / units,
            gap: metrics.leading / units,
            cap: metrics.cap_height.unwrap_or(metrics.ascent * 0.75) / units,
            x: metrics.x_height.unwrap_or(metrics.ascent * 0.55) / units,
        };
        let mut coverage = Vec::new();
        for (c, _) in font.charmap().mappings().filter(|(c, id)| *c <= 0x0010_FFFF && *id != GlyphId::NOTDEF) {
            let word = c as usize / 64;
            if coverage.len() <= word {
                coverage.resize(word + 1, 0);
            }
            coverage[word] |= 1 << (c % 64);
        }
        let shaper = ShaperData::new(&font);
        Some(Self { index, units, heights, coverage, shaper, plans: Mutex::default(), bytes })
    }

    /// The file the face is in, and its place there.
    pub(super) fn file(&self) -> (&[u8], u32) {
        (self.bytes.get(), self.index)
    }

    /// Font units of one em.
    pub(super) fn units(&self) -> f32 {
        self.units
    }

    pub(super) fn heights(&self) -> Heights {
        self.heights
    }

    /// True when the face has a glyph of its own for the character.
    pub(super) fn covers(&self, c: char) -> bool {
        let c = u32::from(c);
        self.coverage.get(c as usize / 64).is_some_and(|word| word >> (c % 64) & 1 == 1)
    }

    fn font(&self) -> Option<FontRef<'_>> {
        // Reads the table directory only; keeping the reference beside the bytes it borrows would need unsafe code.
        FontRef::from_index(self.bytes.get(), self.index).ok()
    }

    /// The glyph of a single character and its advance in em, as they are without shaping.
    pub(super) fn nominal(&self, c: char) -> Option<(u32, f32)> {
        let font = self.font()?;
        let id = font.charmap().map(c).filter(|id| *id != GlyphId::NOTDEF)?;
        let advance = font.glyph_metrics(Size::unscaled(), LocationRef::default()).advance_width(id)?;
        Some((id.to_u32(), advance / self.units))
    }

    /// Runs the shaper over one run of text.
    pub(super) fn shape(&self, mut buffer: harfrust::UnicodeBuffer) -> Option<harfrust::GlyphBuffer> {
        let font = self.font()?;
        let shaper = self.shaper.shaper(&font).build();
        buffer.guess_segment_properties();
        let plan = self.plan(&shaper, buffer.direction(), buffer.script());
        Some(shaper.shape(buffer, harfrust::ShapeOptions::new().plan(Some(&plan))))
    }

    /// The plan for a script and a direction; working it out takes longer than shaping a label.
    fn plan(&self, shaper: &Shaper<'_>, direction: Direction, script: Script) -> Arc<ShapePlan> {
        let wanted = (script != harfrust::script::UNKNOWN).then_some(script);
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(plan) = plans.iter().find(|p| p.direction() == direction && p.script() == wanted) {
            return plan.clone();
        }
        let plan = Arc::new(ShapePlan::new(shaper, direction, wanted, None, &[]));
        if plans.len() >= MOST_PLANS {
            plans.remove(0);
        }
        plans.push(plan.clone());
        plan
    }

    /// Draws a glyph with its origin at (0, 0) and y upwards, `size` pixels an em; `None` when it has no outline.
    pub(super) fn outline(&self, id: u32, size: f32, fitted: bool, pen: &mut impl OutlinePen) -> Option<()> {
        let font = self.font()?;
        let glyphs = font.outline_glyphs();
        let glyph = glyphs.get(GlyphId::new(id))?;
        let (size, location) = (Size::new(size), LocationRef::default());
        if fitted {
            // What epaint 0.36 asks for (FontTweak::hinting_target): heights on the pixel grid, widths untouched.
            let target =
                Target::Smooth { mode: SmoothMode::Normal, symmetric_rendering: true, preserve_linear_metrics: true };
            if let Ok(hints) = HintingInstance::new(&glyphs, size, location, target) {
                return glyph.draw(DrawSettings::hinted(&hints, false), pen).ok().map(|_| ());
            }
        }
        glyph.draw(DrawSettings::unhinted(size, location), pen).ok().map(|_| ())
    }
}
