//! `peel report`: all figures and findings, to be read or reckoned with.

use super::args::Report;
use super::brief::paper;
use super::failure::Failure;
use super::scenarios::Asked;
use super::{dates, names, written};
use crate::analysis::{compared, report_on};
use crate::files::reports::{self, FORMS};
use crate::model::{Document, PartyId, PartyKind};
use crate::report::{Options, page};
use crate::scene::text::Fonts;
use crate::writing::shown;

/// The endings and what they mean, for the help.
pub(super) fn endings_explained() -> String {
    FORMS.iter().map(|form| format!(".{}: {}", form.extension, form.about)).collect::<Vec<_>>().join("\n")
}

/// Writes the report.
pub(super) fn report(arguments: &Report) -> Result<(), Failure> {
    let Report { map, out, scenario, customer, date, simulation } = arguments;
    let known: Vec<&'static str> = FORMS.iter().map(|form| form.extension).collect();
    written::check_ending(out, "a report", &known)?;
    let today = dates::date(*date)?;
    let document = written::document(map, out)?;
    let asked = scenario.as_deref().map(|name| Asked::find(&document, name)).transpose()?;
    let customer = customer.as_deref().map(|name| customer_called(&document, name)).transpose()?;
    let shown = asked.as_ref().map_or(&document, |asked| &asked.document);
    let mut figures = report_on(shown, Some(today));
    if let Some(setting) = simulation.setting() {
        figures.simulate(shown, &setting);
    }
    let held = asked.as_ref().map(|asked| compared(&asked.scenario, &report_on(&document, Some(today)), &figures));
    let date = today.to_string();
    let scenario = asked.as_ref().zip(held.as_ref()).map(|(asked, held)| (&*asked.scenario, held));
    let options = Options { date: &date, customer, scenario };
    let form = reports::form_of(out).unwrap_or(&FORMS[0]);
    let (bytes, note) = if form.extension == "pdf" {
        paper(&page(shown, &figures, &options), out)?
    } else {
        let bytes = reports::written(form, shown, &figures, &options, &Fonts::bundled());
        let refused = |error| Failure::refused(format!("“{}” was not written: {error}", out.display()));
        (bytes.map_err(refused)?, String::new())
    };
    written::write(out, &bytes, &note)
}

fn customer_called(document: &Document, name: &str) -> Result<PartyId, Failure> {
    let party = names::party_called(document, name)?;
    if document.party(party).is_some_and(|party| party.kind == PartyKind::Customer) {
        return Ok(party);
    }
    let mut customers: Vec<String> = document.customers().map(|(id, _)| shown(&document.name_of(id))).collect();
    customers.sort();
    let there = match customers.as_slice() {
        [] => "the map has none".to_owned(),
        customers => format!("there are: {}", customers.iter().take(20).cloned().collect::<Vec<_>>().join(", ")),
    };
    Err(Failure::refused(format!("“{}” is no external customer; {there}", shown(&document.name_of(party)))))
}
