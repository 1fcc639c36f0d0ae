//! Findings grouped by how much they matter, each kind with why it does and what to do; and what was put aside.

use super::figures::{faint, more, part, section, table};
use super::{MOST_ROWS, Told};
use crate::analysis::{Finding, Severity};
use crate::model::Dismissal;
use crate::model::words::count;
use crate::writing::{Block, Side, Tone, Words};

/// Most findings of a kind that are written out.
const MOST_OF_KIND: usize = 10;

pub(super) fn findings(told: &Told<'_>) -> Vec<Block> {
    let mut blocks = vec![part("What the map finds by itself")];
    for severity in Severity::ALL {
        let found: Vec<&Finding> = told.report.findings.iter().filter(|one| one.severity == severity).collect();
        let mut rest = found.as_slice();
        if let Some(first) = rest.first() {
            let words = [first.severity.word(), &format!("{}s", first.severity.word())];
            blocks.push(section(&capital(&count(found.len(), words[0], words[1]))));
        }
        while let Some(first) = rest.first() {
            let (same, others) = rest.split_at(rest.iter().take_while(|one| one.kind == first.kind).count());
            blocks.extend(of_kind(told, severity, same));
            rest = others;
        }
    }
    if told.report.findings.is_empty() {
        blocks.push(Block::Paragraph(Words::of(Tone::Good, "Nothing was found to be wrong or missing.")));
    }
    blocks.extend(aside(told));
    blocks
}

/// "1 error" stays, "errors" alone would begin with a capital.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Findings of one kind.
fn of_kind(told: &Told<'_>, severity: Severity, same: &[&Finding]) -> Vec<Block> {
    let Some(first) = same.first() else { return Vec::new() };
    let tone = match severity {
        Severity::Error => Tone::Bad,
        Severity::Warning => Tone::Warn,
        Severity::Note => Tone::Strong,
    };
    let about = Words::of(tone, first.title()).then(Tone::Faint, format!(" · {}", same.len()));
    let about = about.line(Tone::Plain, format!("{} {}", first.why(), first.remedy()));
    let entries = same.iter().take(MOST_OF_KIND).map(|one| Words::plain(one.message(told.document))).collect();
    let mut blocks = vec![Block::Group(None, vec![Block::Paragraph(about), Block::List(entries)])];
    blocks.extend(more(same.len(), MOST_OF_KIND));
    blocks
}

fn aside(told: &Told<'_>) -> Vec<Block> {
    let dismissed = &told.report.dismissed;
    if dismissed.is_empty() {
        return Vec::new();
    }
    let row = |(finding, dismissal): &(Finding, Dismissal)| {
        let when = dismissal.when.map_or_else(|| faint("day not noted"), |when| Words::plain(when.to_string()));
        vec![Words::plain(finding.message(told.document)), Words::written(&dismissal.reason), when]
    };
    let head = [("Put aside", Side::Left), ("because", Side::Left), ("on", Side::Left)];
    let mut blocks = vec![section("Put aside")];
    blocks.push(table(head, dismissed.iter().take(MOST_ROWS).map(row).collect()));
    blocks.extend(more(dismissed.len(), MOST_ROWS));
    blocks
}
