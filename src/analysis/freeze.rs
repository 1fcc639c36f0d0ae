//! The figures that are frozen when a sprint starts and ends, and at each review, so that later ones can be held against
//! them.

use jiff::civil::Date;

use super::compare::{Both, COMPARED, Unit};
use super::cost::payback_days;
use super::report::{CustomerFigures, Report};
use super::steps::progress;
use crate::model::{Document, Frozen, Handoff, HandoffId, Party, PartyId, Sprint, frozen, score};

/// A figure that is frozen; `G` is the function that gives it.
#[derive(Debug)]
pub struct Kept<G> {
    /// Its stable word.
    pub id: &'static str,
    /// What people read.
    pub title: &'static str,
    /// What it is counted in.
    pub unit: Unit,
    /// True when more of it is better.
    pub more_is_better: bool,
    /// The figure.
    pub get: G,
}

/// Gives a figure of a handoff.
pub type GetOfHandoff = for<'a> fn(&OfHandoff<'a>) -> Option<f64>;
/// Gives a figure of a process.
pub type GetOfProcess = for<'a> fn(&OfProcess<'a>) -> Option<f64>;

/// A handoff, and what it costs in a year.
#[derive(Debug)]
pub struct OfHandoff<'a> {
    handoff: &'a Handoff,
    cost: Option<f64>,
}

/// A process among the others.
#[derive(Debug)]
pub struct OfProcess<'a> {
    party: &'a Party,
    inputs: Vec<&'a Handoff>,
    outputs: Vec<&'a Handoff>,
    cost: Option<f64>,
    on_time_start: Option<f64>,
    steps_over: usize,
}

/// What is frozen of a handoff.
pub const OF_HANDOFF: &[Kept<GetOfHandoff>] = &[
    Kept {
        id: "complete_accurate",
        title: "%C&A",
        unit: Unit::Share,
        more_is_better: true,
        get: |of| of.handoff.complete_accurate(),
    },
    Kept {
        id: "expected_passes",
        title: "expected passes until right",
        unit: Unit::Number,
        more_is_better: false,
        get: |of| of.handoff.complete_accurate().filter(|share| *share > 0.0).map(|share| 1.0 / share),
    },
    Kept { id: "on_time", title: "on time", unit: Unit::Share, more_is_better: true, get: |of| of.handoff.on_time() },
    Kept { id: "wait_h", title: "wait", unit: Unit::Hours, more_is_better: false, get: |of| of.handoff.wait_h },
    Kept {
        id: "score",
        title: "requirements met",
        unit: Unit::Share,
        more_is_better: true,
        get: |of| score(of.handoff).map(|score| score.share),
    },
    Kept { id: "cost_per_year", title: "cost in a year", unit: Unit::Money, more_is_better: false, get: |of| of.cost },
];

/// What is frozen of a process.
pub const OF_PROCESS: &[Kept<GetOfProcess>] = &[
    Kept {
        id: "steps_over",
        title: "steps done",
        unit: Unit::Count,
        more_is_better: true,
        get: |of| Some(of.steps_over as f64),
    },
    Kept {
        id: "inputs_complete_accurate",
        title: "%C&A of what it receives",
        unit: Unit::Share,
        more_is_better: true,
        get: |of| product(&of.inputs, Handoff::complete_accurate),
    },
    Kept {
        id: "outputs_complete_accurate",
        title: "%C&A of what it gives",
        unit: Unit::Share,
        more_is_better: true,
        get: |of| product(&of.outputs, Handoff::complete_accurate),
    },
    Kept {
        id: "on_time_start",
        title: "on-time start",
        unit: Unit::Share,
        more_is_better: true,
        get: |of| of.on_time_start,
    },
    Kept {
        id: "outputs_score",
        title: "requirements of outputs met",
        unit: Unit::Share,
        more_is_better: true,
        get: |of| mean(of.outputs.iter().filter_map(|handoff| score(handoff)).map(|score| score.share)),
    },
    Kept {
        id: "satisfaction",
        title: "satisfaction of its customers",
        unit: Unit::Number,
        more_is_better: true,
        get: |of| mean(of.party.voices.iter().filter_map(|voice| voice.satisfaction)),
    },
    Kept {
        id: "process_time_h",
        title: "process time",
        unit: Unit::Hours,
        more_is_better: false,
        get: |of| of.party.process_time_h,
    },
    Kept {
        id: "cost_per_year",
        title: "cost in a year of what it gives",
        unit: Unit::Money,
        more_is_better: false,
        get: |of| of.cost,
    },
];

/// The product of what is known of critical forward handoffs; `None` when nothing is.
fn product(handoffs: &[&Handoff], of: fn(&Handoff) -> Option<f64>) -> Option<f64> {
    handoffs.iter().filter(|handoff| handoff.critical).filter_map(|handoff| of(handoff)).reduce(|a, b| a * b)
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / f64::from(count))
}

/// Most customers whose figures are frozen with a handoff or process.
const MOST_CUSTOMERS: usize = 10;
/// Their figures.
const OF_CUSTOMER: [&str; 5] = ["lead_time_h", "pce", "rolled_complete_accurate", "rolled_on_time", "cost_per_year"];

/// The figures of a handoff, and of the customers that it can reach, as they are now.
pub fn freeze_handoff(document: &Document, report: &Report, id: HandoffId) -> Vec<Frozen> {
    let Some(handoff) = document.handoff(id) else { return Vec::new() };
    let figures = report.handoffs.iter().find(|of| of.handoff == id);
    let of = OfHandoff { handoff, cost: figures.and_then(|of| of.cost.yearly().total()) };
    let own = OF_HANDOFF.iter().filter_map(|kept| frozen_of(kept.id, None, (kept.get)(&of)));
    let reached = figures.map(|of| of.shares.iter().map(|(at, _)| *at).collect::<Vec<_>>()).unwrap_or_default();
    let reaches = |figures: &&CustomerFigures| {
        let at = report.customers.iter().position(|of| of.party == figures.party);
        at.is_some_and(|at| reached.contains(&at)) || figures.timeline.legs.iter().any(|leg| leg.handoff == id)
    };
    own.chain(of_customers(report, &reaches)).collect()
}

/// The figures of a process, its measures, and those of the customers, as they are now.
pub fn freeze_process(document: &Document, report: &Report, id: PartyId, today: Option<Date>) -> Vec<Frozen> {
    let Some(party) = document.party(id) else { return Vec::new() };
    let forward = |handoff: &&Handoff| handoff.is_forward();
    let outputs: Vec<HandoffId> = document.outputs(id).map(|(id, _)| id).collect();
    let costs = report.handoffs.iter().filter(|of| outputs.contains(&of.handoff));
    let of = OfProcess {
        party,
        inputs: document.inputs(id).map(|(_, handoff)| &**handoff).filter(forward).collect(),
        outputs: document.outputs(id).map(|(_, handoff)| &**handoff).filter(forward).collect(),
        cost: costs.filter_map(|of| of.cost.yearly().total()).reduce(|a, b| a + b),
        on_time_start: report.parties.iter().find(|of| of.party == id).and_then(|of| of.on_time_start.value),
        steps_over: progress(document, today).iter().find(|of| of.party == id).map_or(0, |of| of.over()),
    };
    let own = OF_PROCESS.iter().filter_map(|kept| frozen_of(kept.id, None, (kept.get)(&of)));
    let measures = party.measures.iter().filter_map(|measure| {
        let latest = measure.observations.latest()?;
        frozen_of(&format!("{MEASURE}{}", measure.id), None, Some(latest.value))
    });
    let reaches = |figures: &&CustomerFigures| figures.timeline.stops.iter().any(|stop| stop.party == id);
    own.chain(measures).chain(of_customers(report, &reaches)).collect()
}

/// What the word of a frozen measure begins with; its id follows.
const MEASURE: &str = "measure:";

fn frozen_of(figure: &str, customer: Option<PartyId>, value: Option<f64>) -> Option<Frozen> {
    let value = value.filter(|value| value.is_finite())?;
    Some(Frozen { figure: figure.to_owned(), customer, value })
}

fn of_customers<'a>(
    report: &'a Report,
    reaches: &'a dyn Fn(&&CustomerFigures) -> bool,
) -> impl Iterator<Item = Frozen> + 'a {
    let customers = report.customers.iter().filter(reaches).take(MOST_CUSTOMERS);
    customers.flat_map(|figures| {
        let kept = COMPARED.iter().filter(|compare| OF_CUSTOMER.contains(&compare.id));
        kept.filter_map(|compare| frozen_of(compare.id, Some(figures.party), (compare.get)(figures)))
    })
}

/// A frozen figure and a later value of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// The figure's stable word.
    pub figure: String,
    /// What people read.
    pub title: String,
    /// What it is counted in.
    pub unit: Unit,
    /// True when more of it is better.
    pub more_is_better: bool,
    /// The external customer whose figure it is.
    pub customer: Option<PartyId>,
    /// Then, and later.
    pub both: Both,
}

/// What a frozen figure is called, counted in, and whether more of it is better; `None` for one that nobody knows.
pub fn about(document: &Document, of: &Frozen) -> Option<(String, Unit, bool)> {
    if of.customer.is_some() {
        let compare = COMPARED.iter().find(|compare| compare.id == of.figure)?;
        return Some((compare.title.to_owned(), compare.unit, compare.more_is_better));
    }
    if let Some(id) = of.figure.strip_prefix(MEASURE) {
        let mut measures = document.parties().flat_map(|(_, party)| &party.measures);
        let measure = measures.find(|measure| measure.id.to_string() == id)?;
        let better = measure.direction == crate::model::Direction::Higher;
        return Some((measure.name.clone(), Unit::Number, better));
    }
    let of_handoff = OF_HANDOFF.iter().map(|kept| (kept.id, kept.title, kept.unit, kept.more_is_better));
    let of_process = OF_PROCESS.iter().map(|kept| (kept.id, kept.title, kept.unit, kept.more_is_better));
    let found = of_handoff.chain(of_process).find(|(id, ..)| *id == of.figure)?;
    Some((found.1.to_owned(), found.2, found.3))
}

/// Frozen figures held against later ones, in the order they were frozen, then those that are only known later.
pub fn held(document: &Document, before: &[Frozen], after: &[Frozen]) -> Vec<Held> {
    let new = after.iter().filter(|of| frozen(before, &of.figure, of.customer).is_none());
    let all = before.iter().chain(new).filter_map(|of| {
        let (title, unit, more_is_better) = about(document, of)?;
        let value = |list| frozen(list, &of.figure, of.customer);
        let both = Both { now: value(before), then: value(after) };
        Some(Held { figure: of.figure.clone(), title, unit, more_is_better, customer: of.customer, both })
    });
    all.collect()
}

/// What a sprint brings: its baseline held against its result, or against how things are now.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Gained {
    /// Each figure at its start and at its end, or now.
    pub figures: Vec<Held>,
    /// What its handoff costs less in a year.
    pub saving: Option<f64>,
    /// Working days until that has paid for it.
    pub payback_days: Option<f64>,
}

/// What a sprint brings; nothing without a baseline. `now` are the figures of its handoff as they are.
pub fn gained(document: &Document, sprint: &Sprint, now: &[Frozen]) -> Gained {
    let Some(baseline) = &sprint.baseline else { return Gained::default() };
    let later = sprint.result.as_ref().map_or(now, |result| &result.figures);
    let cost = |figures: &[Frozen]| frozen(figures, "cost_per_year", None);
    let (before, after) = (cost(&baseline.figures), cost(later));
    Gained {
        figures: held(document, &baseline.figures, later),
        saving: before.zip(after).map(|(before, after)| before - after),
        payback_days: payback_days(sprint.cost, before, after),
    }
}
