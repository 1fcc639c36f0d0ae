//! The snowball and the timeline: what they say is what the report says, what is unknown is told as unknown, and what they
//! show can be pressed.

use std::collections::BTreeSet;

use peel::analysis::{CustomerFigures, report};
use peel::files::samples::Sample;
use peel::geom::pt;
use peel::model::{
    Document, Edit, Handoff, HandoffId, IdGen, Known, Party, PartyId, PartyKind, Subject, ViewChoice, ViewKind,
};
use peel::scene::drawing::Drawing;
use peel::scene::text::Fonts;
use peel::scene::{Ink, Item};

use crate::maps::{five_hundred, small};
use crate::seen::{assert_is_sound, is_chart, texts};
use crate::{drawn, of};

const CHARTS: [ViewKind; 2] = [ViewKind::Snowball, ViewKind::Timeline];

fn sample(id: &str) -> Document {
    Sample::find(id).expect("there").open()
}

/// A chain of processes from the first to a customer, with what each handoff and each process is like.
fn chain(steps: &[(Option<f64>, Option<f64>)]) -> Document {
    let (mut document, mut ids, mut edits) = (Document::default(), IdGen::new(5, 5), Vec::new());
    let parties: Vec<PartyId> = (0..=steps.len()).map(|_| ids.make()).collect();
    for (i, id) in parties.iter().enumerate() {
        let kind = if i == steps.len() { PartyKind::Customer } else { PartyKind::Process };
        let process_time_h = steps.get(i).and_then(|(_, time)| *time);
        let party = Party { process_time_h, ..Party::named(format!("P{i:04}"), kind) };
        edits.extend([Edit::PutParty(*id, party), Edit::Place(*id, pt(i as f32 * 300.0, 0.0))]);
    }
    for (i, (quality, time)) in steps.iter().enumerate() {
        let handoff = Handoff::between(Some(parties[i]), Some(parties[i + 1]), format!("item {i}"));
        let handoff = Handoff { complete_accurate_pct: *quality, wait_h: *time, ..handoff };
        edits.push(Edit::PutHandoff(ids.make(), handoff));
    }
    document.apply(edits).expect("sound");
    document
}

fn seen(document: &Document, choice: &ViewChoice) -> (Drawing, Vec<String>) {
    let drawing = drawn(document, choice, &Fonts::bundled());
    assert_is_sound(&drawing, document, choice, "a chart");
    let words = drawing.behind.iter().flat_map(|group| texts(&group.items)).map(|(_, text)| text.to_owned()).collect();
    (drawing, words)
}

fn says(words: &[String], wanted: &str) -> bool {
    words.join(" ").contains(wanted)
}

fn subjects(drawing: &Drawing) -> Vec<Subject> {
    drawing.rows().map(|(subject, ..)| subject).collect()
}

#[test]
fn the_snowball_of_the_laboratory_has_the_numbers_of_the_method() {
    let document = sample("lab");
    let (drawing, words) = seen(&document, &of(ViewKind::Snowball));
    assert!(says(&words, "84.1 % of what reaches Clinician is complete and accurate"), "{words:?}");
    let wanted = ["97 %", "95.1 %", "90.3 %", "88.5 %", "85 %", "84.1 %"];
    assert!(wanted.iter().all(|text| words.iter().any(|word| word == text)), "so far: {words:?}");
    let lost = ["−3 points here", "−1.9 points here", "−4.8 points here", "−1.8 points here", "−3.5 points here"];
    assert!(lost.iter().all(|text| words.iter().any(|word| word == text)), "{words:?}");
    // Ranked: shares 29.6, 23.6, 17.6, 11.7, 11.7 and 5.8 %, and what a point gives: 0.841112 / q.
    let shares: Vec<&str> = ["29.6 %", "23.6 %", "17.6 %", "11.7 %", "5.8 %"].into();
    let at: Vec<usize> = shares.iter().map(|s| words.iter().position(|word| word == s).expect("listed")).collect();
    assert!(at.is_sorted(), "{at:?}");
    for lever in ["0.89 points", "0.88 points", "0.87 points", "0.86 points", "0.85 points"] {
        assert!(words.iter().any(|word| word == lever), "{lever}");
    }
    assert!(words.iter().any(|word| word == "≈ 95 %"), "guesses look like guesses");
    let critical = document.handoffs().filter(|(_, h)| h.critical && h.is_forward()).count();
    assert_eq!(subjects(&drawing).len(), critical, "each can be pressed");
}

#[test]
fn the_timeline_of_the_release_has_the_numbers_of_the_method() {
    let (drawing, words) = seen(&sample("release"), &of(ViewKind::Timeline));
    for wanted in ["Lead time to Users: 57.75 h", "20.75 h", "37 h", "35.9 %", "35.5 %", "16 of 16 times are known"] {
        assert!(says(&words, wanted), "{wanted}: {words:?}");
    }
    let parties = subjects(&drawing).into_iter().filter(|s| matches!(s, Subject::Party(_))).count();
    assert_eq!(parties, 9);
}

/// What a press at the middle of a row finds: the topmost there.
fn pressed(drawing: &Drawing, subject: Subject) -> Option<Subject> {
    let (_, bounds, _) = drawing.rows().find(|(of, ..)| *of == subject).expect("shown");
    drawing.rows().rev().find(|(_, rect, _)| rect.contains(bounds.center())).map(|(found, ..)| found)
}

#[test]
fn bars_select_what_they_show_and_waits_lie_on_the_rows_of_those_who_wait() {
    for (name, document) in small() {
        for kind in CHARTS {
            let (drawing, _) = seen(&document, &of(kind));
            for subject in subjects(&drawing) {
                assert!(document.has(subject));
                if matches!(subject, Subject::Handoff(_)) || kind == ViewKind::Snowball {
                    assert_eq!(pressed(&drawing, subject), Some(subject), "{name} {kind:?}");
                }
            }
            assert!(subjects(&drawing).len() > 3, "{name} {kind:?}");
            assert!(drawing.rows().all(|(_, rect, _)| drawing.bounds().contains_rect(&rect)));
        }
        let matrix = drawn(&document, &of(ViewKind::Silos), &Fonts::bundled());
        assert_eq!(matrix.rows().count(), 0, "cells are found by themselves");
    }
}

fn figures(document: &Document, customer: PartyId) -> CustomerFigures {
    report(document).customers.into_iter().find(|figures| figures.party == customer).expect("a customer")
}

#[test]
fn every_customer_has_charts_that_list_what_takes_most_and_leave_nothing_unsaid() {
    let (mut maps, fonts) = (small(), Fonts::bundled());
    maps.push(("five hundred".into(), five_hundred()));
    for (name, document) in maps {
        let customers: Vec<PartyId> = document.customers().map(|(id, _)| id).collect();
        for customer in customers {
            let choice = |kind| ViewChoice { customer: Some(customer), ..of(kind) };
            let figures = figures(&document, customer);
            let drawing = drawn(&document, &choice(ViewKind::Snowball), &fonts);
            assert_is_sound(&drawing, &document, &choice(ViewKind::Snowball), &name);
            let losing = figures.quality.shares.iter().filter(|share| share.share > 0.0);
            let listed: Vec<Subject> = losing.clone().take(15).map(|share| Subject::Handoff(share.handoff)).collect();
            assert_eq!(subjects(&drawing), listed, "{name}");
            let more = losing.clone().count() - listed.len();
            let words: Vec<String> =
                drawing.behind.iter().flat_map(|group| texts(&group.items)).map(|(_, t)| t.to_owned()).collect();
            assert_eq!(says(&words, &format!("{more} more take")), more > 0, "{name} {more}: {words:?}");
            let drawing = drawn(&document, &choice(ViewKind::Timeline), &fonts);
            assert_is_sound(&drawing, &document, &choice(ViewKind::Timeline), &name);
            let party = |subject| if let Subject::Party(id) = subject { Some(id) } else { None };
            let shown: Vec<PartyId> = subjects(&drawing).into_iter().filter_map(party).collect();
            assert!(shown.len() <= 60);
            assert_eq!(shown.len(), figures.timeline.stops.len().min(60), "{name}");
            let path = figures.timeline.stops.iter().filter(|stop| stop.on_path).map(|stop| stop.party);
            assert_eq!(shown[..path.clone().count().min(60)], path.take(60).collect::<Vec<_>>()[..], "{name}");
        }
    }
}

#[test]
fn what_is_unknown_is_shown_as_unknown() {
    let document = chain(&[(None, Some(1.0)), (Some(90.0), None), (None, Some(2.0)), (Some(80.0), Some(3.0))]);
    let (drawing, words) = seen(&document, &of(ViewKind::Snowball));
    assert!(says(&words, "72 % of what reaches P0004"), "{words:?}");
    assert_eq!(words.iter().filter(|word| *word == "?").count(), 2);
    assert_eq!(words.iter().filter(|word| *word == "0 of 1 known").count(), 2);
    assert!(says(&words, "known of 2 of 4") && says(&words, "can only make it less"), "{words:?}");
    assert!(says(&words, "2 have not been judged yet"));
    let lines = drawing.behind.iter().flat_map(|group| &group.items);
    let treads =
        lines.filter(|item| matches!(item, Item::Path { stroke: Some(s), .. } if s.ink == Ink::Accent)).count();
    assert_eq!(treads, 2, "nobody has judged the others: no step is drawn for them");
    let (_, words) = seen(&document, &of(ViewKind::Timeline));
    assert!(says(&words, "Lead time to P0004: at least 12 h"), "{words:?}");
    assert!(says(&words, "6 of 8 times are known") && words.iter().any(|word| word == "PT ?"), "{words:?}");
    assert!(words.iter().any(|word| word == "PT 2 h · wait ?"), "{words:?}");
}

#[test]
fn where_there_is_nothing_to_show_it_is_said_why() {
    for (kind, table) in [
        (ViewKind::Snowball, ["No external customer yet", "Nothing reaches", "Nobody has judged a handoff yet"]),
        (ViewKind::Timeline, ["No external customer yet", "Nothing reaches", "Nobody has said yet how long"]),
    ] {
        let mut alone = chain(&[(None, None)]);
        let (id, party) = alone.customers().map(|(id, p)| (id, (**p).clone())).next().expect("there");
        assert!(says(&seen(&alone, &of(kind)).1, table[2]), "{kind:?}");
        alone.apply(vec![Edit::PutParty(id, Party { kind: PartyKind::Process, ..party })]).expect("sound");
        assert!(says(&seen(&alone, &of(kind)).1, table[0]), "{kind:?}");
        let mut lonely = Document::default();
        let id: PartyId = IdGen::new(1, 1).make();
        let party = Party::named("Buyer", PartyKind::Customer);
        lonely.apply(vec![Edit::PutParty(id, party), Edit::Place(id, pt(0.0, 0.0))]).expect("sound");
        assert!(says(&seen(&lonely, &of(kind)).1, table[1]), "{kind:?}");
    }
    let (_, words) = seen(&chain(&[(Some(100.0), None), (None, None)]), &of(ViewKind::Snowball));
    assert!(says(&words, "Nothing is lost") && says(&words, "1 more has not been judged yet"), "{words:?}");
    let (_, words) = seen(&chain(&[(Some(0.0), None), (Some(50.0), None)]), &of(ViewKind::Snowball));
    assert!(says(&words, "0 % of what reaches") && says(&words, "1 loses nothing"), "{words:?}");
    let (_, words) = seen(&chain(&[(None, Some(0.0))]), &of(ViewKind::Timeline));
    assert!(says(&words, "Lead time to P0001: 0 h"), "{words:?}");
}

#[test]
fn deep_and_unlike_chains_stay_legible() {
    let deep: Vec<_> = (0..3_000).map(|i| (Some(99.99), Some(f64::from(i % 7)))).collect();
    let document = chain(&deep);
    let (drawing, words) = seen(&document, &of(ViewKind::Snowball));
    assert!(drawing.bounds().width() < 2_500.0 && says(&words, "Layers 3000–2786"), "{:?}", drawing.bounds());
    let (drawing, words) = seen(&document, &of(ViewKind::Timeline));
    assert!(drawing.bounds().height() < 3_000.0, "{:?}", drawing.bounds());
    assert!(says(&words, "2941 more are on the critical path") && says(&words, "too many to show"), "{words:?}");
    for times in [[0.1, 72.0], [1e6, 1e-6], [0.0, 1e6]] {
        let unlike = chain(&[(Some(0.001), Some(times[0])), (Some(99.999), Some(times[1])), (None, Some(times[0]))]);
        for kind in CHARTS {
            let (drawing, _) = seen(&unlike, &of(kind));
            let bars = drawing.behind.iter().flat_map(|group| &group.items);
            let widths = bars.filter_map(|item| match item {
                Item::Rect { rect, fill: Some(Ink::AccentSoft), .. } if kind == ViewKind::Timeline => {
                    Some(rect.width())
                }
                _ => None,
            });
            assert!(widths.into_iter().all(|width| width >= 3.0), "{times:?}");
        }
    }
}

#[test]
fn a_filter_leaves_rows_and_no_figure_changes() {
    let document = sample("loan");
    for kind in CHARTS {
        let (whole, words) = seen(&document, &of(kind));
        let (part, left) = seen(&document, &ViewChoice { filter: "risk".into(), ..of(kind) });
        assert_eq!(words[0], left[0], "the sentence above");
        let (all, some): (BTreeSet<_>, BTreeSet<_>) =
            (subjects(&whole).into_iter().collect(), subjects(&part).into_iter().collect());
        assert!(some.is_subset(&all) && some.len() < all.len() && !some.is_empty(), "{kind:?} {some:?}");
    }
}

#[test]
fn a_target_is_held_against_the_lead_time() {
    let document = sample("lab");
    let (id, customer) = document.customers().map(|(id, p)| (id, (**p).clone())).next().expect("there");
    for (target, said, ink) in [
        (10.0, "✓ target 10 h · met", Some(Ink::Good)),
        (7.85, "✓ target 7.85 h · met", Some(Ink::Good)),
        (6.5, "✗ target 6.5 h · not met, 1.35 h over", Some(Ink::Bad)),
        (400.0, "target 50 d · met", None),
    ] {
        let mut document = document.clone();
        let customer = Party { target_lead_time_h: Some(target), ..customer.clone() };
        document.apply(vec![Edit::PutParty(id, customer)]).expect("sound");
        let (drawing, words) = seen(&document, &of(ViewKind::Timeline));
        assert!(says(&words, said), "{said}: {words:?}");
        let items = drawing.behind.iter().flat_map(|group| &group.items);
        let lines = items.filter_map(|item| match item {
            Item::Path { stroke: Some(stroke), .. } if matches!(stroke.ink, Ink::Good | Ink::Bad) => Some(stroke.ink),
            _ => None,
        });
        assert_eq!(lines.collect::<Vec<_>>(), ink.into_iter().collect::<Vec<_>>(), "{target}");
    }
}

#[test]
fn emphasis_and_spotlight_dim_the_other_rows() {
    let (document, fonts) = (sample("loan"), Fonts::bundled());
    let spotlight = document.parties().find(|(_, p)| p.name == "Risk review").expect("there").0;
    let feeds = peel::views::upstream(&document, spotlight);
    for kind in CHARTS {
        assert!(is_chart(kind));
        let plain = drawn(&document, &of(kind), &fonts);
        let lit = drawn(&document, &ViewChoice { spotlight: Some(spotlight), ..of(kind) }, &fonts);
        assert_eq!(plain.behind.len(), lit.behind.len());
        for (before, now) in plain.behind.iter().zip(&lit.behind) {
            let is_bright = before.subject.is_none_or(|subject| feeds.contains(&subject));
            assert_eq!(before == now, is_bright || before.items.is_empty(), "{kind:?} {}", before.title);
        }
    }
}

#[test]
fn a_guess_that_is_counted_is_told() {
    let mut document = chain(&[(Some(90.0), None), (Some(90.0), None)]);
    let ids: Vec<HandoffId> = document.handoffs().map(|(id, _)| id).collect();
    let guess = Handoff { known: Some(Known::Guess), ..(**document.handoff(ids[0]).expect("there")).clone() };
    document.apply(vec![Edit::PutHandoff(ids[0], guess)]).expect("sound");
    let (_, words) = seen(&document, &of(ViewKind::Snowball));
    assert!(says(&words, "known of 2 of 2 critical handoffs on the way, 1 of them guessed"), "{words:?}");
    assert_eq!(words.iter().filter(|word| *word == "≈ 90 %").count(), 1);
}
