//! Provisional places for new parties: a grid beside all that is there, until somebody arranges them.

use crate::geom::{Point, Rect, pt};
use crate::model::Document;

/// From one place to the next; no card is as large.
const STEP: Point = pt(320.0, 200.0);
/// Coordinates stay within this.
const FAR: f32 = 1_000_000.0;

/// `count` places that are apart from each other and from those of the document.
pub(super) fn free_places(document: &Document, count: usize) -> Vec<Point> {
    let columns = (count as f64).sqrt().ceil().max(1.0) as usize;
    let rows = count.div_ceil(columns);
    let size = pt(columns as f32 * STEP.x, rows as f32 * STEP.y);
    let places = document.parties().filter_map(|(id, _)| document.place(id));
    let taken = places.fold(Rect::NOTHING, |taken, place| taken.with(place));
    let start = if taken.is_nothing() { pt(0.0, 0.0) } else { beside(&taken, size) };
    (0..count).map(|i| start + pt((i % columns) as f32 * STEP.x, (i / columns) as f32 * STEP.y)).collect()
}

/// The first of below, above, right and left where the grid fits; a map that leaves no room gets it in a corner.
fn beside(taken: &Rect, size: Point) -> Point {
    let (left, top) = (taken.min.x.min(FAR - size.x), taken.min.y.min(FAR - size.y));
    let options = [
        pt(left, taken.max.y + STEP.y),
        pt(left, taken.min.y - size.y),
        pt(taken.max.x + STEP.x, top),
        pt(taken.min.x - size.x, top),
    ];
    let fits = |p: &&Point| p.x >= -FAR && p.y >= -FAR && p.x + size.x <= FAR && p.y + size.y <= FAR;
    options.iter().find(fits).copied().unwrap_or(pt(-FAR, -FAR))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Edit, IdGen, Party, PartyId, PartyKind};

    fn map(places: &[Point]) -> Document {
        let (mut document, mut ids) = (Document::default(), IdGen::new(1, 1));
        for place in places {
            let id: PartyId = ids.make();
            let edits = vec![Edit::PutParty(id, Party::named("x", PartyKind::Process)), Edit::Place(id, *place)];
            document.apply(edits).expect("applies");
        }
        document
    }

    #[test]
    fn new_places_are_apart_and_on_the_map() {
        let corners = [vec![], vec![pt(0.0, 0.0)], vec![pt(0.0, 999_900.0)], vec![pt(0.0, FAR), pt(0.0, -FAR)]];
        for there in corners {
            for count in [1, 2, 7, 1000] {
                let mut all = there.clone();
                all.extend(free_places(&map(&there), count));
                assert_eq!(all.len(), there.len() + count, "as many as asked for");
                for (i, a) in all.iter().enumerate() {
                    assert!(a.x.abs() <= FAR && a.y.abs() <= FAR, "{a:?} is on the map");
                    let near = |b: &&Point| (a.x - b.x).abs() < STEP.x && (a.y - b.y).abs() < STEP.y;
                    assert_eq!(all[i + 1..].iter().find(near), None, "apart from {a:?}, {there:?}");
                }
            }
        }
    }
}
