//! A way on the plane: cubic Bézier curves, each going on where the one before ends.

use super::{Point, Rect, pt};

/// One or more cubic curves. Points are start, two controls, end, two controls, end, …; so there are 3 n + 1 of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Path(Box<[Point]>);

impl Path {
    /// One curve.
    pub fn cubic(start: Point, first: Point, second: Point, end: Point) -> Self {
        Self(Box::new([start, first, second, end]))
    }

    /// A straight line.
    pub fn line(start: Point, end: Point) -> Self {
        Self::cubic(start, start.lerp(end, 1.0 / 3.0), start.lerp(end, 2.0 / 3.0), end)
    }

    /// A chain of curves; `None` unless there are 3 n + 1 points with n ≥ 1.
    pub fn chain(points: Vec<Point>) -> Option<Self> {
        (points.len() >= 4 && points.len() % 3 == 1).then(|| Self(points.into()))
    }

    /// A smooth way through all the points (Catmull and Rom, with the chord lengths as parameters); straight for two.
    /// Fewer than two points give a line of no length.
    pub fn through(points: &[Point]) -> Self {
        let Some((&first, rest)) = points.split_first() else { return Self::line(Point::default(), Point::default()) };
        let mut path = vec![first];
        for i in 0..rest.len() {
            let (a, b) = (points[i], points[i + 1]);
            let (before, after) = (points[i.saturating_sub(1)], points[(i + 2).min(points.len() - 1)]);
            let reach = a.distance(b) / 3.0;
            let tangent = |from: Point, to: Point| {
                let way = to - from;
                way * (reach / way.length().max(1e-6))
            };
            path.extend([a + tangent(before, b), b - tangent(a, after), b]);
        }
        Self::chain(path).unwrap_or_else(|| Self::line(first, first))
    }

    /// The points: start, two controls, end, and so on.
    pub fn controls(&self) -> &[Point] {
        &self.0
    }

    /// Each curve: start, two controls, end.
    pub fn curves(&self) -> impl DoubleEndedIterator<Item = [Point; 4]> + ExactSizeIterator {
        let count = (self.0.len() - 1) / 3;
        (0..count).map(|i| [self.0[3 * i], self.0[3 * i + 1], self.0[3 * i + 2], self.0[3 * i + 3]])
    }

    /// Where it begins.
    pub fn start(&self) -> Point {
        self.0[0]
    }

    /// Where it ends.
    pub fn end(&self) -> Point {
        self.0[self.0.len() - 1]
    }

    /// The way it goes at its end, of length 1 (or 0 when it has no length).
    pub fn end_direction(&self) -> Point {
        let end = self.end();
        let from = self.0.iter().rev().find(|p| p.distance(end) > 0.1).copied().unwrap_or(end);
        let way = end - from;
        way * (1.0 / way.length().max(1e-6))
    }

    /// The same way ending `by` before its end, along the direction there.
    #[must_use]
    pub fn shortened(&self, by: f32) -> Self {
        let mut points = self.0.clone();
        if let Some(last) = points.last_mut() {
            *last = *last - self.end_direction() * by;
        }
        Self(points)
    }

    /// The same way from its end to its start.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Self(self.0.iter().rev().copied().collect())
    }

    /// The point on it that is `by` before its end; `None` when it is not that long.
    pub fn before_end(&self, by: f32) -> Option<Point> {
        let points: Vec<Point> = self.points(24).collect();
        let mut left = by;
        for pair in points.windows(2).rev() {
            let step = pair[0].distance(pair[1]);
            if step >= left && step > 0.0 {
                return Some(pair[1].lerp(pair[0], left / step));
            }
            left -= step;
        }
        None
    }

    /// The point at `t`, from 0 (start) to 1 (end); every curve has the same share of it.
    pub fn at(&self, t: f32) -> Point {
        let ([a, b, c, d], t) = self.piece(t);
        let u = 1.0 - t;
        a * (u * u * u) + b * (3.0 * u * u * t) + c * (3.0 * u * t * t) + d * (t * t * t)
    }

    /// The direction at `t`, of any length.
    pub fn direction(&self, t: f32) -> Point {
        let ([a, b, c, d], t) = self.piece(t);
        let u = 1.0 - t;
        (b - a) * (3.0 * u * u) + (c - b) * (6.0 * u * t) + (d - c) * (3.0 * t * t)
    }

    fn piece(&self, t: f32) -> ([Point; 4], f32) {
        let count = (self.0.len() - 1) / 3;
        let along = t.clamp(0.0, 1.0) * count as f32;
        let i = (along as usize).min(count - 1);
        ([self.0[3 * i], self.0[3 * i + 1], self.0[3 * i + 2], self.0[3 * i + 3]], along - i as f32)
    }

    /// Points along it: `pieces` + 1 of them for each curve, the joints once.
    pub fn points(&self, pieces: usize) -> impl Iterator<Item = Point> {
        let all = pieces.max(1) * ((self.0.len() - 1) / 3);
        (0..=all).map(move |i| self.at(i as f32 / all as f32))
    }

    /// Distance of a point to it, in map units.
    pub fn distance(&self, p: Point) -> f32 {
        let mut nearest = f32::INFINITY;
        let mut last = self.start();
        for point in self.points(24).skip(1) {
            nearest = nearest.min(distance_to_line(p, last, point));
            last = point;
        }
        nearest
    }

    /// Holds it (of its control points, so a little large).
    pub fn bounds(&self) -> Rect {
        self.0.iter().fold(Rect::NOTHING, |r, p| r.with(*p))
    }

    /// The same way moved by a vector.
    #[must_use]
    pub fn translated(&self, by: Point) -> Self {
        Self(self.0.iter().map(|p| *p + by).collect())
    }

    /// The way between this one (`t` = 0) and another (`t` = 1).
    #[must_use]
    pub fn lerp(&self, other: &Self, t: f32) -> Self {
        if self.0.len() == other.0.len() {
            return Self(self.0.iter().zip(&other.0).map(|(a, b)| a.lerp(*b, t)).collect());
        }
        const STEPS: usize = 8;
        let at = |i: usize| {
            let along = i as f32 / STEPS as f32;
            self.at(along).lerp(other.at(along), t)
        };
        Self::through(&(0..=STEPS).map(at).collect::<Vec<_>>())
    }
}

/// Distance of a point to the line between two others.
fn distance_to_line(p: Point, a: Point, b: Point) -> f32 {
    let (ab, ap) = (b - a, p - a);
    let square = ab.x * ab.x + ab.y * ab.y;
    let t = if square > 0.0 { ((ap.x * ab.x + ap.y * ab.y) / square).clamp(0.0, 1.0) } else { 0.0 };
    p.distance(pt(a.x + ab.x * t, a.y + ab.y * t))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_is_that_to_the_nearest_point() {
        let straight = Path::line(pt(0.0, 0.0), pt(100.0, 0.0));
        assert!((straight.distance(pt(50.0, 7.0)) - 7.0).abs() < 0.01, "beside it");
        assert!((straight.distance(pt(-3.0, 4.0)) - 5.0).abs() < 0.01, "beyond its end");
    }

    #[test]
    fn a_way_through_points_meets_them_all_and_ends_where_it_should() {
        let corners = [pt(0.0, 0.0), pt(60.0, 0.0), pt(60.0, 80.0), pt(200.0, 80.0)];
        let path = Path::through(&corners);
        assert_eq!(path.curves().len(), 3);
        for corner in corners {
            assert!(path.distance(corner) < 0.5, "{corner:?}");
        }
        assert_eq!((path.start(), path.end()), (corners[0], corners[3]));
        assert!((path.at(1.0 / 3.0) - corners[1]).length() < 1e-3);
        let shorter = path.shortened(10.0);
        assert!((shorter.end().distance(path.end()) - 10.0).abs() < 1e-3);
    }

    #[test]
    fn odd_input_gives_a_way_all_the_same() {
        for points in [vec![], vec![pt(3.0, 4.0)], vec![pt(1.0, 1.0); 5]] {
            let path = Path::through(&points);
            assert!(path.at(0.5).is_finite() && path.end_direction().is_finite() && path.direction(0.3).is_finite());
            assert!(path.shortened(3.0).end().is_finite());
        }
        assert_eq!(Path::chain(vec![pt(0.0, 0.0); 5]), None);
        let (one, three) =
            (Path::line(pt(0.0, 0.0), pt(9.0, 0.0)), Path::through(&[pt(0.0, 9.0), pt(5.0, 9.0), pt(9.0, 9.0)]));
        assert!((one.lerp(&three, 0.5).at(0.0) - pt(0.0, 4.5)).length() < 1e-3);
        assert!((one.lerp(&three, 1.0).end() - pt(9.0, 9.0)).length() < 1e-3);
    }
}
