//! What holds for all lanes, on random requests, and what small ones look like.

use proptest::prelude::*;

use super::super::chain::tests::{any_request, is_clear, thirty};
use super::super::{Edge, Request};
use super::{LaneNode, Lanes, LanesRequest, around, lanes};
use crate::geom::{Size, pt};

const SLACK: f32 = 0.1;

/// The nodes of a request in lanes.
fn in_lanes(request: &Request, lanes: usize, lane: impl Fn(usize) -> usize) -> LanesRequest {
    let node = |(i, node): (usize, &super::Node)| LaneNode {
        size: node.size,
        lane: lane(i),
        layer_hint: node.layer_hint,
        near: node.near,
    };
    LanesRequest {
        nodes: request.nodes.iter().enumerate().map(node).collect(),
        edges: request.edges.clone(),
        lanes,
        lane_gap: 16.0,
        node_gap: request.node_gap,
        layer_gap: request.layer_gap,
        head: 80.0,
        ..LanesRequest::default()
    }
}

fn check(request: &LanesRequest) -> Result<Lanes, String> {
    let lanes = lanes(request);
    let sizes: Vec<Size> = request.nodes.iter().map(|node| node.size).collect();
    is_clear(&sizes, &request.edges, &lanes.places, &lanes.ways)?;
    for (i, (node, place)) in request.nodes.iter().zip(&lanes.places).enumerate() {
        if !lanes.lanes[node.lane].expand(SLACK).contains_rect(&around(*place, node.size)) {
            return Err(format!("card {i} lies outside its lane"));
        }
    }
    let mut sorted = lanes.order.clone();
    sorted.sort_unstable();
    if sorted != (0..request.lanes).collect::<Vec<_>>() {
        return Err(format!("the order is none of all lanes: {:?}", lanes.order));
    }
    for pair in lanes.order.windows(2) {
        let (above, below) = (lanes.lanes[pair[0]], lanes.lanes[pair[1]]);
        if above.max.y + request.lane_gap > below.min.y + SLACK
            || above.min.x != below.min.x
            || above.max.x != below.max.x
        {
            return Err(format!("lanes {pair:?} lie badly"));
        }
    }
    if lanes.lanes.iter().any(|lane| lane.height() < request.head - SLACK || !lanes.bounds.contains_rect(lane)) {
        return Err("a lane is too low, or out of bounds".into());
    }
    Ok(lanes)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_collides(request in any_request(1..50), count in 1..7_usize, seed in 0..1000_usize) {
        let mut request = in_lanes(&request, count, |i| (i * 7 + i * i * seed) % count);
        request.first = (seed % 3 == 0).then_some(seed % count);
        let found = check(&request).map_err(TestCaseError::fail)?;
        prop_assert!(request.first.is_none_or(|first| found.order[0] == first));
        request.edges.reverse();
        let again = lanes(&request);
        prop_assert_eq!(&found.places, &again.places, "the order of the edges does not matter");
    }

    #[test]
    fn numbers_that_are_none_do_no_harm(
        request in any_request(1..12),
        odd in proptest::collection::vec((0..30_usize, proptest::num::f32::ANY, proptest::num::f32::ANY), 1..8),
        gaps in (proptest::num::f32::ANY, proptest::num::f32::ANY, proptest::num::f32::ANY),
        count in 0..4_usize,
    ) {
        let mut request = in_lanes(&request, count, |i| i * i);
        for (i, w, h) in odd {
            let node = i % request.nodes.len();
            request.nodes[node].size = Size { w, h };
            request.nodes[node].near = Some(pt(h, w));
            request.edges.push(Edge { from: i, to: node, label: Size { w: h, h: w }, ..Edge::default() });
        }
        (request.node_gap, request.layer_gap, request.head) = gaps;
        (request.lane_gap, request.order, request.first, request.last) =
            (gaps.0, Some(vec![7, 1, 1, usize::MAX]), Some(99), Some(0));
        let lanes = lanes(&request);
        prop_assert!(lanes.places.iter().all(|p| p.is_finite()));
        prop_assert!(lanes.lanes.iter().all(|r| r.min.is_finite() && r.max.is_finite()));
        prop_assert!(lanes.bounds.min.is_finite() && lanes.bounds.max.is_finite());
        for (edge, way) in request.edges.iter().zip(&lanes.ways) {
            prop_assert_eq!(way.is_none(), edge.from >= request.nodes.len() || edge.to >= request.nodes.len());
            prop_assert!(way.iter().all(|way| way.path.controls().iter().all(|p| p.is_finite())));
        }
    }
}

#[test]
fn maps_of_thirty_keep_clear() {
    for seed in 0..8 {
        check(&in_lanes(&thirty(seed), 5, |i| i % 5)).unwrap();
    }
}

/// Three cards in a row in one lane, and one in another.
fn small() -> LanesRequest {
    let mut request = thirty(0);
    request.nodes.truncate(4);
    let edge = |from, to| Edge { from, to, label: Size { w: 60.0, h: 20.0 }, ..Edge::default() };
    request.edges = vec![edge(0, 1), edge(1, 2), edge(1, 3), edge(3, 2)];
    in_lanes(&request, 3, |i| usize::from(i == 3))
}

#[test]
fn a_straight_lane_is_no_higher_than_its_cards() {
    let lanes = check(&small()).unwrap();
    assert!(lanes.places[0].y == lanes.places[1].y && lanes.places[1].y == lanes.places[2].y, "{:?}", lanes.places);
    assert_eq!(lanes.lanes[1].height(), 92.0 + 44.0);
    assert_eq!(lanes.lanes[2].height(), 80.0, "nobody is in it");
    let columns: Vec<f32> = lanes.places.iter().map(|place| place.x).collect();
    assert!(columns[0] < columns[1] && columns[1] < columns[3] && columns[3] < columns[2], "the chain's: {columns:?}");
}

#[test]
fn lanes_lie_as_asked_for() {
    let mut request = small();
    let order = |request: &LanesRequest| lanes(request).order;
    assert_eq!(order(&request), [0, 1, 2]);
    request.order = Some(vec![2, 1]);
    assert_eq!(order(&request), [2, 1, 0]);
    (request.first, request.last) = (Some(1), Some(2));
    assert_eq!(order(&request), [1, 0, 2]);
}

#[test]
fn single_cards_of_a_lane_stand_beside_each_other() {
    let mut request = small();
    let single = LaneNode { size: Size { w: 184.0, h: 92.0 }, lane: 2, ..LaneNode::default() };
    request.nodes.extend([single; 4]);
    let lanes = check(&request).unwrap();
    assert_eq!(lanes.lanes[2].height(), 92.0 + 44.0, "four columns, four cards");
}

#[test]
fn a_small_change_moves_little() {
    let mut far = Vec::new();
    for seed in 0..6 {
        let mut request = in_lanes(&thirty(seed), 5, |i| i % 5);
        let before = lanes(&request);
        for (node, place) in request.nodes.iter_mut().zip(&before.places) {
            node.near = Some(*place);
        }
        request.order = Some(before.order.clone());
        let mut fewer = request.clone();
        fewer.edges.remove(seed as usize * 3);
        for request in [&request, &fewer] {
            let after = lanes(request);
            let mut moves: Vec<f32> = before.places.iter().zip(&after.places).map(|(a, b)| a.distance(*b)).collect();
            far.extend(Some(super::median(&mut moves)).filter(|far| *far >= 40.0));
        }
    }
    assert!(far.len() <= 2, "of 12 changes these moved the median party far: {far:?}");
}

#[test]
fn large_and_deep_requests_come_out() {
    let mut request = thirty(0);
    request.nodes = vec![request.nodes[0]; 3_000];
    request.edges = (1..3_000).map(|v| Edge { from: v - 1, to: v, ..Edge::default() }).collect();
    request.edges.extend((0..1_000).map(|v| Edge { from: v, to: 2_999 - v, ..Edge::default() }));
    for count in [3, 1_000] {
        assert!(lanes(&in_lanes(&request, count, |i| i % count)).ways.iter().all(Option::is_some));
    }
    assert!(lanes(&LanesRequest::default()).bounds.is_nothing());
}
