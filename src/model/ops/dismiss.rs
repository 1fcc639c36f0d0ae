//! Findings: putting one aside with a reason, and raising it again.

use crate::model::{Dismissal, Document, Edit, Part, Subject};

/// What was said when this finding was put aside; `None` while it is raised. `subject` is `None` for the map as a whole.
pub fn dismissal<'a>(
    document: &'a Document,
    kind: &str,
    subject: Option<Subject>,
    part: Option<Part>,
) -> Option<&'a Dismissal> {
    let of = |dismissal: &&Dismissal| dismissal.kind == kind && dismissal.part == part;
    dismissed(document, subject).iter().find(of)
}

/// Puts a finding aside; what was said before is replaced. Empty when its subject is not there.
pub fn dismiss(document: &Document, subject: Option<Subject>, dismissal: Dismissal) -> Vec<Edit> {
    changed(document, subject, |list| {
        list.retain(|other| (&other.kind, other.part) != (&dismissal.kind, dismissal.part));
        list.push(dismissal);
    })
}

/// Raises a finding again. Empty when it was not put aside.
pub fn raise_again(document: &Document, kind: &str, subject: Option<Subject>, part: Option<Part>) -> Vec<Edit> {
    if dismissal(document, kind, subject, part).is_none() {
        return Vec::new();
    }
    changed(document, subject, |list| list.retain(|other| other.kind != kind || other.part != part))
}

fn dismissed(document: &Document, subject: Option<Subject>) -> &[Dismissal] {
    match subject {
        None => &document.info().dismissed,
        Some(Subject::Party(id)) => document.party(id).map_or(&[], |party| &party.dismissed),
        Some(Subject::Handoff(id)) => document.handoff(id).map_or(&[], |handoff| &handoff.dismissed),
    }
}

fn changed(document: &Document, subject: Option<Subject>, change: impl FnOnce(&mut Vec<Dismissal>)) -> Vec<Edit> {
    let edit = match subject {
        None => {
            let mut info = document.info().clone();
            change(&mut info.dismissed);
            Some(Edit::SetInfo(info))
        }
        Some(Subject::Party(id)) => document.party(id).map(|party| {
            let mut party = (**party).clone();
            change(&mut party.dismissed);
            Edit::PutParty(id, party)
        }),
        Some(Subject::Handoff(id)) => document.handoff(id).map(|handoff| {
            let mut handoff = (**handoff).clone();
            change(&mut handoff.dismissed);
            Edit::PutHandoff(id, handoff)
        }),
    };
    edit.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::pt;
    use crate::model::{Party, PartyId, PartyKind, RequirementId};

    fn saying(kind: &str, part: Option<Part>, reason: &str) -> Dismissal {
        Dismissal { kind: kind.into(), part, reason: reason.into(), when: None }
    }

    #[test]
    fn a_finding_is_put_aside_once_and_raised_again() {
        let id = PartyId::parse("p").unwrap();
        let mut document = Document::default();
        let party = Party::named("P", PartyKind::Process);
        document.apply(vec![Edit::PutParty(id, party), Edit::Place(id, pt(0.0, 0.0))]).unwrap();
        let part = Some(Part::Requirement(RequirementId::parse("r").unwrap()));
        for subject in [None, Some(Subject::Party(id))] {
            let before = document.clone();
            document.apply(dismiss(&document, subject, saying("fence", None, "first"))).unwrap();
            document.apply(dismiss(&document, subject, saying("fence", part, "of a part"))).unwrap();
            document.apply(dismiss(&document, subject, saying("fence", None, "second"))).unwrap();
            let reason =
                |document: &Document, part| dismissal(document, "fence", subject, part).map(|d| d.reason.clone());
            assert_eq!(reason(&document, None).as_deref(), Some("second"));
            assert_eq!(reason(&document, part).as_deref(), Some("of a part"));
            assert_eq!(dismissal(&document, "loop", subject, None), None);
            document.apply(raise_again(&document, "fence", subject, None)).unwrap();
            assert_eq!((reason(&document, None), reason(&document, part).is_some()), (None, true));
            assert_eq!(raise_again(&document, "fence", subject, None), []);
            document.apply(raise_again(&document, "fence", subject, part)).unwrap();
            assert_eq!(document, before);
        }
        let gone = Some(Subject::Party(PartyId::parse("gone").unwrap()));
        assert_eq!(dismiss(&document, gone, saying("fence", None, "x")), []);
        assert!(document.apply(dismiss(&document, None, saying("fence", None, " "))).is_err(), "a reason is needed");
    }
}
