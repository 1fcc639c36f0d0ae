//! Which shape suits the page: a small onion is tried in several widths, turned so that its emptier side is up, and
//! squeezed there.

use std::f64::consts::{FRAC_PI_2, TAU};

use super::egg::Egg;
use super::ground::{Ground, turned};
use super::rings::Rows;
use super::{ASPECT, Request, order, place};
use crate::geom::Rect;

/// With no more cards and arrows than this several shapes are tried.
const FEW: usize = 64;
const FEW_EDGES: usize = 160;
/// With no more cards than this rows are brought as near to the centre as they go.
const TIGHT: usize = 600;
/// How many times wider than high small onions are tried.
const ASPECTS: [f64; 5] = [0.95, 1.15, 1.35, 1.6, 1.85];
/// Least free angle for rings to be squeezed, in radians, and the highest sine at which a card may stand then.
const FREE: f64 = 2.3;
const HIGHEST: f64 = 0.5;
/// So many of the best shapes are drawn and compared.
const DRAWN: usize = 4;

/// Where all cards stand.
pub(super) struct Plan {
    pub ground: Ground,
    pub rows: Rows,
    pub theta: Vec<f64>,
}

/// How large a picture is on a page of 16 to 9.
pub(super) fn extent(bounds: &Rect) -> f64 {
    f64::from((bounds.width() / 16.0).max(bounds.height() / 9.0))
}

/// The best shapes by their size, the best first; at least one.
pub(super) fn plans(request: &Request) -> Vec<Plan> {
    let wanted = (0.2..=5.0).contains(&request.aspect).then(|| f64::from(request.aspect));
    let usual = wanted.unwrap_or(f64::from(ASPECT));
    let ground = Ground::new(request, usual);
    let mut rows = Rows::new(&ground);
    let order = order::best(&ground, &rows);
    let count = ground.cards.len();
    let few = count <= FEW && ground.edges.len() <= FEW_EDGES;
    let tight = (count <= TIGHT).then_some(usize::MAX);
    let theta = place::angles(&ground, &mut rows, order.clone(), tight);
    let first = Plan { ground, rows, theta };
    if !few {
        return vec![first];
    }
    let turns = turns(&first);
    let aspects = wanted.map_or(ASPECTS.to_vec(), |aspect| vec![aspect]);
    let tries = aspects.iter().flat_map(|aspect| turns.iter().map(move |turn| (*aspect, *turn)));
    let mut plans: Vec<(f64, Plan)> = tries
        .filter_map(|(aspect, (ring, turn))| {
            let plan = squeezed(request, &order, aspect, (ring, turn))?;
            Some((size(&plan), plan))
        })
        .collect();
    plans.push((size(&first), first));
    plans.sort_by(|a, b| a.0.total_cmp(&b.0));
    // The best that is not squeezed is always among them: nothing can meet a label there.
    let whole = plans.iter().position(|(_, plan)| plan.rows.heads == usize::MAX).unwrap_or(0);
    plans.into_iter().enumerate().filter(|(i, _)| *i < DRAWN || *i == whole).map(|(_, (_, plan))| plan).collect()
}

/// The rings outside which the bands may be squeezed, each with the turn that brings its free side up.
fn turns(plan: &Plan) -> Vec<(usize, f64)> {
    let cards = &plan.ground.cards;
    let known = cards.iter().filter(|card| card.near.is_some()).count();
    let stays = 2 * known >= cards.len() && known > 0;
    let last = plan.rows.of_ring.len() - 1;
    let mut turns = vec![(usize::MAX, 0.0)];
    for ring in 0..last {
        let mut angles: Vec<f64> = (0..cards.len()).filter(|&v| cards[v].ring > ring).map(|v| plan.theta[v]).collect();
        angles.sort_by(f64::total_cmp);
        let Some(&first) = angles.first() else { continue };
        angles.push(first + TAU);
        let widest = angles.windows(2).max_by(|a, b| (a[1] - a[0]).total_cmp(&(b[1] - b[0])));
        let Some([from, to]) = widest.and_then(|pair| pair.first_chunk()) else { continue };
        if to - from >= FREE {
            turns.push((ring, if stays { 0.0 } else { -FRAC_PI_2 - f64::midpoint(*from, *to) }));
        }
    }
    turns
}

/// The plan turned, and squeezed outside a ring; `None` if cards stand in the way.
fn squeezed(request: &Request, order: &[f64], aspect: f64, (ring, turn): (usize, f64)) -> Option<Plan> {
    let mut ground = Ground::new(request, aspect);
    let mut rows = Rows::new(&ground);
    let theta = order.iter().map(|angle| turned(angle + turn)).collect();
    let theta = place::angles(&ground, &mut rows, theta, Some(ring));
    let outside = (0..theta.len()).filter(|&v| ground.cards[v].ring > ring);
    let rises = outside.map(|v| {
        let ((x, y), (a, b)) = (rows.spot(v, &theta), ground.cards[v].half);
        let top = b - y;
        // The nearer corner rises under the steeper angle.
        if top <= 0.0 { 0.0 } else { top / top.hypot((x.abs() - a).max(0.0)) }
    });
    let from = rises.fold(0.0, f64::max);
    if from > HIGHEST {
        return None;
    }
    if ring < rows.of_ring.len() {
        ground.egg = Egg::new(&rows.bands(&ground), ring, from);
    }
    rows.heads = ring;
    Some(Plan { ground, rows, theta })
}

/// The [`extent`] of a plan's rings.
fn size(plan: &Plan) -> f64 {
    let outer = plan.rows.bands(&plan.ground).last().map_or(0.0, |band| band.1);
    let at = |i: u32| {
        let (sin, cos) = (f64::from(i) * TAU / 64.0).sin_cos();
        plan.ground.point((outer * cos, outer * sin))
    };
    extent(&(0..64).map(at).fold(Rect::NOTHING, |sum, p| sum.with(p)))
}
