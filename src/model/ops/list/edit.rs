//! What typing in a cell of the table does to the map.

use super::read::{by_letters, problem, volume};
use super::{Column, text_of};
use crate::model::ops::End;
use crate::model::ops::grid::needs;
use crate::model::ops::grid::parties::end_named;
use crate::model::quantity::{PERCENT, parse_duration};
use crate::model::{Agreement, Document, Edit, Handoff, HandoffId, IdGen, Known};

/// The edits of typing `typed` in a cell; none when the cell says so already.
///
/// A name in a supplier or customer cell gives that end of the handoff to the party of this name, which is made as a
/// process when there is none; an empty one leaves it to nobody. Numbers and times are typed as people say them, words by
/// their first letters, empty is unknown. Without a handoff, as in the empty row at the end, a supplier or a customer makes
/// one.
///
/// # Errors
/// In words for the person who typed.
pub fn edit(
    document: &Document,
    ids: &mut IdGen,
    handoff: Option<HandoffId>,
    column: Column,
    typed: &str,
) -> Result<Vec<Edit>, String> {
    let (id, mut changed) = match handoff {
        Some(id) => (id, there(document, id)?),
        None => (ids.make(), Handoff::default()),
    };
    let typed = typed.trim();
    if (handoff.is_none() && typed.is_empty()) || typed == text_of(document, &changed, column).trim() {
        return Ok(Vec::new());
    }
    let mut edits = Vec::new();
    match column {
        Column::Supplier => {
            let other = (End::Supplier, changed.customer);
            changed.supplier = end_named(document, ids, typed, other, &mut edits)?;
        }
        Column::Customer => {
            let other = (End::Customer, changed.supplier);
            changed.customer = end_named(document, ids, typed, other, &mut edits)?;
        }
        _ if handoff.is_none() => return Err(NO_END.into()),
        _ => set(&mut changed, column, typed, (document.info().hours_per_day, ids))?,
    }
    has_an_end(&changed)?;
    edits.push(Edit::PutHandoff(id, changed));
    document.clone().apply(edits.clone()).map_err(|error| error.to_string())?;
    Ok(edits)
}

const NO_END: &str = "a handoff needs somebody who gives or receives it: type its supplier or its customer first";

/// The handoff as it is.
pub(super) fn there(document: &Document, id: HandoffId) -> Result<Handoff, String> {
    let handoff = document.handoff(id).ok_or("this handoff is no longer on the map")?;
    Ok((**handoff).clone())
}

/// # Errors
/// When both ends are gone.
pub(super) fn has_an_end(handoff: &Handoff) -> Result<(), String> {
    if handoff.supplier.is_none() && handoff.customer.is_none() {
        return Err("a handoff needs a supplier, a customer or both: name another one, or delete the handoff".into());
    }
    Ok(())
}

/// Puts what was typed into a field that names no party; `typed` is trimmed.
pub(super) fn set(
    handoff: &mut Handoff,
    column: Column,
    typed: &str,
    (hours_per_day, ids): (f64, &mut IdGen),
) -> Result<(), String> {
    match column {
        Column::Item => handoff.item = typed.into(),
        Column::Contact => handoff.contact = typed.into(),
        Column::Requirements => handoff.requirements = needs::read(&handoff.requirements, typed, ids),
        Column::CompleteAccurate => handoff.complete_accurate_pct = share(column, typed, &mut handoff.known)?,
        Column::OnTime => handoff.on_time_pct = share(column, typed, &mut handoff.known)?,
        Column::Wait => {
            let hours = parse_duration(typed, hours_per_day);
            handoff.wait_h = hours.map_err(|error| problem(column.title(), typed, &error))?;
        }
        Column::Volume if typed.is_empty() => handoff.volume = None,
        Column::Volume => {
            let (amount, period) = volume(typed, handoff.period)?;
            (handoff.volume, handoff.period) = (Some(amount), period);
        }
        Column::Known if typed.is_empty() => handoff.known = None,
        Column::Known => handoff.known = Some(by_letters(typed, Known::ALL, Known::word, "way to know")?),
        Column::Agreement if typed.is_empty() => handoff.agreement = Agreement::None,
        Column::Agreement => handoff.agreement = by_letters(typed, Agreement::ALL, Agreement::word, "agreement")?,
        Column::State | Column::Score => {
            return Err("it follows from the requirements and what was observed of them: change those".into());
        }
        Column::Supplier | Column::Customer => {}
    }
    Ok(())
}

/// A share in percent. With `≈` or `~` before it, it is a guess.
fn share(column: Column, typed: &str, known: &mut Option<Known>) -> Result<Option<f64>, String> {
    let bare = typed.trim_start_matches(['≈', '~']).trim();
    let value = PERCENT.parse(bare).map_err(|error| problem(column.title(), bare, &error))?;
    if bare != typed && value.is_some() {
        *known = Some(Known::Guess);
    }
    Ok(value)
}
