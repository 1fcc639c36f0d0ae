//! Saved views: adding one at the end, and putting them in another order.

use std::sync::Arc;

use crate::model::{Document, Edit, IdGen, SavedView, ViewId};

/// Saves a view behind all others; its rank is chosen here.
pub fn save_view(document: &Document, ids: &mut IdGen, view: SavedView) -> Vec<Edit> {
    let order = document.views_in_order();
    let last = order.last().map(|(_, last)| last.rank);
    let (rank, mut edits) = match last.map(|rank| rank.checked_add(1)) {
        None => (0, Vec::new()),
        Some(Some(rank)) => (rank, Vec::new()),
        Some(None) => (order.len() as u32, ranked(&order)),
    };
    edits.push(Edit::PutView(ids.make(), SavedView { rank, ..view }));
    edits
}

/// Moves a view to a place among the saved views, counted from 0; beyond the end is the end.
///
/// Empty when the view is not there or stands there already.
pub fn move_view(document: &Document, id: ViewId, to_index: usize) -> Vec<Edit> {
    let mut order = document.views_in_order();
    let Some(from) = order.iter().position(|(other, _)| *other == id) else { return Vec::new() };
    let to_index = to_index.min(order.len() - 1);
    if from == to_index {
        return Vec::new();
    }
    let moved = order.remove(from);
    order.insert(to_index, moved);
    ranked(&order)
}

/// Gives the views the ranks 0, 1, 2 … in this order.
fn ranked(order: &[(ViewId, &Arc<SavedView>)]) -> Vec<Edit> {
    let ranks = (0..).zip(order).filter(|(rank, (_, view))| view.rank != *rank);
    ranks.map(|(rank, (id, view))| Edit::PutView(*id, SavedView { rank, ..(***view).clone() })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn names(document: &Document) -> Vec<String> {
        document.views_in_order().iter().map(|(_, view)| view.name.clone()).collect()
    }

    fn with_ranks(ranks: &[u32]) -> Document {
        let mut document = Document::default();
        let view = |at: usize, rank: u32| SavedView { name: at.to_string(), rank, ..SavedView::default() };
        let id = |at: usize| ViewId::parse(&format!("v{at}")).unwrap();
        let edits = ranks.iter().enumerate().map(|(at, rank)| Edit::PutView(id(at), view(at, *rank)));
        document.apply(edits).unwrap();
        document
    }

    #[test]
    fn a_view_is_saved_behind_the_others() {
        let mut ids = IdGen::new(1, 2);
        for ranks in [&[][..], &[0], &[5, 5, 2], &[u32::MAX, 3], &[u32::MAX, u32::MAX]] {
            let mut document = with_ranks(ranks);
            let mut expected = names(&document);
            expected.push("new".into());
            let view = SavedView { name: "new".into(), ..SavedView::default() };
            document.apply(save_view(&document, &mut ids, view)).unwrap();
            assert_eq!(names(&document), expected, "{ranks:?}");
        }
    }

    #[test]
    fn only_what_changes_its_rank_is_edited() {
        let document = with_ranks(&[0, 1, 2, 3]);
        let edits = move_view(&document, ViewId::parse("v2").unwrap(), 1);
        assert_eq!(edits.len(), 2, "{edits:?}");
        assert_eq!(move_view(&document, ViewId::parse("v2").unwrap(), 2), []);
        assert_eq!(move_view(&document, ViewId::parse("gone").unwrap(), 0), []);
    }

    proptest! {
        #[test]
        fn moving_is_taking_out_and_putting_in(
            ranks in proptest::collection::vec(prop_oneof![0..4_u32, any::<u32>()], 1..9),
            which in any::<proptest::sample::Index>(),
            to in 0..12_usize,
        ) {
            let mut document = with_ranks(&ranks);
            let mut expected = names(&document);
            let at = which.index(expected.len());
            let (id, _) = document.views_in_order()[at];
            let name = expected.remove(at);
            expected.insert(to.min(expected.len()), name);
            let edits = move_view(&document, id, to);
            document.apply(edits).unwrap();
            prop_assert_eq!(names(&document), expected);
        }
    }
}
