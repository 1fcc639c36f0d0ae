//! Tables: out, in again, and nothing changed.

use super::{Place, SAMPLES};

/// The files of a CSV export of a map of which nothing more is told.
fn csvs(name: &str) -> [String; 3] {
    ["parties", "handoffs", "requirements"].map(|table| format!("{name}-{table}.csv"))
}

#[test]
fn csv_tables_come_back_to_the_byte() {
    let place = Place::with_samples();
    for sample in SAMPLES {
        let map = format!("{sample}.ron");
        let said = place.done(&["export", &map, "first.csv"]);
        let listed =
            said.trim_end().strip_prefix("Written: ").and_then(|l| l.strip_suffix('.')).expect("what was written");
        let first: Vec<&str> = listed.split(", ").collect();
        assert_eq!(first[..3], csvs("first"), "tables that are always there");
        // The borrower's file was counted in a published case, and who counted is kept in a table of its own.
        assert_eq!(&first[3..], if sample == "loan" { &["first-observations.csv"][..] } else { &[] }, "{sample}");
        let again = format!("again-{map}");
        place.done(&[&["import"], &first[..], &["--out", &again]].concat());
        place.done(&["export", &again, "second.csv"]);
        for name in first {
            let second = name.replace("first", "second");
            assert!(place.read(name).len() > 100, "{name} holds something");
            assert_eq!(place.read(name), place.read(&second), "{sample}, {name}");
        }
    }
}

#[test]
fn a_workbook_comes_back_to_the_byte() {
    let place = Place::with_samples();
    for sample in SAMPLES {
        let map = format!("{sample}.ron");
        place.done(&["export", &map, "first.xlsx"]);
        place.done(&["import", "first.xlsx", "--out", &format!("again-{map}")]);
        place.done(&["export", &format!("again-{map}"), "second.XLSX"]);
        assert!(place.read("first.xlsx").starts_with(b"PK"), "a workbook");
        assert_eq!(place.read("first.xlsx"), place.read("second.XLSX"), "{sample}");
        assert_eq!(place.figures(&map)["customers"], place.figures(&format!("again-{map}"))["customers"], "{sample}");
    }
}

#[test]
fn importing_a_map_into_itself_changes_nothing() {
    let place = Place::with_samples();
    for sample in SAMPLES {
        let map = format!("{sample}.ron");
        place.done(&["export", &map, "own.csv"]);
        place.done(&["export", &map, "own.xlsx"]);
        let before = place.everything();
        let [parties, handoffs, requirements] = csvs("own");
        let said = place.done(&["import", &parties, &handoffs, &requirements, "--into", &map, "--out", &map]);
        assert!(said.contains("Nothing changed"), "{said}");
        place.done(&["import", "own.xlsx", "--out", &map, "--into", &map]);
        assert_eq!(place.everything(), before, "{sample}: not even written again");
    }
}

#[test]
fn a_map_written_by_hand_keeps_its_comments_while_nothing_changes() {
    let place = Place::new();
    let text = "// ours\n(version: 1, parties: [(id: \"a\", name: \"A\"), /* the buyer */ (id: \"b\", kind: customer)],\n\
                handoffs: [(supplier: \"a\", customer: \"b\", item: \"x\")])";
    place.write("hand.ron", text);
    place.done(&["export", "hand.ron", "hand.csv"]);
    place.done(&["import", "hand-parties.csv", "hand-handoffs.csv", "--into", "hand.ron", "--out", "./hand.ron"]);
    assert_eq!(place.read("hand.ron"), text.as_bytes());
}

#[test]
fn new_parties_of_an_import_get_places_of_their_own() {
    let place = Place::with_samples();
    place.write("handoffs.csv", "supplier,customer,item\nReport,Archive,copy\nArchive,Auditor,copies of a year\n");
    let ran = place.peel(&["import", "handoffs.csv", "--into", "lab.ron", "--out", "more.ron"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.contains("2 parties added"), "{}", ran.out);
    let text = String::from_utf8(place.read("more.ron")).expect("text");
    let mut places: Vec<&str> = text.lines().filter_map(|line| line.split_once(" at: ").map(|(_, at)| at)).collect();
    assert_eq!(places.len(), 9, "every party has a place");
    places.sort_unstable();
    places.dedup();
    assert_eq!(places.len(), 9, "none twice");
}

#[test]
fn warnings_go_to_standard_error_and_do_not_stop_the_import() {
    let place = Place::new();
    place.write("parties.csv", "name,colour\nSales,red\n");
    let ran = place.peel(&["import", "parties.csv", "--out", "map.ron"]);
    assert_eq!(ran.status, 0);
    assert!(ran.err.starts_with("warning: parties.csv: the column “colour” was left out"), "{}", ran.err);
    assert_eq!(
        ran.out,
        "Imported: 1 party added, 0 changed; 0 handoffs added, 0 changed; 0 requirements added, 0 changed.\nWritten: map.ron.\n"
    );
}

/// Tables of what belongs to the loan's parties and handoffs.
fn belongings(place: &Place) -> [&'static str; 4] {
    place.write("measures.csv", "party,measure,target\nRisk review,answers within a day,90\n");
    place.write(
        "observations.csv",
        "party,measure,period,value,by\nRisk review,answers within a day,2026-01,80,Ana\n\
         Risk review,answers within a day,2026-02,85,\n",
    );
    place.write("expectations.csv", "party,customer,expectation,importance\nDisbursement,Borrower,money in a week,9\n");
    place.write("ratings.csv", "supplier,customer,item,side,overall\nRisk review,Decision,Risk opinion,receiver,4\n");
    ["measures.csv", "observations.csv", "expectations.csv", "ratings.csv"]
}

#[test]
fn every_kind_of_table_is_imported_counted_and_comes_back() {
    let place = Place::with_samples();
    let tables = belongings(&place);
    let ran = place.peel(&[&["import"], &tables[..], &["--into", "loan.ron", "--out", "more.ron"]].concat());
    assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert_eq!(
        ran.out,
        "Imported: 0 parties added, 0 changed; 0 handoffs added, 0 changed; 0 requirements added, 0 changed; 1 measure \
         added, 0 changed; 2 observations added, 0 changed; 1 expectation added, 0 changed; 1 rating added, 0 changed.\n\
         Written: more.ron.\n"
    );
    for ending in ["csv", "xlsx"] {
        let said = place.done(&["export", "more.ron", &format!("first.{ending}")]);
        let files: Vec<&str> = said["Written: ".len()..].trim_end_matches(".\n").split(", ").collect();
        assert_eq!(files.len(), if ending == "csv" { 7 } else { 1 }, "{said}");
        let again = format!("again-{ending}.ron");
        place.done(&[&["import"], &files[..], &["--out", &again]].concat());
        place.done(&["export", &again, &format!("second.{ending}")]);
        for file in &files {
            assert_eq!(place.read(file), place.read(&file.replace("first", "second")), "{file}");
        }
        let said = place.done(&[&["import"], &files[..], &["--into", "more.ron", "--out", "more.ron"]].concat());
        assert!(said.contains("Nothing changed"), "{said}");
    }
}

#[test]
fn a_row_about_nothing_that_is_there_keeps_all_tables_out() {
    let place = Place::with_samples();
    let tables = belongings(&place);
    place.write("observations.csv", "party,measure,period,value\nRisk review,answers,2026-01,80\n");
    let ran = place.peel(&[&["import"], &tables[..], &["--into", "loan.ron", "--out", "never.ron"]].concat());
    assert_eq!(ran.status, 1);
    assert!(
        ran.err.contains(
            "observations.csv, line 2, measure: “Risk review” has no measure “answers”: add it to measures, or write it as \
             it is written there"
        ),
        "{}",
        ran.err
    );
    assert!(!place.path("never.ron").exists(), "nothing is written");
}
