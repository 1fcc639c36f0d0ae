//! Several things at once: what they share can be set for all.

use super::fields::{Field, Form};
use super::handoff::titled;
use super::party::departments;
use crate::app::action::Action;
use crate::app::commands;
use crate::app::cx::Cx;
use crate::model::{Agreement, Edit, Handoff, HandoffKind, Party, PartyKind};

/// The value that all share, when they do.
fn shared<T: PartialEq>(mut values: impl Iterator<Item = T>) -> Option<T> {
    let first = values.next()?;
    values.all(|v| v == first).then_some(first)
}

/// Shows what several things share.
pub fn ui(ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) {
    let selection = cx.editor.selection();
    let parties: Vec<_> = selection.parties().filter_map(|id| Some((id, cx.document().party(id)?))).collect();
    let handoffs: Vec<_> = selection.handoffs().filter_map(|id| Some((id, cx.document().handoff(id)?))).collect();
    let mut form = Form { cx, out, focus: false };
    let field = |title, step, key| Field::new(title, step, (key, None), selection.len());
    if !parties.is_empty() {
        form.heading(ui, &format!("{} parties", parties.len()));
        let put = |change: &dyn Fn(&mut Party)| -> Vec<Edit> {
            let changed = |(id, party): &(_, &std::sync::Arc<Party>)| {
                let mut copy = (***party).clone();
                change(&mut copy);
                Edit::PutParty(*id, copy)
            };
            parties.iter().map(changed).collect()
        };
        let mut kinds = vec![(None, "different")];
        kinds.extend(PartyKind::ALL.iter().map(|k| (Some(*k), k.title())));
        let kind = shared(parties.iter().map(|(_, p)| p.kind));
        form.choice(ui, field("Kind of all", "change kind", "kinds"), kind, &kinds, |v| {
            v.map(|v| put(&|p| p.kind = v)).unwrap_or_default()
        });
        let department = shared(parties.iter().map(|(_, p)| p.department.as_str())).unwrap_or_default();
        let all = departments(cx.document());
        let title = field("Department of all", "change department", "departments");
        form.completed(ui, title, department, &all, |v| put(&|p| p.department.clone_from(&v)));
        let owner = shared(parties.iter().map(|(_, p)| p.owner.as_str())).unwrap_or_default();
        form.text(ui, field("Owner of all", "change owner", "owners"), owner, |v| put(&|p| p.owner.clone_from(&v)));
    }
    if !handoffs.is_empty() {
        form.heading(ui, &format!("{} handoffs", handoffs.len()));
        let put = |change: &dyn Fn(&mut Handoff)| -> Vec<Edit> {
            let changed = |(id, handoff): &(_, &std::sync::Arc<Handoff>)| {
                let mut copy = (***handoff).clone();
                change(&mut copy);
                Edit::PutHandoff(*id, copy)
            };
            handoffs.iter().map(changed).collect()
        };
        let mut kinds = vec![(None, "different")];
        kinds.extend(titled(HandoffKind::ALL, HandoffKind::title).into_iter().map(|(k, t)| (Some(k), t)));
        let kind = shared(handoffs.iter().map(|(_, h)| h.kind));
        form.choice(ui, field("Direction of all", "change direction", "directions"), kind, &kinds, |v| {
            v.map(|v| put(&|h| h.kind = v)).unwrap_or_default()
        });
        let mut states = vec![(None, "different")];
        states.extend(titled(Agreement::ALL, Agreement::title).into_iter().map(|(a, t)| (Some(a), t)));
        let state = shared(handoffs.iter().map(|(_, h)| h.agreement));
        form.choice(ui, field("Agreement of all", "change agreement", "agreements"), state, &states, |v| {
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
