//! Times frames of the window without a display: building the frame and cutting it into triangles.
//!
//! `cargo bench --bench window -- [PARTIES …]` prints milliseconds a frame, the median of several, with the whole map in
//! view: standing still, the pointer moving, panning, zooming, one card dragged, all cards dragged; panning at 100 %; then
//! the list of handoffs: scrolled, and after an edit of one.
#![expect(clippy::print_stdout, reason = "the table is the result")]

#[cfg(feature = "gui")]
#[path = "common/maps.rs"]
mod maps;
#[path = "common/time.rs"]
mod time;

#[cfg(feature = "gui")]
fn main() {
    println!(
        "{:>8} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9} {:>11} {:>9}",
        "parties",
        "first",
        "still",
        "hover",
        "pan",
        "zoom",
        "drag one",
        "drag all",
        "pan near",
        "list scroll",
        "list edit"
    );
    for count in maps::counts(&[100, 1_000, 10_000, 50_000]) {
        frames::row(count);
    }
}

#[cfg(not(feature = "gui"))]
fn main() {
    println!("built without the window");
}

#[cfg(feature = "gui")]
mod frames {
    use egui::{Event, Modifiers, PointerButton, Pos2, RawInput, pos2, vec2};
    use peel::app::App;
    use peel::model::IdGen;

    use super::maps::document;
    use super::time::median;

    struct Bench {
        context: egui::Context,
        app: App,
        time: f64,
    }

    impl Bench {
        fn frame(&mut self, events: Vec<Event>) {
            self.time += 1.0 / 60.0;
            let screen = egui::Rect::from_min_size(Pos2::ZERO, vec2(1920.0, 1080.0));
            let input = RawInput { screen_rect: Some(screen), time: Some(self.time), events, ..RawInput::default() };
            let Self { context, app, .. } = self;
            let mut output = context.run_ui(input, |ui| app.ui(ui));
            output.textures_delta.clear();
            std::hint::black_box(context.tessellate(output.shapes, output.pixels_per_point));
        }

        fn button(&mut self, pos: Pos2, pressed: bool) {
            let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
            self.frame(vec![Event::PointerButton { pos, button, pressed, modifiers }]);
        }

        /// Until what has begun is at rest: a wheel goes on turning for some frames.
        fn settle(&mut self) {
            for _ in 0..40 {
                self.frame(Vec::new());
            }
        }

        fn command(&mut self, id: &str) {
            let context = self.context.clone();
            self.app.run_command(&context, id);
            self.settle();
        }

        /// A drag that begins on the first card: milliseconds a frame.
        fn drag(&mut self) -> f64 {
            let document = self.app.editor().document();
            let (id, place) = document.parties().find_map(|(id, _)| Some((id, document.place(id)?))).expect("a card");
            let from = self.app.on_screen(place);
            self.frame(vec![Event::PointerMoved(from)]);
            self.button(from, true);
            let moved = |i: usize| from + vec2(30.0 + 7.0 * i as f32, 19.0);
            self.frame(vec![Event::PointerMoved(moved(0))]);
            let time = median(9, |i| self.frame(vec![Event::PointerMoved(moved(i + 1))]));
            self.button(moved(10), false);
            assert_ne!(self.app.editor().document().place(id), Some(place), "the card was dragged");
            self.command("undo");
            time
        }
    }

    /// Milliseconds a frame of the list of handoffs: scrolled, and after an edit of one of them.
    fn list(bench: &mut Bench) -> (f64, f64) {
        let context = bench.context.clone();
        bench.command("view-list");
        for _ in 0..200 {
            bench.frame(Vec::new());
        }
        let wheel = |points| Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: vec2(0.0, points),
            modifiers: Modifiers::NONE,
            phase: egui::TouchPhase::Move,
        };
        let scroll = median(9, |_| bench.frame(vec![wheel(-60.0)]));
        let edit = median(9, |i| {
            let (id, handoff) = bench.app.editor().document().handoffs().nth(i).expect("a handoff");
            let changed = peel::model::Handoff { wait_h: Some(i as f64), ..(**handoff).clone() };
            let edits = vec![peel::model::Edit::PutHandoff(id, changed)];
            bench.app.act(&context, peel::app::Action::edit("change wait", edits));
            bench.frame(Vec::new());
        });
        (scroll, edit)
    }

    pub fn row(count: usize) {
        let context = egui::Context::default();
        // What is added is younger than what is there.
        let mut app = App::new(&context, None, IdGen::new(500_000, 1));
        app.open_document(document(count));
        let mut bench = Bench { context, app, time: 0.0 };
        let first = median(1, |_| bench.frame(Vec::new()));
        for _ in 0..4 {
            bench.frame(Vec::new());
        }
        let still = median(9, |_| bench.frame(Vec::new()));
        let at = |i: usize| pos2(600.0 + i as f32, 500.0);
        let hover = median(9, |i| bench.frame(vec![Event::PointerMoved(at(i))]));
        let wheel = |delta, modifiers| Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta,
            modifiers,
            phase: egui::TouchPhase::Move,
        };
        let pan = |bench: &mut Bench| {
            median(9, |i| bench.frame(vec![wheel(vec2(0.0, if i % 2 == 0 { 40.0 } else { -40.0 }), Modifiers::NONE)]))
        };
        let far = pan(&mut bench);
        let zoom = median(9, |i| {
            let delta = vec2(0.0, if i % 2 == 0 { 20.0 } else { -20.0 });
            bench.frame(vec![wheel(delta, Modifiers::COMMAND)]);
        });
        bench.settle();
        bench.command("fit");
        let one = bench.drag();
        bench.command("select-all");
        let all = bench.drag();
        bench.command("zoom-100");
        let near = pan(&mut bench);
        bench.command("select-none");
        let (scroll, edit) = list(&mut bench);
        println!(
            "{count:>8} {first:>9.1} {still:>9.2} {hover:>9.2} {far:>9.2} {zoom:>9.2} {one:>9.2} {all:>9.2} {near:>9.2} {scroll:>11.2} {edit:>9.2}"
        );
    }
}
