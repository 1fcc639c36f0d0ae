//! Plain text, for mail programs that show nothing else.

use super::words::shown;
use super::{Block, Level, Page, Table, Words};

/// The page as plain text; charts as their words, tables row by row.
pub fn plain(page: &Page) -> String {
    let mut blocks = vec![underlined(&page.title, '=')];
    let about = [&page.subtitle, &page.date].map(|text| shown(text).trim().to_owned());
    blocks.extend(about);
    for block in &page.blocks {
        add(block, &mut blocks);
    }
    blocks.retain(|block| !block.is_empty());
    // Values are tied to their units for the line breaks of other renderers.
    blocks.join("\n\n").replace('\u{a0}', " ") + "\n"
}

fn add(block: &Block, blocks: &mut Vec<String>) {
    match block {
        Block::Heading(Level::Part, text) => blocks.push(underlined(text, '-')),
        Block::Heading(Level::Section, text) => blocks.push(shown(text)),
        Block::Paragraph(words) => blocks.push(words.in_one_line("\n")),
        Block::List(entries) => {
            let entries = entries.iter().map(|words| format!("- {}", words.in_one_line("\n  ")));
            blocks.push(entries.collect::<Vec<_>>().join("\n"));
        }
        Block::Facts(facts) => {
            let fact = |(label, words): &(String, Words)| format!("{}: {}", shown(label), words.in_one_line("\n  "));
            blocks.push(facts.iter().map(fact).collect::<Vec<_>>().join("\n"));
        }
        Block::Table(table) => blocks.push(rows(table)),
        Block::Chart(chart) => blocks.push(shown(&chart.about)),
        Block::Group(_, inside) => inside.iter().for_each(|block| add(block, blocks)),
    }
}

/// The first cell of a row as its heading, the others below it by the names of their columns.
fn rows(table: &Table) -> String {
    let row = |cells: &Vec<Words>| {
        let mut lines = Vec::new();
        for (column, (words, (name, _))) in cells.iter().zip(&table.head).enumerate() {
            let text = words.in_one_line("; ");
            match column {
                0 => lines.push(format!("* {text}")),
                _ if text.is_empty() => {}
                _ => lines.push(format!("  {}: {text}", shown(name))),
            }
        }
        lines.join("\n")
    };
    table.rows.iter().map(row).collect::<Vec<_>>().join("\n")
}

fn underlined(text: &str, with: char) -> String {
    let text = shown(text).trim().to_owned();
    let rule: String = std::iter::repeat_n(with, text.chars().count().min(72)).collect();
    format!("{text}\n{rule}").trim().to_owned()
}
