//! The map as a picture.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Job, Made};
use crate::cli::args::Picture;
use crate::cli::failure::Failure;
use crate::export::png::{self, PngError, PngOptions};
use crate::files::format;
use crate::model::{Document, PartyId, Subject};
use crate::scene::map::MapScene;
use crate::scene::picture::{PictureOptions, picture};
use crate::scene::text::Fonts;
use crate::scene::{Scene, Theme};

/// Something a picture can show.
#[derive(Debug)]
struct View {
    /// The word that names it.
    id: &'static str,
    /// What it shows, in a few words.
    about: &'static str,
    /// Makes the scene.
    scene: fn(&Document, &Fonts, &PictureOptions) -> Scene,
}

/// Every view, the usual one first.
const VIEWS: &[View] = &[View {
    id: "map",
    about: "cards and arrows as they stand on the map",
    scene: |document, fonts, options| picture(document, &MapScene::of(document, fonts), fonts, options),
}];

/// Pixels per map unit when no size is asked for, as in the window.
const USUAL_SCALE: f32 = 2.0;

/// The views and what they show, for the help.
pub(in crate::cli) fn views() -> String {
    let views = VIEWS.iter().map(|view| format!("{} ({})", view.id, view.about));
    views.collect::<Vec<_>>().join(", ")
}

/// Paints a PNG.
pub(super) fn png(job: &Job<'_>) -> Result<Made, Failure> {
    let Job { document, out, picture } = *job;
    let view = view_of(picture.view.as_deref())?;
    let (scene, fonts) = scene(document, view, &options(document, picture)?);
    let (pixels_per_unit, dpi) = match (picture.scale, picture.width, picture.dpi) {
        (_, Some(width), _) => (png::scale_for_width(&scene, width), None),
        (_, _, Some(dpi)) => (dpi / UNITS_PER_INCH, Some(dpi)),
        (scale, ..) => (scale.unwrap_or(USUAL_SCALE), None),
    };
    let title = document.info().title.trim();
    let options = PngOptions {
        pixels_per_unit,
        dpi,
        theme: picture.theme.map_or(Theme::Light, Theme::from),
        map: (!picture.no_map).then(|| format::write(document)),
        title: (!picture.no_title && !title.is_empty()).then(|| title.to_owned()),
        ..PngOptions::default()
    };
    let bytes = png::png(&scene, &fonts, &options)
        .map_err(|error| Failure::refused(format!("“{}” was not written: {}", out.display(), in_words(&error))))?;
    let (width, height) = png::size_in_pixels(&scene, pixels_per_unit);
    Ok(Made { files: vec![(out.to_owned(), bytes)], note: Some(format!("{width} × {height} pixels")) })
}

/// A map unit is a pixel of a screen at 100 %, which has 96 of them to the inch.
const UNITS_PER_INCH: f32 = 96.0;

fn in_words(error: &PngError) -> String {
    match error {
        PngError::TooLarge { width, height, widest } => format!(
            "{width} × {height} pixels are too many; this map can be up to {widest} pixels wide: choose a smaller size"
        ),
        PngError::Map => "the map is too large to be kept inside a picture: leave it out with --no-map".into(),
        error => error.to_string(),
    }
}

/// The scene, and the faces it was measured with.
fn scene(document: &Document, view: &View, options: &PictureOptions) -> (Scene, Fonts) {
    let fonts = Fonts::bundled();
    ((view.scene)(document, &fonts, options), fonts)
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
