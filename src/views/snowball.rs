//! How quality and punctuality are lost on the way to the customer, layer by layer and handoff by handoff.

use std::collections::BTreeMap;

use super::Ask;
use super::shown::Shown;
use super::towards::towards;
use crate::analysis::quality::{Figure, Share};
use crate::analysis::{self, Chain, Step, Walk, layers, lifts, quality};
use crate::model::{HandoffId, Known, Lever};
use crate::scene::drawing::Drawing;
use crate::scene::snowball::{Bar, Part, Snowball, Tread, snowball};

/// Most columns of the staircase; of more layers, several share one.
const MOST_TREADS: usize = 14;
/// Most handoffs that are listed.
const MOST_BARS: usize = 15;

pub(super) fn draw(ask: &Ask<'_>) -> Drawing {
    if ask.document.is_empty() {
        return Drawing::default();
    }
    let told = towards(ask.document, ask.choice, |chain, upstream, at| told(ask, chain, upstream, at));
    snowball(told.as_ref(), ask.fonts)
}

fn told(ask: &Ask<'_>, chain: &Chain<'_>, upstream: &Walk, at: usize) -> Snowball {
    let layers = layers::nearest_nodes(chain, std::iter::once(at));
    let steps = analysis::snowball(chain, upstream, &layers);
    let shares = quality(chain, upstream).shares;
    let (losing, lossless): (Vec<&Share>, Vec<&Share>) = shares.iter().partition(|share| share.share > 0.0);
    let levers = lifts(chain, upstream, Lever::CompleteAccurate);
    let levers: BTreeMap<HandoffId, f64> = levers.iter().map(|lift| (lift.handoff, lift.per_point)).collect();
    let shown = Shown::of(ask.choice);
    let listed = losing.iter().filter(|share| shown.handoff(ask.document, share.handoff)).take(MOST_BARS);
    let bars: Vec<Bar> = listed.map(|share| bar(chain, share, &levers)).collect();
    let all: f64 = losing.iter().map(|share| share.share).sum();
    let told: f64 = bars.iter().map(|bar| bar.share).sum();
    let is_guess = |share: &&Share| chain.links()[share.link].handoff.known == Some(Known::Guess);
    Snowball {
        customer: ask.document.name_of(chain.parties()[at].0),
        treads: treads(&steps),
        more: (losing.len() - bars.len(), (all - told).max(0.0)),
        lossless: lossless.len(),
        guesses: shares.iter().filter(is_guess).count(),
        bars,
    }
}

fn bar(chain: &Chain<'_>, share: &Share, levers: &BTreeMap<HandoffId, f64>) -> Bar {
    let (document, handoff) = (chain.document(), chain.links()[share.link].handoff);
    Bar {
        handoff: share.handoff,
        title: document.describe(handoff),
        about: document.about_handoff(handoff),
        quality: handoff.complete_accurate_pct.map(|pct| handoff.share_in_words(pct)).unwrap_or_default(),
        share: share.share,
        per_point: levers.get(&share.handoff).copied(),
    }
}

/// The steps in at most so many columns, of about as many layers each.
fn treads(steps: &[Step]) -> Vec<Tread> {
    let together = steps.len().div_ceil(MOST_TREADS).max(1);
    steps.chunks(together).filter_map(tread).collect()
}

fn tread(steps: &[Step]) -> Option<Tread> {
    let (first, last) = (steps.first()?, steps.last()?);
    let here = |get: fn(&Step) -> Figure| part(steps.iter().map(get).fold(Figure::default(), Figure::times));
    Some(Tread {
        layers: (first.layer, last.layer),
        here: here(|step| step.complete_accurate),
        so_far: part(last.complete_accurate_so_far),
        on_time_here: here(|step| step.on_time),
        on_time_so_far: part(last.on_time_so_far),
    })
}

fn part(figure: Figure) -> Part {
    Part { value: figure.value, known: figure.known, of: figure.of }
}
