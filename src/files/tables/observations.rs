//! The rows of observations, and the actual values that the rows of requirements give.

use std::collections::BTreeMap;

use super::cells::quoted;
use super::import::Import;
use super::owned::{Of, Owned};
use super::repeated::merge;
use super::rows::Said;
use crate::model::quantity::number;
use crate::model::{History, Measure, Observation, Requirement};

type Rows<'s, 'a> = Vec<&'s Said<'a, Observation>>;

impl Import<'_, '_> {
    /// Brings in the rows of observations.
    pub(super) fn observations(&mut self, said: &[Said<'_, Observation>]) {
        let mut requirements: BTreeMap<Of<Requirement>, Rows<'_, '_>> = BTreeMap::new();
        let mut measures: BTreeMap<Of<Measure>, Rows<'_, '_>> = BTreeMap::new();
        for said in said {
            let names = |columns: &[&str]| columns.iter().any(|column| said.reference(column).is_some());
            let about = [names(&["supplier", "customer", "item", "requirement"]), names(&["party", "measure"])];
            let (column, problem) = match about {
                [true, false] => {
                    if let Some(own) = self.subject::<Requirement, _>(said) {
                        requirements.entry(own).or_default().push(said);
                    }
                    continue;
                }
                [false, true] => {
                    if let Some(own) = self.subject::<Measure, _>(said) {
                        measures.entry(own).or_default().push(said);
                    }
                    continue;
                }
                [true, true] => (
                    "party",
                    "the row names a handoff and a party: an observation is of a requirement or of a measure, not of both",
                ),
                [false, false] => (
                    "requirement",
                    "nothing says what was observed: name supplier, customer, item and requirement, or party and measure",
                ),
            };
            self.log.problems.add(format!("{}: {problem}", said.place(column)));
        }
        self.observed::<Requirement>(requirements);
        self.observed::<Measure>(measures);
    }

    fn observed<R: Owned>(&mut self, rows: BTreeMap<Of<R>, Rows<'_, '_>>) {
        for (own, rows) in rows {
            let list = R::list_mut(&mut self.draft, own.owner);
            if let Some(one) = list.iter_mut().find(|one| one.id() == own.id) {
                let mut all = one.history().all().to_vec();
                merge(&mut all, &rows, R::KIND.nouns().0, &mut self.log);
                *one.history_mut() = History::new(all);
            }
        }
    }

    /// Brings in the actual values of requirements, when everything else is there.
    ///
    /// A value is of the present: it may replace one of which nothing else is known, but an observation of a period
    /// stays what it was.
    pub(super) fn actuals(&mut self, rows: &[(&Said<'_, Requirement>, Of<Requirement>)]) {
        for (said, own) in rows {
            let Some(actual) = said.number("actual") else { continue };
            let before = self.draft.before(*own).and_then(Requirement::actual);
            let requirements = &mut self.draft.handoff_mut(own.owner).requirements;
            let Some(requirement) = requirements.iter_mut().find(|requirement| requirement.id == own.id) else {
                continue;
            };
            let history = &mut requirement.observations;
            match history.latest() {
                Some(latest) if latest.value == actual => {}
                Some(latest) if latest.when.is_some() && before == Some(actual) => {}
                Some(latest) if latest.when.is_some() => {
                    let (place, latest) = (said.place("actual"), in_words(latest));
                    let value = quoted(&number(actual));
                    self.log.warnings.push(format!(
                        "{place}: {value} was left out, because the latest value is {latest}: give it a period in the table \
                         observations"
                    ));
                }
                Some(latest) if is_bare(latest) => {
                    history.change(history.len() - 1, |bare| bare.value = actual);
                }
                _ => {
                    history.add(Observation::of(actual));
                }
            }
        }
    }
}

/// A value with its period: "45 of 2026-03".
fn in_words(observation: &Observation) -> String {
    let when = observation.when.map(|when| format!(" of {when}")).unwrap_or_default();
    number(observation.value) + &when
}

/// True for a value of which nothing else is known.
pub(super) fn is_bare(observation: &Observation) -> bool {
    *observation == Observation::of(observation.value)
}
