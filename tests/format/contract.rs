//! What is agreed, observed, measured and said, in files and in the journal.

use peel::files::format::{read_edits, write, write_edits};
use peel::model::{
    Agreement, Direction, Document, History, Known, Measure, MeasureId, Observation, PartyId, Raci, Rating, Role, Side,
    Timing, Told, Voice, VoiceId, VoiceKind, When, check,
};

use super::{CONTRACT, document, handoff, party};

#[test]
fn contracts_read_as_meant_and_are_written_byte_by_byte() {
    let read = document(CONTRACT);
    assert_eq!(write(&read), CONTRACT, "written as it was");
    assert!(check(&read).is_empty(), "sound");
    let when = |text: &str| Some(When::parse(text).unwrap());
    let paper = read.handoff(handoff("paper")).unwrap();
    assert_eq!((paper.contact.as_str(), paper.valid_until), ("Ana \"the\" Banker", when("2027-Q2")));
    assert_eq!((paper.ask.as_str(), paper.offer.as_str()), ("All pages.\nAt once.", "An answer in a day"));
    let told = |month, state, who: &str, what: &str| Told { when: month, state, who: who.into(), what: what.into() };
    let expected = [
        told(when("2026-02"), Agreement::Draft, "", ""),
        told(when("2026-03-31"), Agreement::Sent, "Ana", "target 80 %"),
        told(None, Agreement::None, "Bo", ""),
    ];
    assert_eq!(paper.told, expected);
    let roles = ["Ana", "Bo", "Cy", "Di", ""].into_iter().map(String::from);
    let raci = [Raci::Accountable, Raci::Responsible, Raci::Consulted, Raci::Informed, Raci::Responsible];
    assert_eq!(paper.roles, roles.zip(raci).map(|(who, raci)| Role { who, raci }).collect::<Vec<_>>());
    let marks = [Some(9.0), Some(8.5), Some(0.0), Some(10.0)];
    let ana = Rating { side: Side::Supplier, who: "Ana".into(), when: when("2026-W13"), marks };
    let overall = Rating { marks: [None, None, None, Some(4.0)], ..Rating::default() };
    assert_eq!(paper.ratings, [ana, overall, Rating::default()]);

    let [first, bare, says_who] = &paper.requirements[..] else { panic!("three requirements") };
    let seen =
        |month, value, n, known, by: &str| Observation { when: month, value, sample_size: n, known, by: by.into() };
    let expected = [
        Observation::of(30.0),
        seen(when("2025"), -0.0, None, Some(Known::Guess), ""),
        seen(when("2026-03"), 45.0, Some(40.0), Some(Known::Measured), "Ana"),
        seen(when("2026-03"), 46.0, Some(0.0), Some(Known::Sample), ""),
    ];
    assert_eq!((first.basic, first.observations.all()), (true, &expected[..]));
    assert_eq!((bare.basic, &bare.observations), (false, &History::of(7.5)));
    assert_eq!(says_who.observations.all(), [seen(None, 7.5, None, None, "Bo")]);

    let id = |text| MeasureId::parse(text).unwrap();
    let answers = Measure {
        unit: "%".into(),
        target: Some(90.0),
        tolerance: Some(2.5),
        timing: Some(Timing::Leading),
        serves_promise: true,
        observations: History::new(vec![seen(when("2026-04"), 88.0, Some(25.0), Some(Known::Sample), "Cy")]),
        ..Measure::new(id("m2"), "Answers within a day")
    };
    let lower = Measure { direction: Direction::Lower, timing: Some(Timing::Lagging), ..Measure::new(id("m1"), "") };
    let bank = read.party(party("bank")).unwrap();
    assert_eq!(bank.measures, [answers, lower]);
    assert_eq!(read.party(party("risk")).unwrap().measures, [Measure::new(id("m1"), "Time to decide")]);
    let said = |id, customer: &str, kind, text: &str| {
        Voice::new(VoiceId::parse(id).unwrap(), PartyId::parse(customer).ok(), kind, text)
    };
    let expected = Voice {
        importance: Some(9.0),
        satisfaction: Some(3.5),
        source: "survey".into(),
        when: when("2026-Q1"),
        people: Some(12.0),
        ..said("e1", "risk", VoiceKind::Expectation, "No pages missing")
    };
    assert_eq!(bank.voices, [expected, said("said", "gone", VoiceKind::Challenge, "Three ways to ask")]);
    let answer = Voice { satisfaction: Some(0.0), ..said("e1", "", VoiceKind::Recommendation, "") };
    assert_eq!(read.party(party("risk")).unwrap().voices, [answer]);
}

#[test]
fn contracts_written_by_hand_are_put_in_order() {
    let text = r#"(version: 1,
        expectations: [(party: "b", text: "x"), (party: "a", text: "y"), (party: "b", id: "e1", text: "z")],
        measures: [(party: "a"), (party: "b"), (party: "a", id: "m1", observations: [])],
        requirements: [(handoff: "h1", observations: [(when: "31.3.2026", value: 3), (when: "2026-q1", value: 2,),
            (value: 0), (when: "2026-1", value: 1), (when: Some("2026-Q1"), value: 4)]), (handoff: "h1", observations: [(value: 5)])],
        handoffs: [(supplier: "a", customer: "b", told: [], roles: [], ratings: [])],
        parties: [(id: "a"), (id: "b")])"#;
    let read = document(text);
    let measures =
        |id| -> Vec<String> { read.party(party(id)).unwrap().measures.iter().map(|m| m.id.to_string()).collect() };
    assert_eq!((measures("a"), measures("b")), (vec!["m2".into(), "m1".into()], vec!["m1".into()]));
    let voices = read.party(party("b")).unwrap().voices.iter().map(|v| format!("{} {}", v.id, v.text));
    assert_eq!(voices.collect::<Vec<_>>(), ["e2 x", "e1 z"]);
    let requirements = &read.handoff(handoff("h1")).unwrap().requirements;
    let values: Vec<f64> = requirements[0].observations.all().iter().map(|o| o.value).collect();
    assert_eq!(values, [0.0, 1.0, 2.0, 4.0, 3.0], "by period, then as they stand in the file");
    let written = write(&read);
    assert!(
        written.contains("[(value: 0), (when: \"2026-01\", value: 1), (when: \"2026-Q1\", value: 2), "),
        "{written}"
    );
    assert!(written.contains("actual: 5"), "a bare value is written short: {written}");
    assert_eq!(document(&written), read);
}

#[test]
fn the_journal_carries_contracts_and_reads_what_an_earlier_one_wrote() {
    let read = document(CONTRACT);
    let edits = Document::default().edits_to(&read);
    assert_eq!(read_edits(&write_edits(&edits)).unwrap(), edits);
    let earlier = r#"[put_party((id:"a",name:"A")),place("a",(1,2)),put_handoff((id:"h",supplier:"a"),[(handoff:"h",id:"r",actual:3)])]"#;
    let mut document = Document::default();
    document.apply(read_edits(earlier).unwrap()).unwrap();
    assert_eq!(document.handoff(handoff("h")).unwrap().requirements[0].observations, History::of(3.0));
    for (from, to) in [
        ("id:\"r\",", ""),
        ("actual:3", "actual:3,observations:[(value:3)]"),
        ("name:\"A\")", "name:\"A\"),[(party:\"a\")]"),
        ("name:\"A\")", "name:\"A\"),[],[(party:\"a\")]"),
    ] {
        let error = read_edits(&earlier.replace(from, to)).unwrap_err();
        assert!(error.message.contains("changed by hand"), "{to}: {error}");
    }
}
