//! Department by department: how many handoffs go from each to each, and how well.

use super::{Ask, figures};
use crate::analysis::matrix;
use crate::model::quantity::number;
use crate::scene::drawing::{Drawing, Rows};
use crate::scene::sheet::lay_out;
use crate::scene::sheet::silos::{key, silos};

pub(super) fn draw(ask: &Ask<'_>) -> Drawing {
    let (document, figure) = (ask.document, ask.choice.figure);
    let costs = figures::costs(document, figure);
    let matrix = matrix(document, figure, &|id| costs.get(&id).copied());
    let sheet = silos(&matrix, document.info().hours_per_day, ask.fonts, &|cost| number(cost.round()));
    let drawn = lay_out(&sheet, document, ask.fonts);
    drawn.into_drawing(Rows::Silos, key(figure))
}
