//! What the cells of the table say: short, and told apart by how sure it is.

use std::cmp::Reverse;

use super::{Column, name, state};
use crate::model::quantity::{duration, rounded};
use crate::model::{Agreement, Document, Handoff, Known, Requirement, score};

/// What stands before a guess.
const ABOUT: &str = "≈ ";

/// What a cell says, on one line; empty where nothing is known.
pub fn shown(document: &Document, handoff: &Handoff, column: Column) -> String {
    let guess = if handoff.known == Some(Known::Guess) { ABOUT } else { "" };
    let percent = |pct: Option<f64>| pct.map_or_else(String::new, |pct| format!("{guess}{} %", rounded(pct, 1)));
    match column {
        Column::Supplier => name(document, handoff.supplier).trim().to_owned(),
        Column::Customer => name(document, handoff.customer).trim().to_owned(),
        Column::Item => handoff.item.trim().to_owned(),
        Column::State => state(handoff).title().to_owned(),
        Column::Requirements => needs(handoff),
        Column::Score => score(handoff).map_or_else(String::new, |s| format!("{} %", rounded(s.share * 100.0, 0))),
        Column::CompleteAccurate => percent(handoff.complete_accurate_pct),
        Column::OnTime => percent(handoff.on_time_pct),
        Column::Wait => handoff.wait_h.map_or_else(String::new, |h| duration(h, document.info().hours_per_day)),
        Column::Volume => {
            handoff.volume.map_or_else(String::new, |v| format!("{}/{}", rounded(v, 1), handoff.period.word()))
        }
        Column::Known => handoff.known.map_or_else(String::new, |known| format!("{guess}{}", known.word())),
        Column::Agreement => match handoff.agreement {
            Agreement::None => String::new(),
            state => state.word().to_owned(),
        },
        Column::Contact => handoff.contact.trim().to_owned(),
    }
}

fn needs(handoff: &Handoff) -> String {
    worst(handoff).map_or_else(String::new, |worst| format!("{} {}", worst.text.trim(), figures(handoff, worst)))
}

/// The requirement that says most about how the handoff stands: a must that failed, another that failed, one that cannot
/// be told, one that is met; the first of its sort.
pub fn worst(handoff: &Handoff) -> Option<&Requirement> {
    // Those with words before those without; `min_by_key` gives the first of equals.
    handoff.requirements.iter().min_by_key(|r| {
        let rank = match r.met() {
            Some(false) => u8::from(!r.must),
            None => 2,
            Some(true) => 3,
        };
        (rank, Reverse(!r.text.trim().is_empty()))
    })
}

/// Target and actual value of one requirement of a handoff, and how many more it has: "≥ 80 %, actual 45 % · +2 more".
pub fn figures(handoff: &Handoff, requirement: &Requirement) -> String {
    let missing = || requirement.untestable().and_then(|why| why.split(':').next()).unwrap_or_default().to_owned();
    let mut words = requirement.wanted().unwrap_or_else(missing);
    let actual = requirement.observations.latest().map(|latest| {
        let guess = if latest.known == Some(Known::Guess) { ABOUT } else { "" };
        format!("actual {guess}{}", requirement.with_unit(latest.value))
    });
    let joined = |words: &mut String, more: &str, between: &str| {
        if !words.is_empty() {
            words.push_str(between);
        }
        words.push_str(more);
    };
    match actual {
        Some(actual) => joined(&mut words, &actual, ", "),
        None if requirement.wanted().is_some() => joined(&mut words, "not evaluated yet", ", "),
        None => {}
    }
    if let more @ 1.. = handoff.requirements.len().saturating_sub(1) {
        joined(&mut words, &format!("+{more} more"), " · ");
    }
    words
}
