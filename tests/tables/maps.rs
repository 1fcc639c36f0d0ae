//! Random maps in which names repeat, are empty, and look like references to each other.

use peel::geom::pt;
use peel::model::{
    Agreement, Direction, Dismissal, Document, Edit, Form, Handoff, HandoffId, HandoffKind, History, Known, Measure,
    MeasureId, Observation, Operator, Party, PartyId, PartyKind, Period, Rating, Requirement, RequirementId, Side,
    Timing, Voice, VoiceId, VoiceKind, When,
};
use proptest::prelude::*;

const PIECES: &[&str] = &[
    "Sales",
    "sales",
    " ",
    "  ",
    ",",
    ";",
    "\"",
    "'",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "=",
    "+",
    "-",
    "@",
    "[",
    "]",
    "[a]",
    " [b]",
    "[-]",
    "é",
    "漢字",
    "😀",
    "\u{1}",
    "\u{7f}",
    "\u{1b}",
    "_x0041_",
    "_x0041",
    "_x005F_",
    "_x000D_",
    "<r>",
    "</r>",
    "&amp;",
    "<",
    "1",
    "0.5",
    "yes",
    "\u{feff}",
    "\u{a0}",
    "\u{2028}",
    "\u{fffe}",
    "\u{ffff}",
    "\u{10ffff}",
    "end",
    "sep=;",
    "x",
];

fn text() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(prop::sample::select(PIECES), 0..5).prop_map(|pieces| pieces.concat());
    let random = prop::collection::vec(any::<char>().prop_filter("no NUL", |c| *c != '\0'), 0..6);
    prop_oneof![
        4 => prop::sample::select(&["Sales", "Planning", "sales", "", "Sales [a]", "[b]", "Sales [a] [a]"][..]).prop_map(String::from),
        4 => pieces,
        1 => random.prop_map(String::from_iter),
    ]
}

fn amount(max: f64) -> impl Strategy<Value = Option<f64>> {
    prop_oneof![
        2 => Just(None),
        2 => (0.0..=max).prop_map(Some),
        1 => prop::sample::select(&[0.0, -0.0, 1.0, 0.1, 1.0 / 3.0, 1e-7, 5e-324, 0.1 + 0.2, 100.0, 2.5e-9][..]).prop_map(move |value: f64| Some(value.min(max))),
    ]
}

fn signed() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![
        Just(None),
        (-1e15..=1e15).prop_map(Some),
        prop::sample::select(&[1e15, -1e15, -1e-300, -0.0, 1e-7, -1234.0, 1.0 / 3.0][..]).prop_map(Some),
    ]
}

fn any_of<T: Clone + std::fmt::Debug + 'static>(values: &[T]) -> impl Strategy<Value = T> + use<T> {
    prop::sample::select(values.to_vec())
}

fn perhaps<T: Clone + std::fmt::Debug + 'static>(values: &[T]) -> impl Strategy<Value = Option<T>> + use<T> {
    prop::option::of(any_of(values))
}

fn when() -> impl Strategy<Value = Option<When>> {
    let texts = ["2026-03-31", "2026-W13", "2026-03", "2026-Q1", "2026", "1900", "2999-12-31"];
    perhaps(&texts.map(|text| When::parse(text).expect(text)))
}

fn count() -> impl Strategy<Value = Option<f64>> {
    any::<Option<u16>>().prop_map(|count| count.map(f64::from))
}

/// Somebody's name, mostly one of a few.
fn who() -> impl Strategy<Value = String> {
    prop_oneof![3 => any_of(&["", "Ana", "Ana ", "Bo"]).prop_map(String::from), 1 => text()]
}

fn history() -> impl Strategy<Value = History> {
    let known = perhaps(Known::ALL);
    let observation = (when(), signed(), count(), known, who()).prop_map(|(when, value, sample_size, known, by)| {
        Observation { when, value: value.unwrap_or_default(), sample_size, known, by }
    });
    let bare = signed().prop_map(|value| Observation::of(value.unwrap_or(1.0)));
    prop::collection::vec(prop_oneof![3 => observation, 1 => bare], 0..4).prop_map(History::new)
}

fn measure() -> impl Strategy<Value = Measure> {
    let words = (any_of(Direction::ALL), perhaps(Timing::ALL), any::<bool>());
    (text(), text(), words, signed(), amount(1e15), history()).prop_map(
        |(name, unit, words, target, tolerance, seen)| {
            let (direction, timing, serves_promise) = words;
            let id = MeasureId::parse("m").expect("id");
            Measure { id, name, unit, direction, target, tolerance, timing, serves_promise, observations: seen }
        },
    )
}

/// A voice of the customer with the number of the party; beyond the parties it is one that is gone.
fn voice() -> impl Strategy<Value = Voice> {
    let customer = perhaps(&IDS).prop_map(|id| id.map(|id| PartyId::parse(id).expect("id")));
    let words = (prop_oneof![any_of(&["", "fast", "fast "]).prop_map(String::from), text()], who());
    (customer, any_of(VoiceKind::ALL), words, amount(10.0), amount(10.0), when(), count()).prop_map(
        |(customer, kind, (text, source), importance, satisfaction, when, people)| {
            let id = VoiceId::parse("v").expect("id");
            Voice { id, customer, kind, text, importance, satisfaction, source, when, people }
        },
    )
}

fn rating() -> impl Strategy<Value = Rating> {
    let mark = || prop_oneof![2 => Just(None), 1 => amount(10.0)];
    let told = (any_of(Side::ALL), who(), prop_oneof![2 => Just(None), 1 => when()]);
    (told, [mark(), mark(), mark(), mark()]).prop_map(|((side, who, when), marks)| Rating { side, who, when, marks })
}

/// Findings that were put aside: tables do not tell of them.
fn dismissed() -> impl Strategy<Value = Vec<Dismissal>> {
    let one = Dismissal { kind: "fence".into(), reason: "known".into(), ..Dismissal::default() };
    prop::collection::vec(Just(one), 0..2)
}

fn party() -> impl Strategy<Value = Party> {
    let texts = (text(), text(), text(), text(), text());
    let numbers = (amount(1e6), amount(1e12), any::<Option<bool>>());
    let times = (amount(1e6), amount(1e6), amount(1e6));
    let lists = (prop::collection::vec(measure(), 0..3), prop::collection::vec(voice(), 0..4), dismissed());
    (texts, any_of(&PartyKind::ALL), numbers, times, lists).prop_map(|(t, kind, n, times, lists)| Party {
        name: t.0,
        kind,
        department: t.1,
        owner: t.2,
        promise: t.3,
        notes: t.4,
        process_time_h: n.0,
        value_adding: n.2,
        rate_per_h: n.1,
        process_time_low_h: times.0,
        process_time_high_h: times.1,
        target_lead_time_h: times.2,
        measures: lists.0,
        voices: lists.1,
        dismissed: lists.2,
        ..Party::default()
    })
}

fn requirement() -> impl Strategy<Value = Requirement> {
    let numbers = (signed(), amount(1e15), amount(1000.0));
    let words = (perhaps(Operator::ALL), any::<bool>(), any::<bool>());
    ((text(), text(), text()), words, numbers, history()).prop_map(
        |((text, measure, unit), (operator, must, basic), n, observations)| Requirement {
            id: RequirementId::parse("r").expect("id"),
            text,
            measure,
            unit,
            operator,
            target: n.0,
            tolerance: n.1,
            must,
            weight: n.2.unwrap_or(1.0),
            basic,
            observations,
        },
    )
}

fn handoff() -> impl Strategy<Value = Handoff> {
    let numbers = (amount(1e6), amount(100.0), amount(100.0), amount(1e12), count());
    let costs = (amount(1e6), amount(1e6), amount(1e6), amount(1e6), amount(1e12), amount(100.0), amount(1e12));
    let waits = (amount(1e6), amount(1e6));
    let words = (any_of(HandoffKind::ALL), any::<bool>(), perhaps(Known::ALL), any_of(Form::ALL));
    let accord = (any_of(Agreement::ALL), any_of(Period::ALL), when(), (who(), text(), text()));
    let lists = (prop::collection::vec(requirement(), 0..4), prop::collection::vec(rating(), 0..4), dismissed());
    let told = (accord, waits, lists);
    ((text(), text()), numbers, costs, words, told).prop_map(|((item, notes), n, cost, w, (accord, waits, lists))| {
        let (agreement, period, valid_until, (contact, ask, offer)) = accord;
        let (requirements, ratings, dismissed) = lists;
        Handoff {
            item,
            notes,
            kind: w.0,
            critical: w.1,
            known: w.2,
            form: w.3,
            wait_h: n.0,
            wait_low_h: waits.0,
            wait_high_h: waits.1,
            complete_accurate_pct: n.1,
            on_time_pct: n.2,
            volume: n.3,
            sample_size: n.4,
            check_h: cost.0,
            fix_receiver_h: cost.1,
            fix_supplier_h: cost.2,
            late_h: cost.3,
            late_cost_per_h: cost.4,
            escape_pct: cost.5,
            escape_cost: cost.6,
            agreement,
            period,
            valid_until,
            contact,
            ask,
            offer,
            requirements,
            ratings,
            dismissed,
            ..Handoff::default()
        }
    })
}

const IDS: [&str; 10] = ["a", "b", "-", "-1", "0", "1e5", "sales", "c", "d", "e"];

/// Any map.
pub(super) fn map() -> impl Strategy<Value = Document> {
    let parties = prop::collection::vec(party(), 0..8);
    let ends = (0..12_usize, 0..12_usize);
    let handoffs = prop::collection::vec((ends, handoff()), 0..8);
    (parties, handoffs).prop_map(|(parties, handoffs)| {
        let (mut edits, mut made) = (Vec::new(), Vec::new());
        for (i, mut party) in parties.into_iter().enumerate() {
            let id = PartyId::parse(IDS[i]).expect("id");
            party.measures.iter_mut().zip(IDS).for_each(|(one, id)| one.id = MeasureId::parse(id).expect("id"));
            party.voices.iter_mut().zip(IDS).for_each(|(one, id)| one.id = VoiceId::parse(id).expect("id"));
            made.push(id);
            edits.extend([Edit::PutParty(id, party), Edit::Place(id, pt(i as f32 * 7.0, 3.0))]);
        }
        for (i, ((supplier, customer), mut handoff)) in handoffs.into_iter().enumerate() {
            (handoff.supplier, handoff.customer) = (made.get(supplier).copied(), made.get(customer).copied());
            let ids = IDS.into_iter().rev();
            handoff
                .requirements
                .iter_mut()
                .zip(ids)
                .for_each(|(one, id)| one.id = RequirementId::parse(id).expect("id"));
            if handoff.supplier != handoff.customer {
                edits.push(Edit::PutHandoff(HandoffId::parse(IDS[i]).expect("id"), handoff));
            }
        }
        let mut document = Document::default();
        document.apply(edits).expect("a sound map");
        document
    })
}
