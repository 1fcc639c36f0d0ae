//! Known tables and the maps that they mean.

use peel::files::tables::{CsvStyle, tables, to_csv};
use peel::geom::pt;
use peel::model::{
    Agreement, Change, Dismissal, Document, Edit, Form, Handoff, HandoffId, HandoffKind, Known, Lever, MapInfo,
    Operator, Party, PartyId, PartyKind, Scenario, ScenarioId, Subject, check,
};

use super::{fresh, handoff, ids, import, into, lab, party, texts};

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
        (sample.operator, sample.target, sample.actual()),
        (Some(Operator::AtLeast), Some(95.0), Some(72.4)),
        "values"
    );
    assert_eq!((sample.unit.as_str(), sample.must, sample.weight), ("%", true, 2.0), "weight");
    assert_eq!(check(&map), Vec::<String>::new(), "sound");
}

#[test]
fn exported_columns_are_the_contract() {
    let text: Vec<String> = tables(&lab())
        .iter()
        .map(|table| String::from_utf8(to_csv(table, CsvStyle::default())).expect("UTF-8"))
        .collect();
    let headers: Vec<&str> = text.iter().map(|text| text.lines().next().expect("header")).collect();
    assert_eq!(
        headers,
        [
            "name,kind,department,owner,process_time_h,value_adding,promise,rate_per_h,process_time_low_h,\
             process_time_high_h,target_lead_time_h,id",
            "supplier,customer,item,kind,critical,wait_h,complete_accurate_pct,on_time_pct,volume,sample_size,known,\
             agreement,contact,period,ask,offer,valid_until,check_h,fix_receiver_h,fix_supplier_h,late_h,\
             late_cost_per_h,escape_pct,escape_cost,wait_low_h,wait_high_h,id",
            "supplier,customer,item,requirement,measure,unit,operator,target,actual,must,weight,tolerance,basic,id",
        ]
    );
    let (id, _) = party(&lab(), "Collection");
    assert_eq!(
        text[0].split("\r\n").nth(1),
        Some(format!("\"Collection\",process,\"Ward\",,0.25,yes,,,,,,\"{id}\"").as_str())
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
    assert!(text.contains("\r\n\"'=HYPERLINK(\"\"x\"\")\",process,,,,,,,,,,\"'-a\"\r\n"), "{text}");
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
    let dismissed = vec![Dismissal { kind: "fence".into(), reason: "by phone".into(), ..Dismissal::default() }];
    let info_now = MapInfo { stale_after_days: 30.0, dismissed: dismissed.clone(), ..map.info().clone() };
    let party_now = Party {
        owner: "Ann".into(),
        notes: "by tube".into(),
        promise: "p".into(),
        process_time_high_h: Some(3.0),
        dismissed: dismissed.clone(),
        ..(*transport).clone()
    };
    let handoff_now = Handoff {
        form: Form::Material,
        agreement: Agreement::Agreed,
        volume: Some(5.0),
        wait_low_h: Some(0.1),
        dismissed,
        ..(*sample).clone()
    };
    let change = Change { subject: Subject::Party(id), lever: Lever::ProcessTime, value: 0.1, why: String::new() };
    let scenario = Scenario { name: "Faster".into(), changes: vec![change], ..Scenario::default() };
    let scenario_id = ScenarioId::parse("s").expect("id");
    let edits = vec![
        Edit::PutParty(id, party_now.clone()),
        Edit::PutHandoff(hid, handoff_now.clone()),
        Edit::Place(id, pt(9.0, 9.0)),
        Edit::SetInfo(info_now.clone()),
        Edit::PutScenario(scenario_id, scenario.clone()),
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
    assert_eq!((after.info(), after.scenario(scenario_id).map(|s| &**s)), (&info_now, Some(&scenario)), "no table");
    let got = handoff(after, "Labelled sample").1;
    assert_eq!(
        (got.requirements.len(), got.requirements[0].actual(), got.requirements[0].weight),
        (2, Some(80.0), 2.0)
    );
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
          department, owner, process_time_h, value_adding, promise, rate_per_h, process_time_low_h, process_time_high_h, \
          target_lead_time_h, id"
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
