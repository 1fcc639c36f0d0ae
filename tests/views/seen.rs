//! What is on a drawing: its words and boxes, and whether they keep clear of each other.

use peel::files::samples::Sample;
use peel::geom::{Point, Rect, pt};
use peel::model::{Document, Subject, ViewChoice, ViewKind};
use peel::scene::drawing::{Drawing, Placed};
use peel::scene::{Align, Group, Item, Scene, Segment};

/// Every text with the rectangle it fills.
pub fn texts<'a>(items: impl IntoIterator<Item = &'a Item>) -> impl Iterator<Item = (Rect, &'a str)> {
    items.into_iter().filter_map(|item| match item {
        Item::Text { at, align, size, width, text, .. } => {
            let left = match align {
                Align::Left => at.x,
                Align::Center => at.x - width / 2.0,
                Align::Right => at.x - width,
            };
            let rect = Rect { min: pt(left, at.y - size * 0.75), max: pt(left + width, at.y + size * 0.2) };
            Some((rect, &**text))
        }
        _ => None,
    })
}

/// A text without spaces, as lines are wrapped at these.
pub fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The words of each group, its lines joined.
pub fn all_texts(drawing: &Drawing, document: &Document) -> Vec<String> {
    let groups = drawing.groups(document, None);
    groups.iter().map(|group| texts(&group.items).map(|(_, text)| bare(text)).collect()).collect()
}

/// True when no number of the shape is infinite or none.
fn is_number(item: &Item) -> bool {
    let finite = |points: &[Point]| points.iter().all(|p| p.is_finite());
    match item {
        Item::Rect { rect, radius, .. } => finite(&[rect.min, rect.max]) && radius.is_finite(),
        Item::Path { segments, .. } => segments.iter().all(|segment| match *segment {
            Segment::Move(p) | Segment::Line(p) => p.is_finite(),
            Segment::Cubic(a, b, c) => finite(&[a, b, c]),
            Segment::Close => true,
        }),
        Item::Text { at, size, width, .. } => at.is_finite() && size.is_finite() && width.is_finite(),
    }
}

/// True when every number of the groups is one.
fn are_numbers(groups: &[Group]) -> bool {
    groups.iter().all(|group| {
        group.bounds.is_none_or(|bounds| bounds.min.is_finite() && bounds.max.is_finite())
            && group.items.iter().all(is_number)
    })
}

/// True when every number of the picture is one.
pub fn is_finite(scene: &Scene) -> bool {
    scene.bounds.is_none_or(|bounds| bounds.min.is_finite() && bounds.max.is_finite()) && are_numbers(&scene.groups)
}

/// The first two rectangles that share more than a hair's breadth, with their names.
pub fn collision(boxes: &mut [(Rect, String)]) -> Option<String> {
    boxes.sort_by(|a, b| a.0.min.x.total_cmp(&b.0.min.x));
    for (i, (a, name)) in boxes.iter().enumerate() {
        let near = boxes[i + 1..].iter().take_while(|(b, _)| b.min.x < a.max.x - 0.5);
        if let Some((b, other)) = near.into_iter().find(|(b, _)| a.expand(-0.25).intersects(&b.expand(-0.25))) {
            return Some(format!("{name} {a:?} and {other} {b:?}"));
        }
    }
    None
}

/// What must hold of every drawing.
pub fn assert_is_sound(drawing: &Drawing, document: &Document, choice: &ViewChoice, name: &str) {
    let what = format!("{name} {:?} {:?} {:?} {:?}", choice.kind, choice.flow, choice.mode, choice.centre);
    assert!(are_numbers(&drawing.groups(document, None)), "{what}");
    let mut boxes: Vec<(Rect, String)> =
        drawing.cards.iter().map(|(id, placed)| (placed.rect(), document.name_of(*id))).collect();
    for placed in drawing.cards.values() {
        let Placed { card, place } = placed;
        let items: Vec<Item> = card.items().collect();
        for (rect, text) in texts(&items) {
            assert!(
                placed.rect().expand(0.5).contains_rect(&rect.translate(*place)),
                "{what}: “{text}” is on its card"
            );
        }
    }
    for (id, arrow) in &drawing.arrows {
        let handoff = document.handoff(*id).map(|h| document.describe(h)).unwrap_or_default();
        assert!(arrow.path.bounds().min.is_finite() && arrow.path.bounds().max.is_finite(), "{what}: {handoff}");
        for (rect, text) in texts(&arrow.label()).filter(|(_, text)| *text != "!") {
            assert!(
                arrow.label_area.expand(1.0).contains_rect(&rect),
                "{what}: “{text}” {rect:?} {:?}",
                arrow.label_area
            );
        }
        // On the free map arrows run where a person put the cards; the samples are put well.
        let is_put_well = choice.kind != ViewKind::Map || Sample::find(name).is_some();
        if arrow.has_words() && is_put_well {
            boxes.push((arrow.label_area, handoff));
        }
    }
    for group in &drawing.above {
        let bounds = group.bounds.expect("bounds");
        for (rect, text) in texts(&group.items) {
            assert!(bounds.expand(0.5).contains_rect(&rect), "{what}: “{text}” {rect:?} {bounds:?}");
        }
        if drawing.table.is_none() {
            boxes.push((bounds, texts(&group.items).map(|(_, text)| text).collect()));
        }
    }
    assert_eq!(collision(&mut boxes), None, "{what}");
    lanes_hold(drawing, &what);
    cells_hold(drawing, &what);
    words_hold(drawing, choice, &what);
}

/// Lanes lie apart and hold their names and, left to right, all cards.
fn lanes_hold(drawing: &Drawing, what: &str) {
    if drawing.lanes.is_empty() {
        return;
    }
    for (i, lane) in drawing.lanes.iter().enumerate() {
        let apart = |other: &Rect| !lane.rect.expand(-0.5).intersects(&other.expand(-0.5));
        assert!(drawing.lanes[i + 1..].iter().all(|other| apart(&other.rect)), "{what}");
        for (rect, text) in texts(&drawing.behind[i].items) {
            assert!(lane.head.contains_rect(&rect), "{what}: “{text}” {rect:?} {:?}", lane.head);
        }
    }
    for placed in drawing.cards.values() {
        let homes = drawing.lanes.iter().filter(|lane| lane.rect.contains_rect(&placed.rect())).count();
        assert_eq!(homes, 1, "{what}: {placed:?}");
    }
}

/// The words of a table are in its cells and clear of each other.
fn cells_hold(drawing: &Drawing, what: &str) {
    let Some(table) = &drawing.table else { return };
    let mut cells: Vec<(Rect, String)> = table.cells.iter().map(|cell| (cell.rect, String::new())).collect();
    assert_eq!(collision(&mut cells), None, "{what}");
    cells.sort_by(|a, b| a.0.min.y.total_cmp(&b.0.min.y));
    for group in &drawing.behind {
        let mut words: Vec<(Rect, String)> = texts(&group.items).map(|(rect, text)| (rect, text.to_owned())).collect();
        for (rect, text) in &words {
            // From the nearest above upwards: soon found, as cells are many.
            let above = cells.partition_point(|(cell, _)| cell.min.y <= rect.max.y);
            let home = cells[..above].iter().rev().find(|(cell, _)| cell.contains_rect(&rect.expand(-0.25)));
            assert!(home.is_some(), "{what}: “{text}” is in a cell");
        }
        assert_eq!(collision(&mut words), None, "{what}");
    }
}

/// The words of a chart are clear of each other, and those of each of its groups within it.
pub fn words_hold(drawing: &Drawing, choice: &ViewChoice, what: &str) {
    if !is_chart(choice.kind) {
        return;
    }
    let mut words = Vec::new();
    for group in &drawing.behind {
        for (rect, text) in texts(&group.items) {
            let bounds = group.bounds.expect("bounds");
            assert!(bounds.expand(0.5).contains_rect(&rect), "{what}: “{text}” {rect:?} {bounds:?}");
            words.push((rect, text.to_owned()));
        }
    }
    assert_eq!(collision(&mut words), None, "{what}");
    // A wait lies on the row of the party that waits.
    for is_party in [true, false] {
        let of_kind = |subject: &Subject| matches!(subject, Subject::Party(_)) == is_party;
        let rows = drawing.rows().filter(|(subject, ..)| of_kind(subject));
        let mut rows: Vec<(Rect, String)> = rows.map(|(_, rect, group)| (rect, group.title.to_string())).collect();
        assert_eq!(collision(&mut rows), None, "{what}: what can be clicked");
    }
}

/// A drawing of figures without cards and arrows.
pub fn is_chart(kind: ViewKind) -> bool {
    matches!(kind, ViewKind::Snowball | ViewKind::Timeline)
}
