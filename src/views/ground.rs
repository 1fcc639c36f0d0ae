//! Words at arrows stand on what lies below them: behind them is the colour of their lane or ring, not that of the paper.

use std::sync::Arc;

use crate::geom::{Path, Point, Rect, pt};
use crate::scene::drawing::Drawing;
use crate::scene::handoff::Shapes;
use crate::scene::{Ink, Item, Segment};

/// Straight pieces that stand for one curve of an outline.
const PIECES: usize = 12;

/// A coloured area behind everything.
struct Ground {
    bounds: Rect,
    /// The corners of its outline; none for a rectangle.
    outline: Vec<Point>,
    ink: Ink,
}

impl Ground {
    fn of(item: &Item) -> Option<Self> {
        match item {
            Item::Rect { rect, fill: Some(ink), .. } => Some(Self { bounds: *rect, outline: Vec::new(), ink: *ink }),
            Item::Path { segments, fill: Some(ink), .. } => {
                let outline = corners(segments);
                let bounds = outline.iter().fold(Rect::NOTHING, |sum, p| sum.with(*p));
                Some(Self { bounds, outline, ink: *ink })
            }
            _ => None,
        }
    }

    fn holds(&self, p: Point) -> bool {
        if !self.bounds.contains(p) || self.outline.is_empty() {
            return self.bounds.contains(p);
        }
        // A ray to the right crosses the outline an odd number of times from inside.
        let last = self.outline.last().into_iter();
        let sides = last.chain(&self.outline).zip(&self.outline);
        let crosses = |(a, b): &(&Point, &Point)| {
            (a.y > p.y) != (b.y > p.y) && p.x < a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x)
        };
        sides.filter(crosses).count() % 2 == 1
    }
}

fn corners(segments: &[Segment]) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    for segment in segments {
        match *segment {
            Segment::Move(p) | Segment::Line(p) => points.push(p),
            Segment::Cubic(a, b, c) => {
                let from = points.last().copied().unwrap_or(a);
                points.extend(Path::cubic(from, a, b, c).points(PIECES));
            }
            Segment::Close => {}
        }
    }
    points
}

/// Gives the words at every arrow the ground they stand on.
pub(super) fn settle(drawing: &mut Drawing) {
    let furniture = drawing.behind.iter().filter(|group| group.subject.is_none());
    let grounds: Vec<Ground> = furniture.flat_map(|group| &group.items).filter_map(Ground::of).collect();
    if grounds.is_empty() {
        return;
    }
    for arrow in drawing.arrows.values_mut().filter(|arrow| arrow.has_words()) {
        let Shapes { line, label } = arrow.shapes();
        let label = label.iter().flat_map(|item| settled(item, &grounds)).collect();
        *arrow = Arc::new((**arrow).clone().drawn_as(Shapes { line, label }));
    }
}

/// A halo as pieces in the colours below it; anything else as it is.
fn settled(item: &Item, grounds: &[Ground]) -> Vec<Item> {
    let Item::Rect { rect, radius, fill: Some(Ink::Halo), stroke } = item else { return vec![item.clone()] };
    let edges =
        grounds.iter().filter(|ground| ground.outline.is_empty()).flat_map(|g| [g.bounds.min.y, g.bounds.max.y]);
    let mut cuts: Vec<f32> = edges.filter(|y| *y > rect.min.y && *y < rect.max.y).collect();
    cuts.extend([rect.min.y, rect.max.y]);
    cuts.sort_by(f32::total_cmp);
    cuts.dedup();
    let radius = if cuts.len() > 2 { 0.0 } else { *radius };
    let piece = |ys: &[f32]| {
        let rect = Rect { min: pt(rect.min.x, ys[0]), max: pt(rect.max.x, ys[1]) };
        let below = grounds.iter().rev().find(|ground| ground.holds(rect.center()));
        Item::Rect { rect, radius, fill: Some(below.map_or(Ink::Halo, |ground| ground.ink)), stroke: *stroke }
    };
    cuts.windows(2).map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Group;

    fn fills(halo: Rect, behind: Vec<Item>) -> Vec<(f32, f32, Option<Ink>)> {
        let groups = [Group { items: behind, ..Group::default() }];
        let grounds: Vec<Ground> = groups.iter().flat_map(|group| &group.items).filter_map(Ground::of).collect();
        let item = Item::Rect { rect: halo, radius: 3.0, fill: Some(Ink::Halo), stroke: None };
        let piece = |item| match item {
            Item::Rect { rect, fill, .. } => (rect.min.y, rect.max.y, fill),
            other => panic!("{other:?}"),
        };
        settled(&item, &grounds).into_iter().map(piece).collect()
    }

    #[test]
    fn words_across_two_lanes_stand_on_both_and_on_the_paper_between() {
        let lane = |top: f32, bottom: f32, ink| {
            let rect = Rect { min: pt(0.0, top), max: pt(900.0, bottom) };
            Item::Rect { rect, radius: 6.0, fill: Some(ink), stroke: None }
        };
        let lanes = vec![lane(0.0, 100.0, Ink::Ring(1)), lane(110.0, 200.0, Ink::Ring(2))];
        let halo = |top: f32, bottom: f32| Rect { min: pt(40.0, top), max: pt(120.0, bottom) };
        assert_eq!(fills(halo(20.0, 40.0), lanes.clone()), [(20.0, 40.0, Some(Ink::Ring(1)))]);
        let pieces =
            [(90.0, 100.0, Some(Ink::Ring(1))), (100.0, 110.0, Some(Ink::Halo)), (110.0, 120.0, Some(Ink::Ring(2)))];
        assert_eq!(fills(halo(90.0, 120.0), lanes), pieces);
    }

    #[test]
    fn words_in_a_ring_stand_on_the_innermost_that_holds_their_middle() {
        let ring = |half: f32, ink| {
            let at = |i: usize| {
                let angle = std::f32::consts::TAU * i as f32 / 36.0;
                pt(half * angle.cos(), half * angle.sin())
            };
            let path = Path::through(&(0..=36).map(at).collect::<Vec<_>>());
            let curves = path.curves().map(|[_, b, c, d]| Segment::Cubic(b, c, d));
            let segments = std::iter::once(Segment::Move(path.start())).chain(curves).collect();
            Item::Path { segments, fill: Some(ink), stroke: None }
        };
        let rings = || vec![ring(100.0, Ink::Ring(1)), ring(50.0, Ink::Ring(0))];
        let at = |x: f32, y: f32| Rect { min: pt(x - 5.0, y - 5.0), max: pt(x + 5.0, y + 5.0) };
        for (halo, ink) in [
            (at(0.0, 0.0), Ink::Ring(0)),
            (at(34.0, 34.0), Ink::Ring(0)),
            (at(38.0, 38.0), Ink::Ring(1)),
            (at(-90.0, 0.0), Ink::Ring(1)),
            (at(90.0, 90.0), Ink::Halo),
        ] {
            assert_eq!(fills(halo, rings())[0].2, Some(ink), "{halo:?}");
        }
    }
}
