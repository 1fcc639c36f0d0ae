//! How an agreement goes on: every change of its state is an entry in its history.

use crate::model::{Agreement, Document, Edit, Handoff, HandoffId, PartyId, Raci, Role, Told, When};

/// What is noted when an agreement changes its state.
#[derive(Debug, Clone, Default)]
pub struct Note<'a> {
    /// When.
    pub when: Option<When>,
    /// Who was told; empty is the contact of the handoff.
    pub who: &'a str,
    /// What they were told.
    pub what: &'a str,
}

/// Puts a handoff into a state and notes it. Changing one's mind on the same day, with nothing said in between, leaves one
/// entry.
pub fn agree(handoff: &mut Handoff, state: Agreement, note: &Note<'_>) {
    handoff.agreement = state;
    let who = if note.who.trim().is_empty() { &handoff.contact } else { note.who }.trim().to_owned();
    let told = Told { when: note.when, state, who, what: note.what.trim().to_owned() };
    match handoff.told.last_mut() {
        Some(last)
            if last.what.is_empty() && told.what.is_empty() && (last.when, &last.who) == (told.when, &told.who) =>
        {
            *last = told;
        }
        _ => handoff.told.push(told),
    }
}

/// The same edits, with an entry in the history of every handoff whose agreement they change without noting it.
pub fn noted(document: &Document, mut edits: Vec<Edit>, when: Option<When>) -> Vec<Edit> {
    for edit in &mut edits {
        let Edit::PutHandoff(id, handoff) = edit else { continue };
        let Some(before) = document.handoff(*id) else { continue };
        if before.agreement != handoff.agreement && before.told == handoff.told {
            agree(handoff, handoff.agreement, &Note { when, ..Note::default() });
        }
    }
    edits
}

/// The handoffs of which a party is to be told: those it gives to somebody, forward, with a requirement.
pub fn to_be_told(document: &Document, party: PartyId) -> Vec<HandoffId> {
    let is_asked =
        |handoff: &Handoff| handoff.is_forward() && handoff.customer.is_some() && !handoff.requirements.is_empty();
    document.outputs(party).filter(|(_, handoff)| is_asked(handoff)).map(|(id, _)| id).collect()
}

/// The party was sent what is needed of it: agreements that had not come as far are *sent* now, and all are noted.
///
/// What was discussed, agreed or disputed stays so: it was talked about already.
pub fn send(document: &Document, party: PartyId, note: &Note<'_>) -> Vec<Edit> {
    let edit = |id| {
        let mut handoff = (**document.handoff(id)?).clone();
        let state = match handoff.agreement {
            Agreement::None | Agreement::Draft | Agreement::Sent => Agreement::Sent,
            later => later,
        };
        agree(&mut handoff, state, note);
        Some(Edit::PutHandoff(id, handoff))
    };
    to_be_told(document, party).into_iter().filter_map(edit).collect()
}

/// Gives somebody a role. Exactly one is accountable: who was before is responsible now.
pub fn set_role(handoff: &mut Handoff, index: usize, raci: Raci) {
    if raci == Raci::Accountable {
        for role in handoff.roles.iter_mut().filter(|role| role.raci == Raci::Accountable) {
            role.raci = Raci::Responsible;
        }
    }
    if let Some(role) = handoff.roles.get_mut(index) {
        role.raci = raci;
    }
}

/// Adds somebody with a role.
pub fn add_role(handoff: &mut Handoff, who: &str, raci: Raci) {
    handoff.roles.push(Role { who: who.trim().to_owned(), raci: Raci::Informed });
    set_role(handoff, handoff.roles.len() - 1, raci);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::pt;
    use crate::model::{HandoffKind, Party, PartyKind, Requirement, RequirementId};

    fn note<'a>(when: &str, who: &'a str, what: &'a str) -> Note<'a> {
        Note { when: When::parse(when).ok(), who, what }
    }

    #[test]
    fn every_change_is_noted_and_a_change_of_mind_once() {
        let mut handoff = Handoff { contact: "Ana".into(), ..Handoff::default() };
        agree(&mut handoff, Agreement::Draft, &note("2026-11-22", "", ""));
        agree(&mut handoff, Agreement::Sent, &note("2026-11-22", "", ""));
        agree(&mut handoff, Agreement::Discussed, &note("2026-11-22", "", "by telephone"));
        agree(&mut handoff, Agreement::Agreed, &note("2026-11-23", "Bo", ""));
        let history: Vec<_> = handoff.told.iter().map(|t| (t.state, t.who.as_str(), t.what.as_str())).collect();
        assert_eq!(
            history,
            [
                (Agreement::Sent, "Ana", ""),
                (Agreement::Discussed, "Ana", "by telephone"),
                (Agreement::Agreed, "Bo", "")
            ],
            "sent took the place of draft"
        );
        assert_eq!(handoff.agreement, Agreement::Agreed);
    }

    #[test]
    fn sending_reaches_what_was_not_talked_about_yet() {
        let id = |text: &str| PartyId::parse(text).expect(text);
        let mut document = Document::default();
        let mut edits: Vec<Edit> = ["a", "b"]
            .into_iter()
            .flat_map(|n| {
                [Edit::PutParty(id(n), Party::named(n, PartyKind::Process)), Edit::Place(id(n), pt(0.0, 0.0))]
            })
            .collect();
        let requirement = Requirement::new(RequirementId::parse("r").expect("r"), "complete");
        let handoff =
            Handoff { requirements: vec![requirement], ..Handoff::between(Some(id("a")), Some(id("b")), "x") };
        for (name, change) in [
            ("h1", handoff.clone()),
            ("h2", Handoff { agreement: Agreement::Disputed, ..handoff.clone() }),
            ("h3", Handoff { kind: HandoffKind::Rework, ..handoff.clone() }),
            ("h4", Handoff { requirements: Vec::new(), ..handoff.clone() }),
            ("h5", Handoff { customer: None, ..handoff }),
        ] {
            edits.push(Edit::PutHandoff(HandoffId::parse(name).expect(name), change));
        }
        document.apply(edits).expect("sound");
        document.apply(send(&document, id("a"), &note("2026-11-22", "Ana", "brief"))).expect("sound");
        let states: Vec<_> = document.handoffs().map(|(_, h)| (h.agreement, h.told.len())).collect();
        let nothing = (Agreement::None, 0);
        assert_eq!(states, [(Agreement::Sent, 1), (Agreement::Disputed, 1), nothing, nothing, nothing]);
        assert_eq!(send(&document, id("b"), &note("", "", "")), []);
    }

    #[test]
    fn a_change_of_state_is_noted_wherever_it_was_made() {
        let id = HandoffId::parse("h").expect("h");
        let old = Handoff::between(PartyId::parse("a").ok(), None, "x");
        let mut document = Document::default();
        let a = PartyId::parse("a").expect("a");
        let mut edits = vec![Edit::PutParty(a, Party::default()), Edit::Place(a, pt(0.0, 0.0))];
        edits.push(Edit::PutHandoff(id, old.clone()));
        document.apply(edits).expect("sound");
        let sent = Handoff { agreement: Agreement::Sent, ..old.clone() };
        let told = |edits: Vec<Edit>| match &noted(&document, edits, When::parse("2026").ok())[..] {
            [Edit::PutHandoff(_, handoff)] => handoff.told.iter().map(|told| told.state).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        };
        assert_eq!(told(vec![Edit::PutHandoff(id, sent.clone())]), [Agreement::Sent]);
        assert_eq!(told(vec![Edit::PutHandoff(id, Handoff { item: "y".into(), ..old })]), []);
        let own = Told { state: Agreement::Sent, what: "by mail".into(), ..Told::default() };
        assert_eq!(told(vec![Edit::PutHandoff(id, Handoff { told: vec![own], ..sent })]), [Agreement::Sent], "once");
    }

    #[test]
    fn one_is_accountable() {
        let mut handoff = Handoff::default();
        add_role(&mut handoff, " Ana ", Raci::Accountable);
        add_role(&mut handoff, "Bo", Raci::Accountable);
        let roles = |handoff: &Handoff| handoff.roles.iter().map(|r| (r.who.clone(), r.raci)).collect::<Vec<_>>();
        assert_eq!(roles(&handoff), [("Ana".into(), Raci::Responsible), ("Bo".into(), Raci::Accountable)]);
        set_role(&mut handoff, 0, Raci::Accountable);
        set_role(&mut handoff, 9, Raci::Consulted);
        assert_eq!(roles(&handoff), [("Ana".into(), Raci::Accountable), ("Bo".into(), Raci::Responsible)]);
    }
}
