//! How the lead time to a customer spreads, when it was simulated.

use super::figures::{hours_text, long_text, more, part_of, says, section, share, share_text, table, together};
use super::{MOST_ROWS, Told};
use crate::analysis::{CustomerFigures, Simulated};
use crate::geom::Size;
use crate::model::{Subject, words};
use crate::scene::histogram::{Bars, histogram, in_words};
use crate::scene::text::Fonts;
use crate::writing::{Block, Chart, Side, Words};

const CHART: Size = Size { w: 480.0, h: 130.0 };
/// What adds less than this to the spread is not listed.
const LEAST: f64 = 0.005;

pub(super) fn spread(told: &Told<'_>, figures: &CustomerFigures) -> Vec<Block> {
    let Some(simulated) = &figures.simulation else { return Vec::new() };
    let mut blocks = vec![together(vec![section("How the lead time spreads"), chart(told, simulated)])];
    blocks.push(says(format!(
        "{} runs: times drawn between shortest, likely and longest (triangular), rework by chance: {}; seed {}. The same \
         map gives the same figures.",
        words::money(simulated.runs as f64, ""),
        simulated.rework.title().to_lowercase(),
        simulated.seed,
    )));
    blocks.push(figures_of(told, simulated));
    blocks.extend(drivers(told, simulated));
    blocks
}

/// The bars of a simulation, with the times that half and 95 % of the runs kept to.
pub fn bars(simulated: &Simulated, hours_per_day: f64) -> Bars<'_> {
    let marks = simulated.percentiles.iter().copied().filter(|(percent, _)| [50, 95].contains(percent));
    Bars {
        from_h: simulated.histogram.from_h,
        width_h: simulated.histogram.width_h,
        counts: &simulated.histogram.counts,
        marks: marks.collect(),
        target_h: simulated.target_h,
        hours_per_day,
    }
}

fn chart(told: &Told<'_>, simulated: &Simulated) -> Block {
    let bars = bars(simulated, told.document.info().hours_per_day);
    Block::Chart(Chart { items: histogram(&bars, CHART, &Fonts::bundled()), size: CHART, about: in_words(&bars) })
}

fn figures_of(told: &Told<'_>, simulated: &Simulated) -> Block {
    let day = told.document.info().hours_per_day;
    let at_least = if simulated.is_at_least() { "at least " } else { "" };
    let time = |hours: f64| Words::plain(format!("{at_least}{}", long_text(hours, day)));
    let mut rows = vec![vec![
        Words::plain("Mean"),
        time(simulated.mean_h),
        Words::plain(format!("± {} (standard deviation)", hours_text(simulated.deviation_h))),
    ]];
    for (percent, hours) in simulated.percentiles.iter().filter(|(p, _)| [10, 50, 80, 90, 95].contains(p)) {
        rows.push(vec![Words::plain(format!("{percent} % of the runs within")), time(*hours), Words::default()]);
    }
    let known = part_of(simulated.known, simulated.of, "times");
    rows.push(vec![Words::plain("If all times were the likely ones"), time(simulated.likely_h), known]);
    if let Some((target, chance)) = simulated.target_h.zip(simulated.on_time) {
        let interval = format!("{} to {} by the number of runs", share_text(chance.low), share_text(chance.high));
        let what = format!("Chance to keep the target of {}", long_text(target, day));
        rows.push(vec![Words::plain(what), share(Some(chance.share)), Words::plain(interval)]);
    }
    table([("Lead time", Side::Left), ("", Side::Right), ("", Side::Left)], rows)
}

fn drivers(told: &Told<'_>, simulated: &Simulated) -> Vec<Block> {
    let all: Vec<_> = simulated.drivers.iter().filter(|driver| driver.share >= LEAST).collect();
    if all.is_empty() {
        return vec![says("Nothing varies: no range of times is known, and nothing comes back by chance.")];
    }
    let row = |driver: &&crate::analysis::simulation::Driver| {
        let name = match driver.subject {
            Subject::Party(id) => format!("work of {}", told.name(id)),
            Subject::Handoff(id) => told.handoff(id),
        };
        vec![Words::plain(name), share(Some(driver.share)), share(Some(driver.on_path))]
    };
    let rows = all.iter().take(MOST_ROWS).map(row).collect();
    let head =
        [("What drives the spread", Side::Left), ("Share of it", Side::Right), ("On the longest way", Side::Right)];
    let mut blocks = vec![table(head, rows)];
    blocks.extend(more(all.len(), MOST_ROWS));
    blocks
}
