//! The faces of a file: each glyph that is shown gets a code, once for each text it stands for.
//!
//! A glyph may stand for different characters (spaces of several kinds, the mark for a missing letter). With a code for
//! each, what is copied and searched is what was written, in every viewer.

use std::collections::{BTreeMap, HashMap};

use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::string::StringId;
use skrifa::{FontRef, GlyphId, MetadataProvider as _};

use super::cff::{self, Charstring};
use super::file::{File, Id, utf16};
use crate::geom::{Rect, pt};
use crate::scene::text::{FaceIndex, Fonts};

/// Most codes of one face; a code has 16 bits.
const MOST_CODES: usize = 65_000;

/// One code of a face.
#[derive(Debug)]
struct Shown {
    glyph: u32,
    text: Box<str>,
    /// Width in em.
    width: f32,
}

/// A face as far as it is shown.
pub(super) struct Face<'a> {
    index: FaceIndex,
    /// What is known of the file; `None` if it cannot be read, and then widths are 0.
    metrics: Option<GlyphMetrics<'a>>,
    units: f32,
    name: String,
    /// The codes from 1 on.
    shown: Vec<Shown>,
    codes: HashMap<u32, HashMap<Box<str>, u16>>,
}

impl<'a> Face<'a> {
    pub(super) fn new(fonts: &'a Fonts, index: FaceIndex) -> Self {
        let font = fonts.file(index).and_then(|(bytes, place)| FontRef::from_index(bytes, place).ok());
        let metrics = font.as_ref().map(|font| font.glyph_metrics(Size::unscaled(), LocationRef::default()));
        let units =
            font.as_ref().map_or(1.0, |f| f32::from(f.metrics(Size::unscaled(), LocationRef::default()).units_per_em));
        let names = font.as_ref().and_then(|font| font.localized_strings(StringId::POSTSCRIPT_NAME).next());
        let name = names.map(|name| name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(60).collect());
        let name = name.filter(|name: &String| !name.is_empty()).unwrap_or_else(|| format!("Face{}", index.0));
        Self { index, metrics, units, name, shown: Vec::new(), codes: HashMap::new() }
    }

    /// The code for a glyph that stands for this text, and its width in em.
    pub(super) fn code(&mut self, glyph: u32, text: &str) -> (u16, f32) {
        let known = self.codes.entry(glyph).or_default();
        if let Some(code) = known.get(text).copied() {
            return (code, self.shown[usize::from(code) - 1].width);
        }
        if self.shown.len() >= MOST_CODES {
            return (0, 0.0);
        }
        let width = self.metrics.as_ref().and_then(|metrics| metrics.advance_width(GlyphId::new(glyph))).unwrap_or(0.0);
        // As it will be written in the file.
        let width = (width / self.units * 1e4).round() / 1e4;
        let width = if width.is_finite() { width } else { 0.0 };
        self.shown.push(Shown { glyph, text: text.into(), width });
        let code = self.shown.len() as u16;
        known.insert(text.into(), code);
        (code, width)
    }

    /// Writes the face; gives the object that text refers to.
    fn write(&self, fonts: &Fonts, file: &mut File) -> Id {
        let [font, descendant, descriptor, program, to_text] = std::array::from_fn(|_| file.reserve());
        let (bytes, bounds) = self.program(fonts);
        // A name of its own, so that no program takes this part of the face for another one.
        let sum = crc32fast::hash(&bytes);
        let tag: String = (0..6).map(|i| char::from(b'A' + (sum >> (5 * i) & 31) as u8 % 26)).collect();
        let name = format!("{tag}+{}", self.name);
        file.object(
            font,
            &format!(
                "<< /Type /Font /Subtype /Type0 /BaseFont /{name}-Identity-H /Encoding /Identity-H \
             /DescendantFonts [{descendant}] /ToUnicode {to_text} >>"
            ),
        );
        file.object(descendant, &format!(
            "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /{name} /FontDescriptor {descriptor} /DW 0 /W [1 [{}]] \
             /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
            self.shown.iter().map(|shown| format!("{} ", (shown.width * 1e4).round() / 10.0)).collect::<String>()
        ));
        let heights = fonts.file(self.index).and_then(|(bytes, place)| FontRef::from_index(bytes, place).ok());
        let heights = heights.map(|font| font.metrics(Size::unscaled(), LocationRef::default())).unwrap_or_default();
        let [up, down, cap] = [heights.ascent, heights.descent, heights.cap_height.unwrap_or(heights.ascent)]
            .map(|height| (height / self.units * cff::UNITS).round() as i32);
        let [left, bottom, right, top] =
            [bounds.min.x, bounds.min.y, bounds.max.x, bounds.max.y].map(|v| v.round() as i32);
        file.object(
            descriptor,
            &format!(
                "<< /Type /FontDescriptor /FontName /{name} /Flags 4 /FontBBox [{left} {bottom} {right} {top}] \
             /ItalicAngle 0 /Ascent {up} /Descent {down} /CapHeight {cap} /StemV 80 /FontFile3 {program} >>"
            ),
        );
        file.stream(program, "/Subtype /CIDFontType0C", &bytes);
        file.stream(to_text, "", self.to_text().as_bytes());
        font
    }

    /// The font program and what holds all its glyphs.
    fn program(&self, fonts: &Fonts) -> (Vec<u8>, Rect) {
        let mut bounds = Rect { min: pt(0.0, 0.0), max: pt(0.0, 0.0) };
        let missing = [Shown { glyph: 0, text: "".into(), width: 0.0 }];
        let glyphs: Vec<Vec<u8>> = missing
            .iter()
            .chain(&self.shown)
            .map(|shown| {
                let mut pen = Charstring::new(shown.width * cff::UNITS);
                if fonts.outline((self.index, shown.glyph), cff::UNITS, false, &mut pen).is_none() {
                    pen = Charstring::new(shown.width * cff::UNITS);
                }
                bounds = bounds.union(&pen.bounds);
                pen.finish()
            })
            .collect();
        (cff::program(&self.name, &glyphs, &bounds), bounds)
    }

    /// The table from codes to text (ISO 32000-1, 9.10.3).
    fn to_text(&self) -> String {
        let mut map = String::from(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
             /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
             /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
             1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
        );
        for (block, shown) in self.shown.chunks(100).enumerate() {
            map.push_str(&format!("{} beginbfchar\n", shown.len()));
            for (i, shown) in shown.iter().enumerate() {
                map.push_str(&format!("<{:04X}> <{}>\n", 100 * block + i + 1, utf16(&shown.text)));
            }
            map.push_str("endbfchar\n");
        }
        map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
        map
    }
}

/// All faces of a file.
pub(super) struct Faces<'a> {
    pub(super) fonts: &'a Fonts,
    faces: BTreeMap<FaceIndex, Face<'a>>,
}

impl<'a> Faces<'a> {
    pub(super) fn new(fonts: &'a Fonts) -> Self {
        Self { fonts, faces: BTreeMap::new() }
    }

    pub(super) fn get(&mut self, index: FaceIndex) -> &mut Face<'a> {
        let fonts = self.fonts;
        self.faces.entry(index).or_insert_with(|| Face::new(fonts, index))
    }

    /// Writes all faces; gives the entries of a dictionary of them, `/F0 7 0 R`.
    pub(super) fn write(&self, file: &mut File) -> String {
        let one = |(index, face): (&FaceIndex, &Face<'_>)| format!("/F{} {} ", index.0, face.write(self.fonts, file));
        self.faces.iter().map(one).collect()
    }
}
