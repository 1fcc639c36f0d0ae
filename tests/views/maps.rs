//! Maps to show: the samples, thirty parties with all that is awkward, and five hundred by chance.

use peel::files::{format, samples};
use peel::geom::pt;
use peel::model::{Document, Edit, Handoff, HandoffKind, IdGen, Party, PartyId, PartyKind};

/// Thirty parties with loops, rework, three customers, an unconnected part, open ends, long names and markup in names.
pub fn thirty() -> Document {
    format::read(include_bytes!("../fixtures/views/thirty.ron")).expect("the fixture is sound").document
}

/// The maps on which every view is looked at closely.
pub fn small() -> Vec<(String, Document)> {
    let samples = samples::ALL.iter().map(|sample| (sample.id.to_owned(), sample.open()));
    samples.chain([("thirty".to_owned(), thirty())]).collect()
}

/// The records of a file from the last to the first; what belongs to a handoff stays in its order.
pub fn turned(text: &str) -> String {
    let is_record = |line: &str| line.starts_with("        (id:");
    let mut lines: Vec<&str> = text.lines().collect();
    for run in lines.chunk_by_mut(|a, b| is_record(a) == is_record(b)) {
        if is_record(run[0]) {
            run.reverse();
        }
    }
    assert_ne!(lines.join("\n"), text.trim_end(), "something was turned");
    lines.join("\n")
}

/// The same numbers for the same seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }
}

/// A chain of 500 parties: rings around one customer, two handoffs a party, most to the next ring, some over several and
/// some back.
pub fn five_hundred() -> Document {
    const COUNT: usize = 500;
    const RINGS: usize = 17;
    const WHAT: [&str; 8] = ["Order", "Invoice", "Parts", "Quality", "Freight", "Contract", "Demand", "Tooling"];
    const DOES: [&str; 8] = ["Intake", "Release", "Planning", "Assembly", "Dispatch", "Approval", "Sourcing", "Review"];
    const HOME: [&str; 10] = ["North", "South", "Plant", "Desk", "Hub", "Line", "Cell", "Team", "Unit", "Office"];
    let (mut ids, mut chance, mut edits) = (IdGen::new(500, 1), Chance(20_240), Vec::new());
    let parties: Vec<PartyId> = (0..COUNT).map(|_| ids.make()).collect();
    let ring = |party: usize| if party == 0 { 0 } else { 1 + (party - 1) * (RINGS - 1) / COUNT };
    let mut members = vec![Vec::new(); RINGS];
    for party in 0..COUNT {
        members[ring(party)].push(party);
    }
    for (i, id) in parties.iter().enumerate() {
        let name = format!("{} {} n{i}", WHAT[chance.below(8)], DOES[chance.below(8)]);
        let kind = if i == 0 { PartyKind::Customer } else { PartyKind::Process };
        let department = if i == 0 { "" } else { HOME[chance.below(10)] };
        let time = (i > 0).then(|| chance.below(240) as f64 / 40.0);
        let party = Party { department: department.into(), process_time_h: time, ..Party::named(name, kind) };
        edits.push(Edit::PutParty(*id, party));
        let row = i - members[ring(i)][0];
        edits.push(Edit::Place(*id, pt((RINGS - ring(i)) as f32 * 340.0, row as f32 * 130.0)));
    }
    for i in 0..2 * (COUNT - 1) {
        let from = 1 + i % (COUNT - 1);
        let to = match if i < COUNT - 1 { 0 } else { chance.below(100) } {
            0..80 => ring(from) - 1,
            80..93 => ring(from).saturating_sub(2 + chance.below(3)),
            _ => (ring(from) + 1 + chance.below(2)).min(RINGS - 1),
        };
        let (own, other) = (&members[ring(from)], &members[to]);
        let at = (from - own[0]) * other.len() / own.len();
        let to = other[(at + chance.below(7)).saturating_sub(3).min(other.len() - 1)];
        if from != to {
            let item = format!("{} {} {i}", WHAT[chance.below(8)], DOES[chance.below(8)]);
            let back = ring(to) >= ring(from);
            let handoff = Handoff {
                kind: if back { HandoffKind::Rework } else { HandoffKind::Forward },
                complete_accurate_pct: Some(60.0 + chance.below(401) as f64 / 10.0),
                wait_h: Some(chance.below(300) as f64 / 10.0),
                ..Handoff::between(Some(parties[from]), Some(parties[to]), item)
            };
            edits.push(Edit::PutHandoff(ids.make(), handoff));
        }
    }
    let mut document = Document::default();
    document.apply(edits).expect("the map is sound");
    document
}
