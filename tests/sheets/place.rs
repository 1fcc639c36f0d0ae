//! My place of every party of a map: nothing collides, nothing is missing.

use peel::files::samples;
use peel::geom::{Rect, pt};
use peel::model::{Document, Edit, Handoff, HandoffId, IdGen, Party, PartyId, PartyKind, Subject};
use peel::scene::drawing::Placed;
use peel::scene::place::place;
use peel::scene::text::Fonts;
use peel::scene::{Align, Item};

use super::map::thirty;

fn maps() -> Vec<Document> {
    samples::ALL.iter().map(|sample| sample.open()).chain([thirty(), knots()]).collect()
}

/// A party with two handoffs from one supplier, one back to it, open ends on both sides, and nothing else.
fn knots() -> Document {
    let (mut ids, mut document) = (IdGen::new(1, 9), Document::default());
    let [me, mill, lonely]: [PartyId; 3] = std::array::from_fn(|_| ids.make());
    let mut edits = Vec::new();
    for (id, name) in [(me, "Me"), (mill, "Mill"), (lonely, "Lonely")] {
        let promise = if id == me { "You have it by noon".into() } else { String::new() };
        edits.push(Edit::PutParty(id, Party { promise, ..Party::named(name, PartyKind::Process) }));
        edits.push(Edit::Place(id, pt(0.0, 0.0)));
    }
    for (from, to, item) in [
        (Some(mill), Some(me), "Flour"),
        (Some(mill), Some(me), ""),
        (None, Some(me), "An item of which the name is so long that nobody would ever read all of it in one line"),
        (None, Some(me), "Water"),
        (Some(me), Some(mill), "Order"),
        (Some(me), None, "Crumbs"),
    ] {
        edits.push(Edit::PutHandoff(ids.make(), Handoff::between(from, to, item)));
    }
    document.apply(edits).expect("sound");
    document
}

fn texts(items: &[Item]) -> impl Iterator<Item = (Rect, &str)> {
    items.iter().filter_map(|item| match item {
        Item::Text { at, align, size, width, text, .. } => {
            let left = match align {
                Align::Left => at.x,
                Align::Center => at.x - width / 2.0,
                Align::Right => at.x - width,
            };
            let rect = Rect { min: pt(left, at.y - size * 0.75), max: pt(left + width, at.y + size * 0.25) };
            Some((rect, &**text))
        }
        _ => None,
    })
}

#[test]
fn nothing_is_missing_and_nothing_collides() {
    let fonts = Fonts::bundled();
    for document in maps() {
        for (id, _) in document.parties() {
            let drawing = place(&document, id, &fonts);
            let shown: Vec<HandoffId> = drawing.arrows.keys().copied().collect();
            assert_eq!(shown, document.handoffs_of(id).map(|(id, _)| id).collect::<Vec<_>>());
            let mut boxes: Vec<Rect> = drawing.cards.values().map(Placed::rect).collect();
            boxes.extend(drawing.behind.iter().filter_map(|group| group.bounds));
            let mut words = Vec::new();
            for arrow in drawing.arrows.values() {
                assert!(arrow.bounds.contains_rect(&arrow.label_area));
                for (rect, text) in texts(&arrow.label()) {
                    assert!(arrow.label_area.expand(1.0).contains_rect(&rect), "“{text}” {rect:?}");
                    words.push(rect);
                }
            }
            boxes.extend(words.iter().copied());
            for (i, a) in boxes.iter().enumerate() {
                let hit = boxes[i + 1..].iter().find(|b| a.expand(-0.5).intersects(&b.expand(-0.5)));
                assert_eq!(hit, None, "{a:?} at {}", document.name_of(id));
            }
            for arrow in drawing.arrows.values() {
                let hit = arrow.path.points(40).find(|p| words.iter().any(|rect| rect.expand(-0.5).contains(*p)));
                assert_eq!(hit, None, "a line through words at {}", document.name_of(id));
            }
        }
    }
}

#[test]
fn open_ends_empty_sides_and_parties_on_both_sides_are_shown() {
    let (document, fonts) = (knots(), Fonts::bundled());
    let id = |name: &str| document.parties().find(|(_, p)| p.name == name).expect(name).0;
    let drawing = place(&document, id("Me"), &fonts);
    let labels: Vec<_> = drawing.arrows.values().map(|arrow| arrow.label()).collect();
    let said: Vec<&str> = labels.iter().flat_map(|label| texts(label)).map(|(_, text)| text).collect();
    assert_eq!(said.iter().filter(|text| **text == "nobody yet").count(), 3);
    assert!(said.contains(&"unnamed item") && said.contains(&"nothing was said yet"));
    let left = drawing.behind.iter().find(|group| group.subject == Some(Subject::Party(id("Mill")))).expect("a group");
    let right = drawing.cards[&id("Mill")].place;
    assert!(left.bounds.expect("bounds").max.x < 0.0 && right.x > 0.0);
    let lonely = place(&document, id("Lonely"), &fonts);
    let hints: Vec<&str> = lonely.behind.iter().flat_map(|group| texts(&group.items)).map(|(_, text)| text).collect();
    assert!(hints.contains(&"Who feeds you?") && hints.contains(&"Whom do you feed?"), "{hints:?}");
    assert!(place(&document, PartyId::parse("nobody").expect("id"), &fonts).is_empty());
}

#[test]
fn requirements_are_said_with_target_and_state() {
    let (document, fonts) = (samples::ALL[0].open(), Fonts::bundled());
    let transport = document.parties().find(|(_, p)| p.name == "Transport").expect("there").0;
    let drawing = place(&document, transport, &fonts);
    let labels: Vec<_> = drawing.arrows.values().map(|arrow| arrow.label()).collect();
    let said: Vec<&str> = labels.iter().flat_map(|label| texts(label)).map(|(_, text)| text).collect();
    let all = said.join(" ").replace('\u{a0}', " ");
    assert!(all.contains("✗ Request form complete: ≥ 95 %, is 27.6 % ? Racks arrive cool"), "{all}");
    assert!(all.contains("gets ≈ 98 % C&A · wait 1 h"), "{all}");
}
