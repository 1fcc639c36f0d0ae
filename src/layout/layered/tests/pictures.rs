//! Small pictures that anybody can check, and large ones that only need to come out.

use super::*;

/// Layers counted from the left, from the places along the flow.
fn layers(layout: &Layout, direction: Direction) -> Vec<usize> {
    let along: Vec<f32> = layout.places.iter().map(|p| spot(*p, direction).0).collect();
    let mut all = along.clone();
    all.sort_by(f32::total_cmp);
    all.dedup();
    along.iter().map(|a| all.iter().position(|b| a == b).unwrap()).collect()
}

/// Crossings of straight lines between the middles.
fn crossings(request: &Request, layout: &Layout) -> usize {
    let side = |a: Point, b: Point, c: Point| (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
    let mut crossings = 0;
    for (i, e) in request.edges.iter().enumerate() {
        for f in &request.edges[i + 1..] {
            if [f.from, f.to].contains(&e.from) || [f.from, f.to].contains(&e.to) {
                continue;
            }
            let [a, b, c, d] = [e.from, e.to, f.from, f.to].map(|node| layout.places[node]);
            let apart = side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0;
            crossings += usize::from(apart);
        }
    }
    crossings
}

/// A value chain by chance: each party gives to one of the ring before and there are half as many links more.
fn chain(n: usize, rings: usize, seed: u64) -> Request {
    let mut state = seed;
    let mut below = |end: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % end.max(1)
    };
    let ring = |v: usize| if v == 0 { 0 } else { 1 + (v - 1) * (rings - 1) / (n - 1) };
    let members: Vec<Vec<usize>> = (0..rings).map(|r| (0..n).filter(|&v| ring(v) == r).collect()).collect();
    let mut links = Vec::new();
    for v in (1..n).chain((1..n).step_by(2)) {
        let to = &members[ring(v) - 1];
        let place = members[ring(v)].iter().position(|&w| w == v).unwrap() * to.len() / members[ring(v)].len();
        links.push((v, to[(place + below(3)).min(to.len() - 1)]));
    }
    request(n, &links)
}

#[test]
fn a_chain_is_one_straight_row() {
    for direction in [Direction::Right, Direction::Down] {
        let mut request = request(8, &[(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 6), (6, 7)]);
        request.direction = direction;
        for (i, node) in request.nodes.iter_mut().enumerate() {
            node.size.h += 10.0 * i as f32;
        }
        let layout = layered(&request);
        assert_eq!(layers(&layout, direction), [0, 1, 2, 3, 4, 5, 6, 7]);
        for (place, route) in layout.places.iter().zip(&layout.routes) {
            assert_eq!(spot(*place, direction).1, spot(layout.places[0], direction).1, "straight");
            assert_eq!(route.len(), 2, "no corner");
            assert_eq!(spot(route[0], direction).1, spot(route[1], direction).1, "and no slope");
        }
    }
}

#[test]
fn nothing_and_one_thing() {
    let empty = layered(&Request::default());
    assert!(empty.places.is_empty() && empty.bounds.is_nothing());
    let one = layered(&request(1, &[]));
    assert_eq!(one.bounds.size(), Size { w: W, h: H });
    assert_eq!(one.places[0], one.bounds.center());
    let own = layered(&request(1, &[(0, 0)]));
    assert!(own.routes[0].len() > 2 && !own.reversed[0], "a loop of one node is led around it");
}

#[test]
fn a_source_stands_next_to_its_only_customer_unless_it_is_external() {
    let links = [(0, 1), (1, 2), (2, 3), (3, 4), (5, 4)];
    assert_eq!(layers(&layered(&request(6, &links)), Direction::Right), [0, 1, 2, 3, 4, 3]);
    let mut external = request(6, &links);
    external.nodes[5].layer_hint = LayerHint::First;
    assert_eq!(layers(&layered(&external), Direction::Right), [0, 1, 2, 3, 4, 0]);
}

#[test]
fn an_end_stands_next_to_its_only_supplier_unless_it_is_external() {
    let links = [(0, 1), (1, 2), (2, 3), (3, 4), (0, 5)];
    assert_eq!(layers(&layered(&request(6, &links)), Direction::Right), [0, 1, 2, 3, 4, 1]);
    let mut external = request(6, &links);
    external.nodes[5].layer_hint = LayerHint::Last;
    assert_eq!(layers(&layered(&external), Direction::Right), [0, 1, 2, 3, 4, 4]);
}

#[test]
fn a_customer_who_also_supplies_stands_at_the_end() {
    let mut request = request(4, &[(0, 1), (1, 2), (2, 3), (3, 0)]);
    request.nodes[0].layer_hint = LayerHint::Last;
    let layout = layered(&request);
    assert_eq!(layers(&layout, Direction::Right), [3, 0, 1, 2]);
    assert_eq!(layout.reversed, [true, false, false, false], "what the customer gives runs back");
}

#[test]
fn a_loop_is_opened_where_the_first_party_begins() {
    let layout = layered(&request(3, &[(0, 1), (1, 2), (2, 0)]));
    assert_eq!(layout.reversed, [false, false, true]);
    assert!(layout.routes[2][0].x > layout.routes[2].last().unwrap().x, "it is led from right to left");
}

#[test]
fn rework_shapes_no_layers_but_holds_parts_together() {
    let mut request = request(4, &[(0, 1), (2, 3), (3, 0)]);
    request.edges[2].back = true;
    let layout = layered(&request);
    assert_eq!(layout.reversed, [false; 3]);
    assert!(layout.places[3].x > layout.places[0].x, "rework goes to the left");
    assert_eq!(layers(&layout, Direction::Right), [0, 1, 0, 1]);
}

#[test]
fn a_tree_and_a_ladder_have_no_crossings() {
    let tree: Vec<(usize, usize)> = (1..63).map(|v| (v, (v - 1) / 2)).collect();
    let request_tree = request(63, &tree);
    assert_eq!(crossings(&request_tree, &layered(&request_tree)), 0);
    // A ladder whose second rail is numbered in a stirred order.
    let stirred = |i: usize| 10 + i * 7 % 10;
    let mut ladder: Vec<(usize, usize)> = (0..9).map(|i| (i, i + 1)).collect();
    ladder.extend((0..9).map(|i| (stirred(i), stirred(i + 1))));
    ladder.extend((0..9).map(|i| (i, stirred(i + 1))));
    let request_ladder = request(20, &ladder);
    assert_eq!(crossings(&request_ladder, &layered(&request_ladder)), 0);
}

#[test]
fn long_links_are_straight_and_parallel_ones_side_by_side() {
    let request = request(5, &[(0, 1), (1, 2), (2, 3), (3, 4), (0, 4), (0, 4)]);
    let layout = layered(&request);
    let [upper, lower] = [&layout.routes[4], &layout.routes[5]];
    for route in [upper, lower] {
        let inside = &route[1..route.len() - 1];
        assert!(inside.windows(2).all(|pair| pair[0].y == pair[1].y), "straight past the cards: {route:?}");
    }
    assert!((upper[1].y - lower[1].y).abs() >= 5.0, "not on top of each other");
}

#[test]
fn labels_widen_the_gap_that_they_stand_in() {
    let gap = |label: f32| {
        let mut request = request(3, &[(0, 1), (1, 2)]);
        request.edges[0].label = Size { w: label, h: 16.0 };
        let places = layered(&request).places;
        (places[1].x - places[0].x - W, places[2].x - places[1].x - W)
    };
    assert_eq!(gap(0.0), (80.0, 80.0), "no label");
    assert_eq!(gap(20.0), (80.0, 80.0), "a short one fits");
    assert_eq!(gap(100.0), (148.0, 80.0), "a long one and 48");
    assert_eq!(gap(900.0), (260.0, 80.0), "but not without end");
}

#[test]
fn parts_lie_beneath_the_largest_and_single_nodes_last() {
    let request = request(9, &[(0, 1), (2, 3), (3, 4), (4, 5), (5, 6)]);
    let layout = layered(&request);
    let y = |node: usize| layout.places[node].y;
    assert!(y(2) < y(0) && y(0) < y(7) && y(7) == y(8), "{:?}", layout.places);
}

#[test]
fn a_large_chain_keeps_the_rules() {
    let request = chain(400, 10, 1);
    let layout = layered(&request);
    keeps_gaps(&request, &layout).unwrap();
    routes_fit(&request, &layout).unwrap();
    assert!(layout.bounds.height() < 2.0 * 60.0 * (H + 24.0), "and is not much higher than its largest layer");
}

#[test]
fn the_picture_stays_where_it_was() {
    let mut request = chain(40, 6, 3);
    let first = layered(&request);
    for (node, place) in request.nodes.iter_mut().zip(&first.places) {
        node.near = Some(*place + pt(1000.0, -300.0));
    }
    let again = layered(&request);
    for (node, place) in request.nodes.iter().zip(&again.places) {
        assert!(node.near.unwrap().distance(*place) < 0.1, "tidying a tidy map changes nothing");
    }
}

#[test]
fn a_new_leaf_leaves_the_order_of_the_others() {
    let (mut pairs, mut turned) = (0, 0);
    for seed in 1..=12 {
        let mut request = chain(60, 7, seed);
        let before = layered(&request);
        for (node, place) in request.nodes.iter_mut().zip(&before.places) {
            node.near = Some(*place);
        }
        request.nodes.push(Node { near: None, ..request.nodes[0] });
        request.edges.push(Edge { from: 60, to: seed as usize * 4, ..Edge::default() });
        let after = layered(&request);
        let (old, new) = (layers(&before, Direction::Right), layers(&after, Direction::Right));
        for a in 0..60 {
            for b in 0..a {
                if old[a] == old[b] && new[a] == new[b] {
                    pairs += 1;
                    let was = before.places[a].y < before.places[b].y;
                    turned += usize::from(was != (after.places[a].y < after.places[b].y));
                }
            }
        }
    }
    assert!(pairs > 2_000 && turned * 20 < pairs, "{turned} of {pairs} pairs changed their order");
}

#[test]
fn a_map_placed_by_hand_in_a_bad_order_is_put_right() {
    let mut request = chain(60, 7, 5);
    for (i, node) in request.nodes.iter_mut().enumerate() {
        node.near = Some(pt(0.0, (i * 37 % 60) as f32));
    }
    let tidy = crossings(&request, &layered(&request));
    for node in &mut request.nodes {
        node.near = None;
    }
    let best = crossings(&request, &layered(&request));
    assert!(tidy <= best * 5 / 4 + 2, "{tidy} crossings from a bad start, {best} from none");
}

#[test]
fn deep_wide_and_dense_maps_come_out() {
    let deep: Vec<(usize, usize)> = (1..50_000).map(|v| (v - 1, v)).collect();
    let layout = layered(&request(50_000, &deep));
    assert!(layout.places.iter().all(|p| p.y == layout.places[0].y), "straight");
    let wide: Vec<(usize, usize)> = (1..20_000).map(|v| (v, 0)).collect();
    assert_eq!(layered(&request(20_000, &wide)).places.len(), 20_000);
    let dense: Vec<(usize, usize)> = (0..10_000).map(|i| (i % 100, 100 + i / 100)).collect();
    assert_eq!(layered(&request(200, &dense)).routes.len(), 10_000);
    let ring: Vec<(usize, usize)> = (0..20_000).map(|v| (v, (v + 1) % 20_000)).collect();
    assert_eq!(layered(&request(20_000, &ring)).reversed.iter().filter(|r| **r).count(), 1);
    // Long links over a long chain would need a bend in every layer: most are led straight.
    let mut skips = deep[..5_000].to_vec();
    skips.extend((0..2_500).map(|v| (v, 4_999 - v)).filter(|(a, b)| a + 1 < *b));
    assert_eq!(layered(&request(5_001, &skips)).places.len(), 5_001);
}
