//! A map to show.

use peel::geom::pt;
use peel::model::{
    Document, Edit, Handoff, HandoffKind, History, IdGen, Operator, Party, PartyId, PartyKind, Requirement,
};

/// A map of thirty parties in eight departments, with loops, requirements of every sort, open ends and long names.
pub fn thirty() -> Document {
    const WHAT: [&str; 10] =
        ["Order", "Credit", "Parts", "Contract", "Quality", "Freight", "Invoice", "Tooling", "Demand", "Claims"];
    const DOES: [&str; 6] = ["intake", "review", "planning", "release and approval", "assembly", "dispatch"];
    const HOME: [&str; 8] =
        ["Sales", "Finance", "Logistics and transport", "Production", "Quality assurance", "Legal", "Purchasing", "IT"];
    const NEEDS: [&str; 5] = [
        "complete when it arrives",
        "delivery address in the customer's own words",
        "before 10 o'clock",
        "signed",
        "no more than two open questions a week",
    ];
    let (mut ids, mut edits) = (IdGen::new(1, 5), Vec::new());
    let parties: Vec<PartyId> = (0..30).map(|_| ids.make()).collect();
    for (i, id) in parties.iter().enumerate() {
        let (kind, name) = match i {
            0 | 1 => (PartyKind::Customer, ["Retail customer", "Wholesale partner in the north"][i].to_owned()),
            27.. => (PartyKind::Supplier, ["Steel works", "Carrier", "Credit bureau"][i - 27].to_owned()),
            _ => (PartyKind::Process, format!("{} {}", WHAT[i % 10], DOES[(i * 5) % 6])),
        };
        let department = if kind == PartyKind::Process && i != 13 { HOME[(i * 3 + i / 8) % 8] } else { "" };
        let party =
            Party { department: department.into(), process_time_h: Some(0.5 * i as f64), ..Party::named(name, kind) };
        edits
            .extend([Edit::PutParty(*id, party), Edit::Place(*id, pt((i % 6) as f32 * 320.0, (i / 6) as f32 * 140.0))]);
    }
    for i in 0..58_usize {
        let from = 2 + (i * 11) % 28;
        let to = if i % 9 == 0 { i % 2 } else { (from * 3 / 4 + i % 3) % 27 };
        let item = format!(
            "{} {}",
            WHAT[(i * 3) % 10],
            ["form", "data set", "decision", "goods", "forecast for the coming quarter"][i % 5]
        );
        let mut handoff = Handoff::between(parties.get(from).copied(), parties.get(to).copied(), item);
        match i {
            20 | 40 => handoff.customer = None,
            30 | 31 | 50 => handoff.supplier = None,
            _ if from == to => handoff.customer = None,
            _ => {}
        }
        if i % 11 == 3 {
            handoff.kind = HandoffKind::Rework;
        }
        handoff.complete_accurate_pct = (i % 4 != 1).then_some(55.0 + (i * 17 % 45) as f64);
        handoff.on_time_pct = (i % 3 != 1).then_some(60.0 + (i * 13 % 40) as f64);
        handoff.wait_h = (i % 5 != 2).then_some((i * 7 % 50) as f64);
        for n in 0..i % 4 {
            let actual = (n != 1).then_some((i * 31 % 100) as f64);
            handoff.requirements.push(Requirement {
                measure: "share".into(),
                unit: "%".into(),
                operator: Some(Operator::AtLeast),
                target: Some(60.0),
                observations: actual.map(History::of).unwrap_or_default(),
                must: n != 2,
                ..Requirement::new(ids.make(), NEEDS[(i + n) % 5])
            });
        }
        edits.push(Edit::PutHandoff(ids.make(), handoff));
    }
    let mut document = Document::default();
    document.apply(edits).expect("sound");
    document
}
