//! What the benches share: a map of any size, and the sizes asked for.

use peel::geom::pt;
use peel::model::{Document, Edit, Handoff, IdGen, Party, PartyId, PartyKind};

/// A chain of `count` parties in rows of 20, each handing to the next and to the one 20 further on.
pub fn document(count: usize) -> Document {
    let mut ids = IdGen::new(400_000, 1);
    let parties: Vec<PartyId> = (0..count).map(|_| ids.make()).collect();
    let mut edits = Vec::new();
    for (i, id) in parties.iter().enumerate() {
        let party =
            Party { department: format!("D{}", i % 9), ..Party::named(format!("Party {i}"), PartyKind::Process) };
        edits.push(Edit::PutParty(*id, party));
        edits.push(Edit::Place(*id, pt((i % 20) as f32 * 320.0, (i / 20) as f32 * 140.0)));
        for other in [i + 1, i + 20].into_iter().filter_map(|n| parties.get(n)) {
            let handoff = Handoff::between(Some(*id), Some(*other), format!("Item {i}"));
            edits.push(Edit::PutHandoff(ids.make(), Handoff { complete_accurate_pct: Some(93.0), ..handoff }));
        }
    }
    let mut document = Document::default();
    let applied = document.apply(edits);
    assert!(applied.is_ok(), "the map is sound: {applied:?}");
    document
}

/// The numbers among the words of the command line, or the usual ones.
pub fn counts(usual: &[usize]) -> Vec<usize> {
    let given: Vec<usize> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    if given.is_empty() { usual.to_vec() } else { given }
}
