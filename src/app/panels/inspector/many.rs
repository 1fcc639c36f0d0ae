//! Several things at once: what they share can be set for all.

use super::fields::{Field, Form};
use super::handoff::titled;
use crate::app::action::Action;
use crate::app::commands;
use crate::app::cx::Cx;
use crate::model::{Agreement, Edit, Handoff, HandoffKind, Party, PartyKind};

/// Shows what several things share.
pub fn ui(ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) {
    let (selection, document) = (cx.editor.selection(), cx.document());
    let shared = cx.gathered.shared(document, selection);
    let mut form = Form { cx, out, focus: false };
    let field = |title, step, key| Field::new(title, step, (key, None), selection.len());
    if shared.parties > 0 {
        form.heading(ui, &format!("{} parties", shared.parties));
        let put = |change: &dyn Fn(&mut Party)| -> Vec<Edit> {
            let changed = |id| {
                let mut copy = (**document.party(id)?).clone();
                change(&mut copy);
                Some(Edit::PutParty(id, copy))
            };
            selection.parties().filter_map(changed).collect()
        };
        let mut kinds = vec![(None, "different")];
        kinds.extend(PartyKind::ALL.iter().map(|k| (Some(*k), k.title())));
        form.choice(ui, field("Kind of all", "change kind", "kinds"), shared.kind, &kinds, |v| {
            v.map(|v| put(&|p| p.kind = v)).unwrap_or_default()
        });
        let title = field("Department of all", "change department", "departments");
        let department = shared.department.as_deref().unwrap_or_default();
        let suggest = |typed: &str| cx.names().suggested_departments(typed);
        form.completed(ui, title, department, suggest, |v| put(&|p| p.department.clone_from(&v)));
        let owner = shared.owner.as_deref().unwrap_or_default();
        form.text(ui, field("Owner of all", "change owner", "owners"), owner, |v| put(&|p| p.owner.clone_from(&v)));
    }
    if shared.handoffs > 0 {
        form.heading(ui, &format!("{} handoffs", shared.handoffs));
        let put = |change: &dyn Fn(&mut Handoff)| -> Vec<Edit> {
            let changed = |id| {
                let mut copy = (**document.handoff(id)?).clone();
                change(&mut copy);
                Some(Edit::PutHandoff(id, copy))
            };
            selection.handoffs().filter_map(changed).collect()
        };
        let mut kinds = vec![(None, "different")];
        kinds.extend(titled(HandoffKind::ALL, HandoffKind::title).into_iter().map(|(k, t)| (Some(k), t)));
        form.choice(ui, field("Direction of all", "change direction", "directions"), shared.direction, &kinds, |v| {
            v.map(|v| put(&|h| h.kind = v)).unwrap_or_default()
        });
        let mut states = vec![(None, "different")];
        states.extend(titled(Agreement::ALL, Agreement::title).into_iter().map(|(a, t)| (Some(a), t)));
        form.choice(ui, field("Agreement of all", "change agreement", "agreements"), shared.agreement, &states, |v| {
            v.map(|v| put(&|h| h.agreement = v)).unwrap_or_default()
        });
    }
    form.heading(ui, "Arrange");
    ui.horizontal_wrapped(|ui| {
        for id in ["align-left", "align-center", "align-right", "align-top", "align-middle", "align-bottom"] {
            command(ui, cx, id, form.out);
        }
        for id in ["distribute-across", "distribute-down", "connect", "duplicate", "delete"] {
            command(ui, cx, id, form.out);
        }
    });
}

fn command(ui: &mut egui::Ui, cx: &Cx<'_>, id: &'static str, out: &mut Vec<Action>) {
    let Some(command) = commands::by_id(id) else { return };
    if (command.enabled)(cx) && ui.button(command.title).clicked() {
        out.push(Action::Command(id));
    }
}
