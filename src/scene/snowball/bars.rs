//! The handoffs that take most of the loss, ranked, each with a bar as long as its share.

use super::stairs::LOST;
use super::{Bar, Snowball, WIDTH};
use crate::geom::{Rect, pt};
use crate::model::Subject;
use crate::model::quantity::rounded;
use crate::model::words::{count, percent};
use crate::scene::chart::{Pen, Style};
use crate::scene::text::Fonts;
use crate::scene::{Align, Group, Ink, Stroke};

const BAR: f32 = 14.0;
const NAME: Style = Style::plain(13.0, Ink::Text);
const ROW: f32 = 30.0;

/// Where the columns are, from the left.
struct Columns {
    /// Width of the names.
    names: f32,
    /// Right edge of the %C&A.
    quality: f32,
    /// Left edge and length of the bars.
    bars: f32,
    length: f32,
    /// Right edge of everything.
    right: f32,
}

impl Columns {
    /// What is wider than usual goes to names and bars.
    fn new(width: f32) -> Self {
        let more = (width - WIDTH).max(0.0) / 2.0;
        let (quality, bars) = (540.0 + more, 580.0 + more);
        Self { names: 440.0 + more, quality, bars, length: 270.0 + more, right: WIDTH + 2.0 * more }
    }
}

/// The groups of the list below `top`: its heading, a row for each handoff, and what is not listed.
pub(super) fn bars(snowball: &Snowball, (top, width): (f32, f32), fonts: &Fonts) -> Vec<Group> {
    let columns = Columns::new(width);
    let mut pen = Pen::new(fonts);
    pen.write("Where it is lost", pt(0.0, top), Align::Left, Style::strong(15.0, Ink::Text));
    if snowball.bars.is_empty() {
        let text = nothing_listed(snowball);
        pen.wrap(&text, pt(0.0, top + 24.0), (Align::Left, columns.right, 3), Style::plain(13.0, Ink::Faint));
        return vec![pen.furniture(format!("Where it is lost: {text}"))];
    }
    heads(&mut pen, &columns, top + 26.0);
    let (mut y, mut groups) = (top + 34.0, vec![pen.furniture("Where it is lost")]);
    let largest = snowball.bars.iter().map(|bar| bar.share).fold(0.0, f64::max);
    for bar in &snowball.bars {
        let (group, bottom) = row(bar, &columns, (y, largest), fonts);
        groups.push(group);
        y = bottom;
    }
    let rest = rest(snowball);
    if !rest.is_empty() {
        let mut pen = Pen::new(fonts);
        pen.wrap(&rest, pt(0.0, y + 20.0), (Align::Left, columns.right, 3), Style::plain(12.5, Ink::Faint));
        groups.push(pen.furniture(rest));
    }
    groups
}

fn nothing_listed(snowball: &Snowball) -> String {
    let (quality, _) = snowball.at_customer();
    if snowball.more.0 > 0 {
        return "No handoff of the parties that the filter leaves loses anything.".into();
    }
    if quality.known == 0 {
        return "Nobody has judged a handoff yet: ask each receiver how often they can use what they get as it comes, and \
                note it as %C&A."
            .into();
    }
    let unknown = match quality.of - quality.known {
        0 => String::new(),
        n => format!(" {n} more {} not been judged yet.", if n == 1 { "has" } else { "have" }),
    };
    let judged = count(quality.known, "handoff that somebody judged is", "handoffs that somebody judged are");
    format!("Nothing is lost: the {judged} always complete and accurate.{unknown}")
}

fn heads(pen: &mut Pen<'_>, columns: &Columns, y: f32) {
    let style = Style::plain(11.5, Ink::Faint);
    pen.write("Handoff", pt(0.0, y), Align::Left, style);
    pen.write("%C&A", pt(columns.quality, y), Align::Right, style);
    pen.write("Share of the loss", pt(columns.bars, y), Align::Left, style);
    pen.write("One point here gives the customer", pt(columns.right, y), Align::Right, style);
    pen.line(&[pt(0.0, y + 8.0), pt(columns.right, y + 8.0)], Stroke::solid(Ink::CardEdge, 1.0));
}

/// One handoff below `top`, and where its row ends.
fn row(bar: &Bar, columns: &Columns, (top, largest): (f32, f64), fonts: &Fonts) -> (Group, f32) {
    let mut pen = Pen::new(fonts);
    let base = top + ROW / 2.0 + NAME.size * 0.36;
    let below = pen.wrap(&bar.title, pt(0.0, base), (Align::Left, columns.names, 8), NAME);
    let bottom = top + ROW + below;
    pen.write(&bar.quality, pt(columns.quality, base), Align::Right, NAME);
    let part = if largest > 0.0 { (bar.share / largest).clamp(0.0, 1.0) } else { 0.0 };
    let (length, middle) = ((columns.length * part as f32).max(2.0), top + ROW / 2.0);
    let rect = Rect { min: pt(columns.bars, middle - BAR / 2.0), max: pt(columns.bars + length, middle + BAR / 2.0) };
    pen.block(rect, 2.0, Some(LOST), None);
    let share = percent(bar.share);
    pen.write(&share, pt(columns.bars + length + 8.0, base), Align::Left, Style::strong(13.0, Ink::Text));
    let lever = bar.per_point.map(lever);
    if let Some(lever) = &lever {
        pen.write(lever, pt(columns.right, base), Align::Right, NAME);
    }
    let line = Rect { min: pt(0.0, bottom - 1.0), max: pt(columns.right, bottom) };
    pen.block(line, 0.0, Some(Ink::Grid), None);
    // Anywhere in its row it is found.
    pen.cover(Rect { min: pt(0.0, top), max: pt(columns.right, bottom) });
    let gives = lever.map(|lever| format!(", one point here gives the customer {lever}")).unwrap_or_default();
    let about = format!("takes {share} of the loss{gives}; {}", bar.about);
    (pen.group(Subject::Handoff(bar.handoff), bar.title.clone(), about), bottom)
}

/// "0.87 points".
fn lever(per_point: f64) -> String {
    match rounded(per_point, 2).as_str() {
        "0" if per_point > 0.0 => "< 0.01 points".into(),
        "1" => "1 point".into(),
        text => format!("{text} points"),
    }
}

/// What is not listed, in words.
fn rest(snowball: &Snowball) -> String {
    let (quality, _) = snowball.at_customer();
    let mut parts = Vec::new();
    let (more, share) = snowball.more;
    if more > 0 {
        parts.push(format!("{} {}", count(more, "more takes", "more take"), percent(share)));
    }
    if snowball.lossless > 0 {
        parts.push(format!("{} nothing", count(snowball.lossless, "loses", "lose")));
    }
    if quality.known < quality.of {
        parts.push(format!("{} not been judged yet", count(quality.of - quality.known, "has", "have")));
    }
    parts.join(" · ")
}
