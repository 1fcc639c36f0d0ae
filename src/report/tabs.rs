//! The report as sheets of a workbook.

mod customers;
mod map;

use super::Told;
use super::method::FORMULAS;
use crate::analysis::{Both, COMPARED, CustomerFigures};
use crate::model::{HandoffId, PartyId};
use crate::writing::{Cell, Column, Shows, Tab};

/// All sheets; those without rows are left out. Their names are not those of the tables of a map.
pub(super) fn tabs(told: &Told<'_>) -> Vec<Tab> {
    let mut all = vec![about(told)];
    all.extend(scenario(told));
    all.extend(customers::tabs(told));
    all.extend(map::tabs(told));
    all.retain(|tab| !tab.rows.is_empty());
    all
}

/// A sheet of columns with what they show.
fn tab<const N: usize>(name: &'static str, columns: [(&'static str, Shows); N], rows: Vec<[Cell; N]>) -> Tab {
    let columns = columns.map(|(name, shows)| Column { name, shows }).to_vec();
    Tab { name, columns, rows: rows.into_iter().map(Vec::from).collect() }
}

impl Told<'_> {
    /// The customers on the sheets: all, or the one that was asked for.
    fn listed(&self) -> impl Iterator<Item = &CustomerFigures> {
        let asked = self.options.customer;
        self.report.customers.iter().filter(move |figures| asked.is_none_or(|party| figures.party == party))
    }

    fn named(&self, party: PartyId) -> Cell {
        self.name(party).into()
    }

    /// Supplier, receiver and item of a handoff; an end that is not there is empty.
    fn ends(&self, id: HandoffId) -> [Cell; 3] {
        let Some(handoff) = self.document.handoff(id) else { return [const { Cell::Empty }; 3] };
        let end = |party: Option<PartyId>| party.map_or(Cell::Empty, |party| self.named(party));
        [end(handoff.supplier), end(handoff.customer), handoff.item.as_str().into()]
    }
}

/// What the workbook is, and how its figures are worked out.
fn about(told: &Told<'_>) -> Tab {
    let info = told.document.info();
    let mut rows: Vec<[Cell; 2]> = vec![
        ["Map".into(), told.title().into()],
        ["What it is".into(), told.subtitle().into()],
        ["Date".into(), told.options.date.into()],
        ["Working hours of a day".into(), info.hours_per_day.into()],
        ["Working days of a year".into(), 260_usize.into()],
        ["Currency".into(), info.currency.trim().into()],
        ["Empty cell".into(), "not known, never zero".into()],
    ];
    rows.extend(FORMULAS.map(|(what, how)| [what.into(), how.into()]));
    tab("Report", [("About", Shows::Text), ("this report", Shows::Prose)], rows)
}

/// Figures of every customer now and with the scenario.
fn scenario(told: &Told<'_>) -> Option<Tab> {
    let (_, compared) = told.options.scenario?;
    let asked = told.options.customer;
    let customers = compared.customers.iter().filter(|one| asked.is_none_or(|party| one.party == party));
    let rows = customers.flat_map(|customer| {
        let name = told.named(customer.party);
        COMPARED.iter().zip(&customer.figures).map(move |(compare, both)| {
            let Both { now, then } = *both;
            let delta = both.delta();
            [name.clone(), compare.title.into(), compare.id.into(), now.into(), then.into(), delta.into()]
        })
    });
    let columns = [
        ("Customer", Shows::Text),
        ("Figure", Shows::Text),
        ("Key", Shows::Text),
        ("Now", Shows::Plain),
        ("Then", Shows::Plain),
        ("Difference", Shows::Plain),
    ];
    Some(tab("Scenario", columns, rows.collect()))
}
