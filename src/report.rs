//! The report that people hand round: everything the map tells, as a page to be read and as a workbook to reckon with.
//! Pure.
//!
//! A report is a function from a document and its figures to a [`Page`] or to [`Tab`]s; how they look is told in
//! [`crate::writing`]. Long lists are cut and say by how much; what is not known is said to be so, never shown as zero.

mod calendar;
mod case;
mod cost;
mod customer;
mod figures;
mod findings;
mod handoffs;
mod method;
mod opening;
mod path;
mod rework;
mod silos;
mod snowball;
mod spread;
mod tabs;
mod weak;

use crate::analysis::{Compared, CustomerFigures, Report};
use crate::model::{Document, PartyId, Scenario};
use crate::writing::{Page, Tab};
pub use calendar::calendar;
pub use case::{scenario_case, sprint_case};
pub use spread::bars;

/// How a report is to be.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'a> {
    /// The day it is of, printed as it is; may be empty.
    pub date: &'a str,
    /// The external customer it is about; `None` is all of them.
    pub customer: Option<PartyId>,
    /// The scenario whose changes were made in the document, and how it compares with today.
    pub scenario: Option<(&'a Scenario, &'a Compared)>,
}

/// What every part of a report is made of.
#[derive(Debug, Clone, Copy)]
struct Told<'a> {
    document: &'a Document,
    report: &'a Report,
    options: &'a Options<'a>,
}

/// Most external customers with pages of their own; the others stand in one table.
const MOST_CUSTOMERS: usize = 5;
/// Most rows of a table on paper.
const MOST_ROWS: usize = 20;

/// The report as one page to be read.
pub fn page(document: &Document, report: &Report, options: &Options<'_>) -> Page {
    let told = Told { document, report, options };
    let mut blocks = opening::opening(&told);
    for customer in told.customers() {
        blocks.extend(customer::customer(&told, customer));
    }
    blocks.extend(cost::cost(&told));
    blocks.extend(silos::silos(&told));
    blocks.extend(weak::weak(&told));
    blocks.extend(findings::findings(&told));
    blocks.extend(method::method(&told));
    Page { title: told.title(), subtitle: told.subtitle(), date: options.date.to_owned(), blocks }
}

/// The report as the sheets of a workbook, with real numbers: shares as fractions, times in hours. Not cut, but for what
/// no sheet can hold.
pub fn tabs(document: &Document, report: &Report, options: &Options<'_>) -> Vec<Tab> {
    tabs::tabs(&Told { document, report, options })
}

impl<'a> Told<'a> {
    fn title(&self) -> String {
        match self.document.info().title.trim() {
            "" => "Untitled map".to_owned(),
            title => title.to_owned(),
        }
    }

    fn subtitle(&self) -> String {
        match self.options.scenario {
            None => "Handoff report".to_owned(),
            Some((scenario, _)) => format!("Handoff report, with the scenario “{}”", scenario.name.trim()),
        }
    }

    /// The customers that are told one by one: the one that was asked for, all of a few, or those of many that get the
    /// least complete and accurate.
    fn customers(&self) -> Vec<&'a CustomerFigures> {
        let asked = |figures: &&CustomerFigures| self.options.customer.is_none_or(|party| figures.party == party);
        let mut all: Vec<&CustomerFigures> = self.report.customers.iter().filter(asked).collect();
        if all.len() > MOST_CUSTOMERS {
            let share = |figures: &CustomerFigures| figures.quality.complete_accurate.value.unwrap_or(f64::INFINITY);
            all.sort_by(|a, b| share(a).total_cmp(&share(b)));
            all.truncate(MOST_CUSTOMERS);
        }
        all
    }

    fn name(&self, party: PartyId) -> String {
        self.document.name_of(party)
    }

    fn handoff(&self, id: crate::model::HandoffId) -> String {
        self.document.handoff(id).map(|handoff| self.document.describe(handoff)).unwrap_or_default()
    }
}
