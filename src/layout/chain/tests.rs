//! What holds for every chain, on random requests, and what small ones look like.

use proptest::prelude::*;

use super::super::{Direction, Edge, LayerHint, Node, Request, Way};
use super::{Chain, around, chain};
use crate::geom::{Point, Rect, Size, pt};

/// Rounding of places in `f32`.
const SLACK: f32 = 0.1;

/// A request by chance: loops of one and of many, parallel and back edges, single nodes, hints.
pub(in crate::layout) fn any_request(nodes: std::ops::Range<usize>) -> impl Strategy<Value = Request> {
    let hint = prop_oneof![6 => Just(LayerHint::None), 1 => Just(LayerHint::First), 1 => Just(LayerHint::Last)];
    let node = (40.0..200.0_f32, 30.0..120.0_f32, hint);
    let node = node.prop_map(|(w, h, layer_hint)| Node { size: Size { w, h }, near: None, layer_hint });
    nodes
        .prop_flat_map(move |n| {
            let edge = (0..n, 0..n, proptest::bool::weighted(0.15), 0.0..150.0_f32, 10.0..50.0_f32);
            let edge = edge.prop_map(|(from, to, back, w, h)| Edge { from, to, back, label: Size { w, h } });
            (proptest::collection::vec(node.clone(), n), proptest::collection::vec(edge, 0..2 * n))
        })
        .prop_flat_map(|(nodes, edges)| {
            (Just(nodes), Just(edges), proptest::bool::ANY, 12.0..50.0_f32, 20.0..140.0_f32)
        })
        .prop_map(|(nodes, edges, down, node_gap, layer_gap)| {
            let direction = if down { Direction::Down } else { Direction::Right };
            Request { nodes, edges, direction, node_gap, layer_gap }
        })
}

/// No card and no label overlaps another, each label stands on its way, and no way runs through a card or another's label.
pub(in crate::layout) fn is_clear(
    sizes: &[Size],
    edges: &[Edge],
    places: &[Point],
    ways: &[Option<Way>],
) -> Result<(), String> {
    let cards: Vec<Rect> = sizes.iter().zip(places).map(|(size, place)| around(*place, *size)).collect();
    let mut labels = Vec::new();
    for (e, (edge, way)) in edges.iter().zip(ways).enumerate() {
        let (Some(way), true) = (way, edge.label.w > 0.0) else { continue };
        let middle = way.label.ok_or("no label")?;
        let off = way.path.distance(middle);
        if off > 0.5 {
            return Err(format!("the label of {e} stands {off} beside its way"));
        }
        labels.push((e, around(middle, edge.label)));
    }
    let apart = |a: &Rect, b: &Rect| !a.expand(-SLACK).intersects(&b.expand(-SLACK));
    for (i, a) in cards.iter().enumerate() {
        if let Some(j) = (i + 1..cards.len()).find(|&j| !apart(a, &cards[j])) {
            return Err(format!("cards {i} and {j} overlap"));
        }
        if let Some((e, _)) = labels.iter().find(|(_, label)| !apart(a, label)) {
            return Err(format!("the label of {e} lies on card {i}"));
        }
    }
    for (i, (e, a)) in labels.iter().enumerate() {
        if let Some((f, _)) = labels[i + 1..].iter().find(|(_, b)| !apart(a, b)) {
            return Err(format!("the labels of {e} and {f} overlap"));
        }
    }
    for (e, (edge, way)) in edges.iter().zip(ways).enumerate() {
        let Some(way) = way else { continue };
        let ends = [cards[edge.from], cards[edge.to]];
        for (end, point) in ends.iter().zip([way.path.start(), way.path.end()]) {
            if !end.expand(SLACK).contains(point) || end.expand(-SLACK).contains(point) {
                return Err(format!("the way of {e} does not end on the border of its card: {point:?} {end:?}"));
            }
        }
        for point in way.path.points(40) {
            if let Some(i) = cards.iter().position(|card| card.expand(-SLACK).contains(point)) {
                return Err(format!("the way of {e} ({edge:?}) runs through card {i} at {point:?}"));
            }
            if let Some((f, _)) = labels.iter().find(|(f, label)| *f != e && label.expand(-SLACK).contains(point)) {
                return Err(format!("the way of {e} runs through the label of {f}"));
            }
        }
    }
    Ok(())
}

/// A map of 30 parties by chance: six layers, some links over several, one loop and some rework.
pub(in crate::layout) fn thirty(seed: u64) -> Request {
    let mut state = seed.wrapping_mul(2).wrapping_add(1);
    let mut below = |end: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % end.max(1)
    };
    let node = Node { size: Size { w: 184.0, h: 92.0 }, ..Node::default() };
    let label = Size { w: 90.0, h: 30.0 };
    let edge = |from, to, back| Edge { from, to, back, label };
    let mut edges: Vec<Edge> = (0..25).map(|v| edge(v, (v / 5 + 1) * 5 + below(5), false)).collect();
    edges.extend((0..12).map(|i| edge(i, (i / 5 + 1 + below(3)) * 5 + below(5), false)));
    edges.extend((0..3).map(|i| edge(20 + i, 5 + below(10), i > 0)));
    Request { nodes: vec![node; 30], edges, direction: Direction::Right, node_gap: 44.0, layer_gap: 120.0 }
}

fn sizes(request: &Request) -> Vec<Size> {
    request.nodes.iter().map(|node| node.size).collect()
}

fn check(request: &Request) -> Result<Chain, String> {
    let chain = chain(request);
    is_clear(&sizes(request), &request.edges, &chain.places, &chain.ways)?;
    let bounds = chain.bounds.expand(SLACK);
    for (place, node) in chain.places.iter().zip(&request.nodes) {
        if !bounds.contains_rect(&around(*place, node.size)) {
            return Err("a card lies outside the bounds".into());
        }
    }
    for (way, edge) in chain.ways.iter().zip(&request.edges) {
        let way = way.as_ref().ok_or("no way")?;
        let label = way.label.map_or(Rect::NOTHING, |at| around(at, edge.label));
        if !bounds.contains_rect(&way.path.bounds()) || edge.label.w > 0.0 && !bounds.contains_rect(&label) {
            return Err("a way lies outside the bounds".into());
        }
    }
    Ok(chain)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_collides(request in any_request(1..50)) {
        let chain = check(&request).map_err(TestCaseError::fail)?;
        let mut turned = request;
        turned.edges.reverse();
        let mut again = super::chain(&turned);
        again.ways.reverse();
        prop_assert_eq!(&chain.places, &again.places, "the order of the edges does not matter");
    }

    #[test]
    fn numbers_that_are_none_do_no_harm(
        request in any_request(1..12),
        odd in proptest::collection::vec((0..30_usize, proptest::num::f32::ANY, proptest::num::f32::ANY), 1..8),
        gaps in (proptest::num::f32::ANY, proptest::num::f32::ANY),
    ) {
        let mut request = request;
        for (i, w, h) in odd {
            let node = i % request.nodes.len();
            request.nodes[node].size = Size { w, h };
            request.nodes[node].near = Some(pt(h, w));
            request.edges.push(Edge { from: i, to: node, label: Size { w: h, h: w }, ..Edge::default() });
        }
        (request.node_gap, request.layer_gap) = gaps;
        let chain = chain(&request);
        prop_assert!(chain.places.iter().all(|p| p.is_finite()));
        prop_assert!(chain.bounds.min.is_finite() && chain.bounds.max.is_finite());
        for (edge, way) in request.edges.iter().zip(&chain.ways) {
            prop_assert_eq!(way.is_none(), edge.from >= request.nodes.len() || edge.to >= request.nodes.len());
            if let Some(way) = way {
                prop_assert!(way.path.controls().iter().all(|p| p.is_finite()));
                prop_assert!(way.label.is_some_and(|at| at.is_finite()));
            }
        }
    }
}

#[test]
fn maps_of_thirty_keep_clear() {
    for seed in 0..12 {
        check(&thirty(seed)).unwrap();
    }
}

#[test]
fn long_links_that_get_no_bends_run_beneath_everything() {
    let mut request = thirty(1);
    let node = request.nodes[0];
    request.nodes = vec![node; 80];
    let edge = |from, to| Edge { from, to, label: Size { w: 60.0, h: 20.0 }, ..Edge::default() };
    request.edges = (1..80).map(|v| edge(v - 1, v)).collect();
    request.edges.extend((0..39).map(|v| edge(v, 79 - v)));
    request.edges.extend((0..30).map(|v| edge(v + 2, 79 - v)));
    request.edges.extend((0..20).map(|v| edge(70 - v, v)));
    check(&request).unwrap();
}

#[test]
fn a_straight_chain_has_straight_ways() {
    let mut request = thirty(0);
    request.nodes.truncate(5);
    request.edges.truncate(4);
    for (i, edge) in request.edges.iter_mut().enumerate() {
        (edge.from, edge.to) = (i, i + 1);
    }
    for direction in [Direction::Right, Direction::Down] {
        request.direction = direction;
        let chain = check(&request).unwrap();
        for (i, way) in chain.ways.iter().flatten().enumerate() {
            assert_eq!(way.path.curves().len(), 1, "one straight piece");
            let way = way.path.end() - way.path.start();
            let (along, across) = if direction == Direction::Right { (way.x, way.y) } else { (way.y, way.x) };
            assert!(along > 100.0 && across.abs() < 0.01, "{i}: {way:?}");
        }
    }
}

#[test]
fn rework_leaves_and_enters_beneath() {
    let mut request = thirty(0);
    request.nodes.truncate(3);
    let edge = |from, to, back| Edge { from, to, back, label: Size { w: 80.0, h: 30.0 } };
    request.edges = vec![edge(0, 1, false), edge(1, 2, false), edge(2, 0, true), edge(2, 1, false), edge(1, 1, true)];
    let chain = check(&request).unwrap();
    assert!(chain.places[0].x < chain.places[1].x && chain.places[1].x < chain.places[2].x);
    for (e, from, to) in [(2, 2, 0), (3, 2, 1)] {
        let path = &chain.ways[e].as_ref().unwrap().path;
        for (end, node) in [(path.start(), from), (path.end(), to)] {
            assert!((end.y - chain.places[node].y - 46.0).abs() < SLACK, "edge {e} at the lower edge of {node}");
        }
        assert!(path.bounds().max.y > chain.places[to].y + 60.0, "and bows out below");
        assert!((path.end_direction() - pt(0.0, -1.0)).length() < 0.01, "up into the card");
    }
}

#[test]
fn a_small_change_moves_little() {
    let mut far: Vec<(f32, u64)> = Vec::new();
    for seed in 0..10 {
        let mut request = thirty(seed);
        let before = chain(&request);
        for (node, place) in request.nodes.iter_mut().zip(&before.places) {
            node.near = Some(*place);
        }
        let moved = |request: &Request| {
            let after = chain(request);
            let mut moves: Vec<f32> = before.places.iter().zip(&after.places).map(|(a, b)| a.distance(*b)).collect();
            super::median(&mut moves)
        };
        let mut fewer = request.clone();
        fewer.edges.remove(seed as usize * 3);
        let mut more = request.clone();
        more.edges.push(Edge { from: seed as usize, to: 20 + seed as usize % 5, ..request.edges[0] });
        far.extend(
            [&request, &fewer, &more].map(|request| (moved(request), seed)).into_iter().filter(|far| far.0 >= 40.0),
        );
    }
    // Where the layers themselves change, more must move.
    assert!(far.len() <= 4, "of 30 changes these moved the median party far: {far:?}");
}

#[test]
fn large_and_deep_requests_come_out() {
    let deep: Vec<Edge> = (1..5_000).map(|v| Edge { from: v - 1, to: v, ..Edge::default() }).collect();
    let mut request = Request { nodes: vec![thirty(0).nodes[0]; 5_000], edges: deep, ..thirty(0) };
    request.edges.extend((0..2_000).map(|v| Edge { from: v, to: 4_999 - v, ..Edge::default() }));
    assert!(chain(&request).ways.iter().all(Option::is_some));
    assert!(chain(&Request::default()).bounds.is_nothing());
}
