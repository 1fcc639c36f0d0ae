//! HTML: one file that needs nothing else, without scripts, for the screen and for A4 paper.

use super::svg::{hex, svg};
use super::words::{runs_from_right, shown};
use super::{Block, Level, Page, Side, Span, Table, Tone, Words};
use crate::scene::{Ink, Theme};

const STYLE: &str = include_str!("html/page.css");

/// The page as a whole file.
pub fn html(page: &Page) -> String {
    let mut pen = Pen { out: String::new(), dress: Dress::Classes };
    pen.page(page);
    let title = escaped(shown(&page.title).trim());
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n<meta \
         name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"generator\" content=\"Peel {}\">\n\
         <title>{title}</title>\n<style>\n:root{{{}}}\n{STYLE}</style>\n</head>\n<body>\n<main>\n{}</main>\n</body>\n</html>\n",
        env!("CARGO_PKG_VERSION"),
        colors(),
        pen.out
    )
}

/// Text as content or inside of double quotes. Characters that HTML does not allow are left out.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\r' => out.push_str("&#13;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// The colours of a page by the names that style sheets use.
pub(super) const COLORS: [(&str, Ink); 9] = [
    ("text", Ink::Text),
    ("faint", Ink::Faint),
    ("edge", Ink::CardEdge),
    ("soft", Ink::Grid),
    ("paper", Ink::Card),
    ("accent", Ink::Accent),
    ("good", Ink::Good),
    ("warn", Ink::Warn),
    ("bad", Ink::Bad),
];

/// The colours as variables of a style sheet.
pub(crate) fn colors() -> String {
    COLORS.map(|(name, ink)| format!("--{name}:{};", hex(Theme::Light.rgba(ink)))).concat()
}

/// How elements get their looks.
#[derive(Debug, Clone, Copy)]
pub(super) enum Dress {
    /// By classes and a style sheet.
    Classes,
    /// Each by itself, as mail programs need it.
    Inline(fn(element: &str, class: &str) -> String),
}

/// Writes elements.
#[derive(Debug)]
pub(super) struct Pen {
    /// What was written so far.
    pub out: String,
    /// How it looks.
    pub dress: Dress,
}

impl Pen {
    /// The title and all blocks.
    pub fn page(&mut self, page: &Page) {
        self.element("h1", "", &text(&page.title));
        let about = [&page.subtitle, &page.date].map(|part| text(part)).map(|part| part.trim().to_owned());
        let about: Vec<String> = about.into_iter().filter(|part| !part.is_empty()).collect();
        if !about.is_empty() {
            self.element("p", "about", &about.join(" · "));
        }
        self.blocks(&page.blocks);
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(Level::Part, words) => self.element("h2", "", &text(words)),
            Block::Heading(Level::Section, words) => self.element("h3", "", &text(words)),
            Block::Paragraph(words) => {
                let words = self.words(words);
                self.element("p", "", &words);
            }
            Block::List(entries) => {
                self.open("ul", "");
                for words in entries {
                    let words = self.words(words);
                    self.element("li", "", &words);
                }
                self.close("ul");
            }
            Block::Facts(facts) => self.facts(facts),
            Block::Table(table) => self.table(table),
            Block::Chart(chart) => match self.dress {
                Dress::Classes => {
                    let words = text(&chart.about);
                    self.element("figure", "", &format!("<figcaption>{words}</figcaption>{}", svg(chart)));
                }
                Dress::Inline(_) => self.element("p", "about", &text(&chart.about)),
            },
            Block::Group(tone, inside) => self.group(*tone, inside),
        }
    }

    fn group(&mut self, tone: Option<Tone>, inside: &[Block]) {
        // Mail programs keep a line beside a cell, not beside a section.
        let (outer, inner) = match (self.dress, tone) {
            (Dress::Classes, None) => ("section", None),
            (Dress::Classes, Some(_)) => ("aside", None),
            (Dress::Inline(_), None) => return self.blocks(inside),
            (Dress::Inline(_), Some(_)) => ("table", Some("td")),
        };
        let class = tone.map_or("", Tone::word);
        self.open(outer, if inner.is_some() { "" } else { class });
        if let Some(inner) = inner {
            self.open("tr", "");
            self.open(inner, &format!("bar-{class}"));
        }
        self.blocks(inside);
        if let Some(inner) = inner {
            self.close(inner);
            self.close("tr");
        }
        self.close(outer);
    }

    fn facts(&mut self, facts: &[(String, Words)]) {
        self.open("table", "facts");
        for (label, words) in facts {
            self.open("tr", "");
            self.element("th", "fact", &text(label));
            let words = self.words(words);
            self.element("td", "fact", &words);
            self.close("tr");
        }
        self.close("table");
    }

    fn table(&mut self, table: &Table) {
        let class = |side: Side| if side == Side::Right { "right" } else { "" };
        self.open("table", if table.tall { "tall" } else { "" });
        self.open("thead", "");
        self.open("tr", "");
        for (name, side) in &table.head {
            self.element("th", class(*side), &text(name));
        }
        self.close("tr");
        self.close("thead");
        self.open("tbody", "");
        for row in &table.rows {
            self.open("tr", "");
            for (words, side) in table.cells(row) {
                let words = words.map(|words| self.words(words)).unwrap_or_default();
                self.element("td", if table.tall { "tall" } else { class(side) }, &words);
            }
            self.close("tr");
        }
        self.close("tbody");
        self.close("table");
    }

    fn words(&self, words: &Words) -> String {
        let lines = words.lines.iter().map(|line| line.iter().map(|span| self.span(span)).collect::<String>());
        lines.collect::<Vec<_>>().join("<br>")
    }

    fn span(&self, span: &Span) -> String {
        let words = text(&span.shown());
        match span.tone {
            Tone::Plain => words,
            Tone::Strong => format!("<strong>{words}</strong>"),
            tone => format!("<span{}>{words}</span>", self.look("span", tone.word())),
        }
    }

    fn look(&self, element: &str, class: &str) -> String {
        match self.dress {
            Dress::Classes if class.is_empty() => String::new(),
            Dress::Classes => format!(" class=\"{class}\""),
            Dress::Inline(style) => match style(element, class) {
                style if style.is_empty() => String::new(),
                style => format!(" style=\"{style}\""),
            },
        }
    }

    fn open(&mut self, element: &str, class: &str) {
        let look = self.look(element, class);
        self.out.push_str(&format!("<{element}{look}>"));
    }

    fn close(&mut self, element: &str) {
        let ends_line = !matches!(element, "td" | "th");
        self.out.push_str(&format!("</{element}>{}", if ends_line { "\n" } else { "" }));
    }

    /// An element around markup.
    fn element(&mut self, element: &str, class: &str, inside: &str) {
        self.open(element, class);
        self.out.push_str(inside);
        self.close(element);
    }
}

/// Characters of a word beyond which it may be parted anywhere.
const LONG: usize = 28;

/// One line of text as markup. Words that run from the right are set apart, or they would turn around what stands beside
/// them.
fn text(words: &str) -> String {
    let words = shown(words);
    let (mut out, mut rest) = (String::with_capacity(words.len() + 8), words.as_str());
    while let Some(start) = rest.split(' ').position(runs_from_right) {
        let all: Vec<&str> = rest.split(' ').collect();
        let count = all[start..].iter().take_while(|word| runs_from_right(word)).count();
        let (before, turned) = (all[..start].join(" "), all[start..start + count].join(" "));
        let space = if start > 0 { " " } else { "" };
        out += &format!("{}{space}<bdi>{}</bdi>", plain_text(&before), plain_text(&turned));
        rest = &rest[before.len() + space.len() + turned.len()..];
    }
    out + &plain_text(rest)
}

fn plain_text(words: &str) -> String {
    // Where any word could be parted, tables would part short ones as well.
    let word = |word: &str| match word.chars().nth(LONG) {
        Some(_) => format!("<span style=\"overflow-wrap:anywhere;word-break:break-word\">{}</span>", escaped(word)),
        None => escaped(word),
    };
    words.split(' ').map(word).collect::<Vec<_>>().join(" ")
}
