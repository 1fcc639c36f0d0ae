//! A saved view: what to look at and what to say about it. Saved views in their order are the steps of a presentation.

use super::check::{Checks, MOST_RECORDS, text_fits};
use super::document::Subject;
use super::quantity::PLANE;
use super::view::ViewChoice;
use crate::geom::Rect;

/// Most parties and handoffs that may stand out in one view.
pub const MOST_EMPHASISED: usize = 10_000;

/// A view of the map, kept under a name.
///
/// It may name parties and handoffs that are not there, as after somebody removed them: it is kept as it is and shown
/// without them, and undoing the removal brings them back into it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SavedView {
    /// What people call it.
    pub name: String,
    /// What the speaker wants to say.
    pub notes: String,
    /// Which view, and how it is set.
    pub choice: ViewChoice,
    /// The part of the view's plane that is seen; `None` is all of it.
    pub area: Option<Rect>,
    /// What stands out while the rest is dimmed; empty dims nothing. Order and repetition mean nothing.
    pub emphasis: Vec<Subject>,
    /// Where it stands among the saved views: they are shown by rank, then by id.
    pub rank: u32,
}

impl SavedView {
    /// Calls `report` with every field that holds what it may not.
    pub(super) fn check(&self, report: Checks<'_>) {
        let Self { name, notes, choice, area, emphasis, rank: _ } = self;
        let ViewChoice { kind: _, flow: _, mode: _, figure: _, centre: _, customer: _, layers, .. } = choice;
        let ViewChoice { filter, sort: _, list_sort: _, spotlight: _, .. } = choice;
        for (field, text) in [("name", name), ("notes", notes), ("filter", filter)] {
            text_fits(field, text, report);
        }
        if layers.is_some_and(|layers| layers > MOST_RECORDS) {
            report("layers", format!("must be at most {MOST_RECORDS}"));
        }
        if let Some(problem) = area.and_then(area_problem) {
            report("area", problem);
        }
        if emphasis.len() > MOST_EMPHASISED {
            report("emphasis", format!("names more than {MOST_EMPHASISED} parties and handoffs"));
        }
    }
}

/// Why nothing can be seen in an area.
fn area_problem(area: Rect) -> Option<String> {
    let edges = [area.min.x, area.min.y, area.max.x, area.max.y];
    if let Some(error) = edges.into_iter().find_map(|edge| PLANE.check(f64::from(edge)).err()) {
        return Some(error.to_string());
    }
    let is_open = area.min.x < area.max.x && area.min.y < area.max.y;
    (!is_open).then(|| "needs its left before its right and its top above its bottom".into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::pt;
    use crate::model::{Document, Edit, EditError, HandoffId, LONGEST_TEXT, MOST_VIEWS, Party, PartyId, ViewId, check};

    fn id(text: &str) -> ViewId {
        ViewId::parse(text).unwrap()
    }

    fn with(views: impl IntoIterator<Item = (ViewId, SavedView)>) -> Result<Document, EditError> {
        let mut document = Document::default();
        document.apply(views.into_iter().map(|(id, view)| Edit::PutView(id, view)))?;
        Ok(document)
    }

    fn refused(change: impl Fn(&mut SavedView)) -> &'static str {
        let mut view = SavedView::default();
        change(&mut view);
        match with([(id("v"), view)]) {
            Err(EditError::Invalid { field, .. }) => field,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_no_view_can_hold_is_refused() {
        let area = |left, top, right, bottom| Some(Rect { min: pt(left, top), max: pt(right, bottom) });
        let far = PLANE.max as f32;
        for (field, bad) in [
            ("area", area(f32::NAN, 0.0, 1.0, 1.0)),
            ("area", area(0.0, 0.0, f32::INFINITY, 1.0)),
            ("area", area(0.0, 0.0, 1.0, f32::MAX)),
            ("area", area(1.0, 0.0, 1.0, 1.0)),
            ("area", area(0.0, 2.0, 1.0, 1.0)),
            ("area", Some(Rect::NOTHING)),
        ] {
            assert_eq!(refused(|view| view.area = bad), field, "{bad:?}");
        }
        assert_eq!(refused(|view| view.name = "x".repeat(LONGEST_TEXT + 1)), "name");
        assert_eq!(refused(|view| view.notes = "\0".into()), "notes");
        assert_eq!(refused(|view| view.choice.filter = "\0".into()), "filter");
        assert_eq!(refused(|view| view.choice.layers = Some(usize::MAX)), "layers");
        let subject = Subject::Party(PartyId::parse("p").unwrap());
        assert_eq!(refused(|view| view.emphasis = vec![subject; MOST_EMPHASISED + 1]), "emphasis");
        let whole = SavedView { area: area(-far, -far, far, far), ..SavedView::default() };
        assert!(with([(id("v"), whole)]).is_ok());
    }

    #[test]
    fn there_are_not_too_many_views() {
        let views = |count: usize| (0..count).map(|at| (id(&format!("v{at}")), SavedView::default()));
        let full = with(views(MOST_VIEWS)).expect("as many as may be");
        assert_eq!((full.views_len(), check(&full)), (MOST_VIEWS, Vec::new()));
        assert_eq!(with(views(MOST_VIEWS + 1)), Err(EditError::TooMany));
    }

    #[test]
    fn a_view_outlives_what_it_names() {
        let party = PartyId::parse("p").unwrap();
        let gone = Subject::Handoff(HandoffId::parse("gone").unwrap());
        let mut view = SavedView { emphasis: vec![Subject::Party(party), gone], ..SavedView::default() };
        view.choice.centre = Some(party);
        let mut before = with([(id("v"), view.clone())]).expect("nothing it names is there");
        before.apply(vec![Edit::PutParty(party, Party::default()), Edit::Place(party, pt(0.0, 0.0))]).unwrap();
        let mut after = before.clone();
        after.apply(vec![Edit::RemoveParty(party)]).unwrap();
        assert_eq!((&**after.view(id("v")).unwrap(), check(&after)), (&view, Vec::new()));
        assert_eq!(before.edits_to(&after), [Edit::RemoveParty(party)]);
        after.apply(after.edits_to(&before)).unwrap();
        assert_eq!(after, before);
    }

    #[test]
    fn documents_that_differ_in_a_view_differ() {
        let one = with([(id("v"), SavedView::default())]).unwrap();
        let other = with([(id("v"), SavedView { rank: 1, ..SavedView::default() })]).unwrap();
        assert!(one != other && one != Document::default());
        assert_eq!(other.edits_to(&Document::default()), [Edit::RemoveView(id("v"))]);
        let mut again = one.clone();
        assert!(again.is_same(&one));
        again.apply(one.edits_to(&other)).unwrap();
        assert!(again == other && !again.is_same(&one));
    }
}
