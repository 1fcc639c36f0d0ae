//! Sheets about the map as a whole: cost, silos, shared items and findings.

use super::tab;
use crate::analysis::{Costs, Finding, Flow};
use crate::model::{Dismissal, Subject};
use crate::report::Told;
use crate::writing::{Cell, Shows, Tab};

pub(super) fn tabs(told: &Told<'_>) -> Vec<Tab> {
    vec![cost(told), rolled_up(told), silos(told), local_green(told), shared(told), loops(told), findings(told)]
}

/// Every handoff of which a cost is known, in a year.
fn cost(told: &Told<'_>) -> Tab {
    let rows = told.report.handoffs.iter().filter(|figures| figures.cost.total().is_some()).map(|figures| {
        let [supplier, receiver, item] = told.ends(figures.handoff);
        let (cost, of) = (figures.cost.yearly(), figures.cost.figure());
        [
            supplier,
            receiver,
            item,
            cost.total().into(),
            cost.appraisal.into(),
            cost.internal_failure.into(),
            cost.lateness.into(),
            cost.external_failure.into(),
            of.known.into(),
            of.of.into(),
            figures.handoff.to_string().into(),
        ]
    });
    let columns = [
        ("Given by", Shows::Text),
        ("Received by", Shows::Text),
        ("What", Shows::Text),
        ("Cost in a year", Shows::Money),
        ("Checking", Shows::Money),
        ("Repairing", Shows::Money),
        ("Lateness", Shows::Money),
        ("Escaped defects", Shows::Money),
        ("Terms known", Shows::Count),
        ("Terms of", Shows::Count),
        ("Handoff id", Shows::Text),
    ];
    tab("Cost", columns, rows.collect())
}

/// The same by what it is summed over.
fn rolled_up(told: &Told<'_>) -> Tab {
    let row = |by: &str, name: Cell, costs: &Costs| {
        let total = costs.total();
        [
            by.into(),
            name,
            total.value.into(),
            costs.appraisal.value.into(),
            costs.internal_failure.value.into(),
            costs.lateness.value.into(),
            costs.external_failure.value.into(),
            total.known.into(),
            total.of.into(),
        ]
    };
    let report = told.report;
    let mut rows = vec![row("whole map", Cell::Empty, &report.cost)];
    rows.extend(told.listed().map(|figures| row("customer", told.named(figures.party), &figures.cost)));
    let name = |department: &str| if department.is_empty() { "(none)".into() } else { Cell::from(department) };
    let departments = &report.cost_by_department;
    rows.extend(departments.iter().map(|of| row("given by department", name(&of.department), &of.given)));
    rows.extend(departments.iter().map(|of| row("received by department", name(&of.department), &of.received)));
    let layers = report.cost_by_layer.iter();
    rows.extend(layers.map(|of| row("given by layer", of.layer.map_or("unconnected".into(), Cell::from), &of.cost)));
    let columns = [
        ("By", Shows::Text),
        ("Which", Shows::Text),
        ("Cost in a year", Shows::Money),
        ("Checking", Shows::Money),
        ("Repairing", Shows::Money),
        ("Lateness", Shows::Money),
        ("Escaped defects", Shows::Money),
        ("Terms known", Shows::Count),
        ("Terms of", Shows::Count),
    ];
    tab("Cost rolled up", columns, rows)
}

fn silos(told: &Told<'_>) -> Tab {
    let row = |flow: &Flow| {
        let crosses = if flow.from == flow.to { "no" } else { "yes" };
        [flow.from.as_str().into(), flow.to.as_str().into(), flow.handoffs.into(), crosses.into()]
    };
    let columns = [
        ("From department", Shows::Text),
        ("To department", Shows::Text),
        ("How many", Shows::Count),
        ("Crosses", Shows::Count),
    ];
    tab("Silos", columns, told.report.silos.matrix.iter().map(row).collect())
}

fn local_green(told: &Told<'_>) -> Tab {
    let rows = told.report.silos.local_green.iter().map(|(party, handoff)| {
        let [_, receiver, item] = told.ends(*handoff);
        [told.named(*party), item, receiver]
    });
    let columns = [("Meets its own measures", Shows::Text), ("Gives in red", Shows::Text), ("To whom", Shows::Text)];
    tab("Local green", columns, rows.collect())
}

fn shared(told: &Told<'_>) -> Tab {
    let rows = told.report.weak.shared.iter();
    let rows = rows
        .map(|one| [one.item.as_str().into(), one.receivers.into(), one.suppliers.into(), one.handoffs.len().into()]);
    let columns =
        [("What", Shows::Text), ("Receivers", Shows::Count), ("Suppliers", Shows::Count), ("How often", Shows::Count)];
    tab("Shared items", columns, rows.collect())
}

fn loops(told: &Told<'_>) -> Tab {
    let rows = told.report.weak.loops.iter().map(|found| {
        let mut names: Vec<String> = found.parties.iter().map(|party| told.name(*party)).collect();
        if found.length > names.len() {
            names.push("…".into());
        }
        [names.join(" → ").into(), found.length.into(), told.handoff(found.closing).into()]
    });
    let columns = [("Loop", Shows::Prose), ("Parties", Shows::Count), ("Left out", Shows::Prose)];
    tab("Loops", columns, rows.collect())
}

/// What is raised, then what was put aside.
fn findings(told: &Told<'_>) -> Tab {
    let row = |finding: &Finding, aside: Option<&Dismissal>| {
        let subject = match finding.subject {
            None => Cell::Empty,
            Some(Subject::Party(id)) => told.named(id),
            Some(Subject::Handoff(id)) => told.handoff(id).into(),
        };
        [
            finding.severity.word().into(),
            finding.title().into(),
            subject,
            finding.message(told.document).into_owned().into(),
            finding.why().into(),
            finding.remedy().into(),
            aside.map_or("", |aside| aside.reason.as_str()).into(),
            aside.and_then(|aside| aside.when).map_or(Cell::Empty, |when| when.to_string().into()),
        ]
    };
    let mut rows: Vec<_> = told.report.findings.iter().map(|finding| row(finding, None)).collect();
    rows.extend(told.report.dismissed.iter().map(|(finding, aside)| row(finding, Some(aside))));
    let columns = [
        ("Severity", Shows::Count),
        ("Finding", Shows::Text),
        ("About", Shows::Text),
        ("Says", Shows::Prose),
        ("Why it matters", Shows::Prose),
        ("What to do", Shows::Prose),
        ("Put aside because", Shows::Text),
        ("Put aside on", Shows::Count),
    ];
    tab("Findings", columns, rows)
}
