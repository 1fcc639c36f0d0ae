//! What is told of one handoff: its way, its requirements, their trend, its figures, ratings, costs and agreement.

use super::asked::{Standing, asked, in_order, name, standing};
use super::figures::{distance, gap, listed, money, percent, seen, seen_in_line, tied, wanted, with_unit};
use super::given::{Given, item, receiver};
use crate::analysis::HandoffCost;
use crate::geom::Size;
use crate::model::quantity::{duration, number, rounded};
use crate::model::{
    Agreement, Aim, Aspect, Document, Handoff, Marks, Observation, Requirement, Side as Of, blind_spot, marks,
};
use crate::scene::run_chart::run_chart;
use crate::scene::text::Fonts;
use crate::writing::{Block, Chart, Level, Side, Table, Tone, Words};

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seat {
    /// Those who receive, to the supplier.
    Receiver,
    /// The supplier, about itself.
    Supplier,
}

/// Parties of a way that are named; of longer ones the middle is counted.
const MOST_OF_WAY: usize = 8;
const CHART: Size = Size { w: 360.0, h: 92.0 };

impl Seat {
    fn say(self, receiver: &'static str, supplier: &'static str) -> &'static str {
        match self {
            Self::Receiver => receiver,
            Self::Supplier => supplier,
        }
    }
}

/// What is not known.
pub(super) fn not_known() -> Words {
    Words::of(Tone::Faint, "not known")
}

/// Where it goes, and what hangs on it there.
pub(super) fn why(document: &Document, given: &Given<'_>) -> Vec<(String, Words)> {
    let names: Vec<String> = given.way.iter().map(|id| document.name_of(*id)).collect();
    let way = some(names).join(" → ");
    let mut words = match given.end {
        None => Words::plain(way).and(" · ").then(Tone::Warn, "it reaches no external customer on this map"),
        Some(_) => Words::plain(format!("{way} (external customer)")),
    };
    let end = given.end.map(|end| document.name_of(end)).unwrap_or_default();
    if !given.handoff.critical {
        words = words.line(Tone::Plain, "Not critical: a failure here does not spoil what the customer gets.");
    }
    if let Some(share) = given.share {
        let text = format!("{} of all that is lost on the way to {end} is lost here.", percent(share * 100.0));
        words = words.line(Tone::Plain, text);
    }
    vec![("Where it ends".to_owned(), words)]
}

/// All of them, or the first and the last of very many.
fn some(mut names: Vec<String>) -> Vec<String> {
    if names.len() > MOST_OF_WAY {
        let hidden = names.len() - MOST_OF_WAY + 1;
        names.splice(MOST_OF_WAY - 3..names.len() - 2, [format!("… {hidden} more …")]);
    }
    names
}

/// What is needed, what arrives, and how that compares.
pub(super) fn requirements(handoff: &Handoff, seat: Seat) -> Block {
    if handoff.requirements.is_empty() {
        let text = seat.say("we have not said yet what we need of it", "they have not said yet what they need of it");
        return Block::Paragraph(Words::of(Tone::Warn, text));
    }
    let columns = [
        (seat.say("What we need", "What they need"), Side::Left),
        ("Wanted", Side::Left),
        (seat.say("What we receive", "What they receive"), Side::Left),
        ("Gap", Side::Left),
        ("Verdict", Side::Left),
    ];
    let row = |r: &Requirement| {
        let received =
            r.observations.latest().map_or_else(|| Words::of(Tone::Faint, "not known"), |o| seen(o, &r.unit));
        let apart = r.aim().zip(r.actual()).map(|(aim, actual)| Words::plain(gap(aim, actual, &r.unit)));
        vec![needed(r), target(r), received, apart.unwrap_or_else(not_known), verdict(r)]
    };
    let rows = in_order(handoff).into_iter().map(row).collect();
    Block::Table(Table { head: columns.map(|(name, side)| (name.to_owned(), side)).to_vec(), rows, tall: false })
}

/// The words of a requirement, how much they matter, and what is counted.
pub(super) fn needed(requirement: &Requirement) -> Words {
    let mut about = vec![if requirement.must { "must" } else { "should" }.to_owned()];
    about.extend(requirement.basic.then(|| "basic".to_owned()));
    let measure = requirement.measure.trim();
    if !measure.is_empty() && !requirement.text.trim().is_empty() {
        about.push(format!("counted as {measure}"));
    }
    Words::plain(name(requirement)).line(Tone::Faint, about.join(" · "))
}

/// The value wanted.
pub(super) fn target(requirement: &Requirement) -> Words {
    match requirement.wanted() {
        Some(wanted) => Words::plain(tied(&wanted)),
        None => Words::of(Tone::Faint, "no target yet"),
    }
}

fn verdict(requirement: &Requirement) -> Words {
    let missing = requirement.untestable().and_then(|why| why.split(':').next()).unwrap_or_default();
    match standing(requirement) {
        Standing::Met => Words::of(Tone::Good, tied("met")).line(Tone::Faint, missing),
        Standing::Failed => Words::of(Tone::Bad, tied("not met")).line(Tone::Faint, missing),
        Standing::Unevaluated => Words::of(Tone::Warn, "never evaluated"),
        Standing::Untestable => Words::of(Tone::Warn, "cannot be tested").line(Tone::Faint, missing),
    }
}

/// How the requirements with more than one value developed: a chart each, with words.
pub(super) fn trends(handoff: &Handoff) -> Vec<Block> {
    let all = in_order(handoff).into_iter();
    all.filter_map(|r| trend(&name(r), &r.unit, r.aim(), r.observations.all())).collect()
}

/// How values developed; `None` for fewer than two.
pub(super) fn trend(name: &str, unit: &str, aim: Option<Aim>, observations: &[Observation]) -> Option<Block> {
    let [first, .., before, last] = observations else {
        let [first, last] = observations else { return None };
        return Some(run(name, unit, aim, (first, None, last), observations));
    };
    Some(run(name, unit, aim, (first, Some(before), last), observations))
}

fn run(
    name: &str,
    unit: &str,
    aim: Option<Aim>,
    (first, before, last): (&Observation, Option<&Observation>, &Observation),
    all: &[Observation],
) -> Block {
    let at = |o: &Observation| {
        let when = o.when.map(|when| format!(" ({when})")).unwrap_or_default();
        format!("{}{when}", with_unit(o.value, unit))
    };
    let judged = |from: &Observation, to: &Observation| match aim.map(|aim| aim.is_better(from.value, to.value)) {
        Some(Some(true)) => ", better",
        Some(Some(false)) => ", worse",
        Some(None) => ", no better",
        None => "",
    };
    let mut about = format!("“{name}” went from {} to {}{}.", at(first), at(last), judged(first, last));
    if let Some(before) = before {
        let way = match last.value - before.value {
            change if change > 0.0 => format!("up by {}", distance(before.value, last.value, unit)),
            change if change < 0.0 => format!("down by {}", distance(before.value, last.value, unit)),
            _ => "none".into(),
        };
        about += &format!(" Last change: {way}{}.", judged(before, last));
    }
    if let Some(aim) = aim {
        about += &format!(" Wanted: {}.", wanted(aim, unit));
    }
    Block::Chart(Chart { items: run_chart(all, aim, unit, CHART, &Fonts::bundled()), size: CHART, about })
}

/// What else is known of it and what is not, what is asked and offered, and how the agreement stands.
pub(super) fn facts(document: &Document, given: &Given<'_>, seat: Seat) -> Vec<(String, Words)> {
    let handoff = given.handoff;
    let all = [
        ("Complete and accurate", share(handoff.complete_accurate_pct, handoff)),
        ("On time", on_time(document, handoff)),
        ("Volume", volume(handoff)),
        ("What it costs", cost(&given.cost, &document.info().currency)),
        ("Ratings", ratings(handoff, seat)),
    ];
    let unknown: Vec<String> =
        all.iter().filter(|(_, fact)| fact.is_none()).map(|(name, _)| name.to_lowercase()).collect();
    let mut facts: Vec<(String, Words)> =
        all.into_iter().filter_map(|(name, fact)| Some((name.to_owned(), fact?))).collect();
    if !unknown.is_empty() {
        facts.push(("Not known".to_owned(), Words::of(Tone::Faint, listed(&unknown))));
    }
    let ask = match Words::written(&handoff.ask) {
        words if words.is_empty() => asked(handoff).map(|ask| Words::of(Tone::Strong, ask)),
        words => Some(words.in_tone(Tone::Strong)),
    };
    facts.push((
        seat.say("What we ask", "What they ask").to_owned(),
        ask.unwrap_or_else(|| faint("nothing at present")),
    ));
    let offer = Some(Words::written(&handoff.offer)).filter(|words| !words.is_empty());
    facts.push((
        seat.say("What we offer", "What they offer").to_owned(),
        offer.unwrap_or_else(|| faint("not said yet")),
    ));
    facts.push(("Agreement".to_owned(), agreement(handoff)));
    facts
}

fn faint(text: &str) -> Words {
    Words::of(Tone::Faint, text)
}

/// A share with how it is known.
fn share(pct: Option<f64>, handoff: &Handoff) -> Option<Words> {
    let Handoff { known, sample_size, .. } = handoff;
    Some(seen_in_line(&Observation { known: *known, sample_size: *sample_size, ..Observation::of(pct?) }, "%"))
}

fn on_time(document: &Document, handoff: &Handoff) -> Option<Words> {
    let late = handoff.late_h.map(|late| tied(&duration(late, document.info().hours_per_day)));
    let late = late.map(|late| format!("A late one is {late} late on average."));
    match (share(handoff.on_time_pct, handoff), late) {
        (Some(words), Some(late)) => Some(words.line(Tone::Plain, late)),
        (words, late) => words.or(late.map(Words::plain)),
    }
}

/// Deliveries per period.
pub(super) fn volume(handoff: &Handoff) -> Option<Words> {
    let period = handoff.period.title();
    handoff.volume.map(|volume| Words::plain(format!("{} a {period}", tied(&number(volume)))))
}

fn cost(cost: &HandoffCost, currency: &str) -> Option<Words> {
    let figure = cost.figure();
    let total = figure.value?;
    let parts = [
        ("checking", cost.appraisal),
        ("repairing", cost.internal_failure),
        ("lateness", cost.lateness),
        ("defects that reach the customer", cost.external_failure),
    ];
    let known = parts.iter().filter_map(|(name, part)| Some(format!("{name} {}", money((*part)?, currency))));
    let known: Vec<String> = known.collect();
    let unknown = parts.iter().filter(|(_, part)| part.is_none()).map(|(name, _)| (*name).to_owned());
    let mut unknown: Vec<String> = unknown.collect();
    if cost.internal_failure.is_some() && cost.internal_known < 2 {
        unknown.push("a part of repairing".into());
    }
    let at_least = if figure.is_partial() { "at least " } else { "" };
    let period = cost.period.title();
    let words = Words::plain(format!("{at_least}{} a {period}", money(total, currency)));
    let words = words.line(Tone::Faint, known.join(", "));
    let unknown = Some(unknown).filter(|unknown| !unknown.is_empty());
    Some(match unknown {
        None => words,
        Some(unknown) => words.line(Tone::Faint, format!("not known: {}", listed(&unknown))),
    })
}

/// What both sides think of it.
fn ratings(handoff: &Handoff, seat: Seat) -> Option<Words> {
    let mut words = Words::default();
    for aspect in Aspect::ALL {
        let (receiver, supplier) =
            (marks(&handoff.ratings, Of::Receiver, *aspect), marks(&handoff.ratings, Of::Supplier, *aspect));
        let mut parts = Vec::new();
        parts.extend(receiver.map(|m| format!("{} {}", seat.say("we give", "they give"), marked(&m))));
        parts.extend(supplier.map(|m| format!("{} {}", seat.say("you give", "we give"), marked(&m))));
        if parts.is_empty() {
            continue;
        }
        words = words.line(Tone::Plain, format!("{}: {}", aspect.title(), parts.join(", ")));
        if let Some(spot) = blind_spot(&handoff.ratings, *aspect).filter(|spot| *spot != 0.0) {
            words = words.then(Tone::Faint, format!(" ({})", blind(spot, seat)));
        }
    }
    Some(words).filter(|words| !words.is_empty())
}

/// Whose eye is kinder, and by how much.
fn blind(spot: f64, seat: Seat) -> String {
    let size = rounded(spot.abs(), 1);
    let kinder = if spot > 0.0 { seat.say("you see", "we see") } else { seat.say("we see", "they see") };
    format!("blind spot: {kinder} it {size} better")
}

fn marked(Marks { median, low, high, n }: &Marks) -> String {
    let range = if low == high { String::new() } else { format!("{}–{}, ", rounded(*low, 1), rounded(*high, 1)) };
    let people = crate::model::words::count(*n, "person", "people");
    format!("{} of 10 ({range}{people})", rounded(*median, 1))
}

/// How far the two sides have come, with whom, and what was said last.
pub(super) fn agreement(handoff: &Handoff) -> Words {
    let tone = match handoff.agreement {
        Agreement::Agreed => Tone::Good,
        Agreement::Disputed => Tone::Warn,
        _ => Tone::Plain,
    };
    let state = if handoff.agreement == Agreement::None { "none yet" } else { handoff.agreement.title() };
    let mut words = Words::of(tone, state);
    if let Some(until) = handoff.valid_until {
        words = words.and(format!(", valid until {}", until.last()));
    }
    let contact = handoff.contact.trim();
    let contact = if contact.is_empty() { "Contact: not named yet".into() } else { format!("Contact: {contact}") };
    words = words.line(Tone::Plain, contact);
    let last = handoff.told.iter().enumerate().max_by_key(|(at, told)| (told.when, *at)).map(|(_, told)| told);
    let Some(last) = last else { return words.line(Tone::Faint, "Nothing is noted of what was told to whom.") };
    let mut told = last.when.map_or_else(|| "Last told".to_owned(), |when| format!("Last told on {when}"));
    let to = last.who.trim();
    told += &(if to.is_empty() { String::new() } else { format!(" to {to}") });
    let what = last.what.trim();
    told += &(if what.is_empty() { format!(" ({})", last.state.title().to_lowercase()) } else { format!(": {what}") });
    words.line(Tone::Faint, told)
}

/// What nobody receives yet: not asked for, and told once.
pub(super) fn unreceived(handoffs: &[&Handoff]) -> Vec<Block> {
    if handoffs.is_empty() {
        return Vec::new();
    }
    let entries = handoffs.iter().map(|handoff| Words::plain(item(handoff))).collect();
    let heading = Block::Heading(Level::Part, "Nobody receives these yet".into());
    vec![Block::Group(None, vec![heading, Block::List(entries)])]
}

/// "Checked loan file → Credit assessment".
pub(super) fn heading(document: &Document, handoff: &Handoff) -> String {
    format!("{} → {}", item(handoff), receiver(document, handoff))
}
