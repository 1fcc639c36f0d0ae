//! Which handoff hurts a customer most, and where a point gives most.

use super::figures::{faint, more, points, quality, says, section, share, share_text, table};
use super::{MOST_ROWS, Told};
use crate::analysis::{CustomerFigures, Lift, Share, leverage};
use crate::model::quantity::rounded;
use crate::writing::{Block, Side, Words};

/// Most handoffs that are ranked by punctuality.
const MOST_LATE: usize = 10;

pub(super) fn ranked(told: &Told<'_>, figures: &CustomerFigures) -> Vec<Block> {
    let shares = &figures.quality.shares;
    let mut blocks = vec![section("Which handoff hurts most")];
    if shares.is_empty() {
        blocks.push(says("No %C&A of a critical handoff on the way is known yet."));
    } else {
        blocks.push(says(
            "Ranked by share of all that is lost on the way. A point more at a handoff gives the customer as many points \
             as the product of all the others says.",
        ));
        let head = [
            ("Handoff", Side::Left),
            ("%C&A", Side::Right),
            ("Of the loss", Side::Right),
            ("A point gives", Side::Right),
            ("If perfect", Side::Right),
        ];
        blocks.push(table(head, shares.iter().take(MOST_ROWS).map(|share| row(told, figures, share)).collect()));
        blocks.extend(more(shares.len(), MOST_ROWS));
    }
    blocks.extend(late(told, &figures.on_time_lifts));
    blocks
}

fn row(told: &Told<'_>, figures: &CustomerFigures, of: &Share) -> Vec<Words> {
    let handoff = told.document.handoff(of.handoff);
    let lift = figures.quality_lifts.iter().find(|lift| lift.handoff == of.handoff);
    let factor = leverage(of.complete_accurate, 1.0).map(|factor| format!("×\u{a0}{}", rounded(factor, 2)));
    vec![
        Words::plain(told.handoff(of.handoff)),
        handoff.map_or_else(Words::default, |handoff| quality(handoff)),
        share(Some(of.share)),
        Words::plain(lift.map(|lift| points(lift.per_point)).unwrap_or_default()),
        factor.map_or_else(|| faint("from nothing"), Words::plain),
    ]
}

/// The same for punctuality, where anything is lost.
fn late(told: &Told<'_>, lifts: &[Lift]) -> Vec<Block> {
    let lifts: Vec<&Lift> = lifts.iter().filter(|lift| lift.at_most > 0.0).collect();
    if lifts.is_empty() {
        return Vec::new();
    }
    let row = |lift: &&Lift| {
        vec![
            Words::plain(told.handoff(lift.handoff)),
            share(Some(lift.now)),
            Words::plain(points(lift.per_point)),
            Words::plain(format!("{}\u{a0}points", points(lift.at_most * 100.0))),
        ]
    };
    let head = [
        ("Handoff", Side::Left),
        ("On time", Side::Right),
        ("A point gives", Side::Right),
        ("Gives at most", Side::Right),
    ];
    let mut blocks = vec![section("Where punctuality is lost")];
    blocks.push(table(head, lifts.iter().take(MOST_LATE).map(row).collect()));
    blocks.extend(more(lifts.len(), MOST_LATE));
    blocks
}

/// For those who see no table: the worst one in words.
pub(super) fn worst_in_words(told: &Told<'_>, figures: &CustomerFigures) -> Option<String> {
    let worst = figures.quality.shares.first().filter(|worst| worst.share > 0.0)?;
    Some(format!("{} of it at {}", share_text(worst.share), told.handoff(worst.handoff)))
}
