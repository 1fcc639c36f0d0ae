//! The department × department matrix: which handoffs go from where to where, and a figure over each cell.

use std::collections::BTreeMap;

use super::quality::Figure as Over;
use crate::model::{Agreement, Document, Exchange, Figure, Handoff, HandoffId, Matrix, Party, PartyKind, Silo, score};

/// Most departments with a row of their own; of more, those with the fewest handoffs share one.
pub const MOST_DEPARTMENTS: usize = 60;

/// The matrix of the map. `told` gives what a handoff does not hold itself, where it is known: its cost per period, its
/// share of the loss, or its slack.
///
/// Counted are forward and rework handoffs with both ends. A department is a process's own, so only handoffs between two
/// processes whose departments are known and differ cross a boundary, as in [`super::silos`]. The figure over a cell:
/// %C&A and on time are the product of the known shares, wait and cost the sum of the known values, agreement the share
/// of handoffs agreed, the share of the loss their sum, and slack the least of them: what stands nearest to the critical
/// path decides. O((V + E) log (V + E)).
pub fn matrix(document: &Document, figure: Figure, told: &dyn Fn(HandoffId) -> Option<f64>) -> Matrix {
    let shared = shared_departments(document);
    let silo = |party: &Party| silo_of(party, &shared);
    let mut silos: Vec<Silo> = document.parties().map(|(_, party)| silo(party)).collect();
    silos.sort();
    silos.dedup();
    let index = |party: &Party| silos.binary_search(&silo(party)).unwrap_or_default();
    let mut found = Collected::default();
    for (id, handoff) in document.handoffs() {
        let ends = handoff.ends().and_then(|(from, to)| Some((document.party(from)?, document.party(to)?)));
        match ends {
            None => found.open.push(id),
            Some((from, to)) => {
                let across = departments(from, to).is_some_and(|(from, to)| from != to);
                found.add(id, (index(from), index(to)), across);
            }
        }
    }
    let exchange = |handoffs: Vec<HandoffId>| {
        let (value, known) = over(document, &handoffs, figure, told);
        Exchange { handoffs, value, known }
    };
    let each = |mut of: BTreeMap<usize, Vec<HandoffId>>| -> Vec<Exchange> {
        (0..silos.len()).map(|i| exchange(of.remove(&i).unwrap_or_default())).collect()
    };
    Matrix {
        cells: found.cells.into_iter().map(|(at, handoffs)| (at, exchange(handoffs))).collect(),
        given: each(found.given),
        received: each(found.received),
        given_across: each(found.given_across),
        received_across: each(found.received_across),
        across: exchange(found.across),
        all: exchange(found.all),
        open: found.open,
        silos,
        figure,
    }
}

/// Handoffs by where they are counted.
#[derive(Default)]
struct Collected {
    cells: BTreeMap<(usize, usize), Vec<HandoffId>>,
    given: BTreeMap<usize, Vec<HandoffId>>,
    received: BTreeMap<usize, Vec<HandoffId>>,
    given_across: BTreeMap<usize, Vec<HandoffId>>,
    received_across: BTreeMap<usize, Vec<HandoffId>>,
    across: Vec<HandoffId>,
    all: Vec<HandoffId>,
    open: Vec<HandoffId>,
}

impl Collected {
    fn add(&mut self, id: HandoffId, (from, to): (usize, usize), across: bool) {
        self.cells.entry((from, to)).or_default().push(id);
        self.given.entry(from).or_default().push(id);
        self.received.entry(to).or_default().push(id);
        self.all.push(id);
        if across {
            self.given_across.entry(from).or_default().push(id);
            self.received_across.entry(to).or_default().push(id);
            self.across.push(id);
        }
    }
}

fn departments<'a>(from: &'a Party, to: &'a Party) -> Option<(&'a str, &'a str)> {
    let inside = [from, to].iter().all(|party| party.kind == PartyKind::Process && !party.department.trim().is_empty());
    inside.then(|| (from.department.trim(), to.department.trim()))
}

/// The departments that have no row of their own: those with the fewest handoffs, when there are too many.
fn shared_departments(document: &Document) -> BTreeMap<&str, usize> {
    let mut handoffs: BTreeMap<&str, usize> = BTreeMap::new();
    for (id, party) in document.parties().filter(|(_, party)| party.kind == PartyKind::Process) {
        let department = party.department.trim();
        if !department.is_empty() {
            *handoffs.entry(department).or_default() += document.handoffs_of(id).count();
        }
    }
    if handoffs.len() <= MOST_DEPARTMENTS {
        return BTreeMap::new();
    }
    let mut order: Vec<(&str, usize)> = handoffs.into_iter().collect();
    order.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let shared = order.split_off(MOST_DEPARTMENTS - 1);
    let count = shared.len();
    shared.into_iter().map(|(department, _)| (department, count)).collect()
}

fn silo_of(party: &Party, shared: &BTreeMap<&str, usize>) -> Silo {
    let department = party.department.trim();
    match party.kind {
        PartyKind::Supplier => Silo::Suppliers,
        PartyKind::Customer => Silo::Customers,
        PartyKind::Process if department.is_empty() => Silo::NoDepartment,
        PartyKind::Process => {
            shared.get(department).map_or_else(|| Silo::Department(department.into()), |count| Silo::Others(*count))
        }
    }
}

/// The figure over some handoffs, and over how many of them.
fn over(
    document: &Document,
    handoffs: &[HandoffId],
    figure: Figure,
    told: &dyn Fn(HandoffId) -> Option<f64>,
) -> (Option<f64>, usize) {
    let found = || handoffs.iter().filter_map(|id| document.handoff(*id)).map(|handoff| &**handoff);
    let told = || handoffs.iter().map(|id| told(*id).filter(|value| value.is_finite()));
    let over = match figure {
        Figure::None => return (None, 0),
        Figure::CompleteAccurate => Over::product(found().map(Handoff::complete_accurate)),
        Figure::OnTime => Over::product(found().map(Handoff::on_time)),
        Figure::Wait => Over::sum(found().map(|handoff| handoff.wait_h)),
        Figure::Cost | Figure::Loss => Over::sum(told()),
        Figure::Slack => {
            let known: Vec<f64> = told().flatten().collect();
            return (known.iter().copied().reduce(f64::min), known.len());
        }
        Figure::Agreement => {
            let agreed = found().filter(|handoff| handoff.agreement == Agreement::Agreed).count();
            let share = (!handoffs.is_empty()).then(|| agreed as f64 / handoffs.len() as f64);
            return (share, handoffs.len());
        }
        Figure::Steps => {
            let shares = Over::sum(told());
            return (shares.value.map(|sum| sum / shares.known as f64), shares.known);
        }
        Figure::Score => {
            let scores = Over::sum(found().map(|handoff| score(handoff).map(|score| score.share)));
            return (scores.value.map(|sum| sum / scores.known as f64), scores.known);
        }
    };
    (over.value, over.known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Chain, layers, silos};
    use crate::geom::pt;
    use crate::model::{Edit, IdGen, PartyId};

    fn map(parties: &[(&str, PartyKind)], handoffs: &[(usize, usize, f64)]) -> Document {
        let (mut document, mut ids, mut made) = (Document::default(), IdGen::new(1, 1), Vec::new());
        let mut edits = Vec::new();
        for (department, kind) in parties {
            let id: PartyId = ids.make();
            let party = Party { department: (*department).into(), ..Party::named("x", *kind) };
            edits.extend([Edit::PutParty(id, party), Edit::Place(id, pt(0.0, 0.0))]);
            made.push(id);
        }
        for (from, to, pct) in handoffs {
            let end = |i: usize| made.get(i).copied();
            let known = (*pct >= 0.0).then_some(*pct);
            let handoff = Handoff::between(end(*from), end(*to), "x");
            let handoff = Handoff { complete_accurate_pct: known, wait_h: known, ..handoff };
            edits.push(Edit::PutHandoff(ids.make(), handoff));
        }
        document.apply(edits).expect("sound");
        document
    }

    const fn process(department: &str) -> (&str, PartyKind) {
        (department, PartyKind::Process)
    }

    fn example() -> Document {
        let parties = [
            process(" Risk "),
            process("Credit"),
            process("Credit"),
            process(""),
            ("Credit", PartyKind::Customer),
            ("", PartyKind::Supplier),
        ];
        let handoffs = [
            (5, 1, 80.0),
            (1, 2, 50.0),
            (2, 0, 50.0),
            (1, 0, 50.0),
            (0, 1, -1.0),
            (0, 4, 90.0),
            (3, 0, 10.0),
            (0, 9, 1.0),
        ];
        map(&parties, &handoffs)
    }

    #[test]
    fn handoffs_are_counted_from_department_to_department() {
        let matrix = matrix(&example(), Figure::CompleteAccurate, &|_| None);
        let titles: Vec<String> = matrix.silos.iter().map(Silo::title).collect();
        assert_eq!(titles, ["External suppliers", "Credit", "Risk", "No department", "External customers"]);
        let cells: Vec<_> = matrix.cells.iter().map(|(at, e)| (*at, e.handoffs.len(), e.value, e.known)).collect();
        assert_eq!(
            cells,
            [
                ((0, 1), 1, Some(0.8), 1),
                ((1, 1), 1, Some(0.5), 1),
                ((1, 2), 2, Some(0.25), 2),
                ((2, 1), 1, None, 0),
                ((2, 4), 1, Some(0.9), 1),
                ((3, 2), 1, Some(0.1), 1),
            ]
        );
        let counts = |of: &[Exchange]| of.iter().map(|e| e.handoffs.len()).collect::<Vec<_>>();
        assert_eq!(counts(&matrix.given), [1, 3, 2, 1, 0]);
        assert_eq!(counts(&matrix.received), [0, 3, 3, 0, 1]);
        assert_eq!(counts(&matrix.given_across), [0, 2, 1, 0, 0]);
        assert_eq!(counts(&matrix.received_across), [0, 1, 2, 0, 0]);
        assert_eq!((matrix.across.handoffs.len(), matrix.all.handoffs.len(), matrix.open.len()), (3, 7, 1));
    }

    #[test]
    fn every_figure_is_taken_over_what_is_known() {
        let document = example();
        let of = |figure| {
            let matrix = matrix(&document, figure, &|id| document.handoff(id)?.wait_h.map(|h| h * 2.0));
            let cell = &matrix.cells[&(1, 2)];
            (cell.value, cell.known)
        };
        assert_eq!(of(Figure::None), (None, 0));
        assert_eq!(of(Figure::CompleteAccurate), (Some(0.25), 2));
        assert_eq!(of(Figure::OnTime), (None, 0));
        assert_eq!(of(Figure::Wait), (Some(100.0), 2));
        assert_eq!(of(Figure::Cost), (Some(200.0), 2));
        assert_eq!(of(Figure::Agreement), (Some(0.0), 2));
        assert_eq!(of(Figure::Loss), (Some(200.0), 2), "shares add up");
        assert_eq!(of(Figure::Slack), (Some(100.0), 2), "the least decides");
        let partly = |at: f64| matrix(&document, Figure::Slack, &|id| document.handoff(id)?.wait_h.filter(|h| *h < at));
        assert_eq!((partly(60.0).all.value, partly(60.0).all.known), (Some(10.0), 4));
        assert_eq!((partly(0.0).all.value, partly(0.0).all.known), (None, 0), "nothing known is not no slack");
        assert_eq!(matrix(&Document::default(), Figure::Wait, &|_| None).silos, []);
    }

    #[test]
    fn what_crosses_is_what_the_silo_figures_count() {
        let document = example();
        let chain = Chain::new(&document);
        let silos = silos(&chain, &layers::nearest(&chain));
        assert_eq!(matrix(&document, Figure::None, &|_| None).across.handoffs.len(), silos.crossing);
    }

    #[test]
    fn many_departments_share_a_row() {
        let names: Vec<String> = (0..100).map(|i| format!("D{i:03}")).collect();
        let parties: Vec<_> = names.iter().map(|name| process(name)).collect();
        let matrix = matrix(&map(&parties, &[(99, 98, 1.0), (97, 98, 1.0)]), Figure::None, &|_| None);
        assert_eq!(matrix.silos.len(), MOST_DEPARTMENTS);
        assert!(matrix.silos.contains(&Silo::Department("D099".into())), "those with handoffs stay");
        assert!(matrix.silos.contains(&Silo::Others(41)));
    }
}
