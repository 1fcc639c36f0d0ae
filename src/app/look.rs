//! Fonts, colours and sizes of the window, from the theme of the scene.

use std::sync::Arc;

use egui::{Color32, FontData, FontDefinitions, FontFamily, Stroke, Visuals};

use super::App;
use super::canvas::paint::color;
use crate::files::settings::ThemeChoice;
use crate::scene::text::{FaceIndex, Fonts};
use crate::scene::{Ink, Theme};

/// Gives egui the scene's own faces, so that the window measures text as every export does.
pub fn install_fonts(ctx: &egui::Context, fonts: &Fonts) {
    let mut definitions = FontDefinitions::empty();
    let names: Vec<String> = (0..fonts.faces()).map(|index| format!("face-{index}")).collect();
    for (index, name) in names.iter().enumerate() {
        if let Some((bytes, face)) = fonts.file(FaceIndex(index as u8)) {
            let data = FontData { index: face, ..FontData::from_owned(bytes.to_vec()) };
            definitions.font_data.insert(name.clone(), Arc::new(data));
        }
    }
    // The two bundled faces come first; each family has its own, then those of the system, then the other bundled one.
    let family = |own: usize| {
        let mut order: Vec<usize> = (0..names.len()).filter(|i| *i != own).collect();
        order.sort_by_key(|i| *i < 2);
        order.insert(0, own);
        order.into_iter().filter_map(|i| names.get(i).cloned()).collect::<Vec<String>>()
    };
    let (regular, semibold) = (family(0), family(1));
    definitions.families.insert(FontFamily::Proportional, regular.clone());
    definitions.families.insert(FontFamily::Monospace, regular);
    definitions.families.insert(FontFamily::Name("semibold".into()), semibold);
    ctx.set_fonts(definitions);
}

/// Light or dark, as the window is now.
pub fn theme(ctx: &egui::Context) -> Theme {
    match ctx.theme() {
        egui::Theme::Light => Theme::Light,
        egui::Theme::Dark => Theme::Dark,
    }
}

impl App {
    /// Brings egui's theme and text size up to what the person prefers.
    pub(super) fn looks(&mut self, ctx: &egui::Context) {
        let preference = match self.settings.theme {
            ThemeChoice::Light => egui::ThemePreference::Light,
            ThemeChoice::Dark => egui::ThemePreference::Dark,
            ThemeChoice::System => egui::ThemePreference::System,
        };
        if ctx.options(|o| o.theme_preference) != preference {
            ctx.set_theme(preference);
        }
        let larger = if self.presenting.is_some() { super::presenting::LARGER } else { 1.0 };
        let now = (theme(ctx), self.settings.text_scale * larger);
        if self.looks == Some(now) {
            return;
        }
        self.looks = Some(now);
        ctx.options_mut(|o| {
            o.zoom_with_keyboard = false;
            // A system that says nothing gets the look that pictures have.
            o.fallback_theme = egui::Theme::Light;
        });
        ctx.set_zoom_factor(now.1.clamp(0.5, 3.0));
        for which in [Theme::Light, Theme::Dark] {
            let egui_theme = if which == Theme::Light { egui::Theme::Light } else { egui::Theme::Dark };
            ctx.set_visuals_of(egui_theme, visuals(which));
            ctx.style_mut_of(egui_theme, |style| {
                style.spacing.item_spacing = egui::vec2(8.0, 6.0);
                style.spacing.button_padding = egui::vec2(9.0, 4.0);
                style.spacing.interact_size.y = 24.0;
                style.spacing.menu_margin = egui::Margin::same(6);
                style.interaction.selectable_labels = false;
                style.animation_time = 0.0;
                for (text, size) in [
                    (egui::TextStyle::Body, 13.5),
                    (egui::TextStyle::Button, 13.5),
                    (egui::TextStyle::Small, 11.5),
                    (egui::TextStyle::Heading, 17.0),
                ] {
                    style.text_styles.insert(text, egui::FontId::proportional(size));
                }
            });
        }
    }
}

/// egui's colours, from the scene's inks.
fn visuals(theme: Theme) -> Visuals {
    let ink = |ink| color(theme, ink);
    let mut visuals = if theme == Theme::Light { Visuals::light() } else { Visuals::dark() };
    visuals.panel_fill = ink(Ink::Card);
    visuals.window_fill = ink(Ink::Card);
    visuals.extreme_bg_color = ink(Ink::Paper);
    visuals.window_stroke = Stroke::new(1.0, ink(Ink::CardEdge));
    visuals.faint_bg_color = ink(Ink::Paper);
    visuals.hyperlink_color = ink(Ink::Accent);
    visuals.warn_fg_color = ink(Ink::Warn);
    visuals.error_fg_color = ink(Ink::Bad);
    visuals.selection.bg_fill = ink(Ink::Accent).gamma_multiply(0.28);
    visuals.selection.stroke = Stroke::new(1.0, ink(Ink::Text));
    visuals.popup_shadow.color = Color32::from_black_alpha(if theme == Theme::Light { 26 } else { 90 });
    visuals.window_shadow.color = Color32::from_black_alpha(if theme == Theme::Light { 34 } else { 110 });
    let widgets = &mut visuals.widgets;
    widgets.noninteractive.fg_stroke.color = ink(Ink::Text);
    widgets.noninteractive.bg_stroke.color = ink(Ink::Grid);
    for state in [&mut widgets.inactive, &mut widgets.hovered, &mut widgets.active, &mut widgets.open] {
        state.fg_stroke.color = ink(Ink::Text);
        state.corner_radius = egui::CornerRadius::same(5);
    }
    widgets.inactive.bg_stroke = Stroke::new(1.0, ink(Ink::Grid));
    widgets.inactive.weak_bg_fill = ink(Ink::Paper);
    visuals
}
