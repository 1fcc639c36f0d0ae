//! A document made of all its records at once, as when a file is read: on two threads, and with no list of edits.

use std::sync::{Arc, Mutex, PoisonError};

use imbl::{OrdMap, OrdSet};

use super::document::{Document, MapInfo};
use super::edit::{Edit, EditError};
use super::handoff::Handoff;
use super::id::{HandoffId, PartyId, ScenarioId, SprintId, ViewId};
use super::party::Party;
use super::saved_view::SavedView;
use super::scenario::Scenario;
use super::sprint::Sprint;
use crate::geom::Point;
use crate::threads::both;

/// Everything a document is made of. Parties and handoffs may be made while they are taken, and may be shared.
#[derive(Debug, Clone)]
pub struct Records<P, H> {
    /// What is said of the map as a whole.
    pub info: MapInfo,
    /// The parties, each with the middle of its card.
    pub parties: P,
    /// The handoffs.
    pub handoffs: H,
    /// The saved views.
    pub views: Vec<(ViewId, SavedView)>,
    /// The scenarios.
    pub scenarios: Vec<(ScenarioId, Scenario)>,
    /// The sprints.
    pub sprints: Vec<(SprintId, Sprint)>,
}

impl Document {
    /// The document that has all of them; refused for what [`Document::apply`] would refuse.
    pub fn of<P: Into<Arc<Party>>, H: Into<Arc<Handoff>>>(
        records: Records<impl Iterator<Item = (PartyId, P, Point)>, impl Iterator<Item = (HandoffId, H)> + Send>,
    ) -> Result<Self, EditError> {
        let Records { info, mut parties, handoffs, views, scenarios, sprints } = records;
        let mut document = Self::default();
        document.apply([Edit::SetInfo(info)])?;
        let handoffs = Mutex::new(Some(handoffs));
        let linked = || {
            let handoffs = handoffs.lock().unwrap_or_else(PoisonError::into_inner).take();
            handoffs.map_or_else(|| Ok(Self::default()), with_handoffs)
        };
        let put = || {
            parties.try_for_each(|(id, party, place)| {
                document.put_party(id, party.into())?;
                document.put_place(id, place)
            })
        };
        let (put, linked) = both(put, linked);
        put?;
        let linked = linked?;
        document.handoffs = linked.handoffs;
        document.links = linked.links;
        if let Some((missing, _)) = document.links.iter().find(|(end, _)| !document.parties.contains_key(end)) {
            return Err(EditError::NoParty(*missing));
        }
        let views = views.into_iter().map(|(id, view)| Edit::PutView(id, view));
        let scenarios = scenarios.into_iter().map(|(id, scenario)| Edit::PutScenario(id, scenario));
        let sprints = sprints.into_iter().map(|(id, sprint)| Edit::PutSprint(id, sprint));
        document.apply(views.chain(scenarios).chain(sprints))?;
        Ok(document)
    }
}

/// A document that has only handoffs, with their links.
fn with_handoffs<H: Into<Arc<Handoff>>>(handoffs: impl Iterator<Item = (HandoffId, H)>) -> Result<Document, EditError> {
    let mut all = OrdMap::new();
    for (id, handoff) in handoffs {
        all.insert(id, super::edit::sound_handoff(handoff.into())?);
    }
    // In their order, which takes a fraction of the time.
    let ends = all.iter().flat_map(|(id, handoff)| handoff.known_ends().map(|end| (end, *id)));
    let mut links: Vec<(PartyId, HandoffId)> = ends.collect();
    links.sort_unstable();
    let links: OrdSet<_> = links.into_iter().collect();
    Ok(Document { handoffs: all, links, ..Document::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::pt;
    use crate::model::check;

    fn party(text: &str) -> PartyId {
        PartyId::parse(text).unwrap()
    }

    fn of(parties: Vec<(PartyId, Party, Point)>, handoffs: Vec<(HandoffId, Handoff)>) -> Result<Document, EditError> {
        let (parties, handoffs) = (parties.into_iter(), handoffs.into_iter());
        let info = MapInfo::default();
        Document::of(Records { info, parties, handoffs, views: vec![], scenarios: vec![], sprints: vec![] })
    }

    #[test]
    fn it_is_what_edits_give_whatever_the_order() {
        for count in [0, 2, 3, 300] {
            let id = |i: usize| party(&format!("p{i}"));
            let kinds = [super::super::PartyKind::Process, super::super::PartyKind::Customer];
            let parties =
                (0..count).rev().map(|i| (id(i), Party::named(format!("{i}"), kinds[i % 2]), pt(i as f32, 1.0)));
            let parties: Vec<_> = parties.collect();
            let end = |i: usize| (!i.is_multiple_of(3)).then(|| id(i * 7 % count));
            let handoffs: Vec<_> = (0..2 * count)
                .map(|i| {
                    (
                        HandoffId::parse(&format!("h{}", i * 11 % 601)).unwrap(),
                        Handoff::between(end(i), end(i + 1), "x"),
                    )
                })
                .collect();
            let made = of(parties.clone(), handoffs.clone()).unwrap();
            assert_eq!(check(&made), Vec::<String>::new(), "{count}");
            let mut edited = Document::default();
            let parties = parties.into_iter().flat_map(|(id, p, at)| [Edit::PutParty(id, p), Edit::Place(id, at)]);
            let handoffs = handoffs.into_iter().map(|(id, handoff)| Edit::PutHandoff(id, handoff));
            edited.apply(parties.chain(handoffs)).unwrap();
            assert_eq!(made, edited);
            assert!(made.links == edited.links && made.customers == edited.customers, "{count}");
        }
    }

    #[test]
    fn it_refuses_what_edits_are_refused_for() {
        let (a, h) = (party("a"), HandoffId::parse("h").unwrap());
        let at = pt(0.0, 0.0);
        let missing = of(vec![(a, Party::default(), at)], vec![(h, Handoff::between(Some(a), Some(party("b")), ""))]);
        assert_eq!(missing.unwrap_err(), EditError::NoParty(party("b")));
        let far = of(vec![(a, Party::default(), pt(f32::NAN, 0.0))], vec![]);
        assert!(matches!(far, Err(EditError::Invalid { field: "place", .. })), "{far:?}");
        let nul = of(vec![(a, Party { name: "\0".into(), ..Party::default() }, at)], vec![]);
        assert!(matches!(nul, Err(EditError::Invalid { field: "name", .. })), "{nul:?}");
        let share = Handoff { on_time_pct: Some(101.0), ..Handoff::between(Some(a), None, "") };
        let much = of(vec![(a, Party::default(), at)], vec![(h, share)]);
        assert!(matches!(much, Err(EditError::Invalid { field: "on_time_pct", .. })), "{much:?}");
    }
}
