//! Known tables of observations, and what an actual value may change.

use std::slice::from_ref;

use peel::files::tables::{TableKind, import, tables};
use peel::model::{Direction, Document, Edit, History, Known, Observation, Requirement, Timing, When};

use super::contract::{count, loan, settled, when};
use super::{handoff, ids, into, party};

fn complete(document: &Document) -> Requirement {
    handoff(document, "file").1.requirements[0].clone()
}

#[test]
fn observations_are_of_requirements_and_of_measures() {
    let files = [
        (
            "observations.csv",
            "supplier,customer,item,requirement,party,measure,period,value,sample_size,known,by\n\
             Bankers,Risk,file,complete,,,2026-02,45,120,measured,Ana\n\
             Bankers,Risk,file,complete,,,2026-01,40,,guess,\n\
             ,,,,Risk,answers in time,2026-W13,\"91,5\",,,\n\
             ,,,,Risk,answers in time,2026-03-31 00:00:00,93,,sample,Bo\n",
        ),
        (
            "measures.csv",
            "Party,Measure,unit,direction,target,tolerance,timing,serves_promise\nRisk,answers in time,%,higher,95,1,leading,yes\n",
        ),
    ];
    let imported = into(&loan(), &files);
    assert_eq!((imported.observations, imported.measures), (count(4, 0), count(1, 0)));
    assert_eq!((imported.requirements, imported.parties, imported.handoffs), Default::default(), "these stay");
    let seen = complete(&imported.document).observations;
    let first = Observation { when: when("2026-01"), known: Some(Known::Guess), ..Observation::of(40.0) };
    let last = Observation {
        when: when("2026-02"),
        value: 45.0,
        sample_size: Some(120.0),
        known: Some(Known::Measured),
        by: "Ana".into(),
    };
    assert_eq!(seen.all(), [first, last], "in the order of their periods");
    let measure = &party(&imported.document, "Risk").1.measures[0];
    assert_eq!(
        (measure.direction, measure.timing, measure.serves_promise),
        (Direction::Higher, Some(Timing::Leading), true)
    );
    assert_eq!((measure.target, measure.tolerance, measure.unit.as_str()), (Some(95.0), Some(1.0), "%"));
    let values: Vec<_> = measure.observations.all().iter().map(|seen| (seen.when, seen.value)).collect();
    assert_eq!(values, [(when("2026-W13"), 91.5), (when("2026-03-31"), 93.0)]);
    assert_eq!(
        imported.summary(),
        "Imported: 0 parties added, 0 changed; 0 handoffs added, 0 changed; 0 requirements added, 0 changed; 1 measure \
         added, 0 changed; 4 observations added, 0 changed."
    );
    settled(&imported, &files);
}

#[test]
fn the_kth_row_of_a_period_is_the_kth_observation_of_it() {
    const HEADER: &str = "supplier,customer,item,requirement,period,value,by\n";
    let rows = |rows: &[&str]| {
        let rows = rows.iter().map(|row| format!("Bankers,Risk,file,complete,{row}\n")).collect::<Vec<_>>().concat();
        format!("{HEADER}{rows}")
    };
    let first = into(&loan(), &[("observations.csv", &rows(&["2026-01,1,Ana", "2026-01,2,Bo", "2026-01,3,Ana"]))]);
    let text = rows(&["2026-01,1,Ana", "2026-01,30, Ana ", "2026-01,4,Ana", "2026-02,5,Ana", "2026-01,2,Bo"]);
    let files = [("observations.csv", text.as_str())];
    let second = into(&first.document, &files);
    let seen: Vec<(f64, String)> =
        complete(&second.document).observations.all().iter().map(|seen| (seen.value, seen.by.clone())).collect();
    let expected = [(1.0, "Ana"), (2.0, "Bo"), (30.0, "Ana"), (4.0, "Ana"), (5.0, "Ana")];
    assert_eq!(seen, expected.map(|(value, by)| (value, by.to_owned())));
    assert_eq!(second.observations, count(2, 1));
    settled(&second, &files);
}

/// The warnings and the history after `actual` was given for a requirement with some history.
fn with_actual(history: &[Observation], actual: &str) -> (Vec<String>, Vec<(Option<When>, f64)>) {
    let mut document = loan();
    let (id, file) = handoff(&document, "file");
    let mut file = (*file).clone();
    file.requirements[0].observations = History::new(history.to_vec());
    document.apply(vec![Edit::PutHandoff(id, file)]).expect("applies");
    let text = format!("supplier,customer,item,requirement,actual\nBankers,Risk,file,complete,{actual}\n");
    let files = [("requirements.csv", text.as_str())];
    let imported = into(&document, &files);
    let changed = usize::from(!imported.document.is_same(&document));
    assert_eq!((imported.requirements, imported.observations), (count(0, changed), count(0, 0)), "of the row itself");
    settled(&imported, &files);
    let seen = complete(&imported.document).observations.all().iter().map(|seen| (seen.when, seen.value)).collect();
    (imported.warnings, seen)
}

#[test]
fn an_actual_value_never_rewrites_a_period() {
    let march = Observation { when: when("2026-03"), ..Observation::of(45.0) };
    let by_ana = Observation { by: "Ana".into(), ..Observation::of(45.0) };
    let bare = Observation::of(45.0);
    assert_eq!(with_actual(&[], "45"), (vec![], vec![(None, 45.0)]), "the first");
    assert_eq!(with_actual(from_ref(&bare), "45").1, [(None, 45.0)], "the same");
    assert_eq!(with_actual(from_ref(&bare), "80"), (vec![], vec![(None, 80.0)]), "nothing is known of the old one");
    assert_eq!(with_actual(&[by_ana], "80"), (vec![], vec![(None, 45.0), (None, 80.0)]), "Ana said what she said");
    assert_eq!(with_actual(&[bare, march.clone()], "45").1, [(None, 45.0), (when("2026-03"), 45.0)], "the latest");
    let (warnings, seen) = with_actual(&[march], "80");
    assert_eq!(seen, [(when("2026-03"), 45.0)]);
    assert_eq!(
        warnings,
        [
            "requirements.csv, line 2, actual: “80” was left out, because the latest value is 45 of 2026-03: give it a period in \
          the table observations"
        ]
    );
}

#[test]
fn a_row_added_to_exported_observations_needs_no_other_change() {
    let before = into(
        &loan(),
        &[("o.csv", "supplier,customer,item,requirement,period,value\nBankers,Risk,file,complete,2026-03,45\n")],
    );
    let mut exported = tables(&before.document);
    let observations = exported.iter_mut().find(|table| table.kind == TableKind::Observations).expect("there");
    let mut row = observations.rows[0].clone();
    row.cells[6..8].clone_from_slice(&["2026-04".to_owned(), "80".to_owned()]);
    observations.rows.push(row);
    let after = import(&exported, &before.document, &mut ids()).expect("imports");
    assert_eq!(complete(&after.document).actual(), Some(80.0), "the actual value of the export is that of March");
    assert_eq!((after.warnings, after.observations), (vec![], count(1, 0)));
}

#[test]
fn a_single_value_of_which_nothing_is_known_stays_with_its_requirement() {
    let files = [("r.csv", "supplier,customer,item,requirement,actual\nBankers,Risk,file,complete,45\n")];
    let kinds = |document: &Document| tables(document).iter().map(|table| table.kind).collect::<Vec<_>>();
    let imported = into(&loan(), &files);
    assert_eq!(kinds(&imported.document), TableKind::ALL[..3], "a plain map exports three tables");
    settled(&imported, &files);
    let files =
        [("o.csv", "party,measure,value\nRisk,answers,45\n"), ("measures.csv", "party,measure\nRisk,answers\n")];
    let imported = into(&loan(), &files);
    assert_eq!(kinds(&imported.document), TableKind::ALL[..5], "measures have no other place for it");
    settled(&imported, &files);
}

#[test]
fn requirements_of_one_name_are_told_by_their_ids_also_from_another_map() {
    let two = (
        "requirements.csv",
        "supplier,customer,item,requirement,id\nBankers,Risk,file,legible,x1\nBankers,Risk,file,legible,x2\n",
    );
    let seen = (
        "observations.csv",
        "supplier,customer,item,requirement,value,by\nBankers,Risk,file,legible [x1],1,Ana\nBankers,Risk,file,legible [x2],2,Ana\n",
    );
    let ours = ("requirements.csv", "supplier,customer,item,requirement,id\nBankers,Risk,file,legible,own\n");
    let imported = into(&into(&loan(), &[ours]).document, &[two, seen]);
    let actual: Vec<_> = handoff(&imported.document, "file").1.requirements[1..]
        .iter()
        .map(|r| (r.id.to_string(), r.actual()))
        .collect();
    assert_eq!(actual, [("own".to_owned(), Some(1.0)), ("x2".to_owned(), Some(2.0))], "one was there, one is new");
    settled(&imported, &[two, seen]);
    let written: Vec<String> = tables(&imported.document)[3].rows.iter().map(|row| row.cells[3].clone()).collect();
    assert_eq!(written, ["legible [own]", "legible [x2]"]);
}
