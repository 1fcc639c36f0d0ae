//! Says in words what changed from one document to another, for people who have to choose between the two.

mod views;

use super::document::{Document, MapInfo};
use super::edit::Edit;
use super::handoff::Handoff;
use super::id::{HandoffId, PartyId};
use super::party::Party;
use super::quantity::number;
use super::requirement::Requirement;

/// Every change from `before` to `after`, one line each; empty when they are equal.
///
/// Lines read like “party “Sales” added” or “handoff “Sales → Planning: order”: %C&A 80 → 90”. Cards that only moved
/// are counted in one line.
pub fn difference(before: &Document, after: &Document) -> Vec<String> {
    let (mut lines, mut moved) = (Vec::new(), 0);
    for edit in before.edits_to(after) {
        match edit {
            Edit::SetInfo(info) => info_changed(before.info(), &info, &mut lines),
            Edit::PutParty(id, party) => match before.party(id) {
                None => lines.push(format!("party “{}” added", after.name_of(id))),
                Some(old) => party_changed(&before.name_of(id), old, &party, &mut lines),
            },
            Edit::RemoveParty(id) => lines.push(format!("party “{}” removed", before.name_of(id))),
            Edit::Place(id, _) => moved += usize::from(before.party(id).is_some()),
            Edit::PutHandoff(id, handoff) => handoff_put(id, &handoff, before, after, &mut lines),
            Edit::RemoveHandoff(id) => {
                if let Some(old) = before.handoff(id) {
                    lines.push(format!("handoff “{}” removed", before.describe(old)));
                }
            }
            Edit::PutView(id, view) => views::put(id, &view, before, after, &mut lines),
            Edit::RemoveView(id) => lines.extend(before.view(id).map(|old| format!("{} removed", views::called(old)))),
        }
    }
    match moved {
        0 => {}
        1 => lines.push("1 card moved".into()),
        many => lines.push(format!("{many} cards moved")),
    }
    lines
}

/// Collects the changed fields of one record.
struct Changes<'a> {
    of: String,
    lines: &'a mut Vec<String>,
}

impl Changes<'_> {
    fn shown(&mut self, field: &str, before: &str, after: &str) {
        self.lines.push(format!("{}: {field} {before} → {after}", self.of));
    }

    fn word(&mut self, field: &str, before: &str, after: &str) {
        if before != after {
            self.shown(field, before, after);
        }
    }

    fn text(&mut self, field: &str, before: &str, after: &str) {
        if before == after {
            return;
        }
        let (short_before, short_after) = (quoted(before), quoted(after));
        if short_before == short_after {
            self.lines.push(format!("{}: {field} changed", self.of)); // they differ behind what is shown
        } else {
            self.shown(field, &short_before, &short_after);
        }
    }

    fn number(&mut self, field: &str, unit: &str, before: Option<f64>, after: Option<f64>) {
        let show = |value: Option<f64>| match value {
            None => "unknown".into(),
            Some(value) if unit.is_empty() => number(value),
            Some(value) => format!("{} {unit}", number(value)),
        };
        if before != after {
            self.shown(field, &show(before), &show(after));
        }
    }
}

fn quoted(text: &str) -> String {
    const SHOWN: usize = 40;
    let mut characters = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let start: String = characters.by_ref().take(SHOWN).collect();
    match (start.is_empty(), characters.next()) {
        (true, _) => "nothing".into(),
        (_, None) => format!("“{start}”"),
        (_, Some(_)) => format!("“{start}…”"),
    }
}

fn yes_no(value: bool) -> &'static str {
    if value { "yes" } else { "no" }
}

fn info_changed(before: &MapInfo, after: &MapInfo, lines: &mut Vec<String>) {
    let MapInfo { title, notes, hours_per_day, currency, lane_order } = before;
    let mut changes = Changes { of: "map".into(), lines };
    changes.text("title", title, &after.title);
    changes.text("notes", notes, &after.notes);
    changes.number("working day", "h", Some(*hours_per_day), Some(after.hours_per_day));
    changes.text("currency", currency, &after.currency);
    changes.text("order of lanes", &lane_order.join(", "), &after.lane_order.join(", "));
}

fn party_changed(called: &str, before: &Party, after: &Party, lines: &mut Vec<String>) {
    let Party { name, kind, department, owner, promise, notes, process_time_h, value_adding, .. } = before;
    let Party { rate_per_h, .. } = before;
    let mut changes = Changes { of: format!("party “{called}”"), lines };
    changes.text("name", name, &after.name);
    changes.word("kind", kind.title(), after.kind.title());
    changes.text("department", department, &after.department);
    changes.text("owner", owner, &after.owner);
    changes.text("promise", promise, &after.promise);
    changes.text("notes", notes, &after.notes);
    changes.number("process time", "h", *process_time_h, after.process_time_h);
    let known = |value: Option<bool>| value.map_or("unknown", yes_no);
    changes.word("value-adding", known(*value_adding), known(after.value_adding));
    changes.number("rate per hour", "", *rate_per_h, after.rate_per_h);
}

fn handoff_put(id: HandoffId, handoff: &Handoff, before: &Document, after: &Document, lines: &mut Vec<String>) {
    let Some(old) = before.handoff(id) else {
        lines.push(format!("handoff “{}” added", after.describe(handoff)));
        return;
    };
    let called = before.describe(old);
    let end =
        |document: &Document, end: Option<PartyId>| end.map_or_else(|| "nobody".into(), |id| document.name_of(id));
    let mut changes = Changes { of: format!("handoff “{called}”"), lines };
    // Compared by id: a renamed party is a change of the party.
    for (field, from, to) in
        [("supplier", old.supplier, handoff.supplier), ("customer", old.customer, handoff.customer)]
    {
        if from != to {
            changes.shown(field, &end(before, from), &end(after, to));
        }
    }
    handoff_changed(old, handoff, &mut changes);
    requirements_changed(&called, &old.requirements, &handoff.requirements, lines);
}

fn handoff_changed(before: &Handoff, after: &Handoff, changes: &mut Changes<'_>) {
    let Handoff {
        supplier: _,
        customer: _,
        item,
        form,
        kind,
        critical,
        wait_h,
        complete_accurate_pct,
        on_time_pct,
        volume,
        period,
        known,
        sample_size,
        check_h,
        fix_receiver_h,
        fix_supplier_h,
        late_h,
        late_cost_per_h,
        escape_pct,
        escape_cost,
        agreement,
        notes,
        requirements: _,
        ..
    } = before;
    changes.text("item", item, &after.item);
    changes.word("form", form.title(), after.form.title());
    changes.word("kind", kind.title(), after.kind.title());
    changes.word("critical", yes_no(*critical), yes_no(after.critical));
    changes.number("wait", "h", *wait_h, after.wait_h);
    changes.number("%C&A", "", *complete_accurate_pct, after.complete_accurate_pct);
    changes.number("on time", "%", *on_time_pct, after.on_time_pct);
    changes.number("volume", "", *volume, after.volume);
    changes.word("period", period.title(), after.period.title());
    let how = |known: Option<super::Known>| known.map_or("unknown", super::Known::title);
    changes.word("known by", how(*known), how(after.known));
    changes.number("sample size", "", *sample_size, after.sample_size);
    changes.number("checking", "h", *check_h, after.check_h);
    changes.number("mending by the receiver", "h", *fix_receiver_h, after.fix_receiver_h);
    changes.number("mending by the supplier", "h", *fix_supplier_h, after.fix_supplier_h);
    changes.number("lateness", "h", *late_h, after.late_h);
    changes.number("cost of an hour late", "", *late_cost_per_h, after.late_cost_per_h);
    changes.number("escaping defects", "%", *escape_pct, after.escape_pct);
    changes.number("cost of an escaped defect", "", *escape_cost, after.escape_cost);
    changes.word("agreement", agreement.title(), after.agreement.title());
    changes.text("notes", notes, &after.notes);
}

fn requirements_changed(of: &str, before: &[Requirement], after: &[Requirement], lines: &mut Vec<String>) {
    let old = |id| before.iter().find(|requirement| requirement.id == id);
    for requirement in before.iter().filter(|old| !after.iter().any(|new| new.id == old.id)) {
        lines.push(format!("handoff “{of}”: {} removed", called(requirement)));
    }
    for new in after {
        match old(new.id) {
            None => lines.push(format!("handoff “{of}”: {} added", called(new))),
            Some(old) => requirement_changed(of, old, new, lines),
        }
    }
    let kept = |list: &[Requirement], other: &[Requirement]| {
        let ids = list.iter().map(|requirement| requirement.id);
        ids.filter(|id| other.iter().any(|requirement| requirement.id == *id)).collect::<Vec<_>>()
    };
    if kept(before, after) != kept(after, before) {
        lines.push(format!("handoff “{of}”: requirements in another order"));
    }
}

fn called(requirement: &Requirement) -> String {
    if requirement.text.is_empty() {
        "requirement without words".into()
    } else {
        format!("requirement {}", quoted(&requirement.text))
    }
}

fn requirement_changed(of: &str, before: &Requirement, after: &Requirement, lines: &mut Vec<String>) {
    let Requirement { id: _, text, measure, unit, operator, target, tolerance, must, weight, .. } = before;
    let mut changes = Changes { of: format!("handoff “{of}”: {}", called(before)), lines };
    changes.text("text", text, &after.text);
    changes.text("measure", measure, &after.measure);
    changes.text("unit", unit, &after.unit);
    let sign = |operator: Option<super::Operator>| operator.map_or("none", super::Operator::word);
    changes.word("comparison", sign(*operator), sign(after.operator));
    changes.number("target", unit, *target, after.target);
    changes.number("tolerance", unit, *tolerance, after.tolerance);
    changes.word("must", yes_no(*must), yes_no(after.must));
    changes.number("weight", "", Some(*weight), Some(after.weight));
    changes.number("actual", unit, before.actual(), after.actual());
}

#[cfg(test)]
mod tests {
    use super::super::{Agreement, Form, HandoffKind, Known, MapInfo, Operator, PartyKind, Period, RequirementId};
    use super::*;
    use crate::geom::pt;

    fn small() -> Document {
        let (sales, lab) = (PartyId::parse("sales").unwrap(), PartyId::parse("lab").unwrap());
        let mut handoff = Handoff::between(Some(sales), Some(lab), "order");
        handoff.requirements = vec![Requirement::new(RequirementId::parse("r1").unwrap(), "complete")];
        let mut document = Document::default();
        let edits = vec![
            Edit::PutParty(sales, Party::named("Sales", PartyKind::Process)),
            Edit::Place(sales, pt(0.0, 0.0)),
            Edit::PutParty(lab, Party::named("Lab", PartyKind::Customer)),
            Edit::Place(lab, pt(300.0, 0.0)),
            Edit::PutHandoff(HandoffId::parse("h").unwrap(), handoff),
        ];
        document.apply(edits).expect("sound");
        document
    }

    fn changed(edits: Vec<Edit>) -> Vec<String> {
        let before = small();
        let mut after = before.clone();
        after.apply(edits).expect("sound");
        difference(&before, &after)
    }

    #[test]
    fn records_that_come_and_go_are_named() {
        let before = small();
        assert_eq!(difference(&before, &before), [""; 0]);
        assert_eq!(
            difference(&Document::default(), &before),
            ["party “Lab” added", "party “Sales” added", "handoff “Sales → Lab: order” added"]
        );
        let lab = PartyId::parse("lab").unwrap();
        assert_eq!(
            changed(vec![Edit::RemoveParty(lab)]),
            ["handoff “Sales → Lab: order” removed", "party “Lab” removed"]
        );
        let sales = PartyId::parse("sales").unwrap();
        assert_eq!(changed(vec![Edit::Place(lab, pt(1.0, 1.0)), Edit::Place(sales, pt(2.0, 2.0))]), ["2 cards moved"]);
        assert_eq!(changed(vec![Edit::Place(lab, pt(1.0, 1.0))]), ["1 card moved"]);
    }

    type PartyChange = (fn(&mut Party), &'static str);
    type HandoffChange = (fn(&mut Handoff), &'static str);

    #[test]
    fn every_field_of_a_party_has_its_words() {
        let table: [PartyChange; 9] = [
            (|p| p.name = "Order desk".into(), "name “Sales” → “Order desk”"),
            (|p| p.kind = PartyKind::Supplier, "kind Process → External supplier"),
            (|p| p.department = "Trade".into(), "department nothing → “Trade”"),
            (|p| p.owner = "Ada".into(), "owner nothing → “Ada”"),
            (|p| p.promise = "quick".into(), "promise nothing → “quick”"),
            (|p| p.notes = "a\nb".into(), "notes nothing → “a b”"),
            (|p| p.process_time_h = Some(0.25), "process time unknown → 0.25 h"),
            (|p| p.value_adding = Some(false), "value-adding unknown → no"),
            (|p| p.rate_per_h = Some(60.0), "rate per hour unknown → 60"),
        ];
        let sales = PartyId::parse("sales").unwrap();
        for (change, words) in table {
            let mut party = (**small().party(sales).unwrap()).clone();
            change(&mut party);
            assert_eq!(changed(vec![Edit::PutParty(sales, party)]), [format!("party “Sales”: {words}")]);
        }
    }

    #[test]
    fn every_field_of_a_handoff_has_its_words() {
        let table: [HandoffChange; 35] = [
            (|h| h.supplier = None, "supplier Sales → nobody"),
            (|h| h.customer = None, "customer Lab → nobody"),
            (|h| h.item = "request".into(), "item “order” → “request”"),
            (|h| h.form = Form::Material, "form Information → Material"),
            (|h| h.kind = HandoffKind::Rework, "kind Forward → Rework"),
            (|h| h.critical = false, "critical yes → no"),
            (|h| h.wait_h = Some(2.0), "wait unknown → 2 h"),
            (|h| h.complete_accurate_pct = Some(90.0), "%C&A unknown → 90"),
            (|h| h.on_time_pct = Some(80.5), "on time unknown → 80.5 %"),
            (|h| h.volume = Some(10.0), "volume unknown → 10"),
            (|h| h.period = Period::Day, "period month → day"),
            (|h| h.known = Some(Known::Sample), "known by unknown → Sample"),
            (|h| h.sample_size = Some(500.0), "sample size unknown → 500"),
            (|h| h.check_h = Some(0.1), "checking unknown → 0.1 h"),
            (|h| h.fix_receiver_h = Some(0.5), "mending by the receiver unknown → 0.5 h"),
            (|h| h.fix_supplier_h = Some(2.0), "mending by the supplier unknown → 2 h"),
            (|h| h.late_h = Some(3.0), "lateness unknown → 3 h"),
            (|h| h.late_cost_per_h = Some(20.0), "cost of an hour late unknown → 20"),
            (|h| h.escape_pct = Some(5.0), "escaping defects unknown → 5 %"),
            (|h| h.escape_cost = Some(400.0), "cost of an escaped defect unknown → 400"),
            (|h| h.agreement = Agreement::Agreed, "agreement None → Agreed"),
            (|h| h.notes = "x".repeat(50), "notes nothing → “xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…”"),
            (|h| h.requirements.clear(), "requirement “complete” removed"),
            (
                |h| h.requirements.push(Requirement::new(RequirementId::parse("r2").unwrap(), "")),
                "requirement without words added",
            ),
            (|h| h.requirements[0].text = "whole".into(), "requirement “complete”: text “complete” → “whole”"),
            (|h| h.requirements[0].measure = "share".into(), "requirement “complete”: measure nothing → “share”"),
            (|h| h.requirements[0].unit = "%".into(), "requirement “complete”: unit nothing → “%”"),
            (|h| h.requirements[0].operator = Some(Operator::AtMost), "requirement “complete”: comparison none → <="),
            (|h| h.requirements[0].target = Some(-5.0), "requirement “complete”: target unknown → -5"),
            (|h| h.requirements[0].tolerance = Some(0.5), "requirement “complete”: tolerance unknown → 0.5"),
            (|h| h.requirements[0].must = false, "requirement “complete”: must yes → no"),
            (|h| h.requirements[0].weight = 3.0, "requirement “complete”: weight 1 → 3"),
            (
                |h| h.requirements[0].observations = super::super::History::of(7.0),
                "requirement “complete”: actual unknown → 7",
            ),
            (|h| h.requirements[0].id = RequirementId::parse("r9").unwrap(), "requirement “complete” removed"),
            (|h| h.item = String::new(), "item “order” → nothing"),
        ];
        let id = HandoffId::parse("h").unwrap();
        for (change, words) in table {
            let mut handoff = (**small().handoff(id).unwrap()).clone();
            change(&mut handoff);
            let lines = changed(vec![Edit::PutHandoff(id, handoff)]);
            assert_eq!(lines[0], format!("handoff “Sales → Lab: order”: {words}"));
        }
    }

    #[test]
    fn what_is_said_of_the_map_has_its_words() {
        let lane_order = vec!["Trade".into(), "Ops".into()];
        let info =
            MapInfo { title: "New".into(), notes: "n".into(), hours_per_day: 7.5, currency: "€".into(), lane_order };
        assert_eq!(
            changed(vec![Edit::SetInfo(info)]),
            [
                "map: title nothing → “New”",
                "map: notes nothing → “n”",
                "map: working day 8 h → 7.5 h",
                "map: currency nothing → “€”",
                "map: order of lanes nothing → “Trade, Ops”"
            ]
        );
        let long = |end: &str| MapInfo { notes: "x".repeat(50) + end, ..MapInfo::default() };
        let (mut before, mut after) = (small(), small());
        before.apply(vec![Edit::SetInfo(long("a"))]).unwrap();
        after.apply(vec![Edit::SetInfo(long("b"))]).unwrap();
        assert_eq!(difference(&before, &after), ["map: notes changed"], "behind what is shown");
    }
}
