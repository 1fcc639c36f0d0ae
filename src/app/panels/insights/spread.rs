//! How the lead time spreads: a simulation on a thread of its own, with progress and a way to stop it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use egui::{ComboBox, DragValue, ProgressBar, RichText};

use super::super::inspector::fields::Form;
use super::super::inspector::parts::picture;
use super::{line, note};
use crate::analysis::simulation::MOST_RUNS;
use crate::analysis::{Chain, Repeat, Setting, Simulated, simulate};
use crate::app::action::Action;
use crate::app::canvas::paint::color;
use crate::app::cx::Cx;
use crate::app::words::percent;
use crate::geom::Size;
use crate::model::quantity::{duration, rounded};
use crate::model::{Document, PartyId, Subject};
use crate::report::bars;
use crate::scene::Ink;
use crate::scene::histogram::{histogram, in_words};

/// Most drivers that are listed.
const MOST: usize = 8;
/// Height of the histogram.
const HEIGHT: f32 = 130.0;

/// What a simulation is of.
#[derive(Debug, Clone)]
struct Order {
    document: Document,
    customer: PartyId,
    setting: Setting,
}

impl Order {
    fn is_for(&self, document: &Document, customer: PartyId, setting: &Setting) -> bool {
        self.customer == customer && self.setting == *setting && self.document.has_same_chain(document)
    }
}

/// One that is under way.
#[derive(Debug)]
struct Work {
    receiver: Receiver<(Order, Option<Simulated>)>,
    /// The share that is done, as the bits of a number from 0 to 1.
    done: Arc<AtomicU32>,
    stop: Arc<AtomicBool>,
}

impl Drop for Work {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

/// What the page remembers.
#[derive(Debug, Default)]
pub struct State {
    setting: Option<Setting>,
    work: Option<Work>,
    done: Option<(Order, Option<Simulated>)>,
    failed: bool,
}

/// Shows settings, progress and result.
pub fn ui(ui: &mut egui::Ui, cx: &Cx<'_>, customer: PartyId, state: &mut State, out: &mut Vec<Action>) {
    Form { cx, out, focus: false }.heading(ui, "How it spreads");
    note(ui, cx, "Times vary between shortest and longest, and what cannot be used comes back by chance.");
    state.receive();
    let mut setting = state.setting.unwrap_or_default();
    settings(ui, cx, &mut setting);
    state.setting = Some(setting);
    match &state.work {
        Some(work) => {
            let share = f32::from_bits(work.done.load(Ordering::Relaxed));
            ui.add(ProgressBar::new(share).text(format!("{:.0} %", share * 100.0)).desired_height(18.0));
            if ui.button("Stop").clicked() {
                state.work = None;
            }
        }
        None => {
            if ui.button("Simulate").clicked() {
                let order = Order { document: cx.document().clone(), customer, setting };
                state.begin(ui.ctx(), order);
            }
        }
    }
    if state.failed {
        let words = "Not done: the system gives no thread. Close other programs and try again.";
        ui.label(RichText::new(words).color(color(cx.theme, Ink::Bad)));
    }
    match &state.done {
        Some((order, _)) if order.customer != customer => {}
        Some((_, None)) => note(ui, cx, "No time is known yet: enter process times and waits."),
        Some((order, Some(simulated))) => {
            if !order.is_for(cx.document(), customer, &setting) {
                let words = "Of the map and the settings as they were; simulate again for what is now.";
                ui.label(RichText::new(words).small().color(color(cx.theme, Ink::Warn)));
            }
            result(ui, cx, simulated, out);
        }
        None => {}
    }
}

fn settings(ui: &mut egui::Ui, cx: &Cx<'_>, setting: &mut Setting) {
    let faint = |text: &str| RichText::new(text).small().color(color(cx.theme, Ink::Faint));
    ui.horizontal(|ui| {
        ui.label(faint("Rework"));
        let combo = ComboBox::from_id_salt("repeat").selected_text(setting.rework.title()).width(170.0);
        let response = combo.show_ui(ui, |ui| {
            for repeat in Repeat::ALL {
                ui.selectable_value(&mut setting.rework, *repeat, repeat.title());
            }
        });
        response.response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::ComboBox, true, "Rework"));
    });
    ui.horizontal(|ui| {
        ui.label(faint("Runs"));
        let runs = DragValue::new(&mut setting.runs).range(100..=MOST_RUNS).speed(100.0);
        ui.add(runs).on_hover_text("More runs give steadier figures");
        ui.label(faint("Seed"));
        let seed = DragValue::new(&mut setting.seed).speed(0.1);
        ui.add(seed)
            .on_hover_text("The same map with the same seed gives the same figures; another seed, another draw");
    });
}

fn result(ui: &mut egui::Ui, cx: &Cx<'_>, simulated: &Simulated, out: &mut Vec<Action>) {
    let day = cx.document().info().hours_per_day;
    let say = |hours: f64| duration(hours, day);
    let of = |wanted: u8| simulated.percentiles.iter().find(|(p, _)| *p == wanted).map_or(0.0, |(_, hours)| *hours);
    if simulated.without_spread {
        note(ui, cx, "Nothing varies: enter shortest and longest times, or %C&A below 100 %.");
    }
    let bars = bars(simulated, day);
    let size = Size { w: ui.available_width(), h: HEIGHT };
    let items = histogram(&bars, size, cx.fonts);
    let form = Form { cx, out, focus: false };
    picture(ui, &form, &items, egui::vec2(size.w, size.h), &in_words(&bars));
    let least = if simulated.is_at_least() { "≥ " } else { "" };
    let mut table = vec![
        ("Mean", format!("{least}{}", say(simulated.mean_h)), format!("± {}", deviation(simulated, day))),
        ("Half within", format!("{least}{}", say(of(50))), String::new()),
        ("80 % within", format!("{least}{}", say(of(80))), String::new()),
        ("95 % within", format!("{least}{}", say(of(95))), String::new()),
        ("All as likely", say(simulated.likely_h), format!("{} of {} times known", simulated.known, simulated.of)),
    ];
    if let Some(chance) = simulated.on_time {
        let interval = format!("{} to {}", percent(chance.low), percent(chance.high));
        table.push(("In time by chance", percent(chance.share), interval));
    } else {
        note(ui, cx, "Enter a target lead time at the customer to see the chance to meet it.");
    }
    super::rows(ui, cx, "spread", &table);
    drivers(ui, cx, simulated, out);
}

/// The standard deviation in the unit of the mean.
fn deviation(simulated: &Simulated, day: f64) -> String {
    if duration(simulated.mean_h, day).ends_with('d') {
        format!("{} d", rounded(simulated.deviation_h / day, 1))
    } else {
        duration(simulated.deviation_h, day)
    }
}

fn drivers(ui: &mut egui::Ui, cx: &Cx<'_>, simulated: &Simulated, out: &mut Vec<Action>) {
    let driving: Vec<_> = simulated.drivers.iter().filter(|driver| driver.share >= 0.005).take(MOST).collect();
    if !driving.is_empty() {
        Form { cx, out, focus: false }.heading(ui, "What drives the spread");
        for driver in driving {
            let behind = format!("on the longest way in {} of the runs", percent(driver.on_path));
            let behind = if driver.on_path < 1.0 { behind } else { String::new() };
            line(ui, cx, driver.subject, (&percent(driver.share), &behind), out);
        }
    }
    if !simulated.endless.is_empty() {
        note(ui, cx, "Never right in some runs, so it would take longer still:");
        for handoff in simulated.endless.iter().take(MOST) {
            line(ui, cx, Subject::Handoff(*handoff), ("", ""), out);
        }
    }
}

impl State {
    fn begin(&mut self, ctx: &egui::Context, order: Order) {
        let (sender, receiver) = channel();
        let (done, stop) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicBool::new(false)));
        let work = Work { receiver, done: done.clone(), stop: stop.clone() };
        let ctx = ctx.clone();
        let run = move || {
            let watch = |share: f64| {
                done.store((share as f32).to_bits(), Ordering::Relaxed);
                ctx.request_repaint();
                !stop.load(Ordering::Relaxed)
            };
            let chain = Chain::new(&order.document);
            let at = chain.index_of(order.customer);
            let simulated = at.and_then(|at| simulate(&chain, at, &order.setting, &watch));
            // The window may be gone by now; then nobody wants to know.
            drop(sender.send((order.clone(), simulated)));
            ctx.request_repaint();
        };
        let spawned = std::thread::Builder::new().name("simulation".into()).spawn(run).is_ok();
        self.work = spawned.then_some(work);
        self.failed = !spawned;
    }

    fn receive(&mut self) {
        let Some(work) = &self.work else { return };
        match work.receiver.try_recv() {
            Ok(done) => {
                self.work = None;
                self.done = Some(done);
            }
            Err(TryRecvError::Disconnected) => self.work = None,
            Err(TryRecvError::Empty) => {}
        }
    }
}
