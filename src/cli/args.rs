//! What can be said on the command line. The comments on the fields are the help that `peel --help` prints.

mod picture;

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Args, Parser, Subcommand};
use jiff::civil::Date;

use super::export::endings_explained;
use super::{brief, improve, report, survey};
use crate::analysis::simulation::{MOST_RUNS, Repeat, Setting};
use crate::brief::{ALL, Kind};
use crate::files::samples;

pub(super) use picture::Picture;

/// Map the handoffs behind what a customer receives, and repair them one at a time.
///
/// Without a command, Peel opens its window: with MAP, or with a page to start from.
/// Every command works without a display.
#[derive(Debug, Parser)]
#[command(verbatim_doc_comment, name = "peel", version, args_conflicts_with_subcommands = true, after_help = AFTER)]
pub(super) struct Arguments {
    /// The map to open in the window: a .ron file, or a PNG picture with a map inside
    pub map: Option<PathBuf>,
    /// What to do without the window.
    #[command(subcommand)]
    pub command: Option<Command>,
}

const AFTER: &str = "\
Examples:
  peel new lab.ron --sample lab                  a map to look at
  peel export lab.ron lab.png --width 1920       a picture for a slide
  peel analyse lab.ron --json                    figures for a script
  peel import parties.csv handoffs.csv --out map.ron
  peel brief loan.ron --party Submission brief.pdf
  peel report loan.ron report.pdf                all of it, to hand round

Exit status: 0 done; 1 it could not be carried out, and a message says why; 2 wrong usage.
When a command fails, nothing is written and no existing file is touched.";

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make an empty map, or one from a sample
    New(New),
    /// Write the map as a picture or as tables
    Export(Export),
    /// Show the figures: lead time, rolled quality, layers, costly handoffs, silos
    #[command(alias = "analyze")]
    Analyse(Analyse),
    /// Show the findings: what is missing, doubtful or in the way, and what to do
    Check(Check),
    /// Bring tables of parties, handoffs and requirements into a map
    Import(Import),
    /// Write all figures and findings as a report to hand round
    Report(Report),
    /// Write what a party's handoffs ask for: a supplier brief, a mirror page or an agreement
    Brief(Brief),
    /// Write a sheet on which a customer of a party says what they want
    Survey(Survey),
    /// Write what a sprint or scenario costs and saves, on one page
    Case(Case),
    /// Write reviews, sprints and ends of agreements as a calendar file
    Calendar(Calendar),
    /// Show how two maps, or two versions of one, differ
    Compare(Compare),
}

/// `peel new`.
#[derive(Debug, Args)]
pub(super) struct New {
    /// The file to make, such as map.ron; one that is there already is not touched
    pub out: PathBuf,
    /// Begin with a sample, not empty
    #[arg(long, value_name = "NAME", value_parser = sample_names())]
    pub sample: Option<String>,
}

/// `peel analyse`.
#[derive(Debug, Args)]
pub(super) struct Analyse {
    /// The map: a .ron file, or a picture with a map inside
    pub map: PathBuf,
    /// Print JSON: times in hours, shares as fractions of 1, null for unknown
    #[arg(long)]
    pub json: bool,
    /// With the changes of this scenario made, by name or id
    #[arg(long, value_name = "NAME")]
    pub scenario: Option<String>,
    /// Hold the scenario against today: now, then and the difference
    #[arg(long, requires = "scenario")]
    pub compare: bool,
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date, help = DAY)]
    pub date: Option<Date>,
    /// How the lead time is simulated.
    #[command(flatten)]
    pub simulation: Simulation,
}

/// How the lead time is simulated.
#[derive(Debug, Args)]
#[command(next_help_heading = "Simulation of the lead time")]
pub(super) struct Simulation {
    /// Draw times from their ranges, and rework by chance, this often
    #[arg(long, value_name = "RUNS", num_args = 0..=1, default_missing_value = "10000", value_parser = runs)]
    pub simulate: Option<usize>,
    /// Another draw; the same seed gives the same figures [default: 1]
    #[arg(long, value_name = "N", requires = "simulate")]
    pub seed: Option<u64>,
    #[arg(long, value_name = "HOW", requires = "simulate", value_parser = repeat, help = format!("What comes back: {} [default: once]", repeats()))]
    pub rework: Option<Repeat>,
}

impl Simulation {
    /// The setting, when a simulation is asked for.
    pub fn setting(&self) -> Option<Setting> {
        let usual = Setting::default();
        let (seed, rework) = (self.seed.unwrap_or(usual.seed), self.rework.unwrap_or(usual.rework));
        Some(Setting { runs: self.simulate?, seed, rework, ..usual })
    }
}

fn runs(text: &str) -> Result<usize, String> {
    let number = text.parse().ok().filter(|runs| (1..=MOST_RUNS).contains(runs));
    number.ok_or_else(|| format!("write a whole number from 1 to {MOST_RUNS}"))
}

fn repeats() -> String {
    ids(&Repeat::ALL.iter().map(|repeat| repeat.word()).collect::<Vec<_>>())
}

fn repeat(text: &str) -> Result<Repeat, String> {
    let found = Repeat::ALL.iter().find(|repeat| repeat.word() == text).copied();
    found.ok_or_else(|| format!("choose one of {}", repeats()))
}

/// `peel check`.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// The map: a .ron file, or a picture with a map inside
    pub map: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Also what was put aside, with the reason
    #[arg(long)]
    pub all: bool,
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date, help = DAY)]
    pub date: Option<Date>,
}

/// `peel report`.
#[derive(Debug, Args)]
pub(super) struct Report {
    /// The map: a .ron file, or a picture with a map inside
    pub map: PathBuf,
    #[arg(help = format!("The file to write, replaced if it is there:\n{}", report::endings_explained()))]
    pub out: PathBuf,
    /// With the changes of this scenario made, held against today
    #[arg(long, value_name = "NAME")]
    pub scenario: Option<String>,
    /// Only this external customer, by name or id [default: all]
    #[arg(long, value_name = "NAME")]
    pub customer: Option<String>,
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date, help = DATE)]
    pub date: Option<Date>,
    /// How the lead time is simulated.
    #[command(flatten)]
    pub simulation: Simulation,
}

/// `peel import`.
#[derive(Debug, Args)]
pub(super) struct Import {
    /// .csv files, or .xlsx workbooks with sheets parties, handoffs, requirements
    #[arg(required = true, value_name = "TABLE")]
    pub tables: Vec<PathBuf>,
    /// The map to write; one that is there is only touched when --into names it too
    #[arg(long, value_name = "MAP")]
    pub out: PathBuf,
    /// The map to bring the tables into; without it they make a new one
    #[arg(long, value_name = "MAP")]
    pub into: Option<PathBuf>,
}

/// `peel brief`.
#[derive(Debug, Args)]
pub(super) struct Brief {
    /// The map: a .ron file, or a picture with a map inside
    pub map: PathBuf,
    #[arg(help = format!("The file to write, replaced if it is there: {}", brief::endings()))]
    pub out: PathBuf,
    /// The party it is about, by name or id
    #[arg(long, value_name = "NAME")]
    pub party: String,
    #[arg(long, value_name = "KIND", value_parser = kind, default_value = "supplier", hide_default_value = true, help = format!("What to write [default: supplier]\n{}", brief::kinds_explained()))]
    pub kind: &'static Kind,
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date, help = DATE)]
    pub date: Option<Date>,
}

/// `peel survey`.
#[derive(Debug, Args)]
pub(super) struct Survey {
    /// The map: a .ron file, or a picture with a map inside
    pub map: PathBuf,
    #[arg(help = format!("The file to write, replaced if it is there:\n{}", survey::endings_explained()))]
    pub out: PathBuf,
    /// The party whose customer is asked, by name or id
    #[arg(long, value_name = "NAME")]
    pub party: String,
    /// The customer who is asked, by name or id
    #[arg(long, value_name = "NAME")]
    pub customer: String,
}

/// `peel case`.
#[derive(Debug, Args)]
pub(super) struct Case {
    /// The map: a .ron file, or a picture with a map inside
    pub map: PathBuf,
    #[arg(help = format!("The file to write, replaced if it is there: {}", improve::endings()))]
    pub out: PathBuf,
    /// The sprint, by its goal or id
    #[arg(long, value_name = "GOAL", required_unless_present = "scenario", conflicts_with = "scenario")]
    pub sprint: Option<String>,
    /// The scenario, by name or id
    #[arg(long, value_name = "NAME")]
    pub scenario: Option<String>,
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date, help = DATE)]
    pub date: Option<Date>,
}

/// `peel calendar`.
#[derive(Debug, Args)]
pub(super) struct Calendar {
    /// The map: a .ron file, or a picture with a map inside
    pub map: PathBuf,
    /// The file to write, replaced if it is there: .ics, for Outlook, Google and Apple calendars
    pub out: PathBuf,
}

/// `peel compare`.
#[derive(Debug, Args)]
pub(super) struct Compare {
    /// The earlier map: a .ron file, or a picture with a map inside
    pub before: PathBuf,
    /// The later one; parties and handoffs are the same when their ids are
    pub after: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date, help = DAY)]
    pub date: Option<Date>,
}

/// `peel export`.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// The map: a .ron file, or a picture with a map inside
    pub map: PathBuf,
    #[arg(help = format!("The file to write, replaced if it is there; its ending says what it is:\n{}", endings_explained()))]
    pub out: PathBuf,
    /// How the picture is.
    #[command(flatten)]
    pub picture: Picture,
}

/// For what depends on the day.
const DAY: &str = "The day on which things are stale or overdue\n[default: today, or the day of SOURCE_DATE_EPOCH]";
const DATE: &str = "The date to print [default: today, or the day of SOURCE_DATE_EPOCH]";

fn sample_names() -> PossibleValuesParser {
    samples::ALL.iter().map(|sample| PossibleValue::new(sample.id).help(sample.title)).collect::<Vec<_>>().into()
}

fn ids(ids: &[&str]) -> String {
    ids.join(", ")
}

fn kind(text: &str) -> Result<&'static Kind, String> {
    let known: Vec<&str> = ALL.iter().map(|kind| kind.id).collect();
    Kind::by_id(text).ok_or_else(|| format!("choose one of {}", ids(&known)))
}

fn date(text: &str) -> Result<Date, String> {
    let plain = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let parsed = plain.then(|| text.parse().ok()).flatten();
    parsed.ok_or_else(|| "write a day as YYYY-MM-DD, such as 2026-03-31".into())
}
