//! Any map in any view with any choice: never a panic, never a number that is none, never a card on another.

use std::collections::BTreeSet;

use peel::geom::{Rect, pt};
use peel::model::ops::sipoc::Column;
use peel::model::{
    Agreement, Document, Edit, Figure, Flow, Handoff, HandoffKind, History, Id, IdGen, Known, LayerMode, ListColumn,
    Operator, Party, PartyId, PartyKind, Requirement, RequirementId, SavedView, Subject, ViewChoice, ViewKind,
};
use peel::scene::drawing::Placed;
use peel::scene::picture::PictureOptions;
use peel::scene::text::Fonts;
use peel::views::{self, Ask, Look};
use proptest::prelude::*;

use crate::seen::{collision, is_finite, words_hold};

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[A-Z][a-z]{2,9}( [a-z]{2,9}){0,3}",
        1 => Just(String::new()),
        1 => Just("Ω≈ 数 \u{202e}abc\u{202c} \u{200d}👩\u{200d}🔧 </svg>&amp;\"".to_owned()),
        1 => Just("x".repeat(400)),
        1 => Just("two\nlines\tand a tab".to_owned()),
    ]
}

fn number(largest: f64) -> impl Strategy<Value = Option<f64>> {
    prop_oneof![2 => Just(None), 1 => Just(Some(0.0)), 4 => (0.0..largest).prop_map(Some), 1 => Just(Some(largest))]
}

fn party() -> impl Strategy<Value = Party> {
    let department =
        prop_oneof![Just(String::new()), Just(" Sales ".into()), Just("Quality <assurance>".into()), name()];
    let kind =
        prop_oneof![3 => Just(PartyKind::Process), 1 => Just(PartyKind::Customer), 1 => Just(PartyKind::Supplier)];
    (name(), kind, department, number(1e6), any::<Option<bool>>()).prop_map(|(name, kind, department, time, value)| {
        Party { department, process_time_h: time, value_adding: value, ..Party::named(name, kind) }
    })
}

type Link = (usize, usize, u8, bool, String, (Option<f64>, Option<f64>, Option<f64>));

fn link() -> impl Strategy<Value = Link> {
    let figures = (number(100.0), number(1e6), number(1e9));
    (0..9_usize, 0..9_usize, 0..8_u8, any::<bool>(), name(), figures)
}

/// A document of a few parties, all of whose links are allowed: loops, selves, twins, open ends.
fn document() -> impl Strategy<Value = Document> {
    let place = (-2000.0..2000.0_f32, -2000.0..2000.0_f32);
    let parties = prop::collection::vec((party(), place), 0..9);
    (parties, prop::collection::vec(link(), 0..16)).prop_map(|(parties, links)| {
        let (mut ids, mut edits) = (IdGen::new(3, 3), Vec::new());
        let named: Vec<PartyId> = parties.iter().map(|_| ids.make()).collect();
        for (id, (party, (x, y))) in named.iter().zip(parties) {
            edits.extend([Edit::PutParty(*id, party), Edit::Place(*id, pt(x, y))]);
        }
        for (from, to, open, rework, item, (good, wait, volume)) in links {
            let supplier = named.get(from).copied().filter(|_| open != 0);
            let customer = named.get(to).copied().filter(|_| open != 1);
            let handoff = Handoff {
                kind: if rework && open > 4 { HandoffKind::Rework } else { HandoffKind::Forward },
                complete_accurate_pct: good,
                wait_h: wait,
                volume,
                agreement: Agreement::ALL[to % Agreement::ALL.len()],
                known: Known::ALL.get(from % 4).copied(),
                requirements: required(from, good),
                ..Handoff::between(supplier, customer, item)
            };
            let mut one = Document::default();
            // A handoff of nobody to nobody may be refused.
            let parties = edits.iter().filter(|edit| !matches!(edit, Edit::PutHandoff(..))).cloned();
            let edit = Edit::PutHandoff(ids.make(), handoff);
            if one.apply(parties.chain([edit.clone()])).is_ok() {
                edits.push(edit);
            }
        }
        let mut document = Document::default();
        document.apply(edits).expect("sound");
        document
    })
}

/// None, one that cannot be tested, or one that is met, failed or not evaluated.
fn required(kind: usize, actual: Option<f64>) -> Vec<Requirement> {
    let bare = Requirement::new(RequirementId::parse("r").expect("an id"), "complete");
    let tested = Requirement {
        measure: "share".into(),
        operator: Some(Operator::AtLeast),
        target: Some(50.0),
        must: kind.is_multiple_of(2),
        observations: actual.map(History::of).unwrap_or_default(),
        ..bare.clone()
    };
    match kind % 5 {
        0 => Vec::new(),
        1 => vec![bare],
        _ => vec![tested],
    }
}

/// Which party, out of those that may be there and one that is not.
fn pick(document: &Document, index: Option<usize>) -> Option<PartyId> {
    let at = |index| document.parties().map(|(id, _)| id).nth(index);
    index.map(|index| at(index).unwrap_or_else(|| PartyId::from(Id::parse("nobody").expect("an id"))))
}

type Choice = (usize, (bool, bool, bool), usize, Option<usize>, Option<usize>, Option<usize>, String);

fn choice() -> impl Strategy<Value = Choice> {
    let filter = prop_oneof![6 => Just(String::new()), 1 => Just("a".into()), 1 => Just("sales".into()), 1 => name()];
    let index = || prop::option::of(0..10_usize);
    let layers = prop_oneof![2 => Just(None), 3 => (0..7_usize).prop_map(Some), 1 => Just(Some(usize::MAX))];
    (0..ViewKind::ALL.len(), any::<(bool, bool, bool)>(), 0..Figure::ALL.len(), index(), index(), layers, filter)
}

fn chosen(document: &Document, choice: Choice) -> ViewChoice {
    let (kind, (down, longest, sorted), figure, centre, spotlight, layers, filter) = choice;
    ViewChoice {
        kind: ViewKind::ALL[kind],
        flow: Flow::ALL[usize::from(down)],
        mode: LayerMode::ALL[usize::from(longest)],
        figure: Figure::ALL[figure],
        centre: pick(document, centre),
        customer: pick(document, spotlight),
        layers,
        filter,
        sort: sorted.then_some((Column::ALL[figure % Column::ALL.len()], down)),
        list_sort: sorted
            .then_some((ListColumn::ALL[(2 * figure + usize::from(longest)) % ListColumn::ALL.len()], down)),
        spotlight: pick(document, spotlight),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_map_can_be_seen_in_any_way(document in document(), choice in choice(), emphasis: bool, is_live: bool) {
        let fonts = Fonts::bundled();
        let choice = chosen(&document, choice);
        let subject = document.handoffs().map(|(id, _)| Subject::Handoff(id)).next();
        let emphasis: BTreeSet<Subject> = subject.into_iter().filter(|_| emphasis).collect();
        let ask = Ask { document: &document, choice: &choice, fonts: &fonts, is_live, emphasis: &emphasis, before: None, against: None };
        let drawing = views::draw(&ask);
        let again = views::draw(&Ask { before: Some(&drawing), ..ask });
        if choice.kind == ViewKind::List {
            prop_assert_eq!(&drawing, &again, "what was there before makes no difference");
        }
        for drawing in [&drawing, &again] {
            words_hold(drawing, &choice, "any map");
            let mut cards: Vec<(Rect, String)> = drawing.cards.values().map(Placed::rect).map(|r| (r, String::new())).collect();
            prop_assert!(cards.iter().all(|(rect, _)| rect.min.is_finite() && rect.max.is_finite()));
            if choice.kind != ViewKind::Map {
                prop_assert_eq!(collision(&mut cards), None, "{:?}", choice);
            }
        }
        let look = Look { document: &document, choice: &choice, emphasis: &emphasis, against: None };
        prop_assert!(is_finite(&views::leaf(&look, &fonts, &PictureOptions::default()).scene));
        let (mut shown, area) = (document.clone(), Rect { min: pt(-50.0, 0.0), max: pt(300.0, 40.0) });
        let emphasis = emphasis.into_iter().collect();
        let view = SavedView { choice, emphasis, area: is_live.then_some(area), ..SavedView::default() };
        if shown.apply(vec![Edit::PutView(IdGen::new(4, 4).make(), view)]).is_ok() {
            for page in views::presentation(&shown, &fonts, &PictureOptions::default()) {
                prop_assert!(is_finite(&page.scene));
            }
        }
    }
}
