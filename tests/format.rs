//! Maps written and read back: nothing is lost, nothing is dropped in silence, and every error says where and what.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

#[path = "format/bad.rs"]
mod bad;
#[path = "format/bad_scenarios.rs"]
mod bad_scenarios;
#[path = "format/contract.rs"]
mod contract;
#[path = "format/documents.rs"]
mod documents;
#[path = "format/improve.rs"]
mod improve;
#[path = "format/random_contract.rs"]
mod random_contract;
#[path = "format/random_improve.rs"]
mod random_improve;
#[path = "format/random_scenarios.rs"]
mod random_scenarios;
#[path = "format/scenarios.rs"]
mod scenarios;

use peel::files::format::{LONGEST_FILE, read, read_edits, reads_back, write, write_edits};
use peel::files::samples::{ALL, Sample};
use peel::geom::{Rect, pt};
use peel::model::{
    Agreement, Document, Edit, Figure, Flow, Form, Handoff, HandoffId, HandoffKind, History, Known, LayerMode,
    MOST_RECORDS, MapInfo, Operator, Party, PartyId, PartyKind, Period, Requirement, RequirementId, SavedView,
    SipocColumn, Subject, ViewChoice, ViewId, ViewKind, check,
};
use proptest::prelude::*;
use proptest::sample::select;

const FULL: &str = include_str!("fixtures/format/full.ron");
/// Costs, saved views and the order of lanes; [`FULL`] knows of none of them.
const NEWER: &str = include_str!("fixtures/format/costs_and_views.ron");
/// Observations, agreements, roles, ratings, measures, and what customers said.
const CONTRACT: &str = include_str!("fixtures/format/contract.ron");
/// Scenarios, findings that were put aside, and times that vary.
const SCENARIOS: &str = include_str!("fixtures/format/scenarios.ron");
/// A file with reviews, sprints and scenarios that change whole records.
const IMPROVE: &str = include_str!("fixtures/format/improve.ron");

fn party(id: &str) -> PartyId {
    PartyId::parse(id).unwrap()
}

fn handoff(id: &str) -> HandoffId {
    HandoffId::parse(id).unwrap()
}

fn document(text: &str) -> Document {
    read(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}")).document
}

#[test]
fn a_file_with_every_field_reads_as_meant_and_is_written_byte_by_byte() {
    let read = document(FULL);
    assert_eq!(write(&read), FULL, "written as it was");
    assert!(check(&read).is_empty(), "sound");

    let info = read.info();
    let expected = MapInfo {
        title: "It's “full”: \"quoted\" \\ back".into(),
        notes: "two\nlines\tand a tab".into(),
        hours_per_day: 7.5,
        ..MapInfo::default()
    };
    assert_eq!(*info, expected);
    let p1 = Party {
        name: "Prüfung".into(),
        kind: PartyKind::Process,
        department: "Ops".into(),
        owner: "Ann O'Neill".into(),
        promise: "Answer within a day.".into(),
        notes: "日本語 🙂".into(),
        process_time_h: Some(0.25),
        value_adding: Some(true),
        rate_per_h: None,
        ..Party::default()
    };
    assert_eq!(**read.party(party("p1")).unwrap(), p1);
    assert_eq!(read.place(party("p1")), Some(pt(240.0, -12.75)));
    assert_eq!(read.place(party("bank")).unwrap().y.to_bits(), (-0.0_f32).to_bits(), "minus zero stays");
    let requirement = |id: &str| Requirement::new(RequirementId::parse(id).unwrap(), "");
    let h = Handoff {
        supplier: Some(party("p1")),
        customer: Some(party("p2")),
        item: "Form 7".into(),
        form: Form::Decision,
        kind: HandoffKind::Rework,
        critical: false,
        wait_h: Some(0.1),
        complete_accurate_pct: Some(99.9),
        on_time_pct: Some(0.0),
        volume: Some(1e12),
        period: Period::Quarter,
        known: Some(Known::Sample),
        sample_size: Some(120.0),
        check_h: None,
        fix_receiver_h: None,
        fix_supplier_h: None,
        late_h: None,
        late_cost_per_h: None,
        escape_pct: None,
        escape_cost: None,
        agreement: Agreement::Disputed,
        notes: "r#\"raw\"#".into(),
        requirements: vec![
            Requirement {
                text: "Second id, first place".into(),
                measure: "share".into(),
                unit: "%".into(),
                operator: Some(Operator::AtLeast),
                target: Some(80.0),
                tolerance: Some(2.5),
                must: false,
                weight: 0.0,
                observations: History::of(-45.5),
                ..requirement("r2")
            },
            Requirement {
                text: "First id, second place".into(),
                operator: Some(Operator::AtMost),
                target: Some(1e15),
                weight: 1000.0,
                observations: History::of(999_999_999_999_999.0),
                ..requirement("r1")
            },
        ],
        ..Handoff::default()
    };
    assert_eq!(**read.handoff(handoff("a_b-9")).unwrap(), h);
}

#[test]
fn costs_and_saved_views_read_as_meant_and_are_written_byte_by_byte() {
    let read = document(NEWER);
    assert_eq!(write(&read), NEWER, "written as it was");
    assert!(check(&read).is_empty(), "sound, though some of what the views name is gone");
    assert_eq!(read.info().lane_order, ["Ops", "“Sales”, abroad", ""]);
    assert_eq!(read.info().currency, "€");
    let lab = Party { department: "Ops".into(), rate_per_h: Some(62.5), ..Party::named("Lab", PartyKind::Process) };
    assert_eq!(**read.party(party("lab")).unwrap(), lab);
    let h1 = Handoff {
        volume: Some(400.0),
        check_h: Some(0.05),
        fix_receiver_h: Some(0.5),
        fix_supplier_h: Some(1.25),
        late_h: Some(6.0),
        late_cost_per_h: Some(20.0),
        escape_pct: Some(12.5),
        escape_cost: Some(1e12),
        ..Handoff::between(Some(party("lab")), Some(party("payer")), "Report")
    };
    assert_eq!(**read.handoff(handoff("h1")).unwrap(), h1);
    let order: Vec<String> = read.views_in_order().iter().map(|(id, _)| id.to_string()).collect();
    assert_eq!(order, ["start", "ring", "table", "v1", "v2", "v3", "v4", "all"], "by rank, then by id");
    let ring = SavedView {
        name: "Peeled: \"layer\" 2".into(),
        notes: "Say\nthis.".into(),
        choice: ViewChoice {
            kind: ViewKind::Onion,
            flow: Flow::Down,
            mode: LayerMode::Longest,
            figure: Figure::CompleteAccurate,
            centre: Some(party("payer")),
            customer: None,
            layers: Some(2),
            filter: "Ops".into(),
            sort: Some((SipocColumn::Output, true)),
            list_sort: None,
            spotlight: Some(party("lab")),
        },
        area: Some(Rect { min: pt(-120.5, -0.0), max: pt(640.0, 1e-8) }),
        emphasis: vec![Subject::Handoff(handoff("h1")), Subject::Party(party("lab")), Subject::Party(party("gone"))],
        rank: 1,
    };
    assert_eq!(**read.view(ViewId::parse("ring").unwrap()).unwrap(), ring);
    let all = SavedView { rank: u32::MAX, ..SavedView::default() };
    assert_eq!(**read.view(ViewId::parse("all").unwrap()).unwrap(), all);
}

#[test]
fn views_written_by_hand_stand_in_their_order() {
    let views = (0..12).map(|i| format!("(name: \"{i}\"),")).collect::<Vec<_>>().concat();
    let read = document(&format!("(version: 1, views: [{views}(id: \"v3\", name: \"last\")])"));
    let order: Vec<String> = read.views_in_order().iter().map(|(id, view)| format!("{id} {}", view.name)).collect();
    assert_eq!(order[..4], ["v1 0", "v2 1", "v4 2", "v5 3"]);
    assert_eq!(order[12], "v3 last");
}

#[test]
fn the_words_of_views_are_those_of_the_command_line() {
    let text = |choice: ViewChoice| {
        let mut document = Document::default();
        let view = SavedView { choice, ..SavedView::default() };
        document.apply(vec![Edit::PutView(ViewId::parse("v").unwrap(), view)]).unwrap();
        write(&document)
    };
    let plain = ViewChoice::default;
    // A word of the format has no hyphen; the first of each is left out.
    let word = |field: &str, id: &str| format!(", {field}: {}", id.replace('-', "_"));
    for kind in ViewKind::ALL.into_iter().skip(1) {
        assert_eq!(ViewKind::by_id(kind.id()), Some(kind));
        assert!(text(ViewChoice { kind, ..plain() }).contains(&word("kind", kind.id())), "{kind:?}");
    }
    for flow in Flow::ALL.into_iter().skip(1) {
        assert_eq!(Flow::by_id(flow.id()), Some(flow));
        assert!(text(ViewChoice { flow, ..plain() }).contains(&word("flow", flow.id())), "{flow:?}");
    }
    for mode in LayerMode::ALL.into_iter().skip(1) {
        assert_eq!(LayerMode::by_id(mode.id()), Some(mode));
        assert!(text(ViewChoice { mode, ..plain() }).contains(&word("mode", mode.id())), "{mode:?}");
    }
    for figure in Figure::ALL.into_iter().skip(1) {
        assert_eq!(Figure::by_id(figure.id()), Some(figure));
        assert!(text(ViewChoice { figure, ..plain() }).contains(&word("figure", figure.id())), "{figure:?}");
    }
    assert_eq!((Flow::by_id("up"), LayerMode::by_id(""), Figure::by_id("Wait")), (None, None, None));
}

#[test]
fn what_people_write_by_hand_is_read() {
    let plain = document(r#"(version: 1, parties: [(id: "a", name: "x\"y", process_time_h: 2, at: (1, 2))])"#);
    for text in [
        "\u{feff}(version: 1, parties: [(id: \"a\", name: \"x\\\"y\", process_time_h: 2, at: (1, 2))])",
        "(\r\n  version: 1,\r\n  parties: [\r\n (id: \"a\", name: \"x\\\"y\", process_time_h: 2, at: (1, 2)),\r\n ],\r\n)\r\n",
        "#![enable(implicit_some)]\n(version: 1, parties: [(id: \"a\", name: \"x\\\"y\", process_time_h: 2, at: (1, 2))])",
        "/* a /* nested */ note */ Peel(parties: [ // here\n Party(at: (1.0, 2e0), name: r#\"x\"y\"#, id: \"a\", process_time_h: Some(2.0), value_adding: None)], version: 1,)",
        "(version: 1, map: (), handoffs: [], requirements: [], parties: [(id: \"a\", name: \"x\\u{22}y\", process_time_h: 2, at: Some((1, 2)))])",
    ] {
        assert_eq!(document(text), plain, "{text}");
    }
}

#[test]
fn ids_left_out_are_made_from_the_position() {
    let text = r#"(version: 1,
        parties: [(id: "a"), (id: "b")],
        handoffs: [(supplier: "a", item: "one"), (id: "h3", supplier: "b", item: "two"), (supplier: "b", item: "three"), (id: "h1", customer: "a", item: "four")],
        requirements: [(handoff: "h3", text: "x"), (handoff: "h3", id: "r1", text: "y"), (handoff: "h4", text: "z")])"#;
    let read = document(text);
    let items: Vec<_> = read.handoffs().map(|(id, h)| format!("{id} {}", h.item)).collect();
    assert_eq!(items, ["h1 four", "h2 one", "h3 two", "h4 three"]);
    let texts = |id: &str| -> Vec<String> {
        let h = read.handoff(handoff(id)).unwrap();
        h.requirements.iter().map(|r| format!("{} {}", r.id, r.text)).collect()
    };
    assert_eq!(texts("h3"), ["r2 x", "r1 y"]);
    assert_eq!(texts("h4"), ["r1 z"]);
}

#[test]
fn parties_without_a_place_stand_in_a_grid_beside_the_others() {
    let parties = (0..10).map(|i| format!("(id: \"n{i}\"),")).collect::<Vec<_>>().concat();
    for (placed, right) in [
        ("(id: \"a\", at: (100, 50)), (id: \"b\", at: (0, 400)),", true),
        ("", true),
        ("(id: \"c\", at: (999999, -1000000)),", false),
    ] {
        let opened = read(format!("(version: 1, parties: [{placed}{parties}])").as_bytes()).unwrap();
        let unplaced: Vec<String> = opened.unplaced.iter().map(ToString::to_string).collect();
        assert_eq!(unplaced, (0..10).map(|i| format!("n{i}")).collect::<Vec<_>>(), "in the order of the file");
        let places: Vec<_> =
            opened.document.parties().map(|(id, _)| (id, opened.document.place(id).unwrap())).collect();
        for (i, (a, p)) in places.iter().enumerate() {
            for (b, q) in &places[..i] {
                let apart = (p.x - q.x).abs() >= 184.0 || (p.y - q.y).abs() >= 84.0;
                assert!(apart, "{a} at {p:?} covers {b} at {q:?}");
            }
            if right && opened.unplaced.contains(a) && !placed.is_empty() {
                assert!(p.x >= 360.0, "{a} at {p:?} is right of the others");
            }
        }
    }
    assert!(read(FULL.as_bytes()).unwrap().unplaced.is_empty(), "none is called unplaced that has a place");
}

#[test]
fn a_small_change_changes_one_line() {
    let before = document(FULL);
    let p1 = Party { owner: "Bea".into(), ..(**before.party(party("p1")).unwrap()).clone() };
    let mut h1 = (**before.handoff(handoff("h1")).unwrap()).clone();
    h1.requirements[0].observations = History::of(3.0);
    for edits in [
        vec![Edit::PutParty(party("p1"), p1)],
        vec![Edit::Place(party("p1"), pt(1.0, 1.0))],
        vec![Edit::PutHandoff(handoff("h1"), h1)],
        vec![Edit::SetInfo(MapInfo::default())],
        vec![Edit::RemoveParty(party("-"))],
        vec![Edit::PutParty(party("new"), Party::default()), Edit::Place(party("new"), pt(0.0, 0.0))],
        vec![Edit::SetInfo(MapInfo { lane_order: vec!["Ops".into()], ..before.info().clone() })],
    ] {
        let mut after = before.clone();
        after.apply(edits.clone()).unwrap();
        let text = write(&after);
        let (old, new): (Vec<&str>, Vec<&str>) = (FULL.lines().collect(), text.lines().collect());
        let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
        let rest = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
        assert!(old.len().max(new.len()) - same - rest <= 1, "{edits:?}");
    }
}

#[test]
fn an_empty_map_is_small_and_comes_back() {
    let text = write(&Document::default());
    assert_eq!(
        text.lines().skip(1).collect::<Vec<_>>().join("\n"),
        "(\n    version: 1,\n    map: (),\n    parties: [],\n    handoffs: [],\n    requirements: [],\n)"
    );
    assert_eq!(document(&text), Document::default());
}

#[test]
fn a_newer_file_is_refused_with_what_to_do() {
    for text in [
        "(version: 2)",
        "(\n  // new\n  version: 2, parties: {\"a\": <what?> 'x' r\"",
        "Peel(boards: [(a: 1)], version: 7,",
        "(version: 99999999999999999999)",
    ] {
        let error = read(text.as_bytes()).unwrap_err();
        assert!(error.message.contains("newer Peel (file format "), "{error}");
        assert!(error.message.ends_with("this Peel reads up to 1): update Peel. Nothing was changed."), "{error}");
        assert!(error.line.is_some() && error.column.is_some(), "{error}");
    }
    let quoted = "(version: 1, map: (title: \"version: 2\", notes: r#\"(version: 2, \"#), /* version: 2 */)";
    assert_eq!(document(quoted).info().title, "version: 2");
}

#[test]
fn bombs_end_early() {
    let start = std::time::Instant::now();
    let many = |record: &str, count: usize| record.repeat(count);
    let parties = (0..=MOST_RECORDS).map(|i| format!("(id:\"{i}\"),")).collect::<Vec<_>>().concat();
    let cases = [
        (format!("(version:1,parties:[{parties}])"), "more than 200000 records"),
        (format!("(version:1,parties:[{}])", many("(),", 4_000_000)), "a party needs the field `id`"),
        (format!("(version:1,parties:{})", many("[", 1_000_000)), "a party in round brackets"),
        (format!("(version:1,map:{})", many("Some(", 1_000_000)), "`map` was expected"),
        (format!("(version:1,handoffs:[(wait_h:{})", many("Some(", 1_000_000)), "number"),
        (format!("(version:1,handoffs:[(wait_h:{}", many("9", 1_000_000)), "the file ends here"),
        (format!("{}(version:1)", many("/*", 1_000_000)), "no end"),
        (format!("(version:1,requirements:[{}])", many("(handoff:\"\"),", 100_000)), "is not an id"),
        (many(" ", LONGEST_FILE + 1), "65 MB"),
        (many(" ", 1_000_000), "nothing but blanks"),
    ];
    for (text, part) in cases {
        let error = read(text.as_bytes()).unwrap_err();
        assert!(error.message.contains(part), "{part}: {error}");
    }
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[test]
fn a_file_cut_short_is_an_error() {
    for text in [
        FULL,
        NEWER,
        CONTRACT,
        SCENARIOS,
        IMPROVE,
        "(version: 1, parties: [(id: \"a\", name: \"é🙂\", at: (1, 2))], handoffs: [(supplier: \"a\")])",
    ] {
        let end = text.trim_end().len();
        for length in 0..end {
            assert!(read(&text.as_bytes()[..length]).is_err(), "{length} bytes of {end}");
        }
    }
}

#[test]
fn a_damaged_byte_is_an_error_or_a_sound_map() {
    let mut sound = 0;
    let from = |text: &str, part| text.find(part).unwrap();
    for (sample, from, flips) in [
        (ALL[0].text, 0, 8),
        (NEWER, from(NEWER, "views:"), 1),
        (CONTRACT, from(CONTRACT, "(id: \"paper\""), 1),
        (SCENARIOS, from(SCENARIOS, "handoffs:"), 1),
        (IMPROVE, from(IMPROVE, "scenarios:"), 1),
    ] {
        let sample = sample.as_bytes();
        for at in from..sample.len() {
            let mut damaged = sample.to_vec();
            for flip in (at..at + flips).map(|bit| 1 << (bit % 8)) {
                damaged[at] = sample[at] ^ flip;
                if let Ok(opened) = read(&damaged) {
                    sound += 1;
                    assert_eq!(check(&opened.document), Vec::<String>::new(), "byte {at} ^ {flip}");
                    let text = write(&opened.document);
                    assert_eq!(document(&text), opened.document, "byte {at} ^ {flip}");
                }
            }
        }
    }
    assert!(sound > 1000, "a change within a text is a sound map: {sound}");
}

#[test]
fn every_character_but_nul_comes_back() {
    let all: Vec<char> = ('\u{1}'..=char::MAX).collect();
    let mut edits = Vec::new();
    for (i, texts) in all.chunks(5_000).enumerate() {
        let id = party(&format!("p{i}"));
        edits.push(Edit::PutParty(id, Party::named(texts.iter().collect::<String>(), PartyKind::Process)));
        edits.push(Edit::Place(id, pt(i as f32, 0.0)));
    }
    let mut every = Document::default();
    every.apply(edits.clone()).unwrap();
    let text = write(&every);
    assert_eq!(document(&text), every);
    assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "control characters are escaped");
    assert_eq!(read_edits(&write_edits(&edits)).unwrap(), edits, "in the journal too");
}

#[test]
fn a_large_map_comes_back() {
    let mut edits = Vec::new();
    let ids: Vec<PartyId> = (0..10_000).map(|i| party(&format!("p{i}"))).collect();
    for (i, id) in ids.iter().enumerate() {
        edits.push(Edit::PutParty(*id, Party::named(format!("Step {i},\n        (é"), PartyKind::Process)));
        edits.push(Edit::Place(*id, pt((i % 100) as f32 * 240.0, (i / 100) as f32 * 140.5)));
        let mut given = Handoff::between(Some(*id), Some(ids[(i + 1) % ids.len()]), "Form");
        given.requirements = vec![Requirement::new(RequirementId::parse("r1").unwrap(), "In time")];
        edits.push(Edit::PutHandoff(handoff(&format!("h{i}")), given));
    }
    let mut large = Document::default();
    large.apply(edits).unwrap();
    let text = write(&large);
    assert!(text.len() > 1 << 20, "large enough to be parsed in pieces: {}", text.len());
    assert_eq!(document(&text), large);
    let broken = text.replacen("\"h7777\", id", "\"h7777\", colour: 1, id", 1);
    let error = read(broken.as_bytes()).unwrap_err();
    assert!(error.message.contains("no field `colour`") && error.line.is_some(), "{error}");
}

/// Figures of a sample's chain towards its customer: work, waiting, quality, and the value-adding part of the work.
fn totals(document: &Document) -> [f64; 4] {
    let pt = |wanted: Option<bool>| -> f64 {
        let counted = document.parties().filter(|(_, p)| wanted.is_none() || p.value_adding == wanted);
        counted.filter_map(|(_, p)| p.process_time_h).sum()
    };
    let wait = document.handoffs().filter_map(|(_, h)| h.wait_h).sum();
    let quality = document.handoffs().filter_map(|(_, h)| h.complete_accurate()).product();
    [pt(None), wait, quality, pt(Some(true))]
}

#[test]
fn the_samples_carry_the_figures_of_their_templates() {
    for (sample, expected, known) in [
        (ALL[0], [2.35, 5.5, 0.841_112, 1.85], 6),
        (ALL[1], [5.5, 200.0, 0.624_003, 5.5], 7),
        (ALL[2], [20.75, 37.0, 0.635_712, 20.5], 8),
    ] {
        let document = sample.open();
        for (found, wanted) in totals(&document).into_iter().zip(expected) {
            assert!((found - wanted).abs() < 1e-6, "{}: {found} for {wanted}", sample.id);
        }
        let chain: Vec<_> = document.handoffs().filter(|(_, h)| h.is_forward() && h.critical).collect();
        assert_eq!(chain.len(), known, "{}: steps", sample.id);
        let stated =
            |h: &Handoff| h.complete_accurate_pct.is_some() && h.wait_h.is_some() && h.known == Some(Known::Guess);
        assert!(chain.iter().all(|(_, h)| stated(h)), "{}: all known, all guesses", sample.id);
        assert!(document.info().title.contains("(illustrative)"), "{}", sample.id);
    }
}

#[test]
fn the_samples_are_sound_tidy_and_written_as_the_program_writes_them() {
    for sample in ALL {
        let document = sample.open();
        assert_eq!(write(&document), sample.text, "{}", sample.id);
        assert_eq!(check(&document), Vec::<String>::new());
        assert_eq!(document.customers().count(), 1, "{}: one customer", sample.id);
        assert_eq!(Sample::find(sample.id), Some(&sample));
        let places: Vec<_> = document.parties().map(|(id, _)| document.place(id).unwrap()).collect();
        for (i, p) in places.iter().enumerate() {
            for q in &places[..i] {
                assert!((p.x - q.x).abs() >= 220.0 || (p.y - q.y).abs() >= 140.0, "{}: {p:?} {q:?}", sample.id);
            }
        }
        for (_, h) in document.handoffs() {
            assert!(!h.item.is_empty(), "{}: every item is named", sample.id);
            let (supplier, customer) = h.ends().unwrap();
            let way = document.place(supplier).unwrap() - document.place(customer).unwrap();
            // One column of cards with room for the item's name, and one row.
            let near = way.x.abs() <= peel::model::ops::STEP.w && way.y.abs() <= 180.0;
            assert!(near, "{}: {} goes {way:?}", sample.id, h.item);
        }
    }
    assert_eq!(Sample::find("none"), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_document_comes_back(document in documents::document()) {
        let text = write(&document);
        let opened = read(text.as_bytes()).map_err(|e| TestCaseError::fail(format!("{e}\n{text}")))?;
        prop_assert!(opened.unplaced.is_empty());
        prop_assert_eq!(&opened.document, &document);
        prop_assert_eq!(check(&opened.document), Vec::<String>::new());
        prop_assert_eq!(write(&opened.document), text, "byte by byte, signs of zero included");
    }

    #[test]
    fn any_edits_come_back(edits in documents::edits()) {
        let text = write_edits(&edits);
        prop_assert!(!text.contains('\n'), "one line: {}", text);
        let back = read_edits(&text).map_err(|e| TestCaseError::fail(format!("{e}\n{text}")))?;
        prop_assert_eq!(format!("{back:?}"), format!("{edits:?}"), "NaN included");
    }

    #[test]
    fn any_bytes_are_an_error_or_a_sound_map(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(opened) = read(&bytes) {
            prop_assert_eq!(check(&opened.document), Vec::<String>::new());
        }
    }

    #[test]
    fn any_scrap_of_the_format_is_an_error_or_a_sound_map(scraps in proptest::collection::vec(documents::scrap(), 0..60)) {
        let text: String = scraps.concat();
        for text in [text.clone(), format!("(version: 1, {text}")] {
            if let Ok(opened) = read(text.as_bytes()) {
                prop_assert_eq!(check(&opened.document), Vec::<String>::new());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    // Long enough to be told in pieces.
    #[test]
    fn a_long_text_is_told_from_any_other(
        first in documents::document(),
        second in documents::document(),
        at in any::<proptest::sample::Index>(),
        byte in select(&b" \",(1\nx:"[..]),
    ) {
        let (first, second) = (lengthened(first), lengthened(second));
        let text = write(&first);
        prop_assert_eq!(reads_back(&text, &first), Ok(()));
        prop_assert_eq!(reads_back(&text, &second).is_ok(), first == second);
        let mut bytes = text.into_bytes();
        // Most of it is the same letter over and over.
        let telling: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at] != b'z').collect();
        bytes[*at.get(&telling)] = byte;
        let is_same = read(&bytes).is_ok_and(|opened| opened.document == first && opened.unplaced.is_empty());
        let told = String::from_utf8(bytes).is_ok_and(|text| reads_back(&text, &first).is_ok());
        prop_assert_eq!(told, is_same);
    }
}

/// With parties that have much to say.
fn lengthened(mut document: Document) -> Document {
    for i in 0..110 {
        let notes = "z".repeat(10_000);
        let edits = [
            Edit::PutParty(party(&format!("z{i}")), Party { notes, ..Party::default() }),
            Edit::Place(party(&format!("z{i}")), pt(0.0, 0.0)),
        ];
        document.apply(edits).unwrap();
    }
    document
}
