//! A workshop: the questions that draw the chain backwards from the external customer, layer by layer, and what an answer
//! does to the map.

use std::collections::BTreeSet;

use super::{STEP, add_party, party_by_name};
use crate::geom::pt;
use crate::model::{Document, Edit, Handoff, HandoffId, IdGen, Party, PartyId, PartyKind, Subject};

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Who is the external customer?
    Customer,
    /// What does the party get, or need? Asked until nothing more is named.
    Items(PartyId),
    /// Who gives it?
    Giver(HandoffId),
}

/// A question in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The question.
    pub question: Question,
    /// The same in words.
    pub words: String,
    /// How many handoffs away from the customer it is asked: 0 is the customer.
    pub layer: usize,
    /// What it is about.
    pub about: Option<Subject>,
    /// True when nothing may be the answer.
    pub may_be_nothing: bool,
}

/// The next question; `None` when every layer is complete. `answered` are parties that need nothing more than is there.
///
/// It goes backwards: nothing is asked of a layer before the one nearer to the customer is complete. External suppliers
/// are not asked what they need. O(V + E).
pub fn next_question(document: &Document, answered: &BTreeSet<PartyId>) -> Option<Asked> {
    let mut layer: Vec<PartyId> = document.customers().map(|(id, _)| id).collect();
    if layer.is_empty() {
        let words = "Who is the external customer?".to_owned();
        return Some(Asked { question: Question::Customer, words, layer: 0, about: None, may_be_nothing: false });
    }
    let (mut seen, mut depth) = (layer.iter().copied().collect::<BTreeSet<_>>(), 0);
    while !layer.is_empty() {
        layer.sort_by_cached_key(|id| (document.name_of(*id), *id));
        if let Some(asked) = layer.iter().find_map(|id| at(document, *id, depth, answered)) {
            return Some(asked);
        }
        let givers = layer.iter().flat_map(|id| document.inputs(*id)).filter(|(_, handoff)| handoff.is_forward());
        let givers: BTreeSet<PartyId> = givers.filter_map(|(_, handoff)| handoff.supplier).collect();
        layer = givers.into_iter().filter(|id| seen.insert(*id)).filter(|id| is_process(document, *id)).collect();
        depth += 1;
    }
    None
}

fn is_process(document: &Document, id: PartyId) -> bool {
    document.party(id).is_some_and(|party| party.kind == PartyKind::Process)
}

/// What is still to be asked about one party.
fn at(document: &Document, id: PartyId, layer: usize, answered: &BTreeSet<PartyId>) -> Option<Asked> {
    let name = document.name_of(id);
    let inputs: Vec<_> = document.inputs(id).filter(|(_, handoff)| handoff.is_forward()).collect();
    if let Some((handoff, open)) = inputs.iter().find(|(_, handoff)| handoff.supplier.is_none()) {
        let item = open.item.trim();
        let words = match (item, layer) {
            ("", _) => format!("Who gives “{name}” what has no name yet?"),
            (item, 0) => format!("Who makes “{item}” for “{name}”?"),
            (item, _) => format!("Who gives “{name}” the “{item}”?"),
        };
        let about = Some(Subject::Handoff(*handoff));
        return Some(Asked { question: Question::Giver(*handoff), words, layer, about, may_be_nothing: false });
    }
    if answered.contains(&id) {
        return None;
    }
    let words = match (inputs.is_empty(), layer) {
        (true, 0) => format!("What does “{name}” get from us?"),
        (false, 0) => format!("What else does “{name}” get from us?"),
        (true, _) => format!("What does “{name}” need to do its work?"),
        (false, _) => format!("What else does “{name}” need?"),
    };
    // A customer gets something: else there is nothing to work backwards from.
    let may_be_nothing = layer > 0 || !inputs.is_empty();
    Some(Asked { question: Question::Items(id), words, layer, about: Some(Subject::Party(id)), may_be_nothing })
}

/// What several names in one answer are separated by.
const BETWEEN: [char; 3] = [',', ';', '\n'];

/// The edits of an answer, and what they made. Several customers or items may be named at once, separated by commas.
/// `outside` says that who is named is no part of the organisation. Empty for an answer without words.
pub fn answer(
    document: &Document,
    ids: &mut IdGen,
    question: Question,
    words: &str,
    outside: bool,
) -> (Vec<Edit>, BTreeSet<Subject>) {
    let names: Vec<&str> = match question {
        // A supplier may have a comma in its name: "Miller, Miller & Co".
        Question::Giver(_) => vec![words.trim()],
        _ => words.split(BETWEEN).map(str::trim).collect(),
    };
    let names = names.into_iter().filter(|name| !name.is_empty());
    let (mut edits, mut made, mut next) = (Vec::new(), BTreeSet::new(), document.clone());
    for name in names {
        let (step, subject) = match question {
            Question::Customer => customer(&next, ids, name),
            Question::Items(party) => item(ids, party, name),
            Question::Giver(handoff) => giver(&next, ids, handoff, name, outside),
        };
        // What cannot be added is left out; the map says why when it is asked to.
        if next.apply(step.clone()).is_ok() {
            made.insert(subject);
        }
        edits.extend(step);
    }
    (edits, made)
}

fn customer(document: &Document, ids: &mut IdGen, name: &str) -> (Vec<Edit>, Subject) {
    match party_by_name(document, name).and_then(|id| Some((id, document.party(id)?))) {
        Some((id, party)) => {
            let party = Party { kind: PartyKind::Customer, ..(**party).clone() };
            (vec![Edit::PutParty(id, party)], Subject::Party(id))
        }
        None => {
            let added = add_party(document, ids, Party::named(name, PartyKind::Customer), pt(0.0, 0.0));
            (added.edits, Subject::Party(added.party))
        }
    }
}

fn item(ids: &mut IdGen, party: PartyId, name: &str) -> (Vec<Edit>, Subject) {
    let id: HandoffId = ids.make();
    (vec![Edit::PutHandoff(id, Handoff::between(None, Some(party), name))], Subject::Handoff(id))
}

fn giver(document: &Document, ids: &mut IdGen, id: HandoffId, name: &str, outside: bool) -> (Vec<Edit>, Subject) {
    let Some(handoff) = document.handoff(id) else { return (Vec::new(), Subject::Handoff(id)) };
    let known = party_by_name(document, name).filter(|other| handoff.customer != Some(*other));
    let (mut edits, supplier) = match known {
        Some(known) => (Vec::new(), known),
        None => {
            let beside = handoff.customer.and_then(|customer| document.place(customer)).unwrap_or_default();
            let kind = if outside { PartyKind::Supplier } else { PartyKind::Process };
            let added = add_party(document, ids, Party::named(name, kind), beside - pt(STEP.w, 0.0));
            (added.edits, added.party)
        }
    };
    edits.push(Edit::PutHandoff(id, Handoff { supplier: Some(supplier), ..(**handoff).clone() }));
    (edits, Subject::Party(supplier))
}

/// How many layers are drawn, the customer's own not counted.
pub fn layers_drawn(document: &Document) -> usize {
    let mut layer: BTreeSet<PartyId> = document.customers().map(|(id, _)| id).collect();
    let (mut seen, mut depth) = (layer.clone(), 0);
    loop {
        let givers = layer.iter().flat_map(|id| document.inputs(*id)).filter(|(_, handoff)| handoff.is_forward());
        layer = givers.filter_map(|(_, handoff)| handoff.supplier).filter(|id| seen.insert(*id)).collect();
        if layer.is_empty() {
            return depth;
        }
        depth += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::check;

    /// Answers until nothing is asked any more; an empty answer is "nothing more", one that begins with `<` is outside.
    fn run(answers: &[&str]) -> (Document, Vec<String>) {
        let (mut document, mut ids, mut answered) = (Document::default(), IdGen::new(1, 1), BTreeSet::new());
        let (mut answers, mut asked_words) = (answers.iter(), Vec::new());
        while let Some(asked) = next_question(&document, &answered) {
            asked_words.push(asked.words.clone());
            let words = answers.next().unwrap_or(&"");
            match (asked.question, words.trim()) {
                (Question::Items(party), "") if asked.may_be_nothing => drop(answered.replace(party)),
                (_, "") => panic!("{} needs an answer", asked.words),
                (question, words) => {
                    let (name, outside) = words.strip_prefix('<').map_or((words, false), |name| (name, true));
                    let (edits, made) = answer(&document, &mut ids, question, name, outside);
                    document.apply(edits).unwrap();
                    assert!(made.iter().all(|subject| document.has(*subject)) && !made.is_empty());
                }
            }
            assert!(asked_words.len() < 100, "it ends: {asked_words:?}");
        }
        assert_eq!(check(&document), Vec::<String>::new());
        (document, asked_words)
    }

    #[test]
    fn the_chain_is_drawn_backwards_from_the_customer() {
        let (document, asked) = run(&[
            "Patient",
            "result, advice",
            "Ward",
            "ward",
            "", // the same ward gives both
            "findings",
            "Lab",
            "",
            "sample; request",
            "Ward round",
            "<Post",
            "",
        ]);
        let expected = [
            "Who is the external customer?",
            "What does “Patient” get from us?",
            "Who makes “result” for “Patient”?",
            "Who makes “advice” for “Patient”?",
            "What else does “Patient” get from us?",
            "What does “Ward” need to do its work?",
            "Who gives “Ward” the “findings”?",
            "What else does “Ward” need?",
            "What does “Lab” need to do its work?",
        ];
        assert_eq!(asked[..9], expected);
        assert_eq!(document.parties_len(), 5, "one ward");
        let post = party_by_name(&document, "Post").unwrap();
        assert_eq!(document.party(post).unwrap().kind, PartyKind::Supplier);
        assert!(!asked.iter().any(|words| words.contains("“Post” need")), "nobody asks outside what they need");
        assert_eq!(layers_drawn(&document), 3);
    }

    #[test]
    fn a_loop_is_asked_once_and_nothing_twice() {
        let (document, asked) = run(&["C", "x", "A", "", "y", "B", "", "z", "A", ""]);
        assert_eq!((document.parties_len(), document.handoffs_len()), (3, 3));
        let mut once = asked.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), asked.len(), "{asked:?}");
    }

    #[test]
    fn nobody_hands_off_to_themselves() {
        let (mut document, mut ids) = (Document::default(), IdGen::new(1, 1));
        let (edits, _) = answer(&document, &mut ids, Question::Customer, "C", false);
        document.apply(edits).unwrap();
        let customer = document.customers().next().unwrap().0;
        let (edits, made) = answer(&document, &mut ids, Question::Items(customer), "x", false);
        document.apply(edits).unwrap();
        let Some(Subject::Handoff(handoff)) = made.first().copied() else { panic!("{made:?}") };
        let (edits, _) = answer(&document, &mut ids, Question::Giver(handoff), "c", false);
        document.apply(edits).unwrap();
        assert_eq!(document.parties_len(), 2, "another party of that name");
        assert_eq!(answer(&document, &mut ids, Question::Items(customer), " , ;", false).0, []);
    }
}
