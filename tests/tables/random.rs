//! Random maps through tables and back, random tables twice, random bytes.

use peel::files::tables::{Count, CsvStyle, TableKind, import, read_bytes, read_xlsx, tables, to_xlsx};
use peel::geom::pt;
use peel::model::{
    Agreement, Document, Edit, Form, Handoff, HandoffId, HandoffKind, History, Known, Operator, Party, PartyId,
    PartyKind, Requirement, RequirementId, check,
};
use proptest::prelude::*;

use super::{csvs, ids, lab, read_back};

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
        1 => prop::sample::select(&[0.0, -0.0, 1.0, 0.1, 1.0 / 3.0, 1e-7, 5e-324, 0.1 + 0.2, 100.0, 2.5e-9][..]).prop_map(Some),
    ]
}

fn signed() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![
        Just(None),
        (-1e15..=1e15).prop_map(Some),
        prop::sample::select(&[1e15, -1e15, -1e-300, -0.0, 1e-7, -1234.0, 1.0 / 3.0][..]).prop_map(Some),
    ]
}

fn any_of<T: Clone + std::fmt::Debug + 'static>(values: Vec<T>) -> impl Strategy<Value = T> {
    prop::sample::select(values)
}

fn party_strategy() -> impl Strategy<Value = Party> {
    let texts = (text(), text(), text(), text(), text());
    (texts, any_of(PartyKind::ALL.to_vec()), amount(1e6), any::<Option<bool>>()).prop_map(|(t, kind, time, adds)| {
        Party {
            name: t.0,
            kind,
            department: t.1,
            owner: t.2,
            promise: t.3,
            notes: t.4,
            process_time_h: time,
            value_adding: adds,
            ..Party::default()
        }
    })
}

fn requirement_strategy() -> impl Strategy<Value = Requirement> {
    let operators = any_of([vec![None], Operator::ALL.iter().copied().map(Some).collect()].concat());
    let numbers = (signed(), amount(1e15), signed(), amount(1000.0));
    (text(), text(), text(), operators, numbers, any::<bool>()).prop_map(|(text, measure, unit, operator, n, must)| {
        Requirement {
            id: RequirementId::parse("r").expect("id"),
            text,
            measure,
            unit,
            operator,
            target: n.0,
            tolerance: n.1,
            must,
            weight: n.3.unwrap_or(1.0),
            basic: false,
            observations: n.2.map(History::of).unwrap_or_default(),
        }
    })
}

fn handoff_strategy() -> impl Strategy<Value = (usize, usize, Handoff)> {
    let numbers = (amount(1e6), amount(100.0), amount(100.0), amount(1e12), any::<Option<u16>>());
    let words = (
        any_of(HandoffKind::ALL.to_vec()),
        any::<bool>(),
        any_of([vec![None], Known::ALL.iter().copied().map(Some).collect()].concat()),
        any_of(Form::ALL.to_vec()),
        any_of(Agreement::ALL.to_vec()),
    );
    let requirements = prop::collection::vec(requirement_strategy(), 0..4);
    (0..12_usize, 0..12_usize, text(), text(), numbers, words, requirements).prop_map(
        |(s, c, item, notes, n, w, requirements)| {
            let handoff = Handoff {
                item,
                notes,
                kind: w.0,
                critical: w.1,
                known: w.2,
                form: w.3,
                agreement: w.4,
                wait_h: n.0,
                complete_accurate_pct: n.1,
                on_time_pct: n.2,
                volume: n.3,
                sample_size: n.4.map(f64::from),
                requirements,
                ..Handoff::default()
            };
            (s, c, handoff)
        },
    )
}

/// Maps in which names repeat, are empty, and look like references to each other.
fn map() -> impl Strategy<Value = Document> {
    let parties = prop::collection::vec(party_strategy(), 0..8);
    let handoffs = prop::collection::vec(handoff_strategy(), 0..10);
    (parties, handoffs).prop_map(|(parties, handoffs)| {
        const IDS: [&str; 10] = ["a", "b", "-", "-1", "0", "1e5", "sales", "c", "d", "e"];
        let (mut edits, mut made) = (Vec::new(), Vec::new());
        for (i, party) in parties.into_iter().enumerate() {
            let id = PartyId::parse(IDS[i]).expect("id");
            made.push(id);
            edits.extend([Edit::PutParty(id, party), Edit::Place(id, pt(i as f32 * 7.0, 3.0))]);
        }
        for (i, (supplier, customer, mut handoff)) in handoffs.into_iter().enumerate() {
            (handoff.supplier, handoff.customer) = (made.get(supplier).copied(), made.get(customer).copied());
            for (at, requirement) in handoff.requirements.iter_mut().enumerate() {
                requirement.id = RequirementId::parse(IDS[IDS.len() - 1 - at]).expect("id");
            }
            if handoff.supplier != handoff.customer {
                edits.push(Edit::PutHandoff(HandoffId::parse(IDS[i]).expect("id"), handoff));
            }
        }
        let mut document = Document::default();
        document.apply(edits).expect("a sound map");
        document
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn exported_tables_come_back_to_the_last_byte(document in map(), bom in any::<bool>(), semicolon in any::<bool>()) {
        let style = CsvStyle { bom, semicolon };
        let first = csvs(&document, style);
        let again = import(&read_back(&first), &Document::default(), &mut ids()).map_err(|e| TestCaseError::fail(e.to_string()))?;
        prop_assert_eq!(csvs(&again.document, style), first);
        prop_assert_eq!(check(&again.document), Vec::<String>::new());
    }

    #[test]
    fn exported_tables_change_nothing(document in map()) {
        let exported = tables(&document);
        for read in [exported, read_back(&csvs(&document, CsvStyle::default()))] {
            let again = import(&read, &document, &mut ids()).map_err(|e| TestCaseError::fail(e.to_string()))?;
            prop_assert!(again.document.is_same(&document), "{:#?}", document.edits_to(&again.document));
            prop_assert!(TableKind::ALL.into_iter().all(|kind| again.count(kind) == Count::default()), "{}", again.summary());
            prop_assert_eq!(again.unplaced.len(), 0);
        }
    }

    #[test]
    fn tables_without_ids_come_in_once(document in map()) {
        // What a person makes of an export: the column id is deleted.
        let mut bare = tables(&document);
        for table in &mut bare {
            table.header.pop();
            table.rows.iter_mut().for_each(|row| drop(row.cells.pop()));
        }
        if let Ok(once) = import(&bare, &Document::default(), &mut ids()) {
            prop_assert_eq!(check(&once.document), Vec::<String>::new());
            let twice = import(&bare, &once.document, &mut ids()).map_err(|e| TestCaseError::fail(e.to_string()))?;
            prop_assert!(twice.document.is_same(&once.document), "{:#?}", once.document.edits_to(&twice.document));
        }
    }

    #[test]
    fn tables_of_another_map_come_in_once(one in map(), other in map()) {
        if let Ok(once) = import(&tables(&other), &one, &mut ids()) {
            prop_assert_eq!(check(&once.document), Vec::<String>::new());
            let twice = import(&tables(&other), &once.document, &mut ids()).map_err(|e| TestCaseError::fail(e.to_string()))?;
            prop_assert!(twice.document.is_same(&once.document), "{:#?}", once.document.edits_to(&twice.document));
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), text in "[a-c,;\"\r\n\t ='é]{0,80}") {
        for bytes in [bytes, format!("name,kind,id\n{text}").into_bytes(), format!("supplier,customer,item\r\n{text}").into_bytes()] {
            if let Ok(tables) = read_bytes("x", &bytes) {
                let _either = import(&tables, &Document::default(), &mut ids());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn workbooks_hold_the_same_as_csv(document in map()) {
        let bytes = to_xlsx(&tables(&document)).expect("writes");
        let read = read_xlsx("map.xlsx", &bytes).map_err(|e| TestCaseError::fail(e.to_string()))?;
        let again = import(&read, &Document::default(), &mut ids()).map_err(|e| TestCaseError::fail(e.to_string()))?;
        prop_assert_eq!(csvs(&again.document, CsvStyle::default()), csvs(&document, CsvStyle::default()));
        prop_assert_eq!(to_xlsx(&tables(&again.document)).expect("writes"), bytes, "deterministic");
        let same = import(&read, &document, &mut ids()).map_err(|e| TestCaseError::fail(e.to_string()))?;
        prop_assert!(same.document.is_same(&document), "{:#?}", document.edits_to(&same.document));
    }

    #[test]
    fn damaged_workbooks_are_errors(seed in any::<u64>(), cut in 0.0..1.0_f64) {
        let mut bytes = to_xlsx(&tables(&lab())).expect("writes");
        let mut state = seed | 1;
        for _ in 0..6 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let at = (state >> 33) as usize % bytes.len();
            bytes[at] ^= (state >> 20) as u8;
        }
        let _either = read_xlsx("map.xlsx", &bytes);
        bytes.truncate((bytes.len() as f64 * cut) as usize);
        prop_assert!(read_xlsx("map.xlsx", &bytes).is_err(), "cut off");
    }
}
