//! What changed in a saved view.

use super::{Changes, quoted};
use crate::model::{Document, ListColumn, PartyId, SavedView, SipocColumn, ViewChoice, ViewId};

/// A saved view in a sentence.
pub(in crate::model) fn called(view: &SavedView) -> String {
    if view.name.trim().is_empty() { "unnamed view".into() } else { format!("view {}", quoted(&view.name)) }
}

/// The lines about a view that was added or replaced.
pub(super) fn put(id: ViewId, new: &SavedView, before: &Document, after: &Document, lines: &mut Vec<String>) {
    let Some(old) = before.view(id) else {
        lines.push(format!("{} added", called(new)));
        return;
    };
    let SavedView { name, notes, choice, area, emphasis, rank } = &**old;
    let of = called(old);
    let mut changes = Changes { of: of.clone(), lines };
    changes.text("name", name, &new.name);
    changes.text("notes", notes, &new.notes);
    choice_changed((choice, before), (&new.choice, after), &mut changes);
    if *area != new.area {
        lines.push(format!("{of}: the part that is seen changed"));
    }
    if *emphasis != new.emphasis {
        lines.push(format!("{of}: what stands out changed"));
    }
    if *rank != new.rank {
        lines.push(format!("{of}: place in the order changed"));
    }
}

fn choice_changed(before: (&ViewChoice, &Document), after: (&ViewChoice, &Document), changes: &mut Changes<'_>) {
    let (old, new) = (before.0, after.0);
    let ViewChoice { kind, flow, mode, figure, centre, customer, layers, filter, sort, list_sort, spotlight } = old;
    changes.word("view", kind.title(), new.kind.title());
    changes.word("direction", flow.id(), new.flow.id());
    changes.word("layers by", mode.id(), new.mode.id());
    changes.word("figure", figure.title(), new.figure.title());
    let party = |document: &Document, id: Option<PartyId>| id.map_or_else(|| "none".into(), |id| document.name_of(id));
    // Compared by id: a renamed party is a change of the party.
    let named = [
        ("centre", *centre, new.centre),
        ("figures of", *customer, new.customer),
        ("spotlight", *spotlight, new.spotlight),
    ];
    for (field, from, to) in named {
        if from != to {
            changes.shown(field, &party(before.1, from), &party(after.1, to));
        }
    }
    let up_to = |layers: Option<usize>| layers.map_or_else(|| "all".into(), |layers| layers.to_string());
    changes.word("layers shown", &up_to(*layers), &up_to(new.layers));
    changes.text("filter", filter, &new.filter);
    let by = |sort: Option<(&str, bool)>| match sort {
        None => "usual".to_owned(),
        Some((column, down)) => format!("{column}{}", if down { ", from the last" } else { "" }),
    };
    let sipoc = |sort: Option<(SipocColumn, bool)>| by(sort.map(|(column, down)| (column.title(), down)));
    changes.word("order", &sipoc(*sort), &sipoc(new.sort));
    let list = |sort: Option<(ListColumn, bool)>| by(sort.map(|(column, down)| (column.title(), down)));
    changes.word("order of handoffs", &list(*list_sort), &list(new.list_sort));
}

#[cfg(test)]
mod tests {
    use super::super::difference;
    use super::*;
    use crate::geom::{Rect, pt};
    use crate::model::{Edit, Figure, Flow, LayerMode, Party, PartyKind, Subject, ViewKind};

    type Change = (fn(&mut SavedView), &'static str);

    fn sales() -> PartyId {
        PartyId::parse("sales").unwrap()
    }

    fn step() -> ViewId {
        ViewId::parse("step").unwrap()
    }

    fn small() -> Document {
        let mut document = Document::default();
        let edits = vec![
            Edit::PutParty(sales(), Party::named("Sales", PartyKind::Process)),
            Edit::Place(sales(), pt(0.0, 0.0)),
            Edit::PutView(step(), SavedView { name: "First".into(), ..SavedView::default() }),
        ];
        document.apply(edits).expect("sound");
        document
    }

    fn changed(edits: Vec<Edit>) -> Vec<String> {
        let before = small();
        let mut after = before.clone();
        after.apply(edits).expect("sound");
        difference(&before, &after)
    }

    #[test]
    fn every_field_of_a_view_has_its_words() {
        let table: [Change; 16] = [
            (|v| v.name = "Start".into(), "name “First” → “Start”"),
            (|v| v.notes = "Hello".into(), "notes nothing → “Hello”"),
            (|v| v.choice.kind = ViewKind::Onion, "view Map → Onion"),
            (|v| v.choice.flow = Flow::Down, "direction right → down"),
            (|v| v.choice.mode = LayerMode::Longest, "layers by nearest → longest"),
            (|v| v.choice.figure = Figure::Wait, "figure State → Wait"),
            (|v| v.choice.centre = Some(sales()), "centre none → Sales"),
            (|v| v.choice.customer = Some(sales()), "figures of none → Sales"),
            (|v| v.choice.spotlight = Some(sales()), "spotlight none → Sales"),
            (|v| v.choice.layers = Some(2), "layers shown all → 2"),
            (|v| v.choice.filter = "Ops".into(), "filter nothing → “Ops”"),
            (|v| v.choice.sort = Some((SipocColumn::Input, false)), "order usual → Inputs"),
            (|v| v.choice.list_sort = Some((ListColumn::Wait, true)), "order of handoffs usual → Wait, from the last"),
            (|v| v.area = Some(Rect { min: pt(0.0, 0.0), max: pt(1.0, 1.0) }), "the part that is seen changed"),
            (|v| v.emphasis = vec![Subject::Party(sales())], "what stands out changed"),
            (|v| v.rank = 7, "place in the order changed"),
        ];
        for (change, words) in table {
            let mut view = (**small().view(step()).unwrap()).clone();
            change(&mut view);
            assert_eq!(changed(vec![Edit::PutView(step(), view)]), [format!("view “First”: {words}")]);
        }
    }

    #[test]
    fn views_that_come_and_go_are_named() {
        let new = ViewId::parse("new").unwrap();
        assert_eq!(changed(vec![Edit::PutView(new, SavedView::default())]), ["unnamed view added"]);
        assert_eq!(changed(vec![Edit::RemoveView(step())]), ["view “First” removed"]);
    }
}
