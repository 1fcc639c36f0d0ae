//! Known tables of what belongs to handoffs and parties: observations, measures, expectations and ratings.

use peel::files::tables::{Count, CsvStyle, Imported, TableKind, import, tables, to_csv};
use peel::geom::pt;
use peel::model::{
    Agreement, Aspect, Document, Edit, Handoff, Party, PartyId, PartyKind, Period, Rating, Side, VoiceKind, When,
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

pub(super) fn loan() -> Document {
    fresh(&[PARTIES, HANDOFFS, REQUIREMENTS]).document
}

pub(super) fn when(text: &str) -> Option<When> {
    When::parse(text).ok()
}

/// The same tables again change nothing, and neither does the export.
pub(super) fn settled(imported: &Imported, files: &[(&str, &str)]) {
    let document = &imported.document;
    assert!(into(document, files).document.is_same(document), "twice is once: {files:?}");
    let exported = csvs(document, CsvStyle::default());
    let back = import(&read_back(&exported), document, &mut ids()).expect("imports");
    assert!(back.document.is_same(document), "the export changes nothing");
    let anew = import(&read_back(&exported), &Document::default(), &mut ids()).expect("imports");
    assert_eq!(csvs(&anew.document, CsvStyle::default()), exported, "a new map exports the same");
}

pub(super) fn count(added: usize, changed: usize) -> Count {
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
fn times_that_vary_and_a_lead_time_that_was_promised_stand_in_columns() {
    let files = [
        (
            "parties.csv",
            "Name,Process Time H,process_time_low_h,PROCESS-TIME-HIGH (h),target_lead_time_h\nRisk,2,90 min,\"4,5\",\nBorrower,,,,5 d\n",
        ),
        (
            "handoffs.csv",
            "supplier,customer,item,wait_h,wait_low_h,wait_high_h\nBankers,Risk,file,8,0,2 d\nRisk,Borrower,answer,,1,\n",
        ),
    ];
    let imported = into(&loan(), &files);
    let risk = party(&imported.document, "Risk").1;
    assert_eq!([risk.process_time_low_h, risk.process_time_h, risk.process_time_high_h], [1.5, 2.0, 4.5].map(Some));
    let borrower = party(&imported.document, "Borrower").1;
    assert_eq!((borrower.target_lead_time_h, risk.target_lead_time_h), (Some(40.0), None));
    let waits = |item| {
        let handoff = handoff(&imported.document, item).1;
        [handoff.wait_low_h, handoff.wait_h, handoff.wait_high_h]
    };
    assert_eq!(waits("file"), [0.0, 8.0, 16.0].map(Some));
    assert_eq!(waits("answer"), [Some(1.0), None, None], "a range may be there before the time is");
    settled(&imported, &files);
    let empty = [("parties.csv", "name,process_time_low_h,owner\nRisk,,Ann\n")];
    let later = into(&imported.document, &empty);
    let now = party(&later.document, "Risk").1;
    assert_eq!((now.process_time_low_h, now.owner.as_str()), (Some(1.5), "Ann"), "an empty cell leaves what is there");
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
        ("reviews.csv", format!("party,started,led_by,notes\n{quoted},2026-01-02,{quoted},{quoted}\n")),
        ("steps.csv", format!("party,step,reason\n{quoted},change,{quoted}\n")),
        ("sprints.csv", format!("goal,supplier,customer,item,owner\n{quoted},{quoted},B,{quoted},{quoted}\n")),
        ("tasks.csv", format!("sprint,task,owner\n{quoted},{quoted},{quoted}\n")),
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

#[test]
fn a_survey_sheet_comes_back_as_answers_and_open_lines_say_nothing() {
    let said = "party,customer,expectation,importance,satisfaction,source\n\
                Risk,Borrower,a quick answer,9,3,Ana\nRisk,Borrower,one contact,7,7,Ana\n";
    let document = into(&loan(), &[("expectations.csv", said)]).document;
    let [process, customer] = ["Risk", "Borrower"].map(|name| party(&document, name).0);
    let sheet = peel::brief::survey_csv(&document, process, customer);
    let unanswered = into(&document, &[("expectations.csv", sheet.as_str())]);
    assert_eq!(unanswered.document, document, "nobody answered: {sheet}");
    // Bo answers the first line only; columns: party, customer, kind, expectation, importance, satisfaction, source.
    let mut answered = false;
    let filled: Vec<String> = sheet
        .lines()
        .map(|line| {
            let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
            if line.contains("a quick answer") {
                answered = true;
                cells[4..7].clone_from_slice(&["8", "5", "Bo"].map(String::from));
            }
            cells.join(",")
        })
        .collect();
    assert!(answered, "{sheet}");
    let files = [("expectations.csv", filled.join("\n"))];
    let files = files.each_ref().map(|(name, text)| (*name, text.as_str()));
    let imported = into(&document, &files);
    let voices = &party(&imported.document, "Risk").1.voices;
    let last = voices.last().expect("an answer");
    assert_eq!(
        (voices.len(), last.importance, last.satisfaction, last.source.as_str()),
        (3, Some(8.0), Some(5.0), "Bo")
    );
    settled(&imported, &files);
}

#[test]
fn reviews_steps_sprints_and_tasks_come_in_and_go_out() {
    let files = [
        (
            "reviews.csv",
            "party,started,finished,led_by,notes\nRisk,2026-01-30,2.2.2026,Ana,all well\nRisk,2026-05-01,,Bo,\n",
        ),
        ("steps.csv", "party,step,reason,period\nBankers,inputs and outputs,they sell,2026-Q1\n"),
        (
            "sprints.csv",
            "goal,supplier,customer,item,owner,start,days,cost\nFiles come whole,Bankers,Risk,file,Ana,2026-11-01,,2600\nFaster,,,,,,10,\n",
        ),
        ("tasks.csv", "sprint,task,owner,done\nFiles come whole,a list,Bo,2026-11-02\nFiles come whole,tell them,,\n"),
    ];
    let imported = into(&loan(), &files);
    assert_eq!((imported.reviews, imported.steps), (count(2, 0), count(1, 0)));
    assert_eq!((imported.sprints, imported.tasks, imported.parties), (count(2, 0), count(2, 0), count(0, 0)));
    let document = &imported.document;
    let risk = party(document, "Risk").1;
    let days = |review: &peel::model::Review| (review.started.to_string(), review.finished.map(|day| day.to_string()));
    assert_eq!(days(&risk.reviews[0]), ("2026-01-30".into(), Some("2026-02-02".into())));
    assert_eq!((days(&risk.reviews[1]).1, risk.reviews[1].by.as_str()), (None, "Bo"));
    assert_eq!(party(document, "Bankers").1.not_applicable[0].step, peel::model::Step::InputsAndOutputs);
    let whole = document.sprints().find(|(_, sprint)| sprint.goal == "Files come whole").expect("there").1;
    assert_eq!(whole.handoffs, [handoff(document, "file").0]);
    assert_eq!((whole.days, whole.cost, whole.tasks.len()), (20, Some(2600.0), 2), "empty is what it is by itself");
    assert_eq!(whole.tasks[0].done.map(|day| day.to_string()).as_deref(), Some("2026-11-02"));
    settled(&imported, &files);
    let later = into(document, &[("tasks.csv", "sprint,task,done\nFiles come whole,tell them,2026-11-09\n")]);
    assert_eq!((later.tasks, later.sprints), (count(0, 1), count(0, 0)));
    for (name, text, problem) in [
        ("reviews.csv", "party,started\nRisk,2026-01\n", "line 2, started: “2026-01” is not a day"),
        ("reviews.csv", "party,started\nRisk,\n", "the day is missing on which the review was started"),
        ("steps.csv", "party,step,reason\nRisk,third,x\n", "“third” is not known here: write inputs-and-outputs,"),
        ("steps.csv", "party,step,reason\nRisk,change,\n", "say which step does not apply, and why"),
        ("tasks.csv", "sprint,task\nSlower,x\n", "there is no sprint “Slower”: add it to sprints"),
        ("sprints.csv", "goal,days\nx,0\n", "must lie between 1 and 366 d"),
        ("sprints.csv", "goal,supplier,customer,item\nx,Bankers,Risk,gone\n", "there is no handoff"),
        (
            "reviews.csv",
            "party,started\nRisk,2026-06-01\n",
            "line 2, started: another review of this process runs: finish one",
        ),
    ] {
        let tables = super::texts(&[(name, text)]);
        let error = import(&tables, document, &mut ids()).expect_err(text).to_string();
        assert!(error.contains(problem), "{error}\nwanted {problem}");
    }
}
