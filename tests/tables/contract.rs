//! Known tables of what belongs to handoffs and parties: observations, measures, expectations and ratings.

use peel::files::tables::{Count, CsvStyle, Imported, TableKind, import, tables, to_csv};
use peel::geom::pt;
use peel::model::{
    Agreement, Aspect, Direction, Document, Edit, Handoff, History, Known, Observation, Party, PartyId, PartyKind,
    Period, Rating, Requirement, Side, Timing, VoiceKind, When,
};

use super::{csvs, fresh, handoff, ids, into, party, read_back};

const PARTIES: (&str, &str) = ("parties.csv", "name,kind,id\nBankers,,b\nRisk,,r\nBorrower,customer,c\n");
const HANDOFFS: (&str, &str) =
    ("handoffs.csv", "supplier,customer,item,id\nBankers,Risk,file,h1\nRisk,Borrower,answer,h2\n");
const REQUIREMENTS: (&str, &str) = (
    "requirements.csv",
    "supplier,customer,item,requirement,measure,unit,operator,target,must,id\n\
     Bankers,Risk,file,complete,share,%,>=,80,yes,r1\n",
);

fn loan() -> Document {
    fresh(&[PARTIES, HANDOFFS, REQUIREMENTS]).document
}

fn complete(document: &Document) -> Requirement {
    handoff(document, "file").1.requirements[0].clone()
}

fn when(text: &str) -> Option<When> {
    Some(When::parse(text).expect(text))
}

/// The same tables again change nothing, and neither does the export.
fn settled(imported: &Imported, files: &[(&str, &str)]) {
    let document = &imported.document;
    assert!(into(document, files).document.is_same(document), "twice is once: {files:?}");
    let exported = csvs(document, CsvStyle::default());
    let back = import(&read_back(&exported), document, &mut ids()).expect("imports");
    assert!(back.document.is_same(document), "the export changes nothing");
    let anew = import(&read_back(&exported), &Document::default(), &mut ids()).expect("imports");
    assert_eq!(csvs(&anew.document, CsvStyle::default()), exported, "a new map exports the same");
}

fn count(added: usize, changed: usize) -> Count {
    Count { added, changed }
}

#[test]
fn what_was_agreed_and_what_it_costs_stands_with_the_handoff() {
    let files = [
        ("parties.csv", "name,rate_per_h\nRisk,85.5\n"),
        (
            "handoffs.csv",
            "supplier,customer,item,agreement,contact,period,ask,offer,valid_until,check_h,fix_receiver_h,fix_supplier_h,\
             late_h,late_cost_per_h,escape_pct,escape_cost\n\
             Bankers,Risk,file,Agreed,Ann,Week,all pages,an answer in a day,31.12.2026,6 min,1,2 h,1 d,12,5 %,1000\n",
        ),
        ("requirements.csv", "supplier,customer,item,requirement,tolerance,basic\nBankers,Risk,file,complete,2,yes\n"),
    ];
    let imported = into(&loan(), &files);
    let file = handoff(&imported.document, "file").1;
    assert_eq!((file.agreement, file.contact.as_str(), file.period), (Agreement::Agreed, "Ann", Period::Week));
    assert_eq!((file.ask.as_str(), file.offer.as_str()), ("all pages", "an answer in a day"));
    assert_eq!(file.valid_until, when("2026-12-31"));
    assert_eq!([file.check_h, file.fix_receiver_h, file.fix_supplier_h, file.late_h], [0.1, 1.0, 2.0, 8.0].map(Some));
    assert_eq!([file.late_cost_per_h, file.escape_pct, file.escape_cost], [12.0, 5.0, 1000.0].map(Some));
    assert_eq!((file.requirements[0].tolerance, file.requirements[0].basic), (Some(2.0), true));
    assert_eq!(party(&imported.document, "Risk").1.rate_per_h, Some(85.5));
    settled(&imported, &files);
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
        let rows: String = rows.iter().map(|row| format!("Bankers,Risk,file,complete,{row}\n")).collect();
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
    assert_eq!(with_actual(&[bare.clone()], "45").1, [(None, 45.0)], "the same");
    assert_eq!(with_actual(&[bare.clone()], "80"), (vec![], vec![(None, 80.0)]), "nothing is known of the old one");
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
fn expectations_are_told_by_who_said_what() {
    const HEADER: &str = "party,customer,kind,expectation,importance,satisfaction,source,period,people\n";
    let text = format!(
        "{HEADER}Risk,Borrower,expectation,a quick answer,9,3,Survey,2026-Q1,12\n\
         Risk,Borrower,challenge,too many questions,\"7,5\",,Survey,,\n\
         Risk,Borrower,recommendation,,,9,,,\n\
         Risk,Borrower,recommendation,,,6,,,\n\
         Risk,,,polite,,,,,\n\
         Risk,Borrower,expectation,,,,Survey,2026-Q1,\n"
    );
    let files = [("expectations.csv", text.as_str())];
    let imported = into(&loan(), &files);
    assert_eq!(imported.expectations, count(5, 0), "the last row says nothing");
    assert_eq!(imported.parties, count(0, 0));
    let voices = party(&imported.document, "Risk").1.voices.clone();
    let borrower = Some(party(&imported.document, "Borrower").0);
    let first = &voices[0];
    assert_eq!((first.customer, first.kind, first.text.as_str()), (borrower, VoiceKind::Expectation, "a quick answer"));
    assert_eq!((first.importance, first.satisfaction, first.people), (Some(9.0), Some(3.0), Some(12.0)));
    assert_eq!((first.source.as_str(), first.when), ("Survey", when("2026-Q1")));
    let answers: Vec<_> = voices.iter().filter(|voice| voice.kind == VoiceKind::Recommendation).collect();
    assert_eq!(
        answers.iter().map(|voice| voice.satisfaction).collect::<Vec<_>>(),
        [Some(9.0), Some(6.0)],
        "both count"
    );
    assert_eq!((voices[4].customer, voices[4].kind), (None, VoiceKind::Expectation));
    settled(&imported, &files);
    let text = format!("{HEADER}Risk,Borrower,,a quick answer,10,,Survey,,\nRisk,Borrower,,a quick answer,2,,Ana,,\n");
    let files = [("expectations.csv", text.as_str())];
    let later = into(&imported.document, &files);
    assert_eq!(later.expectations, count(1, 1), "Ana is somebody else");
    let first = &party(&later.document, "Risk").1.voices[0];
    assert_eq!((first.importance, first.satisfaction), (Some(10.0), Some(3.0)), "an empty cell leaves what is there");
    settled(&later, &files);
}

#[test]
fn a_customer_who_left_the_map_stays_with_what_they_said() {
    let said = "party,customer,expectation,importance,id\nRisk,Borrower,a quick answer,9,v1\n";
    let mut document = into(&loan(), &[("expectations.csv", said)]).document;
    let (borrower, _) = party(&document, "Borrower");
    document.apply(vec![Edit::RemoveParty(borrower)]).expect("applies");
    let exported = csvs(&document, CsvStyle::default());
    let text = String::from_utf8(exported[3].1.clone()).expect("UTF-8");
    assert!(text.contains("\r\n\"Risk\",,expectation,\"a quick answer\",9,,,,,\"v1\"\r\n"), "{text}");
    for text in [text.as_str(), "party,customer,expectation,importance\nRisk,,a quick answer,7\n"] {
        let after = into(&document, &[("expectations.csv", text)]);
        let voices = &party(&after.document, "Risk").1.voices;
        assert_eq!((voices.len(), voices[0].customer), (1, Some(borrower)), "{text}");
    }
}

#[test]
fn ratings_are_told_by_side_person_and_period() {
    const HEADER: &str = "supplier,customer,item,side,who,period,speed,ease,proactive,overall\n";
    let text = format!(
        "{HEADER}Bankers,Risk,file,supplier,Ann,2026-03,8,9,,9\n\
         Bankers,Risk,file,customer,,2026-03,2,,,\"3,5\"\n\
         Bankers,Risk,file,,,2026-03,,,,4\n\
         Bankers,Risk,file,receiver,Bo,2026-03,,,,\n"
    );
    let files = [("ratings.csv", text.as_str())];
    let imported = into(&loan(), &files);
    assert_eq!((imported.ratings, imported.handoffs), (count(3, 0), count(0, 0)), "without a mark there is no rating");
    let ratings = &handoff(&imported.document, "file").1.ratings;
    assert_eq!(ratings[0].marks, [Some(8.0), Some(9.0), None, Some(9.0)]);
    assert_eq!((ratings[0].side, ratings[0].who.as_str(), ratings[0].when), (Side::Supplier, "Ann", when("2026-03")));
    let overall: Vec<_> = ratings.iter().map(|rating| (rating.side, rating.mark(Aspect::Overall))).collect();
    assert_eq!(overall[1..], [(Side::Receiver, Some(3.5)), (Side::Receiver, Some(4.0))], "two people without a name");
    settled(&imported, &files);
    let text = format!("{HEADER}Bankers,Risk,file,receiver,,2026-03,,5,,\n");
    let files = [("ratings.csv", text.as_str())];
    let later = into(&imported.document, &files);
    assert_eq!(later.ratings, count(0, 1));
    assert_eq!(handoff(&later.document, "file").1.ratings[1].marks, [Some(2.0), Some(5.0), None, Some(3.5)]);
    settled(&later, &files);
}

#[test]
fn rows_pass_over_what_says_nothing_and_what_other_rows_mean() {
    let mut document = loan();
    let (id, file) = handoff(&document, "file");
    let marked = Rating { marks: [Some(7.0), None, None, None], ..Rating::default() };
    let file = Handoff { ratings: vec![Rating::default(), marked.clone()], ..(*file).clone() };
    document.apply(vec![Edit::PutHandoff(id, file)]).expect("applies");
    let files = [("ratings.csv", "supplier,customer,item,speed\nBankers,Risk,file,8\n")];
    let imported = into(&document, &files);
    let eight = Rating { marks: [Some(8.0), None, None, None], ..marked };
    assert_eq!(handoff(&imported.document, "file").1.ratings, [Rating::default(), eight], "the one with a mark");
    settled(&imported, &files);

    let said = "party,customer,expectation,importance,id\nRisk,Borrower,speed,9,v1\n";
    let document = into(&document, &[("expectations.csv", said)]).document;
    let files =
        [("expectations.csv", "party,customer,expectation,importance,id\nRisk,Borrower,speed,1,\nRisk,,,5,v1\n")];
    let imported = into(&document, &files);
    assert_eq!(imported.expectations, count(1, 1), "one row means v1, so the other is new");
    let importance: Vec<_> = party(&imported.document, "Risk").1.voices.iter().map(|voice| voice.importance).collect();
    assert_eq!(importance, [Some(5.0), Some(1.0)]);
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

#[test]
fn headers_of_the_new_tables_are_the_contract() {
    let files = [
        ("measures.csv", "party,measure\nRisk,answers\n"),
        ("observations.csv", "party,measure,value\nRisk,answers,1\n"),
        ("expectations.csv", "party,expectation\nRisk,speed\n"),
        ("ratings.csv", "supplier,customer,item,overall\nBankers,Risk,file,1\n"),
    ];
    let all = tables(&into(&loan(), &files).document);
    let headers: Vec<String> = all[3..].iter().map(|table| table.header.join(",")).collect();
    assert_eq!(
        headers,
        [
            "party,measure,unit,direction,target,tolerance,timing,serves_promise,id",
            "supplier,customer,item,requirement,party,measure,period,value,sample_size,known,by",
            "party,customer,kind,expectation,importance,satisfaction,source,period,people,id",
            "supplier,customer,item,side,who,period,speed,ease,proactive,overall",
        ]
    );
}

#[test]
fn nothing_that_people_said_runs_in_a_spreadsheet() {
    let bad = "=HYPERLINK(\"x\")";
    let mut document = Document::default();
    let id = PartyId::parse("a").expect("id");
    document
        .apply(vec![Edit::PutParty(id, Party::named(bad, PartyKind::Process)), Edit::Place(id, pt(0.0, 0.0))])
        .expect("applies");
    let quoted = "\"=HYPERLINK(\"\"x\"\")\"";
    let files = [
        (
            "handoffs.csv",
            format!("supplier,customer,item,contact,ask,offer\n{quoted},B,{quoted},{quoted},{quoted},{quoted}\n"),
        ),
        (
            "requirements.csv",
            format!(
                "supplier,customer,item,requirement,measure,unit\n{quoted},B,{quoted},{quoted},{quoted},{quoted}\n"
            ),
        ),
        ("measures.csv", format!("party,measure,unit\n{quoted},{quoted},{quoted}\n")),
        (
            "observations.csv",
            format!(
                "supplier,customer,item,requirement,party,measure,value,by\n{quoted},B,{quoted},{quoted},,,1,{quoted}\n,,,,{quoted},{quoted},1,{quoted}\n"
            ),
        ),
        ("expectations.csv", format!("party,customer,expectation,source\n{quoted},{quoted},{quoted},{quoted}\n")),
        ("ratings.csv", format!("supplier,customer,item,who,overall\n{quoted},B,{quoted},{quoted},1\n")),
    ];
    let files = files.each_ref().map(|(name, text)| (*name, text.as_str()));
    let imported = into(&document, &files);
    let all = tables(&imported.document);
    assert_eq!(all.len(), TableKind::ALL.len());
    for table in &all {
        let text = String::from_utf8(to_csv(table, CsvStyle::default())).expect("UTF-8");
        assert!(text.contains("\"'=HYPERLINK("), "{text}");
        let runs = |cell: &str| cell.starts_with("\"=") || cell.starts_with('=');
        assert!(!text.split([',', '\n']).any(runs), "{text}");
    }
    settled(&imported, &files);
}
