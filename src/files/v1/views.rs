//! From a saved view of the model to its record in file format 1 and back.

use super::convert::text;
use super::values::Coordinate;
use super::{Area, List, Subject, View};
use crate::geom::{Rect, pt};
use crate::model::{self, SavedView, ViewChoice, ViewId};

impl<'a> View<'a> {
    /// The record of a saved view.
    pub fn new(id: ViewId, view: &'a SavedView) -> Self {
        let SavedView { name, notes, choice, area, emphasis, rank } = view;
        let ViewChoice { kind, flow, mode, figure, centre, customer, layers, filter, .. } = choice;
        let ViewChoice { sort, list_sort, spotlight, .. } = choice;
        Self {
            id: Some(id),
            rank: Some(*rank),
            name: text(name),
            kind: (*kind).into(),
            flow: (*flow).into(),
            mode: (*mode).into(),
            figure: (*figure).into(),
            centre: *centre,
            customer: *customer,
            layers: layers.map(|layers| layers as u64),
            filter: text(filter),
            sort: sort.map(|(column, _)| column.into()),
            sort_down: sort.is_some_and(|(_, down)| down),
            list_sort: list_sort.map(|(column, _)| column.into()),
            list_sort_down: list_sort.is_some_and(|(_, down)| down),
            spotlight: *spotlight,
            area: area.map(Into::into),
            emphasis: List(emphasis.iter().copied().map(Into::into).collect()),
            notes: text(notes),
        }
    }

    /// The saved view; `rank` is used where the record has none.
    pub fn into_model(self, rank: u32) -> SavedView {
        let choice = ViewChoice {
            kind: self.kind.into(),
            flow: self.flow.into(),
            mode: self.mode.into(),
            figure: self.figure.into(),
            centre: self.centre,
            customer: self.customer,
            // What does not fit is refused by the model all the same.
            layers: self.layers.map(|layers| usize::try_from(layers).unwrap_or(usize::MAX)),
            filter: self.filter.0.into_owned(),
            sort: self.sort.map(|column| (column.into(), self.sort_down)),
            list_sort: self.list_sort.map(|column| (column.into(), self.list_sort_down)),
            spotlight: self.spotlight,
        };
        SavedView {
            name: self.name.0.into_owned(),
            notes: self.notes.0.into_owned(),
            choice,
            area: self.area.map(Into::into),
            emphasis: self.emphasis.0.into_iter().map(Into::into).collect(),
            rank: self.rank.unwrap_or(rank),
        }
    }
}

impl From<Rect> for Area {
    fn from(Rect { min, max }: Rect) -> Self {
        let [left, top, right, bottom] = [min.x, min.y, max.x, max.y].map(Coordinate);
        Self { left, top, right, bottom }
    }
}

impl From<Area> for Rect {
    fn from(Area { left, top, right, bottom }: Area) -> Self {
        Self { min: pt(left.0, top.0), max: pt(right.0, bottom.0) }
    }
}

impl From<model::Subject> for Subject {
    fn from(subject: model::Subject) -> Self {
        match subject {
            model::Subject::Party(id) => Self::Party(id),
            model::Subject::Handoff(id) => Self::Handoff(id),
        }
    }
}

impl From<Subject> for model::Subject {
    fn from(subject: Subject) -> Self {
        match subject {
            Subject::Party(id) => Self::Party(id),
            Subject::Handoff(id) => Self::Handoff(id),
        }
    }
}
