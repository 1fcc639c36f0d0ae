//! How the figures are computed, in words.

use super::Told;
use super::figures::{part, says, together};
use crate::model::quantity::rounded;
use crate::writing::{Block, Words};

/// What a figure is, and how it is worked out.
pub(super) const FORMULAS: [(&str, &str); 17] = [
    (
        "%C&A",
        "how often the receiver could use what came without having to correct, add or clarify; judged by the receiver",
    ),
    (
        "Rolled %C&A",
        "the product of the %C&A of all distinct critical forward handoffs that can reach the customer, each counted once; \
         as if failures were independent of each other, which they seldom are",
    ),
    ("Rolled on time", "the product of the on-time shares of the same handoffs"),
    (
        "On-time start",
        "the product of the on-time shares of the critical inputs of one party: work starts when the last one is there",
    ),
    ("Share of the loss", "ln q / Σ ln q over the same handoffs, with q the %C&A; the shares sum to 100 %"),
    ("A point gives", "the product of all other shares: so many points the customer gains for one point here"),
    ("If perfect", "by what the end result is multiplied if this handoff became 100 %: 1 / q"),
    ("Layer", "1 + the smallest layer among those it hands to; external customers are layer 0"),
    (
        "Snowball",
        "every handoff belongs to the layer of who gives it; so far is the product from the outermost layer to this one",
    ),
    (
        "Lead time",
        "the longest path of process times and waits over forward handoffs; no process is passed twice, and a handoff that \
         closes a loop is left out and named. While a time is unknown, it is at least this",
    ),
    ("Slack", "how much longer something could take without making the lead time longer"),
    (
        "Activity ratio, PCE",
        "process time / lead time, and value-adding process time / lead time, on the critical path",
    ),
    (
        "Rework",
        "one pass adds (1 − q) · (wait into the step + its process time), or the times along the loop where a handoff sends \
         work back; 1 / q passes are expected until it is right",
    ),
    (
        "Checking, repairing",
        "volume · time to check · rate of the receiver; volume · (1 − q) · (time to repair · rate, of receiver and supplier)",
    ),
    (
        "Lateness, escaped defects",
        "volume · (1 − on time) · mean lateness · cost of an hour late; volume · (1 − q) · share that escapes · cost of one",
    ),
    (
        "Between departments",
        "of handoffs between two processes whose departments are known: those that differ, and the sum of their shares of the loss",
    ),
    ("95 %", "where the true share lies, given how many were counted (Wilson); ≈ is somebody's guess"),
];

pub(super) fn method(told: &Told<'_>) -> Vec<Block> {
    let hours = rounded(told.document.info().hours_per_day, 2);
    let facts = FORMULAS.iter().map(|(what, how)| ((*what).to_owned(), Words::plain(*how))).collect();
    let about = format!(
        "All times are working hours; a day has {hours} of them and a year 260 working days. Products and sums are taken over \
         what is known."
    );
    vec![together(vec![part("How these figures are computed"), says(about), Block::Facts(facts)])]
}
