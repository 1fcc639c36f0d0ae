//! Texts that try to be something else than text, from `tests/fixtures/hostile_names.txt`, and maps that are full of them.

use jiff::civil::Date;
use peel::geom::pt;
use peel::model::{
    Dismissal, Document, Edit, Handoff, HandoffId, Interval, MapInfo, Measure, MeasureId, NotApplicable, Observation,
    Operator, Party, PartyId, PartyKind, Period, Rating, Requirement, RequirementId, Review, SavedView, Scenario,
    ScenarioId, Schedule, Sprint, SprintId, Task, ViewId, Voice, VoiceId, VoiceKind, When,
};

const FILE: &str = include_str!("../fixtures/hostile_names.txt");

/// Every text with its label, in the order of the file.
pub fn all() -> Vec<(String, String)> {
    read(FILE).unwrap_or_else(|problem| panic!("tests/fixtures/hostile_names.txt: {problem}"))
}

/// Those that a map takes: none has a NUL.
pub fn kept() -> Vec<(String, String)> {
    all().into_iter().filter(|(_, text)| !text.contains('\0')).collect()
}

/// The text with a label.
pub fn text(label: &str) -> String {
    let found = all().into_iter().find(|(other, _)| other == label);
    found.unwrap_or_else(|| panic!("tests/fixtures/hostile_names.txt has no {label}")).1
}

/// Reads lines of a label, a tab and a text; those that begin with # are comments. Labels and texts are each once.
pub fn read(file: &str) -> Result<Vec<(String, String)>, String> {
    let mut found: Vec<(String, String)> = Vec::new();
    for (at, line) in file.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        let wrong = |problem: &str| format!("line {}: {problem}", at + 1);
        let (label, text) = line.split_once('\t').ok_or_else(|| wrong("a tab after the label is missing"))?;
        let is_label = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if label.is_empty() || !label.chars().all(is_label) {
            return Err(wrong("a label is of a-z, 0-9 and -"));
        }
        let text = unescaped(text).map_err(|problem| wrong(&problem))?;
        if let Some((other, _)) = found.iter().find(|(other, known)| other == label || *known == text) {
            return Err(wrong(&format!("label or text are those of {other}")));
        }
        found.push((label.to_owned(), text));
    }
    Ok(found)
}

fn unescaped(text: &str) -> Result<String, String> {
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let letter = after.chars().next().ok_or("it ends in a backslash")?;
        rest = &after[letter.len_utf8()..];
        out.push(match letter {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '0' => '\0',
            '\\' => '\\',
            'u' => {
                let (digits, after) = rest.strip_prefix('{').and_then(|r| r.split_once('}')).ok_or("\\u needs {…}")?;
                rest = after;
                let code = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
                code.ok_or_else(|| format!("\\u{{{digits}}} is no character"))?
            }
            other => return Err(format!("\\{other} is not known")),
        });
    }
    Ok(out + rest)
}

fn day(text: &str) -> Date {
    text.parse().expect(text)
}

pub fn party_id(at: usize) -> PartyId {
    PartyId::parse(&format!("p{at}")).expect("an id")
}

pub fn handoff_id(at: usize) -> HandoffId {
    HandoffId::parse(&format!("h{at}")).expect("an id")
}

/// A chain of parties called by these texts, the last of them a customer; each has its text in every field.
pub fn crowd(texts: &[(String, String)]) -> Document {
    let first = texts.first().map(|(_, text)| text.clone()).unwrap_or_default();
    let schedule = Schedule { every: Interval { count: 1, unit: Period::Quarter }, first: day("2026-03-31") };
    let info = MapInfo { title: first.clone(), currency: first, review: Some(schedule), ..MapInfo::default() };
    let mut edits = vec![Edit::SetInfo(info)];
    for (at, (_, text)) in texts.iter().enumerate() {
        let kind = if at + 1 == texts.len() { PartyKind::Customer } else { PartyKind::Process };
        edits.push(Edit::PutParty(party_id(at), party(text, kind, party_id(at.saturating_sub(1)))));
        edits.push(Edit::Place(party_id(at), pt(at as f32 % 10.0 * 260.0, (at / 10) as f32 * 180.0)));
        let customer = (at + 1 < texts.len()).then(|| party_id(at + 1));
        edits.push(Edit::PutHandoff(handoff_id(at), handoff(text, party_id(at), customer)));
        // A task without words is nothing to tables.
        let task = (!text.is_empty()).then(|| Task { text: text.clone(), owner: text.clone(), done: None });
        let sprint = Sprint {
            goal: text.clone(),
            owner: text.clone(),
            handoffs: vec![handoff_id(at)],
            start: Some(day("2026-05-04")),
            tasks: task.into_iter().collect(),
            ..Sprint::default()
        };
        edits.push(Edit::PutSprint(SprintId::parse(&format!("s{at}")).expect("an id"), sprint));
    }
    let mut document = Document::default();
    document.apply(edits).expect("a sound map");
    document
}

/// [`crowd`] with what tables do not tell: notes, views, scenarios, findings put aside.
pub fn crowd_with_notes(texts: &[(String, String)]) -> Document {
    let mut document = crowd(texts);
    let mut edits = Vec::new();
    let info = MapInfo { notes: document.info().title.clone(), ..document.info().clone() };
    edits.push(Edit::SetInfo(info));
    for (at, (_, text)) in texts.iter().enumerate() {
        let id = party_id(at);
        // A reason has words.
        let dismissed = (!text.trim().is_empty()).then(|| Dismissal {
            kind: "fence".into(),
            reason: text.clone(),
            ..Dismissal::default()
        });
        let party = Party {
            notes: text.clone(),
            dismissed: dismissed.into_iter().collect(),
            ..document.party(id).map(|party| (**party).clone()).expect("there")
        };
        edits.push(Edit::PutParty(id, party));
        let handoff = document.handoff(handoff_id(at)).map(|handoff| (**handoff).clone()).expect("there");
        edits.push(Edit::PutHandoff(handoff_id(at), Handoff { notes: text.clone(), ..handoff }));
        let scenario = Scenario { name: text.clone(), notes: text.clone(), ..Scenario::default() };
        edits.push(Edit::PutScenario(ScenarioId::parse(&format!("c{at}")).expect("an id"), scenario));
        let view = SavedView { name: text.clone(), notes: text.clone(), rank: at as u32, ..SavedView::default() };
        edits.push(Edit::PutView(ViewId::parse(&format!("v{at}")).expect("an id"), view));
    }
    document.apply(edits).expect("a sound map");
    document
}

fn party(text: &str, kind: PartyKind, before: PartyId) -> Party {
    let words = || text.to_owned();
    let observations = [Observation { by: words(), ..Observation::of(3.0) }].into_iter().collect();
    let voice = Voice::new(VoiceId::parse("v").expect("an id"), Some(before), VoiceKind::Expectation, text);
    let measure = Measure::new(MeasureId::parse("m").expect("an id"), text);
    Party {
        department: words(),
        owner: words(),
        promise: words(),
        process_time_h: Some(1.0),
        measures: vec![Measure { unit: words(), observations, ..measure }],
        voices: vec![Voice { importance: Some(9.0), satisfaction: Some(2.0), source: words(), ..voice }],
        // A reason has words.
        not_applicable: (!text.trim().is_empty())
            .then(|| NotApplicable { reason: words(), ..NotApplicable::default() })
            .into_iter()
            .collect(),
        reviews: vec![Review {
            finished: Some(day("2026-02-02")),
            by: words(),
            notes: words(),
            ..Review::starting(day("2026-02-01"))
        }],
        ..Party::named(text, kind)
    }
}

fn handoff(text: &str, supplier: PartyId, customer: Option<PartyId>) -> Handoff {
    let words = || text.to_owned();
    let seen = |period: &str| Observation { when: When::parse(period).ok(), by: words(), ..Observation::of(40.0) };
    let requirement = Requirement {
        measure: words(),
        unit: words(),
        operator: Some(Operator::AtLeast),
        target: Some(80.0),
        observations: ["2026-01", "2026-02"].map(seen).into_iter().collect(),
        ..Requirement::new(RequirementId::parse("r").expect("an id"), text)
    };
    Handoff {
        complete_accurate_pct: Some(90.0),
        wait_h: Some(1.0),
        contact: words(),
        ask: words(),
        offer: words(),
        valid_until: When::parse("2026-06").ok(),
        ratings: vec![Rating { who: words(), marks: [Some(5.0); 4], ..Rating::default() }],
        requirements: vec![requirement],
        ..Handoff::between(Some(supplier), customer, text)
    }
}
