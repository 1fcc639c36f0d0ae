//! The numbers of a map that figures are made of, by index and close together: the records lie far apart in memory.

use std::collections::HashMap;

use crate::model::{Handoff, HandoffId, Party, PartyKind};

/// Numbers of all parties and handoffs, in the order of the chain.
#[derive(Debug, Default)]
pub(in crate::analysis) struct Numbers {
    /// The id of each link.
    pub handoff: Vec<HandoffId>,
    /// %C&A of each link as a fraction.
    pub complete_accurate: Vec<Option<f64>>,
    /// On-time share of each link as a fraction.
    pub on_time: Vec<Option<f64>>,
    /// Wait of each link in hours.
    pub wait_h: Vec<Option<f64>>,
    /// Whether each link is critical.
    pub critical: Vec<bool>,
    /// What each party is.
    pub kind: Vec<PartyKind>,
    /// PT of each party in hours; only processes have one.
    pub process_h: Vec<Option<f64>>,
    /// Department of each party, as an index into `departments`.
    pub department: Vec<usize>,
    /// Departments of processes by name, without space around it; the first is empty and stands for none.
    pub departments: Vec<String>,
}

impl Numbers {
    /// Takes the next link.
    pub fn link(&mut self, id: HandoffId, handoff: &Handoff) {
        self.handoff.push(id);
        self.complete_accurate.push(handoff.complete_accurate());
        self.on_time.push(handoff.on_time());
        self.wait_h.push(handoff.wait_h);
        self.critical.push(handoff.critical);
    }

    /// Puts the links into another order: that of the indices.
    pub fn in_order(mut self, order: &[usize]) -> Self {
        fn sorted<T: Copy>(values: &mut Vec<T>, order: &[usize]) {
            *values = order.iter().map(|at| values[*at]).collect();
        }
        sorted(&mut self.handoff, order);
        sorted(&mut self.complete_accurate, order);
        sorted(&mut self.on_time, order);
        sorted(&mut self.wait_h, order);
        sorted(&mut self.critical, order);
        self
    }

    /// Takes all parties.
    pub fn parties<'a>(&mut self, parties: impl Iterator<Item = &'a Party>) {
        let mut met: Vec<&str> = vec![""];
        let mut numbers: HashMap<&str, usize> = [("", 0)].into();
        for party in parties {
            let is_process = party.kind == PartyKind::Process;
            self.kind.push(party.kind);
            self.process_h.push(party.process_time_h.filter(|_| is_process));
            let name = if is_process { party.department.trim() } else { "" };
            let next = met.len();
            let number = *numbers.entry(name).or_insert(next);
            if number == next {
                met.push(name);
            }
            self.department.push(number);
        }
        let mut by_name: Vec<usize> = (0..met.len()).collect();
        by_name.sort_unstable_by_key(|number| met[*number]);
        let mut place = vec![0; met.len()];
        for (at, number) in by_name.iter().enumerate() {
            place[*number] = at;
        }
        self.department.iter_mut().for_each(|number| *number = place[*number]);
        self.departments = by_name.iter().map(|number| met[*number].to_owned()).collect();
    }
}
