//! Tables as people send them: what comes in, what goes out again, and what is refused with which words.

use std::sync::Arc;

use peel::files::tables::{
    CsvStyle, Imported, LARGEST_FILE, Table, TableKind, import, read_bytes, read_csv, read_files, read_xlsx, tables,
    to_csv, to_xlsx,
};
use peel::geom::pt;
use peel::model::{
    Agreement, Document, Edit, Form, Handoff, HandoffId, HandoffKind, IdGen, Known, MapInfo, Operator, Party, PartyId,
    PartyKind, Requirement, RequirementId, check,
};
use proptest::prelude::*;

fn ids() -> IdGen {
    IdGen::new(490_000, 11)
}

fn csvs(document: &Document, style: CsvStyle) -> [Vec<u8>; 3] {
    tables(document).map(|table| to_csv(&table, style))
}

fn read_back(csvs: &[Vec<u8>; 3]) -> Vec<Table> {
    let names = ["parties.csv", "handoffs.csv", "requirements.csv"];
    names.iter().zip(csvs).map(|(name, bytes)| read_csv(name, bytes).expect("own CSV reads")).collect()
}

fn texts(files: &[(&str, &str)]) -> Vec<Table> {
    files.iter().map(|(name, text)| read_csv(name, text.as_bytes()).expect("reads")).collect()
}

fn into(document: &Document, files: &[(&str, &str)]) -> Imported {
    import(&texts(files), document, &mut ids()).unwrap_or_else(|error| panic!("{error}"))
}

fn fresh(files: &[(&str, &str)]) -> Imported {
    into(&Document::default(), files)
}

fn party(document: &Document, name: &str) -> (PartyId, Arc<Party>) {
    let found = document.parties().find(|(_, party)| party.name == name);
    let (id, party) = found.unwrap_or_else(|| panic!("{name} is there"));
    (id, Arc::clone(party))
}

fn handoff(document: &Document, item: &str) -> (HandoffId, Arc<Handoff>) {
    let found = document.handoffs().find(|(_, handoff)| handoff.item == item);
    let (id, handoff) = found.unwrap_or_else(|| panic!("{item} is there"));
    (id, Arc::clone(handoff))
}

// ---- random maps ----------------------------------------------------------------------------------------------------

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
            actual: n.2,
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
        for read in [exported.to_vec(), read_back(&csvs(&document, CsvStyle::default()))] {
            let again = import(&read, &document, &mut ids()).map_err(|e| TestCaseError::fail(e.to_string()))?;
            prop_assert!(again.document.is_same(&document), "{:#?}", document.edits_to(&again.document));
            prop_assert_eq!((again.parties.added, again.parties.changed, again.unplaced.len()), (0, 0, 0));
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

// ---- known tables ---------------------------------------------------------------------------------------------------

fn lab() -> Document {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tables/lab");
    let files = ["requirements.csv", "handoffs.csv", "parties.csv"].map(|name| folder.join(name));
    let read = read_files(&files).expect("reads");
    import(&read, &Document::default(), &mut ids()).expect("imports").document
}

#[test]
fn the_clinical_laboratory_comes_in_whole() {
    let map = lab();
    assert_eq!((map.parties_len(), map.handoffs_len()), (7, 6), "seven parties in a chain");
    let (clinician, who) = party(&map, "Clinician");
    assert_eq!(
        (who.kind, who.department.as_str(), who.process_time_h),
        (PartyKind::Customer, "Ward", None),
        "customer"
    );
    assert_eq!(party(&map, "Transport").1.value_adding, Some(false), "transport adds no value");
    let process_times: f64 = map.parties().filter_map(|(_, party)| party.process_time_h).sum();
    let waits: f64 = map.handoffs().filter_map(|(_, handoff)| handoff.wait_h).sum();
    assert!((process_times - 2.35).abs() < 1e-12 && (waits - 5.5).abs() < 1e-12, "{process_times} {waits}");
    let rolled: f64 = map.handoffs().filter_map(|(_, handoff)| handoff.complete_accurate()).product();
    assert!((rolled - 0.841_112).abs() < 1e-6, "rolled %C&A is {rolled}");
    let (_, report) = handoff(&map, "Report");
    assert_eq!((report.customer, report.critical, report.known), (Some(clinician), true, Some(Known::Guess)), "report");
    let sample = &handoff(&map, "Labelled sample").1.requirements[0];
    assert_eq!(sample.text, "Request complete, with a provisional diagnosis", "text with a comma");
    assert_eq!(
        (sample.operator, sample.target, sample.actual),
        (Some(Operator::AtLeast), Some(95.0), Some(72.4)),
        "values"
    );
    assert_eq!((sample.unit.as_str(), sample.must, sample.weight), ("%", true, 2.0), "weight");
    assert_eq!(check(&map), Vec::<String>::new(), "sound");
}

#[test]
fn exported_columns_are_the_contract() {
    let text = tables(&lab()).map(|table| String::from_utf8(to_csv(&table, CsvStyle::default())).expect("UTF-8"));
    let headers = text.each_ref().map(|text| text.lines().next().expect("header"));
    assert_eq!(
        headers,
        [
            "name,kind,department,owner,process_time_h,value_adding,promise,id",
            "supplier,customer,item,kind,critical,wait_h,complete_accurate_pct,on_time_pct,volume,sample_size,known,id",
            "supplier,customer,item,requirement,measure,unit,operator,target,actual,must,weight,id",
        ]
    );
    let (id, _) = party(&lab(), "Collection");
    assert_eq!(
        text[0].split("\r\n").nth(1),
        Some(format!("\"Collection\",process,\"Ward\",,0.25,yes,,\"{id}\"").as_str())
    );
    let semicolon = to_csv(&tables(&lab())[0], CsvStyle { bom: true, semicolon: true });
    let semicolon = String::from_utf8(semicolon).expect("UTF-8");
    assert!(semicolon.starts_with("\u{feff}name;kind;"), "byte order mark and semicolon");
    assert!(semicolon.contains("\"Collection\";process;\"Ward\";;0,25;yes;;"), "{semicolon}");
}

#[test]
fn nothing_exported_runs_in_a_spreadsheet() {
    let mut document = Document::default();
    let (id, bad) = (PartyId::parse("-a").expect("id"), "=HYPERLINK(\"x\")");
    let edits = vec![Edit::PutParty(id, Party::named(bad, PartyKind::Process)), Edit::Place(id, pt(0.0, 0.0))];
    document.apply(edits).expect("applies");
    let text = String::from_utf8(to_csv(&tables(&document)[0], CsvStyle::default())).expect("UTF-8");
    assert!(text.contains("\r\n\"'=HYPERLINK(\"\"x\"\")\",process,,,,,,\"'-a\"\r\n"), "{text}");
}

#[test]
fn cells_are_read_as_people_write_them() {
    let parties = "NAME ;Kind; Process Time H;VALUE-ADDING;owner\n Sales ;PROCESS;90 min;Y;\nShop;External  Customer;;;\n\
        Mill;external_supplier;1,5 h;FALSE;Ann\nDesk;;1 d;1\nBox;;1/2\n";
    let problem = import(&texts(&[("parties.csv", parties)]), &Document::default(), &mut ids()).expect_err("1/2");
    assert_eq!(
        problem.to_string(),
        "parties.csv, line 6, process_time_h: “1/2” is not a duration: write for example 90 min, 1.5 h or 2 d"
    );
    let map = fresh(&[("parties.csv", &parties.replace("1/2", "0"))]).document;
    let got = |name: &str| party(&map, name).1;
    assert_eq!((got("Sales").process_time_h, got("Sales").value_adding), (Some(1.5), Some(true)), "Sales");
    assert_eq!((got("Mill").process_time_h, got("Mill").value_adding), (Some(1.5), Some(false)), "Mill");
    assert_eq!((got("Desk").process_time_h, got("Desk").value_adding), (Some(8.0), Some(true)), "Desk, a short row");
    assert_eq!((got("Box").process_time_h, got("Box").value_adding), (Some(0.0), None), "Box");
    assert_eq!((got("Shop").kind, got("Mill").kind), (PartyKind::Customer, PartyKind::Supplier), "kinds");
    let handoffs = "supplier,customer,item,critical,volume,sample_size,known,kind\n\
        Sales,Shop,offer,no,\"1 200\",50,SAMPLE,Rework\n,Sales,request,,,,,\nMill,,flour,true,1e3,,Measured,forward\n";
    let map = into(&map, &[("handoffs.csv", handoffs)]).document;
    let offer = handoff(&map, "offer").1;
    assert_eq!((offer.critical, offer.volume, offer.sample_size), (false, Some(1200.0), Some(50.0)), "offer");
    assert_eq!((offer.known, offer.kind), (Some(Known::Sample), HandoffKind::Rework), "offer");
    assert_eq!(handoff(&map, "request").1.supplier, None, "an input that nobody supplies yet");
    assert_eq!(handoff(&map, "flour").1.customer, None, "an output that nobody receives");
}

#[test]
fn days_have_the_hours_of_the_map() {
    let mut map = Document::default();
    map.apply(vec![Edit::SetInfo(MapInfo { hours_per_day: 24.0, ..MapInfo::default() })]).expect("applies");
    let map = into(&map, &[("parties.csv", "name,process_time_h\nA,2 d")]).document;
    assert_eq!(party(&map, "A").1.process_time_h, Some(48.0));
}

#[test]
fn a_party_named_only_in_handoffs_is_a_process() {
    let imported =
        fresh(&[("h.csv", "supplier,customer,item\nA,B,x\nB, A ,y\n"), ("parties.csv", "name,kind\nB,customer")]);
    assert_eq!((imported.parties.added, imported.handoffs.added), (2, 2));
    assert_eq!(party(&imported.document, "A").1.kind, PartyKind::Process);
    assert_eq!(party(&imported.document, "B").1.kind, PartyKind::Customer);
    let (a, b) = (party(&imported.document, "A").0, party(&imported.document, "B").0);
    assert_eq!(imported.unplaced, [b, a], "in the order of the tables");
    let places = [a, b].map(|id| imported.document.place(id).expect("a place"));
    assert!(places[0].distance(places[1]) > 150.0, "apart: {places:?}");
}

#[test]
fn an_import_leaves_what_the_tables_do_not_say() {
    let mut map = lab();
    let (id, transport) = party(&map, "Transport");
    let (hid, sample) = handoff(&map, "Labelled sample");
    let party_now = Party { owner: "Ann".into(), notes: "by tube".into(), promise: "p".into(), ..(*transport).clone() };
    let handoff_now =
        Handoff { form: Form::Material, agreement: Agreement::Agreed, volume: Some(5.0), ..(*sample).clone() };
    let edits = vec![
        Edit::PutParty(id, party_now.clone()),
        Edit::PutHandoff(hid, handoff_now.clone()),
        Edit::Place(id, pt(9.0, 9.0)),
    ];
    map.apply(edits).expect("applies");
    let imported = into(
        &map,
        &[
            ("parties.csv", "name,owner,process_time_h\nTransport,,0.75\nNew,,\n"),
            ("handoffs.csv", "supplier,customer,item,volume,wait_h\nCollection,Transport,Labelled sample,,\n"),
            (
                "requirements.csv",
                "supplier,customer,item,requirement,actual\n\
                Collection,Transport,Labelled sample,\"Request complete, with a provisional diagnosis\",80\n\
                Collection,Transport,Labelled sample,Label readable,\n",
            ),
        ],
    );
    let after = &imported.document;
    assert_eq!(
        *party(after, "Transport").1,
        Party { process_time_h: Some(0.75), ..party_now },
        "one field of the party"
    );
    assert_eq!(after.place(id), Some(pt(9.0, 9.0)), "place");
    let got = handoff(after, "Labelled sample").1;
    assert_eq!((got.requirements.len(), got.requirements[0].actual, got.requirements[0].weight), (2, Some(80.0), 2.0));
    assert_eq!(
        Handoff { requirements: vec![], ..(*got).clone() },
        Handoff { requirements: vec![], ..handoff_now },
        "rest"
    );
    let counts = [imported.parties, imported.handoffs, imported.requirements].map(|count| (count.added, count.changed));
    assert_eq!(counts, [(1, 1), (0, 0), (1, 1)], "parties, handoffs, requirements");
    assert_eq!(imported.unplaced, [party(after, "New").0], "only the new party wants a place");
}

#[test]
fn ids_carry_new_names_and_new_ends() {
    let map =
        fresh(&[("h.csv", "supplier,customer,item,id\nA,B,x,h1\n"), ("parties.csv", "name,id\nA,a\nB,b\n")]).document;
    let tables = [("parties.csv", "id,name\na,Alpha\n"), ("h.csv", "id,supplier,customer,item\nh1,,Charlie,\n")];
    let after = into(&map, &tables).document;
    assert_eq!(party(&after, "Alpha").0, PartyId::parse("a").expect("id"), "renamed");
    let x = handoff(&after, "x").1;
    assert_eq!(x.supplier, PartyId::parse("a").ok(), "an empty cell leaves the supplier");
    assert_eq!(x.customer, Some(party(&after, "Charlie").0), "another customer");
    let again = into(&after, &tables);
    assert!(again.document.is_same(&after), "twice is once");
}

#[test]
fn a_name_that_several_have_is_told_by_its_id() {
    let parties = ("parties.csv", "name,id,owner\nDesk,a,\nDesk,b,\nDesk [b],c,\n,d,\n");
    let map =
        fresh(&[parties, ("h.csv", "supplier,customer,item\nDesk [a],\"Desk [b]\",x\nDesk [b] [b],[d],y\n")]).document;
    let id = |text: &str| PartyId::parse(text).ok();
    let (x, y) = (handoff(&map, "x").1, handoff(&map, "y").1);
    assert_eq!((x.supplier, x.customer), (id("a"), id("c")), "an exact name comes first");
    assert_eq!((y.supplier, y.customer), (id("b"), id("d")), "then the id in brackets, repeated where a name looks so");
    let exported = tables(&map);
    let ends: Vec<&str> = exported[1].rows.iter().flat_map(|row| row.cells[..2].iter().map(String::as_str)).collect();
    assert_eq!(ends, ["Desk [a]", "Desk [b]", "Desk [b] [b]", "[d]"], "written as read");
    let after = into(&map, &[("parties.csv", "name,owner\nDesk [a],Ann\n")]).document;
    let a = after.party(id("a").expect("id")).expect("there");
    assert_eq!((a.name.as_str(), a.owner.as_str()), ("Desk", "Ann"), "found, not renamed");
}

#[test]
fn another_map_comes_in_by_its_names() {
    let ours = fresh(&[
        ("parties.csv", "name,id,owner\nSales,s1,Ann\nShop,s2,\n"),
        ("h.csv", "supplier,customer,item,id\nSales,Shop,offer,h1\n"),
    ]);
    let theirs = [
        ("parties.csv", "name,id,department\nSales,z1,Front\nPress,z2,\n"),
        ("h.csv", "supplier,customer,item,id,volume\nSales [z1],Shop,offer,h9,7\nPress,Sales,paper,h8,\n"),
        ("r.csv", "supplier,customer,item,requirement,id\nSales,Shop,offer [h9],signed,r1\n"),
    ];
    let both = into(&ours.document, &theirs);
    let sales = both.document.party(PartyId::parse("s1").expect("id")).expect("there");
    assert_eq!(
        (sales.owner.as_str(), sales.department.as_str()),
        ("Ann", "Front"),
        "one Sales, with both sides' words"
    );
    assert_eq!((both.document.parties_len(), both.document.handoffs_len()), (3, 2), "nothing twice");
    let (id, offer) = handoff(&both.document, "offer");
    assert_eq!(
        (id, offer.volume, offer.requirements.len()),
        (HandoffId::parse("h1").expect("id"), Some(7.0), 1),
        "offer"
    );
}

#[test]
fn what_looks_wrong_is_said() {
    let warnings = |files: &[(&str, &str)]| fresh(files).warnings;
    assert_eq!(
        warnings(&[("parties.csv", "name,colour,,age,,kind\nA,red,x,1,\n")]),
        [
            "parties.csv: the columns “colour”, number 3 without a name, “age” were left out; parties may have name, kind, \
          department, owner, process_time_h, value_adding, promise, id"
        ]
    );
    assert_eq!(
        warnings(&[("parties.csv", "name\nSales Desk\nsales  desk\n")]),
        ["“Sales Desk” and “sales  desk” are different parties, though only case or spaces differ: is that meant?"]
    );
    assert_eq!(
        warnings(&[("parties.csv", "name\nA\nB\nA\n")]),
        ["parties.csv, line 4, name: the same as in parties.csv, line 2: the two rows were read as one"]
    );
    assert_eq!(
        warnings(&[("h.csv", "supplier,customer,item,volume\nA,B,x,\"1,200\"\nA,B,y,\"0,125\"\nA,B,z,\"1,25\"\n")]),
        ["h.csv, line 2, volume: “1,200” was read as 1.200; write 1200 if that is meant"]
    );
    let many: String = (0..500).map(|_| "A\n").collect();
    let many = warnings(&[("parties.csv", &format!("name\n{many}"))]);
    assert_eq!((many.len(), many[100].as_str()), (101, "and 399 warnings more"), "nobody reads thousands");
}

// ---- refusals -------------------------------------------------------------------------------------------------------

/// A map for the refusals: two desks, one shop, two handoffs of one name.
fn desks() -> Document {
    let parties = "name,id\nDesk,a\nDesk,b\nShop,c\nMill,m\n";
    let handoffs = "supplier,customer,item,id\nDesk [a],Shop,form,h1\nDesk [a],Shop,form,h2\nMill,Shop,flour,h3\n";
    let requirements = "supplier,customer,item,requirement,id\nMill,Shop,flour,dry,r1\nMill,Shop,flour,dry,r2\n";
    fresh(&[("parties.csv", parties), ("handoffs.csv", handoffs), ("requirements.csv", requirements)]).document
}

/// The whole message of reading a CSV file and importing it into the desks.
fn refusal(name: &str, bytes: &[u8]) -> String {
    let read = match read_bytes(name, bytes) {
        Ok(read) => read,
        Err(error) => return error.to_string(),
    };
    match import(&read, &desks(), &mut ids()) {
        Ok(imported) => panic!(
            "{name} came in: {:?}",
            String::from_utf8_lossy(bytes).chars().take(200).collect::<String>() + &imported.warnings.join("; ")
        ),
        Err(error) => error.to_string(),
    }
}

const P: &str = "parties.csv";
const H: &str = "handoffs.csv";
const R: &str = "requirements.csv";

/// File, content, message.
const REFUSED: &[(&str, &str, &str)] = &[
    (P, "", "parties.csv: the file is empty: it needs a line with the names of the columns"),
    (P, "\n\n;;\n", "parties.csv: the file is empty: it needs a line with the names of the columns"),
    (
        "x.csv",
        "colour,size\n",
        "x.csv: neither its name nor its columns say which table it is: put parties, handoffs or \
        requirements into its name, or name its columns as in parties (name …), handoffs (supplier, customer, item …) or \
        requirements (supplier, customer, item, requirement …)",
    ),
    (P, "kind\nprocess\n", "parties.csv: the column name is missing"),
    (H, "supplier,item\nA,x\n", "handoffs.csv: the column customer is missing"),
    (
        H,
        "from,to,what\n",
        "handoffs.csv: the column supplier is missing\nhandoffs.csv: the column customer is missing\n\
        handoffs.csv: the column item is missing",
    ),
    (
        R,
        "requirement,id\nx,r1\n",
        "requirements.csv: the column supplier is missing\nrequirements.csv: the column customer is \
        missing\nrequirements.csv: the column item is missing",
    ),
    (P, "name,Name\nA,B\n", "parties.csv: the column name is there twice: keep one"),
    (P, "name\n\"A\nB\n", "parties.csv, line 2: a quotation mark is opened here and never closed"),
    (P, "name\nA\0B\n", "parties.csv, line 2: a NUL character: is this a text file?"),
    (
        P,
        "name,owner\nA,Ann, the boss\n",
        "parties.csv, line 2, column 3: “ the boss” stands beyond the last of the 2 columns: \
        put a text with a comma into quotation marks",
    ),
    (P, "name,kind\n,process\n", "parties.csv, line 2, name: the name is missing"),
    (P, "name,kind\n   ,process\n", "parties.csv, line 2, name: the name is missing"),
    (
        P,
        "name,kind\nA,team\n",
        "parties.csv, line 2, kind: “team” is not known here: write process, customer or supplier",
    ),
    (
        P,
        "name,process_time_h\nA,soon\n",
        "parties.csv, line 2, process_time_h: “soon” is not a duration: write for example \
        90 min, 1.5 h or 2 d",
    ),
    (P, "name,process_time_h\nA,-1\n", "parties.csv, line 2, process_time_h: “-1” must lie between 0 and 1000000 h"),
    (
        P,
        "name,process_time_h\nA,-1 min\n",
        "parties.csv, line 2, process_time_h: “-1 min” must lie between 0 and 1000000 h",
    ),
    (P, "name,process_time_h\nA,1e400\n", "parties.csv, line 2, process_time_h: “1e400” must be a finite number"),
    (
        P,
        "name,process_time_h\nA,NaN\n",
        "parties.csv, line 2, process_time_h: “NaN” is not a duration: write for example \
        90 min, 1.5 h or 2 d",
    ),
    (
        P,
        "name,value_adding\nA,maybe\n",
        "parties.csv, line 2, value_adding: “maybe” is not known here: write yes or no",
    ),
    (
        P,
        "name,id\nA,Sales Desk\n",
        "parties.csv, line 2, id: “Sales Desk” is not an id: use 1 to 12 of the characters a-z, \
        0-9, - and _",
    ),
    (
        P,
        "name,id\nX,c\nY,c\n",
        "parties.csv, line 3, id: the same id as in parties.csv, line 2: an id belongs to one row",
    ),
    (
        P,
        "name,id\nX,new\nY,new\n",
        "parties.csv, line 3, id: the same id as in parties.csv, line 2: an id belongs to one row",
    ),
    (
        P,
        "name,owner\nDesk,Ann\n",
        "parties.csv, line 2, name: 2 parties are called “Desk”: write “Desk [a]” or “Desk [b]”",
    ),
    (
        P,
        "name,owner\nDesks [a],Ann\n",
        "parties.csv, line 2, name: the id in “Desks [a]” belongs to “Desk [a]”: write that, \
        or leave the id out",
    ),
    (
        H,
        "supplier,customer,item\nMill,Shop,\n",
        "handoffs.csv, line 2, item: the item is missing: say what is handed over",
    ),
    (
        H,
        "supplier,customer,item\n,,x\n",
        "handoffs.csv, line 2, supplier: a handoff needs a supplier, a customer or both",
    ),
    (H, "supplier,customer,item\nMill, Mill ,x\n", "handoffs.csv, line 2, customer: a party cannot hand off to itself"),
    (H, "supplier,customer,item,id\nShop,,x,h3\n", "handoffs.csv, line 2, customer: a party cannot hand off to itself"),
    (
        H,
        "supplier,customer,item\nDesk,Shop,x\n",
        "handoffs.csv, line 2, supplier: 2 parties are called “Desk”: write \
        “Desk [a]” or “Desk [b]”",
    ),
    (
        H,
        "supplier,customer,item\nShop [a],Mill,x\n",
        "handoffs.csv, line 2, supplier: the id in “Shop [a]” belongs to \
        “Desk [a]”: write that, or leave the id out",
    ),
    (
        H,
        "supplier,customer,item\nDesk [a],Shop,form\n",
        "handoffs.csv, line 2, item: 2 handoffs between these two are called \
        “form”: write “form [h1]” or “form [h2]”",
    ),
    (H, "supplier,customer,item\nMill,Shop,form [h1]\n", ""),
    (
        H,
        "supplier,customer,item,kind\nMill,Shop,x,back\n",
        "handoffs.csv, line 2, kind: “back” is not known here: write forward \
        or rework",
    ),
    (
        H,
        "supplier,customer,item,critical\nMill,Shop,x,2\n",
        "handoffs.csv, line 2, critical: “2” is not known here: write yes or no",
    ),
    (
        H,
        "supplier,customer,item,complete_accurate_pct\nMill,Shop,x,120\n",
        "handoffs.csv, line 2, complete_accurate_pct: “120” \
        must lie between 0 and 100 %",
    ),
    (
        H,
        "supplier,customer,item,on_time_pct\nMill,Shop,x,often\n",
        "handoffs.csv, line 2, on_time_pct: “often” is not a number",
    ),
    (
        H,
        "supplier,customer,item,volume\nMill,Shop,x,-5\n",
        "handoffs.csv, line 2, volume: “-5” must lie between 0 and 1000000000000",
    ),
    (
        H,
        "supplier,customer,item,volume\nMill,Shop,x,1.200.000\n",
        "handoffs.csv, line 2, volume: “1.200.000” is not a number",
    ),
    (
        H,
        "supplier,customer,item,sample_size\nMill,Shop,x,2.5\n",
        "handoffs.csv, line 2, sample_size: “2.5” must be a whole number",
    ),
    (
        H,
        "supplier,customer,item,known\nMill,Shop,x,rumour\n",
        "handoffs.csv, line 2, known: “rumour” is not known here: write \
        guess, sample or measured",
    ),
    (
        R,
        "supplier,customer,item,requirement\nMill,Shop,flour,\n",
        "requirements.csv, line 2, requirement: the requirement is \
        missing: say what the receiver needs",
    ),
    (
        R,
        "supplier,customer,item,requirement\nMill,Shop,,x\n",
        "requirements.csv, line 2, item: the item is missing: say which \
        handoff this is about",
    ),
    (
        R,
        "supplier,customer,item,requirement\nMil,Shop,flour,x\n",
        "requirements.csv, line 2, supplier: there is no party “Mil”: \
        add it, or write it as it is written there",
    ),
    (
        R,
        "supplier,customer,item,requirement\nMill,Shop,flower,x\n",
        "requirements.csv, line 2, item: there is no handoff \
        “Mill → Shop: flower”: add it to handoffs, or write it as it is written there",
    ),
    (
        R,
        "supplier,customer,item,requirement\n,Shop,flour,x\n",
        "requirements.csv, line 2, item: there is no handoff \
        “nobody → Shop: flour”: add it to handoffs, or write it as it is written there",
    ),
    (
        R,
        "supplier,customer,item,requirement\nDesk [a],Shop,form,x\n",
        "requirements.csv, line 2, item: 2 handoffs between these \
        two are called “form”: write “form [h1]” or “form [h2]”",
    ),
    (
        R,
        "supplier,customer,item,requirement\nMill,Shop,flower [h3],x\n",
        "requirements.csv, line 2, item: the id in “flower [h3]” \
        belongs to “flour”: write that, or leave the id out",
    ),
    (
        R,
        "supplier,customer,item,requirement\nMill,Shop,flour,dry\n",
        "requirements.csv, line 2, requirement: 2 requirements of the \
        handoff are called “dry”: give the id",
    ),
    (
        R,
        "supplier,customer,item,requirement,id\nMill,Shop,flour,x,r1\nMill,Shop,flour,y,r1\n",
        "requirements.csv, line 3, id: \
        the same id as in requirements.csv, line 2: an id belongs to one row",
    ),
    (
        R,
        "supplier,customer,item,requirement,operator\nMill,Shop,flour,x,>\n",
        "requirements.csv, line 2, operator: “>” is not known \
        here: write >=, <= or =",
    ),
    (
        R,
        "supplier,customer,item,requirement,target\nMill,Shop,flour,x,1e16\n",
        "requirements.csv, line 2, target: “1e16” must lie \
        between -1000000000000000 and 1000000000000000",
    ),
    (
        R,
        "supplier,customer,item,requirement,weight\nMill,Shop,flour,x,-1\n",
        "requirements.csv, line 2, weight: “-1” must lie \
        between 0 and 1000",
    ),
];

#[test]
fn what_cannot_be_imported_is_said_with_its_place() {
    assert!(REFUSED.len() >= 50, "the table is long");
    for (name, text, message) in REFUSED.iter().filter(|(_, _, message)| !message.is_empty()) {
        assert_eq!(&refusal(name, text.as_bytes()), message, "{text:?}");
    }
}

#[test]
fn other_encodings_are_refused_by_their_byte() {
    assert_eq!(
        refusal(P, b"name\nB\xe4ckerei\n"),
        "parties.csv, line 2: the byte 0xE4 is not UTF-8: save the table as “CSV UTF-8”"
    );
    let utf16: Vec<u8> = "\u{feff}name\r\nA".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let message = "parties.csv: this is UTF-16 text (it begins with a byte 0xFF): save the table as “CSV UTF-8”";
    assert_eq!(refusal(P, &utf16), message);
    assert_eq!(
        refusal("parties.xls", &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]),
        "parties.xls: an old Excel file or one with a password: save it as .xlsx without a password, or as CSV"
    );
}

#[test]
fn what_is_too_much_is_refused() {
    let long = "x".repeat(10_001);
    let message = "parties.csv, line 2, promise: the text is longer than 10000 characters";
    assert_eq!(refusal(P, format!("name,promise\nA,{long}\n").as_bytes()), message);
    let message = "handoffs.csv, line 2, customer: the text is longer than 10000 characters";
    assert_eq!(refusal(H, format!("supplier,customer,item\nMill,{long},x\n").as_bytes()), message);
    let rows = "A\n".repeat(200_001);
    let message = "parties.csv, line 200003: a table may have at most 200000 rows";
    assert_eq!(refusal(P, format!("name\n{rows}B\n").as_bytes()), message);
    let rows: String = (0..1001).map(|i| format!("Mill,Shop,flour,need {i}\n")).collect();
    let text = format!("supplier,customer,item,requirement\n{rows}");
    let message = refusal(R, text.as_bytes());
    let first = "requirements.csv, line 1000, requirement: a handoff holds at most 1000 requirements";
    assert_eq!(message.lines().next(), Some(first), "two are there, so the 999th is too many");
    assert_eq!(message.lines().count(), 3, "lines 1000 to 1002");
}

#[test]
fn all_problems_are_counted_and_twenty_shown() {
    let rows: String = (0..57).map(|i| format!("P{i},team\n")).collect();
    let read = texts(&[(P, &format!("name,kind\n{rows}")), (H, "supplier,customer,item,known\nA,B,x,?\n")]);
    let error = import(&read, &Document::default(), &mut ids()).expect_err("all wrong");
    assert_eq!((error.problems.len(), error.count), (20, 58));
    assert!(error.to_string().ends_with("\nand 38 problems more"), "{error}");
}

#[test]
fn a_renamed_party_is_renamed_everywhere() {
    let read = texts(&[(P, "id,name\nm,Miller\n"), (H, "supplier,customer,item\nMill,Shop,flour\n")]);
    let error = import(&read, &desks(), &mut ids()).expect_err("two names");
    let message = "handoffs.csv, line 2, supplier: “Mill” is called “Miller” now: write that here too, or give “Mill” a row of \
        its own in parties";
    assert_eq!(error.to_string(), message);
}

#[test]
fn files_are_read_or_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("parties.csv"), "name\nA\n").expect("written");
    std::fs::write(path("bad.csv"), b"name\nB\xff").expect("written");
    std::fs::write(path("map.xlsx"), to_xlsx(&tables(&lab())).expect("writes")).expect("written");
    let large = std::fs::File::create(path("large.csv")).expect("made");
    large.set_len(LARGEST_FILE + 1).expect("sparse");
    let read = read_files(&[path("map.xlsx"), path("parties.csv")]).expect("reads");
    let kinds: Vec<TableKind> = read.iter().map(|table| table.kind).collect();
    assert_eq!(kinds, [TableKind::ALL.as_slice(), &[TableKind::Parties]].concat(), "in the order of the files");
    let error =
        read_files(&[path("bad.csv"), path("no.csv"), folder.path().into(), path("large.csv")]).expect_err("four");
    assert_eq!(error.count, 4, "{error}");
    let lines: Vec<String> =
        error.to_string().lines().map(|line| line.replace(&*folder.path().to_string_lossy(), "…")).collect();
    assert_eq!(lines[0], "bad.csv, line 2: the byte 0xFF is not UTF-8: save the table as “CSV UTF-8”");
    assert!(lines[1].starts_with("…/no.csv: cannot be read: "), "{}", lines[1]);
    assert_eq!(lines[2], "…: is not a file: name a CSV file or an XLSX workbook");
    assert_eq!(lines[3], "…/large.csv: is larger than 64 MB");
}

// ---- workbooks ------------------------------------------------------------------------------------------------------

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

fn workbook(fill: impl FnOnce(&mut Workbook) -> Result<(), rust_xlsxwriter::XlsxError>) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(&mut book).expect("fills");
    book.save_to_buffer().expect("saves")
}

#[test]
fn cells_of_a_sheet_mean_what_they_show() {
    let bytes = workbook(|book| {
        book.add_worksheet().set_name("Read me")?;
        let sheet = book.add_worksheet().set_name(" PARTIES")?;
        sheet.write_row(1, 1, ["Name", "Kind", "process time (h)", "Value adding"])?;
        sheet.write_row(3, 1, ["Sales", "Process"])?.write_number(3, 3, 1.5)?.write_boolean(3, 4, true)?;
        sheet.write_number(4, 1, 42)?.write_string(4, 3, "90 min")?.write_number(4, 4, 0)?;
        let time = ExcelDateTime::from_hms(2, 30, 0)?;
        sheet.write_string(5, 1, "Night")?.write_with_format(5, 3, &time, &Format::new().set_num_format("h:mm"))?;
        sheet.write_string(6, 1, "Long")?.write_number_with_format(
            6,
            3,
            1.25,
            &Format::new().set_num_format("[h]:mm"),
        )?;
        let sheet = book.add_worksheet().set_name("handoffs")?;
        sheet.write_row(0, 0, ["supplier", "customer", "item", "complete_accurate_pct", "on_time_pct", "volume"])?;
        sheet.write_row(1, 0, ["Sales", "42", "offer"])?.write_number_with_format(
            1,
            3,
            0.07,
            &Format::new().set_num_format("0%"),
        )?;
        sheet.write_number_with_format(1, 4, 99.5, &Format::new().set_num_format("0.0\" %\""))?;
        sheet.write_formula(1, 5, Formula::new("=1+2").set_result("3"))?;
        Ok(())
    });
    let read = read_xlsx("plan.xlsx", &bytes).expect("reads");
    let imported = import(&read, &Document::default(), &mut ids()).expect("imports");
    let map = &imported.document;
    assert_eq!(imported.warnings, ["plan.xlsx: the sheet “Read me” was left out"]);
    let got = |name: &str| (party(map, name).1.process_time_h, party(map, name).1.value_adding);
    assert_eq!(got("Sales"), (Some(1.5), Some(true)), "number and boolean");
    assert_eq!(got("42"), (Some(1.5), Some(false)), "a number as a name, a duration as text, 0 as no");
    assert_eq!((got("Night").0, got("Long").0), (Some(2.5), Some(30.0)), "times of day and durations");
    let offer = handoff(map, "offer").1;
    assert_eq!((offer.complete_accurate_pct, offer.on_time_pct), (Some(7.0), Some(99.5)), "percent");
    assert_eq!(offer.volume, Some(3.0), "the result of a formula");
}

#[test]
fn sheets_are_known_by_their_columns_when_no_name_helps() {
    let bytes = workbook(|book| {
        book.add_worksheet().write_row(0, 0, ["a", "b"])?;
        book.add_worksheet().write_row(0, 0, ["customer", "supplier", "item"])?.write_row(1, 0, ["B", "A", "x"])?;
        Ok(())
    });
    let read = read_xlsx("plan.xlsx", &bytes).expect("reads");
    assert_eq!((read.len(), read[0].kind), (1, TableKind::Handoffs));
    assert_eq!(read[0].notes, ["plan.xlsx: the sheet “Sheet1” was left out"]);
}

#[test]
fn errors_in_a_workbook_name_sheet_and_cell() {
    let bytes = workbook(|book| {
        let sheet = book.add_worksheet().set_name("Handoffs")?;
        sheet.write_row(0, 0, ["supplier", "customer", "item", "on_time_pct"])?;
        sheet.write_row(6, 0, ["A", "B", "x"])?.write_number(6, 3, 120)?;
        sheet.write_row(7, 0, ["A", "B", "y", "", "", "note"])?;
        sheet.write_string(8, 0, "A")?.write_string(8, 2, "z")?;
        let date = ExcelDateTime::from_ymd(2026, 11, 30)?;
        sheet.write_with_format(8, 3, &date, &Format::new().set_num_format("yyyy-mm-dd"))?;
        Ok(())
    });
    let error =
        import(&read_xlsx("plan.xlsx", &bytes).expect("reads"), &Document::default(), &mut ids()).expect_err("bad");
    assert_eq!(
        error.problems,
        [
            "plan.xlsx, sheet Handoffs, cell D7 (on_time_pct): “120” must lie between 0 and 100 %",
            "plan.xlsx, sheet Handoffs, cell F8 (no column): “note” stands beyond the last of the 4 columns: name the column or \
             clear the cell",
            "plan.xlsx, sheet Handoffs, cell D9 (on_time_pct): “2026-11-30” is not a number",
        ]
    );
}

const SHEET: &str = "<worksheet><sheetData>ROWS</sheetData></worksheet>";

/// A workbook with one sheet `parties`, from parts written by hand.
fn by_hand(sheet: &str, texts: &str) -> Vec<(&'static str, Vec<u8>)> {
    let types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relation = |target: &str, kind: &str| {
        format!("<Relationships><Relationship Id=\"r1\" Type=\"{types}/{kind}\" Target=\"{target}\"/></Relationships>")
    };
    vec![
        ("_rels/.rels", relation("xl/workbook.xml", "officeDocument").into_bytes()),
        ("xl/_rels/workbook.xml.rels", relation("worksheets/sheet1.xml", "worksheet").into_bytes()),
        (
            "xl/workbook.xml",
            b"<workbook><sheets><sheet name=\"parties\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>".to_vec(),
        ),
        ("xl/sharedStrings.xml", texts.into()),
        ("xl/worksheets/sheet1.xml", SHEET.replace("ROWS", sheet).into_bytes()),
    ]
}

/// A ZIP archive with every part deflated.
fn zipped(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    use std::io::Write;
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in parts {
        let mut deflate = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
        deflate.write_all(content).expect("deflates");
        let packed = deflate.finish().expect("deflates");
        let at = out.len() as u32;
        let mut fields = vec![8_u16, 0, 0].into_iter().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        for value in [crc32fast::hash(content), packed.len() as u32, content.len() as u32] {
            fields.extend(value.to_le_bytes());
        }
        fields.extend((name.len() as u16).to_le_bytes());
        fields.extend([0; 2]);
        out.extend([b"PK\x03\x04\x14\0\0\0", &fields[..], name.as_bytes(), &packed[..]].concat());
        directory.extend(
            [b"PK\x01\x02\x14\0\x14\0\0\0", &fields[..], &[0; 10][..], &at.to_le_bytes(), name.as_bytes()].concat(),
        );
    }
    let count = (parts.len() as u16).to_le_bytes();
    let (size, start) = ((directory.len() as u32).to_le_bytes(), (out.len() as u32).to_le_bytes());
    [&out[..], &directory, b"PK\x05\x06\0\0\0\0", &count, &count, &size, &start, &[0; 2]].concat()
}

#[test]
fn hostile_workbooks_are_errors() {
    const TEXTS: &str = "<sst count=\"1\" uniqueCount=\"1\"><si><t>name</t></si></sst>";
    const ROWS: &str = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>";
    let refused = |sheet: &str, texts: &str| match read_xlsx("x.xlsx", &zipped(&by_hand(sheet, texts))) {
        Ok(read) => format!("{} tables", read.len()),
        Err(error) => error.to_string(),
    };
    assert_eq!(refused(ROWS, TEXTS), "1 tables", "the workbook itself is sound");
    let cases = [
        (
            ROWS,
            TEXTS.replace("uniqueCount=\"1\"", "uniqueCount=\"99999999999999\""),
            "x.xlsx: the workbook cannot be read: it is damaged",
        ),
        (
            "<row><c r=\"XFD1048576\" t=\"n\"><v>1</v></c></row>",
            TEXTS.into(),
            "x.xlsx, sheet parties, cell XFD1048576: a table may have at most 100 columns",
        ),
        (
            "<row><c r=\"A1\" t=\"e\"><v>#REF!</v></c></row>",
            TEXTS.into(),
            "x.xlsx, sheet parties, cell A1: the cell shows the error #REF!: correct its formula",
        ),
        ("", TEXTS.into(), "x.xlsx, sheet parties: the sheet is empty: it needs a row with the names of the columns"),
    ];
    for (sheet, texts, message) in cases {
        assert_eq!(refused(sheet, &texts), message, "{sheet}");
    }
    for sheet in [
        "<row><c t=\"s\"><v>7</v></c></row>",
        "<row><c t=\"n\"><v>abc</v></c></row>",
        "<row><c t=\"str\"><v>&bomb;</v></c></row>",
        "<row><c r=\"A1\"><v>1",
    ] {
        let message = refused(sheet, TEXTS);
        assert!(message.starts_with("x.xlsx, sheet parties: the sheet cannot be read: "), "{sheet}: {message}");
    }
    for reference in ["ZZZZZZZZZZZZZZZZZZZZ1", "A99999999999999999999", "A0", "é1", ""] {
        let sheet = format!("<row><c r=\"{reference}\"><v>1</v></c></row>");
        let read = read_xlsx("x.xlsx", &zipped(&by_hand(&sheet, TEXTS)));
        let imported = read.and_then(|read| import(&read, &Document::default(), &mut ids()));
        assert!(imported.is_err(), "{reference}");
    }
    let rows: String = (1..=200_002).map(|row| format!("<row r=\"{row}\"><c t=\"s\"><v>0</v></c></row>")).collect();
    assert_eq!(refused(&rows, TEXTS), "x.xlsx, sheet parties, cell A200002: a table may have at most 200000 rows");
    let spaces = " ".repeat(257 * 1024 * 1024);
    let bomb = zipped(&by_hand(&spaces, TEXTS));
    assert!(bomb.len() < 4_000_000, "a bomb is small: {}", bomb.len());
    let message = read_xlsx("x.xlsx", &bomb).expect_err("a bomb").to_string();
    assert_eq!(message, "x.xlsx: the workbook cannot be read: it unpacks to more than 256 MB");
    let parts = by_hand(ROWS, TEXTS);
    for missing in 0..parts.len() {
        let fewer: Vec<_> =
            parts.iter().enumerate().filter(|(i, _)| *i != missing).map(|(_, part)| part.clone()).collect();
        assert!(read_xlsx("x.xlsx", &zipped(&fewer)).is_err(), "without {}", parts[missing].0);
    }
    assert!(read_xlsx("x.xlsx", b"PK\x03\x04").is_err(), "nothing behind the signature");
    assert!(read_xlsx("x.ods", &zipped(&[("content.xml", b"<office/>".to_vec())])).is_err(), "another office's file");
}
