//! The mirror page: what the customers of a party need from it, by customer, as the party reads it.

use super::figures::{seen, tied};
use super::given::{Given, given, item, who};
use super::parts::{Seat, facts, not_known, requirements, trend, trends, unreceived, why};
use super::supplier::{reading, subtitle};
use super::voices::{by_customer, said};
use crate::model::words::count;
use crate::model::{Document, Measure, Party, PartyId, Voice};
use crate::writing::{Block, Level, Page, Side, Table, Tone, Words};

/// What our customers need from us, how we do, what they said, and what we steer by.
pub fn mirror(document: &Document, party: PartyId, date: &str) -> Page {
    let gifts = given(document, party);
    let (name, nobody) = (document.name_of(party), Party::default());
    let about = document.party(party).map_or(&nobody, |party| party);
    let mut blocks = vec![intro(&name, about, gifts.forward.len())];
    let mut voices = by_customer(about);
    for (customer, all) in by_receiver(&gifts.forward) {
        blocks.extend(section(document, customer, &all, &voices.remove(&Some(customer)).unwrap_or_default()));
    }
    blocks.extend(unreceived(&gifts.unreceived));
    for (customer, said_by) in voices {
        let name = customer.filter(|id| document.party(*id).is_some()).map(|id| document.name_of(id));
        let name = name.unwrap_or_else(|| "customers that are not on this map".into());
        let blocks_here = said(&said_by);
        if !blocks_here.is_empty() {
            blocks.push(Block::Heading(Level::Part, format!("Also said: {name}")));
            blocks.extend(blocks_here);
        }
    }
    blocks.extend(measures(about));
    if !gifts.forward.is_empty() {
        blocks.push(reading());
    }
    let subtitle = subtitle(document, &name);
    Page { title: "What our customers need from us".into(), subtitle, date: date.to_owned(), blocks }
}

fn intro(name: &str, about: &Party, handoffs: usize) -> Block {
    let words = Words::of(Tone::Strong, name).and(who(about));
    let words = match handoffs {
        0 => words.and(" hands nothing over to anybody on this map."),
        n => words.and(format!(" gives {}.", count(n, "item", "items"))),
    };
    let promise = about.promise.trim();
    Block::Paragraph(if promise.is_empty() {
        words.line(Tone::Warn, "we have not promised our customers anything yet")
    } else {
        words.line(Tone::Plain, format!("Our promise: “{promise}”"))
    })
}

/// The handoffs by their receiver, the receiver of the most urgent one first.
fn by_receiver<'a, 'b>(all: &'b [Given<'a>]) -> Vec<(PartyId, Vec<&'b Given<'a>>)> {
    let mut found: Vec<(PartyId, Vec<&Given<'_>>)> = Vec::new();
    for one in all {
        let receiver = one.receiver;
        match found.iter_mut().find(|(known, _)| *known == receiver) {
            Some((_, list)) => list.push(one),
            None => found.push((receiver, vec![one])),
        }
    }
    found
}

fn section(document: &Document, customer: PartyId, all: &[&Given<'_>], voices: &[&Voice]) -> Vec<Block> {
    let about = document.party(customer).map(|party| who(party)).unwrap_or_default();
    let mut blocks = vec![Block::Heading(Level::Part, format!("{}{about}", document.name_of(customer)))];
    for one in all {
        blocks.push(Block::Group(
            None,
            vec![
                Block::Heading(Level::Section, item(one.handoff)),
                Block::Facts(why(document, one)),
                requirements(one.handoff, Seat::Supplier),
            ],
        ));
        blocks.extend(trends(one.handoff));
        blocks.push(Block::Facts(facts(document, one, Seat::Supplier)));
    }
    let said = said(voices);
    blocks.push(Block::Heading(Level::Section, "What they said".into()));
    if said.is_empty() {
        blocks.push(Block::Paragraph(Words::of(Tone::Warn, "nobody has asked them yet what they expect")));
    }
    blocks.extend(said);
    blocks
}

/// The numbers the party steers by, those that serve its promise first.
fn measures(about: &Party) -> Vec<Block> {
    let mut all: Vec<&Measure> = about.measures.iter().collect();
    all.sort_by_key(|measure| !measure.serves_promise);
    let mut blocks = vec![Block::Heading(Level::Part, "What we steer by".into())];
    if all.is_empty() {
        blocks.push(Block::Paragraph(Words::of(Tone::Warn, "no measures yet: nothing tells us whether we serve them")));
        return blocks;
    }
    let columns = ["Measure", "Wanted", "Latest", "Verdict"];
    let head = columns.map(|name| (name.to_owned(), Side::Left)).to_vec();
    blocks.push(Block::Table(Table { head, rows: all.iter().map(|measure| row(measure)).collect(), tall: false }));
    let trends = all.iter().filter_map(|m| trend(m.name.trim(), &m.unit, m.aim(), m.observations.all()));
    blocks.extend(trends);
    blocks
}

fn row(measure: &Measure) -> Vec<Words> {
    let mut kind = vec![measure.timing.map_or("leading or lagging not said", |timing| timing.title())];
    kind.extend(measure.serves_promise.then_some("shows whether the promise is kept"));
    let name = if measure.name.trim().is_empty() { "unnamed measure" } else { measure.name.trim() };
    let verdict = match measure.met() {
        Some(true) => Words::of(Tone::Good, "met"),
        Some(false) => Words::of(Tone::Bad, tied("not met")),
        None => Words::of(Tone::Warn, "not evaluated"),
    };
    let wanted = measure.wanted().map(|wanted| Words::plain(tied(&wanted)));
    vec![
        Words::plain(name).line(Tone::Faint, kind.join(" · ")),
        wanted.unwrap_or_else(|| Words::of(Tone::Faint, "no target yet")),
        measure.observations.latest().map_or_else(not_known, |latest| seen(latest, &measure.unit)),
        verdict,
    ]
}
