//! Two maps that came from the same one are made one again: record by record, field by field, and where both changed the
//! same thing in different ways a person decides.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::altered::{Merge, Wins};
use super::difference::{difference, difference_of};
use super::document::{Document, Subject};
use super::edit::{Edit, EditError};
use super::handoff::Handoff;
use super::id::PartyId;
use super::party::Party;

/// What both changed in different ways. Until somebody decides, mine stays.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// What it is about: “party “Sales””.
    pub what: String,
    /// The party or handoff that it is about.
    pub subject: Option<Subject>,
    /// In what the two differ, one line each: “owner “Ana” → “Bo””, mine first.
    pub lines: Vec<String>,
    mine: Edit,
    theirs: Edit,
}

/// Two maps and what they came from, compared.
#[derive(Debug, Clone)]
pub struct Merger {
    base: Document,
    mine: Document,
    theirs: Document,
    /// What they did and nobody disputes.
    agreed: Vec<Edit>,
    conflicts: Vec<Conflict>,
}

/// A map made of two.
#[derive(Debug, Clone, PartialEq)]
pub struct Merged {
    /// The map.
    pub document: Document,
    /// What had to be kept although one of the two removed it, and why; in whole sentences.
    pub notes: Vec<String>,
}

/// What becomes of a record that they changed.
enum Met<T> {
    Agreed(Option<T>),
    Disputed(Option<T>, Option<T>),
}

impl Merger {
    /// Compares. Takes time in the size of the changes when all three came from one another, else of the maps.
    pub fn new(base: &Document, mine: &Document, theirs: &Document) -> Self {
        let mut merger = Self {
            base: base.clone(),
            mine: mine.clone(),
            theirs: theirs.clone(),
            agreed: Vec::new(),
            conflicts: Vec::new(),
        };
        let mut disputes = Vec::new();
        for edit in base.each_edit_to(theirs) {
            match edit {
                Edit::SetInfo(info) => {
                    let met = meet(Some(base.info()), Some(mine.info()), Some(&info), |i| sound(|r| i.check(r)));
                    merger.take(met, |info| info.map(Edit::SetInfo), &mut disputes);
                }
                Edit::PutParty(id, _) | Edit::RemoveParty(id) => {
                    let of = |d: &Document| d.party(id).map(Arc::clone);
                    let met = meet_three(of, [base, mine, theirs], |p: &Party| sound(|r| p.check(r)));
                    merger.take(
                        met,
                        |p| Some(p.map_or(Edit::RemoveParty(id), |p| Edit::PutParty(id, p))),
                        &mut disputes,
                    );
                }
                Edit::Place(id, place) => {
                    // Where both moved a card, it stays where mine has it: nothing is lost by that.
                    if mine.place(id) == base.place(id) {
                        merger.agreed.push(Edit::Place(id, place));
                    }
                }
                Edit::PutHandoff(id, _) | Edit::RemoveHandoff(id) => {
                    let of = |d: &Document| d.handoff(id).map(Arc::clone);
                    let met = meet_three(of, [base, mine, theirs], |h: &Handoff| sound(|r| h.check(r)));
                    let edit =
                        |h: Option<Handoff>| Some(h.map_or(Edit::RemoveHandoff(id), |h| Edit::PutHandoff(id, h)));
                    merger.take(met, edit, &mut disputes);
                }
                Edit::PutView(id, _) | Edit::RemoveView(id) => {
                    let of = |d: &Document| d.view(id).map(Arc::clone);
                    let met = meet_three(of, [base, mine, theirs], |v| sound(|r| v.check(r)));
                    merger.take(met, |v| Some(v.map_or(Edit::RemoveView(id), |v| Edit::PutView(id, v))), &mut disputes);
                }
                Edit::PutScenario(id, _) | Edit::RemoveScenario(id) => {
                    let of = |d: &Document| d.scenario(id).map(Arc::clone);
                    let met = meet_three(of, [base, mine, theirs], |s| sound(|r| s.check(r)));
                    let edit = |s: Option<_>| Some(s.map_or(Edit::RemoveScenario(id), |s| Edit::PutScenario(id, s)));
                    merger.take(met, edit, &mut disputes);
                }
                Edit::PutSprint(id, _) | Edit::RemoveSprint(id) => {
                    let of = |d: &Document| d.sprint(id).map(Arc::clone);
                    let met = meet_three(of, [base, mine, theirs], |s| sound(|r| s.check(r)));
                    let edit = |s: Option<_>| Some(s.map_or(Edit::RemoveSprint(id), |s| Edit::PutSprint(id, s)));
                    merger.take(met, edit, &mut disputes);
                }
            }
        }
        merger.conflicts = disputes.into_iter().map(|(mine, theirs)| merger.conflict(mine, theirs)).collect();
        merger
    }

    fn take<T>(
        &mut self,
        met: Option<Met<T>>,
        edit: impl Fn(Option<T>) -> Option<Edit>,
        disputes: &mut Vec<(Edit, Edit)>,
    ) {
        match met {
            None => {}
            Some(Met::Agreed(record)) => self.agreed.extend(edit(record)),
            Some(Met::Disputed(mine, theirs)) => disputes.extend(edit(mine).zip(edit(theirs))),
        }
    }

    /// My map.
    pub fn mine(&self) -> &Document {
        &self.mine
    }

    /// Their map.
    pub fn theirs(&self) -> &Document {
        &self.theirs
    }

    /// What both changed in different ways.
    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }

    /// What they changed and nobody disputes, as the lines of a difference.
    pub fn news(&self) -> Vec<String> {
        let merged = self.merged(&BTreeSet::new()).map(|merged| merged.document);
        merged.map_or_else(|_| Vec::new(), |document| difference(&self.mine, &document))
    }

    /// The map made of both; of the conflicts with these indices theirs is taken, of the others mine.
    ///
    /// A party that one removed is kept while a handoff of the other needs it.
    pub fn merged(&self, theirs: &BTreeSet<usize>) -> Result<Merged, EditError> {
        let chosen = |(at, conflict): (usize, &Conflict)| {
            if theirs.contains(&at) { conflict.theirs.clone() } else { conflict.mine.clone() }
        };
        let edits = self.agreed.iter().cloned().chain(self.conflicts.iter().enumerate().map(chosen));
        let (mut puts, mut handoffs, mut leaves, mut others) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for edit in edits {
            match edit {
                Edit::PutParty(id, party) => puts.push((id, party)),
                Edit::RemoveParty(id) => leaves.push(id),
                Edit::PutHandoff(..) | Edit::RemoveHandoff(_) => handoffs.push(edit),
                other => others.push(other),
            }
        }
        let (mut document, mut notes) = (self.mine.clone(), Vec::new());
        let mut first = Vec::new();
        for (id, party) in puts {
            first.extend(self.place_of(&document, id));
            first.push(Edit::PutParty(id, party));
        }
        document.apply(first)?;
        // The ends of handoffs that are there again, or still.
        let needed = handoffs.iter().flat_map(|edit| match edit {
            Edit::PutHandoff(_, handoff) => vec![handoff.supplier, handoff.customer],
            _ => Vec::new(),
        });
        for id in needed.flatten().collect::<BTreeSet<_>>() {
            if document.party(id).is_some() {
                continue;
            }
            let Some(party) = self.theirs.party(id).or_else(|| self.base.party(id)) else { continue };
            let back = Edit::PutParty(id, (**party).clone());
            document.apply(self.place_of(&document, id).into_iter().chain([back]))?;
            notes.push(format!("“{}” is back, because a handoff of theirs needs it.", document.name_of(id)));
        }
        document.apply(handoffs)?;
        for id in leaves {
            if document.party(id).is_none() {
                continue;
            }
            if document.handoffs_of(id).next().is_some() {
                notes.push(format!("“{}” stays, because a handoff of yours needs it.", document.name_of(id)));
            } else {
                document.apply(vec![Edit::RemoveParty(id)])?;
            }
        }
        let is_there = |edit: &Edit| !matches!(edit, Edit::Place(id, _) if document.party(*id).is_none());
        let others: Vec<Edit> = others.into_iter().filter(is_there).collect();
        document.apply(others)?;
        Ok(Merged { document, notes })
    }

    /// Where a party goes that is not on the map.
    fn place_of(&self, document: &Document, id: PartyId) -> Option<Edit> {
        let place = self.theirs.place(id).or_else(|| self.base.place(id));
        place.filter(|_| document.place(id).is_none()).map(|place| Edit::Place(id, place))
    }

    fn conflict(&self, mine: Edit, theirs: Edit) -> Conflict {
        let subject = match mine {
            Edit::PutParty(id, _) | Edit::RemoveParty(id) => Some(Subject::Party(id)),
            Edit::PutHandoff(id, _) | Edit::RemoveHandoff(id) => Some(Subject::Handoff(id)),
            _ => None,
        };
        let what = self.called(&mine, &theirs);
        let lines = match (goes(&mine), goes(&theirs)) {
            (true, _) => vec![format!("you removed it; theirs has {}", self.since(&self.theirs, subject))],
            (_, true) => vec![format!("yours has {}; they removed it", self.since(&self.mine, subject))],
            _ => self.between(subject, &mine, &theirs),
        };
        Conflict { what, subject, lines, mine, theirs }
    }

    /// What one side changed of a record that the other removed.
    fn since(&self, side: &Document, subject: Option<Subject>) -> String {
        let lines = subject.map(|subject| difference_of(&self.base, side, subject)).unwrap_or_default();
        if lines.is_empty() { "changes".into() } else { lines.join(", ") }
    }

    /// In what the two differ where both have the record.
    fn between(&self, subject: Option<Subject>, mine_edit: &Edit, theirs_edit: &Edit) -> Vec<String> {
        let with = |edit: &Edit| {
            let mut document = self.mine.clone();
            let ends = match edit {
                Edit::PutHandoff(_, handoff) => [handoff.supplier, handoff.customer],
                Edit::PutParty(id, _) => [Some(*id), None],
                _ => [None, None],
            };
            for id in ends.into_iter().flatten().filter(|id| self.mine.party(*id).is_none()) {
                let party = self.theirs.party(id).or_else(|| self.base.party(id))?;
                let put = Edit::PutParty(id, (**party).clone());
                document.apply(self.place_of(&document, id).into_iter().chain([put])).ok()?;
            }
            document.apply(vec![edit.clone()]).ok()?;
            Some(document)
        };
        let Some((mine, theirs)) = with(mine_edit).zip(with(theirs_edit)) else { return Vec::new() };
        if let Some(subject) = subject {
            return difference_of(&mine, &theirs, subject);
        }
        let of = [format!("{}: ", self.called(mine_edit, theirs_edit)), "map: ".to_owned()];
        let short = |line: String| of.iter().find_map(|of| line.strip_prefix(of)).map_or(line.clone(), str::to_owned);
        difference(&mine, &theirs).into_iter().map(short).collect()
    }

    /// What people call the record.
    fn called(&self, mine: &Edit, theirs: &Edit) -> String {
        let name = |id| if self.mine.party(id).is_some() { self.mine.name_of(id) } else { self.theirs.name_of(id) };
        match (mine, theirs) {
            (Edit::PutParty(id, _) | Edit::RemoveParty(id), _) => format!("party “{}”", name(*id)),
            (Edit::PutHandoff(_, handoff), _) => format!("handoff “{}”", self.mine.describe(handoff)),
            (_, Edit::PutHandoff(_, handoff)) => format!("handoff “{}”", self.theirs.describe(handoff)),
            (Edit::PutView(_, view), _) | (_, Edit::PutView(_, view)) => super::difference::view_called(view),
            (Edit::PutScenario(_, scenario), _) | (_, Edit::PutScenario(_, scenario)) => {
                super::difference::scenario_called(scenario)
            }
            (Edit::PutSprint(_, sprint), _) | (_, Edit::PutSprint(_, sprint)) => {
                super::difference::sprint_called(sprint)
            }
            _ => "the map".into(),
        }
    }
}

fn goes(edit: &Edit) -> bool {
    use Edit::{RemoveHandoff, RemoveParty, RemoveScenario, RemoveSprint, RemoveView};
    matches!(edit, RemoveParty(_) | RemoveHandoff(_) | RemoveView(_) | RemoveScenario(_) | RemoveSprint(_))
}

/// True when a check finds nothing.
fn sound(check: impl FnOnce(&mut dyn FnMut(&'static str, String))) -> bool {
    let mut is_sound = true;
    check(&mut |_, _| is_sound = false);
    is_sound
}

fn meet_three<T: Merge + Clone>(
    of: impl Fn(&Document) -> Option<Arc<T>>,
    [base, mine, theirs]: [&Document; 3],
    is_sound: impl Fn(&T) -> bool,
) -> Option<Met<T>> {
    meet(of(base).as_deref(), of(mine).as_deref(), of(theirs).as_deref(), is_sound)
}

/// What becomes of a record; `None` where mine stays as it is.
fn meet<T: Merge + Clone>(
    base: Option<&T>,
    mine: Option<&T>,
    theirs: Option<&T>,
    is_sound: impl Fn(&T) -> bool,
) -> Option<Met<T>> {
    if theirs == base || theirs == mine {
        return None;
    }
    if mine == base {
        return Some(Met::Agreed(theirs.cloned()));
    }
    let as_they_are = Met::Disputed(mine.cloned(), theirs.cloned());
    let (Some(base), Some(mine), Some(theirs)) = (base, mine, theirs) else { return Some(as_they_are) };
    let (ours, other) = (T::merged(mine, base, theirs, Wins::Today), T::merged(mine, base, theirs, Wins::After));
    Some(match (ours == other, is_sound(&ours) && is_sound(&other)) {
        (_, false) => as_they_are,
        (true, true) => Met::Agreed(Some(ours)),
        (false, true) => Met::Disputed(Some(ours), Some(other)),
    })
}

#[cfg(test)]
mod tests;
