//! The true cost case of a sprint or a scenario, on one page: how things are, what changes, what doing nothing costs, what
//! is saved, and how soon that has paid for it.

use super::figures::{compared_row, faint, money, part, table, together};
use crate::analysis::{COMPARED, Compared, HandoffCost, Held, Report, freeze_handoff, gained, handoff_cost};
use crate::brief::money as amount;
use crate::model::quantity::rounded;
use crate::model::{Document, Scenario, Sprint, Subject, difference_of};
use crate::writing::{Block, Level, Page, Side, Tone, Words};

/// Working days of a year, as the costs of handoffs count them.
const WORKING_DAYS: f64 = 260.0;
/// Most changes that are listed, and most customers with a table: it is one page.
const MOST_CHANGES: usize = 10;
const MOST_CUSTOMERS: usize = 2;
/// Figures that are told even where they stay as they are.
const ALWAYS: [&str; 3] = ["lead_time_h", "pce", "rolled_complete_accurate"];

/// The case of a sprint; `report` is of the document.
pub fn sprint_case(document: &Document, report: &Report, sprint: &Sprint, date: &str) -> Page {
    let now = sprint.handoffs.first().map(|id| freeze_handoff(document, report, *id)).unwrap_or_default();
    let brings = gained(document, sprint, &now);
    let mut blocks = vec![facts(about_sprint(document, sprint))];
    let later = if sprint.result.is_some() { "Result" } else { "Now" };
    match &sprint.baseline {
        None => blocks.push(warn("The baseline was not frozen: nobody can show what this sprint brings.")),
        Some(baseline) => {
            let day = baseline.day;
            let heading = Block::Heading(Level::Part, format!("Baseline of {day}, and what came of it"));
            blocks.push(together(vec![heading, held_table(document, &brings.figures, later)]));
        }
    }
    blocks.extend(tasks(sprint));
    let handoff = sprint.handoffs.first().and_then(|id| document.handoff(*id));
    // What doing nothing costs is what the handoff cost before anything was done.
    let before = brings.figures.iter().find(|held| held.figure == "cost_per_year" && held.customer.is_none());
    let before = before.and_then(|held| held.both.now);
    let cost = handoff.map(|handoff| handoff_cost(document, handoff).yearly()).unwrap_or_default();
    blocks.extend(notes(&sprint.notes));
    let nothing = (before.or_else(|| cost.total()), Some(&cost));
    let pay = (sprint.cost, brings.saving, brings.payback_days);
    blocks.push(pays(document, nothing, f64::from(sprint.days), pay));
    let goal = if sprint.goal.trim().is_empty() { "Sprint without a goal" } else { sprint.goal.trim() };
    page(document, goal, date, blocks)
}

/// The case of a scenario: the map today with its report, the map as it would be with its own.
pub fn scenario_case(
    (today, now): (&Document, &Report),
    (future, then): (&Document, &Report),
    scenario: &Scenario,
    date: &str,
) -> Page {
    let held = crate::analysis::compared(scenario, now, then);
    let mut blocks = vec![facts(vec![
        ("What changes".into(), Words::plain(scenario.about())),
        ("Costs once".into(), money(today, scenario.cost)),
    ])];
    blocks.extend(customers(today, &held));
    blocks.push(Block::Heading(Level::Section, "What changes, and why".into()));
    blocks.push(Block::List(changes(today, future, scenario)));
    blocks.extend(notes(&scenario.notes));
    let nothing = held.saving.value.filter(|saved| *saved > 0.0);
    let pay = (scenario.cost, held.saving.value, held.payback_days);
    blocks.push(pays(today, (nothing, None), WORKING_DAYS, pay));
    let name = if scenario.name.trim().is_empty() { "Unnamed scenario" } else { scenario.name.trim() };
    page(today, name, date, blocks)
}

fn page(document: &Document, of: &str, date: &str, blocks: Vec<Block>) -> Page {
    let title = match document.info().title.trim() {
        "" => "Untitled map",
        title => title,
    };
    Page { title: format!("True cost case: {of}"), subtitle: title.to_owned(), date: date.to_owned(), blocks }
}

fn facts(facts: Vec<(String, Words)>) -> Block {
    Block::Facts(facts)
}

fn warn(text: &str) -> Block {
    Block::Paragraph(Words::of(Tone::Warn, text))
}

fn about_sprint(document: &Document, sprint: &Sprint) -> Vec<(String, Words)> {
    let described = sprint.handoffs.iter().filter_map(|id| document.handoff(*id)).map(|of| document.describe(of));
    let handoffs: Vec<String> = described.collect();
    let mut facts = Vec::new();
    let what = if handoffs.is_empty() { faint("no handoff is named") } else { Words::plain(handoffs.join("; ")) };
    facts.push(("Handoff".to_owned(), what));
    if sprint.handoffs.len() > 1 && !sprint.why_several.trim().is_empty() {
        facts.push(("Why several".to_owned(), Words::written(sprint.why_several.trim())));
    }
    if !sprint.owner.trim().is_empty() {
        facts.push(("Owner".to_owned(), Words::plain(sprint.owner.trim())));
    }
    let days =
        sprint.start.zip(sprint.last_day()).map(|(start, last)| format!("{start} to {last}, {} days", sprint.days));
    facts.push(("When".to_owned(), days.map_or_else(|| faint("not planned yet"), Words::plain)));
    facts.push(("Costs once".to_owned(), money(document, sprint.cost)));
    facts
}

/// Figures before and after, the handoff's own first, then those of each customer.
fn held_table(document: &Document, figures: &[Held], later: &str) -> Block {
    let head = [("Figure", Side::Left), ("Baseline", Side::Right), (later, Side::Right), ("Difference", Side::Right)];
    let rows = figures.iter().map(|held| {
        let title = match held.customer {
            None => held.title.clone(),
            Some(customer) => format!("{} for {}", held.title, document.name_of(customer)),
        };
        compared_row(document, &title, (held.unit, held.more_is_better), held.both)
    });
    table(head, rows.collect())
}

fn tasks(sprint: &Sprint) -> Vec<Block> {
    if sprint.tasks.is_empty() {
        return Vec::new();
    }
    let task = |task: &crate::model::Task| {
        let owner = if task.owner.trim().is_empty() { String::new() } else { format!(" ({})", task.owner.trim()) };
        let text = format!("{}{owner}", task.text.trim());
        match task.done {
            Some(day) => Words::of(Tone::Good, format!("{text}, {day}")),
            None => Words::plain(format!("○ {text}")),
        }
    };
    vec![part("The change"), Block::List(sprint.tasks.iter().map(task).collect())]
}

fn customers(document: &Document, held: &Compared) -> Vec<Block> {
    let mut blocks = vec![part("Baseline, and what would come of it")];
    let head = [("Figure", Side::Left), ("Today", Side::Right), ("Then", Side::Right), ("Difference", Side::Right)];
    for customer in held.customers.iter().take(MOST_CUSTOMERS) {
        let figures = COMPARED.iter().zip(&customer.figures);
        // What stays as it is takes no room on the one page, but for what everybody asks for.
        let known = figures.filter(|(compare, both)| {
            let differs = both.delta().is_some_and(|by| by.abs() > 1e-9) || both.now.is_some() != both.then.is_some();
            differs || (ALWAYS.contains(&compare.id) && both.now.is_some())
        });
        let rows = known.map(|(compare, both)| {
            compared_row(document, compare.title, (compare.unit, compare.more_is_better), *both)
        });
        let name = Block::Heading(Level::Section, document.name_of(customer.party));
        blocks.push(together(vec![name, table(head, rows.collect())]));
    }
    if held.customers.len() > MOST_CUSTOMERS {
        let more = held.customers.len() - MOST_CUSTOMERS;
        blocks.push(Block::Paragraph(faint(format!("and {more} more external customers"))));
    }
    blocks
}

/// What the scenario does to each record, with the reason.
fn changes(today: &Document, future: &Document, scenario: &Scenario) -> Vec<Words> {
    let subjects = scenario.subjects();
    let mut list: Vec<Words> = Vec::new();
    for subject in subjects.iter().take(MOST_CHANGES) {
        let (there, will_be) = (today.has(*subject), future.has(*subject));
        let name = named(if will_be { future } else { today }, *subject);
        let what = match (there, will_be) {
            (false, true) => "is new".to_owned(),
            (true, false) => "goes".to_owned(),
            (true, true) => difference_of(today, future, *subject).join("; "),
            (false, false) => continue,
        };
        let words = Words::plain(format!("{name}: {what}"));
        let why = why(scenario, *subject);
        list.push(if why.is_empty() { words } else { words.line(Tone::Faint, why) });
    }
    if subjects.len() > MOST_CHANGES {
        list.push(faint(format!("and {} more", subjects.len() - MOST_CHANGES)));
    }
    if list.is_empty() {
        list.push(faint("Nothing yet."));
    }
    list
}

fn named(document: &Document, subject: Subject) -> String {
    match subject {
        Subject::Party(id) => document.name_of(id),
        Subject::Handoff(id) => document.handoff(id).map(|of| document.describe(of)).unwrap_or_default(),
    }
}

fn why(scenario: &Scenario, subject: Subject) -> String {
    let record = match subject {
        Subject::Party(id) => scenario.parties.get(&id).map(|altered| altered.why.as_str()),
        Subject::Handoff(id) => scenario.handoffs.get(&id).map(|altered| altered.why.as_str()),
    };
    let numbers = scenario.changes.iter().filter(|change| change.subject == subject).map(|change| change.why.as_str());
    record.into_iter().chain(numbers).map(str::trim).find(|why| !why.is_empty()).unwrap_or_default().to_owned()
}

/// What it costs to leave things as they are, what is saved, and how soon that has paid for it. `days` is the time that is
/// spoken of beside the year.
fn pays(
    document: &Document,
    (yearly, parts): (Option<f64>, Option<&HandoffCost>),
    days: f64,
    (cost, saving, payback): (Option<f64>, Option<f64>, Option<f64>),
) -> Block {
    let currency = &document.info().currency;
    let mut facts = Vec::new();
    facts.push(match yearly {
        None => ("Doing nothing costs".to_owned(), Words::of(Tone::Warn, NOT_KNOWN)),
        Some(yearly) => {
            let day = amount(yearly / WORKING_DAYS, currency);
            let mut text = format!("{} a year, {day} a working day", amount(yearly, currency));
            if days < WORKING_DAYS {
                let meanwhile = amount(yearly / 365.0 * days, currency);
                text += &format!(", {meanwhile} in the {} days that it takes", rounded(days, 0));
            }
            ("Doing nothing costs".to_owned(), Words::of(Tone::Strong, text))
        }
    });
    // Only the parts of that very sum: a baseline froze the sum alone.
    if let Some(of) = parts.filter(|of| yearly.is_some() && of.total() == yearly) {
        let parts = [
            ("checking", of.appraisal),
            ("repairing", of.internal_failure),
            ("lateness", of.lateness),
            ("escaped defects", of.external_failure),
        ];
        let known = parts.iter().filter_map(|(name, value)| Some(format!("{name} {}", amount((*value)?, currency))));
        facts.push(("of which".to_owned(), Words::plain(known.collect::<Vec<_>>().join(", "))));
    }
    facts.push(("Costs once".to_owned(), money(document, cost)));
    facts.push(match saving {
        Some(saving) if saving < 0.0 => ("Costs more a year".into(), Words::of(Tone::Bad, amount(-saving, currency))),
        Some(saving) => ("Saves a year".into(), Words::of(Tone::Good, amount(saving, currency))),
        None => ("Saves a year".into(), faint("not known")),
    });
    let days = payback.map(|days| format!("in {} working days", rounded(days.ceil(), 0)));
    let days = days.map_or_else(|| faint("not known"), |days| Words::of(Tone::Strong, days));
    facts.push(("Pays for itself".into(), days));
    together(vec![part("Cost of doing nothing, saving and payback"), Block::Facts(facts), method()])
}

const NOT_KNOWN: &str = "not known yet: it takes the volume, the time to check and to repair, and the cost of an hour of \
                         work, of an hour of lateness and of a defect that reaches the customer";

fn notes(notes: &str) -> Vec<Block> {
    if notes.trim().is_empty() {
        return Vec::new();
    }
    vec![part("Notes"), Block::Paragraph(Words::written(notes.trim()))]
}

fn method() -> Block {
    Block::Paragraph(faint(
        "Payback is the cost divided by the saving of a working day, of which a year has 260. %C&A is judged by the \
         receiver; shares are multiplied as if failures were independent of each other. What is not known is left out, \
         never taken as zero.",
    ))
}
