//! The end of an import: the document with the changes, and how many they are.

use std::collections::BTreeMap;

use super::draft::Draft;
use super::grid::free_places;
use super::import::{Count, Imported};
use super::observations::is_bare;
use super::owned::Owned;
use super::problems::ImportError;
use super::repeated;
use crate::model::{Edit, EditError, Handoff, History, Observation, Party, Sprint};

impl Draft<'_> {
    /// The document with the changes, and how many they are.
    pub(super) fn finish(self, warnings: Vec<String>) -> Result<Imported, ImportError> {
        let mut done = Imported {
            document: self.into.clone(),
            parties: Count::default(),
            handoffs: Count::default(),
            requirements: Count::default(),
            measures: Count::default(),
            observations: Count::default(),
            expectations: Count::default(),
            ratings: Count::default(),
            reviews: Count::default(),
            steps: Count::default(),
            sprints: Count::default(),
            tasks: Count::default(),
            warnings,
            unplaced: self.unplaced,
        };
        // One after the other, as a list of all edits would take more room than the map.
        let mut document = self.into.clone();
        let refused = |error: EditError| ImportError::one(format!("the map cannot take these tables: {error}"));
        let places = free_places(self.into, done.unplaced.len());
        let places: Vec<Edit> = done.unplaced.iter().zip(places).map(|(id, place)| Edit::Place(*id, place)).collect();
        let parties = self.parties.into_iter().filter_map(|(id, party)| {
            let old = self.into.party(id).map(|party| &**party);
            (old != Some(&party)).then(|| {
                count_party(&mut done, old, &party);
                Edit::PutParty(id, party)
            })
        });
        document.apply(parties.chain(places)).map_err(refused)?;
        let handoffs = self.handoffs.into_iter().filter_map(|(id, handoff)| {
            let old = self.into.handoff(id).map(|handoff| &**handoff);
            (old != Some(&handoff)).then(|| {
                count_handoff(&mut done, old, &handoff);
                Edit::PutHandoff(id, handoff)
            })
        });
        document.apply(handoffs).map_err(refused)?;
        let sprints = self.sprints.into_iter().filter_map(|(id, sprint)| {
            let old = self.into.sprint(id).map(|sprint| &**sprint);
            (old != Some(&sprint)).then(|| {
                count_sprint(&mut done, old, &sprint);
                Edit::PutSprint(id, sprint)
            })
        });
        document.apply(sprints).map_err(refused)?;
        Ok(Imported { document, ..done })
    }
}

fn count_party(done: &mut Imported, old: Option<&Party>, new: &Party) {
    let bare = |party: &Party| Party {
        measures: Vec::new(),
        voices: Vec::new(),
        reviews: Vec::new(),
        not_applicable: Vec::new(),
        ..party.clone()
    };
    let (reviews, steps) = old.map_or((&[][..], &[][..]), |old| (&old.reviews, &old.not_applicable));
    repeated::count(&mut done.reviews, reviews.iter(), new.reviews.iter());
    repeated::count(&mut done.steps, steps.iter(), new.not_applicable.iter());
    done.parties.count(old.map(bare).as_ref(), &bare(new));
    let (measures, voices) = old.map_or((&[][..], &[][..]), |old| (&old.measures, &old.voices));
    count_owned(&mut done.measures, &mut done.observations, measures, &new.measures);
    let before: BTreeMap<_, _> = voices.iter().map(|voice| (voice.id, voice)).collect();
    for voice in &new.voices {
        done.expectations.count(before.get(&voice.id).copied(), voice);
    }
}

fn count_handoff(done: &mut Imported, old: Option<&Handoff>, new: &Handoff) {
    let bare = |handoff: &Handoff| Handoff { requirements: Vec::new(), ratings: Vec::new(), ..handoff.clone() };
    done.handoffs.count(old.map(bare).as_ref(), &bare(new));
    let (requirements, ratings) = old.map_or((&[][..], &[][..]), |old| (&old.requirements, &old.ratings));
    count_owned(&mut done.requirements, &mut done.observations, requirements, &new.requirements);
    repeated::count(&mut done.ratings, ratings.iter(), new.ratings.iter());
}

fn count_sprint(done: &mut Imported, old: Option<&Sprint>, new: &Sprint) {
    let bare = |sprint: &Sprint| Sprint { tasks: Vec::new(), ..sprint.clone() };
    done.sprints.count(old.map(bare).as_ref(), &bare(new));
    let tasks = old.map_or(&[][..], |old| &old.tasks);
    repeated::count(&mut done.tasks, tasks.iter(), new.tasks.iter());
}

/// Counts requirements or measures, and their observations; what the record's own row tells counts as its own.
fn count_owned<R: Owned>(records: &mut Count, observations: &mut Count, old: &[R], new: &[R]) {
    let of_its_row = |observation: &&Observation| R::TELLS_ACTUAL && is_bare(observation);
    let bare = |one: &R| {
        let mut bare = one.clone();
        *bare.history_mut() = one.history().all().iter().filter(of_its_row).cloned().collect::<History>();
        bare
    };
    let before: BTreeMap<_, _> = old.iter().map(|one| (one.id(), one)).collect();
    for one in new {
        let old = before.get(&one.id()).copied();
        if old == Some(one) {
            continue;
        }
        records.count(old.map(bare).as_ref(), &bare(one));
        let seen = |one: Option<&'_ R>| -> Vec<Observation> {
            let all = one.map_or(&[][..], |one| one.history().all());
            all.iter().filter(|one| !of_its_row(one)).cloned().collect()
        };
        repeated::count(observations, seen(old).iter(), seen(Some(one)).iter());
    }
}
