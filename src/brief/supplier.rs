//! The supplier brief: one page for the head of a party, from all those who receive what it gives.

use super::asked::{Standing, asked, name, standing, worst};
use super::figures::{listed, percent, wanted, with_unit};
use super::given::{Gifts, Given, given, item, receiver, who};
use super::parts::{Seat, facts, heading, requirements, trends, unreceived, why};
use crate::model::words::count;
use crate::model::{Contract, Document, Handoff, PartyId};
use crate::writing::{Block, Level, Page, Side, Table, Tone, Words};

/// From how many handoffs on they are listed before they are told one by one.
const LISTED_FROM: usize = 3;

/// What those who receive from a party need, what they get, and what they ask. Unknown parties give an empty page.
pub fn supplier_brief(document: &Document, party: PartyId, date: &str) -> Page {
    let name = document.name_of(party);
    let gifts = given(document, party);
    let mut blocks = vec![intro(document, party, &gifts)];
    blocks.extend(summary(document, &gifts));
    if gifts.forward.len() >= LISTED_FROM {
        blocks.push(Block::Heading(Level::Part, "All handoffs".into()));
        blocks.push(overview(document, &gifts.forward));
    }
    for one in &gifts.forward {
        blocks.extend(told(document, one));
    }
    blocks.extend(unreceived(&gifts.unreceived));
    blocks.extend(rework(document, &gifts.rework));
    if !gifts.forward.is_empty() {
        blocks.push(reading());
    }
    let subtitle = subtitle(document, "What we need from you, what we receive, and what we ask");
    Page { title: format!("Supplier brief: {}", name.trim()), subtitle, date: date.to_owned(), blocks }
}

/// A line with the title of the map behind it.
pub(super) fn subtitle(document: &Document, words: &str) -> String {
    let title = document.info().title.trim();
    if title.is_empty() { words.to_owned() } else { format!("{words} · {title}") }
}

fn intro(document: &Document, party: PartyId, gifts: &Gifts<'_>) -> Block {
    let name = document.name_of(party);
    let about = document.party(party).map(|party| who(party)).unwrap_or_default();
    if gifts.forward.is_empty() {
        let text = " hands nothing over to anybody on this map, so nothing is needed from it here.";
        return Block::Paragraph(Words::of(Tone::Strong, name).and(about).and(text));
    }
    let mut receivers: Vec<String> = gifts.forward.iter().map(|one| document.name_of(one.receiver)).collect();
    receivers.sort();
    receivers.dedup();
    let (items, customers) = (gifts.forward.len(), receivers.len());
    let whom = match customers {
        0..=6 => format!(" to {}", listed(&receivers)),
        _ => format!(" to {customers} customers"),
    };
    let words = Words::plain("For ").then(Tone::Strong, name).and(about);
    let words = words.and(format!(", who gives {}{whom}.", count(items, "item", "items")));
    Block::Paragraph(words.and(if items == 1 {
        " “We” are who receives it."
    } else {
        " “We” are those who receive them."
    }))
}

/// What needs attention most, and how the requirements stand.
fn summary(document: &Document, gifts: &Gifts<'_>) -> Vec<Block> {
    if gifts.forward.is_empty() {
        return Vec::new();
    }
    let all = gifts.forward.iter().flat_map(|one| &one.handoff.requirements);
    let states: Vec<Standing> = all.map(standing).collect();
    let of = |state| states.iter().filter(|other| **other == state).count();
    let urgent: Vec<&Given<'_>> = gifts.forward.iter().filter(|one| one.needs_attention()).take(2).collect();
    let mut inside = Vec::new();
    let tone = match urgent.first().map(|one| one.contract()) {
        Some(Some(Contract::Failed)) => Tone::Bad,
        Some(_) => Tone::Warn,
        None if !states.is_empty() && of(Standing::Met) == states.len() => Tone::Good,
        None => Tone::Faint,
    };
    if urgent.is_empty() {
        let text =
            if tone == Tone::Good { "Every requirement is met. Thank you." } else { "Nothing is known to be wrong." };
        inside.push(Block::Paragraph(Words::of(Tone::Strong, text)));
    } else {
        inside.push(Block::Paragraph(Words::of(Tone::Strong, "What needs attention most")));
        inside.extend(urgent.into_iter().map(|one| Block::Paragraph(urgent_words(document, one))));
    }
    inside.push(Block::Paragraph(standings(states.len(), of)));
    vec![Block::Group(Some(tone), inside)]
}

fn standings(all: usize, of: impl Fn(Standing) -> usize) -> Words {
    if all == 0 {
        return Words::of(Tone::Warn, "we have not said yet what we need");
    }
    let parts = [
        (Standing::Met, Tone::Good, "met"),
        (Standing::Failed, Tone::Bad, "not met"),
        (Standing::Unevaluated, Tone::Warn, "never evaluated"),
        (Standing::Untestable, Tone::Warn, "cannot be tested"),
    ];
    let mut words = Words::plain(format!("{}: ", count(all, "requirement", "requirements")));
    let shown = parts.into_iter().filter(|(state, ..)| of(*state) > 0);
    for (at, (state, tone, text)) in shown.enumerate() {
        let text = format!("{} {text}", of(state));
        words = words.and(if at > 0 { ", " } else { "" }).then(tone, text);
    }
    words.and(".")
}

fn urgent_words(document: &Document, one: &Given<'_>) -> Words {
    let handoff = one.handoff;
    let mut words = Words::of(Tone::Strong, item(handoff)).and(format!(" to {}: ", receiver(document, handoff)));
    if let Some(worst) = worst(handoff)
        && let (Some(aim), Some(actual)) = (worst.aim(), worst.actual())
    {
        let tone = if worst.must { Tone::Bad } else { Tone::Warn };
        let kind = if worst.must { " (a must)" } else { "" };
        let (actual, wanted) = (with_unit(actual, &worst.unit), wanted(aim, &worst.unit));
        words = words.then(tone, format!("{} is {actual}", name(worst))).and(format!("; {wanted} is needed{kind}. "));
    }
    if let Some((share, end)) = one.share.zip(one.end) {
        let end = document.name_of(end);
        words = words.and(format!("{} of all that is lost on the way to {end} is lost here. ", percent(share * 100.0)));
    }
    let ask = if handoff.ask.trim().is_empty() { asked(handoff) } else { Some(handoff.ask.trim().to_owned()) };
    words.and(ask.unwrap_or_default())
}

fn overview(document: &Document, all: &[Given<'_>]) -> Block {
    let head = [
        ("What", Side::Left),
        ("To", Side::Left),
        ("Requirements", Side::Left),
        ("Complete and accurate", Side::Right),
        ("Of the loss", Side::Right),
    ];
    let row = |one: &Given<'_>| {
        let quality = one.handoff.complete_accurate_pct.map(|pct| Words::plain(percent(pct)));
        let faint = |text: &str| Words::of(Tone::Faint, text);
        let share = match (one.share, one.end) {
            (Some(share), _) => Words::plain(percent(share * 100.0)),
            (None, None) => faint("reaches none"),
            (None, _) if !one.handoff.critical => faint("not critical"),
            (None, _) => faint("not known"),
        };
        vec![
            Words::plain(item(one.handoff)),
            Words::plain(receiver(document, one.handoff)),
            state(one.contract()),
            quality.unwrap_or_else(|| faint("not known")),
            share,
        ]
    };
    let head = head.map(|(name, side)| (name.to_owned(), side)).to_vec();
    Block::Table(Table { head, rows: all.iter().map(row).collect(), tall: false })
}

/// How the requirements of a handoff stand, in a few words.
pub(super) fn state(contract: Option<Contract>) -> Words {
    match contract {
        None => Words::of(Tone::Faint, "nobody receives it"),
        Some(Contract::Failed) => Words::of(Tone::Bad, Contract::Failed.title()),
        Some(Contract::Met) => Words::of(Tone::Good, Contract::Met.title()),
        Some(other) => Words::of(Tone::Warn, other.title()),
    }
}

fn told(document: &Document, one: &Given<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::Group(
        None,
        vec![
            Block::Heading(Level::Part, heading(document, one.handoff)),
            Block::Facts(why(document, one)),
            requirements(one.handoff, Seat::Receiver),
        ],
    )];
    blocks.extend(trends(one.handoff));
    blocks.push(Block::Facts(facts(document, one, Seat::Receiver)));
    blocks
}

/// What comes back upstream is to go away, not to be specified.
fn rework(document: &Document, rework: &[&Handoff]) -> Vec<Block> {
    if rework.is_empty() {
        return Vec::new();
    }
    let entry = |handoff: &&Handoff| Words::plain(heading(document, handoff));
    vec![Block::Group(
        None,
        vec![
            Block::Heading(Level::Part, "Sent back to be done again".into()),
            Block::Paragraph(Words::plain("Nothing is asked of these: they are to become fewer.")),
            Block::List(rework.iter().map(entry).collect()),
        ],
    )]
}

/// How the words of a brief are meant.
pub(super) fn reading() -> Block {
    let text = [
        ("Must", "failing it cannot be made up for by anything else."),
        ("Basic", "taken for granted; these come before all others."),
        ("Complete and accurate", "how often the receiver could use it as it came, judged by the receiver."),
        ("≈", "somebody's guess."),
        ("95 % sure", "where the true share lies, given how many were counted (Wilson)."),
        (
            "Of the loss",
            "the part of all that goes wrong on the way to the external customer, as if failures were independent.",
        ),
    ];
    let mut words = Words::default();
    for (at, (what, is)) in text.into_iter().enumerate() {
        let space = if at > 0 { " " } else { "" };
        words = words.then(Tone::Faint, format!("{space}{what}: {is}"));
    }
    Block::Group(None, vec![Block::Heading(Level::Section, "How to read this".into()), Block::Paragraph(words)])
}
