//! Maps to be written about.

use peel::geom::pt;
use peel::model::{
    Agreement, Direction, Document, Edit, Handoff, HandoffId, HandoffKind, History, Known, MapInfo, Measure, MeasureId,
    Observation, Operator, Party, PartyId, PartyKind, Raci, Rating, Requirement, RequirementId, Role, Side, Timing,
    Told, Voice, VoiceId, VoiceKind, When,
};

use super::names;

pub fn id(text: &str) -> PartyId {
    PartyId::parse(text).expect(text)
}

pub fn handoff_id(text: &str) -> HandoffId {
    HandoffId::parse(text).expect(text)
}

fn when(text: &str) -> Option<When> {
    When::parse(text).ok()
}

pub fn document(parties: Vec<(&str, Party)>, handoffs: Vec<(String, Handoff)>) -> Document {
    let mut edits =
        vec![Edit::SetInfo(MapInfo {
            title: "How a loan is made".into(), currency: "€".into(), ..MapInfo::default()
        })];
    for (at, (name, party)) in parties.into_iter().enumerate() {
        edits.push(Edit::PutParty(id(name), party));
        edits.push(Edit::Place(id(name), pt(at as f32 * 240.0, 0.0)));
    }
    edits.extend(handoffs.into_iter().map(|(name, handoff)| Edit::PutHandoff(handoff_id(&name), handoff)));
    let mut document = Document::default();
    document.apply(edits).expect("a sound map");
    document
}

pub fn requirement(name: &str, text: &str, target: f64, history: &[(&str, f64, f64)]) -> Requirement {
    let seen = |(period, value, n): &(&str, f64, f64)| Observation {
        when: when(period),
        sample_size: Some(*n),
        known: Some(Known::Measured),
        by: "Ana".into(),
        ..Observation::of(*value)
    };
    Requirement {
        measure: format!("share of files: {text}"),
        unit: "%".into(),
        operator: Some(Operator::AtLeast),
        target: Some(target),
        observations: history.iter().map(seen).collect::<History>(),
        ..Requirement::new(RequirementId::parse(name).expect(name), text)
    }
}

pub fn process(name: &str, department: &str, owner: &str) -> Party {
    Party {
        department: department.into(),
        owner: owner.into(),
        rate_per_h: Some(60.0),
        ..Party::named(name, PartyKind::Process)
    }
}

fn voice(name: &str, customer: &str, kind: VoiceKind, text: &str, numbers: (f64, Option<f64>)) -> Voice {
    Voice {
        importance: Some(numbers.0).filter(|_| kind != VoiceKind::Recommendation),
        satisfaction: numbers.1,
        source: "Interview".into(),
        when: when("2026-03"),
        ..Voice::new(VoiceId::parse(name).expect(name), Some(id(customer)), kind, text)
    }
}

fn rating(side: Side, marks: [f64; 4]) -> Rating {
    Rating { side, marks: marks.map(Some), ..Rating::default() }
}

fn bankers() -> Party {
    let measure = Measure {
        unit: "%".into(),
        direction: Direction::Higher,
        target: Some(95.0),
        timing: Some(Timing::Leading),
        serves_promise: true,
        observations: History::of(91.0),
        ..Measure::new(MeasureId::parse("m1").expect("id"), "Files with every document on the day they come in")
    };
    Party {
        promise: "A file that can be underwritten without asking again.".into(),
        measures: vec![measure, Measure::new(MeasureId::parse("m2").expect("id"), "Calls answered")],
        voices: vec![
            voice("v1", "uw", VoiceKind::Expectation, "Complete when it arrives", (9.0, Some(3.0))),
            voice("v2", "uw", VoiceKind::Expectation, "One contact for questions", (9.0, Some(9.0))),
            voice("v3", "uw", VoiceKind::Challenge, "Scans that cannot be read", (8.0, None)),
            voice("v4", "uw", VoiceKind::Recommendation, "", (0.0, Some(6.0))),
            voice("v5", "gone", VoiceKind::Expectation, "Said by a team that is gone", (4.0, None)),
        ],
        ..process("Commercial bankers", "Sales", "Bo Lind")
    }
}

fn loan_file() -> Handoff {
    Handoff {
        complete_accurate_pct: Some(45.0),
        on_time_pct: Some(88.0),
        late_h: Some(5.0),
        volume: Some(120.0),
        sample_size: Some(40.0),
        known: Some(Known::Sample),
        fix_receiver_h: Some(4.0),
        check_h: Some(0.5),
        agreement: Agreement::Sent,
        contact: "Bo Lind, phone 4711".into(),
        offer: "One checklist for all products.\nAnswers within a day.".into(),
        told: vec![Told {
            when: when("2026-04-02"),
            state: Agreement::Sent,
            who: "Bo Lind".into(),
            what: "Brief by mail".into(),
        }],
        ratings: vec![
            rating(Side::Receiver, [5.0, 4.0, 2.0, 4.0]),
            rating(Side::Receiver, [7.0, 4.0, 3.0, 5.0]),
            rating(Side::Supplier, [8.0, 8.0, 7.0, 8.0]),
        ],
        requirements: vec![
            requirement(
                "r1",
                "Complete at first submission",
                80.0,
                &[("2026-01", 38.0, 40.0), ("2026-02", 41.0, 39.0), ("2026-03", 45.0, 40.0)],
            ),
            Requirement {
                must: false,
                basic: true,
                observations: [Observation { known: Some(Known::Guess), ..Observation::of(97.0) }]
                    .into_iter()
                    .collect(),
                ..requirement("r2", "Readable scans", 95.0, &[])
            },
            Requirement { must: false, ..requirement("r3", "Names a contact", 100.0, &[]) },
            Requirement::new(RequirementId::parse("r4").expect("id"), "Friendly tone"),
        ],
        ..Handoff::between(Some(id("bankers")), Some(id("uw")), "Loan file")
    }
}

fn fee_note() -> Handoff {
    Handoff {
        agreement: Agreement::Agreed,
        complete_accurate_pct: Some(99.0),
        known: Some(Known::Guess),
        critical: false,
        valid_until: when("2026-06"),
        ask: "Please send it before the 3rd.".into(),
        roles: vec![
            Role { who: "Bo Lind".into(), raci: Raci::Accountable },
            Role { who: "Sales desk".into(), raci: Raci::Responsible },
        ],
        requirements: vec![requirement("r1", "Sums add up", 98.0, &[("2026-02", 99.0, 200.0)])],
        ..Handoff::between(Some(id("bankers")), Some(id("acc")), "Fee note")
    }
}

/// Bankers hand a loan file to underwriting and a note to accounting; the borrower gets the loan.
pub fn bank() -> Document {
    let parties = vec![
        ("bankers", bankers()),
        ("uw", process("Underwriting", "Credit", "Ana Ruiz")),
        ("acc", process("Accounting", "Finance", "")),
        ("borrower", Party::named("Borrower", PartyKind::Customer)),
    ];
    let loan =
        Handoff { complete_accurate_pct: Some(90.0), ..Handoff::between(Some(id("uw")), Some(id("borrower")), "Loan") };
    let back = Handoff {
        kind: HandoffKind::Rework,
        requirements: vec![requirement("r1", "Never asked", 1.0, &[])],
        ..Handoff::between(Some(id("bankers")), Some(id("borrower")), "Request for papers")
    };
    let nobody = Handoff::between(Some(id("bankers")), None, "Weekly report");
    let handoffs = [("h1", loan_file()), ("h2", fee_note()), ("h3", loan), ("h4", back), ("h5", nobody)];
    document(parties, handoffs.into_iter().map(|(name, handoff)| (name.to_owned(), handoff)).collect())
}

/// Every text of a handoff, of its ends and of what was said is this one.
pub fn hostile(words: &str) -> Document {
    let text = || words.to_owned();
    let party = |kind| Party {
        department: text(),
        owner: text(),
        promise: text(),
        measures: vec![Measure { unit: text(), ..Measure::new(MeasureId::parse("m").expect("id"), words) }],
        voices: vec![
            Voice { source: text(), ..voice("v1", "b", VoiceKind::Expectation, words, (9.0, Some(1.0))) },
            voice("v2", "b", VoiceKind::Challenge, words, (9.0, None)),
        ],
        ..Party::named(words, kind)
    };
    let history = [("2026-01", 1.0, 10.0), ("2026-02", 2.0, 10.0)];
    let mut needed = Requirement { unit: text(), measure: text(), ..requirement("r", words, 80.0, &history) };
    needed.observations = needed.observations.all().iter().map(|o| Observation { by: text(), ..o.clone() }).collect();
    let handoff = Handoff {
        agreement: Agreement::Agreed,
        contact: text(),
        ask: text(),
        offer: text(),
        told: vec![Told { who: text(), what: text(), ..Told::default() }],
        roles: vec![Role { who: text(), raci: Raci::Accountable }],
        requirements: vec![needed],
        complete_accurate_pct: Some(50.0),
        ..Handoff::between(Some(id("a")), Some(id("b")), words)
    };
    let back = Handoff { kind: HandoffKind::Rework, ..Handoff::between(Some(id("a")), Some(id("b")), words) };
    let mut map = document(
        vec![("a", party(PartyKind::Process)), ("b", party(PartyKind::Customer))],
        vec![("h".into(), handoff), ("h2".into(), back)],
    );
    let info = MapInfo { title: text(), currency: text(), ..MapInfo::default() };
    map.apply(vec![Edit::SetInfo(info)]).expect("a title");
    map
}

/// A customer of "a" that said these texts; both are called by hostile names.
pub fn spoken(texts: &[(String, String)]) -> Document {
    let said = |(at, (_, words)): (usize, &(String, String))| {
        voice(&format!("v{at}"), "b", VoiceKind::Challenge, words, (9.0, None))
    };
    let voices = texts.iter().enumerate().map(said).collect();
    let party = Party { voices, ..process(&names::text("html-script"), "", "") };
    document(vec![("a", party), ("b", process(&names::text("md-blocks"), "", ""))], Vec::new())
}

/// One party that gives so many handoffs to seven others and on to a customer.
pub fn many(count: usize) -> Document {
    let mut parties = vec![("hub", process("Hub", "Centre", ""))];
    let receivers = ["r0", "r1", "r2", "r3", "r4", "r5", "r6"];
    parties.extend(receivers.map(|name| (name, process(&format!("Receiver {name}"), "Edge", ""))));
    parties.push(("end", Party::named("End customer", PartyKind::Customer)));
    let mut handoffs: Vec<(String, Handoff)> = receivers
        .iter()
        .map(|name| (format!("z{name}"), Handoff::between(Some(id(name)), Some(id("end")), "Result")))
        .collect();
    for at in 0..count {
        let history = [("2026-01", at as f64 % 100.0, 50.0), ("2026-02", (at * 7) as f64 % 100.0, 50.0)];
        let handoff = Handoff {
            complete_accurate_pct: Some(60.0 + at as f64 % 40.0),
            requirements: vec![requirement("r1", &format!("Requirement number {at}"), 50.0, &history)],
            ..Handoff::between(Some(id("hub")), Some(id(receivers[at % receivers.len()])), format!("Item {at}"))
        };
        handoffs.push((format!("h{at}"), handoff));
    }
    document(parties, handoffs)
}
