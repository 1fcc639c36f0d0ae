//! The canvas: the map drawn by `egui_graphs`, with our own camera, pointer, keyboard and names for screen readers.

mod access;
pub mod camera;
mod cell;
mod display;
mod far;
mod gestures;
mod inline;
mod lanes;
mod menus;
mod overlay;
pub mod paint;
mod projection;
mod replay;
mod show;
mod sight;
mod snap;
mod spoiled;
mod still;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use egui::{Event, EventFilter, Key};

use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::editor::Editor;
use crate::geom::Point;
use crate::model::ops::{Boxes, Side};
use crate::model::{PartyId, Subject, ViewKind};
use crate::scene::Group;
use crate::scene::drawing::Drawing;
use crate::scene::map::MapScene;
use crate::views;
use camera::Camera;
use display::Stage;
use far::{FAR_BELOW, Far};
use gestures::Gesture;
use inline::Inline;
use projection::Sight;
use replay::Replay;
pub use show::Arranging;
use show::Show;
use sight::{Glide, Wish};
pub use snap::GRID;
use table::Cursor;

/// How far a card's shade reaches beyond it, in map units.
const SHADE: f32 = 4.0;
/// Size of the smaller words at an arrow, in map units.
const WORD_SIZE: f32 = 10.5;

/// The canvas and what it remembers between frames.
#[derive(Debug, Default)]
pub struct Canvas {
    show: Show,
    /// Camera and theme, as the shapes of the widget see them.
    stage: Rc<Stage>,
    far: Far,
    replay: Replay,
    camera: Camera,
    rect: Option<egui::Rect>,
    gesture: Gesture,
    moved: BTreeMap<PartyId, Point>,
    hovered: Option<Subject>,
    /// What the handoff under the pointer spoils.
    downstream: spoiled::Seen,
    /// Found by a search: outlined.
    flagged: BTreeSet<Subject>,
    inline: Option<Inline>,
    /// Where the keyboard is in a table.
    cursor: Cursor,
    /// Typed before the editor was there.
    late: Vec<Event>,
    menu_at: Option<(Point, Option<Subject>)>,
    wishes: Vec<Wish>,
    /// The camera as it was when the whole map was shown last: a window that grows shows the whole map again.
    fitted: Option<Camera>,
    /// Which view the camera is for, and where it was in the others.
    kind: ViewKind,
    cameras: BTreeMap<ViewKind, Camera>,
    /// The camera is on its way.
    glide: Option<Glide>,
    /// How far a fit may zoom in; more before an audience.
    most: Option<f32>,
    response_id: Option<egui::Id>,
    wants_focus: bool,
    /// A dialog is open: the keyboard is not for the canvas.
    deaf: bool,
    drawn: u64,
}

impl Canvas {
    /// A canvas for a document that was just opened: everything is shown first.
    pub fn new() -> Self {
        Self { wishes: vec![Wish::FitAll], wants_focus: true, ..Self::default() }
    }

    /// The canvas on the screen.
    pub fn rect(&self) -> egui::Rect {
        self.rect.unwrap_or(egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(800.0, 600.0)))
    }

    /// What it looks at.
    pub fn camera(&self) -> Camera {
        self.camera
    }

    /// What is shown: cards, arrows, and what lies behind and above them.
    pub fn drawing(&self) -> &Drawing {
        self.show.drawing()
    }

    /// What is shown when all cards have come to rest.
    pub fn at_rest(&self) -> &Drawing {
        self.show.at_rest()
    }

    /// What is being arranged, as large views are.
    pub fn arranging(&self) -> Option<Arranging> {
        self.show.arranging()
    }

    /// The free map's scene; up to date while the map is shown.
    pub fn map_scene(&self) -> &MapScene {
        self.show.map()
    }

    /// The rectangles of cards, for lining them up.
    pub fn boxes(&self, parties: impl IntoIterator<Item = PartyId>) -> Boxes {
        parties.into_iter().filter_map(|id| Some((id, self.drawing().cards.get(&id)?.rect()))).collect()
    }

    /// How many times the graph widget itself was run: stays the same while nothing changes.
    pub fn drawn(&self) -> u64 {
        self.drawn
    }

    /// Outlines what a search found.
    pub fn flag(&mut self, subjects: BTreeSet<Subject>) {
        self.flagged = subjects;
    }

    /// Whether the keyboard is for the canvas. While a dialog is open it is not, and nothing is edited in place.
    pub fn listen(&mut self, listens: bool, out: &mut Vec<Action>) {
        self.deaf = !listens;
        if self.deaf {
            self.commit_inline(out);
            self.drop_cell();
        }
    }

    /// Whether letters would start naming something: what is selected, or the first party of an empty map.
    pub fn would_name(&self, ctx: &egui::Context, editor: &Editor) -> bool {
        let has_focus = self.response_id.is_some_and(|id| ctx.memory(|m| m.has_focus(id)));
        let subject = editor.selection().single().is_some() || editor.document().is_empty();
        has_focus && subject && !self.deaf && self.inline.is_none() && self.show.at_rest().table.is_none()
    }

    /// Asks for the keyboard.
    pub fn focus(&mut self) {
        self.wants_focus = true;
    }

    /// True while a name or item is edited in place.
    pub fn is_editing(&self) -> bool {
        self.inline.is_some() || self.is_typing_in_cell()
    }

    /// Measures every text anew, after other faces were loaded.
    pub fn measure_again(&mut self) {
        self.show.forget();
        self.far = Far::default();
        self.replay.forget_letters();
    }

    /// Drops the gesture under way; true when there was one.
    pub fn cancel(&mut self) -> bool {
        self.moved.clear();
        !matches!(std::mem::take(&mut self.gesture), Gesture::None)
    }

    /// The middle of what is seen, on the map.
    pub fn middle(&self) -> Point {
        self.camera.center
    }

    /// The pointer on the map while it is over the canvas, else the middle.
    pub fn pointer_or_middle(&self, ctx: &egui::Context) -> Point {
        let over = ctx.pointer_hover_pos().filter(|p| self.rect().contains(*p));
        over.map_or(self.middle(), |p| self.to_map(p))
    }

    fn to_map(&self, p: egui::Pos2) -> Point {
        self.camera.to_map(self.rect(), p)
    }

    /// Draws the canvas in the space that is left, and follows pointer and keyboard.
    pub fn ui(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) {
        let rect = ui.available_rect_before_wrap();
        let at = self.glide.map_or(self.camera, |glide| glide.to);
        if self.rect.is_some_and(|old| old.size() != rect.size()) && self.fitted == Some(at) {
            self.wishes.push(Wish::FitAll);
        }
        self.rect = Some(rect);
        // The answer of the last frame's widget to this frame's input: what is dragged moves without lagging behind.
        if let Some(response) = self.response_id.and_then(|id| ui.ctx().read_response(id)) {
            self.navigate(ui, &response, cx);
            self.follow(ui, &response, cx, out);
        }
        self.change_view(cx);
        self.sync(ui.ctx(), cx);
        self.grant_wishes(ui.ctx(), cx);
        self.step(ui.ctx());
        let response = self.paint(ui, cx);
        self.response_id = Some(response.id);
        self.keyboard(ui, &response, cx, out);
        self.cursor(ui, &response, cx);
        self.look_downstream(cx);
        let painter = ui.painter_at(rect);
        self.overlay(&painter, cx);
        self.access(ui, &response, cx, out);
        self.context_menu(&response, cx, out);
        self.inline_ui(ui, cx, out);
        self.follow_cell(out);
        self.cell_editor(ui, cx, out);
    }

    /// Brings scene and graph up to date with the document and the gesture.
    pub fn sync(&mut self, ctx: &egui::Context, cx: &Cx<'_>) {
        let revision = self.show.revision;
        let changes = self.show.sync(ctx, cx, &self.moved);
        if !changes.is_empty() {
            self.far.patch(self.show.drawing(), &changes);
        }
        if !changes.is_empty() || self.show.revision != revision {
            self.replay.forget();
        }
        let at = self.glide.map_or(self.camera, |glide| glide.to);
        if self.show.revision != revision && !views::of(cx.view.kind).is_free && self.fitted == Some(at) {
            // A view that arranges itself and is shown whole stays so.
            self.wishes.push(Wish::FitAll);
        }
        if self.replay.selection_changed(cx.editor.selection()) {
            self.replay.forget();
        }
    }

    /// Draws grid and graph: anew when something changed, else the same shapes again.
    fn paint(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>) -> egui::Response {
        let stage = &self.stage;
        stage.canvas.set(Some(self.rect()));
        stage.camera.set(self.camera);
        stage.theme.set(cx.theme);
        let key = replay::Key {
            canvas: self.rect(),
            camera: self.camera,
            theme: cx.theme,
            pixels_per_point: ui.ctx().pixels_per_point(),
            grid: cx.settings.snap_to_grid && views::of(cx.view.kind).is_free,
        };
        if let Some(response) = self.replay.again(ui, key) {
            return response;
        }
        self.drawn += 1;
        let start = replay::next_shape(ui);
        let grid = self.grid(cx);
        ui.painter_at(self.rect()).extend(grid);
        let behind = self.groups(ui.ctx(), cx, &self.drawing().behind);
        ui.painter_at(self.rect()).extend(behind);
        let response = if self.camera.zoom < FAR_BELOW {
            let brush = paint::Brush { ctx: ui.ctx(), canvas: self.rect(), camera: self.camera, theme: cx.theme };
            let shapes = self.far.shapes(&brush);
            // The same call as in the widget, so that the canvas keeps its id.
            let (response, painter) = ui.allocate_painter(ui.available_size(), egui::Sense::click_and_drag());
            painter.extend(shapes);
            response
        } else {
            let seen = self.camera.seen(self.rect()).expand(SHADE);
            let (parties, handoffs) = (self.far.cards_in(&seen), self.far.arrows_in(&seen));
            let (document, drawing, selection) = (cx.document(), self.drawing(), cx.editor.selection());
            let sight = Sight { document, drawing, selection, parties: &parties, handoffs: &handoffs };
            projection::show(ui, &self.stage, &sight)
        };
        let words = self.words(ui.ctx(), cx);
        let mut above = self.groups(ui.ctx(), cx, &self.drawing().above);
        above.extend(self.header_in_sight(ui.ctx(), cx));
        ui.painter_at(self.rect()).extend(words.into_iter().chain(above));
        self.replay.keep(ui, start, key);
        response
    }

    /// Rings, lanes, tables and their names.
    fn groups(&self, ctx: &egui::Context, cx: &Cx<'_>, groups: &[Arc<Group>]) -> Vec<egui::Shape> {
        let brush = paint::Brush { ctx, canvas: self.rect(), camera: self.camera, theme: cx.theme };
        let (seen, mut shapes) = (self.camera.seen(self.rect()), Vec::new());
        for group in groups.iter().filter(|group| group.bounds.is_none_or(|bounds| seen.intersects(&bounds))) {
            for item in &group.items {
                brush.item(item, Point::default(), &mut shapes);
            }
        }
        shapes
    }

    /// The words at the arrows, above all lines.
    fn words(&self, ctx: &egui::Context, cx: &Cx<'_>) -> Vec<egui::Shape> {
        let brush = paint::Brush { ctx, canvas: self.rect(), camera: self.camera, theme: cx.theme };
        let mut shapes = Vec::new();
        // With words too small to paint there would be their pale grounds alone, which cut the lines.
        if self.camera.zoom * WORD_SIZE < paint::LEAST_TEXT {
            return shapes;
        }
        let seen = self.camera.seen(self.rect());
        let found = self.far.arrows_in(&seen);
        let arrows = found.iter().filter_map(|id| self.drawing().arrows.get(id));
        for arrow in arrows.filter(|arrow| seen.intersects(&arrow.label_area)) {
            for item in &arrow.label() {
                brush.item(item, Point::default(), &mut shapes);
            }
        }
        shapes
    }

    /// Typing names what is selected; the first letter on an empty map adds the first party.
    fn keyboard(&mut self, ui: &egui::Ui, response: &egui::Response, cx: &Cx<'_>, out: &mut Vec<Action>) {
        if self.deaf {
            return;
        }
        let other = ui.memory(|m| m.focused().is_some_and(|id| id != response.id));
        if !self.is_editing() && (self.wants_focus || !other) && !self.menu_open(ui) {
            response.request_focus();
            self.wants_focus = false;
        }
        if !response.has_focus() || self.is_editing() {
            return;
        }
        let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
        ui.memory_mut(|m| m.set_focus_lock_filter(response.id, filter));
        if !self.would_name(ui.ctx(), cx.editor) || !ui.input(letters) {
            return;
        }
        match cx.editor.selection().single() {
            Some(subject) => self.type_into(ui, subject),
            None if cx.document().is_empty() => {
                self.add_party_at(cx, self.middle(), out);
                self.hold_back(ui.ctx());
            }
            None => {}
        }
    }

    /// Adds a neighbour of the single selected party (or of the selected handoff's end), or a first party.
    pub fn add(&mut self, cx: &Cx<'_>, side: Side, out: &mut Vec<Action>) {
        let beside = match cx.editor.selection().single() {
            Some(Subject::Party(id)) => Some(id),
            Some(Subject::Handoff(id)) => cx.document().handoff(id).and_then(|h| match side {
                Side::Supplier => h.supplier.or(h.customer),
                Side::Customer | Side::Sibling => h.customer.or(h.supplier),
            }),
            None => None,
        };
        match beside {
            Some(party) => self.add_beside(cx, party, side, out),
            None => self.add_party_at(cx, self.middle(), out),
        }
    }

    fn cursor(&self, ui: &egui::Ui, response: &egui::Response, cx: &Cx<'_>) {
        use egui::CursorIcon;
        let Some(pos) = response.hover_pos() else { return };
        let icon = match &self.gesture {
            Gesture::Pan | Gesture::Lane { .. } => CursorIcon::Grabbing,
            Gesture::Move { copy: true, .. } => CursorIcon::Copy,
            Gesture::Move { .. } => CursorIcon::Move,
            Gesture::Connect(_) => CursorIcon::Crosshair,
            Gesture::Marquee { .. } => CursorIcon::Default,
            Gesture::None if ui.input(|i| i.key_down(Key::Space)) => CursorIcon::Grab,
            Gesture::None if self.lane_head_at(self.to_map(pos)).is_some() => CursorIcon::Grab,
            Gesture::None => match self.hit(cx, pos) {
                gestures::Hit::Handle(..) | gestures::Hit::Grip(..) => CursorIcon::Crosshair,
                gestures::Hit::Subject(_) => CursorIcon::PointingHand,
                gestures::Hit::Nothing => CursorIcon::Default,
            },
        };
        ui.ctx().set_cursor_icon(icon);
    }
}

/// Whether something was typed in this frame; the space bar alone moves the map.
fn letters(input: &egui::InputState) -> bool {
    input.events.iter().any(|e| matches!(e, Event::Text(text) if !text.trim().is_empty()))
}
