//! Views as pictures with title and legend: one, or the steps of a presentation; and what is known of each thing on them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Against, Ask, draw, layers, name_of, so_far};
use crate::analysis::handoff_cost;
use crate::geom::{Point, Rect, pt};
use crate::model::quantity::{duration, rounded};
use crate::model::{Document, Handoff, Party, SavedView, Subject, ViewChoice, ViewKind};
use crate::scene::picture::{PictureOptions, picture};
use crate::scene::text::Fonts;
use crate::scene::{Detail, Group, Ink, Item, Scene};

/// A view as a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaf {
    /// What it is called.
    pub title: String,
    /// What is to be said with it.
    pub notes: String,
    /// The picture.
    pub scene: Scene,
}

/// Width to height of the pages of a presentation.
const SCREEN: f32 = 16.0 / 9.0;

/// What a picture is of.
#[derive(Debug, Clone, Copy)]
pub struct Look<'a> {
    /// The map.
    pub document: &'a Document,
    /// Which view, and how it is set.
    pub choice: &'a ViewChoice,
    /// What stands out; empty dims nothing.
    pub emphasis: &'a BTreeSet<Subject>,
    /// The state of the map that this one is held against: what differs is marked.
    pub against: Option<&'a Against>,
}

/// What stands below the title: also which scenario it is.
fn noted(note: Option<&String>, against: Option<&Against>) -> Option<String> {
    let scenario = against.map(|against| against.words.clone());
    let parts: Vec<String> = scenario.into_iter().chain(note.cloned()).collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// Every view of a map, set as one of them is; the place of one party only where there is a party to show.
pub fn each(choice: &ViewChoice) -> Vec<ViewChoice> {
    let shown = super::ALL.iter().filter(|view| view.kind != ViewKind::Place || choice.kind == ViewKind::Place);
    // The centre is another thing in each view.
    let centre = |kind| choice.centre.filter(|_| kind == choice.kind);
    shown.map(|view| ViewChoice { kind: view.kind, centre: centre(view.kind), ..choice.clone() }).collect()
}

/// One view.
pub fn leaf(look: &Look<'_>, fonts: &Fonts, options: &PictureOptions) -> Leaf {
    let Look { document, choice, emphasis, against } = *look;
    let drawing = draw(&Ask { document, choice, fonts, emphasis, before: None, is_live: false, against });
    let options = &PictureOptions { note: noted(options.note.as_ref(), against), ..options.clone() };
    let scene = picture(document, &drawing, fonts, options);
    Leaf { title: choice.kind.title().to_owned(), notes: String::new(), scene }
}

/// The steps of the map's presentation: its saved views in their order; without any, the onion peeled layer by layer.
pub fn presentation(document: &Document, fonts: &Fonts, options: &PictureOptions) -> Vec<Leaf> {
    let saved = document.views_in_order();
    if saved.is_empty() {
        return peeling(document, fonts, options);
    }
    saved.iter().map(|(_, view)| step(document, view, fonts, options)).collect()
}

fn step(document: &Document, view: &SavedView, fonts: &Fonts, options: &PictureOptions) -> Leaf {
    let emphasis: BTreeSet<Subject> = view.emphasis.iter().copied().filter(|s| document.has(*s)).collect();
    let ask =
        Ask { document, choice: &view.choice, fonts, emphasis: &emphasis, before: None, is_live: false, against: None };
    let mut drawing = draw(&ask);
    if let Some(area) = view.area {
        // What lies outside is neither painted nor read out.
        drawing.cards.retain(|_, placed| area.intersects(&placed.rect()));
        drawing.arrows.retain(|_, arrow| area.intersects(&arrow.bounds));
        drawing.above.push(frame_around(area, drawing.bounds()).into());
    }
    let heading = Some(view.name.trim().to_owned()).filter(|name| !name.is_empty());
    let options = PictureOptions { heading, area: view.area, ..options.clone() };
    let page = |options: &PictureOptions| picture(document, &drawing, fonts, options);
    let aside = room_aside(page(&options).bounds);
    let area = view.area.unwrap_or_else(|| drawing.bounds());
    let scene = page(&PictureOptions { area: Some(wider(area, aside)), ..options });
    Leaf { title: view.name.clone(), notes: view.notes.clone(), scene: on_a_screen(scene) }
}

/// Paper around the part that is seen.
fn frame_around(area: Rect, all: Rect) -> Group {
    let all = all.union(&area).expand(10.0);
    let rect = |min: Point, max: Point| Item::Rect {
        rect: Rect { min, max },
        radius: 0.0,
        fill: Some(Ink::Paper),
        stroke: None,
    };
    let items = vec![
        rect(all.min, pt(all.max.x, area.min.y)),
        rect(pt(all.min.x, area.max.y), all.max),
        rect(pt(all.min.x, area.min.y), pt(area.min.x, area.max.y)),
        rect(pt(area.max.x, area.min.y), pt(all.max.x, area.max.y)),
    ];
    Group { items, ..Group::default() }
}

/// How much wider at either side a picture may be on a screen.
fn room_aside(bounds: Option<Rect>) -> f32 {
    bounds.map_or(0.0, |b| ((b.height() * SCREEN - b.width()) / 2.0).max(0.0))
}

/// An area with room at its sides, so that title and legend begin at the left of the page.
fn wider(area: Rect, aside: f32) -> Rect {
    let by = pt(if area.is_nothing() { 0.0 } else { aside }, 0.0);
    Rect { min: area.min - by, max: area.max + by }
}

/// The same picture with air at its sides, so that all pages have the shape of a screen.
fn on_a_screen(mut scene: Scene) -> Scene {
    if let Some(bounds) = &mut scene.bounds {
        let (w, h) = (bounds.width(), bounds.height());
        let (dx, dy) = ((h * SCREEN - w).max(0.0) / 2.0, (w / SCREEN - h).max(0.0) / 2.0);
        *bounds = Rect { min: bounds.min - pt(dx, dy), max: bounds.max + pt(dx, dy) };
    }
    scene
}

fn peeling(document: &Document, fonts: &Fonts, options: &PictureOptions) -> Vec<Leaf> {
    let whole = ViewChoice { kind: ViewKind::Onion, ..ViewChoice::default() };
    let rings = layers(document, &whole);
    let nothing = BTreeSet::new();
    let all =
        draw(&Ask { document, choice: &whole, fonts, emphasis: &nothing, before: None, is_live: false, against: None });
    let area = wider(all.bounds(), room_aside(picture(document, &all, fonts, options).bounds));
    let page = |last: usize| {
        let choice = ViewChoice { layers: (last < rings.last()).then_some(last), ..whole.clone() };
        let drawing = draw(&Ask {
            document,
            choice: &choice,
            fonts,
            emphasis: &nothing,
            before: None,
            is_live: false,
            against: None,
        });
        let so_far = so_far(document, &rings, last);
        let mut words = vec![format!("{} parties, {} handoffs", so_far.parties, so_far.handoffs)];
        let hours = |h: f64| format!("lead time {}", duration(h, document.info().hours_per_day));
        words.extend(so_far.lead_time_h.value.map(hours));
        let percent = |v: f64| format!("{} % complete and accurate", rounded(v * 100.0, 1));
        words.extend(so_far.complete_accurate.value.map(percent));
        let note = Some(format!("{}: {}", name_of(last, &rings, document), words.join(" · ")));
        let options = PictureOptions { note, area: Some(area), ..options.clone() };
        let scene = picture(document, &drawing, fonts, &options);
        Leaf { title: name_of(last, &rings, document), notes: String::new(), scene }
    };
    let mut pages: Vec<Leaf> = (0..=rings.last()).map(page).collect();
    // The legend grows from page to page, but what is on all of them stands still.
    let bounds = pages.iter().filter_map(|page| page.scene.bounds).reduce(|sum, rect| sum.union(&rect));
    for page in &mut pages {
        page.scene = on_a_screen(Scene { bounds, ..std::mem::take(&mut page.scene) });
    }
    pages
}

/// What is known of every party and handoff.
pub fn details(document: &Document) -> BTreeMap<Subject, Detail> {
    let hours = document.info().hours_per_day;
    let parties = document.parties().map(|(id, party)| (Subject::Party(id), about_party(document, party, hours)));
    let handoffs = document.handoffs().map(|(id, h)| (Subject::Handoff(id), about_handoff(document, h, hours)));
    parties.chain(handoffs).collect()
}

fn about_party(_: &Document, party: &Party, hours_per_day: f64) -> Detail {
    let mut lines = vec![("Kind".into(), party.kind.title().to_owned())];
    let mut line = |name: &str, value: Option<String>| {
        lines.extend(value.filter(|v| !v.trim().is_empty()).map(|v| (name.to_owned(), v)));
    };
    line("Department", Some(party.department.clone()));
    line("Owner", Some(party.owner.clone()));
    line("Promise", Some(party.promise.clone()));
    line("Process time", party.process_time_h.map(|h| duration(h, hours_per_day)));
    line("Value-adding", party.value_adding.map(|yes| if yes { "yes" } else { "no" }.into()));
    line("Notes", Some(party.notes.clone()));
    Detail { lines }
}

fn about_handoff(document: &Document, handoff: &Handoff, hours_per_day: f64) -> Detail {
    let name = |end: Option<_>| end.map_or_else(|| "nobody yet".into(), |id| document.name_of(id));
    let mut lines = vec![("From".into(), name(handoff.supplier)), ("To".into(), name(handoff.customer))];
    let mut line = |name: &str, value: Option<String>| {
        lines.extend(value.filter(|v| !v.trim().is_empty()).map(|v| (name.to_owned(), v)));
    };
    line("Kind", (!handoff.is_forward()).then(|| handoff.kind.title().to_owned()));
    line("Complete and accurate", handoff.complete_accurate_pct.map(|v| handoff.share_in_words(v)));
    line("On time", handoff.on_time_pct.map(|v| handoff.share_in_words(v)));
    line("Wait", handoff.wait_h.map(|h| duration(h, hours_per_day)));
    line("Deliveries", handoff.volume.map(|v| format!("{} a {}", rounded(v, 1), handoff.period.title())));
    let cost = handoff_cost(document, handoff)
        .total()
        .map(|cost| format!("{} {} a {}", rounded(cost, 0), document.info().currency.trim(), handoff.period.title()));
    line("Known cost", cost);
    line("Agreement", Some(handoff.agreement.title().to_owned()));
    for requirement in &handoff.requirements {
        let state = match requirement.met() {
            Some(true) => "met: ",
            Some(false) => "not met: ",
            None => "",
        };
        line("Needs", Some(format!("{state}{}", requirement.in_words())));
    }
    line("Notes", Some(handoff.notes.clone()));
    Detail { lines }
}
