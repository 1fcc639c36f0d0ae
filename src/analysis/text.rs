//! The report as lines for a terminal.

mod cost;

use std::collections::BTreeMap;

use super::findings::{Finding, Severity};
use super::quality::{Figure, Share, leverage};
use super::report::{CustomerFigures, Report, SECTIONS};
use crate::model::quantity::rounded;
use crate::model::{Document, PartyId};

pub(super) use cost::cost;

/// Width that lists are wrapped at.
const WIDTH: usize = 100;
/// Most names of one layer, and most handoffs of one customer, that are written out.
const MOST_NAMES: usize = 60;
const MOST_HANDOFFS: usize = 10;

/// The whole report: a heading, then every section that has something to show.
pub fn text(document: &Document, report: &Report) -> String {
    let title = match document.info().title.trim() {
        "" => "Untitled map".to_owned(),
        title => plain(title),
    };
    let mut text = format!(
        "{title}\n{} parties, {} handoffs. A day has {} working hours. Shares are multiplied as if failures were \
         independent of each other.\nWhat is unknown is left out: every figure says over how many of how many it is.\n",
        document.parties_len(),
        document.handoffs_len(),
        rounded(document.info().hours_per_day, 2),
    );
    for section in SECTIONS {
        let lines = (section.text)(document, report);
        if !lines.is_empty() {
            text += &format!("\n{}\n{lines}", section.title);
        }
    }
    text
}

/// The findings alone, each with why it matters and what to do.
pub fn findings_text(findings: &[Finding]) -> String {
    if findings.is_empty() {
        return "No findings.\n".into();
    }
    let mut text = format!("{}\n", counts(findings));
    let mut before = "";
    for finding in findings {
        if finding.kind != before {
            text += &format!("\n{} {}\n", finding.severity.word(), finding.kind);
            text += &wrapped("  ", "why: ", finding.why.split(' '), " ");
            text += &wrapped("  ", "do:  ", finding.remedy.split(' '), " ");
            before = finding.kind;
        }
        text += &format!("  - {}\n", plain(&finding.message));
    }
    text
}

pub(super) fn customers(document: &Document, report: &Report) -> String {
    let blocks: Vec<String> = report.customers.iter().map(|figures| one_customer(document, figures)).collect();
    blocks.join("\n")
}

fn one_customer(document: &Document, figures: &CustomerFigures) -> String {
    let CustomerFigures { party, lead_time, quality, on_time_start, .. } = figures;
    let day = document.info().hours_per_day;
    let at_least = if lead_time.is_at_least() { "at least " } else { "" };
    let rows = [
        ("lead time", format!("{at_least}{}", hours(lead_time.hours.value, day)), over(lead_time.hours, "times")),
        ("process time", hours(lead_time.process_time.value, day), over(lead_time.process_time, "processes")),
        ("value-adding", hours(lead_time.value_adding.value, day), over(lead_time.value_adding, "processes")),
        ("waiting", hours(lead_time.wait.value, day), over(lead_time.wait, "handoffs")),
        ("activity ratio", percent(lead_time.activity_ratio()), String::new()),
        ("PCE", percent(lead_time.pce()), String::new()),
        ("rolled %C&A", percent(quality.complete_accurate.value), over(quality.complete_accurate, "handoffs")),
        ("rolled on time", percent(quality.on_time.value), over(quality.on_time, "handoffs")),
        ("on-time start", percent(on_time_start.value), over(*on_time_start, "inputs")),
    ];
    let rows: Vec<Vec<String>> = rows.into_iter().map(|(what, value, of)| vec![what.into(), value, of]).collect();
    let mut text = format!("  {}\n{}", called(document, *party), table("    ", &rows, &[false, false, false]));
    if !lead_time.parties.is_empty() {
        let path = lead_time.parties.iter().map(|party| called(document, *party));
        text += &wrapped("    ", "critical path  ", path, " → ");
    }
    if !lead_time.left_out.is_empty() {
        let left_out = lead_time.left_out.iter().filter_map(|id| document.handoff(*id));
        let left_out = left_out.map(|handoff| plain(&document.describe(handoff)));
        text += &wrapped("    ", "loops left out ", some(left_out), "; ");
    }
    text
}

pub(super) fn layers(document: &Document, report: &Report) -> String {
    // Unconnected parties come last.
    let mut rings: BTreeMap<(bool, Option<usize>), Vec<PartyId>> = BTreeMap::new();
    for figures in &report.parties {
        rings.entry((figures.nearest.is_none(), figures.nearest)).or_default().push(figures.party);
    }
    let mut text = String::new();
    for ((_, layer), parties) in rings {
        let label = layer.map_or("unconnected ".into(), |layer| format!("{layer:<12}"));
        text += &wrapped("  ", &label, some(parties.iter().map(|party| called(document, *party))), ", ");
    }
    text
}

pub(super) fn handoffs(document: &Document, report: &Report) -> String {
    let mut text = String::new();
    for figures in &report.customers {
        let shares = &figures.quality.shares;
        if shares.is_empty() {
            continue;
        }
        let heading = ["share", "%C&A", "if perfect", "handoff"].map(str::to_owned).to_vec();
        let rows = shares.iter().take(MOST_HANDOFFS).map(|share| one_share(document, share));
        let rows: Vec<Vec<String>> = std::iter::once(heading).chain(rows).collect();
        text += &format!("  {}\n", called(document, figures.party));
        text += &table("    ", &rows, &[true, true, true, false]);
        if shares.len() > MOST_HANDOFFS {
            text += &format!("    and {} more\n", shares.len() - MOST_HANDOFFS);
        }
    }
    text
}

fn one_share(document: &Document, share: &Share) -> Vec<String> {
    let described = document.handoff(share.handoff).map(|handoff| plain(&document.describe(handoff)));
    let factor = leverage(share.complete_accurate, 1.0).map(|factor| format!("× {}", rounded(factor, 3)));
    vec![
        percent(Some(share.share)),
        percent(Some(share.complete_accurate)),
        factor.unwrap_or_default(),
        described.unwrap_or_default(),
    ]
}

pub(super) fn silos(_: &Document, report: &Report) -> String {
    let silos = &report.silos;
    if silos.of == 0 {
        return String::new();
    }
    let mut text = match silos.share_crossing() {
        None => String::new(),
        Some(share) => format!(
            "  {} of {} handoffs between processes cross a boundary ({})\n",
            silos.crossing,
            silos.handoffs,
            percent(Some(share)),
        ),
    };
    if let Some(share) = silos.share_of_loss {
        text += &format!("  {} of what is lost on the way to the customers is lost there\n", percent(Some(share)));
    }
    if silos.handoffs < silos.of {
        let unknown = silos.of - silos.handoffs;
        text += &format!("  {unknown} of {} cannot be told: a department is missing\n", silos.of);
    }
    let rows =
        silos.matrix.iter().map(|flow| vec![flow.handoffs.to_string(), plain(&flow.from), "→".into(), plain(&flow.to)]);
    text + &table("    ", &rows.collect::<Vec<_>>(), &[true, false, false, false])
}

pub(super) fn weak_points(document: &Document, report: &Report) -> String {
    let mut text = String::new();
    for figures in &report.customers {
        let rows = figures.bottlenecks.iter().take(MOST_HANDOFFS).map(|bottleneck| {
            let depend = format!("{} of {}", bottleneck.depend, bottleneck.of);
            vec![depend, called(document, bottleneck.party)]
        });
        let rows: Vec<Vec<String>> = rows.collect();
        if !rows.is_empty() {
            text += &format!("  parties that reach {} only through one\n", called(document, figures.party));
            text += &table("    ", &rows, &[true, false]);
        }
    }
    for item in report.weak.shared.iter().take(MOST_HANDOFFS) {
        text += &format!("  “{}” has {} receivers\n", plain(&item.item), item.receivers);
    }
    text
}

pub(super) fn findings(_: &Document, report: &Report) -> String {
    format!("  {}\n", counts(&report.findings))
}

fn counts(findings: &[Finding]) -> String {
    let count = |severity: Severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let part = |severity: Severity| match count(severity) {
        1 => format!("1 {}", severity.word()),
        n => format!("{n} {}s", severity.word()),
    };
    Severity::ALL.map(part).join(", ")
}

/// "7.85 h", and from a day on "205.5 h (25.69 d)".
fn hours(value: Option<f64>, day: f64) -> String {
    match value {
        None => "unknown".into(),
        Some(hours) if hours < day => format!("{} h", rounded(hours, 2)),
        Some(hours) => format!("{} h ({} d)", rounded(hours, 2), rounded(hours / day, 2)),
    }
}

fn percent(value: Option<f64>) -> String {
    value.map_or("unknown".into(), |fraction| format!("{:.2} %", fraction * 100.0))
}

fn over(figure: Figure, what: &str) -> String {
    if figure.of == 0 { String::new() } else { format!("{} of {} {what} known", figure.known, figure.of) }
}

fn called(document: &Document, party: PartyId) -> String {
    plain(&document.name_of(party))
}

/// On one line, and without anything a terminal would obey.
fn plain(words: &str) -> String {
    words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// The first of them, and how many more there are.
fn some(names: impl Iterator<Item = String>) -> impl Iterator<Item = String> {
    let mut names: Vec<String> = names.collect();
    let more = names.len().saturating_sub(MOST_NAMES);
    names.truncate(MOST_NAMES);
    names.into_iter().chain((more > 0).then(|| format!("and {more} more")))
}

/// Rows with columns as wide as their widest cell; `right` says which are set to the right.
fn table(indent: &str, rows: &[Vec<String>], right: &[bool]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..right.len()).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let cells = row.iter().zip(&widths).zip(right);
        let cells = cells.map(|((cell, width), right)| match right {
            true => format!("{cell:>width$}"),
            false => format!("{cell:<width$}"),
        });
        text += format!("{indent}{}", cells.collect::<Vec<_>>().join("  ")).trim_end();
        text += "\n";
    }
    text
}

/// The parts behind a label, broken before [`WIDTH`] and continued below the first.
fn wrapped<S: AsRef<str>>(indent: &str, label: &str, parts: impl Iterator<Item = S>, between: &str) -> String {
    let margin = indent.chars().count() + label.chars().count();
    let (mut text, mut column) = (format!("{indent}{label}"), margin);
    for (at, part) in parts.enumerate() {
        let part = part.as_ref();
        let (separator, length) = (if at > 0 { between } else { "" }, part.chars().count());
        text += separator.trim_end();
        if at > 0 && column + separator.chars().count() + length > WIDTH {
            text += &format!("\n{}{part}", " ".repeat(margin));
            column = margin + length;
        } else {
            text += &separator[separator.trim_end().len()..];
            text += part;
            column += separator.chars().count() + length;
        }
    }
    text.trim_end().to_owned() + "\n"
}
