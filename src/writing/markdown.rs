//! Markdown (`CommonMark` with the tables of GitHub). Whatever people wrote is text: its punctuation is escaped.

use super::words::shown;
use super::{Block, Level, Page, Side, Span, Table, Tone, Words};

/// The page as Markdown; charts as their words.
pub fn markdown(page: &Page) -> String {
    let mut blocks = vec![heading("#", &page.title)];
    let about: Vec<String> = [&page.subtitle, &page.date].into_iter().map(|text| inline(text)).collect();
    let about: Vec<&str> = about.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
    if !about.is_empty() {
        blocks.push(at_line_start(&about.join(" · ")));
    }
    for block in &page.blocks {
        add(block, &mut blocks);
    }
    blocks.retain(|block| !block.is_empty());
    blocks.join("\n\n") + "\n"
}

fn add(block: &Block, blocks: &mut Vec<String>) {
    match block {
        Block::Heading(Level::Part, text) => blocks.push(heading("##", text)),
        Block::Heading(Level::Section, text) => blocks.push(heading("###", text)),
        Block::Paragraph(words) => blocks.push(at_line_start(&lines(words, "  \n"))),
        Block::List(entries) => {
            let entries = entries.iter().map(|words| format!("- {}", at_line_start(&lines(words, "  \n  "))));
            blocks.push(entries.collect::<Vec<_>>().join("\n"));
        }
        Block::Facts(facts) => {
            let fact =
                |(label, words): &(String, Words)| format!("- **{}**: {}", inline(label), lines(words, "  \n  "));
            blocks.push(facts.iter().map(fact).collect::<Vec<_>>().join("\n"));
        }
        Block::Table(table) => blocks.push(rows(table)),
        Block::Chart(chart) => blocks.push(at_line_start(&inline(&chart.about))),
        Block::Group(_, inside) => inside.iter().for_each(|block| add(block, blocks)),
    }
}

fn rows(table: &Table) -> String {
    let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let mut out = vec![row(table.head.iter().map(|(name, _)| inline(name)).collect())];
    let rule = |side: &Side| if *side == Side::Right { "---:" } else { "---" };
    out.push(row(table.head.iter().map(|(_, side)| rule(side).to_owned()).collect()));
    let cell = |words: Option<&Words>| words.map(|words| lines(words, " · ")).unwrap_or_default();
    out.extend(table.rows.iter().map(|cells| row(table.cells(cells).map(|(words, _)| cell(words)).collect())));
    out.join("\n")
}

/// Lines with something between them; each begins where a line does.
fn lines(words: &Words, between: &str) -> String {
    let lines = words.lines.iter().map(|line| line.iter().map(span).collect::<String>());
    let lines: Vec<String> = lines.map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect();
    let lines: Vec<String> =
        lines.iter().enumerate().map(|(i, l)| if i > 0 { at_line_start(l) } else { l.clone() }).collect();
    lines.join(between)
}

fn span(span: &Span) -> String {
    let text = escaped(&span.shown());
    let is_stressed = matches!(span.tone, Tone::Strong | Tone::Good | Tone::Warn | Tone::Bad);
    let inside = text.trim();
    if !is_stressed || inside.is_empty() {
        return text;
    }
    // Spaces inside of the stars would undo them.
    text.replacen(inside, &format!("**{inside}**"), 1)
}

/// A heading. Signs at its end would be taken for its close, and go.
fn heading(sign: &str, text: &str) -> String {
    let text = inline(text);
    match text.strip_suffix('#') {
        Some(before) => format!("{sign} {before}\\#"),
        None => format!("{sign} {text}"),
    }
}

/// One line of text in which nothing is markup, without spaces around it.
fn inline(text: &str) -> String {
    escaped(shown(text).trim())
}

/// With a backslash before whatever could be markup anywhere in a line, and before what becomes a link by itself.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        let c = if c == '\u{a0}' { ' ' } else { c };
        let is_markup = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$' | '@');
        let links = (c == ':' && text[at..].starts_with("://")) || (c == '.' && text[..at].ends_with(['w', 'W']));
        if is_markup || links {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A line that begins neither a heading, nor a list, nor a rule, nor an indented block.
fn at_line_start(line: &str) -> String {
    let line = line.trim_start();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let after = line.as_bytes().get(digits + 1).is_none_or(|next| *next == b' ');
    match line.as_bytes().get(digits) {
        Some(b'#' | b'-' | b'+' | b'=' | b':') if digits == 0 => format!("\\{line}"),
        Some(b'.' | b')') if digits > 0 && after => format!("{}\\{}", &line[..digits], &line[digits..]),
        _ => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_names_is_text() {
        for (name, expected) in [
            ("plain name", "plain name"),
            ("*a* _b_ `c` | d", "\\*a\\* \\_b\\_ \\`c\\` \\| d"),
            ("<script>alert(1)</script>", "\\<script\\>alert(1)\\</script\\>"),
            ("[x](javascript:y)", "\\[x\\](javascript:y)"),
            ("https://a.b www.c.d e@f.g", "https\\://a.b www\\.c.d e\\@f.g"),
            ("&lt; ~~x~~ $y$ \\", "\\&lt; \\~\\~x\\~\\~ \\$y\\$ \\\\"),
            ("two\nlines\tand\u{202e} more   space", "two lines and more space"),
        ] {
            assert_eq!(inline(name), expected);
        }
    }

    #[test]
    fn no_line_begins_a_block_by_chance() {
        for (name, expected) in [
            ("# no heading", "\\# no heading"),
            ("- no list", "\\- no list"),
            ("+ no list", "\\+ no list"),
            ("1. no list", "1\\. no list"),
            ("12) no list", "12\\) no list"),
            ("=== no heading", "\\=== no heading"),
            ("    no code", "no code"),
            ("2026 was a year", "2026 was a year"),
            ("22.3 % of it", "22.3 % of it"),
        ] {
            let page = Page { blocks: vec![Block::Paragraph(Words::written(name))], ..Page::default() };
            assert_eq!(markdown(&page), format!("# \n\n{expected}\n"));
        }
    }

    #[test]
    fn headings_keep_the_signs_at_their_end() {
        for (title, expected) in [("C #", "# C \\#\n"), ("C ##", "# C #\\#\n"), ("C#", "# C\\#\n"), ("C", "# C\n")] {
            let page = Page { title: title.into(), ..Page::default() };
            assert_eq!(markdown(&page), expected);
        }
    }

    #[test]
    fn stress_holds_where_spaces_stand_inside() {
        let words = Words::of(Tone::Strong, "Loan file ").and("to ").then(Tone::Bad, "not met").then(Tone::Strong, " ");
        assert_eq!(lines(&words, ""), "**Loan file** to **✗ not met**");
    }
}
