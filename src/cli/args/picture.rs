//! How a picture is asked for.

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::{DATE, date, ids};
use crate::cli::export::views_explained;
use crate::export::pdf;
use crate::model::{Figure, Flow, LayerMode};
use crate::scene::Theme;

/// How a picture is.
#[derive(Debug, Args)]
#[command(next_help_heading = "Pictures")]
pub(in crate::cli) struct Picture {
    #[arg(long, value_name = "VIEW", help = format!("What to show [default: map]\n{}", views_explained()))]
    pub view: Option<String>,
    /// Only the layers of the onion up to this one; 0 is the external customer
    #[arg(long, value_name = "K")]
    pub layers: Option<usize>,
    /// The party it is about: the onion's customer, the SIPOC's process, …
    #[arg(long, value_name = "NAME")]
    pub centre: Option<String>,
    #[arg(
        long,
        value_name = "NAME",
        help = "The external customer whose figures are shown
[default: the one in the centre, else the first by name]"
    )]
    pub customer: Option<String>,
    #[arg(long, value_name = "FIGURE", value_parser = figure, help = format!("What colours the handoffs:\n{}", in_lines(&Figure::ALL.map(Figure::id))))]
    pub figure: Option<Figure>,
    #[arg(long, value_name = "WAY", value_parser = flow, help = format!("Which way the chain runs: {} [default: right]", ids(&Flow::ALL.map(Flow::id))))]
    pub flow: Option<Flow>,
    #[arg(long, value_name = "WAY", value_parser = mode, help = format!("Which way to the customer counts for the layer:\n{} [default: nearest]", ids(&LayerMode::ALL.map(LayerMode::id))))]
    pub count_layers: Option<LayerMode>,
    /// Only parties whose name or department holds this
    #[arg(long, value_name = "TEXT")]
    pub filter: Option<String>,
    /// This party and all that feeds it stand out
    #[arg(long, value_name = "NAME")]
    pub spotlight: Option<String>,
    /// Saved views, else the onion layer by layer: a PDF or numbered pictures
    #[arg(long, conflicts_with_all = ["view", "layers", "centre", "customer", "figure", "flow", "count_layers", "filter", "spotlight", "only"])]
    pub presentation: bool,
    #[arg(long, value_name = "PAPER", value_parser = paper, help = format!("The paper of a PDF; fit is as large as the picture:\n{} [default: fit]", papers()))]
    pub paper: Option<(f32, f32)>,
    /// Spread it over several sheets that overlap, by 10 mm if not said
    #[arg(long, value_name = "MM", num_args = 0..=1, default_missing_value = "10", requires = "paper", value_parser = overlap)]
    pub tiles: Option<f32>,
    /// Size: pixels per map unit, 1 is the screen at 100 % [default: 2]
    #[arg(long, value_name = "N", value_parser = above_zero, group = "size")]
    pub scale: Option<f32>,
    /// Size: exactly this many pixels wide
    #[arg(long, value_name = "PX", value_parser = clap::value_parser!(u32).range(1..), group = "size")]
    pub width: Option<u32>,
    /// Size: dots per inch, 1 to 100000; a card is about 2 inches wide
    #[arg(long, value_name = "N", value_parser = dpi, group = "size")]
    pub dpi: Option<f32>,
    /// Light or dark colours [default: light]
    #[arg(long, value_enum)]
    pub theme: Option<ThemeName>,
    /// Leave out the title of the map
    #[arg(long)]
    pub no_title: bool,
    /// Leave out the date
    #[arg(long)]
    pub no_date: bool,
    /// Leave out what explains shapes, lines and colours
    #[arg(long)]
    pub no_legend: bool,
    /// Leave out the map itself, by which the picture can be opened again
    #[arg(long)]
    pub no_map: bool,
    /// Air around the picture, in map units, 0 to 10000 [default: 32]
    #[arg(long, value_name = "N", value_parser = margin)]
    pub margin: Option<f32>,
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date, conflicts_with = "no_date", help = DATE)]
    pub date: Option<Date>,
    /// As this scenario would have it: what is new, changed or gone is marked
    #[arg(long, value_name = "NAME")]
    pub scenario: Option<String>,
    /// Only these parties, by name or id, and the handoffs between them
    #[arg(long, value_name = "NAME", num_args = 1..)]
    pub only: Vec<String>,
}

impl Picture {
    /// The options that were given, for a message.
    pub fn given(&self) -> Vec<&'static str> {
        let options = [
            ("--view", self.view.is_some()),
            ("--layers", self.layers.is_some()),
            ("--centre", self.centre.is_some()),
            ("--customer", self.customer.is_some()),
            ("--figure", self.figure.is_some()),
            ("--flow", self.flow.is_some()),
            ("--count-layers", self.count_layers.is_some()),
            ("--filter", self.filter.is_some()),
            ("--spotlight", self.spotlight.is_some()),
            ("--presentation", self.presentation),
            ("--paper", self.paper.is_some()),
            ("--tiles", self.tiles.is_some()),
            ("--scale", self.scale.is_some()),
            ("--width", self.width.is_some()),
            ("--dpi", self.dpi.is_some()),
            ("--theme", self.theme.is_some()),
            ("--no-title", self.no_title),
            ("--no-date", self.no_date),
            ("--no-legend", self.no_legend),
            ("--no-map", self.no_map),
            ("--margin", self.margin.is_some()),
            ("--date", self.date.is_some()),
            ("--scenario", self.scenario.is_some()),
            ("--only", !self.only.is_empty()),
        ];
        options.into_iter().filter(|(_, given)| *given).map(|(name, _)| name).collect()
    }
}

/// The themes by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ThemeName {
    /// Dark ink on light paper
    Light,
    /// Light ink on dark paper
    Dark,
}

impl From<ThemeName> for Theme {
    fn from(name: ThemeName) -> Self {
        match name {
            ThemeName::Light => Self::Light,
            ThemeName::Dark => Self::Dark,
        }
    }
}

fn above_zero(text: &str) -> Result<f32, String> {
    number(text).filter(|n| *n > 0.0).ok_or_else(|| "write a number above 0, such as 2".into())
}

fn dpi(text: &str) -> Result<f32, String> {
    let allowed = number(text).filter(|n| (1.0..=100_000.0).contains(n));
    allowed.ok_or_else(|| "write a number from 1 to 100000, such as 300".into())
}

fn margin(text: &str) -> Result<f32, String> {
    number(text).filter(|n| (0.0..=10_000.0).contains(n)).ok_or_else(|| "write a number from 0 to 10000".into())
}

/// The ids in lines of at most six, so that they fit a terminal.
fn in_lines(all: &[&str]) -> String {
    all.chunks(6).map(ids).collect::<Vec<_>>().join(",\n")
}

fn figure(text: &str) -> Result<Figure, String> {
    Figure::by_id(text).ok_or_else(|| format!("choose one of {}", ids(&Figure::ALL.map(Figure::id))))
}

fn flow(text: &str) -> Result<Flow, String> {
    Flow::by_id(text).ok_or_else(|| format!("choose one of {}", ids(&Flow::ALL.map(Flow::id))))
}

fn mode(text: &str) -> Result<LayerMode, String> {
    LayerMode::by_id(text).ok_or_else(|| format!("choose one of {}", ids(&LayerMode::ALL.map(LayerMode::id))))
}

fn papers() -> String {
    let names: Vec<&str> = pdf::PAPERS.iter().map(|paper| paper.0).collect();
    format!("fit, {}", ids(&names))
}

/// Width and height in millimetres; both 0 for paper as large as the picture.
fn paper(text: &str) -> Result<(f32, f32), String> {
    if text.eq_ignore_ascii_case("fit") {
        return Ok((0.0, 0.0));
    }
    let found = pdf::PAPERS.iter().find(|paper| paper.0.eq_ignore_ascii_case(text));
    found.map(|paper| (paper.2, paper.3)).ok_or_else(|| format!("choose one of {}", papers()))
}

fn overlap(text: &str) -> Result<f32, String> {
    number(text).filter(|n| (0.0..=100.0).contains(n)).ok_or_else(|| "write millimetres from 0 to 100".into())
}

fn number(text: &str) -> Option<f32> {
    text.parse().ok().filter(|n: &f32| n.is_finite())
}
