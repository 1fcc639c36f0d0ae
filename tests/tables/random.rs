//! Random maps through tables and back, random tables twice, random bytes.

use peel::files::tables::{Count, CsvStyle, TableKind, import, read_bytes, read_xlsx, tables, to_xlsx};
use peel::model::{Document, Form, Handoff, HandoffId, Party, PartyId, Rating, Voice, check};
use proptest::prelude::*;

use super::maps::map;
use super::{csvs, ids, lab, read_back};

/// The parties and handoffs of a map.
type Told = (Vec<(PartyId, Party)>, Vec<(HandoffId, Handoff)>);

/// What tables tell of a map.
fn told(document: &Document) -> Told {
    let says = |voice: &&Voice| !voice.text.is_empty() || voice.importance.is_some() || voice.satisfaction.is_some();
    let voice = |voice: &Voice| {
        let customer = voice.customer.filter(|customer| document.party(*customer).is_some());
        Voice { customer, ..voice.clone() }
    };
    let parties = document.parties().map(|(id, party)| {
        let voices = party.voices.iter().filter(says).map(voice).collect();
        (id, Party { notes: String::new(), dismissed: Vec::new(), voices, ..(**party).clone() })
    });
    let marked = |rating: &&Rating| rating.marks != [None; 4];
    let handoffs = document.handoffs().map(|(id, handoff)| {
        let ratings = handoff.ratings.iter().filter(marked).cloned().collect();
        let silent =
            Handoff { notes: String::new(), form: Form::default(), dismissed: Vec::new(), ..(**handoff).clone() };
        (id, Handoff { ratings, ..silent })
    });
    (parties.collect(), handoffs.collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn exported_tables_come_back_to_the_last_byte(document in map(), bom in any::<bool>(), semicolon in any::<bool>()) {
        let style = CsvStyle { bom, semicolon };
        let first = csvs(&document, style);
        let again = import(&read_back(&first), &Document::default(), &mut ids()).map_err(|e| TestCaseError::fail(e.to_string()))?;
        prop_assert_eq!(csvs(&again.document, style), first);
        prop_assert_eq!(told(&again.document), told(&document));
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
        for table in bare.iter_mut().filter(|table| table.header.last().is_some_and(|name| name == "id")) {
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
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

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
