//! Hands on the window: keys, letters and the pointer.

use std::time::{Duration, Instant};

use egui::{Event, Key, Modifiers, PointerButton, Pos2, Vec2};
use egui_kittest::Harness;
use peel::app::App;
use peel::geom::{Point, pt};
use peel::model::{Document, IdGen, Party, PartyId, check};

/// A window on an empty map.
pub struct Hands {
    pub harness: Harness<'static, Option<App>>,
}

/// Frames that are surely enough for the window to come to rest.
const REST: usize = 8;

impl Hands {
    /// A window that shows the welcome page; nothing is kept on disk.
    pub fn at_welcome() -> Self {
        Self::with(|ctx| App::new(ctx, None, IdGen::new(400_000, 1)))
    }

    /// A window on the loan sample that survives mistakes, as the program itself does.
    pub fn that_survives() -> Self {
        let mut hands = Self::shown_by(App::frame, |ctx| App::new(ctx, None, IdGen::new(400_000, 1)));
        hands.harness.state_mut().as_mut().unwrap().open_document(peel::files::samples::ALL[1].open());
        hands.rest();
        hands
    }

    pub fn with(make: impl Fn(&egui::Context) -> App + 'static) -> Self {
        Self::shown_by(App::ui, make)
    }

    fn shown_by(show: fn(&mut App, &mut egui::Ui), make: impl Fn(&egui::Context) -> App + 'static) -> Self {
        let harness = Harness::builder().with_size(Vec2::new(1280.0, 800.0)).build_ui_state(
            move |ui, app: &mut Option<App>| match app {
                Some(app) => show(app, ui),
                // Fonts are there from the next frame on.
                None => {
                    let mut made = make(ui.ctx());
                    made.without_native_dialogs();
                    *app = Some(made);
                    ui.ctx().request_repaint();
                }
            },
            None,
        );
        let mut hands = Self { harness };
        hands.rest();
        hands
    }

    /// A window on an empty map.
    pub fn on_new_map() -> Self {
        let mut hands = Self::at_welcome();
        hands.command("new");
        hands
    }

    /// A window on a sample.
    pub fn on_sample(title: &str) -> Self {
        use egui_kittest::kittest::Queryable as _;
        let mut hands = Self::at_welcome();
        hands.harness.get_by_role_and_label(egui::accesskit::Role::Button, title).click();
        hands.rest();
        hands
    }

    pub fn app(&self) -> &App {
        self.harness.state().as_ref().unwrap()
    }

    pub fn document(&self) -> &Document {
        self.app().editor().document()
    }

    /// Lets some frames pass, and checks that the document is sound.
    pub fn rest(&mut self) {
        self.harness.run_steps(REST);
        if let Some(app) = self.harness.state() {
            assert_eq!(check(app.editor().document()), Vec::<String>::new(), "the document is sound");
        }
    }

    /// Lets frames pass until something is so that a thread brings about.
    pub fn until(&mut self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let begin = Instant::now();
        while !is_so(self) {
            assert!(begin.elapsed() < Duration::from_mins(1), "{what}: {}", self.app().status());
            std::thread::sleep(Duration::from_millis(5));
            self.harness.step();
        }
    }

    /// Gives the keyboard to a text field.
    pub fn focus(&mut self, label: &str) {
        use egui_kittest::kittest::Queryable as _;
        let is_field = |n: &egui_kittest::kittest::AccessKitNode<'_>| {
            use egui::accesskit::Role;
            matches!(n.role(), Role::TextInput | Role::MultilineTextInput) && n.label().as_deref() == Some(label)
        };
        // As the eye does: what is out of sight is scrolled to first.
        self.harness.get_by(is_field).scroll_to_me();
        self.rest();
        self.harness.get_by(is_field).focus();
        self.rest();
    }

    pub fn command(&mut self, id: &str) -> bool {
        let ctx = self.harness.ctx.clone();
        let done = self.harness.state_mut().as_mut().unwrap().run_command(&ctx, id);
        self.rest();
        done
    }

    pub fn key(&mut self, modifiers: Modifiers, key: Key) {
        self.press(modifiers, key);
        self.rest();
    }

    /// A key press with no time to draw after it.
    pub fn press(&mut self, modifiers: Modifiers, key: Key) {
        for pressed in [true, false] {
            let event = Event::Key { key, physical_key: Some(key), pressed, repeat: false, modifiers };
            self.harness.input_mut().events.push(event);
        }
    }

    pub fn letters(&mut self, text: &str) {
        for letter in text.chars() {
            self.harness.input_mut().events.push(Event::Text(letter.to_string()));
        }
    }

    pub fn type_text(&mut self, text: &str) {
        self.letters(text);
        self.rest();
    }

    /// Holds modifiers, or lets go of them.
    pub fn modifiers(&mut self, modifiers: Modifiers) {
        self.harness.input_mut().events.push(Event::ModifiersChanged(modifiers));
    }

    fn button(&mut self, pos: Pos2, button: PointerButton, pressed: bool, modifiers: Modifiers) {
        self.modifiers(modifiers);
        self.harness.event(Event::PointerButton { pos, button, pressed, modifiers });
        self.harness.step();
    }

    pub fn hover(&mut self, pos: Pos2) {
        self.harness.event(Event::PointerMoved(pos));
        self.harness.step();
    }

    pub fn click(&mut self, pos: Pos2, button: PointerButton, modifiers: Modifiers) {
        self.hover(pos);
        self.button(pos, button, true, modifiers);
        self.button(pos, button, false, modifiers);
        self.modifiers(Modifiers::NONE);
        self.rest();
    }

    pub fn double_click(&mut self, pos: Pos2) {
        self.hover(pos);
        for _ in 0..2 {
            for pressed in [true, false] {
                let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
                self.harness.input_mut().events.push(Event::PointerButton { pos, button, pressed, modifiers });
            }
        }
        self.rest();
    }

    /// Drags in several steps; `way` ends where the button is let go.
    pub fn drag(&mut self, from: Pos2, to: Pos2, modifiers: Modifiers) {
        self.drag_with(from, to, modifiers, PointerButton::Primary);
    }

    pub fn drag_with(&mut self, from: Pos2, to: Pos2, modifiers: Modifiers, button: PointerButton) {
        self.hover(from);
        self.button(from, button, true, modifiers);
        for part in [0.1, 0.4, 0.8, 1.0, 1.0] {
            self.hover(from + (to - from) * part);
        }
        self.button(to, button, false, modifiers);
        self.modifiers(Modifiers::NONE);
        self.rest();
    }

    pub fn party(&self, name: &str) -> (PartyId, &Party) {
        let found = self.document().parties().find(|(_, p)| p.name == name);
        let (id, party) = found.unwrap_or_else(|| panic!("there is a party {name:?}: {:?}", self.names()));
        (id, party)
    }

    pub fn names(&self) -> Vec<String> {
        self.document().parties().map(|(_, p)| p.name.clone()).collect()
    }

    pub fn place(&self, name: &str) -> Point {
        self.document().place(self.party(name).0).unwrap()
    }

    /// A point of a card on the screen, `dx` and `dy` map units from its middle.
    pub fn on_card(&self, name: &str, dx: f32, dy: f32) -> Pos2 {
        self.app().on_screen(self.place(name) + pt(dx, dy))
    }

    /// "A → B: item" of every handoff.
    pub fn handoffs(&self) -> Vec<String> {
        self.document().handoffs().map(|(_, h)| self.document().describe(h)).collect()
    }
}
