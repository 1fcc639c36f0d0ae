//! What happens between departments: what crosses, what is lost there, who hands how much to whom, and local green.

use super::figures::{more, part, says, section, share_text, table, together};
use super::{MOST_ROWS, Told};
use crate::analysis::{Flow, Silos};
use crate::model::words::count;
use crate::writing::{Block, Side, Table, Tone, Words};

/// Most departments that are shown crosswise on paper; the exchange of more is listed.
const MOST_ACROSS: usize = 9;

pub(super) fn silos(told: &Told<'_>) -> Vec<Block> {
    let silos = &told.report.silos;
    if silos.of == 0 {
        return Vec::new();
    }
    let mut blocks = vec![part("Between departments"), Block::Paragraph(figures(silos))];
    blocks.extend(exchange(silos));
    if !silos.local_green.is_empty() {
        let row = |(party, handoff): &(crate::model::PartyId, crate::model::HandoffId)| {
            vec![Words::plain(told.name(*party)), Words::of(Tone::Bad, told.handoff(*handoff))]
        };
        let head = [("Meets its own measures", Side::Left), ("gives what fails a must", Side::Left)];
        let rows = silos.local_green.iter().take(MOST_ROWS).map(row).collect();
        blocks.push(together(vec![section("Local green, whole red"), table(head, rows)]));
        blocks.extend(more(silos.local_green.len(), MOST_ROWS));
    }
    blocks
}

fn figures(silos: &Silos) -> Words {
    let mut words = match silos.share_crossing() {
        None => Words::default(),
        Some(share) => Words::plain(format!(
            "{} of {} between processes cross a boundary ({}). ",
            silos.crossing,
            count(silos.handoffs, "handoff", "handoffs"),
            share_text(share)
        )),
    };
    if let Some(lost) = silos.share_of_loss {
        words =
            words.and(format!("{} of all that is lost on the way to the customers is lost there. ", share_text(lost)));
    }
    if silos.handoffs < silos.of {
        let text = format!("{} of {} cannot be told: a department is missing.", silos.of - silos.handoffs, silos.of);
        words = words.then(Tone::Warn, text);
    }
    words
}

fn exchange(silos: &Silos) -> Vec<Block> {
    let mut names: Vec<&str> = silos.matrix.iter().flat_map(|flow| [flow.from.as_str(), flow.to.as_str()]).collect();
    names.sort_unstable();
    names.dedup();
    if names.is_empty() {
        return Vec::new();
    }
    if names.len() <= MOST_ACROSS {
        let explained = says("How many handoffs go from the department in front to the one above.");
        return vec![together(vec![section("Who hands how much to whom"), explained, crosswise(silos, &names)])];
    }
    let mut flows: Vec<&Flow> = silos.matrix.iter().filter(|flow| flow.from != flow.to).collect();
    flows.sort_by_key(|flow| std::cmp::Reverse(flow.handoffs));
    let row = |flow: &&Flow| [flow.from.clone(), flow.to.clone(), flow.handoffs.to_string()].map(Words::plain).to_vec();
    let head = [("From", Side::Left), ("To", Side::Left), ("Handoffs", Side::Right)];
    let mut blocks = vec![section("Who hands how much to whom"), says("The busiest of those that cross a boundary.")];
    blocks.push(table(head, flows.iter().take(MOST_ROWS).map(row).collect()));
    blocks.extend(more(flows.len(), MOST_ROWS));
    blocks
}

fn crosswise(silos: &Silos, names: &[&str]) -> Block {
    let cell = |from: &str, to: &str| {
        let flow = silos.matrix.iter().find(|flow| flow.from == from && flow.to == to);
        match flow.map(|flow| flow.handoffs) {
            None => Words::of(Tone::Faint, "·"),
            Some(handoffs) if from == to => Words::of(Tone::Faint, handoffs.to_string()),
            Some(handoffs) => Words::of(Tone::Strong, handoffs.to_string()),
        }
    };
    let row = |from: &&str| std::iter::once(Words::plain(*from)).chain(names.iter().map(|to| cell(from, to))).collect();
    let first = std::iter::once((String::new(), Side::Left));
    let head = first.chain(names.iter().map(|name| ((*name).to_owned(), Side::Right))).collect();
    Block::Table(Table { head, rows: names.iter().map(row).collect(), tall: false })
}
