//! What holds for every arrangement, on random requests, and what small ones look like.

mod pictures;
mod steps;

use proptest::prelude::*;

use super::super::{ALL, Direction, Edge, LayerHint, Layout, Node, Request};
use super::layered;
use crate::geom::{Point, Rect, Size, pt};

const W: f32 = 160.0;
const H: f32 = 60.0;
/// Rounding of places in `f32`.
const SLACK: f32 = 0.05;

/// A request of equal cards with these links.
fn request(nodes: usize, links: &[(usize, usize)]) -> Request {
    let node = Node { size: Size { w: W, h: H }, ..Node::default() };
    let edge = |&(from, to): &(usize, usize)| Edge { from, to, ..Edge::default() };
    let edges = links.iter().map(edge).collect();
    Request { nodes: vec![node; nodes], edges, direction: Direction::Right, node_gap: 24.0, layer_gap: 80.0 }
}

/// Along and across the flow.
fn spot(p: Point, direction: Direction) -> (f32, f32) {
    match direction {
        Direction::Right => (p.x, p.y),
        Direction::Down => (p.y, p.x),
    }
}

fn rect(request: &Request, layout: &Layout, node: usize) -> Rect {
    let (at, size) = (layout.places[node], request.nodes[node].size);
    Rect::from_min_size(at - pt(size.w / 2.0, size.h / 2.0), size)
}

/// A request by chance: loops, parallel and back edges, hints, places and all.
fn any_request() -> impl Strategy<Value = Request> {
    let hint = prop_oneof![4 => Just(LayerHint::None), 1 => Just(LayerHint::First), 1 => Just(LayerHint::Last)];
    let near = proptest::option::of((-500.0..500.0_f32, -500.0..500.0_f32).prop_map(|(x, y)| pt(x, y)));
    let node = (1.0..200.0_f32, 1.0..120.0_f32, near, hint).prop_map(|(w, h, near, layer_hint)| Node {
        size: Size { w, h },
        near,
        layer_hint,
    });
    (1..30_usize)
        .prop_flat_map(move |n| {
            let edge = (0..n, 0..n, proptest::bool::weighted(0.1), 0.0..150.0_f32)
                .prop_map(|(from, to, back, w)| Edge { from, to, back, label: Size { w, h: w / 10.0 } });
            (proptest::collection::vec(node.clone(), n), proptest::collection::vec(edge, 0..60))
        })
        .prop_flat_map(|(nodes, edges)| {
            (Just(nodes), Just(edges), proptest::bool::ANY, proptest::bool::ANY, 1.0..50.0_f32, 1.0..100.0_f32)
        })
        .prop_map(|(mut nodes, edges, down, placed, node_gap, layer_gap)| {
            if !placed {
                for node in &mut nodes {
                    node.near = None;
                }
            }
            let direction = if down { Direction::Down } else { Direction::Right };
            Request { nodes, edges, direction, node_gap, layer_gap }
        })
}

/// The gap between two intervals; negative when they overlap.
fn gap(a: (f32, f32), b: (f32, f32)) -> f32 {
    (a.0 - b.1).max(b.0 - a.1)
}

fn keeps_gaps(request: &Request, layout: &Layout) -> Result<(), String> {
    let least = request.node_gap.min(request.layer_gap);
    let rects: Vec<Rect> = (0..request.nodes.len()).map(|node| rect(request, layout, node)).collect();
    for (i, a) in rects.iter().enumerate() {
        for (j, b) in rects.iter().enumerate().skip(i + 1) {
            let x = gap((a.min.x, a.max.x), (b.min.x, b.max.x));
            let y = gap((a.min.y, a.max.y), (b.min.y, b.max.y));
            let (along, across) = spot(pt(x, y), request.direction);
            if x.max(y) < least - SLACK {
                return Err(format!("{i} and {j} are too near: {x} and {y} apart, {a:?} {b:?}"));
            }
            if along < 0.0 && across < request.node_gap - SLACK {
                return Err(format!("{i} and {j} overlap along the flow and are only {across} apart"));
            }
        }
    }
    Ok(())
}

/// True when the edges that are kept have no loop.
fn is_acyclic(nodes: usize, edges: &[(usize, usize)]) -> bool {
    let mut open = vec![0; nodes];
    for &(_, to) in edges {
        open[to] += 1;
    }
    let mut ready: Vec<usize> = (0..nodes).filter(|&v| open[v] == 0).collect();
    let mut done = 0;
    while let Some(v) = ready.pop() {
        done += 1;
        for &(_, to) in edges.iter().filter(|edge| edge.0 == v) {
            open[to] -= 1;
            if open[to] == 0 {
                ready.push(to);
            }
        }
    }
    done == nodes
}

/// The edges that shape the layers and were not turned.
fn kept(request: &Request, layout: &Layout) -> Vec<(usize, usize)> {
    let edges = request.edges.iter().zip(&layout.reversed);
    edges.filter(|(e, reversed)| !e.back && !**reversed && e.from != e.to).map(|(e, _)| (e.from, e.to)).collect()
}

/// True when a part of the segment lies inside the rectangle (Liang and Barsky 1984).
fn enters(a: Point, b: Point, rect: &Rect) -> bool {
    let (mut from, mut to) = (0.0_f32, 1.0_f32);
    let sides = [
        (a.x - b.x, a.x - rect.min.x),
        (b.x - a.x, rect.max.x - a.x),
        (a.y - b.y, a.y - rect.min.y),
        (b.y - a.y, rect.max.y - a.y),
    ];
    for (towards, room) in sides {
        if towards == 0.0 {
            if room < 0.0 {
                return false;
            }
        } else if towards < 0.0 {
            from = from.max(room / towards);
        } else {
            to = to.min(room / towards);
        }
    }
    from < to
}

/// Each route runs from border to border, and through no card.
fn routes_fit(request: &Request, layout: &Layout) -> Result<(), String> {
    for (i, (edge, route)) in request.edges.iter().zip(&layout.routes).enumerate() {
        let (Some(&start), Some(&end)) = (route.first(), route.last()) else {
            return Err(format!("edge {i} has no route"));
        };
        for (node, point) in [(edge.from, start), (edge.to, end)] {
            let rect = rect(request, layout, node);
            if !rect.expand(SLACK).contains(point) || rect.expand(-SLACK).contains(point) {
                return Err(format!("edge {i} does not end on the border of {node}: {point:?} {rect:?}"));
            }
        }
        for node in (0..request.nodes.len()).filter(|_| edge.from != edge.to) {
            let rect = rect(request, layout, node).expand(-SLACK.max(0.3));
            if !rect.is_nothing() && route.windows(2).any(|pair| enters(pair[0], pair[1], &rect)) {
                return Err(format!("edge {i} runs through node {node}: {route:?} {rect:?}"));
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_arrangement_keeps_the_rules(request in any_request()) {
        for method in ALL {
            let layout = (method.run)(&request);
            prop_assert_eq!(&layout, &(method.run)(&request), "the same again");
            prop_assert_eq!(layout.places.len(), request.nodes.len());
            prop_assert_eq!(layout.routes.len(), request.edges.len());
            prop_assert_eq!(layout.reversed.len(), request.edges.len());
            keeps_gaps(&request, &layout).map_err(TestCaseError::fail)?;
            routes_fit(&request, &layout).map_err(TestCaseError::fail)?;
            let kept = kept(&request, &layout);
            prop_assert!(is_acyclic(request.nodes.len(), &kept), "no loop is left");
            for (from, to) in kept {
                let (a, b) = (rect(&request, &layout, from), rect(&request, &layout, to));
                let (end, start) = (spot(a.max, request.direction).0, spot(b.min, request.direction).0);
                prop_assert!(start - end >= request.layer_gap - SLACK, "{} to {} goes with the flow", from, to);
            }
            for (edge, reversed) in request.edges.iter().zip(&layout.reversed) {
                prop_assert!(!(edge.back && *reversed), "a back edge is known and not reported");
            }
            let bounds = layout.bounds.expand(SLACK);
            prop_assert!((0..request.nodes.len()).all(|node| bounds.contains_rect(&rect(&request, &layout, node))));
            prop_assert!(layout.routes.iter().flatten().all(|p| p.is_finite() && bounds.contains(*p)));
        }
    }

    #[test]
    fn numbers_that_are_none_do_no_harm(
        request in any_request(),
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
        let layout = layered(&request);
        prop_assert!(layout.places.iter().chain(layout.routes.iter().flatten()).all(|p| p.is_finite()));
        prop_assert!(layout.bounds.min.is_finite() && layout.bounds.max.is_finite());
        for (edge, route) in request.edges.iter().zip(&layout.routes) {
            prop_assert_eq!(route.is_empty(), edge.from >= request.nodes.len() || edge.to >= request.nodes.len());
        }
    }
}
