//! The steps of the method against slow ways that cannot be wrong.

use proptest::prelude::*;

use super::super::acyclic::turned;
use super::super::crossings::Counter;
use super::super::layers::Layers;
use super::super::order::Order;
use super::super::part::{self, Part};
use super::super::place::Room;
use super::super::rank::ranks;
use super::super::relax::Pools;
use super::super::sift::Sifter;
use super::super::simplex::{Arc, shorten};
use super::{any_request, request};

/// The largest connected part of a request, in layers.
fn layers_of(request: &super::Request) -> (Part, Layers) {
    let mut index = vec![0; request.nodes.len()];
    let part = Part::new(request, &part::parts(request)[0], &mut index);
    let turned = turned(&part);
    let layers = Layers::new(&part, ranks(&part, &turned));
    (part, layers)
}

/// Crossings of the links between the layers, pair by pair.
fn slow_crossings(layers: &Layers, order: &Order) -> u64 {
    let mut steps = Vec::new();
    for v in 0..layers.len() {
        for near in layers.after.of(v) {
            steps.push((layers.rank[v], order.pos[v], order.pos[near.v as usize], u64::from(near.weight)));
        }
    }
    let mut crossings = 0;
    for (i, a) in steps.iter().enumerate() {
        for b in &steps[i + 1..] {
            if a.0 == b.0 && (a.1 < b.1 && a.2 > b.2 || a.1 > b.1 && a.2 < b.2) {
                crossings += a.3 * b.3;
            }
        }
    }
    crossings
}

fn order_by(layers: &Layers, keys: &[f64]) -> Order {
    let key: Vec<f64> = (0..layers.len()).map(|v| keys[v % keys.len()]).collect();
    Order::by_key(layers, &key)
}

fn keys() -> impl Strategy<Value = Vec<f64>> {
    proptest::collection::vec(0.0..1.0_f64, 37)
}

/// The least sum of weight × length, over all ranks.
fn slow_least_length(n: i32, arcs: &[Arc]) -> i64 {
    let mut rank = vec![0_i32; n as usize];
    let mut least = i64::MAX;
    loop {
        let length = |arc: &Arc| rank[arc.to as usize] - rank[arc.from as usize];
        if arcs.iter().all(|arc| length(arc) >= arc.least) {
            least = least.min(arcs.iter().map(|arc| arc.weight * i64::from(length(arc))).sum());
        }
        let Some(digit) = rank.iter().position(|&digit| digit + 1 < n) else { return least };
        rank[digit] += 1;
        rank[..digit].fill(0);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn crossings_are_counted_as_by_hand(request in any_request(), keys in keys()) {
        let (_, layers) = layers_of(&request);
        let order = order_by(&layers, &keys);
        let counted = Counter::default().total(&layers, &order.layers, &order.pos);
        prop_assert_eq!(counted, slow_crossings(&layers, &order));
    }

    #[test]
    fn sifting_saves_the_crossings_that_it_says(request in any_request(), keys in keys(), reach in 1..40_usize) {
        let (_, layers) = layers_of(&request);
        let mut order = order_by(&layers, &keys);
        let before = slow_crossings(&layers, &order);
        let saved = Sifter::default().round(&layers, &mut order, reach, &|_| true);
        prop_assert_eq!(before - saved, slow_crossings(&layers, &order));
        let mut vertices = order.layers.concat();
        vertices.sort_unstable();
        prop_assert!(vertices.into_iter().eq(0..layers.len() as u32), "none is lost");
    }

    #[test]
    fn links_are_as_short_as_can_be(
        n in 2..6_i32,
        more in proptest::collection::vec((0..6_u32, 0..6_u32, 1..5_i64), 0..9),
    ) {
        // A path holds all together; the rest runs the same way, so there is no loop.
        let mut arcs: Vec<Arc> = (1..n as u32).map(|to| Arc { from: to / 2, to, weight: 1, least: 1 }).collect();
        for (a, b, weight) in more {
            let (from, to) = (a.min(b) % n as u32, a.max(b) % n as u32);
            if from < to {
                arcs.push(Arc { from, to, weight, least: 1 });
            }
        }
        let mut rank: Vec<i32> = (0..n).collect();
        shorten(&arcs, &mut rank);
        let length: i64 = arcs.iter().map(|a| a.weight * i64::from(rank[a.to as usize] - rank[a.from as usize])).sum();
        prop_assert!(arcs.iter().all(|a| rank[a.to as usize] - rank[a.from as usize] >= a.least));
        prop_assert_eq!(length, slow_least_length(n, &arcs));
    }

    #[test]
    fn no_places_of_a_layer_are_nearer_to_the_wishes(
        wishes in proptest::collection::vec((-100.0..100.0_f64, 0.1..5.0_f64), 1..12),
        other in proptest::collection::vec(0.0..60.0_f64, 12),
        start in -150.0..50.0_f64,
    ) {
        let n = wishes.len();
        let links: Vec<(usize, usize)> = (0..n).map(|v| (v, n)).collect();
        let (_, layers) = layers_of(&request(n + 1, &links));
        let order = order_by(&layers, &[0.0]);
        let size = vec![10.0; layers.len()];
        let room = Room { layers: &layers, order: &order, size: &size, gap: 5.0 };
        let layer: Vec<u32> = (0..n as u32).collect();
        let mut at = vec![0.0; layers.len()];
        Pools::default().settle(&room, &layer, &mut at, |v, _| wishes[v as usize]);
        prop_assert!(at[..n].windows(2).all(|pair| pair[1] - pair[0] >= 15.0 - 1e-9), "gaps are kept: {:?}", at);
        // No other places with the gaps cost less: least squares.
        let cost = |at: &[f64]| at.iter().zip(&wishes).map(|(at, (wish, weight))| weight * (at - wish).powi(2)).sum::<f64>();
        let gaps: Vec<f64> = other.iter().map(|more| 15.0 + more).collect();
        let others: Vec<f64> = (0..n).map(|i| start + gaps[..i].iter().sum::<f64>()).collect();
        for share in [1.0, 0.1, 0.001] {
            let mixed: Vec<f64> = at.iter().zip(&others).map(|(at, other)| at + (other - at) * share).collect();
            prop_assert!(cost(&mixed) >= cost(&at[..n]) - 1e-9);
        }
    }
}

#[test]
fn only_links_of_loops_are_turned_and_few() {
    // Two loops that share the link 1 → 2; a tail in and out.
    let request = request(6, &[(0, 1), (1, 2), (2, 3), (3, 1), (2, 4), (4, 1), (4, 5)]);
    let mut index = vec![0; 6];
    let part = Part::new(&request, &part::parts(&request)[0], &mut index);
    assert_eq!(turned(&part).iter().filter(|turned| **turned).count(), 1, "one link opens both loops");
}
