//! The operational-level agreement: the agreed handoffs that a party gives, as a text that both sides can sign.

use super::figures::wanted;
use super::given::{given, item, receiver, who};
use super::parts::{heading, needed, not_known, target, volume};
use super::supplier::subtitle;
use crate::model::words::count;
use crate::model::{Agreement, Document, Handoff, PartyId, Raci, Requirement, When};
use crate::writing::{Block, Level, Page, Side, Table, Tone, Words};

/// The agreement over what the party gives; handoffs in another state are left out.
pub fn agreed(document: &Document, party: PartyId, date: &str) -> Page {
    let name = document.name_of(party);
    let gifts = given(document, party);
    let mut agreed: Vec<&Handoff> = gifts.forward.iter().map(|one| one.handoff).collect();
    let all = agreed.len();
    agreed.retain(|handoff| handoff.agreement == Agreement::Agreed);
    // A text to be signed does not change its order with every new figure.
    agreed.sort_by_cached_key(|handoff| (receiver(document, handoff), item(handoff)));
    let mut blocks = vec![intro(document, party, (agreed.len(), all))];
    for (at, handoff) in agreed.iter().enumerate() {
        blocks.extend(line(document, handoff, at + 1, date));
    }
    if !agreed.is_empty() {
        blocks.push(signatures(document, &name, &agreed));
    }
    let subtitle = subtitle(document, "What is handed over, at which level, and who answers for it");
    Page { title: format!("Operational-level agreement: {}", name.trim()), subtitle, date: date.to_owned(), blocks }
}

fn intro(document: &Document, party: PartyId, (agreed, all): (usize, usize)) -> Block {
    let about = document.party(party).map(|party| who(party)).unwrap_or_default();
    let words = Words::plain("Between ").then(Tone::Strong, document.name_of(party)).and(about);
    if agreed == 0 {
        let words = Words::of(Tone::Strong, document.name_of(party)).and(" has agreed on nothing that it gives yet");
        return Block::Paragraph(words.and(format!(" ({} in other states).", count(all, "handoff", "handoffs"))));
    }
    let words =
        words.and(format!(" as the supplier and those who receive {} from it.", count(agreed, "item", "items")));
    let others = all - agreed;
    Block::Paragraph(match others {
        0 => words,
        1 => words.and(" 1 handoff that is not agreed yet is left out."),
        n => words.and(format!(" {n} handoffs that are not agreed yet are left out.")),
    })
}

fn line(document: &Document, handoff: &Handoff, number: usize, date: &str) -> Vec<Block> {
    let name = |end: Option<PartyId>| match end.and_then(|id| Some((id, document.party(id)?))) {
        Some((id, party)) => Words::plain(document.name_of(id)).then(Tone::Faint, who(party)),
        None => Words::of(Tone::Warn, "nobody yet"),
    };
    let facts = vec![
        ("Supplier".to_owned(), name(handoff.supplier)),
        ("Customer".to_owned(), name(handoff.customer)),
        ("Item".to_owned(), Words::plain(item(handoff)).then(Tone::Faint, format!(" ({})", handoff.form.word()))),
        ("Volume".to_owned(), volume(handoff).unwrap_or_else(not_known)),
        ("Contact".to_owned(), text(&handoff.contact, "not named yet")),
        ("Valid until".to_owned(), validity(handoff.valid_until, date)),
    ];
    let mut further = Vec::new();
    for (label, words) in [("The customer asks", &handoff.ask), ("The customer offers", &handoff.offer)] {
        if !words.trim().is_empty() {
            further.push((label.to_owned(), Words::written(words)));
        }
    }
    further.push(("Roles".to_owned(), roles(handoff)));
    let title = format!("{number}. {}", heading(document, handoff));
    vec![
        Block::Group(None, vec![Block::Heading(Level::Part, title), Block::Facts(facts), levels(handoff)]),
        Block::Facts(further),
    ]
}

fn text(text: &str, when_empty: &str) -> Words {
    let words = Words::written(text);
    if words.is_empty() { Words::of(Tone::Warn, when_empty) } else { words }
}

fn validity(until: Option<When>, date: &str) -> Words {
    let Some(until) = until else { return Words::plain("further notice") };
    let is_over = When::parse(date).is_ok_and(|today| until.last() < today.first());
    let words = Words::plain(until.last().to_string());
    if is_over { words.and(" ").then(Tone::Warn, "has run out") } else { words }
}

/// The requirements as service levels.
fn levels(handoff: &Handoff) -> Block {
    if handoff.requirements.is_empty() {
        return Block::Paragraph(Words::of(Tone::Warn, "no service level was written down"));
    }
    let head = ["What the customer needs", "Service level"].map(|name| (name.to_owned(), Side::Left)).to_vec();
    let all = super::asked::in_order(handoff).into_iter();
    let level = |requirement: &Requirement| match requirement.aim() {
        Some(aim) => Words::plain(wanted(aim, &requirement.unit)),
        None => target(requirement),
    };
    let rows = all.map(|requirement| vec![needed(requirement), level(requirement)]).collect();
    Block::Table(Table { head, rows, tall: false })
}

fn roles(handoff: &Handoff) -> Words {
    let mut words = Words::default();
    for raci in Raci::ALL {
        let names = handoff.roles.iter().filter(|role| role.raci == *raci).map(|role| role.who.trim());
        let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
        if !names.is_empty() {
            words = words.line(Tone::Plain, format!("{}: {}", raci.title(), names.join(", ")));
        }
    }
    if handoff.roles.iter().any(|role| role.raci == Raci::Accountable) {
        words
    } else {
        words.line(Tone::Warn, "nobody is accountable yet")
    }
}

fn signatures(document: &Document, supplier: &str, agreed: &[&Handoff]) -> Block {
    let mut sides = vec![format!("{supplier} (supplier)")];
    let mut customers: Vec<String> = agreed.iter().map(|handoff| receiver(document, handoff)).collect();
    customers.sort();
    customers.dedup();
    sides.extend(customers.into_iter().map(|customer| format!("{customer} (customer)")));
    let head = ["For", "Name", "Date", "Signature"].map(|name| (name.to_owned(), Side::Left)).to_vec();
    let rows = sides.into_iter().map(|side| vec![Words::plain(side)]).collect();
    let table = Block::Table(Table { head, rows, tall: true });
    Block::Group(None, vec![Block::Heading(Level::Part, "Signatures".into()), table])
}
