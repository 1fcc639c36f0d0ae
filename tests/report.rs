//! The report: what it says, that names stay names in every format, that unknown stays empty, and that it stays readable.
#![expect(clippy::unwrap_used, reason = "a test ends there")]

#[path = "report/command.rs"]
mod command;
#[path = "report/hostile.rs"]
mod hostile;
#[path = "brief/maps.rs"]
#[expect(dead_code, reason = "other tests use the rest")]
mod maps;
#[expect(dead_code, reason = "other tests use the rest")]
mod names;
mod pages;
mod told;
#[path = "report/workbook.rs"]
mod workbook;

use peel::analysis::{Report, compared, report, report_on};
use peel::files::samples::Sample;
use peel::model::ops::changed;
use peel::model::{
    Change, Dismissal, Document, Edit, Handoff, HandoffId, HandoffKind, Lever, MapInfo, Party, PartyKind, Scenario,
    Subject,
};
use peel::report::{Options, page};
use peel::writing::{Block, markdown};

const DAY: &str = "2026-11-22";

fn in_words(document: &Document) -> String {
    let options = Options { date: DAY, ..Options::default() };
    markdown(&page(document, &report(document), &options))
}

fn holds(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "“{part}” is not in:\n{text}");
    }
}

fn lacks(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(!text.contains(part), "“{part}” is in:\n{text}");
    }
}

fn handoff_of(document: &Document, item: &str) -> HandoffId {
    document.handoffs().find(|(_, handoff)| handoff.item == item).unwrap().0
}

#[test]
fn the_loan_is_told_from_its_worst_handoff_to_how_it_is_computed() {
    let text = in_words(&Sample::find("loan").unwrap().open());
    holds(
        &text,
        &[
            "# Commercial loan: from application to money (illustrative)\n\nHandoff report · 2026-11-22\n",
            "A day has 8 working hours.",
            // METHOD, case B.
            "**Borrower** gets 62.4 % complete and accurate after 205.5 h (25.7 d).",
            "Most is lost at **Submission → Document check: Loan file**: 47.3 % of the loss.",
            "A point more there gives Borrower 0.78 points; if it were perfect, 78 % would be right.",
            "the wait of **Offer and acceptance → Disbursement: Signed contract**: 72 h; without it the lead time falls by 72 h.",
            "| Lead time | 205.5 h (25.7 d) | 15 of 15 times known |",
            "| Rolled on time | not known | **△ 0 of 7 handoffs known** |",
            "| Cost in a year | not known |",
            "| Layer | Parties | Handoffs | %C\\&A | so far | Known |",
            "| 7 | 1 | 1 | 80 % | 80 % | 1 of 1 |",
            "| 1 | 1 | 1 | 99 % | 62.4 % | 1 of 1 |",
            "| Submission → Document check: Loan file | ≈ 80 % | 47.3 % | 0.78 | × 1.25 |",
            "| 25.5 h | Credit assessment · → Credit rating | 2 h | 8 h |",
            "| wait of Decision → Offer and acceptance: Credit decision | 48 h | 48 h |",
            "| Submission → Document check: Loan file | 80 % | 1.25 | 0.2 h | 0.25 h |",
            "| Disbursement | 7 of 8 |",
            "**△ No cost is known yet.",
            "97.9 % of all that is lost on the way to the customers is lost there.",
            "| Sales | · | **2** | · | · |",
            "### 1 error\n\n**✗ Must failed** · 1",
            "## How these figures are computed",
            "a day has 8 of them and a year 260 working days",
            "as if failures were independent of each other, which they seldom are",
        ],
    );
    lacks(&text, &["NaN", "inf ", "On time | so far", "Put aside", "and 0 more"]);
}

#[test]
fn a_scenario_comes_first_with_what_is_better_and_worse() {
    let now = Sample::find("loan").unwrap().open();
    let (file, decision) = (handoff_of(&now, "Loan file"), handoff_of(&now, "Credit decision"));
    let change = |id, lever, value| Change { subject: Subject::Handoff(id), lever, value, why: String::new() };
    let changes = vec![change(file, Lever::CompleteAccurate, 95.0), change(decision, Lever::Wait, 50.0)];
    let scenario = Scenario { name: "Checklist".into(), cost: Some(5_000.0), changes, ..Scenario::default() };
    let mut then = now.clone();
    then.apply(changed(&now, &scenario)).unwrap();
    let (before, after) = (report(&now), report(&then));
    let held = compared(&scenario, &before, &after);
    let options = Options { date: DAY, scenario: Some((&scenario, &held)), ..Options::default() };
    let text = markdown(&page(&then, &after, &options));
    holds(
        &text,
        &[
            "Handoff report, with the scenario “Checklist”",
            "All figures of this report are with 2 numbers changed; it costs 5,000.",
            "| rolled %C\\&A | 62.4 % | 74.1 % | **✓ +11.7 points** |",
            "| lead time | 205.5 h | 207.5 h | **✗ +2 h** |",
            "| process time | 5.5 h | 5.5 h | the same |",
            "**Borrower** gets 74.1 %",
        ],
    );
    lacks(&text, &["rolled on time |", "pays for it"]);
}

/// A party hands to so many customers, the last of them by name get the worst.
fn fan(count: usize) -> Document {
    let mut edits = vec![Edit::SetInfo(MapInfo { title: "Fan".into(), ..MapInfo::default() })];
    let hub = maps::id("hub");
    edits.push(Edit::PutParty(hub, Party::named("Hub", PartyKind::Process)));
    edits.push(Edit::Place(hub, peel::geom::pt(0.0, 0.0)));
    for at in 0..count {
        let name = format!("c{at:03}");
        let party = maps::id(&name);
        edits.push(Edit::PutParty(party, Party::named(format!("Customer {at:03}"), PartyKind::Customer)));
        edits.push(Edit::Place(party, peel::geom::pt(300.0, 100.0 * at as f32)));
        let pct = 99.0 - at as f64 / 2.0;
        let handoff = Handoff { complete_accurate_pct: Some(pct), ..Handoff::between(Some(hub), Some(party), "Item") };
        edits.push(Edit::PutHandoff(maps::handoff_id(&format!("h{at:03}")), handoff));
    }
    let mut document = Document::default();
    document.apply(edits).unwrap();
    document
}

#[test]
fn of_many_customers_the_worst_served_are_told_and_the_others_listed() {
    let map = fan(60);
    let text = in_words(&map);
    assert_eq!(text.matches("\n## What Customer").count(), 5, "{text}");
    holds(
        &text,
        &["## What Customer 059 gets", "## What Customer 055 gets", "| Customer 000 | not known |", "and 20 more"],
    );
    lacks(&text, &["## What Customer 054"]);
    let options = Options { customer: Some(maps::id("c007")), ..Options::default() };
    let one = markdown(&page(&map, &report(&map), &options));
    assert_eq!(one.matches("\n## What Customer").count(), 1);
    holds(&one, &["## What Customer 007 gets", "**Customer 007** gets 95.5 %"]);
    lacks(&one, &["## External customers"]);
}

#[test]
fn long_lists_are_cut_and_say_so() {
    let map = maps::many(500);
    let text = in_words(&map);
    assert!(text.lines().count() < 400, "{} lines", text.lines().count());
    holds(&text, &["and 480 more"]);
    assert_eq!(text, in_words(&map), "the same words for the same map");
}

#[test]
fn what_was_put_aside_stands_with_its_reason_and_costs_in_four_parts() {
    let mut map = maps::bank();
    let finding = report(&map).findings.into_iter().find(|finding| finding.subject.is_some()).unwrap();
    let dismissal = Dismissal {
        kind: finding.kind.into(),
        part: finding.part,
        reason: "Agreed by mail | for now".into(),
        when: peel::model::When::parse("2026-05-04").ok(),
    };
    map.apply(peel::model::ops::dismiss(&map, finding.subject, dismissal)).unwrap();
    let text = in_words(&map);
    holds(&text, &["| Put aside | because | on |", "| Agreed by mail \\| for now | 2026-05-04 |"]);
    // V · check · rate = 120 · 0.5 · 60 and V · (1 − q) · fix · rate = 120 · 0.55 · 4 · 60 a month.
    holds(
        &text,
        &["| **233,280 €** | 43,200 € | 190,080 € | not known | not known |", "By department", "at least 233,280 €"],
    );
}

#[test]
fn edges_have_a_page_that_says_what_is_so() {
    let empty = in_words(&Document::default());
    holds(&empty, &["# Untitled map", "Nobody on this map is an external customer"]);
    let mut lonely = Document::default();
    let (a, b) = (maps::id("a"), maps::id("b"));
    let party = |id, kind| [Edit::PutParty(id, Party::named("", kind)), Edit::Place(id, peel::geom::pt(0.0, 0.0))];
    lonely.apply(party(a, PartyKind::Customer)).unwrap();
    holds(&in_words(&lonely), &["**unnamed external customer** gets nothing of which anything is known yet."]);
    // Nothing is ever right, in a loop, and sent back.
    let mut worst = lonely.clone();
    let zero = Handoff { complete_accurate_pct: Some(0.0), on_time_pct: Some(0.0), ..Handoff::default() };
    let c = maps::id("c");
    let between = |from, to| Handoff { supplier: Some(from), customer: Some(to), ..zero.clone() };
    let mut edits: Vec<Edit> = [party(b, PartyKind::Process), party(c, PartyKind::Process)].concat();
    for (at, handoff) in [between(b, a), between(b, c), between(c, b)].into_iter().enumerate() {
        edits.push(Edit::PutHandoff(maps::handoff_id(&format!("h{at}")), handoff));
    }
    let back = Handoff { kind: HandoffKind::Rework, ..between(b, c) };
    edits.push(Edit::PutHandoff(maps::handoff_id("back"), back));
    worst.apply(edits).unwrap();
    let text = in_words(&worst);
    holds(&text, &["from nothing", "Left out, because it closes a loop", "Loops of forward handoffs", "| 0 % |"]);
    for text in [&text, &empty] {
        lacks(text, &["NaN", "inf ", "-0 "]);
    }
}

#[test]
fn a_deep_chain_stays_readable() {
    let count = 3_000;
    let mut edits = Vec::new();
    let id = |at: usize| maps::id(&format!("p{at:05}"));
    for at in 0..count {
        let kind = if at == 0 { PartyKind::Customer } else { PartyKind::Process };
        let party = Party { process_time_h: Some(1.0), ..Party::named(format!("Step {at}"), kind) };
        edits.extend([Edit::PutParty(id(at), party), Edit::Place(id(at), peel::geom::pt(0.0, 0.0))]);
    }
    for at in 1..count {
        let handoff = Handoff {
            complete_accurate_pct: Some(99.0),
            wait_h: Some(1.0),
            ..Handoff::between(Some(id(at)), Some(id(at - 1)), "x")
        };
        edits.push(Edit::PutHandoff(maps::handoff_id(&format!("h{at}")), handoff));
    }
    let mut map = Document::default();
    map.apply(edits).unwrap();
    let figures: Report = report_on(&map, None);
    let whole = page(&map, &figures, &Options::default());
    let text = markdown(&whole);
    assert!(text.lines().count() < 500, "{} lines", text.lines().count());
    holds(
        &text,
        &["2959 layers further out are left out here", "gets \\< 0.1 % complete and accurate", "and 2960 more"],
    );
    let charts = whole.all_blocks().into_iter().filter(|block| matches!(block, Block::Chart(_))).count();
    assert_eq!(charts, 1);
}
