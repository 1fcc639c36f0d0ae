//! The gap matrix: importance against satisfaction, with cross-hairs at the means.

use super::shapes::circle;
use super::text::Fonts;
use super::{Align, Ink, Item, Segment, Stroke, Weight};
use crate::geom::{Point, Rect, Size, pt};

const SMALL: f32 = 10.0;
/// Room for the words of the axes.
const AXIS: f32 = 15.0;
/// Radius of a point.
const RADIUS: f32 = 8.5;

/// One expectation in the matrix.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mark {
    /// 0 to 10, from left to right.
    pub satisfaction: f64,
    /// 0 to 10, from bottom to top.
    pub importance: f64,
    /// The number written in the point.
    pub number: usize,
}

/// The matrix, drawn.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GapMatrix {
    /// The shapes, with the upper left corner at the origin.
    pub items: Vec<Item>,
    /// The middle of each mark, in the order of the marks.
    pub points: Vec<Point>,
}

/// Draws the matrix; marks above the middle and left of it, important and badly met, stand out.
pub fn gap_matrix(marks: &[Mark], means: Option<(f64, f64)>, size: Size, fonts: &Fonts) -> GapMatrix {
    let area = Rect { min: pt(AXIS, 2.0), max: pt(size.w.max(AXIS + 60.0) - 2.0, size.h.max(AXIS + 60.0) - AXIS) };
    let at = |satisfaction: f64, importance: f64| {
        let share = |v: f64| (v / 10.0).clamp(0.0, 1.0) as f32;
        let inner = area.expand(-RADIUS - 1.0);
        pt(
            inner.min.x + (inner.max.x - inner.min.x) * share(satisfaction),
            inner.max.y - (inner.max.y - inner.min.y) * share(importance),
        )
    };
    let middle = means.map_or_else(|| at(5.0, 5.0), |(satisfaction, importance)| at(satisfaction, importance));
    let mut items = ground(&area, middle, means.is_some(), fonts);
    let points = spread(marks.iter().map(|mark| at(mark.satisfaction, mark.importance)).collect());
    for (mark, point) in marks.iter().zip(&points) {
        let (satisfaction, importance) = means.unwrap_or((5.0, 5.0));
        let is_gap = mark.importance >= importance && mark.satisfaction < satisfaction;
        let ink = if is_gap { Ink::Bad } else { Ink::Line };
        items.push(circle(*point, RADIUS, Some(ink), Some(Stroke::solid(Ink::Paper, 1.2))));
        let text = mark.number.to_string();
        let width = fonts.width(&text, SMALL, Weight::SemiBold);
        items.push(Item::Text {
            at: *point + pt(0.0, SMALL * 0.36),
            align: Align::Center,
            size: SMALL,
            weight: Weight::SemiBold,
            ink: Ink::Paper,
            text: text.into(),
            width,
        });
    }
    GapMatrix { items, points }
}

/// Marks on the same spot are moved apart, so that each can be seen and clicked.
fn spread(mut points: Vec<Point>) -> Vec<Point> {
    for i in 1..points.len() {
        let (done, rest) = points.split_at_mut(i);
        let here = &mut rest[0];
        let near = done.iter().filter(|p| p.distance(*here) < RADIUS).count();
        let angle = near as f32 * 2.4;
        *here = *here + pt(angle.cos(), angle.sin()) * (RADIUS * 0.9 * (near.min(6)) as f32).min(RADIUS * 2.0);
    }
    points
}

/// The frame, the corner that matters, the cross-hairs and the words of the axes.
fn ground(area: &Rect, middle: Point, has_means: bool, fonts: &Fonts) -> Vec<Item> {
    let gap = Rect { min: area.min, max: middle };
    let frame =
        Item::Rect { rect: *area, radius: 3.0, fill: Some(Ink::Card), stroke: Some(Stroke::solid(Ink::CardEdge, 1.0)) };
    let mut items = vec![frame, Item::Rect { rect: gap, radius: 0.0, fill: Some(Ink::WarnSoft), stroke: None }];
    if has_means {
        for (a, b) in
            [(pt(middle.x, area.min.y), pt(middle.x, area.max.y)), (pt(area.min.x, middle.y), pt(area.max.x, middle.y))]
        {
            items.push(Item::Path {
                segments: vec![Segment::Move(a), Segment::Line(b)],
                fill: None,
                stroke: Some(Stroke { ink: Ink::Faint, width: 1.0, dash: Some((4.0, 3.0)) }),
            });
        }
    }
    let mut write = |text: &str, at: Point, align, ink| {
        let width = fonts.width(text, SMALL, Weight::Regular);
        let text = text.into();
        items.push(Item::Text { at, align, size: SMALL, weight: Weight::Regular, ink, text, width });
    };
    write("important, badly met", area.min + pt(6.0, SMALL + 3.0), Align::Left, Ink::Warn);
    let foot = area.max.y + SMALL + 3.0;
    write("0", pt(area.min.x, foot), Align::Left, Ink::Faint);
    write("satisfaction", pt(f32::midpoint(area.min.x, area.max.x), foot), Align::Center, Ink::Faint);
    write("10", pt(area.max.x, foot), Align::Right, Ink::Faint);
    // Nothing turns a text: the axis that goes up is named by its ends.
    write("10", pt(area.min.x - 3.0, area.min.y + SMALL), Align::Right, Ink::Faint);
    write("0", pt(area.min.x - 3.0, area.max.y), Align::Right, Ink::Faint);
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn important_is_up_and_satisfied_is_right_and_equal_marks_can_be_told_apart() {
        let fonts = Fonts::bundled();
        let mark = |satisfaction, importance, number| Mark { satisfaction, importance, number };
        let marks = [mark(3.0, 9.0, 1), mark(9.0, 9.0, 2), mark(3.0, 2.0, 3), mark(3.0, 2.0, 4)];
        let size = Size { w: 280.0, h: 200.0 };
        let drawn = gap_matrix(&marks, Some((4.5, 5.5)), size, &fonts);
        let [a, b, c, d] = drawn.points[..] else { panic!("four") };
        assert!(a.x < b.x && a.y == b.y && a.y < c.y && c.distance(d) > 5.0, "{:?}", drawn.points);
        let red = drawn.items.iter().filter(|i| matches!(i, Item::Rect { fill: Some(Ink::Bad), .. })).count();
        assert_eq!(red, 1, "important and badly met");
        for p in &drawn.points {
            assert!((0.0..=size.w).contains(&p.x) && (0.0..=size.h).contains(&p.y), "{p:?}");
        }
        let crowd: Vec<Mark> = (0..500).map(|n| mark(f64::from(n % 11), 10.0, n as usize)).collect();
        let drawn = gap_matrix(&crowd, None, Size { w: 0.0, h: 0.0 }, &fonts);
        assert!(drawn.points.iter().all(|p| p.is_finite()) && drawn.points.len() == 500);
    }
}
