//! A state of the map held against an earlier one: what is new, what is other and what is gone, marked on the drawing.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Against, Ask};
use crate::geom::{Point, pt};
use crate::model::{Document, Edit, Subject, ViewKind};
use crate::scene::drawing::{Drawing, Entry};
use crate::scene::handoff::{Arrow, Shapes};
use crate::scene::map::MapScene;
use crate::scene::marks::Difference;
use crate::scene::{Group, Ink, Item};

/// What is different between two states of a map.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Differences {
    /// What is only in the later one.
    pub added: BTreeSet<Subject>,
    /// What is only in the earlier one.
    pub removed: BTreeSet<Subject>,
    /// What is in both, and other. A card that only moved is not.
    pub changed: BTreeSet<Subject>,
}

impl Differences {
    /// How something differs.
    pub fn of(&self, subject: Subject) -> Option<Difference> {
        let kinds = [(&self.added, Difference::Added), (&self.changed, Difference::Changed)];
        kinds.into_iter().find(|(set, _)| set.contains(&subject)).map(|(_, kind)| kind)
    }

    /// True when nothing differs.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

/// What is different from one state of a map to another. Takes time in the size of the difference when one came from the
/// other.
pub fn differences(before: &Document, after: &Document) -> Differences {
    let mut found = Differences::default();
    for edit in before.each_edit_to(after) {
        let subject = match edit {
            Edit::PutParty(id, _) | Edit::RemoveParty(id) => Subject::Party(id),
            Edit::PutHandoff(id, _) | Edit::RemoveHandoff(id) => Subject::Handoff(id),
            _ => continue,
        };
        let set = match (before.has(subject), after.has(subject)) {
            (true, true) => &mut found.changed,
            (true, false) => &mut found.removed,
            _ => &mut found.added,
        };
        set.insert(subject);
    }
    found
}

/// Marks on the drawing what differs from the state it is held against.
pub(super) fn mark(drawing: &mut Drawing, ask: &Ask<'_>) {
    let Some(Against { before, .. }) = ask.against else { return };
    let found = differences(before, ask.document);
    for (id, placed) in &mut drawing.cards {
        if let Some(kind) = found.of(Subject::Party(*id)) {
            let corner = placed.card.rect(Point::default()).min + pt(2.0, 1.0);
            let mut words = placed.card.words();
            words.extend(kind.draw(corner));
            let mut card = placed.card.with_words(words);
            card.block = Ink::Accent;
            placed.card = Arc::new(card);
        }
    }
    for (id, arrow) in &mut drawing.arrows {
        if let Some(kind) = found.of(Subject::Handoff(*id)) {
            let mut shapes = arrow.shapes();
            shapes.label.extend(kind.draw(beside_words(arrow)));
            *arrow = Arc::new((**arrow).clone().drawn_as(shapes));
        }
    }
    let gone = if ask.choice.kind == ViewKind::Map { ghosts(drawing, ask, before, &found) } else { false };
    key(drawing, before, &found, gone);
}

/// Where the mark of an arrow stands: before its words, which would hide it on the line; in the middle without words.
fn beside_words(arrow: &Arrow) -> Point {
    let area = arrow.label_area;
    if !arrow.has_words() || area.is_nothing() { arrow.path.at(0.5) } else { pt(area.min.x - 9.0, area.min.y + 7.0) }
}

/// Paints what is gone where it stood, pale, behind the rest; false when there is none.
fn ghosts(drawing: &mut Drawing, ask: &Ask<'_>, before: &Document, found: &Differences) -> bool {
    if found.removed.is_empty() {
        return false;
    }
    let wanted = |subject: Subject| found.removed.contains(&subject);
    // Only what is gone and its neighbours are measured, not the whole map.
    let mut near = BTreeSet::new();
    for subject in &found.removed {
        match subject {
            Subject::Party(id) => near.extend([*id]),
            Subject::Handoff(id) => {
                let ends = before.handoff(*id).map(|h| [h.supplier, h.customer]);
                near.extend(ends.into_iter().flatten().flatten());
            }
        }
    }
    let mut part = Document::default();
    let parties = near.iter().filter_map(|id| Some((*id, before.party(*id)?, before.place(*id)?)));
    let mut edits: Vec<Edit> =
        parties.flat_map(|(id, party, at)| [Edit::PutParty(id, (**party).clone()), Edit::Place(id, at)]).collect();
    let handoffs = found.removed.iter().filter_map(|subject| match subject {
        Subject::Handoff(id) => Some(Edit::PutHandoff(*id, (**before.handoff(*id)?).clone())),
        Subject::Party(_) => None,
    });
    edits.extend(handoffs);
    if part.apply(edits).is_err() {
        return false;
    }
    let scene = MapScene::of(&part, ask.fonts);
    let pale = |item: &Item| item.inked(faded);
    let mut groups = Vec::new();
    for (id, arrow) in &scene.drawing().arrows {
        if wanted(Subject::Handoff(*id)) {
            let Shapes { line, label } = arrow.shapes();
            let mut items: Vec<Item> = line.iter().chain(&label).map(pale).collect();
            items.extend(Difference::Removed.draw(beside_words(arrow)));
            groups.push(Group { bounds: Some(arrow.bounds), items, ..Group::default() });
        }
    }
    for (id, placed) in &scene.drawing().cards {
        if wanted(Subject::Party(*id)) {
            let mut items: Vec<Item> = placed.card.items().map(|item| pale(&item).translated(placed.place)).collect();
            items.extend(Difference::Removed.draw(placed.rect().min + pt(2.0, 1.0)));
            groups.push(Group { bounds: Some(placed.rect()), items, ..Group::default() });
        }
    }
    let any = !groups.is_empty();
    drawing.behind.extend(groups.into_iter().map(Arc::new));
    any
}

/// What an ink becomes of what is not there any more.
fn faded(ink: Ink) -> Ink {
    match ink {
        Ink::Halo => Ink::Halo,
        Ink::Card | Ink::CustomerCard | Ink::SupplierCard | Ink::WarnSoft | Ink::Paper | Ink::Shadow => Ink::Paper,
        _ => Ink::Pale,
    }
}

/// What the marks mean, and what is gone where it cannot be shown.
fn key(drawing: &mut Drawing, before: &Document, found: &Differences, ghosts: bool) {
    let entry = |kind: Difference| Entry { swatch: kind.draw(Point::default()), text: kind.title().to_owned() };
    if !found.added.is_empty() {
        drawing.key.push(entry(Difference::Added));
    }
    if !found.changed.is_empty() {
        drawing.key.push(entry(Difference::Changed));
    }
    if ghosts {
        drawing.key.push(entry(Difference::Removed));
    } else if !found.removed.is_empty() {
        const MOST: usize = 5;
        let parties = found.removed.iter().filter_map(|subject| match subject {
            Subject::Party(id) => Some(before.name_of(*id)),
            Subject::Handoff(id) => {
                // One that went with its party is not named beside it.
                let handoff = before.handoff(*id)?;
                let ends = handoff.known_ends();
                let alone = ends.map(Subject::Party).all(|end| !found.removed.contains(&end));
                alone.then(|| before.describe(handoff))
            }
        });
        let names: Vec<String> = parties.collect();
        let more = if names.len() > MOST { format!(" and {} more", names.len() - MOST) } else { String::new() };
        let names = names.into_iter().take(MOST).collect::<Vec<_>>().join(", ");
        let Entry { swatch, text } = entry(Difference::Removed);
        drawing.key.push(Entry { swatch, text: format!("{text}: {names}{more}") });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Handoff, HandoffId, Party, PartyId, PartyKind, ViewChoice};
    use crate::scene::text::Fonts;

    fn party(id: &str) -> PartyId {
        PartyId::parse(id).unwrap()
    }

    fn add(id: &str, x: f32) -> [Edit; 2] {
        [Edit::PutParty(party(id), Party::named(id, PartyKind::Process)), Edit::Place(party(id), pt(x, 0.0))]
    }

    fn hand(id: &str, from: &str, to: &str) -> Edit {
        let handoff = Handoff::between(Some(party(from)), Some(party(to)), id);
        Edit::PutHandoff(HandoffId::parse(id).unwrap(), handoff)
    }

    #[test]
    fn what_comes_goes_and_changes_is_told_apart_and_marked() {
        let mut before = Document::default();
        before.apply([add("a", 0.0), add("b", 300.0), add("c", 600.0)].concat()).unwrap();
        before.apply(vec![hand("x", "a", "b"), hand("y", "b", "c")]).unwrap();
        let mut after = before.clone();
        let mut edits = add("d", 900.0).to_vec();
        edits.extend([Edit::RemoveParty(party("b")), hand("z", "a", "c"), Edit::Place(party("a"), pt(0.0, 50.0))]);
        edits.push(Edit::PutParty(party("c"), Party::named("C!", PartyKind::Process)));
        after.apply(edits).unwrap();
        let found = differences(&before, &after);
        let handoff = |id: &str| Subject::Handoff(HandoffId::parse(id).unwrap());
        assert_eq!(found.added, [Subject::Party(party("d")), handoff("z")].into());
        assert_eq!(found.removed, [Subject::Party(party("b")), handoff("x"), handoff("y")].into());
        assert_eq!(found.changed, [Subject::Party(party("c"))].into(), "a card that only moved is not");

        let fonts = Fonts::bundled();
        let against = Against { before: before.clone(), words: String::new() };
        let (choice, emphasis) = (ViewChoice::default(), BTreeSet::new());
        let ask = Ask {
            document: &after,
            choice: &choice,
            fonts: &fonts,
            is_live: true,
            emphasis: &emphasis,
            before: None,
            against: Some(&against),
        };
        let marked = super::super::draw(&ask);
        let plain = super::super::draw(&Ask { against: None, ..ask });
        let more = |id: &str| {
            let items = |drawing: &Drawing| drawing.cards[&party(id)].card.items().count();
            items(&marked) - items(&plain)
        };
        assert!(more("d") > 0 && more("c") > 0, "marked");
        assert_eq!(more("a"), 0, "not marked");
        assert_eq!(marked.behind.len(), 3, "one card and two arrows that are gone");
        let ghosts = marked.behind.iter().filter_map(|group| group.bounds).reduce(|a, b| a.union(&b)).unwrap();
        assert!(ghosts.contains(pt(300.0, 0.0)), "where it stood: {ghosts:?}");
        let legend: Vec<&str> = marked.key.iter().map(|entry| entry.text.as_str()).collect();
        assert_eq!(legend, ["New", "Changed", "Gone"]);
        let chain = ViewChoice { kind: ViewKind::Chain, ..ViewChoice::default() };
        let arranged = super::super::draw(&Ask { choice: &chain, ..ask });
        assert!(arranged.key.iter().any(|entry| entry.text == "Gone: b"), "{:?}", arranged.key);
    }
}
