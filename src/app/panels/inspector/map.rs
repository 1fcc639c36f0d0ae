//! The map as a whole: its title, its notes, its working day, and what it adds up to for each external customer.

use super::fields::{Field, Form};
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::words::percent;
use crate::editor::Selection;
use crate::model::quantity::{DAY, DAYS, duration, rounded};
use crate::model::{Edit, MapInfo, PartyKind, Subject};
use crate::scene::Ink;

/// Shows the map.
pub fn ui(ui: &mut egui::Ui, cx: &Cx<'_>, focus: bool, out: &mut Vec<Action>) {
    let info = cx.document().info();
    let mut form = Form { cx, out, focus };
    let put = |change: &dyn Fn(&mut MapInfo)| {
        let mut changed = info.clone();
        change(&mut changed);
        vec![Edit::SetInfo(changed)]
    };
    let field = |title, step, key| Field::new(title, step, (key, None), "map");
    form.heading(ui, "Map");
    form.text(ui, field("Title", "change title", "title"), &info.title, |v| put(&|i| i.title.clone_from(&v)));
    let day = field("Working hours of a day", "change hours of a day", "hours_per_day");
    form.number(ui, day, DAY, Some(info.hours_per_day), |v| put(&|i| i.hours_per_day = v.unwrap_or(8.0)));
    let currency = field("Currency", "change currency", "currency");
    form.text(ui, currency, &info.currency, |v| put(&|i| i.currency.clone_from(&v)));
    let stale = field("Observations are stale after", "change age of observations", "stale_after_days");
    form.number(ui, stale, DAYS, Some(info.stale_after_days), |v| put(&|i| i.stale_after_days = v.unwrap_or(90.0)));
    form.long_text(ui, field("Notes", "change notes", "map notes"), &info.notes, |v| put(&|i| i.notes.clone_from(&v)));
    figures(ui, &mut form);
}

fn figures(ui: &mut egui::Ui, form: &mut Form<'_, '_>) {
    let document = form.cx.document();
    if document.parties_len() == 0 {
        return;
    }
    if document.customers().next().is_none() {
        form.heading(ui, "What the customer receives");
        let kind = PartyKind::Customer.title().to_lowercase();
        let words = format!("No {kind} yet: select the party that the work is for and press Alt+2.");
        form.note(ui, Ink::Warn, &words);
        return;
    }
    let Some(report) = form.cx.figures.report().cloned() else { return };
    let day = document.info().hours_per_day;
    for customer in &report.customers {
        form.heading(ui, &format!("What “{}” receives", document.name_of(customer.party)));
        let lead = &customer.lead_time;
        let at_least = if lead.is_at_least() { "at least " } else { "" };
        let hours = |v: f64| format!("{at_least}{}", duration(v, day));
        let quality = &customer.quality;
        let known = |f: &crate::analysis::Figure| format!("known for {} of {}", f.known, f.of);
        let rows = [
            ("Lead time", lead.hours.value.map(hours), known(&lead.hours)),
            ("Activity ratio", lead.activity_ratio().map(percent), "PT / LT".into()),
            ("PCE", lead.pce().map(percent), "value-adding / LT".into()),
            ("Rolled %C&A", quality.complete_accurate.value.map(percent), known(&quality.complete_accurate)),
            ("Rolled on time", quality.on_time.value.map(percent), known(&quality.on_time)),
        ];
        egui::Grid::new(("figures", customer.party)).num_columns(3).spacing([12.0, 4.0]).show(ui, |ui| {
            for (name, value, about) in rows {
                form.title(ui, name);
                ui.label(value.unwrap_or_else(|| "unknown".into()));
                form.note(ui, Ink::Faint, &about);
                ui.end_row();
            }
        });
        hurting(ui, form, customer);
    }
}

/// The handoffs that hurt this customer most.
fn hurting(ui: &mut egui::Ui, form: &mut Form<'_, '_>, customer: &crate::analysis::CustomerFigures) {
    let document = form.cx.document();
    let losing: Vec<_> = customer.quality.shares.iter().filter(|s| s.share > 0.0).take(3).collect();
    if losing.is_empty() {
        return;
    }
    form.title(ui, "Handoffs that hurt most (share of what is lost)");
    for share in losing {
        let Some(handoff) = document.handoff(share.handoff) else { continue };
        let text = format!("{} %  {}", rounded(share.share * 100.0, 1), document.describe(handoff));
        let button = egui::Button::new(text).wrap().frame_when_inactive(false);
        if ui.add(button.min_size(egui::vec2(ui.available_width(), 0.0))).clicked() {
            form.out.push(Action::Select(Selection::one(Subject::Handoff(share.handoff))));
            form.out.push(Action::Reveal([Subject::Handoff(share.handoff)].into()));
        }
    }
}
