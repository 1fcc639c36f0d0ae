//! Rich text for mail: HTML in which every element carries its looks, in the few forms that mail programs keep.

use super::html::{COLORS, Dress, Pen};
use super::svg::hex;
use super::{Page, plain};
use crate::scene::Theme;

/// A page to be put into a mail, or onto the clipboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rich {
    /// A fragment of HTML: no scripts, no style sheet, no drawings; tables of the simplest kind.
    pub html: String,
    /// The same for programs that take only text.
    pub text: String,
}

/// The page for mail; charts as their words.
pub fn rich(page: &Page) -> Rich {
    let mut pen = Pen { out: String::new(), dress: Dress::Inline(style) };
    pen.page(page);
    let html = format!("<div style=\"{}\">\n{}</div>\n", style("div", ""), pen.out);
    Rich { html, text: plain(page) }
}

/// Looks by element and class; `{name}` is a colour.
const STYLES: [(&str, &str); 28] = [
    ("div.", "font-family:'Segoe UI',Arial,sans-serif;font-size:11pt;line-height:1.45;color:{text}"),
    ("h1.", "font-size:18pt;line-height:1.25;margin:0 0 4pt;color:{text}"),
    ("h2.", "font-size:13pt;line-height:1.25;margin:20pt 0 6pt;color:{text}"),
    ("h3.", "font-size:11pt;line-height:1.25;margin:12pt 0 4pt;color:{text}"),
    ("p.", "margin:4pt 0 8pt"),
    ("p.about", "margin:0 0 10pt;color:{faint}"),
    ("ul.", "margin:4pt 0 8pt;padding-left:16pt"),
    ("li.", "margin:2pt 0"),
    ("table.", "width:100%;border-collapse:collapse;margin:4pt 0 10pt"),
    ("table.tall", "width:100%;border-collapse:collapse;margin:4pt 0 10pt"),
    ("table.facts", "width:100%;border-collapse:collapse;margin:4pt 0 10pt"),
    ("th.", "padding:4pt 8pt 4pt 0;text-align:left;font-size:9pt;color:{faint};border-bottom:1.5pt solid {edge}"),
    ("th.right", "padding:4pt 8pt 4pt 0;text-align:right;font-size:9pt;color:{faint};border-bottom:1.5pt solid {edge}"),
    (
        "th.fact",
        "font:11pt/1.45 'Segoe UI',Arial,sans-serif;padding:2pt 8pt 2pt 0;text-align:left;vertical-align:top;width:110pt;color:{faint}",
    ),
    (
        "td.",
        "font:11pt/1.45 'Segoe UI',Arial,sans-serif;color:{text};padding:4pt 8pt 4pt 0;vertical-align:top;border-bottom:0.75pt solid {soft}",
    ),
    (
        "td.right",
        "font:11pt/1.45 'Segoe UI',Arial,sans-serif;color:{text};padding:4pt 8pt 4pt 0;vertical-align:top;text-align:right;border-bottom:0.75pt solid {soft}",
    ),
    (
        "td.tall",
        "font:11pt/1.45 'Segoe UI',Arial,sans-serif;color:{text};padding:24pt 8pt 4pt 0;border-bottom:0.75pt solid {edge}",
    ),
    ("td.fact", "font:11pt/1.45 'Segoe UI',Arial,sans-serif;color:{text};padding:2pt 0;vertical-align:top"),
    ("td.bar-good", "padding:2pt 0 2pt 9pt;border-left:3pt solid {good}"),
    ("td.bar-warn", "padding:2pt 0 2pt 9pt;border-left:3pt solid {warn}"),
    ("td.bar-bad", "padding:2pt 0 2pt 9pt;border-left:3pt solid {bad}"),
    ("td.bar-plain", "padding:2pt 0 2pt 9pt;border-left:3pt solid {edge}"),
    ("td.bar-faint", "padding:2pt 0 2pt 9pt;border-left:3pt solid {edge}"),
    ("span.faint", "color:{faint};font-size:9.5pt"),
    ("span.good", "color:{good};font-weight:bold"),
    ("span.warn", "color:{warn};font-weight:bold"),
    ("span.bad", "color:{bad};font-weight:bold"),
    ("span.guess", "color:{faint};text-decoration:underline"),
];

fn style(element: &str, class: &str) -> String {
    let name = format!("{element}.{class}");
    let mut style = STYLES.iter().find(|(known, _)| *known == name).map_or("", |(_, style)| style).to_owned();
    for (name, ink) in COLORS {
        style = style.replace(&format!("{{{name}}}"), &hex(Theme::Light.rgba(ink)));
    }
    style
}
