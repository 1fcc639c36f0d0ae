//! How a picture is laid on paper: one page, a sheet it is made to fit, or many sheets to be glued together.

use super::PdfError;
use crate::export::Paper;
use crate::geom::{Point, Rect, Size, pt};

/// Points of a map unit at its usual size: a unit is 1/96 of an inch, a point 1/72.
pub(super) const POINTS: f32 = 0.75;
/// Points of a millimetre.
pub(super) const MILLIMETRE: f32 = 72.0 / 25.4;
/// Longest side of a page, in points; viewers refuse more (ISO 32000-1, annex C).
const LONGEST: f32 = 14_400.0;
/// Shortest side of a page, in points, from the same place.
const SHORTEST: f32 = 3.0;
/// Blank edge of a sheet, in millimetres; most printers reach no further.
const MARGIN: f32 = 10.0;
/// On a sheet a picture gets at most this many times its usual size: small maps should not shout.
const LARGEST: f32 = 2.0;
/// Most sheets of one file.
pub(super) const MOST_SHEETS: usize = 400;

/// Where a sheet belongs among others that are glued together; counted from 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Tile {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) rows: usize,
    pub(super) columns: usize,
    /// Points that are on the next sheet again.
    pub(super) overlap: f32,
}

/// One page. Points are counted from its top left corner, downwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Sheet {
    pub(super) size: Size,
    /// The part of the page that the picture may cover.
    pub(super) window: Rect,
    /// Where the top left corner of the picture is; may be off the page.
    pub(super) corner: Point,
    /// Points of a map unit.
    pub(super) scale: f32,
    pub(super) tile: Option<Tile>,
}

impl Sheet {
    /// Where the picture is on the page, as far as it is in the window.
    pub(super) fn clip(&self, bounds: &Rect) -> Rect {
        let end = self.corner + (bounds.max - bounds.min) * self.scale;
        let min = pt(self.window.min.x.max(self.corner.x), self.window.min.y.max(self.corner.y));
        let max = pt(self.window.max.x.min(end.x), self.window.max.y.min(end.y));
        Rect { min, max: pt(max.x.max(min.x), max.y.max(min.y)) }
    }

    /// The part of the plane that the page shows.
    pub(super) fn part(&self, bounds: &Rect) -> Rect {
        let clip = self.clip(bounds);
        let place = |p: Point| bounds.min + (p - self.corner) * (1.0 / self.scale);
        Rect { min: place(clip.min), max: place(clip.max) }
    }
}

/// The pages for a picture of this part of the plane, `scale` times its usual size where the paper does not decide.
pub(super) fn sheets(bounds: &Rect, paper: Paper, scale: f32) -> Result<Vec<Sheet>, PdfError> {
    match paper {
        Paper::Fit => Ok(vec![fit(bounds, usual(scale)?)]),
        Paper::Sheet { width, height } => {
            let (short, long) = checked(width, height)?;
            Ok(vec![one(bounds, short, long)])
        }
        Paper::Tiles { width, height, overlap } => {
            let (short, long) = checked(width, height)?;
            tiles(bounds, usual(scale)?, (short, long), overlap * MILLIMETRE)
        }
    }
}

/// Points of a map unit at this scale.
fn usual(scale: f32) -> Result<f32, PdfError> {
    let points = scale * POINTS;
    if points.is_finite() && points > 0.0 { Ok(points) } else { Err(PdfError::Scale(scale)) }
}

/// A sheet's sides in points, the shorter one first.
fn checked(width: f32, height: f32) -> Result<(f32, f32), PdfError> {
    let (short, long) = (width.min(height) * MILLIMETRE, width.max(height) * MILLIMETRE);
    // Not smaller than a stamp, so that there is room for a margin.
    let fits = width.is_finite() && height.is_finite() && short >= 20.0 * MILLIMETRE && long <= LONGEST + 1.0;
    if fits { Ok((short, long.min(LONGEST))) } else { Err(PdfError::Paper(width, height)) }
}

fn margin(short: f32) -> f32 {
    (MARGIN * MILLIMETRE).min(short * 0.1)
}

fn fit(bounds: &Rect, scale: f32) -> Sheet {
    let longest = bounds.width().max(bounds.height());
    let scale = if longest * scale > LONGEST { LONGEST / longest } else { scale };
    let side = |units: f32| (units * scale).clamp(SHORTEST, LONGEST);
    let size = Size { w: side(bounds.width()), h: side(bounds.height()) };
    Sheet { size, window: Rect::from_min_size(pt(0.0, 0.0), size), corner: pt(0.0, 0.0), scale, tile: None }
}

/// A sheet with its longer side where the picture has it.
fn turned(wide: bool, short: f32, long: f32) -> Size {
    if wide { Size { w: long, h: short } } else { Size { w: short, h: long } }
}

fn window(size: Size, margin: f32) -> Rect {
    Rect::from_min_size(pt(0.0, 0.0), size).expand(-margin)
}

fn one(bounds: &Rect, short: f32, long: f32) -> Sheet {
    let size = turned(bounds.width() > bounds.height(), short, long);
    let window = window(size, margin(short));
    let (w, h) = (bounds.width().max(1e-6), bounds.height().max(1e-6));
    let scale = (window.width() / w).min(window.height() / h).min(LARGEST * POINTS);
    let corner = window.center() - pt(w, h) * (scale / 2.0);
    Sheet { size, window, corner, scale, tile: None }
}

/// How many windows cover a length, each sharing `overlap` with the next.
fn count(length: f32, window: f32, overlap: f32) -> usize {
    // A hair over a window's edge is no reason for another sheet.
    let rest = (length - window - 0.01).max(0.0);
    1 + (rest / (window - overlap)).ceil() as usize
}

fn tiles(bounds: &Rect, scale: f32, (short, long): (f32, f32), overlap: f32) -> Result<Vec<Sheet>, PdfError> {
    let margin = margin(short);
    let overlap = if overlap > 0.0 { overlap.min((short - 2.0 * margin) / 2.0) } else { 0.0 };
    let (w, h) = (bounds.width() * scale, bounds.height() * scale);
    let counted = |wide: bool| {
        let size = turned(wide, short, long);
        let window = window(size, margin);
        (size, window, count(h, window.height(), overlap), count(w, window.width(), overlap))
    };
    // Fewer sheets win; else the sheet lies as the picture does.
    let [as_picture, other] = [w > h, w <= h].map(counted);
    let sheets = |(_, _, rows, columns): (Size, Rect, usize, usize)| rows.saturating_mul(columns);
    let (size, window, rows, columns) = if sheets(other) < sheets(as_picture) { other } else { as_picture };
    if rows.saturating_mul(columns) > MOST_SHEETS {
        return Err(PdfError::TooManySheets(rows, columns));
    }
    let step = pt(window.width() - overlap, window.height() - overlap);
    let all = pt(step.x * columns as f32 + overlap, step.y * rows as f32 + overlap);
    let start = window.min + (all - pt(w, h)) * 0.5;
    let place = |i: usize| {
        let (row, column) = (i / columns, i % columns);
        let corner = start - pt(step.x * column as f32, step.y * row as f32);
        Sheet { size, window, corner, scale, tile: Some(Tile { row, column, rows, columns, overlap }) }
    };
    Ok((0..rows * columns).map(place).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const A4: (f32, f32) = (210.0, 297.0);

    fn area(w: f32, h: f32) -> Rect {
        Rect::from_min_size(pt(-30.0, 40.0), Size { w, h })
    }

    fn near(a: f32, b: f32) -> bool {
        (a - b).abs() < 0.05 + 1e-4 * a.abs()
    }

    #[test]
    fn a_page_is_as_large_as_the_picture_up_to_the_limit() {
        for (w, h, scale, expected) in [
            (960.0, 480.0, 1.0, (720.0, 360.0, 0.75)),
            (960.0, 480.0, 2.0, (1440.0, 720.0, 1.5)),
            (96_000.0, 480.0, 1.0, (14_400.0, 72.0, 0.15)),
            (1.0, 1.0, 1.0, (3.0, 3.0, 0.75)),
        ] {
            let sheet = sheets(&area(w, h), Paper::Fit, scale).expect("fits")[0];
            assert_eq!((sheet.size.w, sheet.size.h, sheet.scale), expected);
        }
        for scale in [0.0, -1.0, f32::NAN, f32::INFINITY] {
            assert!(matches!(sheets(&area(9.0, 9.0), Paper::Fit, scale), Err(PdfError::Scale(_))), "{scale}");
        }
    }

    #[test]
    fn odd_paper_is_refused() {
        for (width, height) in [(0.0, 297.0), (210.0, f32::NAN), (-1.0, 5.0), (210.0, 9e9), (1.0, 1.0)] {
            let found = sheets(&area(9.0, 9.0), Paper::Sheet { width, height }, 1.0);
            assert!(matches!(found, Err(PdfError::Paper(..))), "{width} × {height}");
        }
    }

    proptest! {
        #[test]
        fn a_sheet_holds_the_whole_picture_in_its_middle(w in 1.0f32..50_000.0, h in 1.0f32..50_000.0) {
            let sheet = sheets(&area(w, h), Paper::Sheet { width: A4.0, height: A4.1 }, 1.0).expect("fits")[0];
            prop_assert_eq!(sheet.size.w > sheet.size.h, w > h);
            let clip = sheet.clip(&area(w, h));
            prop_assert!(near(clip.width(), w * sheet.scale) && near(clip.height(), h * sheet.scale));
            prop_assert!(near(clip.center().x, sheet.size.w / 2.0) && near(clip.center().y, sheet.size.h / 2.0));
            prop_assert!(clip.min.x >= 28.3 && clip.min.y >= 28.3 && sheet.scale <= 1.5);
        }

        #[test]
        fn tiles_cover_the_picture_and_share_their_edges(
            w in 1.0f32..9_000.0, h in 1.0f32..9_000.0, scale in 0.2f32..3.0, overlap in -5.0f32..40.0,
        ) {
            let (bounds, paper) = (area(w, h), Paper::Tiles { width: A4.0, height: A4.1, overlap });
            let Ok(sheets) = sheets(&bounds, paper, scale) else { return Ok(()) };
            let (first, last) = (sheets[0], sheets[sheets.len() - 1]);
            let (a, b) = (first.part(&bounds), last.part(&bounds));
            prop_assert!(near(a.min.x, bounds.min.x) && near(a.min.y, bounds.min.y));
            prop_assert!((b.max - bounds.max).length() < 0.2, "{:?} {:?}", b, bounds);
            let overlap = overlap.max(0.0) * MILLIMETRE / first.scale;
            for pair in sheets.windows(2) {
                let (one, next) = (pair[0].part(&bounds), pair[1].part(&bounds));
                let (tile, after) = (pair[0].tile.expect("a tile"), pair[1].tile.expect("a tile"));
                if tile.row == after.row {
                    prop_assert!((one.max.x - next.min.x - overlap).abs() < 0.2, "{:?} {:?} {}", one, next, overlap);
                    prop_assert!(near(one.min.y, next.min.y) && near(one.max.y, next.max.y));
                } else {
                    prop_assert!((one.max.y - next.min.y - overlap).abs() < 0.2);
                }
            }
        }
    }

    #[test]
    fn sheets_lie_so_that_there_are_few_of_them() {
        let tiles = |w: f32, h: f32| {
            let paper = Paper::Tiles { width: A4.0, height: A4.1, overlap: 10.0 };
            sheets(&area(w, h), paper, 1.0).map(|all| {
                let tile = all[0].tile.expect("a tile");
                (all[0].size.w > all[0].size.h, tile.rows, tile.columns)
            })
        };
        // The window is 190 × 277 mm, which is 718.1 × 1046.9 units.
        assert_eq!(tiles(700.0, 1000.0), Ok((false, 1, 1)));
        assert_eq!(tiles(1000.0, 700.0), Ok((true, 1, 1)));
        assert_eq!(tiles(1300.0, 1000.0), Ok((false, 1, 2)), "two upright ones beside each other");
        assert_eq!(tiles(2000.0, 2000.0), Ok((false, 2, 3)));
        assert_eq!(tiles(60_000.0, 60_000.0), Err(PdfError::TooManySheets(60, 89)));
    }
}
