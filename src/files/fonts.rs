//! Faces of the system for the characters that the bundled fonts lack: looked for only when a map needs them.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

use fontdb::{Database, FaceInfo, Style};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, pen::NullPen};
use skrifa::{FontRef, MetadataProvider as _};

use crate::scene::text::Fonts;

/// Longest font file that is read into memory, in bytes; the largest collections for Chinese, Japanese and Korean fit.
const LONGEST: usize = 64 << 20;
/// Characters that are looked up in each face; a script is recognised by fewer.
const LOOKED_UP: usize = 500;
/// Most faces that are added to the bundled ones.
const MOST_FALLBACKS: usize = 3;

/// The fonts with faces of the system for what the texts need and the fonts lack, as far as there are any.
///
/// Reads nothing while nothing is missing; else reads the system's list of fonts, which may take part of a second.
pub fn covering<'a>(fonts: &Fonts, texts: impl IntoIterator<Item = &'a str>) -> Fonts {
    let mut missing: BTreeSet<char> = texts.into_iter().flat_map(|text| fonts.missing(text)).collect();
    if missing.is_empty() {
        return fonts.clone();
    }
    let (system, mut fonts) = (system(), fonts.clone());
    for _ in 0..MOST_FALLBACKS {
        let Some((bytes, index)) = best(&system, &missing) else { break };
        let Some(more) = fonts.with_fallback(bytes, index) else { break };
        let still: BTreeSet<char> = missing.iter().flat_map(|c| more.missing(c.encode_utf8(&mut [0; 4]))).collect();
        if still.len() == missing.len() {
            break;
        }
        (fonts, missing) = (more, still);
    }
    fonts
}

/// The face of the system that has most of the characters, as the bytes of its file and its place there; sans serif
/// and regular when there is a choice. `None` when no face has any.
pub fn fallback_for(chars: &BTreeSet<char>) -> Option<(Arc<[u8]>, u32)> {
    if chars.is_empty() { None } else { best(&system(), chars) }
}

fn system() -> Database {
    let mut database = Database::new();
    database.load_system_fonts();
    database
}

fn best(database: &Database, chars: &BTreeSet<char>) -> Option<(Arc<[u8]>, u32)> {
    let chars: Vec<char> = chars.iter().copied().take(LOOKED_UP).collect();
    let score = |face: &FaceInfo| {
        let covered = database.with_face_data(face.id, |data, index| covered(data, index, &chars)).flatten()?;
        (covered > 0).then(|| (covered, looks(face)))
    };
    let scored = database.faces().filter_map(|face| Some((score(face)?, face.id)));
    // Of equal faces the first in the order of looks wins, whatever the order in which the system lists them.
    let (_, id) = scored.max_by(|(a, _), (b, _)| a.cmp(b))?;
    database.with_face_data(id, |data, index| (Arc::from(data), index))
}

/// How well a face suits labels, better is more: sans serif, upright, not of one width, regular, then its name.
fn looks(face: &FaceInfo) -> impl Ord + use<> {
    let family = face.families.first().map(|(name, _)| name.to_lowercase()).unwrap_or_default();
    let is_sans = family.contains("sans") || family.contains("gothic") && !family.contains("mono");
    let is_odd = face.monospaced || family.contains("emoji") || family.contains("mono");
    let from_regular = (i32::from(face.weight.0) - 400).abs() + 100 * (i32::from(face.stretch.to_number()) - 5).abs();
    let name = (family, face.post_script_name.clone(), face.index);
    (is_sans, face.style == Style::Normal, !is_odd, Reverse(from_regular), Reverse(name))
}

/// How many of the characters a face can draw; `None` for files that are no outline font or too large.
fn covered(data: &[u8], index: u32, chars: &[char]) -> Option<usize> {
    if data.len() > LONGEST {
        return None;
    }
    let font = FontRef::from_index(data, index).ok()?;
    let (charmap, outlines) = (font.charmap(), font.outline_glyphs());
    outlines.format()?; // pictures only, as in some emoji fonts, cannot be drawn
    let drawn = |c: &&char| {
        let glyph = charmap.map(**c).filter(|id| id.to_u32() != 0).and_then(|id| outlines.get(id));
        let settings = DrawSettings::unhinted(Size::new(16.0), LocationRef::default());
        glyph.is_some_and(|glyph| glyph.draw(settings, &mut NullPen).is_ok())
    };
    Some(chars.iter().filter(drawn).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundled() -> Database {
        let mut database = Database::new();
        for bytes in [
            &include_bytes!("../../assets/fonts/Inter-SemiBold.otf")[..],
            &include_bytes!("../../assets/fonts/Inter-Regular.otf")[..],
        ] {
            database.load_font_data(bytes.to_vec());
        }
        database.load_font_data(b"no font".to_vec());
        database
    }

    #[test]
    fn the_regular_face_is_preferred_and_nothing_found_is_fine() {
        let regular = include_bytes!("../../assets/fonts/Inter-Regular.otf");
        let (bytes, index) = best(&bundled(), &"aß検".chars().collect()).expect("a face");
        assert!(*bytes == regular[..] && index == 0);
        assert!(best(&bundled(), &"検査".chars().collect()).is_none());
        assert!(best(&Database::new(), &"a".chars().collect()).is_none());
        assert!(fallback_for(&BTreeSet::new()).is_none());
    }

    #[test]
    fn what_is_found_on_this_system_covers_what_it_says() {
        let fonts = Fonts::bundled();
        assert_eq!(covering(&fonts, ["Prüfung", "→ 5"]).faces(), fonts.faces(), "nothing is missing");
        // Any of these scripts may be absent from the machine the test runs on.
        for text in ["検査結果", "שלום", "مرحبا", "ตรวจสอบ", "ⴰⵣⵓⵍ", "⚙♜"] {
            let missing = fonts.missing(text);
            match fallback_for(&missing) {
                None => assert_eq!(covering(&fonts, [text]).faces(), fonts.faces(), "{text}"),
                Some((bytes, index)) => {
                    let more = fonts.with_fallback(bytes, index).expect("a font");
                    assert!(more.missing(text).len() < missing.len(), "{text}");
                    assert!(covering(&fonts, [text]).faces() > fonts.faces(), "{text}");
                }
            }
        }
    }
}
