//! Scenarios: the map as it would be, what an edit of it is in the scenario, and keeping such a state under a name.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{
    Alteration, Altered, Change, Document, Edit, Handoff, HandoffId, IdGen, Lever, Merge, Party, PartyId, Scenario,
    ScenarioId, Subject,
};

/// The edits that make the changes of the scenario on the map itself. What names something that is not there, does not
/// fit any more, or changes nothing, is left out.
pub fn changed(document: &Document, scenario: &Scenario) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut there: BTreeMap<PartyId, bool> = BTreeMap::new();
    let mut levers: BTreeMap<Subject, Vec<(Lever, Option<f64>)>> = BTreeMap::new();
    for change in &scenario.changes {
        levers.entry(change.subject).or_default().push((change.lever, Some(change.value)));
    }
    let numbers = |subject| levers.get(&subject).map(Vec::as_slice).unwrap_or_default();
    for subject in scenario.subjects() {
        // Parties come before handoffs, so that what a handoff joins is decided when it is its turn.
        match subject {
            Subject::Party(id) => {
                let today = document.party(id);
                let would = would_be(today, scenario.parties.get(&id), |party| {
                    set_party(party, numbers(subject));
                });
                there.insert(id, would.is_some());
                if today.is_none() && would.is_some() {
                    edits.extend(scenario.places.get(&id).map(|place| Edit::Place(id, *place)));
                }
                match would {
                    None if today.is_some() => edits.push(Edit::RemoveParty(id)),
                    Some(would) if today != Some(&would) => edits.push(Edit::PutParty(id, Arc::unwrap_or_clone(would))),
                    _ => {}
                }
            }
            Subject::Handoff(id) => {
                let today = document.handoff(id);
                let would = would_be(today, scenario.handoffs.get(&id), |handoff| {
                    set_handoff(handoff, numbers(subject));
                });
                let stays = |end: PartyId| there.get(&end).copied().unwrap_or_else(|| document.party(end).is_some());
                let fits = |handoff: &Handoff| handoff.known_ends().all(stays) && is_sound(handoff);
                match would {
                    None if today.is_some() => edits.push(Edit::RemoveHandoff(id)),
                    Some(would) if today != Some(&would) && fits(&would) => {
                        edits.push(Edit::PutHandoff(id, Arc::unwrap_or_clone(would)));
                    }
                    _ => {}
                }
            }
        }
    }
    edits
}

/// A record as it would be: altered, with the numbers set.
fn would_be<T: Merge + Clone>(
    today: Option<&Arc<T>>,
    altered: Option<&Altered<T>>,
    set: impl Fn(&mut T),
) -> Option<Arc<T>> {
    let mut would = match altered {
        Some(altered) => altered.on(today)?,
        None => Arc::clone(today?),
    };
    let mut with_numbers = (*would).clone();
    set(&mut with_numbers);
    if with_numbers != *would {
        would = Arc::new(with_numbers);
    }
    Some(would)
}

fn set_party(party: &mut Party, numbers: &[(Lever, Option<f64>)]) {
    for (lever, value) in numbers {
        lever.set_on_party(party, *value);
    }
}

fn set_handoff(handoff: &mut Handoff, numbers: &[(Lever, Option<f64>)]) {
    for (lever, value) in numbers {
        lever.set_on_handoff(handoff, *value);
    }
}

/// False when the two sides of a merge do not go together, as when both named another party as one of the ends.
fn is_sound(handoff: &Handoff) -> bool {
    let mut sound = true;
    handoff.check(&mut |_, _| sound = false);
    sound
}

/// The map as the scenario would have it. Should the map refuse that as a whole, as when it would grow beyond what a map
/// holds, it is the map as it is.
pub fn future(document: &Document, scenario: &Scenario) -> Document {
    let mut future = document.clone();
    match future.apply(changed(document, scenario)) {
        Ok(()) => future,
        Err(_) => document.clone(),
    }
}

/// The edits of the map that an edit of a future state stands for: `from` is the map with the scenario of that id, `to`
/// what it was edited to.
///
/// What the scenario is about, parties and handoffs, becomes part of the scenario. Everything else is edited on the map:
/// its title and views, the places of cards that are there today, other scenarios, sprints.
pub fn in_scenario(document: &Document, id: ScenarioId, from: &Document, to: &Document) -> Vec<Edit> {
    let (mut edits, mut touched, mut moved) = (Vec::new(), BTreeSet::new(), Vec::new());
    for edit in from.each_edit_to(to) {
        match edit {
            Edit::PutParty(party, _) | Edit::RemoveParty(party) => touched.extend([Subject::Party(party)]),
            Edit::PutHandoff(handoff, _) | Edit::RemoveHandoff(handoff) => {
                touched.extend([Subject::Handoff(handoff)]);
            }
            Edit::Place(party, place) if document.party(party).is_none() => moved.push((party, place)),
            other => edits.push(other),
        }
    }
    let Some(scenario) = to.scenario(id) else { return edits };
    let mut altered = (**scenario).clone();
    for subject in touched {
        alter(&mut altered, document, to, subject);
    }
    for (party, place) in moved {
        if altered.parties.contains_key(&party) {
            altered.places.insert(party, place);
        }
    }
    if altered != **scenario {
        edits.retain(|edit| !matches!(edit, Edit::PutScenario(other, _) if *other == id));
        edits.push(Edit::PutScenario(id, altered));
    }
    edits
}

/// Notes in the scenario what becomes of one record from the map to the future state.
fn alter(scenario: &mut Scenario, document: &Document, future: &Document, subject: Subject) {
    match subject {
        Subject::Party(id) => {
            let (today, would) = (document.party(id), future.party(id));
            let rest = numbers(scenario, subject, today, would, |party, lever| lever.on_party(party));
            let rest = rest.map(|today| {
                let mut party = would.map(|party| (**party).clone()).unwrap_or_default();
                set_party(&mut party, &today);
                Arc::new(party)
            });
            note(&mut scenario.parties, id, today, would, rest);
            let comes = today.is_none() && would.is_some();
            scenario.places.retain(|other, _| *other != id);
            scenario.places.extend(comes.then(|| future.place(id)).flatten().map(|place| (id, place)));
        }
        Subject::Handoff(id) => {
            let (today, would) = (document.handoff(id), future.handoff(id));
            let rest = numbers(scenario, subject, today, would, |handoff, lever| lever.on_handoff(handoff));
            let rest = rest.map(|today| {
                let mut handoff = would.map(|handoff| (**handoff).clone()).unwrap_or_default();
                set_handoff(&mut handoff, &today);
                Arc::new(handoff)
            });
            note(&mut scenario.handoffs, id, today, would, rest);
        }
    }
}

/// Notes the numbers of a record that differ. Gives those that the map has, with which the record differs only in what
/// is no such number; `None` unless it is there both times.
fn numbers<T>(
    scenario: &mut Scenario,
    subject: Subject,
    today: Option<&Arc<T>>,
    would: Option<&Arc<T>>,
    get: impl Fn(&T, Lever) -> Option<f64>,
) -> Option<Vec<(Lever, Option<f64>)>> {
    let of = |record: Option<&Arc<T>>, lever| record.and_then(|record| get(record, lever));
    let both = today.zip(would).is_some();
    let mut same = Vec::new();
    for lever in Lever::of(subject) {
        let (now, then) = (of(today, *lever), of(would, *lever));
        let at = scenario.changes.iter().position(|change| (change.subject, change.lever) == (subject, *lever));
        match (then.filter(|_| both && then != now), at) {
            (Some(value), Some(at)) => scenario.changes[at].value = value,
            (Some(value), None) => {
                scenario.changes.push(Change { subject, lever: *lever, value, why: String::new() });
            }
            (None, Some(at)) => drop(scenario.changes.remove(at)),
            (None, None) => {}
        }
        // Where the future knows no number, the record itself tells the difference.
        same.extend(then.is_some().then_some((*lever, now)));
    }
    both.then_some(same)
}

/// Notes a record that comes, goes or is other; why it does stays as it was said. `rest` is the record as it would be, with the
/// numbers that the map has.
fn note<I: Ord, T: PartialEq>(
    list: &mut BTreeMap<I, Altered<T>>,
    id: I,
    today: Option<&Arc<T>>,
    would: Option<&Arc<T>>,
    rest: Option<Arc<T>>,
) {
    let why = list.remove(&id).map(|altered| altered.why).unwrap_or_default();
    let what = match (today, would) {
        (None, None) => return,
        (None, Some(added)) => Alteration::Added(Arc::clone(added)),
        (Some(_), None) => Alteration::Removed,
        (Some(before), Some(_)) => match rest {
            Some(after) if after != *before => Alteration::Changed { before: Arc::clone(before), after },
            _ => return,
        },
    };
    list.insert(id, Altered { what, why });
}

/// The scenario with these numbers changed as well; a change of the same number before is replaced.
pub fn with_changes(scenario: &Scenario, changes: &[Change]) -> Scenario {
    let mut scenario = scenario.clone();
    for change in changes {
        // What is new in the scenario has no number on the map that it could differ from.
        let value = Some(change.value);
        let added = match change.subject {
            Subject::Party(id) => scenario
                .parties
                .get_mut(&id)
                .is_some_and(|altered| set_added(altered, |party| change.lever.set_on_party(party, value))),
            Subject::Handoff(id) => scenario
                .handoffs
                .get_mut(&id)
                .is_some_and(|altered| set_added(altered, |handoff| change.lever.set_on_handoff(handoff, value))),
        };
        if !added {
            scenario.changes.retain(|other| (other.subject, other.lever) != (change.subject, change.lever));
            scenario.changes.push(change.clone());
        }
    }
    scenario
}

/// Changes a record that is new in the scenario; false when it is not.
fn set_added<T: Clone>(altered: &mut Altered<T>, set: impl FnOnce(&mut T)) -> bool {
    let Alteration::Added(record) = &mut altered.what else { return false };
    set(Arc::make_mut(record));
    true
}

/// The scenario without what it does to one record: that stays as it is today. A handoff that stays needs its ends, so
/// they stay as well; a party that stays keeps the handoffs that went with it.
pub fn left_alone(document: &Document, scenario: &Scenario, subject: Subject) -> Scenario {
    let mut left = scenario.clone();
    left.changes.retain(|change| change.subject != subject);
    match subject {
        Subject::Party(id) => {
            let went = left.parties.remove(&id).is_some_and(|altered| altered.what == Alteration::Removed);
            left.places.remove(&id);
            let own: BTreeSet<HandoffId> = document.handoffs_of(id).map(|(handoff, _)| handoff).collect();
            left.handoffs.retain(|handoff, altered| {
                let goes_with = went && altered.what == Alteration::Removed && own.contains(handoff);
                !(goes_with || comes_with(altered, id))
            });
        }
        Subject::Handoff(id) => {
            left.handoffs.remove(&id);
            let ends = document.handoff(id).map(|handoff| [handoff.supplier, handoff.customer]);
            for end in ends.into_iter().flatten().flatten() {
                if left.parties.get(&end).is_some_and(|altered| altered.what == Alteration::Removed) {
                    left.parties.remove(&end);
                }
            }
        }
    }
    left
}

/// True for a handoff that would come and needs a party which is not to come.
fn comes_with(altered: &Altered<Handoff>, party: PartyId) -> bool {
    matches!(&altered.what, Alteration::Added(handoff) if handoff.touches(party))
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
    use crate::model::{EditError, PartyKind};

    fn of(changes: &[Change]) -> Scenario {
        Scenario { changes: changes.to_vec(), ..Scenario::default() }
    }

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
        after.apply(changed(&document, &of(&changes))).unwrap();
        let made = after.handoff(handoff).unwrap();
        assert_eq!((made.complete_accurate_pct, made.on_time_pct, made.wait_h), (Some(95.0), Some(90.0), Some(2.0)));
        assert_eq!(after.party(party).unwrap().process_time_h, Some(0.5));
        assert_eq!(changed(&after, &of(&changes)), [], "done already");
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
