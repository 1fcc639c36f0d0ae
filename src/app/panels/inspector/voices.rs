//! The voice of the customer: the gap matrix, opportunities, challenges, whether they recommend the process, and each voice.

use std::collections::BTreeSet;

use egui::{Id, RichText, Ui};

use super::fields::{Field, Form};
use super::handoff::titled;
use super::parts::{chosen, framed, keep, kept, led_to, picture, remove, typed};
use crate::analysis::Spot;
use crate::analysis::{LEAST_ANSWERS, Wish, cross_hairs, recommended, wishes};
use crate::app::action::Action;
use crate::app::canvas::paint::color;
use crate::app::clock::today;
use crate::geom::{Size, pt};
use crate::model::quantity::{SAMPLE, SCORE, rounded};
use crate::model::{Edit, Party, PartyId, Subject, Voice, VoiceId, VoiceKind, When};
use crate::scene::Ink;
use crate::scene::gap_matrix::{Mark, gap_matrix};

/// Height of the gap matrix.
const MATRIX: f32 = 200.0;
/// What stands before a challenge, which has no number.
const HINDERS: &str = "•";
/// How near to a mark a click takes it.
const REACH: f32 = 12.0;

/// Shows it.
pub fn ui(ui: &mut Ui, form: &mut Form<'_, '_>, id: PartyId, party: &Party) {
    form.heading(ui, "Voice of the customer");
    if party.voices.is_empty() {
        let note = "What do those who receive from here expect, how well is it met, and what gets in their way?";
        form.note(ui, Ink::Faint, note);
    }
    entry(ui, form, id, party);
    ui.horizontal(|ui| {
        for (words, command) in [("Survey sheet…", "survey"), ("Import answers…", "import-tables")] {
            if ui.button(words).clicked() {
                form.out.push(Action::Command(command));
            }
        }
    });
    let open_id = Id::new(("open voice", id));
    let mut open: Option<VoiceId> = kept(ui, open_id);
    let expectations = wishes(party, VoiceKind::Expectation);
    ui.add_space(8.0);
    matrix(ui, form, &expectations, &mut open);
    if !expectations.is_empty() {
        form.title(ui, "Opportunities: importance + what is missing to it");
    }
    for (number, wish) in (1..).zip(&expectations) {
        listed(ui, form, (id, party), (&format!("{number}"), wish), &mut open);
    }
    let challenges = wishes(party, VoiceKind::Challenge);
    if !challenges.is_empty() {
        form.heading(ui, "What gets in their way");
    }
    for wish in &challenges {
        listed(ui, form, (id, party), (HINDERS, wish), &mut open);
    }
    recommendation(ui, form, (id, party), &mut open);
    keep(ui, open_id, open);
}

fn matrix(ui: &mut Ui, form: &Form<'_, '_>, expectations: &[Wish], open: &mut Option<VoiceId>) {
    let marked = |(number, wish): (usize, &Wish)| {
        let mark = Mark { satisfaction: wish.satisfaction?, importance: wish.importance?, number };
        Some((mark, *wish.voices.first()?, wish.text.clone()))
    };
    let marks: Vec<(Mark, VoiceId, String)> = (1..).zip(expectations).filter_map(marked).collect();
    if marks.is_empty() {
        return;
    }
    let size = Size { w: ui.available_width(), h: MATRIX };
    let plain: Vec<Mark> = marks.iter().map(|(mark, ..)| *mark).collect();
    let drawn = gap_matrix(&plain, cross_hairs(expectations), size, form.cx.fonts);
    form.title(ui, "Importance (up) against satisfaction (to the right)");
    let words = format!("Gap matrix of {} expectations, cross-hairs at the means", marks.len());
    let response = picture(ui, form, &drawn.items, egui::vec2(size.w, size.h), &words);
    let origin = response.rect.min;
    let at = response.hover_pos().map(|p| pt(p.x - origin.x, p.y - origin.y));
    let near = at.and_then(|at| drawn.points.iter().position(|point| point.distance(at) <= REACH));
    if let Some((_, voice, text)) = near.and_then(|index| marks.get(index)) {
        if response.clicked() {
            *open = Some(*voice);
        }
        response.on_hover_cursor(egui::CursorIcon::PointingHand).on_hover_text(text);
    }
}

/// One wish in a list; a click opens the voices it is made of.
fn listed(
    ui: &mut Ui,
    form: &mut Form<'_, '_>,
    (id, party): (PartyId, &Party),
    (number, wish): (&str, &Wish),
    open: &mut Option<VoiceId>,
) {
    let is_wanted = number != HINDERS;
    let is_open = open.is_some_and(|voice| wish.voices.contains(&voice));
    let value = |v: Option<f64>| v.map_or_else(|| "?".into(), |v| rounded(v, 1));
    let mut parts = vec![format!("importance {}", value(wish.importance))];
    // Of what hinders, nobody is asked how well it is met.
    parts.extend(
        (is_wanted || wish.satisfaction.is_some()).then(|| format!("satisfaction {}", value(wish.satisfaction))),
    );
    parts.extend(wish.opportunity().map(|o| format!("opportunity {}", rounded(o, 1))));
    parts.push(customer_name(form, wish.customer));
    parts.extend((wish.people > 1.0).then(|| format!("n {}", rounded(wish.people, 0))));
    let words = if wish.text.is_empty() { "without words" } else { &wish.text };
    let mut text = egui::text::LayoutJob::default();
    let format = |size, ink| egui::TextFormat {
        font_id: egui::FontId::proportional(size),
        color: color(form.cx.theme, ink),
        ..Default::default()
    };
    text.append(&format!("{number}  {words}\n"), 0.0, format(13.0, Ink::Text));
    text.append(&parts.join(" · "), 0.0, format(11.5, Ink::Faint));
    let row = egui::Button::selectable(is_open, text).wrap().min_size(egui::vec2(ui.available_width(), 0.0));
    let response = ui.add(row);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, words));
    if response.clicked() {
        *open = if is_open { None } else { wish.voices.first().copied() };
    }
    if is_open {
        for voice in party.voices.iter().filter(|voice| wish.voices.contains(&voice.id)) {
            framed(ui, form, Ink::Grid, |ui, form| one(ui, form, (id, party), voice, open));
        }
    }
}

fn customer_name(form: &Form<'_, '_>, customer: Option<PartyId>) -> String {
    let document = form.cx.document();
    match customer {
        None => "customer not said".into(),
        Some(id) if document.party(id).is_none() => "a customer no longer on the map".into(),
        Some(id) => document.name_of(id),
    }
}

/// The customers of a process, with a way to say none.
fn customers(form: &Form<'_, '_>, id: PartyId, also: Option<PartyId>) -> Vec<(Option<PartyId>, String)> {
    let document = form.cx.document();
    let mut all: BTreeSet<PartyId> = document.outputs(id).filter_map(|(_, handoff)| handoff.customer).collect();
    all.extend(also);
    let mut named: Vec<_> = all.into_iter().map(|id| (Some(id), customer_name(form, Some(id)))).collect();
    named.sort_by_cached_key(|(_, name)| name.to_lowercase());
    named.insert(0, (None, "not said".into()));
    named
}

/// The fields of one voice.
fn one(
    ui: &mut Ui,
    form: &mut Form<'_, '_>,
    (id, party): (PartyId, &Party),
    voice: &Voice,
    open: &mut Option<VoiceId>,
) {
    let put = |change: &dyn Fn(&mut Voice)| {
        let mut changed = party.clone();
        changed.voices.iter_mut().filter(|other| other.id == voice.id).for_each(change);
        vec![Edit::PutParty(id, changed)]
    };
    let field = |title, key| Field::new(title, "change expectation", (key, Some(Subject::Party(id))), voice.id);
    let is_answer = voice.kind == VoiceKind::Recommendation;
    if !is_answer {
        form.text(ui, field("In their words", "voice_text"), &voice.text, |v| put(&|o| o.text.clone_from(&v)));
    }
    let named = customers(form, id, voice.customer);
    let options: Vec<(Option<PartyId>, &str)> = named.iter().map(|(id, name)| (*id, name.as_str())).collect();
    ui.columns(2, |c| {
        let customer = field("Customer", "voice_customer");
        form.choice(&mut c[0], customer, voice.customer, &options, |v| put(&|o| o.customer = v));
        let source = field("Source", "voice_source");
        form.text(&mut c[1], source, &voice.source, |v| put(&|o| o.source.clone_from(&v)));
    });
    ui.columns(4, |c| {
        if !is_answer {
            let importance = field("Importance", "voice_importance");
            form.number(&mut c[0], importance, SCORE, voice.importance, |v| put(&|o| o.importance = v));
        }
        let title = if is_answer { "Answer" } else { "Satisfaction" };
        let satisfaction = field(title, "voice_satisfaction");
        form.number(&mut c[1], satisfaction, SCORE, voice.satisfaction, |v| put(&|o| o.satisfaction = v));
        form.when(&mut c[2], field("When", "voice_when"), voice.when, |v| put(&|o| o.when = v));
        form.number(&mut c[3], field("People", "voice_people"), SAMPLE, voice.people, |v| put(&|o| o.people = v));
    });
    if remove(ui, "this voice") {
        let mut changed = party.clone();
        changed.voices.retain(|other| other.id != voice.id);
        form.out.push(Action::edit("remove expectation", vec![Edit::PutParty(id, changed)]));
        *open = None;
    }
}

/// The internal NPS; with few answers the answers themselves.
fn recommendation(ui: &mut Ui, form: &mut Form<'_, '_>, (id, party): (PartyId, &Party), open: &mut Option<VoiceId>) {
    let Some(asked) = recommended(&party.voices) else { return };
    form.heading(ui, "Would they recommend it?");
    match asked.score() {
        Some(score) => {
            let sign = if score > 0.0 { "+" } else { "" };
            ui.label(RichText::new(format!("NPS {sign}{}", rounded(score, 0))).size(20.0));
            let share = |part: f64| rounded(part / asked.n * 100.0, 0);
            let words = format!(
                "{} % promoters (9–10), {} % detractors (0–6), n = {}",
                share(asked.promoters),
                share(asked.detractors),
                rounded(asked.n, 0)
            );
            form.note(ui, Ink::Faint, &words);
        }
        None => {
            let answers = asked.answers.iter().map(|(answer, people)| {
                let answer = rounded(*answer, 1);
                if *people > 1.0 { format!("{answer} (× {})", rounded(*people, 0)) } else { answer }
            });
            form.note(ui, Ink::Text, &format!("Answers: {}", answers.collect::<Vec<_>>().join(", ")));
            let words = format!("{} answers are too few for a score: it takes {LEAST_ANSWERS}.", rounded(asked.n, 0));
            form.note(ui, Ink::Faint, &words);
        }
    }
    for voice in party.voices.iter().filter(|voice| voice.kind == VoiceKind::Recommendation) {
        let answer = voice.satisfaction.map_or_else(|| "?".into(), |v| rounded(v, 1));
        let mut parts = vec![answer, customer_name(form, voice.customer)];
        parts.extend(Some(voice.source.clone()).filter(|source| !source.is_empty()));
        let is_open = *open == Some(voice.id);
        let row = egui::Button::selectable(is_open, RichText::new(parts.join(" · ")).size(12.0)).truncate();
        if ui.add(row.min_size(egui::vec2(ui.available_width(), 0.0))).clicked() {
            *open = if is_open { None } else { Some(voice.id) };
        }
        if is_open {
            framed(ui, form, Ink::Grid, |ui, form| one(ui, form, (id, party), voice, open));
        }
    }
}

/// What is typed for one voice.
#[derive(Debug, Clone, Default, PartialEq)]
struct Entry {
    kind: VoiceKind,
    customer: Option<PartyId>,
    text: String,
    importance: String,
    satisfaction: String,
    source: String,
    problem: String,
}

fn entry(ui: &mut Ui, form: &mut Form<'_, '_>, party_id: PartyId, party: &Party) {
    let id = Id::new(("new voice", party_id));
    let named = customers(form, party_id, None);
    let only = if let [_, (only, _)] = named.as_slice() { *only } else { None };
    let mut entry: Entry = kept(ui, id).unwrap_or_else(|| Entry { customer: only, ..Entry::default() });
    let options: Vec<(Option<PartyId>, &str)> = named.iter().map(|(id, name)| (*id, name.as_str())).collect();
    let mut add = false;
    ui.columns(2, |c| {
        chosen(&mut c[0], id.with("kind"), "What it is", &mut entry.kind, &titled(VoiceKind::ALL, VoiceKind::title));
        chosen(&mut c[1], id.with("customer"), "Whose voice", &mut entry.customer, &options);
    });
    let is_answer = entry.kind == VoiceKind::Recommendation;
    let words_id = id.with("text");
    if is_answer {
        form.note(ui, Ink::Faint, "How likely are you to recommend working with us to a colleague, 0 to 10?");
    } else {
        led_to(ui, Spot::Voices, words_id);
        add |= typed(ui, words_id, "In their words", "in their words", &mut entry.text);
    }
    ui.columns(3, |c| {
        if !is_answer {
            add |= typed(&mut c[0], id.with("importance"), "Importance", "importance", &mut entry.importance);
        }
        let name = if is_answer { "Answer" } else { "Satisfaction" };
        add |= typed(&mut c[1], id.with("satisfaction"), name, &name.to_lowercase(), &mut entry.satisfaction);
        add |= typed(&mut c[2], id.with("source"), "Source", "who said it", &mut entry.source);
    });
    add |= ui.button("Add voice").clicked();
    if add {
        match read(&entry, form.cx.ids.borrow_mut().make()) {
            Ok(voice) => {
                let mut changed = party.clone();
                changed.voices.push(voice);
                form.out.push(Action::edit("add expectation", vec![Edit::PutParty(party_id, changed)]));
                // The same person says the next thing.
                let Entry { kind, customer, source, .. } = entry;
                entry = Entry { kind, customer, source, ..Entry::default() };
                let first = if is_answer { id.with("satisfaction") } else { words_id };
                ui.memory_mut(|memory| memory.request_focus(first));
            }
            Err(problem) => entry.problem = problem,
        }
    }
    if !entry.problem.is_empty() {
        form.note(ui, Ink::Bad, &format!("Not added: {}", entry.problem));
    }
    keep(ui, id, Some(entry));
}

fn read(entry: &Entry, id: VoiceId) -> Result<Voice, String> {
    let mark = |name: &str, text: &str| SCORE.parse(text).map_err(|error| format!("{name}: {error}"));
    let mut voice = Voice::new(id, entry.customer, entry.kind, entry.text.trim());
    voice.satisfaction = mark("the mark", &entry.satisfaction)?;
    entry.source.trim().clone_into(&mut voice.source);
    voice.when = Some(When::day(today()));
    if entry.kind == VoiceKind::Recommendation {
        voice.text.clear();
        return if voice.satisfaction.is_some() { Ok(voice) } else { Err("give an answer from 0 to 10".into()) };
    }
    voice.importance = mark("importance", &entry.importance)?;
    if voice.text.is_empty() { Err("write down what they said".into()) } else { Ok(voice) }
}
