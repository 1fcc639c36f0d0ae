//! The figures of the map, kept up to date beside the frames: at once for a small map, on a thread for a large one.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use jiff::civil::Date;

use super::{App, clock};
use crate::analysis::{Report, report_on};
use crate::model::Document;

/// With no more parties and handoffs than this, the figures are worked out within the frame.
const AT_ONCE: usize = 400;

/// What a report is made of.
#[derive(Debug, Clone)]
struct Order {
    document: Document,
    today: Date,
}

impl Order {
    fn is_for(&self, document: &Document, today: Date) -> bool {
        self.today == today && self.document.has_same_chain(document)
    }
}

/// The latest report, and the one under way.
#[derive(Debug, Default)]
pub struct Figures {
    made: Option<(Order, Arc<Report>)>,
    work: Option<(Order, Receiver<Report>)>,
    /// What no report could be made of: a mistake in the program, which is not made again and again.
    broken: Option<Order>,
}

impl Figures {
    /// The latest report. Of a large map it may be of a moment ago, and name what is not there any more.
    pub fn report(&self) -> Option<&Arc<Report>> {
        self.made.as_ref().map(|(_, report)| report)
    }

    /// True while a newer report is under way.
    pub fn is_at_work(&self) -> bool {
        self.work.is_some()
    }

    /// Forgets all: another map is shown.
    pub fn forget(&mut self) {
        *self = Self::default();
    }

    /// Brings the report up to date, or begins to.
    pub fn sync(&mut self, ctx: &egui::Context, document: &Document, today: Date) {
        self.receive();
        let is_made = self.made.as_ref().is_some_and(|(order, _)| order.is_for(document, today));
        let is_broken = self.broken.as_ref().is_some_and(|order| order.is_for(document, today));
        if is_made || is_broken || self.work.is_some() {
            return;
        }
        let order = Order { document: document.clone(), today };
        if document.parties_len() + document.handoffs_len() > AT_ONCE && self.spawn(ctx, order.clone()) {
            return;
        }
        let report = report_on(&order.document, Some(today));
        self.made = Some((order, Arc::new(report)));
    }

    /// Begins on a thread; false when the system gives none.
    fn spawn(&mut self, ctx: &egui::Context, order: Order) -> bool {
        let (sender, receiver) = channel();
        let (ctx, of) = (ctx.clone(), order.clone());
        let run = move || {
            let report = catch_unwind(AssertUnwindSafe(|| report_on(&of.document, Some(of.today))));
            // The window may be gone by now; then nobody wants to know.
            if let Ok(report) = report {
                drop(sender.send(report));
            }
            drop(sender);
            ctx.request_repaint();
        };
        let spawned = std::thread::Builder::new().name("figures".into()).spawn(run).is_ok();
        self.work = spawned.then_some((order, receiver));
        spawned
    }

    fn receive(&mut self) {
        let Some((order, work)) = self.work.take() else { return };
        match work.try_recv() {
            Ok(report) => self.made = Some((order, Arc::new(report))),
            Err(TryRecvError::Disconnected) => self.broken = Some(order),
            Err(TryRecvError::Empty) => self.work = Some((order, work)),
        }
    }
}

impl App {
    /// Brings the figures up to date while anything that shows them is open.
    pub(super) fn work_out(&mut self, ctx: &egui::Context) {
        let is_seen = self.settings.figures || self.session.insights.is_some() || self.session.inspector;
        if is_seen && self.presenting.is_none() {
            let (document, today) = (self.editor.document(), clock::today());
            self.figures.sync(ctx, document, today);
            self.what_if.sync(ctx, document, today);
            self.work_out_futures(ctx, today);
        }
    }
}
