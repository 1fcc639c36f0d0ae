//! Drawings as SVG: well-formed, safe, and in a browser the same as the PNG.

mod browser;

use std::collections::BTreeMap;

use browser::xml;
use peel::export::png::{PngOptions, rgba};
use peel::export::{Extent, Page, Paper, Picture, svg};
use peel::files::samples;
use peel::geom::{Rect, Size, pt};
use peel::model::{Document, PartyId, Subject};
use peel::scene::map::MapScene;
use peel::scene::picture::{PictureOptions, picture};
use peel::scene::text::Fonts;
use peel::scene::{Align, Group, Ink, Item, Scene, Segment, Stroke, Theme, Weight};

fn written(scene: &Scene, theme: Theme, map: Option<&str>) -> String {
    let pages = [Page { scene, title: "Map", notes: "" }];
    let bytes = (svg::EXPORTER.export)(&Picture {
        pages: &pages,
        details: &BTreeMap::new(),
        paper: Paper::Fit,
        fonts: &Fonts::bundled(),
        theme,
        extent: Extent::Scale(1.0),
        title: "A <map> of \"Müller & Söhne\"",
        map,
        cancel: None,
    });
    String::from_utf8(bytes.expect("a drawing")).expect("UTF-8")
}

fn sample(id: &str) -> (Document, Scene) {
    let document = samples::ALL.iter().find(|sample| sample.id == id).expect("a sample").open().expect("opens");
    let fonts = Fonts::bundled();
    let options = PictureOptions { date: Some("2026-03-01".into()), ..PictureOptions::default() };
    let scene = picture(&document, MapScene::of(&document, &fonts).drawing(), &fonts, &options);
    (document, scene)
}
