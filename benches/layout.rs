//! Times the arrangements and counts straight-line crossings: `cargo bench --no-default-features --bench layout`.
//!
//! Arguments are tables of handoffs whose party names end in a number (`… n12`), or numbers of parties to make a chain of.

use std::error::Error;
use std::io::Write;
use std::time::Instant;

use peel::geom::{Point, Size};
use peel::layout::{ALL, Direction, Edge, Node, Request};

fn main() -> Result<(), Box<dyn Error>> {
    let mut names: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    if names.is_empty() {
        names = ["100", "1000", "5000", "10000"].map(Into::into).to_vec();
    }
    let mut out = std::io::stdout();
    for name in names {
        let request = match name.parse() {
            Ok(parties) => chain(parties),
            Err(_) => table(&name)?,
        };
        for method in ALL {
            let mut times = Vec::new();
            let mut layout = None;
            for _ in 0..5 {
                let start = Instant::now();
                layout = Some((method.run)(&request));
                times.push(start.elapsed());
            }
            times.sort();
            let places = layout.map(|layout| layout.places).unwrap_or_default();
            let crossings = crossings(&request, &places);
            writeln!(
                out,
                "{name} {}: median {:.2?}, least {:.2?}, {crossings} crossings",
                method.id, times[2], times[0]
            )?;
        }
    }
    Ok(())
}

fn request(parties: usize, edges: Vec<Edge>) -> Request {
    let node = Node { size: Size { w: 160.0, h: 60.0 }, ..Node::default() };
    Request { nodes: vec![node; parties], edges, direction: Direction::Right, node_gap: 24.0, layer_gap: 80.0 }
}

/// A table with the columns supplier, customer, item and kind first.
fn table(path: &str) -> Result<Request, Box<dyn Error>> {
    let number = |name: &str| name.rsplit('n').next().unwrap_or("").parse::<usize>();
    let mut edges = Vec::new();
    for row in csv::Reader::from_path(path)?.records() {
        let row = row?;
        let (from, to) = (number(&row[0])?, number(&row[1])?);
        edges.push(Edge { from, to, back: &row[3] == "rework", ..Edge::default() });
    }
    let parties = edges.iter().map(|edge| edge.from.max(edge.to) + 1).max().unwrap_or(0);
    Ok(request(parties, edges))
}

/// A chain by chance: rings around one customer, two handoffs a party, some over several rings and some back.
fn chain(parties: usize) -> Request {
    let mut state = 20_240_u64;
    let mut below = |end: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % end.max(1)
    };
    let rings = 2 + (2.0 * (parties.max(2) as f64).log2()) as usize;
    let ring = |party: usize| if party == 0 { 0 } else { 1 + (party - 1) * (rings - 1) / parties };
    let mut members = vec![Vec::new(); rings];
    for party in 0..parties {
        members[ring(party)].push(party);
    }
    let mut edges = Vec::new();
    for i in 0..2 * parties.saturating_sub(1) {
        let from = 1 + i % (parties - 1);
        let kind = if i < parties { 0 } else { below(100) };
        let to = match kind {
            0..80 => ring(from) - 1,
            80..93 => ring(from).saturating_sub(2 + below(3)),
            _ => (ring(from) + 1 + below(2)).min(rings - 1),
        };
        let (own, other) = (&members[ring(from)], &members[to]);
        let place = (from - own[0]) * other.len() / own.len();
        let to = other[(place + below(7)).saturating_sub(3).min(other.len() - 1)];
        if from != to {
            edges.push(Edge { from, to, back: ring(to) >= ring(from), ..Edge::default() });
        }
    }
    request(parties, edges)
}

/// Crossings of straight lines between the middles; links that share a party do not cross.
fn crossings(request: &Request, places: &[Point]) -> usize {
    let side = |a: Point, b: Point, c: Point| {
        let [ax, ay, bx, by, cx, cy] = [a.x, a.y, b.x, b.y, c.x, c.y].map(f64::from);
        (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    };
    let mut edges: Vec<(f32, f32, &Edge)> = request
        .edges
        .iter()
        .map(|e| (places[e.from].x.min(places[e.to].x), places[e.from].x.max(places[e.to].x), e))
        .collect();
    edges.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut crossings = 0;
    for (i, &(_, end, e)) in edges.iter().enumerate() {
        for (_, _, f) in edges[i + 1..].iter().take_while(|f| f.0 <= end) {
            if [f.from, f.to].contains(&e.from) || [f.from, f.to].contains(&e.to) {
                continue;
            }
            let [a, b, c, d] = [e.from, e.to, f.from, f.to].map(|node| places[node]);
            crossings += usize::from(side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0);
        }
    }
    crossings
}
