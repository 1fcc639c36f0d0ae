//! What the two sides of a handoff said to each other: who was told what and when, and who has which role.

use super::check::{Checks, text_fits};
use super::handoff::{Agreement, words};
use super::when::When;

/// Most entries in the history of one agreement.
pub const MOST_TOLD: usize = 1_000;
/// Most roles at one handoff.
pub const MOST_ROLES: usize = 1_000;

/// One entry in the history of an agreement.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Told {
    /// When.
    pub when: Option<When>,
    /// The state that the agreement was in from then on.
    pub state: Agreement,
    /// Who was told.
    pub who: String,
    /// What they were told.
    pub what: String,
}

words!(
    /// What somebody has to do with a handoff (RACI).
    Raci {
        /// Does the work.
        #[default]
        Responsible = "responsible", "Responsible";
        /// Answers for it; exactly one.
        Accountable = "accountable", "Accountable";
        /// Is asked before.
        Consulted = "consulted", "Consulted";
        /// Is told after.
        Informed = "informed", "Informed";
    }
);

/// Somebody's role at a handoff.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Role {
    /// Who.
    pub who: String,
    /// Which role.
    pub raci: Raci,
}

impl Told {
    pub(super) fn check(&self, report: Checks<'_>) {
        let Self { when: _, state: _, who, what } = self;
        for (words, text) in [("a name", who), ("a text", what)] {
            text_fits("told", text, &mut |field, problem| report(field, format!("holds {words} that {problem}")));
        }
    }
}

/// Reports roles that do not fit together: at most one is accountable.
pub(super) fn check_roles(roles: &[Role], report: Checks<'_>) {
    for role in roles {
        text_fits("roles", &role.who, &mut |field, problem| report(field, format!("hold a name that {problem}")));
    }
    if roles.iter().filter(|role| role.raci == Raci::Accountable).count() > 1 {
        report("roles", "name more than one that is accountable: exactly one is".into());
    }
    if roles.len() > MOST_ROLES {
        report("roles", format!("are more than {MOST_ROLES}"));
    }
}
