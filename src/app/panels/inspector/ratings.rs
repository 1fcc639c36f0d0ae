//! What the people on both sides of a handoff think of it: medians, ranges, the blind spot, and each person's marks.

use egui::{Grid, Id, Ui};

use super::fields::Form;
use super::handoff::titled;
use super::parts::{chosen, keep, kept, removable, typed};
use crate::app::action::Action;
use crate::app::clock::today;
use crate::model::quantity::{SCORE, rounded};
use crate::model::{Aspect, Edit, FAR_APART, Handoff, HandoffId, Marks, Rating, Side, When, blind_spot, marks};
use crate::scene::Ink;

/// Shows them.
pub fn ui(ui: &mut Ui, form: &mut Form<'_, '_>, id: HandoffId, handoff: &Handoff) {
    form.heading(ui, &format!("Ratings ({})", handoff.ratings.len()));
    let note = "Each side rates the handoff from 0 to 10. Medians and ranges stay; nobody has to agree on one number.";
    form.note(ui, Ink::Faint, note);
    if !handoff.ratings.is_empty() {
        table(ui, form, &handoff.ratings);
    }
    for (index, rating) in handoff.ratings.iter().enumerate() {
        if removable(ui, "this rating", |ui| form.note(ui, Ink::Text, &in_one_line(rating))) {
            let mut changed = handoff.clone();
            changed.ratings.remove(index);
            form.out.push(Action::edit("remove rating", vec![Edit::PutHandoff(id, changed)]));
        }
    }
    entry(ui, form, id, handoff);
}

fn table(ui: &mut Ui, form: &Form<'_, '_>, ratings: &[Rating]) {
    let said = |marks: Option<Marks>| match marks {
        None => "–".to_owned(),
        Some(Marks { median, low, high, n }) if low == high => format!("{} (n {n})", rounded(median, 1)),
        Some(Marks { median, low, high, n }) => {
            format!("{} ({}–{}, n {n})", rounded(median, 1), rounded(low, 1), rounded(high, 1))
        }
    };
    Grid::new("ratings").num_columns(4).spacing([10.0, 3.0]).show(ui, |ui| {
        for title in ["", "Supplier", "Receiver", "Blind spot"] {
            form.title(ui, title);
        }
        ui.end_row();
        for aspect in Aspect::ALL {
            form.title(ui, short(*aspect));
            for side in Side::ALL {
                form.note(ui, Ink::Text, &said(marks(ratings, *side, *aspect)));
            }
            match blind_spot(ratings, *aspect) {
                None => form.note(ui, Ink::Faint, "–"),
                Some(gap) => {
                    let ink = if gap.abs() >= FAR_APART { Ink::Warn } else { Ink::Faint };
                    let sign = if gap > 0.0 { "+" } else { "" };
                    form.note(ui, ink, &format!("{sign}{}", rounded(gap, 1)));
                }
            }
            ui.end_row();
        }
    });
    if let Some(gap) = blind_spot(ratings, Aspect::Overall).filter(|gap| gap.abs() >= FAR_APART) {
        let who = if gap > 0.0 {
            "The supplier thinks better of it than its receiver does"
        } else {
            "The receiver thinks better of it than its supplier does"
        };
        form.note(ui, Ink::Warn, &format!("{who}: talk about it."));
    }
}

fn short(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Speed => "Speed",
        Aspect::Ease => "Ease",
        Aspect::Proactive => "Proactive",
        Aspect::Overall => "Overall",
    }
}

fn in_one_line(rating: &Rating) -> String {
    let marks = Aspect::ALL
        .iter()
        .filter_map(|aspect| Some(format!("{} {}", short(*aspect).to_lowercase(), rounded(rating.mark(*aspect)?, 1))));
    let mut parts = vec![rating.side.title().to_owned()];
    parts.extend(Some(rating.who.trim().to_owned()).filter(|who| !who.is_empty()));
    parts.extend(rating.when.map(|when| when.to_string()));
    format!("{}: {}", parts.join(" · "), marks.collect::<Vec<_>>().join(", "))
}

/// What is typed for one rating.
#[derive(Debug, Clone, Default, PartialEq)]
struct Entry {
    side: Side,
    who: String,
    when: Option<String>,
    marks: [String; 4],
    problem: String,
}

fn entry(ui: &mut Ui, form: &mut Form<'_, '_>, handoff_id: HandoffId, handoff: &Handoff) {
    let id = Id::new(("rating", handoff_id));
    let mut entry: Entry = kept(ui, id).unwrap_or_default();
    let mut when = entry.when.clone().unwrap_or_else(|| When::day(today()).to_string());
    let mut add = false;
    ui.add_space(6.0);
    form.title(ui, "New rating");
    ui.columns(3, |c| {
        chosen(&mut c[0], id.with("side"), "Side", &mut entry.side, &titled(Side::ALL, Side::title));
        add |= typed(&mut c[1], id.with("who"), "Who", "who", &mut entry.who);
        add |= typed(&mut c[2], id.with("when"), "When", "when", &mut when);
    });
    ui.columns(4, |c| {
        for (aspect, (column, mark)) in Aspect::ALL.iter().zip(c.iter_mut().zip(&mut entry.marks)) {
            form.title(column, short(*aspect));
            add |= typed(column, id.with(aspect.word()), aspect.title(), "0–10", mark);
        }
    });
    add |= ui.button("Add rating").clicked();
    entry.when = Some(when);
    if add {
        match read(&entry) {
            Ok(rating) => {
                let mut changed = handoff.clone();
                changed.ratings.push(rating);
                form.out.push(Action::edit("add rating", vec![Edit::PutHandoff(handoff_id, changed)]));
                // The next one is of another person on the same side.
                entry = Entry { side: entry.side, when: entry.when, ..Entry::default() };
                ui.memory_mut(|memory| memory.request_focus(id.with("who")));
            }
            Err(problem) => entry.problem = problem,
        }
    }
    if !entry.problem.is_empty() {
        form.note(ui, Ink::Bad, &format!("Not added: {}", entry.problem));
    }
    keep(ui, id, Some(entry));
}

fn read(entry: &Entry) -> Result<Rating, String> {
    let mut rating = Rating { side: entry.side, who: entry.who.trim().to_owned(), ..Rating::default() };
    for (aspect, text) in Aspect::ALL.iter().zip(&entry.marks) {
        let mark = SCORE.parse(text).map_err(|error| format!("{}: {error}", short(*aspect)))?;
        rating.marks[*aspect as usize] = mark;
    }
    if rating.marks.iter().all(Option::is_none) {
        return Err("give at least one mark from 0 to 10".into());
    }
    let when = entry.when.as_deref().unwrap_or_default().trim();
    if !when.is_empty() {
        rating.when = Some(When::parse(when).map_err(|error| error.to_string())?);
    }
    Ok(rating)
}
