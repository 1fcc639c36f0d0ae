//! What is on the canvas, beside each other in memory: where everything is, to find what lies under the pointer, and the
//! map from far away, where a card is a block and an arrow a line: one mesh of all lines and one of all blocks.
//!
//! A shape for each would be cut into triangles one by one in every frame, which takes fifty times as long as copying two
//! meshes. What is painted is kept record by record, so that a card that is dragged costs its own block and lines alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::epaint::{Mesh, Vertex, WHITE_UV};
use egui::{Color32, Pos2, Shape};

use super::paint::Brush;
use crate::geom::{Path, Point, Rect, pt};
use crate::model::{HandoffId, PartyId, split_mix};
use crate::scene::drawing::{Changes, Drawing};
use crate::scene::handoff::Arrow;
use crate::scene::{Ink, Theme};

/// Below this zoom the map is far away.
pub const FAR_BELOW: f32 = 0.22;
/// With more lines than this they have hard edges, as soft ones take up to four times as much and nobody sees one line alone.
const SOFT: usize = 30_000;
/// Shorter ones of these, in points, have three corners, as nobody sees their form; a long thin end would fall into dots.
const SHORT: f32 = 12.0;
/// Half the width of a line on the screen, in points; a soft one fades out over twice that.
const HALF: f32 = 0.5;
/// How strong lines are beside blocks.
const STRENGTH: f32 = 0.6;

/// Blocks and lines of everything that is shown. To look at each takes a tenth of the time of walking the drawing.
#[derive(Debug, Default)]
pub struct Far {
    blocks: Kept<PartyId, Block>,
    lines: Kept<HandoffId, Line>,
}

#[derive(Debug)]
struct Block {
    rect: Rect,
    ink: Ink,
}

#[derive(Debug)]
struct Line {
    way: Way,
    /// All of the arrow, with its words.
    bounds: Rect,
    ink: Ink,
}

/// Where a line runs. A way round cards stays one, in few strokes.
#[derive(Debug)]
enum Way {
    Straight([Point; 2]),
    Round(Box<[Point]>),
}

impl Way {
    fn of(path: &Path) -> Self {
        if path.curves().len() == 1 {
            Self::Straight([path.start(), path.end()])
        } else {
            Self::Round(path.points(2).collect())
        }
    }

    fn points(&self) -> &[Point] {
        match self {
            Self::Straight(ends) => ends,
            Self::Round(points) => points,
        }
    }
}

/// Records beside each other in memory, each found by its id.
#[derive(Debug)]
struct Kept<K, T> {
    records: Vec<(K, T)>,
    at: BTreeMap<K, usize>,
}

impl<K, T> Default for Kept<K, T> {
    fn default() -> Self {
        Self { records: Vec::new(), at: BTreeMap::new() }
    }
}

impl<K: Copy + Ord, T> Kept<K, T> {
    fn set(&mut self, id: K, record: Option<T>) {
        match (self.at.get(&id).copied(), record) {
            (Some(at), Some(record)) => self.records[at].1 = record,
            (None, Some(record)) => {
                self.at.insert(id, self.records.len());
                self.records.push((id, record));
            }
            (Some(at), None) => {
                self.at.remove(&id);
                self.records.swap_remove(at);
                if let Some((moved, _)) = self.records.get(at) {
                    self.at.insert(*moved, at);
                }
            }
            (None, None) => {}
        }
    }
}

impl Far {
    /// Takes up what changed in the drawing.
    pub fn patch(&mut self, drawing: &Drawing, changes: &Changes) {
        for id in &changes.parties {
            let placed = drawing.cards.get(id);
            self.blocks.set(*id, placed.map(|placed| Block { rect: placed.rect(), ink: placed.card.block }));
        }
        for id in &changes.handoffs {
            let line = |arrow: &Arc<Arrow>| Line { way: Way::of(&arrow.path), bounds: arrow.bounds, ink: arrow.ink };
            self.lines.set(*id, drawing.arrows.get(id).map(line));
        }
    }

    /// The cards that a point is on, by id.
    pub fn cards_at(&self, p: Point) -> Vec<PartyId> {
        self.cards_in(&Rect { min: p, max: p })
    }

    /// The cards of which something is in a part of the map, by id.
    pub fn cards_in(&self, area: &Rect) -> Vec<PartyId> {
        let found = self.blocks.records.iter().filter(|(_, block)| block.rect.intersects(area));
        let mut ids: Vec<PartyId> = found.map(|(id, _)| *id).collect();
        ids.sort_unstable();
        ids
    }

    /// The arrows that may be so near to a point, by id.
    pub fn arrows_near(&self, p: Point, reach: f32) -> Vec<HandoffId> {
        self.arrows_in(&Rect { min: p, max: p }.expand(reach))
    }

    /// The arrows of which something may be in a part of the map, by id.
    pub fn arrows_in(&self, area: &Rect) -> Vec<HandoffId> {
        let found = self.lines.records.iter().filter(|(_, line)| line.bounds.intersects(area));
        let mut ids: Vec<HandoffId> = found.map(|(id, _)| *id).collect();
        ids.sort_unstable();
        ids
    }

    /// What is in sight: all lines, and all blocks above them.
    pub fn shapes(&self, brush: &Brush<'_>) -> [Shape; 2] {
        [self.lines(brush), self.blocks(brush)].map(|mesh| Shape::Mesh(Arc::new(mesh)))
    }

    /// A veil over some of the blocks.
    pub fn marked(&self, brush: &Brush<'_>, is_marked: impl Fn(PartyId) -> bool, color: Color32) -> Shape {
        let mut mesh = Mesh::default();
        for (id, block) in &self.blocks.records {
            let area = brush.camera.rect_to_screen(brush.canvas, &block.rect).expand(1.0);
            if brush.canvas.intersects(area) && is_marked(*id) {
                mesh.add_colored_rect(area, color);
            }
        }
        Shape::Mesh(Arc::new(mesh))
    }

    /// Blocks smaller than a point of the screen are a point, one for all that fall on it.
    fn blocks(&self, brush: &Brush<'_>) -> Mesh {
        let (mut mesh, mut inks) = (Mesh::default(), Inks::new(brush.theme, 1.0));
        let (zoom, mut points) = (brush.camera.zoom, Places::default());
        for (_, Block { rect, ink }) in &self.blocks.records {
            let mut area = brush.camera.rect_to_screen(brush.canvas, rect);
            if !brush.canvas.intersects(area) {
                continue;
            }
            if area.width() < 1.0 && area.height() < 1.0 {
                let place = place(rect.center(), zoom);
                if !points.is_new(&[place]) {
                    continue;
                }
                let [left, top] = place.map(|at| at as f32 / zoom);
                area = egui::Rect::from_min_size(brush.at(pt(left, top)), egui::Vec2::splat(1.0));
            }
            mesh.add_colored_rect(area, inks.color(*ink));
        }
        mesh
    }

    fn lines(&self, brush: &Brush<'_>) -> Mesh {
        let (mut mesh, mut inks) = (Mesh::default(), Inks::new(brush.theme, STRENGTH));
        let (lines, zoom, mut pairs) = (&self.lines.records, brush.camera.zoom, Places::default());
        let is_crowded = lines.len() > SOFT;
        let sight = brush.canvas.expand(2.0);
        for (_, Line { way, ink, .. }) in lines {
            let color = inks.color(*ink);
            for ends in way.points().windows(2) {
                let (from, to) = (brush.at(ends[0]), brush.at(ends[1]));
                let is_seen = sight.intersects(egui::Rect::from_two_pos(from, to));
                if is_seen && (!is_crowded || pairs.is_new(&[place(ends[0], zoom), place(ends[1], zoom)])) {
                    let stroke = match (is_crowded, from.distance_sq(to) < SHORT * SHORT) {
                        (false, _) => soft,
                        (true, false) => hard,
                        (true, true) => narrowing,
                    };
                    stroke(&mut mesh, from, to, color);
                }
            }
        }
        mesh
    }
}

/// The point of the screen on which a point of the map falls, counted from the map's origin: the same when the map is
/// moved, so that what is left out stays out.
fn place(at: Point, zoom: f32) -> [i32; 2] {
    [at.x, at.y].map(|along| (along * zoom).floor() as i32)
}

/// Places on the screen, or pairs of them, that something was painted at: what would be painted there again is left out.
///
/// Kept are numbers of 64 bits that are mixed from the places. With 100,000 of them the chance that any two places have the
/// same one, and something is left out that should not be, is one in four billion.
#[derive(Default)]
struct Places {
    /// A power of two of them, at most half of which are taken; 0 is free.
    slots: Vec<u64>,
    taken: usize,
}

impl Places {
    /// Notes it; true when it is new.
    fn is_new(&mut self, places: &[[i32; 2]]) -> bool {
        let mix = |sum: u64, [x, y]: &[i32; 2]| split_mix(sum ^ (u64::from(*x as u32) << 32 | u64::from(*y as u32)));
        let number = places.iter().fold(0, mix).max(1);
        if 2 * self.taken >= self.slots.len() {
            let grown = (4 * self.taken).next_power_of_two().max(1024);
            let before = std::mem::replace(&mut self.slots, vec![0; grown]);
            self.taken = 0;
            for number in before.into_iter().filter(|number| *number > 0) {
                self.put(number);
            }
        }
        self.put(number)
    }

    fn put(&mut self, number: u64) -> bool {
        let last = self.slots.len() - 1;
        let mut at = number as usize & last;
        while self.slots[at] != 0 && self.slots[at] != number {
            at = (at + 1) & last;
        }
        let is_new = self.slots[at] == 0;
        self.slots[at] = number;
        self.taken += usize::from(is_new);
        is_new
    }
}

/// The colours of inks; neighbours mostly have the same.
struct Inks {
    theme: Theme,
    strength: f32,
    last: Option<(Ink, Color32)>,
}

impl Inks {
    fn new(theme: Theme, strength: f32) -> Self {
        Self { theme, strength, last: None }
    }

    fn color(&mut self, ink: Ink) -> Color32 {
        match self.last {
            Some((last, color)) if last == ink => color,
            _ => {
                let color = super::paint::color(self.theme, ink).gamma_multiply(self.strength);
                self.last = Some((ink, color));
                color
            }
        }
    }
}

/// A step to the side of a line, so long.
fn aside(from: Pos2, to: Pos2, half: f32) -> egui::Vec2 {
    let along = to - from;
    let length = along.length();
    if length > 0.0 { along.rot90() * (half / length) } else { egui::Vec2::ZERO }
}

fn corner(pos: Pos2, color: Color32) -> Vertex {
    Vertex { pos, uv: WHITE_UV, color }
}

/// A line with hard edges: four corners.
fn hard(mesh: &mut Mesh, from: Pos2, to: Pos2, color: Color32) {
    let (side, first) = (aside(from, to, HALF), mesh.vertices.len() as u32);
    mesh.vertices.extend([from + side, from - side, to + side, to - side].map(|pos| corner(pos, color)));
    mesh.indices.extend([0, 1, 2, 1, 2, 3].map(|at| first + at));
}

/// A short line with hard edges, which narrows from the supplier to the customer: three corners.
fn narrowing(mesh: &mut Mesh, from: Pos2, to: Pos2, color: Color32) {
    let (side, first) = (aside(from, to, 2.0 * HALF), mesh.vertices.len() as u32);
    mesh.vertices.extend([from + side, from - side, to].map(|pos| corner(pos, color)));
    mesh.indices.extend([0, 1, 2].map(|at| first + at));
}

/// A line that fades out to both sides: six corners.
fn soft(mesh: &mut Mesh, from: Pos2, to: Pos2, color: Color32) {
    let (side, first) = (aside(from, to, 2.0 * HALF), mesh.vertices.len() as u32);
    let ends = [from, to].map(|pos| {
        let edge = |pos| corner(pos, Color32::TRANSPARENT);
        [edge(pos + side), corner(pos, color), edge(pos - side)]
    });
    mesh.vertices.extend(ends.as_flattened());
    mesh.indices.extend([0, 1, 3, 1, 3, 4, 1, 2, 4, 2, 4, 5].map(|at| first + at));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_found_after_others_went() {
        let mut kept = Kept::default();
        for id in 0..6_u8 {
            kept.set(id, Some(id * 10));
        }
        for gone in [2, 5, 0] {
            kept.set(gone, None);
        }
        kept.set(3, Some(33));
        kept.set(9, Some(90));
        kept.set(7, None);
        let mut all: Vec<(u8, u8)> = kept.records.clone();
        all.sort_unstable();
        assert_eq!(all, [(1, 10), (3, 33), (4, 40), (9, 90)]);
        assert!(kept.at.iter().all(|(id, at)| kept.records[*at].0 == *id) && kept.at.len() == 4);
    }

    #[test]
    fn places_are_new_once() {
        let (mut places, mut seen) = (Places::default(), std::collections::BTreeSet::new());
        let mut number = 7_u64;
        for _ in 0..20_000 {
            number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let pair = [[(number >> 33) as i32 % 9 - 4, (number >> 40) as i32 % 50], [(number >> 50) as i32 % 30, -1]];
            assert_eq!(places.is_new(&pair), seen.insert(pair), "{pair:?}");
        }
        assert_eq!(places.taken, seen.len());
        assert!(places.is_new(&[[1, 2]]) && places.is_new(&[[2, 1]]) && !places.is_new(&[[1, 2]]));
    }

    #[test]
    fn a_place_stays_the_same_where_the_map_is_moved_to() {
        assert_eq!(place(pt(-1.0, 250.0), 0.01), [-1, 2]);
        assert_eq!(place(pt(f32::NAN, f32::INFINITY), 0.01), [0, i32::MAX]);
    }

    #[test]
    fn a_line_is_as_wide_as_it_should_be() {
        for (stroke, share) in [(hard as fn(&mut Mesh, Pos2, Pos2, Color32), 1.0), (narrowing, 0.5), (soft, 0.5)] {
            let mut mesh = Mesh::default();
            stroke(&mut mesh, egui::pos2(0.0, 0.0), egui::pos2(30.0, 40.0), Color32::RED);
            stroke(&mut mesh, egui::pos2(3.0, 4.0), egui::pos2(3.0, 4.0), Color32::RED);
            assert!(mesh.is_valid() && mesh.vertices.iter().all(|v| v.pos.is_finite()));
            // The colour over a cut across the line, as wide as the line is on the whole.
            let half = mesh.vertices.iter().map(|v| (v.pos.x * 40.0 - v.pos.y * 30.0).abs() / 50.0).fold(0.0, f32::max);
            assert!((2.0 * half * share - 2.0 * HALF).abs() < 1e-5, "{half}");
        }
    }
}
