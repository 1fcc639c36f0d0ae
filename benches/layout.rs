//! Times the arrangements, counts straight-line crossings and measures edges: `cargo bench --no-default-features --bench layout`.
//!
//! Arguments are tables of handoffs whose party names end in a number (`… n12`), or numbers of parties to make a chain of.
//! Beside them stands what Graphviz's `dot` makes of the same graph, when it is installed and ends within a minute.
#![expect(clippy::print_stdout, reason = "the table is the result")]

use std::error::Error;
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Instant;

use peel::geom::{Point, Size, pt};
use peel::layout::chain::chain as chain_layout;
use peel::layout::lanes::{LaneNode, LanesRequest, lanes};
use peel::layout::{ALL, Direction, Edge, Node, Request};

const CARD: Size = Size { w: 160.0, h: 60.0 };
/// Room for the words of a handoff.
const LABEL: Size = Size { w: 110.0, h: 29.0 };
const LANES: usize = 10;

fn main() -> Result<(), Box<dyn Error>> {
    let mut names: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    if names.is_empty() {
        names = ["100", "1000", "5000", "10000"].map(Into::into).to_vec();
    }
    println!("| graph | by | median ms | least ms | crossings | mean edge | width × height |");
    println!("|---|---|---|---|---|---|---|");
    for name in names {
        let request = match name.parse() {
            Ok(parties) => chain(parties),
            Err(_) => table(&name)?,
        };
        for method in ALL {
            timed(&name, method.id, &request, || (method.run)(&request).places);
        }
        timed(&name, "chain", &request, || chain_layout(&request).places);
        let worded = with_labels(&request);
        timed(&name, "chain with words", &request, || chain_layout(&worded).places);
        let in_lanes = in_lanes(&worded);
        timed(&name, "lanes with words", &request, || lanes(&in_lanes).places);
        let start = Instant::now();
        if let Some(places) = dot(&request) {
            let time = start.elapsed().as_secs_f64() * 1000.0;
            row(&name, "dot", (time, time), &request, &places);
        }
    }
    Ok(())
}

fn timed(name: &str, by: &str, request: &Request, arrange: impl Fn() -> Vec<Point>) {
    let (mut times, mut places) = (Vec::new(), Vec::new());
    for _ in 0..5 {
        let start = Instant::now();
        places = arrange();
        times.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    row(name, by, (times[2], times[0]), request, &places);
}

fn row(name: &str, by: &str, times: (f64, f64), request: &Request, places: &[Point]) {
    let edges = &request.edges;
    let length: f32 = edges.iter().map(|e| places[e.from].distance(places[e.to])).sum::<f32>() / edges.len() as f32;
    let span = |axis: fn(&Point) -> f32| {
        let all = || places.iter().map(axis);
        all().fold(f32::MIN, f32::max) - all().fold(f32::MAX, f32::min)
    };
    let (crossings, wide, high) = (crossings(request, places), span(|p| p.x), span(|p| p.y));
    println!("| {name} | {by} | {:.2} | {:.2} | {crossings} | {length:.0} | {wide:.0} × {high:.0} |", times.0, times.1);
}

/// The same graph with words at every handoff.
fn with_labels(request: &Request) -> Request {
    let edges = request.edges.iter().map(|edge| Edge { label: LABEL, ..*edge });
    Request { edges: edges.collect(), ..request.clone() }
}

/// The same graph with a department for each party.
fn in_lanes(request: &Request) -> LanesRequest {
    let node = |(i, node): (usize, &Node)| LaneNode { size: node.size, lane: i % LANES, ..LaneNode::default() };
    LanesRequest {
        nodes: request.nodes.iter().enumerate().map(node).collect(),
        edges: request.edges.clone(),
        lanes: LANES,
        lane_gap: 10.0,
        node_gap: request.node_gap,
        layer_gap: request.layer_gap,
        head: 120.0,
        ..LanesRequest::default()
    }
}

/// Where `dot` puts the parties; `None` when it is not installed, or takes longer than a minute.
fn dot(request: &Request) -> Option<Vec<Point>> {
    let (w, h) = (CARD.w / 72.0, CARD.h / 72.0);
    let mut graph = format!("digraph {{ rankdir=LR; nodesep={}; ranksep={};\n", 24.0 / 72.0, 80.0 / 72.0);
    graph += &format!("node [shape=box,fixedsize=true,width={w},height={h}];\n");
    for edge in &request.edges {
        graph += &format!("n{} -> n{};\n", edge.from, edge.to);
    }
    graph += "}\n";
    let mut dot = Command::new("timeout");
    let piped = dot.args(["60", "dot", "-Tplain"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = piped.spawn().ok()?;
    let mut input = child.stdin.take()?;
    let feeding = std::thread::spawn(move || input.write_all(graph.as_bytes()));
    let output = child.wait_with_output().ok()?;
    feeding.join().ok()?.ok()?;
    if !output.status.success() {
        return None;
    }
    let mut places = vec![Point::default(); request.nodes.len()];
    for line in String::from_utf8(output.stdout).ok()?.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        if let ["node", name, x, y, ..] = words[..] {
            let at = pt(x.parse::<f32>().ok()? * 72.0, y.parse::<f32>().ok()? * 72.0);
            *places.get_mut(name[1..].parse::<usize>().ok()?)? = at;
        }
    }
    Some(places)
}

fn request(parties: usize, edges: Vec<Edge>) -> Request {
    let node = Node { size: CARD, ..Node::default() };
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
