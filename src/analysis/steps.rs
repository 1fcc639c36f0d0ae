//! How far each process is with the seven steps: told by the data that shows it, and what to do next.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use super::reviews::{due, schedule};
use crate::model::{
    Contract, Document, Handoff, HandoffId, Party, PartyId, PartyKind, Requirement, Standing, Step, Subject, contract,
    is_told,
};

/// One step of one process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepState {
    /// Which step.
    pub step: Step,
    /// How far it is.
    pub standing: Standing,
    /// So many things that show it are there.
    pub done: usize,
    /// Of so many.
    pub of: usize,
    /// What to do next, while it is not done; also of a step that does not apply, should it be taken up again.
    pub to_do: Option<ToDo>,
    /// Why it does not apply.
    pub reason: Option<String>,
}

/// Something to do, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToDo {
    /// What, in a sentence without its end.
    pub words: String,
    /// The party or handoff where it is done.
    pub subject: Subject,
    /// What of it.
    pub spot: Spot,
}

/// A field, or a group of fields, where something is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Spot {
    /// The inputs of a party.
    Inputs,
    /// The outputs of a party.
    Outputs,
    /// The item of a handoff.
    Item,
    /// Who receives a handoff.
    Customer,
    /// Who supplies a handoff.
    Supplier,
    /// What the customers of a party said.
    Voices,
    /// The requirements of a handoff.
    Requirements,
    /// The agreement of a handoff.
    Agreement,
    /// A sprint on a handoff.
    Sprint,
    /// The schedule of the reviews of a party.
    Schedule,
    /// The review of a party that is due or runs.
    Review,
}

/// How far a process is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartySteps {
    /// The process.
    pub party: PartyId,
    /// Each step, in their order.
    pub standings: [Standing; 7],
}

impl PartySteps {
    /// Steps with nothing left to do.
    pub fn over(&self) -> usize {
        self.standings.iter().filter(|standing| standing.is_over()).count()
    }
}

/// Handoffs on which a sprint was finished.
pub fn repaired(document: &Document) -> BTreeSet<HandoffId> {
    let finished = document.sprints().filter(|(_, sprint)| sprint.result.is_some());
    finished.flat_map(|(_, sprint)| sprint.handoffs.iter().copied()).collect()
}

/// How far every process is, in the order of ids. O(E log V) beside the parts of requirements and expectations.
pub fn progress(document: &Document, today: Option<Date>) -> Vec<PartySteps> {
    let repaired = repaired(document);
    let ids: Vec<PartyId> = document.parties().map(|(id, _)| id).collect();
    // All handoffs are read once and in the order in which they lie; to find those of each party would take longer.
    let mut sides: Vec<Sides<'_>> = vec![Sides::default(); ids.len()];
    for (id, handoff) in document.handoffs().filter(|(_, handoff)| handoff.is_forward()) {
        let at = |end: Option<PartyId>| ids.binary_search(&end?).ok();
        if let Some(customer) = at(handoff.customer) {
            sides[customer].inputs.push((id, handoff));
        }
        if let Some(supplier) = at(handoff.supplier) {
            sides[supplier].outputs.push((id, handoff));
        }
    }
    let mut all = Vec::with_capacity(ids.len());
    for ((id, party), sides) in document.parties().zip(sides) {
        if party.kind == PartyKind::Process {
            let look = Look { document, id, party, sides, repaired: &repaired, today };
            all.push(PartySteps { party: id, standings: Step::ALL_SEVEN.map(|step| look.standing(step).0) });
        }
    }
    all
}

/// The seven steps of a process with what to do; empty for a party that is none.
pub fn steps(document: &Document, id: PartyId, today: Option<Date>) -> Vec<StepState> {
    let Some(party) = document.party(id).filter(|party| party.kind == PartyKind::Process) else { return Vec::new() };
    let repaired = repaired(document);
    let forward = document.handoffs_of(id).filter(|(_, handoff)| handoff.is_forward());
    let (inputs, outputs) = forward.partition(|(_, handoff)| handoff.customer == Some(id));
    let look = Look { document, id, party, sides: Sides { inputs, outputs }, repaired: &repaired, today };
    let state = |step: &Step| {
        let (standing, done, of) = look.standing(*step);
        let to_do = if standing == Standing::Done { None } else { look.to_do(*step) };
        StepState { step: *step, standing, done, of, to_do, reason: look.reason(*step).map(str::to_owned) }
    };
    Step::ALL.iter().map(state).collect()
}

/// What is looked at for a process.
struct Look<'a> {
    document: &'a Document,
    id: PartyId,
    party: &'a Party,
    sides: Sides<'a>,
    repaired: &'a BTreeSet<HandoffId>,
    today: Option<Date>,
}

/// What a process receives and gives, in the order of ids: forward handoffs alone, as rework is to go away.
#[derive(Clone, Default)]
struct Sides<'a> {
    inputs: Vec<(HandoffId, &'a Arc<Handoff>)>,
    outputs: Vec<(HandoffId, &'a Arc<Handoff>)>,
}

impl<'a> Look<'a> {
    fn reason(&self, step: Step) -> Option<&'a str> {
        self.party.not_applicable.iter().find(|of| of.step == step).map(|of| of.reason.as_str())
    }

    /// How far a step is, and over how many of how many things.
    fn standing(&self, step: Step) -> (Standing, usize, usize) {
        let (done, of) = self.count(step);
        let standing = match () {
            () if self.reason(step).is_some() => Standing::NotApplicable,
            () if of > 0 && done == of => Standing::Done,
            () if done > 0 => Standing::Partly,
            () => Standing::Open,
        };
        (standing, done, of)
    }

    fn count(&self, step: Step) -> (usize, usize) {
        let count = |all: &[(HandoffId, &Arc<Handoff>)], is: &dyn Fn(HandoffId, &Handoff) -> bool| {
            (all.iter().filter(|(id, handoff)| is(*id, handoff)).count(), all.len())
        };
        match step {
            Step::InputsAndOutputs => {
                // An input and an output at least, and all of them with a name.
                let named = |all| count(all, &|_, handoff| is_named(handoff));
                let ((a, b), (c, d)) = (named(&self.sides.inputs), named(&self.sides.outputs));
                (a + c, b.max(1) + d.max(1))
            }
            Step::Customers => count(&self.sides.outputs, &|_, handoff| handoff.customer.is_some()),
            Step::Expectations => {
                let customers = self.customers();
                (customers.iter().filter(|customer| self.has_said(**customer)).count(), customers.len())
            }
            Step::Change => count(&self.sides.outputs, &|id, handoff| self.delivers(id, handoff)),
            Step::Suppliers => count(&self.sides.inputs, &|_, handoff| handoff.supplier.is_some()),
            Step::Requirements => {
                let parts = self.sides.inputs.iter().map(|(_, handoff)| {
                    usize::from(is_specified(handoff))
                        + usize::from(is_evaluated(handoff))
                        + usize::from(is_told(handoff))
                });
                (parts.sum(), 3 * self.sides.inputs.len())
            }
            Step::Schedule => match schedule(self.document, self.party).and_then(|of| of.due(&self.party.reviews, 0)) {
                None => (0, 2),
                Some(due) => (if self.today.is_some_and(|today| due < today) { 1 } else { 2 }, 2),
            },
        }
    }

    /// Who receives its outputs, each once, in the order of ids.
    fn customers(&self) -> BTreeSet<PartyId> {
        self.sides.outputs.iter().filter_map(|(_, handoff)| handoff.customer).collect()
    }

    fn has_said(&self, customer: PartyId) -> bool {
        self.party.voices.iter().any(|voice| voice.customer == Some(customer))
    }

    /// An output shows that it delivers: its requirements are met, or a sprint on it was finished.
    fn delivers(&self, id: HandoffId, handoff: &Handoff) -> bool {
        contract(handoff) == Some(Contract::Met) || self.repaired.contains(&id)
    }

    fn party_spot(&self, words: String, spot: Spot) -> ToDo {
        ToDo { words, subject: Subject::Party(self.id), spot }
    }

    fn to_do(&self, step: Step) -> Option<ToDo> {
        let first = |all: &[(HandoffId, &'a Arc<Handoff>)], is: &dyn Fn(HandoffId, &Handoff) -> bool| {
            all.iter().find(|(id, handoff)| is(*id, handoff)).copied()
        };
        let at = |id: HandoffId, words: String, spot| ToDo { words, subject: Subject::Handoff(id), spot };
        let name = self.document.name_of(self.id);
        // Backwards from the customer: what it gives comes before what it needs.
        let (gives, needs) = match step {
            Step::InputsAndOutputs => (true, true),
            Step::Customers | Step::Expectations | Step::Change => (true, false),
            Step::Suppliers | Step::Requirements => (false, true),
            Step::Schedule => (false, false),
        };
        if gives && self.sides.outputs.is_empty() {
            return Some(self.party_spot(format!("Name what “{name}” gives"), Spot::Outputs));
        }
        if needs && self.sides.inputs.is_empty() {
            return Some(self.party_spot(format!("Name what “{name}” needs"), Spot::Inputs));
        }
        match step {
            Step::InputsAndOutputs => {
                let unnamed = |all| first(all, &|_, handoff| !is_named(handoff));
                let (id, handoff) = unnamed(&self.sides.outputs).or_else(|| unnamed(&self.sides.inputs))?;
                Some(at(id, format!("Name the item of {}", self.ends(handoff)), Spot::Item))
            }
            Step::Customers => {
                let (id, handoff) = first(&self.sides.outputs, &|_, handoff| handoff.customer.is_none())?;
                Some(at(id, format!("Say who receives {}", item(handoff)), Spot::Customer))
            }
            Step::Expectations => match self.customers().into_iter().find(|customer| !self.has_said(*customer)) {
                Some(customer) => {
                    let customer = self.document.name_of(customer);
                    let words = format!("Ask “{customer}” what they expect of “{name}”, and what gets in their way");
                    Some(self.party_spot(words, Spot::Voices))
                }
                None => {
                    let (id, handoff) = first(&self.sides.outputs, &|_, handoff| handoff.customer.is_none())?;
                    Some(at(id, format!("Say who receives {}", item(handoff)), Spot::Customer))
                }
            },
            Step::Change => {
                let (id, handoff) = first(&self.sides.outputs, &|id, handoff| !self.delivers(id, handoff))?;
                Some(self.change(id, handoff))
            }
            Step::Suppliers => {
                let (id, handoff) = first(&self.sides.inputs, &|_, handoff| handoff.supplier.is_none())?;
                Some(at(id, format!("Say who supplies {}", item(handoff)), Spot::Supplier))
            }
            Step::Requirements => {
                let open = |handoff: &Handoff| !is_specified(handoff) || !is_evaluated(handoff) || !is_told(handoff);
                let (id, handoff) = first(&self.sides.inputs, &|_, handoff| open(handoff))?;
                Some(self.specify(id, handoff))
            }
            Step::Schedule => {
                let runs = self.party.reviews.iter().any(|review| review.finished.is_none());
                Some(match due(self.document, self.id) {
                    None => self.party_spot(format!("Say how often “{name}” is reviewed"), Spot::Schedule),
                    Some(_) if runs => self.party_spot(format!("Finish the review of “{name}”"), Spot::Review),
                    Some(day) => self.party_spot(format!("Review “{name}”: it was due on {day}"), Spot::Review),
                })
            }
        }
    }

    /// What to do with an input of which the requirements are missing, not evaluated or not told.
    fn specify(&self, id: HandoffId, handoff: &Handoff) -> ToDo {
        let (name, item) = (self.document.name_of(self.id), item(handoff));
        let (words, spot) = if !is_specified(handoff) {
            (format!("Say what “{name}” requires of {item}, so that it can be tested"), Spot::Requirements)
        } else if !is_evaluated(handoff) {
            (format!("Enter how {item} is really received"), Spot::Requirements)
        } else {
            let who = handoff.supplier.map(|id| self.document.name_of(id));
            let who = who.map_or_else(|| "the supplier".into(), |who| format!("“{who}”"));
            (format!("Tell {who} what is required of {item}, and how it is received"), Spot::Agreement)
        };
        ToDo { words, subject: Subject::Handoff(id), spot }
    }

    /// What to do with an output of which nothing shows that it delivers.
    fn change(&self, id: HandoffId, handoff: &Handoff) -> ToDo {
        let (item, customer) = (item(handoff), handoff.customer.map(|id| self.document.name_of(id)));
        let customer = customer.map_or_else(|| "its customer".to_owned(), |name| format!("“{name}”"));
        let (words, spot) = match contract(handoff) {
            Some(Contract::Failed | Contract::Short) => {
                (format!("Start a sprint: {item} does not meet what {customer} requires"), Spot::Sprint)
            }
            Some(Contract::Untested) => (format!("Enter how {customer} receives {item}"), Spot::Requirements),
            None if handoff.customer.is_none() => (format!("Say who receives {item}"), Spot::Customer),
            _ => (format!("Write down what {customer} requires of {item}"), Spot::Requirements),
        };
        ToDo { words, subject: Subject::Handoff(id), spot }
    }

    fn ends(&self, handoff: &Handoff) -> String {
        let name = |end: Option<PartyId>| end.map_or_else(|| "nobody yet".into(), |id| self.document.name_of(id));
        format!("what “{}” gives to “{}”", name(handoff.supplier), name(handoff.customer))
    }
}

impl Step {
    /// The steps in their order, as many as there are.
    pub const ALL_SEVEN: [Self; 7] = [
        Self::InputsAndOutputs,
        Self::Customers,
        Self::Expectations,
        Self::Change,
        Self::Suppliers,
        Self::Requirements,
        Self::Schedule,
    ];
}

fn is_named(handoff: &Handoff) -> bool {
    !handoff.item.trim().is_empty()
}

fn item(handoff: &Handoff) -> String {
    if is_named(handoff) { format!("“{}”", handoff.item.trim()) } else { "what has no name yet".into() }
}

/// Requirements are there, and every one can be tested.
fn is_specified(handoff: &Handoff) -> bool {
    !handoff.requirements.is_empty() && handoff.requirements.iter().all(|of| of.untestable().is_none())
}

/// What is required was looked at.
fn is_evaluated(handoff: &Handoff) -> bool {
    let evaluated = |of: &Requirement| of.met().is_some();
    !handoff.requirements.is_empty() && handoff.requirements.iter().all(evaluated)
}
