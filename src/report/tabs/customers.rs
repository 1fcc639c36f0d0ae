//! Sheets with a row for each customer, or for something on the way to one.

use crate::analysis::{
    Bottleneck, CustomerFigures, LeadTime, Lift, PathStep, Quality, Rework, Share, Step, Stop, leverage, path_steps,
};
use crate::model::HandoffId;
use crate::report::Told;
use crate::writing::{Cell, Shows, Tab};

use super::tab;

pub(super) fn tabs(told: &Told<'_>) -> Vec<Tab> {
    vec![
        times(told),
        shares(told),
        snowball(told),
        ranked(told),
        critical_path(told),
        timeline(told),
        rework(told),
        bottlenecks(told),
    ]
}

/// Rows that begin with the name of the customer.
fn rows<'t, const N: usize, I>(told: &'t Told<'_>, each: impl Fn(&'t CustomerFigures) -> I) -> Vec<[Cell; N]>
where
    I: IntoIterator<Item = [Cell; N]>,
{
    told.listed().flat_map(each).collect()
}

/// Lead time and what it is made of.
fn times(told: &Told<'_>) -> Tab {
    let row = |figures: &CustomerFigures| {
        let LeadTime { hours, process_time, value_adding, wait, .. } = &figures.lead_time;
        let wanted = told.document.party(figures.party).and_then(|party| party.target_lead_time_h);
        let at_least = if figures.lead_time.is_at_least() { "at least" } else { "" };
        [[
            told.named(figures.party),
            hours.value.into(),
            at_least.into(),
            wanted.into(),
            process_time.value.into(),
            value_adding.value.into(),
            wait.value.into(),
            hours.known.into(),
            hours.of.into(),
            figures.lead_time.activity_ratio().into(),
            figures.lead_time.pce().into(),
            figures.rework.one_pass_h.value.into(),
            figures.rework.until_right_h.value.into(),
            figures.party.to_string().into(),
        ]]
    };
    let columns = [
        ("Customer", Shows::Text),
        ("Lead time h", Shows::Hours),
        ("Known in part", Shows::Count),
        ("Wanted h", Shows::Hours),
        ("Process time h", Shows::Hours),
        ("Value-adding h", Shows::Hours),
        ("Waiting h", Shows::Hours),
        ("Times known", Shows::Count),
        ("Times of", Shows::Count),
        ("Activity ratio", Shows::Share),
        ("PCE", Shows::Share),
        ("Rework once h", Shows::Hours),
        ("Rework until right h", Shows::Hours),
        ("Customer id", Shows::Text),
    ];
    tab("Figures", columns, rows(told, row))
}

/// Quality, punctuality, boundaries and cost.
fn shares(told: &Told<'_>) -> Tab {
    let row = |figures: &CustomerFigures| {
        let Quality { complete_accurate, on_time, .. } = &figures.quality;
        let (crossing, cost) = (figures.crossing, figures.cost.total());
        [[
            told.named(figures.party),
            complete_accurate.value.into(),
            complete_accurate.known.into(),
            on_time.value.into(),
            on_time.known.into(),
            complete_accurate.of.into(),
            figures.on_time_start.value.into(),
            if crossing.handoffs > 0 { crossing.crossing.into() } else { Cell::Empty },
            crossing.handoffs.into(),
            crossing.of.into(),
            cost.value.into(),
            cost.known.into(),
            cost.of.into(),
            figures.party.to_string().into(),
        ]]
    };
    let columns = [
        ("Customer", Shows::Text),
        ("Rolled %C&A", Shows::Share),
        ("%C&A known", Shows::Count),
        ("Rolled on time", Shows::Share),
        ("On time known", Shows::Count),
        ("Critical handoffs", Shows::Count),
        ("On-time start", Shows::Share),
        ("Cross departments", Shows::Count),
        ("Departments known", Shows::Count),
        ("Between processes", Shows::Count),
        ("Cost in a year", Shows::Money),
        ("Terms known", Shows::Count),
        ("Terms of", Shows::Count),
        ("Customer id", Shows::Text),
    ];
    tab("Quality and cost", columns, rows(told, row))
}

fn snowball(told: &Told<'_>) -> Tab {
    let row = |figures: &CustomerFigures, step: &Step| {
        [
            told.named(figures.party),
            step.layer.into(),
            step.parties.into(),
            step.handoffs.into(),
            step.complete_accurate.value.into(),
            step.complete_accurate_so_far.value.into(),
            step.complete_accurate.known.into(),
            step.on_time.value.into(),
            step.on_time_so_far.value.into(),
            step.on_time.known.into(),
        ]
    };
    let columns = [
        ("Customer", Shows::Text),
        ("Layer", Shows::Count),
        ("Giving parties", Shows::Count),
        ("Critical handoffs", Shows::Count),
        ("%C&A", Shows::Share),
        ("%C&A so far", Shows::Share),
        ("%C&A known", Shows::Count),
        ("On time", Shows::Share),
        ("On time so far", Shows::Share),
        ("On time known", Shows::Count),
    ];
    let rows = rows(told, |figures| figures.snowball.iter().map(move |step| row(figures, step)));
    tab("Snowball", columns, rows)
}

/// What a handoff has at one customer.
fn of<T: Copy>(all: impl Iterator<Item = (HandoffId, T)>) -> std::collections::BTreeMap<HandoffId, T> {
    all.collect()
}

fn ranked(told: &Told<'_>) -> Tab {
    let each = |figures: &CustomerFigures| {
        let lifts = |lifts: &[Lift]| of(lifts.iter().map(|lift| (lift.handoff, (lift.now, lift.per_point))));
        let (quality, on_time) = (lifts(&figures.quality_lifts), lifts(&figures.on_time_lifts));
        let slack = of(figures.timeline.legs.iter().map(|leg| (leg.handoff, leg.slack_h)));
        let row = |(at, share): (usize, &Share)| {
            let [supplier, receiver, item] = told.ends(share.handoff);
            let late = on_time.get(&share.handoff);
            [
                told.named(figures.party),
                (at + 1).into(),
                supplier,
                receiver,
                item,
                share.complete_accurate.into(),
                share.share.into(),
                quality.get(&share.handoff).map(|(_, per_point)| *per_point).into(),
                leverage(share.complete_accurate, 1.0).into(),
                late.map(|(now, _)| *now).into(),
                late.map(|(_, per_point)| *per_point).into(),
                slack.get(&share.handoff).copied().into(),
                share.handoff.to_string().into(),
            ]
        };
        figures.quality.shares.iter().enumerate().map(row).collect::<Vec<_>>()
    };
    let columns = [
        ("End customer", Shows::Text),
        ("Rank", Shows::Count),
        ("Given by", Shows::Text),
        ("Received by", Shows::Text),
        ("What", Shows::Text),
        ("%C&A", Shows::Share),
        ("Share of the loss", Shows::Share),
        ("A point gives", Shows::Number),
        ("If perfect ×", Shows::Number),
        ("On time", Shows::Share),
        ("A point on time gives", Shows::Number),
        ("Slack h", Shows::Hours),
        ("Handoff id", Shows::Text),
    ];
    tab("Ranked handoffs", columns, rows(told, each))
}

fn critical_path(told: &Told<'_>) -> Tab {
    let each = |figures: &CustomerFigures| {
        let steps = path_steps(told.document, figures).into_iter().enumerate();
        let row = |(at, step): (usize, PathStep)| {
            let item = step.handoff.map_or(Cell::Empty, |id| told.ends(id)[2].clone());
            [
                told.named(figures.party),
                (at + 1).into(),
                told.named(step.party),
                step.start_h.into(),
                step.process_h.into(),
                step.value_adding.map_or(Cell::Empty, |adds| if adds { "yes" } else { "no" }.into()),
                item,
                step.wait_h.into(),
                0.0.into(),
            ]
        };
        steps.map(row).collect::<Vec<_>>()
    };
    let columns = [
        ("End customer", Shows::Text),
        ("Step", Shows::Count),
        ("Party", Shows::Text),
        ("Starts at h", Shows::Hours),
        ("Process h", Shows::Hours),
        ("Adds value", Shows::Count),
        ("Hands over", Shows::Text),
        ("Then waits h", Shows::Hours),
        ("Slack h", Shows::Hours),
    ];
    tab("Critical path", columns, rows(told, each))
}

fn timeline(told: &Told<'_>) -> Tab {
    let row = |figures: &CustomerFigures, stop: &Stop| {
        [
            told.named(figures.party),
            told.named(stop.party),
            stop.start_h.into(),
            stop.process_h.into(),
            stop.slack_h.into(),
            if stop.on_path { "yes" } else { "no" }.into(),
        ]
    };
    let columns = [
        ("End customer", Shows::Text),
        ("Party", Shows::Text),
        ("Starts at h", Shows::Hours),
        ("Process h", Shows::Hours),
        ("Slack h", Shows::Hours),
        ("On critical path", Shows::Count),
    ];
    tab("Timeline", columns, rows(told, |figures| figures.timeline.stops.iter().map(move |stop| row(figures, stop))))
}

fn rework(told: &Told<'_>) -> Tab {
    let row = |figures: &CustomerFigures, one: &Rework| {
        let [supplier, receiver, item] = told.ends(one.handoff);
        let word = |is: bool| Cell::from(if is { "yes" } else { "no" });
        [
            told.named(figures.party),
            supplier,
            receiver,
            item,
            word(one.sends_back),
            word(one.on_path),
            one.complete_accurate.into(),
            one.passes().into(),
            one.one_pass_h().into(),
            one.until_right_h().into(),
        ]
    };
    let columns = [
        ("End customer", Shows::Text),
        ("Given by", Shows::Text),
        ("Received by", Shows::Text),
        ("What", Shows::Text),
        ("Sends back", Shows::Count),
        ("On critical path", Shows::Count),
        ("%C&A", Shows::Share),
        ("Passes", Shows::Number),
        ("One pass adds h", Shows::Hours),
        ("Until right h", Shows::Hours),
    ];
    tab("Done again", columns, rows(told, |figures| figures.rework.each.iter().map(move |one| row(figures, one))))
}

fn bottlenecks(told: &Told<'_>) -> Tab {
    let row = |figures: &CustomerFigures, one: &Bottleneck| {
        [told.named(figures.party), told.named(one.party), one.depend.into(), one.of.into()]
    };
    let columns = [
        ("End customer", Shows::Text),
        ("Party", Shows::Text),
        ("Others only through it", Shows::Count),
        ("Others at all", Shows::Count),
    ];
    tab("Bottlenecks", columns, rows(told, |figures| figures.bottlenecks.iter().map(move |one| row(figures, one))))
}
