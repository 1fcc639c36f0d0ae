//! The map as a picture.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::civil::Date;

use super::Made;
use crate::cli::args::Picture;
use crate::cli::failure::Failure;
use crate::export::{self, Exporter, Extent, png};
use crate::files::{fonts, format};
use crate::model::{Document, PartyId, Subject};
use crate::scene::map::MapScene;
use crate::scene::picture::{PictureOptions, picture};
use crate::scene::text::Fonts;
use crate::scene::{Item, Scene, Theme};

/// Something a picture can show.
#[derive(Debug)]
pub(super) struct View {
    /// The word that names it.
    pub id: &'static str,
    /// What it shows, in a few words.
    pub about: &'static str,
    /// Makes the scene.
    scene: fn(&Document, &Fonts, &PictureOptions) -> Scene,
}

/// Every view, the usual one first.
pub(super) const VIEWS: &[View] = &[View {
    id: "map",
    about: "cards and arrows",
    scene: |document, fonts, options| picture(document, MapScene::of(document, fonts).drawing(), fonts, options),
}];

/// Pixels per map unit when no size is asked for, as in the window.
const USUAL_SCALE: f32 = 2.0;

/// A map unit is a pixel of a screen at 100 %, which has 96 of them to the inch.
const UNITS_PER_INCH: f32 = 96.0;

/// Paints the picture.
pub(super) fn make(document: &Document, out: &Path, exporter: &Exporter, asked: &Picture) -> Result<Made, Failure> {
    let view = view_of(asked.view.as_deref())?;
    let (scene, fonts) = scene(document, view, &options(document, asked)?);
    let map = (!asked.no_map).then(|| format::write(document));
    let page = export::Page { scene: &scene, title: view.about, notes: "" };
    let picture = export::Picture {
        pages: &[page],
        details: &std::collections::BTreeMap::new(),
        paper: export::Paper::Fit,
        fonts: &fonts,
        theme: asked.theme.map_or(Theme::Light, Theme::from),
        extent: match (asked.width, asked.dpi) {
            (Some(width), _) => Extent::Width(width),
            (_, Some(dpi)) => Extent::Scale(dpi / UNITS_PER_INCH),
            _ => Extent::Scale(asked.scale.unwrap_or(USUAL_SCALE)),
        },
        title: if asked.no_title { "" } else { document.info().title.trim() },
        map: map.as_deref(),
        cancel: None,
    };
    let bytes = (exporter.export)(&picture)
        .map_err(|error| Failure::refused(format!("“{}” was not written: {error}", out.display())))?;
    let (width, height) = png::size_in_pixels(&scene, picture.scale());
    let note = exporter.has_pixels.then(|| format!("{width} × {height} pixels"));
    Ok(Made { files: vec![(out.to_owned(), bytes)], note })
}

/// The scene, and the faces it was measured with: those of the system too when the bundled ones lack a letter of it.
fn scene(document: &Document, view: &View, options: &PictureOptions) -> (Scene, Fonts) {
    let bundled = Fonts::bundled();
    let scene = (view.scene)(document, &bundled, options);
    let lacking: Vec<&str> = texts(&scene).filter(|text| !bundled.missing(text).is_empty()).collect();
    if lacking.is_empty() {
        return (scene, bundled);
    }
    let more = fonts::covering(&bundled, lacking);
    ((view.scene)(document, &more, options), more)
}

fn texts(scene: &Scene) -> impl Iterator<Item = &str> {
    scene.groups.iter().flat_map(|group| &group.items).filter_map(|item| match item {
        Item::Text { text, .. } => Some(text.as_ref()),
        _ => None,
    })
}

fn view_of(name: Option<&str>) -> Result<&'static View, Failure> {
    let name = name.unwrap_or(VIEWS[0].id);
    VIEWS.iter().find(|view| view.id == name).ok_or_else(|| {
        let known: Vec<&str> = VIEWS.iter().map(|view| view.id).collect();
        Failure::refused(format!("there is no view “{name}”: the views are {}", known.join(", ")))
    })
}

fn options(document: &Document, picture: &Picture) -> Result<PictureOptions, Failure> {
    let usual = PictureOptions::default();
    let date = if picture.no_date { None } else { Some(date(picture.date)?.to_string()) };
    Ok(PictureOptions {
        title: !picture.no_title,
        legend: !picture.no_legend,
        date,
        margin: picture.margin.unwrap_or(usual.margin),
        only: only(document, &picture.only)?,
    })
}

/// The day that is asked for, else the one of `SOURCE_DATE_EPOCH` (seconds since 1970, UTC), else today.
///
/// That variable is how builds that must give the same bytes every time set the clock (reproducible-builds.org).
fn date(asked: Option<Date>) -> Result<Date, Failure> {
    if let Some(date) = asked {
        return Ok(date);
    }
    let Some(seconds) = std::env::var_os("SOURCE_DATE_EPOCH").filter(|seconds| !seconds.is_empty()) else {
        return Ok(jiff::Zoned::now().date());
    };
    let parsed = seconds.to_str().and_then(|seconds| seconds.parse().ok());
    let time = parsed.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    let time = time.ok_or_else(|| {
        let seconds = seconds.display();
        Failure::refused(format!(
            "SOURCE_DATE_EPOCH is “{seconds}”, not a number of seconds: set it right, or use --date"
        ))
    })?;
    Ok(time.to_zoned(jiff::tz::TimeZone::UTC).date())
}

/// The parties of these names and the handoffs among them; `None` when no name is given.
fn only(document: &Document, names: &[String]) -> Result<Option<BTreeSet<Subject>>, Failure> {
    if names.is_empty() {
        return Ok(None);
    }
    let mut parties: BTreeSet<PartyId> = BTreeSet::new();
    for name in names {
        let found = parties_called(document, name);
        if found.is_empty() {
            return Err(Failure::refused(no_party(document, name)));
        }
        parties.extend(found);
    }
    let inside = |end: Option<PartyId>| end.is_none_or(|id| parties.contains(&id));
    let between = document.handoffs().filter(|(_, h)| inside(h.supplier) && inside(h.customer));
    let handoffs = between.map(|(id, _)| Subject::Handoff(id));
    Ok(Some(parties.iter().map(|id| Subject::Party(*id)).chain(handoffs).collect()))
}

/// The parties of this name, else the one with this id, else those whose name is the same in other letters.
fn parties_called(document: &Document, name: &str) -> Vec<PartyId> {
    let named = |is: &dyn Fn(&str) -> bool| -> Vec<PartyId> {
        document.parties().filter(|(_, party)| is(&party.name)).map(|(id, _)| id).collect()
    };
    let exact = named(&|other| other == name);
    if !exact.is_empty() {
        return exact;
    }
    match PartyId::parse(name).ok().filter(|id| document.party(*id).is_some()) {
        Some(id) => vec![id],
        None => named(&|other| other.trim().to_lowercase() == name.trim().to_lowercase()),
    }
}

fn no_party(document: &Document, name: &str) -> String {
    const MOST: usize = 20;
    let names: Vec<String> = document.parties().take(MOST).map(|(id, _)| document.name_of(id)).collect();
    let more = document.parties_len().saturating_sub(MOST);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("there is no party “{name}” on this map; there are: {}{more}", names.join(", "))
}
