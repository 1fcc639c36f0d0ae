//! Scenarios: the map as it would be, and keeping such a state under a name.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Change, Document, Edit, IdGen, Lever, Scenario, ScenarioId, Subject};

/// The edits that make the changes on the map itself. What names something that is not there, or changes nothing, is
/// left out.
pub fn changed(document: &Document, changes: &[Change]) -> Vec<Edit> {
    let mut by_subject: BTreeMap<Subject, Vec<(Lever, f64)>> = BTreeMap::new();
    for change in changes {
        by_subject.entry(change.subject).or_default().push((change.lever, change.value));
    }
    by_subject.into_iter().filter_map(|(subject, levers)| one(document, subject, &levers)).collect()
}

fn one(document: &Document, subject: Subject, levers: &[(Lever, f64)]) -> Option<Edit> {
    match subject {
        Subject::Party(id) => {
            let old = document.party(id)?;
            let mut party = (**old).clone();
            for (lever, value) in levers {
                if *lever == Lever::ProcessTime {
                    party.process_time_h = Some(*value);
                }
            }
            (party != **old).then_some(Edit::PutParty(id, party))
        }
        Subject::Handoff(id) => {
            let old = document.handoff(id)?;
            let mut handoff = (**old).clone();
            for (lever, value) in levers {
                match lever {
                    Lever::CompleteAccurate => handoff.complete_accurate_pct = Some(*value),
                    Lever::OnTime => handoff.on_time_pct = Some(*value),
                    Lever::Wait => handoff.wait_h = Some(*value),
                    Lever::ProcessTime => {}
                }
            }
            (handoff != **old).then_some(Edit::PutHandoff(id, handoff))
        }
    }
}

/// All scenarios in the order they are shown: by rank, then by id.
pub fn scenarios_in_order(document: &Document) -> Vec<(ScenarioId, &Arc<Scenario>)> {
    let mut scenarios: Vec<_> = document.scenarios().collect();
    scenarios.sort_by_key(|(id, scenario)| (scenario.rank, *id));
    scenarios
}

/// Keeps a scenario behind all others; its rank is chosen here.
pub fn save_scenario(document: &Document, ids: &mut IdGen, scenario: Scenario) -> (ScenarioId, Vec<Edit>) {
    let order = scenarios_in_order(document);
    let next = order.last().map_or(Some(0), |(_, last)| last.rank.checked_add(1));
    let mut edits = Vec::new();
    if next.is_none() {
        let ranked = (0..).zip(&order);
        edits.extend(ranked.map(|(rank, (id, old))| Edit::PutScenario(*id, Scenario { rank, ..(***old).clone() })));
    }
    let (id, rank) = (ids.make(), next.unwrap_or(order.len() as u32));
    edits.push(Edit::PutScenario(id, Scenario { rank, ..scenario }));
    (id, edits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::pt;
    use crate::model::{EditError, Handoff, HandoffId, Party, PartyId, PartyKind};

    fn map() -> (Document, PartyId, HandoffId) {
        let (party, handoff) = (PartyId::parse("p").unwrap(), HandoffId::parse("h").unwrap());
        let mut document = Document::default();
        let edits = vec![
            Edit::PutParty(party, Party { process_time_h: Some(1.0), ..Party::named("P", PartyKind::Process) }),
            Edit::Place(party, pt(0.0, 0.0)),
            Edit::PutHandoff(handoff, Handoff { wait_h: Some(2.0), ..Handoff::between(Some(party), None, "x") }),
        ];
        document.apply(edits).unwrap();
        (document, party, handoff)
    }

    fn change(subject: Subject, lever: Lever, value: f64) -> Change {
        Change { subject, lever, value, why: String::new() }
    }

    #[test]
    fn changes_are_made_where_there_is_something_to_change() {
        let (document, party, handoff) = map();
        let changes = [
            change(Subject::Handoff(handoff), Lever::CompleteAccurate, 95.0),
            change(Subject::Handoff(handoff), Lever::OnTime, 90.0),
            change(Subject::Handoff(handoff), Lever::Wait, 2.0),
            change(Subject::Party(party), Lever::ProcessTime, 0.5),
            change(Subject::Party(PartyId::parse("gone").unwrap()), Lever::ProcessTime, 1.0),
        ];
        let mut after = document.clone();
        after.apply(changed(&document, &changes)).unwrap();
        let made = after.handoff(handoff).unwrap();
        assert_eq!((made.complete_accurate_pct, made.on_time_pct, made.wait_h), (Some(95.0), Some(90.0), Some(2.0)));
        assert_eq!(after.party(party).unwrap().process_time_h, Some(0.5));
        assert_eq!(changed(&after, &changes), [], "done already");
    }

    #[test]
    fn scenarios_stand_in_the_order_they_were_kept() {
        let (mut document, ..) = map();
        let mut ids = IdGen::new(1, 1);
        for name in ["b", "a", "c"] {
            let (id, edits) = save_scenario(&document, &mut ids, Scenario { name: name.into(), ..Scenario::default() });
            document.apply(edits).unwrap();
            if name == "a" {
                let last = Scenario { rank: u32::MAX, ..(**document.scenario(id).unwrap()).clone() };
                document.apply(vec![Edit::PutScenario(id, last)]).unwrap();
            }
        }
        let names: Vec<&str> = scenarios_in_order(&document).iter().map(|(_, s)| s.name.as_str()).collect();
        assert_eq!(names, ["b", "a", "c"]);
    }

    #[test]
    fn what_no_scenario_can_hold_is_refused() {
        let (document, party, handoff) = map();
        let (p, h) = (Subject::Party(party), Subject::Handoff(handoff));
        let refused = |changes: Vec<Change>| {
            let scenario = Scenario { changes, ..Scenario::default() };
            let error = document.clone().apply(vec![Edit::PutScenario(ScenarioId::parse("s").unwrap(), scenario)]);
            matches!(error, Err(EditError::Invalid { field: "changes", .. }))
        };
        assert!(refused(vec![change(h, Lever::OnTime, 100.5)]));
        assert!(refused(vec![change(h, Lever::Wait, f64::NAN)]));
        assert!(refused(vec![change(h, Lever::ProcessTime, 1.0)]));
        assert!(refused(vec![change(p, Lever::Wait, 1.0)]));
        assert!(refused(vec![change(h, Lever::Wait, 1.0), change(h, Lever::Wait, 2.0)]));
        assert!(!refused(vec![change(h, Lever::Wait, 1.0), change(h, Lever::OnTime, 2.0)]));
    }
}
