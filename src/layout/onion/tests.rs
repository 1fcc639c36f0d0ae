//! What an onion must be, on graphs by chance and on hostile ones.

use super::*;
use crate::geom::pt;

/// Numbers by chance, the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }
}

fn request(nodes: Vec<Node>, edges: Vec<Edge>) -> Request {
    let rings = nodes.iter().map(|node| node.ring + 1).max().unwrap_or(0);
    let heads = vec![Size { w: 170.0, h: 24.0 }; rings.min(100)];
    Request { nodes, edges, node_gap: 24.0, ring_gap: 80.0, aspect: ASPECT, heads }
}

fn card(ring: usize) -> Node {
    Node { size: Size { w: 184.0, h: 76.0 }, ring, group: None, near: None }
}

fn edge(from: usize, to: usize) -> Edge {
    Edge { from, to, label: Size::default() }
}

/// Cards in rings around some in the centre, most edges inwards, some within a ring, outwards, or over several rings.
fn random(seed: u64, count: usize, rings: usize, centre: usize, sizes: bool) -> Request {
    let mut dice = Dice(seed);
    let mut nodes = Vec::new();
    for v in 0..count {
        let mut node = card(if v < centre { 0 } else { 1 + (v - centre) * rings / count });
        node.group = Some(dice.below(4) as u32);
        if sizes {
            node.size = Size { w: 20.0 + dice.below(300) as f32, h: 10.0 + dice.below(140) as f32 };
        }
        nodes.push(node);
    }
    let edges = (0..2 * count).map(|i| {
        edge(if i < count { i } else { dice.below(count) }, dice.below(if i < count { i.max(1) } else { count }))
    });
    let edges = edges.collect();
    request(nodes, edges)
}

fn cards(request: &Request, onion: &Onion) -> Vec<Rect> {
    request.nodes.iter().zip(&onion.places).map(|(node, at)| ground::rect(*at, node.size)).collect()
}

/// Everything that must hold of any onion.
fn check(request: &Request, name: &str) -> Onion {
    let onion = onion(request);
    let cards = cards(request, &onion);
    let heads: Vec<Rect> =
        onion.rings.iter().zip(&request.heads).skip(1).map(|(r, s)| ground::rect(r.head, *s)).collect();
    for (i, one) in cards.iter().enumerate() {
        assert!(onion.bounds.contains_rect(one), "{name}: card {i} lies within the bounds");
        for (j, other) in cards.iter().enumerate().skip(i + 1) {
            assert!(!one.expand(3.0).intersects(other), "{name}: cards {i} and {j}: {one:?} {other:?}");
        }
        for (k, head) in heads.iter().enumerate() {
            assert!(!one.expand(1.0).intersects(head), "{name}: card {i} and the label of ring {}", k + 1);
        }
    }
    for (e, (edge, way)) in request.edges.iter().zip(&onion.ways).enumerate() {
        let there = edge.from < cards.len() && edge.to < cards.len();
        assert_eq!(way.is_some(), there, "{name}: edge {e}");
        let Some(way) = way else { continue };
        for (end, node) in [(way.path.start(), edge.from), (way.path.end(), edge.to)] {
            let (rect, deep) = (cards[node].expand(0.5), cards[node].expand(-0.5));
            assert!(rect.contains(end) && !deep.contains(end), "{name}: edge {e} ends at the border: {end:?} {rect:?}");
        }
        for point in way.path.points(24) {
            assert!(onion.bounds.expand(1.0).contains(point), "{name}: edge {e} lies within the bounds");
            let hit = |(i, card): (usize, &Rect)| i != edge.from && i != edge.to && card.contains(point);
            let crossed = cards.iter().enumerate().position(hit);
            assert_eq!(crossed, None, "{name}: edge {e} {edge:?} crosses a card at {point:?}");
            let head = heads.iter().position(|head| head.contains(point));
            assert_eq!(head, None, "{name}: edge {e} {edge:?} crosses the label of a ring at {point:?}");
        }
    }
    onion
}

#[test]
fn no_card_is_overlapped_and_none_crossed() {
    for seed in 0..12 {
        check(&random(seed, 8 + 5 * seed as usize, 1 + seed as usize % 5, 1, false), &format!("alike {seed}"));
        check(&random(seed, 30, 3, 1 + seed as usize % 6, false), &format!("centre {seed}"));
        check(&random(seed, 40, 4, 1, true), &format!("sizes {seed}"));
    }
    check(&random(1, 300, 2, 1, false), "many in a ring");
    check(&random(2, 260, 6, 1, true), "many of many sizes");
}

#[test]
fn a_tree_is_drawn_without_crossings() {
    let mut nodes = vec![card(0); 40];
    let mut edges = Vec::new();
    for v in 1..40 {
        nodes[v].ring = nodes[(v - 1) / 3].ring + 1;
        edges.push(edge(v, (v - 1) / 3));
    }
    let request = request(nodes, edges);
    let onion = check(&request, "tree");
    let ground = ground::Ground::new(&request, f64::from(ASPECT));
    let theta: Vec<f64> = onion.angles.iter().map(|a| f64::from(*a)).collect();
    assert_eq!(order::straight(&ground, &rings::Rows::new(&ground), &theta), 0);
}

/// How far a point lies outside a rectangle.
fn outside(rect: &Rect, p: Point) -> f32 {
    let clamped = pt(p.x.clamp(rect.min.x, rect.max.x), p.y.clamp(rect.min.y, rect.max.y));
    clamped.distance(p)
}

#[test]
fn small_onions_get_all_their_labels() {
    let (mut all, mut missing) = (0, 0);
    for seed in 0..8 {
        let mut request = random(seed, 16, 3, 1, false);
        request.edges.truncate(22);
        request.edges.retain(|e| e.from != e.to);
        for edge in &mut request.edges {
            edge.label = Size { w: 110.0, h: 18.0 };
        }
        let onion = check(&request, "labels");
        let mut taken = cards(&request, &onion);
        for (edge, way) in request.edges.iter().zip(&onion.ways) {
            let way = way.as_ref().expect("a way");
            all += 1;
            let Some(label) = way.label.map(|at| ground::rect(at, edge.label)) else {
                missing += 1;
                continue;
            };
            let nearest = way.path.points(24).map(|p| outside(&label, p)).fold(f32::INFINITY, f32::min);
            assert!(nearest < 16.0, "it stands on its way or beside it: {nearest}");
            assert!(!taken.iter().any(|other| other.intersects(&label)), "it hides nothing");
            taken.push(label);
        }
    }
    assert!(missing * 50 <= all, "{missing} of {all} have no room");
}

#[test]
fn a_remembered_onion_stays() {
    let mut request = random(5, 30, 3, 1, false);
    let first = onion(&request);
    assert_eq!(first, onion(&request), "the same request gives the same onion");
    for (node, angle) in request.nodes.iter_mut().zip(&first.angles) {
        node.near = Some(*angle);
    }
    request.nodes.push(card(2));
    request.edges.push(edge(30, 3));
    let second = onion(&request);
    let moved = |i: usize| ground::wrapped(f64::from(first.angles[i] - second.angles[i])).abs();
    let far = (1..30).filter(|&i| moved(i) > 0.6).count();
    assert!(far <= 3, "{far} of 29 cards moved far");
}

#[test]
fn departments_stand_together_when_that_costs_nothing() {
    let nodes = (0..13).map(|v| Node { group: Some(v % 3), ..card(usize::from(v > 0)) }).collect();
    let request = request(nodes, (1..13).map(|v| edge(v, 0)).collect());
    let onion = onion(&request);
    let mut ring: Vec<usize> = (1..13).collect();
    ring.sort_by(|a, b| onion.angles[*a].total_cmp(&onion.angles[*b]));
    let changes = (0..12).filter(|&i| request.nodes[ring[i]].group != request.nodes[ring[(i + 1) % 12]].group).count();
    assert_eq!(changes, 3, "each department in one run: {ring:?}");
}

#[test]
fn hostile_requests_give_finite_onions() {
    let odd = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, -5.0, 0.0, f32::MAX, 1e-30];
    let finite = |request: &Request| {
        let onion = onion(request);
        assert!(onion.places.iter().all(|p| p.is_finite()) && onion.angles.iter().all(|a| a.is_finite()));
        for way in onion.ways.iter().flatten() {
            assert!(way.path.controls().iter().all(|p| p.is_finite()));
        }
        for ring in &onion.rings {
            assert!(ring.outline.controls().iter().all(|p| p.is_finite()) && ring.head.is_finite());
        }
    };
    finite(&Request::default());
    for centre in 0..5 {
        for (i, w) in odd.into_iter().enumerate() {
            let size = Size { w, h: odd[(i * 3 + centre) % odd.len()] };
            let node = |v: usize| Node { size, ring: v.saturating_sub(centre), group: None, near: Some(w) };
            let mut nodes: Vec<Node> = (0..9).map(node).collect();
            nodes[8].ring = usize::MAX;
            let edges = (0..40).map(|e| Edge { from: e % 9, to: e * 7 % 11, label: size }).collect();
            finite(&Request { nodes, edges, node_gap: w, ring_gap: size.h, aspect: w, heads: vec![size; 3] });
        }
    }
    let nodes = (0..20_000).map(|v| card(if v % 2 == 0 { 1 } else { v })).collect();
    finite(&request(nodes, (0..20_000).map(|v| edge(v, v * 7 % 19_999)).collect()));
}
