//! What figures are made of, by index and close together. The records themselves lie far apart in memory: going to each of
//! them in another order than they lie takes longer than most figures do.

use std::collections::HashMap;

use crate::model::{Handoff, HandoffId, Party, PartyKind};

/// What figures need of all parties and handoffs, in the order of the chain.
#[derive(Debug, Default)]
pub(in crate::analysis) struct Numbers<'a> {
    /// The id of each link.
    pub handoff: Vec<HandoffId>,
    /// What each link carries.
    pub item: Vec<&'a str>,
    /// %C&A of each link as a fraction.
    pub complete_accurate: Vec<Option<f64>>,
    /// On-time share of each link as a fraction.
    pub on_time: Vec<Option<f64>>,
    /// Wait of each link in hours.
    pub wait_h: Vec<Option<f64>>,
    /// Whether each link is critical.
    pub critical: Vec<bool>,
    /// Whether each link is a forward one, with both ends or not.
    pub forward: Vec<bool>,
    /// The name of each party.
    pub name: Vec<&'a str>,
    /// What each party is.
    pub kind: Vec<PartyKind>,
    /// PT of each party in hours; only processes have one.
    pub process_h: Vec<Option<f64>>,
    /// Whether the PT of each party adds value; only processes say.
    pub value_adding: Vec<Option<bool>>,
    /// What an hour of each party costs.
    pub rate_per_h: Vec<Option<f64>>,
    /// Department of each party, as an index into `departments`.
    pub department: Vec<usize>,
    /// Departments of processes by name, without space around it; the first is empty and stands for none.
    pub departments: Vec<&'a str>,
}

impl<'a> Numbers<'a> {
    /// Nothing yet, with room for so much.
    pub fn new(parties: usize, links: usize) -> Self {
        Self {
            handoff: Vec::with_capacity(links),
            item: Vec::with_capacity(links),
            complete_accurate: Vec::with_capacity(links),
            on_time: Vec::with_capacity(links),
            wait_h: Vec::with_capacity(links),
            critical: Vec::with_capacity(links),
            forward: Vec::with_capacity(links),
            name: Vec::with_capacity(parties),
            kind: Vec::with_capacity(parties),
            process_h: Vec::with_capacity(parties),
            value_adding: Vec::with_capacity(parties),
            rate_per_h: Vec::with_capacity(parties),
            department: Vec::with_capacity(parties),
            departments: Vec::new(),
        }
    }

    /// Takes the next link.
    pub fn link(&mut self, id: HandoffId, handoff: &'a Handoff) {
        self.handoff.push(id);
        self.item.push(&handoff.item);
        self.complete_accurate.push(handoff.complete_accurate());
        self.on_time.push(handoff.on_time());
        self.wait_h.push(handoff.wait_h);
        self.critical.push(handoff.critical);
        self.forward.push(handoff.is_forward());
    }

    /// Puts the links into another order: that of the indices.
    pub fn sort_links(&mut self, order: &[usize]) {
        sort(&mut self.handoff, order);
        sort(&mut self.item, order);
        sort(&mut self.complete_accurate, order);
        sort(&mut self.on_time, order);
        sort(&mut self.wait_h, order);
        sort(&mut self.critical, order);
        sort(&mut self.forward, order);
    }

    /// Takes all parties, and puts them into another order: that of the indices.
    pub fn parties(&mut self, parties: impl Iterator<Item = &'a Party>, order: &[usize]) {
        let mut met: Vec<&str> = vec![""];
        let mut numbers: HashMap<&str, usize> = [("", 0)].into();
        for party in parties {
            let is_process = party.kind == PartyKind::Process;
            self.name.push(&party.name);
            self.kind.push(party.kind);
            self.process_h.push(party.process_time_h.filter(|_| is_process));
            self.value_adding.push(party.value_adding.filter(|_| is_process));
            self.rate_per_h.push(party.rate_per_h);
            let department = if is_process { party.department.trim() } else { "" };
            let next = met.len();
            let number = *numbers.entry(department).or_insert(next);
            if number == next {
                met.push(department);
            }
            self.department.push(number);
        }
        let mut by_name: Vec<usize> = (0..met.len()).collect();
        by_name.sort_unstable_by_key(|number| met[*number]);
        let place = inverse(&by_name);
        self.department.iter_mut().for_each(|number| *number = place[*number]);
        sort(&mut met, &by_name);
        self.departments = met;
        sort(&mut self.name, order);
        sort(&mut self.kind, order);
        sort(&mut self.process_h, order);
        sort(&mut self.value_adding, order);
        sort(&mut self.rate_per_h, order);
        sort(&mut self.department, order);
    }
}

fn sort<T: Copy>(values: &mut Vec<T>, order: &[usize]) {
    *values = order.iter().map(|at| values[*at]).collect();
}

/// Where each index stands in an order of all indices.
pub(super) fn inverse(order: &[usize]) -> Vec<usize> {
    let mut places = vec![0; order.len()];
    for (place, at) in order.iter().enumerate() {
        places[*at] = place;
    }
    places
}
