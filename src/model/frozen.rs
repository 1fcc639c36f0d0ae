//! A figure as it was on a day, kept so that later ones can be held against it.

use super::check::{Checks, text_fits};
use super::id::PartyId;
use super::quantity::VALUE;

/// Most figures that are frozen at once.
pub const MOST_FROZEN: usize = 1_000;

/// A figure of a process, handoff or customer as it was.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Frozen {
    /// Which figure: its stable word. One that nobody knows is kept and not shown.
    pub figure: String,
    /// The external customer whose figure it is; `None` for a figure of the process or handoff itself.
    pub customer: Option<PartyId>,
    /// Its value: a fraction, hours, or an amount of money.
    pub value: f64,
}

/// Reports what frozen figures may not hold.
pub(super) fn check_frozen(of: &'static str, figures: &[Frozen], report: Checks<'_>) {
    for Frozen { figure, customer: _, value } in figures {
        text_fits(of, figure, &mut |field, problem| report(field, format!("hold a figure that {problem}")));
        if let Err(error) = VALUE.check(*value) {
            report(of, format!("hold a value that {error}"));
        }
    }
    if figures.len() > MOST_FROZEN {
        report(of, format!("hold more than {MOST_FROZEN} figures"));
    }
}

/// The value of a figure of this customer; `None` when it was not known.
pub fn frozen(figures: &[Frozen], figure: &str, customer: Option<PartyId>) -> Option<f64> {
    figures.iter().find(|of| of.figure == figure && of.customer == customer).map(|of| of.value)
}
