//! When everything that feeds the customer happens, what waits, what is critical, and how much slack the rest has.

use std::collections::{BTreeMap, BTreeSet};

use super::Ask;
use super::shown::Shown;
use super::towards::towards;
use crate::analysis::lead_time::{LeadTime, lead_time};
use crate::analysis::quality::Figure;
use crate::analysis::{Chain, Leg, ReworkTimes, Stop, Walk, rework, timeline as times};
use crate::model::quantity::duration;
use crate::model::{Document, PartyId, PartyKind};
use crate::scene::drawing::Drawing;
use crate::scene::timeline::{Row, Rung, Time, Timeline, Wait, timeline};

/// Most parties with a row.
const MOST_ROWS: usize = 60;
/// Most handoffs that are named because they close a loop.
const MOST_LOOPS: usize = 3;

pub(super) fn draw(ask: &Ask<'_>) -> Drawing {
    if ask.document.is_empty() {
        return Drawing::default();
    }
    let told = towards(ask.document, ask.choice, |chain, upstream, at| told(ask, chain, upstream, at));
    timeline(told.as_ref(), ask.fonts)
}

fn told(ask: &Ask<'_>, chain: &Chain<'_>, upstream: &Walk, at: usize) -> Timeline {
    let document = ask.document;
    let (customer, party) = chain.parties()[at];
    let path = lead_time(chain, upstream);
    let time =
        |figure: Figure| Time { hours: figure.value, is_at_least: figure.value.is_some() && figure.is_partial() };
    let (rows, more) = rows(ask, chain, upstream);
    Timeline {
        customer: document.name_of(customer),
        hours_per_day: document.info().hours_per_day,
        lead_time: Time { hours: path.hours.value, is_at_least: path.is_at_least() },
        known: (path.hours.known, path.hours.of),
        process_time: time(path.process_time),
        wait: time(path.wait),
        activity_ratio: path.activity_ratio(),
        pce: path.pce(),
        target_h: party.target_lead_time_h,
        rows,
        more,
        ladder: ladder(document, &path),
        notes: notes(document, &path, &rework(chain, upstream)),
    }
}

/// The rows that are shown, and how many more are critical and have slack.
fn rows(ask: &Ask<'_>, chain: &Chain<'_>, upstream: &Walk) -> (Vec<Row>, (usize, usize)) {
    let times = times(chain, upstream);
    let last = times.stops.len().saturating_sub(1);
    let waits = deciding(ask.document, &times.legs);
    let shown = Shown::of(ask.choice);
    let is_shown = |stop: &Stop| ask.document.party(stop.party).is_some_and(|party| shown.party(party));
    let row = |(at, stop): (usize, &Stop)| {
        row(ask.document, stop, waits.get(&stop.party).filter(|_| receives(ask, stop, at == last)))
    };
    let (path, rest): (Vec<_>, Vec<_>) =
        times.stops.iter().enumerate().filter(|(_, stop)| is_shown(stop)).partition(|(_, stop)| stop.on_path);
    let (path, rest): (Vec<Row>, Vec<Row>) = (path.into_iter().map(row).collect(), rest.into_iter().map(row).collect());
    let (path, more_on_path) = most(path, MOST_ROWS, |row| -hours_of(row));
    let (rest, more) = most(rest, MOST_ROWS.saturating_sub(path.len()), |row| row.slack_h);
    (path.into_iter().chain(rest).collect(), (more_on_path, more))
}

/// A customer that also gives receives in its last stop alone.
fn receives(ask: &Ask<'_>, stop: &Stop, is_last: bool) -> bool {
    is_last || ask.document.party(stop.party).is_some_and(|party| party.kind != PartyKind::Customer)
}

/// The first so many by a number, in the order they were in, and how many are left out.
fn most(rows: Vec<Row>, count: usize, by: impl Fn(&Row) -> f64) -> (Vec<Row>, usize) {
    let more = rows.len().saturating_sub(count);
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by(|a, b| by(&rows[*a]).total_cmp(&by(&rows[*b])));
    let kept: BTreeSet<usize> = order.into_iter().take(count).collect();
    (rows.into_iter().enumerate().filter(|(at, _)| kept.contains(at)).map(|(_, row)| row).collect(), more)
}

/// The time that passes in a row.
fn hours_of(row: &Row) -> f64 {
    row.process_h.unwrap_or_default() + row.wait.as_ref().and_then(|wait| wait.hours).unwrap_or_default()
}

/// For each receiver the handoff that comes last: it decides when the receiver starts.
fn deciding<'a>(document: &Document, legs: &'a [Leg]) -> BTreeMap<PartyId, &'a Leg> {
    let mut last: BTreeMap<PartyId, &Leg> = BTreeMap::new();
    let end = |leg: &Leg| leg.start_h + leg.wait_h.unwrap_or_default();
    for leg in legs {
        let Some(receiver) = document.handoff(leg.handoff).and_then(|handoff| handoff.customer) else { continue };
        let later = |before: &&Leg| (leg.on_path, end(leg)) > (before.on_path, end(before));
        if last.get(&receiver).is_none_or(later) {
            last.insert(receiver, leg);
        }
    }
    last
}

fn row(document: &Document, stop: &Stop, leg: Option<&&Leg>) -> Row {
    let wait = leg.and_then(|leg| {
        let handoff = document.handoff(leg.handoff)?;
        Some(Wait {
            handoff: leg.handoff,
            title: document.describe(handoff),
            about: document.about_handoff(handoff),
            start_h: leg.start_h,
            hours: leg.wait_h,
        })
    });
    Row {
        party: stop.party,
        title: document.name_of(stop.party),
        wait,
        start_h: stop.start_h,
        process_h: stop.process_h,
        is_external: document.party(stop.party).is_some_and(|party| party.kind != PartyKind::Process),
        value_adding: stop.value_adding,
        slack_h: stop.slack_h,
        on_path: stop.on_path,
    }
}

/// The critical path as a ladder: external parties have no rung.
fn ladder(document: &Document, path: &LeadTime) -> Vec<Rung> {
    let mut rungs = Vec::new();
    for (i, id) in path.parties.iter().enumerate() {
        if let Some(party) = document.party(*id).filter(|party| party.kind == PartyKind::Process) {
            rungs.push(Rung { hours: party.process_time_h, process: Some(document.name_of(*id)) });
        }
        if let Some(handoff) = path.handoffs.get(i).and_then(|id| document.handoff(*id)) {
            rungs.push(Rung { hours: handoff.wait_h, process: None });
        }
    }
    rungs
}

fn notes(document: &Document, path: &LeadTime, rework: &ReworkTimes) -> Vec<String> {
    let hours = |hours: f64| duration(hours, document.info().hours_per_day);
    let mut notes = Vec::new();
    if let Some(once) = rework.one_pass_h.value {
        let Figure { known, of, .. } = rework.one_pass_h;
        let until = rework.until_right_h.value.map(|until| format!(", {} until all is right", hours(until)));
        let until = until.unwrap_or_default();
        notes.push(format!(
            "Rework on the critical path adds {} with one pass{until}; %C&A is known of {known} of {of} handoffs.",
            hours(once)
        ));
    }
    let named: Vec<String> =
        path.left_out.iter().filter_map(|id| Some(document.describe(document.handoff(*id)?))).collect();
    if let Some((first, _)) = named.split_first() {
        let one = named.len() == 1;
        let shown = if one { first.clone() } else { named[..named.len().min(MOST_LOOPS)].join("; ") };
        let more = match named.len().saturating_sub(MOST_LOOPS) {
            0 => String::new(),
            more => format!("; and {more} more"),
        };
        let verb = if one { "it closes a loop" } else { "they close loops" };
        notes.push(format!("Left out, as {verb}: {shown}{more}."));
    }
    notes
}
