//! What the canvas shows: the drawing of the chosen view, kept up to date with the map, and the move from one to the next.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::Instant;

use crate::app::cx::Cx;
use crate::app::tasks::WORTH_TELLING;
use crate::geom::Point;
use crate::model::{Document, Figure, PartyId, Subject, ViewChoice, ViewKind};
use crate::scene::drawing::{Changes, Drawing};
use crate::scene::map::MapScene;
use crate::scene::message;
use crate::scene::text::Fonts;
use crate::views::{self, Against, Ask, Dress};

/// Seconds that cards take to their new places.
pub const MOVE_TIME: f64 = 0.32;
/// With more parties than this a view is arranged on a thread of its own, and cards do not fly.
const MANY: usize = 300;
/// Changing the view quickly starts no more than this beside what is waited for.
const MOST_ABANDONED: usize = 2;

/// The drawing on the canvas.
#[derive(Debug, Default)]
pub struct Show {
    /// The free map, redone piece by piece.
    map: MapScene,
    /// What the drawing was made for.
    made_for: Option<Order>,
    /// What is laid over the map, when that is what the drawing was made of.
    dress: Option<Dress>,
    /// The drawing of every other view.
    target: Arc<Drawing>,
    /// What is painted.
    shown: Arc<Drawing>,
    motion: Option<Motion>,
    work: Option<Work>,
    /// Work that nobody waits for any more, but which goes on.
    abandoned: Vec<Receiver<Drawing>>,
    /// The map's own drawing is painted, without a copy.
    is_map: bool,
    /// Counts drawings, to know when one was made anew.
    pub revision: u64,
}

/// What a drawing is made of.
#[derive(Debug, Clone)]
struct Order {
    document: Document,
    choice: ViewChoice,
    faces: usize,
    moved: BTreeMap<PartyId, Point>,
    emphasis: BTreeSet<Subject>,
    against: Option<Against>,
}

impl PartialEq for Order {
    fn eq(&self, other: &Self) -> bool {
        self.document.is_same(&other.document)
            && self.choice == other.choice
            && self.faces == other.faces
            && self.moved == other.moved
            && self.emphasis == other.emphasis
            && match (&self.against, &other.against) {
                (None, None) => true,
                (Some(one), Some(two)) => one.before.is_same(&two.before) && one.words == two.words,
                _ => false,
            }
    }
}

impl Order {
    fn draw(&self, fonts: &Fonts, before: Option<&Drawing>) -> Drawing {
        views::draw(&self.ask(fonts, before))
    }

    fn ask<'a>(&'a self, fonts: &'a Fonts, before: Option<&'a Drawing>) -> Ask<'a> {
        let Self { document, choice, emphasis, against, .. } = self;
        Ask { document, choice, fonts, before, emphasis, is_live: true, against: against.as_ref() }
    }
}

/// A drawing that is being made on a thread.
#[derive(Debug)]
struct Work {
    order: Order,
    receiver: Receiver<Drawing>,
    since: Instant,
}

/// A view that is being arranged.
#[derive(Debug)]
pub struct Arranging {
    /// Since when.
    pub since: Instant,
    /// What is shown meanwhile, or else the map: to be chosen by whom it takes too long.
    pub instead: ViewChoice,
}

/// Cards on their way.
#[derive(Debug)]
struct Motion {
    from: Arc<Drawing>,
    start: f64,
}

/// True when the map is shown with nothing laid over it.
fn is_plain(cx: &Cx<'_>) -> bool {
    is_plain_map(cx.view) && cx.emphasis.is_empty() && cx.editor.scenario().is_none() && cx.other.is_none()
}

/// True when a view is the map with nothing laid over it.
fn is_plain_map(choice: &ViewChoice) -> bool {
    choice.kind == ViewKind::Map
        && choice.figure == Figure::None
        && choice.layers.is_none()
        && choice.spotlight.is_none()
        && choice.filter.trim().is_empty()
}

impl Show {
    /// What is on the canvas now.
    pub fn drawing(&self) -> &Drawing {
        if self.is_map { self.map.drawing() } else { &self.shown }
    }

    /// What is on the canvas when all has come to rest.
    pub fn at_rest(&self) -> &Drawing {
        if self.is_map { self.map.drawing() } else { &self.target }
    }

    /// The free map's scene; up to date while the map is shown.
    pub fn map(&self) -> &MapScene {
        &self.map
    }

    /// What is being arranged on a thread, as large views are.
    pub fn arranging(&self) -> Option<Arranging> {
        let Work { order, since, .. } = self.work.as_ref()?;
        let shown = self.made_for.as_ref().filter(|_| !self.is_map).map(|made| made.choice.clone());
        let map = || ViewChoice { kind: ViewKind::Map, flow: order.choice.flow, ..ViewChoice::default() };
        let instead = shown.filter(|shown| *shown != order.choice).unwrap_or_else(map);
        Some(Arranging { since: *since, instead })
    }

    /// Forgets everything that was measured.
    pub fn forget(&mut self) {
        *self = Self { revision: self.revision + 1, ..Self::default() };
    }

    /// Brings the drawing up to date; gives what changed on the canvas. `moved` are places that a gesture shows.
    pub fn sync(&mut self, ctx: &egui::Context, cx: &Cx<'_>, moved: &BTreeMap<PartyId, Point>) -> Changes {
        let plain = is_plain(cx);
        if plain && self.is_map {
            self.abandon(cx.view);
            return self.map.sync(cx.document(), moved, cx.fonts);
        }
        if let Some(changes) = self.redress(cx, moved) {
            return changes;
        }
        let before = if self.is_map { Arc::new(self.map.drawing().clone()) } else { self.shown.clone() };
        let moved = if cx.view.kind == ViewKind::Map { moved.clone() } else { BTreeMap::new() };
        let order = Order {
            document: cx.document().clone(),
            choice: cx.view.clone(),
            faces: cx.fonts.faces(),
            moved: moved.clone(),
            emphasis: cx.emphasis.clone(),
            against: cx.against(),
        };
        self.receive(cx.fonts);
        self.abandon(&order.choice);
        if self.made_for.as_ref() != Some(&order) && self.work.is_none() {
            self.make(ctx, cx, order, before.clone());
        }
        self.step(ctx);
        if plain && self.motion.is_none() && self.work.is_none() {
            self.map.sync(cx.document(), &moved, cx.fonts);
            self.is_map = true;
            self.made_for = None;
            self.shown = Arc::default();
            self.target = Arc::default();
        }
        if !self.is_map && Arc::ptr_eq(&before, &self.shown) {
            return Changes::default();
        }
        before.difference(self.drawing())
    }

    /// Where cards of the dressed map only moved: brings these alone up to date, with their handoffs. `None` where more
    /// than that is other.
    fn redress(&mut self, cx: &Cx<'_>, moved: &BTreeMap<PartyId, Point>) -> Option<Changes> {
        let Self { map, made_for: Some(made), dress: Some(dress), target, shown, motion: None, work: None, .. } = self
        else {
            return None;
        };
        let is_like = *cx.view == made.choice && *cx.emphasis == made.emphasis && cx.fonts.faces() == made.faces;
        let is_alone = made.against.is_none() && cx.against().is_none();
        if self.is_map || !is_like || !is_alone || !cx.document().has_same_chain(&made.document) {
            return None;
        }
        let changes = map.sync(cx.document(), moved, cx.fonts);
        made.document = cx.document().clone();
        made.moved.clone_from(moved);
        if changes.is_empty() {
            return Some(changes);
        }
        let all = map.drawing();
        let arrows: Vec<_> = changes.handoffs.iter().filter_map(|id| Some((*id, all.arrows.get(id)?))).collect();
        let ends = arrows.iter().filter_map(|(id, _)| made.document.handoff(*id)).flat_map(|h| h.known_ends());
        let cards =
            ends.chain(changes.parties.iter().copied()).filter_map(|id| Some((id, all.cards.get(&id)?.clone())));
        let part = Drawing {
            cards: cards.collect(),
            arrows: arrows.iter().map(|(id, arrow)| (*id, Arc::clone(arrow))).collect(),
            ..Drawing::default()
        };
        let part = dress.on(part, &made.ask(cx.fonts, None));
        // What is painted is the target itself: then nothing has to be copied.
        *shown = Arc::default();
        let whole = Arc::make_mut(target);
        whole.cards.extend(part.cards);
        whole.arrows.extend(part.arrows);
        *shown = target.clone();
        self.revision += 1;
        Some(changes)
    }

    /// Makes the drawing of an order, here or on a thread.
    fn make(&mut self, ctx: &egui::Context, cx: &Cx<'_>, order: Order, from: Arc<Drawing>) {
        let plain = is_plain(cx);
        let same_kind = self.made_for.as_ref().is_some_and(|made| made.choice.kind == order.choice.kind);
        let dragging = !order.moved.is_empty();
        let many = order.document.parties_len() > MANY;
        let flies = cx.settings.animate && !many && !dragging && !from.is_empty();
        if cx.view.kind == ViewKind::Map {
            self.map.sync(&order.document, &order.moved, cx.fonts);
            let mut map = self.map.drawing().clone();
            let mut dress = None;
            if !plain {
                let ask = order.ask(cx.fonts, None);
                map = dress.insert(Dress::of(&ask)).on_all(map, &ask);
            }
            self.take(map, order);
            self.dress = dress;
        } else if many {
            self.spawn(ctx, order, cx.fonts.clone(), same_kind.then(|| self.target.clone()));
            return;
        } else {
            let earlier = same_kind.then(|| self.target.clone());
            let drawing = order.draw(cx.fonts, earlier.as_deref());
            self.take(drawing, order);
        }
        self.motion = flies.then(|| Motion { from, start: ctx.input(|i| i.time) });
    }

    fn take(&mut self, drawing: Drawing, order: Order) {
        self.target = Arc::new(drawing);
        self.shown = self.target.clone();
        self.made_for = Some(order);
        self.dress = None;
        self.motion = None;
        self.is_map = false;
        self.revision += 1;
    }

    fn spawn(&mut self, ctx: &egui::Context, order: Order, fonts: Fonts, before: Option<Arc<Drawing>>) {
        if self.abandoned.len() >= MOST_ABANDONED {
            ctx.request_repaint_after(WORTH_TELLING / 10); // to look again
            return;
        }
        ctx.request_repaint();
        let (sender, receiver) = channel();
        let (ctx, of) = (ctx.clone(), order.clone());
        let run = move || {
            let drawing = catch_unwind(AssertUnwindSafe(|| of.draw(&fonts, before.as_deref())));
            // The window may be gone by now; then nobody wants to know.
            if let Ok(drawing) = drawing {
                drop(sender.send(drawing));
            }
            drop(sender);
            ctx.request_repaint();
        };
        if std::thread::Builder::new().name("view".into()).spawn(run).is_ok() {
            self.work = Some(Work { order, receiver, since: Instant::now() });
        }
    }

    /// Waits no longer for a view when another one is wanted. Edits alone do not bring this about: with one after the
    /// other nothing would ever be finished.
    fn abandon(&mut self, wanted: &ViewChoice) {
        self.abandoned.retain(|receiver| matches!(receiver.try_recv(), Err(TryRecvError::Empty)));
        self.abandoned.extend(self.work.take_if(|work| work.order.choice != *wanted).map(|work| work.receiver));
    }

    fn receive(&mut self, fonts: &Fonts) {
        let Some(Work { order, receiver, since }) = self.work.take() else { return };
        match receiver.try_recv() {
            Ok(drawing) => self.take(drawing, order),
            // A mistake in the program: that is said, rather than the same mistake made again and again.
            Err(TryRecvError::Disconnected) => {
                let words = "A mistake in the program stopped the drawing of this view. Nothing of the map is lost: other \
                             views show it, and after the next change this one is tried again.";
                let said = Arc::new(message("This view cannot be shown", words, fonts));
                self.take(Drawing { behind: vec![said], ..Drawing::default() }, order);
            }
            Err(TryRecvError::Empty) => self.work = Some(Work { order, receiver, since }),
        }
    }

    /// One step of the cards' way.
    fn step(&mut self, ctx: &egui::Context) {
        let Some(motion) = &self.motion else { return };
        let passed = (ctx.input(|i| i.time) - motion.start) / MOVE_TIME;
        if passed >= 1.0 {
            self.motion = None;
            self.shown = self.target.clone();
            return;
        }
        let t = passed.max(0.0) as f32;
        self.shown = Arc::new(Drawing::between(&motion.from, &self.target, t * t * (3.0 - 2.0 * t)));
        ctx.request_repaint();
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;
    use crate::app::figures::Figures;
    use crate::app::futures::Futures;
    use crate::app::gathered::Gathered;
    use crate::app::what_if::WhatIf;
    use crate::editor::Editor;
    use crate::files::samples;
    use crate::files::settings::Settings;
    use crate::model::{Edit, IdGen};

    #[test]
    fn a_view_whose_thread_failed_says_so_and_is_tried_again_after_a_change() {
        let fonts = Fonts::bundled();
        let order = Order {
            document: Document::default(),
            choice: ViewChoice::default(),
            faces: fonts.faces(),
            moved: BTreeMap::new(),
            emphasis: BTreeSet::new(),
            against: None,
        };
        let (sender, receiver) = channel();
        drop(sender);
        let work = Work { order, receiver, since: Instant::now() };
        let mut show = Show { work: Some(work), ..Show::default() };
        show.receive(&fonts);
        assert!(show.work.is_none() && show.made_for.is_some());
        let [said] = &show.drawing().behind[..] else { panic!("one message") };
        assert!(said.title.contains("cannot be shown"), "{}", said.title);
    }

    /// A map whose cards were moved, redone piece by piece, is what is drawn anew.
    #[test]
    fn a_dressed_map_is_the_same_piece_by_piece_as_drawn_anew() {
        let ctx = egui::Context::default();
        let (fonts, settings) = (Fonts::bundled(), Settings { animate: false, ..Settings::default() });
        let (ids, figures, futures) = (RefCell::new(IdGen::new(1, 1)), Figures::default(), Futures::default());
        let (what_if, gathered) = (WhatIf::default(), Gathered::default());
        let document = samples::ALL[1].open();
        let parties: Vec<PartyId> = document.parties().map(|(id, _)| id).collect();
        let outermost = views::layers(&document, &ViewChoice::default()).last();
        let some = |every: usize| parties.iter().step_by(every).map(|id| Subject::Party(*id)).collect();
        let mut looks = vec![(ViewChoice::default(), some(3))];
        looks.extend(
            Figure::ALL.iter().map(|figure| (ViewChoice { figure: *figure, ..ViewChoice::default() }, some(99))),
        );
        looks.push((ViewChoice { spotlight: Some(parties[2]), figure: Figure::Slack, ..Default::default() }, some(2)));
        looks.push((
            ViewChoice { layers: Some(outermost - 1), figure: Figure::Loss, ..Default::default() },
            BTreeSet::new(),
        ));
        looks.push((ViewChoice { filter: "e".into(), figure: Figure::Steps, ..Default::default() }, BTreeSet::new()));
        let mut redressed = 0;
        for (view, emphasis) in looks {
            let mut editor = Editor::new(document.clone());
            let mut show = Show::default();
            for at in 0..12 {
                let id = parties[at * 5 % parties.len()];
                let by = |n: usize| crate::geom::pt(n as f32 * 37.0 - 150.0, 90.0 - n as f32 * 23.0);
                let place = editor.document().place(id).unwrap() + by(at);
                let mut moved = BTreeMap::new();
                match at % 4 {
                    0 => editor.edit("move", None, vec![Edit::Place(id, place)]).unwrap(),
                    1 => drop(editor.undo()),
                    2 => drop(moved.insert(id, place)),
                    _ => {}
                }
                let cx = Cx {
                    editor: &editor,
                    ids: &ids,
                    fonts: &fonts,
                    settings: &settings,
                    theme: crate::scene::Theme::Light,
                    view: &view,
                    emphasis: &emphasis,
                    presents: false,
                    figures: &figures,
                    what_if: &what_if,
                    futures: &futures,
                    other: None,
                    gathered: &gathered,
                };
                redressed += usize::from(show.dress.is_some());
                let before = show.drawing().clone();
                let changes = show.sync(&ctx, &cx, &moved);
                let mut shown = editor.document().clone();
                shown.apply(moved.iter().map(|(id, place)| Edit::Place(*id, *place))).unwrap();
                let order = Order { document: shown, moved, ..show.made_for.clone().unwrap_or_else(|| anew(&cx)) };
                let wanted = order.draw(&fonts, None);
                assert!(*show.drawing() == wanted, "{view:?} after {at}");
                let missed = before.difference(&wanted);
                assert!(missed.parties.is_subset(&changes.parties), "{view:?} after {at}: all that changed is told");
                assert!(missed.handoffs.is_subset(&changes.handoffs), "{view:?} after {at}: all that changed is told");
            }
        }
        assert!(redressed > 100, "{redressed} pieces");
    }

    fn anew(cx: &Cx<'_>) -> Order {
        Order {
            document: cx.document().clone(),
            choice: cx.view.clone(),
            faces: cx.fonts.faces(),
            moved: BTreeMap::new(),
            emphasis: cx.emphasis.clone(),
            against: None,
        }
    }
}
