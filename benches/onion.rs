//! Times the onion, counts straight-line crossings and measures edges: `cargo bench --no-default-features --bench onion`.
//!
//! Arguments are tables of handoffs whose party names end in a number (`… n12`, the customer is `n0`), or numbers of
//! parties to make a chain of. Beside it stands what Graphviz's `twopi` makes of the same graph, when it is installed.
#![expect(clippy::print_stdout, reason = "the table is the result")]

use std::error::Error;
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Instant;

use peel::geom::{Point, Size, pt};
use peel::layout::onion::{ASPECT, Edge, Node, Request, onion};

const CARD: Size = Size { w: 160.0, h: 60.0 };

fn main() -> Result<(), Box<dyn Error>> {
    let mut names: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    if names.is_empty() {
        names = ["100", "1000", "5000", "10000"].map(Into::into).to_vec();
    }
    println!("| graph | by | median ms | least ms | crossings | mean edge | width × height |");
    println!("|---|---|---|---|---|---|---|");
    for name in names {
        let handoffs = match name.parse() {
            Ok(parties) => chain(parties),
            Err(_) => table(&name)?,
        };
        let request = request(&handoffs);
        let mut times = Vec::new();
        let mut places = Vec::new();
        for _ in 0..9 {
            let start = Instant::now();
            let onion = onion(&request);
            times.push(start.elapsed().as_secs_f64() * 1000.0);
            places = onion.places;
        }
        times.sort_by(f64::total_cmp);
        row(&name, "onion", (times[4], times[0]), &request, &places);
        let start = Instant::now();
        if let Some(places) = twopi(&request) {
            let time = start.elapsed().as_secs_f64() * 1000.0;
            row(&name, "twopi", (time, time), &request, &places);
        }
    }
    Ok(())
}

fn row(name: &str, by: &str, times: (f64, f64), request: &Request, places: &[Point]) {
    let edges = &request.edges;
    let length: f32 = edges.iter().map(|e| places[e.from].distance(places[e.to])).sum::<f32>() / edges.len() as f32;
    let span = |axis: fn(&Point) -> f32| {
        let all = || places.iter().map(axis);
        all().fold(f32::MIN, f32::max) - all().fold(f32::MAX, f32::min)
    };
    let (crossings, wide, high) = (crossings(edges, places), span(|p| p.x), span(|p| p.y));
    println!("| {name} | {by} | {:.2} | {:.2} | {crossings} | {length:.0} | {wide:.0} × {high:.0} |", times.0, times.1);
}

/// A handoff: supplier, customer, and whether it is rework.
type Handoff = (usize, usize, bool);

fn request(handoffs: &[Handoff]) -> Request {
    let parties = handoffs.iter().map(|h| h.0.max(h.1) + 1).max().unwrap_or(0);
    let mut suppliers = vec![Vec::new(); parties];
    for &(from, to, _) in handoffs.iter().filter(|h| !h.2) {
        suppliers[to].push(from);
    }
    let mut ring = vec![usize::MAX; parties];
    let mut queue = vec![0];
    ring[0] = 0;
    let mut at = 0;
    while let Some(&to) = queue.get(at) {
        for &from in &suppliers[to] {
            if ring[from] == usize::MAX {
                ring[from] = ring[to] + 1;
                queue.push(from);
            }
        }
        at += 1;
    }
    let most = ring.iter().copied().filter(|r| *r != usize::MAX).max().unwrap_or(0);
    let nodes = ring.into_iter().map(|r| Node { size: CARD, ring: r.min(most + 1), ..Node::default() }).collect();
    let edges = handoffs.iter().map(|&(from, to, _)| Edge { from, to, ..Edge::default() }).collect();
    Request {
        nodes,
        edges,
        node_gap: 24.0,
        ring_gap: 80.0,
        aspect: ASPECT,
        heads: vec![Size { w: 180.0, h: 22.0 }; most],
    }
}

/// A table with the columns supplier, customer, item and kind first.
fn table(path: &str) -> Result<Vec<Handoff>, Box<dyn Error>> {
    let number = |name: &str| name.rsplit('n').next().unwrap_or("").parse::<usize>();
    let mut handoffs = Vec::new();
    for row in csv::Reader::from_path(path)?.records() {
        let row = row?;
        handoffs.push((number(&row[0])?, number(&row[1])?, &row[3] == "rework"));
    }
    Ok(handoffs)
}

/// A chain by chance: rings around one customer, two handoffs a party, some over several rings and some back.
fn chain(parties: usize) -> Vec<Handoff> {
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
    let mut handoffs = Vec::new();
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
            handoffs.push((from, to, ring(to) >= ring(from)));
        }
    }
    handoffs
}

/// Crossings of straight lines between the middles; links that share a party do not cross.
fn crossings(edges: &[Edge], places: &[Point]) -> usize {
    let side = |a: Point, b: Point, c: Point| {
        let [ax, ay, bx, by, cx, cy] = [a.x, a.y, b.x, b.y, c.x, c.y].map(f64::from);
        (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    };
    let mut lines: Vec<(f32, f32, &Edge)> =
        edges.iter().map(|e| (places[e.from].x.min(places[e.to].x), places[e.from].x.max(places[e.to].x), e)).collect();
    lines.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut crossings = 0;
    for (i, &(_, end, e)) in lines.iter().enumerate() {
        for (_, _, f) in lines[i + 1..].iter().take_while(|f| f.0 <= end) {
            if [f.from, f.to].contains(&e.from) || [f.from, f.to].contains(&e.to) {
                continue;
            }
            let [a, b, c, d] = [e.from, e.to, f.from, f.to].map(|node| places[node]);
            crossings += usize::from(side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0);
        }
    }
    crossings
}

/// Where `twopi` puts the parties around the customer; `None` when it is not installed, or takes longer than a minute.
fn twopi(request: &Request) -> Option<Vec<Point>> {
    let mut dot =
        format!("digraph {{ node [shape=box,fixedsize=true,width={},height={}];\n", CARD.w / 72.0, CARD.h / 72.0);
    for edge in &request.edges {
        dot += &format!("n{} -> n{};\n", edge.from, edge.to);
    }
    dot += "}\n";
    let mut twopi = Command::new("timeout");
    let piped = twopi
        .args(["60", "twopi", "-Groot=n0", "-Tplain"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut child = piped.spawn().ok()?;
    let mut input = child.stdin.take()?;
    let feeding = std::thread::spawn(move || input.write_all(dot.as_bytes()));
    let output = child.wait_with_output().ok()?;
    feeding.join().ok()?.ok()?;
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
