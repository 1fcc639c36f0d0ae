//! The map as a picture.

use std::collections::BTreeSet;
use std::path::Path;

use super::Made;
use crate::cli::args::Picture;
use crate::cli::failure::Failure;
use crate::cli::names::{no_party, parties_called};
use crate::cli::scenarios::Asked;
use crate::cli::{dates, faces};
use crate::export::{self, Exporter, Extent, Page, Paper, png};
use crate::files::format;
use crate::model::{Document, PartyId, Subject, ViewChoice, ViewKind};
use crate::scene::Theme;
use crate::scene::picture::PictureOptions;
use crate::scene::text::Fonts;
use crate::views::{self, Against, Look};

/// Pixels per map unit when no size is asked for, as in the window.
const USUAL_SCALE: f32 = 2.0;

/// A map unit is a pixel of a screen at 100 %, which has 96 of them to the inch.
const UNITS_PER_INCH: f32 = 96.0;

/// Paints the picture, or the pictures.
pub(super) fn make(current: &Document, out: &Path, exporter: &Exporter, asked: &Picture) -> Result<Made, Failure> {
    let scenario = asked.scenario.as_deref().map(|name| Asked::find(current, name)).transpose()?;
    let document = scenario.as_ref().map_or(current, |scenario| &scenario.document);
    let against = scenario.as_ref().map(|asked| Against::scenario(current, &asked.scenario));
    let options = options(document, asked)?;
    let choices = choices(document, exporter, asked)?;
    let nothing = BTreeSet::new();
    let make = |fonts: &Fonts| {
        if asked.presentation {
            return views::presentation(document, fonts, &options);
        }
        let leaf = |choice| {
            views::leaf(&Look { document, choice, emphasis: &nothing, against: against.as_ref() }, fonts, &options)
        };
        choices.iter().map(leaf).collect()
    };
    let (leaves, fonts) = faces::set(make, |leaf| &leaf.scene);
    let map = (!asked.no_map).then(|| format::write(current));
    let details = views::details(document);
    let pages: Vec<Page<'_>> =
        leaves.iter().map(|l| Page { scene: &l.scene, title: &l.title, notes: &l.notes }).collect();
    let picture = export::Picture {
        pages: &pages,
        details: &details,
        paper: paper(asked),
        fonts: &fonts,
        theme: asked.theme.map_or(Theme::Light, Theme::from),
        transparent: false,
        extent: match (asked.width, asked.dpi) {
            (Some(width), _) => Extent::Width(width),
            (_, Some(dpi)) => Extent::Scale(dpi / UNITS_PER_INCH),
            _ => Extent::Scale(asked.scale.unwrap_or(if exporter.has_pixels { USUAL_SCALE } else { 1.0 })),
        },
        title: if asked.no_title { "" } else { document.info().title.trim() },
        map: map.as_deref(),
        cancel: None,
    };
    let refused = |error| Failure::refused(format!("“{}” was not written: {error}", out.display()));
    let files = export::files(exporter, &picture, out).map_err(refused)?;
    let size = pages.first().map(|page| png::size_in_pixels(page.scene, picture.scale()));
    let pixels = size.filter(|_| exporter.has_pixels && files.len() == 1).map(|(w, h)| format!("{w} × {h} pixels"));
    let note = pixels.or_else(|| (pages.len() > files.len()).then(|| format!("{} pages", pages.len())));
    Ok(Made { files, note })
}

/// Which views are shown, and how they are set. A web page shows them all unless one is named.
fn choices(document: &Document, exporter: &Exporter, asked: &Picture) -> Result<Vec<ViewChoice>, Failure> {
    let one = |name: &Option<String>| -> Result<Option<PartyId>, Failure> {
        let Some(name) = name else { return Ok(None) };
        match parties_called(document, name).as_slice() {
            [] => Err(Failure::refused(no_party(document, name))),
            [id, ..] => Ok(Some(*id)),
        }
    };
    let kind = asked.view.as_deref().map(view_of).transpose()?;
    let choice = ViewChoice {
        kind: kind.unwrap_or_default(),
        flow: asked.flow.unwrap_or_default(),
        mode: asked.count_layers.unwrap_or_default(),
        figure: asked.figure.unwrap_or_default(),
        centre: one(&asked.centre)?,
        customer: one(&asked.customer)?,
        layers: asked.layers,
        filter: asked.filter.clone().unwrap_or_default(),
        sort: None,
        list_sort: None,
        spotlight: one(&asked.spotlight)?,
    };
    if choice.kind == ViewKind::Place && choice.centre.is_none() {
        return Err(Failure::usage("the view “place” is about one party: name it with --centre NAME".to_owned()));
    }
    if kind.is_some() || exporter.has_pixels || !exporter.has_pages || exporter.id == "pdf" {
        return Ok(vec![choice]);
    }
    Ok(views::each(&choice))
}

fn view_of(name: &str) -> Result<ViewKind, Failure> {
    ViewKind::by_id(name).ok_or_else(|| {
        let known: Vec<&str> = ViewKind::ALL.into_iter().map(ViewKind::id).collect();
        Failure::refused(format!("there is no view “{name}”: the views are {}", known.join(", ")))
    })
}

fn paper(asked: &Picture) -> Paper {
    let Some(size) = asked.paper.filter(|(width, _)| *width > 0.0) else { return Paper::Fit };
    match asked.tiles {
        Some(overlap) => Paper::Tiles { width: size.0, height: size.1, overlap },
        None => Paper::Sheet { width: size.0, height: size.1 },
    }
}

fn options(document: &Document, picture: &Picture) -> Result<PictureOptions, Failure> {
    let usual = PictureOptions::default();
    let date = if picture.no_date { None } else { Some(dates::date(picture.date)?.to_string()) };
    Ok(PictureOptions {
        title: !picture.no_title,
        legend: !picture.no_legend,
        date,
        margin: picture.margin.unwrap_or(usual.margin),
        only: only(document, &picture.only)?,
        ..usual
    })
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
