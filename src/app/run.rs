//! Starting the window.

use std::path::PathBuf;

use super::App;
use crate::files::dirs::Dirs;
use crate::model::IdGen;

/// Opens the window, with a file or with the welcome page; gives the reason when there can be no window.
pub fn run(file: Option<PathBuf>) -> Result<(), String> {
    let icon = eframe::icon_data::from_png_bytes(include_bytes!("../../assets/icon.png")).unwrap_or_default();
    let viewport = egui::ViewportBuilder::default()
        .with_app_id("peel")
        .with_title("Peel")
        .with_icon(icon)
        .with_inner_size([1280.0, 800.0])
        .with_min_inner_size([640.0, 420.0])
        .with_drag_and_drop(true);
    let options = eframe::NativeOptions { viewport, renderer: eframe::Renderer::Glow, ..Default::default() };
    let create: eframe::AppCreator<'_> = Box::new(move |cc| {
        let mut app = App::new(&cc.egui_ctx, Dirs::of_user().ok(), new_ids());
        if let Some(file) = file {
            app.open(file);
        }
        Ok(Box::new(Window(app)))
    });
    eframe::run_native("peel", options, create).map_err(|error| plain(&error.to_string()))
}

/// An error without the place in the toolkit's source where it came up, which says nothing to its reader.
fn plain(error: &str) -> String {
    let after = error.rsplit_once(".rs:").and_then(|(_, rest)| rest.split_once(": "));
    after.map_or(error, |(_, reason)| reason).trim_end_matches('.').to_owned()
}

/// Ids that no other session makes.
fn new_ids() -> IdGen {
    crate::files::ids::fresh()
}

/// The app as eframe wants it.
struct Window(App);

impl eframe::App for Window {
    fn ui(&mut self, ui: &mut egui::Ui, _: &mut eframe::Frame) {
        self.0.frame(ui);
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_reason_names_no_file_of_the_toolkit() {
        let error = "winit EventLoopError: os error at /home/x/winit-0.30/src/linux/mod.rs:765: no DISPLAY is set.";
        assert_eq!(super::plain(error), "no DISPLAY is set");
        assert_eq!(super::plain("no GL: nothing found"), "no GL: nothing found");
    }
}
